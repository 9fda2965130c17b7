import QueryLanguage
import ReportModel
import ReportSearch

/// Rows of values under named columns, written as text, JSON, CSV, TSV, Markdown or a spreadsheet.
public struct Table: Sendable {
    /// A column: its name for programs, and its head for people.
    public struct Column: Sendable {
        /// Its name.
        public let name: String
        /// Its head in the language of messages.
        public let head: String
        /// Its head in Chinese; nil when it has none.
        public let chinese: String?
        /// Whether it holds numbers, which stand at the right.
        public let isNumber: Bool
        /// What becomes of it where a terminal is too narrow for all.
        public let room: Room

        /// What becomes of a column where a terminal is too narrow for all.
        public enum Room: Sendable {
            /// It is cut last: a name by which a person knows the row.
            case keeps
            /// It gives way; numbers never do.
            case gives
            /// It is left out first.
            case goes
        }

        /// A column; its head is in Chinese where there is one and messages are.
        public init(
            _ name: String, _ chinese: String? = nil, isNumber: Bool = false, room: Room = .gives
        ) {
            (self.name, self.isNumber, self.chinese, self.room) = (name, isNumber, chinese, room)
            head = QuerySyntaxError.Language.ofUser == .chinese ? chinese ?? name : name
        }
    }

    /// What the heads of columns are in a file for a spreadsheet.
    public enum Heads: String, CaseIterable, Sendable {
        /// The names that programs know.
        case key
        /// The official words in Chinese.
        case zh
        /// The names as words.
        case en

        /// The head of a column.
        public func head(of column: Column) -> String {
            switch self {
            case .key: column.name
            case .zh: column.chinese ?? column.name
            case .en:
                column.name.replacing(".", with: " ").replacing("_", with: " ")
            }
        }
    }

    /// What stands in a cell.
    public enum Value: Sendable {
        /// A text.
        case text(String)
        /// A file's path, as a person would type it.
        case path(String)
        /// A number.
        case number(Double)
        /// Several values, such as the names of a field.
        case list([String])
        /// Numbers in ascending order, such as years.
        case integers([Int])
        /// Nothing is known.
        case unknown

        /// The path of a file; nil when there is none.
        public init(path: String?) { self = path.map { .path(DisplayPath.of($0)) } ?? .unknown }

        /// A text; unknown when nil.
        public init(_ text: String?) { self = text.map(Value.text) ?? .unknown }
        /// A number; unknown when nil.
        public init(_ number: Int?) { self = number.map { .number(Double($0)) } ?? .unknown }
        /// A number; unknown when nil.
        public init(_ number: Double?) { self = number.map(Value.number) ?? .unknown }
    }

    /// The name and version of what a row is, such as `gongkai.field/1`.
    public let schema: String
    /// The columns.
    public var columns: [Column]
    /// The rows, a value a column.
    public var rows: [[Value]]

    /// A table.
    public init(schema: String, columns: [Column], rows: [[Value]] = []) {
        (self.schema, self.columns, self.rows) = (schema, columns, rows)
    }

    /// A row as an object.
    public func json(_ row: [Value]) -> JSONValue {
        .object(
            [("schema", .string(schema))] + zip(columns, row).map { ($0.name, $1.json) })
    }

    /// The widest that a cell of a Markdown table is padded to.
    private static let widestPadding = 40

    /// The lines of a Markdown table.
    public var markdownLines: [String] {
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
    public static func markdown(_ text: String) -> String {
        var escaped = ""
        for character in visible(text, keepingLines: true) {
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
    public var text: String {
        switch self {
        case .text(let text), .path(let text): text
        case .number(let number): number.figure
        case .list(let values): values.joined(separator: " ")
        case .integers(let numbers): Self.ranges(numbers)
        case .unknown: ""
        }
    }

    /// The value for a program.
    public var json: JSONValue {
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
        var text = ""
        var first = 0
        while first < numbers.count {
            var last = first
            while last + 1 < numbers.count, numbers[last] + 1 == numbers[last + 1] { last += 1 }
            if first > 0 { text += " " }
            text += String(numbers[first])
            if last > first { text += ".." + String(numbers[last]) }
            first = last + 1
        }
        return text
    }
}

extension Table.Value {
    /// The value in a cell of a spreadsheet.
    public var workbookValue: Workbook.Value {
        switch self {
        case .number(let number): .number(number)
        case .unknown: .none
        default: .text(text)
        }
    }
}
