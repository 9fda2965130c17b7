import ChineseText

/// Runs of text that was decoded with the wrong encoding before it reached us.
///
/// Three accidents are undone: UTF-8 read as GBK (鏀垮簻 for 政府), UTF-8 or GBK read as Latin-1
/// (æ”¿åºœ), and GBK read from the middle of a character on, as after a lost byte (ㄒ唬┘訌 for
/// 一）加). A run that looks like one of them and cannot be undone becomes U+FFFD, which no search
/// finds, rather than characters that nobody wrote.
struct Mojibake {
    /// What became of a line.
    struct Repair: Equatable {
        /// The line with each run restored, or U+FFFD instead of it.
        let text: String
        /// The number of characters that were restored.
        let restored: Int
        /// The number of characters that were given up.
        let lost: Int
    }

    private let ordinary = OrdinaryHan.all

    /// A run with this share of odd characters is no text.
    private static let oddShare = 0.4
    /// The runs of a line that are tried; a line with more is no text.
    private static let mostAttempts = 200
    /// A longer run is not tried.
    private static let longestRun = 20_000
    /// A run with fewer odd characters may be a rare name.
    private static let fewestOdd = 6

    /// The line repaired; nil when nothing in it looks wrong, which is told quickly.
    func repair(_ line: String) -> Repair? {
        guard holdsOddPair(in: line) else { return nil }
        let scalars = line.scalars()
        // In UTF-8, since the line may be as long as a file.
        var text: [UInt8] = []
        text.reserveCapacity(line.utf8.count)
        var restored = 0
        var lost = 0
        var attempts = 0
        var position = 0
        while let run = nextRun(scalars, from: position) {
            Self.add(scalars[position..<run.lowerBound], to: &text)
            position = run.upperBound
            attempts += 1
            if attempts <= Self.mostAttempts, run.count <= Self.longestRun,
                let found = restoration(of: scalars, around: run)
            {
                let kept = run.lowerBound - found.range.lowerBound
                if kept > 0 { Self.removeLast(kept, from: &text) }
                text += found.text.utf8
                restored += found.range.count
                position = found.range.upperBound
            } else if isGarbage(scalars[run]) {
                text += "\u{FFFD}".utf8
                lost += run.count
            } else {
                Self.add(scalars[run], to: &text)
            }
        }
        guard restored + lost > 0 else { return nil }
        Self.add(scalars[position...], to: &text)
        return Repair(
            text: String(decoding: text, as: UTF8.self), restored: restored, lost: lost)
    }

    private static func add(_ scalars: ArraySlice<Unicode.Scalar>, to utf8: inout [UInt8]) {
        for scalar in scalars { utf8 += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter }
    }

    /// Removes the last scalars of a text in UTF-8.
    private static func removeLast(_ count: Int, from utf8: inout [UInt8]) {
        for _ in 0..<count {
            while let last = utf8.popLast(), last & 0xC0 == 0x80 {}
        }
    }

    // MARK: Runs

    /// Whether a text holds two characters that Chinese text hardly holds.
    private func holdsOddPair(in line: String) -> Bool {
        let bytes = Array(line.utf8)
        let utf8 = bytes.span
        func rest(_ index: Int) -> UInt32 { UInt32(utf8[index] & 0x3F) }
        var count = 0
        var index = 0
        while index < utf8.count {
            let lead = utf8[index]
            let start = index
            index += lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            guard lead >= 0xC0, index <= utf8.count else { continue }
            let value =
                lead < 0xE0
                ? UInt32(lead & 0x1F) << 6 | rest(start + 1)
                : lead < 0xF0
                    ? UInt32(lead & 0x0F) << 12 | rest(start + 1) << 6 | rest(start + 2)
                    : UInt32(lead & 0x07) << 18 | rest(start + 1) << 12 | rest(start + 2) << 6
                        | rest(start + 3)
            if isOdd(value) {
                count += 1
                if count == 2 { return true }
            }
        }
        return false
    }

    /// Whether Chinese text hardly holds a character: rare ideographs, bopomofo, half-width
    /// kana, box corners, Latin-1 letters and signs, private use.
    @inline(__always)
    private func isOdd(_ value: UInt32) -> Bool {
        (0x4E00...0x9FFF).contains(value) ? !ordinary.contains(value) : Self.isOddSign(value)
    }

