import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("Texts that are no reports are searchable, without statistics")
struct ReportKindTests {
    private static let heads = [
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    ]

    /// The tables of the form with nothing, or a number, in every cell.
    private static func tables(_ cell: String) -> [Int: [String]] {
        var tables: [Int: [String]] = [:]
        tables[2] = ["第二十条第（一）项", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数"]
        for row in OfficialForm.form2021.rows where row.section < 4 {
            tables[row.section, default: []].append(
                ([row.label] + row.columns.map { _ in cell }).joined(separator: " | "))
        }
        tables[4] = [
            "行政复议 | 行政诉讼", "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计",
            Array(repeating: cell, count: 15).joined(separator: " | "),
        ]
        return tables
    }

    private static func text(
        _ name: String, cell: String, narrative: [Int: String] = [:], before: [String] = []
    ) -> String {
        let tables = tables(cell)
        return
            ([name] + before
            + (1...6).flatMap { section in
                [heads[section - 1]] + (narrative[section].map { [$0] } ?? [])
                    + (tables[section] ?? [])
            }).joined(separator: "\n")
    }

    private static func outline(_ name: String, _ parts: [String]) -> String {
        ([name] + parts.flatMap { [$0, "本年围绕渡口安全、票价公示和群众出行开展工作，完成了年初确定的各项任务。"] })
            .joined(separator: "\n")
    }

    struct Page: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
    }

    private static let narrative = [
        1: "2023年，本局公开渡口班次和水位信息20条，均在当天挂网，群众查询比往年方便。",
        5: "一是部分渡口的公告栏更新偏慢，需要继续改进。", 6: "本年度没有收取信息处理费。",
    ]

    static let others: [Page] = [
        Page(testDescription: "a blank form", text: text("政府信息公开工作年度报告", cell: "")),
        Page(
            testDescription: "the notice with the form",
            text: text(
                "关于印发年度报告格式的通知", cell: "",
                narrative: [1: "此部分用文字说明本机关全年公开工作的总体情况，包括主动公开、依申请公开等五个方面。"],
                before: ["各有关单位：", "现将报告格式印发给你们，请于每年一月底前报送上一年度的报告。"])),
        Page(
            testDescription: "a statistical regime",
            text: text("渡口运行统计报表制度", cell: "", before: ["本制度自印发之日起施行。"])),
        Page(
            testDescription: "a summary of work",
            text: outline("云阶县渡口管理局2023年工作总结", [heads[0], "二、主要做法", heads[4]])),
        Page(
            testDescription: "a plan",
            text: outline("云阶县渡口整治工作实施方案", [heads[0], "二、工作目标", heads[4], heads[5]])),
        Page(
            testDescription: "an explanation",
            text: outline("一图读懂2023年政府信息公开工作年度报告", [heads[0], heads[1], heads[4]])),
        Page(
            testDescription: "a university's report",
            text: text(
                "云阶航运学院2022-2023学年信息公开工作年度报告", cell: "0", narrative: narrative)),
        Page(
            testDescription: "news",
            text: "云阶县三个渡口恢复通航\n昨日水位回落，三个渡口恢复通航，首日运送旅客六百余人。"),
        Page(testDescription: "a menu", text: "首页\n机构概况\n信息公开\n年度报告\n联系方式"),
    ]

    @Test("Kind, no statistics, and all the text", arguments: others)
    func other(_ page: Page) throws {
        let report = try ReportParser().report(from: Array(page.text.utf8))
        #expect(report.kind == .other && report.form == .none)
        #expect(report.statistics.isEmpty)
        #expect(report.agency == nil && report.year == nil)
        let words = page.text.split { $0.isWhitespace }.joined()
        let read = report.passages.map(\.text).joined().filter { !$0.isWhitespace }
        #expect(read == words)
    }

    static let reports: [Page] = [
        Page(
            testDescription: "filled in",
            text: text("云阶县渡口管理局2023年政府信息公开工作年度报告", cell: "0", narrative: narrative)),
        Page(
            testDescription: "filled in, without a title",
            text: text("", cell: "0", narrative: narrative)),
        Page(
            testDescription: "tables as a picture or an attachment (H20)",
            text: outline(
                "云阶县渡口管理局2023年政府信息公开工作年度报告", heads.map(\.self))),
        Page(
            testDescription: "all cells left blank (S15)",
            text: text("云阶县渡口管理局2023年政府信息公开工作年度报告", cell: "", narrative: narrative)),
        Page(
            testDescription: "all cells left blank, without a title or an agency",
            text: text("", cell: "", narrative: narrative)),
        Page(
            testDescription: "with pictures, so its name says",
            text: text("云阶县渡口管理局2023年政府信息公开工作年度报告（图解）", cell: "0", narrative: narrative)),
        Page(
            testDescription: "of an education bureau that tells of a school year",
            text: text(
                "云阶县教育局2023年政府信息公开工作年度报告", cell: "0",
                narrative: [1: "2022-2023学年，本局公开了全县学校的招生范围和收费标准。"])),
    ]

    @Test("A report stays one, whatever it lacks", arguments: reports)
    func report(_ page: Page) throws {
        let report = try ReportParser().report(from: Array(page.text.utf8))
        #expect(report.kind == .annualReport, "\(report.findings)")
    }
}
