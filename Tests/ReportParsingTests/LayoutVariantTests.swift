import ReportModel
import ReportParsing
import TestSupport
import Testing

@Suite("What files do to lines, marks and tables is undone")
struct LayoutVariantTests {
    private static let title = "青蘅县桥梁养护站2023年政府信息公开工作年度报告"
    private static let filler = "本站把每座桥的检测日期、限重和封闭时段按月公布在村口，并且逐条说明原因，方便往来的货车司机提前绕行。"

    private static func report(_ lines: [String]) throws -> Report {
        try ReportParser().report(from: Array(lines.joined(separator: "\n").utf8))
    }

    private static func report(
        first: [String] = ["公开桥梁检测结果12条。"], second: [String] = [], after: [String] = [],
        fifth: String = "五、存在的主要问题及改进情况"
    ) throws -> Report {
        try report(
            [title, "一、总体情况"] + first + ["二、主动公开政府信息情况"] + second
                + ["三、收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量 4 0 0 0 0 0 4"]
                + [
                    "四、政府信息公开行政复议、行政诉讼情况",
                    "| 0 | 1 | 0 | 3 | 4 "
                        + "| 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 1 | 2 |",
                ]
                + after + [fifth, "桥名牌更新偏慢。", "六、其他需要报告的事项", "没有。"])
    }

    @Test(
        "A line's end inside an address or a number parts nothing",
        arguments: [
            ("详情见网址：http://www.example.gov.cn/", "qiao/index.html，也可以来站查阅。", "cn/qiao/index.html"),
            ("有疑问可以来信，邮箱：qiaoyang", "@example.com，欢迎监督。", "qiaoyang@example.com"),
            ("值班电话白天和夜间都有人接：0000-", "7654321，邮编000000。", "0000-7654321"),
            ("全年共主动公开桥梁检测信息1", "26条，比上年多9条。", "信息126条"),
        ])
    func cutWords(_ start: String, _ end: String, _ whole: String) throws {
        for gap in [[], [""]] {
            let report = try Self.report(
                first: [Self.filler, Self.filler.prefix(20) + "，" + start] + gap + [
                    end, Self.filler,
                ])
            #expect(report.passages.contains { $0.text.contains(whole) })
        }
    }

    @Test(
        "Marks of every kind head the parts of a section",
        arguments: [
            "⑴", "⒈", "1）", "1)", "㈠", "一）", "①", "第一，", "第一、", "1 ", "[1]", "A.", "Ⅰ.", "1.1 ",
            "- ", "－",
            "",
        ])
    func marks(_ mark: String) throws {
        let second: String = mark.unicodeScalars.reduce(into: "") { text, scalar in
            let next = Unicode.Scalar(scalar.value + 1) ?? scalar
            let isSign = ")）第，、 []-－.".unicodeScalars.contains(scalar)
            text.unicodeScalars.append(isSign ? scalar : scalar == "一" ? "二" : next)
        }
        let report = try Self.report(first: [
            mark + "主动公开情况", "公开桥梁检测结果十二条。", second + "依申请公开情况", "收到申请四件。",
        ])
        let read = report.passages.first { $0.text.contains("检测结果") }
        #expect(read?.subsection?.hasSuffix("主动公开情况") == true)
        #expect(!report.passages.contains { $0.text.contains("依申请公开情况") })
    }

    @Test(
        "Lines after the fourth table are text, whatever marks them",
        arguments: [
            "1 桥名牌的位置需要调整", "桥名牌的位置需要调整", "1、桥名牌的位置需要调整", "（一）桥名牌的位置需要调整\n（二）限重牌需要更换",
        ])
    func linesAfterTables(_ line: String) throws {
        let report = try Self.report(after: [line, "司机多次走错匝道。"], fifth: "")
        #expect(report.passages.contains { $0.text.contains("桥名牌的位置需要调整") && $0.section == 5 })
        #expect(report.statistics["disputes.review.pending"]?.value == 3)
    }

    @Test(
        "Other words for difficulties head section 5",
        arguments: ["五、存在的主要困难和下一步工作计划", "五、薄弱环节及改进举措", "五、短板与对策"])
    func difficulties(_ heading: String) throws {
        let report = try Self.report(fifth: heading)
        #expect(report.passages.contains { $0.section == 5 && $0.text == "桥名牌更新偏慢。" })
    }

