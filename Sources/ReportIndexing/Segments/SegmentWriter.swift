import IndexSchema
import ReportModel
import Xapian

/// Writes reports into one new segment, as ``Schema`` describes.
struct SegmentWriter: ~Copyable {
    private var database: WritableDatabase
    private var batch = DocumentBatch()
    private let analysis = TextAnalysis()
    private(set) var reports = 0
    private(set) var passages = 0

    /// Makes a segment in a folder that does not exist yet.
    init(creatingAt path: String) throws(XapianError) {
        database = try WritableDatabase(creatingAt: path, storesTermLists: false)
    }

    /// Adds a report and its passages, all or nothing.
    mutating func add(_ record: ReportRecord) throws(XapianError) {
        batch.removeAll(keepingCapacity: true)
        let shared = Self.sharedTerms(of: record.head)
        addReport(record, shared)
        let titles = Dictionary(
            record.report.headings.map { ($0.section, $0.title) },
            uniquingKeysWith: { one, _ in one })
        let extras = record.report.headings.filter { $0.section == 7 }
        for (index, passage) in record.report.passages.enumerated() {
            // Of several sections outside the official six, the last heading above counts.
            let title =
                passage.section == 7
                ? extras.last { $0.line <= passage.lines.lowerBound }?.title
                : titles[passage.section]
            addPassage(
                PassageRecord(ordinal: index + 1, sectionTitle: title, passage: passage), shared)
        }
        _ = try database.add(batch)
        reports += 1
        passages += record.report.passages.count
    }

    /// Writes everything out and closes the database.
    consuming func finish() throws(XapianError) {
        try database.finish()
    }

    private static func sharedTerms(of head: ReportHead) -> [[UInt8]] {
        let names = ([head.agency].compactMap(\.self) + head.agencyAliases)
        let places = head.region.names
        var terms = [
            Schema.term(.report, head.id),
            Schema.term(.year, head.year.map(String.init) ?? ""),
            Schema.term(.form, head.form.rawValue),
        ]
        terms += (names.isEmpty ? [""] : names).map { Schema.term(.agency, $0) }
        terms += (places.isEmpty ? [""] : places).map { Schema.term(.region, $0) }
        return terms
    }

    private mutating func addReport(_ record: ReportRecord, _ shared: [[UInt8]]) {
        batch.beginDocument()
        batch.addTerm(Schema.reportKind, frequency: 0)
        for term in shared { batch.addTerm(term, frequency: 0) }
        let table = record.report.statistics
        for field in table.fields {
            if let value = table.value(of: field) {
                batch.addValue(slot: Schema.slot(ofField: field), number: value)
            }
        }
        if let year = record.head.year {
            batch.addValue(slot: Schema.yearSlot, number: Double(year))
        }
        batch.addValue(slot: Schema.passageCountSlot, number: Double(record.head.passageCount))
        batch.setData(record.encoded)
    }

    private mutating func addPassage(_ record: PassageRecord, _ shared: [[UInt8]]) {
        batch.beginDocument()
        let folded = analysis.foldedUTF8(of: record.passage.text)
        let span = folded.span
        analysis.forEachGram(in: span) { range in
            batch.addTerm(span.extracting(range), frequency: 1)
        }
        batch.addTerm(Schema.passageKind, frequency: 0)
        for term in shared { batch.addTerm(term, frequency: 0) }
        batch.addTerm(Schema.term(.section, String(record.passage.section)), frequency: 0)
        if let title = record.sectionTitle {
            batch.addTerm(Schema.term(.heading, title), frequency: 0)
        }
        if let subsection = record.passage.subsection {
            batch.addTerm(Schema.term(.subsection, subsection), frequency: 0)
        }
        batch.setData(record.encoded(folded: folded))
    }
}
