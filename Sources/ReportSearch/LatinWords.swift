/// The words of Latin letters in a text, which are no pairs of characters as ideographs are: of LED, LE
/// and ED say nothing.
enum LatinWords {
    /// The fewest letters of a word that is not looked for as a pair.
    private static let fewest = 3

    /// The words of a folded text, as ranges of its bytes from 0.
    static func ranges(in folded: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        while start < folded.count {
            let length = folded[start...].prefix { 0x61...0x7A ~= $0 }.count
            if length >= fewest { words.append(start..<start + length) }
            start += max(1, length)
        }
        return words
    }
}
