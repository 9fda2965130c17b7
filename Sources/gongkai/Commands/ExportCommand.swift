public import ArgumentParser
import PlainXapian
import Platform
import QueryLanguage
import ReportModel
public import ReportOutput
import ReportSearch

/// What an export is for, where no ending of a file tells.
enum ExportTarget: String, ExpressibleByArgument, CaseIterable {
    /// Plain databases of Xapian.
    case xapian
}

/// What is exported.
enum ExportSubject: String, ExpressibleByArgument, CaseIterable {
    case reports, statistics, hits
}

struct ExportCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract:
            "Write reports, statistics or hits as CSV, XLSX, SQLite, a data package or Xapian "
            + "databases.",
        discussion: """
            Reports are a row each, with the statistics that --fields names; as JSON Lines they \
            are whole, as 'gongkai parse' prints them. Statistics are a row a cell, with its raw \
            text and line, hits a row a passage, never of a relaxed question. An SQLite file has \
            reports, cells, checks and the text, which Datasette searches; a file of the name \
            datapackage.json has CSV files beside it, of which it tells types, units and SHA-256. \
            An .xlsx file has a sheet a table, numbers as numbers, \
            with the file and line of each cell. CSV in a file begins with the mark by which spreadsheets know UTF-8. A cell that a \
            spreadsheet would take for a formula has an apostrophe before it in CSV and TSV.

            With --to xapian reports and their passages go into a folder of plain Xapian databases, \
            which every program of Xapian asks, and 'gongkai search --index HOST:PORT' where \
            xapian-tcpsrv serves them. A second export writes what changed, and removes what the \
            index or the filters no longer have.

              gongkai export reports --year 2022 --fields 新收,予以公开 > 2022.csv
              gongkai export statistics --region 洛阳市 -o luoyang.csv
              gongkai export reports --columns agency,year --fields 公开率 --heads zh -o rates.csv
              gongkai export hits 政策解读 --year 2022 -o hits.csv
              gongkai export -o package/datapackage.json
              gongkai export reports -o reports.jsonl
              gongkai export -o reports.sqlite --force
              gongkai export --to xapian --shards 3 -o plain
            """)

    @Argument(help: "What is written: reports, statistics or hits.")
    var subject = ExportSubject.reports

    @Argument(help: "The query, for hits.", completion: Completion.fields)
    var query: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            """
            The file to write, instead of standard output; its ending tells the format: .csv, \
            .tsv, .xlsx, .json, .jsonl, .md, or .sqlite or .db for an SQLite file.
            """, valueName: "file"), completion: .file())
    var outputFile: String?

    @Flag(help: "Replace the file when it is there.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Statistics, with commas between; 'all' is every cell of the forms.",
            valueName: "field"), completion: Completion.statisticLists)
    var fields: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only these columns of reports, cells or hits, with commas between.",
            valueName: "column"), completion: Completion.columns)
    var columns: [String] = []

    @Option(help: "The heads of columns in CSV and TSV: key, zh or en.")
    var heads = Table.Heads.key

    @Flag(
        inversion: .prefixedNo,
        help: "Begin CSV with the mark of UTF-8; without the flag a file has it, a pipe not.")
    var bom: Bool?

    @Option(
        name: .customLong("to"),
        help: ArgumentHelp(
            "What for: xapian, plain Xapian databases in the folder that --output names."))
    var target: ExportTarget?

    @Option(
        help: ArgumentHelp(
            "With --to xapian: over how many databases the reports are spread; 1 without.",
            valueName: "n"))
    var shards: Int?

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var serverOptions: ServerOptions
    @OptionGroup var output: OutputOptions

    var isPaged: Bool { outputFile == nil }

    func validate() throws {
        if outputFile == nil, force { throw ValidationError(Message.needs("--force", "--output")) }
        if subject != .hits, !query.isEmpty {
            throw ValidationError(Message.queryOfHits)
        }
        if shards != nil, target == nil { throw ValidationError(Message.needs("--shards", "--to")) }
        if let shards, !(1...PlainExport.mostShards).contains(shards) {
            throw ValidationError(
                Message.takesNumber("--shards", from: 1, to: PlainExport.mostShards))
        }
        guard target == .xapian else { return }
        if outputFile == nil { throw ValidationError(Message.needs("--to xapian", "--output")) }
        let isNarrowed =
            subject != .reports || !fields.isEmpty || !columns.isEmpty || force || bom != nil
            || heads != .key || output.format != nil
        if isNarrowed { throw ValidationError(Message.databasesAreWhole) }
    }

    func run() throws {
        let statistics = try self.statistics()
        let (reader, hits, reports) = try read()
        let terminal = Terminal(output)
        if target == .xapian, let outputFile, let reader {
            return try writeDatabases(reports, of: reader, to: outputFile, terminal)
        }
        let export = ReportExport(
            reader: reader, reports: reports, hits: hits, statistics: statistics,
            columns: columnNames, heads: heads, terminal: terminal)
        if let outputFile {
            try write(export, to: outputFile)
        } else {
            let buffer = TextBuffer(StandardOutput.write)
            if bom == true, output.format ?? .csv == .csv { try buffer.write("\u{FEFF}") }
            try export.write(subject, output.format ?? .csv, to: buffer.write)
            try buffer.flush()
        }
        let count = hits?.hits.count ?? reports.count
        if count == 0 {
            terminal.note(hits == nil ? Message.noReports : Message.nothingFound)
            throw ExitCode(1)
        }
        terminal.note(
            hits == nil
                ? Message.exported(count) : Message.passages(count))
    }

    /// What is written: hits, or reports; and the index, or what servers tell of the reports.
    private func read() throws
        -> (reader: IndexReader?, hits: SearchResult?, reports: [MatchingReport])
    {
        let question = try filters.values.question()
        guard let servers = indexOption.servers else {
            let reader = try indexOption.open()
            let searcher = try Searcher(reader)
            if subject == .hits {
                return (reader, try hits { try searcher.search($0) }, [])
            }
            let reports = try searcher.reports(matching: question)
                .filter { $0.head.kind == .annualReport || subject == .reports }
            return (reader, nil, reports)
        }
        if subject == .hits {
            let hits = try hits { request in
                try serverOptions.values.asking(servers) { (searcher) throws(SearchError) in
                    try searcher.search(request)
                }
            }
            return (nil, hits, [])
        }
        try requireValues()
        let (reports, reader) = try serverOptions.values.asking(servers) {
            (searcher) throws(SearchError) in try searcher.reports(matching: question)
        }
        return (reader, nil, reports)
    }

    /// Refuses what writes more of cells than their values, which is all that servers have.
    private func requireValues() throws {
        if subject == .statistics { throw ValidationError(Message.notOfServers("statistics")) }
        if target == .xapian { throw ValidationError(Message.notOfServers("--to xapian")) }
        if let outputFile {
            let isBook = output.format == nil && ExportFile.ending(of: outputFile) == "xlsx"
            if isBook || isSQLite(outputFile)
                || ExportFile.name(of: outputFile) == DataPackage.fileName
            {
                throw ValidationError(Message.notOfServers(outputFile))
            }
        }
        let format = try outputFile.map(format(of:)) ?? output.format ?? .csv
        if format.isJSON, fields.isEmpty, columns.isEmpty {
            throw ValidationError(Message.notOfServers("--format \(format.rawValue)"))
        }
    }

    /// Writes plain Xapian databases of whole reports.
    private func writeDatabases(
        _ reports: [MatchingReport], of reader: IndexReader, to path: String, _ terminal: Terminal
    ) throws {
        let export = try PlainExport(into: AbsolutePath.of(path), shards: shards)
        try reader.forEachReport(withIDs: reports.map(\.head.id)) { index, report in
            try export.add(
                report, sha256: reports[index].head.sha256,
                files: reports[index].files)
        }
        let counts = try export.finish()
        terminal.note(Message.exportedDatabases(counts))
        if counts.total == 0 { throw ExitCode(1) }
    }

    private func write(_ export: ReportExport, to path: String) throws {
        if ExportFile.name(of: path) == DataPackage.fileName {
            guard subject != .hits else {
                throw ValidationError(Message.packageWithoutHits)
            }
            let question = CommandLineText.of(Main.arguments)
            return try DataPackage(export: export, question: question).write(
                at: path, replaces: force)
        }
        let file = try ExportFile(path: path, replaces: force)
        if isSQLite(path) {
            guard subject != .hits else {
                throw ValidationError(Message.databaseWithoutHits)
            }
            return try file.write(export.writeSQLite)
        }
        if output.format == nil, ExportFile.ending(of: path) == "xlsx" {
            return try file.writeWorkbook { try export.write(subject, to: &$0) }
        }
        let format = try format(of: path)
        try file.writeText { write in
            if bom ?? true, format == .csv { try write("\u{FEFF}") }
            try export.write(subject, format, to: write)
        }
    }

    /// The passages that the query finds, all of them; no question is relaxed.
    private func hits(_ search: (SearchRequest) throws -> SearchResult) throws -> SearchResult {
        let text = query.joined(separator: " ")
        var terms = try filters.values.terms()
        if let tree = try QueryTree.parse(text) {
            terms.insert(Question.Term(tree, from: .query(text)), at: 0)
        }
        guard !terms.isEmpty else { throw ValidationError(Message.noQuestion) }
        var request = SearchRequest(Question(terms))
        request.listedBy = .passage
        request.match = .all
        request.mayRelax = false
        request.limit = 0
        do {
            return try search(request)
        } catch let error as SearchError where error.reason == .question {
            throw QuestionError(error)
        }
    }

    private var columnNames: [String]? {
        columns.isEmpty
            ? nil
            : columns.flatMap { $0.split(whereSeparator: { ",，、".contains($0) }).map(String.init) }
    }

    private func isSQLite(_ file: String) -> Bool {
        output.format == nil
            && ["sqlite", "sqlite3", "db"].contains(ExportFile.ending(of: file))
    }

    private func format(of file: String) throws -> Format {
        if let format = output.format { return format }
        let ending = ExportFile.ending(of: file)
        if ending == "md" { return .markdown }
        if ending == "txt" { return .text }
        guard let format = Format(rawValue: ending) else {
            throw ValidationError(
                Message.noFormat(
                    ofFile: file, "name one with --format, or end it in .csv, .jsonl or .sqlite"))
        }
        return format
    }

    private func statistics() throws -> [Statistic]? {
        guard !fields.isEmpty else { return nil }
        let names = fields.flatMap { $0.split(whereSeparator: { ",，、".contains($0) }) }
        if names == ["all"] {
            return StatisticField.all.compactMap { Statistic.named($0.key) }
        }
        return try names.map { name in
            guard case .statistic(let statistic, _) = try SortOrder(String(name)) else {
                throw ValidationError(Message.isColumn(String(name)))
            }
            return statistic
        }
    }
}

extension Table.Heads: ExpressibleByArgument {}
