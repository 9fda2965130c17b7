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

/// What an answer lists.
public enum ListedBy: String, Sendable, CaseIterable {
    /// Reports where the question asks for no passage, otherwise passages.
    case auto
    /// Passages.
    case passage
    /// Reports.
    case report
}

/// A question to an index, and what is wanted of its answer.
public struct SearchRequest: Sendable {
    /// What is asked; no terms ask for every passage.
    public var question: Question
    /// What is listed.
    public var listedBy = ListedBy.passage
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
    /// Whether passages with some of the words may follow when those with all do not fill the page.
    ///
    /// False where everything that is listed must hold what was asked. A count and facets are never
    /// relaxed, a list of all hits and a sorted one only when nothing holds all.
    public var mayRelax = true
    /// Whether any of the texts is enough, which sets long passages back less.
    var isLoose = false
    /// Whether reports are counted, and passages with the exact text.
    public var wantsCounts = false
    /// Whether the answer says what may have been meant when not all was found.
    public var wantsSuggestions = false
    /// Whether the answer says why nothing was found.
    public var wantsReasons = false
    /// Whether the answer says how it came about.
    public var wantsExplanation = false

    /// Makes a request for a question with the defaults above.
    public init(_ question: Question) { self.question = question }

    /// Makes a request for a tree with the defaults above; nil asks for every passage.
    public init(_ tree: QueryTree?) { question = Question(tree) }
}

/// One passage that answers a question.
public struct SearchHit: Sendable {
    /// The hit's position in the answer, from 1.
    public internal(set) var rank: Int
    /// The weight of the text; 0 when the question has no text.
    public let score: Double
    /// Whether the passage holds only some of the words.
    public let isRelaxed: Bool
    /// The report that holds the passage.
    public let report: ReportHead
    /// The paths of the files with that report.
    public let files: [String]
    /// The passage.
    public let passage: Passage
    /// The passage's number in its report, from 1.
    public let ordinal: Int
    /// The heading of the passage's section as printed; nil when it has none.
    public let sectionTitle: String?
    /// The page or sheet that the passage stands on; nil where the file has none.
    public let part: DocumentPart?
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
    /// Whether reports are listed instead of passages.
    public let isByReport: Bool
    /// How many passages match, exactly; those with only some of the words are never counted, unless
    /// the question asked for any.
    public let total: Int
    /// How many reports hold them, and where reports alone are asked for, how many answer, those without
    /// passages too; nil when it was not asked for.
    public let totalReports: Int?
    /// How many passages hold every text as it was typed; nil when it was not asked for.
    public let exact: Int?
    /// How many passages hold some of the words, when some of them are hits, or when they would be
    /// were it allowed; nil otherwise.
    public let relaxedTotal: Int?
    /// The hits asked for.
    public let hits: [SearchHit]
    /// The reports asked for, the one with the best passage first.
    public let reports: [MatchingReport]
    /// All matching passages, counted by what was asked for.
    public let facets: [Facet]
    /// How words of the question were read.
    public let understood: [UnderstoodWords]
    /// What may have been meant, when it was asked for and not all words or names were found.
    public let suggestions: [Suggestion]
    /// Why nothing was found: the terms without which something is; only when asked for.
    public let reasons: [EmptyingTerm]
    /// How the answer came about; nil when it was not asked for.
    public let explanation: Explanation?
    /// The time that the search took.
    public let elapsed: Duration
    /// How many hits at the end were not compared with those before, which may be copies of them.
    public var uncompared = 0
    /// How many servers gave a part of the answer; nil when it is whole.
    public var partial: PartialAnswer?
    /// Whether the question may be asked again for any of its words.
    public var mayAskForAny = true
    /// Whether words that name reports were looked for in texts like others, since the reports that they
    /// name hold none of the other words: relaxed hits are of any report then.
    public var namesAreWords = false

    /// Whether neither a passage nor a report was found.
    public var isEmpty: Bool {
        total == 0 && totalReports ?? 0 == 0 && hits.isEmpty && reports.isEmpty
    }

    /// Whether some hits hold only some of the words.
    public var isRelaxed: Bool {
        hits.contains(where: \.isRelaxed) || reports.contains { $0.best?.isRelaxed ?? false }
    }
}

