import ReportModel
import ReportOutput
import ReportSearch

/// Reports of an index as an SQLite file.
extension ReportExport {
    /// The version of the tables below, which the file has as its `user_version`.
    private static let tablesVersion = 2

    /// Writes everything about the reports into an SQLite file.
    ///
    /// Paths are relative to the folder that holds the index, so that the file says the same on
    /// another machine. Values that are whole are integers.
    func writeSQLite(to path: String) throws {
        var file = try SQLiteFile(path: path)
        let rows = try SQLiteTables(in: &file)
        for field in StatisticField.all {
            try file.insert(
                [
                    .text(field.key), Table.Value(Statistic.named(field.key)?.names.first),
                    Table.Value(field.unit), Table.Value(field.section),
                ], into: rows.fields)
        }
        try forEach { report, head, files in
            try file.insert(
                ReportTable.sqliteRow(head), into: rows.reports)
            for path in files {
                try file.insert([.text(relative(path)), .text(head.id)], into: rows.files)
            }
            try insertPassages(of: report, head, into: rows.passages, of: file)
            for field in report.statistics.fields {
                guard let cell = report.statistics[field] else { continue }
                try file.insert(
                    [
                        .text(head.id), .text(StatisticField.all[field].key),
                        Table.Value(cell.value), .text(cell.status.rawValue), .text(cell.raw),
                        Table.Value(cell.line), Table.Value(cell.inferredFrom),
                    ], into: rows.statistics)
            }
            for (rule, state) in report.ruleStates {
                try file.insert(
                    [.text(head.id), .text(rule), .text(state.rawValue)], into: rows.checks)
            }
        }
        try file.execute("CREATE INDEX statistics_by_key ON statistics (key, value)")
        try file.execute("CREATE INDEX passages_by_report ON passages (report, number)")
        try file.execute("CREATE INDEX checks_by_rule ON checks (rule, state)")
        try file.execute(Self.totalsView)
        // A library without FTS5 makes a file without it.
        if (try? file.execute(Self.searchTable)) != nil {
            try file.execute("INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')")
        }
        try file.execute("PRAGMA user_version = \(Self.tablesVersion)")
        try file.commit()
    }

    private func insertPassages(
        of report: Report, _ head: ReportHead, into rows: SQLiteFile.Target,
        of file: borrowing SQLiteFile
    ) throws {
        let titles = Dictionary(
            report.headings.map { ($0.section, $0.title) }, uniquingKeysWith: { one, _ in one })
        for (number, passage) in report.passages.enumerated() {
            try file.insert(
                [
                    .text(head.id), Table.Value(number + 1), Table.Value(passage.section),
                    Table.Value(titles[passage.section]), Table.Value(passage.subsection),
                    .text(passage.text), Table.Value(passage.lines.lowerBound),
                    Table.Value(passage.lines.upperBound),
                ], into: rows)
        }
    }

    /// A path from the folder that holds the index; as it is when it lies elsewhere.
    private func relative(_ path: String) -> String {
        guard let folder = reader?.folder, let slash = folder.lastIndex(of: "/") else {
            return path
        }
        let base = folder[...slash]
        return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
    }

    /// The full-text search of the passages, which Datasette finds by its content table; every three
    /// characters in a row are looked up.
    private static let searchTable =
        "CREATE VIRTUAL TABLE passages_fts USING fts5(text, content=\"passages\", "
        + "content_rowid=\"rowid\", tokenize=\"trigram\")"

    /// A row a report, a column a total of the third and fourth table and each cell of the second.
    private static var totalsView: String {
        let fields = StatisticField.all.filter { $0.section == 2 || $0.key.hasSuffix(".total") }
        let columns = fields.map { field in
            "max(CASE WHEN s.key = '\(field.key)' THEN s.value END) AS "
                + field.key.replacing(".", with: "_")
        }
        return "CREATE VIEW totals AS SELECT r.id AS report, r.agency_key, r.agency, r.year, "
            + "r.level, r.scope, \(columns.joined(separator: ", ")) FROM reports r "
            + "LEFT JOIN statistics s ON s.report = r.id GROUP BY r.id"
    }
}

/// The tables of an SQLite file, to which rows are added.
private struct SQLiteTables {
    let reports: SQLiteFile.Target
    let files: SQLiteFile.Target
    let passages: SQLiteFile.Target
    let fields: SQLiteFile.Target
    let statistics: SQLiteFile.Target
    let checks: SQLiteFile.Target

    init(in file: inout SQLiteFile) throws {
        let key = "report TEXT NOT NULL REFERENCES reports(id)"
        reports = try file.table(
            "reports",
            columns: [
                "id TEXT PRIMARY KEY", "sha256 TEXT", "title TEXT", "agency TEXT",
                "agency_key TEXT", "level TEXT", "scope TEXT", "year INTEGER", "province TEXT",
                "city TEXT", "county TEXT", "kind TEXT", "form TEXT", "encoding TEXT",
            ])
        files = try file.table("files", columns: ["path TEXT", key])
        passages = try file.table(
            "passages",
            columns: [
                key, "number INTEGER", "section INTEGER", "section_title TEXT",
                "subsection TEXT", "text TEXT", "first_line INTEGER", "last_line INTEGER",
            ])
        fields = try file.table(
            "fields",
            columns: ["key TEXT PRIMARY KEY", "name TEXT", "unit TEXT", "section INTEGER"])
        statistics = try file.table(
            "statistics",
            columns: [
                key, "key TEXT NOT NULL REFERENCES fields(key)", "value NUMERIC", "status TEXT",
                "raw TEXT", "line INTEGER", "inferred_from TEXT", "PRIMARY KEY (report, key)",
            ], ending: "WITHOUT ROWID")
        checks = try file.table("checks", columns: [key, "rule TEXT", "state TEXT"])
    }
}

extension ReportTable {
    /// A report as a row of the table `reports` of an SQLite file.
    fileprivate static func sqliteRow(_ head: ReportHead) -> [Table.Value] {
        [
            .text(head.id), .text(head.sha256), Table.Value(head.title), Table.Value(head.agency),
            Table.Value(agencyKey(of: head)),
            Table.Value(AgencyLevel(agency: head.agency, region: head.region)?.rawValue),
            .text(head.scope.rawValue), Table.Value(head.year), Table.Value(head.region.province),
            Table.Value(head.region.city), Table.Value(head.region.county),
            .text(head.kind.rawValue), .text(head.form.rawValue), .text(head.encoding),
        ]
    }
}
