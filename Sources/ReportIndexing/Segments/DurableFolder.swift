import Files
import IndexSchema
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder whose changes are made to last before anyone is told of them.
///
/// A file's bytes last once the file is synchronised; its name lasts once its folder is.
struct DurableFolder {
    let path: String

    /// Makes the folder and the ones above it when they are not there, and makes them last.
    init(_ path: String) throws {
        self.path = path
        var folder = FilePath(path)
        var new: [FilePath] = []
        while !FileSystem.exists(folder.string), !folder.components.isEmpty {
            new.append(folder)
            folder.removeLastComponent()
        }
        guard !new.isEmpty else { return }
        try Self.attempting(path) { try FileSystem.makeFolder(path) }
        for folder in new { try Self.synchronise(folder.removingLastComponent().string) }
    }

    /// Makes every file in the folder last, and the folder itself; it holds no folders.
    ///
    /// - Returns: what a manifest says of the files, in the order of their names.
    func synchronisedFiles() throws -> [Manifest.StoredFile] {
        let names = try FileSystem.names(in: path)
        let files = try names.map { name in
            let file = path + "/" + name
            let checksum = try ContentChecksum.ofFile(at: FilePath(file))
            try Self.setTime(of: file, for: checksum)
            try Self.synchronise(file)
            let stat = try Stat(FilePath(file), followTargetSymlink: false)
            return Manifest.StoredFile(
                name: name, size: stat.size, modified: stat.modifiedNanoseconds,
                checksum: checksum)
        }
        try synchronise()
        return files
    }

    /// Makes the names in the folder last.
    func synchronise() throws { try Self.synchronise(path) }

    /// Writes a file under another name, makes its bytes last, then gives it its name: a reader
    /// sees the old bytes or the new.
    ///
    /// The name lasts after ``synchronise()``.
    ///
    /// - Parameter body: hands over the bytes, piece by piece.
    func write(
        as name: String, _ body: (_ write: ([UInt8]) throws -> Void) throws -> Void
    ) throws -> Manifest.StoredFile {
        let temporary = path + "/" + Manifest.temporaryPrefix + name
        var checksum = ContentChecksum()
        try Self.attempting(temporary) {
            let descriptor = try FileDescriptor.open(
                FilePath(temporary), .writeOnly,
                options: [.create, .truncate, .noFollow, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try descriptor.closeAfter {
                try body { bytes in
                    try descriptor.writeAll(bytes)
                    checksum.update(bytes.span)
                }
            }
        }
        try Self.synchronise(temporary)
        let stat = try Stat(FilePath(temporary), followTargetSymlink: false)
        try rename(temporary, to: path + "/" + name)
        return Manifest.StoredFile(
            name: name, size: stat.size, modified: stat.modifiedNanoseconds,
            checksum: checksum.value)
    }

    /// Moves a folder built elsewhere to a new name in this one.
    ///
    /// The name lasts after ``synchronise()``.
    func adopt(_ folder: String, as name: String) throws {
        try rename(folder, to: path + "/" + name)
    }

    /// Gives a file or folder another name at once, in place of a file that has it.
    private func rename(_ old: String, to new: String) throws {
        try Self.attempting(new) { try FileSystem.rename(old, to: new) }
    }

    /// Makes sure that there is room on the disk, so that a run ends before it has filled it.
    func requireRoom(of bytes: Int64) throws {
        guard let free = FileSystem.freeBytes(at: path), free < bytes else { return }
        throw IndexError(
            reason: .unwritable, path: path,
            detail: "No space left: \(bytes >> 20) MiB are needed, \(free >> 20) MiB are free")
    }

    /// Gives a file the second that it is, and microseconds that follow from its bytes: files that
    /// were written in one instant, and swapped later, are told apart without reading them.
    private static func setTime(of file: String, for checksum: UInt64) throws {
        let now = FileSystem.now
        let time = now - now % 1_000_000_000 + Int64(checksum % 1_000_000) * 1_000
        try attempting(file) { try FileSystem.setModified(file, to: time) }
    }

    private static func synchronise(_ path: String) throws {
        try attempting(path) {
            let descriptor = try FileDescriptor.open(
                FilePath(path), .readOnly, options: .closeOnExec)
            try descriptor.closeAfter {
                guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        }
    }

    /// Lets an error say which file or folder it was about.
    private static func attempting(_ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw IndexError(reason: .unwritable, path: path, detail: SourceFile.words(of: error))
        }
    }
}

/// The lock that lets one writer at a time into an index.
///
/// The system frees it when its holder dies.
struct WriterLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Takes the lock; nil when another process holds it.
    init?(at path: String) throws {
        descriptor = try FileDescriptor.open(
            FilePath(path), .readWrite, options: [.create, .closeOnExec, .noFollow],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            try? descriptor.close()
            return nil
        }
    }

    deinit { try? descriptor.close() }
}
