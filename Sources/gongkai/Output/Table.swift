import QueryLanguage
import ReportModel
import ReportSearch

/// Rows of values under named columns, written as text, JSON, CSV, TSV or Markdown.
struct Table {
    /// A column: its name for programs, and its head for people.
    struct Column {
        let name: String
        let head: String
        /// Its head in Chinese; nil when it has none.
        let chinese: String?
        let isNumber: Bool

        /// A column; its head is in Chinese where there is one and messages are.
        init(_ name: String, _ chinese: String? = nil, isNumber: Bool = false) {
            (self.name, self.isNumber, self.chinese) = (name, isNumber, chinese)
            head = QuerySyntaxError.Language.ofUser == .chinese ? chinese ?? name : name
        }
    }

    /// What the heads of columns are in a file for a spreadsheet.
    enum Heads: String, CaseIterable {
        /// The names that programs know.
        case key
        /// The official words in Chinese.
        case zh
        /// The names as words.
        case en

        /// The head of a column.
        func head(of column: Column) -> String {
            switch self {
            case .key: column.name
            case .zh: column.chinese ?? column.name
            case .en:
                column.name.replacing(".", with: " ").replacing("_", with: " ")
            }
        }
    }

    /// What stands in a cell.
    enum Value {
        case text(String)
        /// A file's path, as a person would type it.
        case path(String)
        case number(Double)
        /// Several values, such as the names of a field.
        case list([String])
        /// Numbers in ascending order, such as years.
        case integers([Int])
        case unknown

        /// The path of a file; nil when there is none.
        init(path: String?) { self = path.map { .path(DisplayPath.of($0)) } ?? .unknown }

        init(_ text: String?) { self = text.map(Value.text) ?? .unknown }
        init(_ number: Int?) { self = number.map { .number(Double($0)) } ?? .unknown }
        init(_ number: Double?) { self = number.map(Value.number) ?? .unknown }
    }

    /// The name and version of what a row is, such as `gongkai.field/1`.
    let schema: String
    var columns: [Column]
    var rows: [[Value]] = []

    /// Writes the table in a format.
    func print(_ format: Format, to terminal: Terminal) {
        switch format {
        case .json: terminal.write(JSONValue.array(rows.map(json)))
        case .jsonl: for row in rows { terminal.write(json(row)) }
        case .markdown: for line in markdownLines { terminal.write(line) }
        case .text, .atom: for line in textLines(terminal) { terminal.print(line) }
        case .csv, .tsv:
            guard let values = SeparatedValues(format) else { return }
            let head = columns.map { Value.text($0.name) }
            for row in [head] + rows { terminal.write(values.line(row), end: values.end) }
        }
    }

    /// A row as an object.
    func json(_ row: [Value]) -> JSONValue {
        .object(
            [("schema", .string(schema))] + zip(columns, row).map { ($0.name, $1.json) })
    }

    // MARK: Aligned columns

    /// What a column keeps when the terminal is too narrow for all.
    private static let narrowest = 8

    func textLines(_ terminal: Terminal) -> [ShownText] {
        let shown = rows.map { row in row.map { ShownText.escaped($0.text) } }
        var widths = columns.indices.map { column in
            shown.reduce(width(of: columns[column].head)) { max($0, width(of: $1[column])) }
        }
        // Too wide for a terminal: the widest column gives way.
        if let most = terminal.tableColumns {
            let gaps = 2 * (columns.count - 1)
            while widths.reduce(gaps, +) > most, let widest = widths.max(), widest > Self.narrowest
            {
                let over = widths.reduce(gaps, +) - most
                widths[widths.firstIndex(of: widest) ?? 0] = max(
                    Self.narrowest, widest - over)
            }
        }
        func line(_ cells: [String]) -> String {
            var line = ""
            for (column, cell) in cells.enumerated() {
                let cut = cut(cell, toColumns: widths[column])
                let space = String(
                    repeating: " ", count: max(0, widths[column] - width(of: cut)))
                line += columns[column].isNumber ? space + cut : cut + space
                line += "  "
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
        return [terminal.styled(ShownText(line(columns.map(\.head))), .faint)]
            + shown.map { ShownText(line($0)) }
    }

    /// The widest that a cell of a Markdown table is padded to.
    private static let widestPadding = 40

    var markdownLines: [String] {
        let shown = rows.map { row in row.map { Self.markdown($0.text) } }
        let heads = columns.map { Self.markdown($0.head) }
        let widths = columns.indices.map { column in
            min(
                Self.widestPadding,
                shown.reduce(max(3, width(of: heads[column]))) { max($0, width(of: $1[column])) })
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let space = String(repeating: " ", count: max(0, widths[column] - width(of: cell)))
                return columns[column].isNumber ? space + cell : cell + space
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rule = columns.indices.map { column in
            String(repeating: "-", count: widths[column] - (columns[column].isNumber ? 1 : 0))
                + (columns[column].isNumber ? ":" : "")
        }
        return [line(heads), line(rule)] + shown.map(line)
    }

    /// A text that stays one cell, and is no mark-up, in Markdown.
    static func markdown(_ text: String) -> String {
        var escaped = ""
        for character in ShownText.escaped(text, keepingLines: true) {
            switch character {
            case "\n", "\r\n": escaped += "<br>"
            case "\\", "|", "*", "_", "`", "[", "]": escaped += "\\\(character)"
            case "<": escaped += "&lt;"
            case "&": escaped += "&amp;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

extension Table.Value {
    /// The value for a person and in a cell of CSV; nothing when it is unknown.
    var text: String {
        switch self {
        case .text(let text), .path(let text): text
        case .number(let number): number.figure
        case .list(let values): values.joined(separator: " ")
        case .integers(let numbers): Self.ranges(numbers)
        case .unknown: ""
        }
    }

    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .path(let path): .path(path)
        case .number(let number): .number(number)
        case .list(let values): .array(values.map(JSONValue.string))
        case .integers(let numbers): .array(numbers.map(JSONValue.integer))
        case .unknown: .null
        }
    }

    /// `2019 2021..2024`.
    private static func ranges(_ numbers: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)"
        }
        .joined(separator: " ")
    }
}

/// Values with a separator between them, one row a line.
enum SeparatedValues {
    /// RFC 4180: commas, CRLF, quotation marks around a field that needs them.
    case csv
    /// Tabs; a tab, a line end and a backslash in a field are `\t`, `\n`, `\r` and `\\`.
    case tsv

    /// The values of a format; nil when it is another kind.
    init?(_ format: Format) {
        switch format {
        case .csv: self = .csv
        case .tsv: self = .tsv
        case .text, .json, .jsonl, .markdown, .atom: return nil
        }
    }

    /// What ends a line.
    var end: String { self == .csv ? "\r\n" : "\n" }

    /// A row without its end.
    func line(_ row: [Table.Value]) -> String {
        row.map(field).joined(separator: self == .csv ? "," : "\t")
    }

    private func field(_ value: Table.Value) -> String {
        let text = ShownText.escaped(value.text, keepingLines: true)
        if case .number = value { return text }
        let guarded = Self.guarded(text)
        switch self {
        case .csv:
            guard guarded.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) })
            else { return guarded }
            return "\"" + guarded.replacing("\"", with: "\"\"") + "\""
        case .tsv:
            return guarded.replacing("\\", with: "\\\\").replacing("\t", with: "\\t")
                .replacing("\n", with: "\\n").replacing("\r", with: "\\r")
        }
    }

    /// A text that no spreadsheet takes for a formula: an apostrophe stands before what begins one.
    ///
    /// Reports are written by strangers; JSON has the text as it is.
    private static func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }
}
