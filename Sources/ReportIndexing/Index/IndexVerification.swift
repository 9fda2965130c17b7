import Files
import IndexSchema

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
    public init(of folder: String) throws(IndexError) {
        let folder = AbsolutePath.of(folder)
        self.init()
        // A run of `index` may remove what it replaced while this reads it; then all is read again.
        for _ in 0..<5 {
            let before = Self.manifestBytes(in: folder)
            self = Self()
            try look(at: folder)
            if faults.isEmpty || before == Self.manifestBytes(in: folder) { return }
        }
    }

    private static func manifestBytes(in folder: String) -> [UInt8]? {
        try? FileSystem.bytes(of: folder + "/" + Manifest.fileName)
    }

    private init() {}

    private mutating func look(at folder: String) throws(IndexError) {
        let manifest: Manifest
        do {
            let path = folder + "/" + Manifest.fileName
            guard FileSystem.exists(path) else {
                throw IndexError(reason: .noIndex, path: folder, detail: "")
            }
            manifest = try Manifest(FileSystem.bytes(of: path))
        } catch ManifestError.schema {
            throw IndexError(
                reason: .incompatible, path: folder,
                detail: "the index was made by another version of gongkai")
        } catch let error as IndexError {
            throw error
        } catch is ManifestError {
            add(Manifest.fileName, .changed, "it is not what was written")
            isMendedByIndex = false
            return
        } catch {
            add(Manifest.fileName, .unreadable, SourceFile.words(of: error))
            isMendedByIndex = false
            return
        }
        if let list = manifest.files {
            look(at: list, in: folder, name: list.name)
            isMendedByIndex = faults.isEmpty
        }
        lookAround(folder, manifest)
        for segment in manifest.segments { look(at: segment, in: folder) }
        if faults.isEmpty { compare(manifest, in: folder) }
    }

    private mutating func look(at file: Manifest.StoredFile, in folder: String, name: String) {
        files += 1
        bytes += file.size
        let state = file.state(in: folder, readsBytes: true)
        switch state {
        case .whole: return
        case .missing: add(name, .missing, state.description)
        case .unreadable: add(name, .unreadable, state.description)
        case .resized: add(name, .resized, state.description)
        case .changed: add(name, .changed, state.description)
        }
        if file.state(in: folder, readsBytes: false) == .whole { isMendedByIndex = false }
    }

    private mutating func look(at segment: Manifest.Segment, in folder: String) {
        let name = Manifest.segmentFolder + "/" + segment.name
        for file in segment.files {
            look(at: file, in: folder + "/" + name, name: name + "/" + file.name)
        }
        let expected = Set(segment.files.map(\.name))
        for file in names(in: folder + "/" + name) where !expected.contains(file) {
            add(name + "/" + file, .added, "nobody wrote it; remove it")
        }
    }

    /// Looks for what no manifest names.
    private mutating func lookAround(_ folder: String, _ manifest: Manifest) {
        let known = [Manifest.fileName, Manifest.lockName, Manifest.segmentFolder]
        for name in names(in: folder) where !known.contains(name) && name != manifest.files?.name {
            if name.hasPrefix(Manifest.temporaryPrefix) || Manifest.isFileList(name) {
                leftovers += 1
            } else {
                add(name, .added, "nobody wrote it; remove it")
            }
        }
        let segments = Set(manifest.segments.map(\.name))
        for name in names(in: folder + "/" + Manifest.segmentFolder)
        where !segments.contains(name) {
            if Int(name) != nil {
                leftovers += 1
            } else {
                add(Manifest.segmentFolder + "/" + name, .added, "nobody wrote it; remove it")
            }
        }
    }

    private func names(in folder: String) -> [String] {
        (try? FileSystem.names(in: folder)) ?? []
    }

    /// Compares the list of files with the reports in the segments; all are whole.
    private mutating func compare(_ manifest: Manifest, in folder: String) {
        var shown: Set<UInt64> = []
        var count = 0
        for segment in manifest.segments {
            let name = Manifest.segmentFolder + "/" + segment.name
            do {
                let stored = try StoredSegment(path: folder + "/" + name)
                if stored.count != segment.reports {
                    add(name, .inconsistent, "\(stored.count) reports, not \(segment.reports)")
                }
                let hidden = Set(segment.hidden)
                for place in 0..<stored.count where !hidden.contains(UInt32(place)) {
                    shown.insert(try stored.id(ofReport: place))
                    count += 1
                }
            } catch {
                add(name, .unreadable, SourceFile.words(of: error))
            }
        }
        guard faults.isEmpty, let list = manifest.files,
            case .success(let bytes) = list.bytes(in: folder)
        else { return }
        let files = FileTable(bytes) ?? FileTable()
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
