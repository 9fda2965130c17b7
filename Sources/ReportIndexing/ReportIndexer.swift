import IndexFolder
import Platform
import ReportModel

/// What a run of `index` is asked to do.
public struct IndexOptions: Sendable {
    /// Whether to read every file anew and replace the whole index.
    public var rebuild = false
    /// Whether only to say what would be done.
    public var dryRun = false
    /// Whether reports whose files are gone stay in the index.
    public var keepMissing = false
    /// Whether reports go although the folder that was named is missing or empty as a whole, or one
    /// below it is an empty one in which they never stood.
    public var removeMissing = false
    /// How many files are read at the same time.
    public var jobs = 1
    /// The encoding forced on every file; nil tells it from the bytes.
    public var encoding: TextEncodingName?
    /// Which fields of the records of lists hold what.
    public var fields = RecordNames()
    /// The program that reads the text of pictures, by its name in PATH or absolute path; nil leaves
    /// them unread.
    public var ocr: String?
    /// What chooses a file, or a folder with all that is in it; all files when empty.
    public var include = PathRules()
    /// What chooses the files and folders that are left out.
    public var exclude = PathRules()
    /// Whether links are followed, as long as they lead below the path indexed.
    public var follow = false
    /// Whether a run that finds nothing new is noted, so that it counts as the last one.
    public var notesIdleRuns = true
    /// How long to wait for another writer.
    public var lockTimeout = Duration.seconds(10)

    /// Makes options with the defaults above.
    public init() {}
}

/// Brings an index up to date with folders of files.
///
/// A run reads what is new or changed, writes it into new segments in a temporary folder, merges
/// those that have become many, and then takes all in as ``IndexCommit`` describes: until that
/// moment the index is the old one, after it the new one, whatever happens in between. A file that
/// cannot be read costs only itself. The reports of a damaged segment are read again from their
/// files.
public struct ReportIndexer: Sendable {
    let folder: String
    var options: IndexOptions

    /// Makes an indexer for an index folder, which need not exist.
    ///
    /// - Throws: ``Files/NoWorkingFolder`` when the path is relative and there is none.
    public init(folder: String, options: IndexOptions) throws {
        self.folder = try AbsolutePath.of(folder)
        self.options = options
    }

    /// The absolute paths that the last run of `index` was given; none where the index does not know.
    ///
    /// - Throws: ``IndexError`` when the index cannot be read.
    public func rootsOfLastRun() throws(IndexError) -> [String] {
        do throws(IndexFolder.Failure) {
            guard let index = try IndexFolder(forWritingAt: folder),
                let manifest = try index.manifest()
            else { return [] }
            return manifest.roots.map(index.paths.path)
        } catch {
            throw IndexError(error, path: folder)
        }
    }

    /// Indexes the files at and below some paths.
    ///
    /// - Throws: ``IndexError``, or `CancellationError` when the task was cancelled; the index is
    ///   then as it was.
    public func run(
        _ paths: [String], watcher: IndexWatcher = IndexWatcher()
    ) async throws -> IndexSummary {
        // Without a working folder relative paths mean nothing, and no index is made.
        let paths = try paths.map(AbsolutePath.of)
        if options.dryRun {
            let old: StoredIndex
            do {
                old = try StoredIndex(
                    in: IndexFolder(forWritingAt: folder), rebuild: options.rebuild)
            } catch let failure as IndexFolder.Failure {
                throw IndexError(failure, path: folder)
            }
            return try await FileSurvey(of: paths, for: old, options, watcher) { _ in }.summary
        }
        return try await IndexChange.perform(
            on: folder, rebuilding: options.rebuild, makesFolder: true,
            timeout: options.lockTimeout, waiting: watcher.waiting
        ) { change in
            // Most runs find nothing new, and then make nothing.
            var pipeline: SegmentPipeline?
            let survey: FileSurvey
            let built: BuiltSegment?
            do {
                survey = try await FileSurvey(of: paths, for: change.old, options, watcher) {
                    try change.requireRoom(for: $0)
                    let current =
                        try pipeline
                        ?? SegmentPipeline(
                            folder: change.buildingFolder(), jobs: options.jobs,
                            frequent: change.frequentGrams())
                    pipeline = current
                    try await current.add($0)
                }
                built = try await pipeline?.finish()
            } catch {
                await pipeline?.abandon()
                throw error
            }
            try change.keep(roots: paths.map(AbsolutePath.of))
            var summary = survey.summary
            summary.damage = change.old.damage
            summary.lostRuns = change.old.lostRuns
            let isUnchanged = built == nil && !survey.files.isChange
            guard
                !isUnchanged || options.rebuild || !change.old.damage.isEmpty
                    || !change.old.lostRuns.isEmpty
            else {
                // Without an index there is nothing that could have stayed the same.
                if options.notesIdleRuns, change.old.stored != nil { try change.publishIdleRun() }
                return summary
            }
            try change.hideReports(goneFrom: survey.files)
            if let built { try change.add(built) }
            let changes = try change.changes(survey.notes)
            try change.mergeSegments()
            try change.publish(files: survey.files, changes: changes)
            return summary
        }
    }
}
