public import QueryLanguage

/// A question as it was asked: terms that are all required, each with where it came from.
public struct Question: Sendable {
    /// Where a term was written.
    public enum Source: Sendable, Hashable {
        /// The query, whose text positions count in.
        case query(String)
        /// A flag such as `--where`, and the text of its value that positions count in; nil when the
        /// value is not read as a query.
        case flag(String, text: String?)

        /// The text that positions count in; nil when there is none.
        public var text: String? {
            switch self {
            case .query(let text): text
            case .flag(_, let text): text
            }
        }

        /// The flag; nil of the query.
        public var flag: String? {
            if case .flag(let name, _) = self { name } else { nil }
        }
    }

    /// A term.
    public struct Term: Sendable {
        /// What it asks.
        public var tree: QueryTree
        /// Where it was written; nil when it was written nowhere.
        public var source: Source?

        /// A term that was written somewhere.
        public init(_ tree: QueryTree, from source: Source? = nil) {
            self.tree = tree
            self.source = source
        }
    }

    /// The terms; none ask for every passage.
    public var terms: [Term]

    /// A question of terms that are all required.
    public init(_ terms: [Term] = []) { self.terms = terms }

    /// A question that was not written.
    public init(_ tree: QueryTree?) { terms = tree.map { [Term($0)] } ?? [] }

    /// The terms as one tree, a flat `and`; nil when there is none.
    public var tree: QueryTree? {
        let flat = terms.flatMap { term in
            if case .and(let inner) = term.tree.kind { inner } else { [term.tree] }
        }
        guard flat.count > 1 else { return flat.first }
        return QueryTree(.and(flat), range: terms.count == 1 ? terms[0].tree.range : 0..<0)
    }
}
