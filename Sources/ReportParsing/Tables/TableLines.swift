import ChineseText
import ReportModel

/// The lines of tables, in each form that files print them.
extension TableRows {
    mutating func read(_ line: SourceLine) {
        self.line = line.number
        if let row = line.row {
            readGrid(row, line.number)
            return
        }
        if table != nil {
            // The last row of a grid ends with it.
            if isFilled || isWholeRow() { finishRow() }
            table = nil
        }
        if line.signs.contains(.tab) {
            readDelimited(
                line.raw, 0..<line.raw.utf8.count, by: UInt8(ascii: "\t"), line.number)
        } else if line.signs.contains(.bar) {
            let bar = UInt8(ascii: "|")
            let text = line.raw.trimmingSpaces.replacingWideBars
            let utf8 = text.utf8.span
            if utf8.count == 1, utf8[0] == bar {
                // Between cells that stand on lines of their own.
                if endsInBar { cell("", .blank, line.number, at: nil) }
                endsInBar = true
                return
            }
            endsInBar = utf8.count > 0 && utf8[utf8.count - 1] == bar
            let start = utf8.count > 0 && utf8[0] == bar ? 1 : 0
            readDelimited(
                text, start..<(utf8.count - (endsInBar ? 1 : 0)), by: bar, line.number)
        } else {
            readWords(line)
            endsInBar = false
        }
    }

    /// What one pass over a line shows of its cells.
    private struct Delimited {
        let range: Range<Int>
        let sign: UInt8
        private(set) var count = 1
        private(set) var hasDigits = false
        /// Whether it may rule a table off; most lines hold characters that no rule is made of.
        private(set) var mayBeRule = true

        init(_ utf8: Span<UInt8>, _ range: Range<Int>, by sign: UInt8) {
            self.range = range
            self.sign = sign
            for index in range {
                let byte = utf8[index]
                if byte == sign { count += 1 }
                if (0x30...0x39).contains(byte) { hasDigits = true }
                if byte >= 0xE4 { mayBeRule = false }
            }
            if hasDigits { mayBeRule = false }
        }
    }

    /// A line whose cells are told apart by a sign: empty cells are seen.
    mutating func readDelimited(
        _ line: String, _ range: Range<Int>, by sign: UInt8, _ number: Int
    ) {
        let utf8 = line.utf8.span
        let shape = Delimited(utf8, range, by: sign)
        if shape.mayBeRule, shape.count <= Self.mostCells,
            Self.isRule(
                Self.cells(of: utf8, in: range, by: sign).map {
                    Self.text(of: line, in: Self.trimmed($0, of: utf8))
                })
        {
            return
        }
        if !shape.hasDigits, (2...Self.mostCells).contains(shape.count) {
            var cells: [[Unicode.Scalar]] = []
            cells.reserveCapacity(shape.count)
            for cell in Self.cells(of: utf8, in: range, by: sign) where !cell.isEmpty {
                cells.append(wording.words(of: utf8.extracting(cell)))
            }
            if HeadCells.areHeads(cells, isDisputes: isDisputes) {
                readHeads(cells.map { ($0, nil) })
                if utf8[range.upperBound - 1] == sign {
                    openHeads = max(openHeads, shape.count - 1)
                }
                return
            }
        }
        settleHeads()
        // A line of its own is a row of its own.
        if shape.count >= Self.fewestCellsOfRow, isFilled { finishRow() }
        let before = cells.count
        let lost = lostCells(of: utf8, range, by: sign, count: shape.count)
        for _ in 0..<lost { cell("", .blank, number, at: nil) }
        let hasLabel = readCells(of: line, shape, number)
        if lost > 0, cells.last?.value.isBlank == true { cells.removeLast() }
        if !hasLabel, before > 0, cells.count - before == FormRow.disputeCells {
            partDisputes(from: before)
        }
    }

