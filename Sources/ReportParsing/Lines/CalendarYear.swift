import ChineseText

/// A year of the calendar written in a text.
enum CalendarYear {
    /// Reports exist since the regulation of 2008; a year far outside is a number of another kind.
    private static let plausible = 2003...2099

    /// The first year in a text, with the range that holds it and the 年 or 年度 after it.
    static func first(
        in text: some RandomAccessCollection<Unicode.Scalar>, needsSuffix: Bool
    ) -> (year: Int, range: Range<Int>)? {
        let scalars = Array(text)
        let base = (text as? ArraySlice<Unicode.Scalar>)?.startIndex ?? 0
        var index = 0
        while index + 4 <= scalars.count {
            if let year = year(in: scalars, at: index) {
                var end = index + 4
                var hasSuffix = false
                if end < scalars.count, scalars[end] == "年" {
                    end += 1
                    hasSuffix = true
                    if end < scalars.count, scalars[end] == "度" { end += 1 }
                }
                if hasSuffix || !needsSuffix { return (year, (base + index)..<(base + end)) }
            }
            index += 1
        }
        return nil
    }

    /// The year whose four digits stand at an index, with no digit beside them.
    private static func year(in scalars: [Unicode.Scalar], at index: Int) -> Int? {
        guard let first = digit(scalars[index]), first == 2,
            let second = digit(scalars[index + 1]), let third = digit(scalars[index + 2]),
            let fourth = digit(scalars[index + 3]),
            index == 0 || !areOneNumber(scalars[index - 1], scalars[index]),
            index + 4 == scalars.count || !areOneNumber(scalars[index + 3], scalars[index + 4])
        else { return nil }
        let year = first * 1000 + second * 100 + third * 10 + fourth
        return plausible.contains(year) ? year : nil
    }

    /// Whether a year stands at an index, with 年 or not.
    static func isYear(in scalars: [Unicode.Scalar], at index: Int) -> Bool {
        index + 4 <= scalars.count && year(in: scalars, at: index) != nil
    }

    /// Whether two digits side by side belong to one number: 2022四川省 is a year and a province.
    private static func areOneNumber(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        digit(one) != nil && digit(other) != nil && one.isHan == other.isHan
    }

    /// The year that the first four digits of a text are, whatever follows: 202111日 has lost the
    /// words between year and day.
    static func leading(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        let digits = text.prefix(4).compactMap(digit)
        guard digits.count == 4 else { return nil }
        let year = digits.reduce(0) { $0 * 10 + $1 }
        return plausible.contains(year) ? year : nil
    }

    /// Whether a character is a digit, of either width.
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }

    /// Whether a character may stand in a date of digits.
    static func isPartOfDate(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || "年月日-/.: ".unicodeScalars.contains(scalar)
    }

    /// The digit that a character is, in any script that years are written in.
    static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9": Int(scalar.value) - 0x30
        case "０"..."９": Int(scalar.value) - 0xFF10
        // The letter O is printed for a round zero, and folded to its small form.
        case "〇", "○", "零", "Ｏ", "O", "o": 0
        default: scalar.chineseDigit
        }
    }
}
