import IndexFolder
import Platform
import SegmentStore

/// Whether an index is what was written: every file is read and compared with its checksum.
public struct IndexVerification: Sendable {
    /// Something that is not as it was written.
    public struct Fault: Sendable, Hashable {
        /// The kinds that are told apart.
        public enum Kind: String, Sendable {
            /// A file is not there.
            case missing
            /// A file is longer or shorter.
            case resized
            /// A file has other bytes.
            case changed
            /// A file is there that nobody wrote.
            case added
            /// A file cannot be read.
            case unreadable
            /// The files are whole, and yet contradict each other.
            case inconsistent
        }

        /// The file, from the index folder.
        public let file: String
        /// What is wrong.
        public let kind: Kind
        /// More about it, for a person.
        public let detail: String
    }

    /// What is wrong; nothing in a whole index.
    public private(set) var faults: [Fault] = []
    /// The number of files that were read.
    public private(set) var files = 0
    /// Their size in bytes.
    public private(set) var bytes: Int64 = 0
    /// The number of files and folders of runs that did not finish; the next run removes them.
    public private(set) var leftovers = 0
    /// Whether `gongkai index` alone mends it: its segments are seen to be damaged without reading
    /// them, and all else is whole.
    public private(set) var isMendedByIndex = true

    /// Reads a whole index.
    ///
    /// - Throws: ``IndexError`` when there is none, or another version made it.
    public init(of path: String) throws {
        let path = try AbsolutePath.of(path)
        self.init()
        do throws(IndexFolder.Failure) {
            let index = try IndexFolder(at: path)
            // A run of `index` may remove what it replaced while this reads it; then all is read
            // again.
            for _ in 0..<5 {
                let before = try? index.manifestBytes()
                self = Self()
                try look(at: index)
                if faults.isEmpty || before == (try? index.manifestBytes()) { return }
            }
        } catch {
            throw IndexError(error, path: path)
        }
    }

    private init() {}

    private mutating func look(at index: IndexFolder) throws(IndexFolder.Failure) {
        let manifest: Manifest
        do throws(IndexFolder.Failure) {
            guard let stored = try index.manifest() else { throw .missing }
            manifest = stored
        } catch {
            switch error {
            case .damaged(let words): add(Manifest.fileName, .changed, words)
            case .unreadable(let words): add(Manifest.fileName, .unreadable, words)
            case .missing, .other, .otherVersion, .outdated: throw error
            }
            isMendedByIndex = false
            return
        }
        let folder = index.folder
        if let list = manifest.files {
            look(at: list, in: folder)
            isMendedByIndex = faults.isEmpty
        }
        for changes in manifest.changes {
            look(at: changes, in: folder)
            guard let file = try? changes.mapped(in: folder, limit: RunChangesFile.largest) else {
                continue
            }
            if RunChangesFile.changes(in: file, path: index.paths.path) == nil {
                add(changes.name, .inconsistent, "it does not tell what a run changed")
            }
        }
        lookAround(folder, manifest)
        for segment in manifest.segments {
            for file in segment.files { look(at: file, in: folder) }
        }
        if faults.isEmpty { compare(manifest, in: folder) }
    }

    private mutating func look(at file: Manifest.StoredFile, in folder: OpenFolder) {
        files += 1
        bytes += file.size
        let state = file.state(in: folder, readsBytes: true)
        switch state {
        case .whole: return
        case .missing: add(file.name, .missing, state.description)
        case .unreadable: add(file.name, .unreadable, state.description)
        case .resized: add(file.name, .resized, state.description)
        case .changed: add(file.name, .changed, state.description)
        }
        if file.state(in: folder, readsBytes: false) == .whole { isMendedByIndex = false }
    }

    /// Looks for what no manifest names.
    private mutating func lookAround(_ folder: OpenFolder, _ manifest: Manifest) {
        var known = Set(manifest.names)
        var begun: Set<String> = []
        do {
            let log = try IndexLog(in: folder)
            begun = log.names
            if !log.exists {
                add(IndexLog.name, .missing, "missing")
            } else if !log.isWhole || !known.isSubset(of: begun) {
                add(IndexLog.name, .changed, "it is not what was written")
            }
        } catch {
            add(IndexLog.name, .unreadable, SourceFile.words(of: error))
            isMendedByIndex = false
        }
        known.formUnion([Manifest.fileName, IndexFolder.markName, IndexLog.name])
        for name in (try? folder.names()) ?? [] where !known.contains(name) {
            if begun.contains(name) || name == IndexLog.nextName {
                leftovers += 1
            } else if name == PageReadings.folderName {
                let damage = PageReadings.damage(in: folder)
                leftovers += damage.unfinished
                for file in damage.files {
                    add(file, .added, "it is not what a program printed for a page; remove it")
                }
            } else {
                add(name, .added, "nobody wrote it; remove it")
            }
        }
    }

    /// Compares the list of files with the reports in the segments; all are whole.
    private mutating func compare(_ manifest: Manifest, in folder: OpenFolder) {
        var shown: Set<UInt64> = []
        var count = 0
        for segment in manifest.segments {
            let files = SegmentFiles(segment.name, in: folder)
            do {
                let stored = try Segment(files)
                if stored.reportCount != segment.reports {
                    add(
                        files.tables, .inconsistent,
                        "\(stored.reportCount) reports, not \(segment.reports)")
                }
                let hidden = Set(segment.hidden)
                for index in 0..<stored.reportCount where !hidden.contains(UInt32(index)) {
                    shown.insert(try stored.idNumber(ofReport: index))
                    count += 1
                }
                let database = try MappedFile(files.openDatabase())
                if let difference = database.withSpan({ stored.difference(toDatabase: $0) }) {
                    add(files.database, .inconsistent, difference)
                }
            } catch {
                add(files.tables, .unreadable, SourceFile.words(of: error))
            }
        }
        guard faults.isEmpty, let list = manifest.files,
            let bytes = try? list.bytes(in: folder, limit: Manifest.largestList)
        else { return }
        let paths = StoredPath(below: "/")
        let files = FileTable(bytes, paths) ?? FileTable(paths)
        let listed = Set((0..<files.count).compactMap(files.report))
        if listed != shown || shown.count != count {
            add(list.name, .inconsistent, "lists other reports than the segments hold")
        }
    }

    private mutating func add(_ file: String, _ kind: Fault.Kind, _ detail: String) {
        if kind == .inconsistent { isMendedByIndex = false }
        faults.append(Fault(file: file, kind: kind, detail: detail))
    }
}
