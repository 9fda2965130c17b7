import ReportModel

/// Which printed row is which official row.
///
/// Both stand in order, so the best assignment is an alignment of two sequences: labels that fit
/// gain, rows of either side may be left out.
struct RowAlignment {
    /// For each official row the printed row that is it, or nil.
    let printedRow: [Int?]
    /// The printed rows without a label that their order alone tells.
    let toldByOrder: Set<Int>
    /// The printed rows without a label of which it cannot be told which official ones they are.
    let unplaced: [Int]
    /// How well the label of each printed row fits each official one.
    private let fits: [[Int]]

    init(of rows: [TableRow], to official: [FormRow]) {
        let labels = official.map { $0.label }
        let counts = official.map { $0.fields.count }
        // Row after row of the matrices in one array each. best: the highest gain over the first i
        // printed and j official rows.
        let width = official.count + 1
        var gains: [Int] = []
        gains.reserveCapacity(rows.count * official.count)
        var best = [Int](repeating: 0, count: (rows.count + 1) * width)
        let allFits = rows.map { RowLabel.fits($0.label) }
        fits = allFits
        let areOnlyHeads = Self.onlyHeads(rows, allFits, official)
        for i in rows.indices {
            let (fits, isUnlabelled) = (allFits[i], areOnlyHeads[i])
            let cells = rows[i].numberCount
            let (above, line) = (i * width, (i + 1) * width)
            var (most, diagonal) = (0, 0)
            for j in official.indices {
                let gain = Self.gain(
                    cells, count: counts[j], fit: fits[labels[j]], isUnlabelled: isUnlabelled)
                gains.append(gain)
                let up = best[above + j + 1]
                most = max(up, most, gain > 0 ? diagonal + gain : 0)
                best[line + j + 1] = most
                diagonal = up
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
        let joined = Self.joinLabels(rows, areOnlyHeads, allFits, official, into: &printed)
        let moved = Self.takeOutOfOrder(
            rows, allFits, official, except: joined.untold, into: &printed)
        let told = joined.told.union(Self.liftLabels(rows, official, into: &printed))
        let unlabelled = Self.unlabelled(rows, allFits, areOnlyHeads, official, printed)
            .filter { !told.contains($0) && !joined.untold.contains($0) }
        let untold =
            Self.leaveUntold(
                unlabelled, of: rows, official, in: &printed,
                isOrdered: !moved.contains { official[$0].section == 3 })
            + joined.untold.sorted()
            + Self.leaveShifted(unlabelled, of: rows, official, in: &printed)
        let placed = unlabelled.filter { !untold.contains($0) }
        let doubtful = Self.leaveInterchangeable(placed, of: rows, official, in: &printed)
        unplaced = untold + doubtful
        toldByOrder = Set(placed).subtracting(doubtful)
        printedRow = printed
    }

    /// Whether the label of each row has nothing but heads.
    private static func onlyHeads(
        _ rows: [TableRow], _ allFits: [[Int]], _ official: [FormRow]
    ) -> [Bool] {
        let named = official.filter { !$0.isShort }.map(\.label)
        return zip(rows, allFits).map { row, fits in
            // Heads end in words that are labels elsewhere: 其他, 总计.
            named.allSatisfy { fits[$0] == 0 } && !RowLabel.isTotal(row.label)
                && (row.label.count > longestShort || fits.allSatisfy { $0 == 0 })
                && RowLabel.isOnlyHeads(row.label)
        }
    }

    /// Joins labels that are printed one after another to the rows of numbers that follow them.
    ///
    /// As many labels as rows are joined in order. Where the numbers differ the rows stay untold,
    /// but for one alone, which belongs to the label next to it.
    private static func joinLabels(
        _ rows: [TableRow], _ areOnlyHeads: [Bool], _ allFits: [[Int]], _ official: [FormRow],
        into printed: inout [Int?]
    ) -> (told: Set<Int>, untold: Set<Int>) {
        var told: Set<Int> = []
        var untold: Set<Int> = []
        for start in rows.indices
        where rows[start].label.count >= fewestJoined && !rows[start].isBesideLabel {
            let end =
                rows.indices.first {
                    $0 > start && !(areOnlyHeads[$0] && allFits[$0].allSatisfy { $0 == 0 })
                } ?? rows.endIndex
            guard end - start > 1 else { continue }
            let names = RowLabel.named(in: rows[start].label)
            guard names.count > 1 else { continue }
            let own = names.compactMap { name in official.firstIndex { $0.label == name } }
            let run = start..<end
            for index in printed.indices where printed[index].map(run.contains) ?? false {
                printed[index] = nil
            }
            if own.count == run.count, Set(own).count == own.count,
                zip(own, run).allSatisfy({ official[$0].fields.count == rows[$1].numberCount })
            {
                for (row, index) in zip(own, run) { printed[row] = index }
                told.formUnion(run)
            } else {
                untold.formUnion(run)
            }
        }
        return (told, untold)
    }

    /// Joins labels to the rows of numbers above them, where the file prints a stretch of rows so,
    /// and returns these rows.
    ///
    /// A row without a label that no row of the form is free for, and after as many labels on lines of
    /// their own one that has no numbers below it, show such a stretch.
    private static func liftLabels(
        _ rows: [TableRow], _ official: [FormRow], into printed: inout [Int?]
    ) -> Set<Int> {
        var told: Set<Int> = []
        let owners = owners(printed, of: rows)
        for start in rows.indices
        where owners[start] == nil && rows[start].label.isEmpty && rows[start].numberCount > 0 {
            let end =
                rows.indices.first { $0 > start && (rows[$0].isBesideLabel || owners[$0] == nil) }
                ?? rows.endIndex
            guard end - start > 1, end < rows.endIndex, owners[end] != nil else { continue }
            let names = RowLabel.named(in: rows[end].label)
            guard names.count == 2, let last = official.firstIndex(where: { $0.label == names[0] }),
                printed[last] == nil
            else { continue }
            let own = ((start + 1)..<end).compactMap { owners[$0] } + [last]
            let isFitting = zip(own, start..<end).allSatisfy {
                official[$0].fields.count == rows[$1].numberCount
            }
            guard own == own.sorted(), isFitting else { continue }
            for (row, index) in zip(own, start..<end) { printed[row] = index }
            told.formUnion(start..<end)
        }
        return told
    }

    /// No shorter label, in characters, is several.
    private static let fewestJoined = 8

    /// Gives rows that stand out of the form's order to the official rows that their labels name,
    /// and returns these.
    private static func takeOutOfOrder(
        _ rows: [TableRow], _ allFits: [[Int]], _ official: [FormRow],
        except untold: Set<Int>, into printed: inout [Int?]
    ) -> [Int] {
        let used = Set(printed.compactMap(\.self)).union(untold)
        guard used.count < rows.count else { return [] }
        var moved: [Int] = []
        for index in rows.indices where !used.contains(index) && rows[index].numberCount > 0 {
            let fits = allFits[index]
            // A row that has its own label goes before one that has none.
            func isFree(_ row: Int) -> Bool {
                printed[row].map { allFits[$0][official[row].label] == 0 } ?? true
            }
            let named = official.indices.filter {
                fits[official[$0].label] >= RowLabel.exact
                    && (!official[$0].isShort || RowLabel.isTotal(rows[index].label))
            }
            guard named.count == 1, isFree(named[0]),
                rows[index].numberCount == official[named[0]].fields.count
                    || rows[index].heads != nil
            else { continue }
            printed[named[0]] = index
            moved.append(named[0])
        }
        return moved
    }

    /// The rows that print numbers and no label of their own.
    private static func unlabelled(
        _ rows: [TableRow], _ allFits: [[Int]], _ areOnlyHeads: [Bool], _ official: [FormRow],
        _ printed: [Int?]
    ) -> [Int] {
        let named = official.filter { !$0.isShort }.map(\.label)
        let owners = owners(printed, of: rows)
        return rows.indices.filter { index in
            guard rows[index].numberCount > 0, areOnlyHeads[index] else { return false }
            let fits = allFits[index]
            if let owner = owners[index] { return fits[official[owner].label] == 0 }
            return named.allSatisfy { fits[$0] == 0 }
                && (rows[index].label.count > longestShort || fits.allSatisfy { $0 == 0 })
        }
    }

    /// A longer label that ends in 其他 or 总计 is made of heads.
    private static let longestShort = 8

    /// The official row of each printed one that has one.
    private static func owners(_ printed: [Int?], of rows: [TableRow]) -> [Int?] {
        var owners = [Int?](repeating: nil, count: rows.count)
        for row in printed.indices.reversed() {
            if let index = printed[row] { owners[index] = row }
        }
        return owners
    }

    /// Takes back the rows without a label that could be several official ones, and returns them.
    ///
    /// Between two rows with labels of their own, rows without one are the official rows between
    /// when there are as many of both, and no row of the table stands out of order.
    private static func leaveUntold(
        _ unlabelled: [Int], of rows: [TableRow], _ official: [FormRow], in printed: inout [Int?],
        isOrdered: Bool
    ) -> [Int] {
        guard !unlabelled.isEmpty else { return [] }
        let isUnlabelled = Set(unlabelled)
        let owners = owners(printed, of: rows)
        var untold: [Int] = []
        for index in unlabelled {
            let before = (0..<index).last { owners[$0] != nil && !isUnlabelled.contains($0) }
            let after = ((index + 1)..<rows.count).first {
                owners[$0] != nil && !isUnlabelled.contains($0)
            }
            let first = before.flatMap { owners[$0] }.map { $0 + 1 } ?? 0
            let last = after.flatMap { owners[$0] } ?? official.count
            let count = rows[index].numberCount
            let free =
                first < last
                ? (first..<last).filter {
                    official[$0].fields.count == count && !official[$0].isOptional
                } : []
            let among = unlabelled.filter {
                $0 > before ?? -1 && $0 < after ?? rows.count && rows[$0].numberCount == count
            }
            if isOrdered, free.count == among.count, let position = among.firstIndex(of: index) {
                if let owner = owners[index], owner != free[position] { printed[owner] = nil }
                printed[free[position]] = index
            } else {
                if let owner = owners[index] { printed[owner] = nil }
                untold.append(index)
            }
        }
        return untold
    }

    /// Takes back the rows of the second table whose numbers stand on lines of their own, where
    /// numbers stand above its first label or under a head instead of a label, and returns them:
    /// each label may be that of other numbers, and no sum would tell.
    private static func leaveShifted(
        _ unlabelled: [Int], of rows: [TableRow], _ official: [FormRow], in printed: inout [Int?]
    ) -> [Int] {
        let second = official.indices.filter { official[$0].section == 2 }
        let first = second.compactMap { printed[$0] }.filter { !unlabelled.contains($0) }.min()
        // One number alone may be that of a page.
        let isAbove =
            first.map { first in
                unlabelled.contains { $0 < first && rows[$0].numberCount > 1 }
            } ?? false
        guard isAbove || rows.contains(where: isUnderHead) else { return [] }
        var shifted: [Int] = []
        for row in second {
            guard let index = printed[row], !rows[index].isBesideLabel else { continue }
            printed[row] = nil
            shifted.append(index)
        }
        return shifted
    }

    /// Whether numbers on lines of their own stand under a head of the second table, as a program
    /// prints them that reads a page column by column.
    private static func isUnderHead(_ row: TableRow) -> Bool {
        row.numberCount > 0 && !row.isBesideLabel
            && row.cells.allSatisfy { $0.position == nil && $0.columns == nil }
            && RowLabel.endsInCountHead(row.label)
    }

    /// Takes back the rows of the third table without a label when a grid has several that print
    /// different numbers, and returns them: no sum would tell if one stood where another belongs, and
    /// where each row has its cells nothing but a hand takes labels away.
    private static func leaveInterchangeable(
        _ placed: [Int], of rows: [TableRow], _ official: [FormRow], in printed: inout [Int?]
    ) -> [Int] {
        let owners = owners(printed, of: rows)
        let requests = placed.filter { index in
            rows[index].cells.first?.columns != nil
                && owners[index].map { official[$0].section == 3 } ?? false
        }
        let numbers = Set(requests.map { rows[$0].cells.map(\.value.number) })
        guard numbers.count > 1 else { return [] }
        for index in requests {
            if let owner = owners[index] { printed[owner] = nil }
        }
        return requests
    }

    /// An assignment that is known.
    private init(printedRow: [Int?]) {
        self.printedRow = printedRow
        fits = []
        toldByOrder = []
        unplaced = []
    }

    /// The rows of the third table by their order alone, those of the second as they are; nil
    /// when not as many complete rows are printed as the form has.
    ///
    /// Some extractors print all labels of a page before all of its numbers.
    func byOrder(of rows: [TableRow], in official: [FormRow]) -> RowAlignment? {
        let requests = official.indices.filter {
            official[$0].section == 3 && !official[$0].isOptional
        }
        let width = ApplicantColumn.allCases.count
        let complete = rows.indices.filter { rows[$0].numberCount == width }
        guard complete.count == requests.count else { return nil }
        var printed = printedRow
        for (index, row) in zip(requests, complete) {
            // A number is never moved to a label that another stands closer to.
            let fits = rows[row].isBesideLabel ? self.fits[row] : []
            let names = official.contains {
                !$0.isShort && $0.label < fits.count && fits[$0.label] >= RowLabel.exact
            }
            if names, fits[official[index].label] < RowLabel.exact { return nil }
            // Nor does a row without a label take the place of one that has its own.
            if let own = printedRow[index], own != row, rows[own].isBesideLabel,
                !official[index].isShort, self.fits[own][official[index].label] >= RowLabel.exact
            {
                return nil
            }
            printed[index] = row
        }
        return printed == printedRow ? nil : RowAlignment(printedRow: printed)
    }

    /// What assigning a printed row of so many numbers to an official one is worth; 0 when it cannot
    /// be.
    private static func gain(
        _ number: Int, count: Int, fit: Int, isUnlabelled: Bool
    ) -> Int {
        // A row whose label was lost, such as a page break away, still counts in the order.
        guard fit > 0 || (isUnlabelled && number == count) else { return 0 }
        let shape = number == count ? 30 : number > count ? 5 : number > 0 ? 10 : 1
        return fit + shape
    }
}
