internal import CPlatform
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder that is open: what it holds is looked up in the folder itself, not by its path, so that
/// nothing put in its place is read or written instead and no path is too long.
public final class OpenFolder: Sendable {
    /// The path by which it was reached, as ``PathText``.
    public let path: String
    private let descriptor: FileDescriptor

    private init(path: String, descriptor: FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { try? descriptor.close() }

    /// Opens a folder by its absolute path, which may lead through links.
    public convenience init(at path: String) throws(Errno) {
        let bytes = PathText.bytes(of: path)
        if bytes.count < Self.longestPath {
            let descriptor = try Self.open(
                AT_FDCWD, bytes, CPLATFORM_FOLDER.rawValue | CPLATFORM_FOLLOWING.rawValue)
            self.init(path: path, descriptor: descriptor)
            return
        }
        // Longer than the system takes at once: name by name.
        var folder = try Self.open(AT_FDCWD, [0x2F], CPLATFORM_FOLDER.rawValue)
        for name in bytes.split(separator: 0x2F) {
            let outer = folder
            defer { try? outer.close() }
            folder = try Self.open(
                outer.rawValue, Array(name),
                CPLATFORM_FOLDER.rawValue | CPLATFORM_FOLLOWING.rawValue)
        }
        self.init(path: path, descriptor: folder)
    }

    /// Paths from this length on are opened name by name.
    private static let longestPath = 1_000

    private static func open(
        _ folder: CInt, _ name: [UInt8], _ opening: UInt32
    ) throws(Errno) -> FileDescriptor {
        let result = FileCalls.open(folder, name, opening: opening)
        try check(result)
        return FileDescriptor(rawValue: result)
    }

    // MARK: Looking

    /// Opens a folder in this one, which may be a link when `follows` says so.
    public func folder(named name: [UInt8], follows: Bool) throws(Errno) -> OpenFolder {
        let opening = CPLATFORM_FOLDER.rawValue | (follows ? CPLATFORM_FOLLOWING.rawValue : 0)
        return OpenFolder(
            path: path(of: name), descriptor: try Self.open(descriptor.rawValue, name, opening))
    }

    /// Opens a file in this folder for reading; a pipe is not waited for.
    public func file(named name: [UInt8], follows: Bool) throws(Errno) -> OpenFile {
        OpenFile(
            descriptor: try Self.open(
                descriptor.rawValue, name, follows ? CPLATFORM_FOLLOWING.rawValue : 0))
    }

    /// Opens a file in this folder for reading; a link is not followed, a pipe not waited for.
    public func file(named name: String) throws(Errno) -> OpenFile {
        try file(named: PathText.bytes(of: name), follows: false)
    }

    /// The path of something in this folder.
    public func path(of name: [UInt8]) -> String {
        (path == "/" ? path : path + "/") + PathText.text(of: name)
    }

    /// What this folder is.
    public func status() throws(Errno) -> FileStatus {
        try FileStatus(FileCalls.status(of: descriptor.rawValue))
    }

    /// What a name in this folder stands for; a link is looked through when `follows` says so.
    public func status(of name: [UInt8], follows: Bool) throws(Errno) -> FileStatus {
        try FileStatus(FileCalls.status(of: name, in: descriptor.rawValue, follows: follows))
    }

    /// Whether anything in this folder has a name.
    public func holds(_ name: String) throws(Errno) -> Bool {
        do throws(Errno) {
            _ = try status(of: PathText.bytes(of: name), follows: false)
            return true
        } catch {
            guard error == .noSuchFileOrDirectory else { throw error }
            return false
        }
    }

    /// The path of this folder without links.
    public func realPath() throws(Errno) -> [UInt8] { try pathWithoutLinks(of: descriptor) }

    /// Calls `body` with each name in this folder, as the system hands them out.
    public func forEachName(_ body: (Span<UInt8>) -> Void) throws(Errno) {
        let list = FileCalls.list(descriptor.rawValue)
        guard list != 0 else { throw Errno(rawValue: errno) }
        defer { FileCalls.end(list) }
        var name = [UInt8](repeating: 0, count: 1_024)
        while true {
            let length = FileCalls.next(list, into: &name)
            guard length >= 0 else { throw Errno(rawValue: -length) }
            guard length > 0 else { return }
            body(name.span.extracting(0..<Int(length)))
        }
    }

    /// The names in this folder as ``PathText``, in the order of their bytes.
    public func names() throws(Errno) -> [String] {
        var names: [[UInt8]] = []
        try forEachName { name in names.append(name.indices.map { name[$0] }) }
        return names.sorted { $0.lexicographicallyPrecedes($1) }.map { PathText.text(of: $0) }
    }

    /// The size in bytes of all files in this folder and the folders below it; what cannot be looked
    /// at does not count.
    public func size() -> Int64 {
        ((try? names()) ?? []).map { PathText.bytes(of: $0) }.reduce(0) { sum, name in
            if let inner = try? folder(named: name, follows: false) { return sum + inner.size() }
            return sum + ((try? status(of: name, follows: false).size) ?? 0)
        }
    }

    // MARK: Writing

    /// A path by which a library that knows only paths reaches this folder, whatever stands at the
    /// path by which it was opened.
    public var pathForLibraries: String {
        let open = "/proc/self/fd/\(descriptor.rawValue)"
        return FileSystem.exists(open) ? open : path
    }

    /// Makes a new folder for this user alone in this one, and opens it.
    public func makeFolder(named name: String) throws(Errno) -> OpenFolder {
        let name = PathText.bytes(of: name)
        try check(FileCalls.makeFolder(descriptor.rawValue, name, mode: 0o700))
        return try folder(named: name, follows: false)
    }

    /// Makes a new file in this folder, for reading and writing; fails when anything has the name.
    public func makeFile(named name: String) throws(Errno) -> FileDescriptor {
        let result = FileCalls.create(descriptor.rawValue, PathText.bytes(of: name))
        try check(result)
        return FileDescriptor(rawValue: result)
    }

    /// A new file without a name, open for writing too, which is gone when it is closed: on this
    /// folder's disk where the system can do that.
    public func temporaryFile() throws(Errno) -> OpenFile {
        let result = cplatform_temporary(descriptor.rawValue)
        try check(result)
        return OpenFile(descriptor: FileDescriptor(rawValue: result))
    }

    /// Opens a regular file in this folder for reading and writing, made when nothing has the name.
    public func fileForWriting(named name: String) throws(Errno) -> FileDescriptor {
        let result = FileCalls.openOrCreate(descriptor.rawValue, PathText.bytes(of: name))
        try check(result)
        let file = FileDescriptor(rawValue: result)
        guard try FileStatus(FileCalls.status(of: result)).kind == .file else {
            try? file.close()
            throw .fileExists
        }
        return file
    }

    /// Gives a file or folder another name at once, in place of a file that has it.
    public func rename(
        _ old: String, to new: String, in other: OpenFolder? = nil
    ) throws(Errno) {
        try check(
            FileCalls.rename(
                PathText.bytes(of: old), in: descriptor.rawValue, to: PathText.bytes(of: new),
                in: (other ?? self).descriptor.rawValue))
    }

    /// Removes a file, or a folder with all that is in it; a link is removed, not followed.
    public func remove(_ name: String) throws(Errno) {
        let bytes = PathText.bytes(of: name)
        if try status(of: bytes, follows: false).kind == .folder {
            let inner = try folder(named: bytes, follows: false)
            for name in try inner.names() { try inner.remove(name) }
        }
        try check(FileCalls.remove(descriptor.rawValue, bytes))
    }

    /// The bytes that are free for this user on the folder's disk; nil when that cannot be told.
    public var freeBytes: Int64? {
        let free = cplatform_free_bytes(descriptor.rawValue)
        return free < 0 ? nil : free
    }

    /// Makes the names in this folder last.
    public func synchronise() throws(Errno) { try descriptor.synchronise() }
}

extension FileDescriptor {
    /// Makes the bytes of a file, or the names in a folder, last.
    public func synchronise() throws(Errno) {
        guard fsync(rawValue) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Locks the file for this process until it is closed; false when another has it locked.
    public func tryLock() -> Bool { flock(rawValue, LOCK_EX | LOCK_NB) == 0 }

    /// Sets the time of the file's last change of content, in nanoseconds since 1970.
    public func setModified(to time: Int64) throws(Errno) {
        try check(cplatform_set_modified(rawValue, time))
    }

    /// How the file stands.
    public func status() throws(Errno) -> FileStatus {
        try FileStatus(FileCalls.status(of: rawValue))
    }
}
