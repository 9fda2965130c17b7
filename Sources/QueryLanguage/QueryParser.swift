extension QueryTree {
    /// The tree of a query; `nil` when the query is empty or nothing but spaces.
    ///
    ///     let tree = try QueryTree.parse("政策解读 year:2022 -大厅")
    ///
    /// The argument of the command, `--where` and each line of a batch are read alike. Time is
    /// linear in the query; a query over ``QueryLimits/bytes`` is refused without being read.
    ///
    /// ## Grammar
    ///
    ///     query      = any
    ///     any        = all { (OR | | | || | 或 | 或者) all }
    ///     all        = term { [AND | & | && | 且 | 并且] term }
    ///     term       = (NOT | - | 非) term | near
    ///     near       = primary { NEAR[/distance] primary }       words and phrases only
    ///     primary    = ( any ) | quoted [~distance] | prefix* | comparison | call | field | word
    ///     comparison = name op operand | (number | range) op name     stat:name is name
    ///     op         = = == != <> ≠ < <= ≤ > >= ≥
    ///     operand    = name | number | range                     see ``NumberReading``
    ///     call       = name( [operand { , operand }] )           no space before the bracket
    ///     field      = name:value                                no space around the colon
    ///     value      = quoted | op number | range | word, balanced brackets included
    ///     quoted     = "…" “…” 「…」 『…』
    ///
    /// Operators, brackets, quotation marks, colons, digits and separators may be full-width.
    /// The operators that are words are upper-case and stand alone; `-` touches its term. A
    /// backslash makes the next character text, in a quotation only a quotation mark or another
    /// backslash. A colon is text when no name stands before it, when `//` follows it, and between
    /// digits.
    public static func parse(_ text: String) throws(QuerySyntaxError) -> QueryTree? {
        do {
            return try QueryParser.tree(of: text)
        } catch {
            throw QuerySyntaxError(error, in: text)
        }
    }
}

/// Why a query could not be read, and the change to its text that might mend it.
struct ParsingFailure: Error {
    /// Text to put in place of a range of the query.
    struct Edit {
        var range: Range<Int>
        var text: String
    }

    var reason: QuerySyntaxError.Reason
    var range: Range<Int>
    var edit: Edit?
}

/// Reads a query from left to right, never going back further than the word at hand.
struct QueryParser {
    /// The query without its invisible characters.
    private let scalars: [Unicode.Scalar]
    /// The offset of each of `scalars` in the query.
    private let offsets: [Int]
    /// The length of the query in scalars.
    private let length: Int

    /// The next of `scalars` to read.
    private var position = 0
    /// Brackets and negations open at `position`.
    private var depth = 0
    /// Brackets open at `position`.
    private var openBrackets = 0
    /// Leaves read so far.
    private var clauses = 0

    /// The tree of a query, or why there is none.
    static func tree(of query: String) throws(ParsingFailure) -> QueryTree? {
        var parser = try QueryParser(query)
        parser.skipSpaces()
        guard !parser.isAtEnd else { return nil }
        let tree = try parser.any()
        // Only a closing bracket stops `any` before the end.
        if !parser.isAtEnd {
            throw parser.failure(
                .unopenedBracket, parser.position..<parser.position + 1, replacement: "")
        }
        return tree
    }

    private init(_ query: String) throws(ParsingFailure) {
        let bytes = query.utf8
        if let limit = bytes.index(
            bytes.startIndex, offsetBy: QueryLimits.bytes, limitedBy: bytes.endIndex),
            limit < bytes.endIndex
        {
            let end = query.unicodeScalars[..<limit].count
            throw ParsingFailure(reason: .tooLong, range: end..<end)
        }
        var scalars: [Unicode.Scalar] = []
        var offsets: [Int] = []
        scalars.reserveCapacity(bytes.count)
        offsets.reserveCapacity(bytes.count)
        var length = 0
        for scalar in query.unicodeScalars {
            if scalar.isUnreadable {
                let range = length..<length + 1
                throw ParsingFailure(
                    reason: .unreadableCharacter, range: range,
                    edit: ParsingFailure.Edit(range: range, text: ""))
            }
            if !scalar.isInvisible {
                scalars.append(scalar)
                offsets.append(length)
            }
            length += 1
        }
        self.scalars = scalars
        self.offsets = offsets
        self.length = length
    }
}

