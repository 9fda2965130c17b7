import ReportModel

/// Which printed row is which official row.
///
/// Both stand in order, so the best assignment is an alignment of two sequences: labels that fit
/// gain, rows of either side may be left out.
struct RowAlignment {
    /// For each official row the printed row that is it, or nil.
    let printedRow: [Int?]

    init(of rows: [TableRow], to official: [FormRow]) {
        let labels = official.map { $0.label }
        let counts = official.map { $0.fields.count }
        // Row after row of the matrices in one array each. best: the highest gain over the first i
        // printed and j official rows.
        let width = official.count + 1
        var gains: [Int] = []
        gains.reserveCapacity(rows.count * official.count)
        var best = [Int](repeating: 0, count: (rows.count + 1) * width)
        for i in rows.indices {
            let fits = RowLabel.fits(rows[i].label)
            let isUnlabelled = RowLabel.isOnlyHeads(rows[i].label)
            let cells = rows[i].numberCount
            let (above, line) = (i * width, (i + 1) * width)
            for j in official.indices {
                let gain = Self.gain(
                    cells, count: counts[j], fit: fits[labels[j]], isUnlabelled: isUnlabelled)
                gains.append(gain)
                var most = max(best[above + j + 1], best[line + j])
                if gain > 0 { most = max(most, best[above + j] + gain) }
                best[line + j + 1] = most
            }
        }
        var printed = [Int?](repeating: nil, count: official.count)
        var (i, j) = (rows.count, official.count)
        while i > 0, j > 0 {
            let gain = gains[(i - 1) * official.count + j - 1]
            let (above, here) = ((i - 1) * width + j, i * width + j)
            if gain > 0, best[here] == best[above - 1] + gain {
                printed[j - 1] = i - 1
                i -= 1
                j -= 1
            } else if best[here] == best[above] {
                i -= 1
            } else {
                j -= 1
            }
        }
        printedRow = printed
    }

    /// An assignment that is known.
    init(printedRow: [Int?]) { self.printedRow = printedRow }

    /// The rows of the third table by their order alone, those of the second as they are; nil
    /// when not as many complete rows are printed as the form has.
    ///
    /// Some extractors print all labels of a page before all of its numbers.
    func byOrder(of rows: [TableRow], in official: [FormRow]) -> RowAlignment? {
        let requests = official.indices.filter { official[$0].section == 3 }
        let width = ApplicantColumn.allCases.count
        let complete = rows.indices.filter { rows[$0].numberCount == width }
        guard complete.count == requests.count else { return nil }
        var printed = printedRow
        for (index, row) in zip(requests, complete) { printed[index] = row }
        return printed == printedRow ? nil : RowAlignment(printedRow: printed)
    }

    /// What assigning a printed row of so many numbers to an official one is worth; 0 when it cannot
    /// be.
    private static func gain(
        _ number: Int, count: Int, fit: Int, isUnlabelled: Bool
    ) -> Int {
        // A row whose label was lost, such as a page break away, still takes its place in order.
        guard fit > 0 || (isUnlabelled && number == count) else { return 0 }
        let shape = number == count ? 30 : number > count ? 5 : number > 0 ? 10 : 1
        return fit + shape
    }
}

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

    /// A place that most rows share, and what their sharing it is worth.
    private struct Usual {
        let place: Int
        let worth: Int

        init?(_ places: [Int]) {
            guard let common = mostCommon(places) else { return nil }
            place = common
            worth = places.count(where: { $0 == common }) * 10 >= places.count * 8 ? 4 : 2
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
            complete.compactMap { $0.cells.first { !$0.value.isBlank }?.place?.fromStart })
        usualEnd = Usual(
            complete.compactMap { $0.cells.last { !$0.value.isBlank }?.place?.fromEnd })
        let blanks = rows.filter { (1..<count).contains($0.numberCount) }
            .compactMap { columns(of: $0.cells).map(Self.blanks) }
        usualBlanks = mostCommon(blanks)
        if blanks.count(where: { $0 == usualBlanks }) > complete.count { blanksWorth = 10 }
    }

    /// The cells of the columns, left to right; fewer when the file prints none of the last ones.
    ///
    /// As many numbers as columns need no thought. With fewer, the cells are a window of the row
    /// that holds every number, blanks at either end being what is left of spans. Windows in which
    /// the row can sum to its total come first; of these, the one that begins and ends where the
    /// complete rows do, that leaves the same columns blank as the table's other rows, and whose
    /// total is printed.
    func columns(of cells: [TableRow.PrintedCell]) -> Window? {
        let isComplete = cells.allSatisfy { !$0.value.isBlank }
        let numbers = isComplete ? cells : cells.filter { !$0.value.isBlank }
        if numbers.count == count { return numbers[...] }
        if numbers.count > count {
            guard !sums.isEmpty else { return numbers.prefix(count) }
            let windows = (0...(numbers.count - count)).map { numbers[$0..<($0 + count)] }
            return windows.last { isConsistent($0) } ?? windows.last
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
            return printed.max().flatMap { most in
                zip(windows, printed).first { window, count in
                    count == most && window.first?.raw.isEmpty == false
                }?.0 ?? zip(windows, printed).first { $1 == most }?.0
            }
        }
        var best: (score: Int, window: Window)?
        for window in windows {
            let score = score(window)
            if score > best?.score ?? .min { best = (score, window) }
        }
        return best?.window
    }

    private func score(_ window: Window) -> Int {
        // Where a cell prints a sign for nothing it is a cell; an empty one may be a rest.
        var score = (isConsistent(window) ? 100 : 0) + 20 * window.count { !$0.raw.isEmpty }
        if let usualStart, window.first?.place?.fromStart == usualStart.place {
            score += usualStart.worth
        }
        if let usualEnd, window.last?.place?.fromEnd == usualEnd.place {
            score += usualEnd.worth
        }
        if window.last?.value.isBlank == false { score += 1 }
        if usualBlanks == Self.blanks(in: window) { score += blanksWorth }
        return score
    }

    /// Whether a row can sum to its totals, blanks being any number from 0.
    private func isConsistent(_ window: Window) -> Bool {
        let start = window.startIndex
        return sums.allSatisfy { parts, total in
            guard case .number(let total, _) = window[start + total].value else { return true }
            var sum = 0.0
            var hasBlank = false
            for column in parts {
                switch window[start + column].value {
                case .number(let value, _): sum += value
                case .blank: hasBlank = true
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
