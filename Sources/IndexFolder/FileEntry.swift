/// One file that a run of `index` met.
public struct FileEntry: Sendable, Hashable {
    /// The file's path, absolute, without `.` and `..`, as ``Files/PathText``.
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