    @Test("A text and a heading with a space in it are told apart on one line of all")
    func oneLine() throws {
        let report = try Self.report([
            Self.title + " 一、总体情况 公开桥梁检测结果12条，" + Self.filler
                + " 二、主动公开政府信息情况 第二十条第（五）项 信息内容 本年处理决定数量 行政许可 11"
                + " 注：上表数据含上年结转数量。 三、收到和处 理政府信息公开申请情况"
                + " 一、本年新收政府信息公开申请数量 4 0 0 0 0 0 4"
                + " 四、政府信息公开行政复议、行政诉讼情况 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
                + " 1、桥名牌更新偏慢，司机多次走错。 六、其他需要报告的事项 没有收取费用。"
        ])
        #expect(report.statistics["proactive.licensing.decisions"]?.value == 11)
        #expect(report.statistics["requests.new.total"]?.value == 4)
        #expect(report.statistics["disputes.litigation.after_review.total"]?.value == 0)
        #expect(report.passages.contains { $0.section == 2 && $0.text.hasPrefix("注：") })
        #expect(report.passages.contains { $0.section == 5 && $0.text.contains("司机多次走错") })
    }

    @Test("Official tables that stand behind the text are those of their sections")
    func annex() throws {
        let report = try Self.report(
            [Self.title, "一、总体情况", "公开桥梁检测结果12条。", "二、主动公开政府信息情况", "详见附表。"]
                + ["三、收到和处理政府信息公开申请情况", "详见附表。", "五、存在的主要问题及改进情况", "桥名牌更新偏慢。"]
                + ["六、其他需要报告的事项", "没有。", "附表：", "第二十条第（一）项"]
                + ["信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 0 0 0", "行政规范性文件 3 1 5"]
                + ["一、本年新收政府信息公开申请数量 4 0 0 0 0 0 4"])
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == 5)
        #expect(report.statistics["requests.new.total"]?.value == 4)
    }

    @Test(
        "One row for all other handling is its own",
        arguments: ["（六）其他处理", "（六）其他", "(六)其他处理情况"])
    func otherHandling(_ label: String) throws {
        let report = try TableRowTests.report([
            "（一）予以公开 3 0 0 0 0 0 3", label + " 2 0 0 0 0 0 2", "（七）总计 5 0 0 0 0 0 5",
            "3.其他法律行政法规禁止公开 逾期不补正",
        ])
        #expect(report.statistics["requests.other_handling.total"]?.value == 2)
        #expect(report.statistics["requests.other_handling.other.total"] == nil)
    }

    @Test("Numbers above their labels are never given to the labels above them")
    func liftedLabels() throws {
        let report = try TableRowTests.report([
            "一、本年新收政府信息公开申请数量 12 0 0 0 0 0 12", "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
            "9 0 0 0 0 0 9", "（一）予以公开", "3 0 0 0 0 0 3", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            "1.属于国家秘密 0 0 0 0 0 0 0",
        ])
        #expect(report.statistics["requests.granted.total"]?.value == 9)
        #expect(report.statistics["requests.partial.total"]?.value == 3)
    }

    @Test("The heads of one form over the rows of the other name no columns")
    func otherHeads() throws {
        let report = try Self.report(second: [
            "第二十条第（一）项", "信息内容 本年新制作数量 本年新公开数量 对外公开总数量", "规章 0 3 5", "行政规范性文件 1 2 4",
            "第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "行政事业性收费 0",
        ])
        #expect(report.form == .form2021)
        #expect(report.statistics["proactive.normative_docs.repealed"]?.value == nil)
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == nil)
    }

    @Test("An empty first cell behind its label is the first cell")
    func firstCellBlank() throws {
        let report = try Self.report(second: [
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\t", "规章\t \t0\t6\t", "行政规范性文件\t9\t0\t7\t",
        ])
        #expect(report.statistics["proactive.regulations.issued"]?.value == nil)
        #expect(report.statistics["proactive.regulations.in_force"]?.value == 6)
    }

    @Test(
        "A cell of the fourth table with a mark moves no other",
        arguments: ["4→3", "3注1", "3*", "^3^"])
    func disputes(_ cell: String) throws {
        let report = try Self.report([
            Self.title, "一、总体情况", "公开桥梁检测结果12条。", "四、政府信息公开行政复议、行政诉讼情况",
            "0\t1\t2\t0\t\(cell)\t0\t0\t0\t5\t5\t0\t1\t0\t0\t1\t", "五、存在的主要问题及改进情况", "桥名牌更新偏慢。",
        ])
        #expect(report.statistics["disputes.review.other"]?.value == 2)
        #expect(report.statistics["disputes.litigation.direct.pending"]?.value == 5)
        #expect([3, nil].contains(report.statistics["disputes.review.total"]?.value))
    }

    @Test("A word in the place of a number costs that cell alone")
    func wordInCell() throws {
        let report = try TableRowTests.report([
            "（一）予以公开 3 0 0 0 0 0 未统计", "（二）部分公开", "待核实", "1 0 0 0 0 0", "1.属于国家秘密 1 0 0 0 0 0 1",
        ])
        #expect(report.statistics["requests.granted.natural_person"]?.value == 3)
        #expect(report.statistics["requests.denied.state_secret.total"]?.value == 1)
        #expect(report.statistics["requests.partial.total"]?.value != 6)
    }

    @Test("Digits with a unit among them are parted only where that is told")
    func gluedUnits() throws {
        let report = try Self.report([
            Self.title + "一、总体情况公开桥梁检测结果12条。二、主动公开政府信息情况行政许可11件行政处罚3起"
                + "行政强制82→80行政事业性收费3,306"
                + "三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量4000004"
                + "9.其他不予公开情形1000001（四）无法提供1.本机关不掌握相关政府信息00000起00"
                + "五、存在的主要问题及改进情况桥名牌更新偏慢。六、其他需要报告的事项没有收取费用。"
        ])
        #expect(report.statistics["proactive.licensing.decisions"]?.value == 11)
        #expect(report.statistics["requests.new.total"]?.value == 4)
        #expect(report.statistics["requests.unable.not_held.total"]?.value == nil)
        #expect([80, nil].contains(report.statistics["proactive.coercion.decisions"]?.value))
        #expect([3_306, nil].contains(report.statistics["proactive.fees.amount"]?.value))
    }

    @Test("A sheet is one however its cells are quoted and filled up", arguments: [true, false])
    func sheets(isQuoted: Bool) throws {
        let rows = [
            [Self.title], ["一、总体情况"], ["公开桥梁检测结果12条。"], ["二、主动公开政府信息情况"],
            ["规章", "0", "0", "0"], ["行政规范性文件", "1", "0", "7"], ["行政许可", "11"], ["行政处罚", "3"],
            ["行政强制", "0"], ["行政事业性收费", "0"], ["五、存在的主要问题及改进情况"], ["桥名牌更新偏慢。"],
        ]
        let lines = rows.map { row in
            isQuoted
                ? row.map { "\"\($0)\"" }.joined(separator: ",")
                : row.joined(separator: ",") + ",,,,"
        }
        let report = try Self.report(lines)
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == 7)
        #expect(report.statistics["proactive.licensing.decisions"]?.value == 11)
    }

    @Test("A second report is told whose name stands on a line of its own")
    func secondReport() throws {
        let first = try Self.report()
        #expect(!first.findings.contains { $0.code == "second_report" })
        let report = try Self.report(
            [Self.title, "一、总体情况", "公开桥梁检测结果12条。", "四、政府信息公开行政复议、行政诉讼情况", "没有发生。"]
                + ["五、存在的主要问题及改进情况", "桥名牌更新偏慢。", "六、其他需要报告的事项", "没有。", "青蘅县渡口管理局"]
                + ["2023年政府信息公开工作年度报告", "一、总体情况", "渡船班次当天公布。"])
        #expect(report.findings.contains { $0.code == "second_report" })
        #expect(!report.passages.contains { $0.text.contains("渡船") || $0.text.contains("渡口") })
    }

    @Test("The beginning of a school's report is none of an agency")
    func school() throws {
        let report = try Self.report([
            "根据教育部要求，云岭职业技术学院编制了本报告，统计期限为2021年9月1日至2022年8月31日。", "一、概述",
            "2021-2022学年度，学院公开信息36条。", "二、主动公开情况", "通过校园网站发布信息36条。",
        ])
        #expect(report.kind == .other)
    }
}
