import ArgumentParser
import ReportIndexing
import ReportModel
import ReportOutput

struct ParseCommand: AsyncParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Read files without an index and print their reports.",
        discussion: """
            On a terminal a line a report, otherwise JSON Lines: one gongkai.report/1 object a file.

              gongkai parse reports/
              gongkai parse reports/ > reports.jsonl
              gongkai parse reports/ --format csv > reports.csv
              gongkai parse - < page.html
            """)

    @Argument(help: "Files and folders to read; - is standard input.", completion: .file())
    var paths: [String]

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let terminal = Terminal(output)
        let format = output.format ?? (StandardOutput.isTerminal ? .text : .jsonl)
        var read = 0
        var failed = 0
        var isFirst = true
        var table = ReportTable.heads
        if format == .json { StandardOutput.write("[") }
        let reader = ReportReader(
            encoding: reading.encodingName, fields: reading.recordNames, ocr: reading.ocrProgram)
        try await reader.read(paths, jobs: reading.jobs) {
            switch $0 {
            case .failure(let problem):
                if problem.isFailure { failed += 1 }
                Terminal.complain(Message.skipped(problem))
            case .success(let report):
                read += 1
                if format == .json { StandardOutput.write(isFirst ? "\n" : ",\n") }
                isFirst = false
                switch format {
                case .text, .json, .jsonl, .atom: print(report, format, terminal)
                case .csv, .tsv, .markdown:
                    table.rows.append(ReportTable.row(report.head, file: report.path))
                }
            }
        }
        switch format {
        case .text, .jsonl, .atom: break
        case .json: StandardOutput.write("\n]\n")
        case .csv, .tsv, .markdown: table.print(format, to: terminal)
        }
        if failed > 0 { throw ExitCode(2) }
        if read == 0 {
            terminal.note("gongkai: no reports found; name files or a folder that holds some")
            throw ExitCode(1)
        }
    }

    private func print(_ read: ReadReport, _ format: Format, _ terminal: Terminal) {
        let report = read.report
        guard format == .text else {
            let json = ReportJSON.report(report, sha256: read.sha256, file: read.path)
            return json.write(end: format == .json ? "" : "\n") { StandardOutput.write($0) }
        }
        let states = report.identities.map(\.state)
        let agency = report.agency ?? report.title ?? "—"
        terminal.print(
            "\(DisplayPath.of(read.path)): \(terminal.styled(ShownText(agency), .strong))"
                + " \(report.year.map(String.init) ?? "—"), \(report.passages.count) passages, "
                + "\(report.statistics.count) cells, \(states.count { $0 == .fails }) of "
                + "\(states.count) identities fail, \(report.findings.count) findings, "
                + "\(report.encoding)")
    }
}
