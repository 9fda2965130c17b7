import QueryLanguage
import SegmentStore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How text in a query becomes text matches, and what they weigh.
///
/// Weights are BM25 with frequencies counted over the whole index, so that a hit weighs the same in
/// one segment or many.
final class Scoring {
    private let segments: [Segment]
    private let elsewhere: (any PassagesElsewhere)?
    let analysis: TextAnalysis
    private let passageCount: Double
    let averageLength: Double
    private let reportCount: Double
    private var frequencies: [Gram: Int] = [:]
    private var headFrequencies: [String: Int] = [:]

    /// The BM25 parameters of Robertson and Zaragoza (2009).
    static let k1 = 1.2
    static let b = 0.75
    /// Those of questions for any of the words; see Benchmarks/RANKING.md.
    static let looseK1 = 0.8
    static let looseB = 0.5
    /// What the head of a report is worth beside a word of its passages of the same rarity.
    static let headWeight = 2 * (k1 + 1)
    /// The terms counted for a prefix when its frequency is estimated.
    private static let countedPrefixes = 1_000

    /// The scoring of the passages of some segments, and of others together with them.
    init(
        segments: [Segment], analysis: TextAnalysis, elsewhere: (any PassagesElsewhere)? = nil
    ) {
        self.segments = segments
        self.elsewhere = elsewhere
        self.analysis = analysis
        let count = segments.reduce(elsewhere?.passageCount ?? 0) { $0 + $1.passageCount }
        passageCount = Double(max(1, count))
        reportCount = Double(max(1, segments.reduce(0) { $0 + $1.reportCount }))
        averageLength =
            segments.reduce(elsewhere?.totalLength ?? 0) { $0 + Double($1.totalLength) }
            / passageCount
    }

    /// What a text of a query looks for in a segment; nil of a node without text, and of text that
    /// folds to nothing, such as a zero-width space.
    ///
    /// - Parameter isLoose: whether it is one of several texts, any of which is enough.
    func match(
        for leaf: QueryTree, isExact: Bool, isLoose: Bool = false, in segment: Segment
    ) throws -> WantedText? {
        guard var wanted = try match(for: leaf, isExact: isExact, cut: segment.analysis) else {
            return nil
        }
        if isLoose { (wanted.k1, wanted.b) = (Self.looseK1, Self.looseB) }
        return wanted
    }

    /// The same as ``match(for:isExact:isLoose:in:)`` for texts that are cut by some analysis.
    func match(
        for leaf: QueryTree, isExact: Bool, cut: TextAnalysis
    ) throws -> WantedText? {
        switch leaf.kind {
        case .run(let text): return try wanted(run: text, isExact: isExact, cut)
        case .phrase(let text), .prefix(let text): return try wanted(phrase: text, cut)
        case .near(let texts, let distance):
            return try wanted(near: texts, distance: distance, cut)
        default: return nil
        }
    }

    /// How many passages of a segment hold a text exactly.
    func count(ofPhrase text: String, in segment: Segment) throws -> Int {
        try segment.count(of: phrase(text, in: segment))
    }

    /// Passages that hold a text exactly.
    func phrase(_ text: String, in segment: Segment) throws -> PassageQuery {
        try wanted(phrase: text, segment.analysis).map { try PassageQuery.text($0) } ?? .nothing()
    }

    /// Passages that hold a text exactly, none of which is worth more for it.
    func weightless(_ phrase: QueryTree, in segment: Segment) throws -> PassageQuery {
        guard var wanted = try match(for: phrase, isExact: true, in: segment) else {
            return try .nothing()
        }
        for index in wanted.parts.indices { wanted.parts[index].weight = 0 }
        return try .text(wanted)
    }

    /// A run as it is, worth more than its words can weigh apart.
    func whole(_ run: QueryTree, in segment: Segment) throws -> WantedText? {
        guard var wanted = try match(for: run, isExact: true, in: segment) else { return nil }
        let part = wanted.parts[0]
        wanted.whole = part.folded
        wanted.wholeBoost = 2 * Self.headWeight * part.weight
        return wanted
    }

    /// All words of an unquoted text: passages with the exact text first, then those whose words
    /// stand near each other.
    private func wanted(
        run text: String, isExact: Bool, _ cut: TextAnalysis
    ) throws -> WantedText? {
        let words = analysis.words(of: text)
        guard !isExact, words.count > 1 else { return try wanted(phrase: text, cut) }
        let parts = try words.map { try part($0, cut) }
        // More than every word can weigh together, so an exact hit is always above an inexact one.
        let highest = parts.reduce(0) { $0 + $1.weight } * (Self.k1 + 1)
        var wanted = wanted(parts)
        wanted.whole = analysis.foldedUTF8(of: text)
        wanted.wholeBoost = 2 * highest
        wanted.proximityBoost = highest / 2
        return wanted
    }

    private func wanted(phrase text: String, _ cut: TextAnalysis) throws -> WantedText? {
        let bytes = analysis.foldedUTF8(of: text)
        guard !bytes.isEmpty else { return nil }
        return wanted([try part(bytes, cut)])
    }

