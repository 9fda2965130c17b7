/// The cells of a row by the heads above them.
enum HeadedCells {
    /// The heads say what the form says, or nothing: the cells stand in the form's order.
    case inOrder
    /// The cell of each official column; nil where no head names the column.
    case byHead([TableRow.PrintedCell?])
    /// The heads say something else than the form, and which cell is whose cannot be told.
    case untold

    /// Reads a row.
    ///
    /// - Parameters:
    ///   - keys: the last parts of the keys of the official columns, in order.
    ///   - widest: the most numbers that a row of the table prints.
    init(of row: TableRow, keys: [String], widest: Int) {
        guard let heads = row.heads else {
            self = .inOrder
            return
        }
        let named = heads.keys
        let isForm = named == keys && !heads.holdsStrange
        guard isForm || keys.contains(where: named.contains) else {
            // Last year's numbers alone are not this year's, nor do the heads of one form over the
            // rows of the other say what those of their own would.
            let isOther = !named.isEmpty && named.count > 1 && keys.count == named.count
            self = named.isEmpty && heads.holdsStrange || isOther ? .untold : .inOrder
            return
        }
        if let cells = Self.placed(row, heads) {
            self = .byHead(Self.official(cells, heads, keys: keys))
            return
        }
        // Last year's cell is none of the form's, though it may fill the place of one that is lost.
        if heads.isPreceded, let first = Self.start(of: heads), Self.hasCell(row, before: first) {
            self = .untold
            return
        }
        if isForm {
            self = .inOrder
            return
        }
        let filled = row.cells.filter { !$0.value.isBlank }
        // Heads that could not be read are the form's, unless no row has as many numbers.
        let isIncomplete =
            !heads.holdsStrange && widest > heads.columns.count && Self.isPart(named, of: keys)
        // With a head that was not met and a cell that is blank, either may be the one too few.
        let isDoubtful =
            !heads.holdsStrange && filled.count < row.cells.count
            && row.cells.count >= keys.count && named.count < keys.count
        if isIncomplete {
            self = .inOrder
        } else if isDoubtful {
            self = .untold
        } else if !heads.isOrdered, heads.holdsStrange {
            self = .untold
        } else if filled.count == heads.columns.count {
            self = .byHead(Self.official(filled, heads, keys: keys))
        } else if row.cells.count == heads.columns.count {
            self = .byHead(Self.official(row.cells, heads, keys: keys))
        } else {
            self = .untold
        }
    }

    /// Whether some keys are others with some left out.
    private static func isPart(_ keys: [String], of all: [String]) -> Bool {
        var rest = all[...]
        for key in keys {
            guard let index = rest.firstIndex(of: key) else { return false }
            rest = rest[(index + 1)...]
        }
        return true
    }

    /// The cell under each head, by the columns of the grid that they take; nil when the format tells
    /// none or the row is not one of those that the heads stand over.
    private static func placed(
        _ row: TableRow, _ heads: ColumnHeads
    ) -> [TableRow.PrintedCell?]? {
        guard let first = start(of: heads), let end = heads.columns.last?.span?.upperBound,
            row.cells.allSatisfy({ $0.columns != nil })
        else { return nil }
        let data = row.cells.filter { ($0.columns?.lowerBound ?? 0) >= first }
        if data.count == heads.columns.count { return data }
        // A sign for nothing is a cell's; an empty one may be the rest of a span.
        let filled = (heads.isPreceded ? data : row.cells).filter { !$0.raw.isEmpty }
        if filled.count == heads.columns.count { return filled }
        guard row.cells.last?.columns?.upperBound == end else { return nil }
        return heads.columns.map { column -> TableRow.PrintedCell? in
            guard let span = column.span else { return nil }
            let over = data.filter { $0.columns?.overlaps(span) ?? false }
            guard let cell = over.first else { return nil }
            // A cell under several heads, or several under one, tell of none.
            let under = heads.columns.count { $0.span?.overlaps(cell.columns ?? 0..<0) ?? false }
            return over.count == 1 && under == 1 ? cell : cell.doubted
        }
    }

    /// The first column of the grid under the heads; nil when the format tells none.
    private static func start(of heads: ColumnHeads) -> Int? {
        heads.firstColumn.map { min($0, heads.columns.first?.span?.lowerBound ?? $0) }
    }

    private static func hasCell(_ row: TableRow, before column: Int) -> Bool {
        row.cells.contains { ($0.columns?.lowerBound ?? column) < column }
    }

    /// The cells of the official columns, of those under all heads.
    private static func official(
        _ cells: [TableRow.PrintedCell?], _ heads: ColumnHeads, keys: [String]
    ) -> [TableRow.PrintedCell?] {
        keys.map { key in
            let own = zip(heads.columns, cells).filter { $0.0.head == .official(key) }
                .compactMap(\.1)
            guard let first = own.first else { return nil }
            return own.allSatisfy { $0.value == first.value } ? first : first.doubted
        }
    }
}
