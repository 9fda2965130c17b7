import SegmentStore

/// How a text is normalised, cut and looked up.
public struct Tokens: Sendable {
    /// The text as it is compared.
    public let folded: String
    /// The words that unquoted text stands for.
    public let words: [String]
    /// The terms that an index stores for the text, in order, repeated ones too.
    public let indexTerms: [String]
    /// The terms by which the exact text is looked up; one that ends in * is a beginning.
    public let lookupTerms: [String]
    /// Whether a passage found by those terms holds the text for certain, or must be read.
    public let isProof: Bool

    /// Analyses a text.
    public init(_ text: String) {
        let analysis = TextAnalysis()
        folded = analysis.folded(text)
        let utf8 = Array(folded.utf8)
        words = analysis.words(of: text).map { String(decoding: $0, as: UTF8.self) }
        var terms: [String] = []
        analysis.forEachGram(in: utf8.span) { range in
            terms.append(String(decoding: utf8[range], as: UTF8.self))
        }
        indexTerms = terms
        let lookup = analysis.terms(ofPhrase: utf8)
        lookupTerms = lookup.terms.map {
            String(decoding: $0.bytes, as: UTF8.self) + ($0.isPrefix ? "*" : "")
        }
        isProof = lookup.isProof
    }
}
