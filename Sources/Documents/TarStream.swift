/// The files of a TAR archive, one after the other.
public struct TarStream {
    /// One file.
    public struct File {
        /// The name's bytes.
        public let name: [UInt8]
        /// The bytes that it holds; nil when they are more than asked for.
        public let bytes: [UInt8]?
    }

    private let stream: ByteStream
    private var count = 0

    private static let block = 512
    /// An archive with more entries is refused.
    private static let mostEntries = 100_000
    /// Longer names and heads are refused, in bytes.
    private static let longestHead = 1 << 20

    /// The files that a stream holds.
    public init(_ stream: ByteStream) { self.stream = stream }

    /// Whether bytes begin as an archive does.
    public static func concerns(_ start: [UInt8]) -> Bool {
        start.count >= block && start[257..<262].elementsEqual("ustar".utf8)
    }

    /// The next file; nil at the end.
    ///
    /// - Parameter most: the bytes of a file that are read.
    public mutating func next(atMost most: Int) throws(ArchiveProblem) -> File? {
        var longName: [UInt8]?
        while true {
            let head = try stream.bytes(Self.block)
            guard head.count == Self.block else {
                if head.isEmpty { return nil }
                throw .damaged
            }
            if head.allSatisfy({ $0 == 0 }) { return nil }
            guard Self.concerns(head), let size = Self.size(head[124..<136]) else {
                throw .damaged
            }
            count += 1
            guard count <= Self.mostEntries else { throw .overLimits }
            let padding = (Self.block - size % Self.block) % Self.block
            switch head[156] {
            case UInt8(ascii: "L"), UInt8(ascii: "x"):
                guard size <= Self.longestHead else { throw .overLimits }
                let content = try stream.bytes(size)
                longName =
                    head[156] == UInt8(ascii: "L")
                    ? Array(content.prefix { $0 != 0 }) : Self.path(in: content) ?? longName
                try stream.skip(padding)
            case 0, UInt8(ascii: "0"):
                let isWanted = size <= most
                let content = isWanted ? try stream.bytes(size) : nil
                if !isWanted { try stream.skip(size) }
                guard content?.count ?? size == size else { throw .damaged }
                try stream.skip(padding)
                return File(name: longName ?? Self.name(head), bytes: content)
            default:
                try stream.skip(size + padding)
                longName = nil
            }
        }
    }

    private static func name(_ head: [UInt8]) -> [UInt8] {
        let name = Array(head[..<100].prefix { $0 != 0 })
        let prefix = Array(head[345..<500].prefix { $0 != 0 })
        return prefix.isEmpty ? name : prefix + [0x2F] + name
    }

    /// A number in octal digits, or in bytes after a mark; nil when it is none.
    private static func size(_ field: ArraySlice<UInt8>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            let bytes = field.suffix(8)
            guard bytes.first ?? 0xFF < 0x10 else { return nil }
            return bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }

    /// The path that an extended head gives: records of a length, a name and a value.
    private static func path(in content: [UInt8]) -> [UInt8]? {
        var rest = content[...]
        while let space = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > 0,
            length <= rest.count, space < rest.startIndex + length
        {
            let record = rest[(space + 1)..<(rest.startIndex + length)]
            if record.starts(with: "path=".utf8) { return Array(record.dropFirst(5).dropLast()) }
            rest = rest.dropFirst(length)
        }
        return nil
    }
}
