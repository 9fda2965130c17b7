import GramIndex
public import QueryLanguage
public import ReportModel
import SegmentStore

/// How unquoted text is matched.
public enum MatchMode: String, Sendable, CaseIterable {
    /// All words; any of them when nothing holds all.
    case auto
    /// The exact text.
    case phrase
    /// All words.
    case all
    /// Any of the words.
    case any
}

/// What hits are sorted by.
public enum SortOrder: Sendable, Hashable {
    /// The weight of the text, highest first.
    case relevance
    /// The year of the report; reports without one come last.
    case year(descending: Bool)
    /// A statistic of the report; reports that do not have it come last.
    case statistic(Statistic, descending: Bool)

    /// The order that a name means: `relevance`, `year`, `新收`; a minus sign turns it round.
    ///
    /// - Throws: ``SearchError`` when no statistic has the name.
    public init(_ name: String) throws(SearchError) {
        let isDescending = name.hasPrefix("-")
        let field = isDescending ? String(name.dropFirst()) : name
        if field == "relevance" {
            self = .relevance
        } else if FieldName.named(field) == .year {
            self = .year(descending: isDescending)
        } else {
            self = .statistic(try Statistic.named(QueryName(field)), descending: isDescending)
        }
    }
}

/// A question to an index.
public struct SearchRequest: Sendable {
    /// What is asked; nil asks for every passage.
    public var tree: QueryTree?
    /// How unquoted text is matched.
    public var match = MatchMode.auto
    /// What hits are sorted by.
    public var order = SortOrder.relevance
    /// The most hits to return; 0 returns all.
    public var limit = 10
    /// How many hits to pass over.
    public var offset = 0
    /// Whether only the total is wanted.
    public var countOnly = false
    /// The most hits of one report; nil for any number.
    public var perReport: Int?
    /// How many passages before and after a hit are wanted.
    public var context = 0
    /// What all matching passages are counted by.
    public var facets: [FacetField] = []
    /// Whether the reports that hold the passages are wanted instead of hits.
    public var reportsOnly = false
    /// Whether passages that say the same become one hit.
    ///
    /// The total still counts every passage; ranks, the limit and the offset count joined hits.
    public var joinsCopies = false
    /// Whether the answer says what may have been meant when not all was found.
    public var wantsSuggestions = false
    /// Whether the answer says how it came about.
    public var wantsExplanation = false

    /// Makes a request for a tree with the defaults above.
    public init(_ tree: QueryTree?) {
        self.tree = tree
    }
}

/// One passage that answers a question.
public struct SearchHit: Sendable {
    /// The hit's place in the answer, from 1.
    public let rank: Int
    /// The weight of the text; 0 when the question has no text.
    public let score: Double
    /// The report that holds the passage.
    public let report: ReportHead
    /// The paths of the files with that report.
    public let files: [String]
    /// The passage.
    public let passage: Passage
    /// The passage's place in its report, from 1.
    public let ordinal: Int
    /// The heading of the passage's section as printed; nil when it has none.
    public let sectionTitle: String?
    /// The page or sheet that the passage stands on; nil where the file has none.
    public let place: DocumentPlace?
    /// What matched, as ranges of Unicode scalars of the passage's text, from 0.
    public let matches: [Range<Int>]
    /// The statistics that the question or the order named.
    public let values: [(statistic: Statistic, value: Double?)]
    /// The passages before it in its report, as many as were asked for.
    public let before: [Passage]
    /// The passages after it in its report, as many as were asked for.
    public let after: [Passage]
    /// Passages that say the same and were found too, when copies are joined; in their order.
    public var copies: [PassageCopy] = []
}

/// The answer to a question.
public struct SearchResult: Sendable {
    /// How many passages match, exactly.
    public let total: Int
    /// Whether nothing held all words, so that any of them was enough.
    public let isRelaxed: Bool
    /// The hits asked for.
    public let hits: [SearchHit]
    /// The reports asked for, the one with the best passage first.
    public let reports: [MatchingReport]
    /// All matching passages, counted by what was asked for.
    public let facets: [Facet]
    /// What may have been meant, when it was asked for and not all words or names were found.
    public let suggestions: [Suggestion]
    /// How the answer came about; nil when it was not asked for.
    public let explanation: Explanation?
    /// The time that the search took.
    public let elapsed: Duration
}

/// Answers questions from an index.
///
/// Not shared between tasks; make one for each.
public final class Searcher {
    let reader: IndexReader
    let analysis = TextAnalysis()
    let scoring: Scoring
    private let relaxing: Relaxing

    /// Makes a searcher of an index.
    public init(_ reader: IndexReader) throws {
        self.reader = reader
        scoring = Scoring(segments: reader.segments, analysis: analysis)
        relaxing = Relaxing(analysis: analysis)
    }

