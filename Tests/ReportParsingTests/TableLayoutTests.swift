import ReportModel
import ReportParsing
import TestSupport
import Testing

/// The tables of one report, rendered as a file could print them.
private struct TableRenderer {
    /// How the cells of one row become lines.
    typealias Row = @Sendable ([String]) -> [String]

    let values: [Int: Double]

    private func cells(_ row: OfficialRow) -> [String] {
        OfficialForm.fields(of: row).map { values[$0]?.figure ?? "" }
    }

    /// The second table, with the heads that stand above its rows.
    func proactive(_ line: Row) -> [String] {
        let heads = [
            "规章": [["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]],
            "行政许可": [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"]],
            "行政处罚": [["第二十条第（六）项"], ["信息内容", "本年处理决定数量"]],
            "行政事业性收费": [["第二十条第（八）项"], ["信息内容", "本年收费金额（单位：万元，保留 4 位小数）"]],
        ]
        return OfficialForm.form2021.rows.filter { $0.section == 2 }.flatMap { row in
            (heads[row.label] ?? []).flatMap(line) + line([row.label] + cells(row))
        }
    }

    /// The third table; `label` gives the cells before a row's numbers.
    func requests(
        _ line: Row, label: (Int, OfficialRow) -> [String] = { _, row in [row.label] }
    ) -> [String] {
        let heads = [
            ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
            ["自然人", "法人或其他组织", "总计"],
            ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
        ]
        let rows = OfficialForm.form2021.rows.filter { $0.section == 3 }
        return heads.flatMap(line)
            + rows.enumerated().flatMap { index, row in line(label(index, row) + cells(row)) }
    }

    /// The fourth table as one row of fifteen numbers.
    func disputes(_ line: Row) -> [String] {
        let outcomes = OutcomeColumn.allCases.map(\.label)
        return line(["行政复议", "行政诉讼"]) + line(outcomes + ["未经复议直接起诉", "复议后起诉"])
            + line(outcomes + outcomes)
            + line(OfficialForm.form2021.disputeRows.flatMap(cells))
    }

    /// The fourth table as three tables.
    func disputesApart(_ line: Row) -> [String] {
        OfficialForm.form2021.disputeRows.flatMap { row in
            line([row.label]) + line(row.columnNames) + line(cells(row))
        }
    }
}

@Suite("The same tables in other layouts are read alike")
struct TableLayoutTests {
    struct Layout: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var missing: Set<Int> = []
        let tables: @Sendable (Int) -> [String]
    }

    private static let renderer: TableRenderer = {
        var random = SeededGenerator(seed: 30)
        var values: [Int: Double] = [:]
        for row in OfficialForm.form2021.rows {
            var fields = OfficialForm.fields(of: row)
            let total = row.section == 2 ? nil : fields.popLast()
            for field in fields {
                values[field] = Double(Int.random(in: 0...40, using: &random))
            }
            if let total { values[total] = fields.reduce(0) { $0 + (values[$1] ?? 0) } }
        }
        return TableRenderer(values: values)
    }()

    private static let spaces: TableRenderer.Row = { [$0.joined(separator: " ")] }
    private static let pipes: TableRenderer.Row = { [$0.joined(separator: " | ") + " |"] }

    private static func layout(
        _ name: String, missing: Set<Int> = [], _ line: @escaping TableRenderer.Row
    ) -> Layout {
        Layout(testDescription: name, missing: missing) { section in
            switch section {
            case 2: renderer.proactive(line)
            case 3: renderer.requests(line)
            default: renderer.disputes(line)
            }
        }
    }

    static let layouts: [Layout] = [
        layout("words between spaces", spaces),
        layout("pipes", pipes),
        layout("cells that hold line ends (S8)") { $0.flatMap { ["|", " \($0) "] } + ["|"] },
        layout("one cell a line (S7)") { $0.flatMap { [$0, ""] } },
        layout("cells padded with spaces that do not break") {
            ["\u{3000}\u{A0}" + $0.joined(separator: "\u{A0}\u{A0}")]
        },
        layout("full-width digits") { row in
            [
                row.map { cell in
                    String(
                        String.UnicodeScalarView(
                            cell.unicodeScalars.map { scalar in
                                (0x30...0x39).contains(scalar.value)
                                    ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
                            }))
                }.joined(separator: " ")
            ]
        },
        layout("no headings over the tables (H6)", missing: [2, 3, 4], spaces),
        layout("no heading of section 5 (H6)", missing: [5], pipes),
        layout("no heading of section 1 (H6)", missing: [1], spaces),
        Layout(testDescription: "every sixth row without its label (S12)") { section in
            switch section {
            case 2: renderer.proactive(spaces)
            case 3: renderer.requests(spaces) { index, row in index % 6 == 0 ? [] : [row.label] }
            default: renderer.disputes(spaces)
            }
        },
        Layout(testDescription: "the fourth table as three tables (S13)") { section in
            switch section {
            case 2: renderer.proactive(pipes)
            case 3: renderer.requests(pipes)
            default: renderer.disputesApart(pipes)
            }
        },
        Layout(testDescription: "page numbers between rows (Wrap 3)") { section in
            switch section {
            case 2: renderer.proactive(spaces)
            case 3:
                renderer.requests(spaces).enumerated().flatMap { index, line in
                    index % 9 == 8 ? [line, "— \(index) —"] : [line]
                }
            default: renderer.disputes(spaces)
            }
        },
        Layout(testDescription: "a row that is not of the form (L10)") { section in
            switch section {
            case 2:
                renderer.proactive(spaces).flatMap { line in
                    line.hasPrefix("第二十条第（五）项") ? ["其他主动公开文件 3 0 9", line] : [line]
                }
            case 3: renderer.requests(spaces)
            default: renderer.disputes(spaces)
            }
        },
    ]

    @Test("All cells, and no section moves", arguments: layouts)
    func reading(_ layout: Layout) throws {
        let headings = [
            1: "一、总体情况", 2: "二、主动公开政府信息情况", 3: "三、收到和处理政府信息公开申请情况",
            4: "四、政府信息公开行政复议、行政诉讼情况", 5: "五、存在的主要问题及改进情况", 6: "六、其他需要报告的事项",
        ]
        let narrative = [
            1: "全年公开渡口班次和水位信息20条，均在当天挂网。", 5: "一是部分渡口的公告栏更新偏慢，需要继续改进。",
            6: "本年度没有收取信息处理费。",
        ]
        var lines = ["云岫县渡口管理站2023年政府信息公开工作年度报告"]
        for section in 1...6 {
            if let heading = headings[section], !layout.missing.contains(section) {
                lines.append(heading)
            }
            lines += narrative[section].map { [$0] } ?? layout.tables(section)
        }
        let text = lines.joined(separator: "\n")
        let report = try ReportParser().report(from: Array(text.utf8))
        #expect(report.kind == .annualReport && report.form == .form2021)
        for field in OfficialForm.form2021.fields {
            let cell = report.statistics[field]
            #expect(
                cell?.value == Self.renderer.values[field] && cell?.status == .printed,
                "\(StatisticField.all[field].key)\n\(text)")
        }
        #expect(report.passages.map(\.section) == [1, 5, 6])
        #expect(report.passages.map(\.text) == [1, 5, 6].compactMap { narrative[$0] })
    }
}
