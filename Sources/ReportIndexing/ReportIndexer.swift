import Foundation
import IndexSchema
import ReportModel
import ReportParsing
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
    /// Files that could not be read or hold no text.
    public var problems: [FileProblem] = []
    /// The number of reports in the index after the run.
    public var reports = 0

    /// Whether the run left the index as it was.
    public var isUnchanged: Bool { added == 0 && changed == 0 && removed == 0 }
}

/// Brings an index up to date with folders of files.
///
/// A run reads what is new or changed, writes it into one new segment in a temporary folder, makes
/// that last, and then replaces the manifest: until that moment the index is the old one, after it
/// the new one, whatever happens in between. A file that cannot be read costs only itself.
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
        do {
            if options.dryRun { return try await dryRun(paths, progress) }
            let place = try DurableFolder(folder)
            let lock = try await lock(waiting)
            defer { withExtendedLifetime(lock) {} }
            return try await run(paths, in: place, progress)
        } catch let error as IndexError {
            throw error
        } catch let error as CancellationError {
            throw error
        } catch {
            throw IndexError(
                reason: .unwritable, path: folder, detail: SourceFile.words(of: error))
        }
    }

    private func lock(_ waiting: () -> Void) async throws -> WriterLock {
        let path = folder + "/" + Manifest.lockName
        let clock = ContinuousClock()
        let end = clock.now + options.lockTimeout
        var hasToldUser = false
        while true {
            if let lock = try WriterLock(at: path) { return lock }
            guard clock.now < end else {
                throw IndexError(reason: .locked, path: folder, detail: "")
            }
            if !hasToldUser { waiting() }
            hasToldUser = true
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func dryRun(_ paths: [String], _ progress: Progress) async throws -> IndexSummary {
        let old = try StoredIndex(in: folder, rebuild: options.rebuild)
        return try await survey(paths, old, progress) { _ in }.summary
    }

    private func run(
        _ paths: [String], in place: DurableFolder, _ progress: Progress
    ) async throws -> IndexSummary {
        let old = try StoredIndex(in: folder, rebuild: options.rebuild)
        try old.removeLeftovers()
        let temporary = try DurableFolder(
            folder + "/" + Manifest.temporaryPrefix + "\(ProcessInfo.processInfo.processIdentifier)"
        )
        defer { try? FileManager.default.removeItem(atPath: temporary.path) }
        let building = temporary.path + "/segment"
        var writer: SegmentWriter? = nil
        var added: Set<String> = []
        let survey = try await survey(paths, old, progress) { read in
            guard added.insert(read.record.head.id).inserted else { return }
            if writer == nil { writer = try SegmentWriter(creatingAt: building) }
            try writer?.add(read.record)
        }
        let name = String(format: "%06d", old.manifest.generation + 1)
        var segment: Manifest.Segment?
        if let writer = writer.take() {
            segment = Manifest.Segment(
                name: name, reports: writer.reports, passages: writer.passages)
            try writer.finish()
            try DurableFolder(building).synchroniseFiles()
        }
        var summary = survey.summary
        let next = try old.next(entries: survey.entries, segment: segment, name: name)
        summary.reports = Set(survey.entries.compactMap(\.report)).count
        guard segment != nil || survey.entries != old.entries || options.rebuild else {
            return summary
        }
        let segments = try DurableFolder(folder + "/" + Manifest.segmentFolder)
        if segment != nil { try segments.adopt(building, as: name) }
        try segments.synchronise()
        try place.replace(next.files, with: FileList.encoded(survey.entries))
        try place.synchronise()
        try place.replace(Manifest.fileName, with: next.encoded)
        try place.synchronise()
        try StoredIndex(in: folder, rebuild: false).removeLeftovers()
        return summary
    }

    // MARK: Files

    private struct Survey {
        var entries: [FileEntry]
        var summary: IndexSummary
    }

    /// What became of one file.
    private enum Outcome: Sendable {
        /// The file is as the index has it.
        case unchanged(FileEntry)
        /// The index has the content already, under another name or time.
        case known(SourceFile, id: String)
        case read(SourceFile, ReadReport)
        case failed(SourceFile, FileProblem)
    }

    /// Walks the paths, reads what the index does not have, and hands over the new reports.
    private func survey(
        _ paths: [String], _ old: StoredIndex, _ progress: Progress,
        deliver: (ReadReport) throws -> Void
    ) async throws -> Survey {
        let walk = FolderWalk(
            include: options.include.map(GlobPattern.init),
            exclude: options.exclude.map(GlobPattern.init), indexFolder: folder)
        let found = walk.files(at: paths)
        var summary = IndexSummary()
        summary.files = found.files.count
        summary.problems = found.problems
        var entries: [FileEntry] = []
        let reader = ReportReader(encoding: options.encoding)
        let total = found.files.count
        var done = 0
        try await orderedMap(found.files, width: 2 * options.jobs) { file in
            old.outcome(of: file, reader)
        } deliver: { outcome in
            try Task.checkCancellation()
            let entry: FileEntry
            switch outcome {
            case .unchanged(let known):
                entry = known
            case .known(let file, let id):
                summary.read += 1
                entry = FileEntry(file, report: id)
            case .read(let file, let read):
                summary.read += 1
                entry = FileEntry(file, report: read.record.head.id)
                try deliver(read)
            case .failed(let file, let problem):
                summary.read += 1
                summary.problems.append(problem)
                // What was read once is not lost because it cannot be read today.
                let before = problem.isFailure ? old.entryByPath[file.path] : nil
                entry = before ?? FileEntry(file, problem: problem)
            }
            if case .unchanged = outcome {
                // A file that was skipped before is still a file that was skipped.
                if let problem = entry.problem { summary.problems.append(problem) }
            } else if entry.report != nil {
                let before = old.entryByPath[entry.path]?.report
                if before == nil { summary.added += 1 }
                if let before, before != entry.report { summary.changed += 1 }
            }
            entries.append(entry)
            done += 1
            progress(done, total)
        }
        let met = Set(entries.map(\.path))
        let roots = paths.map(AbsolutePath.of)
        for entry in old.entries where !met.contains(entry.path) {
            let isBelow = roots.contains { entry.path == $0 || entry.path.hasPrefix($0 + "/") }
            // A file that this run's patterns left out, or that is out of reach, is not gone.
            if isBelow && !options.keepMissing && SourceFile.isGone(entry.path) {
                if entry.report != nil { summary.removed += 1 }
            } else {
                entries.append(entry)
            }
        }
        entries.sort { $0.path < $1.path }
        return Survey(entries: entries, summary: summary)
    }

    /// The index as a run finds it.
    private struct StoredIndex: Sendable {
        let folder: String
        let manifest: Manifest
        let entries: [FileEntry]
        let entryByPath: [String: FileEntry]
        /// The ids of all reports in the segments, hidden ones too.
        let reports: Set<String>

        /// Reads the manifest and the list of files; an empty index when there is none, or when
        /// all is to be made anew.
        init(in folder: String, rebuild: Bool) throws {
            self.folder = folder
            var manifest = Manifest(parser: ReportParser.version)
            var entries: [FileEntry] = []
            if rebuild {
                // Nothing of the old index is believed but the names that are taken.
                manifest.generation = Self.highestSegment(in: folder)
            } else if let stored = try Self.storedManifest(in: folder) {
                manifest = stored
                entries = try Self.storedEntries(of: stored, in: folder)
                try Self.checkSegments(of: stored, in: folder)
            }
            self.manifest = manifest
            self.entries = entries
            entryByPath = Dictionary(uniqueKeysWithValues: entries.map { ($0.path, $0) })
            reports = Set(entries.compactMap(\.report))
                .union(manifest.segments.flatMap(\.hidden))
        }

        private static func storedManifest(in folder: String) throws -> Manifest? {
            let file = URL(filePath: folder + "/" + Manifest.fileName)
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            let data = try Data(contentsOf: file)
            let current = Manifest(parser: ReportParser.version)
            guard let manifest = try? Manifest(data) else {
                throw IndexError(
                    reason: .unusable, path: folder, detail: "the manifest is damaged")
            }
            guard manifest.schema == current.schema, manifest.analysis == current.analysis,
                manifest.parser == current.parser
            else {
                throw IndexError(
                    reason: .unusable, path: folder,
                    detail: "the index was made by another version of gongkai")
            }
            return manifest
        }

        private static func storedEntries(
            of manifest: Manifest, in folder: String
        ) throws -> [FileEntry] {
            guard !manifest.files.isEmpty else { return [] }
            let file = URL(filePath: folder + "/" + manifest.files)
            guard let data = try? Data(contentsOf: file),
                let entries = try? FileList.entries(in: data)
            else {
                throw IndexError(
                    reason: .unusable, path: folder, detail: "the list of files is damaged")
            }
            return entries
        }

        /// Opens every segment, so that an index that cannot be searched is not called up to date.
        private static func checkSegments(of manifest: Manifest, in folder: String) throws {
            for segment in manifest.segments {
                do {
                    _ = try Database(path: "\(folder)/\(Manifest.segmentFolder)/\(segment.name)")
                } catch {
                    throw IndexError(
                        reason: .unusable, path: folder,
                        detail: "segment \(segment.name) is damaged (\(error.description))")
                }
            }
        }

        /// The highest number that names a segment; 0 when there is none.
        private static func highestSegment(in folder: String) -> Int {
            let segments = folder + "/" + Manifest.segmentFolder
            let names = (try? FileManager.default.contentsOfDirectory(atPath: segments)) ?? []
            return names.compactMap { Int($0) }.max() ?? 0
        }

        /// What becomes of a file: nothing when it stands as it stood, otherwise it is read, and
        /// parsed when its content is new.
        func outcome(of file: SourceFile, _ reader: ReportReader) -> Outcome {
            if let entry = entryByPath[file.path], entry.isOf(file), !entry.isYoung {
                return .unchanged(entry)
            }
            do {
                let bytes = try file.bytes()
                let sha256 = ContentHash.sha256(of: bytes)
                let id = String(sha256.prefix(16))
                if reports.contains(id) { return .known(file, id: id) }
                return .read(file, try reader.report(in: bytes, of: file, sha256: sha256))
            } catch {
                return .failed(file, error)
            }
        }

        /// The manifest after a run: the new segment joins, reports that no file holds any more are
        /// hidden, ones that came back are shown, segments without a report to show are dropped.
        func next(
            entries: [FileEntry], segment: Manifest.Segment?, name: String
        ) throws -> Manifest {
            let live = Set(entries.compactMap(\.report))
            let gone = Set(self.entries.compactMap(\.report)).subtracting(live)
            var next = manifest
            next.generation += 1
            next.files = "files-\(name).jsonl"
            for index in next.segments.indices {
                var hidden = Set(next.segments[index].hidden).subtracting(live)
                if !gone.isEmpty {
                    let database = try Database(path: path(of: next.segments[index]))
                    for id in gone
                    where try database.termFrequency(of: Schema.term(.report, id)) > 0 {
                        hidden.insert(id)
                    }
                }
                next.segments[index].hidden = hidden.sorted()
            }
            next.segments.removeAll { $0.hidden.count >= $0.reports }
            if let segment { next.segments.append(segment) }
            return next
        }

        private func path(of segment: Manifest.Segment) -> String {
            "\(folder)/\(Manifest.segmentFolder)/\(segment.name)"
        }

        /// Removes what no manifest names: the work of runs that died, and what the last run
        /// replaced.
        func removeLeftovers() throws {
            let manager = FileManager.default
            for name in try manager.contentsOfDirectory(atPath: folder)
            where name.hasPrefix(Manifest.temporaryPrefix)
                || (name.hasPrefix("files-") && name != manifest.files && manifest.generation > 0)
            {
                // A rebuild keeps the old list until its own manifest stands.
                if name.hasPrefix("files-"), manifest.files.isEmpty { continue }
                try manager.removeItem(atPath: folder + "/" + name)
            }
            let segments = folder + "/" + Manifest.segmentFolder
            guard !manifest.files.isEmpty, manager.fileExists(atPath: segments) else { return }
            let named = Set(manifest.segments.map(\.name))
            for name in try manager.contentsOfDirectory(atPath: segments)
            where !named.contains(name) {
                try manager.removeItem(atPath: segments + "/" + name)
            }
        }
    }
}

extension FileEntry {
    /// An entry of a file that was read or skipped.
    fileprivate init(_ file: SourceFile, report: String? = nil, problem: FileProblem? = nil) {
        self.init(
            path: file.path, report: report, skipped: problem?.reason.rawValue,
            detail: problem?.detail, size: file.size, modified: file.modified,
            changed: file.changed, inode: file.inode,
            read: Int64(Date().timeIntervalSince1970 * 1e9))
    }

    /// Why the file was skipped; nil when it was read.
    fileprivate var problem: FileProblem? {
        skipped.flatMap(FileProblem.Reason.init).map {
            FileProblem(reason: $0, path: path, detail: detail ?? "")
        }
    }

    /// Whether a file stands as it stood when the entry was made.
    fileprivate func isOf(_ file: SourceFile) -> Bool {
        size == file.size && modified == file.modified && changed == file.changed
            && inode == file.inode
    }

    /// Whether the file was changed so shortly before it was read that a later change could carry
    /// the same time.
    fileprivate var isYoung: Bool { read - changed < 2_000_000_000 }
}
