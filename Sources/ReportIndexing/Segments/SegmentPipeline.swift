import IndexFolder
import Platform
import ReportModel
import SegmentStore

/// How much some reports are.
private struct BlockSize {
    var reports = 0
    var passages = 0
    /// Of the passages' text, as UTF-8.
    var bytes = 0

    mutating func add(_ report: StorableReport) {
        reports += 1
        passages += report.passages.count
        bytes += report.textBytes
    }

    /// Whether one of the numbers is as high as another's.
    func reaches(_ most: BlockSize) -> Bool {
        reports >= most.reports || passages >= most.passages || bytes >= most.bytes
    }
}

/// Reports in, finished segments out.
///
/// Reports are gathered into blocks, each block becomes a block file, several at a time on cores of
/// their own, and as soon as there are many these are put together: the reports stay in the order in
/// which they were added, so that the same files give the same index. Libxapian's database takes the
/// reports of one block after the other meanwhile. At the end all blocks become one. Memory is that
/// of a few blocks, however many reports there are.
///
/// Everything is written into a folder of its own; nothing of it is part of an index before
/// ``IndexCommit`` takes it in.
final class SegmentPipeline {
    private let folder: OpenFolder
    private let width: Int
    /// The grams beside which longer ones are indexed; nil before the first block is full.
    private var frequent: FrequentGramSet?
    private var block: [StorableReport] = []
    private var blockSize = BlockSize()
    /// The blocks in work, oldest first.
    private var inWork: [Task<BuiltSegment, any Error>] = []
    /// The segments built or in work, in the order of their reports, and how often each was put
    /// together.
    private var built: [(segment: Task<BuiltSegment, any Error>, level: Int)] = []
    private var count = 0
    /// The database, and the task that adds the newest block to it when all before are in it.
    private var database: (growing: GrowingDatabase, newest: Task<Void, any Error>)?

    /// The most blocks in work: with so many, a million passages take 371 MiB.
    private static let mostInWork = 4
    /// What fills a block.
    private static let full = BlockSize(reports: 5_000, passages: 50_000, bytes: 40 << 20)
    /// As many segments of one level are put together: file descriptors are few.
    private static let fanIn = 32

    /// Makes a pipeline that writes into a folder, on at most `jobs` cores.
    ///
    /// - Parameter frequent: the grams that the index has as frequent already; an empty set is
    ///   found anew.
    init(folder: OpenFolder, jobs: Int, frequent: FrequentGramSet = .none) {
        self.folder = folder
        width = max(1, min(jobs, Cores.count, Self.mostInWork))
        self.frequent = frequent.isEmpty ? nil : frequent
    }

    /// Adds a report.
    func add(_ report: StorableReport) async throws {
        block.append(report)
        blockSize.add(report)
        if blockSize.reaches(Self.full) { try await startBlock() }
    }

    /// Writes everything out; no segment when no report was added.
    func finish() async throws -> BuiltSegment? {
        if !block.isEmpty { try await startBlock() }
        inWork = []
        var sources: [BuiltSegment] = []
        for (segment, _) in built { sources.append(try await segment.value) }
        guard let first = sources.first, let database else { return nil }
        let parts = sources
        let files = parts.count > 1 ? nextFiles() : first.files
        async let tables =
            parts.count > 1 ? BuiltSegment(joining: parts.map(\.files), as: files) : first
        try await database.newest.value
        try await database.growing.finish(as: files)
        let finished = try await tables
        if parts.count > 1 { for part in parts { try part.removeTables() } }
        return finished
    }

    /// Waits for the work in hand, whose results are no longer wanted.
    func abandon() async {
        for (segment, _) in built { segment.cancel() }
        database?.newest.cancel()
        for (segment, _) in built { _ = await segment.result }
        for segment in inWork { _ = await segment.result }
        _ = await database?.newest.result
        built = []
        inWork = []
        database = nil
    }

    private func nextFiles() -> SegmentFiles {
        count += 1
        return SegmentFiles("new-\(count)", in: folder)
    }

    private func startBlock() async throws {
        let frequent = frequent ?? frequentGrams()
        self.frequent = frequent
        if inWork.count >= width { _ = try await inWork.removeFirst().value }
        let reports = block
        block = []
        blockSize = BlockSize()
        let files = nextFiles()
        let segment = Task.detached {
            try BuiltSegment(of: reports, as: files, frequent: frequent)
        }
        inWork.append(segment)
        built.append((segment, 0))
        let growing = try database?.growing ?? GrowingDatabase(as: files)
        let before = database?.newest
        let written = Task.detached {
            try await before?.value
            try await growing.add(segment.value.files)
        }
        database = (growing, written)
        while let last = built.last, built.count >= Self.fanIn,
            built.suffix(Self.fanIn).allSatisfy({ $0.level == last.level })
        {
            merge(built.count - Self.fanIn..<built.count)
        }
    }

    /// The frequent grams of the first block, told from some of its reports, evenly spread.
    private func frequentGrams() -> FrequentGramSet {
        var sample = FrequentGramSample()
        let step = max(1, blockSize.passages / FrequentGramSample.enough)
        for index in stride(from: 0, to: block.count, by: step) {
            for passage in block[index].passages { sample.add(passage.text) }
        }
        return sample.frequentGrams()
    }

    /// Puts segments that follow each other together.
    private func merge(_ range: Range<Int>) {
        let sources = built[range].map(\.segment)
        let level = (built[range].map(\.level).max() ?? 0) + 1
        let files = nextFiles()
        let written = database?.newest
        let merged = Task.detached {
            try await withTaskCancellationHandler {
                var finished: [BuiltSegment] = []
                for source in sources { finished.append(try await source.value) }
                // The database takes its reports from the blocks.
                try await written?.value
                try Task.checkCancellation()
                let segment = try BuiltSegment(joining: finished.map(\.files), as: files)
                for part in finished { try part.removeTables() }
                return segment
            } onCancel: {
                for source in sources { source.cancel() }
            }
        }
        built.replaceSubrange(range, with: [(merged, level)])
    }
}
