internal import CXapian

/// Byte strings in one file that is mapped into memory: looking at one costs no call and no copy.
///
///     var writer = try SectionFileWriter(creatingAt: "texts", sections: 2)
///     try writer.append(bytes.span, to: 0)
///     try writer.finish()
///     try SectionFile(path: "texts")[0].withSpan { $0.count }
///
/// The file must not be changed while it is open.
@safe public final class SectionFile {
    let handle: OpaquePointer

    /// Opens a file and checks that its sections lie inside it.
    ///
    /// - Throws: ``XapianError/Code/databaseNotOpened`` when it cannot be read,
    ///   ``XapianError/Code/databaseCorrupt`` when it is no such file or was cut short.
    public init(path: String) throws(XapianError) {
        let bytes = Array(path.utf8)
        unsafe handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_sections_open(bytes, bytes.count, out, error)
        }
    }

    /// Opens a file that is open for reading; the descriptor can be closed then.
    ///
    /// - Parameter name: what errors call it.
    /// - Throws: as ``init(path:)``.
    public init(descriptor: CInt, name: String) throws(XapianError) {
        unsafe handle = try unsafe makeHandle(path: name) { out, error in
            unsafe cx_sections_open_descriptor(descriptor, out, error)
        }
    }

    deinit {
        unsafe cx_sections_free(handle)
    }

    /// A section; empty when the file has none with this number, from 0.
    public subscript(section: Int) -> Section {
        Section(file: self, number: section)
    }

    /// Gives back the memory that looking at the file took; what is looked at again is read again.
    public func forget() {
        unsafe cx_sections_forget(handle)
    }

    /// Has the processor fetch the beginnings of byte strings that ``element(_:of:starts:)`` will be
    /// asked for: waiting for one after the other takes longer.
    public func prefetch(_ numbers: [Int], of section: Int, starts: Int) {
        prefetch(numbers, of: starts, size: 5)
        let starts = self[starts]
        let section = self[section]
        for number in numbers {
            if let start = starts.number(at: 5 * number, size: 5) {
                section.prefetch(Int(start), count: 256)
            }
        }
    }

    /// Has the processor fetch some of the elements, of `size` bytes each, of which a section is
    /// made.
    public func prefetch(_ numbers: [Int], of section: Int, size: Int) {
        let section = self[section]
        for number in numbers where number >= 0 {
            section.prefetch(size * number, count: size)
        }
    }

    /// One of the byte strings of which a section is made.
    ///
    /// - Parameters:
    ///   - number: which one, from 0.
    ///   - section: where they stand end to end.
    ///   - starts: where each begins, and at last the end, in 5 bytes, the lowest first.
    /// - Returns: nil when there is none with this number, or the file is damaged.
    public func element(_ number: Int, of section: Int, starts: Int) -> [UInt8]? {
        let starts = self[starts]
        guard number >= 0, let start = starts.number(at: 5 * number, size: 5),
            let end = starts.number(at: 5 * number + 5, size: 5), start <= end
        else { return nil }
        return self[section].bytes(Int(start)..<Int(end))
    }

    /// The bytes of one section.
    @safe public struct Section {
        /// What the bytes belong to.
        private let file: SectionFile
        private let bytes: UnsafeRawBufferPointer

        fileprivate init(file: SectionFile, number: Int) {
            self.file = file
            let section = unsafe cx_sections_section(file.handle, number)
            unsafe bytes = UnsafeRawBufferPointer(start: section.bytes, count: section.length)
        }

        /// How many bytes there are.
        public var count: Int { unsafe bytes.count }

        /// Calls `body` with the bytes.
        public func withSpan<Result, Failure: Error>(
            _ body: (Span<UInt8>) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            defer { withExtendedLifetime(file) {} }
            return try unsafe body(Span(_unsafeBytes: bytes))
        }

        /// Calls `body` with the bytes for C.
        func withBytes(_ body: (cx_bytes) -> Void) {
            defer { withExtendedLifetime(file) {} }
            unsafe body(
                cx_bytes(
                    bytes: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), length: count))
        }

        /// The number of `size` bytes, the lowest first, at a place; nil beyond the end.
        ///
        /// - Parameter size: 1 to 8.
        public func number(at place: Int, size: Int) -> UInt64? {
            guard place >= 0, 1...8 ~= size, place <= count - size else { return nil }
            // Eight bytes at once where there are as many.
            if place <= count - 8 {
                let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                return UInt64(littleEndian: word) & (.max >> UInt64(64 - 8 * size))
            }
            var number: UInt64 = 0
            for index in (place..<place + size).reversed() {
                number = unsafe number << 8 | UInt64(bytes[index])
            }
            return number
        }

        /// The numbers of 8 bytes each, the lowest byte first, of which the section is made.
        public var numbers: [UInt64] {
            (0..<count / 8).compactMap { number(at: 8 * $0, size: 8) }
        }

        fileprivate func prefetch(_ place: Int, count length: Int) {
            unsafe withBytes { unsafe cx_prefetch($0, place, length) }
        }

        /// A copy of some of the bytes; nil when they are not all inside.
        public func bytes(_ range: Range<Int>) -> [UInt8]? {
            guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
            return unsafe Array(bytes[range])
        }

        /// Where some bytes stand first, from a place on and before another; nil when they do not.
        public func firstPlace(
            of wanted: [UInt8], from start: Int = 0, before end: Int = .max
        ) -> Int? {
            let place = unsafe cx_find(
                cx_bytes(
                    bytes: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    length: min(count, max(0, end))),
                max(0, start), wanted, wanted.count)
            return place < 0 ? nil : Int(place)
        }
    }
}

