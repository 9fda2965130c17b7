import ChineseText

/// Readings that a web page prints after characters for learners: 公開(kāi).
enum Pinyin {
    /// The text without readings in brackets.
    ///
    /// A reading is Latin letters, one of them with a tone mark, in brackets after a Chinese
    /// character.
    static func removed(from text: String) -> String {
        guard isLikely(in: text) else { return text }
        let scalars = text.scalars()
        var kept: [Unicode.Scalar] = []
        kept.reserveCapacity(scalars.count)
        var index = 0
        // A wrap may stand between a character and its reading.
        var isAfterHan = false
        while index < scalars.count {
            if isAfterHan, let end = readingEnd(scalars, from: index) {
                index = end
            } else {
                let scalar = scalars[index]
                kept.append(scalar)
                if !scalar.isSpace { isAfterHan = scalar.isHan }
                index += 1
            }
        }
        return String(scalars: kept)
    }

    /// Whether a letter with a tone mark stands within a few characters after a bracket.
    ///
    /// The lead bytes of these letters stand in no other Chinese text.
    private static func isLikely(in text: String) -> Bool {
        var left = 0
        let bytes = text.utf8.span
        for index in bytes.indices {
            switch bytes[index] {
            // ( and the end of （.
            case 0x28, 0x88: left = 2 * longest
            case 0xC3...0xC7 where left > 0: return true
            default: left -= 1
            }
        }
        return false
    }

    /// A reading with its brackets is never longer than this, in characters.
    private static let longest = 12

    /// Where a reading in brackets ends that begins at an index; nil when none does.
    private static func readingEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard scalars[start] == "(" || scalars[start] == "（" else { return nil }
        var hasTone = false
        for index in (start + 1)..<min(start + longest, scalars.count) {
            switch scalars[index].value {
            case 0x29, 0xFF09: return hasTone ? index + 1 : nil
            case 0x61...0x7A, 0x41...0x5A, 0x20: continue
            case 0xE0...0x1DC: hasTone = true
            default: return nil
            }
        }
        return nil
    }
}
