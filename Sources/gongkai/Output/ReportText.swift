import ReportModel
import ReportOutput
import ReportSearch

/// A report as text: head, statistics as the tables that the form prints, text, findings.
struct ReportText {
    let terminal: Terminal
    let report: Report
    let head: ReportHead
    let files: [String]

    /// The head: who, when, where, how much.
    var headLines: [ShownText] {
        var lines = [
            terminal.styled(
                report.title.map { ShownText($0) } ?? Message.noTitle.text, .strong)
        ]
        func add(_ name: Message.Name, _ value: ShownText?) {
            let name = padded(Message.name(name).description, to: 8)
            lines.append("  \(name)  \(value ?? Message.unknown.text)")
        }
        add(.report, ShownText(head.id))
        for file in files { add(.file, ShownText(DisplayPath.of(file))) }
        add(.agency, report.agency.map { ShownText($0) })
        for alias in report.agencyAliases { add(.alias, ShownText(alias)) }
        let region = report.region.names
        add(.region, region.isEmpty ? nil : ShownText(region.joined(separator: " ")))
        add(.year, report.year.map { ShownText(String($0)) })
        add(.kind, Message.kind(report.kind).text)
        add(.form, Message.form(report.form).text)
        add(.encoding, ShownText(report.encoding))
        let cells = Message.cells(
            report.statistics.fields.count, of: report.form.fields.count,
            report.identities.map(\.state))
        add(.cells, cells.text)
        return lines
    }

    /// The tables, or those of one section: one line a row, with the values of its columns.
    func tableLines(section wanted: Int?) -> [ShownText] {
        var lines: [ShownText] = []
        var columns: [String] = []
        var group: String?
        for row in report.form.rows(printedIn: report.statistics)
        where wanted == nil || row.section == wanted {
            if row.columnNames != columns {
                columns = row.columnNames
                if !lines.isEmpty { lines.append("") }
                lines.append(
                    ShownText(
                        padded("", to: labelWidth)
                            + columns.map { padded(Self.short($0), to: columnWidth, left: true) }
                            .joined()))
            }
            if let name = row.group, name != group { lines.append(ShownText(name)) }
            group = row.group
            let values = OfficialForm.fields(of: row).map { field in
                padded(text(of: report.statistics[field]), to: columnWidth, left: true)
            }
            lines.append(
                ShownText(
                    padded((row.group == nil ? "" : "  ") + short(row), to: labelWidth)
                        + values.joined()))
        }
        if !lines.isEmpty,
            report.statistics.fields.contains(where: { report.statistics[$0]?.status == .inferred })
        {
            lines.append("")
            lines.append(Message.isInferred.text)
        }
        return lines
    }

    private let columnWidth = 7
    private let labelWidth = 30

    private func short(_ row: OfficialRow) -> String {
        let label = Array(row.label.unicodeScalars)
        return label.count <= 14
            ? row.label : String(String.UnicodeScalarView(label.prefix(12))) + "…"
    }

    /// The heads of columns as they fit seven of them beside the labels on 80 columns.
    private static func short(_ column: String) -> String {
        let short = [
            "商业企业": "商业", "科研机构": "科研", "社会公益组织": "公益", "法律服务机构": "法律", "结果维持": "维持",
            "结果纠正": "纠正", "其他结果": "其他", "尚未审结": "未结", "处理决定": "决定", "公开总数": "总数",
            "上年项目": "上年",
        ]
        return short[column] ?? column
    }

    private func text(of cell: Cell?) -> String {
        guard let cell else { return "·" }
        guard let value = cell.value else { return "—" }
        return value.figure + (cell.status == .inferred ? "*" : "")
    }

    private func padded(_ text: String, to columns: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, columns - width(of: text)))
        return left ? space + text : text + space
    }

    /// The narrative; a section alone when its number is given.
    func passageLines(section wanted: Int?) -> [ShownText] {
        var lines: [ShownText] = []
        var section: Int?
        var subsection: String?
        for passage in report.passages where wanted == nil || passage.section == wanted {
            if passage.section != section {
                section = passage.section
                subsection = nil
                let heading = report.headings.first { $0.section == passage.section }
                lines += [
                    "",
                    terminal.styled(
                        "[\(passage.section)] \(heading?.title ?? "")", .strong),
                ]
            }
            if passage.subsection != subsection, let name = passage.subsection {
                lines.append(ShownText(name))
            }
            subsection = passage.subsection
            let part = report.parts.part(ofLine: passage.lines.lowerBound).map {
                part -> ShownText in ", \(Message.part(part))"
            }
            let location = terminal.styled(
                "(\(passage.lines.lowerBound)-\(passage.lines.upperBound)\(part ?? ""))", .faint)
            // Lines are broken for a terminal; what reads them otherwise wants a passage in one.
            let columns = terminal.textColumns.map { $0 - 12 } ?? .max
            let layout = PassageLayout(columns: columns, longest: .max)
            let text = layout.lines(of: passage.text, matches: []).map {
                ShownText($0.map(\.text).joined())
            }
            lines += text.dropLast() + ["\(text.last ?? "")  \(location)"]
        }
        return lines
    }

    /// What was found odd.
    var findingLines: [ShownText] {
        guard !report.findings.isEmpty else { return [] }
        return ["", terminal.styled(Message.name(.findings).text, .strong)]
            + report.findings.map { finding in
                let line = finding.line.map { line -> ShownText in "\(Message.line(line)): " } ?? ""
                return "  \(Message.finding(finding.code)): \(line)\(Message.says(finding))"
            }
    }

    /// One cell with its source.
    func cellLines(_ statistic: Statistic) -> [ShownText] {
        statistic.fields.compactMap { field in
            guard let cell = report.statistics[field] else { return nil }
            let location =
                files.first.map { terminal.link($0, line: cell.line) }
                ?? Message.line(cell.line).text
            let part = report.parts.part(ofLine: cell.line).map {
                part -> ShownText in "  \(Message.part(part))"
            }
            let unit = StatisticField.all[field].unit ?? ""
            let source = cell.inferredFrom.map { Message.follows(from: $0).text } ?? ""
            let value = cell.value.map { ShownText($0.figure + unit) } ?? Message.unknown.text
            return
                "\(StatisticField.all[field].key)  \(value)  \(Message.status(cell.status))\(source)"
                + "  \"\(cell.raw)\"  \(location)\(part ?? "")"
        }
    }
}
