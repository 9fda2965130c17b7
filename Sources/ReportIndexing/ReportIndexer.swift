import Foundation
import IndexSchema
import ReportModel
import Xapian

/// What a run of `index` is asked to do.
public struct IndexOptions: Sendable {
    /// Whether to read every file anew and replace the whole index.
    public var rebuild = false
    /// Whether only to say what would be done.
    public var dryRun = false
    /// Whether reports whose files are gone stay in the index.
    public var keepMissing = false
    /// How many files are read at the same time.
    public var jobs = 1
    /// The encoding forced on every file; nil tells it from the bytes.
    public var encoding: TextEncodingName?
    /// Patterns of which a file must match one; all files when empty.
    public var include: [String] = []
    /// Patterns of files and folders that are left out.
    public var exclude: [String] = []
    /// How long to wait for another writer.
    public var lockTimeout = Duration.seconds(10)

    /// Makes options with the defaults above.
    public init() {}
}

/// What a run of `index` did.
public struct IndexSummary: Sendable {
    /// The number of files met.
    public var files = 0
    /// The number of files read in this run.
    public var read = 0
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
    /// Files that could not be read or hold no text.
    public var problems: [FileProblem] = []
    /// The number of reports in the index after the run.
    public var reports = 0

    /// Whether the run left the index as it was.
    public var isUnchanged: Bool {
        added == 0 && changed == 0 && removed == 0 && restored == 0 && damage.isEmpty
    }
}

/// Brings an index up to date with folders of files.
///
/// A run reads what is new or changed, writes it into new segments in a temporary folder, merges
/// those that have become many, and then takes all in as ``IndexCommit`` describes: until that
/// moment the index is the old one, after it the new one, whatever happens in between. A file that
/// cannot be read costs only itself. The reports of a damaged segment are read again from their
/// files.
public struct ReportIndexer: Sendable {
    private let folder: String
    private let options: IndexOptions

    /// How far a run has come: files done, and files to do.
    public typealias Progress = (_ done: Int, _ total: Int) -> Void

    /// Makes an indexer for an index folder, which need not exist.
    public init(folder: String, options: IndexOptions) {
        self.folder = AbsolutePath.of(folder)
        self.options = options
    }

    /// Indexes the files at and below some paths.
    ///
    /// - Throws: ``IndexError``; the index is then as it was.
    public func run(
        _ paths: [String], waiting: () -> Void = {}, progress: Progress = { _, _ in }
    ) async throws -> IndexSummary {
        if options.dryRun {
            let old = try StoredIndex(in: folder, rebuild: options.rebuild)
            return try await FileSurvey(of: paths, for: old, options, progress: progress) { _ in }
                .summary
        }
        return try await IndexChange.perform(
            on: folder, rebuilding: options.rebuild, timeout: options.lockTimeout, waiting: waiting
        ) { change in
            let pipeline = SegmentPipeline(folder: change.temporary, jobs: options.jobs)
            let survey = try await FileSurvey(
                of: paths, for: change.old, options, progress: progress
            ) { read in
                try await pipeline.add(read.record)
            }
            var summary = survey.summary
            summary.damage = change.old.damage
            let built = try await pipeline.finish()
            let isUnchanged =
                built.isEmpty && survey.entries.sortedByPath == change.old.entries.sortedByPath
            guard !isUnchanged || options.rebuild || !change.old.damage.isEmpty else {
                return summary
            }
            try change.hideReports(goneFrom: survey.entries)
            try change.add(built)
            try change.mergeSegments()
            try change.publish(files: survey.entries)
            return summary
        }
    }
}

extension [FileEntry] {
    fileprivate var sortedByPath: Self {
        sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