    private func wanted(_ parts: [WantedText.Part]) -> WantedText {
        WantedText(parts: parts, k1: Self.k1, b: Self.b, averageLength: averageLength)
    }

    /// All texts exactly with at most `distance` characters between them.
    private func wanted(
        near texts: [String], distance: Int, _ cut: TextAnalysis
    ) throws -> WantedText? {
        // "a b"~10 reaches us as one text: its words are what stands near each other.
        let words =
            (texts.count > 1
            ? texts.map { analysis.foldedUTF8(of: $0) } : texts.flatMap(analysis.words))
            .filter { !$0.isEmpty }
        guard !words.isEmpty else { return nil }
        var wanted = wanted(try words.map { try part($0, cut) })
        wanted.maximumGap = distance
        return wanted
    }

    private func part(
        _ bytes: [UInt8], _ cut: TextAnalysis
    ) throws -> WantedText.Part {
        let phrase = cut.terms(ofPhrase: bytes)
        // Longer grams are not the same in every segment; pairs are.
        var rarest = passageCount
        for term in analysis.terms(ofPhrase: bytes).terms {
            rarest = min(
                rarest, Double(try frequency(of: term.bytes, isBeginning: term.isPrefix)))
        }
        return WantedText.Part(folded: bytes, terms: phrase, weight: rarity(of: rarest))
    }

    /// Whether some texts, all of them wanted, are surely in fewer passages than a number.
    func isRare(
        _ terms: [QueryTree], isExact: Bool, in segment: Segment, within most: Int
    ) throws(SegmentError) -> Bool {
        for term in terms {
            let texts: [[UInt8]]
            switch term.kind {
            case .run(let text):
                texts = isExact ? [analysis.foldedUTF8(of: text)] : analysis.words(of: text)
            case .phrase(let text), .prefix(let text): texts = [analysis.foldedUTF8(of: text)]
            default: continue
            }
            for term in texts.flatMap({ segment.analysis.terms(ofPhrase: $0).terms })
            where !term.isPrefix {
                if try segment.frequency(of: term.bytes) <= most { return true }
            }
        }
        return false
    }

    /// The inverse document frequency of a gram.
    func rarity(of gram: [UInt8]) throws -> Double {
        rarity(of: Double(try frequency(of: gram)))
    }

    private func rarity(of frequency: Double) -> Double {
        log(1 + (passageCount - frequency + 0.5) / (frequency + 0.5))
    }

    /// The inverse document frequency of words that so many reports have in their head.
    func rarity(ofReports count: Int) -> Double {
        let count = Double(count)
        return log(1 + (reportCount - count + 0.5) / (count + 0.5))
    }

    /// What it is worth that the head of a passage's report has some words.
    func headWeight(of name: NamedReports) throws -> Double {
        Self.headWeight * rarity(ofReports: try frequency(of: name))
    }

    /// How many reports some words name.
    private func frequency(of name: NamedReports) throws -> Int {
        let key = name.field.rawValue + ":" + name.text
        if let known = headFrequencies[key] { return known }
        let count = try segments.reduce(0) { sum, segment in
            try sum + name.test.condition(segment).all().count
        }
        headFrequencies[key] = count
        return count
    }

    /// How many passages hold a gram; of a beginning, about how many.
    ///
    /// - Parameter isBeginning: whether the gram may go on.
    func frequency(of bytes: [UInt8], isBeginning: Bool = false) throws -> Int {
        let gram = Gram(bytes: bytes, isBeginning: isBeginning)
        if let known = frequencies[gram] { return known }
        var sum = try elsewhere?.frequency(of: bytes, isBeginning: isBeginning) ?? 0
        for segment in segments {
            if isBeginning {
                let terms = try segment.terms(beginning: bytes, limit: Self.countedPrefixes)
                // Longer grams are not the same in every segment; pairs are.
                sum += terms.reduce(0) { $0 + (Self.isPair($1.term) ? $1.frequency : 0) }
            } else {
                sum += try segment.frequency(of: bytes)
            }
        }
        let frequency = min(sum, Int(passageCount))
        frequencies[gram] = frequency
        return frequency
    }

    /// Whether a gram has one or two characters.
    private static func isPair(_ gram: [UInt8]) -> Bool {
        gram.count { $0 & 0xC0 != 0x80 } <= 2
    }

    /// A gram, or how some begin.
    private struct Gram: Hashable {
        let bytes: [UInt8]
        let isBeginning: Bool
    }
}

/// Passages that no segment holds, and that weigh as if they were of one index with those that do.
protocol PassagesElsewhere: AnyObject {
    /// How many there are.
    var passageCount: Int { get }
    /// The sum of their lengths, in word characters.
    var totalLength: Double { get }
    /// How many hold a gram as an index has it; of a beginning, about how many.
    ///
    /// - Parameter isBeginning: whether the gram may go on.
    func frequency(of gram: [UInt8], isBeginning: Bool) throws -> Int
}