/// Answers questions from an index.
///
/// Not shared between tasks; make one for each.
public final class Searcher {
    let reader: IndexReader
    let analysis = TextAnalysis()
    let scoring: Scoring
    let relaxing: Relaxing
    private var knownSources = RecentlyRead<HitSources.Source>(most: 512)
    private var knownPassages = RecentlyRead<ReadPassage>(most: mostKept)
    /// The passages that are kept, in characters; a longer one than the second is read each time.
    private static let (mostKept, longestKept) = (1_048_576, 2_048)
    /// What a passage and its report take beside its characters, as so many of them.
    private static let keptBeside = 512

    /// Makes a searcher of an index.
    ///
    /// - Parameter synonyms: the words that are looked for beside those that say the same, where any
    ///   word is enough.
    public init(_ reader: IndexReader, synonyms: Synonyms = .standard) throws {
        self.reader = reader
        scoring = Scoring(segments: reader.segments, analysis: analysis)
        relaxing = Relaxing(analysis: analysis, synonyms: synonyms)
    }

    /// Makes a searcher of an index whose passages weigh as if others were in it too.
    init(_ reader: IndexReader, beside elsewhere: any PassagesElsewhere) {
        self.reader = reader
        scoring = Scoring(segments: reader.segments, analysis: analysis, elsewhere: elsewhere)
        relaxing = Relaxing(analysis: analysis, synonyms: .standard)
    }

