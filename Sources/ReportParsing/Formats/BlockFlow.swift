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

    private struct Table {
        /// The cells of the row that is read now.
        var cells: [[Block]] = []
        /// The number of cells of the row and of blocks in them.
        var size = 0
        /// Whether text goes into the last cell.
        var isInCell = false
        /// Whether another table stands in this one.
        var isLayout = false
    }

    /// The finished lines.
    private(set) var lines: [Block] = []
    private var tables: [Table] = []

    /// A row with more cells and blocks in them is ended there and goes on as another one; no row
    /// of a report has so many.
    private static var mostInRow: Int { LineLimit.apart }
    /// With more tables open, one in another, all are closed.
    private static var mostOpen: Int { 256 }

    /// Whether a table is open.
    var isInTable: Bool { !tables.isEmpty }

    /// Adds a paragraph, to the open cell if there is one.
    mutating func add(_ text: String, line: Int, mark: Mark) {
        guard text.unicodeScalars.contains(where: { !$0.isSpace }) else { return }
        let block = Block(line: DocumentLine(number: line, raw: text), mark: mark)
        if tables.last?.isInCell == true {
            makeRoom()
            let table = tables.count - 1
            tables[table].cells[tables[table].cells.count - 1].append(block)
        } else {
            finish(block)
        }
    }

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
            tables[last].cells = [[]]
            tables[last].isInCell = true
        }
        if tables.count == Self.mostOpen { finish() }
        tables.append(Table())
    }

    /// Opens a cell; what was open is closed.
    mutating func openCell() {
        guard let last = tables.indices.last else { return }
        makeRoom()
        tables[last].cells.append([])
        tables[last].isInCell = true
    }

    /// Counts one more cell or block of the open row, which is ended when it has too many.
    private mutating func makeRoom() {
        let last = tables.count - 1
        if tables[last].size >= Self.mostInRow {
            let isInCell = tables[last].isInCell
            finishRow()
            if isInCell { tables[last].cells = [[]] }
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
        if isSpanned { _ = tables[last].cells.popLast() }
    }

    /// Ends the row, and hands on its cells as a row or as the text that a layout holds.
    mutating func finishRow() {
        guard let last = tables.indices.last else { return }
        let table = tables[last]
        tables[last].cells = []
        tables[last].size = 0
        tables[last].isInCell = false
        let cells = table.cells
        guard let first = cells.joined().min(by: { $0.line.number < $1.line.number }) else {
            return
        }
        if table.isLayout || cells.contains(where: Self.isProse)
            || cells.count == 1 && Self.areParagraphs(cells[0])
        {
            for block in cells.joined() { finish(block) }
            return
        }
        let texts = cells.map { $0.map(\.text).joined(separator: " ").trimmingSpaces }
        finish(
            Block(
                line: DocumentLine(
                    number: first.line.number, raw: texts.joined(separator: "\t")),
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