// MARK: - Operators

extension QueryParser {
    /// A word that is an operator, when it stands alone.
    private enum Keyword: Equatable {
        case and, or, not
        /// `nil` when no distance is written.
        case near(Range<Int>?)
    }

    private mutating func any() throws(ParsingFailure) -> QueryTree {
        var terms = [try all()]
        while let operatorRange = separator(.or) {
            position = operatorRange.upperBound
            skipSpaces()
            try expectTerm(after: operatorRange)
            terms.append(try all())
        }
        return joined(terms, as: QueryTree.Kind.or)
    }

    private mutating func all() throws(ParsingFailure) -> QueryTree {
        var terms = [try term()]
        while true {
            skipSpaces()
            if let operatorRange = separator(.and) {
                position = operatorRange.upperBound
                skipSpaces()
                try expectTerm(after: operatorRange)
            } else if isAtEnd || bracket(at: position) == ")" || separator(.or) != nil {
                break
            }
            terms.append(try term())
        }
        return joined(terms, as: QueryTree.Kind.and)
    }

    private mutating func term() throws(ParsingFailure) -> QueryTree {
        guard let operatorRange = negation() else { return try near() }
        try enter(operatorRange)
        position = operatorRange.upperBound
        if half(operatorRange.lowerBound) != "-" { skipSpaces() }
        if isAtEnd || isSpace(at: position) {
            throw failure(.missingTerm, operatorRange, replacement: "")
        }
        try expectTerm(after: operatorRange)
        let term = try term()
        depth -= 1
        return QueryTree(.not(term), range: source(operatorRange.lowerBound..<position))
    }

    private mutating func near() throws(ParsingFailure) -> QueryTree {
        let first = try primary()
        let mark = position
        skipSpaces()
        guard case (.near(let written)?, var operatorRange) = keyword(at: position) else {
            position = mark
            return first
        }
        let distance = try self.distance(written, in: operatorRange)
        var texts = [try nearText(of: first)]
        var end = first.range.upperBound
        while true {
            position = operatorRange.upperBound
            skipSpaces()
            try expectTerm(after: operatorRange)
            if negation() != nil || bracket(at: position) == "(" {
                throw failure(.malformedNear, position..<position + 1)
            }
            let next = try primary()
            texts.append(try nearText(of: next))
            end = next.range.upperBound
            let mark = position
            skipSpaces()
            guard case (.near(let written)?, let range) = keyword(at: position) else {
                position = mark
                break
            }
            if try self.distance(written, in: range) != distance {
                throw failure(.malformedNear, range)
            }
            operatorRange = range
        }
        return QueryTree(
            .near(texts, distance: distance), range: first.range.lowerBound..<end)
    }

    /// The text of a node that may stand beside `NEAR`.
    private func nearText(of tree: QueryTree) throws(ParsingFailure) -> String {
        switch tree.kind {
        case .run(let text), .phrase(let text): return text
        default: throw ParsingFailure(reason: .malformedNear, range: tree.range)
        }
    }

    /// The distance of a `NEAR`, 10 when none is written.
    private func distance(
        _ written: Range<Int>?, in operatorRange: Range<Int>
    ) throws(ParsingFailure) -> Int {
        guard let written else { return Self.usualDistance }
        return try distance(written)
    }

    private static let usualDistance = 10