    /// The passages or reports that answer a question.
    ///
    /// - Throws: ``SearchError`` when the question names what does not exist, or the index cannot
    ///   be read.
    public func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
        try reader.reading { try answer(request) }
    }

    private func answer(_ request: SearchRequest) throws -> SearchResult {
        let question = try QuestionResolver(
            reader: reader, scoring: scoring, isExact: request.match == .phrase
        ).resolved(request.question, order: request.order)
        return try answer(request, question)
    }

    /// The answer to a question in which every name was looked up.
    func answer(_ request: SearchRequest, _ question: ResolvedQuestion) throws -> SearchResult {
        let start = ContinuousClock().now
        let isByReport = question.isByReport(request)
        var asking = request
        // The best passage of each report stands for it.
        if isByReport { (asking.perReport, asking.joinsCopies) = (1, false) }
        let bare = try bareReports(of: question.term)
        // Among those on the pages before they may stand too.
        if !bare.isEmpty, isByReport || request.reportsOnly {
            asking.limit = request.limit == 0 ? 0 : request.offset + request.limit
            asking.offset = 0
        }
        let page = try self.page(of: question, asking)
        let isListing = isByReport && !request.countOnly && !request.reportsOnly
        let hits = try hits(page, question, asking)
        var reports: [MatchingReport] = []
        if request.reportsOnly {
            reports = try self.reports(page.strict.hits, question.statistics, asking)
        }
        if isListing { reports = try listed(hits, page, question, asking) }
        if !bare.isEmpty, isListing || request.reportsOnly {
            reports = try merged(reports, bare, question, request)
        }
        let isLacking =
            page.strict.total == 0 && bare.isEmpty || !page.relaxed.isEmpty
        var result = SearchResult(
            isByReport: isByReport, total: page.strict.total,
            totalReports: page.strict.reports.map { $0 + bare.count },
            exact: request.wantsCounts ? try exact(question, request, page) : nil,
            relaxedTotal: page.relaxedTotal, hits: isListing ? [] : hits, reports: reports,
            facets: try facets(request.facets, of: page.asked, bare, request),
            understood: question.understood,
            suggestions: request.wantsSuggestions && isLacking
                ? try Suggestions(reader: reader, scoring: scoring).suggestions(for: question.term)
                : [],
            reasons: request.wantsReasons && page.strict.total == 0 && bare.isEmpty
                ? try reasons(for: question, request) : [],
            explanation: request.wantsExplanation
                ? try explanation(of: question, page, asking, hits: hits) : nil,
            elapsed: ContinuousClock().now - start)
        result.namesAreWords = page.namesAreWords
        if asking.joinsCopies, !asking.countOnly, !asking.reportsOnly {
            result.uncompared = max(0, page.strict.hits.count - Self.mostCompared)
        }
        return result
    }

    /// How many passages hold every text as it was typed.
    private func exact(
        _ question: ResolvedQuestion, _ request: SearchRequest, _ page: FoundPage
    ) throws -> Int {
        let texts = (question.term?.wantedTexts ?? []).filter { $0.run != nil }
        let hasWords =
            request.match != .phrase
            && texts.contains { analysis.words(of: $0.run ?? "").count > 1 }
        if !hasWords, request.match != .any || texts.isEmpty { return page.strict.total }
        if page.strict.total == 0 { return 0 }
        var counting = request
        (counting.match, counting.countOnly) = (.phrase, true)
        return try find(question.term, counting).total
    }

    // MARK: Hits

    /// How many hits are read at once.
    private static let batch = 16

    /// The hits of a page, their copies with them.
    private func hits(
        _ page: FoundPage, _ question: ResolvedQuestion, _ request: SearchRequest
    ) throws -> [SearchHit] {
        if request.reportsOnly { return [] }
        var hits = try self.hits(page.groups.compactMap(\.first), of: page.asked, question, request)
        if !page.relaxed.isEmpty {
            hits += try self.hits(
                page.relaxed, of: page.looser, question, request, after: hits.count)
        }
        for (index, group) in page.groups.enumerated() where group.count > 1 {
            hits[index].copies = try group.dropFirst().map(copy)
        }
        return hits
    }

    private func hits(
        _ found: [Found], of term: ResolvedTerm?, _ question: ResolvedQuestion,
        _ request: SearchRequest, after count: Int? = nil
    ) throws -> [SearchHit] {
        let highlighter = Highlighter(
            term?.wantedTexts ?? [], analysis: analysis, isExact: request.match == .phrase)
        var hits: [SearchHit] = []
        hits.reserveCapacity(found.count)
        for start in stride(from: 0, to: found.count, by: Self.batch) {
            let batch = found[start..<min(found.count, start + Self.batch)]
            for (found, read) in zip(batch, try read(batch)) {
                hits.append(
                    try hit(
                        found, rank: request.offset + (count ?? 0) + hits.count + 1,
                        from: read, highlighter, question.statistics,
                        context: request.context, isRelaxed: count != nil))
            }
        }
        return hits
    }

    /// A passage that a hit shows, with what it shows of the report around it.
    private struct ReadPassage {
        let source: HitSources.Source
        let passage: Passage
        let text: UnfoldedText
        let ordinal: Int
        let sectionTitle: String?
        let part: DocumentPart?
    }

    /// The passages of some hits, which should be no more than some twenty.
    private func read(_ found: ArraySlice<Found>) throws -> [ReadPassage] {
        var all = found.map { knownPassages[$0.key] }
        let unread = all.indices.filter { all[$0] == nil }
        guard !unread.isEmpty else { return all.compactMap(\.self) }
        let hits = unread.map { found[found.startIndex + $0] }
        let sources = try HitSources(of: hits[...], in: reader, known: &knownSources)
        for (index, (hit, source)) in zip(unread, zip(hits, sources.ofHits)) {
            all[index] = try read(hit, from: sources.sources[source])
        }
        return all.compactMap(\.self)
    }

    private func read(_ found: Found, from source: HitSources.Source) throws -> ReadPassage {
        let segment = reader.segments[found.segment]
        let (passage, text) = try segment.passage(found.hit.id, in: source.entry)
        let read = ReadPassage(
            source: source, passage: passage, text: text,
            ordinal: segment.ordinal(of: found.hit.id, inReport: source.report),
            sectionTitle: source.entry.sectionTitle(of: passage),
            part: source.parts.part(ofLine: passage.lines.lowerBound))
        let length = text.foldedScalars.count
        if source.isKept, length <= Self.longestKept {
            knownPassages.keep(read, for: found.key, size: length + Self.keptBeside)
        }
        return read
    }

    private func hit(
        _ found: Found, rank: Int, from read: ReadPassage, _ highlighter: Highlighter,
        _ named: [Statistic], context: Int, isRelaxed: Bool
    ) throws -> SearchHit {
        let segment = reader.segments[found.segment]
        let source = read.source
        let context = try self.context(
            of: found.hit.id, in: segment, report: source.report, context)
        return SearchHit(
            rank: rank, score: found.score, isRelaxed: isRelaxed, report: source.entry.head,
            files: source.files, passage: read.passage, ordinal: read.ordinal,
            sectionTitle: read.sectionTitle, part: read.part,
            matches: highlighter.matches(in: read.text),
            values: named.map { ($0, segment.value(of: $0, inReport: source.report)) },
            before: context.before, after: context.after)
    }
}

extension ResolvedQuestion {
    /// Whether its answer lists reports.
    func isByReport(_ request: SearchRequest) -> Bool {
        if request.perReport != nil || request.context > 0 || request.reportsOnly { return false }
        switch request.listedBy {
        case .passage: return false
        case .report: return true
        case .auto:
            return (term?.leaves ?? []).allSatisfy { leaf in
                switch leaf {
                case .reports, .name: true
                default: false
                }
            }
        }
    }
}
