internal import CXapian

// Single documents, transactions, databases in memory.

extension WritableDatabase {
    /// Makes an empty database that lives in memory, for tests and for what is small.
    ///
    /// It is gone when the writer and the databases made by ``reader()`` are. It has no
    /// transactions.
    public static func inMemory() throws(XapianError) -> WritableDatabase {
        let handle = try unsafe makeHandle { out, error in
            unsafe cx_writer_create_in_memory(out, error)
        }
        return unsafe WritableDatabase(handle: handle, path: "")
    }

    /// Returns a database that reads what was written, committed or not.
    ///
    /// It shows later changes too, after ``Database/reopen()`` in its counts as well, and keeps the
    /// database open, and locked, as long as it lives.
    public func reader() throws(XapianError) -> Database {
        let reader = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_writer_reader(handle, out, error)
        }
        return try unsafe Database(handle: reader, path: path)
    }

    /// Adds a document and returns its id, one above the highest ever used.
    ///
    /// - Throws: ``XapianError/Code/refused`` for a bad document, as ``add(_:)-(DocumentBatch)``
    ///   does; the writer is as it was.
    @discardableResult
    public mutating func add(_ document: Document) throws(XapianError) -> UInt32 {
        try add(document.batch)
    }

    /// Puts a document in place of another, or adds it with an id that no other has.
    ///
    /// - Parameters:
    ///   - id: 1 or more.
    ///   - document: what takes its place.
    /// - Throws: ``XapianError/Code/refused`` for a bad document,
    ///   ``XapianError/Code/featureUnavailable`` when the database has no term lists; the writer is
    ///   as it was.
    public mutating func replace(_ id: UInt32, with document: Document) throws(XapianError) {
        try unsafe call(path: path) { error in
            unsafe document.batch.withBatch { unsafe cx_writer_replace(handle, id, $0, error) }
        }
    }

    /// Puts a document in place of all that hold a term, or adds it when none does.
    ///
    /// With a boolean term that names one document, such as "Q" and its address, writing it again
    /// takes no look whether it was there.
    ///
    /// - Returns: the id of the document: the lowest of those that it replaces.
    /// - Throws: as ``replace(_:with:)`` does.
    @discardableResult
    public mutating func replaceDocuments(
        with term: some ByteString, by document: Document
    ) throws(XapianError) -> UInt32 {
        let term = term.byteString
        var id: UInt32 = 0
        try unsafe call(path: path) { error in
            unsafe document.batch.withBatch {
                unsafe cx_writer_replace_all(handle, term, term.count, $0, &id, error)
            }
        }
        return id
    }

    /// Deletes a document; its id is not used again.
    ///
    /// - Throws: ``XapianError/Code/documentNotFound`` when there is none,
    ///   ``XapianError/Code/featureUnavailable`` when the database has no term lists; the writer is
    ///   as it was.
    public mutating func delete(_ id: UInt32) throws(XapianError) {
        try unsafe call(path: path) { error in unsafe cx_writer_delete(handle, id, error) }
    }

    /// Deletes all documents that hold a term; there may be none.
    ///
    /// - Throws: ``XapianError/Code/featureUnavailable`` when the database has no term lists; the
    ///   writer is as it was.
    public mutating func deleteDocuments(with term: some ByteString) throws(XapianError) {
        let term = term.byteString
        try unsafe call(path: path) { error in
            unsafe cx_writer_delete_all(handle, term, term.count, error)
        }
    }

    /// Begins a transaction: what is written in it becomes visible all at once, or never.
    ///
    /// Without one libxapian commits by itself after some ten thousand documents.
    ///
    /// - Parameter isFlushed: whether what was written before is committed now, and the transaction
    ///   when it ends; otherwise both wait for the next commit.
    /// - Throws: ``XapianError/Code/invalidOperation`` inside a transaction,
    ///   ``XapianError/Code/unimplemented`` in memory; the writer is as it was.
    public mutating func beginTransaction(isFlushed: Bool = true) throws(XapianError) {
        try unsafe call(path: path) { error in
            unsafe cx_writer_begin_transaction(handle, isFlushed, error)
        }
    }

    /// Ends the transaction and keeps what was written in it.
    ///
    /// - Throws: ``XapianError/Code/invalidOperation`` outside a transaction.
    public mutating func commitTransaction() throws(XapianError) {
        try unsafe call(path: path) { error in unsafe cx_writer_commit_transaction(handle, error) }
    }

    /// Ends the transaction and forgets what was written in it.
    ///
    /// - Throws: ``XapianError/Code/invalidOperation`` outside a transaction.
    public mutating func cancelTransaction() throws(XapianError) {
        try unsafe call(path: path) { error in unsafe cx_writer_cancel_transaction(handle, error) }
    }
}
