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
        scalars = Array(text.unicodeScalars.prefix(limit))
        folded = wording.aligned(scalars)
    }

    /// A part of the text as printed.
    func printed(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }
}

extension [Unicode.Scalar] {
    /// Where one of some words stands, in the order of the text.
    func offsets(of words: [[Unicode.Scalar]]) -> [Range<Int>] {
        indices.compactMap { index in
            words.first { $0.first == self[index] && matches($0, at: index) }
                .map { index..<(index + $0.count) }
        }
    }
}
