internal import CXapian

/// Which documents to find, and how they weigh; built from the leaves up ("Xapian::Query").
///
///     let fox = try Query.or([.term("fox"), .term("lazy")])
///     let query = try Query.filter(fox, by: .term("Len"))
///
/// A query may be used for many searches and in many other queries, but on one thread at a time:
/// libxapian counts references without atomics, so it is not `Sendable`.
///
/// Every function throws ``XapianError/Code/refused`` for an argument that libxapian would take for
/// something else, such as a term of no bytes, which it takes for every document, or of more than
/// 245; and ``XapianError/Code/tooComplex`` over ``maximumOperands`` or ``maximumDepth``.
@safe public final class Query {
    let handle: OpaquePointer

    private init(
        _ make: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cx_error>) -> cx_status
    ) throws(XapianError) {
        unsafe handle = try unsafe makeHandle(make)
    }

    deinit {
        unsafe cx_query_free(handle)
    }

    /// The most queries that one operator may join.
    public static var maximumOperands: Int { Int(CX_MAX_CHILDREN) }

    /// The most operators that may stand one inside the other.
    public static var maximumDepth: Int { Int(CX_MAX_DEPTH) }
}

// MARK: - Leaves

extension Query {
    /// Matches every document; weightless ("Query(std::string())").
    public static func everything() throws(XapianError) -> Query {
        try unsafe Query { out, error in unsafe cx_query_everything(out, error) }
    }

    /// Matches no document ("MatchNothing").
    public static func nothing() throws(XapianError) -> Query {
        try unsafe Query { out, error in unsafe cx_query_nothing(out, error) }
    }

    /// Matches the documents that hold a term, and weighs them.
    ///
    /// - Parameters:
    ///   - term: 1 to 245 bytes.
    ///   - frequency: how often the query holds it, which schemes such as BM25 look at.
    public static func term(
        _ term: some ByteString, frequency: UInt32 = 1
    ) throws(XapianError) -> Query {
        let term = term.byteString
        return try unsafe Query { out, error in
            unsafe cx_query_term(term, term.count, frequency, out, error)
        }
    }

    /// What is done when more terms begin with a prefix than a query may have.
    public enum Expansion: Sendable {
        /// The search throws ``XapianError/Code/wildcardTooWide``.
        case fails
        /// The first terms in byte order are taken.
        case takesFirst
        /// The terms in most documents are taken.
        case takesMostFrequent
    }

    /// Matches the documents with a term that begins with the given bytes, which are then weighed as
    /// one term ("OP_WILDCARD").
    ///
    /// - Parameters:
    ///   - prefix: 1 to 245 bytes.
    ///   - limit: the most terms, 1 or more; thousands take tenths of a second.
    ///   - expansion: what is done when there are more.
    public static func prefix(
        _ prefix: some ByteString, limit: Int = 1000, beyond expansion: Expansion = .fails
    ) throws(XapianError) -> Query {
        let prefix = prefix.byteString
        let beyond =
            switch expansion {
            case .fails: CX_EXPANSION_FAILS
            case .takesFirst: CX_EXPANSION_FIRST
            case .takesMostFrequent: CX_EXPANSION_MOST_FREQUENT
            }
        let limit = UInt32(clamping: max(0, limit))
        return try unsafe Query { out, error in
            unsafe cx_query_prefix(
                prefix, prefix.count, limit, beyond, CX_SYNONYM, out, error)
        }
    }

    /// Matches the documents where the terms stand in their order, within a window ("OP_PHRASE").
    ///
    /// A search throws ``XapianError/Code/featureUnavailable`` when the database has no positions:
    /// libxapian would look for documents with all of the terms.
    ///
    /// - Parameters:
    ///   - terms: one or more, each of 1 to 245 bytes.
    ///   - window: how many positions they may take, at least one a term; nil for just as many.
    public static func phrase(
        _ terms: [some ByteString], window: Int? = nil
    ) throws(XapianError) -> Query {
        try sequence(terms.map(\.byteString), isOrdered: true, window: window)
    }

    /// Matches the documents where the terms stand near each other, in any order ("OP_NEAR").
    ///
    /// - Parameters:
    ///   - terms: one or more, each of 1 to 245 bytes.
    ///   - window: how many positions they may take, at least one a term; nil for just as many.
    public static func near(
        _ terms: [some ByteString], window: Int? = nil
    ) throws(XapianError) -> Query {
        try sequence(terms.map(\.byteString), isOrdered: false, window: window)
    }

    private static func sequence(
        _ terms: [[UInt8]], isOrdered: Bool, window: Int?
    ) throws(XapianError) -> Query {
        var pool = Pool()
        let slices = terms.map { pool.add($0) }
        // A window of 0 stands for none, so a wrong one must not become it.
        let window = window.map { UInt32(clamping: max(1, $0)) } ?? 0
        return try unsafe Query { out, error in
            unsafe cx_query_sequence(
                isOrdered, pool.bytes, pool.bytes.count, slices, slices.count, window, out, error)
        }
    }
}

// MARK: - Values

extension Query {
    /// Matches the documents that have any value in a slot; weightless.
    public static func anyValue(inSlot slot: UInt32) throws(XapianError) -> Query {
        try values(slot, from: nil, through: nil)
    }

    /// Matches the documents with a number in a slot that is no less; weightless ("OP_VALUE_GE").
    public static func values(
        inSlot slot: UInt32, atLeast number: Double
    ) throws(XapianError) -> Query {
        try values(slot, from: SortableNumber.bytes(of: number), through: nil)
    }

    /// Matches the documents with a number in a slot that is no more; weightless ("OP_VALUE_LE").
    public static func values(
        inSlot slot: UInt32, atMost number: Double
    ) throws(XapianError) -> Query {
        try values(slot, from: nil, through: SortableNumber.bytes(of: number))
    }

