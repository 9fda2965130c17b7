public import ReportModel

/// What a run tells whoever watches it.
public struct IndexWatcher {
    /// Called once when another process holds the lock.
    public var waiting: () -> Void = {}
    /// Called after each file: files done, and files to do, nil when they were not counted.
    public var progress: (_ done: Int, _ total: Int?) -> Void = { _, _ in }
    /// Whether the files are counted beforehand, which takes a walk of its own.
    public var wantsTotal = false
    /// Called with what became of each file.
    public var diagnose: (FileDiagnostic) throws -> Void = { _ in }

    /// Makes a watcher to whom nothing is told.
    public init() {}
}

/// What became of one file in a run of `index`.
public struct FileDiagnostic: Sendable {
    /// The outcomes that are told apart.
    public enum Outcome: String, Sendable {
        /// New to the index.
        case added
        /// Other content than before.
        case changed
        /// The same content as before.
        case unchanged
        /// Read again, as its segment was damaged.
        case restored
        /// Gone, and so no longer in the index.
        case removed
        /// Not read, or without text.
        case skipped
    }

    /// The file's path, or that of a folder that could not be entered.
    public let path: String
    /// What became of it.
    public let outcome: Outcome
    /// The report's id; nil when it holds none.
    public let report: String?
    /// Why it was skipped; nil when it was not.
    public let problem: FileProblem?
    /// The encoding it was read in; nil when it was not read in this run.
    public let encoding: String?
    /// What was odd or repaired, when it was read in this run.
    public let findings: [Finding]
}

extension FileDiagnostic {
    /// A file or folder that was skipped.
    init(_ problem: FileProblem) {
        self.init(
            path: problem.path, outcome: .skipped, report: nil, problem: problem, encoding: nil,
            findings: [])
    }
}

/// What a run of `index` did.
public struct IndexSummary: Sendable {
    /// The number of files met.
    public var files = 0
    /// The number of files read in this run.
    public var read = 0
    /// How many files of each format were read and parsed in this run, by the usual ending of such
    /// files; `txt` for text.
    public internal(set) var formats: [String: Int] = [:]
    /// The number of files new to the index.
    public var added = 0
    /// The number of files whose content changed.
    public var changed = 0
    /// The number of files that were in the index and are gone.
    public var removed = 0
    /// The number of files that were read again because their segment was damaged.
    public var restored = 0
    /// What was damaged and has been replaced, for a person.
    public var damage: [String] = []
    /// The files of changes of earlier runs that were damaged and have been dropped, for a person.
    public var lostRuns: [String] = []
    /// The number of reports in the index after the run.
    public var reports = 0
    /// The files and folders that were skipped, by reason and detail.
    public private(set) var skipped: [Skipped] = []
    /// What was to be read and was not there, and so keeps its reports.
    public internal(set) var away: [AwayRoot] = []

    /// A folder or file that was named, of which nothing was seen although the index has reports of
    /// it: a disk that is not mounted looks so.
    public struct AwayRoot: Sendable, Hashable {
        /// What was seen of it.
        public enum Reason: String, Sendable {
            /// Nothing stands at the path.
            case missing
            /// It cannot be entered or read.
            case unreadable
            /// The folder holds nothing.
            case empty
        }

        /// Its path.
        public let path: String
        /// What was seen of it.
        public let reason: Reason
        /// The number of files with a report that the index keeps.
        public internal(set) var kept: Int
    }

    /// Files and folders that were skipped for one reason.
    public struct Skipped: Sendable {
        /// How many there are.
        public fileprivate(set) var count = 0
        /// The first of them, at most ``IndexSummary/keptProblems``.
        public fileprivate(set) var first: [FileProblem] = []
    }

    /// The most problems that are kept for each reason and detail: there may be millions.
    public static let keptProblems = 20
    /// The most reasons and details that are told apart.
    private static let keptKinds = 100

    /// The number of files and folders that were skipped.
    public var skippedCount: Int { skipped.reduce(0) { $0 + $1.count } }

    /// The first files and folders that were skipped for each reason.
    public var problems: [FileProblem] { skipped.flatMap(\.first) }

    /// Whether the run left the index as it was.
    public var isUnchanged: Bool {
        added == 0 && changed == 0 && removed == 0 && restored == 0 && damage.isEmpty
    }

    /// Notes a file or folder that was skipped.
    mutating func add(_ problem: FileProblem) {
        func isLike(_ other: Skipped) -> Bool {
            let first = other.first.first
            return first?.reason == problem.reason
                && (first?.detail == problem.detail || skipped.count >= Self.keptKinds)
        }
        let kind = skipped.firstIndex(where: isLike) ?? skipped.endIndex
        if kind == skipped.endIndex { skipped.append(Skipped()) }
        skipped[kind].count += 1
        if skipped[kind].first.count < Self.keptProblems { skipped[kind].first.append(problem) }
    }
}
