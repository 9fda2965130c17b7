import Platform
import QueryLanguage
import ReportModel
import SegmentStore

/// Turns a resolved question into the query of one segment.
///
/// Text becomes posting lists and texts to be read. Conditions on reports are kept apart where they
/// stand beside it: they narrow down what is read when text is found often, and are judged of what
/// was found when it is rare.
struct QueryPlan {
    let segment: Segment
    let scoring: Scoring
    /// Whether unquoted text is wanted whole.
    let isExact: Bool
    /// Whether any of the texts is enough.
    var isLoose = false

    /// The most names that one field of a query may stand for.
    static let mostNames = 20_000
    /// Post-filter: if the text matches fewer than reportCount / 128 passages, test only their
    /// reports instead of all of them.
    private static let rareness = 128

    /// The passages that a term asks for; nil asks for all.
    func query(for term: ResolvedTerm?) throws -> PassageQuery {
        try query(Terms(term, segment))
    }

    /// The first passages that a term asks for, and how many there are.
    ///
    /// - Parameter countsReports: whether the reports that hold them are counted.
    func page(
        for term: ResolvedTerm?, limit: Int, order: PassageOrder, countsReports: Bool = false
    ) throws -> PassagePage {
        if term == nil, limit == 0, !segment.hasHidden {
            return PassagePage(
                total: segment.passageCount, hits: [],
                reportCount: countsReports ? segment.passageCounts.count { $0 > 0 } : nil)
        }
        let terms = try Terms(term, segment)
        guard !terms.conditions.isEmpty,
            try scoring.isRare(
                terms.others.compactMap(\.onlyText), isExact: isExact, in: segment,
                within: segment.reportCount / Self.rareness)
        else {
            return try segment.search(
                query(terms), limit: limit, order: order, countsReports: countsReports)
        }
        let found = try segment.search(
            query(terms.withoutConditions), limit: segment.passageCount, order: order)
        var reports: Set<Int> = []
        let hits = try found.hits.filter { hit in
            guard let report = segment.report(ofDocument: hit.id),
                try terms.conditions.allSatisfy({ try $0.holds(report) })
            else { return false }
            if countsReports { reports.insert(report) }
            return true
        }
        return PassagePage(
            total: hits.count, hits: Array(hits.prefix(limit)),
            reportCount: countsReports ? reports.count : nil)
    }

    private func query(_ terms: Terms) throws -> PassageQuery {
        var groups = try ReportCondition.reports(satisfying: terms.conditions)
        if segment.hasHidden {
            if groups == nil {
                groups = segment.visible
            } else {
                groups?.formIntersection(segment.visible)
            }
        }
        var parts = try terms.others.filter { !$0.isUnwanted }.map(query)
        if groups != nil || terms.sections != nil {
            parts.append(try .passages(ofReports: groups, inSections: terms.sections))
        }
        return try difference(.all(parts), terms.others)
    }

    /// What is wanted less what some terms exclude.
    private func difference(_ wanted: PassageQuery, _ terms: [ResolvedTerm]) throws -> PassageQuery
    {
        let unwanted = try terms.compactMap { term in
            if case .not(let inner) = term { try query(inner) } else { nil }
        }
        return unwanted.isEmpty ? wanted : try .difference(wanted, minus: .any(unwanted))
    }

    /// The terms of a question that are all required.
    struct Terms {
        /// Those on reports.
        var conditions: [ReportCondition] = []
        /// The sections in which passages are wanted; nil for any.
        var sections: Set<UInt8>?
        /// The others.
        var others: [ResolvedTerm] = []

        init(_ term: ResolvedTerm?, _ segment: Segment) throws {
            try add(term, segment)
        }

        private mutating func add(_ term: ResolvedTerm?, _ segment: Segment) throws {
            guard let term else { return }
            if case .all(let terms) = term {
                for term in terms { try add(term, segment) }
            } else if let condition = try term.condition(in: segment) {
                conditions.append(condition)
            } else if case .passages(let test) = term, case .section(let section) = test.kind {
                sections = sections?.intersection([section]) ?? [section]
            } else {
                others.append(term)
            }
        }

        var withoutConditions: Terms {
            var copy = self
            copy.conditions = []
            return copy
        }
    }

