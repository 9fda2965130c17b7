import GramIndex
import Platform
import ReportModel
import SegmentStore

/// One immutable part of the index, opened for reading, with what was looked up in it.
///
/// Nothing is read before it is asked for. Not shared between tasks: it keeps what it looked up.
final class Segment {
    /// The passages: to the index a passage is a document, and a report a group.
    let index: TextIndex
    let tables: BlockFile
    private let name: String
    private let hidden: [UInt32]
    /// The number of reports, hidden ones too.
    let reportCount: Int
    /// The number of passages, hidden ones too; also the number of the last one.
    let passageCount: Int
    /// The number of word characters in all passages.
    let totalLength: Int

    /// The size of a value of each statistic in bytes.
    private let statisticSizes: [Int]

    /// Opens a segment.
    ///
    /// - Parameters:
    ///   - name: what errors call it.
    ///   - hidden: the places of reports that are no longer part of the index.
    /// - Throws: the errors of its stores; ``SegmentDamage`` when they contradict each other.
    init(name: String, tables: borrowing OpenFile, hidden: [UInt32]) throws {
        self.name = name
        let tables = try tables.withNumber { try BlockFile(descriptor: $0, name: name) }
        let index = try TextIndex(tables)
        guard let shape = SegmentShape(SegmentTableSource { tables[$0].withSpan($1) }) else {
            throw SegmentDamage()
        }
        self.tables = tables
        self.index = index
        self.hidden = hidden
        reportCount = shape.reports
        passageCount = shape.passages
        totalLength = shape.totalLength
        statisticSizes = shape.statisticSizes
    }

    /// How texts are cut in this segment.
    private(set) lazy var analysis: TextAnalysis = {
        TextAnalysis(frequent: FrequentGramSet(hashes: tables[.frequentGrams].numbers))
    }()

    // MARK: Reports and passages

    /// The number of the first passage of each report, ascending; hidden ones too.
    private(set) lazy var reports: [UInt32] = tables[.reportStarts].withSpan { bytes in
        (0..<reportCount).map { report in
            UInt32(bytes[4 * report]) | UInt32(bytes[4 * report + 1]) << 8
                | UInt32(bytes[4 * report + 2]) << 16 | UInt32(bytes[4 * report + 3]) << 24
        }
    }

    /// Whether some reports are no longer part of the index.
    var hasHidden: Bool { !hidden.isEmpty }

    /// For each report whether it is still part of the index.
    private(set) lazy var isVisible: [Bool] = {
        var isVisible = [Bool](repeating: true, count: reportCount)
        for place in hidden where Int(place) < reportCount { isVisible[Int(place)] = false }
        return isVisible
    }()

    /// The reports that are still part of the index.
    private(set) lazy var visible = BitSet(below: reportCount) { isVisible[$0] }

    /// The number of a report's first passage, at most one after the last; of a report without
    /// passages that of the next one.
    private func start(ofReport report: Int) -> UInt32 {
        let end = UInt32(passageCount) + 1
        return tables[.reportStarts].number(at: 4 * report, size: 4)
            .map { min(UInt32(truncatingIfNeeded: $0), end) } ?? end
    }

    /// The ids of a report's passages; nil when it has none.
    func passages(ofReport index: Int) -> ClosedRange<UInt32>? {
        let first = start(ofReport: index)
        let end = start(ofReport: index + 1)
        return first < end ? first...end - 1 : nil
    }

