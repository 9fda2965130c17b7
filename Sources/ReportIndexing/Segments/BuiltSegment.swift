import IndexFolder
import Platform
import SegmentStore
import SystemPackage

/// A segment that is not part of an index yet.
struct BuiltSegment: Sendable {
    /// Where it is.
    let files: SegmentFiles
    /// How much it holds.
    let size: SegmentSize

    /// Writes reports into the block file of a new segment.
    init(
        of reports: [StorableReport], as files: SegmentFiles, frequent: FrequentGramSet
    ) throws {
        var builder = try SegmentBuilder(frequent: frequent)
        for report in reports {
            try Task.checkCancellation()
            try builder.add(report)
        }
        self.files = files
        size = builder.size
        let file = try files.folder.makeFile(named: files.tables)
        defer { try? file.close() }
        try builder.write(to: file.rawValue)
    }

    /// Puts the block files of segments that follow each other together, into a new one.
    init(joining sources: [SegmentFiles], as files: SegmentFiles) throws {
        self.files = files
        size = try files.writeTables(merging: sources.map { try Segment($0) })
    }

    /// A segment of an index that is merged.
    struct Source {
        /// The segment's files.
        let files: SegmentFiles
        /// The indices of the reports that are left out, ascending.
        let hidden: [UInt32]
    }

    /// Writes the visible reports of segments, in their order, into a new one; nil when there are
    /// none.
    init?(merging sources: [Source], as files: SegmentFiles) throws {
        let segments = try sources.map { try Segment($0.files, hidden: $0.hidden) }
        guard segments.contains(where: { $0.visible.count > 0 }) else { return nil }
        self.files = files
        size = try files.writeTables(merging: segments)
        var database = try ReportDatabase(creatingAt: files.partsPath)
        try database.add(reportsOf: Segment(files))
        try files.finish(database, as: files)
    }

    /// Removes the block file.
    func removeTables() throws { try files.folder.remove(files.tables) }
}

extension SegmentFiles {
    /// Makes the block file, of the visible reports of some segments in their order.
    fileprivate func writeTables(merging segments: [Segment]) throws -> SegmentSize {
        let file = try folder.makeFile(named: tables)
        defer { try? file.close() }
        return try SegmentMerge.write(segments, to: file.rawValue, near: folder)
    }

    /// The folder in which libxapian writes the database before it is one file.
    private var parts: String { name + ".parts" }

    /// The path of that folder.
    var partsPath: String { "\(folder.pathForLibraries)/\(parts)" }

    /// Makes the file of a database that was begun at ``partsPath``.
    ///
    /// - Parameter files: the segment to which the database belongs.
    func finish(_ database: consuming ReportDatabase, as files: SegmentFiles) throws {
        try database.finish(into: files.folder.makeFile(named: files.database).rawValue)
        try folder.remove(parts)
    }
}

extension Segment {
    /// Opens a segment by its files.
    ///
    /// - Parameter hidden: the indices of reports that are no longer part of the index.
    convenience init(_ files: SegmentFiles, hidden: [UInt32] = []) throws {
        try self.init(name: files.name, tables: files.openTables(), hidden: hidden)
    }
}
