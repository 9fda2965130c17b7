import ChineseText

/// The rows of a table whose cells stand in one text without ends of lines, and often without
/// spaces: 规章0 0 0行政规范性文件2 1 7.
struct GluedRows {
    /// The rows: a label, then its numbers between spaces.
    private(set) var rows: [String] = []
    /// The labels whose digits could be parted in several ways, or in none.
    private(set) var unparted: [String] = []

    /// How many digits without spaces were looked at.
    private var searches = 0
    /// The rows whose digits were parted, by their place in `rows`.
    private var parted: [(row: Int, name: String, digits: [Unicode.Scalar], count: Int)] = []
    /// Whether a row has fewer digits than cells, so that a blank cell leaves no sign.
    private var lacksCells = false
    /// No form has so many rows; what comes after is not parted.
    private static let mostSearches = 60

    private let section: Int
    private let wording: FormWording
    /// Whether the text has the heads of the form of 2019, whose rows have more numbers.
    private let isEarlier: Bool

    private static let earlier: WordList = ["新制作数量", "上一年项目", "采购项目"]
    private static let threeColumns = ["规章", "规范性文件", "规范性文件数"].map { $0.scalars() }
    /// What stands after a number that is part of a text.
    private static let counters: Set<Unicode.Scalar> = [
        "位", "年", "月", "日", "条", "件", "次", "个", "号", "份", "项", "篇",
        "万", "亿", "余", "多", "人", "场", "期", "张", "家", "名", "％", "%",
    ]

    /// The units of counts that stand in cells.
    private static let units: Set<Unicode.Scalar> = ["件", "条", "起", "项", "份", "个", "宗", "次", "笔"]

    init(of text: [Unicode.Scalar], section: Int, wording: FormWording) {
        self.section = section
        self.wording = wording
        isEarlier = text.holds(anyOf: Self.earlier)
        var (label, numbers): ([Unicode.Scalar], [[Unicode.Scalar]]) = ([], [])
        // Whether a unit stands between digits of which it is not told how many it is of.
        var isMixed = false
        var index = 0
        while index < text.count {
            guard text.hasDigit(at: index) else {
                if let last = numbers.indices.last, text[index - 1].isDigit,
                    let unit = Self.money.first(where: { text[index...].starts(with: $0) })
                {
                    numbers[last] += unit
                    index += unit.count
                    continue
                }
                let signs = numbers.isEmpty ? 0 : Self.signs(in: text, at: index)
                if signs > 0 {
                    isMixed = isMixed || text.hasDigit(at: index + signs)
                    index += signs
                    continue
                }
                // A space parts numbers, and says nothing between labels.
                if !text[index].isSpace, !numbers.isEmpty {
                    isMixed = isMixed || Self.partsNumbers(text, noteAt: index)
                    add(label, numbers, isMixed: isMixed)
                    (label, numbers, isMixed) = ([], [], false)
                }
                label.append(text[index])
                index += 1
                continue
            }
            let end = Self.endOfNumber(in: text, from: index)
            if end < text.count, Self.counters.contains(text[end]), numbers.isEmpty,
                !Self.money.contains(where: { text[end...].starts(with: $0) }),
                !(Self.units.contains(text[end])
                    && RowLabel.isLabel(wording.words(of: String(scalars: label.suffix(40)))))
            {
                label += text[index..<end]
                index = end
                continue
            }
            // The last digit of 31.属于国家秘密 is the mark of the next row.
            let isMark =
                end + 1 < text.count && ".、．".unicodeScalars.contains(text[end])
                && text[end + 1].isHan
            let numberEnd = isMark ? end - 1 : end
            if numberEnd > index { numbers.append(Array(text[index..<numberEnd])) }
            if isMark {
                if !numbers.isEmpty { add(label, numbers, isMixed: isMixed) }
                label = numbers.isEmpty ? label : []
                (numbers, isMixed) = ([], false)
                label += text[numberEnd...end]
            }
            index = isMark ? end + 1 : end
        }
        add(label, numbers, isMixed: isMixed)
        leaveDoubtful()
    }

