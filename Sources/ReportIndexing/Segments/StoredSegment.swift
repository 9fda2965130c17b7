import Files
import GramIndex
import IndexSchema
import ReportModel
import struct Xapian.Database

/// The reports of a finished segment, read back.
struct StoredSegment: ~Copyable {
    private let name: String
    private let database: Database
    private let tables: BlockFile
    /// The number of reports, hidden ones too.
    let count: Int
    /// The number of passages, hidden ones too.
    let passageCount: Int
    /// The grams beside which longer ones were indexed.
    let frequent: FrequentGramSet

    /// Opens a segment.
    ///
    /// - Throws: the errors of its stores; ``IndexError`` when they contradict each other.
    init(_ files: SegmentFiles) throws {
        let tables = try files.openTables().withNumber { number in
            try BlockFile(descriptor: number, name: files.tables)
        }
        _ = try TextIndex(tables)
        let database = try Database(
            descriptor: files.openDatabase().taken(), name: files.database)
        guard let shape = SegmentShape(SegmentTableSource { tables[$0.rawValue].withSpan($1) }),
            database.documentCount == shape.reports,
            Int(database.lastDocumentID) == shape.reports
        else {
            throw IndexError(
                reason: .damaged, path: files.database, detail: "its files contradict each other")
        }
        self.database = database
        self.tables = tables
        name = files.name
        count = shape.reports
        passageCount = shape.passages
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
        guard let first = starts.number(at: 4 * place, size: 4).map(Int.init),
            let details = try database.documentData(of: [UInt32(place + 1)]).first
                .flatMap({ ReportDetails($0) })
        else { throw unreadable }
        let next = starts.number(at: 4 * place + 4, size: 4).map(Int.init) ?? passageCount + 1
        guard 1 <= first, first <= next, next <= passageCount + 1,
            next - first == entry.head.passageCount
        else { throw unreadable }
        var record = ReportRecord(entry, details)
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

    private func entry(at place: Int) throws -> ReportEntry {
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
