import QueryLanguage
import SegmentStore

/// What a question may have meant where it names what the index does not hold.
public struct Suggestion: Sendable, Hashable {
    /// The part of the question, as it was written.
    public let written: String
    /// What may have been meant, the likeliest first; never empty.
    public let meant: [String]
}

/// Finds what a question may have meant, in the vocabulary of the index.
struct Suggestions {
    let reader: IndexReader
    let scoring: Scoring

    /// The most suggestions for one question.
    private static let most = 3

    /// The suggestions for each part of a question that the index does not hold.
    func suggestions(for term: ResolvedTerm?) throws -> [Suggestion] {
        var found: [Suggestion] = []
        for leaf in (term?.wantedLeaves ?? []).map(\.tree) where found.count < Self.most {
            guard let suggestion = try suggestion(for: leaf), !found.contains(suggestion) else {
                continue
            }
            found.append(suggestion)
        }
        return found
    }

    private func suggestion(for leaf: QueryTree) throws -> Suggestion? {
        switch leaf.kind {
        case .run(let text), .phrase(let text), .prefix(let text):
            if case .run = leaf.kind,
                let name = try MisspeltNames(reader, scoring: scoring)
                    .meant(by: scoring.analysis.folded(text))
            {
                return Suggestion(written: text, meant: [name])
            }
            let words = WordSuggestions(segments: reader.segments, scoring: scoring)
            return try words.meant(by: text).map { Suggestion(written: text, meant: [$0]) }
        case .field(let name, .text(let text, _)):
            let field = FieldName.named(name.text)
            guard let known = try names(in: field) else { return nil }
            // A place may be written from the province down: 甘肃省 平凉市 泾川县.
            let parts = field == .region ? text.split(separator: " ").map(String.init) : [text]
            for part in parts {
                if let meant = nearest(to: part, among: known) {
                    return Suggestion(written: part, meant: meant)
                }
            }
            return nil
        default:
            return nil
        }
    }

    /// The names that come nearest to one that none of them holds; nil when some does, or none is near.
    private func nearest(to text: String, among known: Set<[UInt8]>) -> [String]? {
        let wanted = scoring.analysis.foldedUTF8(of: text)
        if Int(text) != nil || known.contains(where: { $0.firstRange(of: wanted) != nil }) {
            return nil
        }
        let nearest = NameSuggestions(known, analysis: scoring.analysis).nearest(to: text)
        return nearest.isEmpty ? nil : nearest
    }

    /// The folded names of the index in one field; nil when it has no names.
    private func names(in field: FieldName?) throws -> Set<[UInt8]>? {
        switch field {
        case .agency: try reader.names(of: .agency)
        case .region: try reader.names(of: .region)
        case .section: try reader.names(of: .section)
        case .subsection:
            try reader.segments.reduce(into: Set<[UInt8]>()) { names, segment in
                names.formUnion(try segment.headings(.subsection, limit: QueryPlan.mostNames))
            }
        default: nil
        }
    }
}
