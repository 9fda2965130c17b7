public import PlainXapian
import QueryLanguage
import ReportModel
import SegmentStore

/// Answers questions from servers of plain databases, and from index folders together with them, as
/// ``Searcher`` does from an index.
///
/// What a plain database cannot answer is an error that names it. Words are all required: nothing is
/// relaxed.
public final class ServerSearcher {
    private let addresses: [ServerAddress]
    /// The index that is asked together with the servers; nil for none.
    private let index: IndexReader?
    private let timeout: Duration
    private let mayMiss: Bool
    private(set) var servers: Connection {
        didSet { (names, knownFolders, knownScoring) = (nil, nil, nil) }
    }
    private var names: ServerNames?
    private var knownFolders: FoldersBeside?
    private var knownScoring: Scoring?
    let analysis = TextAnalysis()

    /// The servers, open: a class, since what is open is not copied.
    final class Connection: PassagesElsewhere {
        let open: PlainServers
        private var frequencies: [[UInt8]: Int] = [:]

        init(_ open: consuming PlainServers) { self.open = open }

        var passageCount: Int { open.passageCount }
        var totalLength: Double { open.totalLength }

        func frequency(of gram: [UInt8], isBeginning: Bool) throws -> Int {
            if isBeginning { return try open.frequency(ofBeginning: gram) }
            // Of one character an index has a term where a row of them ends, and beginnings.
            let isAlone = String(decoding: gram, as: UTF8.self).unicodeScalars.count == 1
            return try isAlone ? open.frequency(ofEnd: gram) : frequency(ofTerm: gram)
        }

        /// How many passages have a character, or two side by side.
        func frequency(ofTerm term: [UInt8]) throws -> Int {
            if let known = frequencies[term] { return known }
            let frequency = try open.frequency(ofTerm: term)
            frequencies[term] = frequency
            return frequency
        }
    }

    /// Connects to servers.
    ///
    /// - Parameters:
    ///   - addresses: the servers, at least one.
    ///   - index: an index that is asked together with them; nil for none.
    ///   - timeout: how long an answer of one may take, and until when a question goes on asking.
    ///   - mayMiss: whether those that do not answer are left out, as long as one does.
    public init(
        _ addresses: [ServerAddress], beside index: IndexReader? = nil, timeout: Duration,
        mayMiss: Bool
    ) throws(SearchError) {
        self.addresses = addresses
        self.index = index
        self.timeout = timeout
        self.mayMiss = mayMiss
        do throws(ServerError) {
            servers = Connection(
                try PlainServers(addresses, timeout: timeout, mayMiss: mayMiss))
        } catch {
            throw SearchError(error)
        }
    }

