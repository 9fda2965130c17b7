internal import CGramIndex

/// Which documents to find, built from the leaves up.
///
///     let query = try Query.all([.term("swift".utf8), .documents(in: [1...1000])])
///
/// Only ``text(_:)`` leaves, and ``documents(inGroups:labels:weight:)`` with one, give documents a
/// weight. A query may be used for many searches and in
/// many other queries, but only on one thread at a time.
@safe public final class Query {
    let handle: OpaquePointer

    private init(
        _ make: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cg_error>) -> cg_status
    ) throws(GramIndexError) {
        unsafe handle = try unsafe makeHandle(make)
    }

    deinit {
        unsafe cg_query_free(handle)
    }

    /// The most queries that one operator may join.
    public static var maximumChildren: Int { Int(CG_MAX_CHILDREN) }

    /// The most operators that may stand one inside the other.
    public static var maximumDepth: Int { Int(CG_MAX_DEPTH) }

    /// Matches every document.
    public static func everything() throws(GramIndexError) -> Query {
        try unsafe Query { out, error in unsafe cg_query_everything(out, error) }
    }

    /// Matches no document.
    public static func nothing() throws(GramIndexError) -> Query {
        try unsafe Query { out, error in unsafe cg_query_nothing(out, error) }
    }

    /// Matches the documents that hold a term; weightless.
    ///
    /// - Throws: ``GramIndexError/Code/refused`` unless the term has 1 to 245 bytes.
    public static func term(_ term: some Collection<UInt8>) throws(GramIndexError) -> Query {
        let term = Array(term)
        return try unsafe Query { out, error in
            unsafe cg_query_term(term, term.count, out, error)
        }
    }

    /// Matches the documents that all queries match; weights add up.
    ///
    /// No queries at all match every document.
    ///
    /// - Throws: ``GramIndexError/Code/tooComplex`` over ``maximumChildren`` or ``maximumDepth``.
    public static func all(_ queries: [Query]) throws(GramIndexError) -> Query {
        if queries.isEmpty { return try everything() }
        return try combine(CG_ALL, queries)
    }

    /// Matches the documents that at least one query matches; weights add up.
    ///
    /// No queries at all match no document.
    ///
    /// - Throws: ``GramIndexError/Code/tooComplex`` over ``maximumChildren`` or ``maximumDepth``.
    public static func any(_ queries: [Query]) throws(GramIndexError) -> Query {
        if queries.isEmpty { return try nothing() }
        return try combine(CG_ANY, queries)
    }

    /// Matches the documents of one query without those of another; weights are the first one's.
    ///
    /// - Throws: ``GramIndexError/Code/tooComplex`` over ``maximumDepth``.
    public static func difference(
        _ query: Query, minus other: Query
    ) throws(GramIndexError) -> Query {
        try combine(CG_DIFFERENCE, [query, other])
    }

    /// Matches the documents whose ids lie in any of the ranges; weightless.
    ///
    /// - Parameter ranges: in any order; they may overlap, and none match no document.
    /// - Throws: ``GramIndexError/Code/refused`` for a range with 0, which is no id.
    public static func documents(
        in ranges: [ClosedRange<UInt32>]
    ) throws(GramIndexError) -> Query {
        let ranges = ranges.map { cg_range(first: $0.lowerBound, last: $0.upperBound) }
        return try unsafe Query { out, error in
            unsafe cg_query_documents(ranges, ranges.count, out, error)
        }
    }

    /// Matches the documents in some groups that have some labels.
    ///
    /// - Parameters:
    ///   - groups: the groups that are wanted, of as many as there are; nil wants all.
    ///   - labels: the labels that are wanted; nil wants all.
    ///   - weight: what each of the documents weighs; 0 to 1,000,000.
    /// - Throws: ``GramIndexError/Code/refused`` for another weight.
    public static func documents(
        inGroups groups: BitSet? = nil, labels: BitSet? = nil, weight: Double = 0
    ) throws(GramIndexError) -> Query {
        precondition(labels == nil || labels?.limit == 256, "Labels are from 0 to 255")
        let groupBytes = groups?.bytes ?? []
        let labelBytes = labels?.bytes ?? []
        return try unsafe Query { out, error in
            unsafe groupBytes.withUnsafeBufferPointer { groupBytes in
                unsafe labelBytes.withUnsafeBufferPointer { labelBytes in
                    unsafe cg_query_filter(
                        groups == nil ? nil : groupBytes.baseAddress, groupBytes.count,
                        labels == nil ? nil : labelBytes.baseAddress, weight, out, error)
                }
            }
        }
    }

    /// Matches the documents whose text holds all parts of a match, and weighs them.
    ///
    /// - Throws: ``GramIndexError/Code/refused`` or ``GramIndexError/Code/tooComplex`` when the match
    ///   breaks a rule given at its properties.
    public static func text(_ match: TextMatch) throws(GramIndexError) -> Query {
        try unsafe Query { out, error in
            unsafe match.withMatch { unsafe cg_query_text($0, out, error) }
        }
    }

    private static func combine(
        _ how: cg_operator, _ queries: [Query]
    ) throws(GramIndexError) -> Query {
        let handles = unsafe queries.map { unsafe $0.handle }
        defer { withExtendedLifetime(queries) {} }
        return try unsafe Query { out, error in
            unsafe handles.withUnsafeBufferPointer { handles in
                unsafe cg_query_combine(how, handles.baseAddress, handles.count, out, error)
            }
        }
    }
}
