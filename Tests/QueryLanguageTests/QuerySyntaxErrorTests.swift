import QueryLanguage
import Testing

/// A query that cannot be read, with its position and its mended form.
struct Misreading: CustomTestStringConvertible, Sendable {
    let query: String
    let reason: QuerySyntaxError.Reason
    let range: Range<Int>
    let suggestion: String?

    init(
        _ query: String, _ reason: QuerySyntaxError.Reason, _ range: Range<Int>,
        _ suggestion: String? = nil
    ) {
        self.query = query
        self.reason = reason
        self.range = range
        self.suggestion = suggestion
    }

    var testDescription: String { query.debugDescription }
}

@Suite("Queries that cannot be read")
struct QuerySyntaxErrorTests {
    @Test("The error names the reason, the position and a query that reads", arguments: misreadings)
    func misreads(_ item: Misreading) throws {
        let error = try #require(throws: QuerySyntaxError.self) {
            try QueryTree.parse(item.query)
        }
        #expect(error.reason == item.reason)
        #expect(error.range == item.range)
        #expect(error.suggestion == item.suggestion)
        #expect(error.query == item.query)
    }

    @Test("Every reason has a query in these tests", arguments: QuerySyntaxError.Reason.allCases)
    func everyReasonIsTried(_ reason: QuerySyntaxError.Reason) {
        let limits: [QuerySyntaxError.Reason] = [.tooLong, .tooManyClauses, .tooDeep]
        #expect(limits.contains(reason) || Self.misreadings.contains { $0.reason == reason })
    }

    @Test("The caret stands under the position, wide characters counted twice", arguments: pictures)
    func caret(_ query: String, _ english: String, _ chinese: String) throws {
        let error = try #require(throws: QuerySyntaxError.self) { try QueryTree.parse(query) }
        #expect(error.rendered(in: .english) == english)
        #expect(error.rendered(in: .chinese) == chinese)
    }

    @Test("A query of 70 columns is shown whole, a longer one around the position")
    func longQuery() throws {
        let fitting = String(repeating: "政", count: 33) + " (a "
        #expect(QueryExcerpt(of: fitting, at: 34).line == fitting)
        #expect(QueryExcerpt(of: fitting, at: 34).column == 67)

        let long = String(repeating: "政", count: 100) + " (" + String(repeating: "b", count: 100)
        let excerpt = QueryExcerpt(of: long, at: 101)
        // 23 columns from the position on, 47 before it.
        let (before, after) = (
            String(repeating: "政", count: 23), String(repeating: "b", count: 22)
        )
        #expect(excerpt.line == "...\(before) (\(after)...")
        #expect(excerpt.column == 3 + 46 + 1)
    }

    @Test("An excerpt of marks without a width is short, and any offset is taken")
    func oddExcerpts() {
        let marks = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(QueryExcerpt(of: marks, at: 50_000).line.unicodeScalars.count < 500)
        #expect(QueryExcerpt(of: "", at: 0).description == "  \n  ^")
        #expect(QueryExcerpt(of: "政策", at: 9).column == 4)
    }

    @Test("A message is one line in both languages", arguments: misreadings)
    func messageIsOneLine(_ item: Misreading) throws {
        let error = try #require(throws: QuerySyntaxError.self) {
            try QueryTree.parse(item.query)
        }
        for language in QuerySyntaxError.Language.allCases {
            let breaks = error.message(in: language).filter(\.isNewline)
            #expect(breaks.isEmpty)
            #expect(!error.expected(in: language).isEmpty)
            let lines = error.rendered(in: language).split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 3)
            #expect(lines.last?.drop { $0 == " " } == "^")
        }
    }
}

