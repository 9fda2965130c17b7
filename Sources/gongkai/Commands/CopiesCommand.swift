public import ArgumentParser
import ReportModel
public import ReportSearch

struct CopiesCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "copies",
        abstract: "List pairs of reports of which one has much of the other's text.",
        discussion: """
            Compared are an agency's report with that of the year before, and reports of different \
            agencies on the same year or one beside it. Text that many agencies have, such as the \
            law and the form, is set aside: the share is that of a report's own text, numbers \
            aside. Reports that 'duplicates' leaves out are not compared. --show prints the \
            passages of both side by side, with what they share marked.

              gongkai copies --year 2023
              gongkai copies --by year --min-share 80
              gongkai copies --agency 水务局 --show

            The filters are for one report of a pair at least. Exit code 1 means that no pair \
            shares as much.
            """)

    @Option(
        help: ArgumentHelp(
            "year compares an agency with its year before, agency with other agencies; else both.",
            valueName: "relation"))
    var by: CopiesRequest.Relation?

    @Option(
        help: ArgumentHelp(
            "The least share of a report's own text in per cent.", valueName: "percent"))
    var minShare = 30.0

    @Option(
        help: ArgumentHelp(
            "Set aside text that more than n agencies have, 254 at most; else from 3 to 10, a "
                + "tenth of all.", valueName: "n"))
    var boilerplate: Int?

    @Flag(help: "Print the passages of both reports that share text, side by side.")
    var show = false

    @Option(help: "The most pairs to print; 0 prints all.")
    var limit = 20

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !(1...100).contains(minShare) {
            throw ValidationError("--min-share takes a number from 1 to 100, in per cent")
        }
        if limit < 0 { throw ValidationError("--limit takes a number from 0") }
        if !(1...254).contains(boilerplate ?? 1) {
            throw ValidationError("--boilerplate takes a number from 1 to 254")
        }
    }

    func run() throws {
        let terminal = Terminal(output)
        var request = CopiesRequest()
        request.relation = by
        request.minimumShare = minShare / 100
        request.boilerplateAgencies = boilerplate
        request.question = try filters.values.isEmpty ? nil : filters.values.question()
        request.limit = limit
        let result = try Searcher(indexOption.open()).copiedPairs(request)
        CopiedPairsText(
            result: result, minimumShare: minShare, showsPassages: show, terminal: terminal
        ).print(output.format ?? .text)
        terminal.note(Message.copies(result, minimumShare: minShare.figure))
        if result.pairs.isEmpty { throw ExitCode(1) }
    }
}

extension CopiesRequest.Relation: ExpressibleByArgument {}
