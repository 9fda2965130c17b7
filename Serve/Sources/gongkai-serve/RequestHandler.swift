import NIOCore
import NIOHTTP1
import QueryLanguage
import ServePages

/// Answers the requests of one connection.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let shared: Shared
    private let limit: RequestLimit
    private var head: HTTPRequestHead?
    private var hasBody = false
    private var deadline: Scheduled<Void>?

    /// How long a request may take to arrive, its last byte too.
    private static let longestRequest = TimeAmount.seconds(10)
    /// How long an answer may take to be read, and a connection to be kept for another request.
    private static let longestPause = TimeAmount.seconds(60)

    init(shared: Shared, limit: RequestLimit) { (self.shared, self.limit) = (shared, limit) }

    func channelActive(context: ChannelHandlerContext) {
        setDeadline(Self.longestRequest, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            (self.head, hasBody) = (head, false)
            setDeadline(Self.longestRequest, context)
        case .body: hasBody = true
        case .end:
            guard let head else { return }
            self.head = nil
            limit.restart()
            respond(to: head, context)
            setDeadline(Self.longestPause, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func setDeadline(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            context.close(promise: nil)
        }
    }

    // MARK: Answers

    private func respond(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard let access = shared.access else { return context.close(promise: nil) }
        let address = Address(target: head.uri)
        let language = language(of: head, address)
        let machine = context.channel.localAddress?.ipAddress
        switch access.decision(on: head, hasBody ? nil : address, at: machine) {
        case .refused(let status, let english, let chinese):
            var fields: [(String, String)] = []
            if status == .methodNotAllowed { fields.append(("Allow", "GET, HEAD")) }
            if status == .unauthorized { fields.append(("WWW-Authenticate", "Bearer")) }
            let text = (language == .chinese ? chinese : english) + "\n"
            send(
                Answer(
                    status: Int(status.code), type: "text/plain; charset=utf-8",
                    body: Array(text.utf8)), to: head, fields, closes: true, context)
        case .admitted(let location):
            send(
                Answer(status: 303, type: "text/plain; charset=utf-8", body: []), to: head,
                [("Location", location), ("Set-Cookie", access.cookie)], context)
        case .granted:
            guard let address else { return }
            send(shared.site.answer(to: address, in: language), to: head, [], context)
        }
    }

    private func language(of head: HTTPRequestHead, _ address: Address?)
        -> QuerySyntaxError.Language
    {
        if let chosen = address?["lang"].flatMap({ QuerySyntaxError.Language(accepting: $0) }) {
            return chosen
        }
        let accepted = head.headers["accept-language"].joined(separator: ",")
        return QuerySyntaxError.Language(accepting: accepted) ?? shared.language
    }

    /// What a page may do: show itself, its style, and forms that lead to pages here.
    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"

    private func send(
        _ answer: Answer, to head: HTTPRequestHead, _ fields: [(String, String)],
        closes: Bool = false, _ context: ChannelHandlerContext
    ) {
        var headers = HTTPHeaders([
            ("Content-Type", answer.type), ("Content-Length", "\(answer.body.count)"),
            ("Content-Security-Policy", Self.policy), ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ])
        if let name = answer.fileName {
            headers.add(name: "Content-Disposition", value: "inline; filename=\"\(name)\"")
        }
        headers.add(contentsOf: fields)
        let isLast = closes || !head.isKeepAlive
        if isLast { headers.add(name: "Connection", value: "close") }
        let response = HTTPResponseHead(
            version: head.version, status: .init(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD, !answer.body.isEmpty {
            context.write(
                wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
        }
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if isLast { end.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }
}
