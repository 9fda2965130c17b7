import ArgumentParser
import Platform
import SystemPackage

/// A folder that is filled: a new one, or one that holds nothing, so that nothing of anybody's is
/// replaced.
struct NewFolder {
    private let path: FilePath

    /// Makes the folder where there is none.
    ///
    /// - Throws: `ValidationError` when something is in it, or it cannot be made.
    init(_ folder: String) throws {
        path = FilePath(try AbsolutePath.of(folder))
        do {
            try FileSystem.makeFolder(path.string)
        } catch {
            throw ValidationError("\(folder) cannot be made (\(error))")
        }
        guard try OpenFolder(at: path.string).names().isEmpty else {
            throw ValidationError("\(folder) holds something; name a new or an empty folder")
        }
    }

    /// Writes a file by its path below the folder.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = path.appending(name)
        try FileSystem.makeFolder(file.removingLastComponent().string)
        let descriptor = try FileDescriptor.open(
            file, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }
}
