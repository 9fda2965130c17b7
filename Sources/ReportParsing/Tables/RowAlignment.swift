import ReportModel

/// Which printed row is which official row.
///
/// Both stand in order, so the best assignment is an alignment of two sequences: labels that fit
/// gain, rows of either side may be left out.
struct RowAlignment {
    /// For each official row the printed row that is it, or nil.
    let printedRow: [Int?]

    init(of rows: [TableRow], to official: [OfficialRow]) {
        let gains = rows.map { row in official.map { Self.gain(row, $0) } }
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
    private static func gain(_ row: TableRow, _ official: OfficialRow) -> Int {
        let count = official.columns.count
        let fit = RowLabel.fit(row.label, official)
        // A row whose label was lost, such as a page break away, still takes its place in order.
        guard fit > 0 || (row.label.isEmpty && row.numberCount == count) else { return 0 }
        let number = row.numberCount
        let shape = number == count ? 30 : number > count ? 5 : number > 0 ? 10 : 1
        return fit + shape
    }
}

/// Which printed cell stands in which column of a row.
enum RowCells {
    /// What is known of a row beyond its number of columns.
    enum Rule {
        /// Nothing.
        case plain
        /// The cells sum to the last one; complete rows of the table begin at a place.
        case sum(usualPlace: Int?)
    }

    /// The cells of the columns, left to right; nil where the file prints none.
    ///
    /// As many numbers as columns need no thought. With fewer, the cells are a window of the row
    /// that holds every number, blanks at either end being what is left of spans. Windows in which
    /// the row can sum to its total come first; then the one that begins where the complete rows
    /// of the table do; then those whose total is printed; then the leftmost.
    static func columns(
        of cells: [TableRow.PrintedCell], count: Int, rule: Rule
    ) -> [TableRow.PrintedCell?]? {
        let numbers = cells.filter { $0.value != .blank }
        if numbers.count == count { return numbers }
        if numbers.count > count {
            guard case .sum = rule else { return Array(numbers.prefix(count)) }
            let windows = (0...(numbers.count - count)).map { Array(numbers[$0..<($0 + count)]) }
            return windows.last { isConsistent($0) } ?? windows.last
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
        switch rule {
        case .plain:
            return windows.first { $0[0].value != .blank } ?? windows.first
        case .sum(let usualPlace):
            let consistent = windows.filter(isConsistent)
            let usual = consistent.first { usualPlace != nil && $0[0].place == usualPlace }
            return usual ?? consistent.first { $0[count - 1].value != .blank }
                ?? consistent.first ?? windows.first
        }
    }

    /// The place in their lines at which the complete rows of a table begin, by majority.
    static func usualPlace(of rows: [TableRow], count: Int) -> Int? {
        var votes: [Int: Int] = [:]
        for row in rows where row.numberCount == count {
            if let place = row.cells.first(where: { $0.value != .blank })?.place {
                votes[place, default: 0] += 1
            }
        }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
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
