import ReportModel

/// How the rows of the fourth table become cells.
extension OfficialTables {
    /// The fourth table is one row of fifteen numbers, or three of five, in one order unless its
    /// heads say another.
    mutating func readDisputes(_ rows: [TableRow]) {
        guard let first = rows.first?.cells.first else { return }
        let blocks = FormRow.disputes
        let width = OutcomeColumn.allCases.count
        var cells: [TableRow.PrintedCell] = []
        for row in rows {
            guard let own = Self.inFormOrder(row) else {
                record(
                    "row_unread", line: row.cells.first?.line,
                    "the table of reviews and lawsuits has columns that its heads do not tell")
                return
            }
            cells += own
        }
        guard let columns = RowCells(blocks: blocks.count, of: width).columns(of: cells) else {
            record(
                "row_unread", line: first.line,
                "the table of reviews and lawsuits has \(cells.count) cells for "
                    + "\(blocks.count * width) columns")
            return
        }
        // Between heads that numbers stand away from, the sums alone tell whose they are.
        let isScattered =
            rows.count > 1 && rows.contains { $0.cells.count != width }
            && rows.contains { row in
                row.cells.count > 1 && row.cells[0].position == nil && row.cells[0].columns == nil
                    && row.cells[0].line != row.cells[1].line
            }
        if isScattered, !RowCells(blocks: blocks.count, of: width).sumsHold(in: columns) {
            record(
                "row_unread", line: first.line,
                "the numbers of the table of reviews and lawsuits stand away from their heads and "
                    + "do not sum; which is which cannot be told")
            return
        }
        for (block, row) in blocks.enumerated() {
            let own = columns.dropFirst(block * width).prefix(width)
            for (column, cell) in own.enumerated() { read(cell, as: row, column: column) }
        }
    }

    /// The cells of a row in the order of the form; nil when the heads have another and do not tell
    /// which cell is whose.
    private static func inFormOrder(_ row: TableRow) -> [TableRow.PrintedCell]? {
        let width = OutcomeColumn.allCases.count
        let all = FormRow.disputeCells
        guard let heads = row.heads, heads.columns.count >= width else { return row.cells }
        let keys = OutcomeColumn.allCases.map(\.rawValue)
        let blocks = heads.columns.map(\.block)
        let isForm =
            !heads.holdsStrange && heads.keys.count.isMultiple(of: width)
            && heads.keys.enumerated().allSatisfy { $1 == keys[$0 % width] }
            && (blocks.contains(nil) || blocks.elementsEqual(blocks.sorted { $0 ?? 0 < $1 ?? 0 }))
        if isForm { return row.cells }
        let filled = row.cells.filter { !$0.value.isBlank }
        let count = heads.columns.count
        guard
            let cells = filled.count == count ? filled : row.cells.count == count ? row.cells : nil
        else { return nil }
        // The official columns, each with its block: as told, or by fives.
        var columns: [(key: Int, block: Int?, cell: TableRow.PrintedCell)] = []
        for (column, cell) in zip(heads.columns, cells) {
            guard case .official(let key) = column.head, let slot = keys.firstIndex(of: key)
            else { continue }
            columns.append((slot, column.block, cell))
        }
        guard columns.count.isMultiple(of: width), columns.count <= all else { return nil }
        var ordered = [TableRow.PrintedCell?](repeating: nil, count: columns.count)
        let isTold = columns.count == all && columns.allSatisfy { $0.block != nil }
        for (index, column) in columns.enumerated() {
            let slot = (isTold ? column.block ?? 0 : index / width) * width + column.key
            guard ordered[slot] == nil else { return nil }
            ordered[slot] = column.cell
        }
        return ordered.compactMap(\.self)
    }
}
