internal import CXapian

extension Database {
    /// Finds documents and copies a page of them in one call.
    ///
    ///     let found = try database.search(.term("fox"), SearchOptions(limit: 20))
    ///     for match in found.matches { print(match.documentID, match.weight) }
    ///
    /// - Parameters:
    ///   - query: which documents to find.
    ///   - options: how to search, and what to copy.
    /// - Throws: ``XapianError/Code/databaseModified`` when a writer has overwritten what was being
    ///   read: see ``reading(attempts:_:)``; ``XapianError/Code/featureUnavailable`` when the query
    ///   needs positions and there are none; ``XapianError/Code/wildcardTooWide`` as ``Query``
    ///   says; ``XapianError/Code/refused`` for options out of bounds.
    public func search(
        _ query: Query, _ options: SearchOptions = SearchOptions()
    ) throws(XapianError) -> MatchSet {
        precondition(options.offset >= 0 && options.limit >= 0, "Offset and limit are not negative")
        let found = try unsafe makeHandle(path: path) { out, error in
            unsafe options.withEnquiry {
                unsafe cx_database_enquire(
                    handle, query.handle, $0, out, error)
            }
        }
        withExtendedLifetime(query) {}
        defer { unsafe cx_matches_free(found) }
        return unsafe MatchSet(cx_matches_contents(found), options)
    }
}

extension SearchOptions {
    /// Calls `body` with the options in their C form, which live no longer than the call.
    fileprivate func withEnquiry<Result>(
        _ body: (UnsafePointer<cx_enquiry>) -> Result
    ) -> Result {
        let (sort, keys) = sorting
        let cKeys = keys.map {
            cx_sort_key(
                slot: $0.slot, is_descending: $0.isDescending, is_missing_last: $0.isMissingLast)
        }
        return unsafe cKeys.withUnsafeBufferPointer { keys in
            unsafe countedSlots.withUnsafeBufferPointer { counted in
                unsafe fetchedSlots.withUnsafeBufferPointer { fetched in
                    var enquiry = unsafe cx_enquiry()
                    unsafe enquiry.weighting = weighting.scheme
                    unsafe enquiry.sort = sort
                    unsafe enquiry.keys = keys.baseAddress
                    unsafe enquiry.key_count = keys.count
                    unsafe enquiry.is_highest_id_first = isHighestIDFirst
                    unsafe enquiry.offset = UInt32(clamping: offset)
                    unsafe enquiry.limit = UInt32(clamping: limit)
                    unsafe enquiry.check_at_least =
                        countedSlots.isEmpty ? UInt32(clamping: checkAtLeast) : .max
                    if let collapse {
                        unsafe enquiry.collapse_slot = collapse.slot
                        unsafe enquiry.collapse_limit = UInt32(clamping: max(1, collapse.kept))
                    }
                    unsafe enquiry.least_percent =
                        minimumPercent < 0 ? 101 : UInt32(clamping: minimumPercent)
                    unsafe enquiry.least_weight = minimumWeight
                    unsafe enquiry.time_limit = timeLimit.map(\.wholeSeconds) ?? 0
                    unsafe enquiry.counted_slots = counted.baseAddress
                    unsafe enquiry.counted_slot_count = counted.count
                    unsafe enquiry.wants_data = fetchesData
                    unsafe enquiry.wants_terms = fetchesTerms
                    unsafe enquiry.value_slots = fetched.baseAddress
                    unsafe enquiry.value_slot_count = fetched.count
                    return unsafe body(&enquiry)
                }
            }
        }
    }

    private var sorting: (cx_sort, [SortKey]) {
        switch order {
        case .relevance: (CX_SORT_RELEVANCE, [])
        case .keys(let keys): (CX_SORT_KEYS, keys)
        case .keysThenRelevance(let keys): (CX_SORT_KEYS_THEN_RELEVANCE, keys)
        case .relevanceThenKeys(let keys): (CX_SORT_RELEVANCE_THEN_KEYS, keys)
        }
    }
}

extension Duration {
    /// The duration in seconds; a negative one, which is no limit, is refused in C.
    fileprivate var wholeSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

extension MatchSet {
    /// Copies what C found.
    fileprivate init(_ view: cx_matches_view, _ options: SearchOptions) {
        matches = unsafe Self.matches(view, options)
        count = unsafe MatchCount(
            lowerBound: Int(view.lower_bound), estimate: Int(view.estimate),
            upperBound: Int(view.upper_bound))
        uncollapsedCount = unsafe MatchCount(
            lowerBound: Int(view.uncollapsed_lower_bound),
            estimate: Int(view.uncollapsed_estimate),
            upperBound: Int(view.uncollapsed_upper_bound))
        weightBound = unsafe view.weight_bound
        highestWeight = unsafe view.highest_weight
        valueCounts = unsafe Self.valueCounts(view, options)
    }

    private static func matches(_ view: cx_matches_view, _ options: SearchOptions) -> [Match] {
        let slots = options.fetchedSlots
        let rows = unsafe UnsafeBufferPointer(start: view.matches, count: view.match_count)
        let values = unsafe UnsafeBufferPointer(
            start: view.values, count: view.match_count * slots.count)
        let termCount = unsafe rows.reduce(0) { $0 + $1.term_count }
        let terms = unsafe UnsafeBufferPointer(start: view.terms, count: termCount)
        var firstTerm = 0
        var matches: [Match] = []
        matches.reserveCapacity(rows.count)
        for index in 0..<rows.count {
            let row = unsafe rows[index]
            let ownTerms = firstTerm..<firstTerm + row.term_count
            firstTerm = ownTerms.upperBound
            matches.append(
                Match(
                    documentID: row.document, rank: options.offset + index, weight: row.weight,
                    percent: Int(row.percent), collapsedCount: Int(row.collapsed),
                    data: unsafe text(row.data, in: view.pool),
                    terms: ownTerms.map { unsafe text(terms[$0], in: view.pool) },
                    slots: slots,
                    values: slots.indices.map {
                        unsafe text(values[index * slots.count + $0], in: view.pool)
                    }))
        }
        return matches
    }

    private static func valueCounts(
        _ view: cx_matches_view, _ options: SearchOptions
    ) -> [ValueCounts] {
        let slots = options.countedSlots
        let documents = unsafe UnsafeBufferPointer(
            start: view.counted_documents, count: slots.count)
        let counted = unsafe UnsafeBufferPointer(
            start: view.counted_values, count: view.counted_value_count)
        var elements = [[ValueCounts.Element]](repeating: [], count: slots.count)
        for index in 0..<counted.count {
            let value = unsafe counted[index]
            elements[value.slot].append(
                ValueCounts.Element(
                    value: unsafe text(value.value, in: view.pool), count: Int(value.count)))
        }
        return slots.indices.map { index in
            ValueCounts(
                slot: slots[index], documentCount: unsafe Int(documents[index]),
                elements: elements[index])
        }
    }

    /// The text of a slice of a pool that C keeps.
    private static func text(_ slice: cx_slice, in pool: UnsafePointer<UInt8>?) -> [UInt8] {
        unsafe Array(
            UnsafeBufferPointer(start: pool.map { unsafe $0 + slice.offset }, count: slice.length))
    }
}
