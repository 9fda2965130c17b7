internal import CXapian

/// A database open for reading, as it was when it was opened.
///
///     let database = try Database(path: "index")
///     let page = try database.search(.term("swift".utf8), limit: 10, order: .documentID)
///
/// A folder that a writer changes meanwhile may make a call throw
/// ``XapianError/Code/databaseModified``: open it again.
@safe public struct Database: ~Copyable {
    let handle: OpaquePointer

    /// The folder or the name of the file, as it was given, or what else errors name: a server's host
    /// and port, the first of several; empty for a database in memory.
    public internal(set) var path: String

    /// How many documents there are, as of when it was opened, reopened or added to.
    public private(set) var documentCount: Int

    /// The highest document id ever used, as of then; 0 in an empty database.
    public private(set) var lastDocumentID: UInt32

    /// The sum of the frequencies of all terms in all documents, as of then.
    public private(set) var totalLength: UInt64

    /// Opens a folder that holds one glass database.
    ///
    /// - Parameter path: the folder.
    /// - Throws: ``XapianError/Code/databaseNotFound`` when the path is no such folder,
    ///   ``XapianError/Code/databaseNotOpened`` when it may not be read,
    ///   ``XapianError/Code/databaseCorrupt`` when it is damaged,
    ///   ``XapianError/Code/databaseVersion`` when another libxapian made it.
    public init(path: String) throws(XapianError) {
        let bytes = Array(path.utf8)
        let handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_database_open(bytes, bytes.count, out, error)
        }
        try unsafe self.init(handle: handle, path: path)
    }

    /// Opens a glass database in one file, such as ``WritableDatabase/finish(into:)`` writes.
    ///
    /// - Parameters:
    ///   - descriptor: the file, open for reading; it is closed with the database, and when this
    ///     fails.
    ///   - name: what errors call it.
    public init(descriptor: CInt, name: String) throws(XapianError) {
        let handle = try unsafe makeHandle(path: name) { out, error in
            unsafe cx_database_open_descriptor(descriptor, out, error)
        }
        try unsafe self.init(handle: handle, path: name)
    }

    /// Takes over a handle, and frees it when it cannot be read.
    init(handle: OpaquePointer, path: String) throws(XapianError) {
        let counts: cx_counts
        do {
            counts = try unsafe Self.counts(of: handle, path: path)
        } catch {
            unsafe cx_database_free(handle)
            throw error
        }
        unsafe self.handle = handle
        self.path = path
        documentCount = Int(counts.document_count)
        lastDocumentID = counts.last_document
        totalLength = counts.total_length
    }

    /// Asks for the counts again.
    mutating func refreshCounts() throws(XapianError) {
        let counts = try unsafe Self.counts(of: handle, path: path)
        documentCount = Int(counts.document_count)
        lastDocumentID = counts.last_document
        totalLength = counts.total_length
    }

    private static func counts(
        of handle: OpaquePointer, path: String
    ) throws(XapianError) -> cx_counts {
        var counts = cx_counts()
        try unsafe call(path: path) { error in
            unsafe cx_database_counts(handle, &counts, error)
        }
        return counts
    }

    deinit {
        unsafe cx_database_free(handle)
    }

    /// Returns how many documents hold a term; 0 for bytes that cannot be a term.
    public func termFrequency(of term: some Collection<UInt8>) throws(XapianError) -> Int {
        let term = Array(term)
        var frequency: UInt32 = 0
        try unsafe call(path: path) { error in
            unsafe cx_database_term_frequency(handle, term, term.count, &frequency, error)
        }
        return Int(frequency)
    }

    /// Returns what was stored for the database as a whole; nil when the key is not there.
    public func metadata(forKey key: String) throws(XapianError) -> [UInt8]? {
        let key = Array(key.utf8)
        guard !key.isEmpty else { return nil }
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_metadata(handle, key, key.count, out, error)
        }
        guard let value = list.texts.first, !value.isEmpty else { return nil }
        return value
    }

    /// Returns the data of documents, in the order asked for.
    ///
    /// - Throws: ``XapianError/Code/documentNotFound`` with the index of the first missing one.
    public func documentData(of ids: [UInt32]) throws(XapianError) -> [[UInt8]] {
        try unsafe List(path: path) { out, error in
            unsafe cx_database_data(handle, ids, ids.count, out, error)
        }.texts
    }

    /// Returns the bytes in one slot of documents, in the order asked for; empty where there are
    /// none.
    ///
    /// - Throws: ``XapianError/Code/documentNotFound`` with the index of the first missing one.
    public func values(inSlot slot: UInt32, of ids: [UInt32]) throws(XapianError) -> [[UInt8]] {
        try unsafe List(path: path) { out, error in
            unsafe cx_database_values(handle, slot, ids, ids.count, out, error)
        }.texts
    }

    /// Returns every number in a slot.
    ///
    /// - Returns: the ids of the documents that have a value there, ascending, and the number of
    ///   each. Bytes that were not stored as a number give some number.
    public func valueColumn(
        _ slot: UInt32
    ) throws(XapianError) -> (ids: [UInt32], numbers: [Double]) {
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_value_column(handle, slot, out, error)
        }
        return (list.integers, list.numbers)
    }

    /// Some of a database's terms.
    public struct Terms: Sendable, Equatable {
        /// A term and how many documents hold it.
        public struct Element: Sendable, Equatable {
            /// The term's bytes.
            public let term: [UInt8]

            /// How many documents hold it.
            public let frequency: Int
        }

        /// The terms, in byte order.
        public let elements: [Element]

        /// Whether these are all there are; false when the limit cut the list.
        public let isComplete: Bool
    }

    /// Returns the terms that begin with the given bytes, in byte order.
    ///
    /// - Parameters:
    ///   - prefix: any bytes; none stands for all terms.
    ///   - limit: the most terms to return, not negative.
    public func terms(
        withPrefix prefix: some Collection<UInt8>, limit: Int
    ) throws(XapianError) -> Terms {
        precondition(limit >= 0, "A limit is never negative")
        let prefix = Array(prefix)
        var isComplete = true
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_terms(
                handle, prefix, prefix.count, limit, &isComplete, out, error)
        }
        let elements = zip(list.texts, list.integers).map {
            Terms.Element(term: $0, frequency: Int($1))
        }
        return Terms(elements: elements, isComplete: isComplete)
    }

    /// Returns the ids of all documents that hold a term, ascending.
    public func documentIDs(
        matching term: some Collection<UInt8>
    ) throws(XapianError) -> [UInt32] {
        let term = Array(term)
        return try unsafe List(path: path) { out, error in
            unsafe cx_database_postings(handle, term, term.count, out, error)
        }.integers
    }
}