    private func distance(_ written: Range<Int>) throws(ParsingFailure) -> Int {
        let digits = written.map(half)
        if !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) {
            if let distance = Int(String(String.UnicodeScalarView(digits))),
                distance <= QueryLimits.distance
            {
                return distance
            }
            throw failure(
                .malformedDistance, written, replacement: String(QueryLimits.distance))
        }
        throw failure(.malformedDistance, written, replacement: String(Self.usualDistance))
    }

    /// One term, or its terms joined; terms joined alike inside it become its own.
    private func joined(
        _ terms: [QueryTree], as kind: ([QueryTree]) -> QueryTree.Kind
    ) -> QueryTree {
        if terms.count == 1 { return terms[0] }
        let range = terms[0].range.lowerBound..<terms[terms.count - 1].range.upperBound
        var flat: [QueryTree] = []
        for term in terms {
            switch (kind([]), term.kind) {
            case (.and, .and(let inner)), (.or, .or(let inner)): flat += inner
            default: flat.append(term)
            }
        }
        return QueryTree(kind(flat), range: range)
    }

    /// The `AND` or `OR` at `position`, as a word or as a mark.
    private func separator(_ kind: Keyword) -> Range<Int>? {
        if case (let found?, let range) = keyword(at: position) {
            return found == kind ? range : nil
        }
        let mark: Unicode.Scalar = kind == .or ? "|" : "&"
        guard position < scalars.count, half(position) == mark else { return nil }
        let isDouble = position + 1 < scalars.count && half(position + 1) == mark
        return position..<position + (isDouble ? 2 : 1)
    }

    /// The `NOT` or `-` at `position`; a minus that begins a number to compare is none.
    private func negation() -> Range<Int>? {
        if case (.not?, let range) = keyword(at: position) { return range }
        guard position < scalars.count, half(position) == "-" else { return nil }
        var end = position + 1
        if end < scalars.count, half(end).isASCIIDigit {
            while end < scalars.count, !isBoundary(at: end) { end += 1 }
            while isSpace(at: end) { end += 1 }
            if comparison(at: end) != nil { return nil }
        }
        return position..<position + 1
    }

    /// The operator that is the whole word at an index.
    ///
    /// Reads no further than the longest operator, a written distance excepted.
    private func keyword(at start: Int) -> (Keyword?, Range<Int>) {
        var end = start
        while end < scalars.count, end - start < 4, !isKeywordEnd(at: end), half(end) != "/" {
            end += 1
        }
        var word = ""
        for index in start..<end { word.unicodeScalars.append(half(index)) }
        if word == "NEAR", end < scalars.count, half(end) == "/" {
            let digits = end + 1
            end = digits
            while end < scalars.count, !isKeywordEnd(at: end) { end += 1 }
            return (.near(digits..<end), start..<end)
        }
        guard end == scalars.count || isKeywordEnd(at: end) else { return (nil, start..<start) }
        let keyword: Keyword? =
            switch word {
            case "AND", "且", "并且": .and
            case "OR", "或", "或者": .or
            case "NOT", "非": .not
            case "NEAR": .near(nil)
            default: nil
            }
        return (keyword, start..<end)
    }

    private func isKeywordEnd(at index: Int) -> Bool {
        isBoundary(at: index) && comparison(at: index) == nil
    }

    /// Fails unless a term may begin at `position`.
    private func expectTerm(after operatorRange: Range<Int>) throws(ParsingFailure) {
        let isMissing =
            isAtEnd || bracket(at: position) == ")" || separator(.or) != nil
            || separator(.and) != nil
        if isMissing { throw failure(.missingTerm, operatorRange, replacement: "") }
    }

    /// Goes one level deeper, through a bracket or a negation.
    private mutating func enter(_ range: Range<Int>) throws(ParsingFailure) {
        depth += 1
        if depth > QueryLimits.depth { throw failure(.tooDeep, range) }
    }
}

// MARK: - Terms

extension QueryParser {
    /// An unquoted word.
    private struct Word {
        /// As typed, escapes undone.
        var text: [Unicode.Scalar] = []
        var range: Range<Int>
        var hasEscape = false
        var isName = false

        var string: String { String(String.UnicodeScalarView(text)) }
        var halfWidth: [Unicode.Scalar] { text.map(\.halfWidth) }
        var looksLikeNumber: Bool {
            guard !hasEscape, let first = text.first?.halfWidth else { return false }
            return first.isASCIIDigit || first == "-" || first == "+" || first == "."
                || first == "~"
        }
    }

