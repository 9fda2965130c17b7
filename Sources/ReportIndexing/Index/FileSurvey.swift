import IndexFolder
import Platform
import ReportModel
import SegmentStore

/// What a run found when it looked at the files: the next list of files, and what changed.
struct FileSurvey {
    /// The files of the index after the run.
    private(set) var files: NextFileList
    /// What was met, read and changed.
    private(set) var summary = IndexSummary()
    /// What changed, file by file.
    private(set) var notes: ChangeNotes

    private let old: StoredIndex
    /// The indices of the old entries whose segment was damaged and whose files were not met yet.
    private var lost: Set<Int>

    /// The most bytes of files that are in work at a time.
    private static let mostInWork: Int64 = 64 << 20

    /// What became of one file.
    private enum Outcome: Sendable {
        /// The file is as the index has it.
        case unchanged(FileEntry, index: Int)
        /// The index has the content already, under another name or time.
        case known(FileEntry)
        case read(FileEntry, StorableReport, of: Report, failing: [String])
        case failed(FileEntry, FileProblem)
        /// What could not be looked at.
        case unseen(FileProblem)
    }

    /// Walks the paths, reads what the index does not have, and hands over the new reports, each
    /// once.
    init(
        of paths: [String], for old: StoredIndex, _ options: IndexOptions,
        _ watcher: IndexWatcher, deliver: (StorableReport) async throws -> Void
    ) async throws {
        self.old = old
        files = NextFileList(after: old.files, near: old.folder)
        notes = ChangeNotes(old.files.paths, near: old.folder)
        lost = old.lost
        for index in lost { files.drop(index) }
        let choice = FolderWalk.Choice(
            include: options.include, exclude: options.exclude, followsLinks: options.follow,
            indexFolder: old.folder)
        // The reports of a damaged segment are read again wherever their files are.
        let all =
            paths
            + lost.sorted().compactMap { old.files[$0]?.path }
            .map { SourceFile.container(of: $0) ?? $0 }.filter { !SourceFile.isGone($0) }
        let total = try watcher.wantsTotal ? Self.count(FolderWalk(of: all, choice)) : nil
        let reader = ReportReader(
            encoding: options.encoding, fields: options.fields, ocr: options.ocr,
            kept: Self.pageReadings(for: options, in: old))
        var found = try FoundFiles(
            of: all, choice, fields: options.fields, known: KnownContainers(of: old))
        var delivered: Set<UInt64> = []
        try await orderedMap(
            width: 2 * options.jobs, weightLimit: Self.mostInWork,
            next: { found.next() }, weight: \.size, atOnce: { Self.known(of: $0, in: old) },
            { found in
                switch found {
                case .file(let file): return Self.outcome(of: file, in: old, reader)
                case .problem(let problem): return Outcome.unseen(problem)
                }
            },
            deliver: { outcome in
                try Task.checkCancellation()
                var outcome = outcome
                if case .read(let entry, let report, _, _) = outcome,
                    delivered.insert(report.entry.head.idNumber).inserted
                {
                    do {
                        try await deliver(report)
                    } catch let error as SegmentError where error.kind == .refused {
                        outcome = Self.refused(entry, error.message)
                    }
                }
                try take(outcome, watcher)
                watcher.progress(summary.files, total)
            })
        for index in found.unchanged {
            if let entry = old.files[index] { try take(.unchanged(entry, index: index), watcher) }
        }
        if options.rebuild, !options.removeMissing, let root = found.unseen.first {
            throw IndexError(reason: .away, path: root.path, detail: root.reason.rawValue)
        }
        try takeRest(options, below: paths.map(AbsolutePath.of), found, watcher)
        summary.reports = try files.reportCount()
    }

    /// What the program that reads pictures printed before; nil where nothing may be kept.
    private static func pageReadings(
        for options: IndexOptions, in old: StoredIndex
    ) -> PageReadings? {
        guard let ocr = options.ocr, let folder = old.folder, !options.dryRun else { return nil }
        return PageReadings(of: ocr, in: folder)
    }

    /// A file whose report the index does not take: it costs only itself.
    private static func refused(_ entry: FileEntry, _ refusal: String) -> Outcome {
        let problem = FileProblem(
            reason: .unstorable, path: entry.path, detail: refusal)
        var entry = entry
        entry.report = nil
        entry.skipped = problem.reason.rawValue
        entry.detail = problem.detail
        return .failed(entry, problem)
    }

