/// Signs that one writes in several characters too: ㎡ is m2, № is No., ½ is 1/2.
///
/// The folding makes one character of each, so that a piece of a folded text stays a piece of the
/// whole. A question is widened instead.
///
///     SignVariants.variants(of: "展厅120㎡")   // ["展厅120m2"]
public enum SignVariants {
    /// Each sign with its spellings, folded.
    private static let signs: [(sign: Character, spellings: [String])] = [
        ("㎡", ["m2", "m²"]), ("㎥", ["m3", "m³"]), ("㎞", ["km"]), ("㎝", ["cm"]), ("㎜", ["mm"]),
        ("㎏", ["kg"]),
        ("㏄", ["cc"]), ("№", ["no.", "no"]), ("½", ["1/2"]), ("⅓", ["1/3"]), ("⅔", ["2/3"]),
        ("¼", ["1/4"]), ("¾", ["3/4"]),
    ]

    /// The other spellings of a folded text; none for most texts.
    public static func variants(of text: String) -> [String] {
        // Signs and letters stand before the ideographs.
        guard text.unicodeScalars.contains(where: { $0.value < 0x4E00 && $0.value != 0x20 }) else {
            return []
        }
        let characters = Array(text)
        var variants: [String] = []
        for (sign, spellings) in signs {
            if characters.contains(sign) {
                variants += spellings.map { text.replacing(String(sign), with: $0) }
            }
            for spelling in spellings {
                let spelt = replacing(Array(spelling), with: sign, in: characters)
                if spelt != characters, !variants.contains(String(spelt)) {
                    variants.append(String(spelt))
                }
            }
        }
        return variants
    }

    /// Characters with a sign for each occurrence of its spelling, where this is no part of a longer
    /// word or number.
    private static func replacing(
        _ spelling: [Character], with sign: Character, in text: [Character]
    ) -> [Character] {
        var result: [Character] = []
        var index = 0
        while index < text.count {
            let end = index + spelling.count
            if end <= text.count, text[index..<end].elementsEqual(spelling),
                !joins(result.last, spelling.first),
                end == text.count || !joins(spelling.last, text[end])
            {
                result.append(sign)
                index = end
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    /// Whether two neighbours belong to one word or number: letters, or digits.
    private static func joins(_ one: Character?, _ other: Character?) -> Bool {
        guard let one, let other else { return false }
        return one.isASCII && other.isASCII
            && (one.isLetter && other.isLetter || one.isNumber && other.isNumber)
    }
}
