/// Bytes that are read where they are wanted: those of a file, or some in memory.
public struct ByteSource: Sendable {
    /// How many bytes there are.
    public let count: Int
    private let read: @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?

    /// Bytes that `read` gives from an offset on; nil, or fewer than asked, where they cannot be read.
    public init(count: Int, read: @escaping @Sendable (_ offset: Int, _ count: Int) -> [UInt8]?) {
        self.count = count
        self.read = read
    }

    /// Bytes in memory.
    public init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { Array(bytes[$0..<($0 + $1)]) }
    }

    /// The bytes from an offset on; nil when they are not all there.
    public func bytes(at offset: Int, count: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0, count <= self.count, offset <= self.count - count else {
            return nil
        }
        guard let bytes = read(offset, count), bytes.count == count else { return nil }
        return bytes
    }
}

/// Bytes one after the other, as they are or expanded from gzip.
///
///     let stream = ByteStream(source)   // told from the first bytes
///     while let line = try stream.line(atMost: 1 << 20) { … }
public final class ByteStream {
    private let source: ByteSource
    private var offset: Int
    private let end: Int
    private let gunzip: Gunzip?
    /// What was read and not handed over yet.
    private var buffer: [UInt8] = []
    private var start = 0
    private var compressed: ArraySlice<UInt8> = []
    /// How many bytes were expanded.
    private var expanded = 0
    private let mostExpanded: Int

    private static let part = 256 << 10
    /// The most times that data are larger than what they are stored as; small data may be.
    private static let mostRatio = 100
    private static let smallData = 1 << 20

    /// The stream of a source.
    ///
    /// - Parameter most: how many bytes it may expand to.
    public init(_ source: ByteSource, mostExpanded most: Int) throws(ArchiveProblem) {
        self.source = source
        offset = 0
        end = source.count
        mostExpanded = most
        if source.bytes(at: 0, count: 2) == [0x1F, 0x8B] {
            guard let reader = Gunzip() else { throw .noMemory }
            gunzip = reader
        } else {
            gunzip = nil
        }
    }

    /// The stream of bytes in memory, as they are.
    public init(plain bytes: [UInt8]) {
        source = ByteSource(bytes)
        offset = 0
        end = bytes.count
        mostExpanded = bytes.count
        gunzip = nil
    }

    /// Whether the bytes are expanded from gzip.
    public var isCompressed: Bool { gunzip != nil }

    private var left: Int { buffer.count - start }

    /// Reads more into the buffer; false at the end.
    private func fill() throws(ArchiveProblem) -> Bool {
        if start > Self.part {
            buffer.removeFirst(start)
            start = 0
        }
        guard let gunzip else {
            let count = min(Self.part, end - offset)
            guard count > 0 else { return false }
            guard let bytes = source.bytes(at: offset, count: count) else { throw .damaged }
            offset += count
            buffer += bytes
            return true
        }
        while true {
            if compressed.isEmpty, offset < end {
                let count = min(Self.part, end - offset)
                guard let bytes = source.bytes(at: offset, count: count) else { throw .damaged }
                offset += count
                compressed = bytes[...]
            }
            let bytes = try gunzip.expanded(&compressed)
            if bytes.isEmpty {
                if compressed.isEmpty, offset >= end { return false }
                continue
            }
            expanded += bytes.count
            guard expanded <= mostExpanded,
                expanded <= max(Self.smallData, Self.mostRatio * offset)
            else { throw .overLimits }
            buffer += bytes
            return true
        }
    }

    /// The next bytes, as many as asked; fewer at the end.
    public func bytes(_ count: Int) throws(ArchiveProblem) -> [UInt8] {
        while left < count { guard try fill() else { break } }
        let taken = min(count, left)
        defer { start += taken }
        return Array(buffer[start..<(start + taken)])
    }

    /// Passes over some bytes.
    public func skip(_ count: Int) throws(ArchiveProblem) {
        var rest = count
        while rest > 0 {
            if left == 0, try !fill() { return }
            let taken = min(rest, left)
            start += taken
            rest -= taken
        }
    }

    /// The next line without its end; nil at the end of the bytes.
    ///
    /// - Parameter most: the bytes of a line that are kept; what is beyond is passed over.
    public func line(atMost most: Int) throws(ArchiveProblem) -> [UInt8]? {
        var line: [UInt8] = []
        var isAny = false
        while true {
            if left == 0, try !fill() { return isAny ? line : nil }
            isAny = true
            let end = buffer[start...].firstIndex(of: 0x0A)
            let piece = buffer[start..<(end ?? buffer.count)]
            line += piece.prefix(max(0, most - line.count))
            start += piece.count
            if end != nil {
                start += 1
                if line.last == 0x0D { line.removeLast() }
                return line
            }
        }
    }

    /// The bytes up to the end; nil when they are more than asked for.
    public func rest(atMost most: Int) throws(ArchiveProblem) -> [UInt8]? {
        while left <= most { guard try fill() else { break } }
        guard left <= most else { return nil }
        return try bytes(left)
    }
}

extension ByteStream {
    /// The next bytes, which stay; fewer at the end.
    public func peek(_ count: Int) throws(ArchiveProblem) -> [UInt8] {
        let bytes = try bytes(count)
        start -= bytes.count
        return bytes
    }
}
