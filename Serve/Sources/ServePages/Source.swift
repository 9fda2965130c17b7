public import PlainXapian
import Platform
import QueryLanguage
import ReportModel
import ReportSearch

/// Where the index is that the pages show: folders, servers, or both.
public struct Indexes: Sendable {
    /// The folders.
    public private(set) var folders: [String] = []
    /// The servers.
    public private(set) var servers: [ServerAddress] = []
    /// How long servers may take for an answer.
    public let timeout: Duration

    /// What each is called.
    var names: [String] { servers.map(\.description) + folders }

    /// The indexes with some names: `host:port` where no folder has the name.
    public init(named names: [String], timeout: Duration) throws {
        self.timeout = timeout
        for name in names {
            if let server = ServerAddress(name), !FileSystem.exists(name) {
                servers.append(server)
            } else {
                folders.append(try AbsolutePath.of(name))
            }
        }
    }
}

/// What the pages are made of: an index, or servers with the folders beside them.
///
/// What servers cannot answer is an error that names it.
enum Source {
    case index(IndexReader)
    case servers(ServerSearcher, names: [String])

    /// Whether servers are asked, which keep the values of cells, not their raw texts and lines.
    var isServed: Bool {
        if case .servers = self { true } else { false }
    }

    /// The index.
    ///
    /// - Parameter what: what it is needed for, as the error tells where there are servers.
    func index(for what: String, _ words: Words) throws -> IndexReader {
        guard case .index(let reader) = self else { throw refusal(what, words) }
        return reader
    }

    private func refusal(_ what: String, _ words: Words) -> BadRequest {
        BadRequest(
            message: words(
                "\(what): this cannot be asked of servers; serve a local index for it.",
                "\(what)：服务器无法回答，请改用本地索引。"))
    }

    /// The passages or reports that answer a question.
    func search(_ request: SearchRequest) throws -> SearchResult {
        switch self {
        case .index(let reader): try Searcher(reader).search(request)
        case .servers(let searcher, _): try searcher.search(request)
        }
    }

    /// The annual reports that answer a question, counted.
    func counts(matching question: Question) throws -> ReportCounts {
        switch self {
        case .index(let reader):
            try Searcher(reader).counts(ofReportsMatching: question) { _ in true }
        case .servers(let searcher, _):
            try searcher.counts(ofReportsMatching: question) { _ in true }
        }
    }

    /// The annual reports that answer a question, and an index that has them, maybe without passages.
    func annualReports(
        matching question: Question
    ) throws -> (heads: [ReportHead], reader: IndexReader) {
        switch self {
        case .index(let reader):
            return (try Searcher(reader).annualReports(matching: question), reader)
        case .servers(let searcher, _):
            let found = try searcher.reports(matching: question)
            return (found.reports.map(\.head).filter { $0.kind == .annualReport }, found.reader)
        }
    }

    /// The statistics that a question is asked of.
    func statistics(for question: StatisticsQuestion, _ words: Words) throws -> Statistics {
        switch self {
        case .index(let reader): return try Statistics(reader)
        case .servers(let searcher, _):
            if question.isClean {
                throw refusal(words("only reports whose sums hold", "只用勾稽相符的报告"), words)
            }
            return try Statistics(
                searcher.index(ofReportsMatching: question.knownTree, for: question.tree))
        }
    }

    /// A report with its files; nil when there is none with the id.
    func report(id: String) throws -> (head: ReportHead, report: Report, files: [String])? {
        switch self {
        case .index(let reader):
            guard let stored = try reader.report(id: id) else { return nil }
            return (stored.head, stored.report, try reader.paths(ofReport: id))
        case .servers(let searcher, _): return try searcher.report(id: id)
        }
    }

    /// How many reports there are.
    func reportCount() throws -> Int {
        switch self {
        case .index(let reader): reader.reportCount
        case .servers(let searcher, _): try searcher.size().reports
        }
    }
}
