import ArgumentParser
import Platform
import ReportIndexing
import ReportModel
import ReportOutput
import ReportSearch

struct ShowCommand: AsyncParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one report: head, tables, text, findings.",
        discussion: """
            REPORT is an id, the beginning of one, or a file, which need not be in the index. With \
            :LINE behind it the passage or the cell of that line is shown. Without REPORT the filters \
            must leave one report.

              gongkai show 58ac6e18
              gongkai show reports/2022.txt:17
              gongkai show --agency 孟津区 --year 2022
              gongkai show reports/2022.txt --tables
              gongkai show reports/2022.txt --section 5
              gongkai show reports/2022.txt --section 总体情况
              gongkai show reports/2022.txt --cell 新收
              gongkai show reports/2022.txt --tables --format csv
              gongkai show reports/2022.txt --format markdown > 2022.md
            """)

    @Argument(
        help: "The report's id, the beginning of it, or a file.", completion: Completion.reports)
    var report: String?

    @Flag(help: "Show the tables alone.")
    var tables = false

    @Option(
        help: ArgumentHelp(
            "Show one statistic with its raw text, file and line.", valueName: "key"),
        completion: Completion.statistics
    )
    var cell: String?

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if filters.section.count > 1 { throw ValidationError(Message.oneSection) }
        if let number = filters.section.first.flatMap({ Int($0) }), !(0...7).contains(number) {
            throw ValidationError(Message.takesSection)
        }
        if report == nil, narrowing.isEmpty {
            throw ValidationError(Message.noReportNamed)
        }
    }

    /// The filters that choose a report; the section chooses what is shown of it.
    private var narrowing: Filters {
        var filters = filters.values
        filters.section = []
        return filters
    }

    func run() async throws {
        let terminal = Terminal(output)
        func printLine(_ line: ShownText) { terminal.print(line) }
        var found = try await find()
        let section = try filters.section.first.map { try Self.section($0, of: found.report) }
        if let section { found.report.passages.removeAll { $0.section != section } }
        if let line = found.line { try found.report.narrow(to: line) }
        let text = ReportText(
            terminal: terminal, report: found.report, head: found.head, files: found.files)
        if let cell {
            guard let statistic = Statistic.called(cell) else {
                throw ValidationError(Message.noStatistic(cell))
            }
            return try printCells(of: statistic, found, text, terminal)
        }
        switch output.format ?? .text {
        case .text, .atom: break
        case .json, .jsonl:
            return terminal.write(
                ReportJSON.report(
                    found.report, sha256: found.head.sha256, file: found.files.first))
        case .csv, .tsv:
            if let section, !StatisticField.all.contains(where: { $0.section == section }) {
                return ReportTable.passages(found.report, head: found.head, file: found.files.first)
                    .print(output.format ?? .csv, to: terminal)
            }
            var table = ReportTable.cells
            table.rows = ReportTable.rows(
                found.report, head: found.head, file: found.files.first,
                fields: section.map { section in
                    Set(StatisticField.all.filter { $0.section == section }.map(\.index))
                })
            return table.print(output.format ?? .csv, to: terminal)
        case .markdown:
            let markdown = ReportMarkdown(report: found.report, section: section)
            for line in tables ? markdown.tableLines : markdown.lines { terminal.write(line) }
            return
        }
        if found.line != nil {
            let lines =
                text.headLines.prefix(1) + text.passageLines(section: nil)
                + Statistic.all.filter(\.isCell).flatMap(text.cellLines)
            return lines.forEach(printLine)
        }
        if tables { return text.tableLines(section: section).forEach(printLine) }
        if let section {
            let lines = text.tableLines(section: section) + text.passageLines(section: section)
            if lines.isEmpty {
                terminal.note(Message.noText(inSection: section))
                throw ExitCode(1)
            }
            return lines.forEach(printLine)
        }
        let tableLines = text.tableLines(section: nil)
        (text.headLines + (tableLines.isEmpty ? [] : [""] + tableLines)
            + text.passageLines(section: nil) + text.findingLines).forEach(printLine)
    }

    private func printCells(
        of statistic: Statistic, _ found: Found, _ text: ReportText, _ terminal: Terminal
    ) throws {
        let objects = ReportJSON.cells(of: statistic, in: found.report, file: found.files.first)
        if objects.isEmpty {
            terminal.note(Message.noCell(statistic.key))
            throw ExitCode(1)
        }
        switch output.format ?? .text {
        case .json: terminal.write(JSONValue.array(objects))
        case .jsonl: for object in objects { terminal.write(object) }
        case .text, .atom: for line in text.cellLines(statistic) { terminal.print(line) }
        case .csv, .tsv, .markdown:
            var table = ReportTable.cells
            table.rows = ReportTable.rows(
                found.report, head: found.head, file: found.files.first,
                fields: Set(statistic.fields))
            table.print(output.format ?? .csv, to: terminal)
        }
    }

    private typealias Found = (head: ReportHead, report: Report, files: [String], line: Int?)

    /// The number of the section that a number or a word of a heading means.
    private static func section(_ text: String, of report: Report) throws -> Int {
        if let number = Int(text) { return number }
        let wanted = folded(text)
        let heading = report.headings.first { folded($0.title).contains(wanted) }
        guard let heading else {
            throw ValidationError(
                Message.noHeading(text, known: report.headings.map(\.title)))
        }
        return heading.section
    }

    /// The report that is meant, and the line when one stands behind it.
    private func find() async throws -> Found {
        if let servers = indexOption.servers { return try find(on: servers) }
        guard let report else { return try findByFilters() }
        do {
            return try await find(report)
        } catch {
            guard let colon = report.lastIndex(of: ":"),
                let line = Int(report[report.index(after: colon)...]), line > 0,
                var found = try? await find(String(report[..<colon]))
            else { throw error }
            found.line = line
            return found
        }
    }

    // MARK: Servers

    /// Refuses what shows more of cells than their values, which is all that servers have.
    private func requireValues() throws {
        if cell != nil { throw ValidationError(Message.notOfServers("--cell")) }
        let format = output.format ?? .text
        if ![.text, .markdown].contains(format) {
            throw ValidationError(Message.notOfServers("--format \(format.rawValue)"))
        }
    }

    /// The report that is meant, on servers: an id, or the beginning of one.
    private func find(on servers: NamedServers) throws -> Found {
        try requireValues()
        let question = try narrowing.question()
        let name = report
        typealias Answer = (ids: [String], heads: [ReportHead], found: Found?)
        let answer = try serverOptions.values.asking(servers) {
            (searcher) throws(SearchError) -> Answer in
            var ids: [String]?
            if let name { ids = try searcher.ids(beginning: name, limit: Self.mostNamed) }
            var heads: [ReportHead] = []
            if !question.terms.isEmpty {
                heads = try searcher.reports(matching: question).reports.map(\.head)
                let wanted = Set(heads.map(\.id))
                ids = ids?.filter(wanted.contains) ?? heads.map(\.id)
            }
            let all = ids ?? []
            guard all.count == 1, let one = try searcher.report(id: all[0]) else {
                return (all, heads, nil)
            }
            return (all, heads, (one.head, one.report, one.files, nil))
        }
        if let found = answer.found {
            Terminal(output).note(Message.valuesAlone)
            return found
        }
        if let name {
            throw ValidationError(
                answer.ids.isEmpty ? Message.noReport(name) : Message.manyIDs(name, answer.ids))
        }
        if answer.heads.isEmpty {
            Terminal.complain(Message.noReports)
            throw ExitCode(1)
        }
        throw ValidationError(Message.severalReports(answer.heads, shown: 5).description)
    }

    /// The most ids that are looked up of those that begin as is asked.
    private static let mostNamed = 100

    /// The one report that the filters leave.
    private func findByFilters() throws -> Found {
        let reader = try indexOption.open()
        let found = try Searcher(reader).reports(matching: narrowing.question())
        guard let first = found.first, let stored = try reader.report(id: first.head.id) else {
            Terminal.complain(Message.noReports)
            throw ExitCode(1)
        }
        guard found.count == 1 else {
            throw ValidationError(
                Message.severalReports(found.map(\.head), shown: 5).description)
        }
        return (first.head, stored.report, first.files, nil)
    }

    /// The report in the index, or read from the file when the index does not have it.
    private func find(_ report: String) async throws -> Found {
        let path = (try? AbsolutePath.of(report)) ?? report
        var failure: (any Error)?
        do {
            let reader = try indexOption.open()
            let wanted = try narrowing.wantedReports(in: reader)
            let heads = try reader.reports(named: report, path: path)
                .filter { wanted?.contains($0.id) ?? true }
            if heads.count > 1 {
                throw ValidationError(Message.manyIDs(report, heads.map(\.id)))
            }
            if let head = heads.first, let stored = try reader.report(id: head.id) {
                return (head, stored.report, try reader.paths(ofReport: head.id), nil)
            }
        } catch let error as SearchError {
            failure = error
        }
        // What is not in the index has no filter to pass.
        if narrowing.isEmpty, let read = try await readFile(path) { return read }
        throw failure
            ?? ValidationError(Message.noReport(report))
    }

    private func readFile(_ path: String) async throws -> Found? {
        var found: Found?
        try await ReportReader().read([path], jobs: 1) { result in
            if case .success(let read) = result, read.path == path {
                found = (read.head, read.report, [path], nil)
            }
        }
        return found
    }
}

extension Report {
    /// Leaves what one line of the file holds.
    fileprivate mutating func narrow(to line: Int) throws {
        passages.removeAll { !$0.lines.contains(line) }
        for field in statistics.fields where statistics[field]?.line != line {
            statistics[field] = nil
        }
        if passages.isEmpty, statistics.fields.isEmpty {
            throw ValidationError(Message.nothingOnLine(line))
        }
    }
}
