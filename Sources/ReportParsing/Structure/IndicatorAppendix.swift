import ChineseText

/// The table of indicators at the end of reports before 2019: 附表, 统计指标, 单位, 统计数.
enum IndicatorAppendix {
    private static let names: WordList = ["附表", "统计表", "统计指标", "指标名称", "情况表"]
    private static let heads: WordList = ["统计指标", "指标名称", "计量单位", "统计数"]
    private static let units: Set<Unicode.Scalar> = [
        "条", "件", "次", "个", "篇", "份", "元", "人", "期", "场", "项",
    ]
    /// The line that names the table is never longer, in characters, nor is the head of one.
    private static let longestName = 40
    /// So many lines after it are looked at, and so many of them show the table.
    private static let searchedLines = 16
    private static let fewestRows = 3

    /// The index of the line with which the table begins; nil when the file has none.
    ///
    /// - Parameter last: the line of the last heading of the report.
    static func start(in lines: [SourceLine], after last: Int, wording: FormWording) -> Int? {
        guard last < lines.count else { return nil }
        for index in lines.indices.dropFirst(last + 1) {
            let line = lines[index]
            guard !line.isBlank, line.length <= longestName, !Punctuation.endsSentence(line.text),
                wording.aligned(line.text).holds(anyOf: names)
            else { continue }
            let after = lines[index...].lazy.filter { !$0.isBlank }.prefix(searchedLines)
            let hasHead = after.contains { wording.aligned($0.text).holds(anyOf: heads) }
            let rows = after.count { isRow($0) }
            if hasHead, rows >= fewestRows { return index }
        }
        return nil
    }

    /// Whether a line is a row of indicators, or the unit or number of one.
    private static func isRow(_ line: SourceLine) -> Bool {
        if Punctuation.endsInDigit(line.text), line.length <= longestName { return true }
        guard line.length <= 3, let first = line.text.firstScalar else { return false }
        return units.contains(first)
    }
}
