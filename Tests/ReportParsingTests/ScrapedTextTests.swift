import ReportModel
import ReportParsing
import Testing

@Suite("Texts are read as programs that read pages store them")
struct ScrapedTextTests {
    private static let title = "青蘅县桥梁养护站2023年政府信息公开工作年度报告"
    private static let other = "青蘅县渡口管理局2023年政府信息公开工作年度报告"

    private static func report(_ text: String) throws -> Report {
        try ReportParser().report(from: Array(text.utf8))
    }

    /// A report with marks of its own before the headings of its sections.
    private static func lines(_ marks: [String] = ["一、", "二、", "三、", "四、", "五、", "六、"]) -> [String]
    {
        [
            title, marks[0] + "总体情况", "公开桥梁检测结果12条。", "（一）主动公开情况", "按月张贴限重公告。",
            marks[1] + "主动公开政府信息情况", "规章 0 0 0", "行政规范性文件 3 1 8", "行政许可 11",
            marks[2] + "收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量 4 0 0 0 0 0 4",
            marks[3] + "政府信息公开行政复议、行政诉讼情况", "结果维持 结果纠正 其他结果 尚未审结 总计 0 1 0 3 4",
            "结果维持 结果纠正 其他结果 尚未审结 总计 0 0 0 0 0",
            "结果维持 结果纠正 其他结果 尚未审结 总计 1 0 0 1 2",
            marks[4] + "存在的主要问题及改进情况", "桥名牌更新偏慢。", marks[5] + "其他需要报告的事项", "没有收取费用。",
        ]
    }

    private static let parenthesised = ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）"]

