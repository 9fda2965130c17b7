internal import CGramIndex

/// Which hits come first.
public enum Order: Sendable, Equatable {
    /// The highest weight first, then the lowest document number.
    case relevance

    /// By the key of the document's group, then the highest weight, then the lowest document number.
    ///
    /// There is a key for each group. Documents without one come last, whichever the direction:
    /// NaN stands for none.
    case keys([Double], descending: Bool)

    /// The lowest document number first; weights are not computed.
    case documentID
}

/// A document that was found.
public struct Hit: Sendable, Equatable {
    /// The document's id, from 1.
    public let documentID: UInt32

    /// How well the document matches; 0 when ordered by document number.
    public let weight: Double

    /// The key it was sorted by; nil when there was none.
    public let key: Double?
}

/// The first hits of a search, and how many there are.
public struct Page: Sendable, Equatable {
    /// How many documents match, exactly.
    public let totalCount: Int

    /// The first of them.
    public let hits: [Hit]

    /// How many groups they are of; nil when it was not asked for.
    public let groupCount: Int?
}

extension TextIndex {
    /// Finds the documents that match a query, counts them all and returns the first.
    ///
    /// - Parameters:
    ///   - query: which documents to find.
    ///   - limit: the most hits to return, not negative; 0 only counts.
    ///   - order: which come first.
    ///   - countsGroups: whether the groups that they are of are counted.
    /// - Throws: ``GramIndexError/Code/refused`` when there are not as many keys as groups.
    public func search(
        _ query: Query, limit: Int, order: Order, countsGroups: Bool = false
    ) throws(GramIndexError) -> Page {
        precondition(limit >= 0, "A limit is never negative")
        var keys: [Double] = []
        var isDescending = false
        let how: cg_order
        switch order {
        case .relevance:
            how = CG_BY_RELEVANCE
        case .documentID:
            how = CG_BY_DOCUMENT
        case .keys(let given, let descending):
            how = CG_BY_KEY
            keys = given
            isDescending = descending
        }
        let page = try unsafe makeHandle { out, error in
            unsafe keys.withUnsafeBufferPointer { keys in
                var options = unsafe cg_search_options(
                    limit: limit, order: how, keys: keys.baseAddress, key_count: keys.count,
                    descending: isDescending,
                    counts_groups: countsGroups)
                return unsafe cg_search(handle, query.handle, &options, out, error)
            }
        }
        withExtendedLifetime(query) {}
        defer { unsafe cg_page_free(page) }
        let view = unsafe cg_page_contents(page)
        let hits = unsafe UnsafeBufferPointer(start: view.hits, count: view.hit_count).map {
            Hit(documentID: $0.document, weight: $0.weight, key: $0.has_key ? $0.key : nil)
        }
        return unsafe Page(
            totalCount: Int(view.total), hits: hits,
            groupCount: countsGroups ? Int(view.groups) : nil)
    }
}