    private mutating func primary() throws(ParsingFailure) -> QueryTree {
        if bracket(at: position) == "(" { return try group() }
        if scalars[position].quotationEnd != nil { return try quotation() }
        if let (_, range) = comparison(at: position) { throw failure(.missingName, range) }
        if case (_?, let range) = keyword(at: position) {
            throw failure(.missingTerm, range, replacement: "")
        }
        if separator(.or) != nil || separator(.and) != nil || bracket(at: position) == ")" {
            throw failure(
                bracket(at: position) == ")" ? .unopenedBracket : .missingTerm,
                position..<position + 1, replacement: "")
        }
        let word = try word()
        if position < scalars.count {
            if half(position) == "*" { return try prefix(word) }
            if word.isName {
                if half(position) == ":" {
                    if let comparison = try labelledComparison(word) { return comparison }
                    return try field(word)
                }
                if bracket(at: position) == "(" { return try call(word) }
            }
        }
        if comparisonFollows() { return try comparison(word) }
        return try leaf(.run(word.string), word.range)
    }

    private mutating func group() throws(ParsingFailure) -> QueryTree {
        let opening = position
        try enter(opening..<opening + 1)
        openBrackets += 1
        position += 1
        skipSpaces()
        if bracket(at: position) == ")" {
            throw failure(.emptyBrackets, opening..<position + 1, replacement: "")
        }
        if isAtEnd { throw unclosed(opening) }
        let tree = try any()
        guard bracket(at: position) == ")" else { throw unclosed(opening) }
        position += 1
        depth -= 1
        openBrackets -= 1
        return tree
    }

    /// A quotation that begins at `position`: its text and its range, marks included.
    private mutating func quotedText() throws(ParsingFailure) -> (text: String, range: Range<Int>) {
        let opening = position
        guard let closing = scalars[opening].quotationEnd else { return ("", opening..<opening) }
        var text = String.UnicodeScalarView()
        var isBlank = true
        position += 1
        while position < scalars.count {
            var scalar = scalars[position]
            if closing.contains(scalar) {
                position += 1
                let range = opening..<position
                if isBlank { throw failure(.emptyPhrase, range, replacement: "") }
                return (String(text), range)
            }
            if scalar == "\\", position + 1 < scalars.count {
                let next = scalars[position + 1]
                if next == "\\" || next.quotationEnd != nil || closing.contains(next) {
                    scalar = next
                    position += 1
                }
            }
            if !scalar.isSpace { isBlank = false }
            text.append(scalar)
            position += 1
        }
        var end = scalars.count
        while end > opening, isSpace(at: end - 1) { end -= 1 }
        let written = String(String.UnicodeScalarView(scalars[opening..<end]))
        throw failure(
            .unterminatedQuote, opening..<scalars.count,
            replacement: isBlank ? "" : written + String(Character(closing.preferred)))
    }

    private mutating func quotation() throws(ParsingFailure) -> QueryTree {
        let (text, range) = try quotedText()
        guard position < scalars.count, half(position) == "~" else {
            return try leaf(.phrase(text), range)
        }
        var end = position + 1
        while end < scalars.count, !isBoundary(at: end) { end += 1 }
        let distance = try distance(position + 1..<end)
        position = end
        let texts = text.unicodeScalars.split(whereSeparator: \.isSpace).map { String($0) }
        return try leaf(
            .near(texts, distance: distance), range.lowerBound..<end)
    }

    /// The word at `position`, up to a boundary, a star, or the colon of a field.
    private mutating func word() throws(ParsingFailure) -> Word {
        var word = Word(range: position..<position)
        word.isName = true
        while position < scalars.count, !isBoundary(at: position) {
            let scalar = half(position)
            if scalar == "\\" {
                try escaped(into: &word)
                continue
            }
            if scalar == "*" || scalar == ":" && isFieldColon(after: word) { break }
            append(scalar, to: &word)
        }
        word.range = word.range.lowerBound..<position
        return word
    }

    /// The word at `position`, up to a boundary or one of `ends`.
    private mutating func operandWord(endingAt ends: [Unicode.Scalar]) -> Word {
        var word = Word(range: position..<position)
        word.isName = true
        while position < scalars.count, !isBoundary(at: position), !ends.contains(half(position)) {
            if half(position) == ":", Self.labels.contains(word.string) {
                position += 1
                word = Word(range: position..<position)
                word.isName = true
                continue
            }
            append(half(position), to: &word)
        }
        word.range = word.range.lowerBound..<position
        return word
    }

