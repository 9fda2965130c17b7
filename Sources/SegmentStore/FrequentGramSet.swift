import ChineseText

/// The frequent grams of an index: those beside which longer ones are indexed.
public struct FrequentGramSet: Sendable, Hashable {
    let grams: FrequentGrams

    /// The set without a gram.
    public static let none = FrequentGramSet(.none)

    init(_ grams: FrequentGrams) {
        self.grams = grams
    }

    /// Makes the set of the numbers that an index stores.
    public init(hashes: [UInt64]) {
        self.init(FrequentGrams(hashes: hashes))
    }

    /// Whether there is no gram in the set.
    public var isEmpty: Bool { grams.hashes.isEmpty }

    /// The grams that both sets hold: what segments with either set index in the same way.
    public func intersection(_ other: FrequentGramSet) -> FrequentGramSet {
        FrequentGramSet(grams.intersection(other.grams))
    }
}

/// Finds the frequent grams of a sample of passages.
public struct FrequentGramSample: Sendable {
    private var counter = FrequentGramCounter()
    private var text = AlignedText()

    /// The share of the passages that a gram must be in to be frequent.
    ///
    /// With 8 % for grams of three characters and more the index is a tenth smaller, and the slowest
    /// phrase of a million passages takes three times as long.
    public static let share = 0.02
    /// The fewest passages that tell what is frequent.
    public static let fewest = 500
    /// With more passages the set hardly changes.
    public static let enough = 10_000

    /// Makes a sample without passages.
    public init() {}

    /// Adds a passage.
    public mutating func add(_ passage: String) {
        text.set(passage)
        counter.add(text)
    }

    /// The frequent grams; none when the sample is too small.
    public func frequentGrams(
        share: Double = share, fewest: Int = fewest
    ) -> FrequentGramSet {
        guard counter.count >= fewest else { return .none }
        return FrequentGramSet(counter.frequentGrams(share: share))
    }
}
