import IndexFolder
import Platform
import ReportParsing
import SystemPackage

/// What a program printed for the pictures of pages, kept in a folder of the index, a file each.
///
/// A file's name is the SHA-256 of the picture, the size in which it was read, and the program: its
/// path and its bytes. So another program, or the same one changed, reads the picture anew. A file
/// holds the checksum of what was printed, and then that; one that is not whole is not used. When
/// all would take more than ``most`` bytes, the oldest go.
struct PageReadings: KeptReadings {
    /// The name of the folder in that of the index.
    static let folderName = "pages"

    /// The most bytes that the files take: a reading of a page has about 30 KiB.
    static let most: Int64 = 256 << 20
    /// No longer output is kept.
    private static let longest = 1 << 20
    private static let checksumLength = 8
    /// What a file's name ends with until it is whole.
    private static let unfinished = ".new"
    /// What changes the meaning of the files changes this.
    private static let version = "1"
    /// Of a larger program the size and time count.
    private static let largestProgram = 64 << 20

    private let folder: OpenFolder
    private let program: String
    private let most: Int64

    /// Opens the readings of a program in an index that no other process changes; nil when the
    /// program is not installed, or there can be no folder.
    init?(of program: String, in index: OpenFolder, most: Int64 = Self.most) {
        guard let path = PageRecognition.path(of: program),
            let identity = Self.identity(of: path),
            let folder = Self.opened(in: index)
        else { return nil }
        self.folder = folder
        self.program = identity
        self.most = most
        // Files that a run which died was writing.
        for name in (try? folder.names()) ?? [] where name.hasSuffix(Self.unfinished) {
            try? folder.remove(name)
        }
    }

    private static func opened(in index: OpenFolder) -> OpenFolder? {
        if let folder = try? index.makeFolder(named: folderName) { return folder }
        return try? index.folder(named: Array(folderName.utf8), follows: false)
    }

    /// The program's path with what it holds.
    private static func identity(of path: String) -> String? {
        let name = PathText.bytes(of: path)
        guard let end = name.lastIndex(of: 0x2F),
            let folder = try? OpenFolder(at: end == 0 ? "/" : PathText.text(of: name[..<end])),
            let file = try? folder.file(named: Array(name[(end + 1)...]), follows: true),
            let status = try? file.status()
        else { return nil }
        if status.size > Int64(largestProgram) {
            return "\(path)\n\(status.size) \(status.modified)"
        }
        guard let bytes = try? file.bytes(limit: largestProgram),
            let content = try? SHA256.hexadecimal(of: bytes)
        else { return nil }
        return "\(path)\n\(content)"
    }

    private func name(for image: [UInt8], _ scale: String) -> String? {
        guard let picture = try? SHA256.hexadecimal(of: image) else { return nil }
        let key = [Self.version, program, scale, picture].joined(separator: "\n")
        return try? SHA256.hexadecimal(of: Array(key.utf8))
    }

    func output(for image: [UInt8], scale: String) -> [UInt8]? {
        name(for: image, scale).flatMap { Self.output(named: $0, in: folder) }
    }

    /// What a file holds; nil when it is not what was written.
    private static func output(named name: String, in folder: OpenFolder) -> [UInt8]? {
        guard let file = try? folder.file(named: name), let status = try? file.status(),
            status.kind == .file,
            let bytes = try? file.bytes(limit: checksumLength + longest + 1),
            (checksumLength...(checksumLength + longest)).contains(bytes.count)
        else { return nil }
        let output = Array(bytes[checksumLength...])
        return Array(bytes[..<checksumLength]) == checksum(of: output) ? output : nil
    }

    private static func checksum(of output: [UInt8]) -> [UInt8] {
        var digest = ContentDigest()
        digest.update(output.span)
        return (0..<checksumLength).map {
            UInt8(truncatingIfNeeded: digest.checksum >> UInt64(8 * $0))
        }
    }

    func keep(_ output: [UInt8], for image: [UInt8], scale: String) {
        guard output.count <= Self.longest, let name = name(for: image, scale) else { return }
        makeRoom(for: Int64(output.count + Self.checksumLength))
        let new = name + Self.unfinished
        // Where two files hold one picture, it may be read twice at a time; the first one keeps it.
        guard let file = try? folder.makeFile(named: new) else { return }
        do throws(Errno) {
            try file.closing { () throws(Errno) in
                try file.append(Self.checksum(of: output) + output)
                try file.synchronise()
            }
            try folder.rename(new, to: name)
        } catch {
            try? folder.remove(new)
        }
    }

    /// Removes the oldest files until there is room for so many bytes.
    private func makeRoom(for bytes: Int64) {
        var files: [(name: String, size: Int64, modified: Int64)] = []
        for name in (try? folder.names()) ?? [] {
            guard let status = try? folder.status(of: PathText.bytes(of: name), follows: false)
            else { continue }
            files.append((name, status.size, status.modified))
        }
        var size = files.reduce(bytes) { $0 + $1.size }
        guard size > most else { return }
        files.sort { $0.modified < $1.modified }
        for file in files where size > most && !file.name.hasSuffix(Self.unfinished) {
            try? folder.remove(file.name)
            size -= file.size
        }
    }

    /// The names of the files in an index's folder that are not what was written, and the number of
    /// those that are not finished.
    static func damage(in index: OpenFolder) -> (files: [String], unfinished: Int) {
        guard let folder = try? index.folder(named: Array(folderName.utf8), follows: false) else {
            return ([folderName], 0)
        }
        let names = (try? folder.names()) ?? []
        let finished = names.filter { !$0.hasSuffix(unfinished) }
        let damaged = finished.filter { output(named: $0, in: folder) == nil }
        return (damaged.map { "\(folderName)/\($0)" }, names.count - finished.count)
    }
}