    /// How many blank cells at the start of a line of the fourth table were stripped from it: the
    /// line ends as that of its heads does, and is shorter.
    private func lostCells(
        of line: Span<UInt8>, _ range: Range<Int>, by sign: UInt8, count: Int
    ) -> Int {
        guard isDisputes, cells.isEmpty, openHeads == FormRow.disputeCells,
            line[range.upperBound - 1] == sign, line[range.lowerBound] != sign
        else { return 0 }
        let lost = FormRow.disputeCells + 1 - count
        return (0..<OutcomeColumn.allCases.count).contains(lost) ? lost : 0
    }

    /// Reads the labels and cells of a line, and tells whether it has a label.
    private mutating func readCells(
        of line: String, _ shape: Delimited, _ number: Int
    ) -> Bool {
        let utf8 = line.utf8.span
        let (count, range) = (shape.count, shape.range)
        let before = cells.count
        var hasOpened = false
        var hasLabel = false
        var start = range.lowerBound
        for index in 0..<count {
            var end = start
            while end < range.upperBound, utf8[end] != shape.sign { end += 1 }
            let part = Self.trimmed(start..<end, of: utf8)
            start = end + 1
            let spot =
                count < 2 ? nil : TableRow.Position(fromStart: index, fromEnd: count - 1 - index)
            // Most cells are a digit.
            if part.count == 1, (0x30...0x39).contains(utf8[part.lowerBound]) {
                hasOpened = true
                let digit = utf8[part.lowerBound]
                let value = CellValue.number(Double(digit - 0x30), isAnnotated: false)
                cell(String(Unicode.Scalar(digit)), value, number, at: spot)
                continue
            }
            let text = Self.text(of: line, in: part)
            if text.isEmpty {
                // Before the line's first text an empty cell is what is left of a span, unless
                // the row's label stood on the line before.
                if hasOpened || cells.isEmpty { cell("", .blank, number, at: spot) }
                continue
            }
            hasOpened = true
            if let value = CellValue(text, folding: folding) {
                cell(text, value, number, at: spot)
                continue
            }
            var words = wording.words(of: utf8.extracting(part))
            if words == Self.other { words = labelWords(text) }
            // The row of the fourth table has no label of its own.
            let isInDisputes =
                isDisputes && shape.hasDigits && count >= Self.fewestOfDisputes
                && (words.isEmpty || cells.count > before)
            let isOdd =
                count > 1
                ? isInDisputes ? isOddText(text, words) : isOddCell(text, words)
                : isOddNumber(text, words) || isOddWord(text, words)
            if isOdd {
                cell(text, CellValue(ofCell: text, folding: folding), number, at: spot)
            } else {
                hasLabel = true
                readLabel(words)
            }
        }
        return hasLabel
    }

    /// The words of a label; 9.其他, which no row of the form is, with what it is another of.
    private func labelWords(_ text: String) -> [Unicode.Scalar] {
        let words = wording.words(of: text)
        guard words == Self.other, let mark = ItemMark(text), mark.kind == .arabic,
            mark.number > Self.lastOther
        else { return words }
        return Self.otherDenied
    }

    private static var otherDenied: [Unicode.Scalar] { "其他不予公开".scalars() }
    /// The form has 3.其他, and agencies that number on have 4 or 5.
    private static var lastOther: Int { 5 }

    /// So many cells on a line of their own are a row, or what is left of one.
    private static var fewestCellsOfRow: Int { 3 }
    /// A row of the fourth table has as many cells at least.
    private static var fewestOfDisputes: Int { 5 }
    /// A longer text in a row, in ideographs, is a label.
    private static var longestOddCell: Int { 12 }

    /// Whether a text that is neither a number nor blank stands where one belongs: after the label
    /// of a row, and no part of a label itself.
    private func isOddCell(_ text: String, _ words: [Unicode.Scalar]) -> Bool {
        words.count <= Self.longestOddCell && isOddText(text, words) && takesCells
    }

