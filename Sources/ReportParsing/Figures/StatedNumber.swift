import ChineseText

/// A number with its unit as a sentence states it: 20件, 2万余条, 四十三起, 43.788万元, 2022年.
///
/// It is read from folded text, in which digits are half-width.
struct StatedNumber {
    enum Unit: Equatable {
        /// A word for things that are counted, such as 件.
        case count(Unicode.Scalar)
        /// Money, in 元.
        case yuan
        /// A year of the calendar.
        case year
        /// None that counts anything of interest, such as 月 and %.
        case other
    }

    let value: Double
    /// How far the number may be off when words such as 余 make it approximate; 0 without them.
    let tolerance: Double
    /// How far it would be off if a word before it, such as 约, made it approximate.
    let slack: Double
    let unit: Unit
    /// The offset of the first scalar after the number, its unit and what belongs to them.
    let end: Int

    private static func isCounted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "件", "宗", "份", "起", "条", "项", "个", "例", "部", "笔": true
        default: false
        }
    }

    private static func isMore(_ scalar: Unicode.Scalar) -> Bool { scalar == "余" || scalar == "多" }
    private static let about = ["左右", "上下", "以上", "以内"].map { Array($0.unicodeScalars) }
    /// More digits are no count of anything.
    private static let mostDigits = 15

    /// The number at an offset of a folded text; nil when none begins there.
    init?(_ text: [Unicode.Scalar], at start: Int) {
        guard start < text.count,
            let read = Self.digits(text, at: start) ?? Self.numerals(text, at: start)
        else {
            return nil
        }
        var (value, end) = read
        func next() -> Unicode.Scalar? { end < text.count ? text[end] : nil }
        var isAbout = false
        if let scalar = next(), Self.isMore(scalar) {
            isAbout = true
            end += 1
        }
        if text[start].isDigit, let scalar = next(), let factor = Self.factor(scalar) {
            value *= factor
            end += 1
            if let scalar = next(), Self.isMore(scalar) {
                isAbout = true
                end += 1
            }
        }
        var unit = Unit.other
        if let scalar = next() {
            if scalar == "元" {
                unit = .yuan
                end += 1
            } else if scalar == "年", !isAbout, value >= 1990, value < 2100, value == value.rounded()
            {
                unit = .year
                end += 1
                if next() == "度" { end += 1 }
            } else if Self.isCounted(scalar) {
                unit = .count(scalar)
                end += 1
                // 件次 counts as 件 does; 件事 and 个方面 count something else.
                if let scalar = next(), scalar == "次" { end += 1 }
                if let scalar = next(), scalar == "事" || scalar == "方" || scalar == "月" {
                    unit = .other
                }
            }
        }
        if let words = Self.about.first(where: { text.matches($0, at: end) }) {
            isAbout = true
            end += words.count
        }
        guard unit != .other || text[start].isDigit else { return nil }
        slack = Self.step(of: value)
        tolerance = isAbout ? slack : 0
        self.value = value
        self.unit = unit
        self.end = end
    }

    /// What one more in the last digit that is not 0 adds: 10 for 120, 1,000 for 26,000; at least
    /// a twentieth of the number.
    private static func step(of value: Double) -> Double {
        var step = 1.0
        while step < 1e12, value > 0, value.truncatingRemainder(dividingBy: step * 10) == 0 {
            step *= 10
        }
        return max(step, value / 20)
    }

    // MARK: Digits

    private static func digits(
        _ text: [Unicode.Scalar], at start: Int
    ) -> (value: Double, end: Int)? {
        guard start < text.count, text[start].isDigit else { return nil }
        var value = 0.0
        var scale = 1.0
        var hasPoint = false
        var count = 0
        var index = start
        func isDigit(_ offset: Int) -> Bool { offset < text.count && text[offset].isDigit }
        while index < text.count {
            let scalar = text[index]
            if scalar.isDigit {
                count += 1
                if hasPoint { scale *= 10 }
                value = value * 10 + Double(scalar.value - 0x30)
            } else if scalar == ".", !hasPoint, isDigit(index + 1) {
                hasPoint = true
            } else if scalar == ",", !hasPoint, count <= 12, isDigit(index + 1),
                isDigit(index + 2), isDigit(index + 3), !isDigit(index + 4)
            {
                // A thousands separator.
            } else {
                break
            }
            index += 1
        }
        // Too long for a count, yet one number: the reader must go past all of it.
        return (count <= mostDigits ? value / scale : .infinity, index)
    }

    // MARK: Numerals

    private static func numeralDigit(_ scalar: Unicode.Scalar) -> Double? {
        switch scalar {
        case "〇", "零": 0
        case "两": 2
        default: scalar.chineseDigit.map(Double.init)
        }
    }

    private static func factor(_ scalar: Unicode.Scalar) -> Double? {
        switch scalar {
        case "十": 10
        case "百": 100
        case "千": 1_000
        case "万": 10_000
        case "亿": 100_000_000
        default: nil
        }
    }

    private static let longestNumeral = 16

    /// Whether a character may stand after numerals that count something.
    private static func mayFollow(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "元" || scalar == "年" || isMore(scalar) || isCounted(scalar)
    }

    private static func numerals(
        _ text: [Unicode.Scalar], at start: Int
    ) -> (value: Double, end: Int)? {
        guard start < text.count, text[start].isNumeral else { return nil }
        var end = start
        while end < text.count, end - start < longestNumeral, text[end].isNumeral { end += 1 }
        // Most numerals are parts of words: 统一, 一是.
        guard end < text.count, mayFollow(text[end]) else { return nil }
        let numerals = text[start..<end]
        guard numerals.contains(where: { factor($0) != nil }) else {
            // 二〇二二 is written digit by digit; one digit is itself.
            guard numerals.count == 1 || numerals.count == 4 else { return nil }
            let value = numerals.reduce(0.0) { $0 * 10 + (numeralDigit($1) ?? 0) }
            return (value, end)
        }
        var whole = 0.0
        var part = 0.0
        var digit: Double?
        for scalar in numerals {
            if let value = numeralDigit(scalar) {
                digit = value
            } else if let factor = factor(scalar), factor < 10_000 {
                part += (digit ?? 1) * factor
                digit = nil
            } else if let factor = factor(scalar) {
                whole = (whole + part + (digit ?? 0)) * factor
                part = 0
                digit = nil
            }
        }
        return (whole + part + (digit ?? 0), end)
    }
}

extension Unicode.Scalar {
    /// Whether the character is one of the digits 0 to 9 in half width.
    var isDigit: Bool { value >= 0x30 && value <= 0x39 }

    /// Whether the character may stand in a number written in Chinese.
    var isNumeral: Bool {
        switch self {
        case "〇", "零", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千",
            "万", "亿":
            true
        default: false
        }
    }
}
