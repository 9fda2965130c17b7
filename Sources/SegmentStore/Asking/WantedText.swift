import ChineseText
import GramIndex

/// A text that passages are to hold, and what that is worth.
///
/// A passage matches when it holds every part as it is, wherever and in whatever order; the gram
/// index weighs it by BM25, see `TextMatch`.
public struct WantedText: Sendable {
    /// A part that a passage must hold as it is.
    public struct Part: Sendable {
        /// The part, folded, as UTF-8.
        public let folded: [UInt8]
        /// The terms by which the passages that hold it are found in the segment.
        public let terms: PhraseTerms
        /// What an occurrence is worth, such as an inverse document frequency; 0 to 1,000,000.
        public var weight: Double

        /// Makes a part.
        public init(folded: [UInt8], terms: PhraseTerms, weight: Double) {
            self.folded = folded
            self.terms = terms
            self.weight = weight
        }

        /// The part as the gram index takes it.
        fileprivate var part: TextMatch.Part {
            TextMatch.Part(
                bytes: TextCode.encoded(folded),
                grams: terms.terms.map {
                    TextMatch.Gram($0.bytes, isPrefix: $0.isPrefix, position: $0.range)
                },
                weight: weight, needsVerification: !terms.isProof)
        }
    }

    /// What must be found, at least one part.
    public var parts: [Part]
    /// A folded text, as UTF-8, that makes a passage worth more when it holds that too; nil for none.
    public var whole: [UInt8]?
    /// How much more.
    public var wholeBoost = 0.0
    /// What is added when the parts stand side by side.
    public var proximityBoost = 0.0
    /// How many characters may stand between the parts; nil for any number.
    public var maximumGap: Int?
    /// How slowly more occurrences stop counting: BM25's k1.
    public var k1: Double
    /// How much long passages are set back: BM25's b, from 0 to 1.
    public var b: Double
    /// The mean length of all passages in terms.
    public var averageLength: Double

    /// Makes a text of its parts.
    public init(parts: [Part], k1: Double, b: Double, averageLength: Double) {
        self.parts = parts
        self.k1 = k1
        self.b = b
        self.averageLength = averageLength
    }

    /// The text as the gram index takes it.
    var match: TextMatch {
        TextMatch(
            parts: parts.map(\.part), whole: whole.map { TextCode.encoded($0) },
            wholeBoost: wholeBoost, proximityBoost: proximityBoost, maximumGap: maximumGap,
            k1: k1, b: b, averageLength: averageLength)
    }

    /// What a passage weighs, by what it weighs for.
    public struct Weights: Sendable {
        /// For each part.
        public let parts: [Double]
        /// Because it holds the whole; 0 when it does not.
        public let whole: Double
        /// Because the parts stand near each other.
        public let proximity: Double
    }

    /// The weights of a passage, as a search reckons them, before rounding.
    ///
    /// - Parameters:
    ///   - folded: the folded passage as UTF-8.
    ///   - length: its length in terms.
    /// - Returns: nil when it does not match.
    public func weights(ofFolded folded: [UInt8], length: Int) throws(SegmentError) -> Weights? {
        do throws(GramIndexError) {
            return try match.weights(ofText: TextCode.encoded(folded), length: length).map {
                Weights(parts: $0.parts, whole: $0.whole, proximity: $0.proximity)
            }
        } catch {
            throw SegmentError(error)
        }
    }
}
