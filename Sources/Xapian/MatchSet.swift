/// A document that was found, with the parts that were asked for.
public struct Match: Sendable, Equatable {
    /// The document's id, from 1.
    public let documentID: UInt32

    /// Its position among all matches, from 0.
    public let rank: Int

    /// How well it matches; not negative.
    public let weight: Double

    /// The weight as a percentage, 0 to 100, of what the best match could have.
    public let percent: Int

    /// At least so many others were left out because of its value in the collapsed slot.
    public let collapsedCount: Int

    /// The document's data; empty when not asked for.
    public let data: [UInt8]

    /// The terms of the query that it holds; none when not asked for.
    public let terms: [[UInt8]]

    /// The slots asked for.
    let slots: [UInt32]
    /// A value for each, empty where there is none.
    let values: [[UInt8]]

    /// Returns its value in one of the slots asked for; nil where it has none.
    public func value(inSlot slot: UInt32) -> [UInt8]? {
        guard let index = slots.firstIndex(of: slot), !values[index].isEmpty else { return nil }
        return values[index]
    }

    /// Returns its value in one of the slots asked for as a number; nil where it has none.
    public func number(inSlot slot: UInt32) -> Double? {
        value(inSlot: slot).map { SortableNumber.number(from: $0) }
    }
}

/// How many documents there are: exactly where the bounds are equal.
public struct MatchCount: Sendable, Equatable {
    /// There are no fewer.
    public let lowerBound: Int
    /// There are about so many.
    public let estimate: Int
    /// There are no more.
    public let upperBound: Int

    /// The number, when it is known exactly; nil otherwise.
    public var exact: Int? { lowerBound == upperBound ? lowerBound : nil }
}

/// How often values stand in a slot, over all matches.
public struct ValueCounts: Sendable, Equatable {
    /// A value and its count.
    public struct Element: Sendable, Equatable {
        /// The value's bytes; at least one.
        public let value: [UInt8]
        /// How many matches have it.
        public let count: Int

        /// The number that the bytes stand for; some number when they were stored as none.
        public var number: Double { SortableNumber.number(from: value) }
    }

    /// The slot.
    public let slot: UInt32

    /// How many matches there are, those without a value included.
    public let documentCount: Int

    /// The values, in byte order.
    public let elements: [Element]
}

/// A page of matches, and what is known of all of them ("MSet").
public struct MatchSet: Sendable, Equatable {
    /// The page, best first.
    public let matches: [Match]

    /// How many documents match.
    public let count: MatchCount

    /// How many would without ``SearchOptions/collapse``.
    public let uncollapsedCount: MatchCount

    /// A weight that no document can have more than.
    public let weightBound: Double

    /// The highest weight of all matches, those before the page included.
    public let highestWeight: Double

    /// The counts of ``SearchOptions/countedSlots``, in their order.
    public let valueCounts: [ValueCounts]
}
