import ChineseText

/// The number or mark that opens a heading or an item: 一、 （一） 1、 一是.
struct ItemMark: Equatable {
    enum Kind: Equatable {
        /// 一、 一. 第一、
        case chinese
        /// （一） (一) ㈠ （一）、
        case parenthesised
        /// 1. 1、 1． 1） ① ⑴ (1)
        case arabic
        /// 一是 二是
        case ordinal
    }

    let kind: Kind
    /// The number that the mark names, from 1.
    let number: Int
    /// The mark's length in Unicode scalars.
    let length: Int

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        scalar == "十" ? 10 : scalar.chineseDigit
    }

    /// The mark at the start of a text, or nil when it has none.
    init?(_ text: String) {
        guard let first = text.firstScalar, Self.mayOpen(first) else { return nil }
        self.init(opening: text.scalars(limit: Self.longest))
    }

    /// The scalars that a mark and what must follow it take at most.
    static let longest = 8

    /// The mark that some scalars begin with, of which the first ones are enough.
    init?(opening scalars: [Unicode.Scalar]) {
        guard let first = scalars.first, Self.mayOpen(first) else { return nil }
        func scalar(_ index: Int) -> Unicode.Scalar? {
            index < scalars.count ? scalars[index] : nil
        }
        func mark(_ kind: Kind, _ number: Int, _ length: Int) -> (Kind, Int, Int) {
            (kind, number, length)
        }
        var found: (kind: Kind, number: Int, length: Int)?
        if first == "（" || first == "(" {
            let inner = Self.number(scalars, from: 1)
            if let inner, let close = scalar(inner.end), close == "）" || close == ")" {
                let comma = scalar(inner.end + 1) == "、" ? 1 : 0
                found = mark(
                    inner.isChinese ? .parenthesised : .arabic, inner.value, inner.end + 1 + comma)
            }
        } else if first.value >= 0x3220, first.value <= 0x3229 {
            found = mark(.parenthesised, Int(first.value) - 0x321F, 1)
        } else if first.value >= 0x2460, first.value <= 0x249B {
            // ① ⑴ ⒈, twenty of each.
            found = mark(.arabic, (Int(first.value) - 0x2460) % 20 + 1, 1)
        } else if let inner = Self.number(scalars, from: 0), let next = scalar(inner.end) {
            if inner.isChinese {
                if next == "）" || next == ")" {
                    // The first bracket was lost.
                    found = mark(.parenthesised, inner.value, inner.end + 1)
                } else if next == "、" || next == "." || next == "．" {
                    found = mark(.chinese, inner.value, inner.end + 1)
                } else if next == "是" {
                    found = mark(.ordinal, inner.value, inner.end + 1)
                }
            } else if next == "、" || next == "．" || next == "）" || next == ")" {
                found = mark(.arabic, inner.value, inner.end + 1)
            } else if next == ".",
                !Self.isDigit(scalar(inner.end + 1)) || Self.isYear(scalars, at: inner.end + 1)
            {
                found = mark(.arabic, inner.value, inner.end + 1)
            }
        }
        guard let found else { return nil }
        (kind, number, length) = found
    }

    /// Whether four digits and 年 stand at an index: 1.2025年 is a mark and a year.
    private static func isYear(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        index + 4 < scalars.count && scalars[index + 4] == "年"
            && scalars[index..<(index + 4)].allSatisfy { isDigit($0) }
    }

    /// Whether a mark can begin with a character, which that of most lines shows it does not.
    private static func mayOpen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x28, 0x30...0x39, 0x2460...0x249B, 0x3220...0x3229, 0xFF08, 0xFF10...0xFF19: true
        default: digit(scalar) != nil
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }

    private static func number(
        _ scalars: [Unicode.Scalar], from start: Int
    ) -> (value: Int, end: Int, isChinese: Bool)? {
        var index = start
        var value = 0
        while index < scalars.count, index - start < 2, isDigit(scalars[index]) {
            value = value * 10 + Int(scalars[index].value & 0xF)
            index += 1
        }
        if index > start { return (value, index, false) }
        while index < scalars.count, index - start < 3, let digit = digit(scalars[index]) {
            value = digit == 10 ? (value == 0 ? 10 : value * 10) : value + digit
            index += 1
        }
        return index > start ? (value, index, true) : nil
    }
}
