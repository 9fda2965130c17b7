import ReportModel
import ReportParsing
import Testing

/// Tables as `pdftotext` without `-layout` prints them: a number a line, labels away from theirs.
@Suite("Labels that stand away from their numbers prove nothing, sums do")
struct ScatteredRowTests {
    /// The rows of the third table with six numbers each; the total is their sum.
    private static let numbers: [(label: String, parts: [Int])] = {
        var rows = OfficialForm.form2021.rows.filter { $0.section == 3 }.map {
            (label: $0.label, parts: [0, 0, 0, 0, 0, 0])
        }
        rows[0].parts = [9, 4, 0, 0, 0, 2]
        rows[2].parts = [6, 0, 0, 0, 0, 2]
        rows[4].parts = [0, 3, 0, 0, 0, 0]
        rows[14].parts = [2, 0, 0, 0, 0, 0]
        rows[15].parts = [0, 1, 0, 0, 0, 0]
        rows[rows.count - 2].parts = [8, 4, 0, 0, 0, 2]
        rows[rows.count - 1].parts = [1, 0, 0, 0, 0, 0]
        return rows
    }()

    /// A report of which some labels of the third table stand before another one, or behind all.
    private static func report(
        moved: Set<Int>, to place: Int = 18, without lost: Int? = nil
    ) throws -> Report {
        var lines: [String] = []
        for (index, row) in numbers.enumerated() {
            if index == place { lines += moved.sorted().map { numbers[$0].label } }
            if !moved.contains(index) { lines.append(row.label) }
            let cells = row.parts + [row.parts.reduce(0, +)]
            lines += cells.enumerated().filter { index != lost || $0.offset != 3 }.map { "\($1)" }
        }
        if place >= numbers.count { lines += moved.sorted().map { numbers[$0].label } }
        let text =
            (["青蘅县桥梁养护站2023年政府信息公开工作年度报告", "一、总体情况", "公开桥梁检测结果12条。", "二、主动公开政府信息情况"]
            + ["规章 0 0 0", "三、收到和处理政府信息公开申请情况"] + lines
            + ["五、存在的主要问题及改进情况", "桥名牌更新偏慢。"]).joined(separator: "\n")
        return try ReportParser().report(from: Array(text.utf8))
    }

    @Test(
        "All rows are read by their order where every sum holds",
        arguments: [([14], 18), ([4, 15], 18), ([2], 99)])
    func proven(_ moved: [Int], _ place: Int) throws {
        let report = try Self.report(moved: Set(moved), to: place)
        let keys = OfficialForm.form2021.rows.filter { $0.section == 3 }.map(\.key)
        for (key, row) in zip(keys, Self.numbers) {
            let total = report.statistics[key + ".total"]
            #expect(total?.value == Double(row.parts.reduce(0, +)), "\(key)")
            #expect(total?.status == .printed)
        }
        #expect(report.findings.contains { $0.code == "rows_by_order" })
        #expect(!report.findings.contains { $0.code == "row_unread" })
    }

    @Test("No row is read where a number is missing and no order is proven")
    func unproven() throws {
        let report = try Self.report(moved: [4, 15], without: 7)
        let read = report.statistics.fields.filter { StatisticField.all[$0].section == 3 }
        #expect(read.allSatisfy { report.statistics.value(of: $0) == nil })
        #expect(report.findings.contains { $0.code == "rows_untold" })
    }

