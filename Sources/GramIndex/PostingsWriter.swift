internal import CGramIndex

/// The terms of one document, gathered to be added together; reused for many documents.
///
///     var terms = DocumentTerms()
///     terms.set("政策".utf8)
///     terms.add(at: 0..<6, position: 0)
///     terms.add("title".utf8)
public struct DocumentTerms: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var occurrences: [cg_occurrence] = []

    /// Makes a collection without terms.
    public init() {}

    /// How many terms were added, those added twice counted twice.
    public var count: Int { occurrences.count }

    /// Removes all terms and sets the text that ``add(at:position:)`` takes terms from.
    public mutating func set(_ text: some Collection<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text)
        occurrences.removeAll(keepingCapacity: true)
    }

    /// Adds a term that stands in the text, as often as the document holds it.
    ///
    /// - Parameters:
    ///   - range: 1 to 245 bytes of the text.
    ///   - position: how many characters of the document stand before it; nil when it does not
    ///     matter. Phrases of rare terms are proved by their positions, without reading texts.
    public mutating func add(at range: Range<Int>, position: Int?) {
        precondition(range.upperBound <= bytes.count, "A term of the text")
        occurrences.append(
            cg_occurrence(
                offset: UInt32(range.lowerBound), length: UInt32(range.count),
                position: position.map(UInt32.init(clamping:)) ?? CG_NO_POSITION))
    }

    /// Adds a term that stands in no text.
    ///
    /// - Parameter term: 1 to 245 bytes.
    public mutating func add(_ term: some Collection<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: term)
        add(at: start..<bytes.count, position: nil)
    }
}

/// The posting lists of an index being made, document by document.
///
///     var postings = try PostingsWriter()
///     try postings.add(terms, toDocument: 1)
///     try postings.write(to: &file, documentCount: 1)
///
/// All is in memory until it is written: about 2 bytes a posting and 100 a term.
@safe public struct PostingsWriter: ~Copyable {
    private let handle: OpaquePointer

    /// The most bytes of a term; it has one at least.
    public static var maximumTermLength: Int { Int(CG_MAX_TERM_LENGTH) }

    /// Begins lists without postings.
    public init() throws(GramIndexError) {
        unsafe handle = try unsafe makeHandle { out, error in
            unsafe cg_postings_create(out, error)
        }
    }

    deinit {
        unsafe cg_postings_free(handle)
    }

    /// Adds terms to a document.
    ///
    /// - Parameters:
    ///   - terms: some or all of its terms.
    ///   - document: its number, from 1, not below those of the documents added to before.
    /// - Throws: ``GramIndexError/Code/refused``, and nothing is added, when a term has no byte or
    ///   more than 245.
    public mutating func add(
        _ terms: DocumentTerms, toDocument document: UInt32
    ) throws(GramIndexError) {
        try unsafe call { error in
            unsafe cg_postings_add(
                handle, document, terms.bytes, terms.bytes.count, terms.occurrences,
                terms.occurrences.count, error)
        }
    }

    /// Writes the columns ``IndexColumn/termBlocks`` and ``IndexColumn/postings``.
    ///
    /// - Parameters:
    ///   - file: the index, whose two columns have not been written yet.
    ///   - documentCount: how many documents the index has.
    public consuming func write(
        to file: inout BlockFileWriter, documentCount: Int
    ) throws(GramIndexError) {
        try unsafe call { error in
            unsafe cg_postings_write(handle, UInt32(clamping: documentCount), file.handle, error)
        }
    }

    /// Writes the postings of several indexes as those of one.
    ///
    /// Memory: that of the longest list, however many documents there are.
    ///
    /// - Parameters:
    ///   - files: the indexes; the documents of each come after those of the one before it.
    ///   - file: where the two columns of postings are written.
    public static func merge(
        _ files: [BlockFile], to file: inout BlockFileWriter
    ) throws(GramIndexError) {
        var handles: [OpaquePointer] = unsafe []
        defer { unsafe handles.forEach { unsafe cg_index_free($0) } }
        for source in files {
            let handle = try unsafe makeHandle { out, error in
                unsafe cg_index_open(source.handle, out, error)
            }
            unsafe handles.append(handle)
        }
        try unsafe call { error in
            unsafe cg_postings_merge(handles, handles.count, file.handle, error)
        }
    }
}
