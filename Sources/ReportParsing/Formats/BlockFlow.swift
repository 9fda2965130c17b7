import ChineseText

/// The paragraphs and tables of a document, as its reader meets them, turned into lines.
///
/// A table of data gives a line a row: its cells in order, parted by tabs, a spanned text once. A
/// table that only lays out a page is taken apart into the paragraphs that it holds. What is beyond
/// the `LineLimit` is read together.
struct BlockFlow<Mark: SetAlgebra & Sendable> {
    /// A piece of text that stands on its own.
    struct Block {
        fileprivate(set) var line: DocumentLine
        /// What the reader wants to know of it later.
        fileprivate(set) var mark: Mark

        var text: String { line.raw }
    }

    private struct Cell {
        var blocks: [Block] = []
        var columns = 1
        var rows = 1
        /// Whether it covers more than one row.
        var isTall = false
        /// Whether the cell goes on from the row above, or is no cell at all.
        var isSpanned = false
    }

    private struct Table {
        /// The cells of the row that is read now.
        var cells: [Cell] = []
        /// Of each column how many of the next rows are covered by a cell above.
        var covered: [Int] = []
        let grid = GridRow.Table()
        /// The number of cells of the row and of blocks in them.
        var size = 0
        /// Whether text goes into the last cell.
        var isInCell = false
        /// Whether another table stands in this one.
        var isLayout = false

        /// The first column of each cell of the row that is not spanned; nil when the row is wider
        /// than any table.
        ///
        /// What cells above cover is passed over, and counted down by a row.
        mutating func columns() -> [Int]? {
            guard !cells.isEmpty else { return [] }
            var columns: [Int] = []
            var rests: [(columns: Range<Int>, rows: Int)] = []
            var column = 0
            for cell in cells {
                while column < covered.count, covered[column] > 0 { column += 1 }
                if !cell.isSpanned { columns.append(column) }
                if cell.rows > 1 { rests.append((column..<(column + cell.columns), cell.rows - 1)) }
                column += cell.columns
                if column > BlockFlow.mostColumns { return nil }
            }
            for index in covered.indices where covered[index] > 0 { covered[index] -= 1 }
            for (columns, rows) in rests {
                while covered.count < columns.upperBound { covered.append(0) }
                for index in columns { covered[index] = rows }
            }
            return columns
        }
    }

    /// The finished lines.
    private(set) var lines: [Block] = []
    private var tables: [Table] = []

    /// A row with more cells and blocks in them is ended there and goes on as another one; no row
    /// of a report has so many.
    private static var mostInRow: Int { LineLimit.apart }
    /// With more tables open, one in another, all are closed.
    private static var mostOpen: Int { 256 }
    /// No table has more columns or covers more of them with one cell.
    private static var mostColumns: Int { 1_000 }

    /// Whether a table is open.
    var isInTable: Bool { !tables.isEmpty }

    /// Adds a paragraph, to the open cell if there is one.
    mutating func add(_ text: String, line: Int, mark: Mark) {
        guard text.unicodeScalars.contains(where: { !$0.isSpace }) else { return }
        let block = Block(line: DocumentLine(number: line, raw: text), mark: mark)
        if tables.last?.isInCell == true {
            makeRoom()
            let table = tables.count - 1
            tables[table].cells[tables[table].cells.count - 1].blocks.append(block)
        } else {
            finish(isInTable ? block.withoutStruckText : block)
        }
    }

    /// Adds a line that another reader made, as of an embedded page.
    mutating func add(_ line: DocumentLine, mark: Mark) { finish(Block(line: line, mark: mark)) }

    private mutating func finish(_ block: Block) {
        guard let last = lines.indices.last, lines[last].line.joinsNext(count: lines.count) else {
            lines.append(block)
            return
        }
        lines[last].line.join(block.line)
        lines[last].mark.formUnion(block.mark)
    }

    /// Opens a table; within a cell this makes the table around it one of layout.
    mutating func openTable() {
        if let last = tables.indices.last {
            tables[last].isLayout = true
            finishRow()
            tables[last].cells = [Cell()]
            tables[last].isInCell = true
        }
        if tables.count == Self.mostOpen { finish() }
        tables.append(Table())
    }

    /// Opens a cell; what was open is closed.
    mutating func openCell(columns: Int = 1, rows: Int = 1) {
        guard let last = tables.indices.last else { return }
        makeRoom()
        tables[last].cells.append(
            Cell(
                columns: max(1, min(columns, Self.mostColumns)), rows: max(1, rows),
                isTall: rows > 1))
        tables[last].isInCell = true
    }

