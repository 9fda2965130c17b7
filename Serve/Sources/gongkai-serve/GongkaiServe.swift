import ArgumentParser
import NIOCore
import NIOPosix
import Platform
import QueryLanguage
import ReportOutput
import ReportSearch
import ServePages
import SystemPackage

/// The local page: the same search, figures and sources in a browser.
@main
struct GongkaiServe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gongkai-serve",
        abstract: "Serve an index to a browser on this machine.",
        discussion: """
            Prints the address, with the key to it, as the first line. 'gongkai serve' finds the \
            index and starts this program.
            """)

    @Option(
        name: .customLong("index"),
        help: ArgumentHelp(
            "An index folder, or a server's HOST:PORT; repeatable, all are read as one.",
            valueName: "dir"))
    var indexes: [String]

    @Option(
        help: ArgumentHelp("How long servers may take for an answer.", valueName: "seconds"))
    var timeout = 5.0

    @Option(help: "The port; 0 takes a free one.")
    var port = 8397

    @Option(
        help: ArgumentHelp(
            "An address of this machine to listen on, so that others may ask too.",
            valueName: "address"))
    var listen: String?

    @Flag(help: "Make a key for this run instead of taking the one that is kept.")
    var newKey = false

    @Option(
        help: ArgumentHelp(
            "Write a static site into this new or empty folder instead of serving.",
            valueName: "folder"))
    var site: String?

    @Option(help: ArgumentHelp("Which reports the site has; all without it.", valueName: "query"))
    var only: String?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535")
        }
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout takes a number of seconds")
        }
        if only != nil, site == nil { throw ValidationError("--only needs --site") }
    }

    func run() throws {
        ProcessEnds.reportUnreadablePages()
        let indexes = try Indexes(named: indexes, timeout: .seconds(timeout))
        if let site {
            guard indexes.servers.isEmpty else {
                throw ValidationError("--site takes folders, not servers")
            }
            return try makeSite(site, of: indexes.folders)
        }
        let token = try newKey ? Token.random() : Token.ofUser()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = Server(
            indexes: indexes, token: token,
            host: listen ?? "127.0.0.1", port: port, listening: listen,
            language: .ofUser)
        let (bound, end) = try server.start(on: group)
        let host = listen.map { $0.contains(":") ? "[\($0)]" : $0 } ?? "127.0.0.1"
        try FileDescriptor.standardOutput.writeAll(
            "http://\(host):\(bound)/?token=\(token)\n".utf8)
        if listen != nil {
            try FileDescriptor.standardError.writeAll(
                """
                gongkai-serve: whoever reaches \(host) and has the address can read this index; \
                nothing is encrypted

                """.utf8)
        }
        try end.wait()
    }

    private func makeSite(_ folder: String, of folders: [String]) throws {
        let target = try NewFolder(folder)
        let site = StaticSite(
            try IndexReader.reading(folders),
            matching: try only.flatMap { try QueryTree.parse($0) },
            in: .ofUser, write: target.write)
        do {
            let count = try site.make()
            try FileDescriptor.standardError.writeAll(
                "\(count) reports in \(folder)/index.html\n".utf8)
        } catch let error as StaticSite.TooMany {
            throw ValidationError(
                "\(error.count) reports are more than the \(error.most) that a site takes; choose "
                    + "some with --agency, --region or --year")
        }
    }
}
