/// Cuts folded text into the grams that are indexed, and a phrase into the grams that every
/// text holding it must have.
///
/// A *word character* is a letter, digit, mark or ideograph (Unicode category L, M or N); a
/// *run* is a maximal row of them. The grams of a run are every pair of neighbouring characters
/// (Unicode scalars) and its last character alone: so each character of a run begins at least
/// one gram. `政策解读` has `政策`, `策解`, `解读`, `读`. Where pairs are so frequent that they tell
/// little, longer grams are added, up to eight characters: see ``FrequentGrams``.
///
/// A gram is raw UTF-8, at most 32 bytes.
public struct GramAnalyzer: Sendable, Hashable {
    /// The number of this way of cutting, from 1; an index made with another one cannot be
    /// searched.
    public static let version = 2

    private let frequent: FrequentGrams

    /// Makes the analyser of an index with these frequent grams.
    public init(frequent: FrequentGrams = .none) {
        self.frequent = frequent
    }

    /// Calls `body` with every gram of a text in order, repeated ones included.
    ///
    /// - Parameter body: takes the gram's range in the folded text's UTF-8, from 0, and how many
    ///   characters of the text stand before it.
    @inline(__always)
    public func forEachGram(in text: AlignedText, _ body: (Range<Int>, Int) -> Void) {
        forEachGram(text.folded, text.starts, text.isWord) { scalars, bytes in
            body(bytes, scalars.lowerBound)
        }
    }

    /// Calls `body` with every gram of the text in order, repeated ones included.
    ///
    /// - Parameters:
    ///   - folded: text from `TextFolding`.
    ///   - body: takes byte offsets from 0 in `folded`.
    public func forEachGram(in folded: Span<UInt8>, _ body: (Range<Int>) -> Void) {
        let text = Scalars(folded)
        forEachGram(text.values, text.starts, text.isWord) { body($1) }
    }

    /// The grams that every folded text holding `folded` as a substring must have.
    ///
    /// Of grams that stand in a longer one only that is given.
    public func phraseGrams(of folded: Span<UInt8>) -> PhraseGrams {
        if Self.isPair(folded) {
            let gram = PhraseGrams.Gram(utf8: copied(folded), isPrefix: false, range: 0..<2)
            return PhraseGrams(grams: [gram], isExact: true)
        }
        let text = Scalars(folded)
        // For each position the longest gram: shorter ones come first.
        var longest: [(scalars: Range<Int>, bytes: Range<Int>)] = []
        forEachGram(text.values, text.starts, text.isWord) { scalars, bytes in
            if longest.last?.scalars.lowerBound == scalars.lowerBound { longest.removeLast() }
            longest.append((scalars, bytes))
        }
        var grams: [PhraseGrams.Gram] = []
        var known: Set<[UInt8]> = []
        var reached = 0
        for (scalars, bytes) in longest {
            var isPrefix = false
            if scalars.count == 1 {
                // The phrase may go on in the text: its last character, alone in its run, begins
                // some gram there, and otherwise already stands in a pair.
                isPrefix = bytes.upperBound == folded.count
                if isPrefix, scalars.lowerBound > 0, text.isWord[scalars.lowerBound - 1] {
                    continue
                }
            } else {
                if bytes.upperBound <= reached { continue }
                reached = bytes.upperBound
            }
            let gram = PhraseGrams.Gram(
                utf8: copied(folded.extracting(bytes)), isPrefix: isPrefix, range: scalars)
            if known.insert(gram.utf8).inserted { grams.append(gram) }
        }
        let whole = copied(folded)
        return PhraseGrams(grams: grams, isExact: grams.count == 1 && grams[0].utf8 == whole)
    }

    /// The word characters of a folded text in their order, as the values of their scalars.
    public static func wordCharacters(of folded: Span<UInt8>) -> [UInt32] {
        var characters: [UInt32] = []
        var position = 0
        while position < folded.count {
            let scalar = decodedScalar(folded, at: position)
            position += scalar.length
            if FoldingTable.entry(scalar.value).role.isWord { characters.append(scalar.value) }
        }
        return characters
    }

    /// Whether a text is two word characters, which are one gram: half of what is looked for.
    private static func isPair(_ text: Span<UInt8>) -> Bool {
        guard 2...8 ~= text.count else { return false }
        let first = decodedScalar(text, at: 0)
        guard first.length < text.count else { return false }
        let second = decodedScalar(text, at: first.length)
        return first.length + second.length == text.count
            && FoldingTable.entry(first.value).role.isWord
            && FoldingTable.entry(second.value).role.isWord
    }

    /// Calls `body` with every gram: its range among the scalars, and among the bytes.
    @inline(__always)
    private func forEachGram(
        _ scalars: [UInt32], _ starts: [UInt32], _ isWord: [Bool],
        _ body: (_ scalars: Range<Int>, _ bytes: Range<Int>) -> Void
    ) {
        var start = 0
        while start < scalars.count {
            guard isWord[start] else {
                start += 1
                continue
            }
            var end = start + 1
            while end < scalars.count, isWord[end] { end += 1 }
            var reach = frequent.reach(in: scalars, from: start, to: end)
            for position in start..<end - 1 {
                let next = frequent.reach(in: scalars, from: position + 1, to: end)
                let first = Int(starts[position])
                body(position..<position + 2, first..<Int(starts[position + 2]))
                let most = min(reach, next) + 1
                if most > 2 {
                    for length in 3...most {
                        body(position..<position + length, first..<Int(starts[position + length]))
                    }
                }
                reach = next
            }
            body(end - 1..<end, Int(starts[end - 1])..<Int(starts[end]))
            start = end
        }
    }

    /// The scalars of folded text.
    private struct Scalars {
        var values: [UInt32] = []
        var starts: [UInt32] = []
        var isWord: [Bool] = []

        init(_ utf8: Span<UInt8>) {
            var position = 0
            while position < utf8.count {
                let scalar = decodedScalar(utf8, at: position)
                values.append(scalar.value)
                starts.append(UInt32(position))
                isWord.append(FoldingTable.entry(scalar.value).role.isWord)
                position += scalar.length
            }
            starts.append(UInt32(utf8.count))
        }
    }
}

/// What a text must hold to hold a phrase.
public struct PhraseGrams: Sendable, Hashable {
    /// One gram.
    public struct Gram: Sendable, Hashable {
        /// The gram as raw UTF-8: 1 to 32 bytes.
        public let utf8: [UInt8]
        /// Whether the text needs only *some* gram beginning with `utf8`, which is then one
        /// character; otherwise it needs exactly this gram.
        public let isPrefix: Bool
        /// Which characters of the phrase the gram is, from 0; of one that the phrase holds several
        /// times the first ones.
        public let range: Range<Int>
    }

    /// The grams, each once, in the order of the phrase.
    ///
    /// Empty for a phrase of punctuation alone, which grams cannot find.
    public let grams: [Gram]
    /// Whether a text with the grams is sure to hold the phrase.
    ///
    /// So it is for one pair of word characters, for a longer phrase that is itself a gram, and
    /// for one word character (a prefix gram). Otherwise the text itself has to be looked at.
    public let isExact: Bool
}
