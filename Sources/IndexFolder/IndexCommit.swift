package import Platform
import SystemPackage

/// How an index changes: the only code that writes to its folder.
///
/// # The protocol
///
/// An index is what its manifest names. Everything that a manifest names is written once, under a
/// name that was never used before, and is never changed; only the manifest itself is replaced. One
/// process writes at a time, the one that holds the lock, which the system frees when it dies.
/// Every name is in the log, and the log lasts, before anything has the name.
///
/// | step | what is done | what holds if all stops here |
/// |---|---|---|
/// | 1 | the index folder is made to last, as the last run may have died in step 8; then what the log tells of and no manifest names is removed | the old index |
/// | 2 | new segments are built in `building-…` | the old index, and leftovers |
/// | 3 | each file of a segment is made to last (fsync) | the same |
/// | 4 | the segment's files are moved to the index folder | the same |
/// | 5 | the list of files, and what the run changed, are written and made to last | the same |
/// | 6 | the new manifest is written under another name and made to last, then the index folder: all that the new manifest names will last | the same |
/// | 7 | it takes the name of the manifest | the old index or the new one, each whole |
/// | 8 | the index folder is made to last; only now the run is done | the new index |
/// | 9 | what the log tells of and the new manifest does not name is removed, and the folder made to last; then the log forgets it | the new index, and leftovers |
///
/// So at every instant the manifest names only files that are whole on disk, and what is removed is
/// named by no manifest that can come back. When a step fails up to 6, the run fails and the old
/// index stands; after a failure in 7 or 8 either index may stand, so nothing is removed then. A
/// failed fsync is never tried again, as the system may have dropped what it could not write.
///
/// Readers take no lock: they read the manifest and open all that it names. If a run removed some
/// of it meanwhile, the manifest is a newer one, and they begin again. What they have open stays
/// readable after it was removed.
package struct IndexCommit {
    private let index: DurableFolder
    private var log: IndexLog
    private var nextNumber: Int
    private var building: (name: String, folder: DurableFolder)?
    /// Whether a step failed after which either index may stand.
    private var isInDoubt = false

    /// Begins a change of the index in a folder; the lock must be held.
    ///
    /// - Parameter manifest: the index as it is; nil when its manifest is not believed.
    package init(to folder: OpenFolder, _ manifest: Manifest?) throws {
        index = DurableFolder(folder: folder)
        // What the last run named may not last yet, if it died then.
        try index.synchronise()
        log = try IndexLog(in: folder)
        nextNumber = try Manifest.highestNumber(in: folder) + 1
        removeLeftovers(keeping: manifest)
    }

    /// The folder in which segments are built; it goes when the change ends.
    package mutating func buildingFolder() throws -> OpenFolder {
        if let building { return building.folder.folder }
        let name = Manifest.buildingPrefix + takeNumber()
        try note([name])
        do throws(Errno) {
            let folder = try index.folder.makeFolder(named: name)
            building = (name, DurableFolder(folder: folder))
            return folder
        } catch {
            throw unwritable(error)
        }
    }

    /// Makes a segment last and takes it in under a name of its own; no manifest names it yet.
    package mutating func adopt(
        _ built: SegmentFiles, reports: Int, passages: Int
    ) throws -> Manifest.Segment {
        let source = DurableFolder(folder: built.folder)
        let files = SegmentFiles(takeNumber(), in: index.folder)
        let names = [
            (built.database, files.database), (built.tables, files.tables),
        ]
        let stored = try names.map { try source.finished($0, as: $1) }
        try note(names.map(\.1))
        for (old, new) in names { try source.move(old, as: new, to: index, replacing: false) }
        return Manifest.Segment(
            name: files.name, reports: reports, passages: passages, files: stored)
    }

    /// Replaces the manifest, after which the index is another.
    ///
    /// - Parameters:
    ///   - manifest: the next state; its generation and list of files are set here.
    ///   - files: the files of the index; nil keeps the list there is.
    ///   - changes: the file of what a run changed, its head and its entries; nil when it is none.
    package mutating func publish(
        _ manifest: Manifest, files: NextFileList?,
        changes: (head: [UInt8], entries: SpilledBytes)?
    ) throws -> Manifest {
        var manifest = manifest
        manifest.generation += 1
        let number = takeNumber()
        let (list, next) = (Manifest.filesPrefix + number, Manifest.nextPrefix + number)
        let noted = Manifest.changesPrefix + number
        try note([next] + (files == nil ? [] : [list]) + (changes == nil ? [] : [noted]))
        if let files {
            manifest.files = try index.write(as: list) { (write) throws(Errno) in
                try files.forEachPiece(write)
            }
        }
        if let changes {
            manifest.changes.append(
                try index.write(as: noted) { (write) throws(Errno) in
                    try write(changes.head)
                    try changes.entries.forEachPiece(write)
                })
            manifest.changes.removeFirst(max(0, manifest.changes.count - Manifest.keptRuns))
        }
        _ = try index.write(as: next) { (write) throws(Errno) in try write(manifest.encoded) }
        try index.synchronise()
        isInDoubt = true
        try index.move(next, as: Manifest.fileName, to: index, replacing: true)
        try index.synchronise()
        isInDoubt = false
        return manifest
    }

    /// Removes what the log tells of and a manifest does not name: the work of runs that died, and
    /// what the last run replaced.
    ///
    /// Without a manifest that can be read, only what was being built is removed. What cannot be
    /// removed stays until the next run: it takes room and is otherwise in nobody's way.
    package mutating func removeLeftovers(keeping manifest: Manifest?) {
        guard !isInDoubt else { return }
        building = nil
        try? index.folder.remove(IndexLog.nextName)
        var kept = Set(manifest?.names ?? [])
        let leftovers = log.names.subtracting(kept).filter {
            manifest != nil || $0.hasPrefix(Manifest.buildingPrefix)
        }
        if manifest == nil { kept = log.names.subtracting(leftovers) }
        for name in leftovers {
            do throws(Errno) {
                try index.folder.remove(name)
            } catch {
                if error != .noSuchFileOrDirectory { kept.insert(name) }
            }
        }
        guard leftovers.isEmpty || (try? index.synchronise()) != nil else { return }
        try? log.reset(to: kept)
    }

    /// Makes sure that there is room on the disk.
    package func requireRoom(of bytes: Int64) throws { try index.requireRoom(of: bytes) }

    private mutating func note(_ names: [String]) throws {
        do throws(Errno) { try log.note(names) } catch { throw unwritable(error) }
    }

    private func unwritable(_ error: Errno) -> FolderError {
        FolderError(reason: .unwritable, path: index.folder.path, detail: error.description)
    }

    /// A number that is in no name yet, with zeros before it.
    private mutating func takeNumber() -> String {
        defer { nextNumber += 1 }
        let digits = String(nextNumber)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
