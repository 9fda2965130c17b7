import IndexFolder
import Platform
import ReportModel
import SegmentStore

/// One change of an index, from taking the lock to replacing the manifest.
struct IndexChange {
    /// The index as it was found.
    let old: StoredIndex
    private let folder: OpenFolder
    private var commit: IndexCommit
    private var next: Manifest
    private var merged = 0
    /// The bytes of text that were taken in since room was looked for.
    private var unchecked = firstRoomStep
    /// After this many bytes of text room is looked for again.
    private var roomStep = firstRoomStep

    private static let firstRoomStep = 1 << 20
    private static let lastRoomStep = 32 << 20
    /// The room that must be there for each byte of text, with some to spare.
    private static let roomFactor = 3

    /// Takes the lock, lets `body` change the index, and cleans up.
    ///
    /// - Parameter makesFolder: whether a folder that is new or empty becomes an index.
    /// - Throws: ``IndexError`` or `CancellationError`; the index is then as it was.
    static func perform<Result>(
        on path: String, rebuilding: Bool, makesFolder: Bool, timeout: Duration,
        waiting: () -> Void, _ body: (inout IndexChange) async throws -> Result
    ) async throws -> Result {
        do {
            let index = try makesFolder ? folder(at: path) : IndexFolder(at: path)
            let lock = try await lock(index, timeout, waiting)
            defer { withExtendedLifetime(lock) {} }
            var distrusted: Set<String> = []
            while true {
                let old = try StoredIndex(
                    in: index, rebuild: rebuilding, distrusting: distrusted)
                var change = try IndexChange(of: old, in: index.folder)
                do {
                    let result = try await body(&change)
                    return result
                } catch let damage as DamagedSegment
                    where distrusted.insert(damage.name).inserted
                {
                    continue
                } catch {
                    change.commit.removeLeftovers(keeping: old.stored)
                    throw error
                }
            }
        } catch let error as IndexError {
            throw error
        } catch let error as FolderError {
            throw IndexError(error)
        } catch let error as IndexFolder.Failure {
            throw IndexError(error, path: path)
        } catch let error as CancellationError {
            throw error
        } catch let error as SegmentError where [.notOpened, .damaged].contains(error.kind) {
            throw IndexError(reason: .damaged, path: path, detail: "\(error)")
        } catch {
            throw IndexError(reason: .unwritable, path: path, detail: SourceFile.words(of: error))
        }
    }

    /// The folder of an index, made when there is none.
    private static func folder(at path: String) throws -> IndexFolder {
        if let found = try IndexFolder(forWritingAt: path) { return found }
        try DurableFolder.make(path)
        guard let made = try IndexFolder(forWritingAt: path) else {
            throw IndexFolder.Failure.missing
        }
        return made
    }

