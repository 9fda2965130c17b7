internal import CXapian

/// Documents waiting to be added together.
///
/// Everything lies end to end in a few arrays, so that adding a term allocates nothing once they
/// have grown; keep one batch and empty it with ``removeAll(keepingCapacity:)``.
///
///     var batch = DocumentBatch()
///     batch.beginDocument()
///     batch.addTerm(Array("swift".utf8), frequency: 2)
///     batch.setData(Array("swift and swift".utf8))
///     let first = try writer.add(batch)
///
/// Nothing is checked here: ``WritableDatabase/add(_:)-(DocumentBatch)`` refuses a batch with a bad
/// document.
public struct DocumentBatch: Sendable {
    private var pool = Pool()
    private var documents: [cx_document] = []
    private var terms: [cx_term] = []
    private var values: [cx_value] = []
    private var positions: [UInt32] = []
    private var source = cx_slice()

    /// The most bytes a term may have; it must have one, and no NUL.
    public static var maximumTermLength: Int { Int(CX_MAX_TERM_LENGTH) }

    /// The most bytes a document's data may have.
    public static var maximumDataLength: Int { Int(CX_MAX_DATA_LENGTH) }

    /// Makes a batch without documents.
    public init() {}

    /// How many documents the batch holds.
    public var count: Int { documents.count }

    /// Whether the batch holds no document.
    public var isEmpty: Bool { documents.isEmpty }

    /// How many bytes of terms, values and data the batch holds.
    public var byteCount: Int { pool.bytes.count }

    /// How many terms the documents hold, those added twice counted twice.
    public var termCount: Int { terms.count }

    /// Starts the next document; what is added from now on belongs to it.
    public mutating func beginDocument() {
        documents.append(cx_document())
    }

    /// Adds a term to the document begun last, which must exist.
    ///
    /// Adding a term twice adds its frequencies up.
    ///
    /// - Parameters:
    ///   - bytes: 1 to 245 bytes without a NUL.
    ///   - frequency: how often the document holds it, 0 for a term that only filters.
    public mutating func addTerm(_ bytes: Span<UInt8>, frequency: UInt32) {
        addTerm(bytes, withPrefix: Span(), frequency: frequency)
    }

    /// Adds a term to the document begun last, which must exist.
    ///
    /// - Parameters:
    ///   - bytes: 1 to 245 bytes without a NUL.
    ///   - frequency: how often the document holds it, 0 for a term that only filters.
    public mutating func addTerm(_ bytes: [UInt8], frequency: UInt32) {
        addTerm(bytes.span, frequency: frequency)
    }

    /// Adds a term that stands at some positions to the document begun last, which must exist.
    ///
    /// - Parameters:
    ///   - bytes: 1 to 245 bytes without a NUL.
    ///   - frequency: how often the document holds it, whatever the number of positions.
    ///   - positions: where it stands among the document's words, in any order.
    public mutating func addTerm(_ bytes: [UInt8], frequency: UInt32, positions: [UInt32]) {
        addTerm(bytes, frequency: frequency)
        terms[terms.count - 1].position_count = UInt32(positions.count)
        self.positions += positions
    }

    /// Adds the term made of a prefix and more bytes to the document begun last.
    ///
    /// - Parameters:
    ///   - bytes: the end of the term; with the prefix, 1 to 245 bytes without a NUL.
    ///   - prefix: the start of the term.
    ///   - frequency: how often the document holds it, 0 for a term that only filters.
    public mutating func addTerm(
        _ bytes: Span<UInt8>, withPrefix prefix: Span<UInt8>, frequency: UInt32
    ) {
        precondition(!documents.isEmpty, "No document was begun")
        let text = pool.add(prefix, bytes)
        terms.append(cx_term(text: text, frequency: frequency, position_count: 0))
        documents[documents.count - 1].term_count += 1
    }

    /// Sets the text that ``addTerm(at:frequency:)`` takes terms from, until the next one is set.
    public mutating func setSource(_ bytes: [UInt8]) {
        source = pool.add(bytes)
    }

    /// Adds a term to the document begun last that stands in the source text, without copying it.
    ///
    /// - Parameters:
    ///   - range: its range in the source text: 1 to 245 bytes without a NUL.
    ///   - frequency: how often the document holds it, 0 for a term that only filters.
    public mutating func addTerm(at range: Range<Int>, frequency: UInt32) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= source.length, "A term of the source text")
        let text = cx_slice(offset: source.offset + range.lowerBound, length: range.count)
        terms.append(cx_term(text: text, frequency: frequency, position_count: 0))
        documents[documents.count - 1].term_count += 1
    }

    /// Puts a number into a slot of the document begun last, in place of what was there.
    ///
    /// - Parameters:
    ///   - slot: 0 to 4,294,967,294.
    ///   - number: neither infinite nor NaN.
    public mutating func addValue(slot: UInt32, number: Double) {
        precondition(!documents.isEmpty, "No document was begun")
        values.append(cx_value(slot: slot, is_number: true, number: number, text: cx_slice()))
        documents[documents.count - 1].value_count += 1
    }

    /// Puts bytes into a slot of the document begun last, in place of what was there.
    ///
    /// - Parameters:
    ///   - slot: 0 to 4,294,967,294.
    ///   - bytes: at most 64 KiB; none is the same as no value.
    public mutating func addValue(slot: UInt32, bytes: [UInt8]) {
        precondition(!documents.isEmpty, "No document was begun")
        let text = pool.add(bytes)
        values.append(cx_value(slot: slot, is_number: false, number: 0, text: text))
        documents[documents.count - 1].value_count += 1
    }

    /// Sets the data of the document begun last.
    ///
    /// - Parameter bytes: at most 1 MiB.
    public mutating func setData(_ bytes: Span<UInt8>) {
        precondition(!documents.isEmpty, "No document was begun")
        documents[documents.count - 1].data = pool.add(bytes, Span())
    }

    /// Sets the data of the document begun last.
    ///
    /// - Parameter bytes: at most 1 MiB.
    public mutating func setData(_ bytes: [UInt8]) {
        setData(bytes.span)
    }

    /// Removes every document.
    ///
    /// - Parameter keepingCapacity: whether to keep the memory for the next documents.
    public mutating func removeAll(keepingCapacity: Bool = false) {
        pool.removeAll(keepingCapacity: keepingCapacity)
        source = cx_slice()
        documents.removeAll(keepingCapacity: keepingCapacity)
        terms.removeAll(keepingCapacity: keepingCapacity)
        values.removeAll(keepingCapacity: keepingCapacity)
        positions.removeAll(keepingCapacity: keepingCapacity)
    }

    /// Calls `body` with the batch in its C form, which lives no longer than the call.
    func withBatch<Result>(_ body: (UnsafePointer<cx_batch>) -> Result) -> Result {
        unsafe pool.bytes.withUnsafeBufferPointer { bytes in
            unsafe documents.withUnsafeBufferPointer { documents in
                unsafe terms.withUnsafeBufferPointer { terms in
                    unsafe values.withUnsafeBufferPointer { values in
                        unsafe positions.withUnsafeBufferPointer { positions in
                            var batch = unsafe cx_batch(
                                pool: bytes.baseAddress, pool_length: bytes.count,
                                documents: documents.baseAddress, document_count: documents.count,
                                terms: terms.baseAddress, term_count: terms.count,
                                values: values.baseAddress, value_count: values.count,
                                positions: positions.baseAddress, position_count: positions.count)
                            return unsafe body(&batch)
                        }
                    }
                }
            }
        }
    }
}
