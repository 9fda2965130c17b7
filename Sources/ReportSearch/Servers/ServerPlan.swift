import PlainXapian
import QueryLanguage
import SegmentStore

/// A resolved question as servers of plain databases are asked for it, and what the passages weigh that
/// they find.
struct ServerPlan {
    /// Which passages are asked for.
    let query: PlainQuery
    private let term: ResolvedTerm?
    private let isExact: Bool
    private let analysis = TextAnalysis()

    /// - Throws: ``SearchError`` of the question when servers cannot be asked for a part of it.
    init(_ term: ResolvedTerm?, isExact: Bool) throws {
        self.term = term
        self.isExact = isExact
        query = .all([.everything] + (try term.map { [try Self.query($0, isExact)] } ?? []))
    }

    private static func query(_ term: ResolvedTerm, _ isExact: Bool) throws -> PlainQuery {
        switch term {
        case .text(let tree, let variants):
            return .any(try ([tree] + variants).map { try text($0, isExact) })
        case .reports(let test):
            guard let plain = test.plain else {
                throw SearchError.notOnServers("\(test.written)", range: test.written.range)
            }
            return plain
        case .passages(let test): return passages(test)
        case .all(let terms): return .all(try terms.map { try query($0, isExact) })
        case .any(let terms): return .any(try terms.map { try query($0, isExact) })
        case .not(let term): return .not(try query(term, isExact))
        case .name, .parts, .spelt:
            throw SearchError.notOnServers("\(term.tree)", range: term.tree.range)
        }
    }

    private static func text(_ tree: QueryTree, _ isExact: Bool) throws -> PlainQuery {
        let analysis = TextAnalysis()
        switch tree.kind {
        case .run(let text):
            let words = isExact ? [] : analysis.words(of: text)
            if words.count > 1 { return .all(words.map { .text(.passage, $0) }) }
            return phrase(analysis.foldedUTF8(of: text))
        case .phrase(let text), .prefix(let text):
            return phrase(analysis.foldedUTF8(of: text))
        default:
            throw SearchError.notOnServers("\(tree)", range: tree.range)
        }
    }

    private static func phrase(_ folded: [UInt8]) -> PlainQuery {
        folded.isEmpty ? .nothing : .text(.passage, folded)
    }

    private static func passages(_ test: PassageTest) -> PlainQuery {
        switch test.kind {
        case .section(let number): return .section(Int(number))
        case .heading(let prefix, let text):
            return text.isEmpty
                ? .nothing : .text(prefix == .heading ? .heading : .subsection, text)
        case .length(let wanted): return .lengths(wanted)
        }
    }

    // MARK: Weights

    /// The texts that give passages a weight.
    private var texts: [QueryTree] { term?.wantedTexts ?? [] }

    /// Whether any text is asked for.
    var hasTexts: Bool { !texts.isEmpty }

    /// The text of several words, whole and folded, that comes before its words apart; nil where the
    /// question has none, or more texts.
    var whole: [UInt8]? {
        guard texts.count == 1, !isExact, let run = texts[0].run,
            analysis.words(of: run).count > 1
        else { return nil }
        return analysis.foldedUTF8(of: run)
    }

    private static func rowTerms(of folded: [UInt8]) -> [[UInt8]] {
        let scalars = Array(String(decoding: folded, as: UTF8.self).unicodeScalars)
        if scalars.count < 2 { return [folded] }
        return scalars.indices.dropLast().map { NameReading.bytes(scalars[$0...$0 + 1]) }
    }

    /// What passages weigh.
    ///
    /// - Parameter frequency: how many passages of servers have a character, or two side by side.
    func weights(
        _ scoring: Scoring, frequency: ([UInt8]) throws -> Int
    ) throws -> ServerWeights {
        var wanted: [WantedText] = []
        for text in texts {
            if let match = try scoring.match(for: text, isExact: isExact, cut: analysis) {
                wanted.append(match)
            }
        }
        var bounds: [PlainWeight] = []
        for part in wanted.flatMap(\.parts) {
            // What stands in the fewest passages says most about how often the whole does.
            let counted = try Self.rowTerms(of: part.folded).map { ($0, try frequency($0)) }
            guard let rarest = counted.min(by: { $0.1 < $1.1 }) else { continue }
            bounds.append(
                PlainWeight(term: rarest.0, weight: part.weight, frequency: rarest.1))
        }
        return ServerWeights(
            scoring: scoring, bounds: bounds,
            boosts: wanted.reduce(0) { sum, text in
                sum + (text.whole == nil ? 0 : text.wholeBoost)
                    + (text.parts.count > 1 ? text.proximityBoost : 0)
            },
            proximityBoosts: wanted.reduce(0) { sum, text in
                sum + (text.parts.count > 1 ? text.proximityBoost : 0)
            }, term: term, isExact: isExact)
    }
}

/// What passages weigh: the same as in an index, reckoned from their texts.
struct ServerWeights {
    let scoring: Scoring
    /// What servers are told to weigh.
    let bounds: [PlainWeight]
    /// What a passage may weigh beyond that.
    let boosts: Double
    /// The part of it that is due to words that stand near each other.
    let proximityBoosts: Double
    fileprivate let term: ResolvedTerm?
    fileprivate let isExact: Bool

    /// Weights are multiples of this, as the gram index has them.
    private static let steps = 16_777_216.0

    /// What a passage weighs.
    func weight(ofFolded folded: [UInt8], length: Int) throws -> Double {
        try term.flatMap { try weight($0, folded, length) } ?? 0
    }

    /// What a term adds; nil where its texts do not match.
    private func weight(
        _ term: ResolvedTerm, _ folded: [UInt8], _ length: Int
    ) throws -> Double? {
        switch term {
        case .text(let tree, let variants):
            return Self.sum(
                try ([tree] + variants).map { tree -> Double? in
                    let match = try scoring.match(
                        for: tree, isExact: isExact, cut: scoring.analysis)
                    guard let found = try match?.weights(ofFolded: folded, length: length) else {
                        return nil
                    }
                    let sum = found.parts.reduce(0, +) + found.whole + found.proximity
                    return (sum * Self.steps).rounded() / Self.steps
                })
        case .all(let terms):
            let weights = try terms.map { try weight($0, folded, length) }
            return weights.contains { $0 == nil } ? nil : Self.sum(weights)
        case .any(let terms): return Self.sum(try terms.map { try weight($0, folded, length) })
        default: return 0
        }
    }

    private static func sum(_ weights: [Double?]) -> Double? {
        let known = weights.compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, +)
    }
}

extension ResolvedTerm {
    /// Whether what a passage weighs may depend on its report, since a text is wanted only together
    /// with something else, and something else will do as well.
    var mixesTextsInAlternatives: Bool {
        switch self {
        case .all(let terms): terms.contains(where: \.mixesTextsInAlternatives)
        case .any(let terms):
            terms.contains { term in
                !term.wantedTexts.isEmpty
                    && term.leaves.contains { if case .text = $0 { false } else { true } }
            }
        default: false
        }
    }
}
