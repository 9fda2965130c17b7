import QueryLanguage

/// A term of a question without which something is found.
public struct EmptyingTerm: Sendable {
    /// The term as it was written: a flag with its value, or a part of the query.
    public let written: String
    /// How many passages match without it.
    public let passages: Int
    /// The first and the last year that the reports of these are about; nil when none is known, or the
    /// term does not ask for years.
    public let years: ClosedRange<Int>?
}

extension Searcher {
    /// The most terms that are left out to see what is there without them.
    private static let mostReasons = 12

    /// The terms without which a question that finds nothing finds something.
    func reasons(
        for question: ResolvedQuestion, _ request: SearchRequest
    ) throws -> [EmptyingTerm] {
        let terms = question.term?.required.flatMap(\.nameParts) ?? []
        guard terms.count > 1 else { return [] }
        var reasons: [EmptyingTerm] = []
        for index in terms.indices.prefix(Self.mostReasons) {
            let left = terms[index]
            var rest = terms
            rest.remove(at: index)
            guard !left.isText else { continue }
            var counting = request
            counting.countOnly = true
            let remaining = ResolvedTerm.joined(rest)
            let passages = try find(remaining, counting).total
            guard passages > 0 else { continue }
            reasons.append(
                EmptyingTerm(
                    written: request.question.written(left), passages: passages,
                    years: left.asksForYears ? try years(of: remaining, request) : nil))
        }
        return reasons
    }

    /// The first and the last year of the reports in which something matches.
    private func years(
        of term: ResolvedTerm?, _ request: SearchRequest
    ) throws -> ClosedRange<Int>? {
        let years = try facets([.year], of: term, [], request).flatMap(\.values)
            .compactMap(\.value).compactMap { Int($0) }
        guard let first = years.min(), let last = years.max() else { return nil }
        return first...last
    }
}

extension ResolvedTerm {
    /// The parts of a run in which some name reports; of any other term itself.
    fileprivate var nameParts: [ResolvedTerm] {
        if case .parts(let terms, _) = self { terms } else { [self] }
    }

    /// Whether a passage must hold text for it.
    fileprivate var isText: Bool {
        leaves.contains { leaf in
            switch leaf {
            case .text: true
            default: false
            }
        }
    }

    /// Whether it is a condition on years.
    fileprivate var asksForYears: Bool {
        leaves.allSatisfy { leaf in
            switch leaf.tree.kind {
            case .field(let name, _), .comparison(let name, _, _):
                FieldName.named(name.text) == .year
            default: false
            }
        }
    }
}

extension Question {
    /// A term that was looked up, as it was written: with its flag when it came by one.
    fileprivate func written(_ term: ResolvedTerm) -> String {
        if case .name(let name) = term { return name.text }
        let tree = term.tree
        for part in terms where part.tree == tree {
            guard let flag = part.source?.flag else { continue }
            return flag + " " + (part.source?.text ?? tree.value)
        }
        return tree.description
    }
}

extension QueryTree {
    /// What a field must hold, or any of some, as text.
    fileprivate var value: String {
        switch kind {
        case .field(_, .text(let text, _)): text
        case .field(_, .range(let range)): range.description
        case .or(let terms): terms.map(\.value).joined(separator: ", ")
        default: description
        }
    }
}
