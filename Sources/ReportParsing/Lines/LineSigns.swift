import ChineseText

/// Signs and characters that stages ask for of many lines, found in one pass over each line.
struct LineSigns: OptionSet {
    let rawValue: UInt16

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
    /// 情, 概, 问, 事, 足, 困, 弱 or 短, one of which every official heading holds.
    static let heading = LineSigns(rawValue: 32)
    /// A character that Chinese text hardly holds, in the line as printed.
    static let odd = LineSigns(rawValue: 64)
    /// A pair of characters with which signs of Markdown or HTML begin, in the line as printed.
    static let markup = LineSigns(rawValue: 128)
    /// A character that may stand for an ideograph and be none, in the line as printed: ⼈.
    static let variant = LineSigns(rawValue: 256)

    /// A character that repair may change or drop, in the line as printed.
    static let unsound = LineSigns(rawValue: 1024)

    /// The end of a line, which no line holds.
    private static let lineEnd = LineSigns(rawValue: 512)

    /// Those of the line as printed.
    private static let printed: LineSigns = [
        .tab, .bar, .reading, .odd, .markup, .variant, .unsound,
    ]

    /// What a pass over a line finds.
    struct Found {
        /// Where the line ends, in bytes.
        var end: Int
        /// The number of its scalars.
        var length: Int
        var signs: LineSigns

        /// Adds the next line, and the end of the line before it as a character.
        mutating func add(_ next: Found) {
            end = next.end
            length += 1 + next.length
            signs.formUnion(next.signs)
            signs.insert(.unsound)
        }
    }

    /// The number of scalars of a text in UTF-8 and the signs in it.
    ///
    /// - Parameters:
    ///   - start: where the text begins.
    ///   - endsAtLineEnd: whether the text ends where a line does.
    static func find(
        in utf8: Span<UInt8>, from start: Int = 0, endsAtLineEnd: Bool = false
    ) -> Found {
        let ascii = asciiSigns.span
        let wide = wideSigns.span
        var length = 0
        var signs: LineSigns = []
        var index = start
        while index < utf8.count {
            let byte = utf8[index]
            length += 1
            if byte < 0x80 {
                let own = ascii[Int(byte)]
                if !own.isEmpty {
                    if own == .lineEnd {
                        if endsAtLineEnd {
                            length -= 1
                            break
                        }
                        signs.insert(.unsound)
                        index += 1
                        continue
                    }
                    signs.formUnion(own.subtracting(.markup))
                    let previous = index > start ? utf8[index - 1] : 0x0A
                    if own.contains(.markup), MarkdownReader.isSign(previous, byte) {
                        signs.insert(.markup)
                    }
                }
                index += 1
            } else if byte & 0xF0 == 0xE0, index + 2 < utf8.count {
                // Nearly every other character has three bytes.
                let value =
                    UInt32(byte & 0x0F) << 12 | UInt32(utf8[index + 1] & 0x3F) << 6
                    | UInt32(utf8[index + 2] & 0x3F)
                index += 3
                signs.formUnion(wide[Int(value)])
            } else {
                index += 1
                signs.insert(.unsound)
                if byte < 0xC0 {
                    length -= 1
                } else {
                    let second = index < utf8.count ? utf8[index] : 0
                    signs.formUnion(Self.signs(ofCharacter: byte, second))
                }
            }
        }
        return Found(end: index, length: length, signs: signs)
    }

    /// The signs that a character of two or four bytes is, by its first two.
    private static func signs(ofCharacter byte: UInt8, _ second: UInt8) -> LineSigns {
        if byte >= 0xF0 { return .variant }
        guard byte < 0xE0 else { return [] }
        var signs: LineSigns = byte >= 0xC3 && byte <= 0xC7 ? .reading : []
        if Mojibake.isOddSign(UInt32(byte & 0x1F) << 6 | UInt32(second & 0x3F)) {
            signs.insert(.odd)
        }
        return signs
    }

    /// The signs that ASCII characters are; `markup` for those that may be the second of a pair.
    private static let asciiSigns: [LineSigns] = (0..<0x80).map { (byte: UInt8) in
        let isSecond = MarkdownReader.mayEndSign(byte)
        return switch byte {
        case 0x0A, 0x0D: .lineEnd
        case 0x09: [.tab, .unsound]
        case 0...0x20, 0x7F: .unsound
        case UInt8(ascii: "|"): [.bar, .sentence]
        case UInt8(ascii: ":"), UInt8(ascii: ">"): isSecond ? [.sentence, .markup] : .sentence
        default: isSecond ? .markup : []
        }
    }

    /// The signs that characters of three bytes are, by their values; nothing below them.
    private static let wideSigns: [LineSigns] = {
        var all = [LineSigns](repeating: .unsound, count: 0x1_0000)
        let ordinary = OrdinaryHan.all
        for value in UInt32(0x3400)..<0xA000 {
            all[Int(value)] = ordinary.contains(value) ? [] : .odd
        }
        // Nothing from U+A000 to the surrogates is odd, nor are these characters.
        for range in [UInt32(0x800)..<0x3400, 0xE000..<0x1_0000] {
            for value in range where Mojibake.isOddSign(value) { all[Int(value)].insert(.odd) }
        }
        for value in UInt32(0x800)..<0x1_0000 {
            if isSound(value) { all[Int(value)].remove(.unsound) }
            if isVariant(value) { all[Int(value)].insert(.variant) }
            if let sign = sign(of: value) { all[Int(value)].formUnion(sign) }
        }
        for value in UInt32(0x3400)..<0x4000 { all[Int(value)].insert(.unsound) }
        return all
    }()

    /// Whether repair leaves a character as it is: ideographs, Chinese punctuation without the
    /// space, dashes, quotes and full-width forms.
    private static func isSound(_ value: UInt32) -> Bool {
        switch value {
        case 0x4000...0x9FFF, 0x3001...0x303F, 0x2010...0x2027, 0xFF00...0xFF7F: true
        default: false
        }
    }

    /// Whether a character is a radical or a compatibility ideograph.
    private static func isVariant(_ value: UInt32) -> Bool {
        value >= 0x2E80 && value <= 0x2FD5 || value >= 0xF900 && value <= 0xFAFF
    }

    /// The sign that a character of three bytes is; nil for most.
    private static func sign(of value: UInt32) -> LineSigns? {
        switch value {
        // ， ！ ： ； ？ 。 〉
        case 0xFF0C, 0xFF01, 0xFF1A, 0xFF1B, 0xFF1F, 0x3002, 0x3009: .sentence
        // ｜
        case 0xFF5C: .bar
        // 报 報 告
        case 0x62A5, 0x5831, 0x544A: .title
        // 情 概 问 問 事 足 困 弱 短
        case 0x60C5, 0x6982, 0x95EE, 0x554F, 0x4E8B, 0x8DB3, 0x56F0, 0x5F31, 0x77ED: .heading
        default: nil
        }
    }

    /// The same for a text and the line as printed, of which the text is the repaired form.
    static func find(in text: Span<UInt8>, printed raw: String) -> Found {
        var found = find(in: text)
        let printed = find(in: raw.utf8.span).signs.intersection(Self.printed)
        found.signs = found.signs.subtracting(Self.printed).union(printed)
        return found
    }
}
