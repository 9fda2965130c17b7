import ReportModel
import ReportParsing
import Testing

@Suite("Headings and paragraphs are told in whatever form they are printed")
struct NarrativeLayoutTests {
    private func report(_ text: String) throws -> Report {
        try ReportParser().report(from: Array(text.utf8))
    }

    private static let title = "栾川县水利局2022年政府信息公开工作年度报告\n"
    private static let tables = """
        二、主动公开政府信息情况
        规章 0 0 0
        行政规范性文件 2 1 7
        行政许可 11
        三、收到和处理政府信息公开申请情况
        一、本年新收政府信息公开申请数量 4 0 0 0 0 0 4
        四、政府信息公开行政复议、行政诉讼情况
        0 0 0 0 0 0 0 0 0 0 0 0 0 0 0

        """

    @Test(
        "Subsections in other marks than （一）",
        arguments: [
            ["1.", "2."], ["1、", "2、"], ["1．", "2．"], ["①", "②"], ["（1）", "（2）"], ["•", "•"],
            ["●", "●"],
            ["１．", "２．"],
        ])
    func marks(_ marks: [String]) throws {
        let read = try report(
            """
            \(Self.title)一、总体情况
            \(marks[0])主动公开情况
            全年公布水价标准12条。
            \(marks[1])依申请公开情况
            收到申请4件，都已答复。
            五、存在的主要问题及改进情况
            栏目偏少，下一步增加。
            """)
        #expect(read.passages.map(\.text).count == 3)
        #expect(read.passages[0].subsection == marks[0] + "主动公开情况")
        #expect(read.passages[1].subsection == marks[1] + "依申请公开情况")
        #expect(read.passages[2].subsection == nil)
    }

    @Test(
        "Items of a list are text",
        arguments: [
            "1.栏目更新偏慢，有的两周未更新。\n2.解读形式单一，图文产品不多。", "①栏目更新偏慢\n②解读形式单一",
            "（一）存在的问题\n1.栏目更新偏慢\n2.解读形式单一\n（二）改进措施\n每周检查一次。",
        ])
    func items(_ text: String) throws {
        let read = try report(
            Self.title + "一、总体情况\n公开信息6条。\n五、存在的主要问题及改进情况\n" + text)
        #expect(read.passages.contains { $0.text.contains("栏目更新偏慢") })
        #expect(read.passages.contains { $0.text.contains("解读形式单一") })
    }

    @Test(
        "An official heading with additions heads its section",
        arguments: [
            "五、存在的主要问题及明年工作计划", "五、存在的主要问题及改进情况和下一步工作打算", "五、政府信息公开工作存在的不足及今后努力方向",
            "五、工作中存在的问题、改进措施及2023年工作安排", "五、存在的主要问题以及整改思路",
        ])
    func additions(_ heading: String) throws {
        let read = try report(
            Self.title + "一、总体情况\n公开信息6条。\n" + Self.tables + heading
                + "\n目录更新偏慢，明年改为按周更新。\n六、其他需要报告的事项\n无。")
        let passage = read.passages.first { $0.text == "目录更新偏慢，明年改为按周更新。" }
        #expect(passage?.section == 5)
        #expect(!read.passages.contains { $0.text.contains("打算") || $0.text.contains("安排") })
    }

    @Test(
        "Numbered lines after the last table without a heading are text",
        arguments: [
            "1、指引牌需要更新\n来访者多次找错楼层。\n2、目录需要细化\n目录仍按科室编排。",
            "1.查询终端需要更换。\n2.目录需要细化，按事项编排。", "（1）指引牌需要更新\n（2）目录需要细化",
        ])
    func numberedLines(_ lines: String) throws {
        let read = try report(
            Self.title + "一、总体情况\n公开信息6条。\n" + Self.tables + lines
                + "\n六、其他需要报告的事项\n没有收取信息处理费。")
        #expect(read.passages.contains { $0.text.contains("需要更") })
        #expect(read.passages.contains { $0.text.contains("目录需要细化") })
        #expect(read.statistics["disputes.review.total"]?.value == 0)
    }

    @Test("A report before 2019: sections by meaning, no row of its indicators is a passage")
    func beforeForm() throws {
        let read = try report(
            """
            栾川县水利局2015年政府信息公开工作年度报告
            一、概述
            公开信息6条。
            二、主动公开政府信息情况
            公布水价标准。
            三、依申请公开政府信息情况
            收到申请1件。
            四、政府信息公开收费及减免情况
            没有收费。
            五、因政府信息公开申请行政复议、提起行政诉讼情况
            没有发生。
            六、存在的主要问题及改进措施
            更新偏慢。
            七、附表
            统计指标 单位 统计数
            一、主动公开情况 —— ——
            （一）主动公开政府信息数 条 6
            1.政府网站公开政府信息数 条 6
            （二）回应解读情况 次 0
            """)
        #expect(read.passages.map(\.section) == [1, 2, 3, 7, 4, 5])
        #expect(read.passages.allSatisfy { $0.subsection == nil })
        #expect(read.findings.contains { $0.code == "appendix_unread" })
    }

