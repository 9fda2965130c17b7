/// Makes ZIP archives byte by byte, right ones and wrong ones.
public struct ZipBuilder: Sendable {
    private var parts: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// An empty archive.
    public init() {}

    /// Adds a part.
    ///
    /// - Parameters:
    ///   - content: what it holds.
    ///   - compressed: the content as raw DEFLATE data; nil to store it as it is.
    ///   - size: the expanded size that the directory claims; nil for the true one.
    ///   - flags: the flags of the directory; 1 means encrypted.
    public mutating func add(
        _ name: String, _ content: [UInt8], compressed: [UInt8]? = nil, claiming size: Int? = nil,
        flags: Int = 0
    ) {
        let stored = compressed ?? content
        let header = parts.count
        let method = compressed == nil ? 0 : 8
        let common =
            Self.number(20, 2) + Self.number(flags, 2) + Self.number(method, 2)
            + Self.number(0, 4) + Self.number(0, 4) + Self.number(stored.count, 4)
            + Self.number(size ?? content.count, 4) + Self.number(name.utf8.count, 2)
        parts += Self.number(0x0403_4B50, 4) + common + Self.number(0, 2) + Array(name.utf8)
        parts += stored
        directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + common
        directory += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 2)
        directory += Self.number(0, 4) + Self.number(header, 4) + Array(name.utf8)
        count += 1
    }

    /// The archive.
    public var bytes: [UInt8] {
        parts + directory + Self.number(0x0605_4B50, 4) + Self.number(0, 4)
            + Self.number(count, 2) + Self.number(count, 2) + Self.number(directory.count, 4)
            + Self.number(parts.count, 4) + Self.number(0, 2)
    }

    /// DEFLATE data that holds some bytes uncompressed, in blocks of at most 65,535.
    public static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var blocks: [UInt8] = []
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(0xFFFF)
            rest = rest.dropFirst(block.count)
            blocks.append(rest.isEmpty ? 1 : 0)
            blocks += number(block.count, 2) + number(block.count ^ 0xFFFF, 2) + block
        } while !rest.isEmpty
        return blocks
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
