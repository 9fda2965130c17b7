public import ReportSearch

/// Counts of an answer for programs.
public enum FacetTable {
    /// A section's number with its official heading.
    public static func section(_ number: String?) -> String? {
        let headings = [
            "1": "总体情况", "2": "主动公开政府信息情况", "3": "收到和处理政府信息公开申请情况",
            "4": "行政复议、行政诉讼情况", "5": "存在的主要问题及改进情况", "6": "其他需要报告的事项",
        ]
        return number.map { $0 + (headings[$0].map { " " + $0 } ?? "") }
    }

    /// Facets by their names; each value with the number of matching passages and of the reports
    /// that hold them.
    public static func json(_ facets: [Facet]) -> JSONValue {
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
    public static func table(_ facets: [Facet]) -> Table {
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
