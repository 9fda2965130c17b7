import Files
import IndexSchema
import ReportModel
import Xapian

/// The reports of a finished segment, read back.
struct StoredSegment: ~Copyable {
    private let name: String
    private let database: Database
    private let tables: SectionFile
    /// The number of reports, hidden ones too.
    let count: Int
    /// The number of passages, hidden ones too.
    let passageCount: Int
    /// The grams beside which longer ones were indexed.
    let frequent: FrequentGramSet

    /// Opens a segment.
    ///
    /// - Throws: `XapianError`; ``IndexError`` when the files contradict each other.
    init(_ files: SegmentFiles) throws {
        let tables = try files.openTables().withNumber { number in
            try SectionFile(descriptor: number, name: files.tables)
        }
        let database = try Database(
            descriptor: files.openDatabase().taken(), name: files.database, texts: tables)
        guard let shape = SegmentShape(SegmentTableSource { tables[$0.rawValue].withSpan($1) }),
            database.documentCount == shape.documents,
            Int(database.lastDocumentID) == shape.documents
        else {
            throw IndexError(
                reason: .damaged, path: files.database, detail: "its files contradict each other")
        }
        self.database = database
        self.tables = tables
        name = files.name
        count = shape.reports
        passageCount = shape.passages
        frequent = FrequentGramSet(
            hashes: tables[SegmentSection.frequentGrams.rawValue].numbers,
            listed: tables[SegmentSection.listedGrams.rawValue].numbers)
    }

    /// The places of reports, given by the numbers of their ids, in the segment, from 0, ascending;
    /// those it does not hold are left out.
    func places(ofReports wanted: Set<UInt64>) -> [UInt32] {
        let known = tables[SegmentSection.reportIDs.rawValue]
        return (0..<count).filter { place in
            known.number(at: 8 * place, size: 8).map(wanted.contains) ?? false
        }.map(UInt32.init)
    }

    /// The id of a report as a number.
    func id(ofReport place: Int) throws -> UInt64 {
        guard let id = tables[SegmentSection.reportIDs.rawValue].number(at: 8 * place, size: 8)
        else { throw unreadable }
        return id
    }

    /// A report as it was added, with its passages.
    func report(at place: Int) throws -> StorableReport {
        let entry = try entry(at: place)
        let starts = tables[SegmentSection.reportStarts.rawValue]
        let labels = tables[SegmentSection.labels.rawValue]
        guard let document = starts.number(at: 4 * place, size: 4).map(Int.init),
            let details = try database.documentData(of: [UInt32(document)]).first
                .flatMap({ ReportDetails($0) })
        else { throw unreadable }
        let next = starts.number(at: 4 * place + 4, size: 4).map(Int.init) ?? labels.count + 1
        guard document < next, next <= labels.count + 1,
            next - document - 1 == entry.head.passageCount
        else { throw unreadable }
        var record = ReportRecord(entry, details)
        for passage in document + 1..<next {
            guard let section = labels.number(at: passage - 1, size: 1), section <= 7,
                let stored = tables.element(
                    passage - 1, of: SegmentSection.records.rawValue,
                    starts: SegmentSection.recordStarts.rawValue
                ).flatMap({ PassageRecord($0) })
            else { throw unreadable }
            record.report.passages.append(stored.passage(section: Int(section), in: entry))
        }
        return StorableReport(record)
    }

    private func entry(at place: Int) throws -> ReportEntry {
        guard
            let entry = tables.element(
                place, of: SegmentSection.entries.rawValue,
                starts: SegmentSection.entryStarts.rawValue
            ).flatMap({ ReportEntry($0) })
        else { throw unreadable }
        return entry
    }

    private var unreadable: IndexError {
        IndexError(
            reason: .damaged, path: name, detail: "a report of this segment cannot be read")
    }
}