    private static func count(_ walk: FolderWalk) -> Int {
        var walk = walk
        var count = 0
        while let found = walk.next() { if case .file = found { count += 1 } }
        return count
    }

    /// Notes what became of a file.
    private mutating func take(_ outcome: Outcome, _ watcher: IndexWatcher) throws {
        var findings: [Finding] = []
        var encoding: String?
        let entry: FileEntry
        var kept: Int?
        switch outcome {
        case .unseen(let problem):
            summary.add(problem)
            try watcher.diagnose(FileDiagnostic(problem))
            return
        case .unchanged(let known, let index):
            entry = known
            kept = index
            // A file that was skipped before is still a file that was skipped.
            if let problem = entry.problem { summary.add(problem) }
        case .known(let new):
            summary.read += 1
            entry = new
        case .read(let new, let report, let whole, _):
            summary.read += 1
            entry = new
            findings = whole.findings
            summary.formats[whole.fileFormat, default: 0] += 1
            encoding = report.entry.head.encoding
        case .failed(let new, let problem):
            summary.read += 1
            summary.add(problem)
            entry = new
            // What was read once is not lost because it cannot be read today.
            if problem.reason.isOfTheMoment {
                kept = old.index(of: new.path).flatMap { keepable($0, despite: problem) }
            }
            try watcher.diagnose(FileDiagnostic(problem))
        }
        summary.files += 1
        let index = old.index(of: entry.path)
        let before = index.flatMap { index in
            lost.remove(index) == nil ? nil : old.files[index]?.report
        }
        let change = change(to: entry, from: before, at: index)
        if kept == nil {
            note(outcome, change, entry, before: index.flatMap { old.files[$0]?.report })
        }
        list(entry, keeping: kept, insteadOf: index)
        if case .failed = outcome { return }
        switch change {
        case .added: summary.added += 1
        case .changed: summary.changed += 1
        case .restored: summary.restored += 1
        case .unchanged, .removed, .skipped: break
        }
        try watcher.diagnose(
            FileDiagnostic(
                path: entry.path, outcome: change, report: entry.report, problem: entry.problem,
                encoding: encoding, findings: findings))
    }

    /// Lists a file anew, or keeps what is listed.
    private mutating func list(_ entry: FileEntry, keeping kept: Int?, insteadOf index: Int?) {
        if let kept { return files.keep(kept) }
        if let index { files.drop(index) }
        files.add(entry)
    }

    /// Notes what changed of a file's report.
    private mutating func note(
        _ outcome: Outcome, _ change: FileDiagnostic.Outcome, _ entry: FileEntry, before: String?
    ) {
        switch change {
        case .added:
            if case .read(_, let report, _, let failing) = outcome {
                notes.add(new: report.entry.head, at: entry.path, failing: failing)
            } else {
                notes.add(.added, at: entry.path, old: nil, new: entry.report)
            }
        case .changed: notes.add(.changed, at: entry.path, old: before, new: entry.report)
        case .skipped:
            if before != nil { notes.add(.removed, at: entry.path, old: before, new: nil) }
        case .unchanged, .restored, .removed: break
        }
    }

    /// The index of an old entry that may stay: one with a report that is not lost, or one that
    /// says the same.
    private func keepable(_ index: Int, despite problem: FileProblem) -> Int? {
        guard !old.lost.contains(index), let entry = old.files[index] else { return nil }
        return entry.report != nil || entry.problem == problem ? index : nil
    }

    /// - Parameters:
    ///   - lost: the report that the file had in a damaged segment; nil when it had none.
    ///   - index: where the file stands in the old list; nil when it does not.
    private func change(
        to entry: FileEntry, from lost: String?, at index: Int?
    ) -> FileDiagnostic.Outcome {
        guard let report = entry.report else { return .skipped }
        if let lost { return lost == report ? .restored : .changed }
        guard let before = index.flatMap({ old.files[$0]?.report }) else { return .added }
        return before == report ? .unchanged : .changed
    }