    /// Where rows lack cells, takes back the numbers of those whose digits may be of such a row too:
    /// 0000011 is 0 0 0 0 0 1 1, or 0 0 0 0 0 11 behind a blank.
    private mutating func leaveDoubtful() {
        guard lacksCells else { return }
        for (row, name, digits, count) in parted where Self.mayLack(digits, count: count) {
            rows[row] = name
            unparted.append(String(name.suffix(20)))
        }
    }

    /// Whether a note in brackets stands at an index and digits right behind it, as in
    /// 0000011（其中修订9件）11, where it may be of 1 or of 11.
    private static func partsNumbers(_ text: [Unicode.Scalar], noteAt index: Int) -> Bool {
        guard text[index] == "（" || text[index] == "(", index > 0, text[index - 1].isDigit,
            let close = text[index...].prefix(longestNote).firstIndex(where: {
                $0 == "）" || $0 == ")"
            })
        else { return false }
        // （一） heads the next rows.
        return close - index > 2 && close + 1 < text.count && text[close + 1].isDigit
    }

    /// No note in a cell is longer, in characters.
    private static let longestNote = 24

    /// Where the number that begins at an index ends, with its point and its marks of thousands.
    private static func endOfNumber(in text: [Unicode.Scalar], from start: Int) -> Int {
        var end = start
        while text.hasDigit(at: end)
            || end < text.count && text[end] == "." && text.hasDigit(at: end + 1)
            || end < text.count && ",，".unicodeScalars.contains(text[end])
                && (1...3).allSatisfy({ text.hasDigit(at: end + $0) })
        {
            end += 1
        }
        return end
    }

    private static let money = ["万元", "亿元", "元"].map { $0.scalars() }

    /// The most signs of a correction, as in 82-->80.
    private static let mostSigns = 3

    /// How many scalars at an index behind digits are a unit, or the signs of a correction that more
    /// digits follow; 0 for others.
    private static func signs(in text: [Unicode.Scalar], at index: Int) -> Int {
        if units.contains(text[index]) { return 1 }
        let signs = text[index...].prefix(mostSigns).prefix {
            !$0.isHan && !$0.isSpace && !$0.isDigit && !"（(）)".unicodeScalars.contains($0)
        }
        let next = index + signs.count
        return next < text.count && text[next].isDigit ? signs.count : 0
    }

    private mutating func add(
        _ label: [Unicode.Scalar], _ numbers: [[Unicode.Scalar]], isMixed: Bool
    ) {
        var label = label
        // A sentence before the table is none of its labels.
        if let end = label.lastIndex(of: "。") {
            rows.append(String(scalars: label[...end]).trimmingSpaces)
            label.removeSubrange(...end)
        }
        let name = String(scalars: label).trimmingSpaces
        if numbers.isEmpty {
            if !name.isEmpty { rows.append(name) }
            return
        }
        var own = numbers
        let count = columns(of: label)
        // 061[1]50: digits with a 0 before them are several numbers.
        let isRun =
            numbers.count > 1 && numbers.contains { $0.count > 1 && $0[0] == "0" && $0[1] != "." }
        if isRun || isMixed && numbers.count != count {
            own = []
            unparted.append(String(name.suffix(20)))
        } else if numbers.count == 1, count != 1 {
            searches += 1
            let isTried = searches <= Self.mostSearches && numbers[0].allSatisfy(\.isDigit)
            own = isTried ? Self.parts(of: numbers[0], count: count) ?? [] : []
            if own.isEmpty {
                unparted.append(String(name.suffix(20)))
                lacksCells = lacksCells || isTried && Self.lacks(numbers[0], count: count)
            } else {
                parted.append((rows.count, name, numbers[0], count))
            }
        }
        rows.append(
            ([name] + own.map { String(scalars: $0) }).filter { !$0.isEmpty }
                .joined(separator: " "))
    }

    /// How many numbers a row has; 0 when that is not known.
    private func columns(of label: [Unicode.Scalar]) -> Int {
        switch section {
        case 2:
            let words = wording.words(of: String(scalars: label))
            if Self.threeColumns.contains(where: { words.ends(with: $0) }) { return 3 }
            return isEarlier ? 0 : 1
        case 3: return 7
        default: return 15
        }
    }

