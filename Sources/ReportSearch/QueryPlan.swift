import GramIndex
import Platform
import QueryLanguage
import ReportModel
import SegmentStore

/// Turns a query tree into the query of one segment.
///
/// Text becomes posting lists and texts to be read. Conditions on reports are kept apart where they
/// stand beside it: they narrow down what is read when text is found often, and are judged of what
/// was found when it is rare.
struct QueryPlan {
    let segment: Segment
    let scoring: Scoring
    let reader: IndexReader
    /// Whether unquoted text is wanted whole.
    let isExact: Bool

    /// The most names that one field of a query may stand for.
    static let mostNames = 20_000
    /// Conditions are judged of the passages found when these are at most so many times fewer than
    /// the reports.
    private static let rareness = 128

    /// The passages that a tree asks for; nil asks for all.
    func query(for tree: QueryTree?) throws -> Query {
        try query(Terms(tree, self))
    }

    /// The first passages that a tree asks for, and how many there are.
    func page(for tree: QueryTree?, limit: Int, order: Order) throws -> Page {
        let terms = try Terms(tree, self)
        guard !terms.conditions.isEmpty,
            try scoring.isRare(
                terms.others, isExact: isExact, in: segment,
                within: segment.reportCount / Self.rareness)
        else {
            return try segment.index.search(query(terms), limit: limit, order: order)
        }
        let found = try segment.index.search(
            query(terms.withoutConditions), limit: Int(segment.index.documentCount), order: order
        )
        return try found.first(limit) { hit in
            guard let report = segment.report(ofDocument: hit.documentID) else { return false }
            return try terms.conditions.allSatisfy { try $0.holds(report) }
        }
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
        var wantedParts = try terms.others.filter { !$0.isUnwanted }.map(query)
        let unwanted = try terms.others.compactMap { term in
            if case .not(let inner) = term.kind { try query(inner) } else { nil }
        }
        if groups != nil || terms.sections != nil {
            wantedParts.append(try .documents(inGroups: groups, labels: terms.labels))
        }
        let wanted = try Query.all(wantedParts)
        return unwanted.isEmpty ? wanted : try .difference(wanted, minus: .any(unwanted))
    }

    /// The terms of a question that are all required.
    struct Terms {
        /// Those on reports.
        var conditions: [ReportCondition] = []
        /// The sections in which passages are wanted; nil for any.
        var sections: Set<UInt8>?
        /// The others.
        var others: [QueryTree] = []

        init(_ tree: QueryTree?, _ plan: QueryPlan) throws {
            try add(tree, plan)
        }

