import GramIndex
import IndexFolder
import Platform
import ReportModel
import SegmentStore

/// The reports of a finished segment, read back.
struct StoredSegment: ~Copyable {
    private let name: String
    private let tables: BlockFile
    /// The number of reports, hidden ones too.
    let count: Int
    /// The number of passages, hidden ones too.
    let passageCount: Int
    /// The grams beside which longer ones were indexed.
    let frequent: FrequentGramSet
    private let statisticSizes: [Int]

    /// Opens a segment.
    ///
    /// - Throws: the errors of its stores; ``IndexError`` when they contradict each other.
    init(_ files: SegmentFiles) throws {
        let tables = try files.openTables().withNumber { number in
            try BlockFile(descriptor: number, name: files.tables)
        }
        _ = try TextIndex(tables)
        guard let shape = SegmentShape(SegmentTableSource { tables[$0.rawValue].withSpan($1) })
        else {
            throw IndexError(
                reason: .damaged, path: files.tables, detail: "its columns contradict each other")
        }
        self.tables = tables
        name = files.name
        count = shape.reports
        passageCount = shape.passages
        statisticSizes = shape.statisticSizes
        frequent = FrequentGramSet(hashes: tables[SegmentColumn.frequentGrams.rawValue].numbers)
    }

    /// The places of reports, given by the numbers of their ids, in the segment, from 0, ascending;
    /// those it does not hold are left out.
    func places(ofReports wanted: Set<UInt64>) -> [UInt32] {
        let known = tables[SegmentColumn.reportIDs.rawValue]
        return (0..<count).filter { place in
            known.number(at: 8 * place, size: 8).map(wanted.contains) ?? false
        }.map(UInt32.init)
    }

    /// The id of a report as a number.
    func id(ofReport place: Int) throws -> UInt64 {
        guard let id = tables[SegmentColumn.reportIDs.rawValue].number(at: 8 * place, size: 8)
        else { throw unreadable }
        return id
    }

    /// A report as it was added, with its passages.
    func report(at place: Int) throws -> StorableReport {
        let entry = try entry(at: place)
        let starts = tables[SegmentColumn.reportStarts.rawValue]
        let labels = tables[SegmentColumn.labels.rawValue]
        guard let first = starts.number(at: 4 * place, size: 4).map(Int.init) else {
            throw unreadable
        }
        let next = starts.number(at: 4 * place + 4, size: 4).map(Int.init) ?? passageCount + 1
        guard 1 <= first, first <= next, next <= passageCount + 1,
            next - first == entry.head.passageCount
        else { throw unreadable }
        var record = ReportRecord(entry, try details(at: place))
        for passage in first..<next {
            guard let section = labels.number(at: passage - 1, size: 1), section <= 7,
                let stored = tables.element(
                    passage - 1, of: SegmentColumn.records.rawValue,
                    starts: SegmentColumn.recordStarts.rawValue
                ).flatMap({ PassageRecord($0) })
            else { throw unreadable }
            record.report.passages.append(stored.passage(section: Int(section), in: entry))
        }
        return StorableReport(record)
    }

    /// A report without its passages.
    func record(at place: Int) throws -> ReportRecord {
        ReportRecord(try entry(at: place), try details(at: place))
    }

    /// The slots in which the database has a report's numbers: the cells, and the year.
    static let slots = Array(StatisticField.all.indices) + [Int(ReportDocument.yearSlot)]

    /// The number that each report has in a slot, as the columns tell it; nil where it has none.
    func numbers(inSlot slot: Int) -> [Double?] {
        if slot == ReportDocument.yearSlot {
            let years = tables[SegmentColumn.years.rawValue]
            return (0..<count).map { place in
                years.number(at: 2 * place, size: 2).flatMap { $0 < 65_535 ? Double($0) : nil }
            }
        }
        guard statisticSizes.indices.contains(slot), statisticSizes[slot] > 0 else {
            return Array(repeating: nil, count: count)
        }
        let start = statisticSizes[..<slot].reduce(0, +) * count
        return tables[SegmentColumn.statistics.rawValue].withSpan { bytes in
            StatisticColumn.values(
                bytes, from: start, size: statisticSizes[slot], count: count
            ).map { $0.isNaN || $0 == 0 ? nil : $0 }
        }
    }

    private func details(at place: Int) throws -> ReportDetails {
        guard
            let details = tables.element(
                place, of: SegmentColumn.details.rawValue,
                starts: SegmentColumn.detailStarts.rawValue
            ).flatMap({ ReportDetails($0) })
        else { throw unreadable }
        return details
    }

    /// Who and what a report is.
    func entry(at place: Int) throws -> ReportEntry {
        guard
            let entry = tables.element(
                place, of: SegmentColumn.entries.rawValue,
                starts: SegmentColumn.entryStarts.rawValue
            ).flatMap({ ReportEntry($0) })
        else { throw unreadable }
        return entry
    }

    private var unreadable: IndexError {
        IndexError(
            reason: .damaged, path: name, detail: "a report of this segment cannot be read")
    }
}