    /// The same for a character that is no common ideograph.
    static func isOddSign(_ value: UInt32) -> Bool {
        // Punctuation, quotes and dashes, full-width forms.
        if (0x3000...0x3020).contains(value) || (0xFF01...0xFF60).contains(value)
            || (0x2010...0x201F).contains(value) || (0x2022...0x2027).contains(value)
        {
            return false
        }
        return switch value {
        case 0x3400...0x9FFF, 0xF900...0xFAFF: !OrdinaryHan.all.contains(value)
        case 0x80...0xB6, 0xB8...0xD6, 0xD8...0xDF, 0xE2...0xE7, 0xEB, 0xEE...0xF1, 0xF4...0xF6,
            0xF8, 0xFB, 0xFD...0xFF:
            value != 0xA0 && value != 0xB0 && value != 0xB1
        case 0x0152...0x0153, 0x0160...0x0161, 0x0178, 0x017D...0x017E, 0x0192, 0x02C6, 0x02DC,
            0x2020...0x2021, 0x20AC:
            true
        case 0x0370...0x052F, 0x2500...0x2570, 0x3041...0x312F, 0xE000...0xF8FF, 0xFE30...0xFE4F,
            0xFF61...0xFF9F, 0xFFFD:
            true
        default: false
        }
    }

    private static let longestGap = 4

    /// The next stretch that begins and ends with an odd character, with at most four others
    /// between two of them.
    private func nextRun(_ scalars: [Unicode.Scalar], from start: Int) -> Range<Int>? {
        guard let first = scalars[start...].firstIndex(where: { isOdd($0.value) }) else {
            return nil
        }
        var last = first
        var index = first + 1
        while index < scalars.count, index - last <= Self.longestGap {
            if isOdd(scalars[index].value) {
                last = index
            } else if scalars[index].value < 0x80, scalars[index] != "?", index - last > 1 {
                // Bytes below 80 are never half of a broken character twice.
                break
            }
            index += 1
        }
        return first..<(last + 1)
    }

    /// Whether a run is no text of any language, nor the lines of a drawn table.
    private func isGarbage(_ run: ArraySlice<Unicode.Scalar>) -> Bool {
        let odd = run.count { scalar in
            switch scalar.value {
            case 0x3400...0x9FFF, 0xF900...0xFAFF: !ordinary.contains(scalar.value)
            case 0x80...0xBF, 0x3105...0x312F, 0xE000...0xF8FF, 0xFE30...0xFE4F, 0xFF61...0xFF9F:
                true
            default: false
            }
        }
        return odd >= Self.fewestOdd && Double(odd) >= Self.oddShare * Double(run.count)
    }

    // MARK: Restoring

    private typealias Found = (text: String, range: Range<Int>)

    /// How far beyond its odd characters a run may reach.
    private static let margin = 3

    private func restoration(of scalars: [Unicode.Scalar], around run: Range<Int>) -> Found? {
        let odd = scalars[run].count { isOdd($0.value) }
        guard odd >= 2 else { return nil }
        if scalars[run].allSatisfy({ Self.windows1252[$0] != nil }) {
            return fromLatin(scalars, run)
        }
        let starts = max(0, run.lowerBound - Self.margin)...run.lowerBound
        let ends = run.upperBound...min(scalars.count, run.upperBound + Self.margin)
        var best: (found: Found, broken: Int)?
        for start in starts {
            for end in ends {
                guard let (text, broken) = fromGBK(scalars[start..<end]) else { continue }
                let isBetter = best.map {
                    broken < $0.broken || broken == $0.broken && end - start > $0.found.range.count
                }
                if isBetter ?? true { best = ((text, start..<end), broken) }
            }
        }
        return best?.found ?? shifted(scalars, run)
    }

    /// UTF-8 that was read as GBK, and the number of its characters that lost a byte.
    ///
    /// Browsers and newer versions of ICU (76, not 72) read the byte 80 as €, which has two bytes in
    /// GB18030 too: what loses fewer characters is taken.
    private func fromGBK(_ run: ArraySlice<Unicode.Scalar>) -> (text: String, broken: Int)? {
        guard run.count >= 3, let first = run.first, first.value >= 0x80 else { return nil }
        let whole = run.map { $0 == "\u{FFFD}" ? "?" : $0 }
        let pieces = whole.split(separator: "€", omittingEmptySubsequences: false)
            .map { TextEncoding.gb18030Bytes(of: String(scalars: $0)) }
        guard !pieces.contains(nil) else { return nil }
        let signs: [[UInt8]] = pieces.count > 1 ? [[0x80], [0xA2, 0xE3]] : [[]]
        return signs.compactMap { fromGBK(Array(pieces.compactMap(\.self).joined(separator: $0))) }
            .min { $0.broken < $1.broken }
    }

