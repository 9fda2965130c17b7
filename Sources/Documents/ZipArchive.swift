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

/// The parts of a ZIP archive that lies in memory, as Office documents are.
///
/// The directory at the end of the archive is believed, nothing else; nothing is written to disk,
/// and an archive within an archive stays closed.
public struct ZipArchive: Sendable {
    /// The names of the parts.
    public var names: [String] { entries.map(\.name) }

    private struct Entry: Sendable {
        let name: String
        let isEncrypted: Bool
        let method: Int
        let compressed: Int
        let expanded: Int
        let header: Int
    }

    private let bytes: [UInt8]
    private let entries: [Entry]

    private static let mostEntries = 1_000
    /// The most bytes that one part expands to.
    private static let mostExpanded = 64 << 20
    /// The most times that a part is larger than what it is stored as; small parts may be.
    private static let mostRatio = 100
    private static let smallPart = 1 << 20

    /// Reads the directory of an archive.
    public init(_ bytes: [UInt8]) throws(ArchiveProblem) {
        self.bytes = bytes
        guard let end = Self.directoryEnd(bytes) else { throw .damaged }
        let count = Self.number(bytes, end + 10, 2)
        guard count <= Self.mostEntries else { throw .overLimits }
        var place = Self.number(bytes, end + 16, 4)
        var entries: [Entry] = []
        for _ in 0..<count {
            guard place + 46 <= end, Self.number(bytes, place, 4) == 0x0201_4B50 else {
                throw .damaged
            }
            let lengths = [28, 30, 32].map { Self.number(bytes, place + $0, 2) }
            let name = place + 46
            guard name + lengths[0] <= end else { throw .damaged }
            entries.append(
                Entry(
                    name: String(decoding: bytes[name..<(name + lengths[0])], as: UTF8.self),
                    isEncrypted: Self.number(bytes, place + 8, 2) & 1 != 0,
                    method: Self.number(bytes, place + 10, 2),
                    compressed: Self.number(bytes, place + 20, 4),
                    expanded: Self.number(bytes, place + 24, 4),
                    header: Self.number(bytes, place + 42, 4)))
            place = name + lengths.reduce(0, +)
        }
        self.entries = entries
    }

    /// The bytes of a part; nil when the archive has none of this name.
    public func part(_ name: String) throws(ArchiveProblem) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.name == name }) else { return nil }
        guard !entry.isEncrypted else { throw .encrypted }
        guard entry.expanded <= Self.mostExpanded,
            entry.expanded <= Self.smallPart
                || entry.expanded <= Self.mostRatio * entry.compressed
        else { throw .overLimits }
        let header = entry.header
        guard header + 30 <= bytes.count, Self.number(bytes, header, 4) == 0x0403_4B50 else {
            throw .damaged
        }
        let start =
            header + 30 + Self.number(bytes, header + 26, 2) + Self.number(bytes, header + 28, 2)
        guard start + entry.compressed <= bytes.count else { throw .damaged }
        let stored = bytes[start..<(start + entry.compressed)]
        switch entry.method {
        case 0:
            guard entry.expanded == entry.compressed else { throw .damaged }
            return Array(stored)
        case 8:
            return try Self.inflated(stored, count: entry.expanded)
        default: throw .damaged
        }
    }

    /// Where the record at the end of the directory begins; a comment may follow it.
    private static func directoryEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let last = bytes.count - 22
        return stride(from: last, through: max(0, last - 0xFFFF), by: -1).first {
            bytes[$0] == 0x50 && number(bytes, $0, 4) == 0x0605_4B50
        }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
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