        private mutating func add(_ tree: QueryTree?, _ plan: QueryPlan) throws {
            guard let tree else { return }
            if case .and(let terms) = tree.kind {
                for term in terms { try add(term, plan) }
            } else if let condition = try plan.condition(tree) {
                conditions.append(condition)
            } else if let section = try plan.section(tree) {
                sections = sections?.intersection([section]) ?? [section]
            } else {
                others.append(tree)
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

    private func query(_ tree: QueryTree) throws -> Query {
        if let condition = try condition(tree) {
            return try .documents(inGroups: condition.all())
        }
        switch tree.kind {
        case .run, .phrase, .prefix, .near:
            return try scoring.match(for: tree, isExact: isExact, in: segment)
                .map { try Query.text($0.match) } ?? .nothing()
        case .field(let name, let value): return try field(name, value)
        case .and(let terms): return try all(terms)
        case .or(let terms): return try .any(terms.map(query))
        case .not(let term): return try .difference(.everything(), minus: query(term))
        case .comparison(let name, let comparison, let operand):
            guard let value = Self.value(comparison, operand) else { return try .nothing() }
            return try field(name, value)
        case .call: return try .nothing()
        }
    }

    /// All wanted terms, less the unwanted ones.
    private func all(_ terms: [QueryTree]) throws -> Query {
        var wanted: [Query] = []
        var unwanted: [Query] = []
        for term in terms {
            if case .not(let inner) = term.kind {
                unwanted.append(try query(inner))
            } else {
                wanted.append(try query(term))
            }
        }
        let base = wanted.isEmpty ? try Query.everything() : try Query.all(wanted)
        return unwanted.isEmpty ? base : try .difference(base, minus: .any(unwanted))
    }

    // MARK: Conditions on reports

    /// The condition that a tree is when it asks for reports alone; nil when it asks for text or
    /// for what a passage has of its own.
    func condition(_ tree: QueryTree) throws -> ReportCondition? {
        let count = segment.reportCount
        switch tree.kind {
        case .run, .phrase, .prefix, .near: return nil
        case .field(let name, let value): return try reportField(name, value)
        case .comparison(let name, let comparison, let operand):
            return try self.comparison(name, comparison, operand)
        case .call(let name, let arguments): return try call(name, arguments)
        case .and(let terms): return try conditions(terms).map { .all($0, count: count) }
        case .or(let terms): return try conditions(terms).map { .any($0, count: count) }
        case .not(let term): return try condition(term)?.negated(count: count)
        }
    }

    private func conditions(_ terms: [QueryTree]) throws -> [ReportCondition]? {
        var conditions: [ReportCondition] = []
        for term in terms {
            guard let condition = try condition(term) else { return nil }
            conditions.append(condition)
        }
        return conditions
    }

    // MARK: Fields

    private func known(_ name: QueryName) throws -> FieldName {
        guard let field = FieldName.named(name.text) else {
            if Statistic.named(scoring.analysis.folded(name.text)) != nil {
                throw SearchError(
                    question: "\(name.text) is a statistic, which is compared",
                    chinese: "\(name.text) 是统计项，要用比较", range: name.range,
                    suggestion: "\(name.text)=…")
            }
            let known = FieldName.allCases.flatMap { $0.names.prefix(2) }
            throw SearchError(
                question: "no field is called \(name.text); known are "
                    + known.joined(separator: ", "),
                chinese: "没有叫“\(name.text)”的字段；有 " + known.joined(separator: "、"),
                range: name.range,
                suggestion: scoring.analysis.nearest(
                    to: name.text, among: FieldName.allCases.flatMap(\.names)))
        }
        return field
    }

    /// A field of passages.
    private func field(_ name: QueryName, _ value: QueryFieldValue) throws -> Query {
        switch try known(name) {
        case .subsection: return try names(.subsection, try text(value, name))
        case .section:
            let text = try text(value, name)
            if let section = sectionNumber(text) {
                return try .documents(in: segment.passages(inSection: section))
            }
            return try names(.heading, text)
        case .length:
            return try .documents(in: segment.passages(whereLength: numbers(value, name)))
        default: return try .nothing()
        }
    }

    /// A field of reports; nil when it is one of passages.
    private func reportField(_ name: QueryName, _ value: QueryFieldValue) throws -> ReportCondition?
    {
        let count = segment.reportCount
        switch try known(name) {
        case .section, .subsection, .length: return nil
        case .level: return try level(try text(value, name), name)
        case .processingFee: return try processingFee(value, name)
        case .check: return try check(try text(value, name), name)
        case .year: return try year(value, name)
        case .agency: return named(segment.agencies, try text(value, name))
        case .region: return named(segment.regions, try text(value, name))
        case .form:
            let form = try form(try text(value, name), name)
            return ReportCondition(
                of: .column, holds: { segment.form(ofReport: $0) == form },
                all: { form.map(segment.reports(onForm:)) ?? BitSet(below: count) })
        case .title:
            let folded = scoring.analysis.foldedUTF8(of: try text(value, name))
            return ReportCondition(count: count) { report in
                guard let title = try segment.head(ofReport: report).title else { return false }
                return scoring.analysis.foldedUTF8(of: title).firstRange(of: folded) != nil
            }
        case .file:
            let written = try text(value, name)
            let pattern: GlobPattern
            do {
                pattern = try GlobPattern(written, anchor: .end)
            } catch {
                let message = error.message(flag: nil)
                throw SearchError(
                    question: message.english, chinese: message.chinese, range: name.range)
            }
            return ReportCondition(count: count) { report in
                let id = try segment.head(ofReport: report).id
                return try reader.paths(ofReport: id).contains { pattern.matches($0) }
            }
        }
    }

    func text(_ value: QueryFieldValue, _ name: QueryName) throws -> String {
        switch value {
        case .text(let text, _): return text
        case .range, .comparison:
            throw SearchError(
                question: "\(name.text) takes a word, not a range of numbers",
                chinese: "\(name.text) 的值是文字，不是数字范围", range: name.range)
        }
    }

    /// Whether a value asks for what could not be told.
    func isUnknown(_ text: String) -> Bool {
        ["unknown", "未知"].contains(scoring.analysis.folded(text))
    }

    /// The reports with a name that holds the text.
    private func named(_ column: NameColumn, _ text: String) -> ReportCondition {
        let count = segment.reportCount
        let wanted = isUnknown(text) ? [] : scoring.analysis.foldedUTF8(of: text)
        if wanted.isEmpty, !isUnknown(text) { return ReportCondition(count: count) { _ in false } }
        return ReportCondition(
            of: .column, isNarrow: true,
            holds: { report in
                column.group(ofReport: report).map { column.group($0, holds: wanted) } ?? false
            },
            all: { column.reports(holding: wanted) })
    }

    /// The passages under a heading that holds the text.
    private func names(_ prefix: Schema.Prefix, _ text: String) throws -> Query {
        let wanted = scoring.analysis.foldedUTF8(of: text)
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

    private func year(_ value: QueryFieldValue, _ name: QueryName) throws -> ReportCondition {
        let wanted: WantedNumbers
        switch value {
        case .text(let text, _):
            if isUnknown(text) {
                return ReportCondition(
                    of: .column, holds: { segment.year(ofReport: $0) == nil },
                    all: { segment.reportsOfUnknownYear })
            }
            let digits = scoring.analysis.folded(text)
            guard let year = Int(digits.hasSuffix("年") ? String(digits.dropLast()) : digits) else {
                throw SearchError(
                    question: "\(text) is not a year", chinese: "\(text) 不是年份",
                    range: name.range, suggestion: "\(name.text):2022 or \(name.text):2020..2023")
            }
            wanted = WantedNumbers(.equal, Double(year))
        case .range(let range): wanted = WantedNumbers(range)
        case .comparison(let comparison, let number):
            wanted = WantedNumbers(comparison, number.value)
        }
        return ReportCondition(
            of: .column,
            holds: { report in
                segment.year(ofReport: report).map { wanted.contains(Double($0)) } ?? false
            },
            all: { segment.reports(ofYears: wanted) })
    }

    /// The number of the section that a tree asks for; nil when it asks for something else.
    func section(_ tree: QueryTree) throws -> UInt8? {
        guard case .field(let name, let value) = tree.kind, try known(name) == .section else {
            return nil
        }
        return sectionNumber(try text(value, name))
    }

    private func sectionNumber(_ text: String) -> UInt8? {
        let folded = scoring.analysis.folded(text)
        let chinese: [String: UInt8] = [
            "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
        ]
        guard let number = Int(folded) else { return chinese[folded] }
        // A number beyond all sections is one that no passage has.
        return 0...7 ~= number ? UInt8(number) : 254
    }

    /// The number of a form in `OfficialForm.allCases`.
    private func form(_ text: String, _ name: QueryName) throws -> Int? {
        let forms = [
            "2021": OfficialForm.form2021, "30号": .form2021, "2019": .form2019,
            "60号": .form2019, "none": .none, "无": .none,
        ]
        guard let form = forms[scoring.analysis.folded(text)] else {
            throw SearchError(
                question: "\(text) is not a form; there are 2021, 2019 and none",
                chinese: "没有格式“\(text)”；有 2021、2019 和 none", range: name.range)
        }
        return OfficialForm.allCases.firstIndex(of: form)
    }

    // MARK: Statistics

    private func comparison(
        _ name: QueryName, _ comparison: QueryComparison, _ operand: QueryOperand
    ) throws -> ReportCondition? {
        if let field = FieldName.named(name.text), field.isNumber,
            let value = Self.value(comparison, operand)
        {
            return try reportField(name, value)
        }
        let left = try Statistic.named(name)
        try Self.requireShare(operand, of: left)
        switch operand {
        case .number(let number):
            return values(of: left, WantedNumbers(comparison, number.value))
        case .range(let range):
            return values(of: left, WantedNumbers(range, areOutside: comparison != .equal))
        case .name(let other):
            let right = try Statistic.named(other)
            return ReportCondition(
                of: .values,
                holds: { report in
                    guard let left = segment.value(of: left, inReport: report),
                        let right = segment.value(of: right, inReport: report)
                    else { return false }
                    return comparison.holds(left, right)
                },
                all: {
                    let left = segment.numbers(of: left)
                    let right = segment.numbers(of: right)
                    return BitSet(below: left.count) { report in
                        !left[report].isNaN && !right[report].isNaN
                            && comparison.holds(left[report], right[report])
                    }
                })
        }
    }

    /// What a field must hold to compare so; nil when it is compared with a name.
    private static func value(
        _ comparison: QueryComparison, _ operand: QueryOperand
    ) -> QueryFieldValue? {
        switch operand {
        case .number(let number): .comparison(comparison, number)
        case .range(let range): .range(range)
        case .name: nil
        }
    }

    /// The reports in which a statistic is known and its value is wanted.
    private func values(of statistic: Statistic, _ wanted: WantedNumbers) -> ReportCondition {
        ReportCondition(
            of: statistic.isCell ? .column : .values,
            holds: { segment.value(of: statistic, inReport: $0).map(wanted.contains) ?? false },
            all: { segment.reports(of: statistic, wanted) })
    }

    private func call(_ name: QueryName, _ arguments: [QueryOperand]) throws -> ReportCondition {
        guard ["missing", "缺失"].contains(scoring.analysis.folded(name.text)) else {
            throw SearchError(
                question: "no call is known as \(name.text)", chinese: "没有叫“\(name.text)”的函数",
                range: name.range, suggestion: "missing(新收)")
        }
        guard arguments.count == 1, case .name(let statistic) = arguments[0] else {
            throw SearchError(
                question: "missing takes one statistic", chinese: "missing 要一个统计项",
                range: name.range, suggestion: "missing(新收)")
        }
        let wanted = try Statistic.named(statistic)
        return ReportCondition(count: segment.reportCount) { report in
            segment.value(of: wanted, inReport: report) == nil
        }
    }
}

extension QueryTree {
    /// Whether the node excludes what it holds.
    fileprivate var isUnwanted: Bool {
        if case .not = kind { true } else { false }
    }
}

extension QueryComparison {
    /// Whether the comparison is true of two numbers.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
