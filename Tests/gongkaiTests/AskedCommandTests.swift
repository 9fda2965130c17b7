import Foundation
import TestSupport
import Testing

/// Command lines as people typed them, each with what it must give.
@Suite("Command lines as people type them")
struct AskedCommandTests {
    /// A command line and what it gives.
    struct Row: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var status = 0
        /// What standard output holds.
        var shows: [String] = []
        /// What standard error holds.
        var says: [String] = []
        /// What standard output does not hold.
        var hides: [String] = []
        var input: String?

        var testDescription: String { arguments.joined(separator: " ") }
    }

    /// Reports of invented offices with the words that the questions ask for.
    private static let reports: [PlantedReport] = {
        func report(_ agency: String, _ year: Int, _ new: Int, _ remark: String) -> PlantedReport {
            var report = PlantedReport.plain(agency, year, new: new)
            report.remark = remark
            return report
        }
        let toll = "停车收费标准张贴在入口处。"
        return [
            report("洛阳市孟津区灯会管理局", 2022, 12, "灯会押金如数退还，依申请公开的答复按期发出。" + toll),
            report("洛阳市孟津区灯会管理局", 2023, 20, "收到的申请都已办结，人脸闸机停用，更新政策解读栏目。" + toll),
            report("洛阳市人民政府", 2023, 60, "更新LED屏三块，展厅120㎡，编号№7，完成½，由阿依古丽·买买提主持。"),
            report("蚌埠市车位管理局", 2023, 3, "隨著新館開放，我們瞭解讀者需要，藉助台帳核對帳目，計畫甚麼都寫明，祇有沈澱池除外，答覆和回覆都已歸檔。"),
            report("亳州市车位管理局", 2023, 4, "年度工作计划已经公布。" + toll),
            report("重庆市铜梁区车位管理局", 2023, 5, toll), report("长沙市车位管理局", 2023, 6, toll),
            report("六安市车位管理局", 2023, 7, "征迁公告贴在村口。" + toll),
        ]
    }()

    private static let work = Task { try await Workplace.planted(reports) }

    private static let counting = [
        Row(arguments: ["search", "人脸识别", "--count", "-q"], status: 1, shows: ["0\n"]),
        Row(arguments: ["search", "人脸识别", "-l"], status: 1, says: ["hold some of them"]),
        Row(
            arguments: ["search", "人脸识别", "--facet", "agency", "--format", "csv"], status: 1,
            says: ["hold some of them"], hides: ["灯会"]),
        Row(arguments: ["search", "人脸识别", "--format", "jsonl"], shows: ["\"relaxed\":true"]),
        Row(
            arguments: ["search", "收费", "--year", "2030"], status: 1,
            says: ["without --year 2030 there are 6, 2022..2023"]),
        Row(arguments: ["search", "\"收费\"", "--count"], shows: ["6\n"], says: ["6 reports"]),
        Row(arguments: ["search", "收费", "--count", "--by", "report"], shows: ["6\n"]),
        Row(
            arguments: ["search", "停车入口", "-l"], shows: ["7.html\n"],
            says: ["6 passages in 6 reports, 0 with the exact text"]),
        Row(
            arguments: ["search", "停车收费", "--facet", "year"], shows: ["2023"],
            says: ["6 passages in 6 reports"]),
    ]

    private static let heads = [
        Row(
            arguments: ["search", "孟津区2023年收到多少件申请"], shows: ["洛阳市孟津区灯会管理局  2023"],
            says: ["孟津区 as region", "2023年 as year"]),
        Row(arguments: ["search", "孟津区 2022 依申请"], shows: ["答复按期发出"], hides: ["管理局  2023"]),
        Row(arguments: ["search", "二〇二二年 押金"], shows: ["2022"], says: ["as year 2022"]),
        Row(arguments: ["search", "22年 押金"], shows: ["2022"], says: ["as year 2022"]),
        Row(arguments: ["search", "\"孟津区2022年押金\""], status: 1),
        Row(arguments: ["search", "去年 押金"], says: ["去年 is looked for as text"]),
        Row(
            arguments: ["search", "孟津区2023年收到多少件申请"],
            says: ["gongkai stats 新收 --region 孟津区 --year 2023"]),
        Row(
            arguments: ["search", "孟津区灯会管理局 新收"], status: 1,
            says: ["gongkai stats 新收 --agency 孟津区灯会管理局"]),
        Row(arguments: ["search", "哪个机关收费最多"], says: ["gongkai search --sort -收费"]),
        Row(arguments: ["search", "哪个单位收到的申请最多"], says: ["gongkai search --sort -新收"]),
        Row(arguments: ["search", "新收申请超过10件的单位"], says: ["gongkai search \"新收>10\""]),
        Row(arguments: ["search", "--sort", "-新收", "--limit", "1"], shows: ["洛阳市人民政府", "60"]),
        Row(
            arguments: ["search", "收费", "--by", "report", "--format", "jsonl"],
            shows: ["\"gongkai.report_hit/1\"", "\"level\":\"city\""]),
    ]

    private static let spellings = [
        Row(arguments: ["search", "\"ED\""], shows: ["LED屏"]),
        Row(arguments: ["search", "lyszf"], shows: ["洛阳市人民政府"], says: ["lyszf as agency"]),
        Row(arguments: ["search", "zhengce jiedu"], shows: ["政策解读"], says: ["zhengce jiedu"]),
        Row(arguments: ["search", "chongqing"], shows: ["铜梁区"], says: ["重庆"]),
        Row(arguments: ["search", "changsha"], shows: ["长沙市"]),
        Row(arguments: ["search", "lu'an"], shows: ["六安市"]),
        Row(arguments: ["search", "bengbu"], shows: ["蚌埠市"]),
        Row(arguments: ["search", "bozhou"], shows: ["亳州市"]),
        Row(
            arguments: ["search", "xinshou>=60", "-l"], shows: ["2.html\n"],
            says: ["xinshou as statistic 新收"]),
        Row(arguments: ["search", "画", "-l"], shows: ["3.html\n"], hides: ["4.html"]),
        Row(arguments: ["search", "计划", "-l"], shows: ["3.html\n", "4.html\n"]),
        Row(arguments: ["search", "120m2", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "\"120m²\"", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "\"No.7\"", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "\"完成1/2\"", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "\"阿依古丽•买买提\"", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "\"阿依古丽・买买提\"", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "正策解读", "--year", "2023"], says: ["政策解读"]),
        Row(arguments: ["search", "拆迁 村口", "--explain"], shows: ["征迁"]),
    ]

    private static let names = [
        Row(arguments: ["search", "新收.法律>=0", "--count", "--by", "report"], shows: ["8\n"]),
        Row(arguments: ["search", "本机关不掌握相关政府信息>=0", "--count", "--by", "report"], shows: ["8\n"]),
        Row(arguments: ["search", "本年新收政府信息公开申请数量=60", "-l"], shows: ["2.html"]),
        Row(arguments: ["search", "节:总体情况 灯会", "-l"], shows: ["0.html"]),
        Row(arguments: ["search", "节:一、总体情况 灯会", "-l"], shows: ["0.html"]),
        Row(
            arguments: ["search", "--region", "河南省 洛阳市", "--count", "--by", "report"],
            shows: ["3\n"]),
        Row(arguments: ["show", "reports/0.html", "--section", "总体情况"], shows: ["灯会"]),
    ]

    private static let flags = [
        Row(
            arguments: ["search", "--year", "2021 2022", "-l"], shows: ["0.html\n"],
            hides: ["1.html"]),
        Row(arguments: ["search", "--where", "新收"], status: 2, says: ["not a condition"]),
        Row(arguments: ["check", "--rule", "typo"], status: 2, says: ["typo"]),
        Row(arguments: ["search", "收费", "--limit", "-1"], status: 2, says: ["from 0"]),
        Row(
            arguments: ["export", "-o", "."], status: 2, says: [".: cannot be written", "folder"]),
        Row(arguments: ["search", "灯会", "or", "押金"], says: ["the operator is OR"]),
        Row(arguments: ["search", "灯会", "and", "押金"], says: ["the operator is AND"]),
        Row(arguments: ["search", "灯会", "not", "押金"], says: ["the operator is NOT"]),
        Row(
            arguments: ["search", "https://a.example/b"], status: 1, says: ["quotation marks"]),
        Row(arguments: ["search", "新收"], status: 1, says: ["quote a comparison"]),
        Row(arguments: ["search", "收费", "-0"], status: 2, says: ["--files"]),
    ]

    private static let formats = [
        Row(
            arguments: ["search", "押金", "-l", "--format", "json"],
            shows: ["[{", "\"file\":\"reports/0.html\""]),
        Row(
            arguments: ["search", "--batch", "-", "-l"], shows: ["\"files\":[\"reports/0.html\"]"],
            input: "押金\n"),
        Row(
            arguments: ["similar", "reports/5.html", "--min", "10", "--format", "csv"],
            shows: ["length,source_report", "6.html"]),
        Row(
            arguments: [
                "similar", "reports/5.html", "--min", "10", "--format", "tsv", "--agency", "长沙",
            ], shows: ["6.html"], hides: ["7.html"]),
        Row(
            arguments: ["show", "reports/0.html", "--section", "3", "--format", "csv"],
            shows: ["requests.new.total"], hides: ["disputes.", "proactive."]),
        Row(
            arguments: ["show", "reports/0.html", "--section", "5", "--format", "csv"],
            shows: ["section,subsection,line,text", "逐项改进"], hides: ["灯会押金"]),
        Row(
            arguments: ["show", "reports/0.html", "--section", "5", "--format", "tsv"],
            shows: ["逐项改进"], hides: ["灯会押金"]),
        Row(
            arguments: ["show", "reports/0.html", "--section", "5", "--format", "markdown"],
            shows: ["逐项改进"], hides: ["灯会押金"]),
        Row(
            arguments: ["show", "--agency", "孟津", "--year", "2022", "--cell", "新收"],
            shows: ["12"]),
        Row(
            arguments: ["show", "--agency", "孟津"], status: 2,
            says: ["2 reports are like that", "2022"]),
        Row(arguments: ["show", "--agency", "鬣蜥"], status: 1, says: ["no reports"]),
        Row(arguments: ["show"], status: 2, says: ["name a report"]),
        Row(arguments: ["search", "kind:annual_report", "-l"], shows: ["7.html"]),
        Row(arguments: ["search", "scope:own", "-l"], shows: ["7.html"]),
        Row(arguments: ["man", "gongkai-query"], shows: [".TH GONGKAI-QUERY"]),
        Row(
            arguments: ["man", "gongkai-nothing"], status: 2,
            says: ["gongkai: there is no command 'nothing'"]),
        Row(arguments: ["help", "query"], shows: ["agency:", "NEAR", "missing("]),
        Row(arguments: ["man", "query"], shows: [".TH"]),
    ]

    private static func check(_ row: Row) async throws {
        let run = try await work.value.run(row.arguments, input: row.input)
        #expect(run.status == row.status, "\(run)")
        for text in row.shows { #expect(run.output.contains(text), "\(text): \(run)") }
        for text in row.says { #expect(run.errors.contains(text), "\(text): \(run)") }
        for text in row.hides { #expect(!run.output.contains(text), "\(text): \(run)") }
    }

    @Test("What is counted is there", arguments: counting)
    func counts(_ row: Row) async throws { try await Self.check(row) }

    @Test("Names are found in heads", arguments: heads)
    func headWords(_ row: Row) async throws { try await Self.check(row) }

    @Test("Words in other spellings", arguments: spellings)
    func otherSpellings(_ row: Row) async throws { try await Self.check(row) }

    @Test("Names as they are printed", arguments: names)
    func printedNames(_ row: Row) async throws { try await Self.check(row) }

    @Test("Flags hold values, or say what is wrong", arguments: flags)
    func flagValues(_ row: Row) async throws { try await Self.check(row) }

    @Test("Formats do what they say", arguments: formats)
    func formatKinds(_ row: Row) async throws { try await Self.check(row) }

    @Test(
        "Each form of a word whose simple form depends on it",
        arguments: [
            "答覆", "答复", "回覆", "回复", "隨著", "随着", "瞭解", "了解", "藉助", "借助", "台帳", "台账", "帳目", "账目",
            "計畫", "计划", "甚麼", "什么", "祇有", "只有", "沈澱", "沉淀",
        ])
    func forms(_ word: String) async throws {
        try await Self.check(Row(arguments: ["search", word, "-l"], shows: ["3.html\n"]))
    }

    @Test("A page is full while there are hits, and copies are joined in text alone")
    func pages() async throws {
        let work = try await Self.work.value
        let lines = try await work.run("search", "\"收费\"", "--format", "jsonl", "--limit", "4")
        #expect(lines.lines.count == 4)
        let rest = try await work.run(
            "search", "\"收费\"", "--format", "jsonl", "--limit", "4", "--offset", "4")
        #expect(rest.lines.count == 2)
        #expect(Set(lines.lines).isDisjoint(with: rest.lines))
        let joined = try await work.run(
            "search", "\"收费\"", "--format", "jsonl", "--join", "--limit", "10")
        let all = try await work.run("search", "\"收费\"", "--all")
        let text = try await work.run("search", "\"收费\"")
        for limit in ["0", "100"] {
            let whole = try await work.run(
                "search", "\"收费\"", "--format", "jsonl", "--join", "--limit", limit)
            #expect(whole.output == joined.output && joined.lines.count < 6, "\(whole)")
        }
        let behind = try await work.run(
            "search", "\"收费\"", "--format", "jsonl", "--join", "--limit", "0", "--offset", "1")
        #expect(behind.lines.count == joined.lines.count - 1, "\(behind)")
        let number = { (run: BuiltProgram.Run) in
            run.lines.count { ($0.split(separator: ".").first.flatMap { Int($0) }) != nil }
        }
        #expect(
            number(all) == 6 && number(text) == joined.lines.count, "\(joined)")
    }

    @Test("A line of a file is shown, and a report of two indexes is found in one of them")
    func lines() async throws {
        let work = try Workplace()
        try work.write(
            "青岚县灯会管理局2023年政府信息公开工作年度报告\n一、总体情况\n今年灯会三场。\n押金全部退还。\n",
            to: "one/a.txt")
        try work.write(
            "青岚縣燈會管理局2022年政府信息公開工作年度報告\n一、總體情況\n去年燈會兩場。\n", to: "two/b.txt")
        #expect(try await work.run("index", "--index", "i1", "one").status == 0)
        #expect(try await work.run("index", "--index", "i2", "two").status == 0)
        let line = try await work.run("show", "one/a.txt:4", "--index", "i1")
        #expect(line.output.contains("押金全部退还") && !line.output.contains("三场"))
        // The two scripts are one agency, with one key, in every list.
        let both = ["--index", "i1", "--index", "i2"]
        let agencies = try await work.run(["agencies", "--format", "csv"] + both)
        #expect(try FormatTests.csv(agencies.output).map { $0["years"] } == ["2022..2023"])
        let export = try await work.run(["export", "reports", "--format", "csv"] + both)
        let keys = try FormatTests.csv(export.output).map { $0["agency_key"] }
        #expect(keys.count == 2 && Set(keys).count == 1)
        let facet = try await work.run(
            ["search", "--facet", "agency", "--format", "csv"] + both)
        #expect(try FormatTests.csv(facet.output).count == 1, "\(facet)")
    }
}
