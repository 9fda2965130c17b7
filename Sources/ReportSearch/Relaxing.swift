import QueryLanguage
import SegmentStore

/// Asks for any part of the words where a question asks for all.
struct Relaxing {
    let analysis: TextAnalysis

    /// A tree in which any pair of characters of the unquoted texts is enough; everything else is still required.
    func tree(_ tree: QueryTree) -> QueryTree {
        switch tree.kind {
        case .run(let text):
            return anyPiece(of: [text], range: tree.range) ?? tree
        case .and(let terms):
            let texts = terms.compactMap(\.run)
            guard let pieces = anyPiece(of: texts, range: tree.range) else {
                return QueryTree(.and(terms.map(self.tree)), range: tree.range)
            }
            let others = terms.filter { $0.run == nil }.map(self.tree)
            return others.isEmpty ? pieces : QueryTree(.and([pieces] + others), range: tree.range)
        case .or(let terms):
            return QueryTree(.or(terms.map(self.tree)), range: tree.range)
        default:
            return tree
        }
    }

    private func anyPiece(of texts: [String], range: Range<Int>) -> QueryTree? {
        let pieces = pieces(of: texts).map { QueryTree(.phrase($0), range: range) }
        return pieces.count > 1 ? QueryTree(.or(pieces), range: range) : pieces.first
    }

    /// The pairs of neighbouring characters that any one of is enough; of a single character itself.
    ///
    /// Words are cut differently in a question and in its answer, and names that no dictionary has
    /// are not cut at all; pairs are the same in both. Those of words that only ask (什么, 哪里) and
    /// those with 的 stand in nearly every passage or in none that answers: they are left out where
    /// there are others.
    func pieces(of texts: [String]) -> [String] {
        var seen: Set<String> = []
        var pairs: [String] = []
        for piece in texts.flatMap({ QuestionWords.pieces(of: analysis.foldedUTF8(of: $0)) }) {
            analysis.forEachGram(in: piece.span) { range in
                let gram = String(decoding: piece[range], as: UTF8.self)
                if gram.unicodeScalars.count == 2, seen.insert(gram).inserted { pairs.append(gram) }
            }
        }
        let telling = pairs.filter { !$0.unicodeScalars.contains("的") }
        let pieces =
            !telling.isEmpty
            ? telling
            : !pairs.isEmpty
                ? pairs
                : texts.flatMap(analysis.words).map { String(decoding: $0, as: UTF8.self) }
        return Array(pieces.prefix(Self.most))
    }

    /// The most pairs that are looked for; a question has a dozen.
    private static let most = 48

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
