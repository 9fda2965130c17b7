// The only file that calls ICU, and so handles pointers.

internal import CICU

/// A word break iterator for Chinese; used by one task at a time.
@safe final class WordBoundaries {
    private let handle: OpaquePointer

    /// `nil` when ICU has no data for its word rules.
    init?() {
        guard let handle = unsafe cicu_words_open() else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe cicu_words_close(handle) }

    /// Calls `body` with every word of `text`, in order, as UTF-16 offsets from 0.
    func forEachWord(in text: [UInt16], _ body: (Range<Int>) -> Void) {
        unsafe text.withUnsafeBufferPointer { units in
            guard let count = Int32(exactly: units.count),
                unsafe cicu_words_set_text(handle, units.baseAddress, count) <= 0
            else { return }
            var start = 0
            while case let end = Int(unsafe cicu_words_next(handle)), end > start {
                if unsafe cicu_words_is_word(handle) != 0 { body(start..<end) }
                start = end
            }
            _ = unsafe cicu_words_set_text(handle, nil, 0)
        }
    }
}

/// Decodes `bytes` with ICU's converter `name` into UTF-16.
///
/// A malformed byte gives `nil`, or U+FFFD when `replacing` is true.
func decodedUTF16(
    _ bytes: Span<UInt8>, name: String, replacing: Bool = false
) -> [UInt16]? {
    // No encoding used here gives more UTF-16 units than it has bytes.
    guard let capacity = Int32(exactly: bytes.count) else { return nil }
    var succeeded = false
    let units = unsafe bytes.withUnsafeBufferPointer { source in
        unsafe [UInt16](unsafeUninitializedCapacity: bytes.count) { units, count in
            var written: Int32 = 0
            let error = unsafe cicu_decode(
                name, source.baseAddress, capacity, units.baseAddress, capacity, &written,
                replacing ? 1 : 0)
            // A negative code is a warning (no room for a final zero), not a failure.
            succeeded = error <= 0
            count = succeeded ? Int(written) : 0
        }
    }
    return succeeded ? units : nil
}

/// Encodes UTF-16 with ICU's converter `name`; `nil` when the encoding lacks a character.
func encodedBytes(_ units: [UInt16], name: String) -> [UInt8]? {
    // No encoding used here takes more than four bytes a unit.
    guard let count = Int32(exactly: units.count), let capacity = Int32(exactly: units.count * 4)
    else { return nil }
    var succeeded = false
    let bytes = unsafe units.withUnsafeBufferPointer { source in
        unsafe [UInt8](unsafeUninitializedCapacity: Int(capacity)) { bytes, length in
            var written: Int32 = 0
            let error = unsafe cicu_encode(
                name, source.baseAddress, count, bytes.baseAddress, capacity, &written)
            succeeded = error <= 0
            length = succeeded ? Int(written) : 0
        }
    }
    return succeeded ? bytes : nil
}

/// A copy of `bytes`.
func copied(_ bytes: Span<UInt8>) -> [UInt8] {
    unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
}

/// The columns that one scalar takes in a terminal: 0, 1 or 2.
func columns(of scalar: Unicode.Scalar) -> Int {
    Int(cicu_columns(scalar.value))
}
