import ReportModel
import ReportParsing
import Testing

@Suite("Rows are read by their labels, or not at all")
struct TableRowTests {
    static func report(_ rows: [String], second: [String] = []) throws -> Report {
        let text =
            (["青蘅县桥梁养护站2023年政府信息公开工作年度报告", "一、总体情况", "公开桥梁检测结果12条。"]
            + ["二、主动公开政府信息情况"] + second + ["三、收到和处理政府信息公开申请情况"] + rows
            + ["五、存在的主要问题及改进情况", "桥名牌更新偏慢。"]).joined(separator: "\n")
        return try ReportParser().report(from: Array(text.utf8))
    }

    private static func bars(_ label: String, _ numbers: [Int]) -> String {
        "| \(label) | " + numbers.map { "\($0)" }.joined(separator: " | ") + " |"
    }

    @Test("A row without a label takes the one place that is free, and never a labelled row's")
    func unlabelled() throws {
        let report = try Self.report([
            Self.bars("一、本年新收政府信息公开申请数量", [9, 0, 0, 0, 0, 1, 10]),
            Self.bars("二、上年结转政府信息公开申请数量", [1, 0, 0, 0, 0, 0, 1]),
            Self.bars("（一）予以公开", [6, 0, 0, 0, 0, 0, 6]),
            "| 2 | 0 | 0 | 0 | 0 | 1 | 3 |",
            Self.bars("1.属于国家秘密", [0, 0, 0, 0, 0, 0, 0]),
        ])
        #expect(report.statistics["requests.granted.total"]?.value == 6)
        #expect(report.statistics["requests.partial.total"]?.value == 3)
    }

    @Test("The number of an item is none of the row above, whatever parts it from its sign")
    func partedMark() throws {
        let report = try Self.report([
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 0 0 0 0 0 0",
            "3 .其他 0 0 0 0 0 0 0", "（七）总计 0 0 0 0 0 0 0",
        ])
        let unpaid = report.statistics["requests.other_handling.fee_unpaid.total"]
        #expect(unpaid?.value != 3)
        #expect(report.statistics["requests.other_handling.other.total"]?.value == 0)
        #expect(!report.identities.contains { $0.state == .fails })
    }

    @Test("A blank cell that is missing at a line's start is not made up for at its end")
    func strippedLine() throws {
        let outcomes = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t"
        let report = try Self.report([
            "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1", "四、政府信息公开行政复议、行政诉讼情况",
            outcomes + outcomes + outcomes, "1\t0\t0\t2\t0\t0\t0\t0\t0\t\t3\t0\t0\t3\t",
        ])
        #expect(report.statistics["disputes.review.corrected"]?.value == 1)
        #expect(report.statistics["disputes.review.upheld"]?.status != .printed)
        #expect(report.statistics["disputes.litigation.after_review.corrected"]?.value == 3)
        #expect(report.statistics["disputes.litigation.after_review.total"]?.value == 3)
    }

    @Test("Where a head was not met and a cell is blank, no number is given to a column")
    func headAndCellMissing() throws {
        let heads = "\t自然人\t商业企业\t科研机构\t法律服务机构\t其他\t总计"
        let report = try Self.report([heads, "一、本年新收政府信息公开申请数量\t2\t0\t0\t3\t0\t0\t"])
        for column in ["legal_service", "other_org", "total"] {
            #expect(report.statistics["requests.new.\(column)"]?.value == nil)
        }
    }

    @Test("Numbers printed above their labels are given to no other row")
    func numbersAbove() throws {
        let second = [
            "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "0", "0", "0", "规章", "36", "2", "27",
            "行政规范性文件", "第二十条第（五）项", "信息内容", "本年处理决定数量", "248", "行政许可", "第二十条第（六）项", "信息内容",
            "本年处理决定数量", "296", "行政处罚", "8", "行政强制",
        ]
        let report = try Self.report(["一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1"], second: second)
        let truth: [String: Double] = [
            "regulations.issued": 0, "regulations.in_force": 0, "normative_docs.issued": 36,
            "licensing.decisions": 248, "penalties.decisions": 296, "coercion.decisions": 8,
        ]
        for (key, value) in truth {
            let read = report.statistics["proactive.\(key)"]?.value
            #expect(read == nil || read == value, "\(key)")
        }
        #expect(report.findings.contains { $0.code == "rows_untold" })
    }

