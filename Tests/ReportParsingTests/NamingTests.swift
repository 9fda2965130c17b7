import ReportModel
import ReportParsing
import Testing

@Suite("Titles, agencies, years and regions are told by people and by the program alike")
struct NamingTests {
    /// The lines above a report's first heading and what a person reads from them.
    struct Case: Sendable, CustomTestStringConvertible {
        let head: String
        let agency: String?
        let year: Int?
        var region: [String?]?
        var opening = "我局认真组织公开工作，公布水价标准。"

        var testDescription: String { head + opening }
    }

    static let cases: [Case] = [
        Case(
            head: "临西县教育局2021年政府信息公开工作年度报告", agency: "临西县教育局", year: 2021,
            region: ["河北省", "邢台市", "临西县"]),
        Case(head: "2022年湖口县卫生健康委员会信息公开年报", agency: "湖口县卫生健康委员会", year: 2022),
        Case(head: "栾川县财政局\n2022年\n政府信息公开工作年度报告", agency: "栾川县财政局", year: 2022),
        Case(head: "栾川县财政局2022年政府信息\n\n公开工作年度报告", agency: "栾川县财政局", year: 2022),
        Case(head: "栾川县财政局政府信息公开工作年度报告（2022年）", agency: "栾川县财政局", year: 2022),
        Case(head: "栾川县财政局2022年政府信息公开工作度报告", agency: "栾川县财政局", year: 2022),
        Case(
            head: "信丰县卫生健康委2022年政府信息公开工作年度报告\n信丰县卫生健康委员会2022年政府信息公开工作年度报告",
            agency: "信丰县卫生健康委员会", year: 2022),
        Case(head: "现发布《亳州市医疗保障局2021年政府信息公开工作年度报告》。", agency: "亳州市医疗保障局", year: 2021),
        Case(
            head: "2023年陇县城关镇人民政府信息公开工作年度报告", agency: "陇县城关镇人民政府", year: 2023,
            region: ["陕西省", "宝鸡市", "陇县"]),
        Case(head: "福州市晋安区2016年政府信息公开工作年度报告", agency: "福州市晋安区人民政府", year: 2016),
        Case(
            head: "2022年政府信息公开工作年度报告", agency: nil, year: 2022,
            opening: "2022年，我镇认真公开信息。"),
        Case(
            head: "2022年政府信息公开工作年度报告", agency: "东至县财政局", year: 2022,
            opening: "如对本报告有疑问，请与东至县财政局办公室联系（电话：0000-1234567）。"),
        Case(
            head: "安丘市市场监督管理局2022年政府信息公开工作年度报告", agency: "安丘市市场监督管理局", year: 2022,
            region: ["山东省", "潍坊市", "安丘市"]),
        Case(
            head: "国家税务总局芜湖市镜湖区税务局2022年政府信息公开工作年度报告",
            agency: "国家税务总局芜湖市镜湖区税务局", year: 2022, region: ["安徽省", "芜湖市", "镜湖区"]),
        Case(head: "XX镇201*年政府信息公开工作年度报告", agency: nil, year: nil),
        Case(
            head: "湖南省人力资源和社会保障厅\n2026年1月20日\n2025年政府信息公开工作年度报告",
            agency: "湖南省人力资源和社会保障厅", year: 2025, region: ["湖南省", nil, nil]),
        Case(
            head: "西湖区财政局2022年政府信息公开工作年度报告", agency: "西湖区财政局", year: 2022,
            region: [nil, nil, "西湖区"]),
        Case(
            head: "衢江区湖南镇人民政府2022年政府信息公开工作年度报告", agency: "衢江区湖南镇人民政府", year: 2022,
            region: ["浙江省", "衢州市", "衢江区"]),
        Case(
            head: "2023科右中旗财政局政府信息公开工作年度报告", agency: "科右中旗财政局", year: 2023,
            region: ["内蒙古自治区", "兴安盟", "科尔沁右翼中旗"]),
        Case(
            head: "嵩明县应急管理局政府信息公开工作年度报告", agency: "嵩明县应急管理局", year: 2023,
            opening: "本报告数据统计期限为2023 11日到1231日。"),
        Case(
            head: "嵩明县应急管理局政府信息公开工作年度报告", agency: "嵩明县应急管理局", year: nil,
            opening: "根据国办公开办函〔2021〕30号的要求，我局编制本报告。"),
        Case(
            head: "嵩明县应急管理局政府信息公开工作年度报告", agency: "嵩明县应急管理局", year: 2025,
            opening: "1.2025年，全局公开信息20条。"),
        Case(head: "嵩明县应急管理局二○○九年政府信息公开工作年度报告", agency: "嵩明县应急管理局", year: 2009),
        Case(
            head: "西湖区财政局2022年政府信息公开工作年度报告\n洪西财字〔2023〕5号", agency: "西湖区财政局", year: 2022,
            region: [nil, nil, "西湖区"]),
        Case(
            head: "杭西财政公开〔2023〕5号\n西湖区财政局2022年政府信息公开工作年度报告", agency: "西湖区财政局", year: 2022,
            region: ["浙江省", "杭州市", "西湖区"]),
        Case(
            head: "西湖区财政局2022年政府信息公开工作年度报告", agency: "西湖区财政局", year: 2022,
            region: ["浙江省", "杭州市", "西湖区"],
            opening: "根据有关通知（浙政办发〔2022〕8号）和国办公开办函〔2021〕30号的要求，我局编制本报告。"),
        Case(
            head: "西湖区财政局2022年政府信息公开工作年度报告", agency: "西湖区财政局", year: 2022,
            region: ["浙江省", "杭州市", "西湖区"], opening: "根据浙政办发〔2022〕8号的要求，我局编制本报告。"),
        Case(head: "栾川县财政\n局2022年政府信息公开工作年度报告", agency: "栾川县财政局", year: 2022),
        Case(head: "栾川县财政局2022\n年政府信息公开工作年度报告", agency: "栾川县财政局", year: 2022),
        Case(head: "欒川縣\n財政局2022年政府信息公開工作年度報告", agency: "欒川縣財政局", year: 2022),
        Case(
            head: "2022年政府信息公開工作年度報告\n欒川縣人民政府辦公室\n2023年1月20日",
            agency: "欒川縣人民政府辦公室", year: 2022),
        Case(
            head: "2022年政府信息公開工作年度報告", agency: "東至縣財政局", year: 2022,
            opening: "如對本報告有疑問，請與東至縣財政局辦公室聯繫（電話：0000-1234567）。"),
        Case(
            head: "沐阳县水利局2022年政府信息公开工作年度报告", agency: "沐阳县水利局", year: 2022,
            region: ["江苏省", "宿迁市", "沭阳县"], opening: "2022年，沭阳县水利局公布水价标准，答复来信12封。"),
    ]

