internal import CXapian

/// Lists of the documents that hold frequent terms, being made for a section file.
///
/// libxapian takes longer to write a posting, and to step over it, than a list in a mapped file
/// does. A database that is opened with the file knows the terms of both; no document may be in the
/// list of a term and hold it in the database too.
///
///     var lists = try PostingLists(of: [Array("策".utf8), Array("政".utf8)])
///     try lists.add([0, 0, 1], inDocument: 1)  // 策 twice
///     try lists.write(to: &file)
@safe public struct PostingLists: ~Copyable {
    private let handle: OpaquePointer

    /// Begins the lists of terms.
    ///
    /// - Parameter terms: in byte order, each once.
    public init(of terms: [[UInt8]]) throws(XapianError) {
        var pool = Pool()
        let slices = terms.map { pool.add($0) }
        unsafe handle = try unsafe makeHandle { out, error in
            unsafe cx_lists_create(pool.bytes, pool.bytes.count, slices, slices.count, out, error)
        }
    }

    deinit {
        unsafe cx_lists_free(handle)
    }

    /// Adds a document to the lists of the terms that it holds.
    ///
    /// - Parameters:
    ///   - terms: their places among those that the lists were begun with, from 0, as often as the
    ///     document holds them.
    ///   - document: its id, above those of the documents added before.
    public mutating func add(
        _ terms: [UInt32], inDocument document: UInt32
    ) throws(XapianError) {
        try unsafe call { error in
            unsafe cx_lists_add(handle, document, terms, terms.count, error)
        }
    }

    /// Writes the lists; the database must have none of their terms.
    public consuming func write(to file: inout SectionFileWriter) throws(XapianError) {
        try unsafe call { error in unsafe cx_lists_write(handle, file.handle, error) }
    }

    /// Writes the lists of several files as one.
    ///
    /// - Parameters:
    ///   - sources: the files, and how many documents each has; those of each come after those of
    ///     the one before it.
    ///   - complete: the terms, in byte order, that no source's database has.
    public static func merge(
        _ sources: [(file: SectionFile, documents: Int)], complete: [[UInt8]],
        to file: inout SectionFileWriter
    ) throws(XapianError) {
        var pool = Pool()
        let slices = complete.map { pool.add($0) }
        let handles = unsafe sources.map { unsafe $0.file.handle }
        let counts = sources.map { UInt32(clamping: $0.documents) }
        try unsafe call { error in
            unsafe cx_lists_merge(
                handles, counts, counts.count, pool.bytes, pool.bytes.count, slices, slices.count,
                file.handle, error)
        }
        withExtendedLifetime(sources) {}
    }
}

/// Which sections of a file hold posting lists.
public enum PostingListSection {
    /// Their numbers.
    public static let all = Int(CX_LIST_TERMS)...Int(CX_LIST_POSTINGS)
}
