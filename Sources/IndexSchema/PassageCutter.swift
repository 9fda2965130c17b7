import ChineseText

/// The grams of an index beside which longer ones are indexed; see `FrequentGrams`.
public struct FrequentGramSet: Sendable, Hashable {
    let grams: FrequentGrams

    /// The set without a gram.
    public static let none = FrequentGramSet(.none)

    init(_ grams: FrequentGrams) {
        self.grams = grams
    }

    /// Makes the set of the numbers that an index stores, in any order.
    public init(hashes: [UInt64]) {
        grams = FrequentGrams(hashes: hashes)
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

    /// The share of the passages that a pair must be in to be frequent.
    public static let share = 0.02
    /// The share that a longer gram must be in: four characters say much even where three are in
    /// every twelfth passage, and each level costs a tenth of the index.
    public static let longShare = 0.08
    /// The fewest passages that tell what is frequent.
    public static let fewest = 500

    /// Makes a sample without passages.
    public init() {}

    /// Adds a passage.
    public mutating func add(_ passage: String) {
        text.set(passage)
        counter.add(text)
    }

    /// The frequent grams; none when the sample is too small.
    public func frequentGrams(
        share: Double = share, longShare: Double = longShare, fewest: Int = fewest
    ) -> FrequentGramSet {
        counter.count < fewest
            ? .none
            : FrequentGramSet(counter.frequentGrams(share: share, longShare: longShare))
    }
}

/// Folds passages and cuts them into the grams that are indexed; reused for many passages.
public struct PassageCutter: Sendable {
    private let analyzer: GramAnalyzer
    var text = AlignedText()

    /// Makes a cutter for an index with these frequent grams.
    public init(frequent: FrequentGramSet) {
        analyzer = GramAnalyzer(frequent: frequent.grams)
    }

    /// Sets the passage.
    public mutating func set(_ passage: String) { text.set(passage) }

    /// The folded passage as UTF-8.
    public var utf8: [UInt8] { text.utf8 }

    /// Calls `body` with the place of each gram in the folded passage.
    public func forEachGram(_ body: (Range<Int>) -> Void) {
        analyzer.forEachGram(in: text, body)
    }
}
