import ChineseText

/// A text as it is printed and as it is compared, scalar by scalar, so that what is found in one is
/// cut from the other.
struct FoldedScalars {
    /// The scalars as printed.
    let scalars: [Unicode.Scalar]
    /// The scalars folded, as many as printed.
    let folded: [Unicode.Scalar]

    /// Whether these are all that the text has.
    let isWhole: Bool

    /// The first scalars of a text, `limit` at most.
    init(_ text: String, limit: Int, wording: FormWording) {
        scalars = text.scalars(limit: limit)
        isWhole = scalars.count < limit
        folded = wording.aligned(scalars)
    }

    /// A part of the text as printed.
    func printed(_ range: Range<Int>) -> String {
        String(scalars: scalars[range])
    }
}

extension String {
    /// The text without a space between two digits, which a wrap left in a year: 2 022年.
    var withJoinedDigits: String {
        guard holds(ascii: 0x20) else { return self }
        let scalars = self.scalars()
        let kept = scalars.indices.filter { index in
            guard scalars[index] == " ", index > 0, index + 1 < scalars.count else { return true }
            return !(scalars[index - 1].isDigit && scalars[index + 1].isDigit)
        }
        return String(scalars: kept.map { scalars[$0] })
    }
}
