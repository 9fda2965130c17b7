/// One line as a reader of a format hands it on, before repair.
///
/// A row of a table is one line: its cells in order, parted by tabs, a spanned cell printed once.
struct DocumentLine: Equatable {
    /// Where the line is in the file, from 1; each reader says what it counts.
    var number: Int
    /// What the line prints.
    var raw: String
}