    private static func check(_ report: Report) {
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == 8)
        #expect(report.statistics["requests.new.total"]?.value == 4)
        #expect(report.passages.contains { $0.section == 1 && $0.text.contains("检测结果") })
        #expect(report.passages.contains { $0.section == 5 && $0.text == "桥名牌更新偏慢。" })
        #expect(report.passages.last?.section == 6)
    }

    @Test("One line holds all, with spaces", arguments: [" ", "\u{3000}", "\u{A0}\u{A0}"])
    func spaces(_ space: String) throws {
        for marks in [nil, Self.parenthesised] {
            let lines = marks.map { Self.lines($0) } ?? Self.lines()
            let report = try Self.report(lines.joined(separator: space))
            Self.check(report)
            #expect(report.agency == "青蘅县桥梁养护站" && report.year == 2023)
            #expect(report.statistics["disputes.review.pending"]?.value == 3)
            #expect(report.statistics["disputes.litigation.after_review.total"]?.value == 2)
        }
    }

    @Test("One line holds all, glued, whichever marks its sections have")
    func glued() throws {
        for marks in [nil, Self.parenthesised] {
            let report = try Self.report((marks.map { Self.lines($0) } ?? Self.lines()).joined())
            Self.check(report)
        }
    }

    @Test("Headings behind sentences and headings between spaces on one line are both told")
    func halfGlued() throws {
        let lines = Self.lines()
        let text = lines[..<5].joined() + " " + lines[5...].joined(separator: " ")
        let report = try Self.report(text)
        Self.check(report)
        #expect(report.agency == "青蘅县桥梁养护站")
    }

    @Test(
        "A section more behind the last one of a glued text is its own",
        arguments: ["七、下一步工作打算", "七、附件", "七、2024年工作计划"])
    func gluedExtraSection(_ heading: String) throws {
        let text = (Self.lines() + [heading, "新增桥名牌二维码，逐月检查。"]).joined()
        let report = try Self.report(text)
        #expect(report.passages.contains { $0.section == 6 && $0.text == "没有收取费用。" })
        #expect(report.passages.last?.section == 7)
        #expect(report.passages.last?.text == "新增桥名牌二维码，逐月检查。")
    }

    @Test("A title behind the first heading of one line is no text")
    func titleBehindHeading() throws {
        for separator in [" ", ""] {
            var lines = Self.lines()
            lines.swapAt(0, 1)
            let report = try Self.report(lines.joined(separator: separator))
            #expect(report.agency == "青蘅县桥梁养护站")
            #expect(!report.passages.contains { $0.text.contains("年度报告") })
        }
    }

    @Test("Another report on the same line is told, and its text is not the first one's")
    func secondReport() throws {
        for separator in [" ", ""] {
            let second = [Self.other, "一、总体情况", "渡船班次当天公布。", "二、主动公开政府信息情况", "公布班次9条。"]
            let report = try Self.report((Self.lines() + second).joined(separator: separator))
            #expect(report.findings.contains { $0.code == "second_report" })
            #expect(!report.passages.contains { $0.text.contains("渡") })
        }
    }

    @Test(
        "A cell is whole whatever spaces stand in it",
        arguments: [
            ("3 件", 3.0), ("3 起", 3), ("5 → 3", nil), ("3 ①", 3), ("3注1", 3), ("未统计", nil),
            ("3（含转办1件)", 3),
        ] as [(String, Double?)])
    func cells(_ cell: String, _ value: Double?) throws {
        for separator in [" ", "\n"] {
            let review = [
                "0", "1", "0", cell, "4", "0", "0", "0", "0", "0", "1", "0", "0", "1", "2",
            ]
            let heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
            let row = ["一、本年新收政府信息公开申请数量", cell, "0", "0", "0", "0", "0", "7"]
            let other = ["二、上年结转政府信息公开申请数量", "2", "0", "0", "0", "0", "0", "2"]
            let report = try Self.report(
                ([Self.title, "一、总体情况", "公开桥梁检测结果12条。", "三、收到和处理政府信息公开申请情况"]
                    + [row, other].map { $0.joined(separator: separator) }
                    + ["四、政府信息公开行政复议、行政诉讼情况"]
                    + [heads + heads + heads, review].map { $0.joined(separator: separator) }
                    + ["五、存在的主要问题及改进情况", "桥名牌更新偏慢。"]).joined(separator: "\n"))
            #expect(report.statistics["requests.carried_in.total"]?.value == 2)
            #expect(report.statistics["disputes.review.corrected"]?.value == 1)
            #expect(report.statistics["disputes.litigation.after_review.total"]?.value == 2)
            let read = report.statistics["disputes.review.pending"]
            #expect(read?.value == value || value == nil && read?.status == .inferred)
            #expect(!report.passages.contains { $0.text.contains("含转办") })
        }
    }

    @Test("What is glued to digits with an arrow of any kind is not read as one of them")
    func gluedArrows() throws {
        for arrow in ["→", "->", "-->", "=>", "～"] {
            let report = try Self.report(
                Self.lines().joined().replacing("行政许可 11", with: "行政许可82\(arrow)11"))
            #expect([11, nil].contains(report.statistics["proactive.licensing.decisions"]?.value))
        }
    }

    @Test("The unit of an amount counts where it is glued to the number and to what follows")
    func gluedUnit() throws {
        for (amount, value) in [("39755元", 3.9755), ("3.5万元", 3.5)] {
            let report = try Self.report(
                Self.lines().joined().replacing(
                    "行政许可 11", with: "行政许可11行政事业性收费\(amount)"))
            #expect(report.statistics["proactive.fees.amount"]?.value == value)
        }
    }

    @Test("The heads above a blank row name no columns of the next one")
    func blankRow() throws {
        let report = try Self.report(
            [
                Self.title, "一、总体情况", "公开桥梁检测结果12条。", "二、主动公开政府信息情况", "第二十条第（五）项",
                "信息内容 本年处理决定数量", "行政许可", "第二十条第（六）项", "信息内容 本年处理决定数量", "行政处罚 6", "行政强制 2",
                "五、存在的主要问题及改进情况", "桥名牌更新偏慢。",
            ].joined(separator: "\n"))
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 6)
        #expect(report.statistics["proactive.coercion.decisions"]?.value == 2)
        #expect(report.statistics["proactive.licensing.decisions"]?.value == nil)
    }

    @Test("A blank cell that may be the first or a rest moves no number")
    func blankAtEitherEnd() throws {
        let report = try Self.report(
            [
                Self.title, "一、总体情况", "公开桥梁检测结果12条。", "二、主动公开政府信息情况", "信息内容 |", "本年制发件数 |",
                "本年废止件数 |", "现行有效件数 |", "|", "规章 |", " |", "2 |", "6 |", "|", "行政规范性文件 |", "3 |",
                "1 |",
                "8 |", "五、存在的主要问题及改进情况", "桥名牌更新偏慢。",
            ].joined(separator: "\n"))
        #expect(report.statistics["proactive.regulations.issued"]?.value == nil)
        #expect([6, nil].contains(report.statistics["proactive.regulations.in_force"]?.value))
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == 8)
    }

    @Test("A row that agencies add is none of the form's, though it is called 其他")
    func anotherOther() throws {
        let report = try TableRowTests.report([
            "（一）予以公开 3 0 0 0 0 0 3", "8.属于行政查询事项 0 0 0 0 0 0 0", "9.其他 2 0 0 0 0 0 2",
            "（七）总计 5 0 0 0 0 0 5", "逾期不补正 逾期未按收费通知",
        ])
        #expect(report.statistics["requests.other_handling.other.total"]?.value == nil)
        #expect(
            report.findings.contains { $0.code == "extra_request_row" || $0.code == "extra_row" })
    }

    @Test(
        "Comments of Markdown are no text, wherever they stand",
        arguments: [
            "<!-- 内部备注 -->", "<!-- 内部备注\n第二行 -->", "%% 内部备注 %%", "%%\n内部备注\n%%", "[//]: # (内部备注)",
        ])
    func comments(_ comment: String) throws {
        var lines = Self.lines()
        for index in lines.indices where lines[index].contains("、") && index > 0 {
            if lines[index].hasPrefix("一、总") || lines[index].hasPrefix("二、主") {
                lines[index] = "# " + lines[index]
            }
        }
        for place in [0, 3] {
            var marked = lines
            marked.insert(contentsOf: [comment, ""], at: place)
            let report = try Self.report(marked.joined(separator: "\n"))
            #expect(report.agency == "青蘅县桥梁养护站")
            #expect(!report.passages.contains { $0.text.contains("备注") || $0.text.contains("%%") })
            Self.check(report)
        }
    }

    @Test("A sheet without rows of numbers is one by the cells that its lines leave empty")
    func sheets() throws {
        let lines = [Self.title, "一、总体情况", "2023年，本站公开检测结果12条。", "（一）主动公开情况", "按月张贴公告。"]
        let report = try Self.report(lines.map { $0 + ",,,,,," }.joined(separator: "\n"))
        #expect(!report.passages.contains { $0.text.contains(",,") })
        #expect(report.passages.last?.subsection == "（一）主动公开情况")
    }

    @Test("A sentence in English between a heading and a text parts them")
    func english() throws {
        let sentence =
            "The annual report is prepared in accordance with the regulations on open information."
        let report = try Self.report(
            [
                Self.title, "一、总体情况", "公开桥梁检测结果12条。", sentence, "1．主动公开", "按月张贴限重公告。", sentence,
                "2．依申请公开", "收到申请四件。", "二、主动公开政府信息情况", "行政许可 11",
            ].joined(separator: "\n"))
        #expect(report.passages.contains { $0.subsection == "2．依申请公开" && $0.text == "收到申请四件。" })
    }
}
