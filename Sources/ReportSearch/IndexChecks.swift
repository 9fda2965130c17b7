public import ReportModel
import SegmentStore

/// What checks gave for some reports of an index.
public struct IndexChecks: Sendable {
    /// The results, those of each report first, then those between the years of an agency.
    ///
    /// The source of their evidence is the first file of a report, else its id.
    public private(set) var results: [CheckResult] = []
    /// The annual reports that were judged, by the source that their evidence names.
    public private(set) var heads: [String: ReportHead] = [:]

    /// Judges the reports that a question leaves, alone and with the agency's other years among them,
    /// as `gongkai check` does.
    ///
    /// Each report's cells are read once, about 20,000 reports a second.
    ///
    /// - Parameter rule: what is kept, as a query names it: a state (`fails`), a rule (`row:*`), which
    ///   is then one that fails, or both (`row:new=unknown`); nothing when it is none of these.
    /// - Throws: ``SearchError`` when the index cannot be read.
    public init(of reader: IndexReader, matching question: Question, rule: String) throws {
        let analysis = TextAnalysis()
        guard let condition = CheckCondition(analysis.folded(rule)) else { return }
        let wanted: Set<String>? =
            question.terms.isEmpty
            ? nil : Set(try Searcher(reader).reports(matching: question).map(\.head.id))
        var links: [YearLink] = []
        try reader.forEachReport { head, report, files in
            guard wanted?.contains(head.id) ?? true else { return }
            let source = files.first ?? head.id
            if head.kind == .annualReport { heads[source] = head }
            add(report.checks(source: source), condition)
            guard let agency = report.agency else { return }
            let place = report.region.names.joined(separator: " ")
            let name = analysis.folded(agency) + "\n" + place
            if let link = YearLink(report, agency: name, source: source) { links.append(link) }
        }
        add(YearLink.checks(links), condition)
    }

    private mutating func add(_ judged: [CheckResult], _ condition: CheckCondition) {
        results += judged.filter { $0.state == condition.state && condition.names($0.rule) }
    }
}
