/// A row of a table in a format that tells where each cell stands: a web page, a document of a word
/// processor, a sheet.
final class GridRow: Sendable {
    /// One cell, at the column where its span begins.
    struct Cell: Sendable {
        let text: String
        /// Its first column, from 0; columns that a span above covers count.
        let column: Int
        /// How many columns it covers.
        let columns: Int
        /// Whether it covers more than one row.
        let isTall: Bool

        /// The column after its last one.
        var end: Int { column + columns }
    }

    /// What the rows of one table share.
    final class Table: Sendable {}

    /// The table that the row belongs to.
    let table: Table
    /// The cells from left to right, empty ones too; those that go on from above are not here.
    let cells: [Cell]

    init(table: Table, cells: [Cell]) {
        self.table = table
        self.cells = cells
    }
}
