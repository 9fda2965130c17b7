import QueryLanguage
import ReportModel
import SegmentStore

/// How an answer came about: what was read into the question, what was looked up, and why each hit
/// ranks where it does.
public struct Explanation: Sendable {
    /// A term that was looked up, and how many passages hold it.
    public struct Gram: Sendable {
        /// The term; one that ends in * is a beginning.
        public let term: String
        /// How many documents of the index hold it.
        public let frequency: Int
    }

    /// A text that must stand in a passage as it is.
    public struct Part: Sendable {
        /// The text, folded.
        public let text: String
        /// Its inverse document frequency, taken from its rarest term.
        public let weight: Double
        /// The terms by which passages are found.
        public let grams: [Gram]
        /// Whether the stored text is read to be sure.
        public let isVerified: Bool
    }

    /// One text of the question.
    public struct Text: Sendable {
        /// The node as a query would write it.
        public let written: String
        /// The text as it is compared.
        public let folded: String
        /// What must stand in a passage, each part exactly.
        public let parts: [Part]
        /// How many passages hold all terms.
        public let candidates: Int
        /// How many of them hold the texts.
        public let matches: Int
    }

    /// One condition of the question.
    public struct Filter: Sendable {
        /// The condition as a query would write it.
        public let written: String
        /// How many passages it holds for.
        public let passages: Int
    }

    /// A part of a hit's weight.
    public struct Weight: Sendable {
        /// What it is for.
        public let reason: Reason
        /// The text that it is for; nil of ``Reason/near``, ``Reason/characters`` and ``Reason/heading``.
        public let text: String?
        /// How much it is, not below 0 but of ``Reason/heading``.
        public let value: Double
    }

    /// What a part of a weight is for.
    public enum Reason: String, Sendable {
        /// A word or phrase, by BM25.
        case text
        /// The words stand side by side as they were typed.
        case whole
        /// The words stand near each other.
        case near
        /// The head of the report has the words; by how few reports have them.
        case head
        /// Characters of the question that are rare among the best passages; only of a question
        /// for any word.
        case characters
        /// The passage is a heading, a signature or a label: the value is below 0.
        case heading
    }

    /// The tree of the question, one node a line, with positions.
    public let tree: String
    /// The tree that was asked instead when nothing holds all words; nil when the first was.
    public let relaxedTree: String?
    /// The texts that were looked for.
    public let texts: [Text]
    /// The conditions that passages had to satisfy.
    public let filters: [Filter]
    /// For each hit the parts of its weight: their sum is its score.
    public let weights: [[Weight]]
}

extension Searcher {
    /// Explains an answer: asks again for each part of the question by itself.
    ///
    /// The lists are those of the first segment, in which longer grams than pairs may be kept; what
    /// is counted is counted over all.
    func explanation(
        of question: ResolvedQuestion, _ page: FoundPage, _ request: SearchRequest,
        hits: [SearchHit]
    ) throws -> Explanation {
        let isExact = request.match == .phrase
        var texts: [Explanation.Text] = []
        var filters: [Explanation.Filter] = []
        let relaxed = page.looser ?? (request.match == .any ? page.asked : nil)
        let asked = relaxed ?? page.asked
        if let segment = reader.segments.first {
            for leaf in asked?.leaves ?? [] {
                guard let tree = leaf.textTree else {
                    filters.append(
                        Explanation.Filter(
                            written: leaf.tree.description, passages: try count(leaf, request)))
                    continue
                }
                guard let text = try scoring.match(for: tree, isExact: isExact, in: segment) else {
                    continue
                }
                texts.append(
                    Explanation.Text(
                        written: tree.description, folded: analysis.folded(tree.text ?? ""),
                        parts: try text.parts.map(part),
                        candidates: try candidates(tree, isExact: isExact),
                        matches: try count(leaf, request)))
            }
        }
        let found = page.groups.compactMap(\.first) + page.relaxed
        return Explanation(
            tree: request.question.tree?.dump ?? "", relaxedTree: relaxed?.tree.dump,
            texts: texts, filters: filters,
            weights: try zip(hits, found).map { hit, found in
                try weights(
                    of: hit, found, hit.isRelaxed ? page.looser : page.asked, isExact,
                    isLoose: hit.isRelaxed || request.match == .any)
            })
    }

