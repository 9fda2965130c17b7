/// A query that cannot be read: where, why, what was expected, and what to write instead.
///
///     query error at character 5: the quotation has no end; expected a closing quotation mark; \
///     try "政策
///       年:2022 "政策
///               ^
public struct QuerySyntaxError: Error, Sendable, Hashable {
    /// What is wrong with a query.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// More than ``QueryLimits/bytes``.
        case tooLong
        /// More than ``QueryLimits/clauses``.
        case tooManyClauses
        /// More than ``QueryLimits/depth``.
        case tooDeep
        /// A control character, or U+FFFD left by bytes that were not text.
        case unreadableCharacter
        /// A quotation without its closing mark.
        case unterminatedQuote
        /// A quotation with nothing in it.
        case emptyPhrase
        /// `(` without `)`.
        case unclosedBracket
        /// `)` without `(`.
        case unopenedBracket
        /// `()`.
        case emptyBrackets
        /// `AND`, `OR`, `NOT` or `NEAR` with nothing to join or negate.
        case missingTerm
        /// `name:` without a value.
        case missingValue
        /// A comparison without a name or number on one side.
        case missingOperand
        /// A comparison without a name on either side, or of something that is not a name.
        case missingName
        /// A comparison after another, after a field or after a call.
        case chainedComparison
        /// A word that begins as a number and does not go on as one.
        case malformedNumber
        /// A number beyond ``QueryLimits/magnitude``.
        case numberTooLarge
        /// A range whose lower end is above its upper.
        case emptyRange
        /// A range after `<`, `<=`, `>` or `>=`.
        case misplacedRange
        /// A star after fewer than two letters or digits.
        case shortPrefix
        /// A star that is not at the end of a word.
        case misplacedStar
        /// A `NEAR` between anything but words and phrases, or with different distances.
        case malformedNear
        /// A distance that is not a number up to ``QueryLimits/distance``.
        case malformedDistance
        /// Something other than names, numbers and ranges in the brackets of a call.
        case malformedCall
        /// A backslash with nothing after it.
        case danglingEscape
    }

    /// The languages of the messages.
    public enum Language: Sendable, Hashable, CaseIterable {
        /// English.
        case english
        /// 简体中文.
        case chinese
    }

    /// What is wrong.
    public let reason: Reason

    /// The place: offsets of Unicode scalars from 0, within the query; empty between two scalars.
    public let range: Range<Int>

    /// What could be written in place of ``range``; `nil` when there is no good guess.
    public let suggestion: String?

    /// The query, as given.
    public let query: String
}
