import IndexSchema
import QueryLanguage

/// Asks for any of the words where a question asks for all.
struct Relaxing {
    let analysis: TextAnalysis

    /// A tree in which any word of the unquoted texts is enough; everything else is still required.
    func tree(_ tree: QueryTree) -> QueryTree {
        switch tree.kind {
        case .run(let text):
            return anyWord(of: [text], range: tree.range) ?? tree
        case .and(let terms):
            let texts = terms.compactMap(\.run)
            guard let words = anyWord(of: texts, range: tree.range) else {
                return QueryTree(.and(terms.map(self.tree)), range: tree.range)
            }
            let others = terms.filter { $0.run == nil }.map(self.tree)
            return others.isEmpty ? words : QueryTree(.and([words] + others), range: tree.range)
        case .or(let terms):
            return QueryTree(.or(terms.map(self.tree)), range: tree.range)
        default:
            return tree
        }
    }

    private func anyWord(of texts: [String], range: Range<Int>) -> QueryTree? {
        let words = words(of: texts).map { QueryTree(.phrase($0), range: range) }
        return words.count > 1 ? QueryTree(.or(words), range: range) : words.first
    }

    /// The words that any one of is enough.
    ///
    /// Words that only ask (什么, 哪里) and single characters (的, 在) stand in nearly every passage
    /// or in none that answers: they are left out where there are others.
    func words(of texts: [String]) -> [String] {
        let pieces = texts.flatMap { QuestionWords.pieces(of: analysis.foldedUTF8(of: $0)) }
        var seen: Set<[UInt8]> = []
        let words = pieces.flatMap { analysis.words(of: String(decoding: $0, as: UTF8.self)) }
            .filter { seen.insert($0).inserted }.map { String(decoding: $0, as: UTF8.self) }
        let long = words.filter { $0.unicodeScalars.count > 1 }
        return Array((long.isEmpty ? words : long).prefix(Self.mostWords))
    }

    /// The most words that are looked for; a question has a dozen.
    private static let mostWords = 48

    /// The unquoted texts that a tree wants.
    func texts(in tree: QueryTree) -> [String] {
        switch tree.kind {
        case .run(let text): [text]
        case .and(let terms), .or(let terms): terms.flatMap(texts)
        default: []
        }
    }
}

extension QueryTree {
    /// The text of a node that is unquoted text; nil of any other.
    var run: String? {
        if case .run(let text) = kind { text } else { nil }
    }
}
