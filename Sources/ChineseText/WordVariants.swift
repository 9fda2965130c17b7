/// Words whose simple form depends on the word.
///
/// Folded character by character, 計畫 is 计画 and not 计划, so that a piece of a folded text stays a
/// piece of the whole. A question is widened instead.
///
///     WordVariants.variants(of: "计划管理")   // ["计画管理"]
public enum WordVariants {
    /// The most forms in which a text is looked for beside its own.
    private static let most = 3

    /// The other forms of a folded text, none of them the text itself; none for most texts.
    public static func variants(of text: String) -> [String] {
        // Nearly every text has none of these characters: the words are not looked at for it.
        guard text.unicodeScalars.contains(where: { isTelling($0.value) }) else { return [] }
        var forms = [text]
        for pair in wordVariants.split(separator: " ") {
            guard let equals = pair.firstIndex(of: "=") else { continue }
            let one = String(pair[..<equals])
            let other = String(pair[pair.index(after: equals)...])
            for (word, replacement) in [(one, other), (other, one)] where text.contains(word) {
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
