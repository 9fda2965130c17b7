public import ArgumentParser
import ReportIndexing
public import ReportModel
import ReportOutput
import ReportSearch

struct CheckCommand: AsyncParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Prove the numbers: do the tables add up, do the years fit together?",
        discussion: """
            What is judged, by rule:

              row:* col:* balance:* disputes:*  the sums within a report's tables
              carry:* in_force:*                what one year leaves to an agency's next
              narrative:*                       numbers in sentences against the cells
              fee:section6                      the fee of section 6 against the table
              year:conflict                     a narrative about another year than the title

            Each holds, fails, differs (which can have a reason), or is unknown because a cell \
            is not known. Failures and differences are printed with both sides; --only prints \
            another state. Without paths the reports of the index are checked.

              gongkai check reports/
              gongkai check --only unknown --rule 'row:*' --rule narrative
              gongkai check --region 洛阳市 --year 2022

            What holds only because a blank was inferred is counted, and listed with --verbose. \
            Exit code 1 means that something fails; a difference is no failure.
            """)

    @Argument(
        help: "Files and folders to read; - is standard input; none checks the index.",
        completion: .file())
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "Check only these rules, such as balance:total, 'row:*' or narrative.",
            valueName: "rule"), completion: Completion.rules)
    var rule: [String] = []

    @Option(help: "Print only results in this state: holds, fails, differs or unknown.")
    var only: CheckResult.State?

    @OptionGroup var filters: FilterOptions
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !paths.isEmpty, !filters.values.isEmpty {
            throw ValidationError(Message.filtersNeedIndex)
        }
        for pattern in rule where !CheckRules.all.contains(where: RulePattern(pattern).matches) {
            throw ValidationError(
                Message.noRule(
                    pattern, nearest: nearestName(to: pattern, among: CheckRules.names),
                    known: CheckRules.families
                ).description)
        }
    }

    func run() async throws {
        let printer = CheckPrinter(
            terminal: Terminal(output), format: output.format ?? .text, rules: rule, only: only)
        let failedFiles =
            paths.isEmpty ? try checkIndex(printer) : try await checkFiles(printer)
        printer.finish()
        if failedFiles > 0 { throw ExitCode(2) }
        if printer.tally.fails > 0 { throw ExitCode(1) }
    }

    /// Checks the reports of the index; none of its files fails.
    private func checkIndex(_ printer: CheckPrinter) throws -> Int {
        let reader = try indexOption.open()
        let wanted = try filters.values.wantedReports(in: reader)
        try reader.forEachReport { head, report, files in
            guard wanted?.contains(head.id) ?? true else { return }
            printer.check(report, source: files.first ?? head.id)
        }
        return 0
    }

    /// Checks the reports of files, and gives how many could not be read.
    private func checkFiles(_ printer: CheckPrinter) async throws -> Int {
        var failedFiles = 0
        let reader = ReportReader(
            encoding: reading.encodingName, fields: reading.recordNames, ocr: reading.ocrProgram)
        try await reader.read(paths, jobs: reading.jobs) { result in
            switch result {
            case .success(let read): printer.check(read.report, source: read.path)
            case .failure(let problem):
                if problem.isFailure { failedFiles += 1 }
                if problem.isFailure || !output.quiet {
                    Terminal.complain(Message.skipped(problem))
                }
            }
        }
        return failedFiles
    }
}

extension CheckResult.State: ExpressibleByArgument {}
