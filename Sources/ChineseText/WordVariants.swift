/// Words whose simple form depends on the word.
///
/// Folded character by character, 計畫 is 计画 and not 计划, so that a piece of a folded text stays a
/// piece of the whole. A question is widened instead.
///
///     WordVariants.variants(of: "计划管理")   // ["计画管理"]
public enum WordVariants {
    /// The most forms in which a text is looked for beside its own.
    private static let most = 3

    /// A word in its two forms.
    private struct Pair {
        let one: String
        let other: String
    }

    private static let pairs: [Pair] = wordVariants.split(separator: " ").compactMap { pair in
        let words = pair.split(separator: "=")
        return words.count == 2 ? Pair(one: String(words[0]), other: String(words[1])) : nil
    }

    /// The indices of the pairs with a word that holds a character, for each of ``wordVariantCharacters``.
    private static let indices: [UInt32: [Int]] = {
        var indices: [UInt32: [Int]] = [:]
        for (index, pair) in pairs.enumerated() {
            for scalar in Set((pair.one + pair.other).unicodeScalars) where isTelling(scalar.value)
            {
                indices[scalar.value, default: []].append(index)
            }
        }
        return indices
    }()

    /// The other forms of a folded text, none of them the text itself; none for most texts.
    public static func variants(of text: String) -> [String] {
        // Nearly every text has none of these characters: the words are not looked at for it.
        guard text.unicodeScalars.contains(where: { isTelling($0.value) }) else { return [] }
        let telling = Set(text.unicodeScalars.map(\.value).filter(isTelling))
        let bytes = Array(text.utf8)
        var forms = [text]
        for index in Set(telling.flatMap { indices[$0] ?? [] }).sorted() {
            let pair = pairs[index]
            for (word, replacement) in [(pair.one, pair.other), (pair.other, pair.one)]
            where bytes.holds(word.utf8) {
                for form in forms where form.contains(word) {
                    let changed = form.replacing(word, with: replacement)
                    if !forms.contains(changed) { forms.append(changed) }
                    if forms.count > most { return Array(forms.dropFirst()) }
                }
            }
        }
        return Array(forms.dropFirst())
    }

    /// Whether the two forms of some word differ in a character, given by its scalar's value.
    public static func isTelling(_ value: UInt32) -> Bool {
        var low = 0
        var high = wordVariantCharacters.count
        while low < high {
            let middle = (low + high) / 2
            if wordVariantCharacters[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < wordVariantCharacters.count && wordVariantCharacters[low] == value
    }
}

extension [UInt8] {
    /// Whether a folded text, as UTF-8, holds another: a fraction of what comparing characters takes.
    public func holds(_ word: some Collection<UInt8>) -> Bool { holds(Array(word)) }

    /// The same for a text in an array.
    public func holds(_ word: [UInt8]) -> Bool {
        guard let first = word.first else { return true }
        let (text, wanted) = (span, word.span)
        var start = 0
        while start + wanted.count <= text.count {
            if text[start] == first {
                var length = 1
                while length < wanted.count, text[start + length] == wanted[length] { length += 1 }
                if length == wanted.count { return true }
            }
            start += 1
        }
        return false
    }
}
