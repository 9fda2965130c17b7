/// A document to be written: terms to find it by, values to sort and filter it by, and data that
/// libxapian only keeps.
///
///     var document = Document()
///     document.addTerm("fox", positions: [2, 9])
///     document.addBooleanTerm("Len")
///     document.setValue(2019, inSlot: 0)
///     document.setData("The lazy fox …")
///
/// Nothing is checked here: ``WritableDatabase`` refuses a bad document. See ``DocumentBatch`` for
/// adding many quickly.
public struct Document: Sendable {
    /// The batch of this one document.
    private(set) var batch: DocumentBatch

    /// Makes a document without anything.
    public init() {
        batch = DocumentBatch()
        batch.beginDocument()
    }

    /// Makes the document that was read from a database, to be changed and written again.
    public init(_ stored: StoredDocument) {
        self.init()
        for term in stored.terms {
            addTerm(term.bytes, frequency: term.frequency, positions: term.positions)
        }
        for value in stored.values { setValue(value.bytes, inSlot: value.slot) }
        setData(stored.data)
    }

    /// Adds a term, or more of one.
    ///
    /// - Parameters:
    ///   - term: 1 to 245 bytes without a NUL.
    ///   - frequency: how often the document holds it; added to what it had.
    public mutating func addTerm(_ term: some ByteString, frequency: UInt32 = 1) {
        batch.addTerm(term.byteString, frequency: frequency)
    }

    /// Adds a term that stands at some positions, as phrases need.
    ///
    /// - Parameters:
    ///   - term: 1 to 245 bytes without a NUL.
    ///   - positions: where it stands among the document's words, in any order.
    ///   - frequency: how often the document holds it; nil for as often as there are positions.
    public mutating func addTerm(
        _ term: some ByteString, frequency: UInt32? = nil, positions: [UInt32]
    ) {
        batch.addTerm(
            term.byteString, frequency: frequency ?? UInt32(positions.count), positions: positions)
    }

    /// Adds a term that only filters: it has no frequency, and does not make the document longer.
    ///
    /// - Parameter term: 1 to 245 bytes without a NUL.
    public mutating func addBooleanTerm(_ term: some ByteString) {
        batch.addTerm(term.byteString, frequency: 0)
    }

    /// Puts a number into a slot, in place of what was there.
    ///
    /// - Parameters:
    ///   - number: neither infinite nor NaN.
    ///   - slot: 0 to 4,294,967,294.
    public mutating func setValue(_ number: Double, inSlot slot: UInt32) {
        batch.addValue(slot: slot, number: number)
    }

    /// Puts bytes into a slot, in place of what was there.
    ///
    /// - Parameters:
    ///   - bytes: at most 64 KiB; none is the same as no value.
    ///   - slot: 0 to 4,294,967,294.
    public mutating func setValue(_ bytes: some ByteString, inSlot slot: UInt32) {
        batch.addValue(slot: slot, bytes: bytes.byteString)
    }

    /// Sets the data, at most 1 MiB.
    public mutating func setData(_ data: some ByteString) {
        batch.setData(data.byteString)
    }
}

/// A document as it was read from a database.
public struct StoredDocument: Sendable, Equatable {
    /// A term of a document.
    public struct Term: Sendable, Equatable {
        /// The term's bytes.
        public let bytes: [UInt8]

        /// How often the document holds it; 0 for a term that only filters.
        public let frequency: UInt32

        /// Where it stands, ascending; none when the database has none or none were asked for.
        public let positions: [UInt32]
    }

    /// A value of a document.
    public struct Value: Sendable, Equatable {
        /// Its slot.
        public let slot: UInt32

        /// Its bytes; at least one.
        public let bytes: [UInt8]

        /// The number that the bytes stand for; some number when they were stored as none.
        public var number: Double { SortableNumber.number(from: bytes) }
    }

    /// The parts of a document that can be read apart: each takes time of its own.
    public struct Parts: OptionSet, Sendable {
        /// A bit for each part.
        public let rawValue: UInt32

        /// Makes a set from its bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The data.
        public static let data = Parts(rawValue: 1)
        /// The values of all slots; the database needs term lists.
        public static let values = Parts(rawValue: 2)
        /// The terms and their frequencies; the database needs term lists.
        public static let terms = Parts(rawValue: 4)
        /// The terms with their positions.
        public static let positions: Parts = [.terms, Parts(rawValue: 8)]
        /// Everything.
        public static let all: Parts = [.data, .values, .positions]
    }

    /// The document's id, from 1.
    public let id: UInt32

    /// Its data; empty when not asked for.
    public let data: [UInt8]

    /// Its values by slot; none when not asked for.
    public let values: [Value]

    /// Its terms in byte order; none when not asked for.
    public let terms: [Term]
}

extension StoredDocument {
    /// Takes apart what `cx_database_document` made.
    init(id: UInt32, list: List) {
        self.id = id
        data = list.texts[0]
        let integers = list.integers
        let valueCount = Int(integers[0])
        values = (0..<valueCount).map {
            Value(slot: integers[1 + $0], bytes: list.texts[1 + $0])
        }
        var next = 1 + valueCount
        terms = list.texts.dropFirst(1 + valueCount).map { bytes in
            let positions = next + 2..<next + 2 + Int(integers[next + 1])
            defer { next = positions.upperBound }
            return Term(
                bytes: bytes, frequency: integers[next], positions: Array(integers[positions]))
        }
    }
}
