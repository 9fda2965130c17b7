import ChineseText

/// A table that a spreadsheet saved as text: cells between commas or semicolons, quoted where they
/// hold one or a line's end.
///
/// A record with several cells is a row; one with a single cell is a line of text.
struct SheetReader {
    private(set) var lines: [DocumentLine] = []

    /// No sheet has more rows.
    private static let mostRows = 1 << 20
    /// Text with fewer rows of numbers is no sheet.
    private static let fewestRows = 5
    /// No table has more cells in a row; a record with more is text.
    private static let mostCells = 100

    /// Reads a text in UTF-8; nil when it is no sheet, which is told quickly.
    init?(_ utf8: [UInt8]) {
        let counts = Self.counts(in: utf8.span)
        let signs = [(UInt8(ascii: ","), counts.commas), (UInt8(ascii: ";"), counts.semicolons)]
        guard let sign = signs.first(where: { Self.isSheet(utf8, $0.0, count: $0.1) })?.0 else {
            return nil
        }
        let records = Self.records(utf8, sign)
        guard records.count <= Self.mostRows else { return nil }
        var sheet = Sheet("")
        for (row, record) in records.enumerated() {
            let filled = record.cells.filter { !$0.isEmpty }
            if record.cells.count > Self.mostCells || Self.isProse(filled) {
                let text = filled.joined(separator: String(Unicode.Scalar(sign)))
                sheet.set(row: row, column: 0, text)
            } else {
                for (column, cell) in record.cells.enumerated() {
                    sheet.set(row: row, column: column, cell)
                }
            }
        }
        var content = SheetLines()
        content.add(sheet)
        // The number of a line is that of the text's.
        lines = content.lines.map { line in
            var line = line
            line.number = records[line.number - 1].line
            line.lastNumber = records[line.lastNumber - 1].line
            return line
        }
    }

    /// One record: its first line, from 1, and its cells.
    struct Record {
        let line: Int
        var cells: [String]
    }

    /// Whether a text has rows of a label and numbers between such signs, of which it has so many.
    private static func isSheet(_ utf8: [UInt8], _ sign: UInt8, count: Int) -> Bool {
        guard count >= 2 * fewestRows else { return false }
        if count >= fewestPads * fewestRows, isPadded(utf8, sign) { return true }
        var rows = 0
        var next = 0
        while let range = signedLine(of: utf8.span, from: next, sign) {
            next = range.upperBound + 1
            let line = utf8[range]
            let cells = line.split(separator: sign, omittingEmptySubsequences: false)
            let filled = cells.lazy.map(Self.unquoted).filter { !$0.isEmpty }
            let numbers = filled.count { cell in
                cell.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
            }
            // 2,5,7件 of a sentence: its cells are no numbers alone, or its label is long. Joined
            // cells leave empty ones.
            // Nor do its cells hold several words, as 14,088 3 parted at its comma would.
            if numbers >= 1, numbers + 3 >= filled.count, !filled.contains(where: holdsNumbers) {
                rows += 1
            }
            if rows == fewestRows { return true }
        }
        return false
    }

    /// How many commas and semicolons of ASCII a text holds.
    private static func counts(in utf8: Span<UInt8>) -> (commas: Int, semicolons: Int) {
        var (commas, semicolons) = (0, 0)
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            // Most characters have three bytes.
            if byte >= 0xE0 {
                index += 3
                continue
            }
            if byte == UInt8(ascii: ",") { commas += 1 }
            if byte == UInt8(ascii: ";") { semicolons += 1 }
            index += 1
        }
        return (commas, semicolons)
    }

    /// The next line from an offset on that holds both such a sign and a character of Chinese text;
    /// nil when there is none.
    private static func signedLine(
        of utf8: Span<UInt8>, from offset: Int, _ sign: UInt8
    ) -> Range<Int>? {
        var start = offset
        var (hasSign, hasHan) = (false, false)
        for index in min(offset, utf8.count)..<utf8.count {
            let byte = utf8[index]
            if byte == 0x0A || byte == 0x0D {
                if hasSign, hasHan { return start..<index }
                start = index + 1
                (hasSign, hasHan) = (false, false)
            } else if byte == sign {
                hasSign = true
            } else if byte >= 0xE4 {
                hasHan = true
            }
        }
        return hasSign && hasHan ? start..<utf8.count : nil
    }

    /// Whether a number stands behind a space of a cell.
    private static func holdsNumbers(_ cell: ArraySlice<UInt8>) -> Bool {
        zip(cell, cell.dropFirst()).contains { one, next in
            one == 0x20 && (0x30...0x39).contains(next)
        }
    }

    /// Whether most lines end in several such signs, which a sheet leaves of the cells beside a
    /// text.
    private static func isPadded(_ utf8: [UInt8], _ sign: UInt8) -> Bool {
        let end = [UInt8](repeating: sign, count: fewestPads)
        var lines = 0
        var padded = 0
        for line in utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            lines += 1
            if line.suffix(fewestPads).elementsEqual(end) { padded += 1 }
        }
        return padded >= fewestRows && padded * 2 >= lines
    }

    /// So many empty cells at the end of a line are no accident.
    private static let fewestPads = 3

    private static func unquoted(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let quote = UInt8(ascii: "\"")
        guard cell.count >= 2, cell.first == quote, cell.last == quote else { return cell }
        return cell.dropFirst().dropLast()
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