    /// Gives the open cell its columns, where a format tells them after the cell begins.
    mutating func span(columns: Int?) {
        guard let last = tables.indices.last, let cell = tables[last].cells.indices.last else {
            return
        }
        tables[last].cells[cell].columns = max(1, min(columns ?? 1, Self.mostColumns))
    }

    /// Notes that the open cell covers rows below, in which a cell of their own stands for it.
    mutating func markTall() {
        guard let last = tables.indices.last, let cell = tables[last].cells.indices.last else {
            return
        }
        tables[last].cells[cell].isTall = true
    }

    /// Leaves columns of the open row without a cell.
    mutating func skipColumns(_ count: Int) {
        guard let last = tables.indices.last, count > 0 else { return }
        openCell(columns: count)
        tables[last].isInCell = false
        tables[last].cells[tables[last].cells.count - 1].isSpanned = true
    }

    /// Counts one more cell or block of the open row, which is ended when it has too many.
    private mutating func makeRoom() {
        let last = tables.count - 1
        if tables[last].size >= Self.mostInRow {
            let isInCell = tables[last].isInCell
            finishRow()
            if isInCell { tables[last].cells = [Cell()] }
            tables[last].isInCell = isInCell
        }
        tables[last].size += 1
    }

    /// Closes the cell: text that comes before the next one is none of the table's.
    ///
    /// - Parameter isSpanned: whether the cell only goes on from the row above.
    mutating func closeCell(isSpanned: Bool = false) {
        guard let last = tables.indices.last else { return }
        tables[last].isInCell = false
        guard isSpanned, let cell = tables[last].cells.indices.last else { return }
        tables[last].cells[cell].isSpanned = true
        tables[last].cells[cell].blocks = []
    }

    /// Ends the row and forgets it, as one that was deleted.
    mutating func dropRow() {
        guard let last = tables.indices.last else { return }
        tables[last].cells = []
        tables[last].size = 0
        tables[last].isInCell = false
    }

    /// Ends the row, and hands on its cells as a row or as the text that a layout holds.
    mutating func finishRow() {
        guard let last = tables.indices.last else { return }
        let (table, cells) = (tables[last], tables[last].cells.filter { !$0.isSpanned })
        let columns = tables[last].columns()
        tables[last].cells = []
        tables[last].size = 0
        tables[last].isInCell = false
        let blocks = cells.lazy.flatMap(\.blocks)
        guard let first = blocks.min(by: { $0.line.number < $1.line.number }) else { return }
        if table.isLayout || cells.contains(where: { Self.isProse($0.blocks) })
            || cells.count == 1 && Self.areParagraphs(cells[0].blocks)
        {
            for block in blocks { finish(block.withoutStruckText) }
            return
        }
        let texts = cells.map { $0.blocks.map(\.text).joined(separator: " ").trimmingSpaces }
        let row = columns.map { columns in
            GridRow(
                table: table.grid,
                cells: zip(cells, zip(texts, columns)).map { cell, placed in
                    GridRow.Cell(
                        text: placed.0, column: placed.1, columns: cell.columns,
                        isTall: cell.isTall)
                })
        }
        finish(
            Block(
                line: DocumentLine(
                    number: first.line.number, raw: texts.joined(separator: "\t"), row: row),
                mark: first.mark))
    }

    /// Ends the table.
    mutating func closeTable() {
        finishRow()
        _ = tables.popLast()
    }

    /// Ends all that is open.
    mutating func finish() {
        while !tables.isEmpty { closeTable() }
    }

    /// Whether a cell holds an article rather than a label or a number.
    private static func isProse(_ cell: [Block]) -> Bool {
        cell.count >= 3 && cell.reduce(0) { $0 + $1.text.unicodeScalars.count } >= 200
    }

    /// Whether the blocks of the only cell of a row are paragraphs rather than one broken text.
    private static func areParagraphs(_ cell: [Block]) -> Bool {
        cell.count >= 2
            && (cell.reduce(0) { $0 + $1.text.unicodeScalars.count } > 60
                || cell.contains { Punctuation.endsSentence($0.text.trimmingSpaces) }
                || cell.dropFirst().contains { ItemMark($0.text.trimmingSpaces) != nil })
    }
}

extension BlockFlow {
    /// The lines of a format that has none of its own: a line's number is its position among those that
    /// hold text, from 1.
    var numberedLines: [DocumentLine] {
        lines.enumerated().map { number, block in
            DocumentLine(number: number + 1, raw: block.text, row: block.line.row)
        }
    }
}

extension BlockFlow.Block {
    /// The block as narrative.
    fileprivate var withoutStruckText: Self {
        var block = self
        block.line.raw = StruckText.removed(from: line.raw)
        return block
    }
}