    /// Whether a line of its own is a number with signs beside it, after the label of a row: 187^1.
    private func isOddNumber(_ text: String, _ words: [Unicode.Scalar]) -> Bool {
        guard !cells.isEmpty || takesCells, let last = text.lastScalar,
            text.unicodeScalars.contains(where: { (0x30...0x39).contains($0.value) })
        else { return false }
        if !words.isEmpty {
            // 7注1
            return words.count <= 2 && Punctuation.beginsWithDigit(text) && ItemMark(text) == nil
                && CellValue(ofCell: text, folding: folding).number != nil
        }
        // 3. and 3、 begin a label.
        return !".、．)）,，".unicodeScalars.contains(last)
    }

    /// Whether a short word stands where a number belongs: after the label of a row of which not
    /// all numbers were met, and no part of a label itself: 未统计.
    private func isOddWord(_ text: String, _ words: [Unicode.Scalar]) -> Bool {
        guard (2...4).contains(words.count), let first = text.firstScalar, first.isHan,
            // A short sentence is text, and 四、结转下 begins the next row's label.
            text.lastScalar != "。", ItemMark(text) == nil
        else { return false }
        let most = isDisputes ? FormRow.disputeCells : ApplicantColumn.allCases.count
        return numberCount < most && takesCells && !RowLabel.isTableText(words)
    }

    /// Whether a text is no part of a label.
    private func isOddText(_ text: String, _ words: [Unicode.Scalar]) -> Bool {
        guard words.count <= Self.longestOddCell else { return false }
        // Brackets and points are rests of a label.
        if words.isEmpty {
            return text.unicodeScalars.contains {
                (0x30...0x39).contains($0.value) || $0.properties.isAlphabetic
                    || "*＊?？□\u{FFFD}".unicodeScalars.contains($0)
            }
        }
        guard let first = text.firstScalar, first != "（", first != "(" else {
            return false
        }
        return !RowLabel.isTableText(words)
    }

    /// A row whose format tells where its cells stand.
    private mutating func readGrid(_ row: GridRow, _ number: Int) {
        if isFilled || isWholeRow() { finishRow() }
        startCells()
        if table !== row.table {
            table = row.table
            headCells.clear()
            columnHeads = nil
        }
        let values = row.cells.map { CellValue($0.text, folding: folding) }
        if !values.contains(where: { $0?.isBlank == false }) {
            let cells = row.cells.map { (wording.words(of: $0.text), $0.column..<$0.end) }
            let filled = cells.map { $0.0 }.filter { !$0.isEmpty }
            if HeadCells.areHeads(filled, isDisputes: isDisputes) {
                readHeads(cells.map { (words: $0.0, span: $0.1) })
                return
            }
        }
        settleHeads()
        let start = dataStart(of: row)
        var hasOpened = false
        for (cell, value) in zip(row.cells, values) {
            let isData = start.map { cell.column >= $0 }
            if cell.text.isEmpty {
                if isData ?? (hasOpened || cells.isEmpty) { take(cell, .blank, number) }
                continue
            }
            hasOpened = true
            if let value, isData != false {
                take(cell, value, number)
                continue
            }
            let words = labelWords(cell.text)
            let isCell =
                isData == true && !(words.count >= 2 && RowLabel.isTableText(words))
                || isData == nil && isOddCell(cell.text, words)
            if isCell {
                take(cell, CellValue(ofCell: cell.text, folding: folding), number)
            } else {
                readLabel(words)
            }
        }
    }

    /// The first column of the grid that holds numbers; nil when the heads do not tell it of this row.
    private func dataStart(of row: GridRow) -> Int? {
        guard let heads = columnHeads, let start = heads.firstColumn,
            let end = heads.columns.last?.span?.upperBound, row.cells.last?.end == end
        else { return nil }
        return start
    }

