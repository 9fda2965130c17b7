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
        var files = 0
        var skipped: [String: Int] = [:]
        try reader.forEachFile { file in
            if file.report != nil { files += 1 }
            if let reason = file.skipped { skipped[reason, default: 0] += 1 }
        }
        let heads: [ReportHead]
        do {
            heads = try reader.heads()
        } catch {
            throw SearchError(.damaged, path: reader.folder, detail: "\(error)")
        }
        let annual = heads.filter { $0.kind == .annualReport }
        schema = Manifest.version
        analysis = reader.manifest.analysis
        generation = reader.manifest.generation
        segments = reader.segments.count
        reports = heads.count
        annualReports = annual.count
        passages = heads.reduce(0) { $0 + $1.passageCount }
        (self.files, self.skipped) = (files, skipped)
        years = Dictionary(annual.map { ($0.year, 1) }, uniquingKeysWith: +)
        let analysis = TextAnalysis()
        agencies = Set(annual.compactMap { $0.agency.map(analysis.folded) }).count
        forms = Dictionary(annual.map { ($0.form, 1) }, uniquingKeysWith: +)
        bytes = reader.size
    }
}
