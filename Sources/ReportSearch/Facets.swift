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
    init(field: FacetField, counts: [Count]) {
        self.field = field
        values = counts.sorted { one, other in
            let isOrdered = field == .year || field == .section
            if !isOrdered, one.passages != other.passages {
                return one.passages > other.passages
            }
            guard let value = one.value, let otherValue = other.value else {
                return one.value != nil
            }
            return value < otherValue
        }
    }

    /// One value and how often it is.
    public struct Count: Sendable {
        /// The value; nil counts where it is unknown.
        public let value: String?
        /// The number of matching passages.
        public let passages: Int
        /// The number of reports that hold them.
        public let reports: Int
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
    /// The report's place in the answer, from 1.
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
        var counted = try matchingCounts(of: term, request).map { counts in
            counts.enumerated().compactMap { $1 > 0 ? (report: $0, passages: $1) : nil }
        }
        for one in bare { counted[one.segment].append((report: one.report, passages: 0)) }
        return try fields.map { field in
            field == .section
                ? try sectionFacet(of: term, request)
                : Facet(field: field, counts: try reader.facetLabels.counts(field, of: counted))
        }
    }

    /// For each segment, how many passages of each report match.
    private func matchingCounts(
        of term: ResolvedTerm?, _ request: SearchRequest
    ) throws -> [[Int]] {
        try reader.segments.map { segment in
            segment.counts(
                ofPassages: try segment.passages(matching: query(for: term, in: segment, request)))
        }
    }

    private func sectionFacet(of term: ResolvedTerm?, _ request: SearchRequest) throws -> Facet {
        var values: [Facet.Count] = []
        for section in 0...7 {
            var (passages, reports) = (0, 0)
            for segment in reader.segments {
                let both = try PassageQuery.all([
                    query(for: term, in: segment, request),
                    .passages(inSections: [UInt8(section)]),
                ])
                let counts = segment.counts(ofPassages: try segment.passages(matching: both))
                passages += counts.reduce(0, +)
                reports += counts.count { $0 > 0 }
            }
            guard passages > 0 else { continue }
            values.append(
                Facet.Count(value: String(section), passages: passages, reports: reports))
        }
        return Facet(field: .section, counts: values)
    }

    /// The reports of documents, in the order of their first one.
    func reports(
        _ found: [Found], _ statistics: [Statistic], _ request: SearchRequest
    ) throws -> [MatchingReport] {
        var places: [[Int]: Int] = [:]
        var reports: [(segment: Int, report: Int, passages: Int)] = []
        for found in found {
            guard
                let report = reader.segments[found.segment].report(
                    ofDocument: found.hit.id)
            else { continue }
            if let place = places[[found.segment, report]] {
                reports[place].passages += 1
            } else {
                places[[found.segment, report]] = reports.count
                reports.append((found.segment, report, 1))
            }
        }
        let rest = reports.dropFirst(request.offset)
        return try (request.limit == 0 ? rest : rest.prefix(request.limit)).map { place in
            let segment = reader.segments[place.segment]
            let head = try segment.head(ofReport: place.report)
            return MatchingReport(
                head: head, files: try reader.paths(ofReport: head.id), passages: place.passages,
                values: statistics.map { ($0, segment.value(of: $0, inReport: place.report)) })
        }
    }
}

extension Segment {
    /// How many of some passages each report holds.
    ///
    /// - Parameter ids: the passages, ascending.
    func counts(ofPassages ids: [UInt32]) -> [Int] {
        var counts = [Int](repeating: 0, count: reportCount)
        var report = 0
        for id in ids {
            while report + 1 < reports.count, reports[report + 1] <= id { report += 1 }
            if report < reports.count, reports[report] <= id { counts[report] += 1 }
        }
        return counts
    }
}
