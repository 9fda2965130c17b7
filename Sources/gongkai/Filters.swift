import ArgumentParser
import QueryLanguage
import ReportModel
import ReportSearch

/// Options that narrow what a command is about.
typealias FilterOptions = Flags<Filters>

/// What narrows a command, as terms of the query language.
struct Filters: FlagValues {
    var agency: [String] = []
    var region: [String] = []
    var year: [String] = []
    var section: [String] = []
    var form: [String] = []
    var `where`: [String] = []
    var level: [String] = []
    var scope: [String] = []
    var kind: [String] = []

    static var flags: [CommandFlag<Filters>] {
        [
            .texts(
                "--agency", addTo: \.agency, value: "name",
                help: "Part of the agency's name; repeatable, any of them.",
                completion: Completion.agencies),
            .texts(
                "--region", addTo: \.region, value: "name",
                help: "Part of a province's, city's or county's name.",
                completion: Completion.regions),
            .texts(
                "--year", addTo: \.year, value: "years",
                help: "A year or years: 2022, 2020..2023, 2022..", completion: Completion.years),
            .texts(
                "--section", addTo: \.section, value: "section",
                help: "A section's number, or a word of its heading.",
                completion: Completion.sections),
            .texts(
                "--form", addTo: \.form, value: "form",
                help: "The edition of the form: 2021, 2019 or none.",
                completion: .list(["2021", "2019", "none"])),
            .texts(
                "--where", addTo: \.where, value: "expr",
                help: "A condition, such as '新收>=10'; all are required.",
                completion: Completion.fields),
            .texts(
                "--level", addTo: \.level, value: "level",
                help: "How high the agency stands: ministry, province, city, county or town.",
                completion: .list(["ministry", "province", "city", "county", "town", "unknown"])),
            .texts(
                "--scope", addTo: \.scope, value: "scope",
                help:
                    "Whether a report is of one body or compiled from others: own, rolled_up, unknown.",
                completion: .list(["own", "rolled_up", "unknown"])),
            .texts(
                "--kind", addTo: \.kind, value: "kind",
                help: "annual_report, or other for pages of another kind.",
                completion: .list(["annual_report", "other"])),
        ]
    }

    /// Whether no flag is given.
    var isEmpty: Bool {
        [agency, region, year, section, form, `where`, level, scope, kind].allSatisfy(\.isEmpty)
    }

    /// The flags as terms: any of one flag's values, all of the flags.
    ///
    /// A value of a flag is a value of its field and nothing else.
    func terms() throws -> [Question.Term] {
        let fields: [(String, [String])] = [
            ("agency", agency), ("region", region), ("section", section), ("form", form),
            ("level", level), ("scope", scope), ("kind", kind),
        ]
        var terms: [Question.Term] = []
        for (name, values) in fields {
            if let empty = values.first(where: { $0.allSatisfy(\.isWhitespace) }) {
                throw ValidationError(Message.noValue(flag: "--" + name, empty))
            }
            let tree = Self.any(
                values.map { QueryTree(.field(QueryName(name), .text($0, isQuoted: true))) })
            if let tree { terms.append(Question.Term(tree, from: .flag("--" + name, text: nil))) }
        }
        if let years = Self.any(try year.flatMap(Self.years)) {
            terms.append(
                Question.Term(years, from: .flag("--year", text: year.joined(separator: ", "))))
        }
        return terms + (try `where`.map(Self.condition))
    }

    /// The years of one value of `--year`: one or several with commas or spaces between.
    private static func years(_ text: String) throws -> [QueryTree] {
        let parts = text.split { ",，、".contains($0) || $0.isWhitespace }
        let years = parts.compactMap { part -> QueryTree? in
            guard let tree = try? QueryTree.parse("year:" + part), case .field = tree.kind else {
                return nil
            }
            return tree
        }
        guard !parts.isEmpty, years.count == parts.count else {
            throw ValidationError(Message.noYears(text))
        }
        return years
    }

    /// A value of `--where`, which must be a condition: text is asked for in the query.
    private static func condition(_ text: String) throws -> Question.Term {
        guard let tree = try QueryTree.parse(text) else {
            throw ValidationError(Message.noValue(flag: "--where", text))
        }
        for leaf in tree.leaves {
            switch leaf.kind {
            case .run, .phrase, .prefix, .near:
                throw ValidationError(Message.noCondition(text, part: leaf.description))
            case .field, .comparison, .call, .and, .or, .not: continue
            }
        }
        return Question.Term(tree, from: .flag("--where", text: text))
    }

    /// The flags as a question.
    func question() throws -> Question { Question(try terms()) }

    /// The flags as one tree; nil when none is given.
    func tree() throws -> QueryTree? { try question().tree }

    /// The ids of the reports that the flags leave; nil when none is given.
    func wantedReports(in reader: IndexReader) throws -> Set<String>? {
        let question = try question()
        guard !question.terms.isEmpty else { return nil }
        return Set(try Searcher(reader).reports(matching: question).map(\.head.id))
    }

    /// The annual reports that the flags leave, counted.
    ///
    /// Which years are missing is told from all reports of the index: a report that the flags leave
    /// out is not missing, and neither is a year that they do not ask for.
    func counts(_ reader: IndexReader) throws -> ReportCounts {
        let searcher = try Searcher(reader)
        let all = try searcher.annualReports(matching: nil)
        let question = try question()
        guard !question.terms.isEmpty else { return ReportCounts(all) }
        let asked = try searcher.annualReports(matching: question)
        let years = try year.flatMap(Self.years)
        return ReportCounts(asked, of: all) { number in
            years.isEmpty || years.contains { $0.admits(year: number) }
        }
    }

    private static func any(_ trees: [QueryTree]) -> QueryTree? {
        trees.count > 1 ? QueryTree(.or(trees)) : trees.first
    }
}
