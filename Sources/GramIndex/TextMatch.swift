internal import CGramIndex

/// Rows of characters that a document's text must hold, and how much that is worth.
///
/// A character of a text ends with each byte from ``IndexColumn/firstEnd`` on. A document matches when its text holds every part, wherever and in
/// whatever order. Grams, the terms that go with a part, only narrow down which texts are read: the
/// text decides.
///
/// The weight of a document is
///
///     Σ weight · n · (k1 + 1) / (n + k1 · (1 − b + b · length / averageLength))
///
/// over the parts, where n counts a part's occurrences, those that overlap too, and length is the
/// document's own; then the boosts are added. It is rounded to 2^-24, so
/// that sums do not depend on their order.
public struct TextMatch: Sendable, Equatable {
    /// A term that goes with a part.
    public struct Gram: Sendable, Hashable {
        /// The term, or how it begins; 1 to 245 bytes.
        public var bytes: [UInt8]

        /// Whether the bytes are only how the term begins.
        public var isPrefix: Bool

        /// Which characters of the part the gram is, from 0; nil when it is not known.
        public var position: Range<Int>?

        /// Makes a gram.
        ///
        /// - Parameters:
        ///   - bytes: 1 to 245 bytes.
        ///   - isPrefix: whether any term that begins with these bytes will do.
        ///   - position: which characters of the part the gram is; nil when it is not known.
        public init(_ bytes: [UInt8], isPrefix: Bool = false, position: Range<Int>? = nil) {
            self.bytes = bytes
            self.isPrefix = isPrefix
            self.position = position
        }
    }

    /// A row of characters to be found.
    public struct Part: Sendable, Equatable {
        /// The exact bytes; whole characters, at least one.
        public var bytes: [UInt8]

        /// Terms that every document holding the part holds too.
        ///
        /// Of a document with the part and without one of these it is not said whether it is found. No
        /// grams make every document a candidate, which is slow.
        public var grams: [Gram]

        /// What an occurrence is worth, such as an inverse document frequency; 0 to 1,000,000.
        public var weight: Double

        /// Whether the text has to be read to know that it holds the part.
        ///
        /// When false, there is one gram, not a prefix, and it is the part: a document that holds
        /// it holds the part as often as the term's frequency in it says.
        public var needsVerification: Bool

        /// Makes a part.
        ///
        /// - Parameters:
        ///   - bytes: the exact bytes; whole characters, at least one.
        ///   - grams: terms that every document holding the part holds too.
        ///   - weight: what an occurrence is worth; 0 to 1,000,000.
        ///   - needsVerification: whether the text has to be read to know.
        public init(
            bytes: [UInt8], grams: [Gram], weight: Double = 0, needsVerification: Bool = true
        ) {
            self.bytes = bytes
            self.grams = grams
            self.weight = weight
            self.needsVerification = needsVerification
        }
    }

    /// What must be found; 1 to 256 parts with at most 20,000 grams.
    public var parts: [Part]

    /// A byte string that makes a document worth more when its text holds that too; nil for none.
    public var whole: [UInt8]?

    /// What is added to the weight when the text holds the whole; 0 to 1,000,000.
    public var wholeBoost: Double

    /// What is added to the weight when the parts stand side by side; 0 to 1,000,000.
    ///
    /// With two parts or more this times f is added, where f is the sum of the parts' lengths over
    /// the length of the shortest stretch of text that covers an occurrence of each, in characters,
    /// and at most 1.
    public var proximityBoost: Double

    /// How many characters may stand between the parts; nil for any number, else not negative.
    ///
    /// A document matches only if some stretch of its text covers an occurrence of each part and
    /// is longer than the parts together by no more than this. Occurrences may overlap.
    public var maximumGap: Int?

    /// How slowly more occurrences stop counting; 0 to 1,000,000, usually 1.2.
    public var k1: Double

    /// How much long documents are set back; 0 to 1, usually 0.75.
    public var b: Double

    /// The mean document length of the whole collection, in term occurrences; 0 for no setting
    /// back.
    ///
    /// Give the same number for each database of a collection, and weights compare across them.
    public var averageLength: Double

