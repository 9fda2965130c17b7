import IndexSchema
import QueryLanguage
import ReportModel
import Xapian

/// Turns a query tree into the query of one segment.
///
/// Text and the fields on passages become posting lists. Conditions on statistics, titles and files
/// are first judged over the reports, and become the ranges of those reports' passages.
struct QueryPlan {
    let segment: Segment
    let scoring: Scoring
    let reader: IndexReader
    /// Whether unquoted text is wanted whole.
    let isExact: Bool

    /// The most names that one field of a query may stand for.
    private static let mostNames = 20_000

    /// The passages that a tree asks for; nil asks for all.
    func query(for tree: QueryTree?) throws -> Query {
        var parts: [Query] = []
        if let tree { parts.append(try query(tree)) }
        parts.append(try .term(Schema.passageKind))
        if segment.isVisible.contains(false) {
            parts.append(try passages { segment.isVisible[$0] })
        }
        return try .all(parts)
    }

    private func query(_ tree: QueryTree) throws -> Query {
        switch tree.kind {
        case .run(let text): return try scoring.run(text, isExact: isExact)
        case .phrase(let text): return try scoring.phrase(text)
        case .prefix(let text): return try scoring.phrase(text)
        case .near(let texts, let distance): return try scoring.near(texts, distance: distance)
        case .field(let name, let value): return try field(name, value)
        case .comparison(let name, let comparison, let operand):
            return try self.comparison(name, comparison, operand)
        case .call(let name, let arguments): return try call(name, arguments)
        case .and(let terms): return try all(terms)
        case .or(let terms): return try .any(terms.map(query))
        case .not(let term): return try .difference(.everything(), minus: query(term))
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

    // MARK: Fields

    private func field(_ name: QueryName, _ value: QueryFieldValue) throws -> Query {
        guard let field = FieldName.named(name.text) else {
            if Statistic.named(scoring.analysis.folded(name.text)) != nil {
                throw SearchError(
                    .question, detail: "\(name.text) is a statistic, which is compared",
                    range: name.range, suggestion: "\(name.text)=…")
            }
            throw SearchError(
                .question,
                detail: "no field is called \(name.text); known are "
                    + FieldName.allCases.flatMap { $0.names.prefix(2) }.joined(separator: ", "),
                range: name.range,
                suggestion: scoring.analysis.nearest(
                    to: name.text, among: FieldName.allCases.flatMap(\.names)))
        }
        switch field {
        case .year: return try year(value, name)
        case .agency: return try names(.agency, try text(value, name))
        case .region: return try names(.region, try text(value, name))
        case .subsection: return try names(.subsection, try text(value, name))
        case .section: return try section(try text(value, name))
        case .form: return try form(try text(value, name), name)
        case .title:
            let folded = scoring.analysis.foldedUTF8(of: try text(value, name))
            let heads = try segment.allHeads()
            return try passages { report in
                guard let title = heads[report].title else { return false }
                return scoring.analysis.foldedUTF8(of: title).firstRange(of: folded) != nil
            }
        case .file:
            let pattern = GlobPattern(try text(value, name))
            let heads = try segment.allHeads()
            return try passages { report in
                try reader.paths(ofReport: heads[report].id).contains { pattern.matches($0) }
            }
        }
    }

    private func text(_ value: QueryFieldValue, _ name: QueryName) throws -> String {
        switch value {
        case .text(let text, _): return text
        case .range, .comparison:
            throw SearchError(
                .question, detail: "\(name.text) takes a word, not a range of numbers",
                range: name.range)
        }
    }

    /// Whether a value asks for what could not be told.
    private func isUnknown(_ text: String) -> Bool {
        ["unknown", "未知"].contains(scoring.analysis.folded(text))
    }

    /// The documents with a name that holds the text: exact names too.
    private func names(_ prefix: Schema.Prefix, _ text: String) throws -> Query {
        if isUnknown(text) { return try .term(Schema.term(prefix, "")) }
        let wanted = scoring.analysis.foldedUTF8(of: text)
        guard !wanted.isEmpty else { return try .nothing() }
        let known = try segment.database.terms(
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

    private func year(_ value: QueryFieldValue, _ name: QueryName) throws -> Query {
        let isWanted: (Double) -> Bool
        switch value {
        case .text(let text, _):
            if isUnknown(text) { return try .term(Schema.term(.year, "")) }
            let digits = scoring.analysis.folded(text)
            guard let year = Int(digits.hasSuffix("年") ? String(digits.dropLast()) : digits) else {
                throw SearchError(
                    .question, detail: "\(text) is not a year", range: name.range,
                    suggestion: "\(name.text):2022 or \(name.text):2020..2023")
            }
            return try .term(Schema.term(.year, String(year)))
        case .range(let range): isWanted = range.contains
        case .comparison(let comparison, let number):
            isWanted = { comparison.holds($0, number.value) }
        }
        let known = try segment.database.terms(
            withPrefix: Array(Schema.Prefix.year.rawValue.utf8), limit: Self.mostNames)
        return try anyTerm(
            known.elements.map(\.term).filter { term in
                Double(String(decoding: term.dropFirst(), as: UTF8.self)).map(isWanted) ?? false
            })
    }

    private func section(_ text: String) throws -> Query {
        let folded = scoring.analysis.folded(text)
        let chinese = ["一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7]
        if let number = Int(folded) ?? chinese[folded] {
            return try .term(Schema.term(.section, String(number)))
        }
        return try names(.heading, text)
    }

    private func form(_ text: String, _ name: QueryName) throws -> Query {
        let forms = [
            "2021": OfficialForm.form2021, "30号": .form2021, "2019": .form2019,
            "60号": .form2019, "none": .none, "无": .none,
        ]
        guard let form = forms[scoring.analysis.folded(text)] else {
            throw SearchError(
                .question, detail: "\(text) is not a form; there are 2021, 2019 and none",
                range: name.range)
        }
        return try .term(Schema.term(.form, form.rawValue))
    }

    // MARK: Statistics

    private func comparison(
        _ name: QueryName, _ comparison: QueryComparison, _ operand: QueryOperand
    ) throws -> Query {
        if FieldName.named(name.text) == .year {
            switch operand {
            case .number(let number): return try year(.comparison(comparison, number), name)
            case .range(let range): return try year(.range(range), name)
            case .name: break
            }
        }
        let left = try segment.values(of: Statistic.named(name))
        switch operand {
        case .number(let number):
            return try passages { left[$0].map { comparison.holds($0, number.value) } ?? false }
        case .range(let range):
            return try passages {
                left[$0].map { range.contains($0) == (comparison == .equal) } ?? false
            }
        case .name(let other):
            let right = try segment.values(of: Statistic.named(other))
            return try passages { report in
                guard let left = left[report], let right = right[report] else { return false }
                return comparison.holds(left, right)
            }
        }
    }

    private func call(_ name: QueryName, _ arguments: [QueryOperand]) throws -> Query {
        guard ["missing", "缺失"].contains(scoring.analysis.folded(name.text)) else {
            throw SearchError(
                .question, detail: "no call is known as \(name.text)", range: name.range,
                suggestion: "missing(新收)")
        }
        guard arguments.count == 1, case .name(let statistic) = arguments[0] else {
            throw SearchError(
                .question, detail: "missing takes one statistic", range: name.range,
                suggestion: "missing(新收)")
        }
        let values = try segment.values(of: Statistic.named(statistic))
        return try passages { values[$0] == nil }
    }

    /// The passages of the reports that a condition holds for.
    private func passages(where isWanted: (Int) throws -> Bool) throws -> Query {
        var ranges: [ClosedRange<UInt32>] = []
        for report in segment.reports.indices where try isWanted(report) {
            guard let range = segment.passages(ofReport: report) else { continue }
            ranges.append(range)
        }
        return try .documents(in: ranges)
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