    /// The passages or reports that answer a question.
    ///
    /// - Throws: ``SearchError`` when the question names what does not exist or cannot be asked of
    ///   servers, or one of them does not answer.
    public func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
        try asking { try answer(request) }
    }

    /// What servers are asked by `body`: it is asked again when one of them may be left out.
    func asking<Result>(_ body: () throws -> Result) throws(SearchError) -> Result {
        do {
            servers.open.begin(within: timeout)
            do {
                return try body()
            } catch let error as ServerError where mayMiss && error.reason != .otherSchema {
                // Who does not answer any more is found by connecting anew, once.
                servers = Connection(try PlainServers(addresses, timeout: timeout, mayMiss: true))
                servers.open.begin(within: timeout)
                return try body()
            }
        } catch let error as SearchError {
            throw error
        } catch let error as ServerError {
            throw SearchError(error)
        } catch {
            throw SearchError(.server, path: servers.open.name, detail: "\(error)")
        }
    }

    private func answer(_ request: SearchRequest) throws -> SearchResult {
        try requireNoNames(in: request)
        let question = try resolved(request)
        let plan = try ServerPlan(question.term, isExact: request.match == .phrase)
        try requireAnswerable(request, question, plan)
        guard let folders = try folders() else {
            let result = try served(request, question, plan)
            try requireNoPinyin(in: request, result.total)
            return result
        }
        let result = try JoinedAnswers(request, question).result {
            try served($0, question, plan)
        } local: {
            try folders.searcher.answer($0, question)
        }
        try requireNoPinyin(in: request, result.total)
        return result
    }

    /// The index that is asked together with the servers, without what they have; nil for none.
    func folders() throws -> FoldersBeside? {
        guard let index else { return nil }
        if let knownFolders { return knownFolders }
        let folders = try FoldersBeside(
            index, sharing: try reports(alsoIn: index), beside: servers)
        knownFolders = folders
        return folders
    }

    /// What passages weigh, those of folders too.
    private func scoring() throws -> Scoring {
        if let folders = try folders() { return folders.searcher.scoring }
        if let knownScoring { return knownScoring }
        let scoring = Scoring(segments: [], analysis: analysis, elsewhere: servers)
        knownScoring = scoring
        return scoring
    }

    /// What servers answer.
    private func served(
        _ request: SearchRequest, _ question: ResolvedQuestion, _ plan: ServerPlan
    ) throws -> SearchResult {
        let start = ContinuousClock().now
        let isByReport = question.isByReport(request)
        let counts = try count(plan, request, isByReport: isByReport)
        let isListing = !request.countOnly && counts.total > 0
        // The best passage of each report stands for it.
        let isOfReports = isByReport || request.reportsOnly
        let found =
            !isListing
            ? []
            : isOfReports && plan.hasTexts
                ? try bestOfReports(
                    of: plan, question, request, reports: counts.reports?.count ?? 0)
                : try hits(
                    of: plan, question, request,
                    isByReport: isOfReports || request.perReport != nil)
        let page =
            isOfReports ? found.dropFirst(request.offset).map { [$0] } : joined(found, request)
        let numbers = found.isEmpty ? [] : question.statistics
        let neighbours = try neighbours(of: page.map { $0[0].stored }, request.context)
        let shown = try page.enumerated().map { index, group in
            try hit(group, rank: request.offset + index + 1, question, numbers, request, neighbours)
        }
        return SearchResult(
            isByReport: isByReport, total: counts.total,
            totalReports: request.wantsCounts || isByReport ? counts.reports?.count : nil,
            exact: request.wantsCounts ? try exact(question, request, counts.total) : nil,
            relaxedTotal: nil, hits: isOfReports ? [] : shown,
            reports: isOfReports
                ? shown.map { hit in
                    report(
                        hit, counts, isBest: plan.hasTexts && isByReport,
                        isList: request.reportsOnly)
                } : [],
            facets: try facets(request.facets, counts), understood: question.understood,
            suggestions: [], reasons: [], explanation: nil,
            elapsed: ContinuousClock().now - start, partial: partial, mayAskForAny: false)
    }

    /// How many of the servers answered; nil when all did.
    private var partial: PartialAnswer? {
        let missing = servers.open.missing
        return missing.isEmpty
            ? nil
            : PartialAnswer(
                answered: servers.open.serverCount - missing.count, of: servers.open.serverCount,
                missing: missing.map(SearchError.init))
    }

    // MARK: The question

    func resolved(_ request: SearchRequest) throws -> ResolvedQuestion {
        try QuestionResolver(
            reader: IndexReader(ofServers: servers.open.name),
            scoring: Scoring(segments: [], analysis: analysis), isExact: request.match == .phrase
        ).resolved(request.question, order: request.order)
    }

    /// Refuses unquoted words that an index would look for in the heads of reports.
    private func requireNoNames(in request: SearchRequest) throws {
        guard request.match != .phrase else { return }
        for term in request.question.terms {
            for leaf in term.tree.leaves {
                guard let run = leaf.run else { continue }
                if names == nil { names = try ServerNames(servers.open, beside: index) }
                guard let words = names?.words(naming: run) else { continue }
                var error = SearchError.namesReports(words, leaf.range)
                error.source = term.source
                throw error
            }
        }
    }

    private func requireNoPinyin(in request: SearchRequest, _ total: Int) throws {
        guard total == 0, request.match != .phrase else { return }
        for term in request.question.terms {
            let letters = term.tree.leaves.first { $0.run.map(PinyinReading.mayBe) ?? false }
            if let letters {
                throw SearchError.notOnServers("pinyin (\(letters))", range: letters.range)
            }
        }
    }

    private func requireAnswerable(
        _ request: SearchRequest, _ question: ResolvedQuestion, _ plan: ServerPlan
    ) throws {
        func refuse(_ what: String) -> SearchError { .notOnServers(what) }
        if request.match == .any { throw refuse("--match any") }
        if request.wantsExplanation { throw refuse("--explain") }
        if let perReport = request.perReport, perReport != 1 || plan.hasTexts {
            throw refuse("--per-report \(perReport)")
        }
        if case .statistic(let statistic, _) = request.order,
            PlainSchema.slot(of: statistic) == nil
        {
            throw refuse("--sort \(statistic.names.first ?? statistic.key)")
        }
        if let term = question.term, plan.hasTexts, term.mixesTextsInAlternatives,
            !request.countOnly
        {
            throw refuse("OR between texts with fields")
        }
    }

    // MARK: Counts

    /// How much there is of what was asked.
    struct Counts {
        let total: Int
        /// The reports, with how many passages each has; nil when not asked for.
        var reports: [String: Int]?
        /// Reports with who and what they are.
        var heads: [PlainServers.CountedReport] = []
        /// Sections and reports.
        var sections: [PlainServers.CountedReport] = []
    }

    private func count(
        _ plan: ServerPlan, _ request: SearchRequest, isByReport: Bool
    ) throws -> Counts {
        var asking = PlainServers.Request(plan.query)
        if request.wantsCounts || isByReport || request.reportsOnly {
            asking.counted.append(.reports)
        }
        if request.facets.contains(where: { $0 != .section }) { asking.counted.append(.heads) }
        if request.facets.contains(.section) { asking.counted.append(.sections) }
        let page = try servers.open.search(asking)
        var counts = Counts(total: page.total)
        for (counted, found) in zip(asking.counted, page.counts) {
            switch counted {
            case .reports:
                counts.reports = Dictionary(
                    found.map { ($0.parts[0], $0.passages) }, uniquingKeysWith: +)
            case .heads: counts.heads = found
            case .sections: counts.sections = found
            }
        }
        return counts
    }

    /// How many passages hold every text as it was typed.
    private func exact(
        _ question: ResolvedQuestion, _ request: SearchRequest, _ total: Int
    ) throws -> Int {
        let hasWords =
            request.match != .phrase
            && (question.term?.wantedTexts ?? []).contains {
                $0.run.map { analysis.words(of: $0).count > 1 } ?? false
            }
        guard hasWords, total > 0 else { return total }
        let exact = try ServerPlan(question.term, isExact: true)
        return try servers.open.search(PlainServers.Request(exact.query)).total
    }

    private func facets(_ fields: [FacetField], _ counts: Counts) throws -> [Facet] {
        try fields.map { field in
            if field == .section { return Self.sectionFacet(counts.sections) }
            let values = try counts.heads.map { counted in
                guard counted.parts.count == 7 else {
                    throw ServerError.oddValues(servers.open.name)
                }
                return counted.value(field)
            }
            return Facet(
                field: field,
                counts: FacetColumn(values).counts(
                    of: counts.heads.enumerated().map {
                        ReportMatch(index: $0, passages: $1.passages)
                    }
                ) { $0 })
        }
    }

    private static func sectionFacet(_ counted: [PlainServers.CountedReport]) -> Facet {
        Facet(
            sections: (0...7).map { section in
                let those = counted.filter { $0.parts[0].hasPrefix(String(section)) }
                return (those.reduce(0) { $0 + $1.passages }, those.count)
            })
    }

    // MARK: Hits

    private func hits(
        of plan: ServerPlan, _ question: ResolvedQuestion, _ request: SearchRequest,
        isByReport: Bool
    ) throws -> [ServerHit] {
        var ranking = ServerRanking(
            plan, request, statistics: question.statistics, isByReport: isByReport)
        if plan.hasTexts {
            ranking.weights = try plan.weights(
                scoring(), frequency: servers.frequency(ofTerm:))
        }
        return try ranking.hits { try self.servers.open.search($0) }
    }

    /// The best passage of each report, up to the end of the page.
    ///
    /// Which is the best only the order of passages tells: so many are read that they are of enough
    /// reports.
    private func bestOfReports(
        of plan: ServerPlan, _ question: ResolvedQuestion, _ request: SearchRequest, reports: Int
    ) throws -> [ServerHit] {
        let end = request.offset.addingReportingOverflow(request.limit)
        let wanted =
            request.limit == 0 || end.overflow ? reports : min(reports, end.partialValue)
        var asking = request
        (asking.offset, asking.joinsCopies) = (0, false)
        asking.limit = max(1, min(wanted, ServerRanking.mostRead)) * 2
        while true {
            let found = try hits(of: plan, question, asking, isByReport: false)
            var known: Set<String> = []
            let best = found.filter { known.insert($0.stored.head.id).inserted }
            if best.count >= wanted { return Array(best.prefix(wanted)) }
            guard found.count >= asking.limit else {
                throw ServerError.oddValues(servers.open.name)
            }
            guard asking.limit < 2 * ServerRanking.mostRead else {
                throw SearchError.tooManyToRank(wanted)
            }
            asking.limit *= 4
        }
    }

    /// The passages beside some in their reports, by the reports' ids and their numbers there.
    private func neighbours(
        of passages: [PlainPassage], _ context: Int
    ) throws -> [String: [Int: Passage]] {
        guard context > 0, !passages.isEmpty else { return [:] }
        let reach = min(context, ServerRanking.mostRead)
        var wanted: Set<PassageKey> = []
        for passage in passages {
            let last = min(passage.head.passageCount, passage.number + reach)
            for number in max(1, passage.number - reach)...last where number != passage.number {
                wanted.insert(PassageKey(sha256: passage.head.sha256, number: number))
            }
            guard wanted.count <= ServerRanking.mostRead else {
                throw SearchError.notOnServers("--context \(context)")
            }
        }
        guard !wanted.isEmpty else { return [:] }
        var request = PlainServers.Request(
            .any(wanted.map { .reports(.content, "\($0.sha256)/\($0.number)") }))
        request.limit = wanted.count
        var found: [String: [Int: Passage]] = [:]
        for hit in try servers.open.search(request).hits {
            found[hit.passage.head.id, default: [:]][hit.passage.number] = hit.passage.passage
        }
        return found
    }

    /// What tells a passage from all others.
    private struct PassageKey: Hashable {
        let sha256: String
        let number: Int
    }

    /// The hits of the page, those that say the same together.
    private func joined(_ found: [ServerHit], _ request: SearchRequest) -> [[ServerHit]] {
        guard request.joinsCopies else {
            return found.dropFirst(request.offset).map { [$0] }
        }
        var groups = CopyGroups<ServerHit>()
        for hit in found { groups.add(hit, saying: PassagePrint(hit.text.foldedScalars)) }
        let rest = groups.members.dropFirst(request.offset)
        return Array(request.limit == 0 ? rest : rest.prefix(request.limit))
    }

    private func hit(
        _ group: [ServerHit], rank: Int, _ question: ResolvedQuestion, _ named: [Statistic],
        _ request: SearchRequest, _ neighbours: [String: [Int: Passage]]
    ) throws -> SearchHit {
        let stored = group[0].stored
        let beside = neighbours[stored.head.id, default: [:]].sorted { $0.key < $1.key }
        func passages(_ isWanted: (Int) -> Bool) -> [Passage] {
            beside.filter { abs($0.key - stored.number) <= request.context && isWanted($0.key) }
                .map(\.value)
        }
        let highlighter = Highlighter(
            question.term?.wantedTexts ?? [], analysis: analysis,
            isExact: request.match == .phrase)
        var hit = SearchHit(
            rank: rank, score: group[0].score, isRelaxed: false, report: stored.head,
            files: try files(of: stored), passage: stored.passage, ordinal: stored.number,
            sectionTitle: stored.sectionTitle, part: stored.part,
            matches: highlighter.matches(in: group[0].text),
            values: named.map { ($0, group[0].value(of: $0)) },
            before: passages { $0 < stored.number }, after: passages { $0 > stored.number })
        hit.copies = try group.dropFirst().map { copy in
            PassageCopy(
                report: copy.stored.head, files: try files(of: copy.stored),
                lines: copy.stored.passage.lines)
        }
        return hit
    }

    private func files(of stored: PlainPassage) throws -> [String] {
        try folders()?.files(ofReport: stored.head, stored.files) ?? stored.files
    }

    private func report(_ hit: SearchHit, _ counts: Counts, isBest: Bool, isList: Bool)
        -> MatchingReport
    {
        MatchingReport(
            head: hit.report, files: hit.files, passages: counts.reports?[hit.report.id] ?? 0,
            rank: isList ? 0 : hit.rank, score: isBest ? hit.score : 0, best: isBest ? hit : nil,
            values: hit.values)
    }
}

/// An answer of which some servers gave no part.
public struct PartialAnswer: Sendable {
    /// How many servers answered.
    public let answered: Int
    /// How many were asked.
    public let of: Int
    /// Why the others did not.
    public let missing: [SearchError]
}

extension PlainServers.CountedReport {
    /// A value of the report that it is counted by; nil where it is not known.
    fileprivate func value(_ field: FacetField) -> String? {
        func part(_ index: Int) -> String? { parts[index].isEmpty ? nil : parts[index] }
        switch field {
        case .agency: return part(1)
        case .province: return part(2)
        case .city: return part(3)
        case .county: return part(4)
        case .region:
            let names = (2...4).compactMap(part)
            return names.isEmpty ? nil : names.joined(separator: " ")
        case .year: return part(5)
        case .form: return part(6)
        case .section: return nil
        }
    }
}
