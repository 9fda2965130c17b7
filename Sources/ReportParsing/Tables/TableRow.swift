import ChineseText
import ReportModel

/// A run of labels followed by a run of cells: a row, in whatever form the file prints tables.
struct TableRow {
    /// The labels since the row before, folded, Chinese characters only: 三不予公开属于国家秘密.
    var label: [Unicode.Scalar]
    /// The numbers and blanks after the labels, in reading order.
    var cells: [PrintedCell]

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

    var numberCount: Int { cells.count { $0.value != .blank } }
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

    init(
        of lines: some Sequence<SourceLine>, folding: TextFolding, wording: FormWording
    ) {
        self.folding = folding
        self.wording = wording
        for line in lines where !line.isBlank { read(line) }
        finishRow()
    }

    private mutating func read(_ line: SourceLine) {
        let raw = line.raw
        if raw.utf8.contains(0x09) {
            readDelimited(raw, by: UInt8(ascii: "\t"), line.number)
        } else if raw.utf8.contains(UInt8(ascii: "|")) || raw.unicodeScalars.contains("｜") {
            var body = raw.trimmingSpaces.replacingWideBars
            if body == "|" {
                // Between cells that stand on lines of their own.
                if endsInBar { cell("", line.number) }
                endsInBar = true
                return
            }
            endsInBar = body.utf8.last == UInt8(ascii: "|")
            if body.utf8.first == UInt8(ascii: "|") { body.unicodeScalars.removeFirst() }
            if body.utf8.last == UInt8(ascii: "|") { body.unicodeScalars.removeLast() }
            readDelimited(body, by: UInt8(ascii: "|"), line.number)
        } else {
            readWords(line)
            endsInBar = false
        }
    }

    /// A line whose cells are told apart by a sign: empty cells are seen.
    private mutating func readDelimited(_ raw: String, by sign: UInt8, _ number: Int) {
        let parts = Array(raw.utf8).split(separator: sign, omittingEmptySubsequences: false)
            .map(Self.trimmed)
        if Self.isRule(parts) { return }
        func spot(_ place: Int) -> TableRow.Place? {
            parts.count < 2
                ? nil : TableRow.Place(fromStart: place, fromEnd: parts.count - 1 - place)
        }
        var hasOpened = false
        for (place, part) in parts.enumerated() {
            if part.isEmpty {
                // Before the line's first text an empty cell is what is left of a span, unless
                // the row's label stood on the line before.
                if hasOpened || cells.isEmpty { cell(part, number, at: spot(place)) }
            } else if let value = CellValue(part, folding: folding) {
                hasOpened = true
                cell(part, value, number, at: spot(place))
            } else {
                hasOpened = true
                readLabel(part)
            }
        }
    }

    /// The text of a cell without the spaces around it.
    private static func trimmed(_ cell: ArraySlice<UInt8>) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var cell = cell
        while let first = cell.first, isSpace(first) { cell.removeFirst() }
        while let last = cell.last, isSpace(last) { cell.removeLast() }
        guard let first = cell.first, let last = cell.last else { return "" }
        let text = String(decoding: cell, as: UTF8.self)
        // Other spaces are longer than a byte.
        return first < 0x80 && last < 0x80 ? text : text.trimmingSpaces
    }

    /// A line whose cells are told apart by spaces.
    ///
    /// Numbers are cells at the line's end and after a row's label; elsewhere they are part of a
    /// label, as in 保留 4 位小数.
    private mutating func readWords(_ line: SourceLine) {
        var words = line.raw.unicodeScalars.split(omittingEmptySubsequences: true) {
            $0.isSpace
        }.map { String(Substring($0)) }
        if Self.isRule(words) { return }
        startRow(before: words.count)
        words = parted(words)
        let lastLabel = words.lastIndex { CellValue($0, folding: folding) == nil } ?? -1
        var isInRow = false
        for (index, word) in words.enumerated() {
            let isCell =
                index > lastLabel
                || (isInRow || RowLabel.isLabel(label)) && CellValue(word, folding: folding) != nil
            if isCell { cell(word, line.number) } else { readLabel(word) }
            isInRow = isCell
        }
    }

    /// The words of a line, with a label parted from the first number that is printed against it:
    /// 行政许可12.
    private func parted(_ words: [String]) -> [String] {
        guard let last = words.lastIndex(where: { CellValue($0, folding: folding) == nil }),
            Punctuation.endsInDigit(words[last])
        else { return words }
        let scalars = Array(words[last].unicodeScalars)
        let end = scalars.lastIndex { $0.isHan || "）)”\"".unicodeScalars.contains($0) }
        guard let end, end + 1 < scalars.count else {
            return words
        }
        let name = String(String.UnicodeScalarView(scalars[...end]))
        let number = String(String.UnicodeScalarView(scalars[(end + 1)...]))
        guard CellValue(number, folding: folding) != nil,
            RowLabel.isLabel(Array(label.suffix(40)) + wording.words(of: name))
        else { return words }
        return words[..<last] + [name, number] + words[(last + 1)...]
    }

    /// Whether a line rules a table off: nothing in its cells, or three dashes or more in each; two
    /// of two dashes do too, but one or many are cells without a value.
    private static func isRule(_ cells: [String]) -> Bool {
        let least = cells.count == 2 ? 2 : 3
        return cells.allSatisfy { cell in
            let scalars = cell.unicodeScalars
            return scalars.isEmpty
                || (scalars.count >= least
                    && scalars.allSatisfy { "-—–=:".unicodeScalars.contains($0) })
        }
    }

    private mutating func readLabel(_ text: String) {
        if cells.contains(where: { $0.value != .blank || !$0.raw.isEmpty }) || isWholeRow() {
            finishRow()
        }
        cells = []
        let words = wording.words(of: text)
        label += words
        heads += words
    }

    private mutating func cell(_ raw: String, _ line: Int, at place: TableRow.Place? = nil) {
        guard let value = CellValue(raw, folding: folding) else { return }
        cell(raw, value, line, at: place)
    }

    private mutating func cell(
        _ raw: String, _ value: CellValue, _ line: Int, at place: TableRow.Place?
    ) {
        if cells.isEmpty && label.isEmpty && value == .blank && raw.isEmpty { return }
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
            rows.append(TableRow(label: label, cells: cells))
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
        guard unicodeScalars.contains("｜") else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "｜" ? "|" : $0 }))
    }
}
