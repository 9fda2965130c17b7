import QueryLanguage
import ReportModel
import SegmentStore

extension Searcher {
    /// The passages beside one in its report.
    func context(
        of id: UInt32, in segment: Segment, report: Int, _ count: Int
    ) throws -> (before: [Passage], after: [Passage]) {
        guard count > 0, let all = segment.passages(ofReport: report), all.contains(id) else {
            return ([], [])
        }
        let count = UInt32(min(count, all.count))
        let first = max(all.lowerBound, id - min(count, id - all.lowerBound))
        let last = min(all.upperBound, id + min(count, all.upperBound - id))
        return (
            try segment.passages(Array(first..<id)).map(\.passage),
            try segment.passages(Array((id...last).dropFirst())).map(\.passage)
        )
    }

    /// The first documents that match with no more than `most` of one report; nil wants all.
    ///
    /// Hits are read in ever larger parts until enough are left, so that a report with many hits
    /// costs only itself.
    func few(
        _ most: Int, of term: ResolvedTerm?, wanted: Int?, _ request: SearchRequest
    ) throws -> FoundDocuments {
        var window = wanted.map { max(200, 4 * $0) }
        while true {
            let found = try first(window, of: term, request)
            var counts: [[Int]: Int] = [:]
            let hits = found.hits.prefix(window ?? .max).filter { found in
                let report =
                    reader.segments[found.segment].report(ofDocument: found.hit.id) ?? -1
                counts[[found.segment, report], default: 0] += 1
                return counts[[found.segment, report], default: 0] <= most
            }
            guard let wanted, let read = window, read < found.total, hits.count < wanted else {
                return FoundDocuments(total: found.total, reports: found.reports, hits: hits)
            }
            window = read * 8
        }
    }
}
