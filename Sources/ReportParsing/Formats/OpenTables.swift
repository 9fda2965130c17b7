/// The tables that are open at a point of a document whose paragraphs say how deep in tables they
/// stand.
struct OpenTables {
    private struct Open {
        var table = MeasuredTable()
        var row: [MeasuredTable.Cell] = []
        var blocks: [MeasuredTable.Block] = []
    }

    private var tables: [Open] = []
    /// How many cells and paragraphs stand in tables.
    private var count = 0

    /// Beyond so many, cells are joined and paragraphs stand outside.
    private static let most = 500_000
    /// Deeper ones are taken for this deep.
    private static let deepest = 20

    /// How many are open, one in another.
    var depth: Int { tables.count }

    /// Opens tables up to a depth.
    mutating func open(to depth: Int) {
        while tables.count < min(depth, Self.deepest) { tables.append(Open()) }
    }

    /// Adds a paragraph to the open cell; false when no table is open.
    mutating func add(_ text: String) -> Bool {
        guard let last = tables.indices.last, count < Self.most else { return false }
        count += 1
        tables[last].blocks.append(.paragraph(text))
        return true
    }

    /// Ends the open cell.
    mutating func endCell() {
        guard let last = tables.indices.last, count < Self.most else { return }
        count += 1
        tables[last].row.append(MeasuredTable.Cell(blocks: tables[last].blocks))
        tables[last].blocks = []
    }

    /// Ends the open row; `arrange` says where its cells stand.
    mutating func endRow(_ arrange: (inout [MeasuredTable.Cell]) -> Void = { _ in }) {
        guard let last = tables.indices.last else { return }
        if !tables[last].blocks.isEmpty { endCell() }
        guard count < Self.most || !tables[last].row.isEmpty else { return }
        var row = tables[last].row
        tables[last].row = []
        arrange(&row)
        tables[last].table.rows.append(row)
    }

    /// Closes the tables beyond a depth, each into the cell around it or, the outermost, into lines.
    mutating func close(deeperThan depth: Int, into flow: inout BlockFlow<Set<Never>>) {
        while tables.count > depth {
            if let last = tables.last, !last.row.isEmpty || !last.blocks.isEmpty { endRow() }
            guard let closed = tables.popLast() else { return }
            if let last = tables.indices.last {
                tables[last].blocks.append(.table(closed.table))
            } else {
                closed.table.add(to: &flow)
            }
        }
    }
}
