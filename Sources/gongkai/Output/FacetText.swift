import ReportSearch

/// Counts of an answer: as text with bars, as JSON, as a table.
struct FacetText {
    let terminal: Terminal

    /// The most values of a facet that text shows.
    private static let most = 20
    /// The columns of the longest bar.
    private static let longestBar = 20

    /// A facet with a bar for each value.
    func lines(of facet: Facet) -> [ShownText] {
        let shown = facet.values.prefix(Self.most)
        let highest = shown.map(\.passages).max() ?? 1
        let labels = shown.map { count in
            let name = facet.field == .section ? Self.section(count.value) : count.value
            return cut(ShownText.escaped(name ?? "\(Message.unknown)"), toColumns: 40)
        }
        let widest = labels.map { width(of: $0) }.max() ?? 0
        var lines = [terminal.styled(ShownText(facet.field.rawValue), .strong)]
        for (count, label) in zip(shown, labels) {
            let length = max(1, count.passages * Self.longestBar / highest)
            let bar = String(repeating: "█", count: length)
            let space = String(repeating: " ", count: widest - width(of: label))
            let rest = String(repeating: " ", count: Self.longestBar - length)
            lines.append(
                "  \(label)\(space)  \(terminal.styled(ShownText(bar), .good))\(rest)  "
                    + "\(Message.counts(passages: count.passages, reports: count.reports))")
        }
        if facet.values.count > shown.count {
            lines.append("  \(Message.more(facet.values.count - shown.count))")
        }
        return lines
    }

    /// A section's number with its official heading.
    private static func section(_ number: String?) -> String? {
        let headings = [
            "1": "总体情况", "2": "主动公开政府信息情况", "3": "收到和处理政府信息公开申请情况",
            "4": "行政复议、行政诉讼情况", "5": "存在的主要问题及改进情况", "6": "其他需要报告的事项",
        ]
        return number.map { $0 + (headings[$0].map { " " + $0 } ?? "") }
    }

    /// Facets by their names; each value with the number of matching passages and of the reports
    /// that hold them.
    static func json(_ facets: [Facet]) -> JSONValue {
        .object(
            facets.map { facet in
                (
                    facet.field.rawValue,
                    .array(
                        facet.values.map { count in
                            .object([
                                ("value", JSONValue(count.value)),
                                ("passages", .integer(count.passages)),
                                ("reports", .integer(count.reports)),
                            ])
                        })
                )
            })
    }

    /// The facets as one table, a value a row.
    static func table(_ facets: [Facet]) -> Table {
        Table(
            schema: "gongkai.facet/1",
            columns: [
                Table.Column("field"), Table.Column("value"),
                Table.Column("passages", isNumber: true), Table.Column("reports", isNumber: true),
            ],
            rows: facets.flatMap { facet in
                facet.values.map { count in
                    [
                        .text(facet.field.rawValue), Table.Value(count.value),
                        Table.Value(count.passages), Table.Value(count.reports),
                    ]
                }
            })
    }
}
