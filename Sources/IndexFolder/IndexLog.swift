package import Platform
package import SystemPackage

/// The names that writers of an index made, or were about to make: one a line, made to last before
/// the first of them is made.
///
/// What is left over when a run dies is removed by what stands here, and nothing else is.
package struct IndexLog {
    /// The file's name in the index folder.
    package static let name = "log"
    /// The name of the log that is being written; what has it is left over by a run that died.
    package static let nextName = "log-next"

    private let folder: OpenFolder
    /// The names, without those of a form that the program never gives.
    package private(set) var names: Set<String> = []
    /// Whether the file is there.
    package private(set) var exists = true
    /// Whether it holds nothing but whole names.
    package private(set) var isWhole = true

    /// More names than any run leaves.
    private static let largest = 4 << 20

    /// Reads the log of a folder.
    package init(in folder: OpenFolder) throws {
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
            throw FolderError(
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
    package mutating func note(_ new: [String]) throws(Errno) {
        try replace(by: names.union(new))
        try folder.synchronise()
    }

    /// Forgets what was removed: other names than these are left.
    ///
    /// If this does not last, the log names what is no longer there, which harms nobody.
    package mutating func reset(to kept: Set<String>) throws(Errno) {
        guard kept != names || !isWhole else { return }
        try replace(by: kept)
    }

    /// Writes the log under another name, makes that last, and gives it its name: no failure leaves
    /// less than one of the two.
    private mutating func replace(by new: Set<String>) throws(Errno) {
        do throws(Errno) {
            try folder.remove(Self.nextName)
        } catch {
            guard error == .noSuchFileOrDirectory else { throw error }
        }
        let file = try folder.makeFile(named: Self.nextName)
        try file.closing { () throws(Errno) in
            try file.append(Array(new.sorted().map { $0 + "\n" }.joined().utf8))
            try file.synchronise()
        }
        try folder.rename(Self.nextName, to: Self.name)
        names = new
        (exists, isWhole) = (true, true)
    }
}
