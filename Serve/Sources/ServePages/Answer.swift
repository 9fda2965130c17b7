import ReportOutput

/// What is sent back for an address.
public struct Answer: Sendable {
    /// The status of HTTP (RFC 9110).
    public var status: Int
    /// The media type.
    public var type: String
    /// The bytes.
    public var body: [UInt8]
    /// The name of the file that a browser saves; nil of what it shows.
    public var fileName: String?

    /// An answer.
    public init(status: Int, type: String, body: [UInt8], fileName: String? = nil) {
        (self.status, self.type, self.body, self.fileName) = (status, type, body, fileName)
    }

    /// A page.
    static func page(_ page: HTML, status: Int = 200) -> Answer {
        Answer(status: status, type: "text/html; charset=utf-8", body: Array(page.text.utf8))
    }

    /// Data of a form.
    static func data(_ text: String, _ form: Address.Form, name: String) -> Answer {
        let type = form == .json ? "application/json" : "text/csv; charset=utf-8; header=present"
        return Answer(
            status: 200, type: type, body: Array(text.utf8), fileName: name + ".\(form.rawValue)")
    }
}

extension Answer {
    /// What went wrong, for a program.
    static func failure(_ status: Int, _ message: String) -> Answer {
        let object = JSONValue.object([("error", .string(message))])
        return Answer(
            status: status, type: "application/json", body: Array((object.text + "\n").utf8))
    }

    /// A table in a form.
    static func table(_ table: Table, _ form: Address.Form, name: String) throws -> Answer {
        switch form {
        case .html, .json:
            return .data(JSONValue.array(table.rows.map(table.json)).text + "\n", .json, name: name)
        case .csv:
            let values = SeparatedValues.csv
            var text = values.line(table.columns.map { .text($0.name) }) + values.end
            for row in table.rows { text += values.line(row) + values.end }
            return .data(text, .csv, name: name)
        case .xlsx:
            let sheet = MemoryFile()
            var book = Workbook(
                PatchedOutput(append: { sheet.bytes += $0 }, patch: { sheet.patch(Int($0), $1) }))
            try book.beginSheet(name, heads: table.columns.map(\.name))
            for row in table.rows { try book.add(row.map(\.workbookValue)) }
            try book.finish()
            return Answer(
                status: 200,
                type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                body: sheet.bytes, fileName: name + ".xlsx")
        }
    }
}

/// The bytes of a file that is made to be sent.
private final class MemoryFile {
    var bytes: [UInt8] = []

    func patch(_ offset: Int, _ patch: [UInt8]) {
        bytes.replaceSubrange(offset..<offset + patch.count, with: patch)
    }
}
