package import Platform
package import SystemPackage

/// A folder whose changes are made to last before anyone is told of them.
///
/// A file's bytes last once the file is synchronised; its name lasts once its folder is.
package struct DurableFolder {
    package let folder: OpenFolder

    /// Makes a folder at a path, and the ones above it, when they are not there, and makes them last.
    package static func make(_ path: String) throws {
        var missing = FilePath(path)
        var new: [FilePath] = []
        while !FileSystem.exists(missing.string), !missing.components.isEmpty {
            new.append(missing)
            missing.removeLastComponent()
        }
        guard !new.isEmpty else { return }
        try attempting(path) { () throws(Errno) in try FileSystem.makeFolder(path) }
        for folder in new {
            let outer = folder.removingLastComponent().string
            try attempting(outer) { () throws(Errno) in try OpenFolder(at: outer).synchronise() }
        }
    }

    /// Makes the names in the folder last.
    package func synchronise() throws {
        try Self.attempting(folder.path) { () throws(Errno) in try folder.synchronise() }
    }

    /// Makes the bytes of a finished file last.
    ///
    /// - Parameter name: the name that the file will have.
    /// - Returns: what a manifest says of it.
    package func finished(_ file: String, as name: String) throws -> Manifest.StoredFile {
        try Self.attempting(path(of: name)) { () throws(Errno) in
            let descriptor = try folder.fileForWriting(named: file)
            return try descriptor.closing { () throws(Errno) in
                var digest = ContentDigest()
                try folder.file(named: file).forEachPiece { digest.update($0) }
                try Self.setTime(of: descriptor, for: digest.checksum)
                try descriptor.synchronise()
                return Manifest.StoredFile(name, try descriptor.status(), digest)
            }
        }
    }

    /// Writes a new file and makes its bytes last.
    ///
    /// The name lasts after ``synchronise()``.
    ///
    /// - Parameter body: hands over the bytes, piece by piece.
    package func write(
        as name: String, _ body: (_ write: ([UInt8]) throws(Errno) -> Void) throws(Errno) -> Void
    ) throws -> Manifest.StoredFile {
        try Self.attempting(path(of: name)) { () throws(Errno) in
            let descriptor = try folder.makeFile(named: name)
            return try descriptor.closing { () throws(Errno) in
                var digest = ContentDigest()
                try body { (bytes) throws(Errno) in
                    try descriptor.append(bytes)
                    digest.update(bytes.span)
                }
                try descriptor.synchronise()
                return Manifest.StoredFile(name, try descriptor.status(), digest)
            }
        }
    }

    /// Moves a file into another folder.
    ///
    /// The name lasts after ``synchronise()`` of that one.
    ///
    /// - Parameter replacing: whether something may have the name already.
    package func move(
        _ file: String, as name: String, to other: DurableFolder, replacing: Bool
    ) throws {
        try Self.attempting(other.path(of: name)) { () throws(Errno) in
            if !replacing, try other.folder.holds(name) { throw .fileExists }
            try folder.rename(file, to: name, in: other.folder)
        }
    }

    /// Makes sure that there is room on the disk, so that a run ends before it has filled it.
    package func requireRoom(of bytes: Int64) throws {
        guard let free = folder.freeBytes, free < bytes else { return }
        throw FolderError(
            reason: .unwritable, path: folder.path,
            detail: "No space left: \(bytes >> 20) MiB are needed, \(free >> 20) MiB are free")
    }

    /// Gives a file the second that it is, and microseconds that follow from its bytes: files that
    /// were written in one instant, and swapped later, are told apart without reading them.
    private static func setTime(
        of file: FileDescriptor, for checksum: UInt64
    ) throws(Errno) {
        let now = FileSystem.now
        try file.setModified(
            to: now - now % 1_000_000_000 + Int64(checksum % 1_000_000) * 1_000)
    }

    private func path(of name: String) -> String { folder.path(of: PathText.bytes(of: name)) }

    /// Lets an error say which file or folder it was about.
    private static func attempting<Result>(
        _ path: String, _ body: () throws(Errno) -> Result
    ) throws -> Result {
        do throws(Errno) {
            return try body()
        } catch {
            throw FolderError(reason: .unwritable, path: path, detail: error.description)
        }
    }
}

extension Manifest.StoredFile {
    /// A file as it stands after it was written.
    fileprivate init(_ name: String, _ status: FileStatus, _ digest: ContentDigest) {
        self.init(
            name: name, size: digest.size, modified: status.modified, head: digest.headChecksum,
            checksum: digest.checksum)
    }
}

extension FileDescriptor {
    /// Calls `body`, and closes the file whatever becomes of it.
    package func closing<Result>(_ body: () throws(Errno) -> Result) throws(Errno) -> Result {
        let result: Result
        do throws(Errno) {
            result = try body()
        } catch {
            try? close()
            throw error
        }
        do { try close() } catch { throw error as? Errno ?? .ioError }
        return result
    }

    /// Writes all of some bytes where the last ones ended.
    package func append(_ bytes: [UInt8]) throws(Errno) {
        do { try writeAll(bytes) } catch { throw error as? Errno ?? .ioError }
    }
}