    private mutating func append(_ half: Unicode.Scalar, to word: inout Word) {
        word.isName =
            word.isName && (word.text.isEmpty ? half.beginsName : half.continuesName)
        word.text.append(scalars[position])
        position += 1
    }

    /// Appends the character after the backslash at `position`.
    private mutating func escaped(into word: inout Word) throws(ParsingFailure) {
        guard position + 1 < scalars.count else {
            throw failure(.danglingEscape, position..<position + 1, replacement: "")
        }
        word.text.append(scalars[position + 1])
        word.hasEscape = true
        word.isName = false
        position += 2
    }

    private func isFieldColon(after word: Word) -> Bool {
        guard word.isName, let last = word.text.last else { return false }
        let next = position + 1 < scalars.count ? half(position + 1) : " "
        if next == "/", position + 2 < scalars.count, half(position + 2) == "/" { return false }
        return !(last.halfWidth.isASCIIDigit && next.isASCIIDigit)
    }

    private mutating func prefix(_ word: Word) throws(ParsingFailure) -> QueryTree {
        let star = position
        position += 1
        let isLongEnough =
            word.text.lazy.filter(\.isWordCharacter).prefix(2).count == 2
        guard isAtEnd || isBoundary(at: position) else {
            let isStarred = isLongEnough && half(position) != "*"
            throw failure(
                .misplacedStar, star..<star + 1,
                replacement: isStarred ? "* " : half(position) == "*" ? "" : " ")
        }
        let range = word.range.lowerBound..<position
        guard isLongEnough else {
            throw failure(
                .shortPrefix, range, replacement: written(word.range))
        }
        return try leaf(.prefix(word.string), range)
    }
}

// MARK: - Fields, comparisons, calls

extension QueryParser {
    /// Names that may stand with a colon before a statistic to compare, and add nothing.
    private static let labels = ["stat", "统计"]

    /// The comparison in `stat:新收>0`; `nil` when the colon is that of a field.
    private mutating func labelledComparison(
        _ label: Word
    ) throws(ParsingFailure) -> QueryTree? {
        guard Self.labels.contains(label.string) else { return nil }
        let colon = position
        position += 1
        let word = operandWord(endingAt: [])
        guard word.isName, !word.text.isEmpty, comparisonFollows() else {
            position = colon
            return nil
        }
        return try comparison(word, from: label.range.lowerBound)
    }

    private mutating func field(_ word: Word) throws(ParsingFailure) -> QueryTree {
        let name = name(word)
        position += 1
        let start = position
        let isMissing =
            isAtEnd
            || isBoundary(at: start) && scalars[start].quotationEnd == nil
                && comparison(at: start) == nil
        if isMissing {
            var next = start
            while isSpace(at: next) { next += 1 }
            if next > start, next < scalars.count, !isBoundary(at: next) {
                throw failure(.missingValue, start..<start, replacing: start..<next, with: "")
            }
            throw failure(
                .missingValue, start..<start, replacing: word.range.lowerBound..<start,
                with: "\"\(written(word.range.lowerBound..<start))\"")
        }
        let value = try fieldValue(word)
        return try leaf(.field(name, value), word.range.lowerBound..<position)
    }

    private mutating func fieldValue(_ name: Word) throws(ParsingFailure) -> QueryFieldValue {
        if scalars[position].quotationEnd != nil {
            return .text(try quotedText().text, isQuoted: true)
        }
        if let (comparison, range) = comparison(at: position) {
            position = range.upperBound
            skipSpaces()
            switch try operand(after: comparison, at: range) {
            case .number(let number): return .comparison(comparison, number)
            case .range(let numbers) where comparison == .equal: return .range(numbers)
            case .range, .name: throw failure(.malformedNumber, range.upperBound..<position)
            }
        }
        let word = try valueWord()
        if comparison(at: position) != nil { throw chained(name, value: word) }
        guard !word.hasEscape else { return .text(word.string, isQuoted: false) }
        switch NumberReading(word.halfWidth) {
        case .number(_, let text): return .text(text, isQuoted: false)
        case .range(let lower, let upper):
            return .range(range(lower, upper, at: word.range.lowerBound))
        case .emptyRange(let swapped):
            throw failure(.emptyRange, word.range, replacement: swapped)
        case .tooLarge, .malformed: return .text(word.string, isQuoted: false)
        }
    }

