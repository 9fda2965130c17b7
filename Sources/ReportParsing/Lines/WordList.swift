import ChineseText

/// Words that are looked for in texts together.
struct WordList: ExpressibleByArrayLiteral, Sendable {
    private let words: [[Unicode.Scalar]]
    /// The first character of each word.
    private let firsts: [Unicode.Scalar]
    /// One bit for the low bits of each first character, which nearly every other one lacks.
    private let signs: [UInt64]
    /// All of these in one, which many lack too.
    private let anySign: UInt64

    /// One of the words where it stands in a text.
    struct Match {
        /// The number of the word in the list.
        let word: Int
        /// The index of its first character.
        let lowerBound: Int
        /// The index past its last character.
        let upperBound: Int
    }

    init(_ words: [String]) {
        self.words = words.map { $0.scalars() }
        firsts = self.words.map { $0[0] }
        var signs = [UInt64](repeating: 0, count: 16)
        for first in firsts { signs[Int(first.value >> 6 & 15)] |= 1 << UInt64(first.value & 63) }
        self.signs = signs
        anySign = signs.reduce(0, |)
    }

    init(arrayLiteral words: String...) { self.init(words) }

    /// The first of the words that stand in a text; nil when none does.
    ///
    /// - Parameter start: the index from which on it is looked for.
    func first(in text: [Unicode.Scalar], from start: Int) -> Match? {
        first(in: text.span, from: start, base: 0)
    }

    /// The same in a part of a text.
    func first(in text: ArraySlice<Unicode.Scalar>, from start: Int) -> Match? {
        first(in: text.span, from: start - text.startIndex, base: text.startIndex)
    }

    /// - Parameter base: what is added to the offsets of the text for its indices.
    private func first(in text: Span<Unicode.Scalar>, from start: Int, base: Int) -> Match? {
        let firsts = self.firsts.span
        let signs = self.signs.span
        for offset in max(0, start)..<max(start, text.count, 0) {
            let value = text[offset].value
            let sign: UInt64 = 1 &<< UInt64(value & 63)
            guard anySign & sign != 0, signs[Int(value >> 6 & 15)] & sign != 0 else { continue }
            for word in firsts.indices where firsts[word].value == value {
                let characters = words[word]
                guard offset + characters.count <= text.count else { continue }
                var length = 1
                while length < characters.count, text[offset + length] == characters[length] {
                    length += 1
                }
                if length == characters.count {
                    return Match(
                        word: word, lowerBound: base + offset,
                        upperBound: base + offset + length)
                }
            }
        }
        return nil
    }
}

extension [Unicode.Scalar] {
    /// Whether one of some words stands in the text.
    func holds(anyOf words: WordList) -> Bool { words.first(in: self, from: 0) != nil }

    /// Where some words stand, in the order of the text.
    func matches(of words: WordList) -> [WordList.Match] { self[...].matches(of: words) }

    /// The last of some words that stand in the text; nil when none does.
    func lastMatch(of words: WordList) -> WordList.Match? { self[...].lastMatch(of: words) }
}

extension ArraySlice<Unicode.Scalar> {
    /// Whether one of some words stands in the text.
    func holds(anyOf words: WordList) -> Bool { words.first(in: self, from: startIndex) != nil }

    /// Where some words stand, in the order of the text.
    func matches(of words: WordList) -> [WordList.Match] {
        var found: [WordList.Match] = []
        var next = words.first(in: self, from: startIndex)
        while let match = next {
            found.append(match)
            next = words.first(in: self, from: match.lowerBound + 1)
        }
        return found
    }
    /// The last of some words that stand in the text; nil when none does.
    func lastMatch(of words: WordList) -> WordList.Match? {
        var last: WordList.Match?
        while let next = words.first(in: self, from: last.map { $0.lowerBound + 1 } ?? startIndex) {
            last = next
        }
        return last
    }
}