    @Test(
        "A sentence that a blank line broke is one",
        arguments: [
            ("我局聚焦重点领域和关键环节，努力让河道信息“看", "得懂、用得上”。", "“看得懂、用得上”"),
            ("全年公开巡查记录60条，按照《栾川县河道", "管理办法》逐条核对。", "《栾川县河道管理办法》"),
            ("我局组织河长培训两期，梳理共性问题与规范要求，通过案例实", "操，确保人人会用巡河软件。", "案例实操"),
            ("如有疑问，请与我局联系，电子邮箱：", "sl@example.com。", "电子邮箱：sl@example.com"),
            ("信息在门户网站公布，网址：", "http://sl.example.com/zw。", "网址：http://sl"),
            ("我局通过公告栏、村口屏幕、", "微信群公布水价。", "村口屏幕、微信群"),
        ])
    func brokenSentences(_ first: String, _ second: String, _ whole: String) throws {
        let read = try report(
            "\(Self.title)一、总体情况\n\(first)\n\n\(second)\n\n五、存在的主要问题及改进情况\n更新偏慢。")
        #expect(read.passages.contains { $0.text.contains(whole) }, "\(read.passages.map(\.text))")
    }

    @Test("Paragraphs that end as sentences do stay apart")
    func wholeSentences() throws {
        let read = try report(
            Self.title + "一、总体情况\n全年公布水价标准12条。\n\n答复来信4封。\n\n（一）组织领导，明确责任\n局长负责。\n")
        #expect(read.passages.count >= 3)
    }

    @Test(
        "Everything on one line is parted at the headings",
        arguments: ["", " "])
    func glued(_ space: String) throws {
        let read = try report(
            [
                "栾川县水利局2022年政府信息公开工作年度报告", "本报告依据条例编写，统计期限为2022年1月1日至2022年12月31日。",
                "一、总体情况", "（一）主动公开情况。巡查记录按月上网，全年60条。", "（二）依申请公开情况。收到申请4件。",
                "二、主动公开政府信息情况", "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章0 0 0",
                "行政规范性文件2 1 7", "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可11", "三、收到和处理政府信息公开申请情况",
                "一、本年新收政府信息公开申请数量4000004", "二、上年结转政府信息公开申请数量0000000",
                "四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼", "000000000000000", "五、存在的主要问题及明年工作计划",
                "目录更新偏慢，明年改为按周更新。", "六、其他需要报告的事项", "没有收取信息处理费。",
            ].joined(separator: space))
        #expect(read.agency == "栾川县水利局" && read.year == 2022)
        #expect(read.passages.map(\.section) == [0, 1, 1, 5, 6])
        #expect(read.passages[1].subsection == "（一）主动公开情况")
        #expect(read.statistics["proactive.normative_docs.in_force"]?.value == 7)
        #expect(read.statistics["proactive.licensing.decisions"]?.value == 11)
        #expect(read.statistics["requests.new.total"]?.value == 4)
        #expect(read.statistics["requests.carried_in.natural_person"]?.value == 0)
        #expect(read.statistics["disputes.review.total"]?.value == 0)
    }

    @Test("Digits that may be parted in several ways are not read, and said")
    func gluedDigits() throws {
        let read = try report(
            "栾川县水利局2022年政府信息公开工作年度报告本报告依据条例编写，由栾川县水利局编制。一、总体情况公开信息六条，群众来信都已答复。"
                + "二、主动公开政府信息情况规章123行政规范性文件217行政许可11三、收到和处理政府信息公开申请情况"
                + "一、本年新收政府信息公开申请数量1122001123二、上年结转政府信息公开申请数量0000000"
                + "五、存在的主要问题及改进情况更新偏慢。")
        #expect(read.statistics["proactive.regulations.issued"]?.value == nil)
        #expect(read.statistics["requests.new.total"]?.value == nil)
        #expect(read.statistics["requests.carried_in.total"]?.value == 0)
        #expect(read.findings.contains { $0.code == "digits_glued" })
    }

