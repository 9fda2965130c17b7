import Foundation
import IndexSchema
import ReportModel

/// What a run found when it looked at the files: the next list of files, and what changed.
struct FileSurvey {
    /// The files of the index after the run.
    var entries: [FileEntry]
    /// What was met, read and changed.
    var summary: IndexSummary

    /// What became of one file.
    private enum Outcome: Sendable {
        /// The file is as the index has it.
        case unchanged(FileEntry)
        /// The index has the content already, under another name or time.
        case known(SourceFile, id: String)
        case read(SourceFile, ReadReport)
        case failed(SourceFile, FileProblem)
    }

    /// Walks the paths, reads what the index does not have, and hands over the new reports, each
    /// once.
    init(
        of paths: [String], for old: StoredIndex, _ options: IndexOptions,
        progress: ReportIndexer.Progress, deliver: (ReadReport) async throws -> Void
    ) async throws {
        let walk = FolderWalk(
            include: options.include.map(GlobPattern.init),
            exclude: options.exclude.map(GlobPattern.init), indexFolder: old.folder)
        // The reports of a damaged segment are read again wherever their files are.
        let found = walk.files(at: paths + old.lost.map(\.path).filter { !SourceFile.isGone($0) })
        summary = IndexSummary()
        summary.files = found.files.count
        summary.problems = found.problems
        entries = []
        let reader = ReportReader(encoding: options.encoding)
        var delivered: Set<String> = []
        var met: Set<[UInt8]> = []
        let lost = Dictionary(
            old.lost.map { (Array($0.path.utf8), $0) }, uniquingKeysWith: { one, _ in one })
        try await orderedMap(found.files, width: 2 * options.jobs) { file in
            Self.outcome(of: file, in: old, reader)
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
                if delivered.insert(read.record.head.id).inserted { try await deliver(read) }
            case .failed(let file, let problem):
                summary.read += 1
                summary.problems.append(problem)
                // What was read once is not lost because it cannot be read today.
                let before = problem.isFailure ? old.entry(at: file.path) : nil
                entry = before ?? FileEntry(file, problem: problem)
            }
            let key = Array(entry.path.utf8)
            if case .unchanged = outcome {
                // A file that was skipped before is still a file that was skipped.
                if let problem = entry.problem { summary.problems.append(problem) }
            } else if entry.report != nil {
                let before = (old.entry(at: entry.path) ?? lost[key])?.report
                if before == nil { summary.added += 1 }
                if let before, before != entry.report { summary.changed += 1 }
                if before == entry.report, lost[key] != nil { summary.restored += 1 }
            }
            entries.append(entry)
            met.insert(key)
            progress(met.count, found.files.count)
        }
        let roots = paths.map(AbsolutePath.of)
        for entry in old.entries where !met.contains(Array(entry.path.utf8)) {
            let isBelow = roots.contains { entry.path == $0 || entry.path.hasPrefix($0 + "/") }
            // A file that this run's patterns left out, or that is out of reach, is not gone.
            if isBelow && !options.keepMissing && SourceFile.isGone(entry.path) {
                if entry.report != nil { summary.removed += 1 }
            } else {
                entries.append(entry)
            }
        }
        summary.removed += old.lost.count { !met.contains(Array($0.path.utf8)) }
        summary.reports = Set(entries.compactMap(\.report)).count
    }

    /// What becomes of a file: nothing when it stands as it stood, otherwise it is read, and
    /// parsed when its content is new.
    private static func outcome(
        of file: SourceFile, in old: StoredIndex, _ reader: ReportReader
    ) -> Outcome {
        if let entry = old.entry(at: file.path), entry.isOf(file), !entry.isYoung {
            return .unchanged(entry)
        }
        do {
            let bytes = try file.bytes()
            let sha256 = ContentHash.sha256(of: bytes)
            let id = String(sha256.prefix(16))
            if old.reports.contains(id) { return .known(file, id: id) }
            return .read(file, try reader.report(in: bytes, of: file, sha256: sha256))
        } catch {
            return .failed(file, error)
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
