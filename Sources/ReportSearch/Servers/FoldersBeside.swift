import ReportModel
import SegmentStore

/// Index folders that are asked together with servers, as if all were one index.
///
/// They are asked for what plain databases can be asked for. A report that servers have too is theirs:
/// it is hidden here, and is told with the files of both.
final class FoldersBeside {
    /// What is not on servers.
    let reader: IndexReader
    /// What answers from it, with weights of the whole.
    let searcher: Searcher
    private let whole: IndexReader
    private let shared: Set<UInt64>

    /// - Parameters:
    ///   - whole: the folders.
    ///   - shared: the reports that servers have too, by ``ReportModel/ReportHead/idNumber``.
    ///   - servers: the passages on servers.
    init(
        _ whole: IndexReader, sharing shared: Set<UInt64>, beside servers: any PassagesElsewhere
    ) throws(SearchError) {
        (self.whole, self.shared) = (whole, shared)
        reader = shared.isEmpty ? whole : try whole.limited { !shared.contains($0) }
        searcher = Searcher(reader, beside: servers)
    }

    /// The annual reports, with their indices among all.
    func annualReports() throws -> (heads: [ReportHead], indices: [Int]) {
        var (heads, indices) = ([ReportHead](), [Int]())
        for (segment, start) in zip(reader.segments, reader.firstReports) {
            for (report, head) in try segment.allHeads().enumerated()
            where segment.isVisible[report] && head.kind == .annualReport {
                heads.append(head)
                indices.append(start + report)
            }
        }
        return (heads, indices)
    }

