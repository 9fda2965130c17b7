import ReportModel
import SegmentStore

/// A report without passages: a table alone, or a page of which nothing was read.
///
/// Whatever is found is found by its passages, and yet such a report answers a question that asks
/// for reports alone.
struct BareReport {
    /// The index of its segment.
    let segment: Int
    /// The report's index in it.
    let report: Int
}

extension Searcher {
    /// The reports without passages that answer a question; none where it asks for text, or for what
    /// a passage has of its own.
    func bareReports(of term: ResolvedTerm?) throws -> [BareReport] {
        guard (term?.leaves ?? []).allSatisfy(\.isOfReports) else { return [] }
        var found: [BareReport] = []
        for (index, segment) in reader.segments.enumerated() {
            let bare = segment.reportsWithoutPassages.filter { segment.isVisible[$0] }
            guard !bare.isEmpty else { continue }
            let condition = try term?.headCondition(in: segment)
            for report in bare where try condition?.holds(report) ?? true {
                found.append(BareReport(segment: index, report: report))
            }
        }
        return found
    }

    /// A page of a list of reports with bare ones where they belong: behind the others where weights
    /// sort.
    ///
    /// - Parameter reports: the list without them, from its beginning to the end of the page.
    func merged(
        _ reports: [MatchingReport], _ bare: [BareReport], _ question: ResolvedQuestion,
        _ request: SearchRequest
    ) throws -> [MatchingReport] {
        let order = request.order
        let keys =
            reports.map { order.key(of: $0) }
            + bare.map { order.key(ofReport: $0.report, in: reader.segments[$0.segment]) }
        // Of equals those that stood first stay first, and bare ones come behind.
        let sorted = keys.indices.sorted { one, other in
            order.precedes(keys[one], keys[other])
                || !order.precedes(keys[other], keys[one]) && one < other
        }.dropFirst(request.offset)
        let page = request.limit == 0 ? sorted : sorted.prefix(request.limit)
        return try page.enumerated().map { rank, index in
            var report =
                index < reports.count
                ? reports[index] : try listed(bare[index - reports.count], question)
            report.rank = request.offset + rank + 1
            return report
        }
    }

    private func listed(
        _ bare: BareReport, _ question: ResolvedQuestion
    ) throws -> MatchingReport {
        let segment = reader.segments[bare.segment]
        let head = try segment.head(ofReport: bare.report)
        return MatchingReport(
            head: head, files: try reader.paths(ofReport: head.id), passages: 0,
            values: question.statistics.map { ($0, segment.value(of: $0, inReport: bare.report)) })
    }
}

extension SortOrder {
    /// What a listed report is sorted by; nil of one without it, and where weights sort.
    func key(of report: MatchingReport) -> Double? {
        switch self {
        case .relevance: nil
        case .year: report.head.year.map(Double.init)
        case .statistic(let statistic, _):
            report.values.first { $0.statistic == statistic }.flatMap(\.value)
        }
    }

    /// The same of a report in a segment.
    fileprivate func key(ofReport report: Int, in segment: Segment) -> Double? {
        switch self {
        case .relevance: nil
        case .year: segment.year(ofReport: report).map(Double.init)
        case .statistic(let statistic, _): segment.value(of: statistic, inReport: report)
        }
    }

    /// Whether what has a key stands before what has another one; none stands last.
    func precedes(_ one: Double?, _ other: Double?) -> Bool {
        guard let one else { return false }
        guard let other else { return true }
        return switch self {
        case .relevance: false
        case .year(let isDescending), .statistic(_, let isDescending):
            isDescending ? one > other : one < other
        }
    }
}

extension ResolvedTerm {
    /// Whether it asks for reports, or for names that the heads of reports may have.
    fileprivate var isOfReports: Bool {
        switch self {
        case .reports, .name: true
        default: false
        }
    }

    /// The condition that the term is on a report whose head alone is asked.
    fileprivate func headCondition(in segment: Segment) throws -> ReportCondition {
        let count = segment.reportCount
        func conditions(_ terms: [ResolvedTerm]) throws -> [ReportCondition] {
            try terms.map { try $0.headCondition(in: segment) }
        }
        return switch self {
        case .text, .passages: .never(segment)
        case .name(let name): try name.test.condition(segment)
        case .reports(let test): try test.condition(segment)
        case .spelt(_, _, let term): try term.headCondition(in: segment)
        case .parts(let terms, _), .all(let terms): .all(try conditions(terms), count: count)
        case .any(let terms): .any(try conditions(terms), count: count)
        case .not(let term): try term.headCondition(in: segment).negated(count: count)
        }
    }
}
