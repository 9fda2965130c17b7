import ArgumentParser
import QueryLanguage
import ReportModel
import ReportSearch

/// What is exported.
enum ExportSubject: String, ExpressibleByArgument, CaseIterable {
    case reports, statistics
}

struct ExportCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write reports or statistics as CSV, JSON Lines or an SQLite file.",
        discussion: """
            Reports are a row each, with the statistics that --fields names; as JSON Lines they \
            are whole, as 'gongkai parse' prints them. Statistics are a row a cell, with its raw \
            text and line. An SQLite file has both, and the text. A cell that a spreadsheet \
            would take for a formula has an apostrophe before it in CSV and TSV.

              gongkai export reports --year 2022 --fields 新收,予以公开 > 2022.csv
              gongkai export statistics --region 洛阳市 -o luoyang.csv
              gongkai export reports -o reports.jsonl
              gongkai export -o reports.sqlite --force
            """)

    @Argument(help: "What is written: reports or statistics.")
    var subject = ExportSubject.reports

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            """
            The file to write, instead of standard output; its ending tells the format: .csv, \\
            .tsv, .json, .jsonl, .md, or .sqlite or .db for an SQLite file.
            """, valueName: "file"), completion: .file())
    var outputFile: String?

    @Flag(help: "Replace the file when it is there.")
    var force = false

    @Option(
        help: ArgumentHelp(
            "Statistics, with commas between; 'all' is every cell of the forms.",
            valueName: "field"), completion: Completion.statistics)
    var fields: [String] = []

    @OptionGroup var filters: FilterOptions
    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    var isPaged: Bool { outputFile == nil }

    func validate() throws {
        if outputFile == nil, force { throw ValidationError("--force needs --output") }
    }

    func run() throws {
        let statistics = try self.statistics()
        let reader = try indexOption.open()
        let reports = try Searcher(reader).reports(matching: filters.values.question())
            .filter { $0.head.kind == .annualReport || subject == .reports }
        let terminal = Terminal(output)
        let export = ReportExport(
            reader: reader, reports: reports, statistics: statistics, terminal: terminal)
        if let outputFile {
            let file = try ExportFile(path: outputFile, replaces: force)
            if isSQLite(outputFile) {
                try file.write(export.writeSQLite)
            } else {
                let format = try format(of: outputFile)
                try file.writeText { try export.write(subject, format, to: $0) }
            }
        } else {
            let buffer = TextBuffer(StandardOutput.write)
            try export.write(subject, output.format ?? .csv, to: buffer.write)
            try buffer.flush()
        }
        if reports.isEmpty {
            terminal.note(Message.noReports)
            throw ExitCode(1)
        }
        terminal.note(Message.exported(reports.count))
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
                "\(file): the ending tells no format; name one with --format, or end it in .csv, "
                    + ".jsonl or .sqlite")
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
                throw ValidationError("\(name) is a column already")
            }
            return statistic
        }
    }
}

/// Reports of an index on their way out.
struct ReportExport {
    let reader: IndexReader
    let reports: [MatchingReport]
    /// The statistics wanted; nil when none are named.
    let statistics: [Statistic]?
    let terminal: Terminal

    /// Writes reports or statistics as text of some format.
    func write(
        _ subject: ExportSubject, _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        switch subject {
        case .reports where format.isJSON && statistics == nil:
            try writeWhole(format, to: write)
        case .reports: try writeReports(format, to: write)
        case .statistics: try writeCells(format, to: write)
        }
    }

    private func forEach(
        _ body: (_ report: Report, _ head: ReportHead, _ files: [String]) throws -> Void
    ) throws {
        for report in reports {
            guard let stored = try reader.report(id: report.head.id) else { continue }
            try body(stored.report, report.head, report.files)
        }
    }

    private func writeWhole(
        _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        var writer = try TableWriter(
            ReportTable.heads, format, terminal: terminal, write: write)
        try forEach { report, head, files in
            try writer.add(
                ReportJSON.report(report, sha256: head.sha256, file: files.first))
        }
        try writer.finish()
    }

