import IndexFolder

/// Why a run that writes an index could not be finished.
///
/// What was indexed before is untouched.
public struct IndexError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Reason: Sendable, Hashable {
        /// Another process kept writing longer than was waited for.
        case locked
        /// No index where one was looked for.
        case noIndex
        /// The folder holds something else than an index.
        case foreign
        /// The index was made by another version.
        case incompatible
        /// The index was made by a version whose folders this one does not write to.
        case outdated
        /// The index is damaged.
        case damaged
        /// A segment is damaged; what it holds can be read again from the files.
        case damagedSegment
        /// A file of the index could not be read.
        case unreadable
        /// The index folder could not be written to.
        case unwritable
        /// What was to be read anew is missing, cannot be read, or is empty.
        case away
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// The index folder, or what was to be read.
    public let path: String
    /// More about it, for a person.
    public let detail: String

    /// What is wrong and what to do, for a person.
    public var description: String {
        switch reason {
        case .locked:
            "\(path): another process is writing to this index; wait for it or raise --lock-timeout"
        case .noIndex:
            "\(path): no index here; run 'gongkai index PATH...' first, or name one with --index"
        case .foreign:
            "\(path): not an index (\(detail)), and so left alone; name a new or empty folder with "
                + "--index"
        case .outdated:
            "\(path): the index was made by another version of gongkai; remove the folder, or name "
                + "another with --index, then run 'gongkai index PATH...'"
        case .incompatible, .damaged:
            "\(path): \(detail); run 'gongkai index --rebuild PATH...' to make it anew"
        case .damagedSegment:
            "\(path): \(detail); run 'gongkai index PATH...' to read its files again"
        case .unreadable:
            "\(path): cannot be read (\(detail)); check the disk and its permissions, or run "
                + "'gongkai index --rebuild PATH...' to make the index anew"
        case .away:
            "\(path) is \(detail), so nothing was made anew; the index is as it was; mount or name "
                + "the folder, or make the index without it by --remove-missing"
        case .unwritable:
            "\(path): cannot be written (\(detail)); the index is as it was; \(advice)"
        }
    }

    /// What to do about a file that cannot be written, told by the system's words.
    private var advice: String {
        func says(_ words: String...) -> Bool { words.contains(where: detail.contains) }
        if says("No space", "Disk quota") {
            return "free some room, or put the index elsewhere with --index"
        }
        if says("File too large") {
            return "raise the limit on the size of files (ulimit -f)"
        }
        if says("Read-only", "denied", "not permitted", "permission") {
            return "check its permissions, or put the index elsewhere with --index"
        }
        if says("Input/output") { return "check the disk, then run the command again" }
        return "run the command again"
    }
}

extension IndexError {
    /// Why the folder of an index could not be written to.
    init(_ error: FolderError) {
        let reason: Reason =
            switch error.reason {
            case .foreign: .foreign
            case .unwritable: .unwritable
            }
        self.init(reason: reason, path: error.path, detail: error.detail)
    }

    /// Why a folder cannot be used as an index.
    init(_ failure: IndexFolder.Failure, path: String) {
        let (reason, detail): (Reason, String) =
            switch failure {
            case .missing: (.noIndex, "")
            case .other: (.foreign, "it holds something else")
            case .otherVersion:
                (.incompatible, "the index was made by another version of gongkai")
            case .outdated: (.outdated, "")
            case .unreadable(let words): (.unreadable, words)
            case .damaged(let words): (.damaged, words)
            }
        self.init(reason: reason, path: path, detail: detail)
    }
}
