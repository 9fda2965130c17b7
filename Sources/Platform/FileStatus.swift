internal import CPlatform
internal import SystemPackage

/// What a name in a folder stands for.
public struct FileStatus: Sendable, Hashable {
    /// The kinds that are told apart.
    public enum Kind: UInt8, Sendable {
        case file = 0x66
        case folder = 0x64
        case link = 0x6C
        /// A pipe, a socket, a device.
        case other = 0x3F
    }

    /// What it is.
    public let kind: Kind
    /// The size in bytes.
    public let size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    public let modified: Int64
    /// The time of the last change of content or attributes, in nanoseconds since 1970.
    public let changed: Int64
    /// Which file it is, whatever its names are.
    public let identity: Identity
    /// The number of the user whose it is.
    public let owner: UInt32

    /// What tells one file from any other on this machine.
    public struct Identity: Sendable, Hashable {
        /// The file system.
        public let device: UInt64
        /// The file's number in it.
        public let inode: UInt64
    }

    /// The status of bytes that stand in no file.
    public init(ofBytes count: Int) {
        kind = .file
        size = Int64(count)
        (modified, changed, owner) = (0, 0, 0)
        identity = Identity(device: 0, inode: 0)
    }

    init(_ status: cplatform_status) throws(Errno) {
        guard status.error == 0 else { throw Errno(rawValue: -status.error) }
        kind = Kind(rawValue: status.kind) ?? .other
        size = status.size
        modified = status.modified
        changed = status.changed
        identity = Identity(device: status.device, inode: status.inode)
        owner = status.owner
    }
}
