public import FoundationEssentials

/// What an index consists of at one moment: the one file that readers begin with.
public struct Manifest: Sendable, Hashable, Codable {
    /// The version of the index format; see ``Schema/version``.
    public var schema: Int
    /// How text was cut into terms; see ``TextAnalysis/version``.
    public var analysis: String
    /// The version of the reading rules that made the reports.
    public var parser: Int
    /// Counts the runs that changed the index, from 1.
    public var generation: Int
    /// The name of the list of files in the index folder.
    public var files: String
    /// The segments, oldest first.
    public var segments: [Segment]

    /// One immutable database.
    public struct Segment: Sendable, Hashable, Codable {
        /// The segment's folder below `segments`.
        public var name: String
        /// The number of report documents, hidden ones too.
        public var reports: Int
        /// The number of passage documents, hidden ones too.
        public var passages: Int
        /// The ids of reports in the segment that were replaced or removed, sorted.
        public var hidden: [String]

        /// Makes an entry.
        public init(name: String, reports: Int, passages: Int, hidden: [String] = []) {
            self.name = name
            self.reports = reports
            self.passages = passages
            self.hidden = hidden
        }
    }

    /// The file's name in the index folder.
    public static let fileName = "manifest.json"
    /// The folder of the segments in the index folder.
    public static let segmentFolder = "segments"
    /// The name of the lock file in the index folder.
    public static let lockName = "lock"
    /// The beginning of the names of what a writer is building.
    public static let temporaryPrefix = "tmp-"

    /// An index without reports.
    public init(parser: Int) {
        schema = Schema.version
        analysis = TextAnalysis.version
        self.parser = parser
        generation = 0
        files = ""
        segments = []
    }

    /// Reads a manifest's bytes.
    public init(_ data: Data) throws {
        self = try JSONDecoder().decode(Self.self, from: data)
    }

    /// The manifest as bytes.
    public var encoded: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}

/// One file that a run of `index` met.
public struct FileEntry: Sendable, Hashable, Codable {
    /// The file's path: absolute, without `.` and `..`.
    public var path: String
    /// The report's id, or nil when the file holds none.
    public var report: String?
    /// The code of the reason for which the file was skipped; nil when it was read.
    public var skipped: String?
    /// More about that reason, for a person.
    public var detail: String?
    /// The size in bytes.
    public var size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    public var modified: Int64
    /// The time of the last change of content or attributes, in nanoseconds since 1970.
    public var changed: Int64
    /// The file's number in its file system.
    public var inode: UInt64
    /// When the file was read, in nanoseconds since 1970.
    public var read: Int64

    /// Makes an entry.
    public init(
        path: String, report: String?, skipped: String?, detail: String?, size: Int64,
        modified: Int64, changed: Int64, inode: UInt64, read: Int64
    ) {
        self.path = path
        self.report = report
        self.skipped = skipped
        self.detail = detail
        self.size = size
        self.modified = modified
        self.changed = changed
        self.inode = inode
        self.read = read
    }
}

/// The list of files of an index, one JSON object a line, sorted by path.
public enum FileList {
    /// Reads a list's bytes; a line that is no entry throws.
    public static func entries(in data: Data) throws -> [FileEntry] {
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map {
            try decoder.decode(FileEntry.self, from: Data($0))
        }
    }

    /// The list as bytes.
    public static func encoded(_ entries: [FileEntry]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var data = Data()
        for entry in entries.sorted(by: { $0.path < $1.path }) {
            data.append(try encoder.encode(entry))
            data.append(0x0A)
        }
        return data
    }
}
