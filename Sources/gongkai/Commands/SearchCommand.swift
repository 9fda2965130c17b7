public import ArgumentParser
import QueryLanguage
public import ReportSearch

struct SearchCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find passages.",
        discussion: """
            Words are all required; "…" is exact; -词 excludes; OR, NOT and brackets combine. \
            Fields and statistics stand in the query or in flags:

              gongkai search 政策解读 --year 2022 --agency 政务服务
              gongkai search '"政策解读" 节:5 年:2021..2023' --context 1
              gongkai search '征迁 新收>=10' --sort -新收 --per-report 1
              gongkai search 征迁 --facet agency,year --count
              gongkai search --facet agency
              gongkai search '规范性文件.废止>规范性文件.制发' -l
              gongkai search 公开 --year 2023 --limit 0 --format csv > hits.csv

            'gongkai fields' lists what can be compared. Exit code 1 means that nothing was \
            found.
            """)

    @Argument(
        parsing: .allUnrecognized, help: "The query. Several arguments are joined by spaces.",
        completion: Completion.fields)
    var query: [String] = []

    @OptionGroup var filters: FilterOptions

    @Option(help: "How unquoted text is matched: auto, phrase, all or any.")
    var match = MatchMode.auto

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "relevance, year or a statistic; -FIELD sorts down.", valueName: "field"),
        completion: Completion.orders)
    var sort = "relevance"

    @Option(help: "The most hits to print; 0 prints all. Without it 10, with --files all.")
    var limit: Int?

    @Option(help: "How many hits to pass over.")
    var offset = 0

    @Option(help: ArgumentHelp("The most hits of one report.", valueName: "n"))
    var perReport: Int?

    @Option(
        help: ArgumentHelp(
            "Print n passages before and after each hit from its report.", valueName: "n"))
    var context = 0

    @Option(
        help: ArgumentHelp(
            """
            Count all matching passages, and their reports, by agency, region, province, city, \
            county, year, section or form; several with commas.
            """, valueName: "field"), completion: Completion.facets)
    var facet: [String] = []
    @Flag(help: "Show each passage, also those that say the same as one above.")
    var all = false

    @Flag(help: "Print only the number of passages.")
    var count = false

    @Flag(name: [.customShort("l"), .customLong("files")], help: "Print only the files' paths.")
    var filesOnly = false

    @Flag(
        help: "Tell how the question was read and looked up, and why each hit ranks where it does.")
    var explain = false

    @Option(
        help: ArgumentHelp("Read queries from a file, or - for standard input.", valueName: "file"))
    var batch: String?

    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let unknown = query.prefix(while: { $0 != "--" }).first(where: Self.looksLikeFlag) {
            let nearest = try CommandHelp.option(nearestTo: unknown, of: "search")
            throw ValidationError(
                "Unknown option '\(unknown)'"
                    + (nearest.map { ". Did you mean '\($0)'?" } ?? ""))
        }
        if limit ?? 0 < 0 || offset < 0 || context < 0 {
            throw ValidationError("--limit, --offset and --context take numbers from 0")
        }
        if perReport ?? 1 < 1 { throw ValidationError("--per-report takes a number from 1") }
        if batch != nil, !query.isEmpty {
            throw ValidationError("--batch reads the queries; give none as arguments")
        }
    }

    /// Whether an argument is a mistyped flag rather than a term to leave out, such as `-大厅` or
    /// `-form:none`.
    private static func looksLikeFlag(_ argument: String) -> Bool {
        argument.hasPrefix("--") || argument.wholeMatch(of: /-[a-zA-Z][-a-zA-Z0-9]*(=.*)?/) != nil
    }

    /// The query; `--` only ends the flags.
    private var text: String {
        var words = query
        if let end = words.firstIndex(of: "--") { words.remove(at: end) }
        return words.joined(separator: " ")
    }

    var isPaged: Bool { batch == nil && !count }

    func run() throws {
        if let batch { return try run(batch: batch) }
        let text = text
        let request = try request(text)
        let reader = try indexOption.open()
        let searcher = try Searcher(reader)
        let result = try found(request, by: searcher, text)
        let terminal = Terminal(output)
        if result.isRelaxed { terminal.note(Message.relaxed) }
        for suggestion in result.suggestions { terminal.note(Message.didYouMean(suggestion)) }
        answer(result, text, terminal).print(output.format ?? .text)
        if terminal.isVerbose {
            terminal.note(
                Message.searched(
                    DisplayPath.of(reader.folder), segments: reader.segmentCount))
        }
        if result.total == 0 { throw ExitCode(1) }
    }

    private func found(
        _ request: SearchRequest, by searcher: Searcher, _ text: String
    ) throws -> SearchResult {
        do {
            return try searcher.search(request)
        } catch  where error.reason == .question {
            throw QuestionError(error, in: try part(of: text, failing: error, searcher))
        }
    }

    private func answer(
        _ result: SearchResult, _ text: String, _ terminal: Terminal
    ) -> SearchAnswer {
        SearchAnswer(
            result: result, query: text, terminal: terminal, isCount: count,
            isReports: filesOnly)
    }

    // MARK: The question

    private func request(_ text: String) throws -> SearchRequest {
        let terms = try [QueryTree.parse(text)].compactMap(\.self) + filters.terms()
        // A flat AND, so that unquoted words beside filters can be relaxed together.
        let flat = terms.flatMap { term in
            if case .and(let inner) = term.kind { inner } else { [term] }
        }
        if flat.isEmpty, facet.isEmpty, !count, !filesOnly {
            throw ValidationError("give a query, or a filter such as --year 2022")
        }
        var request = SearchRequest(
            flat.count > 1 ? QueryTree(.and(flat)) : flat.first)
        request.match = match
        request.order = try SortOrder(sort)
        request.limit = limit ?? (filesOnly ? 0 : 10)
        request.offset = offset
        request.countOnly = count
        request.perReport = perReport
        request.context = context
        request.facets = try FacetField.list(facet.joined(separator: ","))
        request.reportsOnly = filesOnly && !count
        // Counts without a query are about the whole index; no hit is better than another.
        if flat.isEmpty, !filesOnly { request.countOnly = true }
        request.wantsExplanation = explain
        request.wantsSuggestions = batch == nil
        // A row of a table has no place for what else says the same.
        let format = output.format ?? .text
        request.joinsCopies =
            !all && !filesOnly && batch == nil && [.text, .json, .jsonl].contains(format)
        return request
    }

    /// The text that an error is about: the query, or that of a flag which fails alike on its own.
    private func part(
        of text: String, failing error: SearchError, _ searcher: Searcher
    ) throws -> String? {
        try ([text] + filters.texts).first { text in
            guard let tree = try QueryTree.parse(text) else { return false }
            var request = SearchRequest(tree)
            request.countOnly = true
            do throws(SearchError) {
                _ = try searcher.search(request)
                return false
            } catch let other {
                return other == error
            }
        }
    }

    // MARK: Many questions

    /// One query a line, one answer a line, in order; a query that cannot be asked is answered
    /// with its error.
    private func run(batch: String) throws {
        let searcher = try Searcher(indexOption.open())
        let terminal = Terminal(output)
        for line in try BatchLines(batch) {
            let answer: JSONValue
            do {
                let result = try searcher.search(request(line))
                answer = ReportJSON.search(result, query: line, withHits: !count)
            } catch let error as QuerySyntaxError {
                answer = ReportJSON.failure(query: line, error: error.message(in: .english))
            } catch let error as SearchError where error.reason == .question {
                answer = ReportJSON.failure(query: line, error: error.description)
            } catch let error as ValidationError {
                answer = ReportJSON.failure(query: line, error: error.message)
            }
            terminal.print(answer.text)
        }
    }
}

extension MatchMode: ExpressibleByArgument {}

/// A question that asks for what does not exist, shown with the place in its text.
struct QuestionError: Error, CustomStringConvertible {
    let error: SearchError
    /// The text that the error is about; nil when it is about a flag.
    let text: String?

    init(_ error: SearchError, in text: String?) {
        (self.error, self.text) = (error, text)
    }

    var description: String {
        let language = QuerySyntaxError.Language.ofUser
        let message = error.message(in: language)
        guard let text, let range = error.range, !range.isEmpty else { return message }
        let place = range.lowerBound + 1
        return
            (language == .chinese
            ? "查询第 \(place) 个字符有误：" : "query error at character \(place): ")
            + "\(message)\n\(QueryExcerpt(of: text, at: range.lowerBound))"
    }
}
