internal import CXapian

/// Numbers as the bytes of values: they compare as the numbers do ("sortable_serialise").
///
/// ``DocumentBatch/addValue(slot:number:)`` and the ranges of ``Query`` use it. 0 takes one byte,
/// small whole numbers take two, and the most is nine.
public enum SortableNumber {
    /// Returns the bytes of a number.
    ///
    /// -0 becomes 0. Minus infinity has no bytes, as a missing value has none.
    ///
    /// - Throws: ``XapianError/Code/refused`` for NaN, which has no order among numbers.
    public static func bytes(of number: Double) throws(XapianError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(CX_NUMBER_SIZE))
        var length = 0
        try unsafe call { error in
            unsafe cx_number_bytes(number, &bytes, &length, error)
        }
        return Array(bytes.prefix(length))
    }

    /// Returns the number that has the bytes; any bytes give some number.
    public static func number(from bytes: some ByteString) -> Double {
        let bytes = bytes.byteString
        return unsafe cx_number(bytes, bytes.count)
    }
}
