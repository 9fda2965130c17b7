import IndexSchema
import QueryLanguage
import Xapian

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
    let analysis: TextAnalysis
    private let passageCount: Double
    private let averageLength: Double
    private var frequencies: [TextMatch.Gram: Int] = [:]

    /// The BM25 parameters of Robertson and Zaragoza (2009).
    private static let k1 = 1.2
    private static let b = 0.75
    /// The terms counted for a prefix when its frequency is estimated.
    private static let countedPrefixes = 1_000

    init(segments: [Segment], analysis: TextAnalysis) {
        self.segments = segments
        self.analysis = analysis
        passageCount = Double(max(1, segments.reduce(0) { $0 + $1.passageCount }))
        averageLength = Double(segments.reduce(0) { $0 + $1.totalLength }) / passageCount
    }

    /// Passages that hold all words of an unquoted text: those with the exact text first, then
    /// those whose words stand near each other.
    func run(_ text: String, isExact: Bool, in segment: Segment) throws -> Query {
        let words = analysis.words(of: text)
        guard !isExact, words.count > 1 else { return try phrase(text, in: segment) }
        let parts = try words.map { try part($0, in: segment) }
        // More than every word can weigh together, so an exact hit is always above an inexact one.
        let highest = parts.reduce(0) { $0 + $1.weight } * (Self.k1 + 1)
        return try .text(
            TextMatch(
                parts: parts, whole: analysis.code(ofFolded: analysis.foldedUTF8(of: text)),
                wholeBoost: 2 * highest, proximityBoost: highest / 2, k1: Self.k1, b: Self.b,
                averageLength: averageLength))
    }

    /// Passages that hold a text exactly.
    func phrase(_ text: String, in segment: Segment) throws -> Query {
        let bytes = analysis.foldedUTF8(of: text)
        // What folds to nothing, such as a zero-width space, is in every text and asks for nothing.
        guard !bytes.isEmpty else { return try .nothing() }
        return try .text(
            TextMatch(
                parts: [part(bytes, in: segment)], k1: Self.k1, b: Self.b,
                averageLength: averageLength))
    }

    /// Passages that hold all texts exactly with at most `distance` characters between them.
    func near(_ texts: [String], distance: Int, in segment: Segment) throws -> Query {
        // "a b"~10 reaches us as one text: its words are what stands near each other.
        let wanted =
            texts.count > 1
            ? texts.map { analysis.foldedUTF8(of: $0) } : texts.flatMap(analysis.words)
        let parts = try wanted.filter { !$0.isEmpty }.map { try part($0, in: segment) }
        guard !parts.isEmpty else { return try .nothing() }
        return try .text(
            TextMatch(
                parts: parts, maximumGap: distance, k1: Self.k1, b: Self.b,
                averageLength: averageLength))
    }

    private func part(
        _ bytes: [UInt8], in segment: Segment
    ) throws(XapianError) -> TextMatch.Part {
        let phrase = segment.analysis.terms(ofPhrase: bytes)
        // Longer grams are not the same in every segment; pairs are.
        var rarest = passageCount
        for gram in Self.grams(of: analysis.terms(ofPhrase: bytes)) {
            rarest = min(rarest, Double(try frequency(of: gram)))
        }
        let weight = log(1 + (passageCount - rarest + 0.5) / (rarest + 0.5))
        return TextMatch.Part(
            bytes: analysis.code(ofFolded: bytes), grams: Self.grams(of: phrase), weight: weight,
            needsVerification: !phrase.isProof)
    }

    private static func grams(of phrase: PhraseTerms) -> [TextMatch.Gram] {
        phrase.terms.map { TextMatch.Gram($0.bytes, isPrefix: $0.isPrefix) }
    }

    /// Whether some texts, all of them wanted, are surely in fewer passages than a number.
    func isRare(
        _ terms: [QueryTree], isExact: Bool, in segment: Segment, within most: Int
    ) throws(XapianError) -> Bool {
        for term in terms {
            let texts: [[UInt8]]
            switch term.kind {
            case .run(let text):
                texts = isExact ? [analysis.foldedUTF8(of: text)] : analysis.words(of: text)
            case .phrase(let text), .prefix(let text): texts = [analysis.foldedUTF8(of: text)]
            default: continue
            }
            for gram in texts.flatMap({ Self.grams(of: segment.analysis.terms(ofPhrase: $0)) })
            where !gram.isPrefix {
                if try segment.database.termFrequency(of: gram.bytes) <= most { return true }
            }
        }
        return false
    }

    private func frequency(of gram: TextMatch.Gram) throws(XapianError) -> Int {
        if let known = frequencies[gram] { return known }
        var sum = 0
        for segment in segments {
            if gram.isPrefix {
                let terms = try segment.database.terms(
                    withPrefix: gram.bytes, limit: Self.countedPrefixes)
                sum += terms.elements.reduce(0) { $0 + $1.frequency }
            } else {
                sum += try segment.database.termFrequency(of: gram.bytes)
            }
        }
        let frequency = min(sum, Int(passageCount))
        frequencies[gram] = frequency
        return frequency
    }
}
