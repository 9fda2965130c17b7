public import QueryLanguage

/// What narrows a question beside its text: values of fields, any of one field's and all of the fields.
///
/// A value is one of its field and nothing else: no part of the query language but in `year` and
/// `where`.
public struct Filters: Sendable {
    /// Parts of agencies' names.
    public var agency: [String] = []
    /// Parts of the names of places.
    public var region: [String] = []
    /// Years: `2022`, `2020..2023`, or several with commas or spaces between.
    public var year: [String] = []
    /// Sections' numbers, or words of their headings.
    public var section: [String] = []
    /// Editions of the form.
    public var form: [String] = []
    /// Conditions such as `新收>=10`; all are required.
    public var `where`: [String] = []
    /// Levels of agencies.
    public var level: [String] = []
    /// Scopes of reports.
    public var scope: [String] = []
    /// Kinds of pages.
    public var kind: [String] = []

    /// No filters.
    public init() {}

    /// The fields whose values are looked for as they are.
    private var named: [(field: String, values: [String])] {
        [
            ("agency", agency), ("region", region), ("section", section), ("form", form),
            ("level", level), ("scope", scope), ("kind", kind),
        ]
    }

    /// Whether there are none.
    public var isEmpty: Bool {
        year.isEmpty && `where`.isEmpty && named.allSatisfy(\.values.isEmpty)
    }

    /// The filters as terms.
    ///
    /// - Parameter source: what the filter of a field is called where it was given: `--year`.
    /// - Throws: ``FilterProblem``, or `QuerySyntaxError` where a condition cannot be read.
    public func terms(from source: (_ field: String) -> String) throws -> [Question.Term] {
        var terms: [Question.Term] = []
        for (field, values) in named {
            if let empty = values.first(where: { $0.allSatisfy(\.isWhitespace) }) {
                throw FilterProblem(.noValue, source: source(field), value: empty)
            }
            let tree = Self.any(
                values.map { QueryTree(.field(QueryName(field), .text($0, isQuoted: true))) })
            if let tree { terms.append(Question.Term(tree, from: .flag(source(field), text: nil))) }
        }
        if let years = Self.any(try years(from: source)) {
            terms.append(
                Question.Term(
                    years, from: .flag(source("year"), text: year.joined(separator: ", "))))
        }
        return terms + (try `where`.map { try Self.condition($0, source: source("where")) })
    }

    /// The years, each as a term: one value holds one or several with commas or spaces between.
    ///
    /// - Throws: ``FilterProblem`` where a value is none.
    public func years(from source: (_ field: String) -> String) throws -> [QueryTree] {
        try year.flatMap { text in
            let parts = text.split { ",，、".contains($0) || $0.isWhitespace }
            let years = parts.compactMap { part -> QueryTree? in
                guard let tree = try? QueryTree.parse("year:" + part), case .field = tree.kind
                else { return nil }
                return tree
            }
            guard !parts.isEmpty, years.count == parts.count else {
                throw FilterProblem(.noYears, source: source("year"), value: text)
            }
            return years
        }
    }

    /// A value of `where`, which must be a condition: text is asked for in the query.
    private static func condition(_ text: String, source: String) throws -> Question.Term {
        guard let tree = try QueryTree.parse(text) else {
            throw FilterProblem(.noValue, source: source, value: text)
        }
        for leaf in tree.leaves {
            switch leaf.kind {
            case .run, .phrase, .prefix, .near:
                throw FilterProblem(
                    .noCondition(part: leaf.description), source: source, value: text)
            case .field, .comparison, .call, .and, .or, .not: continue
            }
        }
        return Question.Term(tree, from: .flag(source, text: text))
    }

    private static func any(_ trees: [QueryTree]) -> QueryTree? {
        trees.count > 1 ? QueryTree(.or(trees)) : trees.first
    }

    /// The same without years, forms, sections and conditions: which agencies should have reports.
    public var withoutYearsAndNumbers: Filters {
        var filters = self
        (filters.year, filters.form, filters.where, filters.section) = ([], [], [], [])
        return filters
    }

    /// The filters as terms of a query, as they were written.
    public var written: [String] {
        func any(_ terms: [String]) -> [String] {
            terms.count > 1 ? ["(" + terms.joined(separator: " OR ") + ")"] : terms
        }
        let quoted = named.flatMap { field, values in
            any(values.map { "\(field):\"\($0.filter { $0 != "\"" })\"" })
        }
        return quoted + any(year.map { "year:" + $0 }) + `where`.map { "(\($0))" }
    }
}

/// A filter's value that makes no sense.
public struct FilterProblem: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// It holds nothing to look for.
        case noValue
        /// It is no year.
        case noYears
        /// A part of it is text and no condition.
        case noCondition(part: String)
    }

    private let reason: Reason
    private let source: String
    private let value: String

    init(_ reason: Reason, source: String, value: String) {
        (self.reason, self.source, self.value) = (reason, source, value)
    }

    /// What is wrong and what to write, for a person.
    public func message(in language: QuerySyntaxError.Language) -> String {
        let (english, chinese) =
            switch reason {
            case .noValue:
                ("\(source) '\(value)' holds nothing to look for", "\(source) “\(value)”没有内容")
            case .noYears:
                (
                    "\(source) '\(value)' is no year; write 2022, 2020..2023, or several: '2021 2022'",
                    "\(source) “\(value)”不是年份；可写 2022、2020..2023，或几个年份：'2021 2022'"
                )
            case .noCondition(let part):
                (
                    "\(source) '\(value)': \(part) is text, not a condition; compare, as in "
                        + "'新收>=10', or ask for text in the query",
                    "\(source) “\(value)”：\(part) 是文字，不是条件；请写比较，如 '新收>=10'，文字请写在查询中"
                )
            }
        return language == .chinese ? chinese : english
    }
}
