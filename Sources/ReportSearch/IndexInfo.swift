import IndexFolder
public import ReportModel
import SegmentStore

/// What an index holds, in numbers.
public struct IndexInfo: Sendable {
    /// The version of the index format.
    public let schema: Int
    /// How text was cut into terms.
    public let analysis: String
    /// The number of runs that changed the index.
    public let generation: Int
    /// The number of segments.
    public let segments: Int
    /// The number of reports, other pages included.
    public let reports: Int
    /// The number of reports that are annual reports.
    public let annualReports: Int
    /// The number of passages.
    public let passages: Int
    /// The number of files, those with the same content each.
    public let files: Int
    /// The number of files that were skipped, by the code of the reason.
    public let skipped: [String: Int]
    /// The number of annual reports by year; nil counts those whose year is unknown.
    public let years: [Int?: Int]
    /// The number of agencies, whatever script they are written in; reports without one are not
    /// counted.
    public let agencies: Int
    /// The number of annual reports by the edition of their form.
    public let forms: [OfficialForm: Int]
    /// The size of the index folder in bytes.
    public let bytes: Int64

    /// Counts what an index holds.
    public init(_ reader: IndexReader) throws(SearchError) {
        let listed = try reader.fileCounts()
        let columns = ReportColumns(reader.segments)
        var years = [Int](repeating: 0, count: Int(UInt16.max) + 1)
        var forms = [Int](repeating: 0, count: Int(UInt8.max) + 1)
        var isNamed = [Bool](repeating: false, count: columns.agencyNames.count)
        for index in columns.isReport.indices where columns.isReport[index] {
            years[Int(columns.years[index])] += 1
            forms[Int(columns.forms[index])] += 1
            let agency = Int(columns.agencies[index])
            if agency >= 0 { isNamed[Int(columns.nameOfAgency[agency])] = true }
        }
        schema = Manifest.version
        analysis = reader.manifest.analysis
        generation = reader.manifest.generation
        segments = reader.segments.count
        reports = reader.reportCount
        annualReports = columns.isReport.count(where: \.self)
        passages = reader.passageCount
        (files, skipped) = (listed.reports, listed.skipped)
        self.years = Dictionary(
            uniqueKeysWithValues: years.enumerated().filter { $1 > 0 }.map { year, count in
                (year > 0 ? year : nil, count)
            })
        self.forms = Dictionary(
            forms.enumerated().filter { $1 > 0 }.map { number, count in
                (ReportColumns.form(numbered: UInt8(number)), count)
            }, uniquingKeysWith: +)
        agencies = isNamed.count(where: \.self)
        bytes = reader.size
    }
}
