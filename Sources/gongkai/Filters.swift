import ArgumentParser
import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// Options that narrow what a command is about.
typealias FilterOptions = Flags<Filters>

extension Filters: FlagValues {
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

    /// The flags as terms: any of one flag's values, all of the flags.
    func terms() throws -> [Question.Term] { try told { try terms(from: Self.flag(of:)) } }

    private static func flag(of field: String) -> String { "--" + field }

    /// What `body` gives; what is wrong with a flag's value is a mistake of usage.
    private func told<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let problem as FilterProblem {
            throw ValidationError(problem.message(in: .ofUser))
        }
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
    func counts(of indexes: IndexesOption, _ asking: ServerOptions) throws -> ReportCounts {
        let question = try question()
        let years: [QueryTree] =
            question.terms.isEmpty ? [] : try told { try self.years(from: Self.flag(of:)) }
        func isAsked(_ number: Int) -> Bool {
            years.isEmpty || years.contains { $0.admits(year: number) }
        }
        if let servers = indexes.servers {
            return try asking.values.asking(servers) { (searcher) throws(SearchError) in
                try searcher.counts(ofReportsMatching: question, isAsked: isAsked)
            }
        }
        return try Searcher(indexes.open()).counts(
            ofReportsMatching: question, isAsked: isAsked)
    }
}
