import ChineseText
import ReportModel

/// The rows of a stretch of lines.
///
/// Tables reach us as grids, as tabs with lost spans, as words between spaces, as pipes, or one cell
/// a line. All are read as one stream of labels and cells. Each row knows the heads above it, and
/// in a grid each cell knows its columns.
struct TableRows {
    private(set) var rows: [TableRow] = []
    /// Every label of the stretch in one text, to tell the form by its heads.
    private(set) var heads: [Unicode.Scalar] = []

    let folding: TextFolding
    let wording: FormWording
    /// Where in `heads` the label of the next row begins.
    var labelStart = 0
    var cells: [TableRow.PrintedCell] = []
    /// The number of cells of all rows.
    var cellCount = 0
    /// How many of the cells are numbers.
    var numberCount = 0
    /// Whether one of the cells prints anything.
    var isFilled = false
    /// Whether these are the tables of section 4.
    let isDisputes: Bool
    /// The head rows that the next row is to be read by.
    var headCells = HeadCells()
    /// The heads of the rows that are read now.
    var columnHeads: ColumnHeads?
    /// Whether these were told by cells rather than by a text.
    var hasCellHeads = false
    /// The most cells of a line of heads that ends in the sign for a new cell; 0 for none.
    var openHeads = 0
    /// What the heads say that amounts are to be divided by.
    private var amountDivisor: Double?
    /// The line that is read now, and that of the last label.
    var line = 0
    private var labelLine = 0
    /// The table of the last line, where its format tells it.
    var table: GridRow.Table?
    /// Whether the line before ended in a bar, so that a lone bar closes an empty cell.
    var endsInBar = false

    /// The line from which on not all is read, because the tables are larger than any report's; nil
    /// for nearly all files.
    var unreadLine: Int?

    /// No table has so many rows, no row so many cells, and no report so many of all rows; what
    /// comes after is not read.
    private static let mostRows = 2_000
    static let mostCells = 2_000
    /// The most words of a line, which are its labels and cells.
    static let mostWords = 20_000
    private static let mostCellsOfAll = 20_000
    /// Nor is so much text in labels.
    private static let mostLabelCharacters = 1_000_000
    /// Of a longer text where a label may stand, only so many characters at its end are looked at.
    private static let longestLabel = 4_000

    init(
        of lines: some Sequence<SourceLine>, isDisputes: Bool, folding: TextFolding,
        wording: FormWording
    ) {
        self.isDisputes = isDisputes
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

    mutating func readLabel(_ words: [Unicode.Scalar]) {
        if isFilled || isWholeRow() { finishRow() }
        startCells()
        if !words.isEmpty { labelLine = line }
        heads += words[max(0, words.count - Self.longestLabel)...]
    }

    mutating func cell(
        _ raw: String, _ value: CellValue, _ line: Int, at position: TableRow.Position?,
        columns: Range<Int>? = nil
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
        cells.append(
            TableRow.PrintedCell(
                value: value, raw: raw, line: line, position: position, columns: columns))
    }

    /// Ends the row when it is complete and a line of many cells follows that has no label: the row
    /// after it lost its own.
    mutating func startRow(before count: Int) {
        let most = ApplicantColumn.allCases.count
        if count >= most, numberCount >= most { finishRow() }
    }

    /// Whether the cells are all blank and the label is a row's: a row that was left empty.
    func isWholeRow() -> Bool {
        !cells.isEmpty && endsInLabel
    }

    /// The labels since the row before.
    var label: ArraySlice<Unicode.Scalar> { heads[labelStart...] }

    /// Whether these end in the label of some row.
    var endsInLabel: Bool { RowLabel.isLabel(label) }

    /// Whether cells may follow these: they end in the label of a row or, in the fourth table, in
    /// the last head.
    var takesCells: Bool {
        if endsInLabel { return true }
        // 3.其他 is a row, 其他 among heads is none.
        return isDisputes
            ? Self.lastHeads.contains { label.ends(with: $0) }
            : label.elementsEqual(Self.other) || RowLabel.isTotal(label)
    }

    static let other = "其他".scalars()

    private static let lastHeads = ["总计", "合计"].map { $0.scalars() }

    mutating func finishRow() {
        if isFilled || isWholeRow() {
            let label = heads[max(labelStart, heads.count - Self.longestLabel)...]
            var hasHeads = hasCellHeads
            if !hasCellHeads, let found = textHeads(in: label) {
                columnHeads = found
                hasHeads = true
            }
            if hasHeads || label.contains("元") { amountDivisor = AmountUnit.divisor(in: label) }
            hasCellHeads = false
            if rows.count < Self.mostRows {
                rows.append(
                    TableRow(
                        label: Array(label), cells: cells, numberCount: numberCount,
                        heads: columnHeads, isBesideLabel: cells.first?.line == labelLine,
                        amountDivisor: amountDivisor))
            }
            labelStart = heads.count
        }
        startCells()
    }

    // MARK: Heads

    /// Takes a line whose cells are heads of columns.
    mutating func readHeads(_ cells: [(words: [Unicode.Scalar], span: Range<Int>?)]) {
        for cell in cells { readLabel(cell.words) }
        headCells.add(cells)
    }

    /// Reads the head rows before the first row below them.
    mutating func settleHeads() {
        guard !headCells.isEmpty else { return }
        columnHeads = headCells.heads(isDisputes: isDisputes)
        hasCellHeads = true
        headCells.clear()
    }

    /// The words with which the first rows of the third table begin.
    private static let firstRows: WordList = ["本年新收", "上年结转", "上年度结转"]
    /// What stands above the heads of a part of a table.
    private static let partHeads: WordList = ["第二十条", "信息内容", "申请人情况", "勾稽关系"]
    /// So many heads of the third table in a text are no accident.
    private static let fewestApplicants = 4
    private static let fewestOutcomes = 10

    /// The heads in the text before a row; nil when it holds none.
    private func textHeads(in label: ArraySlice<Unicode.Scalar>) -> ColumnHeads? {
        // A row's own label alone holds fewer characters than heads do.
        guard label.count >= 8 else { return nil }
        let end = isDisputes ? nil : Self.firstRows.first(in: label, from: label.startIndex)
        let text = label[..<(end?.lowerBound ?? label.endIndex)]
        if isDisputes {
            let heads = HeadWording.outcomes(in: text)
            return heads.count >= Self.fewestOutcomes ? ColumnHeads(heads.map { .init($0) }) : nil
        }
        // The heads of a row above that is blank are those of another part.
        let part = text.lastMatch(of: Self.partHeads)?.upperBound ?? text.startIndex
        let counts = HeadWording.counts(in: text[part...])
        if !counts.isEmpty { return ColumnHeads(counts.map { .init($0) }) }
        guard end != nil else { return nil }
        let applicants = HeadWording.applicants(in: text)
        let known = applicants.count { $0 != .strange }
        guard known >= Self.fewestApplicants else { return nil }
        let isNested = applicants.contains(.official(HeadWording.organisations))
        return ColumnHeads(
            HeadWording.unfolded(applicants, isPlaced: false).map { .init($0) },
            isOrdered: !isNested)
    }

    mutating func startCells() {
        cells = []
        numberCount = 0
        isFilled = false
    }
}