    @Test("Commas inside numbers part no cells")
    func thousands() throws {
        let labels = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "（二）部分公开", "2.重复申请", "（七）总计", "1.属于国家秘密"]
        let report = try Self.report(labels.map { $0 + " 7,453,191 0 0 0 0 0 7,453,191" })
        #expect(report.statistics["requests.new.natural_person"]?.value == 7_453_191)
        #expect(report.statistics["requests.results_total.total"]?.value == 7_453_191)
    }

    @Test("Columns of numbers before all labels leave the single numbers untold too")
    func columnsBefore() throws {
        let second = [
            "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "0", "10", "0", "26", "规章", "行政规范性文件",
            "第二十条第（六）项", "信息内容", "145", "行政处罚", "246", "行政强制",
        ]
        let report = try Self.report(["一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1"], second: second)
        let penalties = report.statistics["proactive.penalties.decisions"]?.value
        #expect(penalties == nil || penalties == 145)
    }

    @Test("A number below the heads of the next part is none of the row above these")
    func numberOfNextPart() throws {
        let second = [
            "第二十条第（六）项", "信息内容", "本年处理决定数量", "行政处罚", "5", "行政强制", "第二十条第（八）项", "信息内容",
            "本年收费金额（单位：万元）", "42.66",
        ]
        let report = try Self.report(["一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1"], second: second)
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 5)
        #expect(report.statistics["proactive.coercion.decisions"]?.value == nil)
    }

    @Test("A long run of numbers behind a label is no row, though some of them sum")
    func column() throws {
        let numbers = [0, 0, 5, 0, 3, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0].map { "\($0)" }
        let report = try Self.report(["（七）总计"] + numbers)
        #expect(report.statistics["requests.results_total.total"]?.value == nil)
    }

    @Test("Where two places are free for one row it stays unknown")
    func ambiguous() throws {
        let report = try Self.report([
            Self.bars("二、上年结转政府信息公开申请数量", [1, 0, 0, 0, 0, 0, 1]),
            "| 2 | 0 | 0 | 0 | 0 | 1 | 3 |",
            Self.bars("1.属于国家秘密", [0, 0, 0, 0, 0, 0, 0]),
            Self.bars("2.其他法律行政法规禁止公开", [0, 0, 0, 0, 0, 0, 0]),
        ])
        #expect(report.statistics["requests.granted.total"]?.value == nil)
        #expect(report.statistics["requests.partial.total"]?.value == nil)
        #expect(report.findings.contains { $0.code == "rows_untold" })
    }

    @Test("Labels printed before their numbers are joined in order when there are as many")
    func labelsApart() throws {
        let labels = ["（一）予以公开", "（二）部分公开", "1.属于国家秘密"]
        let numbers = ["4 0 0 0 0 0 4", "0 2 0 0 0 0 2", "1 0 0 0 0 0 1"]
        let report = try Self.report(labels + numbers + ["2.其他法律行政法规禁止公开 0 0 0 0 0 0 0"])
        #expect(report.statistics["requests.granted.total"]?.value == 4)
        #expect(report.statistics["requests.partial.total"]?.value == 2)
        #expect(report.statistics["requests.denied.state_secret.total"]?.value == 1)
        let fewer = try Self.report(
            labels + numbers.dropLast() + ["2.其他法律行政法规禁止公开 0 0 0 0 0 0 0"])
        for row in ["granted", "partial", "denied.state_secret"] {
            #expect(fewer.statistics["requests.\(row).total"]?.value == nil)
        }
    }

    @Test(
        "A row more is none of the form's, and no sum over it is said to fail",
        arguments: [
            "9.属于工作秘密", "9.属于个人隐私", "其中：属于国家秘密", "9.属于内部管理信息",
        ])
    func added(_ label: String) throws {
        let report = try Self.report([
            Self.bars("一、本年新收政府信息公开申请数量", [9, 0, 0, 0, 0, 1, 10]),
            Self.bars("（一）予以公开", [6, 0, 0, 0, 0, 0, 6]),
            Self.bars(label, [3, 0, 0, 0, 0, 1, 4]),
            Self.bars("（七）总计", [9, 0, 0, 0, 0, 1, 10]),
        ])
        #expect(report.statistics["requests.denied.state_secret.total"]?.value == nil)
        #expect(report.findings.contains { $0.code == Report.extraRequestRow })
        #expect(report.findings.contains { $0.message.contains("3 0 0 0 0 1 4") })
        #expect(!report.identities.contains { $0.state == .fails })
    }

    @Test("One row （六）其他处理 is a cell of its own, and the sums hold with it")
    func singleOther() throws {
        let labels = [
            "（一）予以公开", "（二）部分公开", "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”",
            "4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷",
            "8.属于行政查询事项", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作",
            "3.补正后申请内容仍不明确", "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物",
            "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息",
        ]
        let report = try Self.report(
            labels.map { Self.bars($0, [1, 0, 0, 0, 0, 0, 1]) }
                + [
                    Self.bars("（六）其他处理", [2, 0, 0, 0, 0, 0, 2]),
                    Self.bars("（七）总计", [20, 0, 0, 0, 0, 0, 20]),
                ], second: ["信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 0 0 0"])
        #expect(report.form == .form2021)
        #expect(report.statistics["requests.other_handling.total"]?.value == 2)
        #expect(report.statistics["requests.other_handling.other.total"] == nil)
        #expect(
            report.identities.first { $0.id == "col:results_total:total" }?.state == .holds)
    }

    @Test("The beginning of a label that was wrapped is no cell of the row above")
    func wrappedLabel() throws {
        let report = try Self.report(
            ["（七）总计", "20", "9", "0", "0", "9", "65", "四、结转下", "年度继续办理"]
                + ["1", "4", "1", "0", "0", "0", "6"])
        #expect(report.statistics["requests.results_total.natural_person"]?.value == nil)
        #expect(report.statistics["requests.carried_out.total"]?.value == 6)
    }

    @Test("Rows out of the form's order are read by their labels")
    func outOfOrder() throws {
        let report = try Self.report(
            [Self.bars("一、本年新收政府信息公开申请数量", [9, 0, 0, 0, 0, 1, 10])],
            second: [
                "信息内容 本年处理决定数量", "行政许可 31", "行政处罚 5", "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
                "|---|---|---|---|", "| 规章 | 0 | 0 | 0 |", "| 规范性文件 | 7 | 1 | 40 |",
            ])
        #expect(report.statistics["proactive.licensing.decisions"]?.value == 31)
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == 40)
    }

    @Test("Purchases are counted in 笔 and paid in 元")
    func purchases() throws {
        let report = try Self.report(
            [], second: ["信息内容 采购项目数量 采购总金额", "政府集中采购 3笔 210400元"])
        #expect(report.form == .form2019)
        #expect(report.statistics["proactive19.procurement.projects"]?.value == 3)
        #expect(report.statistics["proactive19.procurement.amount"]?.value == 210_400)
    }
}
