import ReportModel
import ReportOutput

/// The official tables of a report as printed, each with the sums that are checked beside it.
struct ReportTables {
    let report: Report
    /// The report's id, which the evidence of a check names as its source.
    let id: String
    let checks: [CheckResult]
    let words: Words

    var html: HTML {
        var html: HTML = ""
        var rows: [OfficialRow] = []
        for row in report.form.rows(printedIn: report.statistics) {
            if let last = rows.last,
                last.columnNames != row.columnNames || last.section != row.section
            {
                html += table(rows)
                rows = []
            }
            rows.append(row)
        }
        if !rows.isEmpty { html += table(rows) }
        return html.isEmpty ? html : html + sums
    }

    private func table(_ rows: [OfficialRow]) -> HTML {
        let titles = [
            2: "主动公开政府信息情况", 3: "收到和处理政府信息公开申请情况", 4: "行政复议、行政诉讼情况",
            6: "其他需要报告的事项",
        ]
        let caption = titles[rows[0].section] ?? words("Figures", "数据")
        return .table(
            caption: caption, heads: [words("row", "项目")] + rows[0].columnNames,
            rows: rows.map { row in
                let label = (row.group.map { $0 + "：" } ?? "") + row.label
                return ["<span lang=\"zh\">\(label)</span>"]
                    + OfficialForm.fields(of: row).map(cell)
            }, isNumber: { $0 > 0 })
    }

    /// A cell: its number, and on pointing at it where it stands.
    private func cell(_ field: Int) -> HTML {
        guard let cell = report.statistics[field] else {
            return "<span class=\"faint\" title=\"\(words("not in the file", "文件中没有"))\">·</span>"
        }
        let status = FieldWords.status(cell.status, words)
        // Of a cell on a server neither is known.
        let title =
            cell.line == 0
            ? ""
            : words(
                "line \(cell.line), \(status): “\(cell.raw)”",
                "第 \(cell.line) 行，\(status)：“\(cell.raw)”")
        let mark: HTML = cell.status == .printed ? "" : "<sup>\(status)</sup>"
        return
            "<span id=\"f\(field)\" title=\"\(title)\">\(cell.value?.figure ?? "—")\(mark)</span>"
    }

    // MARK: Sums

    private var sums: HTML {
        let shown = checks.filter { $0.state != .unknown }
        guard !shown.isEmpty else { return "" }
        let failing = shown.filter { $0.state != .holds }
        let rows = (failing + shown.filter { $0.state == .holds }).map { check -> [HTML] in
            [
                "<span class=\"\(check.state.rawValue)\">\(FieldWords.state(check.state, words))</span>",
                "\(RuleWords.sentence(check.rule, words))<br><code>\(check.rule)</code>",
                side(check.left), side(check.right),
            ]
        }
        let unknown = checks.count - shown.count
        let summary = words(
            "\(shown.count - failing.count) hold, \(failing.count) do not, \(unknown) cannot be told",
            "相符 \(shown.count - failing.count) 项，不符 \(failing.count) 项，无法判断 \(unknown) 项")
        let table = HTML.table(
            caption: words("Sums", "勾稽核对"),
            heads: [
                words("state", "结果"), words("rule", "规则"), words("one side", "一边"),
                words("the other", "另一边"),
            ], rows: rows, isNumber: { _ in false })
        return """
            <details\(failing.isEmpty ? closed : open)><summary>\(words("Checked sums", "勾稽核对")): \
            \(summary)</summary>
            \(table)</details>

            """
    }

    private let open: HTML = " open"
    private let closed: HTML = ""

    /// A side of a sum: its value, and what it is made of with the lines.
    private func side(_ side: CheckResult.Side) -> HTML {
        let parts = side.evidence.filter { $0.value != 0 || side.evidence.count == 1 }
            .map { evidence -> HTML in
                let other = evidence.source == id ? "" : words("other report, ", "另一份报告，")
                let line =
                    evidence.line.map { line in
                        line == 0 ? "" : words(" (\(other)line \(line))", "（\(other)第 \(line) 行）")
                    } ?? ""
                let name = Statistic.named(evidence.key)?.names.first ?? evidence.key
                return """
                    \(evidence.isSubtracted ? "− " : "")<span lang="zh">\(name)</span> \
                    \(evidence.value?.figure ?? words("unknown", "未知"))\(line)
                    """
            }
        return """
            <b>\(side.value?.figure ?? words("unknown", "未知"))</b> = \
            \(parts.isEmpty ? "0" : parts.joined(separator: " + "))
            """
    }
}
