/// A slot to sort matches by.
public struct SortKey: Sendable, Equatable {
    /// The slot; its values are compared as bytes.
    public var slot: UInt32

    /// Whether the highest value comes first.
    public var isDescending: Bool

    /// Whether documents without a value come last, whichever the direction, or else first.
    public var isMissingLast: Bool

    /// Makes a key.
    public init(slot: UInt32, isDescending: Bool, isMissingLast: Bool = true) {
        self.slot = slot
        self.isDescending = isDescending
        self.isMissingLast = isMissingLast
    }

    /// Makes a key that puts the lowest value first, and documents without one last.
    public static func ascending(_ slot: UInt32, isMissingLast: Bool = true) -> SortKey {
        SortKey(slot: slot, isDescending: false, isMissingLast: isMissingLast)
    }

    /// Makes a key that puts the highest value first, and documents without one last.
    public static func descending(_ slot: UInt32, isMissingLast: Bool = true) -> SortKey {
        SortKey(slot: slot, isDescending: true, isMissingLast: isMissingLast)
    }
}

/// Which matches come first.
///
/// Of equal ones the lowest document id does, unless ``SearchOptions/isHighestIDFirst`` is set.
///
/// Several keys, and one that libxapian has to be told where documents without a value go, take a
/// "MultiValueKeyMaker", which servers do not know: over the network sort by one key, descending or
/// with `isMissingLast: false`.
public enum SortOrder: Sendable, Equatable {
    /// The highest weight.
    case relevance
    /// The first key, then where it is equal the second, and so on; weights do not matter.
    case keys([SortKey])
    /// The same, and the highest weight where all keys are equal.
    case keysThenRelevance([SortKey])
    /// The highest weight, and the keys where weights are equal.
    case relevanceThenKeys([SortKey])
}

/// How a search is done, and what of each match is copied.
///
///     var options = SearchOptions(limit: 20)
///     options.order = .keys([.descending(0), .ascending(1)])
///     options.fetchesData = true
public struct SearchOptions: Sendable, Equatable {
    /// How many matches are passed over, not negative.
    public var offset: Int

    /// The most matches to return, not negative; 0 only counts.
    public var limit: Int

    /// Which come first.
    public var order: SortOrder

    /// How terms weigh.
    public var weighting: Weighting

    /// Whether of equal matches the highest document id comes first, or else the lowest.
    ///
    /// Without weights and keys the lowest first stops early, and the highest cannot.
    public var isHighestIDFirst = false

    /// How many documents are looked at at least.
    ///
    /// Beyond them libxapian may skip those that cannot be among the first, and counts become
    /// estimates. `Int.max` counts all.
    public var checkAtLeast = 0

    /// Keeps of documents with the same value in a slot only the best.
    public var collapse: Collapse?

    /// Slots whose values are counted over all matches; ``checkAtLeast`` is then everything.
    public var countedSlots: [UInt32] = []

    /// After how long counting ends and counts become estimates; nil for never.
    ///
    /// The first matches are found in any case.
    public var timeLimit: Duration?

    /// The least percentage, 0 to 100, of the best possible match.
    ///
    /// libxapian cannot do this while it sorts by keys first.
    public var minimumPercent = 0

    /// The least weight, not negative.
    public var minimumWeight: Double = 0

    /// Whether the data of each match is copied.
    public var fetchesData = false

    /// Which of the query's terms each match holds, copied when true.
    public var fetchesTerms = false

    /// The slots whose values are copied of each match.
    public var fetchedSlots: [UInt32] = []

    /// Of documents with the same value only the best are kept; those without a value stay all.
    public struct Collapse: Sendable, Equatable {
        /// The slot that has the value.
        public var slot: UInt32

        /// How many are kept, 1 or more.
        public var kept: Int

        /// Keeps so many documents for each value in a slot.
        public init(slot: UInt32, kept: Int = 1) {
            self.slot = slot
            self.kept = kept
        }
    }

    /// Makes options for a page of matches, weighed by BM25 as libxapian does.
    public init(
        offset: Int = 0, limit: Int = 10, order: SortOrder = .relevance,
        weighting: Weighting = .bm25()
    ) {
        self.offset = offset
        self.limit = limit
        self.order = order
        self.weighting = weighting
    }
}