    /// Matches the documents with a number in a slot that lies in a range; weightless
    /// ("OP_VALUE_RANGE").
    public static func values(
        inSlot slot: UInt32, in range: ClosedRange<Double>
    ) throws(XapianError) -> Query {
        try values(
            slot, from: SortableNumber.bytes(of: range.lowerBound),
            through: SortableNumber.bytes(of: range.upperBound))
    }

    /// Matches the documents with a value in a slot that is not below some bytes; weightless.
    public static func values(
        inSlot slot: UInt32, atLeast value: some ByteString
    ) throws(XapianError) -> Query {
        try values(slot, from: value.byteString, through: nil)
    }

    /// Matches the documents with a value in a slot that is not above some bytes; weightless.
    public static func values(
        inSlot slot: UInt32, atMost value: some ByteString
    ) throws(XapianError) -> Query {
        try values(slot, from: nil, through: value.byteString)
    }

    /// Matches the documents with a value in a slot neither below nor above some bytes; weightless.
    public static func values(
        inSlot slot: UInt32, from lower: some ByteString, through upper: some ByteString
    ) throws(XapianError) -> Query {
        try values(slot, from: lower.byteString, through: upper.byteString)
    }

    private static func values(
        _ slot: UInt32, from lower: [UInt8]?, through upper: [UInt8]?
    ) throws(XapianError) -> Query {
        var pool = Pool()
        // No lower bound and one of no bytes are the same: every value is above it.
        var from = pool.add(lower ?? [])
        var through = pool.add(upper ?? [])
        return try unsafe Query { out, error in
            unsafe withUnsafePointer(to: &through) { through in
                unsafe cx_query_values(
                    slot, &from, upper == nil ? nil : through, pool.bytes, pool.bytes.count, out,
                    error)
            }
        }
    }
}

// MARK: - Operators

extension Query {
    /// Matches the documents that all queries match; weights add up.
    ///
    /// No queries match everything.
    public static func and(_ queries: [Query]) throws(XapianError) -> Query {
        queries.isEmpty ? try everything() : try join(CX_AND, queries)
    }

    /// Matches the documents that at least one query matches; weights add up.
    ///
    /// No queries match nothing.
    public static func or(_ queries: [Query]) throws(XapianError) -> Query {
        queries.isEmpty ? try nothing() : try join(CX_OR, queries)
    }

    /// Matches the documents that an odd number of the queries matches; weights add up.
    ///
    /// Over several databases all matches are ranked whatever the limit, and least weights throw
    /// ``XapianError/Code/unimplemented``: there libxapian 1.4.22 crashes. So it is with ``maximum(_:)``.
    public static func xor(_ queries: [Query]) throws(XapianError) -> Query {
        queries.isEmpty ? try nothing() : try join(CX_XOR, queries)
    }

    /// Matches the documents of one query without those of another; weights are the first one's.
    public static func andNot(_ query: Query, _ other: Query) throws(XapianError) -> Query {
        try join(CX_AND_NOT, [query, other])
    }

    /// Matches the documents of the first query; those of the second as well get its weight too.
    public static func andMaybe(_ query: Query, _ other: Query) throws(XapianError) -> Query {
        try join(CX_AND_MAYBE, [query, other])
    }

    /// Matches the documents that both queries match; weights are the first one's.
    public static func filter(_ query: Query, by filter: Query) throws(XapianError) -> Query {
        try join(CX_FILTER, [query, filter])
    }

    /// Matches what ``or(_:)`` matches and weighs it as if all queries were one term.
    public static func synonym(_ queries: [Query]) throws(XapianError) -> Query {
        queries.isEmpty ? try nothing() : try join(CX_SYNONYM, queries)
    }

    /// Matches what ``or(_:)`` matches, with the highest of the weights ("OP_MAX").
    public static func maximum(_ queries: [Query]) throws(XapianError) -> Query {
        queries.isEmpty ? try nothing() : try join(CX_MAXIMUM, queries)
    }

    /// Matches what ``or(_:)`` of the queries does that can weigh most in the database searched.
    ///
    /// - Parameters:
    ///   - queries: the queries to choose from.
    ///   - count: how many to choose, 1 or more.
    public static func eliteSet(_ queries: [Query], count: Int) throws(XapianError) -> Query {
        if queries.isEmpty { return try nothing() }
        return try join(CX_ELITE_SET, queries, size: UInt32(clamping: max(1, count)))
    }

    /// Matches what a query matches, with its weights multiplied ("OP_SCALE_WEIGHT").
    ///
    /// - Parameters:
    ///   - query: the query.
    ///   - factor: finite and not negative; 0 makes it weightless.
    public static func scale(_ query: Query, by factor: Double) throws(XapianError) -> Query {
        defer { withExtendedLifetime(query) {} }
        return try unsafe Query { out, error in
            unsafe cx_query_scaled(query.handle, factor, out, error)
        }
    }

    private static func join(
        _ how: cx_query_operator, _ queries: [Query], size: UInt32 = 0
    ) throws(XapianError) -> Query {
        let handles = unsafe queries.map { unsafe $0.handle }
        defer { withExtendedLifetime(queries) {} }
        return try unsafe Query { out, error in
            unsafe handles.withUnsafeBufferPointer { handles in
                unsafe cx_query_join(how, handles.baseAddress, handles.count, size, out, error)
            }
        }
    }
}

extension Query: CustomDebugStringConvertible {
    /// What libxapian calls the query, terms and all: not for messages to users.
    public var debugDescription: String {
        let list = try? unsafe List(path: nil) { out, error in
            unsafe cx_query_description(handle, out, error)
        }
        return String(decoding: list?.texts.first ?? [], as: UTF8.self)
    }
}
