import QueryLanguage
import Testing

/// A query and the picture of its tree.
struct Reading: CustomTestStringConvertible, Sendable {
    let query: String
    let dump: String

    init(_ query: String, _ dump: String...) {
        self.query = query
        self.dump = dump.joined(separator: "\n")
    }

    var testDescription: String { query.debugDescription }
}

@Suite("Query text to query tree")
struct QueryTreeTests {
    @Test("Words and operators", arguments: words)
    func wordsRead(_ reading: Reading) throws { try check(reading) }

    @Test("Quotations, prefixes and nearness", arguments: texts)
    func textsRead(_ reading: Reading) throws { try check(reading) }

    @Test("Fields", arguments: fields)
    func fieldsRead(_ reading: Reading) throws { try check(reading) }

    @Test("Comparisons and calls", arguments: statistics)
    func statisticsRead(_ reading: Reading) throws { try check(reading) }

    @Test("What looks like syntax and is text", arguments: plain)
    func plainTextReads(_ reading: Reading) throws { try check(reading) }

    @Test(
        "A query of nothing but spaces has no tree",
        arguments: ["", " ", "\u{3000}\t\n", "\u{FEFF}"])
    func emptyQuery(_ query: String) throws {
        #expect(try QueryTree.parse(query) == nil)
    }

    @Test("Full-width and half-width spellings read as the same tree", arguments: spellings)
    func spellingsAgree(_ spelling: [String]) throws {
        let first = try #require(try QueryTree.parse(spelling[0]))
        for other in spelling.dropFirst() {
            #expect(try QueryTree.parse(other) == first, "\(other)")
        }
    }

    @Test("The normal form of a query", arguments: normalForms)
    func normalForm(_ query: String, _ normal: String) throws {
        #expect(try QueryTree.parse(query)?.description == normal)
        #expect(try QueryTree.parse(normal)?.description == normal)
    }

    @Test("Leaves come in the order of the query")
    func leaves() throws {
        let tree = try #require(try QueryTree.parse("a (新收>=1 OR -\"b\") year:2022"))
        #expect(tree.leaves.map(\.description) == ["a", "新收>=1", "\"b\"", "year:2022"])
    }

    @Test("A range holds its ends")
    func rangeHoldsItsEnds() throws {
        let tree = try #require(try QueryTree.parse("新收=10..1.5万"))
        guard case .comparison(_, .equal, .range(let range)) = tree.kind else {
            Issue.record("\(tree.dump)")
            return
        }
        #expect(range.contains(10) && range.contains(15_000) && range.contains(11))
        #expect(!range.contains(9.9) && !range.contains(15_000.1))
        #expect(QueryRange(lower: nil, upper: range.upper).contains(-1e15))
    }

    @Test("Numbers are exact", arguments: numbers)
    func numbersAreExact(_ text: String, _ value: Double) throws {
        let tree = try #require(try QueryTree.parse("新收=\(text)"))
        guard case .comparison(_, _, .number(let number)) = tree.kind else {
            Issue.record("\(tree.dump)")
            return
        }
        #expect(number.value == value)
    }

    private func check(_ reading: Reading) throws {
        #expect(try QueryTree.parse(reading.query)?.dump == reading.dump)
    }
}

