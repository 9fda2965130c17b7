import ChineseText

/// The cells of the head rows that stand above the next row of a table.
struct HeadCells {
    private struct Piece {
        let words: [Unicode.Scalar]
        let span: Range<Int>?
        /// The number of its line.
        let line: Int
        let isFirst: Bool
    }

    private var pieces: [Piece] = []
    private var lines = 0

    /// Whether no head row stands there.
    var isEmpty: Bool { pieces.isEmpty }

    /// Whether the cells of a row, none of which is a number, are heads of columns.
    static func areHeads(_ cells: [[Unicode.Scalar]], isDisputes: Bool) -> Bool {
        var counts = 0
        var others = 0
        for words in cells where words.count >= 2 {
            if isDisputes {
                if HeadWording.isOutcome(words) { others += 1 }
                if words.count <= 20, HeadWording.block(words) != nil { others += 1 }
            } else {
                if HeadWording.tellsCounts(words) { counts += 1 }
                if HeadWording.isApplicant(words) { others += 1 }
                if HeadWording.spansApplicants(words) { others += 1 }
            }
        }
        return counts >= 1 || others >= 2
    }

    /// Adds the cells of a head row, with the columns of the grid that each spans where it is told.
    mutating func add(_ cells: [(words: [Unicode.Scalar], span: Range<Int>?)]) {
        for (index, cell) in cells.enumerated() where !cell.words.isEmpty {
            pieces.append(
                Piece(words: cell.words, span: cell.span, line: lines, isFirst: index == 0))
        }
        lines += 1
    }

    /// Forgets the head rows, once they are read.
    mutating func clear() { self = HeadCells() }

    /// The heads over the columns; nil when there are none.
    func heads(isDisputes: Bool) -> ColumnHeads? {
        let isApplicants =
            !isDisputes
            && pieces.count { HeadWording.isApplicant($0.words) } >= 2
        let read =
            isDisputes
            ? HeadWording.outcome : isApplicants ? HeadWording.applicant : HeadWording.count
        if pieces.allSatisfy({ $0.span != nil }) {
            let columns = placed(read, isDisputes: isDisputes)
            // What stands before the form's own columns are labels, or numbers of another thing.
            let first = isDisputes ? 0 : columns.firstIndex { $0.head != .strange } ?? 0
            return columns.isEmpty
                ? nil : ColumnHeads(Array(columns[first...]), isPreceded: first > 0)
        }
        return unplaced(read, isFlat: !isDisputes && !isApplicants, isDisputes: isDisputes)
    }

    /// The lowest head over each column of the grid.
    private func placed(
        _ read: ([Unicode.Scalar]) -> ColumnHead?, isDisputes: Bool
    ) -> [ColumnHeads.Column] {
        var lowest: [Int: (piece: Int, head: ColumnHead)] = [:]
        var blocks: [Int: Int] = [:]
        for (number, piece) in pieces.enumerated() {
            // The first column holds the labels of the rows.
            guard let span = piece.span, isDisputes || span.lowerBound > 0 else { continue }
            if isDisputes, let block = HeadWording.block(piece.words) {
                for gridColumn in span { blocks[gridColumn] = block }
            }
            guard let head = read(piece.words) else { continue }
            for gridColumn in span { lowest[gridColumn] = (number, head) }
        }
        var columns: [ColumnHeads.Column] = []
        var last: Int?
        for gridColumn in lowest.keys.sorted() {
            guard let (piece, head) = lowest[gridColumn] else { continue }
            if piece == last, let column = columns.popLast(), let span = column.span {
                columns.append(
                    .init(head, span: span.lowerBound..<(gridColumn + 1), block: column.block))
            } else {
                columns.append(
                    .init(
                        head == .official(HeadWording.organisations) ? .strange : head,
                        span: gridColumn..<(gridColumn + 1), block: blocks[gridColumn]))
            }
            last = piece
        }
        return columns
    }

    /// The heads in the order of reading.
    private func unplaced(
        _ read: ([Unicode.Scalar]) -> ColumnHead?, isFlat: Bool, isDisputes: Bool
    ) -> ColumnHeads? {
        var heads: [ColumnHead] = []
        var headLines: [Int] = []
        for piece in pieces where !isFlat || piece.line == lines - 1 {
            guard let head = read(piece.words),
                !(piece.isFirst && !isDisputes && head == .strange)
            else { continue }
            heads.append(head)
            headLines.append(piece.line)
        }
        guard !heads.isEmpty else { return nil }
        if isFlat || isDisputes { return ColumnHeads(heads.map { .init($0) }) }
        func line(of key: String) -> Int? {
            heads.firstIndex(of: .official(key)).map { headLines[$0] }
        }
        let span = line(of: HeadWording.organisations)
        // On a line with each other, or the only one with the span, they stand where they were read.
        let beside = ["natural_person", "total"].compactMap(line)
        let isPlaced =
            beside.count == 2 ? beside[0] == beside[1] : beside.first.map { $0 == span } ?? false
        return ColumnHeads(
            HeadWording.unfolded(heads, isPlaced: isPlaced).map { .init($0) },
            isOrdered: span == nil)
    }
}