    @Test(
        "A cell over two lines whose pieces are several numbers is in no row that sums",
        arguments: [["14 → 1", "2"], ["14→1", "2"], ["1 2 → 1", "2"]])
    func wrappedCell(_ pieces: [String]) throws {
        let rows = [
            ["一、本年新收政府信息公开申请数量", "9", "12", "0", "0", "0", "0", "21"],
            ["二、上年结转政府信息公开申请数量", "0"] + pieces + ["0", "0", "0", "0", "12"],
            ["（一）予以公开", "9", "0", "0", "0", "0", "0", "9"],
        ]
        let lines =
            ["青蘅县桥梁养护站2023年政府信息公开工作年度报告", "一、总体情况", "公开桥梁检测结果12条。"]
            + ["三、收到和处理政府信息公开申请情况"] + rows.flatMap(\.self)
            + ["五、存在的主要问题及改进情况", "桥名牌更新偏慢。"]
        let report = try ReportParser().report(from: Array(lines.joined(separator: "\n").utf8))
        #expect(report.statistics["requests.new.commercial"]?.value == 12)
        #expect(report.statistics["requests.granted.total"]?.value == 9)
        let columns: [(String, Double)] = [
            ("natural_person", 0), ("commercial", 12), ("research", 0), ("total", 12),
        ]
        for (column, value) in columns {
            let read = report.statistics["requests.carried_in.\(column)"]?.value
            #expect(read == nil || read == value, "\(column)")
        }
    }

    /// A second table with a number a line, of which the last ones stand as given.
    private static func counts(_ rest: [String]) throws -> Report {
        let text =
            (["青蘅县桥梁养护站2023年政府信息公开工作年度报告", "一、总体情况", "公开桥梁检测结果12条。", "二、主动公开政府信息情况"]
            + ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "1", "2", "3"]
            + ["行政规范性文件", "4", "5", "6", "第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "7"]
            + ["第二十条第（六）项", "信息内容", "本年处理决定数量"] + rest
            + ["三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况", "桥名牌更新偏慢。"])
            .joined(separator: "\n")
        return try ReportParser().report(from: Array(text.utf8))
    }

    @Test("A number under each label of the second table is its own")
    func countsBelowLabels() throws {
        let report = try Self.counts([
            "行政处罚", "8", "行政强制", "9", "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "10",
        ])
        #expect(report.statistics["proactive.regulations.issued"]?.value == 1)
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 8)
        #expect(report.statistics["proactive.fees.amount"]?.value == 10)
    }

    @Test(
        "No row of the second table is read where a number stands under a head instead of a label",
        arguments: [
            ["行政处罚", "0", "行政强制", "27", "第二十条第（八）项", "本年收费金额（单位：万元）", "信息内容", "0", "行政事业性收费"],
            ["8", "行政处罚", "行政强制", "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "10", "行政事业性收费", "9"],
            ["查", "8", "行政处罚", "9", "行政强制", "第二十条第（八）项", "信息内容", "本年收费金额（单位：万元）", "行政事业性收费", "10"],
        ])
    func countsUnderHeads(_ rest: [String]) throws {
        let report = try Self.counts(rest)
        let read = report.statistics.fields.filter { StatisticField.all[$0].section == 2 }
        #expect(read.allSatisfy { report.statistics.value(of: $0) == nil })
        #expect(report.findings.contains { $0.code == "rows_untold" })
    }

    @Test("Numbers of the fourth table between heads count where they sum")
    func disputes() throws {
        let heads = ["结果纠正", "其他结果", "尚未审结"]
        func report(_ numbers: [String]) throws -> Report {
            let text =
                (["青蘅县桥梁养护站2023年政府信息公开工作年度报告", "一、总体情况", "公开桥梁检测结果12条。"]
                + ["三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "行政复议", "总计"]
                + numbers.prefix(8) + heads + ["总计"] + numbers.dropFirst(8)
                + ["五、存在的主要问题及改进情况", "桥名牌更新偏慢。"]).joined(separator: "\n")
            return try ReportParser().report(from: Array(text.utf8))
        }
        let right = try report([
            "0", "0", "0", "1", "1", "3", "0", "0", "2", "5", "0", "0", "0", "0", "0",
        ])
        #expect(right.statistics["disputes.litigation.direct.total"]?.value == 5)
        let wrong = try report([
            "0", "0", "0", "1", "1", "3", "0", "2", "5", "0", "0", "0", "0", "0", "0",
        ])
        #expect(wrong.statistics["disputes.litigation.direct.total"] == nil)
        #expect(wrong.findings.contains { $0.code == "row_unread" })
    }
}
