import Files
import GramIndex
import IndexSchema
import ReportModel
import SystemPackage
import Xapian

/// Writes reports into one new segment, as ``Schema`` describes.
struct SegmentWriter: ~Copyable {
    private let files: SegmentFiles
    private var database: WritableDatabase
    private var batch = DocumentBatch()
    private var postings: PostingsWriter
    private var terms = DocumentTerms()
    private var tables: SegmentTables
    private var cutter: PassageCutter

    /// The most reports that wait to be written to the database.
    private static let mostWaiting = 500

    /// The number of reports written.
    var reports: Int { tables.reportCount }
    /// The number of passages written.
    var passages: Int { tables.passageCount }

    /// Makes a segment whose files do not exist yet.
    ///
    /// - Parameter frequent: the grams beside which longer ones are indexed.
    init(creating files: SegmentFiles, frequent: FrequentGramSet) throws {
        let postings = try PostingsWriter()
        let database = try WritableDatabase(
            creatingAt: "\(files.folder.pathForLibraries)/\(Self.parts(of: files))",
            storesTermLists: false)
        self.files = files
        self.postings = postings
        self.database = database
        tables = SegmentTables(frequent: frequent)
        cutter = PassageCutter(frequent: frequent)
    }

    /// The folder of the database while it is written: libxapian writes to several files.
    private static func parts(of files: SegmentFiles) -> String { files.name + ".parts" }

    /// Adds a report and its passages.
    mutating func add(_ report: StorableReport) throws {
        batch.beginDocument()
        batch.setData(report.details)
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
        if batch.count >= Self.mostWaiting { try writeBatch() }
    }

    private mutating func writeBatch() throws {
        try database.add(batch)
        batch.removeAll(keepingCapacity: true)
    }

    /// Writes everything out: the database into one file, and the block file.
    consuming func finish() throws {
        try writeBatch()
        let files = files
        try database.finish(into: files.folder.makeFile(named: files.database).rawValue)
        try files.folder.remove(Self.parts(of: files))
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
