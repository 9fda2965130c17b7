import ReportModel
public import ReportSearch

/// Answers as tables.
extension SearchResult {
    /// How many there are.
    public var countTable: Table {
        Table(
            schema: "gongkai.count/1", columns: [Table.Column("total", isNumber: true)],
            rows: [[Table.Value(isByReport ? totalReports ?? 0 : total)]])
    }

    private static let headColumns = ["agency", "year", "province", "city", "county", "form"].map {
        Table.Column($0, isNumber: $0 == "year")
    }

    private static func values(_ head: ReportHead) -> [Table.Value] {
        [
            Table.Value(head.agency), Table.Value(head.year), Table.Value(head.region.province),
            Table.Value(head.region.city), Table.Value(head.region.county),
            .text(head.form.rawValue),
        ]
    }

    /// The files of the reports, a row each.
    public var fileTable: Table {
        Table(
            schema: "gongkai.file/1",
            columns: [Table.Column("file"), Table.Column("report")] + Self.headColumns
                + [Table.Column("passages", isNumber: true)],
            rows: reports.flatMap { report in
                report.files.map { file in
                    [Table.Value(path: file), .text(report.head.id)]
                        + Self.values(report.head) + [Table.Value(report.passages)]
                }
            })
    }

    /// The reports of a list, one a row.
    public var listTable: Table {
        let statistics = reports.first?.values.map(\.statistic) ?? []
        return Table(
            schema: "gongkai.report_hit/1",
            columns: [
                Table.Column("rank", isNumber: true), Table.Column("score", isNumber: true),
                Table.Column("report"), Table.Column("file"),
            ] + Self.headColumns + [Table.Column("passages", isNumber: true)]
                + statistics.map { Table.Column($0.key, isNumber: true) } + [
                    Table.Column("line", isNumber: true), Table.Column("text"),
                ],
            rows: reports.map { report in
                [
                    Table.Value(report.rank), .number((report.score * 1000).rounded() / 1000),
                    .text(report.head.id), Table.Value(path: report.files.first),
                ] + Self.values(report.head) + [Table.Value(report.passages)]
                    + report.values.map { Table.Value($0.value) } + [
                        Table.Value(report.best?.passage.lines.lowerBound),
                        Table.Value(report.best?.passage.text),
                    ]
            })
    }

    /// The hits, a row each.
    public var hitTable: Table {
        let statistics = hits.first?.values.map(\.statistic) ?? []
        return Table(
            schema: "gongkai.hit/1",
            columns: [
                Table.Column("rank", isNumber: true), Table.Column("score", isNumber: true),
                Table.Column("report"), Table.Column("file"),
                Table.Column("line", isNumber: true),
            ] + Self.headColumns + [
                Table.Column("section", isNumber: true), Table.Column("section_title"),
                Table.Column("subsection"),
            ] + statistics.map { Table.Column($0.key, isNumber: true) } + [Table.Column("text")],
            rows: hits.map { hit in
                [
                    Table.Value(hit.rank), .number((hit.score * 1000).rounded() / 1000),
                    .text(hit.report.id), Table.Value(path: hit.files.first),
                    Table.Value(hit.passage.lines.lowerBound),
                ] + Self.values(hit.report) + [
                    Table.Value(hit.passage.section), Table.Value(hit.sectionTitle),
                    Table.Value(hit.passage.subsection),
                ] + hit.values.map { Table.Value($0.value) } + [.text(hit.passage.text)]
            })
    }
}
