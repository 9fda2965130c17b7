import ReportModel
import TestSupport

/// A report with figures that a test chose, as a web page: 0 in every cell that it did not name.
struct PlantedReport {
    var agency: String
    var year: Int
    /// The values by statistic, as `新收` or `requests.new.total`.
    var values: [String: Double] = [:]
    /// What cells print instead of their numbers, likewise; "" is a blank.
    var texts: [String: String] = [:]
    var form = OfficialForm.form2021
    /// The place of which it is compiled; nil when it gives its own figures.
    var compiledFor: String?
    /// A remark in the text, so that two reports with the same figures are two files.
    var remark = ""

    /// The page.
    var html: String {
        let title = "\(agency)\(year)年政府信息公开工作年度报告"
        let opening =
            compiledFor.map { "本报告综合\($0)各部门和各乡镇的政府信息公开工作年度报告编制而成。" }
            ?? "本报告依据本机关工作实际编制。"
        let headings = [
            "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
            "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
        ].map { "<h2>\($0)</h2>" }
        return "<!DOCTYPE html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>\(title)"
            + "</title></head><body><h1>\(title)</h1><p>根据《中华人民共和国政府信息公开条例》，编制本报告。"
            + "\(opening)本报告所列数据的统计期限自\(year)年1月1日起至\(year)年12月31日止。\(remark)</p>"
            + headings[0] + "<p>\(year)年，\(agency)按时公开各类信息，没有发生泄密。</p>" + headings[1]
            + articles + headings[2] + requests + headings[3] + disputes + headings[4]
            + "<p>公开的内容还不够丰富，下一步将逐项改进。</p>" + headings[5] + "<p>无。</p></body></html>"
    }

    private func text(_ key: String) -> String {
        let field = StatisticField.index(ofKey: key)
        func isMeant(_ name: String) -> Bool {
            Statistic.named(name)?.fields.first == field && Statistic.named(name)?.isCell == true
        }
        if let text = texts.first(where: { isMeant($0.key) }) { return text.value }
        return (values.first { isMeant($0.key) }?.value ?? 0).figure
    }

    private static func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }

    private static func table(_ rows: [String]) -> String {
        "<table border=1>" + rows.joined() + "</table>"
    }

    private var articles: String {
        let counted = ["上一年项目数量", "本年增/减", "处理决定数量"]
        let parts: [(name: String, heads: [String], rows: [String])] =
            form == .form2021
            ? [
                ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "行政规范性文件"]),
                ("第二十条第（五）项", ["本年处理决定数量"], ["行政许可"]),
                ("第二十条第（六）项", ["本年处理决定数量"], ["行政处罚", "行政强制"]),
                ("第二十条第（八）项", ["本年收费金额（单位：万元）"], ["行政事业性收费"]),
            ]
            : [
                ("第二十条第（一）项", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], ["规章", "规范性文件"]),
                ("第二十条第（五）项", counted, ["行政许可", "其他对外管理服务事项"]),
                ("第二十条第（六）项", counted, ["行政处罚", "行政强制"]),
                ("第二十条第（八）项", ["上一年项目数量", "本年增/减"], ["行政事业性收费"]),
                ("第二十条第（九）项", ["采购项目数量", "采购总金额"], ["政府集中采购"]),
            ]
        let rows = form.rows.filter { $0.section == 2 }
        return Self.table(
            parts.flatMap { part -> [String] in
                ["<tr><td colspan=\(part.heads.count + 1)>\(part.name)</td></tr>"]
                    + [Self.row(["信息内容"] + part.heads)]
                    + part.rows.compactMap { label in
                        rows.first { $0.label == label }.map { row in
                            Self.row([label] + row.cellKeys.map(text))
                        }
                    }
            })
    }

    private var requests: String {
        let head =
            "<tr><td rowspan=3 colspan=2>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
            + "<td colspan=7>申请人情况</td></tr><tr><td rowspan=2>自然人</td>"
            + "<td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>"
            + Self.row(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"])
        let rows = form.rows.filter { $0.section == 3 }
        var last: String?
        let lines = rows.map { row -> String in
            let values = row.cellKeys.map { "<td>\(text($0))</td>" }.joined()
            defer { last = row.group }
            guard let group = row.group else {
                return "<tr><td colspan=2>\(row.label)</td>\(values)</tr>"
            }
            let span = rows.count { $0.group == group }
            return "<tr>" + (group == last ? "" : "<td rowspan=\(span)>\(group)</td>")
                + "<td>\(row.label)</td>\(values)</tr>"
        }
        return Self.table([head] + lines)
    }

    private var disputes: String {
        let outcomes = OutcomeColumn.allCases.map(\.label)
        let head =
            "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>"
            + outcomes.map { "<td rowspan=2>\($0)</td>" }.joined()
            + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
            + Self.row(outcomes + outcomes)
        let cells = form.rows.filter { $0.section == 4 }.flatMap(\.cellKeys).map(text)
        return Self.table([head, Self.row(cells)])
    }
}

extension PlantedReport {
    /// A report in which so many requests of natural persons came in, all of them answered: some
    /// granted, some refused for state secrets.
    static func plain(
        _ agency: String, _ year: Int, new: Int, granted: Int? = nil,
        form: OfficialForm = .form2021
    ) -> PlantedReport {
        let granted = granted ?? new
        var report = PlantedReport(agency: agency, year: year, form: form)
        for column in ["自然人", "总计"] {
            report.values["新收.\(column)"] = Double(new)
            report.values["办理总计.\(column)"] = Double(new)
            report.values["予以公开.\(column)"] = Double(granted)
            report.values["不予公开.国家秘密.\(column)"] = Double(new - granted)
        }
        return report
    }
}

extension Workplace {
    /// A working directory with an index of some reports.
    static func planted(_ reports: [PlantedReport]) async throws -> Workplace {
        let work = try Workplace()
        for (number, report) in reports.enumerated() {
            try work.write(report.html, to: "reports/\(number).html")
        }
        let run = try await work.run("index", "reports")
        guard run.status == 0 else { throw PlantedFailure(description: "\(run)") }
        return work
    }
}

private struct PlantedFailure: Error, CustomStringConvertible {
    let description: String
}
