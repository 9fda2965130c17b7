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

    private static let shared = Task {
        let paths = [SampleFiles.corpus, SampleFiles.shared?.appending(path: "seeds")]
        return try await SampleIndex(in: TemporaryFolder(), of: [paths.compactMap { $0?.path }])
    }
    private static let crowdedOne = Task { try await crowd() }

    /// The index, made once.
    static func made() async throws -> SampleIndex { try await shared.value }

    /// An index of so many passages, with so few words, that grams of all lengths are frequent; in
    /// two segments.
    static func crowded() async throws -> SampleIndex { try await crowdedOne.value }

    private static func crowd() async throws -> SampleIndex {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 41)
        let characters = "山川湖海江河溪泉云雨风雪日月星辰"
        let words = (0..<60).map { _ in
            String(
                (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    characters.randomElement(using: &random) ?? "山"
                })
        }
        for number in 0..<100 {
            let paragraphs = (0..<10).map { _ in
                (0..<Int.random(in: 5...40, using: &random)).map { _ in
                    // The first words are the most frequent.
                    let word = words[
                        Int.random(in: 0..<Int.random(in: 1...60, using: &random), using: &random)]
                    return Int.random(in: 0..<6, using: &random) == 0 ? word + "，" : word
                }.joined() + "。"
            }
            try folder.write(
                "云岫县第\(number)局2023年政府信息公开工作年度报告\n\n一、总体情况\n"
                    + paragraphs.joined(separator: "\n") + "\n",
                to: number < 70 ? "first/\(number).txt" : "second/\(number).txt")
        }
        return try await SampleIndex(
            in: folder, of: [[folder.path("first")], [folder.path("second")]])
    }

    private init(in folder: TemporaryFolder, of runs: [[String]]) async throws {
        self.folder = folder
        let paths = runs.flatMap(\.self)
        var options = IndexOptions()
        options.jobs = 4
        for run in runs {
            _ = try await ReportIndexer(folder: folder.path("index"), options: options).run(run)
        }
        var reports: [ReadReport] = []
        try await ReportReader().read(paths, jobs: 4) { result in
            if case .success(let report) = result { reports.append(report) }
        }
        self.reports = reports
    }

    /// A searcher of the index.
    func searcher() throws -> Searcher { try Searcher(IndexReader(folder: folder.path("index"))) }
}

/// A passage as a test names it: the report's id and the passage's number in it.
struct PassageID: Hashable, CustomStringConvertible {
    let report: String
    let ordinal: Int

    var description: String { "\(report)#\(ordinal)" }
}

extension SearchResult {
    /// The passages of the hits.
    var passageIDs: Set<PassageID> {
        Set(hits.map { PassageID(report: $0.report.id, ordinal: $0.ordinal) })
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
