internal import Platform

/// What a manifest keeps of a file's bytes: how many there are, their checksum, and that of the first
/// ones.
///
/// The first ones are compared whenever a file is opened: the head of a database is there, and
/// libxapian may crash when a byte of it is another.
public struct ContentDigest: Sendable {
    /// The bytes that count as the first.
    public static let headLength = 1_024

    /// The number of bytes.
    public private(set) var size: Int64 = 0
    private var head = ContentChecksum()
    private var whole = ContentChecksum()

    /// The digest of no bytes.
    public init() {}

    /// Takes more bytes in.
    public mutating func update(_ bytes: Span<UInt8>) {
        let missing = Self.headLength - Int(min(size, Int64(Self.headLength)))
        if missing > 0 { head.update(bytes.extracting(0..<min(missing, bytes.count))) }
        whole.update(bytes)
        size += Int64(bytes.count)
    }

    /// The ``ContentChecksum`` of all bytes.
    public var checksum: UInt64 { whole.value }

    /// The ``ContentChecksum`` of the first bytes.
    public var headChecksum: UInt64 { head.value }
}