    /// The files of a report on servers, with those that are here.
    func files(ofReport head: ReportHead, _ files: [String]) throws(SearchError) -> [String] {
        guard shared.contains(head.idNumber) else { return files }
        let all = Set((try whole.paths(ofReport: head.id) + files).map { Array($0.utf8) })
        return all.sorted { $0.lexicographicallyPrecedes($1) }
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

extension IndexReader {
    /// The ids of the reports, as ``ReportModel/ReportHead/idNumber``.
    func idNumbers() throws -> [UInt64] {
        try segments.flatMap { segment in
            try (0..<segment.reportCount).filter { segment.isVisible[$0] }
                .map { try segment.idNumber(ofReport: $0) }
        }
    }
}

/// What servers and folders answered, as one answer.
struct JoinedAnswers {
    private let request: SearchRequest
    private let question: ResolvedQuestion

    /// The fewest hits among which copies are looked for, as an index does.
    private static let leastCompared = 40

    init(_ request: SearchRequest, _ question: ResolvedQuestion) {
        (self.request, self.question) = (request, question)
    }

    /// The answer to the question.
    ///
    /// - Parameters:
    ///   - served: what servers answer to a request.
    ///   - local: what folders answer.
    func result(
        served: (SearchRequest) throws -> SearchResult,
        local: (SearchRequest) throws -> SearchResult
    ) throws -> SearchResult {
        let end = request.offset.addingReportingOverflow(request.limit)
        let wanted = request.limit == 0 || end.overflow ? Int.max : end.partialValue
        var asking = asking
        asking.limit = wanted == .max ? 0 : wanted
        if request.joinsCopies, wanted < .max {
            asking.limit = max(Self.leastCompared, min(wanted, .max / 8) * 4)
        }
        while true {
            let answers = (try served(asking), try local(asking))
            var hits = inOrder(answers.0.hits + answers.1.hits, key: request.order.key(of:))
            // Before those that come later, hits may stand that neither side has given.
            if asking.limit > 0 { hits = Array(hits.prefix(asking.limit)) }
            let groups = joined(hits)
            let isEnough = groups.count >= wanted || asking.limit == 0 || hits.count < asking.limit
            if isEnough { return result(answers.0, answers.1, groups) }
            asking.limit *= 4
        }
    }

    /// What each side is asked: the whole beginning of the list, with reports by their best passages.
    private var asking: SearchRequest {
        var asking = request
        (asking.offset, asking.joinsCopies, asking.mayRelax) = (0, false, false)
        if asking.match != .phrase { asking.match = .all }
        (asking.wantsSuggestions, asking.wantsReasons) = (false, false)
        if request.reportsOnly {
            (asking.reportsOnly, asking.listedBy) = (false, .report)
            (asking.perReport, asking.context) = (nil, 0)
        }
        return asking
    }

    private func result(
        _ served: SearchResult, _ local: SearchResult, _ groups: [[SearchHit]]
    ) -> SearchResult {
        var hits = page(groups).map { group in
            var hit = group[0]
            hit.copies = group.dropFirst().map { copy in
                PassageCopy(report: copy.report, files: copy.files, lines: copy.passage.lines)
            }
            return hit
        }
        for index in hits.indices { hits[index].rank = request.offset + index + 1 }
        return SearchResult(
            isByReport: served.isByReport && !request.reportsOnly,
            total: served.total + local.total,
            totalReports: sum(served.totalReports, local.totalReports),
            exact: sum(served.exact, local.exact), relaxedTotal: nil, hits: hits,
            reports: reports(served.reports + local.reports),
            facets: zip(served.facets, local.facets).map { Facet($0, $1) },
            understood: question.understood, suggestions: [], reasons: [], explanation: nil,
            elapsed: served.elapsed + local.elapsed, partial: served.partial, mayAskForAny: false)
    }

    private func sum(_ one: Int?, _ other: Int?) -> Int? {
        guard let one, let other else { return nil }
        return one + other
    }

    /// The part of a list that is the page.
    private func page<Element>(_ all: [Element]) -> [Element] {
        let rest = all.dropFirst(request.offset)
        return Array(request.limit == 0 ? rest : rest.prefix(request.limit))
    }

    /// Reports in their order; where nothing else of them is wanted, without their best passages.
    private func reports(_ reports: [MatchingReport]) -> [MatchingReport] {
        var reports = page(inOrder(reports, key: request.order.key(of:)))
        for index in reports.indices {
            let rank = request.offset + index + 1
            reports[index].rank = request.reportsOnly ? 0 : rank
            reports[index].best?.rank = rank
            guard request.reportsOnly else { continue }
            (reports[index].best, reports[index].score) = (nil, 0)
        }
        return reports
    }

    /// What was found by its keys, then by what it weighs; of equals those of servers first.
    private func inOrder<Found: Weighed>(_ found: [Found], key: (Found) -> Double?) -> [Found] {
        let keys = found.map(key)
        return found.indices.sorted { one, other in
            if request.order.precedes(keys[one], keys[other]) { return true }
            if request.order.precedes(keys[other], keys[one]) { return false }
            return (found[other].score, one) < (found[one].score, other)
        }.map { found[$0] }
    }

    /// Hits, each with its copies behind it.
    private func joined(_ hits: [SearchHit]) -> [[SearchHit]] {
        guard request.joinsCopies else { return hits.map { [$0] } }
        var groups = CopyGroups<SearchHit>()
        for hit in hits.prefix(Searcher.mostCompared) {
            let text = UnfoldedText(folding: hit.passage.text)
            groups.add(hit, saying: PassagePrint(text.foldedScalars))
        }
        return groups.members + hits.dropFirst(Searcher.mostCompared).map { [$0] }
    }
}

/// Something that weighs.
private protocol Weighed {
    var score: Double { get }
}

extension SearchHit: Weighed {}

extension MatchingReport: Weighed {}

extension SortOrder {
    /// What a hit is sorted by before its weight; nil of one without it, and where weights sort.
    fileprivate func key(of hit: SearchHit) -> Double? {
        switch self {
        case .relevance: nil
        case .year: hit.report.year.map(Double.init)
        case .statistic(let statistic, _):
            hit.values.first { $0.statistic == statistic }.flatMap(\.value)
        }
    }
}
