/// A table whose cells tell where they stand by the distances of their edges, as those of old Word
/// documents and of Rich Text do.
///
/// Which columns a cell covers is known only when all rows are: a column begins wherever a cell of
/// any row does.
struct MeasuredTable {
    /// What stands in a cell.
    enum Block {
        case paragraph(String)
        case table(MeasuredTable)
    }

    /// How a cell goes with the one above.
    enum Merge {
        case none
        /// Those below go on with it.
        case first
        /// It goes on with the one above.
        case continued
    }

    struct Cell {
        var blocks: [Block] = []
        /// The left edge, in twentieths of a point from any point.
        var left = 0
        /// The right edge, from the same point.
        var right = 0
        var merge = Merge.none
        /// Whether it is part of the cell to its left.
        var isPart = false
    }

    /// The rows that are finished.
    var rows: [[Cell]] = []

    /// Edges that are nearer to each other, in twentieths of a point, are one.
    private static let tolerance = 60
    /// A row with more different edges is none of a report; its cells then cover a column each.
    private static let mostEdges = 500

    /// Hands the table on, row by row.
    func add(to flow: inout BlockFlow<Set<Never>>) {
        let edges = columnEdges
        flow.openTable()
        for row in rows {
            if let first = row.first, !edges.isEmpty {
                flow.skipColumns(Self.column(first.left, edges))
            }
            for cell in Self.joined(row) {
                let span = Self.column(cell.right, edges) - Self.column(cell.left, edges)
                flow.openCell(columns: max(1, span))
                if cell.merge == .first { flow.markTall() }
                for block in cell.blocks {
                    switch block {
                    case .paragraph(let text): flow.add(text, line: 0, mark: [])
                    case .table(let table): table.add(to: &flow)
                    }
                }
                flow.closeCell(isSpanned: cell.merge == .continued)
            }
            flow.finishRow()
        }
        flow.closeTable()
    }

    /// The cells of a row with the parts of each in one.
    private static func joined(_ row: [Cell]) -> [Cell] {
        var cells: [Cell] = []
        for cell in row {
            if cell.isPart, let last = cells.indices.last {
                cells[last].right = max(cells[last].right, cell.right)
                cells[last].blocks += cell.blocks
            } else {
                cells.append(cell)
            }
        }
        return cells
    }

    /// Where columns begin and end, from left to right; empty when nothing tells.
    private var columnEdges: [Int] {
        let all = Set(rows.joined().filter { $0.right > $0.left }.flatMap { [$0.left, $0.right] })
        var edges: [Int] = []
        for edge in all.sorted() where edge - (edges.last ?? .min / 2) > Self.tolerance {
            edges.append(edge)
        }
        return edges.count > Self.mostEdges ? [] : edges
    }

    /// The number of the edge, from 0.
    private static func column(_ edge: Int, _ edges: [Int]) -> Int {
        var low = 0
        var high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= edge { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
