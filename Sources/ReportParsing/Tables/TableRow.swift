import ChineseText
import ReportModel

/// A run of labels followed by a run of cells: a row, in whatever form the file prints tables.
struct TableRow {
    /// The labels since the row before, folded, Chinese characters only: 三不予公开属于国家秘密.
    let label: [Unicode.Scalar]
    /// The numbers and blanks after the labels, in reading order.
    let cells: [PrintedCell]
    /// How many of the cells print something.
    let numberCount: Int
    /// The heads over the columns; nil when none were met.
    let heads: ColumnHeads?
    /// Whether the label, or the end of it, stands on the line of the first cell.
    let isBesideLabel: Bool
    /// What an amount is to be divided by for 万元, as the heads or the label tell; nil when they
    /// tell no other unit.
    let amountDivisor: Double?

    /// One printed cell.
    struct PrintedCell {
        let value: CellValue
        let raw: String
        let line: Int
        /// The cell's position among the cells of its line, where the line shows it; a witness of
        /// which end a lost cell stood at, never more.
        let position: Position?
        /// The columns that the cell covers, where the file's format tells them.
        var columns: Range<Int>?

        /// The cell with nothing told of its value.
        var doubted: PrintedCell {
            PrintedCell(value: .unsure, raw: raw, line: line, position: position, columns: columns)
        }
    }

    /// Where in its line a cell stands, from 0 at either end.
    struct Position: Hashable {
        let fromStart: Int
        let fromEnd: Int
    }
}
