import ReportModel
import ReportOutput

/// A report as a Markdown document: title, official tables, text.
struct ReportMarkdown {
    let report: Report
    /// The section whose table is shown; nil shows all.
    var section: Int?

    /// The whole report.
    var lines: [String] {
        let head = [
            report.agency, report.year.map(String.init),
            report.region.names.isEmpty ? nil : report.region.names.joined(separator: " "),
        ].compactMap(\.self)
        return ["# " + escaped(report.title ?? report.agency ?? "—")]
            + (head.isEmpty ? [] : ["", escaped(head.joined(separator: "  "))])
            + (tableLines.isEmpty ? [] : [""] + tableLines) + passageLines
    }

    /// The official tables: rows with the same columns are one.
    var tableLines: [String] {
        var tables: [Table] = []
        var columns: [String] = []
        for row in report.form.rows(printedIn: report.statistics)
        where section == nil || row.section == section {
            if row.columnNames != columns {
                columns = row.columnNames
                tables.append(
                    Table(
                        schema: "",
                        columns: [Table.Column(" ")]
                            + columns.map { Table.Column($0, isNumber: true) }))
            }
            let values = OfficialForm.fields(of: row).map { field -> Table.Value in
                Table.Value(report.statistics[field]?.value)
            }
            let label = (row.group.map { $0 + "：" } ?? "") + row.label
            tables[tables.count - 1].rows.append([.text(label)] + values)
        }
        return Array(tables.map(\.markdownLines).joined(separator: [""]))
    }

    private var passageLines: [String] {
        var lines: [String] = []
        var section: Int?
        var subsection: String?
        for passage in report.passages {
            if passage.section != section {
                section = passage.section
                subsection = nil
                let heading = report.headings.first { $0.section == passage.section }?.title
                lines += ["", "## " + escaped(heading ?? "—")]
            }
            if let name = passage.subsection, name != subsection {
                lines += ["", "### " + escaped(name)]
            }
            subsection = passage.subsection
            lines += ["", escaped(passage.text)]
        }
        return lines
    }

    private func escaped(_ text: String) -> String { Table.markdown(text) }
}
