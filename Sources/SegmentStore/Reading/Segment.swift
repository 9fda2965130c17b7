import ChineseText
import GramIndex
public import Platform

/// One immutable part of an index, opened for reading, with what was looked up in it.
///
/// Its reports are numbered from 0, and its passages by ids, from 1: those of a
/// report follow each other. To the gram index a passage is a document, and a report a group.
///
/// Nothing is read before it is asked for. Not shared between tasks: it keeps what it looked up.
public final class Segment {
    let index: TextIndex
    let tables: BlockFile
    /// What errors call it.
    public let name: String
    private let hidden: [UInt32]
    /// The number of reports, hidden ones too.
    public let reportCount: Int
    /// The number of passages, hidden ones too; also the id of the last one.
    public let passageCount: Int
    /// The number of word characters in all passages.
    public let totalLength: Int
    /// The size of a value of each statistic in bytes.
    let statisticSizes: [Int]

    /// Opens a segment.
    ///
    /// - Parameters:
    ///   - name: what errors call it.
    ///   - tables: its block file; the caller may close it afterwards.
    ///   - hidden: the indices of reports that are no longer part of the index.
    /// - Throws: ``SegmentError`` when the file cannot be read, or its columns contradict each other.
    public init(
        name: String, tables: borrowing OpenFile, hidden: [UInt32] = []
    ) throws(SegmentError) {
        self.name = name
        self.hidden = hidden
        do throws(GramIndexError) {
            let tables = try tables.withNumber { number throws(GramIndexError) in
                try BlockFile(descriptor: number, name: name)
            }
            self.tables = tables
            index = try TextIndex(tables)
        } catch {
            throw SegmentError(error, segment: name)
        }
        let file = self.tables
        guard let shape = SegmentShape(SegmentTableSource { file[$0].withSpan($1) }) else {
            throw SegmentError(.damaged, "its columns contradict each other", segment: name)
        }
        reportCount = shape.reports
        passageCount = shape.passages
        totalLength = shape.totalLength
        statisticSizes = shape.statisticSizes
    }

    /// Gives back the memory that looking at the file took: a mapped file counts as memory as far as
    /// it was looked at.
    public func forget() { tables.forget() }

    /// The grams beside which longer ones are indexed.
    public private(set) lazy var frequent = FrequentGramSet(
        hashes: tables[.frequentGrams].numbers(as: UInt64.self))

    /// How texts are cut in this segment.
    public private(set) lazy var analysis = TextAnalysis(frequent: frequent)

    /// The id of the first passage of each report, ascending; hidden ones too.
    public private(set) lazy var reports = tables[.reportStarts].numbers(as: UInt32.self)

    /// Whether some reports are no longer part of the index.
    public var hasHidden: Bool { !hidden.isEmpty }

    /// For each report whether it is still part of the index.
    public private(set) lazy var isVisible: [Bool] = {
        var isVisible = [Bool](repeating: true, count: reportCount)
        for index in hidden where Int(index) < reportCount { isVisible[Int(index)] = false }
        return isVisible
    }()

    /// The reports that are still part of the index.
    public private(set) lazy var visible: ReportSet = {
        var visible = ReportSet(allBelow: reportCount)
        for index in hidden where Int(index) < reportCount { visible[Int(index)] = false }
        return visible
    }()

    /// The names of the agencies.
    public private(set) lazy var agencies = NameColumn(
        groups: tables[.agencies], names: tables[.agencyNames], starts: tables[.agencyNameStarts],
        reportCount: reportCount)
    /// The names of the regions.
    public private(set) lazy var regions = NameColumn(
        groups: tables[.regions], names: tables[.regionNames], starts: tables[.regionNameStarts],
        reportCount: reportCount)

    /// For the id of each passage whether its record is known not to have been changed; without room
    /// until the first is looked at.
    var proved = BitSet(below: 0)

    /// The values of the cells that were asked for, one for each report.
    var knownCells: [Int: [Double]] = [:]
    /// For each statistic how large a value is, and where its column begins.
    private(set) lazy var columnLayout: [(size: Int, start: Int)] = {
        var start = 0
        return statisticSizes.map { size in
            defer { start += size * reportCount }
            return (size, start)
        }
    }()

    /// The error of something that is not as it was written.
    func damaged(_ what: String) -> SegmentError {
        SegmentError(.damaged, "\(what) cannot be read", segment: name)
    }

    /// Asks the gram index, whose errors become those of a segment.
    func asking<Result>(
        _ body: () throws(GramIndexError) -> Result
    ) throws(SegmentError) -> Result {
        do throws(GramIndexError) {
            return try body()
        } catch {
            throw SegmentError(error, segment: name)
        }
    }
}

extension BlockFile {
    /// A column of a segment.
    subscript(column: SegmentColumn) -> Column { self[column.rawValue] }

    /// One of the byte strings of which a column is made.
    func element(
        _ number: Int, of column: SegmentColumn, starts: SegmentColumn
    ) -> [UInt8]? {
        element(number, of: column.rawValue, starts: starts.rawValue)
    }

    /// Calls `body` with one of the byte strings of which a column is made.
    func withElement<Result>(
        _ number: Int, of column: SegmentColumn, starts: SegmentColumn,
        _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        withElement(number, of: column.rawValue, starts: starts.rawValue, body)
    }

    /// Has the beginnings of byte strings fetched.
    func prefetch(_ numbers: [Int], of column: SegmentColumn, starts: SegmentColumn) {
        prefetch(numbers, of: column.rawValue, starts: starts.rawValue)
    }

    /// Has elements of a fixed size fetched.
    func prefetch(_ numbers: [Int], of column: SegmentColumn, size: Int) {
        prefetch(numbers, of: column.rawValue, size: size)
    }
}
