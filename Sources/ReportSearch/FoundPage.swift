import ReportModel
import SegmentStore

/// What was found for a page of an answer.
struct FoundPage {
    /// What holds all that was asked: how much there is, and the hits that were looked at.
    let strict: FoundDocuments
    /// The hits of the page, each with its copies behind it.
    let groups: [[Searcher.Found]]
    /// What was asked of them; nil asks for everything.
    let asked: ResolvedTerm?
    /// The hits behind them that hold only some of the words.
    var relaxed: [Searcher.Found] = []
    /// What was asked of those.
    var looser: ResolvedTerm?
    /// How many passages hold some of the words; nil when it was not looked for.
    var relaxedTotal: Int?
    /// Whether names of reports were words like others for those, since the reports hold none of the rest.
    var namesAreWords = false
}

/// Documents that were found.
struct FoundDocuments {
    /// How many there are.
    let total: Int
    /// How many reports hold them; nil when it was not asked for.
    let reports: Int?
    /// The first of them.
    let hits: [Searcher.Found]
}

extension Searcher {
    /// A document that was found.
    struct Found {
        /// The index of its segment.
        let segment: Int
        /// The passage and its weight.
        let hit: PassageHit
        /// What ``Reranking`` adds to the weight.
        var added = 0.0

        var score: Double { hit.weight + added }

        /// What tells the passage from all others.
        var key: SegmentKey { SegmentKey(segment: segment, number: Int(hit.id)) }
    }

    /// The page that answers a question.
    func page(of question: ResolvedQuestion, _ request: SearchRequest) throws -> FoundPage {
        if request.match == .any { return try anyPage(of: question.term, request) }
        let (strict, groups) = try joinedPage(request) { try self.find(question.term, $0) }
        var page = FoundPage(strict: strict, groups: groups, asked: question.term)
        let isList = request.isList
        let missing = request.limit == 0 ? Int.max : request.limit - groups.count
        // A list of all, and a sorted one, is filled up only when it is empty.
        let isFilledUp =
            strict.total == 0
            || request.limit > 0 && request.order == .relevance && missing > 0
        guard request.match == .auto, let term = question.term, isList || isFilledUp else {
            return page
        }
        if isList {
            // What is listed is never relaxed; when nothing is there, what would be is told.
            if request.wantsReasons, strict.total == 0, try canRelax(term, request, strict.total) {
                var counting = request
                counting.countOnly = true
                page.relaxedTotal = try find(relaxing.term(term), counting).total
            }
            return page
        }
        guard try canRelax(term, request, strict.total) else { return page }
        try fillUp(&page, missing: missing, term, request)
        return page
    }

    /// Adds hits with some of the words to a page that those with all do not fill.
    private func fillUp(
        _ page: inout FoundPage, missing: Int, _ term: ResolvedTerm, _ request: SearchRequest
    ) throws {
        // All hits of this page and those before it; they do not fill it.
        var all = (documents: page.strict, groups: page.groups)
        if request.offset > 0 {
            var whole = request
            (whole.offset, whole.limit) = (0, request.offset + request.limit)
            all = try joinedPage(whole) { try self.find(term, $0) }
        }
        let known = Set(
            all.documents.hits.map { DocumentKey(segment: $0.segment, id: $0.hit.id) })
        var wider = request
        wider.offset = 0
        wider.limit =
            request.limit == 0 ? 0 : request.offset + request.limit + known.count
        (wider.joinsCopies, wider.wantsCounts) = (false, false)
        let found = try any(of: term, wider)
        // A report that is listed for one passage is not listed for another.
        let reports =
            request.perReport == 1 ? Set(all.documents.hits.compactMap(reportKey(of:))) : []
        let rest = found.groups.compactMap(\.first).filter { found in
            !known.contains(DocumentKey(segment: found.segment, id: found.hit.id))
                && !(reportKey(of: found).map(reports.contains) ?? false)
        }
        page.relaxed = Array(
            rest.dropFirst(max(0, request.offset - all.groups.count)).prefix(missing))
        (page.looser, page.relaxedTotal) = (found.asked, found.documents.total)
        page.namesAreWords = found.namesAreWords && !page.relaxed.isEmpty
    }

    /// The report of a document that was found.
    private func reportKey(of found: Found) -> DocumentKey? {
        reader.segments[found.segment].report(ofDocument: found.hit.id).map {
            DocumentKey(segment: found.segment, id: UInt32($0))
        }
    }

    private struct DocumentKey: Hashable {
        let segment: Int
        let id: UInt32
    }

    /// Whether fewer words could help: the question has unquoted text of several words, and it is not
    /// what it excludes that left nothing over.
    private func canRelax(
        _ term: ResolvedTerm, _ request: SearchRequest, _ total: Int
    ) throws -> Bool {
        let texts = relaxing.looseTexts(in: term)
        guard !texts.isEmpty else { return false }
        let pieces = relaxing.pieces(of: texts)
        // Of one word nothing can be left out; of 押金是什么 what only asks can.
        if texts.count == 1, pieces.count < 2,
            pieces.allSatisfy({ $0 == relaxing.analysis.folded(texts[0]) })
        {
            return false
        }
        let wanted = term.required.filter { if case .not = $0 { false } else { true } }
        guard total == 0, wanted.count < term.required.count else { return true }
        var counting = request
        counting.countOnly = true
        return try find(ResolvedTerm.joined(wanted), counting).total == 0
    }