    @Test("A name that a scanner misread has the name that the text spells beside it")
    func misreadName() throws {
        let text = """
            沐阳县水利局2022年政府信息公开工作年度报告
            一、总体情况
            2022年，沭阳县水利局公布水价标准，答复来信12封。
            五、存在的主要问题及改进情况
            部分栏目更新偏慢，将安排专人每周检查。
            """
        #expect(try ReportParser().report(from: Array(text.utf8)).agencyAliases == ["沭阳县水利局"])
    }

    @Test("Other matters at the end are section 6 without its heading too")
    func otherMattersWithoutHeading() throws {
        let head = """
            嵩明县水利局2022年政府信息公开工作年度报告
            一、总体情况
            2022年，全局公开信息20条。
            五、存在的主要问题及改进情况
            部分栏目更新偏慢，将安排专人每周检查，并向群众公布结果。

            """
        for matters in [
            "本年度未收取信息处理费。", "除此之外，没有其他需要报告的事项。", "收取信息处理费的情况：无。\n无其他需报告的事项。",
        ] {
            let report = try ReportParser().report(from: Array((head + matters).utf8))
            let sections = report.passages.map(\.section)
            #expect(sections.prefix(3) == [1, 5, 6])
            #expect(sections.dropFirst(2).allSatisfy { $0 == 6 })
        }
        let problem = "此外，信息处理费的收取还不规范，是需要改进的问题。"
        let report = try ReportParser().report(from: Array((head + problem).utf8))
        #expect(report.passages.allSatisfy { $0.section != 6 })
    }

    @Test("A head names who reports, about which year and where", arguments: cases)
    func naming(_ example: Case) throws {
        let text = """
            \(example.head)
            一、总体情况
            \(example.opening)
            二、主动公开政府信息情况
            规章 0 0 0
            行政规范性文件 1 0 4
            行政许可 12
            五、存在的主要问题及改进情况
            部分栏目更新偏慢，将安排专人每周检查，并向群众公布结果。
            六、其他需要报告的事项
            没有收取信息处理费。
            """
        let report = try ReportParser().report(from: Array(text.utf8))
        #expect(report.kind == .annualReport)
        #expect(report.agency == example.agency)
        #expect(report.year == example.year)
        if let region = example.region {
            #expect([report.region.province, report.region.city, report.region.county] == region)
        }
    }
}