    private func query(_ term: ResolvedTerm) throws -> PassageQuery {
        switch term {
        case .text(let tree, let variants):
            if variants.isEmpty { return try text(tree) }
            return try .any(([tree] + variants).map(text))
        case .name(let name): return try self.name(name)
        case .parts(let terms, let whole): return try parts(terms, whole: whole)
        case .spelt(_, _, let term): return try query(term)
        case .reports(let test):
            return try .passages(ofReports: test.condition(segment).all())
        case .passages(let test): return try passages(test)
        case .all(let terms):
            return try difference(.all(terms.filter { !$0.isUnwanted }.map(query)), terms)
        case .any(let terms): return try .any(terms.map(query))
        case .not(let term): return try .difference(.everything(), minus: query(term))
        }
    }

    private func text(_ tree: QueryTree) throws -> PassageQuery {
        try scoring.match(for: tree, isExact: isExact, isLoose: isLoose, in: segment)
            .map { try PassageQuery.text($0) } ?? .nothing()
    }

    /// The passages of the reports that some words name, and those that hold the words.
    ///
    /// Only the head gives a weight, by its rarity among reports: preambles print the name too, and
    /// are no better for it.
    private func name(_ name: NamedReports) throws -> PassageQuery {
        let named = try PassageQuery.passages(
            ofReports: name.test.condition(segment).all(), weight: scoring.headWeight(of: name))
        return try .any([named] + name.texts.map { try scoring.weightless($0, in: segment) })
    }

    /// All parts of a run; what holds the run as it is comes first.
    private func parts(_ terms: [ResolvedTerm], whole: QueryTree) throws -> PassageQuery {
        let parts = try PassageQuery.all(terms.map(query))
        guard terms.contains(where: { $0.textTree != nil }),
            let whole = try scoring.whole(whole, in: segment)
        else { return parts }
        return try .any([parts, .text(whole)])
    }

    private func passages(_ test: PassageTest) throws -> PassageQuery {
        switch test.kind {
        case .section(let section): try .passages(in: segment.passages(inSection: section))
        case .heading(let prefix, let text): try names(prefix, text)
        case .length(let wanted):
            try .passages(in: segment.passages(whereLength: wanted.contains))
        }
    }

    /// The passages under a heading that holds the text.
    private func names(_ prefix: Schema.Prefix, _ wanted: [UInt8]) throws -> PassageQuery {
        guard !wanted.isEmpty else { return try .nothing() }
        let known = try segment.headings(prefix, limit: Self.mostNames)
        return try .passages(under: known.filter { $0.firstRange(of: wanted) != nil }, prefix)
    }
}

extension ResolvedTerm {
    /// Whether the term excludes what it holds.
    fileprivate var isUnwanted: Bool {
        if case .not = self { true } else { false }
    }

    /// The text that the term looks for; nil when it looks for something else.
    var textTree: QueryTree? {
        if case .text(let tree, _) = self { tree } else { nil }
    }

    /// The text that every passage of the term holds; nil when it may be another form of it.
    fileprivate var onlyText: QueryTree? {
        if case .text(let tree, let variants) = self, variants.isEmpty { tree } else { nil }
    }

    /// The condition that a term is when it asks for reports alone; nil when it asks for text or
    /// for what a passage has of its own.
    func condition(in segment: Segment) throws -> ReportCondition? {
        let count = segment.reportCount
        switch self {
        case .text, .name, .parts, .passages: return nil
        case .spelt(_, _, let term): return try term.condition(in: segment)
        case .reports(let test): return try test.condition(segment)
        case .all(let terms):
            return try Self.conditions(terms, segment).map { .all($0, count: count) }
        case .any(let terms):
            return try Self.conditions(terms, segment).map { .any($0, count: count) }
        case .not(let term): return try term.condition(in: segment)?.negated(count: count)
        }
    }

    private static func conditions(
        _ terms: [ResolvedTerm], _ segment: Segment
    ) throws -> [ReportCondition]? {
        var conditions: [ReportCondition] = []
        for term in terms {
            guard let condition = try term.condition(in: segment) else { return nil }
            conditions.append(condition)
        }
        return conditions
    }
}
