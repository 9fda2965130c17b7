import ChineseText
import ReportModel

/// A run of labels followed by a run of cells: a row, in whatever form the file prints tables.
struct TableRow {
    /// The labels since the row before, folded, Chinese characters only: 三不予公开属于国家秘密.
    let label: [Unicode.Scalar]
    /// The numbers and blanks after the labels, in reading order.
    let cells: [PrintedCell]
    /// How many of the cells are numbers.
    let numberCount: Int

    /// One printed cell.
    struct PrintedCell {
        let value: CellValue
        let raw: String
        let line: Int
        /// The cell's place among the cells of its line, where the line shows it; a witness of
        /// which end a lost cell stood at, never more.
        let place: Place?
    }

    /// Where in its line a cell stands, from 0 at either end.
    struct Place: Hashable {
        let fromStart: Int
        let fromEnd: Int
    }
}

/// The rows of a stretch of lines.
///
/// Tables reach us as tabs with lost spans, as words between spaces, as pipes, or one cell a line.
/// All are read as one stream of labels and cells; nothing depends on a column's position.
struct TableRows {
    private(set) var rows: [TableRow] = []
    /// Every label of the stretch in one text, to tell the form by its heads.
    private(set) var heads: [Unicode.Scalar] = []

    private let folding: TextFolding
    private let wording: FormWording
    /// Where in `heads` the label of the next row begins.
    private var labelStart = 0
    private var cells: [TableRow.PrintedCell] = []
    /// The number of cells of all rows.
    private var cellCount = 0
    /// How many of the cells are numbers.
    private var numberCount = 0
    /// Whether one of the cells prints anything.
    private var isFilled = false
    /// Whether the line before ended in a bar, so that a lone bar closes an empty cell.
    private var endsInBar = false

    /// The line from which on not all is read, because the tables are larger than any report's; nil
    /// for nearly all files.
    private(set) var unreadLine: Int?

    /// No table has so many rows, no row so many cells, and no report so many of all rows; what
    /// comes after is not read.
    private static let mostRows = 2_000
    private static let mostCells = 2_000
    /// The most words of a line, which are its labels and cells.
    private static let mostWords = 20_000
    private static let mostCellsOfAll = 20_000
    /// Nor is so much text in labels.
    private static let mostLabelCharacters = 1_000_000
    /// Of a longer text where a label may stand, only so many characters at its end are looked at.
    private static let longestLabel = 4_000

    init(
        of lines: some Sequence<SourceLine>, folding: TextFolding, wording: FormWording
    ) {
        self.folding = folding
        self.wording = wording
        for line in lines where !line.isBlank {
            guard rows.count < Self.mostRows, heads.count < Self.mostLabelCharacters else {
                unreadLine = unreadLine ?? line.number
                break
            }
            read(line)
        }
        finishRow()
    }

    private mutating func read(_ line: SourceLine) {
        if line.signs.contains(.tab) {
            let utf8 = Array(line.raw.utf8)
            readDelimited(utf8, utf8.indices, by: UInt8(ascii: "\t"), line.number)
        } else if line.signs.contains(.bar) {
            let bar = UInt8(ascii: "|")
            let utf8 = Array(line.raw.trimmingSpaces.replacingWideBars.utf8)
            if utf8 == [bar] {
                // Between cells that stand on lines of their own.
                if endsInBar { cell("", .blank, line.number, at: nil) }
                endsInBar = true
                return
            }
            endsInBar = utf8.last == bar
            let start = utf8.first == bar ? 1 : 0
            readDelimited(
                utf8, start..<(utf8.count - (endsInBar ? 1 : 0)), by: bar, line.number)
        } else {
            readWords(line)
            endsInBar = false
        }
    }

    /// A line whose cells are told apart by a sign: empty cells are seen.
    private mutating func readDelimited(
        _ line: [UInt8], _ range: Range<Int>, by sign: UInt8, _ number: Int
    ) {
        let utf8 = line.span
        var count = 1
        // Most lines hold characters that no rule is made of.
        var mayBeRule = true
        for index in range {
            let byte = utf8[index]
            if byte == sign { count += 1 }
            if (0x30...0x39).contains(byte) || byte >= 0xE4 { mayBeRule = false }
        }
        if mayBeRule, count <= Self.mostCells,
            Self.isRule(
                line[range].split(separator: sign, omittingEmptySubsequences: false).map {
                    Self.text(of: line, in: Self.trimmed($0.indices, of: utf8))
                })
        {
            return
        }
        var hasOpened = false
        var hasLabel = false
        let before = cells.count
        var start = range.lowerBound
        for place in 0..<count {
            var end = start
            while end < range.upperBound, utf8[end] != sign { end += 1 }
            let part = Self.trimmed(start..<end, of: utf8)
            start = end + 1
            let spot =
                count < 2 ? nil : TableRow.Place(fromStart: place, fromEnd: count - 1 - place)
            let text = Self.text(of: line, in: part)
            if text.isEmpty {
                // Before the line's first text an empty cell is what is left of a span, unless
                // the row's label stood on the line before.
                if hasOpened || cells.isEmpty { cell("", .blank, number, at: spot) }
            } else if let value = CellValue(text, folding: folding) {
                hasOpened = true
                cell(text, value, number, at: spot)
            } else {
                hasOpened = true
                hasLabel = true
                readLabel(wording.words(of: utf8.extracting(part)))
            }
        }
        if !hasLabel, before > 0, cells.count - before == FormRow.disputeCells {
            partDisputes(from: before)
        }
    }