    private func writeReports(
        _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        let heads = ReportTable.heads
        let table = Table(
            schema: heads.schema,
            columns: heads.columns
                + (statistics ?? []).map { Table.Column($0.key, isNumber: true) })
        var writer = try TableWriter(table, format, terminal: terminal, write: write)
        try forEach { report, head, files in
            try writer.add(
                ReportTable.row(head, file: files.first)
                    + (statistics ?? []).map { Table.Value($0.value(in: report.statistics)) })
        }
        try writer.finish()
    }

    private func writeCells(
        _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        var writer = try TableWriter(
            ReportTable.cells, format, terminal: terminal, write: write)
        let fields = statistics.map { Set($0.flatMap(\.fields)) }
        try forEach { report, head, files in
            for row in ReportTable.rows(report, head: head, file: files.first, fields: fields) {
                try writer.add(row)
            }
        }
        try writer.finish()
    }

    // MARK: SQLite

    /// Writes everything about the reports into an SQLite file.
    func writeSQLite(to path: String) throws {
        var file = try SQLiteFile(path: path)
        let key = "report TEXT NOT NULL REFERENCES reports(id)"
        let reportRows = try file.table(
            "reports",
            columns: [
                "id TEXT PRIMARY KEY", "sha256 TEXT", "title TEXT", "agency TEXT",
                "year INTEGER", "province TEXT", "city TEXT", "county TEXT", "kind TEXT",
                "form TEXT", "encoding TEXT",
            ])
        let fileRows = try file.table("files", columns: ["path TEXT", key])
        let passageRows = try file.table(
            "passages",
            columns: [
                key, "number INTEGER", "section INTEGER", "section_title TEXT",
                "subsection TEXT", "text TEXT", "first_line INTEGER", "last_line INTEGER",
            ])
        let fieldRows = try file.table(
            "fields",
            columns: ["key TEXT PRIMARY KEY", "name TEXT", "unit TEXT", "section INTEGER"],
        )
        let cellRows = try file.table(
            "statistics",
            columns: [
                key, "key TEXT NOT NULL REFERENCES fields(key)", "value REAL", "status TEXT",
                "raw TEXT", "line INTEGER", "inferred_from TEXT", "PRIMARY KEY (report, key)",
            ], ending: "WITHOUT ROWID")
        for field in StatisticField.all {
            try file.insert(
                [
                    .text(field.key), Table.Value(Statistic.named(field.key)?.names.first),
                    Table.Value(field.unit), Table.Value(field.section),
                ], into: fieldRows)
        }
        try forEach { report, head, files in
            try file.insert(
                [
                    .text(head.id), .text(head.sha256), Table.Value(head.title),
                    Table.Value(head.agency), Table.Value(head.year),
                    Table.Value(head.region.province), Table.Value(head.region.city),
                    Table.Value(head.region.county), .text(head.kind.rawValue),
                    .text(head.form.rawValue), .text(head.encoding),
                ], into: reportRows)
            for path in files { try file.insert([.text(path), .text(head.id)], into: fileRows) }
            let titles = Dictionary(
                report.headings.map { ($0.section, $0.title) }, uniquingKeysWith: { one, _ in one })
            for (number, passage) in report.passages.enumerated() {
                try file.insert(
                    [
                        .text(head.id), Table.Value(number + 1), Table.Value(passage.section),
                        Table.Value(titles[passage.section]), Table.Value(passage.subsection),
                        .text(passage.text), Table.Value(passage.lines.lowerBound),
                        Table.Value(passage.lines.upperBound),
                    ], into: passageRows)
            }
            for field in report.statistics.fields {
                guard let cell = report.statistics[field] else { continue }
                try file.insert(
                    [
                        .text(head.id), .text(StatisticField.all[field].key),
                        Table.Value(cell.value), .text(cell.status.rawValue), .text(cell.raw),
                        Table.Value(cell.line), Table.Value(cell.inferredFrom),
                    ], into: cellRows)
            }
        }
        try file.execute("CREATE INDEX statistics_by_key ON statistics (key, value)")
        try file.execute("CREATE INDEX passages_by_report ON passages (report, number)")
        try file.commit()
    }
}
