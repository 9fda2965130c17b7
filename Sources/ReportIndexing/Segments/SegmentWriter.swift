import Files
import IndexSchema
import ReportModel
import SystemPackage
import Xapian

/// Writes reports into one new segment, as ``Schema`` describes.
struct SegmentWriter: ~Copyable {
    private let files: SegmentFiles
    private var database: WritableDatabase
    private var lists: PostingLists
    private var batch = DocumentBatch()
    private var tables: SegmentTables
    private var cutter: PassageCutter
    private var uncommitted = 0

    /// The most passages that wait to be committed.
    ///
    /// libxapian inverts them in trees of trees in memory. With more of them these no longer fit the
    /// processor's cache, and filling them takes longer than writing more often does; with fewer the
    /// tables are written over more often.
    private static let mostUncommitted = 2_500

    /// The most terms that wait to be written: a report of one endless line has many millions.
    private static let mostTerms = 1 << 20

    /// The number of reports written.
    var reports: Int { tables.reportCount }
    /// The number of passages written.
    var passages: Int { tables.passageCount }

    /// Makes a segment whose files do not exist yet.
    ///
    /// - Parameter frequent: the grams beside which longer ones are indexed.
    init(creating files: SegmentFiles, frequent: FrequentGramSet) throws(XapianError) {
        let lists = try PostingLists(of: frequent.listedTerms)
        let database = try WritableDatabase(
            creatingAt: "\(files.folder.pathForLibraries)/\(Self.parts(of: files))",
            storesTermLists: false)
        self.files = files
        self.lists = lists
        self.database = database
        tables = SegmentTables(frequent: frequent)
        cutter = PassageCutter(frequent: frequent)
    }

    /// The folder of the database while it is written: libxapian writes to several files.
    private static func parts(of files: SegmentFiles) -> String { files.name + ".parts" }

    /// Adds a report and its passages.
    mutating func add(_ report: StorableReport) throws(XapianError) {
        batch.removeAll(keepingCapacity: true)
        batch.beginDocument()
        batch.setData(report.details)
        tables.add(report)
        for passage in report.passages {
            if batch.termCount >= Self.mostTerms {
                _ = try database.add(batch)
                batch.removeAll(keepingCapacity: true)
            }
            cutter.set(passage.text)
            tables.add(passage, cut: cutter)
            batch.beginDocument()
            batch.setSource(cutter.utf8)
            try lists.add(cutter.listedGrams, inDocument: UInt32(tables.documentCount))
            for gram in cutter.otherGrams {
                batch.addTerm(
                    at: gram.bytes,
                    frequency: gram.count == 1
                        ? GramFrequency.once(after: gram.place)
                        : GramFrequency.times(gram.count ?? 1))
            }
            if let title = report.entry.sectionTitle(of: passage) {
                batch.addTerm(Schema.term(.heading, title), frequency: 0)
            }
            if let subsection = passage.subsection {
                batch.addTerm(Schema.term(.subsection, subsection), frequency: 0)
            }
        }
        _ = try database.add(batch)
        uncommitted += report.passages.count
        if uncommitted >= Self.mostUncommitted {
            try database.commit()
            uncommitted = 0
        }
    }

    /// Writes everything out: the database into one file, and the tables.
    consuming func finish() throws {
        let files = files
        try database.finish(into: files.folder.makeFile(named: files.database).rawValue)
        try files.folder.remove(Self.parts(of: files))
        var file = try SectionFileWriter(
            creatingAt: "\(files.folder.pathForLibraries)/\(files.tables)",
            sections: SegmentSection.count)
        try tables.forEachPart { section, bytes throws(XapianError) in
            try file.append(bytes.span, to: section.rawValue)
        }
        try lists.write(to: &file)
        try file.finish()
    }
}