    /// The unquoted value at `position`, with the brackets it opens and closes.
    private mutating func valueWord() throws(ParsingFailure) -> Word {
        var word = Word(range: position..<position)
        var brackets: [Int] = []
        while position < scalars.count {
            if bracket(at: position) == "(" {
                brackets.append(position)
            } else if bracket(at: position) == ")" {
                if brackets.popLast() == nil { break }
            } else if isBoundary(at: position), !isEqualsInValue(at: position) {
                break
            }
            if half(position) == "\\" {
                try escaped(into: &word)
            } else {
                append(half(position), to: &word)
            }
        }
        if let opening = brackets.first {
            throw failure(
                .unclosedBracket, opening..<opening + 1, replacing: opening..<opening, with: " ")
        }
        word.range = word.range.lowerBound..<position
        return word
    }

    /// Whether the character is an `=` before a letter, as in `file:a=b.txt` or `check:row=fails`.
    private func isEqualsInValue(at index: Int) -> Bool {
        half(index) == "=" && index + 1 < scalars.count && half(index + 1).beginsName
    }

    /// An operator right after the value of a field, as in `agency:新收>0`.
    private func chained(_ name: Word, value: Word) -> ParsingFailure {
        guard let (_, range) = comparison(at: position) else {
            return failure(.chainedComparison, position..<position)
        }
        var end = range.upperBound
        while end < scalars.count, !isBoundary(at: end) { end += 1 }
        let start = value.range.lowerBound
        if range.upperBound < end, half(range.upperBound).isASCIIDigit {
            return failure(
                .chainedComparison, range, replacing: name.range.lowerBound..<start, with: "")
        }
        return failure(
            .chainedComparison, range, replacing: start..<end,
            with: "\"\(written(start..<end))\"")
    }

    /// The comparison whose left side is a word, and whose range may begin before it.
    private mutating func comparison(
        _ word: Word, from start: Int? = nil
    ) throws(ParsingFailure) -> QueryTree {
        skipSpaces()
        guard let (comparison, operatorRange) = comparison(at: position) else {
            return try leaf(.run(word.string), word.range)
        }
        let left = try operand(word)
        position = operatorRange.upperBound
        skipSpaces()
        let right = try operand(
            after: comparison, at: operatorRange,
            colonPosition: word.isName ? word.range.upperBound : nil)
        let range = (start ?? word.range.lowerBound)..<position
        if comparisonFollows() {
            var repeated = " " + written(word.range)
            if case .name(let name) = right { repeated = " " + name.text }
            let end = position
            skipSpaces()
            throw failure(
                .chainedComparison, position..<position + 1, replacing: end..<position,
                with: repeated)
        }
        switch (left, right) {
        case (.name(let name), _):
            return try leaf(.comparison(name, comparison, right), range)
        case (.range, .name) where !comparison.takesRange:
            throw failure(.misplacedRange, word.range, replacing: operatorRange, with: "=")
        case (_, .name(let name)):
            return try leaf(.comparison(name, comparison.flipped, left), range)
        default:
            throw failure(.missingName, range)
        }
    }

    /// The right side of a comparison, at `position`.
    ///
    /// - Parameter colonPosition: where the colon of a field could stand instead of the operator.
    private mutating func operand(
        after comparison: QueryComparison, at operatorRange: Range<Int>, colonPosition: Int? = nil
    ) throws(ParsingFailure) -> QueryOperand {
        guard position < scalars.count, !isBoundary(at: position) else {
            let empty = position..<position
            if let colonPosition, comparison == .equal, position < scalars.count,
                scalars[position].quotationEnd != nil
            {
                throw failure(
                    .missingOperand, empty, replacing: colonPosition..<position, with: ":")
            }
            throw failure(.missingOperand, empty)
        }
        let word = operandWord(endingAt: [])
        if word.text.isEmpty { throw failure(.missingOperand, position..<position) }
        let operand = try operand(word)
        if case .range = operand, !comparison.takesRange {
            throw failure(.misplacedRange, word.range, replacing: operatorRange, with: "=")
        }
        return operand
    }

