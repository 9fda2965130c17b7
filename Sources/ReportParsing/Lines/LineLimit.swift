import ReportModel

/// How many lines of a file are told apart.
///
/// A report has some hundred lines, and each of them costs a hundred bytes beside its text and up to
/// some microseconds. A file of millions of short lines would take twenty times its size; so
/// the lines after the first fifty thousand are read together, a few kilobytes at a time as if
/// they were one. Nothing is lost: their text is in passages that hold several lines, and a
/// finding says from which line on.
enum LineLimit {
    /// The most lines that are told apart.
    static let apart = 50_000
    /// Lines that are read together hold at least this many bytes of UTF-8, and are whole.
    static let pieceBytes = 2_000

    /// What a reader should know of a file with more lines.
    static func finding(from line: Int) -> Finding {
        Finding(
            code: "lines_joined", line: line,
            message: "the file has more than \(apart) lines; from this one on, several are read as "
                + "one, so that passages hold several and rows of tables are not told apart")
    }
}
