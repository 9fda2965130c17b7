import ChineseText

extension TextAnalysis {
    /// The other forms of a text whose simple form depends on the word: 计画 of 计划, folded; of a name
    /// with a dot, those with the other dots that are printed in names; and those with a sign for
    /// several letters, ㎡ for m2.
    public func variants(of text: String) -> [String] {
        let folded = folded(text)
        // Signs, dots and letters stand before the ideographs, of which few depend on a word.
        let mayVary = folded.unicodeScalars.contains {
            $0.value < 0x4E00 && $0.value != 0x20 || WordVariants.isTelling($0.value)
        }
        guard mayVary else { return [] }
        return WordVariants.variants(of: folded) + Self.dotted(folded)
            + SignVariants.variants(of: folded)
    }

    /// Whether a folded text, as UTF-8, holds another.
    public static func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool { text.holds(word) }

    /// Whether it depends on the word which of two a folded character, given by its scalar's value, is.
    public static func dependsOnWord(_ value: UInt32) -> Bool { WordVariants.isTelling(value) }

    /// The dots that stand in names: 买买提·艾力.
    private static let dots: [Unicode.Scalar] = ["·", "•", "‧", "・"]

    private static func dotted(_ text: String) -> [String] {
        guard let dot = text.unicodeScalars.first(where: dots.contains) else { return [] }
        return dots.filter { $0 != dot }.map { other in
            let scalars = text.unicodeScalars.map { dots.contains($0) ? other : $0 }
            return String(String.UnicodeScalarView(scalars))
        }
    }
}

/// How the names and words of an index are read aloud.
public struct Spelling {
    private let pinyin = Pinyin()

    /// Reads the tables; takes about a millisecond.
    public init() {}

    /// The ways in which letters are a row of syllables.
    public func syllables(in letters: String) -> [[String]] { pinyin.syllables(in: letters) }

    /// Whether a character is read so.
    public func reads(_ scalar: Unicode.Scalar, as syllable: String) -> Bool {
        pinyin.readings(of: scalar).contains(syllable)
    }

    /// Whether letters spell a text, in full or by first letters.
    public func spells(_ letters: String, _ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        return pinyin.areInitials(letters, of: scalars) || pinyin.spells(letters, scalars)
    }

    /// The other characters that are commonly read as one is, in the order of their scalars.
    public func alike(_ one: Unicode.Scalar) -> [Unicode.Scalar] { pinyin.alike(one) }

    /// Whether two characters are commonly read alike, rare readings aside.
    public func areAlike(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        pinyin.areAlike(one, other)
    }
}
