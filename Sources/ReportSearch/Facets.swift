import QueryLanguage
public import ReportModel
import SegmentStore

/// What the passages of an answer are counted by.
public enum FacetField: String, Sendable, CaseIterable {
    /// The agency.
    case agency
    /// The whole region, from the province down.
    case region
    /// The province.
    case province
    /// The city.
    case city
    /// The county.
    case county
    /// The year of the report.
    case year
    /// The section's number.
    case section
    /// The edition of the official form.
    case form

    /// The names that the field goes by, the English one first.
    public var names: [String] {
        switch self {
        case .province: ["province", "省"]
        case .city: ["city", "市"]
        case .county: ["county", "县"]
        default: FieldName(rawValue: rawValue)?.names ?? [rawValue]
        }
    }

    /// The fields in a list such as `agency,年`.
    ///
    /// - Throws: ``SearchError`` when one is unknown.
    public static func list(_ text: String) throws(SearchError) -> [FacetField] {
        let analysis = TextAnalysis()
        var fields: [FacetField] = []
        for part in text.split(whereSeparator: { ",，、".contains($0) }) {
            let name = analysis.folded(String(part))
            guard let field = allCases.first(where: { $0.names.contains(name) }) else {
                throw SearchError(
                    question: "\(part) is nothing to count by; known are "
                        + allCases.map(\.rawValue).joined(separator: ", "),
                    chinese: "不能按“\(part)”计数；可用 "
                        + allCases.map { $0.names[1] }.joined(separator: "、"),
                    suggestion: analysis.nearest(to: name, among: allCases.flatMap(\.names)))
            }
            if !fields.contains(field) { fields.append(field) }
        }
        return fields
    }
}

/// How many of the passages that match, and of the reports that hold them, have each value.
public struct Facet: Sendable {
    /// What was counted by.
    public let field: FacetField
    /// The values: years and sections in order, others by the number of passages.
    public let values: [Count]

    /// Puts counts in order.
    ///
    /// - Parameter counts: in the order of their values.
    init(field: FacetField, counts: [Count]) {
        self.field = field
        guard field != .year, field != .section else {
            values = counts
            return
        }
        let passages = counts.map(\.passages)
        values = counts.indices.sorted { one, other in
            (passages[other], one) < (passages[one], other)
        }.map { counts[$0] }
    }

    /// Counts by section, from 0; those without a passage are left out.
    init(sections: [(passages: Int, reports: Int)]) {
        self.init(
            field: .section,
            counts: sections.enumerated().filter { $1.passages > 0 }.map { section, count in
                Count(
                    value: String(section), passages: count.passages, reports: count.reports)
            })
    }

    /// The counts of two answers by one field, which have no report in common.
    init(_ one: Facet, _ other: Facet) {
        self.init(field: one.field, counts: FacetColumn.sum(one.values + other.values))
    }

    /// One value and how often it is.
    public struct Count: Sendable {
        /// The value; nil counts where it is unknown.
        public let value: String?
        /// The number of matching passages.
        public let passages: Int
        /// The number of reports that hold them.
        public let reports: Int
        /// What each spelling of the value has, where there are several.
        var spellings: [Count] = []
    }
}

/// A report that holds passages which match.
public struct MatchingReport: Sendable {
    /// Who and what it is.
    public let head: ReportHead
    /// The paths of its files.
    public let files: [String]
    /// How many of its passages match.
    public let passages: Int
    /// The report's position in the answer, from 1.
    public var rank = 0
    /// The weight of its best passage; 0 when the question has no text.
    public var score = 0.0
    /// The passage that matches best; nil when the question asks for none.
    public var best: SearchHit?
    /// The statistics that the question or the order named.
    public var values: [(statistic: Statistic, value: Double?)] = []
}

extension Searcher {
    /// Counts all passages that a term matches, and the reports without passages that it does.
    func facets(
        _ fields: [FacetField], of term: ResolvedTerm?, _ bare: [BareReport],
        _ request: SearchRequest
    ) throws -> [Facet] {
        guard !fields.isEmpty else { return [] }
        let matches = try matches(
            of: term, isExact: request.match == .phrase,
            countsSections: fields.contains(.section))
        var reports = matches.reports
        if !bare.isEmpty {
            reports += bare.map { one in
                ReportMatch(index: reader.firstReports[one.segment] + one.report, passages: 0)
            }
            reports.sort { $0.index < $1.index }
        }
        return try fields.map { field in
            field == .section
                ? Facet(sections: matches.sections)
                : Facet(field: field, counts: try reader.facetLabels.counts(field, of: reports))
        }
    }

    /// The reports of documents, in the order of their first one.
    func reports(
        _ found: [Found], _ statistics: [Statistic], _ request: SearchRequest
    ) throws -> [MatchingReport] {
        var indices: [[Int]: Int] = [:]
        var reports: [(segment: Int, report: Int, passages: Int)] = []
        for found in found {
            guard
                let report = reader.segments[found.segment].report(
                    ofDocument: found.hit.id)
            else { continue }
            if let index = indices[[found.segment, report]] {
                reports[index].passages += 1
            } else {
                indices[[found.segment, report]] = reports.count
                reports.append((found.segment, report, 1))
            }
        }
        let rest = reports.dropFirst(request.offset)
        return try (request.limit == 0 ? rest : rest.prefix(request.limit)).map { one in
            let segment = reader.segments[one.segment]
            let head = try segment.head(ofReport: one.report)
            return MatchingReport(
                head: head, files: try reader.paths(ofReport: head.id), passages: one.passages,
                values: statistics.map { ($0, segment.value(of: $0, inReport: one.report)) })
        }
    }
}
