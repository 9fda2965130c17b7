import Foundation
import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch
import TestSupport

/// An index of the sample reports, and of the real ones when they are there.
final class SampleIndex: Sendable {
    private let folder: TemporaryFolder
    /// The reports as the parser reads them, for comparison.
    let reports: [ReadReport]

    private static let shared = Task { try await SampleIndex() }

    /// The index, made once.
    static func made() async throws -> SampleIndex { try await shared.value }

    private init() async throws {
        folder = try TemporaryFolder()
        let paths = [SampleFiles.corpus, SampleFiles.shared?.appending(path: "seeds")]
            .compactMap { $0?.path }
        var options = IndexOptions()
        options.jobs = 4
        _ = try await ReportIndexer(folder: folder.path("index"), options: options).run(paths)
        var reports: [ReadReport] = []
        try await ReportReader().read(paths, jobs: 4) { result in
            if case .success(let report) = result { reports.append(report) }
        }
        self.reports = reports
    }

    /// A searcher of the index.
    func searcher() throws -> Searcher { try Searcher(IndexReader(folder: folder.path("index"))) }
}

/// A passage as a test names it: the report's id and the passage's place in it.
struct Place: Hashable, CustomStringConvertible {
    let report: String
    let ordinal: Int

    var description: String { "\(report)#\(ordinal)" }
}

extension SearchResult {
    /// The places of the hits.
    var places: Set<Place> {
        Set(hits.map { Place(report: $0.report.id, ordinal: $0.ordinal) })
    }
}

extension SearchRequest {
    /// A request for every hit of a query text.
    static func all(_ text: String) throws -> SearchRequest {
        var request = SearchRequest(try QueryTree.parse(text))
        request.limit = 0
        return request
    }
}
