/// Cuts folded text into the grams that are indexed, and a phrase into the grams that every
/// text holding it must have.
///
/// A *word character* is a letter, digit, mark or ideograph (Unicode category L, M or N); a
/// *run* is a maximal row of them. The grams of a run are every pair of neighbouring characters
/// (Unicode scalars) and its last character alone: so each character of a run begins exactly
/// one gram. `政策解读` has `政策`, `策解`, `解读`, `读`.
///
/// A gram is raw UTF-8, two characters or one: at most 8 bytes.
public struct GramAnalyzer: Sendable, Hashable {
    /// The number of this way of cutting, from 1; an index made with another one cannot be
    /// searched.
    public static let version = 1

    /// The analyser; there is one.
    public init() {}

    /// Calls `body` with every gram of the text in order, repeated ones included.
    ///
    /// - Parameters:
    ///   - folded: text from `TextFolding`.
    ///   - body: takes byte offsets from 0 in `folded`.
    public func forEachGram(in folded: Span<UInt8>, _ body: (Range<Int>) -> Void) {
        var previous: Range<Int>?
        var position = 0
        while position < folded.count {
            let scalar = decodedScalar(folded, at: position)
            let current = position..<position + scalar.length
            position += scalar.length
            guard FoldingTable.entry(scalar.value).role.isWord else {
                if let last = previous { body(last) }
                previous = nil
                continue
            }
            if let last = previous { body(last.lowerBound..<current.upperBound) }
            previous = current
        }
        if let last = previous { body(last) }
    }

    /// The grams that every folded text holding `folded` as a substring must have.
    public func phraseGrams(of folded: Span<UInt8>) -> PhraseGrams {
        var grams: [PhraseGrams.Gram] = []
        forEachGram(in: folded) { range in
            // The phrase may go on in the text: its last character, alone in its run, begins
            // some gram there, and otherwise already stands in a pair.
            let length = decodedScalar(folded, at: range.lowerBound).length
            let isSingle = length == range.count
            let isLast = isSingle && range.upperBound == folded.count
            if isLast, range.lowerBound > 0, endsInWord(folded, before: range.lowerBound) {
                return
            }
            let gram = PhraseGrams.Gram(utf8: copied(folded.extracting(range)), isPrefix: isLast)
            if !grams.contains(gram) { grams.append(gram) }
        }
        let whole = copied(folded)
        return PhraseGrams(grams: grams, isExact: grams.count == 1 && grams[0].utf8 == whole)
    }

    private func endsInWord(_ folded: Span<UInt8>, before position: Int) -> Bool {
        var start = position - 1
        while start > 0, folded[start] & 0xC0 == 0x80 { start -= 1 }
        return FoldingTable.entry(decodedScalar(folded, at: start).value).role.isWord
    }
}

/// What a text must hold to hold a phrase.
public struct PhraseGrams: Sendable, Hashable {
    /// One gram.
    public struct Gram: Sendable, Hashable {
        /// The gram as raw UTF-8: 1 to 8 bytes.
        public let utf8: [UInt8]
        /// Whether the text needs only *some* gram beginning with `utf8`, which is then one
        /// character; otherwise it needs exactly this gram.
        public let isPrefix: Bool
    }

    /// The grams, each once, in the order of the phrase.
    ///
    /// Empty for a phrase of punctuation alone, which grams cannot find.
    public let grams: [Gram]
    /// Whether a text with the grams is sure to hold the phrase.
    ///
    /// So it is for one pair of word characters, and for one word character (a prefix gram).
    /// Otherwise the text itself has to be looked at.
    public let isExact: Bool
}
