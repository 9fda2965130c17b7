import ChineseText

/// Folds passages and cuts them into the grams that are indexed; reused for many passages.
public struct PassageCutter: Sendable {
    private let analyzer: GramAnalyzer
    private let listed: ListedGrams
    private(set) var text = AlignedText()
    /// The places of the passage's grams among ``FrequentGramSet/listedTerms``, repeated ones
    /// included.
    public private(set) var listedGrams: [UInt32] = []
    /// The passage's other grams; those without a number as often as they occur.
    public private(set) var otherGrams: [OtherGram] = []

    /// A gram whose postings are in no list.
    public struct OtherGram: Sendable {
        /// Where it stands in ``utf8``.
        public let bytes: Range<Int>
        /// How many characters stand before it the first time.
        public let place: Int
        /// How often the passage holds it; nil of a gram without a number, which stands here each
        /// time that it occurs.
        public fileprivate(set) var count: Int?
        /// Its number in ``ListedGrams``; 0 when it has none.
        fileprivate let number: UInt128
    }

    /// Makes a cutter for an index with these frequent grams.
    public init(frequent: FrequentGramSet) {
        analyzer = GramAnalyzer(frequent: frequent.grams)
        listed = frequent.listed
    }

    /// Sets the passage.
    public mutating func set(_ passage: String) {
        text.set(passage)
        listedGrams.removeAll(keepingCapacity: true)
        otherGrams.removeAll(keepingCapacity: true)
        analyzer.forEachGram(in: text) { bytes, place, number in
            if let list = listed.place(of: number) {
                listedGrams.append(list)
            } else {
                otherGrams.append(
                    OtherGram(
                        bytes: bytes, place: place, count: number == 0 ? nil : 1, number: number))
            }
        }
        countOtherGrams()
    }

    /// Makes one of those with the same number.
    private mutating func countOtherGrams() {
        otherGrams.sort { ($0.number, $0.place) < ($1.number, $1.place) }
        var end = 0
        for gram in otherGrams {
            if end > 0, let count = otherGrams[end - 1].count,
                otherGrams[end - 1].number == gram.number
            {
                otherGrams[end - 1].count = count + 1
            } else {
                otherGrams[end] = gram
                end += 1
            }
        }
        otherGrams.removeSubrange(end...)
    }

    /// The folded passage as UTF-8.
    public var utf8: [UInt8] { text.utf8 }
}
