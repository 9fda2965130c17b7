import ChineseText
import Platform
public import ReportModel

/// The columns of a segment's block file; see ``Schema``.
public enum SegmentColumn: Int, Sendable, CaseIterable {
    // The first seven are the columns of the gram index, to which a passage is a document and a
    // report a group; it writes the postings itself.
    /// Where each passage's record begins, 5 bytes each, one more for the end; 3 bytes of padding.
    case recordStarts
    /// The records: ``PassageRecord``.
    case records
    /// The number of word characters of each passage, 2 bytes each.
    case lengths
    /// The section of each passage, 1 byte each.
    case labels
    /// The first passage of each report, from 1, 4 bytes each; of a report without passages that of
    /// the next one.
    case reportStarts
    /// Where each report's entry begins, 5 bytes each, one more for the end.
    case entryStarts = 7
    /// The entries: ``ReportEntry``.
    case entries
    /// Where each report's details begin, 5 bytes each, one more for the end.
    case detailStarts
    /// What else is known of each report: ``ReportDetails``.
    case details
    /// The id of each report as a number, 8 bytes each.
    case reportIDs
    /// The year of each report, 2 bytes each; 65,535 when unknown.
    case years
    /// The form of each report, 1 byte each.
    case forms
    /// For each report the number of its agency's names, 4 bytes each.
    case agencies
    /// For each agency its folded names, each ended by a zero byte.
    case agencyNames
    /// Where the names of each agency begin, 4 bytes each, one more for the end.
    case agencyNameStarts
    /// For each report the number of its region's names, 4 bytes each.
    case regions
    /// For each region its folded names, each ended by a zero byte.
    case regionNames
    /// Where the names of each region begin, 4 bytes each, one more for the end.
    case regionNameStarts
    /// For each statistic the size of a value in bytes: 0, 1, 2, 4, or 8.
    case statisticSizes
    /// For each statistic the value in each report, the statistics one after the other.
    case statistics
    /// The numbers of the grams beside which longer ones are indexed, 8 bytes each.
    case frequentGrams
    /// The number of passages, and the sum of the lengths of all, 8 bytes each.
    case totals
    /// What else each report is: ``ReportTraits``, 2 bytes each.
    case traits
}

extension SegmentColumn {
    /// How many columns the file has, those of postings too.
    public static let count = traits.rawValue + 1
}

/// Groups of names, numbered in the order in which they were first met.
///
/// All lie end to end, and are found by a table of their numbers: there may be a group a report.
struct NameTable {
    private(set) var bytes: [UInt8] = []
    private(set) var starts: [UInt8] = [0, 0, 0, 0]
    private var count = 0
    /// Numbers of groups, one higher, or 0; a power of two of them.
    private var slots: [UInt32] = [0, 0]

    /// The number of a group, given by its names, each ended by a zero byte.
    mutating func number(of names: [UInt8]) -> UInt32 {
        if 3 * count >= 2 * slots.count { makeRoom() }
        var slot = ByteHash.value(of: names[...]) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if bytes[range(of: Int(number))].elementsEqual(names) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(count + 1)
        bytes += names
        starts.append(UInt64(bytes.count), size: 4)
        count += 1
        return UInt32(count - 1)
    }

    /// Where the names of a group stand.
    private func range(of number: Int) -> Range<Int> {
        let offsets = starts.span
        let start = Int(offsets.number(at: 4 * number, size: 4))
        return start..<Int(offsets.number(at: 4 * number + 4, size: 4))
    }

