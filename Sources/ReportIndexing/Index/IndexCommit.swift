import Files
import IndexSchema

/// How an index changes: the one place that writes to its folder.
///
/// # The protocol
///
/// An index is what its manifest names. Everything that a manifest names is written once, under a
/// name that was never used before, and is never changed; only the manifest itself is replaced. One
/// process writes at a time, the one that holds the lock, which the system frees when it dies.
///
/// | step | what is done | what holds if all stops here |
/// |---|---|---|
/// | 1 | the index folder is made to last, as the last run may have died in step 9; then what no manifest names is removed | the old index |
/// | 2 | new segments are built in `tmp-…` | the old index, and leftovers |
/// | 3 | each file of a segment is made to last (fsync), then its folder | the same |
/// | 4 | the segment's folder is moved to `segments/`, which is made to last | the same |
/// | 5 | the list of files is written, made to last, and named | the same |
/// | 6 | the index folder is made to last | the same: all that the new manifest names will last |
/// | 7 | the new manifest is written under another name and made to last | the same |
/// | 8 | it takes the name of the manifest | the old index or the new one, each whole |
/// | 9 | the index folder is made to last; only now the run is done | the new index |
/// | 10 | what the new manifest does not name is removed | the new index, and leftovers |
///
/// So at every instant the manifest names only files that are whole on disk, and what is removed is
/// named by no manifest that can come back. When a step fails up to 7, the run fails and the old
/// index stands; after a failure in 8 or 9 either index may stand, so nothing is removed then. A
/// failed fsync is never tried again, as the system may have dropped what it could not write.
///
/// Readers take no lock: they read the manifest and open all that it names. If a run removed some
/// of it meanwhile, the manifest is a newer one, and they begin again. What they have open stays
/// readable after it was removed.
struct IndexCommit {
    private let index: DurableFolder
    private let segments: DurableFolder
    private var nextNumber: Int

    /// Begins a change of the index in a folder; the lock must be held.
    init(to folder: DurableFolder) throws {
        index = folder
        segments = try DurableFolder(folder.path + "/" + Manifest.segmentFolder)
        nextNumber = StoredIndex.highestNumber(in: folder.path) + 1
    }

    /// Makes a segment last and takes it in under a name of its own; no manifest names it yet.
    mutating func adopt(_ built: BuiltSegment) throws -> Manifest.Segment {
        let files = try DurableFolder(built.path).synchronisedFiles()
        let name = Self.name(nextNumber)
        nextNumber += 1
        try segments.adopt(built.path, as: name)
        return Manifest.Segment(
            name: name, reports: built.reports, passages: built.passages, files: files)
    }

    /// Replaces the manifest, after which the index is another.
    ///
    /// - Parameters:
    ///   - manifest: the next state; its generation and list of files are set here.
    ///   - files: the files of the index.
    func publish(_ manifest: Manifest, files: NextFileList) throws -> Manifest {
        var manifest = manifest
        manifest.generation += 1
        try segments.synchronise()
        let name = Manifest.filesPrefix + Self.name(manifest.generation)
        manifest.files = try index.write(as: name) { try files.forEachPiece($0) }
        try index.synchronise()
        _ = try index.write(as: Manifest.fileName) { try $0(manifest.encoded) }
        try index.synchronise()
        return manifest
    }

    /// Removes everything in an index folder that its manifest does not name: the work of runs
    /// that died, and what the last run replaced.
    ///
    /// Without a manifest that can be read, only what was being built is removed. What cannot be
    /// removed stays until the next run: it takes room and is otherwise in nobody's way.
    static func removeLeftovers(in folder: DurableFolder, keeping manifest: Manifest?) {
        for name in (try? FileSystem.names(in: folder.path)) ?? []
        where name.hasPrefix(Manifest.temporaryPrefix)
            || (manifest != nil && Manifest.isFileList(name) && name != manifest?.files?.name)
        {
            try? FileSystem.remove(folder.path + "/" + name)
        }
        guard let manifest else { return }
        let segments = folder.path + "/" + Manifest.segmentFolder
        let named = Set(manifest.segments.map(\.name))
        for name in (try? FileSystem.names(in: segments)) ?? []
        where !named.contains(name) {
            try? FileSystem.remove(segments + "/" + name)
        }
    }

    private static func name(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