/// Which sections of a file hold the texts of a database's documents.
///
/// Documents are numbered from 1, and belong to groups of neighbours.
public enum TextSection {
    /// For each document, and for the end, where its record begins, in 5 bytes, the lowest first;
    /// then 3 bytes of padding.
    public static let recordStarts = Int(CX_RECORD_STARTS)
    /// Records: the length of the text, 7 bits a byte, the lowest first and all but the last byte
    /// from 128 on; the text; whatever else.
    public static let records = Int(CX_RECORDS)
    /// For each document its length in terms, in 2 bytes.
    public static let lengths = Int(CX_LENGTHS)
    /// For each document a label, in 1 byte.
    public static let labels = Int(CX_LABELS)
    /// For each group the number of its first document, in 4 bytes, ascending from 1.
    public static let groupStarts = Int(CX_GROUP_STARTS)
    /// How many sections these are.
    public static let count = 5

    /// The lowest byte that ends a character of a text.
    public static let firstEnd = UInt8(CX_FIRST_END)
}

/// A section file being written.
@safe public struct SectionFileWriter: ~Copyable {
    let handle: OpaquePointer
    private let path: String

    /// Makes a new file with that many sections, all empty.
    ///
    /// - Throws: ``XapianError/Code/databaseNotCreated`` when there is something at the path.
    public init(creatingAt path: String, sections: Int) throws(XapianError) {
        let bytes = Array(path.utf8)
        unsafe handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_sections_create(bytes, bytes.count, sections, out, error)
        }
        self.path = path
    }

    deinit {
        unsafe cx_sections_writer_free(handle)
    }

    /// Appends bytes to a section; sections may come in any order, each in one go.
    public mutating func append(_ bytes: Span<UInt8>, to section: Int) throws(XapianError) {
        try unsafe call(path: path) { error in
            unsafe bytes.withUnsafeBufferPointer {
                unsafe cx_sections_append(handle, section, $0.baseAddress, $0.count, error)
            }
        }
    }

    /// Completes the file; without this it cannot be opened.
    public consuming func finish() throws(XapianError) {
        try unsafe call(path: path) { error in unsafe cx_sections_finish(handle, error) }
    }
}