    // MARK: Any of the words

    /// Passages with any of the words, best first.
    private struct AnyFound {
        /// What was asked for them; nil asks for everything.
        let asked: ResolvedTerm?
        let documents: FoundDocuments
        /// The hits of the page, each with its copies behind it.
        let groups: [[Found]]
        /// Whether names of reports were words like others.
        var namesAreWords = false
    }

    /// The page of passages with any of the words.
    ///
    /// Where the reports that are named hold none of them, those that follow are not what was asked for:
    /// they are marked and not counted.
    private func anyPage(of term: ResolvedTerm?, _ request: SearchRequest) throws -> FoundPage {
        let found = try any(of: term, request, asksNamed: true)
        var page = FoundPage(
            strict: found.documents, groups: found.groups, asked: found.asked)
        guard let term, found.documents.total == 0, term.namesReports, !request.isList else {
            return page
        }
        var wider = request
        (wider.joinsCopies, wider.wantsCounts) = (false, false)
        let others = try anyWithoutNames(of: term, wider)
        guard !others.groups.isEmpty else { return page }
        page.relaxed = others.groups.compactMap(\.first)
        (page.looser, page.relaxedTotal) = (others.asked, others.documents.total)
        page.namesAreWords = true
        return page
    }

    /// What any of the words find.
    ///
    /// - Parameter asksNamed: whether only the reports that are named are asked, even where they hold
    ///   none of the words.
    private func any(
        of term: ResolvedTerm?, _ request: SearchRequest, asksNamed: Bool = false
    ) throws -> AnyFound {
        guard let term else {
            let (documents, groups) = try joinedPage(request) { try self.find(nil, $0) }
            return AnyFound(asked: nil, documents: documents, groups: groups)
        }
        let loose = relaxing.term(term)
        let (documents, groups) = try joinedPage(request) { try self.findAny(loose, of: term, $0) }
        if documents.total > 0 || asksNamed || !term.namesReports {
            return AnyFound(asked: loose, documents: documents, groups: groups)
        }
        return try anyWithoutNames(of: term, request)
    }

    /// The same where names are words like others.
    private func anyWithoutNames(
        of term: ResolvedTerm, _ request: SearchRequest
    ) throws -> AnyFound {
        let words = relaxing.withoutNames(term)
        let loose = relaxing.term(words)
        let (documents, groups) = try joinedPage(request) { try self.findAny(loose, of: words, $0) }
        return AnyFound(
            asked: loose, documents: documents, groups: groups, namesAreWords: true)
    }

    /// What a relaxed term finds, the best of it ranked again by their texts.
    private func findAny(
        _ loose: ResolvedTerm, of term: ResolvedTerm, _ request: SearchRequest
    ) throws -> FoundDocuments {
        guard request.order == .relevance, !request.countOnly, !request.reportsOnly,
            let reranking = Reranking(relaxing.texts(in: term), scoring: scoring)
        else { return try find(loose, request) }
        var wide = request
        wide.offset = 0
        wide.limit =
            request.limit == 0 ? 0 : max(Reranking.depth, request.offset + request.limit)
        wide.isLoose = true
        let found = try find(loose, wide)
        let best = found.hits.prefix(Reranking.depth)
        for (index, segment) in reader.segments.enumerated() {
            segment.prefetchTexts(best.filter { $0.segment == index }.map(\.hit.id))
        }
        let passages = best.map { found in
            (segment: reader.segments[found.segment], id: found.hit.id, weight: found.hit.weight)
        }
        let added = try reranking.added(to: passages)
        let scores = zip(best, added).map { $0.hit.weight + $1 }
        // Of equals the one found first stays first.
        let order = best.indices.sorted { one, other in
            (scores[other], one) < (scores[one], other)
        }
        let hits = order.map { index in
            Found(segment: best[index].segment, hit: best[index].hit, added: added[index])
        }
        let rest = (hits + found.hits.dropFirst(best.count)).dropFirst(request.offset)
        return FoundDocuments(
            total: found.total, reports: found.reports,
            hits: Array(request.limit == 0 ? rest : rest.prefix(request.limit)))
    }

    // MARK: All of the words

    /// The documents that a term finds, those of the page asked for among them.
    func find(_ term: ResolvedTerm?, _ request: SearchRequest) throws -> FoundDocuments {
        let wanted: Int? =
            request.countOnly
            ? 0
            : request.limit == 0 || request.reportsOnly ? nil : request.offset + request.limit
        let found =
            if let most = request.perReport, wanted != 0 {
                try few(most, of: term, wanted: wanted, request)
            } else {
                try first(wanted, of: term, request)
            }
        if request.reportsOnly { return found }
        let rest = found.hits.dropFirst(request.offset)
        return FoundDocuments(
            total: found.total, reports: found.reports,
            hits: Array(request.limit == 0 ? rest : rest.prefix(request.limit)))
    }

