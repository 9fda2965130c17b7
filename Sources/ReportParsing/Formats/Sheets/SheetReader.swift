import ChineseText

/// A table that a spreadsheet saved as text: cells between commas or semicolons, quoted where they
/// hold one or a line's end.
///
/// A record with several cells is a row; one with a single cell is a line of text.
struct SheetReader {
    private(set) var lines: [DocumentLine] = []

    /// Text with fewer rows of numbers is no sheet.
    private static let fewestRows = 5
    /// No table has more cells in a row; a record with more is text.
    private static let mostCells = 100

    /// Reads a text in UTF-8; nil when it is no sheet, which is told quickly.
    init?(_ utf8: [UInt8]) {
        let signs = [UInt8(ascii: ","), UInt8(ascii: ";")]
        guard let sign = signs.first(where: { Self.isSheet(utf8, $0) }) else { return nil }
        var table: GridRow.Table?
        for record in Self.records(utf8, sign) {
            let filled = record.cells.filter { !$0.isEmpty }
            if filled.isEmpty {
                table = nil
            } else if record.cells.count < 2 || record.cells.count > Self.mostCells
                || Self.isProse(filled)
            {
                table = nil
                let text = filled.joined(separator: String(Unicode.Scalar(sign)))
                for part in text.split(separator: "\n") {
                    lines.add(DocumentLine(number: record.line, raw: String(part)))
                }
            } else {
                let own = table ?? GridRow.Table()
                table = own
                lines.add(Self.row(record, of: own))
            }
        }
    }

    /// One record: its first line, from 1, and its cells.
    struct Record {
        let line: Int
        var cells: [String]
    }

    private static func row(_ record: Record, of table: GridRow.Table) -> DocumentLine {
        let texts = record.cells.map { cell in
            String(cell.map { $0 == "\n" || $0 == "\t" ? " " : $0 }).trimmingSpaces
        }
        let cells = texts.enumerated().map {
            GridRow.Cell(text: $1, column: $0, columns: 1, isTall: false)
        }
        return DocumentLine(
            number: record.line, raw: texts.joined(separator: "\t"),
            row: GridRow(table: table, cells: cells))
    }

    /// Whether a text has rows of a label and numbers between such signs.
    private static func isSheet(_ utf8: [UInt8], _ sign: UInt8) -> Bool {
        guard utf8.count(where: { $0 == sign }) >= 2 * fewestRows else { return false }
        var rows = 0
        for line in utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard line.contains(sign), line.contains(where: { $0 >= 0xE4 }) else { continue }
            let cells = line.split(separator: sign)
            let numbers = cells.count { cell in
                // Quotes may stand around every cell.
                let bare = cell.drop { $0 == 0x22 }.prefix { $0 != 0x22 }
                return !bare.isEmpty
                    && bare.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
            }
            // 2,5,7件 of a sentence: its cells are no numbers alone, or its label is long.
            let others = cells.count { !$0.allSatisfy { $0 == 0x22 } } - numbers
            if numbers >= 1, others <= 3 { rows += 1 }
            if rows == fewestRows { return true }
        }
        return false
    }

    /// Whether the cells of a record are a sentence that holds such signs.
    private static func isProse(_ cells: [String]) -> Bool {
        cells.count == 1
            || cells.contains { $0.contains("。") }
                && !cells.contains { cell in
                    cell.utf8.allSatisfy { (0x30...0x39).contains($0) }
                }
    }

    /// The records of a text in which a sign parts cells.
    static func records(_ utf8: [UInt8], _ sign: UInt8) -> [Record] {
        var records: [Record] = []
        var record = Record(line: 1, cells: [])
        var cell: [UInt8] = []
        var line = 1
        var isQuoted = false
        func finishCell() {
            record.cells.append(String(decoding: cell, as: UTF8.self).trimmingSpaces)
            cell = []
        }
        let quote = UInt8(ascii: "\"")
        var index = utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < utf8.count {
            let byte = utf8[index]
            index += 1
            let isEnd = byte == 0x0A || byte == 0x0D && (index == utf8.count || utf8[index] != 0x0A)
            if isEnd { line += 1 }
            if isQuoted {
                if byte != quote {
                    if byte != 0x0D { cell.append(byte) }
                } else if index < utf8.count, utf8[index] == quote {
                    cell.append(quote)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == quote, cell.isEmpty {
                isQuoted = true
            } else if byte == sign {
                finishCell()
            } else if isEnd {
                finishCell()
                records.append(record)
                record = Record(line: line, cells: [])
            } else if byte != 0x0D {
                cell.append(byte)
            }
        }
        if !cell.isEmpty || !record.cells.isEmpty {
            finishCell()
            records.append(record)
        }
        return records
    }
}
