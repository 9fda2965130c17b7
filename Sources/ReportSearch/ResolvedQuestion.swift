import PlainXapian
import QueryLanguage
import ReportModel
import SegmentStore

/// A question in which every name was looked up: what is left to do is the same for each segment.
struct ResolvedQuestion {
    /// All of it; nil asks for every passage.
    let term: ResolvedTerm?
    /// How words of the question were read: as names of reports, as the characters that letters spell.
    let understood: [UnderstoodWords]
    /// The statistics that it names, in their order.
    let statistics: [Statistic]

    /// The question with another term.
    func asking(_ term: ResolvedTerm?) -> ResolvedQuestion {
        ResolvedQuestion(term: term, understood: understood, statistics: statistics)
    }
}

/// Words of a question, and what they were taken for.
public struct UnderstoodWords: Sendable, Hashable {
    /// The words, as the question has them.
    public let text: String
    /// What they were taken for: `agency`, `region` or `year`, or `text` where letters spell words.
    public let field: String
    /// The name or the words that they stand for.
    public let value: String
}

/// What a question asks, every name looked up.
indirect enum ResolvedTerm {
    /// Text that a passage must hold: a run, a phrase, a prefix, or texts near each other; or the same
    /// text in another form that folding keeps apart.
    case text(QueryTree, variants: [QueryTree] = [])
    /// Words that name reports: the head of a passage's report has them, or else its text.
    case name(NamedReports)
    /// A run in which some parts name reports: all parts, and better the whole.
    case parts([ResolvedTerm], whole: QueryTree)
    /// Letters, the characters that they spell, and what these ask.
    case spelt(String, String, ResolvedTerm)
    /// What a report must satisfy.
    case reports(ReportTest)
    /// What a passage must satisfy beside its text.
    case passages(PassageTest)
    /// All of some terms.
    case all([ResolvedTerm])
    /// Any of some terms.
    case any([ResolvedTerm])
    /// What a term does not match.
    case not(ResolvedTerm)
}

/// Something that is asked of reports.
struct ReportTest {
    /// As a query would write it.
    let written: QueryTree
    private let asked: () -> PlainQuery?
    /// The condition for the reports of a segment.
    let condition: (Segment) throws -> ReportCondition

    init(
        _ written: QueryTree, plain: @autoclosure @escaping () -> PlainQuery? = nil,
        condition: @escaping (Segment) throws -> ReportCondition
    ) {
        self.written = written
        asked = plain
        self.condition = condition
    }

    /// The same as servers of plain databases are asked for it; nil where they cannot be.
    var plain: PlainQuery? { asked() }
}

/// Something that is asked of passages.
struct PassageTest {
    /// What is asked.
    enum Kind {
        /// The section has a number.
        case section(UInt8)
        /// A heading holds a folded text.
        case heading(Schema.Prefix, [UInt8])
        /// The length, in word characters, is wanted.
        case length(WantedNumbers)
    }

    /// As a query would write it.
    let written: QueryTree
    /// What is asked.
    let kind: Kind
}

extension ResolvedTerm {
    /// The terms that are all required: those of an `all`, or the term alone.
    var required: [ResolvedTerm] {
        if case .all(let terms) = self { terms } else { [self] }
    }

    /// Some terms that are all required, as one; nil for none.
    static func joined(_ terms: [ResolvedTerm]) -> ResolvedTerm? {
        terms.count > 1 ? .all(terms.flatMap(\.required)) : terms.first
    }

    /// The terms without any below them that are wanted, in their order: excluded ones are not.
    var wantedLeaves: [ResolvedTerm] {
        switch self {
        case .all(let terms), .any(let terms), .parts(let terms, _): terms.flatMap(\.wantedLeaves)
        case .spelt(_, _, let term): term.wantedLeaves
        case .not: []
        default: [self]
        }
    }

    /// The terms without any below them, excluded ones too.
    var leaves: [ResolvedTerm] {
        switch self {
        case .all(let terms), .any(let terms), .parts(let terms, _): terms.flatMap(\.leaves)
        case .spelt(_, _, let term): term.leaves
        case .not(let term): term.leaves
        default: [self]
        }
    }

    /// How words in the term were read.
    var understood: [UnderstoodWords] {
        switch self {
        case .name(let name):
            return [
                UnderstoodWords(text: name.text, field: name.field.rawValue, value: name.value)
            ]
        case .spelt(let letters, let text, .reports):
            return [UnderstoodWords(text: letters, field: "statistic", value: text)]
        case .spelt(let letters, let text, let term):
            let read = term.understood
            return [
                UnderstoodWords(
                    text: letters, field: read.count == 1 ? read[0].field : "text", value: text)
            ]
        case .all(let terms), .any(let terms), .parts(let terms, _):
            return terms.flatMap(\.understood)
        case .text, .reports, .passages, .not: return []
        }
    }

    /// The texts that a passage may hold.
    var wantedTexts: [QueryTree] {
        wantedLeaves.flatMap { leaf -> [QueryTree] in
            switch leaf {
            case .text(let tree, let variants): [tree] + variants
            case .name(let name): name.texts
            default: []
            }
        }
    }

    /// The term as a query would write it.
    var tree: QueryTree {
        func joined(_ terms: [ResolvedTerm], _ make: ([QueryTree]) -> QueryTree.Kind) -> QueryTree {
            terms.count == 1 ? terms[0].tree : QueryTree(make(terms.map(\.tree)))
        }
        switch self {
        case .text(let tree, _): return tree
        case .name(let name): return name.written
        case .parts(let terms, _), .all(let terms): return joined(terms, QueryTree.Kind.and)
        case .spelt(_, _, let term): return term.tree
        case .any(let terms): return joined(terms, QueryTree.Kind.or)
        case .reports(let test): return test.written
        case .passages(let test): return test.written
        case .not(let term): return QueryTree(.not(term.tree))
        }
    }
}
