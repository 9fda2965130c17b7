import ArgumentParser
import PlainXapian
import Platform
import ReportOutput
import ReportSearch

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the index in a browser on this machine.",
        discussion: """
            Prints the address as the first line: open it in a browser. It holds the key to the \
            page; the browser keeps it, and addresses that were kept work after a restart. Search, \
            filters, reports with their tables and sums, statistics with charts, downloads; every \
            page is also there as .json and .csv. Only this machine may ask, unless --listen names \
            an address.

              gongkai serve
              gongkai serve --port 0 --index ~/reports/.gongkai
              gongkai serve --index 127.0.0.1:7001 --timeout 10s

            The program that serves is gongkai-serve, beside this one; Scripts/serve builds it.
            """)

    @Option(help: "The port; 0 takes a free one.")
    var port = 8397

    @Option(
        help: ArgumentHelp(
            "An address of this machine to listen on, so that others may ask too.",
            valueName: "address"))
    var listen: String?

    @Flag(help: "Make a key for this run instead of taking the one that is kept.")
    var newKey = false

    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var serverOptions: ServerOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError(Message.takesNumber("--port", from: 0, to: 65_535))
        }
    }

    func run() throws {
        var arguments = ["--port", "\(port)"]
        if let listen { arguments += ["--listen", listen] }
        if newKey { arguments.append("--new-key") }
        guard let servers = indexOption.servers else {
            return try PageProgram.start(try indexOption.paths, arguments)
        }
        arguments += ["--timeout", "\(serverOptions.values.seconds)"]
        let folders = servers.folders.isEmpty ? [] : try IndexLocation.all(named: servers.folders)
        try PageProgram.start(servers.addresses.map(\.description) + folders, arguments)
    }
}

struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Write reports as a static site.",
        discussion: """
            Writes pages into a new or empty folder: opened from the disk or put on any web server, \
            they need nothing else. Lists, reports and statistics work without script; the search, \
            of exact text, needs it. The filters choose the reports.

              gongkai site public/ --region 洛阳市 --year 2021..2023
            """)

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption

    func run() throws {
        // What is wrong with a filter is said here, where its flag is known.
        _ = try filters.values.tree()
        let query = filters.values.written.joined(separator: " ")
        try PageProgram.start(
            try indexOption.paths,
            ["--site", try AbsolutePath.of(folder)] + (query.isEmpty ? [] : ["--only", query]))
    }
}

/// The program that makes pages, beside this one.
private enum PageProgram {
    /// Becomes that program.
    static func start(_ indexes: [String], _ arguments: [String]) throws {
        guard let own = Program.path, let slash = own.lastIndex(of: "/") else {
            throw ServeProblem(message: Message.noServeProgram("gongkai-serve"))
        }
        let program = String(own[...slash] + "gongkai-serve")
        guard FileSystem.exists(program) else {
            throw ServeProblem(message: Message.noServeProgram(program))
        }
        do {
            try Program.become(program, indexes.flatMap { ["--index", $0] } + arguments)
        } catch {
            throw ServeProblem(message: Message.cannotStart(program, reason: "\(error)"))
        }
    }
}

/// The program that serves cannot be started.
struct ServeProblem: Error, CustomStringConvertible {
    let message: Message

    var description: String { message.description }
}

extension Message {
    fileprivate static func noServeProgram(_ path: String) -> Message {
        Message(
            "\(path) is not there; the package gongkai-serve has it, or Scripts/serve builds it",
            "没有 \(path)；它在软件包 gongkai-serve 中，也可用 Scripts/serve 构建")
    }

    fileprivate static func cannotStart(_ path: String, reason: String) -> Message {
        Message("\(path) cannot be started (\(reason))", "\(path) 无法启动（\(reason)）")
    }
}