    /// Makes a match.
    ///
    /// - Parameters:
    ///   - parts: what must be found; 1 to 256 parts.
    ///   - whole: what makes a document worth more; nil for nothing.
    ///   - wholeBoost: how much more; 0 to 1,000,000.
    ///   - proximityBoost: how much more when parts stand side by side; 0 to 1,000,000.
    ///   - maximumGap: how many characters may stand between the parts; nil for any number.
    ///   - k1: how slowly more occurrences stop counting; 0 to 1,000,000.
    ///   - b: how much long documents are set back; 0 to 1.
    ///   - averageLength: the mean document length, in term occurrences; 0 for no setting back.
    public init(
        parts: [Part], whole: [UInt8]? = nil, wholeBoost: Double = 0, proximityBoost: Double = 0,
        maximumGap: Int? = nil, k1: Double = 1.2, b: Double = 0.75, averageLength: Double = 0
    ) {
        self.parts = parts
        self.whole = whole
        self.wholeBoost = wholeBoost
        self.proximityBoost = proximityBoost
        self.maximumGap = maximumGap
        self.k1 = k1
        self.b = b
        self.averageLength = averageLength
    }

    /// Calls `body` with the match in its C form, which lives no longer than the call.
    func withMatch<Result>(_ body: (UnsafePointer<cg_text_match>) -> Result) -> Result {
        if let maximumGap { precondition(maximumGap >= 0, "A gap is never negative") }
        var pool = Pool()
        var cParts: [cg_part] = []
        var cGrams: [cg_gram] = []
        for part in parts {
            cParts.append(
                cg_part(
                    text: pool.add(part.bytes), gram_count: part.grams.count, weight: part.weight,
                    needs_verification: part.needsVerification))
            for gram in part.grams {
                cGrams.append(
                    cg_gram(
                        text: pool.add(gram.bytes), is_prefix: gram.isPrefix,
                        characters: UInt32(clamping: gram.position?.count ?? 0),
                        position: UInt32(clamping: gram.position?.lowerBound ?? 0)))
            }
        }
        let cWhole = pool.add(whole ?? [])
        return unsafe pool.bytes.withUnsafeBufferPointer { bytes in
            unsafe cParts.withUnsafeBufferPointer { parts in
                unsafe cGrams.withUnsafeBufferPointer { grams in
                    var match = unsafe cg_text_match(
                        pool: bytes.baseAddress, pool_length: bytes.count,
                        parts: parts.baseAddress, part_count: parts.count,
                        grams: grams.baseAddress, gram_count: grams.count,
                        whole: cWhole, whole_boost: wholeBoost, proximity_boost: proximityBoost,
                        maximum_gap: maximumGap.map(Int64.init) ?? -1, k1: k1, b: b,
                        average_length: averageLength)
                    return unsafe body(&match)
                }
            }
        }
    }
}

extension TextMatch {
    /// What a document weighs, by what it weighs for.
    public struct Weights: Sendable, Equatable {
        /// For each part.
        public let parts: [Double]
        /// Because the text holds the whole; 0 when it does not.
        public let whole: Double
        /// Because the parts stand near each other.
        public let proximity: Double
    }

    /// The weights of a document with some text, as a search reckons them, before rounding.
    ///
    /// - Parameters:
    ///   - text: the document's text.
    ///   - length: its length in terms.
    /// - Returns: nil when the document does not match.
    /// - Throws: as ``Query/text(_:)`` does.
    public func weights(ofText text: [UInt8], length: Int) throws(GramIndexError) -> Weights? {
        var parts = [Double](repeating: 0, count: self.parts.count)
        var weights = cg_weights()
        try unsafe call { error in
            unsafe withMatch { match in
                unsafe cg_weigh(
                    match, text, text.count, UInt32(clamping: length), &parts, &weights, error)
            }
        }
        guard weights.matches else { return nil }
        return Weights(parts: parts, whole: weights.whole, proximity: weights.proximity)
    }
}