    /// The passages that answer a question.
    ///
    /// - Throws: ``SearchError`` when the question names what does not exist, or the index cannot
    ///   be read.
    public func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
        do {
            return try answer(request)
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(.damaged, path: reader.folder, detail: "\(error)")
        }
    }

    private func answer(_ request: SearchRequest) throws -> SearchResult {
        let start = ContinuousClock().now
        var request = request
        // Copies are told among more hits than are shown; asked for all hits, all are shown.
        let page = (offset: request.offset, limit: request.limit)
        let joinsCopies = request.joinsCopies && request.limit > 0 && !request.countOnly
        if joinsCopies { (request.offset, request.limit) = (0, Self.read(for: page)) }
        var tree = request.match == .any ? request.tree.map(relaxing.tree) : request.tree
        var isRelaxed = false
        var found = try request.match == .any ? findAny(tree, request) : find(tree, request)
        if found.total == 0, request.match == .auto, let whole = tree, try mayRelax(whole, request)
        {
            let loose = relaxing.tree(whole)
            let looseFound = try findAny(loose, request)
            if looseFound.total > 0 {
                (tree, found, isRelaxed) = (loose, looseFound, true)
            }
        }
        if joinsCopies { (request.offset, request.limit) = page }
        let groups =
            request.reportsOnly
            ? [] : try joinsCopies ? joined(found.hits, page) : found.hits.map { [$0] }
        let firsts = groups.compactMap(\.first)
        var hits = try hits(firsts, tree: tree, request)
        for (index, group) in groups.enumerated() where group.count > 1 {
            hits[index].copies = try group.dropFirst().map(copy)
        }
        let explanation =
            request.wantsExplanation
            ? try explanation(of: tree, request, hits: hits, added: firsts.map(\.added)) : nil
        let isLacking = found.total == 0 || isRelaxed
        let suggestions =
            request.wantsSuggestions && isLacking
            ? try Suggestions(reader: reader, scoring: scoring).suggestions(for: request.tree) : []
        return SearchResult(
            total: found.total, isRelaxed: isRelaxed, hits: hits,
            reports: request.reportsOnly ? try reports(found.hits, request) : [],
            facets: try facets(request.facets, of: tree, request),
            suggestions: suggestions, explanation: explanation,
            elapsed: ContinuousClock().now - start)
    }

    /// Whether fewer words could help: the tree has unquoted text, and it is not what the question
    /// excludes that left nothing over.
    private func mayRelax(_ tree: QueryTree, _ request: SearchRequest) throws -> Bool {
        guard relaxing.tree(tree) != tree else { return false }
        guard case .and(let terms) = tree.kind else { return true }
        let wanted = terms.filter { term in
            if case .not = term.kind { false } else { true }
        }
        guard wanted.count < terms.count else { return true }
        var counting = request
        counting.countOnly = true
        return try find(wanted.isEmpty ? nil : QueryTree(.and(wanted)), counting).total == 0
    }

    // MARK: Finding

    /// A document that was found.
    struct Found {
        /// The index of its segment.
        let segment: Int
        /// The document and its weight.
        let hit: Hit
        /// What ``Reranking`` adds to the weight.
        var added = 0.0

        var score: Double { hit.weight + added }
    }

    /// What a relaxed tree finds, the best of it ranked again by their texts.
    private func findAny(
        _ tree: QueryTree?, _ request: SearchRequest
    ) throws -> (total: Int, hits: [Found]) {
        guard request.order == .relevance, !request.countOnly, !request.reportsOnly,
            let asked = request.tree,
            let reranking = Reranking(relaxing.texts(in: asked), scoring: scoring)
        else { return try find(tree, request) }
        var wide = request
        wide.offset = 0
        wide.limit =
            request.limit == 0 ? 0 : max(Reranking.depth, request.offset + request.limit)
        var (total, hits) = try find(tree, wide)
        let best = hits.prefix(Reranking.depth)
        for (index, segment) in reader.segments.enumerated() {
            segment.prefetchTexts(best.filter { $0.segment == index }.map(\.hit.documentID))
        }
        let texts = try best.map { found in
            try reader.segments[found.segment].foldedScalars(ofPassage: found.hit.documentID)
        }
        for (index, added) in reranking.added(to: texts).enumerated() {
            hits[index].added = added
        }
        // Of equals the one found first stays first.
        let order = best.indices.sorted { one, other in
            (hits[other].score, one) < (hits[one].score, other)
        }
        hits.replaceSubrange(best.indices, with: order.map { hits[$0] })
        let rest = hits.dropFirst(request.offset)
        return (total, Array(request.limit == 0 ? rest : rest.prefix(request.limit)))
    }

    func find(
        _ tree: QueryTree?, _ request: SearchRequest
    ) throws -> (total: Int, hits: [Found]) {
        let wanted: Int? =
            request.countOnly
            ? 0
            : request.limit == 0 || request.reportsOnly ? nil : request.offset + request.limit
        let found =
            if let most = request.perReport, wanted != 0 {
                try few(most, of: tree, wanted: wanted, request)
            } else {
                try first(wanted, of: tree, request)
            }
        if request.reportsOnly { return found }
        let rest = found.hits.dropFirst(request.offset)
        return (found.total, Array(request.limit == 0 ? rest : rest.prefix(request.limit)))
    }

    /// The first documents that match; nil wants all.
    func first(
        _ wanted: Int?, of tree: QueryTree?, _ request: SearchRequest
    ) throws -> (total: Int, hits: [Found]) {
        var total = 0
        var found: [Found] = []
        for (index, segment) in reader.segments.enumerated() {
            let plan = QueryPlan(
                segment: segment, scoring: scoring, reader: reader,
                isExact: request.match == .phrase)
            let page = try plan.page(
                for: tree, limit: wanted ?? segment.index.documentCount,
                order: order(request.order, in: segment))
            total += page.totalCount
            found += page.hits.map { Found(segment: index, hit: $0) }
        }
        found.sort { Self.precedes($0, $1, request.order) }
        return (total, found)
    }

    /// A tree as a query of one segment.
    func query(
        for tree: QueryTree?, in segment: Segment, _ request: SearchRequest
    ) throws -> Query {
        try QueryPlan(
            segment: segment, scoring: scoring, reader: reader, isExact: request.match == .phrase
        ).query(for: tree)
    }

    private func order(_ order: SortOrder, in segment: Segment) throws -> Order {
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
        return (one.segment, one.hit.documentID) < (other.segment, other.hit.documentID)
    }

    // MARK: Copies

    /// How many hits are looked at for copies when a page of them is shown.
    private static func read(for page: (offset: Int, limit: Int)) -> Int {
        let wanted = page.offset.addingReportingOverflow(page.limit)
        return wanted.overflow ? .max : max(40, min(wanted.partialValue, .max / 8) * 4)
    }

    /// The hits of a page, each with its copies after it.
    private func joined(
        _ found: [Found], _ page: (offset: Int, limit: Int)
    ) throws -> [[Found]] {
        var groups: [(print: PassagePrint, members: [Found])] = []
        for hit in found {
            let print = PassagePrint(
                try reader.segments[hit.segment].foldedScalars(ofPassage: hit.hit.documentID))
            if let group = groups.firstIndex(where: { print.isCopy(of: $0.print) }) {
                groups[group].members.append(hit)
            } else {
                groups.append((print, [hit]))
            }
        }
        return groups.dropFirst(page.offset).prefix(page.limit).map(\.members)
    }

    private func copy(_ found: Found) throws -> PassageCopy {
        let stored = try reader.segments[found.segment].passage(found.hit.documentID)
        return PassageCopy(
            report: stored.entry.head, files: try reader.paths(ofReport: stored.entry.head.id),
            lines: stored.passage.lines)
    }

    // MARK: Hits

    /// How many hits are read at once.
    private static let batch = 16

    private func hits(
        _ found: [Found], tree: QueryTree?, _ request: SearchRequest
    ) throws -> [SearchHit] {
        let named = try statistics(in: tree, order: request.order)
        let highlighter = Highlighter(
            tree: tree, analysis: analysis, isExact: request.match == .phrase)
        var hits: [SearchHit] = []
        hits.reserveCapacity(found.count)
        for start in stride(from: 0, to: found.count, by: Self.batch) {
            let batch = found[start..<min(found.count, start + Self.batch)]
            let sources = try HitSources(of: batch, in: reader)
            for (found, source) in zip(batch, sources.ofHits) {
                hits.append(
                    try hit(
                        found, rank: request.offset + hits.count + 1, from: sources.sources[source],
                        highlighter, named, context: request.context))
            }
        }
        return hits
    }

    private func hit(
        _ found: Found, rank: Int, from source: HitSources.Source, _ highlighter: Highlighter,
        _ named: [Statistic], context: Int
    ) throws -> SearchHit {
        let segment = reader.segments[found.segment]
        let id = found.hit.documentID
        let (passage, text) = try segment.passage(id, in: source.entry)
        let context = try self.context(of: id, in: segment, report: source.report, context)
        return SearchHit(
            rank: rank, score: found.score, report: source.entry.head, files: source.files,
            passage: passage, ordinal: segment.ordinal(of: id, inReport: source.report),
            sectionTitle: source.entry.sectionTitle(of: passage),
            place: source.entry.places.place(ofLine: passage.lines.lowerBound),
            matches: highlighter.matches(in: text),
            values: named.map { ($0, segment.value(of: $0, inReport: source.report)) },
            before: context.before, after: context.after)
    }

    private func statistics(
        in tree: QueryTree?, order: SortOrder
    ) throws(SearchError) -> [Statistic] {
        var named: [Statistic] = []
        func add(_ name: QueryName) throws(SearchError) {
            if FieldName.named(name.text) != nil { return }
            let statistic = try Statistic.named(name)
            if !named.contains(statistic) { named.append(statistic) }
        }
        for leaf in tree?.leaves ?? [] {
            switch leaf.kind {
            case .comparison(let name, _, let operand):
                try add(name)
                if case .name(let other) = operand { try add(other) }
            case .call(_, let arguments):
                for case .name(let name) in arguments { try add(name) }
            default:
                break
            }
        }
        if case .statistic(let statistic, _) = order, !named.contains(statistic) {
            named.append(statistic)
        }
        return named
    }
}
