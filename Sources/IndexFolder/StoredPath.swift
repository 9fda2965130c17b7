import Platform

/// How an index stores paths: those below the folder that holds the index from there, so that the two
/// can be moved together, and all others from the root.
///
///     StoredPath(below: "/data").bytes(of: "/data/r/a.txt")   // r/a.txt
///     StoredPath(below: "/data").bytes(of: "/mnt/b.txt")      // /mnt/b.txt
public struct StoredPath: Sendable {
    /// The folder that holds the index, with a slash at its end.
    private let base: [UInt8]

    /// - Parameter folder: the absolute path of the folder that holds the index, as ``PathText``.
    public init(below folder: String) {
        let bytes = PathText.bytes(of: folder)
        base = bytes.last == Self.slash ? bytes : bytes + [Self.slash]
    }

    /// The bytes that stand for an absolute path, given as ``PathText``.
    package func bytes(of path: String) -> [UInt8] {
        let bytes = PathText.bytes(of: path)
        guard bytes.count > base.count, bytes.starts(with: base) else { return bytes }
        return Array(bytes[base.count...])
    }

    /// The absolute path for which some bytes stand, as ``PathText``.
    package func path(of bytes: [UInt8]) -> String {
        PathText.text(of: bytes.first == Self.slash ? bytes : base + bytes)
    }

    private static let slash: UInt8 = 0x2F
}