extension QuerySyntaxErrorTests {
    static let misreadings = [
        Misreading("政\u{1B}[31m策", .unreadableCharacter, 1..<2, "政[31m策"),
        Misreading("a\u{0}\u{85}\u{7F}", .unreadableCharacter, 1..<2, "a"),
        Misreading("政\u{FFFD}策", .unreadableCharacter, 1..<2, "政策"),
        Misreading("年:2022 “政策 ", .unterminatedQuote, 7..<11, "年:2022 “政策”"),
        Misreading("a \"b\\\"", .unterminatedQuote, 2..<6, "a \"b\\\"\""),
        Misreading("政策”", .unterminatedQuote, 2..<3, "政策"),
        Misreading("agency:「孟津", .unterminatedQuote, 7..<10, "agency:「孟津」"),
        Misreading("a \"\"", .emptyPhrase, 2..<4, "a"),
        Misreading("\" \"~3", .emptyPhrase, 0..<3, "~3"),
        Misreading("year:\"\"", .emptyPhrase, 5..<7, "\"year:\""),
        Misreading("(a (b", .unclosedBracket, 3..<4, "(a (b))"),
        Misreading("（a OR b", .unclosedBracket, 0..<1, "（a OR b)"),
        Misreading("missing(新收", .unclosedBracket, 7..<8, "missing(新收)"),
        Misreading("missing(", .unclosedBracket, 7..<8, "missing()"),
        Misreading("(", .unclosedBracket, 0..<1),
        Misreading("year:2022(a OR b)", .unclosedBracket, 9..<10, "year:2022 (a OR b)"),
        Misreading("a) b", .unopenedBracket, 1..<2, "a b"),
        Misreading("）a", .unopenedBracket, 0..<1, "a"),
        Misreading("a ( )", .emptyBrackets, 2..<5, "a"),
        Misreading("OR a", .missingTerm, 0..<2, "a"),
        Misreading("a 或", .missingTerm, 2..<3, "a"),
        Misreading("a OR OR b", .missingTerm, 2..<4, "a  OR b"),
        Misreading("(a AND) b", .missingTerm, 3..<6, "(a ) b"),
        Misreading("a NOT", .missingTerm, 2..<5, "a"),
        Misreading("政务 - 公开", .missingTerm, 3..<4, "政务  公开"),
        Misreading("NEAR/5 b", .missingTerm, 0..<6, "b"),
        Misreading("| |", .missingTerm, 0..<1),
        Misreading("year: 2022", .missingValue, 5..<5, "year:2022"),
        Misreading("存在问题：", .missingValue, 5..<5, "\"存在问题：\""),
        Misreading("agency:(a OR b)", .missingValue, 7..<7, "\"agency:\"(a OR b)"),
        Misreading("新收>=", .missingOperand, 4..<4),
        Misreading("新收 >= (5)", .missingOperand, 6..<6),
        Misreading("agency = “孟津区”", .missingOperand, 9..<9, "agency:“孟津区”"),
        Misreading(">=10", .missingName, 0..<2),
        Misreading("\"新收\">10", .missingName, 4..<5),
        Misreading("10>5", .missingName, 0..<4),
        Misreading("政策，>=10", .missingName, 0..<3),
        Misreading("新收>《", .missingName, 3..<4),
        Misreading("10<=新收<=50", .chainedComparison, 6..<7, "10<=新收 新收<=50"),
        Misreading("新收 > 1 < 9", .chainedComparison, 7..<8, "新收 > 1 新收< 9"),
        Misreading("agency:新收>0", .chainedComparison, 9..<10, "新收>0"),
        Misreading("check:any<fails", .chainedComparison, 9..<10, "check:\"any<fails\""),
        Misreading("新收>stat:", .missingOperand, 8..<8),
        Misreading("change(新收)>0", .chainedComparison, 10..<11),
        Misreading("新收>=10件", .malformedNumber, 4..<7, "新收>=10"),
        Misreading("新收>=1.5万件", .malformedNumber, 4..<9, "新收>=1.5万"),
        Misreading("新收>1,2", .malformedNumber, 3..<6),
        Misreading("新收>1e3", .malformedNumber, 3..<6),
        Misreading("新收>1.", .malformedNumber, 3..<5),
        Misreading("新收=..", .malformedNumber, 3..<5),
        Misreading("新收=1...5", .malformedNumber, 3..<8),
        Misreading("year:>新收", .malformedNumber, 6..<8),
        Misreading("新收>1" + String(repeating: "0", count: 400), .numberTooLarge, 3..<404),
        Misreading("新收>=1001万亿", .numberTooLarge, 4..<10),
        Misreading("year:2023..2020", .emptyRange, 5..<15, "year:2020..2023"),
        Misreading("新收=50..10", .emptyRange, 3..<9, "新收=10..50"),
        Misreading("新收>10..50", .misplacedRange, 3..<9, "新收=10..50"),
        Misreading("1..5<新收", .misplacedRange, 0..<4, "1..5=新收"),
        Misreading("year:>2020..", .misplacedRange, 6..<12, "year:=2020.."),
        Misreading("a *", .shortPrefix, 2..<3, "a"),
        Misreading("*", .shortPrefix, 0..<1),
        Misreading("政*", .shortPrefix, 0..<2, "政"),
        Misreading("，政*", .shortPrefix, 0..<3, "，政"),
        Misreading("政*策", .misplacedStar, 1..<2, "政 策"),
        Misreading("政策*解读", .misplacedStar, 2..<3, "政策* 解读"),
        Misreading("政策**", .misplacedStar, 2..<3, "政策*"),
        Misreading("a NEAR year:2022", .malformedNear, 7..<16),
        Misreading("a NEAR -b", .malformedNear, 7..<8),
        Misreading("a NEAR/3 b NEAR/4 c", .malformedNear, 11..<17),
        Misreading("\"a b\"~", .malformedDistance, 6..<6, "\"a b\"~10"),
        Misreading("\"a b\"~x", .malformedDistance, 6..<7, "\"a b\"~10"),
        Misreading("a NEAR/ b", .malformedDistance, 7..<7, "a NEAR/10 b"),
        Misreading("a NEAR/1001 b", .malformedDistance, 7..<11, "a NEAR/1000 b"),
        Misreading("政策(一 二)", .malformedCall, 5..<6, "政策 (一 二)"),
        Misreading("政策(“一”)", .malformedCall, 3..<4, "政策 (“一”)"),
        Misreading("f(a,)", .malformedCall, 4..<5, "f (a,)"),
        Misreading("政策\\", .danglingEscape, 2..<3, "政策"),
    ]

    static let pictures = [
        (
            "年:2022 “政策",
            """
            query error at character 8: the quotation has no end; \
            expected a closing quotation mark; try: 年:2022 “政策”
              年:2022 “政策
                      ^
            """,
            """
            查询第 8 个字符有误：引号没有闭合；应为右引号；可改为：年:2022 “政策”
              年:2022 “政策
                      ^
            """
        ),
        (
            "（é新收\u{1B}\u{202E}",
            """
            query error at character 5: a control character or broken text; \
            expected readable text; try: （é新收\\u{202e})
              （é新收\\x1b\\u{202e}
                     ^
            """,
            """
            查询第 5 个字符有误：含有控制字符或损坏的文本；应为可读的文字；可改为：（é新收\\u{202e})
              （é新收\\x1b\\u{202e}
                     ^
            """
        ),
        (
            "a\t新收 >",
            """
            query error at character 7: the comparison lacks its right side; \
            expected a number, a range or a statistic
              a\\t新收 >
                       ^
            """,
            """
            查询第 7 个字符有误：比较缺少右边；应为数字、范围或统计项
              a\\t新收 >
                       ^
            """
        ),
    ]
}
