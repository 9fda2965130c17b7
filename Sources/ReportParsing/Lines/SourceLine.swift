import ChineseText

/// One line of a file: what it prints and what it says.
struct SourceLine {
    /// The line's number in the file, from 1.
    let number: Int
    /// The line as the file prints it, without its end.
    let raw: String
    /// The line with radicals mapped and stray spaces removed; empty for a blank line.
    let text: String
    /// The text's length in scalars.
    let length: Int
    /// What the line holds, of that which several stages ask for.
    let signs: LineSigns

    /// A line that prints `raw`.
    init(number: Int, raw: String) {
        let utf8 = Array(raw.utf8)
        self.init(number: number, utf8: utf8.span, raw: raw)
    }

    /// A line whose text is known.
    init(number: Int, raw: String, text: String) {
        self.number = number
        self.raw = raw
        self.text = text
        let utf8 = Array(text.utf8)
        (length, signs) = LineSigns.find(in: utf8.span, printed: raw)
    }

    private init(number: Int, utf8: Span<UInt8>, raw: String) {
        self.number = number
        self.raw = raw
        let (length, signs) = LineSigns.find(in: utf8)
        if signs.contains(.reading) {
            text = TextRepair.repaired(Pinyin.removed(from: raw))
        } else if let repaired = TextRepair.repaired(utf8) {
            text = String(decoding: repaired, as: UTF8.self)
            (self.length, self.signs) = LineSigns.find(in: repaired.span, printed: signs)
            return
        } else {
            text = raw
            (self.length, self.signs) = (length, signs)
            return
        }
        let repaired = Array(text.utf8)
        (self.length, self.signs) = LineSigns.find(in: repaired.span, printed: signs)
    }

    var isBlank: Bool { text.isEmpty }

    /// The text in terminal columns: 2 for a wide character, 1 for others.
    var width: Int { displayWidth(of: text) }

    /// The lines of a text in UTF-8.
    ///
    /// LF, CRLF and CR end a line; a form feed is dropped.
    static func lines(of utf8: [UInt8]) -> [SourceLine] {
        let bytes = utf8.span
        var lines: [SourceLine] = []
        lines.reserveCapacity(bytes.count / 64)
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            lines.append(
                SourceLine(
                    number: lines.count + 1, utf8: bytes.extracting(start..<end),
                    raw: String(decoding: utf8[start..<end], as: UTF8.self)))
            let isPair =
                end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
        }
        return lines
    }
}

/// Signs and characters that stages ask for of many lines, found in one pass over each line.
struct LineSigns: OptionSet {
    let rawValue: UInt8

    /// A tab, in the line as printed.
    static let tab = LineSigns(rawValue: 1)
    /// A bar, `|` or ｜, in the line as printed.
    static let bar = LineSigns(rawValue: 2)
    /// A letter that only readings of characters have, in the line as printed: ā.
    static let reading = LineSigns(rawValue: 4)
    /// A sign that no title holds: ，。；！？：:>〉|.
    static let sentence = LineSigns(rawValue: 8)
    /// 报 or 告, one of which every title holds.
    static let title = LineSigns(rawValue: 16)
    /// 情, 概, 问 or 事, one of which every official heading holds.
    static let heading = LineSigns(rawValue: 32)

    private static let printed: LineSigns = [.tab, .bar, .reading]

    /// The number of scalars of a text in UTF-8 and the signs in it.
    static func find(in utf8: Span<UInt8>) -> (length: Int, signs: LineSigns) {
        let bits = signBits
        var length = 0
        var signs: LineSigns = []
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            length += 1
            // Nearly every character has three bytes.
            if byte & 0xF0 == 0xE0, index + 2 < utf8.count {
                let value =
                    UInt32(byte & 0x0F) << 12 | UInt32(utf8[index + 1] & 0x3F) << 6
                    | UInt32(utf8[index + 2] & 0x3F)
                index += 3
                if bits & (1 << UInt64(value & 63)) != 0, let sign = sign(of: value) {
                    signs.formUnion(sign)
                }
                continue
            }
            index += 1
            switch byte {
            case 0x09: signs.insert(.tab)
            case UInt8(ascii: "|"): signs.formUnion([.bar, .sentence])
            case UInt8(ascii: ":"), UInt8(ascii: ">"): signs.insert(.sentence)
            case 0xC3...0xC7: signs.insert(.reading)
            case 0x80...0xBF: length -= 1
            default: break
            }
        }
        return (length, signs)
    }

    /// The sign that a character of three bytes is; nil for most.
    @inline(__always)
    private static func sign(of value: UInt32) -> LineSigns? {
        switch value {
        // ， ！ ： ； ？ 。 〉
        case 0xFF0C, 0xFF01, 0xFF1A, 0xFF1B, 0xFF1F, 0x3002, 0x3009: .sentence
        // ｜
        case 0xFF5C: .bar
        // 报 報 告
        case 0x62A5, 0x5831, 0x544A: .title
        // 情 概 问 問 事
        case 0x60C5, 0x6982, 0x95EE, 0x554F, 0x4E8B: .heading
        default: nil
        }
    }

    /// One bit for the low bits of each of these, which three of four other characters lack.
    private static let signBits = Array("，！：；？。〉｜报報告情概问問事".unicodeScalars)
        .reduce(UInt64(0)) { $0 | 1 << UInt64($1.value & 63) }

    /// The same for a text, with the signs of the line as printed.
    static func find(
        in text: Span<UInt8>, printed: LineSigns
    ) -> (length: Int, signs: LineSigns) {
        let (length, signs) = find(in: text)
        return (length, signs.subtracting(Self.printed).union(printed.intersection(Self.printed)))
    }

    /// The same for a text and the line as printed.
    static func find(in text: Span<UInt8>, printed raw: String) -> (length: Int, signs: LineSigns) {
        let utf8 = Array(raw.utf8)
        return find(in: text, printed: find(in: utf8.span).signs)
    }
}