    /// Keeps the files that the walk did not meet, unless they are gone.
    private mutating func takeRest(
        _ options: IndexOptions, below roots: [String], _ found: FoundFiles,
        _ watcher: IndexWatcher
    ) throws {
        var emptyFolders = EmptyFolders()
        for index in files.openIndices {
            guard let entry = old.files[index] else { continue }
            if !options.removeMissing, !options.keepMissing,
                let root = found.unseen.first(where: { entry.isBelow($0.path) })
            {
                files.keep(index)
                if entry.report != nil { keep(for: root) }
                continue
            }
            // A file that this run's patterns left out, or that is out of reach, is not gone.
            guard !options.keepMissing, roots.contains(where: entry.isBelow),
                found.isGone(entry.path)
            else {
                files.keep(index)
                continue
            }
            if !options.removeMissing,
                let folder = emptyFolders.folder(insteadOfThatOf: entry)
            {
                files.keep(index)
                if entry.report != nil {
                    keep(for: FolderWalk.UnseenRoot(path: folder, reason: .empty))
                }
                continue
            }
            files.drop(index)
            try takeRemoved(entry, watcher)
        }
        for index in lost.sorted() {
            if let entry = old.files[index] { try takeRemoved(entry, watcher) }
        }
    }

    /// Counts a report that stays because its folder is away.
    private mutating func keep(for root: FolderWalk.UnseenRoot) {
        let path = root.path.utf8
        if let index = summary.away.firstIndex(where: { $0.path.utf8.elementsEqual(path) }) {
            summary.away[index].kept += 1
        } else {
            summary.away.append(
                IndexSummary.AwayRoot(path: root.path, reason: root.reason, kept: 1))
        }
    }

    private mutating func takeRemoved(_ entry: FileEntry, _ watcher: IndexWatcher) throws {
        guard entry.report != nil else { return }
        summary.removed += 1
        notes.add(.removed, at: entry.path, old: entry.report, new: nil)
        try watcher.diagnose(
            FileDiagnostic(
                path: entry.path, outcome: .removed, report: entry.report, problem: nil,
                encoding: nil, findings: []))
    }

    /// What becomes of a file that stands as it stood; nil for any other, which is to be read.
    private static func known(of found: FolderWalk.Found, in old: StoredIndex) -> Outcome? {
        guard case .file(let file) = found, let index = old.index(of: file.path),
            !old.lost.contains(index), let entry = old.files[index], entry.isOf(file.status),
            !entry.isYoung, entry.problem?.reason.isOfTheMoment != true
        else { return nil }
        return .unchanged(entry, index: index)
    }

    /// What becomes of a file that is read, and parsed when its content is new.
    private static func outcome(
        of file: SourceFile, in old: StoredIndex, _ reader: ReportReader
    ) -> Outcome {
        do {
            let (bytes, status) = try file.bytes()
            let sha256 = try file.sha256(of: bytes)
            let id = String(sha256.prefix(16))
            let entry = FileEntry(file.path, status, report: id)
            if old.holds(report: id) { return .known(entry) }
            let read = try reader.report(in: bytes, of: file, sha256: sha256)
            let failing = read.report.ruleStates.filter { $0.state == .fails }.map(\.rule)
            return .read(entry, read.storable, of: read.report, failing: failing)
        } catch {
            return .failed(FileEntry(file.path, file.status, problem: error), error)
        }
    }
}

extension FolderWalk.Found {
    /// How much memory it may take to read, in bytes.
    var size: Int64 {
        switch self {
        case .file(let file): min(file.status.size, SourceFile.largest)
        case .problem: 0
        }
    }
}

extension FileEntry {
    /// An entry of a file that was read or skipped.
    fileprivate init(
        _ path: String, _ status: FileStatus, report: String? = nil, problem: FileProblem? = nil
    ) {
        self.init(
            path: path, report: report, skipped: problem?.reason.rawValue,
            detail: problem?.detail, size: status.size, modified: status.modified,
            changed: status.changed, inode: status.identity.inode,
            read: FileSystem.now)
    }

    /// Whether the file is another or lies below it.
    fileprivate func isBelow(_ root: String) -> Bool {
        root == "/" || path.utf8.elementsEqual(root.utf8)
            || path.utf8.starts(with: (root + "/").utf8)
            || path.utf8.starts(with: (root + SourceFile.memberSign).utf8)
    }

    /// Why the file was skipped; nil when it was read.
    var problem: FileProblem? {
        skipped.flatMap(FileProblem.Reason.init).map {
            FileProblem(reason: $0, path: path, detail: detail ?? "")
        }
    }

    /// Whether a file stands as it stood when the entry was made.
    func isOf(_ status: FileStatus) -> Bool {
        size == status.size && modified == status.modified && changed == status.changed
            && inode == status.identity.inode
    }

    /// Whether the file was changed so shortly before it was read that a later change could carry
    /// the same time, or the clock was set back meanwhile.
    var isYoung: Bool { read - changed < 2_000_000_000 }
}
