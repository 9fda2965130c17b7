import ChineseText

/// A text as it is printed and as it is compared, scalar by scalar, so that what is found in one is
/// cut from the other.
struct FoldedScalars {
    /// The scalars as printed.
    let scalars: [Unicode.Scalar]
    /// The scalars folded, as many as printed.
    let folded: [Unicode.Scalar]

    /// The first scalars of a text, `limit` at most.
    init(_ text: String, limit: Int, wording: FormWording) {
        scalars = text.scalars(limit: limit)
        folded = wording.aligned(scalars)
    }

    /// A part of the text as printed.
    func printed(_ range: Range<Int>) -> String {
        String(scalars: scalars[range])
    }
}

extension String {
    /// The text's scalars, `limit` at most.
    ///
    /// One pass over the text, where making an array of its view takes two.
    func scalars(limit: Int = .max) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(min(limit, utf8.count / 2 + 1))
        for scalar in unicodeScalars {
            if scalars.count == limit { break }
            scalars.append(scalar)
        }
        return scalars
    }

    /// Whether one of some words stands in the text.
    func holds(anyOf words: [[Unicode.Scalar]]) -> Bool {
        scalars().holds(anyOf: words)
    }
}

extension [Unicode.Scalar] {
    /// Where one of some words stands, in the order of the text.
    func offsets(of words: [[Unicode.Scalar]]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var next = firstRange(of: words, from: 0)
        while let range = next {
            found.append(range)
            next = firstRange(of: words, from: range.lowerBound + 1)
        }
        return found
    }

    /// Whether one of some words stands in the text.
    func holds(anyOf words: [[Unicode.Scalar]]) -> Bool {
        firstRange(of: words, from: 0) != nil
    }

    /// The first place from an offset on where one of some words stands; nil when none does.
    private func firstRange(of words: [[Unicode.Scalar]], from start: Int) -> Range<Int>? {
        // One bit for the low bits of each first character: nearly every other place has none.
        var firsts: UInt64 = 0
        for word in words {
            if let first = word.first { firsts |= 1 << UInt64(first.value & 63) }
        }
        var index = start
        while index < count {
            if firsts & (1 << UInt64(self[index].value & 63)) != 0,
                let word = words.first(where: { matches($0, at: index) })
            {
                return index..<(index + word.count)
            }
            index += 1
        }
        return nil
    }
}
