internal import CGramIndex

/// An index of texts, open for reading.
///
///     let index = try TextIndex(BlockFile(path: "texts"))
///     let page = try index.search(.term("title".utf8), limit: 10, order: .documentID)
///
/// Its documents are numbered from 1 without a gap.
@safe public struct TextIndex: ~Copyable {
    let handle: OpaquePointer

    /// How many documents there are; also the number of the last one.
    public let documentCount: Int

    /// Opens the index that a file holds in the columns of ``IndexColumn``.
    ///
    /// - Throws: ``GramIndexError/Code/damaged`` when the columns do not belong together.
    public init(_ file: BlockFile) throws(GramIndexError) {
        unsafe handle = try unsafe makeHandle { out, error in
            unsafe cg_index_open(file.handle, out, error)
        }
        documentCount = unsafe Int(cg_index_document_count(handle))
    }

    deinit {
        unsafe cg_index_free(handle)
    }

    /// How many documents hold a term.
    public func frequency(of term: some Collection<UInt8>) throws(GramIndexError) -> Int {
        let term = Array(term)
        var frequency: UInt32 = 0
        try unsafe call { error in
            unsafe cg_index_frequency(handle, term, term.count, &frequency, error)
        }
        return Int(frequency)
    }

    /// The numbers of all documents that hold a term, ascending.
    public func documentIDs(
        holding term: some Collection<UInt8>
    ) throws(GramIndexError) -> [UInt32] {
        let term = Array(term)
        return try unsafe List(path: nil) { out, error in
            unsafe cg_index_documents(handle, term, term.count, out, error)
        }.integers
    }

    /// Some terms of an index.
    public struct Terms: Sendable, Equatable {
        /// A term, and how many documents hold it.
        public struct Element: Sendable, Equatable {
            /// The term.
            public let term: [UInt8]
            /// How many documents hold it.
            public let frequency: Int
        }

        /// The terms, in byte order.
        public let elements: [Element]
        /// Whether there are no more.
        public let isComplete: Bool
    }

    /// The first terms that begin with a prefix, in byte order.
    ///
    /// - Parameters:
    ///   - prefix: the bytes that they begin with; none for all terms.
    ///   - limit: the most terms to return, not negative.
    public func terms(
        withPrefix prefix: some Collection<UInt8>, limit: Int
    ) throws(GramIndexError) -> Terms {
        precondition(limit >= 0, "A limit is never negative")
        let prefix = Array(prefix)
        var isComplete = true
        let list = try unsafe List(path: nil) { out, error in
            unsafe cg_index_terms(
                handle, prefix, prefix.count, limit, &isComplete, out, error)
        }
        let elements = zip(list.texts, list.integers).map {
            Terms.Element(term: $0, frequency: Int($1))
        }
        return Terms(elements: elements, isComplete: isComplete)
    }
}
