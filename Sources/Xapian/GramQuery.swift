internal import CXapian

/// Which documents to find, built from the leaves up.
///
///     let query = try GramQuery.filtered(.term("swift".utf8), by: .documents(in: [1...1000]))
///
/// Only ``text(_:)`` leaves give documents a weight. A query may be used for many searches and in
/// many other queries, but only on one thread at a time.
@safe public final class GramQuery {
    let handle: OpaquePointer

    private init(
        _ make: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cx_error>) -> cx_status
    ) throws(XapianError) {
        unsafe handle = try unsafe makeHandle(make)
    }

    deinit {
        unsafe cx_plan_free(handle)
    }

    /// The most queries that one operator may join.
    public static var maximumChildren: Int { Int(CX_MAX_CHILDREN) }

    /// The most operators that may stand one inside the other.
    public static var maximumDepth: Int { Int(CX_MAX_DEPTH) }

    /// Matches every document.
    public static func everything() throws(XapianError) -> GramQuery {
        try unsafe GramQuery { out, error in unsafe cx_plan_everything(out, error) }
    }

    /// Matches no document.
    public static func nothing() throws(XapianError) -> GramQuery {
        try unsafe GramQuery { out, error in unsafe cx_plan_nothing(out, error) }
    }

    /// Matches the documents that hold a term; weightless.
    ///
    /// - Throws: ``XapianError/Code/refused`` unless the term has 1 to 245 bytes.
    public static func term(_ term: some Collection<UInt8>) throws(XapianError) -> GramQuery {
        let term = Array(term)
        return try unsafe GramQuery { out, error in
            unsafe cx_plan_term(term, term.count, out, error)
        }
    }

    /// Matches the documents that all queries match; weights add up.
    ///
    /// No queries at all match every document.
    ///
    /// - Throws: ``XapianError/Code/tooComplex`` over ``maximumChildren`` or ``maximumDepth``.
    public static func all(_ queries: [GramQuery]) throws(XapianError) -> GramQuery {
        if queries.isEmpty { return try everything() }
        return try combine(CX_ALL, queries)
    }

    /// Matches the documents that at least one query matches; weights add up.
    ///
    /// No queries at all match no document.
    ///
    /// - Throws: ``XapianError/Code/tooComplex`` over ``maximumChildren`` or ``maximumDepth``.
    public static func any(_ queries: [GramQuery]) throws(XapianError) -> GramQuery {
        if queries.isEmpty { return try nothing() }
        return try combine(CX_ANY, queries)
    }

    /// Matches the documents of one query without those of another; weights are the first one's.
    ///
    /// - Throws: ``XapianError/Code/tooComplex`` over ``maximumDepth``.
    public static func difference(
        _ query: GramQuery, minus other: GramQuery
    ) throws(XapianError) -> GramQuery {
        try combine(CX_DIFFERENCE, [query, other])
    }

    /// Matches the documents that both queries match; weights are the first one's.
    ///
    /// - Throws: ``XapianError/Code/tooComplex`` over ``maximumDepth``.
    public static func filtered(_ query: GramQuery, by filter: GramQuery) throws(XapianError)
        -> GramQuery
    {
        try combine(CX_FILTERED, [query, filter])
    }

    /// Matches the documents of the first query; those of the second as well get its weight too.
    ///
    /// - Throws: ``XapianError/Code/tooComplex`` over ``maximumDepth``.
    public static func preferring(
        _ query: GramQuery, _ preferred: GramQuery
    ) throws(XapianError) -> GramQuery {
        try combine(CX_PREFERRING, [query, preferred])
    }

    /// Matches the documents whose ids lie in any of the ranges; weightless.
    ///
    /// - Parameter ranges: in any order; they may overlap, and none match no document.
    /// - Throws: ``XapianError/Code/refused`` for a range with 0, which is no id.
    public static func documents(
        in ranges: [ClosedRange<UInt32>]
    ) throws(XapianError) -> GramQuery {
        let ranges = ranges.map { cx_id_range(first: $0.lowerBound, last: $0.upperBound) }
        return try unsafe GramQuery { out, error in
            unsafe cx_plan_documents(ranges, ranges.count, out, error)
        }
    }

    /// Matches the documents in some groups that have some labels; weightless.
    ///
    /// - Parameters:
    ///   - groups: the groups that are wanted, of as many as there are; nil wants all.
    ///   - labels: the labels that are wanted; nil wants all.
    public static func documents(
        inGroups groups: BitSet? = nil, labels: BitSet? = nil
    ) throws(XapianError) -> GramQuery {
        precondition(labels == nil || labels?.limit == 256, "Labels are from 0 to 255")
        let groupBytes = groups?.bytes ?? []
        let labelBytes = labels?.bytes ?? []
        return try unsafe GramQuery { out, error in
            unsafe groupBytes.withUnsafeBufferPointer { groupBytes in
                unsafe labelBytes.withUnsafeBufferPointer { labelBytes in
                    unsafe cx_plan_filter(
                        groups == nil ? nil : groupBytes.baseAddress, groupBytes.count,
                        labels == nil ? nil : labelBytes.baseAddress, out, error)
                }
            }
        }
    }

    /// Matches the documents whose text holds all parts of a match, and weighs them.
    ///
    /// - Throws: ``XapianError/Code/refused`` or ``XapianError/Code/tooComplex`` when the match
    ///   breaks a rule given at its properties.
    public static func text(_ match: TextMatch) throws(XapianError) -> GramQuery {
        try unsafe GramQuery { out, error in
            unsafe match.withMatch { unsafe cx_plan_text($0, out, error) }
        }
    }

    private static func combine(
        _ how: cx_operator, _ queries: [GramQuery]
    ) throws(XapianError) -> GramQuery {
        let handles = unsafe queries.map { unsafe $0.handle }
        defer { withExtendedLifetime(queries) {} }
        return try unsafe GramQuery { out, error in
            unsafe handles.withUnsafeBufferPointer { handles in
                unsafe cx_plan_combine(how, handles.baseAddress, handles.count, out, error)
            }
        }
    }
}
