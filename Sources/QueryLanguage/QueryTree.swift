/// What a query asks, as a tree whose every node knows its position in the query text.
///
/// `政策解读 year:2022 (新收>=10 OR missing(新收))` reads as
///
///     and [0,37]
///       run "政策解读" [0,4]
///       field year "2022" [5,14]
///       or [16,37]
///         comparison 新收 >= 10 [16,22]
///         call missing(新收) [26,37]
///
/// The tree does not know which fields, statistics or calls exist: whoever searches decides, and
/// points at ``QueryName/range`` when a name is unknown.
///
/// Two trees are equal when they ask the same: where their nodes stand in the text does not count.
///
/// A tree read by ``parse(_:)`` has at most ``QueryLimits/clauses`` leaves and a nesting of at most
/// ``QueryLimits/depth`` brackets and negations, so that it may be walked by recursion.
public struct QueryTree: Sendable, Hashable {
    /// What a node asks.
    public indirect enum Kind: Sendable, Hashable {
        /// Unquoted text without spaces, as typed: `政策解读`. Never empty.
        ///
        /// It may hold punctuation, or be nothing but punctuation.
        case run(String)

        /// Quoted text, to be matched exactly, punctuation included: `"政策解读"`. Never only spaces.
        case phrase(String)

        /// The beginning of a word: `政策*`, without its star. At least two letters or digits.
        case prefix(String)

        /// Texts, each exact, that stand near each other in any order: `"公开 审查"~10`,
        /// `信息公开 NEAR/15 保密审查`.
        ///
        /// There are two texts or more, except that `"公开审查"~10` has the one quoted run. The
        /// distance is the number written, from 0 to ``QueryLimits/distance``; what it counts is
        /// for the searcher to say.
        case near([String], distance: Int)

        /// A field and what it must hold: `year:2022`.
        case field(QueryName, QueryFieldValue)

        /// A statistic compared with a number, a range or another statistic: `新收>=10`.
        ///
        /// The name is always on the left: `10<=新收` has been turned round. The right side is a
        /// range only after ``QueryComparison/equal`` and ``QueryComparison/notEqual``.
        case comparison(QueryName, QueryComparison, QueryOperand)

        /// A call: `missing(新收)`, perhaps without arguments.
        ///
        /// Its name is none of the operators that are words.
        case call(QueryName, [QueryOperand])

        /// All of two or more terms, none of which is itself an `and`.
        case and([QueryTree])

        /// Any of two or more terms, none of which is itself an `or`.
        case or([QueryTree])

        /// What the term does not match.
        case not(QueryTree)
    }

    /// What the node asks.
    public var kind: Kind

    /// The node's position in the query: offsets of Unicode scalars from 0.
    ///
    /// Of `and` and `or`, from the beginning of the first term to the end of the last, without the
    /// brackets around them.
    public var range: Range<Int>

    /// A node asking `kind`, read from `range` of the query.
    public init(_ kind: Kind, range: Range<Int> = 0..<0) {
        self.kind = kind
        self.range = range
    }

    /// Whether two trees ask the same, wherever their nodes stand.
    public static func == (one: QueryTree, other: QueryTree) -> Bool {
        one.kind == other.kind
    }

    /// Hashes what the tree asks, without positions.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
    }

    /// The nodes that are not `and`, `or` or `not`, in the order of the query.
    public var leaves: [QueryTree] {
        switch kind {
        case .and(let terms), .or(let terms): terms.flatMap(\.leaves)
        case .not(let term): term.leaves
        default: [self]
        }
    }
}

/// The name of a field, a statistic or a call, in Chinese or English: `新收.自然人`.
public struct QueryName: Sendable, Hashable {
    /// The name as typed, full-width Latin letters, digits and dots made half-width.
    ///
    /// It begins with a letter, an ideograph or `_`; digits and dots may follow.
    public var text: String

    /// Its position in the query: offsets of Unicode scalars from 0.
    public var range: Range<Int>

    /// A name read from `range` of the query.
    public init(_ text: String, range: Range<Int> = 0..<0) {
        self.text = text
        self.range = range
    }

    /// Whether two names are spelt alike.
    public static func == (one: QueryName, other: QueryName) -> Bool {
        one.text == other.text
    }

    /// Hashes the spelling, without its position.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

/// What a field must hold.
public enum QueryFieldValue: Sendable, Hashable {
    /// A word or a quoted text: `agency:孟津区`, `title:"2022 年"`. Never empty.
    ///
    /// In an unquoted value full-width Latin letters, digits and marks are half-width, and stars
    /// stay: `file:2022/*.txt`.
    case text(String, isQuoted: Bool)

    /// Numbers from one to another: `year:2020..2023`, `year:2022..`, `year:..2023`.
    case range(QueryRange)

    /// A bound written with an operator: `year:>=2020`.
    case comparison(QueryComparison, QueryNumber)
}

/// How two sides compare.
public enum QueryComparison: String, Sendable, Hashable, CaseIterable {
    /// `=`, `==`.
    case equal = "="
    /// `!=`, `<>`, `≠`.
    case notEqual = "!="
    /// `<`.
    case less = "<"
    /// `<=`, `≤`.
    case lessOrEqual = "<="
    /// `>`.
    case greater = ">"
    /// `>=`, `≥`.
    case greaterOrEqual = ">="

    /// The comparison that holds when the sides are swapped.
    public var flipped: QueryComparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

/// The right side of a comparison, or an argument of a call.
public enum QueryOperand: Sendable, Hashable {
    /// Another statistic.
    case name(QueryName)
    /// A number.
    case number(QueryNumber)
    /// Numbers from one to another: `10..50`.
    case range(QueryRange)
}

/// Numbers from one to another, both ends included.
///
/// At least one end is given, and the lower is not above the upper.
public struct QueryRange: Sendable, Hashable {
    /// The least number; `nil` when the range is open below.
    public var lower: QueryNumber?

    /// The greatest number; `nil` when the range is open above.
    public var upper: QueryNumber?

    /// The numbers from `lower` to `upper`.
    public init(lower: QueryNumber?, upper: QueryNumber?) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether the range holds a value.
    public func contains(_ value: Double) -> Bool {
        if let lower, value < lower.value { return false }
        if let upper, value > upper.value { return false }
        return true
    }
}

/// A number of the query, at most ``QueryLimits/magnitude`` either side of zero.
public struct QueryNumber: Sendable, Hashable {
    /// Its value, finite and never NaN: 1.5万 is 15000, 80% is 0.8.
    public var value: Double

    /// Its spelling, in half-width: `1,234`, `1.5万`, `80%`.
    public var text: String

    /// Its position in the query: offsets of Unicode scalars from 0.
    public var range: Range<Int>

    /// A number spelt `text`, read from `range` of the query.
    public init(_ value: Double, text: String, range: Range<Int> = 0..<0) {
        self.value = value
        self.text = text
        self.range = range
    }

    /// Whether two numbers have the same value, however they are spelt.
    public static func == (one: QueryNumber, other: QueryNumber) -> Bool {
        one.value == other.value
    }

    /// Hashes the value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(value)
    }
}

/// How large a query may be; a larger one is a ``QuerySyntaxError``.
public enum QueryLimits {
    /// UTF-8 bytes of the query text.
    public static let bytes = 4_096
    /// Leaves of the tree, each text of a `near` counted.
    public static let clauses = 64
    /// Brackets and negations inside each other.
    public static let depth = 32
    /// The distance of a `near`.
    public static let distance = 1_000
    /// The largest number, and its negative the least: every integer up to it is exact.
    public static let magnitude = 1e15
}
