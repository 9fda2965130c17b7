import ReportModel

/// Which printed cell stands in which column of a row.
struct RowCells {
    /// The number of columns.
    private let count: Int
    /// The columns that are sums, each with the columns before it that it sums.
    private let sums: [(parts: Range<Int>, total: Int)]
    /// Where in their lines the complete rows of the table begin, and how many of them there.
    private var usualStart: Usual?
    /// Where in their lines the complete rows of the table end, counted from the end.
    private var usualEnd: Usual?
    /// The columns that are blank in most of the incomplete rows of the table.
    private var usualBlanks: [Int]?
    /// What leaving these blank is worth: more when most rows do than when few are incomplete.
    private var blanksWorth = 3

    /// A position that most rows share, and what their sharing it is worth.
    private struct Usual {
        let position: Int
        let worth: Int

        init?(_ positions: [Int]) {
            guard let common = mostCommon(positions) else { return nil }
            position = common
            worth = positions.count(where: { $0 == common }) * 10 >= positions.count * 8 ? 4 : 2
        }
    }

    /// Cells side by side, one for each column from the first on.
    typealias Window = ArraySlice<TableRow.PrintedCell>

    /// The columns that are blank.
    private static func blanks(in window: Window) -> [Int] {
        window.indices.filter { window[$0].value.isBlank }.map { $0 - window.startIndex }
    }

    /// Reads rows of which nothing is known beyond their number of columns.
    init(count: Int) {
        self.count = count
        sums = []
    }

    /// Reads the one row of the fourth table: blocks of columns, each summing to its last.
    init(blocks: Int, of width: Int) {
        count = blocks * width
        sums = (0..<blocks).map {
            (parts: ($0 * width)..<($0 * width + width - 1), total: $0 * width + width - 1)
        }
    }

    /// Reads rows whose last column is the sum of the others, with the rows of the whole table as
    /// witnesses.
    init(count: Int, sumsToLastIn rows: [TableRow]) {
        self.count = count
        sums = [(parts: 0..<(count - 1), total: count - 1)]
        let complete = rows.filter { $0.numberCount == count }
        usualStart = Usual(
            complete.compactMap { $0.cells.first { !$0.value.isBlank }?.position?.fromStart })
        usualEnd = Usual(
            complete.compactMap { $0.cells.last { !$0.value.isBlank }?.position?.fromEnd })
        let blanks = rows.filter { (1..<count).contains($0.numberCount) }
            .compactMap { columns(of: $0.cells).map(Self.blanks) }
        usualBlanks = mostCommon(blanks)
        if blanks.count(where: { $0 == usualBlanks }) > complete.count { blanksWorth = 10 }
    }

    /// The cells of the columns, left to right; fewer when the file prints none of the last ones, nil
    /// when it cannot be told which is which.
    ///
    /// As many numbers as columns need no thought. Of more, the only ones that sum to their total
    /// count. With fewer, the cells are a window of the row
    /// that holds every number, blanks at either end being what is left of spans. Windows in which
    /// the row can sum to its total come first; of these, the one that begins and ends where the
    /// complete rows do, that leaves the same columns blank as the table's other rows, and whose
    /// total is printed.
    func columns(of cells: [TableRow.PrintedCell]) -> Window? {
        let isComplete = cells.allSatisfy { !$0.value.isBlank }
        let numbers = isComplete ? cells : cells.filter { !$0.value.isBlank }
        if numbers.count == count { return numbers[...] }
        if numbers.count > count {
            // Only sums can tell which of them count, and of many some always sum.
            guard !sums.isEmpty, numbers.count - count <= Self.mostExtra else { return nil }
            // What holds a number that cannot be told proves nothing: 181 → 17 and 9 on the next
            // line is 181 → 179, whose 9 is no cell.
            let windows = (0...(numbers.count - count)).map { numbers[$0..<($0 + count)] }
                .filter { $0.allSatisfy { $0.value != .unsure } && isConsistent($0) }
            let isOne = windows.allSatisfy { $0.map(\.value) == windows[0].map(\.value) }
            return isOne ? windows.last : nil
        }
        guard let first = cells.firstIndex(where: { !$0.value.isBlank }),
            let last = cells.lastIndex(where: { !$0.value.isBlank })
        else { return cells.isEmpty ? nil : cells.prefix(count) }
        guard cells.count >= count, last - first < count else { return nil }
        let starts = max(0, last - count + 1)...min(first, cells.count - count)
        let windows = starts.map { cells[$0..<($0 + count)] }
        guard !sums.isEmpty else {
            // Where a cell prints a sign for nothing it is a cell; an empty one may be a rest.
            let printed = windows.map { window in window.count { !$0.raw.isEmpty } }
            // What stands right behind a label at the line's start is the first cell.
            let own = windows.firstIndex { $0.first?.position?.fromStart == 1 }
            if let own, printed[own] == printed.max() { return windows[own] }
            // Between two that print as much nothing tells.
            let most = printed.max()
            let best = zip(windows, printed).filter { $1 == most }
            return best.count == 1 ? best[0].0 : nil
        }
        var best: (score: Int, window: Window)?
        let scores = windows.map(score)
        for (score, window) in zip(scores, windows) where score > best?.score ?? .min {
            best = (score, window)
        }
        guard let best else { return nil }
        // Numbers that sum nowhere, beside an empty cell that may be no cell, tell of no column.
        let window = best.window
        let isEdged = window.first?.raw.isEmpty == true || window.last?.raw.isEmpty == true
        if isEdged, !isConsistent(window) { return nil }
        // Nor do those of which the total may be the one that is blank, or another one.
        let isTotalBlank = window.last?.value.isBlank
        let isDoubtful = zip(scores, windows).contains { score, other in
            score >= best.score - Self.doubtful && other.last?.value.isBlank != isTotalBlank
        }
        return isDoubtful ? nil : window
    }

    /// A row with more numbers than these beside its own is several, or a column.
    private static let mostExtra = 2

    /// Windows of which one is worth so little more are as likely as each other.
    private static let doubtful = 2

    private func score(_ window: Window) -> Int {
        // Where a cell prints a sign for nothing it is a cell; an empty one may be a rest.
        var score = (isConsistent(window) ? 100 : 0) + 20 * window.count { !$0.raw.isEmpty }
        if let usualStart, window.first?.position?.fromStart == usualStart.position {
            score += usualStart.worth
        }
        if let usualEnd, window.last?.position?.fromEnd == usualEnd.position {
            score += usualEnd.worth
        }
        if window.last?.value.isBlank == false { score += 1 }
        if usualBlanks == Self.blanks(in: window) { score += blanksWorth }
        return score
    }

    /// Whether there is a cell for each column and every total can be the sum of its columns.
    func sumsHold(in window: Window) -> Bool { window.count == count && isConsistent(window) }

    /// Whether a row can sum to its totals, blanks being any number from 0.
    private func isConsistent(_ window: Window) -> Bool {
        let start = window.startIndex
        return sums.allSatisfy { parts, total in
            guard let total = window[start + total].value.number else { return true }
            var sum = 0.0
            var hasBlank = false
            for column in parts {
                if let value = window[start + column].value.number {
                    sum += value
                } else {
                    hasBlank = true
                }
            }
            return hasBlank ? sum <= total : abs(sum - total) < 1e-6
        }
    }
}

/// The most common value; of equally common ones the first met.
private func mostCommon<Value: Hashable>(_ values: [Value]) -> Value? {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let most = counts.values.max()
    return values.first { counts[$0] == most }
}