    /// The report that a passage belongs to: the last one that does not begin after it.
    func report(ofDocument id: UInt32) -> Int? {
        let starts = tables[.reportStarts]
        func isAfter(_ report: Int) -> Bool {
            starts.number(at: 4 * report, size: 4).map { $0 > UInt64(id) } ?? true
        }
        // From where it would be if all reports were as long, in steps that double; then in halves.
        let passages = max(1, passageCount)
        var low = min(Int(id), passages) * reportCount / passages
        var high = low
        var step = 4
        while low > 0, isAfter(low - 1) { (low, high, step) = (max(0, low - step), low, 2 * step) }
        while high < reportCount, !isAfter(high) {
            (low, high, step) = (high, min(reportCount, high + step), 2 * step)
        }
        while low < high {
            let middle = (low + high) / 2
            if isAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low > 0 ? low - 1 : nil
    }

    /// The id of a report as a number.
    func idNumber(ofReport index: Int) throws -> UInt64 {
        guard let id = tables[.reportIDs].number(at: 8 * index, size: 8) else {
            throw damaged("report \(index)")
        }
        return id
    }

    /// The places of the reports with some ids, ascending.
    func reports(withIDs ids: Set<String>) -> [Int] {
        reports(numbered: Set(ids.compactMap { UInt64($0, radix: 16) }))
    }

    /// The same of reports that are told by ``ReportModel/ReportHead/idNumber``.
    func reports(numbered wanted: Set<UInt64>) -> [Int] {
        let known = tables[.reportIDs]
        return (0..<reportCount).filter { report in
            known.number(at: 8 * report, size: 8).map(wanted.contains) ?? false
        }
    }

    /// Who and what a report is, with its headings.
    func entry(ofReport index: Int) throws -> ReportEntry {
        guard
            let entry = tables.element(
                index, of: SegmentColumn.entries.rawValue,
                starts: SegmentColumn.entryStarts.rawValue
            ).flatMap({ ReportEntry($0) }),
            entry.head.passageCount == passages(ofReport: index)?.count ?? 0
        else { throw damaged("report \(index)") }
        return entry
    }

    /// Who and what each report is.
    func allHeads() throws -> [ReportHead] {
        try (0..<reportCount).map { try head(ofReport: $0) }
    }

    /// Who and what one report is.
    func head(ofReport index: Int) throws -> ReportHead { try entry(ofReport: index).head }

    /// What one report stores beyond its passages.
    func record(ofReport index: Int) throws -> ReportRecord {
        guard
            let details = tables.element(
                index, of: SegmentColumn.details.rawValue,
                starts: SegmentColumn.detailStarts.rawValue
            ).flatMap({ ReportDetails($0) })
        else { throw damaged("report \(index)") }
        return ReportRecord(try entry(ofReport: index), details)
    }

    // MARK: Passages

    /// A passage with its place in its report.
    struct StoredPassage {
        /// The report's place in the segment.
        let report: Int
        /// Who and what the report is.
        let entry: ReportEntry
        /// The passage's place in its report, from 1.
        let ordinal: Int
        /// The passage.
        let passage: Passage
        /// Its text and its folded text.
        let text: UnfoldedText

        /// The heading of its section as printed; nil when it has none.
        var sectionTitle: String? { entry.sectionTitle(of: passage) }
    }

    /// The report that a passage, which was found, belongs to.
    func report(ofPassage id: UInt32) throws -> Int {
        guard let report = report(ofDocument: id),
            passages(ofReport: report)?.contains(id) ?? false
        else { throw damaged("document \(id)") }
        return report
    }

    /// Has what passages and their reports are read from fetched, all at once.
    func prefetch(_ ids: [UInt32], of reports: [Int]) {
        tables.prefetch(reports, of: SegmentColumn.reportIDs.rawValue, size: 8)
        tables.prefetch(
            reports, of: SegmentColumn.entries.rawValue,
            starts: SegmentColumn.entryStarts.rawValue)
        tables.prefetch(ids.map { Int($0) - 1 }, of: SegmentColumn.labels.rawValue, size: 1)
        prefetchTexts(ids)
    }

    /// Has the texts of some documents fetched, all at once.
    func prefetchTexts(_ ids: [UInt32]) {
        tables.prefetch(
            ids.map { Int($0) - 1 }, of: SegmentColumn.records.rawValue,
            starts: SegmentColumn.recordStarts.rawValue)
    }

    /// The passage with a document id.
    func passage(_ id: UInt32) throws -> StoredPassage {
        let report = try report(ofPassage: id)
        return try passage(id, of: report, try entry(ofReport: report))
    }

    /// The passages with these document ids.
    func passages(_ ids: [UInt32]) throws -> [StoredPassage] {
        var last: (report: Int, entry: ReportEntry)?
        return try ids.map { id in
            let report = try report(ofPassage: id)
            if last?.report != report { last = (report, try entry(ofReport: report)) }
            guard let entry = last?.entry else { throw damaged("document \(id)") }
            return try passage(id, of: report, entry)
        }
    }

    private func passage(
        _ id: UInt32, of report: Int, _ entry: ReportEntry
    ) throws -> StoredPassage {
        let (passage, text) = try passage(id, in: entry)
        return StoredPassage(
            report: report, entry: entry, ordinal: ordinal(of: id, inReport: report),
            passage: passage, text: text)
    }

    /// A passage, and its text with the folded text, of the report with an entry.
    func passage(
        _ id: UInt32, in entry: ReportEntry
    ) throws -> (passage: Passage, text: UnfoldedText) {
        guard let section = tables[.labels].number(at: Int(id) - 1, size: 1), section <= 7 else {
            throw damaged("document \(id)")
        }
        let record = try passageRecord(id)
        return (record.passage(section: Int(section), in: entry), record.text)
    }

    /// A passage's place in its report, from 1.
    func ordinal(of id: UInt32, inReport report: Int) -> Int {
        Int(id) - Int(start(ofReport: report)) + 1
    }

    private func passageRecord(_ id: UInt32) throws -> PassageRecord {
        guard let record = recordBytes(id).flatMap({ PassageRecord($0) }) else {
            throw damaged("document \(id)")
        }
        return record
    }

    private func recordBytes(_ id: UInt32) -> [UInt8]? {
        tables.element(
            Int(id) - 1, of: SegmentColumn.records.rawValue,
            starts: SegmentColumn.recordStarts.rawValue)
    }

    /// The values of the scalars of a passage's folded text.
    func foldedScalars(ofPassage id: UInt32) throws -> [UInt32] {
        guard let scalars = recordBytes(id).flatMap(PassageRecord.foldedScalars) else {
            throw damaged("document \(id)")
        }
        return scalars
    }

    /// The ids of the passages in a section, as ranges.
    func passages(inSection section: UInt8) -> [ClosedRange<UInt32>] {
        tables[.labels].withSpan { labels in
            var ranges: [ClosedRange<UInt32>] = []
            var start: Int?
            for index in 0...labels.count {
                let isIn = index < labels.count && labels[index] == section
                if isIn {
                    start = start ?? index
                } else if let first = start {
                    ranges.append(UInt32(first + 1)...UInt32(index))
                    start = nil
                }
            }
            return ranges
        }
    }

    /// The ids of the passages of a length that is wanted, in word characters, as ranges.
    func passages(whereLength isWanted: (Double) -> Bool) -> [ClosedRange<UInt32>] {
        tables[.lengths].withSpan { lengths in
            var ranges: [ClosedRange<UInt32>] = []
            for index in 0..<lengths.count / 2 {
                let length = Int(lengths[2 * index]) | Int(lengths[2 * index + 1]) << 8
                guard isWanted(Double(length)) else { continue }
                let id = UInt32(index + 1)
                if let last = ranges.last, last.upperBound + 1 == id {
                    ranges[ranges.count - 1] = last.lowerBound...id
                } else {
                    ranges.append(id...id)
                }
            }
            return ranges
        }
    }

    // MARK: Columns

    /// The year of a report; nil when unknown.
    func year(ofReport index: Int) -> Int? {
        tables[.years].number(at: 2 * index, size: 2).map(Int.init)
            .flatMap { ReportEntry.years ~= $0 ? $0 : nil }
    }

    /// The years that reports are about.
    var years: Set<Int> { Set((0..<reportCount).compactMap(year)) }

    /// The reports of years that are wanted.
    func reports(ofYears wanted: WantedNumbers) -> BitSet {
        reports(in: .years, size: 2, wanted)
    }

    /// The reports whose year is unknown.
    var reportsOfUnknownYear: BitSet {
        var reports = BitSet(below: reportCount)
        reports.formUnion(ofNumbersIn: 65_535...65_535, tables[.years], size: 2)
        return reports
    }

    /// The reports for which a column holds a number that is wanted; its highest one stands for none.
    private func reports(
        in column: SegmentColumn, from start: Int = 0, size: Int, _ wanted: WantedNumbers
    ) -> BitSet {
        var reports = BitSet(below: reportCount)
        for range in wanted.wholeNumbers(below: 1 << (8 * size) - 1) {
            reports.formUnion(ofNumbersIn: range, tables[column], from: start, size: size)
        }
        return reports
    }

    /// The reports on a form, by its number in `OfficialForm.allCases`.
    func reports(onForm form: Int) -> BitSet {
        var reports = BitSet(below: reportCount)
        let form = UInt64(form)
        reports.formUnion(ofNumbersIn: form...form, tables[.forms], size: 1)
        return reports
    }

    /// The number of a report's form in `OfficialForm.allCases`.
    func form(ofReport index: Int) -> Int? {
        tables[.forms].number(at: index, size: 1).map(Int.init)
    }

    /// The names of the agencies.
    private(set) lazy var agencies = NameColumn(
        groups: tables[.agencies], names: tables[.agencyNames], starts: tables[.agencyNameStarts],
        reportCount: reportCount)
    /// The names of the regions.
    private(set) lazy var regions = NameColumn(
        groups: tables[.regions], names: tables[.regionNames], starts: tables[.regionNameStarts],
        reportCount: reportCount)

    private var columns: [Int: [Double]] = [:]
    /// For each statistic how large a value is, and where its column begins.
    lazy var columnPlaces: [(size: Int, start: Int)] = {
        var start = 0
        return statisticSizes.map { size in
            defer { start += size * reportCount }
            return (size, start)
        }
    }()

    /// The values of a cell in all reports; NaN where it is not known.
    private func column(_ field: Int) -> [Double] {
        if let column = columns[field] { return column }
        guard columnPlaces.indices.contains(field) else {
            return [Double](repeating: .nan, count: reportCount)
        }
        let (size, start) = columnPlaces[field]
        let column = tables[.statistics].withSpan { bytes in
            StatisticColumn.values(bytes, from: start, size: size, count: reportCount)
        }
        columns[field] = column
        return column
    }

    /// The values of a statistic, one for each report; NaN where it is not known.
    func numbers(of statistic: Statistic) -> [Double] {
        if statistic.isCell, let field = statistic.fields.first { return column(field) }
        for field in statistic.fields { _ = column(field) }
        return (0..<reportCount).map { value(of: statistic, inReport: $0) ?? .nan }
    }

    /// The reports in which a statistic is known and its value is wanted.
    func reports(of statistic: Statistic, _ wanted: WantedNumbers) -> BitSet {
        if statistic.isCell, let field = statistic.fields.first,
            columnPlaces.indices.contains(field), columnPlaces[field].size < 8
        {
            let (size, start) = columnPlaces[field]
            if size == 0 { return BitSet(below: reportCount) }
            return reports(in: .statistics, from: start, size: size, wanted)
        }
        let values = numbers(of: statistic)
        return BitSet(below: values.count) { !values[$0].isNaN && wanted.contains(values[$0]) }
    }

    /// The values of a statistic, one for each report; nil where it is not known.
    func values(of statistic: Statistic) throws -> [Double?] {
        numbers(of: statistic).map { $0.isNaN ? nil : $0 }
    }

    /// The value of a statistic in one report; nil when it is not known.
    func value(of statistic: Statistic, inReport report: Int) -> Double? {
        statistic.value { field in
            let value: Double
            if let column = columns[field] {
                value = column[report]
            } else if columnPlaces.indices.contains(field), columnPlaces[field].size > 0 {
                let (size, start) = columnPlaces[field]
                let bits = tables[.statistics].number(at: start + size * report, size: size)
                value = bits.map { StatisticColumn.value($0, size: size) } ?? .nan
            } else {
                value = .nan
            }
            return value.isNaN ? nil : value
        }
    }

    private func damaged(_ what: String) -> SearchError {
        SearchError(.damaged, path: name, detail: "\(what) cannot be read")
    }
}

/// The files of a segment contradict each other.
struct SegmentDamage: Error {}

extension BlockFile {
    /// A column of a segment.
    subscript(column: SegmentColumn) -> Column { self[column.rawValue] }
}
