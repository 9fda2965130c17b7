internal import CXapian

// Statistics, terms and documents.

/// What is known of a database as a whole.
public struct DatabaseStatistics: Sendable, Equatable {
    /// How many documents there are.
    public let documentCount: Int
    /// The highest document id ever used; 0 in an empty database.
    public let lastDocumentID: UInt32
    /// The sum of the lengths of all documents.
    ///
    /// A document's length is the sum of its terms' frequencies.
    public let totalLength: UInt64
    /// The mean length of a document; 0 in an empty database.
    public let averageLength: Double
    /// Between which lengths those of all documents lie; bounds need not be reached.
    public let lengthBounds: ClosedRange<UInt32>
    /// Whether any term has positions: without, phrases cannot be found.
    public let hasPositions: Bool
}

/// What is known of a term.
public struct TermStatistics: Sendable, Equatable {
    /// How many documents hold it.
    public let documentFrequency: Int
    /// How often they hold it, all together.
    public let collectionFrequency: UInt64
    /// A frequency that it has in no document more than.
    public let frequencyBound: UInt32
}

/// What is known of the values in a slot.
public struct ValueStatistics: Sendable, Equatable {
    /// How many documents have a value there.
    public let documentFrequency: Int
    /// A value that none is below; empty when there is none.
    public let lowerBound: [UInt8]
    /// A value that none is above; empty when there is none.
    public let upperBound: [UInt8]
}

/// A document that holds a term.
public struct Posting: Sendable, Equatable {
    /// The document's id.
    public let documentID: UInt32
    /// How often it holds the term; 0 for a term that only filters.
    public let frequency: UInt32
}

extension Database {
    /// Returns what is known of the database as a whole.
    public func statistics() throws(XapianError) -> DatabaseStatistics {
        var found = cx_statistics()
        try unsafe call(path: path) { error in
            unsafe cx_database_statistics(handle, &found, error)
        }
        let longest = max(found.length_lower_bound, found.length_upper_bound)
        return DatabaseStatistics(
            documentCount: Int(found.document_count), lastDocumentID: found.last_document,
            totalLength: found.total_length, averageLength: found.average_length,
            lengthBounds: found.length_lower_bound...longest, hasPositions: found.has_positions)
    }

    /// Returns what is known of a term; zeros for one that no document holds.
    public func statistics(ofTerm term: some ByteString) throws(XapianError) -> TermStatistics {
        let term = term.byteString
        var found = cx_term_statistics()
        try unsafe call(path: path) { error in
            unsafe cx_database_term_statistics(handle, term, term.count, &found, error)
        }
        return TermStatistics(
            documentFrequency: Int(found.document_frequency),
            collectionFrequency: found.collection_frequency,
            frequencyBound: found.frequency_upper_bound)
    }

    /// Returns what is known of the values in a slot.
    public func statistics(ofSlot slot: UInt32) throws(XapianError) -> ValueStatistics {
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_value_statistics(handle, slot, out, error)
        }
        return ValueStatistics(
            documentFrequency: Int(list.integers[0]), lowerBound: list.texts[0],
            upperBound: list.texts[1])
    }

    /// Returns the UUID that the database was made with, in its usual form; of several, all of them
    /// with colons between.
    public func identifier() throws(XapianError) -> String {
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_identifier(handle, out, error)
        }
        return String(decoding: list.texts[0], as: UTF8.self)
    }

    /// Returns a document.
    ///
    /// - Parameters:
    ///   - id: its id.
    ///   - parts: which parts to read.
    /// - Throws: ``XapianError/Code/documentNotFound`` when there is none,
    ///   ``XapianError/Code/featureUnavailable`` when a part needs term lists and there are none.
    public func document(
        _ id: UInt32, parts: StoredDocument.Parts = .all
    ) throws(XapianError) -> StoredDocument {
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_document(handle, id, parts.rawValue, out, error)
        }
        return StoredDocument(id: id, list: list)
    }

    /// Returns the length of a document, the sum of its terms' frequencies, and how many different
    /// terms it holds.
    ///
    /// - Throws: ``XapianError/Code/documentNotFound`` when there is none.
    public func length(
        ofDocument id: UInt32
    ) throws(XapianError) -> (length: Int, termCount: Int) {
        let list = try unsafe List(path: path) { out, error in
            unsafe cx_database_document_length(handle, id, out, error)
        }
        return (Int(list.integers[0]), Int(list.integers[1]))
    }

    /// Returns the documents that hold a term, by id.
    public func postings(of term: some ByteString) throws(XapianError) -> [Posting] {
        let term = term.byteString
        let integers = try unsafe List(path: path) { out, error in
            unsafe cx_database_posting_counts(handle, term, term.count, out, error)
        }.integers
        return stride(from: 0, to: integers.count, by: 2).map {
            Posting(documentID: integers[$0], frequency: integers[$0 + 1])
        }
    }

    /// Returns where a term stands in a document, ascending.
    public func positions(
        of term: some ByteString, inDocument id: UInt32
    ) throws(XapianError) -> [UInt32] {
        let term = term.byteString
        return try unsafe List(path: path) { out, error in
            unsafe cx_database_positions(handle, id, term, term.count, out, error)
        }.integers
    }

    /// Returns the keys of metadata that begin with the given bytes, in byte order.
    ///
    /// - Throws: ``XapianError/Code/unimplemented`` for a database in memory.
    public func metadataKeys(
        withPrefix prefix: some ByteString = ""
    ) throws(XapianError) -> [[UInt8]] {
        let prefix = prefix.byteString
        return try unsafe List(path: path) { out, error in
            unsafe cx_database_metadata_keys(handle, prefix, prefix.count, out, error)
        }.texts
    }
}
