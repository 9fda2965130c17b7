import QueryLanguage
import SegmentStore

/// Asks for any part of the words where a question asks for all.
struct Relaxing {
    let analysis: TextAnalysis
    /// The words that are looked for beside those that say the same.
    var synonyms = Synonyms.standard

    /// A term in which any pair of characters of the unquoted texts is enough.
    ///
    /// Everything else is still required, and words that name few reports are required of the
    /// report's head. Those that name many reports give these an advantage, and are no words of a
    /// passage: what prints an agency's name, such as a preamble, is no better for it.
    func term(_ term: ResolvedTerm) -> ResolvedTerm {
        switch term {
        case .text(let tree, _):
            return tree.run.flatMap { anyPiece(of: [$0], range: tree.range) } ?? term
        case .parts(let terms, let whole):
            return relaxed(terms, range: whole.range)
        case .all(let terms):
            // The parts of a run are words among the others.
            let flat = terms.flatMap { term in
                switch term {
                case .parts(let parts, _), .spelt(_, _, .parts(let parts, _)): parts
                case .spelt(_, _, let term): [term]
                default: [term]
                }
            }
            return relaxed(flat, range: 0..<0)
        case .any(let terms): return .any(terms.map(self.term))
        case .spelt(_, _, let term): return self.term(term)
        case .name(let name): return name.isTelling ? .reports(name.test) : term
        default: return term
        }
    }

    private func relaxed(_ terms: [ResolvedTerm], range: Range<Int>) -> ResolvedTerm {
        let said = terms.compactMap(\.saidText)
        let pieces = anyPiece(
            of: said.isEmpty ? terms.compactMap(\.relaxableText) : said, range: range)
        let others = terms.filter { $0.relaxableText == nil }.map(self.term)
        let preferred = said.isEmpty ? [] : terms.filter(\.isNameOfMany)
        return ResolvedTerm.joined(
            (pieces.map { [$0] } ?? []) + preferred.map { .any([$0, .all([])]) } + others)
            ?? .all(terms)
    }

    private func anyPiece(of texts: [String], range: Range<Int>) -> ResolvedTerm? {
        let others = texts.flatMap { synonyms.others(in: analysis.foldedUTF8(of: $0)) }
        let pieces = pieces(of: texts + others).map {
            ResolvedTerm.text(QueryTree(.phrase($0), range: range))
        }
        return pieces.count > 1 ? .any(pieces) : pieces.first
    }

    /// The term with every name taken for words alone, for where the reports that it names hold
    /// nothing.
    func withoutNames(_ term: ResolvedTerm) -> ResolvedTerm {
        switch term {
        case .parts(_, let whole): .text(whole)
        case .name(let name): .text(name.run)
        case .spelt(_, _, let term): withoutNames(term)
        case .all(let terms): .all(terms.map(withoutNames))
        case .any(let terms): .any(terms.map(withoutNames))
        case .not(let term): .not(withoutNames(term))
        default: term
        }
    }

    /// The pairs of neighbouring characters that any one of is enough; of a single character itself, and
    /// of Latin letters the words.
    ///
    /// Words are cut differently in a question and in its answer, and names that no dictionary has
    /// are not cut at all; pairs are the same in both. Those of words that only ask (什么, 哪里) and
    /// those with 的 stand in nearly every passage or in none that answers: they are left out where
    /// there are others.
    func pieces(of texts: [String]) -> [String] {
        var seen: Set<String> = []
        var pairs: [String] = []
        for piece in texts.flatMap({ QuestionWords.pieces(of: analysis.foldedUTF8(of: $0)) }) {
            let words = LatinWords.ranges(in: piece)
            for word in words.map({ String(decoding: piece[$0], as: UTF8.self) })
            where seen.insert(word).inserted { pairs.append(word) }
            analysis.forEachGram(in: piece.span) { range in
                let gram = String(decoding: piece[range], as: UTF8.self)
                if gram.unicodeScalars.count == 2, !words.contains(where: range.overlaps),
                    seen.insert(gram).inserted
                {
                    pairs.append(gram)
                }
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

    /// The unquoted texts that a term wants, without names of many reports where there are others.
    func texts(in term: ResolvedTerm) -> [String] {
        let said = term.wantedLeaves.compactMap(\.saidText)
        return said.isEmpty ? looseTexts(in: term) : said
    }

    /// The unquoted texts that a passage of a relaxed term may lack.
    func looseTexts(in term: ResolvedTerm) -> [String] {
        term.wantedLeaves.compactMap(\.relaxableText)
    }
}

extension ResolvedTerm {
    /// The unquoted text of a term that names no reports; nil of any other term.
    fileprivate var saidText: String? {
        if case .text(let tree, _) = self { tree.run } else { nil }
    }

    /// Whether the term names reports, but so many that a question is hardly about these.
    fileprivate var isNameOfMany: Bool {
        if case .name(let name) = self { !name.isTelling } else { false }
    }

    /// The unquoted text of a term of which any part may be enough; nil of any other term.
    fileprivate var relaxableText: String? {
        switch self {
        case .text(let tree, _): tree.run
        case .name(let name): name.isTelling ? nil : name.text
        default: nil
        }
    }
}

extension QueryTree {
    /// The text of a node that is unquoted text; nil of any other.
    var run: String? {
        if case .run(let text) = kind { text } else { nil }
    }
}