    private mutating func makeRoom() {
        slots = Array(repeating: 0, count: 2 * slots.count)
        for number in 0..<count {
            var slot = ByteHash.value(of: bytes[range(of: number)]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    /// Names, folded, as a group.
    static func group(_ names: [String]) -> [UInt8] {
        let folding = TextFolding()
        return names.flatMap { folding.foldedUTF8(of: $0).filter { $0 != 0 } + [0] }
    }
}

/// The texts and tables of one segment being made; its memory is bounded by the segment's size.
struct SegmentTables: Sendable {
    private var records: [UInt8] = []
    private var recordStarts: [UInt8] = []
    private var lengths: [UInt8] = []
    private var labels: [UInt8] = []
    private var reportStarts: [UInt8] = []
    private var entries: [UInt8] = []
    private var entryStarts: [UInt8] = []
    private var details: [UInt8] = []
    private var detailStarts: [UInt8] = []
    private var reportIDs: [UInt8] = []
    private var years: [UInt8] = []
    private var forms: [UInt8] = []
    private var traits: [UInt8] = []
    private var agencies: [UInt8] = []
    private var agencyNames = NameTable()
    private var regions: [UInt8] = []
    private var regionNames = NameTable()
    private var statistics: [[Double]]
    private let frequent: FrequentGramSet
    private var subsections: [String: Int] = [:]
    private var totalLength = 0

    /// The number of reports.
    private(set) var reportCount = 0
    /// The number of passages.
    private(set) var passageCount = 0

    /// Makes tables without reports.
    init(frequent: FrequentGramSet) {
        self.frequent = frequent
        statistics = Array(repeating: [], count: StatisticField.all.count)
    }

    /// Adds a report, whose passages follow.
    mutating func add(_ report: StorableReport) {
        let entry = report.entry
        reportStarts.append(UInt64(passageCount + 1), size: 4)
        entryStarts.append(UInt64(entries.count), size: 5)
        entries += entry.encoded
        detailStarts.append(UInt64(details.count), size: 5)
        details += report.details
        reportIDs.append(entry.head.idNumber, size: 8)
        years.append(UInt64(entry.head.year.map { min(max($0, 0), 65_534) } ?? 65_535), size: 2)
        forms.append(UInt8(OfficialForm.allCases.firstIndex(of: entry.head.form) ?? 0))
        traits.append(UInt64(report.traits.bits), size: 2)
        agencies.append(
            UInt64(
                agencyNames.number(
                    of: NameTable.group(
                        [entry.head.agency].compactMap(\.self) + entry.head.agencyAliases))),
            size: 4)
        regions.append(
            UInt64(regionNames.number(of: NameTable.group(entry.head.region.names))), size: 4)
        for field in statistics.indices {
            statistics[field].append(report.values[field])
        }
        subsections = Dictionary(
            entry.subsections.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { one, _ in one }
        )
        reportCount += 1
    }

    /// Adds a passage of the report added last.
    ///
    /// - Parameters:
    ///   - cutter: has been set to the passage.
    mutating func add(_ passage: Passage, cut cutter: PassageCutter) {
        let text = cutter.text
        let length = min(text.isWord.count { $0 }, 65_535)
        totalLength += length
        recordStarts.append(UInt64(records.count), size: 5)
        lengths.append(UInt64(length), size: 2)
        labels.append(UInt8(clamping: passage.section))
        PassageRecord.append(
            text, lines: passage.lines,
            subsection: passage.subsection.flatMap { subsections[$0] } ?? 0, to: &records)
        passageCount += 1
    }

    /// Offsets of 5 bytes each, and the end of all.
    private static func ended(_ starts: [UInt8], by end: Int) -> [UInt8] {
        var starts = starts
        starts.append(UInt64(end), size: 5)
        return starts
    }

    /// Hands over the bytes of each column, in their order, once or more often a column.
    func forEachPart<Failure: Error>(
        _ body: (SegmentColumn, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for column in SegmentColumn.allCases {
            switch column {
            case .recordStarts:
                try body(column, recordStarts)
                var end: [UInt8] = []
                end.append(UInt64(records.count), size: 8)
                try body(column, end)
            case .records: try body(column, records)
            case .lengths: try body(column, lengths)
            case .labels: try body(column, labels)
            case .reportStarts: try body(column, reportStarts)
            case .entryStarts: try body(column, Self.ended(entryStarts, by: entries.count))
            case .entries: try body(column, entries)
            case .detailStarts: try body(column, Self.ended(detailStarts, by: details.count))
            case .details: try body(column, details)
            case .reportIDs: try body(column, reportIDs)
            case .years: try body(column, years)
            case .forms: try body(column, forms)
            case .agencies: try body(column, agencies)
            case .agencyNames: try body(column, agencyNames.bytes)
            case .agencyNameStarts: try body(column, agencyNames.starts)
            case .regions: try body(column, regions)
            case .regionNames: try body(column, regionNames.bytes)
            case .regionNameStarts: try body(column, regionNames.starts)
            case .statisticSizes:
                try body(column, statistics.map { UInt8(StatisticColumn.size(of: $0)) })
            case .statistics:
                for values in statistics {
                    let size = StatisticColumn.size(of: values)
                    if size > 0 { try body(column, StatisticColumn.encoded(values, size: size)) }
                }
            case .frequentGrams:
                var bytes: [UInt8] = []
                for hash in frequent.grams.hashes { bytes.append(hash, size: 8) }
                try body(column, bytes)
            case .totals:
                var bytes: [UInt8] = []
                bytes.append(UInt64(passageCount), size: 8)
                bytes.append(UInt64(totalLength), size: 8)
                try body(column, bytes)
            case .traits: try body(column, traits)
            }
        }
    }
}

/// The values of one statistic in all reports of a segment; NaN where none is known.
///
/// Whole numbers from 0 take as many bytes as the highest needs, and the highest number that these
/// bytes can hold stands for none. Others are stored as the bits of a `Double`.
enum StatisticColumn {
    /// The size of a value in bytes; 0 when no value is known.
    static func size(of values: [Double]) -> Int {
        var highest = -1.0
        for value in values where !value.isNaN {
            guard value >= 0, value < 0xFFFF_FFFF, value == value.rounded(.towardZero),
                value.sign == .plus
            else { return 8 }
            highest = max(highest, value)
        }
        return highest < 0 ? 0 : highest < 0xFF ? 1 : highest < 0xFFFF ? 2 : 4
    }

    /// The values as bytes.
    static func encoded(_ values: [Double], size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size * values.count)
        for value in values {
            let bits =
                size == 8 ? value.bitPattern : value.isNaN ? .max : UInt64(value)
            bytes.append(bits, size: size)
        }
        return bytes
    }

    /// The value that some bytes stand for, the lowest first; NaN for none.
    static func value(_ bits: UInt64, size: Int) -> Double {
        if size == 8 {
            let value = Double(bitPattern: bits)
            return value.isFinite ? value : .nan
        }
        return bits == (1 << UInt64(8 * size)) - 1 ? .nan : Double(bits)
    }

    /// The values of a column, one for each report.
    static func values(
        _ bytes: Span<UInt8>, from start: Int, size: Int, count: Int
    ) -> [Double] {
        guard size > 0, count <= (bytes.count - start) / size else {
            return [Double](repeating: .nan, count: count)
        }
        var values: [Double] = []
        values.reserveCapacity(count)
        var offset = start
        for _ in 0..<count {
            var bits: UInt64 = 0
            for index in (0..<size).reversed() { bits = bits << 8 | UInt64(bytes[offset + index]) }
            values.append(value(bits, size: size))
            offset += size
        }
        return values
    }
}

extension [UInt8] {
    /// Appends a number, the lowest of its bytes first.
    mutating func append(_ number: UInt64, size: Int) {
        var rest = number
        for _ in 0..<size {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

extension ReportHead {
    /// The id as a number.
    public var idNumber: UInt64 { UInt64(id, radix: 16) ?? 0 }

    /// The id that is a number: 16 hexadecimal digits.
    public static func id(ofNumber number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
