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

            Exit code 1 means that something fails; a difference is no failure.
            """)

    @Argument(help: "Files and folders to read; none checks the index.")
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "Check only these rules, such as balance:total, 'row:*' or narrative.",
            valueName: "rule"))
    var rule: [String] = []

    @Option(help: "Print only results in this state: holds, fails, differs or unknown.")
    var only: CheckResult.State?

    @OptionGroup var filters: FilterOptions
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !paths.isEmpty, !filters.values.isEmpty {
            throw ValidationError(Message.filtersNeedIndex.description)
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
        let terminal = Terminal(output)
        let format = output.format ?? .text
        var tally = CheckTally()
        var links: [YearLink] = []
        var failedFiles = 0
        var printed = 0
        var table = CheckTable.heads
        @discardableResult
        func take(_ results: [CheckResult]) -> [CheckResult] {
            let wanted = results.filter(isWanted)
            tally.count(wanted)
            let shown = wanted.filter { only.map($0.state.isEqual) ?? $0.isWorthShowing(format) }
            for result in shown {
                if format == .json { StandardOutput.write(printed == 0 ? "[\n" : ",\n") }
                printed += 1
                switch format {
                case .text, .atom:
                    for line in CheckText(terminal: terminal).lines(of: result) {
                        terminal.print(line)
                    }
                case .json: StandardOutput.write(CheckTable.json(result).text)
                case .jsonl: terminal.write(CheckTable.json(result))
                case .csv, .tsv, .markdown: table.rows.append(CheckTable.row(result))
                }
            }
            return wanted
        }
        func tellInferred(_ results: [CheckResult], source: String) {
            let inferred = results.count { $0.state == .holds && !$0.inferred.isEmpty }
            guard format == .text, only == nil, inferred > 0 else { return }
            terminal.print(
                "\(DisplayPath.of(source)): \(inferred) of \(results.count) "
                    + "hold only by blanks that were inferred")
        }
        func check(_ report: Report, source: String) {
            tally.reports += report.kind == .annualReport ? 1 : 0
            tellInferred(take(report.checks(source: source)), source: source)
            guard let agency = report.agency else { return }
            let place = report.region.names.joined(separator: " ")
            if let link = YearLink(
                report, agency: folded(agency) + "\n" + place, source: source)
            {
                links.append(link)
            }
        }
        if paths.isEmpty {
            let reader = try indexOption.open()
            let wanted = try wantedReports(in: reader)
            try reader.forEachReport { head, report, files in
                guard wanted?.contains(head.id) ?? true else { return }
                check(report, source: files.first ?? head.id)
            }
        } else {
            let reader = ReportReader(
                encoding: reading.encodingName, fields: reading.recordNames,
                ocr: reading.ocrProgram)
            try await reader.read(paths, jobs: reading.jobs) { result in
                switch result {
                case .success(let read): check(read.report, source: read.path)
                case .failure(let problem):
                    if problem.isFailure { failedFiles += 1 }
                    if problem.isFailure || !output.quiet {
                        Terminal.complain("gongkai: skipped \(problem)")
                    }
                }
            }
        }
        take(YearLink.checks(links))
        if format == .json { StandardOutput.write(printed == 0 ? "[]\n" : "\n]\n") }
        if ![.text, .json, .jsonl].contains(format) { table.print(format, to: terminal) }
        if format == .text { terminal.note(tally.summary) }
        if failedFiles > 0 { throw ExitCode(2) }
        if tally.fails > 0 { throw ExitCode(1) }
    }

    /// The ids of the reports that the filters leave; nil when there are no filters.
    private func wantedReports(in reader: IndexReader) throws -> Set<String>? {
        let question = try filters.values.question()
        guard !question.terms.isEmpty else { return nil }
        return Set(try Searcher(reader).reports(matching: question).map(\.head.id))
    }

    private func isWanted(_ result: CheckResult) -> Bool {
        rule.isEmpty || rule.contains { RulePattern($0).matches(result.rule) }
    }
}

extension CheckResult.State: ExpressibleByArgument {}

extension CheckResult.State {
    fileprivate func isEqual(_ other: CheckResult.State) -> Bool { self == other }
}

extension CheckResult {
    /// Whether a result is printed when no state is asked for: in text those that do not hold, as
    /// data all.
    fileprivate func isWorthShowing(_ format: Format) -> Bool {
        format != .text || state == .fails || state == .differs
    }
}

/// How many results there are of each kind.
struct CheckTally {
    /// The number of annual reports.
    var reports = 0
    private var states: [CheckResult.State: Int] = [:]
    private var inferred = 0

    /// The number of results that fail.
    var fails: Int { states[.fails] ?? 0 }

    /// Counts some results.
    mutating func count(_ results: [CheckResult]) {
        for result in results {
            states[result.state, default: 0] += 1
            if result.state == .holds, !result.inferred.isEmpty { inferred += 1 }
        }
    }

    /// The counts for a person.
    var summary: Message {
        Message.checked(
            reports: reports, holds: states[.holds] ?? 0, inferred: inferred, fails: fails,
            differs: states[.differs] ?? 0, unknown: states[.unknown] ?? 0)
    }
}
