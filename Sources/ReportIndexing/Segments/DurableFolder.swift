import Foundation
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

    /// Makes the folder and the ones above it when they are not there.
    init(_ path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Makes every file in the folder last, and the folder itself; it holds no folders.
    func synchroniseFiles() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            try Self.synchronise(path + "/" + name)
        }
        try synchronise()
    }

    /// Makes the names in the folder last.
    func synchronise() throws { try Self.synchronise(path) }

    /// Writes a file under a name of its own, makes its bytes last, then gives it its name: a
    /// reader sees the old bytes or the new.
    ///
    /// The name lasts after ``synchronise()``.
    func replace(_ name: String, with data: Data) throws {
        try data.write(to: URL(filePath: path + "/" + name), options: .atomic)
    }

    /// Moves a folder built elsewhere to a new name in this one.
    func adopt(_ folder: String, as name: String) throws {
        try FileManager.default.moveItem(atPath: folder, toPath: path + "/" + name)
    }

    private static func synchronise(_ path: String) throws {
        let descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        defer { try? descriptor.close() }
        guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
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
