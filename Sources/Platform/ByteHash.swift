/// A hash of bytes for tables whose keys lie end to end in one array.
///
/// It is another in every process, so that nobody can name things so that they all meet.
public enum ByteHash {
    /// The hash of some bytes.
    public static func value(of bytes: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        var word: UInt64 = 0
        var count = 0
        for byte in bytes {
            word = word << 8 | UInt64(byte)
            count += 1
            if count.isMultiple(of: 8) { hasher.combine(word) }
        }
        hasher.combine(word)
        hasher.combine(count)
        return hasher.finalize()
    }
}
