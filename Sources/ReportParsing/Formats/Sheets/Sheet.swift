import ReportModel

/// One sheet of a workbook as its file has it: cells by row and column.
struct Sheet {
    /// The name on its tab.
    var name: String
    /// The cells with text of each row, by number from 0; in the order of the file.
    private var rows: [Int: [(column: Int, text: String)]] = [:]
    /// The cells that were joined into one: rows and columns from 0.
    private var merges: [(rows: ClosedRange<Int>, columns: ClosedRange<Int>)] = []
    private var hiddenRows: Set<Int> = []
    /// Of each column whether it is not shown; empty when all are.
    private var hiddenColumns: [Bool] = []
    /// About how much memory the cells take, in bytes.
    private(set) var weight = 0

    /// A workbook whose cells weigh more is refused.
    static let mostWeight = 64 << 20
    private static let weightOfCell = 64

    /// No sheet of a report joins more cells.
    private static let mostMerges = 20_000
    private static let mostColumns = 16_384
    /// No sheet has more rows.
    private static let mostRows = 1 << 20

    init(_ name: String) { self.name = name }

    /// Notes the text of a cell; cells without text are none.
    mutating func set(row: Int, column: Int, _ text: String) {
        guard !text.isEmpty, (0..<Self.mostRows).contains(row),
            (0..<Self.mostColumns).contains(column)
        else { return }
        rows[row, default: []].append((column, text))
        weight += Self.weightOfCell + text.utf8.count
    }

    /// Notes that cells are joined.
    mutating func merge(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        if merges.count < Self.mostMerges { merges.append((rows, columns)) }
    }

    /// Notes that a row is not shown.
    mutating func hide(row: Int) { if hiddenRows.count < Self.mostRows { hiddenRows.insert(row) } }

    /// Notes that columns are not shown.
    mutating func hide(columns: ClosedRange<Int>) {
        if hiddenColumns.isEmpty {
            hiddenColumns = Array(repeating: false, count: Self.mostColumns)
        }
        for column in columns.clamped(to: 0...Self.mostColumns - 1) {
            hiddenColumns[column] = true
        }
    }

    /// The rows that are shown and hold text, from the top, with their cells from the left.
    var shownRows: [(number: Int, cells: [GridRow.Cell])] {
        var spans: [Int: [Int: (columns: Int, isTall: Bool)]] = [:]
        for (rows, columns) in merges {
            spans[rows.lowerBound, default: [:]][columns.lowerBound] = (
                columns.count, rows.count > 1
            )
        }
        return rows.keys.filter { !hiddenRows.contains($0) }.sorted().compactMap { row in
            let cells = (rows[row] ?? []).filter { cell in
                hiddenColumns.isEmpty || !hiddenColumns[cell.column]
            }.sorted { $0.column < $1.column }.map { cell in
                let span = spans[row]?[cell.column]
                return GridRow.Cell(
                    text: cell.text, column: cell.column, columns: span?.columns ?? 1,
                    isTall: span?.isTall ?? false)
            }
            return cells.isEmpty ? nil : (row, cells)
        }
    }
}

/// The sheets of a workbook as lines: a row of a table is one, and each line of a text that stands
/// alone in its row.
///
/// The number of a line is that of its row, from 1; those of a second sheet go on where the first
/// one's end.
struct SheetLines {
    private(set) var lines: [DocumentLine] = []
    private(set) var parts: [DocumentPart] = []

    /// A longer text, in characters, is no label.
    private static let longestLabel = 60

    /// Adds a sheet below those before.
    mutating func add(_ sheet: Sheet) {
        let offset = lines.last?.lastNumber ?? 0
        let rows = sheet.shownRows
        guard !rows.isEmpty else { return }
        parts.append(
            DocumentPart(kind: .sheet, name: sheet.name, firstLine: offset + 1))
        var table: GridRow.Table?
        var width = 0
        var last: Int?
        for (number, cells) in rows {
            // A row without text parts tables.
            if let last, number > last + 1 { table = nil }
            last = number
            if Self.isText(cells, in: table, width: width) {
                for cell in cells { add(text: cell.text, number: offset + number + 1) }
                table = nil
            } else {
                if table == nil { width = 0 }
                let own = table ?? GridRow.Table()
                table = own
                width = max(width, cells.last?.end ?? 0)
                add(row: cells, width: width, of: own, number: offset + number + 1)
            }
        }
    }

    /// Whether the cells of a row are text, not a row of a table.
    private static func isText(
        _ cells: [GridRow.Cell], in table: GridRow.Table?, width: Int
    ) -> Bool {
        guard cells.count == 1, let cell = cells.first else { return false }
        // The label of a row without numbers.
        return table == nil || cell.columns >= width - cell.column
            || cell.text.unicodeScalars.count > longestLabel
            || ItemMark(cell.text)?.kind == .chinese
            || Punctuation.endsSentence(cell.text)
    }

    private mutating func add(text: String, number: Int) {
        for part in text.split(whereSeparator: \.isNewline) {
            let plain = String(part).trimmingSpaces
            if !plain.isEmpty { lines.add(DocumentLine(number: number, raw: plain)) }
        }
    }

    private mutating func add(
        row cells: [GridRow.Cell], width: Int, of table: GridRow.Table, number: Int
    ) {
        var filled: [GridRow.Cell] = []
        var column = cells.first.map { min($0.column, 1) } ?? 0
        func fill(to end: Int) {
            while column < min(end, GridRow.mostFilled) {
                filled.append(
                    GridRow.Cell(text: "", column: column, columns: 1, isTall: false))
                column += 1
            }
            column = max(column, end)
        }
        for cell in cells {
            fill(to: cell.column)
            let text = String(cell.text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
            filled.append(
                GridRow.Cell(
                    text: text.trimmingSpaces, column: cell.column, columns: cell.columns,
                    isTall: cell.isTall))
            column = max(column, cell.end)
        }
        fill(to: width)
        lines.add(
            DocumentLine(
                number: number, raw: filled.map(\.text).joined(separator: "\t"),
                row: GridRow(table: table, cells: filled)))
    }
}

extension GridRow {
    /// Beyond so many columns empty cells are not made.
    fileprivate static let mostFilled = 100
}
