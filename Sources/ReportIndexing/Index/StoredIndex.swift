import Files
import IndexSchema
import ReportParsing
import Xapian

/// An index as a run that writes finds it.
struct StoredIndex: Sendable {
    /// The index folder.
    let folder: String
    /// The manifest as it is stored; nil when there is none, or it is not believed.
    let stored: Manifest?
    /// What the index consists of; segments that are damaged are left out.
    let manifest: Manifest
    /// The files whose reports the segments hold or held, and those that were skipped.
    let files: FileTable
    /// The places of files whose reports were in a damaged segment: to be read again.
    let lost: Set<Int>
    /// The damaged segments and what is wrong with each.
    let damage: [String]
    private let places: FilePlaces

    /// Reads the manifest and the list of files, and looks at the segments; an empty index when
    /// there is none, or when all is to be made anew.
    ///
    /// - Parameter distrusted: the names of segments that are known to be damaged.
    init(in folder: String, rebuild: Bool, distrusting distrusted: Set<String> = []) throws {
        self.folder = folder
        var manifest = Manifest(parser: ReportParser.version)
        var files = FileTable()
        var lost: Set<Int> = []
        var damage: [String] = []
        stored = rebuild ? nil : try Self.storedManifest(in: folder)
        if rebuild {
            // Nothing of the old index is believed but the numbers that are taken.
            manifest.generation = Self.highestNumber(in: folder)
        } else if let stored {
            manifest = stored
            files = try Self.storedFiles(of: stored, in: folder)
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
                    (0..<files.count).filter { place in
                        files.report(at: place).map { !kept.contains($0) } ?? false
                    })
            }
        }
        self.manifest = manifest
        self.files = files
        self.lost = lost
        self.damage = damage
        places = FilePlaces(of: files)
    }

    /// The place of a file's entry among all; nil when the index has not met the file.
    func place(of path: String) -> Int? { places.place(of: path) }

    /// Whether a report is part of the index.
    func holds(report id: String) -> Bool {
        files.places(ofReport: id).first.map { !lost.contains($0) } ?? false
    }

    /// The folder of a segment.
    func path(of segment: Manifest.Segment) -> String { Self.path(of: segment, in: folder) }

    private static func path(of segment: Manifest.Segment, in folder: String) -> String {
        "\(folder)/\(Manifest.segmentFolder)/\(segment.name)"
    }

    /// The manifest of the index in a folder; nil when there is none.
    private static func storedManifest(in folder: String) throws -> Manifest? {
        let path = folder + "/" + Manifest.fileName
        guard FileSystem.exists(path) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.bytes(of: path)
        } catch {
            throw IndexError(reason: .unreadable, path: path, detail: SourceFile.words(of: error))
        }
        let otherVersion = IndexError(
            reason: .incompatible, path: folder,
            detail: "the index was made by another version of gongkai")
        let manifest: Manifest
        do {
            manifest = try Manifest(bytes)
        } catch .schema {
            throw otherVersion
        } catch .damaged {
            throw IndexError(reason: .damaged, path: folder, detail: "the manifest is damaged")
        }
        let current = Manifest(parser: ReportParser.version)
        guard manifest.analysis == current.analysis, manifest.parser == current.parser else {
            throw otherVersion
        }
        return manifest
    }

    private static func storedFiles(of manifest: Manifest, in folder: String) throws -> FileTable {
        guard let stored = manifest.files else { return FileTable() }
        let state: Manifest.StoredFile.State
        switch stored.bytes(in: folder) {
        case .success(let bytes):
            if let files = FileTable(bytes) { return files }
            state = .changed
        case .failure(let found): state = found
        }
        throw IndexError(
            reason: .damaged, path: folder, detail: "the list of files, \(stored.name), \(state)")
    }

    /// What is wrong with a segment; nil when it can be searched.
    ///
    /// A file that cannot be read today may be whole, and so is no damage, but an error.
    private static func damage(of segment: Manifest.Segment, in folder: String) throws -> String? {
        let path = path(of: segment, in: folder)
        for file in segment.files {
            let state = file.state(in: path, readsBytes: false)
            if case .unreadable(let words) = state {
                throw IndexError(
                    reason: .unreadable, path: path + "/" + file.name, detail: words)
            }
            if state != .whole { return "segment \(segment.name): \(file.name) \(state)" }
        }
        do {
            let stored = try StoredSegment(path: path)
            if stored.count == segment.reports, stored.passageCount == segment.passages {
                return nil
            }
            return "segment \(segment.name) holds other reports than the manifest says"
        } catch let error as XapianError {
            if error.code == .databaseNotOpened {
                throw IndexError(reason: .unreadable, path: path, detail: error.message)
            }
            return "segment \(segment.name) cannot be read (\(error.message))"
        } catch let error as IndexError {
            return "segment \(segment.name) cannot be read (\(error.detail))"
        }
    }

    /// The reports of segments that are not hidden, by number.
    private static func reports(
        of segments: [Manifest.Segment], in folder: String
    ) throws -> Set<UInt64> {
        var reports: Set<UInt64> = []
        for segment in segments {
            let hidden = Set(segment.hidden)
            let stored = try StoredSegment(path: path(of: segment, in: folder))
            for place in 0..<stored.count where !hidden.contains(UInt32(place)) {
                reports.insert(try stored.id(ofReport: place))
            }
        }
        return reports
    }

    /// The highest number that names a segment or a list of files; 0 when there is none.
    static func highestNumber(in folder: String) -> Int {
        let segments = folder + "/" + Manifest.segmentFolder
        let names = (try? FileSystem.names(in: segments)) ?? []
        let lists = ((try? FileSystem.names(in: folder)) ?? [])
            .filter { $0.hasPrefix(Manifest.filesPrefix) }
            .map { String($0.dropFirst(Manifest.filesPrefix.count)) }
        return (names + lists).compactMap { Int($0) }.filter { $0 < 1 << 40 }.max() ?? 0
    }
}
