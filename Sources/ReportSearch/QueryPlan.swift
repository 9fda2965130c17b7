import GramIndex
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
    func query(for term: ResolvedTerm?) throws -> Query {
        try query(Terms(term, segment))
    }

    /// The first passages that a term asks for, and how many there are.
    ///
    /// - Parameter countsReports: whether the reports that hold them are counted.
    func page(
        for term: ResolvedTerm?, limit: Int, order: Order, countsReports: Bool = false
    ) throws -> Page {
        let terms = try Terms(term, segment)
        guard !terms.conditions.isEmpty,
            try scoring.isRare(
                terms.others.compactMap(\.onlyText), isExact: isExact, in: segment,
                within: segment.reportCount / Self.rareness)
        else {
            return try segment.index.search(
                query(terms), limit: limit, order: order, countsGroups: countsReports)
        }
        let found = try segment.index.search(
            query(terms.withoutConditions), limit: Int(segment.index.documentCount), order: order
        )
        var reports: Set<Int> = []
        let page = try found.first(limit) { hit in
            guard let report = segment.report(ofDocument: hit.documentID),
                try terms.conditions.allSatisfy({ try $0.holds(report) })
            else { return false }
            if countsReports { reports.insert(report) }
            return true
        }
        return countsReports ? page.counting(groups: reports.count) : page
    }

    private func query(_ terms: Terms) throws -> Query {
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
            parts.append(try .documents(inGroups: groups, labels: terms.labels))
        }
        return try difference(.all(parts), terms.others)
    }

    /// What is wanted less what some terms exclude.
    private func difference(_ wanted: Query, _ terms: [ResolvedTerm]) throws -> Query {
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

        /// The labels of the passages that are wanted; nil for any.
        var labels: BitSet? {
            sections.map { sections in BitSet(below: 256) { sections.contains(UInt8($0)) } }
        }

        var withoutConditions: Terms {
            var copy = self
            copy.conditions = []
            return copy
        }
    }

    private func query(_ term: ResolvedTerm) throws -> Query {
        switch term {
        case .text(let tree, let variants):
            return try .any(([tree] + variants).map(text))
        case .name(let name): return try self.name(name)
        case .parts(let terms, let whole): return try parts(terms, whole: whole)
        case .spelt(_, _, let term): return try query(term)
        case .reports(let test):
            return try .documents(inGroups: test.condition(segment).all())
        case .passages(let test): return try passages(test)
        case .all(let terms):
            return try difference(.all(terms.filter { !$0.isUnwanted }.map(query)), terms)
        case .any(let terms): return try .any(terms.map(query))
        case .not(let term): return try .difference(.everything(), minus: query(term))
        }
    }

    private func text(_ tree: QueryTree) throws -> Query {
        try scoring.match(for: tree, isExact: isExact, isLoose: isLoose, in: segment)
            .map { try Query.text($0.match) } ?? .nothing()
    }

    /// The passages of the reports that some words name, and those that hold the words.
    ///
    /// Only the head gives a weight, by its rarity among reports: preambles print the name too, and
    /// are no better for it.
    private func name(_ name: NamedReports) throws -> Query {
        let named = try Query.documents(
            inGroups: name.test.condition(segment).all(), weight: scoring.headWeight(of: name))
        return try .any([named] + name.texts.map { try scoring.weightless($0, in: segment) })
    }

    /// All parts of a run; what holds the run as it is comes first.
    private func parts(_ terms: [ResolvedTerm], whole: QueryTree) throws -> Query {
        let parts = try Query.all(terms.map(query))
        guard terms.contains(where: { $0.textTree != nil }),
            let whole = try scoring.whole(whole, in: segment)
        else { return parts }
        return try .any([parts, .text(whole.match)])
    }

    private func passages(_ test: PassageTest) throws -> Query {
        switch test.kind {
        case .section(let section): try .documents(in: segment.passages(inSection: section))
        case .heading(let prefix, let text): try names(prefix, text)
        case .length(let wanted):
            try .documents(in: segment.passages(whereLength: wanted.contains))
        }
    }

    /// The passages under a heading that holds the text.
    private func names(_ prefix: Schema.Prefix, _ wanted: [UInt8]) throws -> Query {
        guard !wanted.isEmpty else { return try .nothing() }
        let known = try segment.index.terms(
            withPrefix: Array(prefix.rawValue.utf8), limit: Self.mostNames)
        return try anyTerm(
            known.elements.map(\.term).filter { $0.dropFirst().firstRange(of: wanted) != nil })
    }

    private func anyTerm(_ terms: [[UInt8]]) throws -> Query {
        guard !terms.isEmpty else { return try .nothing() }
        // A query node takes a bounded number of children, so many names make two levels.
        let most = Query.maximumChildren
        let groups = stride(from: 0, to: terms.count, by: most).map {
            Array(terms[$0..<min($0 + most, terms.count)])
        }
        return try .any(groups.map { try .any($0.map { try .term($0) }) })
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
        case .text, .name, .parts, .spelt, .passages: return nil
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
