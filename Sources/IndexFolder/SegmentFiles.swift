public import Platform
public import SystemPackage

/// The two files of a segment, in a folder: its database and its tables.
public struct SegmentFiles: Sendable {
    /// Where they are.
    public let folder: OpenFolder
    /// What their names begin with.
    public let name: String

    /// The files of a segment that is in a folder, or will be.
    public init(_ name: String, in folder: OpenFolder) {
        self.name = name
        self.folder = folder
    }

    /// The name of the database.
    public var database: String { name + Manifest.Segment.database }
    /// The name of the file of texts and tables.
    public var tables: String { name + Manifest.Segment.tables }

    /// Opens the database for reading.
    public func openDatabase() throws(Errno) -> OpenFile { try folder.file(named: database) }

    /// Opens the tables for reading.
    public func openTables() throws(Errno) -> OpenFile { try folder.file(named: tables) }
}