    private func fromGBK(_ bytes: [UInt8]) -> (text: String, broken: Int)? {
        guard bytes.allSatisfy({ $0 >= 0x80 || $0 == 0x3F }),
            !DecodedText.isFarFromUTF8(bytes, limit: bytes.count / 4)
        else { return nil }
        // A lost byte shows as ?; it was the end of the character before it.
        var text: [Unicode.Scalar] = []
        var last: Unicode.Scalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar != "?" || last != "\u{FFFD}" { text.append(scalar) }
            last = scalar
        }
        let rest = text.filter { $0 != "\u{FFFD}" }
        let broken = text.count - rest.count
        guard rest.count >= 2, broken * 4 <= rest.count, isOrdinary(rest) else { return nil }
        return (String(scalars: text), broken)
    }

    /// UTF-8 or GBK that was read as Latin-1 or code page 1252.
    private func fromLatin(_ scalars: [Unicode.Scalar], _ run: Range<Int>) -> Found? {
        var end = run.upperBound
        while end < scalars.count, scalars[end].value >= 0x80, Self.windows1252[scalars[end]] != nil
        {
            end += 1
        }
        var start = run.lowerBound
        while start > 0, scalars[start - 1].value >= 0x80,
            Self.windows1252[scalars[start - 1]] != nil
        {
            start -= 1
        }
        let bytes = scalars[start..<end].compactMap { Self.windows1252[$0] }
        for encoding in [TextEncoding.utf8, .gb18030] {
            if let text = encoding.decode(bytes.span), text.unicodeScalars.count >= 2,
                isOrdinary(Array(text.unicodeScalars))
            {
                return (text, start..<end)
            }
        }
        return nil
    }

    /// GBK that was read from the second half of a character on.
    private func shifted(_ scalars: [Unicode.Scalar], _ run: Range<Int>) -> Found? {
        // Bopomofo, kana or boxes alone are what they are; broken text mixes all of them.
        let odd = scalars[run].filter { isOdd($0.value) }
        let han = odd.count { $0.isHan }
        let isMixed = han < odd.count && scalars[run].contains { $0.isHan }
        guard isMixed || han >= 3 && han == odd.count,
            let bytes = TextEncoding.gb18030Bytes(
                of: String(scalars: scalars[run])),
            bytes.allSatisfy({ $0 >= 0x80 })
        else { return nil }
        let isCut = bytes.count.isMultiple(of: 2)
        let inner = Array(bytes.dropFirst().dropLast(isCut ? 1 : 0))
        guard let text = TextEncoding.gb18030.decode(inner.span),
            text.unicodeScalars.count >= 2, isOrdinary(Array(text.unicodeScalars))
        else { return nil }
        return ("\u{FFFD}" + text + (isCut ? "\u{FFFD}" : ""), run)
    }

    /// Whether a restored text reads as Chinese: ordinary ideographs and its own punctuation.
    private func isOrdinary(_ scalars: some Collection<Unicode.Scalar>) -> Bool {
        var han = 0
        var strange = 0
        for scalar in scalars {
            if ordinary.contains(scalar.value) {
                han += 1
            } else if !(scalar.value < 0x80 || (0x3000...0x301F).contains(scalar.value)
                || (0xFF01...0xFF5E).contains(scalar.value)
                || (0x2013...0x2026).contains(scalar.value)
                || (0x2460...0x249B).contains(scalar.value))
            {
                strange += 1
            }
        }
        return han > 0 && strange * 10 <= scalars.count
    }

    /// The bytes of code page 1252, with the control characters of Latin-1 in its gaps.
    private static let windows1252: [Unicode.Scalar: UInt8] = {
        var bytes: [Unicode.Scalar: UInt8] = [:]
        for byte in UInt8(0x20)...0xFF { bytes[Unicode.Scalar(byte)] = byte }
        let signs: [Unicode.Scalar?] = [
            "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
            nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
        ]
        for (index, sign) in signs.enumerated() {
            if let sign { bytes[sign] = UInt8(0x80 + index) }
        }
        return bytes
    }()
}
