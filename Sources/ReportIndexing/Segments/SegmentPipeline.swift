import IndexSchema
import Xapian

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
/// Everything is written below a temporary folder; nothing of it is part of an index before
/// ``IndexCommit`` takes it in.
final class SegmentPipeline {
    private let folder: String
    private var writer: SegmentWriter?

    /// Makes a pipeline that writes below a folder, on at most `jobs` cores.
    init(folder: String, jobs: Int) {
        self.folder = folder
    }

    private var path: String { folder + "/new" }

    /// Adds a report, all or nothing.
    func add(_ record: ReportRecord) async throws {
        if writer == nil { writer = try SegmentWriter(creatingAt: path) }
        try writer?.add(record)
    }

    /// Writes everything out; no segment when no report was added.
    func finish() async throws -> [BuiltSegment] {
        guard let writer = writer.take() else { return [] }
        let built = BuiltSegment(path: path, reports: writer.reports, passages: writer.passages)
        try writer.finish()
        return [built]
    }
}