    // MARK: Digits without spaces

    /// More digits than this are not parted.
    private static let mostDigits = 24

    /// The numbers that digits without a space are, where there is one way to part them so that the
    /// sums of the form hold; nil when there is none or several.
    private static func parts(of digits: [Unicode.Scalar], count: Int) -> [[Unicode.Scalar]]? {
        // No number but 0 begins with a 0.
        if digits.count == count, digits.allSatisfy({ $0 == "0" }) { return digits.map { [$0] } }
        guard let full = Widths(of: digits, count: count)?.full, full.count == 1 else {
            return nil
        }
        var start = 0
        return full[0].map { width in
            defer { start += width }
            return Array(digits[start..<(start + width)])
        }
    }

    /// Whether digits may be the numbers of a row without one of its cells: no total, and worth what
    /// a total has beyond the others.
    private static func mayLack(_ digits: [Unicode.Scalar], count: Int) -> Bool {
        Widths(of: digits, count: count)?.mayLack ?? false
    }

    /// Whether digits can only be the numbers of a row that lacks a cell.
    private static func lacks(_ digits: [Unicode.Scalar], count: Int) -> Bool {
        Widths(of: digits, count: count).map { $0.full.isEmpty && $0.mayLack } ?? false
    }

    /// The search for the widths of numbers in digits, block after block, the last number of each
    /// block being the sum of the others.
    private struct Widths {
        private let values: [Int]
        /// The blocks, and the numbers of each.
        private let (blocks, block): (Int, Int)
        /// No number of a table has more digits.
        private static let widest = 6

        /// - Parameter count: the cells of the row.
        /// - Returns: nil for more digits than are parted, and for a row without sums.
        init?(of digits: [Unicode.Scalar], count: Int) {
            guard digits.count <= GluedRows.mostDigits else { return nil }
            values = digits.map { Int($0.value) - 0x30 }
            switch count {
            case 7: (blocks, block) = (1, 7)
            case 15: (blocks, block) = (3, 5)
            default: return nil
            }
        }

        /// At most two of the widths that take all digits.
        var full: [[Int]] { all(blocks: blocks, from: 0, lacking: 0) }

        /// Whether the digits may be those of a row without one of its cells.
        var mayLack: Bool { !all(blocks: blocks, from: 0, lacking: 1).isEmpty }

        /// At most two of the widths of so many blocks, of which so many lack a number.
        private func all(blocks: Int, from start: Int, lacking: Int) -> [[Int]] {
            if blocks == 0 { return start == values.count && lacking == 0 ? [[]] : [] }
            var found: [[Int]] = []
            for lacks in 0...lacking {
                let ones = one(
                    from: start, numbers: block - lacks, sum: 0, isLast: blocks == 1,
                    lacks: lacks > 0)
                for one in ones {
                    let next = start + one.reduce(0, +)
                    let others = all(blocks: blocks - 1, from: next, lacking: lacking - lacks)
                    for rest in others {
                        found.append(one + rest)
                        if found.count > 1 { return found }
                    }
                }
            }
            return found
        }

        /// The widths of the numbers of one block that may begin at an index.
        private func one(
            from start: Int, numbers: Int, sum: Int, isLast: Bool, lacks: Bool
        ) -> [[Int]] {
            var found: [[Int]] = []
            var value = 0
            for end in start..<min(values.count, start + Self.widest) {
                value = value * 10 + values[end]
                if numbers == 1 {
                    let isTotal = lacks ? value >= sum : value == sum
                    if isTotal, !isLast || end + 1 == values.count {
                        found.append([end - start + 1])
                    }
                } else if end + numbers <= values.count {
                    let rests = one(
                        from: end + 1, numbers: numbers - 1, sum: sum + value, isLast: isLast,
                        lacks: lacks)
                    for rest in rests { found.append([end - start + 1] + rest) }
                }
                if values[start] == 0 { break }
            }
            return found
        }
    }
}

extension [Unicode.Scalar] {
    /// Whether a digit stands at an index.
    fileprivate func hasDigit(at index: Int) -> Bool { index < count && self[index].isDigit }
}
