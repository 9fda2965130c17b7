import NIOCore
import NIOHTTP1
import NIOPosix
import Platform
import QueryLanguage
import ServePages

/// The server: one thread that reads requests and answers each at once.
///
/// A search takes less time than handing it to another thread would be worth, and an index that one
/// thread alone reads needs no locks.
struct Server {
    let indexes: Indexes
    let token: String
    let host: String
    let port: Int
    /// The address that is listened on instead of loopback; nil when only this machine may ask.
    let listening: String?
    /// The language of pages for browsers that name none.
    let language: QuerySyntaxError.Language

    /// The most connections at one time.
    private static let mostConnections = 1_024
    /// What is open beside connections: the index, and what the system keeps for the server.
    private static let otherDescriptors = 256

    /// Opens the index and listens; gives the port, and the end of the server as a future.
    func start(
        on group: MultiThreadedEventLoopGroup
    ) throws -> (port: Int, end: EventLoopFuture<Void>) {
        // Where more connections come than may be open, the system would refuse them without end.
        ProcessLimit.allowDescriptors(Self.mostConnections + Self.otherDescriptors)
        let most = min(Self.mostConnections, ProcessLimit.descriptors - Self.otherDescriptors)
        let loop = group.next()
        let shared = NIOLoopBoundBox.makeEmptyBox(valueType: Shared.self, eventLoop: loop)
        let (indexes, token, listening, language) = (indexes, token, listening, language)
        try loop.submit {
            let site = Site(indexes)
            try site.open()
            shared.value = Shared(site: site, language: language)
        }.wait()
        let channel = try ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let shared = shared.value, shared.connections < most
                    else { throw ChannelError.operationUnsupported }
                    shared.connections += 1
                    channel.closeFuture.assumeIsolated().whenComplete { _ in
                        shared.connections -= 1
                    }
                    let limit = RequestLimit()
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(limit)
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(RequestHandler(shared: shared, limit: limit))
                }
            }
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .bind(host: host, port: port).wait()
        let bound = channel.localAddress?.port ?? port
        try loop.submit {
            shared.value?.access = Access(token: token, port: bound, listening: listening)
        }.wait()
        return (bound, channel.closeFuture)
    }
}

/// What all connections share; used on the server's thread alone.
final class Shared {
    let site: Site
    let language: QuerySyntaxError.Language
    /// Who may ask; nil before the port is known.
    var access: Access?
    var connections = 0

    init(site: Site, language: QuerySyntaxError.Language) {
        (self.site, self.language) = (site, language)
    }
}

/// Counts the bytes of a request, before anything is made of them.
final class RequestLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// The most bytes of a request: its line, its fields, and the body that none should have.
    private static let mostBytes = 16_384

    private var bytes = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytes
        guard bytes <= Self.mostBytes else { return context.close(promise: nil) }
        context.fireChannelRead(data)
    }

    /// Another request may come.
    func restart() { bytes = 0 }
}
