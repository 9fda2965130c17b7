import IndexFolder
import SegmentStore

/// The database of the segment that a run builds: it takes the reports of each block as soon as the
/// block is built, while the next ones are, so that at the end little is left to do.
actor GrowingDatabase {
    private let files: SegmentFiles
    /// Nil when it was finished, or an earlier block could not be written.
    private var database: ReportDatabase?

    /// Begins a database without reports.
    ///
    /// - Parameter files: in whose folder it is, under whose name, until it is finished.
    init(as files: SegmentFiles) throws {
        self.files = files
        database = try ReportDatabase(creatingAt: files.partsPath)
    }

    /// Adds the reports of a block behind those of the blocks before.
    func add(_ block: SegmentFiles) throws {
        guard var database = database.take() else { return }
        try database.add(reportsOf: Segment(block))
        self.database = consume database
    }

    /// Makes the database's file.
    ///
    /// - Parameter segment: the segment to which it belongs.
    func finish(as segment: SegmentFiles) throws {
        guard let database = database.take() else { throw CancellationError() }
        try files.finish(database, as: segment)
    }
}