    private func operand(_ word: Word) throws(ParsingFailure) -> QueryOperand {
        if word.isName { return .name(name(word)) }
        guard word.looksLikeNumber else { throw failure(.missingName, word.range) }
        switch NumberReading(word.halfWidth) {
        case .number(let value, let text):
            return .number(QueryNumber(value, text: text, range: source(word.range)))
        case .range(let lower, let upper):
            return .range(range(lower, upper, at: word.range.lowerBound))
        case .emptyRange(let swapped):
            throw failure(.emptyRange, word.range, replacement: swapped)
        case .tooLarge:
            throw failure(.numberTooLarge, word.range)
        case .malformed:
            guard let number = Self.number(before: word.halfWidth) else {
                throw failure(.malformedNumber, word.range)
            }
            throw failure(.malformedNumber, word.range, replacement: number)
        }
    }

    /// The number in a word such as `10件`, when at most four ideographs follow it.
    private static func number(before word: [Unicode.Scalar]) -> String? {
        for unit in 1...4 where unit < word.count {
            let last = word[word.count - unit]
            guard last.value >= 0x80, last.beginsName else { return nil }
            switch NumberReading(Array(word.dropLast(unit))) {
            case .number, .range: return String(String.UnicodeScalarView(word.dropLast(unit)))
            default: continue
            }
        }
        return nil
    }

    private func range(
        _ lower: NumberReading.Bound?, _ upper: NumberReading.Bound?, at start: Int
    ) -> QueryRange {
        func number(_ bound: NumberReading.Bound) -> QueryNumber {
            let range = start + bound.range.lowerBound..<start + bound.range.upperBound
            return QueryNumber(bound.value, text: bound.text, range: source(range))
        }
        return QueryRange(lower: lower.map(number), upper: upper.map(number))
    }

    private mutating func call(_ word: Word) throws(ParsingFailure) -> QueryTree {
        let opening = position
        let separators: [Unicode.Scalar] = [",", "、", ";"]
        openBrackets += 1
        position += 1
        skipSpaces()
        var arguments: [QueryOperand] = []
        while bracket(at: position) != ")" || !arguments.isEmpty {
            if isAtEnd { throw unclosed(opening) }
            let argument = operandWord(endingAt: separators)
            guard argument.isName && !argument.text.isEmpty || argument.looksLikeNumber else {
                throw malformedCall(opening)
            }
            arguments.append(try operand(argument))
            skipSpaces()
            if isAtEnd { throw unclosed(opening) }
            if bracket(at: position) == ")" { break }
            guard separators.contains(half(position)) else { throw malformedCall(opening) }
            position += 1
            skipSpaces()
        }
        position += 1
        openBrackets -= 1
        let range = word.range.lowerBound..<position
        if comparisonFollows() {
            skipSpaces()
            throw failure(.chainedComparison, position..<position + 1)
        }
        return try leaf(.call(name(word), arguments), range)
    }

    /// Something in the brackets that is no argument: perhaps they were meant to group terms.
    private func malformedCall(_ opening: Int) -> ParsingFailure {
        failure(
            .malformedCall, position..<min(position + 1, scalars.count),
            replacing: opening..<opening, with: " ")
    }

    private func name(_ word: Word) -> QueryName {
        QueryName(String(String.UnicodeScalarView(word.halfWidth)), range: source(word.range))
    }
}

// MARK: - Characters and positions

extension QueryParser {
    private var isAtEnd: Bool { position >= scalars.count }

    private func half(_ index: Int) -> Unicode.Scalar { scalars[index].halfWidth }

    private func isSpace(at index: Int) -> Bool {
        index < scalars.count && scalars[index].isSpace
    }

    private mutating func skipSpaces() {
        while isSpace(at: position) { position += 1 }
    }

