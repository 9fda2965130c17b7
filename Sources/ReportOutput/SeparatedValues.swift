/// Values with a separator between them, one row a line.
public enum SeparatedValues: Sendable {
    /// RFC 4180: commas, CRLF, quotation marks around a field that needs them.
    case csv
    /// Tabs; a tab, a line end and a backslash in a field are `\t`, `\n`, `\r` and `\\`.
    case tsv

    /// What ends a line.
    public var end: String { self == .csv ? "\r\n" : "\n" }

    /// A row without its end.
    public func line(_ row: [Table.Value]) -> String {
        row.map(field).joined(separator: self == .csv ? "," : "\t")
    }

    private func field(_ value: Table.Value) -> String {
        let text = visible(value.text, keepingLines: true)
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
