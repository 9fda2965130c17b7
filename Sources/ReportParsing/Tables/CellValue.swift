import ChineseText

/// What one cell of a table prints.
enum CellValue: Equatable {
    /// A number in the unit of the column, and whether something else stands with it: a note, its
    /// mark, a number that was struck.
    case number(Double, isAnnotated: Bool)
    /// A cell that prints something of which no number can be told.
    case unsure
    /// A cell that is empty or holds a sign for "nothing".
    case blank

    /// Whether the cell prints nothing.
    var isBlank: Bool { self == .blank }

    /// The number; nil when there is none.
    var number: Double? {
        switch self {
        case .number(let number, _): number
        case .unsure, .blank: nil
        }
    }

    /// Signs that agencies print in a cell that has no value.
    private static let blanks = [
        "", "-", "--", "—", "–", "/", "\\", "空", "无", "缺", "nan", "null",
    ].map { Array($0.unicodeScalars) }
    /// No sign for "nothing" has more bytes of UTF-8 when it begins with an ideograph, and no number
    /// begins with one and has more.
    private static let longestIdeographic = 6
    private static let units = [
        "亿元", "万元", "元", "件", "条", "项", "份", "起", "个", "宗", "次", "篇", "部", "人", "笔", "家", "户", "万",
    ].map { Array($0.unicodeScalars) }

    /// Whether a word is a unit of counts or amounts.
    static func isUnit(_ word: String) -> Bool {
        let word = word.scalars()
        return units.contains { $0 == word }
    }

    /// Numbers beyond this many digits are not counts of anything.
    private static let mostDigits = 15

    /// Reads what may be a cell or a label; nil when it is neither a number nor blank.
    ///
    /// - Parameter unit: the unit of the column, so that an amount printed in 元 can be told from
    ///   one in 万元.
    init?(_ raw: String, folding: TextFolding, unit: String? = nil) {
        if let digits = Self.digits(raw) {
            self = .number(digits, isAnnotated: false)
            return
        }
        if raw.isEmpty {
            self = .blank
            return
        }
        if Self.isLabel(raw.utf8) { return nil }
        let plain = CellNote.withoutMarks(raw)
        let text = folding.foldedScalars(of: plain ?? raw)
        if Self.blanks.contains(text) {
            // A mark alone is no cell.
            guard plain == nil else { return nil }
            self = .blank
            return
        }
        guard let read = Self.number(text, unit: unit) else { return nil }
        self = read
        if plain != nil, let number { self = .number(number, isAnnotated: true) }
    }

    /// Reads what is known to be a cell: its number when it holds one that is valid, with whatever
    /// stands beside it.
    ///
    /// Digits that something parts are never put together: `310 317` is unsure.
    init(ofCell raw: String, folding: TextFolding, unit: String? = nil) {
        if let read = CellValue(raw, folding: folding, unit: unit) {
            self = read
            return
        }
        guard let number = CellNote.onlyNumber(in: raw, folding: folding),
            let read = CellValue(number, folding: folding, unit: unit)?.number
        else {
            self = .unsure
            return
        }
        self = .number(read, isAnnotated: true)
    }

    /// Whether a text is no cell by the way it begins, as most labels are.
    ///
    /// That is with an ideograph, in brackets, or with a number and then a comma or a point.
    private static func isLabel(_ utf8: String.UTF8View) -> Bool {
        guard utf8.count > longestIdeographic, let first = utf8.first else { return false }
        switch first {
        case 0xE4...0xE9, UInt8(ascii: "("): return true
        case 0xEF: return utf8.starts(with: "（".utf8)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let rest = utf8.drop { $0 >= 0x30 && $0 <= 0x39 }
            if rest.first == UInt8(ascii: "."), let next = rest.dropFirst().first {
                return next >= 0xE4 && next <= 0xE9
            }
            return rest.starts(with: "、".utf8)
        default: return false
        }
    }

    /// The value of a text that is nothing but ASCII digits, as nearly every cell is.
    private static func digits(_ text: String) -> Double? {
        var value = 0
        var count = 0
        let utf8 = text.utf8.span
        for index in utf8.indices {
            let byte = utf8[index]
            guard byte >= 0x30, byte <= 0x39, count < mostDigits else { return nil }
            value = value * 10 + Int(byte) - 0x30
            count += 1
        }
        return count > 0 ? Double(value) : nil
    }

    private static func number(_ text: [Unicode.Scalar], unit: String?) -> CellValue? {
        var rest = text[...]
        var sign = 1.0
        if let first = rest.first, first == "+" || first == "-" {
            if first == "-" { sign = -1 }
            rest.removeFirst()
        }
        if let first = rest.first, first == "¥" || first == "￥" { rest.removeFirst() }
        if text == ["〇"] || text == ["零"] { return .number(0, isAnnotated: false) }
        var digits = ""
        var hasPoint = false
        var count = 0
        while let scalar = rest.first {
            if isDigit(scalar) {
                digits.unicodeScalars.append(scalar)
                count += 1
            } else if scalar == ".", !hasPoint, count > 0,
                rest.dropFirst().first.map(isDigit) == true
            {
                digits.append(".")
                hasPoint = true
            } else if scalar == ",", !hasPoint, (1...3).contains(count) || digits.count > 3,
                isGroup(rest.dropFirst())
            {
                // A thousands separator: three digits follow.
            } else {
                break
            }
            rest.removeFirst()
        }
        guard count > 0, count <= mostDigits, var value = Double(digits) else { return nil }
        value *= sign
        if let printed = units.first(where: { rest.starts(with: $0) }) {
            rest = rest.dropFirst(printed.count)
            if unit == "万元", printed == ["元"] { value /= 10_000 }
            if unit != "万元", printed == ["万"] { value *= 10_000 }
            if printed == ["亿", "元"] {
                guard unit == "万元" else { return .unsure }
                value *= 10_000
            }
        }
        if rest.isEmpty { return .number(value, isAnnotated: false) }
        if rest.first == "(", rest.last == ")" {
            let isBare = rest.dropFirst().dropLast().allSatisfy { isDigit($0) || $0 == "." }
            // 310(317) and 2(0) may be either; 317(2) has a mark, which is shorter and no 0.
            if isBare, rest.count > 3 || count < 2 || rest.elementsEqual(zero) { return .unsure }
            // 9850(元)
            if unit == "万元", rest.elementsEqual(yuan) { value /= 10_000 }
            return .number(value, isAnnotated: true)
        }
        return nil
    }

    private static let yuan = "(元)".scalars()
    private static let zero = "(0)".scalars()

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x30 && scalar.value <= 0x39
    }

    private static func isGroup(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        rest.count >= 3 && rest.prefix(3).allSatisfy(isDigit)
            && !(rest.dropFirst(3).first.map(isDigit) ?? false)
    }
}