    /// `(` or `)`, whichever width it has; `nil` when the character is neither.
    private func bracket(at index: Int) -> Unicode.Scalar? {
        guard index < scalars.count else { return nil }
        let scalar = half(index)
        return scalar == "(" || scalar == ")" ? scalar : nil
    }

    /// Whether a word ends before the character at an index.
    private func isBoundary(at index: Int) -> Bool {
        switch half(index) {
        case "(", ")", "|", "&", "<", ">", "=", "≤", "≥", "≠", "≦", "≧", "⩽", "⩾": true
        case "!": index + 1 < scalars.count && half(index + 1) == "="
        default: scalars[index].isSpace || scalars[index].quotationEnd != nil
        }
    }

    /// The comparison that begins at an index, `=<` and `=>` taken as they are meant.
    private func comparison(at index: Int) -> (QueryComparison, Range<Int>)? {
        guard index < scalars.count else { return nil }
        let next: Unicode.Scalar = index + 1 < scalars.count ? half(index + 1) : " "
        let (comparison, length): (QueryComparison, Int)
        switch (half(index), next) {
        case ("=", "="): (comparison, length) = (.equal, 2)
        case ("!", "="), ("<", ">"): (comparison, length) = (.notEqual, 2)
        case ("<", "="), ("=", "<"): (comparison, length) = (.lessOrEqual, 2)
        case (">", "="), ("=", ">"): (comparison, length) = (.greaterOrEqual, 2)
        case ("=", _): (comparison, length) = (.equal, 1)
        case ("<", _): (comparison, length) = (.less, 1)
        case (">", _): (comparison, length) = (.greater, 1)
        case ("≠", _): (comparison, length) = (.notEqual, 1)
        case ("≤", _), ("≦", _), ("⩽", _): (comparison, length) = (.lessOrEqual, 1)
        case ("≥", _), ("≧", _), ("⩾", _): (comparison, length) = (.greaterOrEqual, 1)
        default: return nil
        }
        return (comparison, index..<index + length)
    }

    /// Whether a comparison comes next, spaces aside.
    private func comparisonFollows() -> Bool {
        var index = position
        while isSpace(at: index) { index += 1 }
        return comparison(at: index) != nil
    }

    /// A leaf of the tree, counted.
    private mutating func leaf(
        _ kind: QueryTree.Kind, _ range: Range<Int>
    ) throws(ParsingFailure) -> QueryTree {
        if case .near(let texts, _) = kind { clauses += texts.count } else { clauses += 1 }
        if clauses > QueryLimits.clauses { throw failure(.tooManyClauses, range) }
        return QueryTree(kind, range: source(range))
    }

    /// The range in the query of a range of `scalars`.
    private func source(_ range: Range<Int>) -> Range<Int> {
        let lower = range.lowerBound < offsets.count ? offsets[range.lowerBound] : length
        return lower..<(range.isEmpty ? lower : offsets[range.upperBound - 1] + 1)
    }

    /// A range of `scalars` as text.
    private func written(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private func failure(
        _ reason: QuerySyntaxError.Reason, _ range: Range<Int>
    ) -> ParsingFailure {
        ParsingFailure(reason: reason, range: source(range))
    }

    private func failure(
        _ reason: QuerySyntaxError.Reason, _ range: Range<Int>, replacement: String
    ) -> ParsingFailure {
        failure(reason, range, replacing: range, with: replacement)
    }

    private func failure(
        _ reason: QuerySyntaxError.Reason, _ range: Range<Int>, replacing: Range<Int>,
        with text: String
    ) -> ParsingFailure {
        ParsingFailure(
            reason: reason, range: source(range),
            edit: ParsingFailure.Edit(range: source(replacing), text: text))
    }

    /// A bracket without its end; the end of the query is where all that are open may close.
    private func unclosed(_ opening: Int) -> ParsingFailure {
        ParsingFailure(
            reason: .unclosedBracket, range: source(opening..<opening + 1),
            edit: ParsingFailure.Edit(
                range: length..<length, text: String(repeating: ")", count: openBrackets)))
    }
}

extension QueryComparison {
    /// Whether a range may stand on its right.
    var takesRange: Bool { self == .equal || self == .notEqual }
}