    /// Ends the row before the cells of the fourth table, which a line without a label prints.
    private mutating func partDisputes(from start: Int) {
        let disputes = Array(cells[start...])
        let rest = Array(cells[..<start])
        startCells()
        for other in rest { cell(other.raw, other.value, other.line, at: other.place) }
        finishRow()
        for other in disputes { cell(other.raw, other.value, other.line, at: other.place) }
        finishRow()
    }

    /// The place of a cell without the spaces of one byte around it.
    private static func trimmed(_ cell: Range<Int>, of line: Span<UInt8>) -> Range<Int> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var (start, end) = (cell.lowerBound, cell.upperBound)
        while start < end, isSpace(line[start]) { start += 1 }
        while start < end, isSpace(line[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The text of a cell without the spaces around it that are longer than a byte.
    private static func text(of line: [UInt8], in cell: Range<Int>) -> String {
        if cell.isEmpty { return "" }
        let text = String(decoding: line[cell], as: UTF8.self)
        let isTrimmed = line[cell.lowerBound] < 0x80 && line[cell.upperBound - 1] < 0x80
        return isTrimmed ? text : text.trimmingSpaces
    }

    /// A line whose cells are told apart by spaces.
    ///
    /// Numbers are cells at the line's end and after a row's label; elsewhere they are part of a
    /// label, as in 保留 4 位小数.
    private mutating func readWords(_ line: SourceLine) {
        // Without a space the repaired line is one word, and as long as the printed one.
        let isOne =
            line.raw.utf8.count == line.text.utf8.count && !line.text.utf8.contains(0x20)
        if isOne, let first = line.raw.utf8.first {
            // One cell or one label, as most lines of some tables are.
            if (0x30...0x39).contains(first), let value = CellValue(line.raw, folding: folding) {
                cell(line.raw, value, line.number, at: nil)
                return
            }
            if (0xE4...0xE9).contains(first), !Punctuation.endsInDigit(line.raw),
                CellValue(line.raw, folding: folding) == nil
            {
                readLabel(wording.words(of: line.raw))
                return
            }
        }
        var words =
            isOne ? [line.raw] : Array(line.raw.spacedWords.prefix(Self.mostWords + 1))
        if words.count > Self.mostWords {
            unreadLine = unreadLine ?? line.number
            words.removeLast()
        }
        if Self.isRule(words) { return }
        startRow(before: words.count)
        var values = words.map { CellValue($0, folding: folding) }
        if let (place, parts) = parted(words, values) {
            words.replaceSubrange(place...place, with: parts)
            values = words.map { CellValue($0, folding: folding) }
        }
        let lastLabel = values.lastIndex { $0 == nil } ?? -1
        var isInRow = false
        for (index, word) in words.enumerated() {
            if let value = values[index],
                index > lastLabel || isInRow || endsInLabel
            {
                cell(word, value, line.number, at: nil)
                isInRow = true
            } else {
                readLabel(wording.words(of: word))
                isInRow = false
            }
        }
    }

    /// The word of a line in which a label and its first number are printed against each other, as
    /// in 行政许可12, and the two; nil when no word is such.
    private func parted(
        _ words: [String], _ values: [CellValue?]
    ) -> (place: Int, parts: [String])? {
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

    private mutating func readLabel(_ words: [Unicode.Scalar]) {
        if isFilled || isWholeRow() { finishRow() }
        startCells()
        heads += words[max(0, words.count - Self.longestLabel)...]
    }

    private mutating func cell(
        _ raw: String, _ value: CellValue, _ line: Int, at place: TableRow.Place?
    ) {
        if cells.isEmpty {
            if labelStart == heads.count, raw.isEmpty, value.isBlank { return }
            cells.reserveCapacity(ApplicantColumn.allCases.count + 1)
        }
        guard cells.count < Self.mostCells, cellCount < Self.mostCellsOfAll else {
            unreadLine = unreadLine ?? line
            return
        }
        cellCount += 1
        if !value.isBlank { numberCount += 1 }
        if !value.isBlank || !raw.isEmpty { isFilled = true }
        cells.append(TableRow.PrintedCell(value: value, raw: raw, line: line, place: place))
    }

    /// Ends the row when it is complete and a line of many cells follows that has no label: the row
    /// after it lost its own.
    private mutating func startRow(before count: Int) {
        let most = ApplicantColumn.allCases.count
        if count >= most, numberCount >= most { finishRow() }
    }

    /// Whether the cells are all blank and the label is a row's: a row that was left empty.
    private func isWholeRow() -> Bool {
        !cells.isEmpty && endsInLabel
    }

    /// The labels since the row before.
    private var label: ArraySlice<Unicode.Scalar> { heads[labelStart...] }

    /// Whether these end in the label of some row.
    private var endsInLabel: Bool { RowLabel.isLabel(label) }

    private mutating func finishRow() {
        if isFilled || isWholeRow() {
            if rows.count < Self.mostRows {
                rows.append(
                    TableRow(
                        label: Array(heads[max(labelStart, heads.count - Self.longestLabel)...]),
                        cells: cells,
                        numberCount: numberCount))
            }
            labelStart = heads.count
        }
        startCells()
    }

    private mutating func startCells() {
        cells = []
        numberCount = 0
        isFilled = false
    }
}

extension String {
    /// The text without the spaces around it, including those that no keyboard types.
    var trimmingSpaces: String {
        guard let first = unicodeScalars.first, let last = unicodeScalars.last,
            first.isSpace || last.isSpace
        else { return self }
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.isSpace { scalars.removeFirst() }
        while let last = scalars.last, last.isSpace { scalars.removeLast() }
        return String(Substring(scalars))
    }

    /// The text with `|` for ｜.
    var replacingWideBars: String {
        guard unicodeScalars.contains("｜") else { return self }
        return String(scalars: unicodeScalars.map { $0 == "｜" ? "|" : $0 })
    }
}
