import ChineseText

/// How text becomes terms: the same value at index and at query time.
public struct TextAnalysis: Sendable {
    private let folding = TextFolding()
    private let grams: GramAnalyzer

    /// What an index must have been made with to be searched: a change of folding or cutting
    /// changes it.
    public static let version =
        "folding \(TextFolding.version), grams \(GramAnalyzer.version), code \(TextCode.version)"

    /// Makes the analysis of texts in an index with these frequent grams.
    public init(frequent: FrequentGramSet = .none) {
        grams = GramAnalyzer(frequent: frequent.grams)
    }

    /// A text in the form in which texts are compared: width, case, radicals, traditional
    /// characters and stray spaces made one.
    public func folded(_ text: String) -> String {
        String(decoding: foldedUTF8(of: text), as: UTF8.self)
    }

    /// The folded text as UTF-8; it holds no zero byte.
    public func foldedUTF8(of text: String) -> [UInt8] { folding.foldedUTF8(of: text) }

    /// Calls `body` with the range of each gram of a folded text.
    public func forEachGram(in folded: Span<UInt8>, _ body: (Range<Int>) -> Void) {
        grams.forEachGram(in: folded, body)
    }

    /// The word characters of a folded text in their order, repeated ones each time, as the values of
    /// their scalars; see `GramAnalyzer`.
    public func wordCharacters(ofFolded folded: [UInt8]) -> [UInt32] {
        GramAnalyzer.wordCharacters(of: folded.span)
    }

    /// The folded text as the code in which texts are stored; see ``TextCode``.
    public func code(ofFolded folded: [UInt8]) -> [UInt8] { TextCode.encoded(folded) }

    /// The terms by which the passages holding a folded phrase are found.
    public func terms(ofPhrase folded: [UInt8]) -> PhraseTerms {
        let phrase = grams.phraseGrams(of: folded.span)
        return PhraseTerms(
            terms: phrase.grams.map {
                PhraseTerms.Term(bytes: $0.utf8, isPrefix: $0.isPrefix, range: $0.range)
            },
            isProof: phrase.isExact && !phrase.grams.contains(where: \.isPrefix))
    }

    /// The words of a text in their order, folded, each once; none when it has no words.
    ///
    /// ICU's dictionary cuts; single characters that it leaves side by side, as in 网红, stay
    /// together.
    public func words(of text: String) -> [[UInt8]] {
        guard let segmenter = WordSegmenter() else { return [foldedUTF8(of: text)] }
        var words: [(text: String, end: Int, isSingle: Bool)] = []
        for word in segmenter.words(in: folded(text)) {
            let isSingle = word.range.count == 1
            // Neighbouring single characters are a word that the dictionary does not know.
            if isSingle, let last = words.last, last.isSingle, last.end == word.range.lowerBound {
                words[words.count - 1] = (last.text + word.text, word.range.upperBound, true)
            } else {
                words.append((word.text, word.range.upperBound, isSingle))
            }
        }
        var seen: Set<[UInt8]> = []
        return words.map { foldedUTF8(of: $0.text) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The words of a folded text as ICU's dictionary cuts it, as ranges of its Unicode scalars from 0;
    /// nil when there is no dictionary.
    ///
    /// Ideographs that are no word of it are words of one character.
    public func dictionaryWords(inFolded text: String) -> [Range<Int>]? {
        WordSegmenter()?.words(in: text).map(\.range)
    }

    /// The width of a text in terminal columns: 2 for a wide character, 0 for a mark.
    public func width(of text: String) -> Int { displayWidth(of: text) }

    /// How many characters must be put in, left out or replaced to make one text the other.
    public static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        editDistance(one, other)
    }

    /// The candidate that a misspelt name comes nearest to; nil when none is near.
    public func nearest(to name: String, among candidates: [String]) -> String? {
        let name = Array(folded(name).unicodeScalars)
        let most = max(1, name.count / 3)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let scalars = Array(folded(candidate).unicodeScalars)
            guard abs(scalars.count - name.count) <= most else { continue }
            let distance = editDistance(scalars, name)
            if distance <= most, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate
    }
}

/// The terms that every passage holding a phrase has.
public struct PhraseTerms: Sendable, Hashable {
    /// A term, or how it begins.
    public struct Term: Sendable, Hashable {
        /// The term's bytes.
        public let bytes: [UInt8]
        /// Whether a passage has some term that begins with these bytes.
        public let isPrefix: Bool
        /// Which characters of the phrase it is, from 0; of a term that the phrase holds several
        /// times the first ones.
        public let range: Range<Int>
    }

    /// The terms; none when the phrase is only punctuation.
    public let terms: [Term]
    /// Whether a passage with the one term holds the phrase for certain.
    public let isProof: Bool
}