    private mutating func take(_ printed: GridRow.Cell, _ value: CellValue, _ line: Int) {
        var value = value
        // A number that stands in several rows at once may be the sum of them.
        if printed.isTall, let number = value.number {
            value = number == 0 ? .number(0, isAnnotated: true) : .unsure
        }
        cell(printed.text, value, line, at: nil, columns: printed.column..<printed.end)
    }

    /// Ends the row before the cells of the fourth table, which a line without a label prints.
    private mutating func partDisputes(from start: Int) {
        let disputes = Array(cells[start...])
        let rest = Array(cells[..<start])
        startCells()
        for other in rest { cell(other.raw, other.value, other.line, at: other.position) }
        finishRow()
        for other in disputes { cell(other.raw, other.value, other.line, at: other.position) }
        finishRow()
    }

    /// Where a cell stands without the spaces of one byte around it.
    private static func trimmed(_ cell: Range<Int>, of line: Span<UInt8>) -> Range<Int> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var (start, end) = (cell.lowerBound, cell.upperBound)
        while start < end, isSpace(line[start]) { start += 1 }
        while start < end, isSpace(line[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The cells of a part of a line, empty ones included.
    private static func cells(
        of line: Span<UInt8>, in range: Range<Int>, by sign: UInt8
    ) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        cells.reserveCapacity(16)
        var start = range.lowerBound
        for index in range where line[index] == sign {
            cells.append(start..<index)
            start = index + 1
        }
        cells.append(start..<range.upperBound)
        return cells
    }

    /// The text of a cell without the spaces around it that are longer than a byte.
    private static func text(of line: String, in cell: Range<Int>) -> String {
        if cell.isEmpty { return "" }
        let text = line.part(cell)
        let utf8 = line.utf8.span
        let isTrimmed = utf8[cell.lowerBound] < 0x80 && utf8[cell.upperBound - 1] < 0x80
        return isTrimmed ? text : text.trimmingSpaces
    }

    /// A line whose cells are told apart by spaces.
    ///
    /// Numbers are cells at the line's end and after a row's label; elsewhere they are part of a
    /// label, as in 保留 4 位小数.
    mutating func readWords(_ line: SourceLine) {
        // Without a space the repaired line is one word, and as long as the printed one.
        let isOne =
            line.raw.utf8.count == line.text.utf8.count && !line.text.holds(ascii: 0x20)
        if isOne, readWord(line) { return }
        var words =
            isOne ? [line.raw] : Array(line.raw.spacedWords.prefix(Self.mostWords + 1))
        if words.count > Self.mostWords {
            unreadLine = unreadLine ?? line.number
            words.removeLast()
        }
        if Self.isRule(words) { return }
        words = CellWords.joined(words)
        startRow(before: words.count)
        var values = words.map { CellValue($0, folding: folding) }
        if let (index, parts) = parted(words, values) {
            words.replaceSubrange(index...index, with: parts)
            values = words.map { CellValue($0, folding: folding) }
        }
        let lastLabel = values.lastIndex { $0 == nil } ?? -1
        var isInRow = false
        for (index, word) in words.enumerated() {
            if let value = values[index],
                index > lastLabel || isInRow || takesCells
            {
                cell(word, value, line.number, at: nil)
                isInRow = true
            } else if values[index] == nil, isInRow || takesCells,
                word.unicodeScalars.contains(where: { (0x30...0x39).contains($0.value) }),
                isOdd(word)
            {
                // Digits and signs that are no number: 310→317, 共计98436元.
                cell(word, CellValue(ofCell: word, folding: folding), line.number, at: nil)
                isInRow = true
            } else {
                let own = labelWords(word)
                if isInRow || index == words.count - 1 || Self.opensRow(values, at: index),
                    isOddWord(word, own)
                {
                    cell(word, .unsure, line.number, at: nil)
                } else {
                    readLabel(own)
                    isInRow = false
                }
            }
        }
    }

    /// So many cells has a row of one of the tables.
    private static var rowCounts: [Int] {
        [3, ApplicantColumn.allCases.count, FormRow.disputeCells]
    }

    /// Whether a word and the numbers after it are as many as a row has cells.
    private static func opensRow(_ values: [CellValue?], at index: Int) -> Bool {
        rowCounts.contains(values.count - index)
            && values[(index + 1)...].allSatisfy { $0 != nil }
    }

    /// Reads a line that is one cell or one label, as most lines of some tables are; false when it
    /// may be both.
    private mutating func readWord(_ line: SourceLine) -> Bool {
        guard let first = line.raw.utf8.first else { return false }
        if (0x30...0x39).contains(first), let value = CellValue(line.raw, folding: folding) {
            cell(line.raw, value, line.number, at: nil)
            return true
        }
        guard (0xE4...0xE9).contains(first), !Punctuation.endsInDigit(line.raw),
            CellValue(line.raw, folding: folding) == nil
        else { return false }
        let words = wording.words(of: line.raw)
        if isOddWord(line.raw, words) {
            cell(line.raw, .unsure, line.number, at: nil)
        } else {
            readLabel(words)
        }
        return true
    }

    /// Whether a word that holds digits is a cell: what stands beside them is no part of a label.
    private func isOdd(_ word: String) -> Bool {
        // 9.属于工 begins the label of the next row.
        guard ItemMark(word) == nil else { return false }
        let words = wording.words(of: word)
        return words.isEmpty
            ? isOddNumber(word, words) : words.count <= 4 && !RowLabel.isTableText(words)
    }

    /// The word of a line in which a label and its first number are printed against each other, as
    /// in 行政许可12, and the two; nil when no word is such.
    private func parted(
        _ words: [String], _ values: [CellValue?]
    ) -> (index: Int, parts: [String])? {
        guard let last = values.lastIndex(where: { $0 == nil }),
            Punctuation.endsInDigit(words[last])
        else { return nil }
        let scalars = words[last].scalars()
        let end = scalars.lastIndex { $0.isHan || "）)”\"".unicodeScalars.contains($0) }
        guard let end, end + 1 < scalars.count else { return nil }
        let name = String(scalars: scalars[...end])
        let number = String(scalars: scalars[(end + 1)...])
        guard CellValue(number, folding: folding) != nil,
            RowLabel.isLabel(Array(label.suffix(40)) + wording.words(of: name))
        else { return nil }
        return (last, [name, number])
    }

    /// Whether a line rules a table off: nothing in its cells, or three dashes or more in each; two
    /// of two dashes do too, but one or many are cells without a value.
    private static func isRule(_ cells: [String]) -> Bool {
        let least = cells.count == 2 ? 2 : 3
        return cells.allSatisfy { cell in
            let scalars = cell.unicodeScalars
            return scalars.isEmpty
                || scalars.allSatisfy {
                    switch $0 {
                    case "-", "—", "–", "=", ":": true
                    default: false
                    }
                } && scalars.count >= least
        }
    }
}

extension String {
    /// The text without the spaces around it, including those that no keyboard types.
    var trimmingSpaces: String {
        guard !hasPlainEnds, let first = firstScalar, let last = lastScalar,
            first.isSpace || last.isSpace
        else { return self }
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.isSpace { scalars.removeFirst() }
        while let last = scalars.last, last.isSpace { scalars.removeLast() }
        return String(Substring(scalars))
    }

    private var holdsWideBar: Bool {
        let bytes = utf8.span
        for index in bytes.indices.dropFirst(2)
        where bytes[index] == 0x9C && bytes[index - 1] == 0xBD && bytes[index - 2] == 0xEF {
            return true
        }
        return false
    }

    /// The text with `|` for ｜.
    var replacingWideBars: String {
        guard holdsWideBar else { return self }
        return String(scalars: unicodeScalars.map { $0 == "｜" ? "|" : $0 })
    }
}