    /// The first documents that match; nil wants all.
    func first(
        _ wanted: Int?, of term: ResolvedTerm?, _ request: SearchRequest
    ) throws -> FoundDocuments {
        var total = 0
        var reports = 0
        var found: [Found] = []
        for (index, segment) in reader.segments.enumerated() {
            let plan = QueryPlan(
                segment: segment, scoring: scoring, isExact: request.match == .phrase,
                isLoose: request.isLoose)
            let page = try plan.page(
                for: term, limit: wanted ?? segment.passageCount,
                order: order(request.order, in: segment), countsReports: request.wantsCounts)
            total += page.total
            reports += page.reportCount ?? 0
            found += page.hits.map { Found(segment: index, hit: $0) }
        }
        // A segment gives its hits in order.
        if reader.segments.count > 1 { found.sort { Self.precedes($0, $1, request.order) } }
        return FoundDocuments(
            total: total, reports: request.wantsCounts ? reports : nil, hits: found)
    }

    /// A term as a query of one segment.
    func query(
        for term: ResolvedTerm?, in segment: Segment, _ request: SearchRequest
    ) throws -> PassageQuery {
        try QueryPlan(segment: segment, scoring: scoring, isExact: request.match == .phrase)
            .query(for: term)
    }

    private func order(_ order: SortOrder, in segment: Segment) throws -> PassageOrder {
        switch order {
        case .relevance: return .relevance
        case .year(let isDescending):
            let years = (0..<segment.reportCount).map {
                segment.year(ofReport: $0).map(Double.init) ?? .nan
            }
            return .keys(years, descending: isDescending)
        case .statistic(let statistic, let isDescending):
            return .keys(segment.numbers(of: statistic), descending: isDescending)
        }
    }

    /// The order of hits of several segments: as within one, ties by segment and document.
    private static func precedes(_ one: Found, _ other: Found, _ order: SortOrder) -> Bool {
        switch order {
        case .relevance: break
        case .year(let isDescending), .statistic(_, let isDescending):
            if one.hit.key != other.hit.key {
                guard let key = one.hit.key else { return false }
                guard let otherKey = other.hit.key else { return true }
                return isDescending ? key > otherKey : key < otherKey
            }
        }
        if one.hit.weight != other.hit.weight { return one.hit.weight > other.hit.weight }
        return (one.segment, one.hit.id) < (other.segment, other.hit.id)
    }

    // MARK: Copies

    /// How many hits are looked at for copies at most; what comes behind is shown as it is.
    static let mostCompared = 50_000

    /// The documents for a page, those that say the same together, so many that the page is full
    /// while there are hits.
    ///
    /// - Parameter find: what a request for a window of hits finds.
    private func joinedPage(
        _ request: SearchRequest, _ find: (SearchRequest) throws -> FoundDocuments
    ) throws -> (documents: FoundDocuments, groups: [[Found]]) {
        guard request.joinsCopies, !request.countOnly, !request.reportsOnly else {
            let found = try find(request)
            return (found, found.hits.map { [$0] })
        }
        if request.limit == 0 {
            var all = request
            all.offset = 0
            let found = try find(all)
            return (found, Array(try joined(found.hits).dropFirst(request.offset)))
        }
        let end = request.offset.addingReportingOverflow(request.limit)
        let wanted = end.overflow ? .max : end.partialValue
        var window = max(40, min(wanted, .max / 8) * 4)
        while true {
            var wide = request
            (wide.offset, wide.limit) = (0, window)
            let found = try find(wide)
            let groups = try joined(found.hits)
            let isAll = found.hits.count < window
            if groups.count >= wanted || isAll {
                return (
                    FoundDocuments(
                        total: found.total, reports: found.reports,
                        // Whoever fills the page up must know of all.
                        hits: found.hits),
                    groups.dropFirst(request.offset).prefix(request.limit).map { $0 }
                )
            }
            window *= 4
        }
    }

    /// Hits, each with its copies behind it.
    private func joined(_ found: [Found]) throws -> [[Found]] {
        var groups = CopyGroups<Found>()
        for hit in found.prefix(Self.mostCompared) {
            let print = PassagePrint(
                try reader.segments[hit.segment].foldedScalars(ofPassage: hit.hit.id))
            groups.add(hit, saying: print)
        }
        return groups.members + found.dropFirst(Self.mostCompared).map { [$0] }
    }

    func copy(_ found: Found) throws -> PassageCopy {
        let stored = try reader.segments[found.segment].passage(found.hit.id)
        return PassageCopy(
            report: stored.entry.head, files: try reader.paths(ofReport: stored.entry.head.id),
            lines: stored.passage.lines)
    }
}

extension SearchRequest {
    /// Whether all that is listed or counted must hold what was asked.
    fileprivate var isList: Bool { countOnly || reportsOnly || !facets.isEmpty || !mayRelax }
}

extension ResolvedTerm {
    /// Whether words in the term name reports.
    fileprivate var namesReports: Bool {
        wantedLeaves.contains { if case .name = $0 { true } else { false } }
    }
}
