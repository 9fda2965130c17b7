import GramIndex
import IndexFolder
import Platform
import ReportModel
import SegmentStore
import SystemPackage

/// Writes reports into the block file of one new segment, as ``Schema`` describes.
struct SegmentWriter: ~Copyable {
    private let files: SegmentFiles
    private var postings: PostingsWriter
    private var terms = DocumentTerms()
    private var tables: SegmentTables
    private var cutter: PassageCutter

    /// The number of reports written.
    var reports: Int { tables.reportCount }
    /// The number of passages written.
    var passages: Int { tables.passageCount }

    /// Makes a segment whose files do not exist yet.
    ///
    /// - Parameter frequent: the grams beside which longer ones are indexed.
    init(creating files: SegmentFiles, frequent: FrequentGramSet) throws {
        self.files = files
        postings = try PostingsWriter()
        tables = SegmentTables(frequent: frequent)
        cutter = PassageCutter(frequent: frequent)
    }

    /// Adds a report and its passages.
    mutating func add(_ report: StorableReport) throws {
        tables.add(report)
        for passage in report.passages {
            cutter.set(passage.text)
            tables.add(passage, cut: cutter)
            terms.set(cutter.utf8)
            for gram in cutter.grams { terms.add(at: gram.bytes, position: gram.position) }
            if let title = report.entry.sectionTitle(of: passage) {
                terms.add(Schema.term(.heading, title))
            }
            if let subsection = passage.subsection {
                terms.add(Schema.term(.subsection, subsection))
            }
            try postings.add(terms, toDocument: UInt32(tables.passageCount))
        }
    }

    /// Writes everything out.
    consuming func finish() throws {
        let files = files
        let descriptor = try files.folder.makeFile(named: files.tables)
        defer { try? descriptor.close() }
        var file = try BlockFileWriter(
            descriptor: descriptor.rawValue, columns: SegmentColumn.count)
        try tables.forEachPart { column, bytes in
            try file.append(bytes.span, to: column.rawValue)
        }
        try postings.write(to: &file, documentCount: tables.passageCount)
        try file.finish()
    }
}
