import ArgumentParser
import PlainXapian
import ReportSearch

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Search {
    /// What asks servers, which it connects to with the first question, and ends the program when that
    /// takes too long.
    func asking(
        _ servers: NamedServers
    ) throws -> (SearchRequest) throws(SearchError) -> SearchResult {
        if onlyNew { throw ValidationError(Message.notOfServers("--new")) }
        if synonyms != nil { throw ValidationError(Message.notOfServers("--synonyms")) }
        let seconds = TimeSpan.seconds(timeout) ?? 5
        let timeout = Duration.seconds(seconds)
        let mayMiss = mayMiss
        let index = try servers.index()
        var connected: ServerSearcher?
        return { (request) throws(SearchError) in
            try Deadline.keeping(seconds, of: servers.addresses) { () throws(SearchError) in
                if let connected { return try connected.search(request) }
                let searcher = try ServerSearcher(
                    servers.addresses, beside: index, timeout: timeout, mayMiss: mayMiss)
                connected = searcher
                return try searcher.search(request)
            }
        }
    }
}

/// Options of commands that may ask servers.
typealias ServerOptions = Flags<ServerChoices>

/// How servers are asked.
struct ServerChoices: FlagValues {
    var timeout = "5s"

    static var flags: [CommandFlag<ServerChoices>] {
        [
            .text(
                "--timeout", sets: \.timeout, value: "time",
                help: "How long servers may take for a question: 5s, 500ms, 2m.")
        ]
    }

    /// How long, in seconds.
    var seconds: Double { TimeSpan.seconds(timeout) ?? 5 }

    func validate() throws {
        if TimeSpan.seconds(timeout) ?? 0 <= 0 { throw ValidationError(Message.takesTime) }
    }

    /// Asks servers, and ends the program when that takes too long.
    func asking<Result>(
        _ servers: NamedServers,
        _ body: (ServerSearcher) throws(SearchError) -> Result
    ) throws -> Result {
        let seconds = seconds
        let index = try servers.index()
        do throws(SearchError) {
            return try Deadline.keeping(seconds, of: servers.addresses) { () throws(SearchError) in
                try body(
                    try ServerSearcher(
                        servers.addresses, beside: index, timeout: .seconds(seconds),
                        mayMiss: false))
            }
        } catch {
            if error.reason == .question { throw QuestionError(error) }
            throw error
        }
    }
}

extension Flags<IndexFolders> {
    /// The servers that are named, with the folders beside them; nil when none is.
    var servers: NamedServers? { IndexLocation.servers(named: values.folders) }
}

/// The time by which servers must have answered.
private enum Deadline {
    /// Calls `body`; when it takes longer, the program ends with a message: libxapian waits for each
    /// answer anew, however many there are.
    static func keeping<Result>(
        _ seconds: Double, of servers: [ServerAddress],
        _ body: () throws(SearchError) -> Result
    ) throws(SearchError) -> Result {
        let watching = Task.detached {
            guard (try? await Task.sleep(for: .seconds(seconds))) != nil else { return }
            Terminal.complain(Message.late(servers, seconds))
            // What waits for a server cannot be told to stop.
            _exit(3)
        }
        defer { watching.cancel() }
        return try body()
    }
}