    private func part(_ part: WantedText.Part) throws -> Explanation.Part {
        Explanation.Part(
            text: String(decoding: part.folded, as: UTF8.self), weight: part.weight,
            grams: try part.terms.terms.map { gram in
                Explanation.Gram(
                    term: String(decoding: gram.bytes, as: UTF8.self)
                        + (gram.isPrefix ? "*" : ""),
                    frequency: try scoring.frequency(
                        of: gram.bytes, isBeginning: gram.isPrefix))
            }, isVerified: !part.terms.isProof)
    }

    private func count(_ leaf: ResolvedTerm, _ request: SearchRequest) throws -> Int {
        var counting = request
        counting.countOnly = true
        return try find(leaf, counting).total
    }

    /// The passages with every gram of a text; one character stands for all that begin with it.
    private func candidates(_ leaf: QueryTree, isExact: Bool) throws -> Int {
        try reader.segments.reduce(0) { sum, segment in
            guard let text = try scoring.match(for: leaf, isExact: isExact, in: segment) else {
                return sum
            }
            return try sum + segment.candidateCount(of: text)
        }
    }

    /// The parts of a hit's weight.
    private func weights(
        of hit: SearchHit, _ found: Found, _ asked: ResolvedTerm?, _ isExact: Bool,
        isLoose: Bool
    ) throws -> [Explanation.Weight] {
        let folded = analysis.foldedUTF8(of: hit.passage.text)
        let segment = reader.segments[found.segment]
        let report = try segment.report(ofPassage: found.hit.id)
        var length = 0
        analysis.forEachGram(in: folded.span) { _ in length += 1 }
        var weights: [Explanation.Weight] = []
        func add(_ reason: Explanation.Reason, _ text: [UInt8]?, _ value: Double) {
            weights.append(
                Explanation.Weight(
                    reason: reason, text: text.map { String(decoding: $0, as: UTF8.self) },
                    value: value))
        }
        func add(_ text: WantedText?) throws {
            guard let text, let found = try text.weights(ofFolded: folded, length: length) else {
                return
            }
            for (part, weight) in zip(text.parts, found.parts) where weight > 0 {
                add(.text, part.folded, weight)
            }
            if found.whole > 0 { add(.whole, text.whole, found.whole) }
            if found.proximity > 0 { add(.near, nil, found.proximity) }
        }
        for whole in asked?.wholes ?? [] { try add(scoring.whole(whole, in: segment)) }
        for leaf in asked?.wantedLeaves ?? [] {
            switch leaf {
            case .text(let tree, let variants):
                for tree in [tree] + variants {
                    try add(
                        scoring.match(
                            for: tree, isExact: isExact, isLoose: isLoose, in: segment))
                }
            case .name(let name) where try name.test.condition(segment).holds(report):
                add(.head, Array(name.text.utf8), try scoring.headWeight(of: name))
            default: break
            }
        }
        if found.added != 0 { add(found.added < 0 ? .heading : .characters, nil, found.added) }
        return weights
    }
}

extension ResolvedTerm {
    /// The runs in which some parts name reports and others are text.
    fileprivate var wholes: [QueryTree] {
        switch self {
        case .all(let terms), .any(let terms): terms.flatMap(\.wholes)
        case .spelt(_, _, let term): term.wholes
        case .parts(let terms, let whole):
            terms.contains { $0.textTree != nil } ? [whole] : []
        default: []
        }
    }
}

extension QueryTree {
    /// The text of a node that looks for text; nil of a condition.
    fileprivate var text: String? {
        switch kind {
        case .run(let text), .phrase(let text), .prefix(let text): text
        case .near(let texts, _): texts.joined(separator: " ")
        default: nil
        }
    }
}