    @Test(
        "Where a row has fewer digits than cells, others that may lack a cell too are not read",
        arguments: [("0000011", 1.0), ("000001", nil)])
    func gluedBlanks(_ other: String, _ total: Double?) throws {
        let read = try report(
            "栾川县水利局2022年政府信息公开工作年度报告本报告依据条例编写，由栾川县水利局编制。一、总体情况公开信息六条，群众来信都已答复。"
                + "三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量7100008"
                + "二、上年结转政府信息公开申请数量0000011四、结转下年度继续办理\(other)"
                + "五、存在的主要问题及改进情况更新偏慢。")
        #expect(read.statistics["requests.new.total"]?.value == 8)
        #expect(read.statistics["requests.carried_in.total"]?.value == total)
        #expect(read.findings.contains { $0.code == "digits_glued" } == (total == nil))
    }

    @Test("Headings that run into each other, and digits without end, are read in no time")
    func gluedOddities() throws {
        let head = "栾川县水利局2022年政府信息公开工作年度报告本报告依据条例编写，由栾川县水利局编制。一、总体情况公开信息六条，来信都已答复。"
        let run = try report(head + "五、存在的问题六、其他需要报告的事项情况没有收取信息处理费。")
        #expect(run.agency == "栾川县水利局")
        let digits = (0..<400).map { "行\($0)甲" + String(repeating: "12", count: 11) }.joined()
        let long = try report(
            head + "三、收到和处理政府信息公开申请情况" + digits + "六、其他需要报告的事项没有收取信息处理费。")
        #expect(long.passages.last?.section == 6)
    }

    @Test("A second report in the file is told, and none of it is the first's")
    func secondReport() throws {
        let read = try report(
            Self.title + "一、总体情况\n公开信息6条。\n" + Self.tables
                + "五、存在的主要问题及改进情况\n更新偏慢。\n六、其他需要报告的事项\n无。\n\n"
                + "栾川县渡口站2021年政府信息公开工作年度报告\n一、总体情况\n渡口班次每日公布。\n" + Self.tables)
        #expect(read.agency == "栾川县水利局")
        #expect(!read.passages.contains { $0.text.contains("渡口") })
        #expect(read.findings.contains { $0.code == "second_report" && $0.line == 17 })
    }

    @Test("Marks and notes among digits that stand together leave them unknown")
    func notedDigits() throws {
        let read = try report(
            "栾川县水利局2020年政府信息公开工作年度报告一、总体情况公开信息6条。二、主动公开政府信息情况第二十条第（一）项"
                + "信息内容本年新制作数量本年新公开数量对外公开总数量规章4 1 3规范性文件061[1]50"
                + "三、收到和处理政府信息公开申请情况7.属于行政执法案卷0000011（其中修订9件）118.属于行政查询事项0000000"
                + "六、其他需要报告的事项没有收取信息处理费。")
        #expect(read.statistics["proactive19.regulations.made"]?.value == 4)
        #expect(read.statistics["proactive19.normative_docs.made"]?.value == nil)
        #expect(read.statistics["requests.denied.enforcement_file.total"]?.value == nil)
        #expect(read.statistics["requests.denied.admin_query.total"]?.value == 0)
    }

    @Test("A foot-note behind a second report is of the report that has its mark")
    func notesOfTwo() throws {
        let rest = "\n\n## 五、存在的主要问题及改进情况\n\n更新偏慢。\n\n## 六、其他需要报告的事项\n\n无。\n\n"
        let read = try report(
            "# 栾川县水利局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n公开信息6条[^1]。" + rest
                + "# 栾川县渡口站2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n公布渡口班次[^2]。" + rest
                + "[^1]: 含转发的两条。\n[^2]: 不含夜班。\n")
        #expect(read.agency == "栾川县水利局")
        #expect(read.passages.contains { $0.text == "含转发的两条。" })
        #expect(!read.passages.contains { $0.text.contains("渡口") || $0.text.contains("夜班") })
    }

    @Test(
        "Whose figures a report gives",
        arguments: [
            ("本报告综合各县区和市政府各部门的年度报告编制而成。", ReportScope.rolledUp),
            ("由市政府办公室根据各县（市、区）、市直各单位报送的材料汇总编制本报告。", .rolledUp),
            ("本报告数据为全市各级各部门汇总数据。", .rolledUp),
            ("本报告所列数据包括各乡镇、各部门的数据。", .rolledUp),
            ("本报告所列数据仅为局机关本级，不含下属单位。", .own),
            ("结合我局2022年工作实际，编制本报告。", .own),
            ("根据各科室提供的材料，编制本报告。", .unknown),
            ("本报告依据条例编制。", .unknown),
        ])
    func scope(_ sentence: String, _ scope: ReportScope) throws {
        let read = try report(
            "栾川县水利局2022年政府信息公开工作年度报告\n\(sentence)\n一、总体情况\n公开信息6条。\n五、存在的主要问题及改进情况\n更新偏慢。")
        #expect(read.scope == scope)
        #expect(read.scopeEvidence?.text == (scope == .unknown ? nil : sentence))
    }
}
