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
        String(scalars: scalars[range])
    }
}

extension [Unicode.Scalar] {
    /// Where one of some words stands, in the order of the text.
    func offsets(of words: [[Unicode.Scalar]]) -> [Range<Int>] {
        let firsts = words.compactMap(\.first)
        var found: [Range<Int>] = []
        for index in indices where firsts.contains(self[index]) {
            if let word = words.first(where: { matches($0, at: index) }) {
                found.append(index..<(index + word.count))
            }
        }
        return found
    }
}
