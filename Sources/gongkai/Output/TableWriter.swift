import ReportOutput
import ReportSearch

/// Writes a table row by row; what needs all rows to be laid out, text and Markdown, comes at the
/// end.
struct TableWriter {
    private var table: Table
    private let format: Format
    private let terminal: Terminal
    private let write: (String) throws -> Void
    private var count = 0

    /// Begins a table without rows.
    ///
    /// - Parameter heads: the heads of CSV and TSV.
    init(
        _ table: Table, _ format: Format, heads: Table.Heads = .key, terminal: Terminal,
        write: @escaping (String) throws -> Void
    ) throws {
        (self.table, self.format, self.terminal, self.write) = (table, format, terminal, write)
        if let values = SeparatedValues(format) {
            try write(values.line(table.columns.map { .text(heads.head(of: $0)) }) + values.end)
        }
    }

    /// Adds a row.
    mutating func add(_ row: [Table.Value]) throws {
        switch format {
        case .csv, .tsv:
            if let values = SeparatedValues(format) { try write(values.line(row) + values.end) }
        case .jsonl, .json: try add(table.json(row))
        case .text, .markdown, .atom: table.rows.append(row)
        }
    }

    /// Adds a row that is more than its columns.
    mutating func add(_ json: JSONValue) throws {
        let before = format == .json ? (count == 0 ? "[\n" : ",\n") : ""
        try write(before + json.text + (format == .json ? "" : "\n"))
        count += 1
    }

    /// Ends the table.
    func finish() throws {
        switch format {
        case .json: try write(count == 0 ? "[]\n" : "\n]\n")
        case .text, .atom: for line in table.textLines(terminal) { try write("\(line)\n") }
        case .markdown: for line in table.markdownLines { try write(line + "\n") }
        case .csv, .tsv, .jsonl: break
        }
    }
}
