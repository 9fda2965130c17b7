internal import CGramIndex

/// Byte strings in one file that is mapped into memory: looking at one costs no call and no copy.
///
///     var writer = try BlockFileWriter(creatingAt: "texts", columns: 2)
///     try writer.append(bytes.span, to: 0)
///     try writer.finish()
///     try BlockFile(path: "texts")[0].withSpan { $0.count }
///
/// The file must not be changed while it is open.
@safe public final class BlockFile {
    let handle: OpaquePointer

    /// Opens a file and checks that its columns lie inside it.
    ///
    /// - Throws: ``GramIndexError/Code/notOpened`` when it cannot be read,
    ///   ``GramIndexError/Code/damaged`` when it is no such file or was cut short.
    public init(path: String) throws(GramIndexError) {
        let bytes = Array(path.utf8)
        unsafe handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cg_block_file_open(bytes, bytes.count, out, error)
        }
    }

    /// Maps an open file, and checks it likewise.
    ///
    /// - Parameters:
    ///   - descriptor: the file, open for reading; it stays the caller's, who may close it.
    ///   - name: what errors call the file.
    public init(descriptor: Int32, name: String? = nil) throws(GramIndexError) {
        unsafe handle = try unsafe makeHandle(path: name) { out, error in
            unsafe cg_block_file_map(descriptor, out, error)
        }
    }

    deinit {
        unsafe cg_block_file_free(handle)
    }

    /// A column; empty when the file has none with this number, from 0.
    public subscript(column: Int) -> Column {
        Column(file: self, number: column)
    }

    /// Gives back the memory that looking at the file took; what is looked at again is read again.
    public func forget() {
        unsafe cg_block_file_forget(handle)
    }

    /// Has the processor fetch the beginnings of byte strings that ``element(_:of:starts:)`` will be
    /// asked for: waiting for one after the other takes longer.
    public func prefetch(_ numbers: [Int], of column: Int, starts: Int) {
        prefetch(numbers, of: starts, size: 5)
        let starts = self[starts]
        let column = self[column]
        for number in numbers {
            if let start = starts.number(at: 5 * number, size: 5) {
                column.prefetch(Int(start), count: 256)
            }
        }
    }

    /// Has the processor fetch some of the elements, of `size` bytes each, of which a column is
    /// made.
    public func prefetch(_ numbers: [Int], of column: Int, size: Int) {
        let column = self[column]
        for number in numbers where number >= 0 {
            column.prefetch(size * number, count: size)
        }
    }

    /// One of the byte strings of which a column is made.
    ///
    /// - Parameters:
    ///   - number: which one, from 0.
    ///   - column: where they stand end to end.
    ///   - starts: where each begins, and at last the end, in 5 bytes, the lowest first.
    /// - Returns: nil when there is none with this number, or the file is damaged.
    public func element(_ number: Int, of column: Int, starts: Int) -> [UInt8]? {
        range(ofElement: number, starts: starts).flatMap(self[column].bytes)
    }

    /// Calls `body` with one of the byte strings of which a column is made, as ``element(_:of:starts:)``
    /// gives it, without a copy.
    public func withElement<Result>(
        _ number: Int, of column: Int, starts: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        let bytes = self[column]
        guard let range = range(ofElement: number, starts: starts), range.upperBound <= bytes.count
        else { return nil }
        return bytes.withSpan { body($0.extracting(range)) }
    }

    private func range(ofElement number: Int, starts: Int) -> Range<Int>? {
        let starts = self[starts]
        guard number >= 0, let start = starts.number(at: 5 * number, size: 5),
            let end = starts.number(at: 5 * number + 5, size: 5), start <= end
        else { return nil }
        return Int(start)..<Int(end)
    }

    /// The bytes of one column.
    @safe public struct Column {
        /// What the bytes belong to.
        private let file: BlockFile
        private let bytes: UnsafeRawBufferPointer

        fileprivate init(file: BlockFile, number: Int) {
            self.file = file
            let column = unsafe cg_block_file_column(file.handle, number)
            unsafe bytes = UnsafeRawBufferPointer(start: column.bytes, count: column.length)
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
        func withBytes(_ body: (cg_bytes) -> Void) {
            defer { withExtendedLifetime(file) {} }
            unsafe body(
                cg_bytes(
                    bytes: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), length: count))
        }

        /// The number of `size` bytes, the lowest first, at an offset; nil beyond the end.
        ///
        /// - Parameters:
        ///   - offset: the byte of the column with which it begins, from 0.
        ///   - size: how many bytes it has, 1 to 8.
        public func number(at offset: Int, size: Int) -> UInt64? {
            guard offset >= 0, 1...8 ~= size, offset <= count - size else { return nil }
            // Eight bytes at once where there are as many.
            if offset <= count - 8 {
                let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                return UInt64(littleEndian: word) & (.max >> UInt64(64 - 8 * size))
            }
            var number: UInt64 = 0
            for index in (offset..<offset + size).reversed() {
                number = unsafe number << 8 | UInt64(bytes[index])
            }
            return number
        }

        /// The numbers of one size, the lowest byte first, of which the column is made.
        public func numbers<Number: FixedWidthInteger>(as type: Number.Type) -> [Number] {
            var numbers = [Number](repeating: 0, count: count / MemoryLayout<Number>.size)
            unsafe numbers.withUnsafeMutableBytes { numbers in
                unsafe numbers.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[..<numbers.count]))
            }
            return Number(1).littleEndian == 1 ? numbers : numbers.map(Number.init(littleEndian:))
        }

        fileprivate func prefetch(_ offset: Int, count length: Int) {
            unsafe withBytes { unsafe cg_prefetch($0, offset, length) }
        }

        /// A copy of some of the bytes; nil when they are not all inside.
        public func bytes(_ range: Range<Int>) -> [UInt8]? {
            guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
            return unsafe Array(bytes[range])
        }

        /// The offset at which some bytes stand first, from an offset on and before another; nil when
        /// they do not stand there.
        public func firstOffset(
            of wanted: [UInt8], from start: Int = 0, before end: Int = .max
        ) -> Int? {
            let offset = unsafe cg_find(
                cg_bytes(
                    bytes: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    length: min(count, max(0, end))),
                max(0, start), wanted, wanted.count)
            return offset < 0 ? nil : Int(offset)
        }
    }
}
