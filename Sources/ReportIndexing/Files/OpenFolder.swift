import CFiles
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

/// What a name in a folder stands for.
struct FileStatus: Sendable, Hashable {
    /// The kinds that are told apart.
    enum Kind: UInt8, Sendable {
        case file = 0x66
        case folder = 0x64
        case link = 0x6C
        /// A pipe, a socket, a device.
        case other = 0x3F
    }

    /// What it is.
    let kind: Kind
    /// The size in bytes.
    let size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    let modified: Int64
    /// The time of the last change of content or attributes, in nanoseconds since 1970.
    let changed: Int64
    /// Which file it is, whatever its names are.
    let identity: Identity

    /// What tells one file from any other on this machine.
    struct Identity: Sendable, Hashable {
        let device: UInt64
        let inode: UInt64
    }

    fileprivate init(_ status: cfiles_status) throws(Errno) {
        guard status.error == 0 else { throw Errno(rawValue: -status.error) }
        kind = Kind(rawValue: status.kind) ?? .other
        size = status.size
        modified = status.modified
        changed = status.changed
        identity = Identity(device: status.device, inode: status.inode)
    }
}

/// A folder that is open: what it holds is looked up in the folder itself, not by its path, so that
/// nothing put in its place is read instead and no path is too long.
final class OpenFolder: Sendable {
    /// The path by which it was reached, absolute, as ``PathText``.
    let path: String
    private let descriptor: FileDescriptor

    private init(path: String, descriptor: FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { try? descriptor.close() }

    /// Opens a folder by its absolute path, which may lead through links.
    convenience init(at path: String) throws(Errno) {
        let bytes = PathText.bytes(of: path)
        if bytes.count < Self.longestPath {
            let descriptor = try Self.open(
                AT_FDCWD, bytes, CFILES_FOLDER.rawValue | CFILES_FOLLOWING.rawValue)
            self.init(path: path, descriptor: descriptor)
            return
        }
        // Longer than the system takes at once: name by name.
        var folder = try Self.open(AT_FDCWD, [0x2F], CFILES_FOLDER.rawValue)
        for name in bytes.split(separator: 0x2F) {
            let outer = folder
            defer { try? outer.close() }
            folder = try Self.open(
                outer.rawValue, Array(name), CFILES_FOLDER.rawValue | CFILES_FOLLOWING.rawValue)
        }
        self.init(path: path, descriptor: folder)
    }

    /// Paths from this length on are opened name by name.
    private static let longestPath = 1_000

    /// Opens a folder in this one, which may be a link when `follows` says so.
    func folder(named name: [UInt8], follows: Bool) throws(Errno) -> OpenFolder {
        let opening = CFILES_FOLDER.rawValue | (follows ? CFILES_FOLLOWING.rawValue : 0)
        return OpenFolder(
            path: path(of: name), descriptor: try Self.open(descriptor.rawValue, name, opening))
    }

    /// Opens a file in this folder for reading.
    func file(named name: [UInt8], follows: Bool) throws(Errno) -> OpenFile {
        OpenFile(
            descriptor: try Self.open(
                descriptor.rawValue, name, follows ? CFILES_FOLLOWING.rawValue : 0))
    }

    private static func open(
        _ folder: CInt, _ name: [UInt8], _ opening: UInt32
    ) throws(Errno) -> FileDescriptor {
        let result = FileCalls.open(folder, name, opening: opening)
        guard result >= 0 else { throw Errno(rawValue: -result) }
        return FileDescriptor(rawValue: result)
    }

    /// The path of something in this folder.
    func path(of name: [UInt8]) -> String {
        (path == "/" ? path : path + "/") + PathText.text(of: name)
    }

    /// What this folder is.
    func status() throws(Errno) -> FileStatus {
        try FileStatus(FileCalls.status(of: descriptor.rawValue))
    }

    /// What a name in this folder stands for; a link is looked through when `follows` says so.
    func status(of name: [UInt8], follows: Bool) throws(Errno) -> FileStatus {
        try FileStatus(FileCalls.status(of: name, in: descriptor.rawValue, follows: follows))
    }

    /// The path of this folder without links.
    func realPath() throws(Errno) -> [UInt8] { try pathWithoutLinks(of: descriptor) }

    /// Calls `body` with each name in this folder, as the system hands them out.
    func forEachName(_ body: (Span<UInt8>) -> Void) throws(Errno) {
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
}

/// A file that is open for reading.
struct OpenFile: ~Copyable {
    private let descriptor: FileDescriptor

    fileprivate init(descriptor: FileDescriptor) { self.descriptor = descriptor }

    deinit { try? descriptor.close() }

    /// What it is.
    func status() throws(Errno) -> FileStatus {
        try FileStatus(FileCalls.status(of: descriptor.rawValue))
    }

    /// The path without links.
    func realPath() throws(Errno) -> [UInt8] { try pathWithoutLinks(of: descriptor) }

    /// The bytes up to the end, at most `limit` of them.
    func bytes(limit: Int) throws(Errno) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(limit)
        var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 20))
        while bytes.count < limit {
            let count = FileCalls.read(descriptor.rawValue, at: bytes.count, into: &chunk)
            guard count >= 0 else { throw Errno(rawValue: CInt(-count)) }
            guard count > 0 else { break }
            bytes += chunk[..<min(count, limit - bytes.count)]
        }
        return bytes
    }
}

/// The path of something open, without links.
private func pathWithoutLinks(of descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
    var path = [UInt8](repeating: 0, count: 1 << 15)
    let length = FileCalls.path(of: descriptor.rawValue, into: &path)
    guard length >= 0 else { throw Errno(rawValue: -length) }
    return Array(path[..<Int(length)])
}
