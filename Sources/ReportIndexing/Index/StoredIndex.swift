import IndexFolder
import Platform
import ReportParsing
import SegmentStore
import SystemPackage

/// An index as a run that writes finds it.
struct StoredIndex: Sendable {
    /// The index folder; nil when there is none.
    let folder: OpenFolder?
    /// The manifest as it is stored; nil when there is none, or it is not believed.
    let stored: Manifest?
    /// What the index consists of; segments that are damaged are left out.
    let manifest: Manifest
    /// The files whose reports the segments hold or held, and those that were skipped.
    let files: FileTable
    /// The indices of files whose reports were in a damaged segment: to be read again.
    let lost: Set<Int>
    /// The damaged segments and what is wrong with each.
    let damage: [String]
    /// The files of changes of earlier runs that are damaged, and what is wrong with each.
    let lostRuns: [String]
    private let indices: FileIndices

    /// Reads the manifest and the list of files, and looks at the segments; an empty index when
    /// there is none, or when all is to be made anew.
    ///
    /// - Parameter distrusted: the names of segments that are known to be damaged.
    init(
        in index: IndexFolder?, rebuild: Bool, distrusting distrusted: Set<String> = []
    ) throws {
        folder = index?.folder
        var manifest = Manifest(analysis: TextAnalysis.version, parser: ReportParser.version)
        // Without a folder nothing is stored, so that its paths matter to nobody.
        let paths = index?.paths ?? StoredPath(below: "/")
        var files = FileTable(paths)
        var lost: Set<Int> = []
        var damage: [String] = []
        var lostRuns: [String] = []
        stored = rebuild ? nil : try index.flatMap(Self.storedManifest)
        if rebuild {
            // Nothing of the old index is believed but the numbers that are taken.
            manifest.generation = try index.map { try Manifest.highestNumber(in: $0.folder) } ?? 0
        } else if let stored, let folder {
            manifest = stored
            files = try Self.storedFiles(of: stored, in: folder, paths)
            manifest.changes.removeAll { file in
                let state = file.state(in: folder, readsBytes: false)
                switch state {
                case .whole, .unreadable: return false
                case .missing, .resized, .changed: lostRuns.append("\(file.name) \(state)")
                }
                return true
            }
            let states = try stored.segments.map { segment in
                distrusted.contains(segment.name)
                    ? (segment, "segment \(segment.name) was changed")
                    : (segment, try Self.damage(of: segment, in: folder))
            }
            damage = states.compactMap { $0.1 }
            if !damage.isEmpty {
                manifest.segments = states.filter { $0.1 == nil }.map(\.0)
                let kept = try Self.reports(of: manifest.segments, in: folder)
                lost = Set(
                    (0..<files.count).filter { index in
                        files.report(at: index).map { !kept.contains($0) } ?? false
                    })
            }
        }
        self.manifest = manifest
        self.files = files
        self.lost = lost
        self.damage = damage
        self.lostRuns = lostRuns
        indices = FileIndices(of: files)
    }

    /// The index of a file's entry among all; nil when the index has not met the file.
    func index(of path: String) -> Int? { indices.index(of: path) }

    /// Whether a report is part of the index.
    func holds(report id: String) -> Bool {
        files.indices(ofReport: id).first.map { !lost.contains($0) } ?? false
    }

    /// The manifest of an index; nil when there is none.
    private static func storedManifest(in index: IndexFolder) throws -> Manifest? {
        guard let manifest = try index.manifest() else { return nil }
        let current = Manifest(analysis: TextAnalysis.version, parser: ReportParser.version)
        guard manifest.analysis == current.analysis, manifest.parser == current.parser else {
            throw IndexFolder.Failure.otherVersion
        }
        return manifest
    }

    private static func storedFiles(
        of manifest: Manifest, in folder: OpenFolder, _ paths: StoredPath
    ) throws -> FileTable {
        guard let stored = manifest.files else { return FileTable(paths) }
        var state = Manifest.StoredFile.State.changed
        do throws(Manifest.StoredFile.State) {
            if let files = FileTable(
                try stored.bytes(in: folder, limit: Manifest.largestList), paths)
            {
                return files
            }
        } catch {
            state = error
        }
        throw IndexError(
            reason: .damaged, path: folder.path,
            detail: "the list of files, \(stored.name), \(state)")
    }

    /// What is wrong with a segment; nil when it can be searched.
    ///
    /// A file that cannot be read today may be whole, and so is no damage, but an error.
    private static func damage(
        of segment: Manifest.Segment, in folder: OpenFolder
    ) throws -> String? {
        for file in segment.files {
            let state = file.state(in: folder, readsBytes: false)
            if case .unreadable(let words) = state {
                throw IndexError(
                    reason: .unreadable, path: folder.path(of: Array(file.name.utf8)),
                    detail: words)
            }
            if state != .whole { return "segment \(segment.name): \(file.name) \(state)" }
        }
        do {
            let stored = try Segment(SegmentFiles(segment.name, in: folder))
            if stored.reportCount == segment.reports, stored.passageCount == segment.passages {
                return nil
            }
            return "segment \(segment.name) holds other reports than the manifest says"
        } catch {
            let words = SourceFile.words(of: error)
            if (error as? SegmentError)?.kind == .notOpened {
                throw IndexError(reason: .unreadable, path: folder.path, detail: words)
            }
            return "segment \(segment.name) cannot be read (\(words))"
        }
    }

    /// The reports of segments that are not hidden, by number.
    private static func reports(
        of segments: [Manifest.Segment], in folder: OpenFolder
    ) throws -> Set<UInt64> {
        var reports: Set<UInt64> = []
        for segment in segments {
            let hidden = Set(segment.hidden)
            let stored = try Segment(SegmentFiles(segment.name, in: folder))
            for index in 0..<stored.reportCount where !hidden.contains(UInt32(index)) {
                reports.insert(try stored.idNumber(ofReport: index))
            }
        }
        return reports
    }
}
