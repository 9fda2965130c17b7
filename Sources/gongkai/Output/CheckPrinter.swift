import ReportModel
import ReportOutput
import ReportSearch

/// Judges reports, and prints each judgement as it comes.
final class CheckPrinter {
    private let terminal: Terminal
    private let format: Format
    private let rules: [RulePattern]
    private let only: CheckResult.State?
    /// How many results there were of each kind.
    private(set) var tally = CheckTally()
    private var links: [YearLink] = []
    private var printed = 0
    private var table = CheckTable.heads
    /// Who reports, by the files of reports.
    private var names: [String: CheckTable.ReportName] = [:]

    /// Prints what some rules give, all of them when there are none.
    ///
    /// - Parameter only: the state of what is printed; nil prints what is worth it.
    init(terminal: Terminal, format: Format, rules: [String], only: CheckResult.State?) {
        (self.terminal, self.format, self.only) = (terminal, format, only)
        self.rules = rules.map { RulePattern($0) }
    }

    /// Judges a report.
    ///
    /// - Parameter source: its file.
    func check(_ report: Report, source: String) {
        if report.kind == .annualReport {
            tally.reports += 1
            names[source] = CheckTable.ReportName(agency: report.agency, year: report.year)
        }
        tellInferred(take(report.checks(source: source)), source: source)
        guard let agency = report.agency else { return }
        let place = report.region.names.joined(separator: " ")
        if let link = YearLink(report, agency: folded(agency) + "\n" + place, source: source) {
            links.append(link)
        }
    }

    /// Judges what is between the years, and ends the output.
    func finish() {
        _ = take(YearLink.checks(links))
        if format == .json { StandardOutput.write(printed == 0 ? "[]\n" : "\n]\n") }
        if ![.text, .json, .jsonl].contains(format) { table.print(format, to: terminal) }
        if format == .text { terminal.note(tally.summary) }
    }

    /// Prints results, and gives those that were asked for.
    private func take(_ results: [CheckResult]) -> [CheckResult] {
        let wanted = results.filter { result in
            rules.isEmpty || rules.contains { $0.matches(result.rule) }
        }
        tally.count(wanted)
        for result in wanted where isWorthPrinting(result) {
            if format == .json { StandardOutput.write(printed == 0 ? "[\n" : ",\n") }
            printed += 1
            switch format {
            case .text, .atom:
                for line in CheckText(terminal: terminal, names: names).lines(of: result) {
                    terminal.print(line)
                }
            case .json: StandardOutput.write(CheckTable.json(result, names).text)
            case .jsonl: terminal.write(CheckTable.json(result, names))
            case .csv, .tsv, .markdown: table.rows.append(CheckTable.row(result, names))
            }
        }
        return wanted
    }

    /// Without a state that is asked for, text has what does not hold, and data has all.
    private func isWorthPrinting(_ result: CheckResult) -> Bool {
        if let only { return result.state == only }
        return format != .text || result.state == .fails || result.state == .differs
    }

    private func tellInferred(_ results: [CheckResult], source: String) {
        let inferred = results.count { $0.state == .holds && !$0.inferred.isEmpty }
        guard format == .text, only == nil, inferred > 0, terminal.isVerbose else { return }
        terminal.print(
            "\(DisplayPath.of(source)): \(Message.inferred(inferred, of: results.count))")
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
