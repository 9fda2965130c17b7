import ArgumentParser
import QueryLanguage
import ReportSearch

/// Options that narrow what a command is about, as terms of the query language.
struct FilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Part of the agency's name; repeatable, any of them.", valueName: "name"),
        completion: Completion.agencies)
    var agency: [String] = []

    @Option(
        help: ArgumentHelp("Part of a province's, city's or county's name.", valueName: "name"),
        completion: Completion.regions)
    var region: [String] = []

    @Option(
        help: ArgumentHelp("A year or years: 2022, 2020..2023, 2022..", valueName: "years"),
        completion: Completion.years)
    var year: [String] = []

    @Option(
        help: ArgumentHelp("A section's number, or a word of its heading.", valueName: "section"),
        completion: Completion.sections)
    var section: [String] = []

    @Option(
        help: ArgumentHelp("The edition of the form: 2021, 2019 or none.", valueName: "form"),
        completion: .list(["2021", "2019", "none"]))
    var form: [String] = []

    @Option(
        help: ArgumentHelp("A condition, such as '新收>=10'; all are required.", valueName: "expr"),
        completion: Completion.fields)
    var `where`: [String] = []

    /// The values of the flags.
    var values: Filters {
        Filters(
            agency: agency, region: region, year: year, section: section, form: form,
            where: `where`)
    }
}

/// What narrows a command, as terms of the query language; ``FilterOptions`` says what each means.
struct Filters {
    var agency: [String] = []
    var region: [String] = []
    var year: [String] = []
    var section: [String] = []
    var form: [String] = []
    var `where`: [String] = []

    /// The texts of the flags that are read as queries.
    var texts: [String] { years + `where` }

    private var years: [String] { year.map { "year:" + $0 } }

    /// The flags as terms: any of one flag's values, all of the flags.
    func terms() throws -> [QueryTree] {
        let fields: [(String, [String])] = [
            ("agency", agency), ("region", region), ("section", section), ("form", form),
        ]
        var terms = fields.compactMap { name, values in
            Self.any(values.map { QueryTree(.field(QueryName(name), .text($0, isQuoted: true))) })
        }
        if let years = Self.any(try years.compactMap { try QueryTree.parse($0) }) {
            terms.append(years)
        }
        return terms + (try `where`.compactMap { try QueryTree.parse($0) })
    }

    /// The flags as one tree; nil when none is given.
    func tree() throws -> QueryTree? {
        let terms = try terms()
        return terms.count > 1 ? QueryTree(.and(terms)) : terms.first
    }

    /// The annual reports that the flags leave, counted.
    ///
    /// A year that the flags do not ask for is not missing.
    func counts(_ reader: IndexReader) throws -> ReportCounts {
        let heads = try Searcher(reader).annualReports(matching: tree())
        let last = year.isEmpty ? try reader.vocabulary(.year).compactMap { Int($0) }.max() : nil
        return ReportCounts(heads, lastYear: last)
    }

    private static func any(_ trees: [QueryTree]) -> QueryTree? {
        trees.count > 1 ? QueryTree(.or(trees)) : trees.first
    }
}
