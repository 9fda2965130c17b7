import ArgumentParser
import ReportModel
import ReportOutput
import ReportSearch

/// Reports of an index on their way out.
struct ReportExport {
    /// The index; nil where hits are written that servers gave.
    let reader: IndexReader?
    let reports: [MatchingReport]
    /// The hits that are written instead of reports; nil when none were asked for.
    var hits: SearchResult?
    /// The statistics wanted; nil when none are named.
    let statistics: [Statistic]?
    /// The names of the columns wanted, beside those of statistics; nil wants all.
    var columns: [String]?
    /// The heads of columns in CSV and TSV.
    var heads = Table.Heads.key
    let terminal: Terminal

    /// Writes reports or statistics as text of some format.
    func write(
        _ subject: ExportSubject, _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        switch subject {
        case .hits: try writeHits(format, to: write)
        case .reports where format.isJSON && statistics == nil && columns == nil:
            try writeWhole(format, to: write)
        case .reports: try writeReports(format, to: write)
        case .statistics: try writeCells(format, to: write)
        }
    }

    /// The names of the columns of reports and of cells.
    static var columnNames: [String] {
        var names: [String] = []
        for column in ReportTable.heads.columns + ReportTable.cells.columns
        where !names.contains(column.name) {
            names.append(column.name)
        }
        return names
    }

    /// Calls `body` with each report, whole.
    func forEach(
        _ body: (_ report: Report, _ head: ReportHead, _ files: [String]) throws -> Void
    ) throws {
        try reader?.forEachReport(withIDs: reports.map(\.head.id)) { index, report in
            try body(report, reports[index].head, reports[index].files)
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

    // MARK: Spreadsheets

    /// Writes a sheet a table: reports and their cells, or the hits.
    func write(_ subject: ExportSubject, to book: inout Workbook) throws {
        func begin(_ name: String, _ table: Table) throws {
            try book.beginSheet(name, heads: table.columns.map(heads.head))
        }
        if let hits {
            let all = hits.hitTable
            let chosen = try ChosenColumns(of: all, columns)
            try begin("hits", chosen.table)
            for row in all.rows { try book.add(chosen.row(row).map(\.workbookValue)) }
            return
        }
        let statistics = statistics ?? []
        if subject == .reports {
            let chosen = try ChosenColumns(of: ReportTable.heads, columns)
            try begin("reports", chosen.table(with: statistics))
            try forEach { report, head, files in
                let row = chosen.row(ReportTable.row(head, file: files.first))
                try book.add(
                    row.map(\.workbookValue)
                        + statistics.map { statistic in
                            let value = Self.value(of: statistic, in: report)
                            guard statistic.isRatio, case .number(let share) = value else {
                                return value.workbookValue
                            }
                            return .share(share)
                        })
            }
        }
        let cells = try ChosenColumns(
            of: ReportTable.cells, subject == .statistics ? columns : nil)
        try begin("statistics", cells.table)
        let fields = self.statistics.map { Set($0.flatMap(\.fields)) }
        try forEach { report, head, files in
            for row in ReportTable.rows(report, head: head, file: files.first, fields: fields) {
                try book.add(cells.row(row).map(\.workbookValue))
            }
        }
    }

    private func writeReports(
        _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        let chosen = try ChosenColumns(of: ReportTable.heads, columns)
        let statistics = statistics ?? []
        var writer = try TableWriter(
            chosen.table(with: statistics), format, heads: heads, terminal: terminal,
            write: write)
        try forEach { report, head, files in
            try writer.add(
                chosen.row(ReportTable.row(head, file: files.first))
                    + statistics.map { Self.value(of: $0, in: report) })
        }
        try writer.finish()
    }

    /// The value of a statistic, of a rate to four decimals: one in ten thousand.
    private static func value(of statistic: Statistic, in report: Report) -> Table.Value {
        let value = statistic.value(in: report.statistics)
        guard statistic.isRatio else { return Table.Value(value) }
        return Table.Value(value.map { ($0 * 10_000).rounded() / 10_000 })
    }

    private func writeCells(
        _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        let chosen = try ChosenColumns(of: ReportTable.cells, columns)
        var writer = try TableWriter(
            chosen.table, format, heads: heads, terminal: terminal, write: write)
        let fields = statistics.map { Set($0.flatMap(\.fields)) }
        try forEach { report, head, files in
            for row in ReportTable.rows(report, head: head, file: files.first, fields: fields) {
                try writer.add(chosen.row(row))
            }
        }
        try writer.finish()
    }

    private func writeHits(
        _ format: Format, to write: @escaping (String) throws -> Void
    ) throws {
        guard let hits else { return }
        let all = hits.hitTable
        let chosen = try ChosenColumns(of: all, columns)
        var writer = try TableWriter(
            chosen.table, format, heads: heads, terminal: terminal, write: write)
        for row in all.rows { try writer.add(chosen.row(row)) }
        try writer.finish()
    }
}

/// Some columns of a table.
private struct ChosenColumns {
    /// The table with these columns, without rows.
    let table: Table
    private let indices: [Int]

    /// - Parameter names: the names of the columns, in their order; nil takes all.
    /// - Throws: `ValidationError` when the table has no column of a name.
    init(of all: Table, _ names: [String]?) throws {
        indices =
            try names?.map { name in
                guard
                    let index = all.columns.firstIndex(where: {
                        $0.name == name || $0.chinese == name
                    })
                else {
                    throw ValidationError(
                        Message.noColumn(name, known: all.columns.map(\.name)))
                }
                return index
            } ?? Array(all.columns.indices)
        table = Table(schema: all.schema, columns: indices.map { all.columns[$0] })
    }

    /// The table with columns of statistics behind them.
    func table(with statistics: [Statistic]) -> Table {
        var table = table
        table.columns += statistics.map { Table.Column($0.key, $0.names.first, isNumber: true) }
        return table
    }

    func row(_ row: [Table.Value]) -> [Table.Value] { indices.map { row[$0] } }
}
