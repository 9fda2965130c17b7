/// The definition of a row of a table in Rich Text Format.
struct RichTextRow {
    private struct Cell {
        var right = 0
        var merge = MeasuredTable.Merge.none
        var isPart = false
    }

    private var left = 0
    private var cells: [Cell] = []
    private var next = Cell()

    /// No table has more columns.
    private static let mostCells = 1_000
    /// No page is wider, in twentieths of a point.
    private static let farthest = 1_000_000

    /// Takes a word of the definition.
    mutating func take(_ word: String, _ number: Int?) {
        switch word {
        case "trowd":
            self = RichTextRow()
        case "trleft": left = Self.bounded(number)
        case "clvmgf": next.merge = .first
        case "clvmrg": next.merge = .continued
        case "clmrg": next.isPart = true
        case "cellx":
            next.right = Self.bounded(number)
            if cells.count < Self.mostCells { cells.append(next) }
            next = Cell()
        default: break
        }
    }

    private static func bounded(_ number: Int?) -> Int {
        max(-farthest, min(farthest, number ?? 0))
    }

    /// Gives the cells of a row their edges.
    func arrange(_ row: inout [MeasuredTable.Cell]) {
        var edge = left
        for (index, cell) in cells.enumerated() where row.indices.contains(index) {
            row[index].left = edge
            row[index].right = cell.right
            row[index].merge = cell.merge
            row[index].isPart = cell.isPart
            edge = cell.right
        }
    }
}
