import Files
import IndexSchema
import SystemPackage

/// The names that writers of an index made, or were about to make: one a line, made to last before
/// the first of them is made.
///
/// What is left over when a run dies is removed by what stands here, and nothing else is. A line that
/// was cut short tells of nothing that was begun.
struct IndexLog {
    /// The file's name in the index folder.
    static let name = "log"

    private let folder: OpenFolder
    /// The names, without those of a form that the program never gives.
    private(set) var names: Set<String> = []
    /// Whether the file is there.
    private(set) var exists = true
    /// Whether it holds nothing but whole names.
    private(set) var isWhole = true

    /// More names than any run leaves.
    private static let largest = 4 << 20

    /// Reads the log of a folder.
    init(in folder: OpenFolder) throws {
        self.folder = folder
        let bytes: [UInt8]
        do throws(Errno) {
            let file = try folder.file(named: Self.name)
            let status = try file.status()
            guard status.kind == .file else { throw Errno.fileExists }
            bytes = try file.bytes(limit: Int(min(status.size, Int64(Self.largest))))
        } catch .noSuchFileOrDirectory {
            exists = false
            return
        } catch {
            throw IndexError(
                reason: .foreign, path: folder.path(of: Array(Self.name.utf8)),
                detail: error.description)
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        isWhole = lines.last?.isEmpty ?? true
        for line in lines.dropLast() {
            let name = String(decoding: line, as: UTF8.self)
            if Manifest.isOwnName(name) {
                names.insert(name)
            } else {
                isWhole = isWhole && name.isEmpty
            }
        }
    }

    /// Makes last that some names are about to be made.
    mutating func note(_ new: [String]) throws(Errno) {
        let file = try folder.fileForWriting(named: Self.name)
        try file.closing { () throws(Errno) in
            do { try file.seek(offset: 0, from: .end) } catch {
                throw error as? Errno ?? .ioError
            }
            // The last line may have been cut short.
            try file.append(Array(("\n" + new.joined(separator: "\n") + "\n").utf8))
            try file.synchronise()
        }
        if !exists { try folder.synchronise() }
        exists = true
        names.formUnion(new)
    }

    /// Forgets what was removed: other names than these are left.
    ///
    /// The new log takes the place of the old one at once. If that does not last, the old one names
    /// what is no longer there, which harms nobody.
    ///
    /// - Parameter next: a name that nothing has, under which the new log is written.
    mutating func reset(to kept: Set<String>, writingAs next: String) throws(Errno) {
        guard kept != names || !isWhole else { return }
        try note([next])
        let file = try folder.makeFile(named: next)
        try file.closing { () throws(Errno) in
            try file.append(Array(kept.sorted().map { $0 + "\n" }.joined().utf8))
            try file.synchronise()
        }
        try folder.rename(next, to: Self.name)
        names = kept
        (exists, isWhole) = (true, true)
    }
}
