/// The grams that so many texts hold that longer ones beginning with them are indexed too.
///
/// A gram of three to eight characters is indexed when both grams that are one character shorter
/// are in the set, and those of which they are made in turn. So whether a gram is indexed depends
/// on nothing but the gram and the set, and a search knows without looking.
public struct FrequentGrams: Sendable, Hashable {
    /// The set without a gram: only pairs are indexed.
    public static let none = FrequentGrams(hashes: [])

    /// The most characters of an indexed gram.
    public static let longest = 8

    /// The grams, each as a number made from its characters.
    ///
    /// Two grams with one number would both count as frequent, which makes the index larger and no
    /// answer wrong.
    private let grams: NumberSet

    /// Makes the set of some numbers, in any order.
    public init(hashes: some Sequence<UInt64>) {
        grams = NumberSet(hashes)
    }

    /// The numbers of the grams, ascending.
    public var hashes: [UInt64] { grams.numbers }

    /// The grams that both sets hold.
    public func intersection(_ other: FrequentGrams) -> FrequentGrams {
        self == other ? self : FrequentGrams(hashes: grams.intersection(other.grams))
    }

    /// The number of a gram that is one character longer.
    @inline(__always)
    static func hash(_ hash: UInt64, _ scalar: UInt32) -> UInt64 {
        let mixed = (hash ^ UInt64(scalar)) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 29
    }

    /// How long the grams from a position on are in the set: 0, or from 2 on.
    ///
    /// `end` is where the run of word characters ends.
    @inline(__always)
    func reach(in scalars: [UInt32], from start: Int, to end: Int) -> Int {
        var reach = 0
        var hash = Self.hash(0, scalars[start])
        var next = start + 1
        while next < end, next - start < Self.longest - 1 {
            hash = Self.hash(hash, scalars[next])
            next += 1
            guard grams.index(of: hash) != nil else { break }
            reach = next - start
        }
        return reach
    }
}

/// Finds the frequent grams of a sample of texts.
public struct FrequentGramCounter: Sendable {
    /// The word characters of the sample; 0 between runs.
    private var scalars: [UInt32] = []
    /// Where in `scalars` each text ends.
    private var ends: [Int] = []

    /// Makes a counter without texts.
    public init() {}

    /// The number of texts.
    public var count: Int { ends.count }

    /// Adds a text to the sample.
    public mutating func add(_ text: AlignedText) {
        for index in text.folded.indices {
            scalars.append(text.isWord[index] ? text.folded[index] : 0)
        }
        scalars.append(0)
        ends.append(scalars.count)
    }

    /// The grams that more than a share of the texts hold.
    public func frequentGrams(share: Double) -> FrequentGrams {
        var frequent = FrequentGrams.none
        let least = Int(share * Double(ends.count))
        for length in 2..<FrequentGrams.longest {
            let counts = counts(of: length, in: frequent)
            let found = counts.lazy.filter { $0.value.texts > least }.map(\.key)
            if found.isEmpty { break }
            frequent = FrequentGrams(hashes: frequent.hashes + found)
        }
        return frequent
    }

    /// In how many texts each gram of a length is that would be indexed beside frequent ones, and
    /// a position where it stands; by its number.
    private func counts(
        of length: Int, in frequent: FrequentGrams
    ) -> [UInt64: (texts: Int, last: Int, position: Int)] {
        var counts: [UInt64: (texts: Int, last: Int, position: Int)] = [:]
        var start = 0
        for (text, end) in ends.enumerated() {
            for position in start..<end where position + length <= end {
                guard let hash = hash(at: position, length, in: frequent) else { continue }
                let known = counts[hash] ?? (0, -1, position)
                if known.last != text { counts[hash] = (known.texts + 1, text, position) }
            }
            start = end
        }
        return counts
    }

    /// The number of the gram at a position, when it is one that would be indexed.
    private func hash(at position: Int, _ length: Int, in frequent: FrequentGrams) -> UInt64? {
        for index in position..<position + length where scalars[index] == 0 { return nil }
        let end = position + length
        switch length {
        case 1: guard scalars[end] == 0 else { return nil }
        case 2: break
        default:
            let reach = min(
                frequent.reach(in: scalars, from: position, to: end),
                frequent.reach(in: scalars, from: position + 1, to: end))
            guard reach >= length - 1 else { return nil }
        }
        return scalars[position..<end].reduce(0, FrequentGrams.hash)
    }
}
