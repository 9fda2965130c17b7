internal import CDocuments

/// What was wrong with an archive.
public enum ArchiveProblem: Error, Sendable, Hashable {
    /// The bytes are cut off or contradict themselves.
    case damaged
    /// The part wants a password.
    case encrypted
    /// The archive holds more parts, or expands to more bytes, than any document does.
    case overLimits
    /// Memory ran short.
    case noMemory
}

/// The parts of a ZIP archive, as Office documents are.
///
/// The directory at the end of the archive is believed, nothing else; nothing is written to disk,
/// and an archive within an archive stays closed.
public struct ZipArchive: Sendable {
    /// What an archive may hold.
    public struct Limits: Sendable {
        /// The most parts.
        public let parts: Int
        /// The most bytes that all parts expand to.
        public let expanded: Int

        /// Those of one document.
        public static let document = Limits(parts: 1_000, expanded: .max)
        /// Those of an archive of files.
        public static let files = Limits(parts: 100_000, expanded: 8 << 30)
    }

    /// One part.
    public struct Part: Sendable {
        /// The name's bytes.
        public let name: [UInt8]
        /// Whether the archive says that the name is UTF-8.
        public let isNameUTF8: Bool
        /// The bytes that it expands to, as the archive says.
        public let expanded: Int
        fileprivate let isEncrypted: Bool
        fileprivate let method: Int
        fileprivate let compressed: Int
        fileprivate let header: Int
    }

    /// The parts, in the order of the directory.
    public let parts: [Part]
    /// The names of the parts.
    public var names: [String] { parts.map { String(decoding: $0.name, as: UTF8.self) } }

    private let source: ByteSource

    /// The most bytes that one part expands to.
    private static let mostExpanded = 64 << 20
    /// The most times that a part is larger than what it is stored as; small parts may be.
    private static let mostRatio = 100
    private static let smallPart = 1 << 20
    /// A larger directory, in bytes, is refused.
    private static let largestDirectory = 64 << 20
    private static let headLength = 46

    /// Reads the directory of an archive in memory.
    public init(_ bytes: [UInt8], limits: Limits = .document) throws(ArchiveProblem) {
        try self.init(ByteSource(bytes), limits: limits)
    }

    /// Reads the directory of an archive.
    public init(_ source: ByteSource, limits: Limits) throws(ArchiveProblem) {
        self.source = source
        let found = try Self.directory(of: source, limits)
        guard let bytes = source.bytes(at: found.start, count: found.size) else { throw .damaged }
        var parts: [Part] = []
        var start = 0
        var expanded = 0
        for _ in 0..<found.count {
            guard bytes.number(at: start, bytes: 4) == 0x0201_4B50,
                let part = Self.part(bytes, at: start)
            else { throw .damaged }
            expanded = expanded.addingReportingOverflow(part.part.expanded).partialValue
            guard part.part.expanded >= 0, expanded >= 0, expanded <= limits.expanded else {
                throw .overLimits
            }
            parts.append(part.part)
            start = part.end
        }
        self.parts = parts
    }

    /// The bytes of a part; nil when the archive has none of this name.
    public func part(_ name: String) throws(ArchiveProblem) -> [UInt8]? {
        guard let part = parts.first(where: { $0.name.elementsEqual(name.utf8) }) else {
            return nil
        }
        return try bytes(of: part)
    }

    /// The bytes of a part.
    public func bytes(of part: Part) throws(ArchiveProblem) -> [UInt8] {
        guard !part.isEncrypted else { throw .encrypted }
        guard part.expanded <= Self.mostExpanded,
            part.expanded <= Self.smallPart
                || part.expanded <= Self.mostRatio * part.compressed
        else { throw .overLimits }
        guard let head = source.bytes(at: part.header, count: 30),
            head.number(at: 0, bytes: 4) == 0x0403_4B50,
            let name = head.number(at: 26, bytes: 2), let extra = head.number(at: 28, bytes: 2),
            let stored = source.bytes(
                at: part.header + 30 + name + extra, count: part.compressed)
        else { throw .damaged }
        switch part.method {
        case 0:
            guard part.expanded == part.compressed else { throw .damaged }
            return stored
        case 8: return try Self.inflated(stored[...], count: part.expanded)
        default: throw .damaged
        }
    }

    // MARK: The directory

