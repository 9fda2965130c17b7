public import ArgumentParser
import Foundation
import QueryLanguage
public import ReportSearch

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find passages.",
        discussion: """
            Words are all required; "…" is exact; -词 excludes; OR, NOT and brackets combine. Fields
            and statistics stand in the query or in flags:

              gongkai search 政策解读 --year 2022 --agency 政务服务
              gongkai search '"政策解读" 节:5 年:2021..2023'
              gongkai search '征迁 新收>=10' --sort -新收
              gongkai search 'proactive.normative_docs.repealed>proactive.normative_docs.issued'

            'gongkai fields' lists what can be compared. Exit code 1 means that nothing was found.
            """)

    @Argument(
        parsing: .allUnrecognized, help: "The query. Several arguments are joined by spaces.")
    var query: [String] = []

    @Option(
        help: ArgumentHelp("Part of the agency's name; repeatable, any of them.", valueName: "name")
    )
    var agency: [String] = []

    @Option(help: ArgumentHelp("Part of a province's, city's or county's name.", valueName: "name"))
    var region: [String] = []

    @Option(help: ArgumentHelp("A year or years: 2022, 2020..2023, 2022..", valueName: "years"))
    var year: [String] = []

    @Option(
        help: ArgumentHelp("A section's number, or a word of its heading.", valueName: "section"))
    var section: [String] = []

    @Option(help: ArgumentHelp("The edition of the form: 2021, 2019 or none.", valueName: "form"))
    var form: [String] = []

    @Option(
        help: ArgumentHelp("A condition, such as '新收>=10'; all are required.", valueName: "expr"))
    var `where`: [String] = []

    @Option(help: "How unquoted text is matched: auto, phrase, all or any.")
    var match = MatchMode.auto

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "relevance, year or a statistic; -FIELD sorts down.", valueName: "field"))
    var sort = "relevance"

    @Option(help: "The most hits to print; 0 prints all.")
    var limit = 10

    @Option(help: "How many hits to pass over.")
    var offset = 0

    @Flag(help: "Print only the number of passages.")
    var count = false

    @Flag(name: [.customShort("l"), .customLong("files")], help: "Print only the files' paths.")
    var filesOnly = false

    @Option(
        help: ArgumentHelp("Read queries from a file, or - for standard input.", valueName: "file"))
    var batch: String?

    @OptionGroup var indexOption: IndexOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let unknown = query.prefix(while: { $0 != "--" }).first(where: Self.looksLikeFlag) {
            throw ValidationError("Unknown option '\(unknown)'")
        }
        if limit < 0 || offset < 0 {
            throw ValidationError("--limit and --offset take numbers from 0")
        }
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

    func run() throws {
        if let batch { return try run(batch: batch) }
        let text = text
        let request = try request(text)
        let searcher = try Searcher(indexOption.open())
        let result: SearchResult
        do {
            result = try searcher.search(request)
        } catch  where error.reason == .question {
            throw QuestionError(error, in: try part(of: text, failing: error, searcher))
        }
        try print(result, text)
        if result.total == 0 { throw ExitCode(1) }
    }

    // MARK: The question

    private func request(_ text: String) throws -> SearchRequest {
        let terms = try [QueryTree.parse(text)].compactMap(\.self) + filters()
        // A flat AND, so that unquoted words beside filters can be relaxed together.
        let flat = terms.flatMap { term in
            if case .and(let inner) = term.kind { inner } else { [term] }
        }
        if flat.isEmpty { throw ValidationError("give a query, or a filter such as --year 2022") }
        var request = SearchRequest(
            flat.count > 1 ? QueryTree(.and(flat)) : flat.first)
        request.match = match
        request.order = try SortOrder(sort)
        request.limit = filesOnly ? 0 : limit
        request.offset = filesOnly ? 0 : offset
        request.countOnly = count
        return request
    }

    private var years: [String] { year.map { "year:" + $0 } }

    /// The text that an error is about: the query, or that of a flag which fails alike on its own.
    private func part(
        of text: String, failing error: SearchError, _ searcher: Searcher
    ) throws -> String? {
        try ([text] + years + `where`).first { text in
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

    /// The flags as terms of the query: any of one flag's values, all of the flags.
    private func filters() throws -> [QueryTree] {
        var terms: [QueryTree] = []
        func add(_ name: String, _ values: [QueryTree]) {
            guard !values.isEmpty else { return }
            terms.append(values.count == 1 ? values[0] : QueryTree(.or(values)))
        }
        func field(_ name: String, _ values: [String]) {
            add(
                name,
                values.map { QueryTree(.field(QueryName(name), .text($0, isQuoted: true))) })
        }
        field("agency", agency)
        field("region", region)
        field("section", section)
        field("form", form)
        add("year", try years.compactMap { try QueryTree.parse($0) })
        terms += try `where`.compactMap { try QueryTree.parse($0) }
        return terms
    }

    // MARK: The answer

    private func print(_ result: SearchResult, _ text: String) throws {
        let terminal = Terminal(output)
        if result.isRelaxed {
            terminal.note("gongkai: no passage holds all the words; showing those with any of them")
        }
        switch output.format ?? .text {
        case .json:
            terminal.print(ReportJSON.search(result, query: text, withHits: !count).text)
        case .jsonl:
            if count {
                terminal.print(ReportJSON.search(result, query: text, withHits: false).text)
            }
            for hit in result.hits { terminal.print(ReportJSON.hit(hit).text) }
        case .text:
            printText(result, terminal)
        }
    }

    private func printText(_ result: SearchResult, _ terminal: Terminal) {
        if count { return terminal.print(String(result.total)) }
        if filesOnly {
            var seen: Set<String> = []
            for file in result.hits.flatMap(\.files) where seen.insert(file).inserted {
                terminal.print(Terminal.visible(DisplayPath.of(file)))
            }
            return
        }
        let text = HitText(terminal: terminal)
        for (index, hit) in result.hits.enumerated() {
            if index > 0 { terminal.print("") }
            text.lines(of: hit).forEach(terminal.print)
        }
        let shown = result.hits.count
        terminal.note(
            result.total == 0
                ? "gongkai: nothing found; try fewer words, --match any, or drop a filter"
                : shown < result.total
                    ? "\(result.total) passages, \(shown) shown; --limit 0 shows all"
                    : result.total == 1 ? "1 passage" : "\(result.total) passages")
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
        guard let text, let range = error.range, !range.isEmpty else { return error.description }
        return "query error at character \(range.lowerBound + 1): \(error)\n"
            + "\(QueryExcerpt(of: text, at: range.lowerBound))"
    }
}

/// The lines of a file or of standard input, read as they come.
struct BatchLines: Sequence, IteratorProtocol {
    private let handle: FileHandle
    private var buffer = Data()
    private var isAtEnd = false

    init(_ name: String) throws {
        if name == "-" {
            handle = .standardInput
        } else if let opened = FileHandle(forReadingAtPath: name) {
            handle = opened
        } else {
            throw ValidationError("\(name): cannot be read; check that the file exists")
        }
    }

    mutating func next() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer = Data(buffer[(end + 1)...])
                return line.hasSuffix("\r") ? String(line.dropLast()) : line
            }
            if isAtEnd {
                guard !buffer.isEmpty else { return nil }
                defer { buffer = Data() }
                return String(decoding: buffer, as: UTF8.self)
            }
            let more = (try? handle.read(upToCount: 1 << 16)) ?? Data()
            if more.isEmpty { isAtEnd = true } else { buffer += more }
        }
    }
}
