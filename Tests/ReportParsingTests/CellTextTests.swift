import ReportModel
import ReportParsing
import TestSupport
import Testing

@Suite("A cell is one number, or says why it is none")
struct CellTextTests {
    /// A page with one cell of the second table as given.
    static func page(_ cell: String, head: String = "本年处理决定数量") -> [UInt8] {
        Array(
            """
            <html><head><style>.off{display:none}</style></head><body>
            <h1>青蘅县桥梁养护站2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开桥梁检测结果12条。</p>
            <p>二、主动公开政府信息情况</p><table>
            <tr><td>信息内容</td><td>\(head)</td></tr><tr><td>行政许可</td><td>\(cell)</td></tr>
            <tr><td>行政处罚</td><td>8</td></tr></table>
            <p>五、存在的主要问题及改进情况</p><p>桥名牌更新偏慢。</p></body></html>
            """.utf8)
    }

    static let notedCells = [
        "<del>120</del>126", "<s>9</s> 126", "<strike>1</strike>126", "126<sup>1</sup>", "126*",
        "126※", "126①", "126[3]", "126〔2〕",
        "<span style='text-decoration:line-through'>5</span>126",
        "<del>120</del><ins>126</ins>", "126（含转办3件）", "126，其中网上4件", "126件（见附件2）",
        "<span style='vertical-align:super'>2</span>126", "126<a href='#n2'>2</a>", "共计126件",
    ]
    @Test("The one valid number is read, with its status", arguments: notedCells)
    func noted(_ cell: String) throws {
        let report = try ReportParser().report(from: Self.page(cell))
        let read = try #require(report.statistics["proactive.licensing.decisions"])
        #expect(read.value == 126 && read.status == .annotated)
        #expect(report.findings.contains { $0.code == "cell_annotated" })
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 8)
    }

    static let doubtfulCells = [
        "120 126", "120<br>126", "120→126", "120/126", "120<ins>126</ins>", "见附件", "约126", "126余",
        "12<del>3</del>6", "126%", "1<sup>2</sup>6", "120～126", "2022年126", "l26", "12?", "减少126",
        "<p>120</p><p>126</p>", "<del>126</del>", "一百二十六", "12 345",
        "见附件126", "然失效126件", "126倍", "126千件", "126(130)", "126（0）",
        "6(8)",
    ]
    @Test("What may be several numbers, or another, is none", arguments: doubtfulCells)
    func doubtful(_ cell: String) throws {
        let report = try ReportParser().report(from: Self.page(cell))
        let read = try #require(report.statistics["proactive.licensing.decisions"])
        #expect(read.value == nil && read.status == .unsure && !read.raw.isEmpty)
        #expect(report.findings.contains { $0.code == "cell_unsure" })
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 8)
    }

    @Test("A sign for nothing is blank, which is not 0", arguments: ["—", "-", "/", "无", "空"])
    func blanks(_ cell: String) throws {
        let report = try ReportParser().report(from: Self.page(cell))
        let read = try #require(report.statistics["proactive.licensing.decisions"])
        #expect(read.value == nil && read.status == .blank)
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 8)
    }

    static let plainCells = [
        "126", "126件", "<b>1</b>26", "<span>12</span><span>6</span>",
        "<span class=\"off\">7</span>126", "<span style=\"font-size:0\">9</span>126",
        "<span style=\"position:absolute;left:-9999px\">9</span>126", "１２６", "&nbsp;126&nbsp;",
    ]
    @Test("What is hidden or only shaped leaves the number as it is", arguments: plainCells)
    func plain(_ cell: String) throws {
        let report = try ReportParser().report(from: Self.page(cell))
        let read = report.statistics["proactive.licensing.decisions"]
        #expect(read?.value == 126 && read?.status == .printed)
    }

    @Test(
        "A head of another year or thing is not this year's number",
        arguments: ["上年处理决定数量", "上一年处理决定数量", "处理决定数量同比增长"])
    func otherHeads(_ head: String) throws {
        let report = try ReportParser().report(from: Self.page("126", head: head))
        #expect(report.statistics.value(of: "proactive.licensing.decisions") == nil)
        #expect(!report.findings.isEmpty)
    }

    @Test(
        "The unit of the head counts",
        arguments: [
            ("本年收费金额（单位：元）", "12345", 1.2345), ("本年收费金额（元）", "500", 0.05),
            ("本年收费金额（单位：百万元）", "0.035", 3.5), ("本年收费金额（单位：亿元）", "0.00035", 3.5),
            ("本年收费金额（单位：千元）", "35", 3.5), ("本年收费金额（单位：万元）", "35.6", 35.6),
        ])
    func units(head: String, cell: String, value: Double) throws {
        let text = """
            青蘅县桥梁养护站2023年政府信息公开工作年度报告
            一、总体情况
            公开桥梁检测结果12条。
            二、主动公开政府信息情况
            信息内容\t\(head)
            行政事业性收费\t\(cell)
            五、存在的主要问题及改进情况
            桥名牌更新偏慢。
            """
        let report = try ReportParser().report(from: Array(text.utf8))
        let cell = report.statistics["proactive.fees.amount"]
        #expect(cell?.value == value)
        #expect(cell?.status == (head.contains("：万元") ? .printed : .annotated))
    }
}

extension StatisticTable {
    fileprivate func value(of key: String) -> Double? { self[key]?.value }
}