    /// Where the directory stands, and of how many parts.
    private static func directory(
        of source: ByteSource, _ limits: Limits
    ) throws(ArchiveProblem) -> (start: Int, size: Int, count: Int) {
        // A comment may follow the record at the end.
        let length = min(source.count, 22 + 0xFFFF)
        guard length >= 22, let tail = source.bytes(at: source.count - length, count: length),
            let end = stride(from: length - 22, through: 0, by: -1).first(where: {
                tail[$0] == 0x50 && tail.number(at: $0, bytes: 4) == 0x0605_4B50
            }), var count = tail.number(at: end + 10, bytes: 2),
            var size = tail.number(at: end + 12, bytes: 4),
            var start = tail.number(at: end + 16, bytes: 4)
        else { throw .damaged }
        if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF,
            let large = Self.largeDirectory(of: source, before: source.count - length + end)
        {
            (start, size, count) = large
        }
        guard count <= limits.parts, size <= largestDirectory else { throw .overLimits }
        guard start <= source.count - length + end else { throw .damaged }
        return (start, min(size, source.count - start), count)
    }

    /// The same of an archive too large for the old record.
    private static func largeDirectory(
        of source: ByteSource, before end: Int
    ) -> (start: Int, size: Int, count: Int)? {
        guard let locator = source.bytes(at: end - 20, count: 20),
            locator.number(at: 0, bytes: 4) == 0x0706_4B50,
            let offset = locator.number(at: 8, bytes: 7),
            let record = source.bytes(at: offset, count: 56),
            record.number(at: 0, bytes: 4) == 0x0606_4B50,
            let count = record.number(at: 32, bytes: 7), let size = record.number(at: 40, bytes: 7),
            let start = record.number(at: 48, bytes: 7)
        else { return nil }
        return (start, size, count)
    }

    /// The part that the directory has at an offset, and where the next one begins.
    private static func part(_ bytes: [UInt8], at offset: Int) -> (part: Part, end: Int)? {
        let numbers = [8, 10, 28, 30, 32].compactMap { bytes.number(at: offset + $0, bytes: 2) }
        let sizes = [20, 24, 42].compactMap { bytes.number(at: offset + $0, bytes: 4) }
        guard numbers.count == 5, sizes.count == 3 else { return nil }
        let name = offset + headLength
        let extra = name + numbers[2]
        let end = extra + numbers[3] + numbers[4]
        guard end <= bytes.count else { return nil }
        let large = largeSizes(bytes[extra..<(extra + numbers[3])], sizes)
        return (
            Part(
                name: Array(bytes[name..<extra]), isNameUTF8: numbers[0] & 0x0800 != 0,
                expanded: large[1], isEncrypted: numbers[0] & 1 != 0, method: numbers[1],
                compressed: large[0], header: large[2]), end
        )
    }

    /// The sizes of a part, those that are too large for their fields from where they stand.
    private static func largeSizes(_ extra: ArraySlice<UInt8>, _ sizes: [Int]) -> [Int] {
        guard sizes.contains(0xFFFF_FFFF) else { return sizes }
        var rest = extra
        while let kind = rest.number(at: 0, bytes: 2), let length = rest.number(at: 2, bytes: 2) {
            if kind == 1 {
                var offset = 4
                var large = sizes
                // In this order, and only those that are missing.
                for index in [1, 0, 2] where sizes[index] == 0xFFFF_FFFF {
                    large[index] = rest.number(at: offset, bytes: 7) ?? sizes[index]
                    offset += 8
                }
                return large
            }
            rest = rest.dropFirst(4 + length)
        }
        return sizes
    }

    private static func inflated(
        _ stored: ArraySlice<UInt8>, count: Int
    ) throws(ArchiveProblem) -> [UInt8] {
        var state = CDOCUMENTS_FINE
        let expanded = unsafe stored.withUnsafeBufferPointer { source in
            unsafe [UInt8](unsafeUninitializedCapacity: count) { target, written in
                state =
                    unsafe Int(
                        cdocuments_inflate(
                            source.baseAddress, source.count, target.baseAddress, count))
                written = state == CDOCUMENTS_FINE ? count : 0
            }
        }
        switch state {
        case CDOCUMENTS_FINE: return expanded
        case CDOCUMENTS_NO_MEMORY: throw .noMemory
        default: throw .damaged
        }
    }
}
