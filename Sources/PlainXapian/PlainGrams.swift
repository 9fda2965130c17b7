import ChineseText

/// The characters of folded texts, and each two that stand side by side, with their positions from 1.
///
/// Every character takes a position, signs and spaces too: so a phrase is found with the sign that
/// stands in it, and never across one.
struct PlainGrams {
    private struct Gram {
        /// The two scalars' values; the second is 0 of a single character.
        let key: UInt64
        let position: UInt32
    }

    private var grams: [Gram] = []
    private var next: UInt32 = 1

    /// No grams.
    init() {}

    /// The grams of a text.
    init(_ text: AlignedText) { add(text) }

    /// Adds those of another text, which stands nowhere beside the ones before.
    mutating func add(_ text: AlignedText) {
        let scalars = text.folded
        for index in scalars.indices {
            let position = next + UInt32(index)
            let first = UInt64(scalars[index]) << 32
            grams.append(Gram(key: first, position: position))
            if index + 1 < scalars.count {
                grams.append(Gram(key: first | UInt64(scalars[index + 1]), position: position))
            }
        }
        next += UInt32(scalars.count) + 1
    }

    /// Calls `body` with each gram as UTF-8, once, and the positions where it stands.
    func forEach(_ body: ([UInt8], [UInt32]) -> Void) {
        let sorted = grams.sorted { ($0.key, $0.position) < ($1.key, $1.position) }
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
            body(Self.utf8(sorted[start].key), sorted[start..<end].map(\.position))
            start = end
        }
    }

    private static func utf8(_ key: UInt64) -> [UInt8] {
        var text = ""
        for value in [UInt32(key >> 32), UInt32(truncatingIfNeeded: key)] where value > 0 {
            Unicode.Scalar(value).map { text.unicodeScalars.append($0) }
        }
        return Array(text.utf8)
    }

    /// The characters with which rows of word characters end, each once.
    static func rowEnds(of text: AlignedText) -> [String] {
        let ends = text.folded.indices.filter { index in
            text.isWord[index] && !(index + 1 < text.folded.count && text.isWord[index + 1])
        }
        return Set(ends.map { text.folded[$0] }).sorted().compactMap { value in
            Unicode.Scalar(value).map { String($0) }
        }
    }

    /// Whether a term is a character and a word character behind it.
    static func isWordPair(_ term: [UInt8]) -> Bool {
        var text = AlignedText()
        text.set(String(decoding: term, as: UTF8.self))
        return text.folded.count == 2 && text.isWord[1]
    }

    /// The terms that stand in a row where a folded text does; one, where it has one or two
    /// characters.
    static func row(of folded: [UInt8]) -> [[UInt8]] {
        let scalars = Array(String(decoding: folded, as: UTF8.self).unicodeScalars)
        guard scalars.count > 2 else { return scalars.isEmpty ? [] : [folded] }
        return scalars.indices.dropLast().map { index in
            var pair = String.UnicodeScalarView()
            pair.append(contentsOf: scalars[index...index + 1])
            return Array(String(pair).utf8)
        }
    }
}
