internal import CXapian

/// A database being written; while it lives, no other writer can open the folder.
///
///     var writer = try WritableDatabase(creatingAt: "index", storesTermLists: false)
///     try writer.add(batch)
///     try writer.finish()
///
/// Documents are numbered from 1 in the order they are added. When a write fails, libxapian has
/// dropped what was not committed, and every later call throws
/// ``XapianError/Code/writerUnusable``.
@safe public struct WritableDatabase: ~Copyable {
    let handle: OpaquePointer

    /// The folder, as it was given; empty for a database in memory.
    public let path: String

    /// Takes over a handle.
    init(handle: OpaquePointer, path: String) {
        unsafe self.handle = handle
        self.path = path
    }

    /// Makes a new database in a folder that does not exist yet.
    ///
    /// - Parameters:
    ///   - path: the folder; the one around it must exist.
    ///   - storesTermLists: whether a document's terms can be listed and the document replaced
    ///     later, by other software; without, the database is half as big.
    /// - Throws: ``XapianError/Code/databaseNotCreated`` when there is something at the path, or it
    ///   cannot be made.
    public init(creatingAt path: String, storesTermLists: Bool) throws(XapianError) {
        let bytes = Array(path.utf8)
        unsafe handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_writer_create(bytes, bytes.count, storesTermLists, out, error)
        }
        self.path = path
    }

    /// Opens a database to add to it.
    ///
    /// - Throws: ``XapianError/Code/databaseLocked`` while another writer has it open,
    ///   ``XapianError/Code/databaseNotFound`` when there is none.
    public init(openingAt path: String) throws(XapianError) {
        let bytes = Array(path.utf8)
        unsafe handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_writer_open(bytes, bytes.count, out, error)
        }
        self.path = path
    }

    // What was not committed may be kept or lost: `finish()` is the way to know.
    deinit {
        unsafe cx_writer_free(handle)
    }

    /// Adds all documents of a batch, or none.
    ///
    /// - Returns: the id of the first one, 0 for an empty batch; the others follow it.
    /// - Throws: ``XapianError/Code/refused`` with the index of the first bad document, which
    ///   leaves the writer as it was: a term must have 1 to 245 bytes and no NUL, data at most
    ///   1 MiB, numbers must be finite, and slot 4,294,967,295 does not exist.
    @discardableResult
    public mutating func add(_ batch: DocumentBatch) throws(XapianError) -> UInt32 {
        var first: UInt32 = 0
        try unsafe call(path: path) { error in
            unsafe batch.withBatch { unsafe cx_writer_add(handle, $0, &first, error) }
        }
        return first
    }

    /// Stores a value that belongs to the database as a whole, in place of what was there.
    ///
    /// - Parameters:
    ///   - value: any bytes; none removes the key.
    ///   - key: 1 to 200 bytes of UTF-8 without a NUL.
    /// - Throws: ``XapianError/Code/refused`` for another key.
    public mutating func setMetadata(_ value: [UInt8], forKey key: String) throws(XapianError) {
        let key = Array(key.utf8)
        try unsafe call(path: path) { error in
            unsafe cx_writer_set_metadata(handle, key, key.count, value, value.count, error)
        }
    }

    /// Makes everything added so far durable and visible to databases opened from now on.
    public mutating func commit() throws(XapianError) {
        try unsafe call(path: path) { error in unsafe cx_writer_commit(handle, error) }
    }

    /// Commits and closes the database.
    public consuming func finish() throws(XapianError) {
        try commit()
    }

    /// Commits, writes all of the database into one file, and closes both.
    ///
    /// - Parameter descriptor: a file, open for reading and writing; it is closed in any case.
    public consuming func finish(into descriptor: CInt) throws(XapianError) {
        try unsafe call(path: path) { error in
            unsafe cx_writer_finish(handle, descriptor, error)
        }
    }
}

extension WritableDatabase {
    /// Merges databases, each in one file, into a new one.
    ///
    /// Documents are numbered again from 1, first those of the first source, then those of the
    /// next, each in its old order. Of metadata with the same key the first is kept.
    ///
    /// - Parameters:
    ///   - sources: the files, open for reading, at least one. All must have term lists, or none.
    ///   - target: a file, open for reading and writing. All descriptors are closed in any case.
    public static func compact(_ sources: [CInt], into target: CInt) throws(XapianError) {
        try unsafe call { error in
            unsafe cx_compact(sources, sources.count, target, error)
        }
    }

    /// Writes the database in a folder into a new folder, with as little room in it as can be.
    ///
    /// Documents keep their numbers, and what is written may be added to, which makes it grow.
    ///
    /// - Parameters:
    ///   - path: the folder of a database that no writer has open.
    ///   - target: the folder to be made.
    public static func compact(folder path: String, into target: String) throws(XapianError) {
        let source = Array(path.utf8)
        let new = Array(target.utf8)
        try unsafe call(path: path) { error in
            unsafe cx_compact_folder(source, source.count, new, new.count, error)
        }
    }
}
