import ArgumentParser
import Platform
import ReportIndexing
import ReportModel
import ReportOutput
import ReportSearch

struct SimilarCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: "List passages that share text word for word with a report or a passage.",
        discussion: """
            REPORT is an id, the beginning of one, or a file of the index; with :LINE only the \
            passage that holds this line is looked at. Text is compared folded, so that a report \
            in traditional characters is found beside the same in simplified ones.

              gongkai similar reports/2022.txt
              gongkai similar reports/2022.txt:17 --min 60
              gongkai similar reports/2022.txt --year 2021 --format csv

            With filters only reports that they leave are compared. Exit code 1 means that nothing is shared.
            """)

    @Argument(
        help: "The report, or one of its passages as REPORT:LINE.",
        completion: Completion.reports)
    var passage: String

    @Option(
        name: .customLong("min"),
        help: ArgumentHelp("The fewest characters in a row that count.", valueName: "characters"))
    var minimum = 40

    @Option(help: "The most pairs to print; 0 prints all.")
    var limit = 20

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if minimum < 8 { throw ValidationError(Message.takesNumber("--min", from: 8)) }
        if limit < 0 { throw ValidationError(Message.takesNumber("--limit", from: 0)) }
    }

    func run() throws {
        let terminal = Terminal(output)
        let reader = try indexOption.open()
        let (head, line) = try find(in: reader)
        let searcher = try Searcher(reader)
        var shared = try searcher.sharedTexts(ofReport: head.id, line: line, minimum: minimum)
        if let wanted = try filters.values.wantedReports(in: reader) {
            shared.removeAll { !wanted.contains($0.other.report.id) }
        }
        let shown = limit == 0 ? shared[...] : shared.prefix(limit)
        switch output.format ?? .text {
        case .json: terminal.write(SimilarText.json(head, shared, shown: shown))
        case .jsonl: for pair in shown { terminal.write(SimilarText.json(pair)) }
        case .csv, .tsv, .markdown:
            SimilarText.table(shown).print(output.format ?? .csv, to: terminal)
        case .text, .atom: print(shared, shown, terminal)
        }
        if shared.isEmpty { throw ExitCode(1) }
    }

    private func print(
        _ shared: [SharedText], _ shown: ArraySlice<SharedText>, _ terminal: Terminal
    ) {
        let text = SimilarText(terminal: terminal)
        for line in text.summary(of: shared) { terminal.print(line) }
        for (index, pair) in shown.enumerated() {
            terminal.print("")
            for line in text.lines(of: pair, number: index + 1) { terminal.print(line) }
        }
        terminal.note(
            shared.isEmpty
                ? Message.nothingShared(minimum: minimum)
                : Message.pairs(shared.count, shown: shown.count))
    }

    /// The report that is meant, and the line of the passage when one was given.
    private func find(in reader: IndexReader) throws -> (ReportHead, line: Int?) {
        if let head = try head(named: passage, in: reader) { return (head, nil) }
        if let colon = passage.lastIndex(of: ":"),
            let line = Int(passage[passage.index(after: colon)...]),
            let head = try head(named: String(passage[..<colon]), in: reader)
        {
            let report = try reader.report(id: head.id)?.report
            guard report?.passages.contains(where: { $0.lines.contains(line) }) ?? false else {
                throw ValidationError(Message.noPassage(onLine: line))
            }
            return (head, line)
        }
        throw ValidationError(Message.notIndexed(passage))
    }

    private func head(named name: String, in reader: IndexReader) throws -> ReportHead? {
        let found = try reader.reports(named: name, path: (try? AbsolutePath.of(name)) ?? name)
        if found.count > 1 {
            throw ValidationError(Message.manyIDs(name, found.map(\.id)))
        }
        return found.first
    }
}
