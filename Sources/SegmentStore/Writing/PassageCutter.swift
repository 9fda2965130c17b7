import ChineseText

/// Folds passages and cuts them into the grams that are indexed; reused for many passages.
struct PassageCutter: Sendable {
    private let analyzer: GramAnalyzer
    private(set) var text = AlignedText()
    /// The passage's grams in their order, repeated ones each time.
    private(set) var grams: [Gram] = []

    /// A gram of the passage.
    struct Gram: Sendable {
        /// Where it stands in ``utf8``.
        let bytes: Range<Int>
        /// How many characters of the folded passage stand before it.
        let position: Int
    }

    /// Makes a cutter for an index with these frequent grams.
    init(frequent: FrequentGramSet) {
        analyzer = GramAnalyzer(frequent: frequent.grams)
    }

    /// Sets the passage.
    mutating func set(_ passage: String) {
        text.set(passage)
        grams.removeAll(keepingCapacity: true)
        analyzer.forEachGram(in: text) { bytes, position in
            grams.append(Gram(bytes: bytes, position: position))
        }
    }

    /// The folded passage as UTF-8.
    var utf8: [UInt8] { text.utf8 }
}