    private static func lock(
        _ index: IndexFolder, _ timeout: Duration, _ waiting: () -> Void
    ) async throws -> WriterLock {
        let clock = ContinuousClock()
        let end = clock.now + timeout
        var hasToldUser = false
        while true {
            if let lock = try WriterLock(in: index.folder) { return lock }
            guard clock.now < end else {
                throw IndexError(reason: .locked, path: index.path, detail: "")
            }
            if !hasToldUser { waiting() }
            hasToldUser = true
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private init(of old: StoredIndex, in folder: OpenFolder) throws {
        self.old = old
        self.folder = folder
        next = old.manifest
        commit = try IndexCommit(to: folder, old.stored)
    }

    /// The folder in which segments are built; it goes when the change ends.
    mutating func buildingFolder() throws -> OpenFolder { try commit.buildingFolder() }

    /// Makes sure, now and then, that there is room for what is being built.
    mutating func requireRoom(for report: StorableReport) throws {
        unchecked += 4_096 + report.textBytes
        guard unchecked >= roomStep else { return }
        unchecked = 0
        try commit.requireRoom(of: Int64(Self.roomFactor * roomStep))
        roomStep = min(2 * roomStep, Self.lastRoomStep)
    }

    /// The frequent grams of the largest segment, so that later ones are cut alike.
    func frequentGrams() throws -> FrequentGramSet {
        guard let largest = old.manifest.segments.max(by: { $0.passages < $1.passages }) else {
            return .none
        }
        return try Segment(segmentFiles(of: largest)).frequent
    }

    /// Hides the reports that no file holds any more.
    mutating func hideReports(goneFrom files: NextFileList) throws {
        let gone = try files.reportsGone()
        guard !gone.isEmpty else { return }
        for index in next.segments.indices {
            let segment = try Segment(segmentFiles(of: next.segments[index]))
            let indices = segment.reports(withIDNumbers: gone).map(UInt32.init)
            let hidden = Set(next.segments[index].hidden).union(indices)
            next.segments[index].hidden = hidden.sorted()
        }
        next.segments.removeAll { $0.hidden.count >= $0.reports }
    }

    /// Takes a new segment in.
    mutating func add(_ segment: BuiltSegment) throws {
        next.segments.append(
            try commit.adopt(
                segment.files, reports: segment.size.reports,
                passages: segment.size.passages))
    }

    /// Merges the segments that have become many, or of which too much is hidden, where there is
    /// room for it.
    mutating func mergeSegments() throws {
        let sizes = next.segments.map { segment in
            let perReport = (segment.passages + segment.reports) / max(1, segment.reports)
            let hidden = segment.hidden.count * perReport
            return MergePolicy.Size(
                visible: segment.passages + segment.reports - hidden, hidden: hidden)
        }
        let groups = MergePolicy.groups(of: sizes)
        guard !groups.isEmpty, (try? requireRoom(toMerge: groups)) != nil else { return }
        try merge(groups)
    }

    private func requireRoom(toMerge groups: [[Int]]) throws {
        var room = Int64(Self.firstRoomStep)
        for group in groups {
            let segments = group.map { next.segments[$0] }
            let size = segments.flatMap(\.files).reduce(0) { $0 + $1.size }
            // What is written anew is written twice.
            room += segments.contains { !$0.hidden.isEmpty } ? 2 * size : size
        }
        try commit.requireRoom(of: room)
    }

    /// Makes one segment of all, without what is hidden; nothing when that is how it is.
    ///
    /// - Returns: whether there was anything to do.
    mutating func mergeAll() throws -> Bool {
        guard next.segments.count > 1 || next.segments.contains(where: { !$0.hidden.isEmpty })
        else { return false }
        let all = [Array(next.segments.indices)]
        try requireRoom(toMerge: all)
        try merge(all)
        return true
    }

    private mutating func merge(_ groups: [[Int]]) throws {
        var new: [Manifest.Segment] = []
        for group in groups {
            let sources = try group.map { index in
                let segment = next.segments[index]
                // Damage must not be copied under a new checksum.
                guard
                    segment.files.allSatisfy({ $0.state(in: folder, readsBytes: true) == .whole })
                else { throw DamagedSegment(name: segment.name) }
                return BuiltSegment.Source(
                    files: segmentFiles(of: segment), hidden: segment.hidden)
            }
            merged += 1
            let target = SegmentFiles("merged-\(merged)", in: try commit.buildingFolder())
            if let segment = try BuiltSegment(merging: sources, as: target) {
                new.append(
                    try commit.adopt(
                        segment.files, reports: segment.size.reports,
                        passages: segment.size.passages))
            }
        }
        let replaced = Set(groups.joined())
        next.segments =
            next.segments.indices.filter { !replaced.contains($0) }.map { next.segments[$0] }
            + new
    }

    private func segmentFiles(of segment: Manifest.Segment) -> SegmentFiles {
        SegmentFiles(segment.name, in: folder)
    }

    /// What a run of `index` changed, as its file has it; nil when that is nothing.
    ///
    /// The new segments were taken in and nothing was merged yet.
    func changes(_ notes: ChangeNotes) throws -> ChangeNotes.Bytes? {
        let known = Set(old.manifest.segments.map(\.name))
        return try notes.file(
            reading: old.manifest.segments + next.segments.filter { !known.contains($0.name) },
            in: folder, run: nextRun.number)
    }

    /// The run that is being done.
    private var nextRun: Manifest.Run {
        Manifest.Run(
            number: (old.manifest.lastRun?.number ?? 0) + 1, time: FileSystem.now)
    }

    /// Keeps the paths that the run was given, for one without paths.
    mutating func keep(roots: [String]) {
        let stored = roots.map(old.files.paths.bytes)
        let areKept =
            stored.count <= Manifest.mostRoots
            && stored.allSatisfy { $0.count <= Manifest.longestRoot }
        next.roots = areKept ? stored : []
    }

    /// Replaces the manifest after a run of `index` that changed something.
    mutating func publish(files: NextFileList, changes: ChangeNotes.Bytes?) throws {
        next.lastRun = nextRun
        try publish(files: files, noting: changes)
    }

    /// Replaces the manifest after a run of `index` that found nothing new.
    mutating func publishIdleRun() throws {
        next.lastRun = nextRun
        try publish(files: nil)
    }

    /// Replaces the manifest, and removes what it no longer names.
    ///
    /// - Parameters:
    ///   - files: the next list of files; nil keeps the one there is.
    ///   - changes: what a run of `index` changed.
    @discardableResult
    mutating func publish(
        files: NextFileList?, noting changes: ChangeNotes.Bytes? = nil
    ) throws -> Manifest {
        let manifest = try commit.publish(next, files: files, changes: changes)
        commit.removeLeftovers(keeping: manifest)
        return manifest
    }
}

/// A segment that looked whole turned out to be damaged: the change begins again without it.
private struct DamagedSegment: Error {
    let name: String
}
