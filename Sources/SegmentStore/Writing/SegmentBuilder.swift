import GramIndex
import ReportModel

/// The block file of one new segment being made of reports, as ``Schema`` describes it.
///
///     var builder = try SegmentBuilder(frequent: .none)
///     try builder.add(report)
///     try builder.write(to: descriptor)
public struct SegmentBuilder: ~Copyable {
    private var postings: PostingsWriter
    private var terms = DocumentTerms()
    private var tables: SegmentTables
    private var cutter: PassageCutter

    /// How many reports and passages were added.
    public var size: SegmentSize {
        SegmentSize(reports: tables.reportCount, passages: tables.passageCount)
    }

    /// Begins a segment without reports; all is in memory until it is written.
    ///
    /// - Parameter frequent: the grams beside which longer ones are indexed.
    public init(frequent: FrequentGramSet) throws(SegmentError) {
        do throws(GramIndexError) {
            postings = try PostingsWriter()
        } catch {
            throw SegmentError(error)
        }
        tables = SegmentTables(frequent: frequent)
        cutter = PassageCutter(frequent: frequent)
    }

    /// Adds a report and its passages.
    public mutating func add(_ report: StorableReport) throws(SegmentError) {
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
            do throws(GramIndexError) {
                try postings.add(terms, toDocument: UInt32(tables.passageCount))
            } catch {
                throw SegmentError(error)
            }
        }
    }

    /// Writes the block file.
    ///
    /// - Parameter descriptor: a new file, open for writing; it stays the caller's.
    public consuming func write(to descriptor: CInt) throws(SegmentError) {
        do throws(GramIndexError) {
            var file = try BlockFileWriter(descriptor: descriptor, columns: SegmentColumn.count)
            try tables.forEachPart { column, bytes throws(GramIndexError) in
                try file.append(bytes.span, to: column.rawValue)
            }
            try postings.write(to: &file, documentCount: tables.passageCount)
            try file.finish()
        } catch {
            throw SegmentError(error)
        }
    }
}

/// How many reports and passages a segment has.
public struct SegmentSize: Sendable, Hashable {
    /// The number of reports.
    public let reports: Int
    /// The number of passages.
    public let passages: Int
}
