import Foundation
import IndexSchema
import ReportModel

/// A finished segment that is not part of an index yet: a folder of files.
struct BuiltSegment: Sendable {
    /// The folder, which holds no folders.
    let path: String
    /// The number of reports.
    let reports: Int
    /// The number of passages.
    let passages: Int
}

/// Reports in, finished segments out.
///
/// Reports are gathered into blocks, each block becomes a small segment, several at a time on cores
/// of their own, and as soon as there are many these are put together: the reports stay in the order
/// in which they were added, so that the same files give the same index. Memory is that of a few
/// blocks, however many reports there are.
///
/// Everything is written below a temporary folder; nothing of it is part of an index before
/// ``IndexCommit`` takes it in.
final class SegmentPipeline {
    private let folder: String
    private let width: Int
    /// The grams beside which longer ones are indexed; nil before the first block is full.
    private var frequent: FrequentGramSet?
    private var block: [ReportRecord] = []
    private var blockPassages = 0
    /// The blocks in work, oldest first.
    private var inWork: [Task<BuiltSegment, any Error>] = []
    /// The segments built, in the order of their reports, and how often each was put together.
    private var built: [(segment: BuiltSegment, level: Int)] = []
    private var count = 0

    /// The most reports and passages of a block: a hundred megabytes while it is written.
    private static let blockReports = 1_000
    private static let blockPassages = 10_000
    /// As many segments of one level are put together: file descriptors are few.
    private static let fanIn = 16

    /// Makes a pipeline that writes below a folder, on at most `jobs` cores.
    ///
    /// - Parameter frequent: the grams that the index has as frequent already; an empty set is
    ///   found anew.
    init(folder: String, jobs: Int, frequent: FrequentGramSet = .none) {
        self.folder = folder
        width = max(1, min(jobs, ProcessInfo.processInfo.activeProcessorCount))
        self.frequent = frequent.isEmpty ? nil : frequent
    }

    /// Adds a report.
    func add(_ record: ReportRecord) async throws {
        block.append(record)
        blockPassages += record.report.passages.count
        if block.count >= Self.blockReports || blockPassages >= Self.blockPassages {
            try await startBlock()
        }
    }

    /// Writes everything out; no segment when no report was added.
    func finish() async throws -> [BuiltSegment] {
        if !block.isEmpty { try await startBlock() }
        while !inWork.isEmpty { try await takeOldest() }
        if built.count > 1 { try merge(0..<built.count) }
        return built.map(\.segment)
    }

    /// Waits for the work in hand, whose results are no longer wanted.
    func abandon() async {
        for task in inWork { task.cancel() }
        for task in inWork { _ = await task.result }
        inWork = []
    }

    private func nextPath() -> String {
        count += 1
        return "\(folder)/new-\(count)"
    }

    private func startBlock() async throws {
        let frequent = frequent ?? frequentGrams()
        self.frequent = frequent
        if inWork.count >= width { try await takeOldest() }
        let path = nextPath()
        let records = block
        inWork.append(
            Task.detached {
                var writer = try SegmentWriter(creatingAt: path, frequent: frequent)
                for record in records {
                    try Task.checkCancellation()
                    try writer.add(record)
                }
                let built = BuiltSegment(
                    path: path, reports: writer.reports, passages: writer.passages)
                try writer.finish()
                return built
            })
        block = []
        blockPassages = 0
    }

    /// The frequent grams of the first block.
    private func frequentGrams() -> FrequentGramSet {
        var sample = FrequentGramSample()
        for record in block {
            for passage in record.report.passages { sample.add(passage.text) }
        }
        return sample.frequentGrams()
    }

    private func takeOldest() async throws {
        built.append((try await inWork.removeFirst().value, 0))
        while let last = built.last, built.count >= Self.fanIn,
            built.suffix(Self.fanIn).allSatisfy({ $0.level == last.level })
        {
            try merge(built.count - Self.fanIn..<built.count)
        }
    }

    /// Puts segments that follow each other together.
    private func merge(_ range: Range<Int>) throws {
        let sources = built[range]
        let path = nextPath()
        let merged = try SegmentMerger.concatenate(sources.map(\.segment.path), into: path)
        for source in sources { try FileManager.default.removeItem(atPath: source.segment.path) }
        let level = (sources.map(\.level).max() ?? 0) + 1
        built.replaceSubrange(range, with: [(merged, level)])
    }
}
