import ReportModel

/// Which printed row is which official row.
///
/// Both stand in order, so the best assignment is an alignment of two sequences: labels that fit
/// gain, rows of either side may be left out.
struct RowAlignment {
    /// For each official row the printed row that is it, or nil.
    let printedRow: [Int?]

    init(of rows: [TableRow], to official: [OfficialRow]) {
        let numbers = official.map(RowLabel.number)
        let counts = official.map(\.columns.count)
        let gains = rows.map { row in
            let fits = RowLabel.fits(row.label)
            let isUnlabelled = RowLabel.isOnlyHeads(row.label)
            return zip(numbers, counts).map {
                Self.gain(row, count: $1, fit: fits[$0] ?? 0, isUnlabelled: isUnlabelled)
            }
        }
        // best[i][j]: the highest gain over the first i printed and j official rows.
        var best = Array(
            repeating: Array(repeating: 0, count: official.count + 1), count: rows.count + 1)
        for i in 1..<(rows.count + 1) {
            for j in 1..<(official.count + 1) {
                var value = max(best[i - 1][j], best[i][j - 1])
                if gains[i - 1][j - 1] > 0 {
                    value = max(value, best[i - 1][j - 1] + gains[i - 1][j - 1])
                }
                best[i][j] = value
            }
        }
        var printed = [Int?](repeating: nil, count: official.count)
        var (i, j) = (rows.count, official.count)
        while i > 0, j > 0 {
            let gain = gains[i - 1][j - 1]
            if gain > 0, best[i][j] == best[i - 1][j - 1] + gain {
                printed[j - 1] = i - 1
                i -= 1
                j -= 1
            } else if best[i][j] == best[i - 1][j] {
                i -= 1
            } else {
                j -= 1
            }
        }
        printedRow = printed
    }

    /// What assigning a printed row to an official one is worth; 0 when it cannot be.
    private static func gain(
        _ row: TableRow, count: Int, fit: Int, isUnlabelled: Bool
    ) -> Int {
        // A row whose label was lost, such as a page break away, still takes its place in order.
        guard fit > 0 || (isUnlabelled && row.numberCount == count) else { return 0 }
        let number = row.numberCount
        let shape = number == count ? 30 : number > count ? 5 : number > 0 ? 10 : 1
        return fit + shape
    }
}

/// Which printed cell stands in which column of a row.
struct RowCells {
    /// The number of columns.
    private let count: Int
    /// Whether the last column is the sum of the others.
    private let sumsToLast: Bool
    /// The place in their lines at which the complete rows of the table begin, by majority.
    private var usualPlace: Int?
    /// The columns that are blank in most of the incomplete rows of the table.
    private var usualBlanks: [Int]?

    /// Reads rows of which nothing is known beyond their number of columns.
    init(count: Int) {
        self.count = count
        sumsToLast = false
    }

    /// Reads rows whose last column is the sum of the others, with the rows of the whole table as
    /// witnesses.
    init(count: Int, sumsToLastIn rows: [TableRow]) {
        self.count = count
        sumsToLast = true
        usualPlace = Self.mostCommon(
            rows.filter { $0.numberCount == count }
                .compactMap { $0.cells.first { $0.value != .blank }?.place })
        usualBlanks = Self.mostCommon(
            rows.filter { (1..<count).contains($0.numberCount) }.compactMap { row in
                columns(of: row.cells).map { columns in
                    columns.indices.filter { columns[$0]?.value == .blank }
                }
            })
    }

    /// The cells of the columns, left to right; nil where the file prints none.
    ///
    /// As many numbers as columns need no thought. With fewer, the cells are a window of the row
    /// that holds every number, blanks at either end being what is left of spans. Windows in which
    /// the row can sum to its total come first; of these, the one that leaves the same columns
    /// blank as the table's other rows, then the one that begins where the complete rows do, then
    /// one whose total is printed, then the leftmost.
    func columns(of cells: [TableRow.PrintedCell]) -> [TableRow.PrintedCell?]? {
        let numbers = cells.filter { $0.value != .blank }
        if numbers.count == count { return numbers }
        if numbers.count > count {
            guard sumsToLast else { return Array(numbers.prefix(count)) }
            let windows = (0...(numbers.count - count)).map { Array(numbers[$0..<($0 + count)]) }
            return windows.last { Self.isConsistent($0) } ?? windows.last
        }
        guard let first = cells.firstIndex(where: { $0.value != .blank }),
            let last = cells.lastIndex(where: { $0.value != .blank })
        else {
            guard !cells.isEmpty else { return nil }
            let printed: [TableRow.PrintedCell?] = cells.prefix(count).map(\.self)
            return printed + Array(repeating: nil, count: count - printed.count)
        }
        guard cells.count >= count, last - first < count else { return nil }
        let starts = max(0, last - count + 1)...min(first, cells.count - count)
        let windows = starts.map { Array(cells[$0..<($0 + count)]) }
        guard sumsToLast else { return windows.first { $0[0].value != .blank } ?? windows.first }
        let consistent = windows.filter(Self.isConsistent)
        return consistent.first { usualBlanks == Self.blanks(of: $0) }
            ?? consistent.first { usualPlace != nil && $0[0].place == usualPlace }
            ?? consistent.first { $0[count - 1].value != .blank }
            ?? consistent.first ?? windows.first
    }

    private static func blanks(of cells: [TableRow.PrintedCell]) -> [Int] {
        cells.indices.filter { cells[$0].value == .blank }
    }

    /// The most common value; of equally common ones the first met.
    private static func mostCommon<Value: Hashable>(_ values: [Value]) -> Value? {
        var counts: [Value: Int] = [:]
        for value in values { counts[value, default: 0] += 1 }
        let most = counts.values.max()
        return values.first { counts[$0] == most }
    }

    /// Whether a row can sum to its last cell, blanks being any number from 0.
    private static func isConsistent(_ cells: [TableRow.PrintedCell]) -> Bool {
        guard let last = cells.last, case .number(let total, _) = last.value else { return true }
        var sum = 0.0
        var hasBlank = false
        for cell in cells.dropLast() {
            switch cell.value {
            case .number(let value, _): sum += value
            case .blank: hasBlank = true
            }
        }
        return hasBlank ? sum <= total : sum == total
    }
}
