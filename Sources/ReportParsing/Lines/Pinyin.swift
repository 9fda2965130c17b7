import ChineseText

/// Readings that a web page prints after characters for learners: 公開(kāi).
enum Pinyin {
    /// The text without readings in brackets.
    ///
    /// A reading is Latin letters, one of them with a tone mark, in brackets after a Chinese
    /// character.
    static func removed(from text: String) -> String {
        // The lead bytes of the letters with tone marks stand in no other Chinese text.
        guard text.utf8.contains(where: { $0 >= 0xC3 && $0 <= 0xC7 }) else { return text }
        let scalars = text.scalars()
        var kept: [Unicode.Scalar] = []
        kept.reserveCapacity(scalars.count)
        var index = 0
        while index < scalars.count {
            // A wrap may stand between a character and its reading.
            if kept.last(where: { !$0.isSpace })?.isHan == true,
                let end = readingEnd(scalars, from: index)
            {
                index = end
            } else {
                kept.append(scalars[index])
                index += 1
            }
        }
        return String(scalars: kept)
    }

    /// Where a reading in brackets ends that begins at a place; nil when none does.
    private static func readingEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard scalars[start] == "(" || scalars[start] == "（" else { return nil }
        var hasTone = false
        for index in (start + 1)..<min(start + 12, scalars.count) {
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
