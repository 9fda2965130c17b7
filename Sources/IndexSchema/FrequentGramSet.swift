import ChineseText

/// The frequent grams of an index: what it treats otherwise than the others.
public struct FrequentGramSet: Sendable, Hashable {
    /// The grams beside which longer ones are indexed.
    let grams: FrequentGrams
    /// The grams whose postings are in lists.
    let listed: ListedGrams

    /// The set without a gram.
    public static let none = FrequentGramSet(.none, listed: .none)

    init(_ grams: FrequentGrams, listed: ListedGrams) {
        self.grams = grams
        self.listed = listed
    }

    /// Makes the set of the numbers that an index stores: two a listed gram, the lower half first.
    public init(hashes: [UInt64], listed: [UInt64]) {
        let numbers = stride(from: 0, to: listed.count - 1, by: 2).map {
            UInt128(listed[$0 + 1]) << 64 | UInt128(listed[$0])
        }
        self.init(FrequentGrams(hashes: hashes), listed: ListedGrams(numbers: numbers))
    }

    /// The numbers of the listed grams as an index stores them.
    var storedNumbers: [UInt64] {
        listed.numbers.flatMap {
            [UInt64(truncatingIfNeeded: $0), UInt64(truncatingIfNeeded: $0 >> 64)]
        }
    }

    /// Whether there is no gram in the set.
    public var isEmpty: Bool { grams.hashes.isEmpty && listed.numbers.isEmpty }

    /// The terms whose postings are in lists, in byte order.
    public var listedTerms: [[UInt8]] { listed.utf8 }

    /// The grams that both sets hold: what segments with either set index in the same way.
    public func intersection(_ other: FrequentGramSet) -> FrequentGramSet {
        FrequentGramSet(
            grams.intersection(other.grams), listed: listed.intersection(other.listed))
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
    /// The share that a gram must be in for its postings to be in a list.
    ///
    /// Nine of ten postings are of such grams.
    public static let listedShare = 0.001
    /// The fewest passages that tell what is frequent.
    public static let fewest = 500
    /// With more passages the sets hardly change.
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
        let frequent = counter.frequentGrams(share: share)
        return FrequentGramSet(
            frequent, listed: counter.listedGrams(share: Self.listedShare, beside: frequent))
    }
}
