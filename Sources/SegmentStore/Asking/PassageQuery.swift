import GramIndex

/// Which passages of a segment to find, built from the leaves up.
///
///     let query = try PassageQuery.all([.text(wanted), .passages(ofReports: reports)])
///
/// Only ``text(_:)``, and ``passages(ofReports:inSections:weight:)`` with a weight, give passages
/// one. A query may be used for many searches and in many other queries, on one thread at a time.
public struct PassageQuery {
    /// What the gram index is asked.
    let query: Query

    private init(_ make: () throws(GramIndexError) -> Query) throws(SegmentError) {
        do throws(GramIndexError) {
            query = try make()
        } catch {
            throw SegmentError(error)
        }
    }

    /// Matches every passage.
    public static func everything() throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in try .everything() }
    }

    /// Matches no passage.
    public static func nothing() throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in try .nothing() }
    }

    /// Matches the passages that all queries match; weights add up.
    ///
    /// No queries match every passage.
    public static func all(_ queries: [PassageQuery]) throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in try .all(queries.map(\.query)) }
    }

    /// Matches the passages that at least one query matches; weights add up.
    ///
    /// No queries match none.
    public static func any(_ queries: [PassageQuery]) throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in try .any(queries.map(\.query)) }
    }

    /// Matches the passages of one query without those of another; weights are the first one's.
    public static func difference(
        _ query: PassageQuery, minus other: PassageQuery
    ) throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in
            try .difference(query.query, minus: other.query)
        }
    }

    /// Matches the passages whose ids lie in any of some ranges; weightless.
    public static func passages(
        in ranges: [ClosedRange<UInt32>]
    ) throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in try .documents(in: ranges) }
    }

    /// Matches the passages of some reports that stand in some sections.
    ///
    /// - Parameters:
    ///   - reports: the reports that are wanted; nil wants all.
    ///   - sections: the numbers of the sections that are wanted; nil wants all.
    ///   - weight: what each of the passages weighs; 0 to 1,000,000.
    public static func passages(
        ofReports reports: ReportSet? = nil, inSections sections: Set<UInt8>? = nil,
        weight: Double = 0
    ) throws(SegmentError) -> PassageQuery {
        let labels = sections.map { sections in
            BitSet(below: 256) { sections.contains(UInt8($0)) }
        }
        return try PassageQuery { () throws(GramIndexError) in
            try .documents(inGroups: reports?.bits, labels: labels, weight: weight)
        }
    }

    /// Matches the passages that hold all parts of a text, and weighs them.
    public static func text(_ text: WantedText) throws(SegmentError) -> PassageQuery {
        try PassageQuery { () throws(GramIndexError) in try .text(text.match) }
    }

    /// Matches the passages that stand under any of some headings, which are folded.
    public static func passages(
        under headings: [[UInt8]], _ prefix: Schema.Prefix
    ) throws(SegmentError) -> PassageQuery {
        try holding(anyOf: headings.map { Array(prefix.rawValue.utf8) + $0 })
    }

    /// Matches the passages that have any of some terms.
    static func holding(anyOf terms: [[UInt8]]) throws(SegmentError) -> PassageQuery {
        // A query node takes a bounded number of children, so many terms make two levels.
        let most = Query.maximumChildren
        return try PassageQuery { () throws(GramIndexError) in
            var groups: [Query] = []
            for start in stride(from: 0, to: terms.count, by: most) {
                var group: [Query] = []
                for term in terms[start..<min(start + most, terms.count)] {
                    group.append(try .term(term))
                }
                groups.append(try .any(group))
            }
            return try .any(groups)
        }
    }
}
