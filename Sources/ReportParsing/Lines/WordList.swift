import ChineseText

/// Words that are looked for in texts together.
struct WordList: ExpressibleByArrayLiteral, Sendable {
    private let words: [[Unicode.Scalar]]
    /// One bit for the low bits of each first character, which nearly every other one lacks.
    private let firsts: UInt64

    /// A place where one of the words stands.
    struct Place {
        /// The number of the word in the list.
        let word: Int
        /// The index of its first character.
        let lowerBound: Int
        /// The index past its last character.
        let upperBound: Int
    }

    init(_ words: [String]) {
        self.words = words.map { $0.scalars() }
        firsts = self.words.reduce(0) { $0 | 1 << UInt64($1[0].value & 63) }
    }

    init(arrayLiteral words: String...) { self.init(words) }

    /// The first place where one of the words stands; nil when none does.
    ///
    /// - Parameter start: the index from which on it is looked for.
    func first<Text: RandomAccessCollection<Unicode.Scalar>>(
        in text: Text, from start: Int
    ) -> Place? where Text.Index == Int {
        var index = start
        while index < text.endIndex {
            if firsts & (1 << UInt64(text[index].value & 63)) != 0 {
                let offset = index - text.startIndex
                for word in words.indices where text.matches(words[word], at: offset) {
                    return Place(
                        word: word, lowerBound: index, upperBound: index + words[word].count)
                }
            }
            index += 1
        }
        return nil
    }
}

extension RandomAccessCollection<Unicode.Scalar> where Index == Int {
    /// Whether one of some words stands in the text.
    func holds(anyOf words: WordList) -> Bool { words.first(in: self, from: startIndex) != nil }

    /// Where some words stand, in the order of the text.
    func places(of words: WordList) -> [WordList.Place] {
        var found: [WordList.Place] = []
        var next = words.first(in: self, from: startIndex)
        while let place = next {
            found.append(place)
            next = words.first(in: self, from: place.lowerBound + 1)
        }
        return found
    }
}