extension QueryTreeTests {
    static let words = [
        Reading("政策解读", #"run "政策解读" [0,4]"#),
        Reading(
            "政策　解读 \t x", "and [0,9]", #"  run "政策" [0,2]"#, #"  run "解读" [3,5]"#,
            #"  run "x" [8,9]"#),
        Reading(
            "a 且 b AND c&d && e 并且 f", "and [0,23]", #"  run "a" [0,1]"#, #"  run "b" [4,5]"#,
            #"  run "c" [10,11]"#, #"  run "d" [12,13]"#, #"  run "e" [17,18]"#,
            #"  run "f" [22,23]"#),
        Reading(
            "a b OR c | d", "or [0,12]", "  and [0,3]", #"    run "a" [0,1]"#,
            #"    run "b" [2,3]"#, #"  run "c" [7,8]"#, #"  run "d" [11,12]"#),
        Reading(
            "三审三校 或 分级审核", "or [0,11]", #"  run "三审三校" [0,4]"#, #"  run "分级审核" [7,11]"#),
        Reading("a｜b", "or [0,3]", #"  run "a" [0,1]"#, #"  run "b" [2,3]"#),
        Reading("-大厅", "not [0,3]", #"  run "大厅" [1,3]"#),
        Reading("－大厅", "not [0,3]", #"  run "大厅" [1,3]"#),
        Reading(
            "政务公开专区 非 大厅", "and [0,11]", #"  run "政务公开专区" [0,6]"#, "  not [7,11]",
            #"    run "大厅" [9,11]"#),
        Reading(
            "NOT (a b) c", "and [0,11]", "  not [0,9]", "    and [5,8]", #"      run "a" [5,6]"#,
            #"      run "b" [7,8]"#, #"  run "c" [10,11]"#),
        Reading("NOT NOT a", "not [0,9]", "  not [4,9]", #"    run "a" [8,9]"#),
        Reading("NOT a  ", "not [0,5]", #"  run "a" [4,5]"#),
        Reading(
            "a （b OR c）", "and [0,9]", #"  run "a" [0,1]"#, "  or [3,9]", #"    run "b" [3,4]"#,
            #"    run "c" [8,9]"#),
        Reading(
            "a (b (c))", "and [0,7]", #"  run "a" [0,1]"#, #"  run "b" [3,4]"#,
            #"  run "c" [6,7]"#),
        Reading(
            "NOT(a)OR(b)", "or [0,10]", "  not [0,6]", #"    run "a" [4,5]"#,
            #"  run "b" [9,10]"#),
        Reading("（一）主动", "and [1,5]", #"  run "一" [1,2]"#, #"  run "主动" [3,5]"#),
    ]

    static let texts = [
        Reading("\"政策解读\"", #"phrase "政策解读" [0,6]"#),
        Reading("“下一步，我局”", #"phrase "下一步，我局" [0,8]"#),
        Reading("”方向错了“", #"phrase "方向错了" [0,6]"#),
        Reading("「三审三校」『a』", "and [0,9]", #"  phrase "三审三校" [0,6]"#, #"  phrase "a" [6,9]"#),
        Reading(#""a \"b\" \\ \c 'd'""#, #"phrase "a "b" \ \c 'd'" [0,19]"#),
        Reading("＂year：2022 (＂", #"phrase "year：2022 (" [0,13]"#),
        Reading("政策“解读”", "and [0,6]", #"  run "政策" [0,2]"#, #"  phrase "解读" [2,6]"#),
        Reading("政策*", #"prefix "政策" [0,3]"#),
        Reading("政策＊ 解读", "and [0,6]", #"  prefix "政策" [0,3]"#, #"  run "解读" [4,6]"#),
        Reading("\"公开 审查\"~10", #"near/10 "公开" "审查" [0,10]"#),
        Reading("“公开　保密 审查”～１５", #"near/15 "公开" "保密" "审查" [0,13]"#),
        Reading("\"公开审查\"~0", #"near/0 "公开审查" [0,8]"#),
        Reading("信息公开 NEAR/15 保密审查", #"near/15 "信息公开" "保密审查" [0,17]"#),
        Reading("a NEAR \"b c\"", #"near/10 "a" "b c" [0,12]"#),
        Reading(
            "x a NEAR/3 b NEAR/3 c y", "and [0,23]", #"  run "x" [0,1]"#,
            #"  near/3 "a" "b" "c" [2,21]"#, #"  run "y" [22,23]"#),
        Reading("NOT a NEAR b", "not [0,12]", #"  near/10 "a" "b" [4,12]"#),
    ]

    static let fields = [
        Reading("year:2022", #"field year "2022" [0,9]"#),
        Reading("年：２０２２", #"field 年 "2022" [0,6]"#),
        Reading("year:2020..2023", "field year 2020..2023 [0,15]"),
        Reading("year:2022..", "field year 2022.. [0,11]"),
        Reading("年:..2023", "field 年 ..2023 [0,8]"),
        Reading("年：２０２０～２０２３", "field 年 2020..2023 [0,11]"),
        Reading("year:>=2020", "field year >= 2020 [0,11]"),
        Reading("year：＞ 2020", "field year > 2020 [0,11]"),
        Reading("year:=2020..2021", "field year 2020..2021 [0,16]"),
        Reading("agency:\"孟津区 人民\"", #"field agency phrase "孟津区 人民" [0,15]"#),
        Reading("机关：“孟津区”", #"field 机关 phrase "孟津区" [0,8]"#),
        Reading("agency:洛阳市（本级）", #"field agency "洛阳市（本级）" [0,14]"#),
        Reading(
            "(agency:洛阳市(本级))year:2022", "and [1,25]", #"  field agency "洛阳市(本级)" [1,15]"#,
            #"  field year "2022" [16,25]"#),
        Reading("file:../a(1)/*.txt", #"field file "../a(1)/*.txt" [0,18]"#),
        Reading("file:a\\ b", #"field file "a b" [0,9]"#),
        Reading("stat:新收 年:>2", "and [0,12]", #"  field stat "新收" [0,7]"#, "  field 年 > 2 [8,12]"),
        Reading("check:row:*=fails", #"field check "row:*=fails" [0,17]"#),
        Reading("check:fails", #"field check "fails" [0,11]"#),
        Reading("sort:-stat:新收", #"field sort "-stat:新收" [0,13]"#),
        Reading("check:balance:*", #"field check "balance:*" [0,15]"#),
        Reading("ｙｅａｒ:2022", #"field year "2022" [0,9]"#),
        Reading("y\u{200B}ear:20\u{FEFF}22", #"field year "2022" [0,11]"#),
        Reading(
            "sub:监督保障 考核", "and [0,11]", #"  field sub "监督保障" [0,8]"#, #"  run "考核" [9,11]"#),
        Reading("-year:2022", "not [0,10]", #"  field year "2022" [1,10]"#),
    ]

    static let statistics = [
        Reading(
            "政策解读 year:2022 (新收>=10 OR missing(新收))", "and [0,37]", #"  run "政策解读" [0,4]"#,
            #"  field year "2022" [5,14]"#, "  or [16,37]", "    comparison 新收 >= 10 [16,22]",
            "    call missing(新收) [26,37]"),
        Reading("新收>=10", "comparison 新收 >= 10 [0,6]"),
        Reading("新收 ＞＝ １０", "comparison 新收 >= 10 [0,8]"),
        Reading("新收≥1，234", "comparison 新收 >= 1,234 [0,8]"),
        Reading("requests.new.total=10..50", "comparison requests.new.total = 10..50 [0,25]"),
        Reading("新收!=10..", "comparison 新收 != 10.. [0,8]"),
        Reading("新收<>10", "comparison 新收 != 10 [0,6]"),
        Reading("新收≠-3", "comparison 新收 != -3 [0,5]"),
        Reading("新收==..5", "comparison 新收 = ..5 [0,7]"),
        Reading("新收=<5万", "comparison 新收 <= 5万 [0,6]"),
        Reading("予以公开率<80%", "comparison 予以公开率 < 80% [0,9]"),
        Reading("不予公开.国家秘密>0", "comparison 不予公开.国家秘密 > 0 [0,11]"),
        Reading("repealed > issued", "comparison repealed > issued [0,17]"),
        Reading("10<=新收", "comparison 新收 >= 10 [0,6]"),
        Reading("-5 < 新收", "comparison 新收 > -5 [0,7]"),
        Reading("-10..5=新收", "comparison 新收 = -10..5 [0,9]"),
        Reading("-新收>5", "not [0,5]", "  comparison 新收 > 5 [1,5]"),
        Reading(
            "新收>=10 征迁", "and [0,9]", "  comparison 新收 >= 10 [0,6]", #"  run "征迁" [7,9]"#),
        Reading("stat:新收>0", "comparison 新收 > 0 [0,9]"),
        Reading("0 < stat：新收", "comparison 新收 > 0 [0,11]"),
        Reading("stat:a > 统计:b", "comparison a > b [0,13]"),
        Reading("-stat:新收>0", "not [0,10]", "  comparison 新收 > 0 [1,10]"),
        Reading("missing(新收)", "call missing(新收) [0,11]"),
        Reading("missing（新收）", "call missing(新收) [0,11]"),
        Reading(
            "share( 新收，10、1..5 )a", "and [0,20]", "  call share(新收, 10, 1..5) [0,19]",
            #"  run "a" [19,20]"#),
        Reading("now()", "call now() [0,5]"),
    ]

    static let plain = [
        Reading("或者说", #"run "或者说" [0,3]"#),
        Reading("非税收入", #"run "非税收入" [0,4]"#),
        Reading("or", #"run "or" [0,2]"#),
        Reading("下一步，我局将", #"run "下一步，我局将" [0,7]"#),
        Reading("10:30", #"run "10:30" [0,5]"#),
        Reading("上午10：30", #"run "上午10：30" [0,7]"#),
        Reading("https://www.gov.cn/a", #"run "https://www.gov.cn/a" [0,20]"#),
        Reading("政策，年：2022", #"run "政策，年：2022" [0,9]"#),
        Reading("A-B", #"run "A-B" [0,3]"#),
        Reading("\\OR", #"run "OR" [0,3]"#),
        Reading("year\\:2022\\ \\(a\\*", #"run "year:2022 (a*" [0,17]"#),
        Reading("无！", #"run "无！" [0,2]"#),
        Reading("cd区LED屏", #"run "cd区LED屏" [0,7]"#),
        Reading("2020..2023", #"run "2020..2023" [0,10]"#),
        Reading("《条例》、规定", #"run "《条例》、规定" [0,7]"#),
    ]

    static let spellings = [
        ["a OR b", "a | b", "a || b", "a 或 b", "a ｜ b", "a 或者 b"],
        ["a b", "a AND b", "a & b", "a 且 b", "(a)(b)", "a　b", "a ＆ b"],
        ["NOT a", "-a", "非 a", "－a", "NOT(a)", "非（a）"],
        ["新收>=10", "新收 >= 10", "新收≥10", "新收＞＝１０", "新收≧10", "10<=新收", "新收=>10"],
        ["新收!=1000", "新收≠1,000", "新收<>1，000", "新收！＝0.1万", "新收＜＞１０００"],
        ["\"政策\"", "“政策”", "「政策」", "『政策』", "＂政策＂"],
        ["年:2020..2023", "年：２０２０．．２０２３", "年:2020~2023", "年：2020～2023"],
        ["missing(a,b)", "missing（a，b）", "missing( a 、 b )"],
        ["\"a b\"~5", "“a b”～５", "a NEAR/5 b", "\"a\" NEAR/５ \"b\""],
    ]

    static let normalForms = [
        ("“政策解读” 且 （新收≥１０ 或 非 大厅）", "\"政策解读\" (新收>=10 OR NOT 大厅)"),
        ("(a b) | (c)", "a b OR c"),
        ("-(a b) -(c|d) --e", "NOT (a b) NOT (c OR d) NOT NOT e"),
        ("“a b”NEAR/3 c", "\"a b\" NEAR/3 \"c\""),
        ("\\-a \\OR a\\:b 10:30 \\政策*", "\\-a \\OR \\a\\:b 10:30 政策*"),
        ("年：“2022 ”", "年:\"2022 \""),
        ("file:\\2020..2022 file:\\\"a", "file:\\2020..2022 file:\\\"a"),
    ]

    static let numbers: [(String, Double)] = [
        ("0.07万", 700), ("1.15万", 11_500), ("1,234,567", 1_234_567), ("80%", 0.8),
        ("-0.5", -0.5), ("+3亿", 300_000_000), ("12.5％", 0.125), ("１，２３４", 1_234),
        ("1万亿", 1e12), ("1000000000000000", 1e15), ("−２", -2),
    ]
}
