public import ChineseText

/// How text becomes terms: the same value at index and at query time.
public struct TextAnalysis: Sendable {
    /// The folding that texts and queries go through.
    public let folding = TextFolding()
    /// The cutting of folded text into grams.
    public let grams = GramAnalyzer()

    /// What an index must have been made with to be searched: a change of folding or cutting
    /// changes it.
    public static let version = "folding \(TextFolding.version), grams \(GramAnalyzer.version)"

    /// Makes the analysis.
    public init() {}

    /// The words of a text, in order, without punctuation; the whole text when it has none or
    /// words cannot be told.
    public func words(of text: String) -> [String] {
        guard let segmenter = WordSegmenter() else { return [text] }
        let words = segmenter.words(in: text).map(\.text)
        return words.isEmpty ? [text] : words
    }

    /// Every place in `text` where the folded `phrase` stands, as ranges of Unicode scalars, from
    /// 0, not overlapping.
    public func occurrences(of phrase: [UInt8], in text: FoldedText) -> [Range<Int>] {
        guard !phrase.isEmpty else { return [] }
        return text.utf8.ranges(of: phrase).map { text.sourceRange(ofBytes: $0) }
    }
}
