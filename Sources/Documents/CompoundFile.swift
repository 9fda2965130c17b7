/// The streams of a compound file, which an Office document of before 2007 is: a small file system
/// of sectors in chains.
///
///     let word = try CompoundFile(bytes).stream("WordDocument")
///
/// Only the streams of the root are found, not those of objects that the document embeds. Chains are
/// followed no further than the file is long.
public struct CompoundFile: Sendable {
    private let bytes: [UInt8]
    private let sectorShift: Int
    private let smallShift: Int
    /// A stream that is shorter lies in small sectors.
    private let smallLimit: Int
    /// The sectors of the table of chains.
    private let chainSectors: [Int]
    private let smallChains: [UInt8]
    private let smallSectors: [UInt8]
    private let entries: [String: Entry]

    private struct Entry: Sendable {
        let start: Int
        let size: Int
    }

    private static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let entryLength = 128
    /// No document has more streams.
    private static let mostEntries = 10_000
    /// The numbers from here on are marks, not sectors.
    private static let firstMark = 0xFFFF_FFFA

    /// Reads the directory of a compound file.
    public init(_ bytes: [UInt8]) throws(ArchiveProblem) {
        self.bytes = bytes
        guard bytes.starts(with: Self.magic), let shift = bytes.number(at: 30, bytes: 2),
            let small = bytes.number(at: 32, bytes: 2), shift == 9 || shift == 12, small == 6,
            let limit = bytes.number(at: 56, bytes: 4),
            let directory = bytes.number(at: 48, bytes: 4),
            let smallStart = bytes.number(at: 60, bytes: 4)
        else { throw .damaged }
        sectorShift = shift
        smallShift = small
        smallLimit = limit
        chainSectors = Self.chainSectors(of: bytes, shift: shift)
        let chains = Chains(bytes: bytes, shift: shift, sectors: chainSectors)
        let directoryBytes = chains.content(from: directory)
        guard let root = Self.entry(directoryBytes, 0), directoryBytes[66] == 5 else {
            throw .damaged
        }
        smallChains = smallStart < Self.firstMark ? chains.content(from: smallStart) : []
        smallSectors = root.size > 0 ? chains.content(from: root.start) : []
        entries = Self.entries(of: directoryBytes)
    }

    /// Whether the root has a stream or folder of this name.
    public func has(_ name: String) -> Bool { entries[name] != nil }

    /// The bytes of a stream of the root; nil when there is none of this name.
    public func stream(_ name: String) throws(ArchiveProblem) -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard entry.size <= bytes.count else { throw .damaged }
        guard entry.size > 0 else { return [] }
        var content: [UInt8]
        if entry.size < smallLimit {
            content = smallContent(from: entry.start, size: entry.size)
        } else {
            content = Chains(bytes: bytes, shift: sectorShift, sectors: chainSectors)
                .content(from: entry.start, size: entry.size)
        }
        guard content.count >= entry.size else { throw .damaged }
        content.removeLast(content.count - entry.size)
        return content
    }

    private func smallContent(from start: Int, size: Int) -> [UInt8] {
        var content: [UInt8] = []
        var sector = start
        let length = 1 << smallShift
        while content.count < size, sector < Self.firstMark {
            let offset = sector << smallShift
            guard offset + length <= smallSectors.count else { break }
            content += smallSectors[offset..<(offset + length)]
            guard let next = smallChains.number(at: 4 * sector, bytes: 4) else { break }
            sector = next
        }
        return content
    }

    /// The chains of whole sectors.
    private struct Chains {
        let bytes: [UInt8]
        let shift: Int
        let sectors: [Int]

        /// The sectors of a chain, end to end: as many as there are, or as hold so many bytes.
        ///
        /// The last sector of a file may be cut off.
        func content(from start: Int, size: Int = .max) -> [UInt8] {
            var content: [UInt8] = []
            var sector = start
            var left = bytes.count >> shift + 1
            while left > 0, content.count < size, sector < CompoundFile.firstMark {
                let offset = (sector + 1) << shift
                guard offset < bytes.count else { break }
                content += bytes[offset..<min(bytes.count, offset + 1 << shift)]
                left -= 1
                sector = next(sector)
            }
            return content
        }

        private func next(_ sector: Int) -> Int {
            let perSector = 1 << (shift - 2)
            guard sector / perSector < sectors.count else { return CompoundFile.firstMark }
            let offset = (sectors[sector / perSector] + 1) << shift + 4 * (sector % perSector)
            return bytes.number(at: offset, bytes: 4) ?? CompoundFile.firstMark
        }
    }

    /// The sectors that hold the table of chains: the first 109 are in the head of the file, the
    /// others in a chain of their own.
    private static func chainSectors(of bytes: [UInt8], shift: Int) -> [Int] {
        let most = bytes.count >> shift
        var sectors: [Int] = []
        for index in 0..<109 {
            guard let sector = bytes.number(at: 76 + 4 * index, bytes: 4), sector < firstMark,
                sectors.count < most
            else { return sectors }
            sectors.append(sector)
        }
        var list = bytes.number(at: 68, bytes: 4) ?? firstMark
        let perSector = 1 << (shift - 2)
        while list < firstMark, sectors.count < most {
            let offset = (list + 1) << shift
            for index in 0..<(perSector - 1) {
                guard let sector = bytes.number(at: offset + 4 * index, bytes: 4),
                    sector < firstMark, sectors.count < most
                else { return sectors }
                sectors.append(sector)
            }
            list = bytes.number(at: offset + 4 * (perSector - 1), bytes: 4) ?? firstMark
        }
        return sectors
    }

    /// The entry of the directory with a number.
    private static func entry(_ directory: [UInt8], _ number: Int) -> Entry? {
        let offset = number * entryLength
        guard offset + entryLength <= directory.count,
            let start = directory.number(at: offset + 116, bytes: 4),
            let size = directory.number(at: offset + 120, bytes: 4)
        else { return nil }
        return Entry(start: start, size: size)
    }

    /// The entries of the root: a tree of brothers.
    private static func entries(of directory: [UInt8]) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        var seen: Set<Int> = []
        var open = [directory.number(at: 76, bytes: 4) ?? firstMark]
        while let number = open.popLast(), seen.count < mostEntries {
            guard number < firstMark, seen.insert(number).inserted,
                let entry = entry(directory, number)
            else { continue }
            let offset = number * entryLength
            let length = min(64, directory.number(at: offset + 64, bytes: 2) ?? 0)
            let units = stride(from: 0, to: max(0, length - 2), by: 2).map {
                UInt16(directory.number(at: offset + $0, bytes: 2) ?? 0)
            }
            entries[String(decoding: units, as: UTF16.self)] = entry
            open += [68, 72].map { directory.number(at: offset + $0, bytes: 4) ?? firstMark }
        }
        return entries
    }
}
