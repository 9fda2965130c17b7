import QueryLanguage
import ReportModel
import SegmentStore

extension Searcher {
    /// The reports of a page, each with its best passage and how many of its passages match.
    ///
    /// - Parameter hits: the best passage of each report.
    func listed(
        _ hits: [SearchHit], _ page: FoundPage, _ question: ResolvedQuestion,
        _ request: SearchRequest
    ) throws -> [MatchingReport] {
        // Of a report that is only named no passage is better than another.
        let asksForText = (question.term?.wantedLeaves ?? []).contains { $0.textTree != nil }
        let found = page.groups.compactMap(\.first) + page.relaxed
        let counts = try counts(ofReportsOf: found, page, request)
        return zip(hits, counts).map { hit, count in
            MatchingReport(
                head: hit.report, files: hit.files, passages: count, rank: hit.rank,
                score: hit.score, best: asksForText ? hit : nil, values: hit.values)
        }
    }

    /// For each passage how many of its report match.
    private func counts(
        ofReportsOf found: [Found], _ page: FoundPage, _ request: SearchRequest
    ) throws -> [Int] {
        var counts = [Int](repeating: 0, count: found.count)
        for (index, segment) in reader.segments.enumerated() {
            for isRelaxed in [false, true] {
                // Relaxed hits stand behind the others, and are counted by what they were found by.
                let hits = found.indices.filter {
                    found[$0].segment == index && ($0 >= page.groups.count) == isRelaxed
                }
                guard !hits.isEmpty else { continue }
                let reports = try hits.map {
                    try segment.report(ofPassage: found[$0].hit.id)
                }
                var wanted = ReportSet(below: segment.reportCount)
                for report in reports { wanted[report] = true }
                let query = try PassageQuery.all([
                    query(for: isRelaxed ? page.looser : page.asked, in: segment, request),
                    .passages(ofReports: wanted),
                ])
                var passages: [Int: Int] = [:]
                for id in try segment.passages(matching: query) {
                    guard let report = segment.report(ofDocument: id) else { continue }
                    passages[report, default: 0] += 1
                }
                for (hit, report) in zip(hits, reports) {
                    counts[hit] = passages[report] ?? 0
                }
            }
        }
        return counts
    }
}
