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

    init(label: [Unicode.Scalar], cells: [PrintedCell]) {
        self.label = label
        self.cells = cells
        numberCount = cells.count { $0.value != .blank }
    }

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
    private var label: [Unicode.Scalar] = []
    private var cells: [TableRow.PrintedCell] = []
    /// Whether the line before ended in a bar, so that a lone bar closes an empty cell.
    private var endsInBar = false

    /// No table has so many rows, and no row so many cells; what comes after is not read.
    private static let mostRows = 2_000
    private static let mostCells = 2_000

    init(
        of lines: some Sequence<SourceLine>, folding: TextFolding, wording: FormWording
    ) {
        self.folding = folding
        self.wording = wording
        for line in lines where !line.isBlank && rows.count < Self.mostRows { read(line) }
        finishRow()
    }

    private mutating func read(_ line: SourceLine) {
        if line.signs.contains(.tab) {
            readDelimited(Array(line.raw.utf8)[...], by: UInt8(ascii: "\t"), line.number)
        } else if line.signs.contains(.bar) {
            let bar = UInt8(ascii: "|")
            var body = Array(line.raw.trimmingSpaces.replacingWideBars.utf8)[...]
            if body.elementsEqual([bar]) {
                // Between cells that stand on lines of their own.
                if endsInBar { cell("", .blank, line.number, at: nil) }
                endsInBar = true
                return
            }
            endsInBar = body.last == bar
            if body.first == bar { body.removeFirst() }
            if body.last == bar { body.removeLast() }
            readDelimited(body, by: bar, line.number)
        } else {
            readWords(line)
            endsInBar = false
        }
    }

    /// A line whose cells are told apart by a sign: empty cells are seen.
    private mutating func readDelimited(
        _ line: ArraySlice<UInt8>, by sign: UInt8, _ number: Int
    ) {
        let count = line.count { $0 == sign } + 1
        if Self.mayBeRule(line),
            Self.isRule(
                line.split(separator: sign, omittingEmptySubsequences: false).map {
                    Self.text(of: line, in: Self.trimmed($0.indices, of: line))
                })
        {
            return
        }
        var hasOpened = false
        var start = line.startIndex
        for place in 0..<count {
            var end = start
            while end < line.endIndex, line[end] != sign { end += 1 }
            let part = Self.trimmed(start..<end, of: line)
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
                readLabel(text)
            }
        }
    }

    /// The place of a cell without the spaces of one byte around it.
    private static func trimmed(_ cell: Range<Int>, of line: ArraySlice<UInt8>) -> Range<Int> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var (start, end) = (cell.lowerBound, cell.upperBound)
        while start < end, isSpace(line[start]) { start += 1 }
        while start < end, isSpace(line[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The text of a cell without the spaces around it that are longer than a byte.
    private static func text(of line: ArraySlice<UInt8>, in cell: Range<Int>) -> String {
        if cell.isEmpty { return "" }
        let text = String(decoding: line[cell], as: UTF8.self)
        let isTrimmed = line[cell.lowerBound] < 0x80 && line[cell.upperBound - 1] < 0x80
        return isTrimmed ? text : text.trimmingSpaces
    }

    /// Whether a line holds none of the characters that no rule is made of, as most lines do.
    private static func mayBeRule(_ line: ArraySlice<UInt8>) -> Bool {
        !line.contains { (0x30...0x39).contains($0) || $0 >= 0xE4 }
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
                readLabel(line.raw)
                return
            }
        }
        var words =
            isOne
            ? [line.raw]
            : line.raw.unicodeScalars.split(omittingEmptySubsequences: true) { $0.isSpace }
                .map { String(Substring($0)) }
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
                index > lastLabel || isInRow || RowLabel.isLabel(label)
            {
                cell(word, value, line.number, at: nil)
                isInRow = true
            } else {
                readLabel(word)
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
        let name = String(String.UnicodeScalarView(scalars[...end]))
        let number = String(String.UnicodeScalarView(scalars[(end + 1)...]))
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

    private mutating func readLabel(_ text: String) {
        if cells.contains(where: { $0.value != .blank || !$0.raw.isEmpty }) || isWholeRow() {
            finishRow()
        }
        cells = []
        let start = heads.count
        wording.appendWords(of: text, to: &heads)
        label += heads[start...]
    }

    private mutating func cell(
        _ raw: String, _ value: CellValue, _ line: Int, at place: TableRow.Place?
    ) {
        if cells.isEmpty && label.isEmpty && value == .blank && raw.isEmpty { return }
        guard cells.count < Self.mostCells else { return }
        cells.append(TableRow.PrintedCell(value: value, raw: raw, line: line, place: place))
    }

    /// Ends the row when it is complete and a line of many cells follows that has no label: the row
    /// after it lost its own.
    private mutating func startRow(before cellCount: Int) {
        let most = ApplicantColumn.allCases.count
        if cellCount >= most, cells.count(where: { $0.value != .blank }) >= most { finishRow() }
    }

    /// Whether the cells are all blank and the label is a row's: a row that was left empty.
    private func isWholeRow() -> Bool {
        !cells.isEmpty && RowLabel.isLabel(label)
    }

    private mutating func finishRow() {
        if !cells.isEmpty,
            cells.contains(where: { $0.value != .blank || !$0.raw.isEmpty })
                || isWholeRow()
        {
            if rows.count < Self.mostRows { rows.append(TableRow(label: label, cells: cells)) }
            label = []
        }
        cells = []
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

    fileprivate var replacingWideBars: String {
        guard utf8.contains(0xEF), unicodeScalars.contains("｜") else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "｜" ? "|" : $0 }))
    }
}
