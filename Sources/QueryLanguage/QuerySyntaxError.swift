/// A query that cannot be read: where, why, what was expected, and what to write instead.
///
///     query error at character 8: the quotation has no end; expected a closing quotation mark; ↩
///     try: 年:2022 “政策”
///       年:2022 “政策
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

    /// The position: offsets of Unicode scalars from 0, within the query; empty between two scalars.
    public let range: Range<Int>

    /// The whole query mended, which is known to be readable; `nil` when there is no good guess.
    public let suggestion: String?

    /// The query, as given.
    public let query: String
}

extension QuerySyntaxError {
    /// The error of a failure, with a suggestion if the changes it leads to end in a query.
    init(_ failure: ParsingFailure, in query: String) {
        self.init(
            reason: failure.reason, range: failure.range,
            suggestion: Self.suggestion(mending: failure, in: query), query: query)
    }

    /// The query mended, by a few changes at most; `nil` when it still cannot be read.
    private static func suggestion(mending failure: ParsingFailure, in query: String) -> String? {
        guard var edit = failure.edit else { return nil }
        var scalars = Array(query.unicodeScalars)
        for _ in 0..<4 {
            scalars.replaceSubrange(edit.range, with: edit.text.unicodeScalars)
            scalars = trimmed(scalars)
            let mended = String(String.UnicodeScalarView(scalars))
            do {
                return try QueryParser.tree(of: mended) == nil ? nil : mended
            } catch {
                guard let next = error.edit else { return nil }
                edit = next
            }
        }
        return nil
    }
}

/// Characters without the spaces around them.
private func trimmed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    let end = scalars.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? 0
    return Array(scalars[..<end].drop(while: \.isSpace))
}

// MARK: - Messages

extension QuerySyntaxError {
    /// What should have stood there, in a few words.
    public func expected(in language: Language) -> String {
        texts(language).expected
    }

    /// The error in one line: position (counted from 1), reason, what was expected, suggestion.
    ///
    /// Control characters of the query are escaped. A long suggestion is left out.
    public func message(in language: Language) -> String {
        let (problem, expected) = texts(language)
        let shown = suggestion.flatMap { $0.unicodeScalars.count <= 80 ? escaped($0) : nil }
        let position = range.lowerBound + 1
        switch language {
        case .english:
            let hint = shown.map { "; try: \($0)" } ?? ""
            return "query error at character \(position): \(problem); expected \(expected)\(hint)"
        case .chinese:
            let hint = shown.map { "；可改为：\($0)" } ?? ""
            return "查询第 \(position) 个字符有误：\(problem)；应为\(expected)\(hint)"
        }
    }

    /// The message, the query, and a caret under the position, as three lines without a last newline.
    public func rendered(in language: Language) -> String {
        "\(message(in: language))\n\(QueryExcerpt(of: query, at: range.lowerBound))"
    }

    private func texts(_ language: Language) -> (problem: String, expected: String) {
        language == .english ? reason.english : reason.chinese
    }
}

extension QuerySyntaxError: CustomStringConvertible {
    /// The message in one line, in English.
    public var description: String { message(in: .english) }
}

extension QuerySyntaxError.Reason {
    /// What is wrong, and what was expected.
    fileprivate var english: (problem: String, expected: String) {
        switch self {
        case .tooLong:
            ("the query is too long", "at most \(QueryLimits.bytes) bytes of UTF-8")
        case .tooManyClauses:
            ("the query has too many terms", "at most \(QueryLimits.clauses)")
        case .tooDeep:
            ("brackets and negations go too deep", "at most \(QueryLimits.depth) levels")
        case .unreadableCharacter:
            ("a control character or broken text", "readable text")
        case .unterminatedQuote:
            ("the quotation has no end", "a closing quotation mark")
        case .emptyPhrase: ("the quotation is empty", "text between the quotation marks")
        case .unclosedBracket: ("the bracket is not closed", "a closing bracket")
        case .unopenedBracket: ("the bracket closes nothing", "an opening bracket before it")
        case .emptyBrackets: ("the brackets are empty", "a term between them")
        case .missingTerm: ("the operator lacks a term", "a word, quotation, field or bracket")
        case .missingValue: ("the field has no value", "a value right after the colon")
        case .missingOperand:
            ("the comparison lacks its right side", "a number, a range or a statistic")
        case .missingName:
            ("the comparison names no statistic", "a statistic such as 新收 on one side")
        case .chainedComparison:
            ("another comparison follows", "one operator between two sides")
        case .malformedNumber:
            ("this is not a number", "a number such as 10, 1,234, 1.5万 or 80%")
        case .numberTooLarge: ("the number is too large", "a number up to 10^15")
        case .emptyRange: ("the range is empty", "the smaller number first")
        case .misplacedRange: ("a range cannot be more or less", "= or != before a range")
        case .shortPrefix:
            ("the beginning is too short", "two letters or digits at least before *")
        case .misplacedStar: ("the star is not at the end", "a space after *")
        case .malformedNear:
            ("NEAR cannot join these", "words or quotations, with one distance")
        case .malformedDistance:
            ("this is not a distance", "a number up to \(QueryLimits.distance)")
        case .malformedCall:
            ("this cannot be an argument", "names and numbers, or a space before the bracket")
        case .danglingEscape: ("the backslash ends the query", "a character after it")
        }
    }

    /// The same in Chinese.
    fileprivate var chinese: (problem: String, expected: String) {
        switch self {
        case .tooLong: ("查询过长", "不超过 \(QueryLimits.bytes) 字节的 UTF-8 文本")
        case .tooManyClauses: ("查询条件过多", "不超过 \(QueryLimits.clauses) 个条件")
        case .tooDeep: ("括号和否定嵌套过深", "不超过 \(QueryLimits.depth) 层")
        case .unreadableCharacter: ("含有控制字符或损坏的文本", "可读的文字")
        case .unterminatedQuote: ("引号没有闭合", "右引号")
        case .emptyPhrase: ("引号内没有内容", "引号内的文字")
        case .unclosedBracket: ("括号没有闭合", "右括号")
        case .unopenedBracket: ("右括号没有对应的左括号", "前面的左括号")
        case .emptyBrackets: ("括号内没有内容", "括号内的条件")
        case .missingTerm: ("运算符缺少条件", "词、引文、字段或括号")
        case .missingValue: ("字段没有值", "紧跟冒号的值")
        case .missingOperand: ("比较缺少右边", "数字、范围或统计项")
        case .missingName: ("比较中没有统计项", "一边写明统计项，如“新收”")
        case .chainedComparison: ("后面又是一个比较", "两边之间只有一个运算符")
        case .malformedNumber: ("这不是数字", "数字，如 10、1,234、1.5万、80%")
        case .numberTooLarge: ("数字过大", "不超过 10^15 的数字")
        case .emptyRange: ("范围是空的", "较小的数在前")
        case .misplacedRange: ("范围不能比大小", "范围前的 = 或 !=")
        case .shortPrefix: ("词的开头太短", "* 前至少两个字")
        case .misplacedStar: ("星号不在词尾", "* 后的空格")
        case .malformedNear: ("NEAR 不能连接这些条件", "词或引文，且距离相同")
        case .malformedDistance: ("这不是距离", "不超过 \(QueryLimits.distance) 的数字")
        case .malformedCall: ("这不能作参数", "名称和数字，或在括号前加空格")
        case .danglingEscape: ("反斜杠后没有字符", "反斜杠后的字符")
        }
    }
}
