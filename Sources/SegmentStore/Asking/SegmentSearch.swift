import GramIndex

/// Which passages come first.
public enum PassageOrder: Sendable {
    /// The highest weight first, then the lowest id.
    case relevance
    /// By the key of the passage's report, then the highest weight, then the lowest id.
    ///
    /// There is a key for each report. Those of reports without one, for which NaN stands, come last
    /// whichever the direction.
    case keys([Double], descending: Bool)
    /// The lowest id first; weights are not computed.
    case id

    fileprivate var order: Order {
        switch self {
        case .relevance: .relevance
        case .keys(let keys, let isDescending): .keys(keys, descending: isDescending)
        case .id: .documentID
        }
    }
}

/// A passage that was found.
public struct PassageHit: Sendable, Equatable {
    /// The passage's id.
    public let id: UInt32
    /// How well the passage matches; 0 when ordered by id.
    public let weight: Double
    /// The key that it was sorted by; nil when there was none.
    public let key: Double?
}

/// The first hits of a search in a segment, and how many there are.
public struct PassagePage: Sendable {
    /// How many passages match, exactly.
    public let total: Int
    /// The first of them.
    public let hits: [PassageHit]
    /// How many reports they are of; nil when it was not asked for.
    public let reportCount: Int?

    /// Makes a page of what is left of another.
    public init(total: Int, hits: [PassageHit], reportCount: Int?) {
        self.total = total
        self.hits = hits
        self.reportCount = reportCount
    }
}

extension Segment {
    /// Finds the passages that match a query, counts them all and returns the first.
    ///
    /// - Parameters:
    ///   - limit: the most hits to return, not negative; 0 only counts.
    ///   - countsReports: whether the reports that they are of are counted.
    public func search(
        _ query: PassageQuery, limit: Int, order: PassageOrder, countsReports: Bool = false
    ) throws(SegmentError) -> PassagePage {
        let page = try page(query, limit: limit, order.order, countsReports: countsReports)
        return PassagePage(
            total: page.totalCount,
            hits: page.hits.map { PassageHit(id: $0.documentID, weight: $0.weight, key: $0.key) },
            reportCount: page.groupCount)
    }

    /// How many passages match a query.
    public func count(of query: PassageQuery) throws(SegmentError) -> Int {
        try page(query, limit: 0, .documentID).totalCount
    }

    /// The ids of all passages that match a query, ascending.
    ///
    /// - Parameter limit: the most that are wanted; nil wants all.
    public func passages(
        matching query: PassageQuery, limit: Int? = nil
    ) throws(SegmentError) -> [UInt32] {
        try page(query, limit: limit ?? passageCount, .documentID).hits.map(\.documentID)
    }

    private func page(
        _ query: PassageQuery, limit: Int, _ order: Order, countsReports: Bool = false
    ) throws(SegmentError) -> Page {
        try asking { () throws(GramIndexError) in
            try index.search(query.query, limit: limit, order: order, countsGroups: countsReports)
        }
    }

    // MARK: Terms

    /// How many passages have a term.
    public func frequency(of term: [UInt8]) throws(SegmentError) -> Int {
        try asking { () throws(GramIndexError) in try index.frequency(of: term) }
    }

    /// The first terms that begin with some bytes, in byte order, and how many passages have each.
    ///
    /// - Parameter limit: the most terms to return.
    public func terms(
        beginning prefix: [UInt8], limit: Int
    ) throws(SegmentError) -> [(term: [UInt8], frequency: Int)] {
        try asking { () throws(GramIndexError) in
            try index.terms(withPrefix: prefix, limit: limit).elements.map {
                ($0.term, $0.frequency)
            }
        }
    }

    /// The headings of one kind, folded.
    ///
    /// - Parameter limit: the most that are wanted.
    public func headings(_ prefix: Schema.Prefix, limit: Int) throws(SegmentError) -> [[UInt8]] {
        try terms(beginning: Array(prefix.rawValue.utf8), limit: limit)
            .map { Array($0.term.dropFirst()) }.filter { !$0.isEmpty }
    }

    /// How many passages have all terms of a text, whether or not they hold the text; one character
    /// stands for all terms that begin with it.
    public func candidateCount(of text: WantedText) throws(SegmentError) -> Int {
        var queries: [PassageQuery] = []
        for term in Set(text.parts.flatMap(\.terms.terms)) {
            let terms =
                term.isPrefix
                ? try self.terms(beginning: term.bytes, limit: Query.maximumChildren).map(\.term)
                : [term.bytes]
            queries.append(try .holding(anyOf: terms))
        }
        return try count(of: .all(queries))
    }
}
