import ReportModel

/// Reports and their cells as tables.
enum ReportTable {
    /// Reports, one a row, still without rows.
    static let heads = Table(
        schema: "gongkai.head/1",
        columns: [
            Table.Column("report"), Table.Column("file"), Table.Column("title"),
            Table.Column("agency"), Table.Column("year", isNumber: true),
            Table.Column("province"), Table.Column("city"), Table.Column("county"),
            Table.Column("kind"), Table.Column("form"), Table.Column("encoding"),
            Table.Column("passages", isNumber: true), Table.Column("level"),
            Table.Column("scope"),
        ])

    /// A report as a row of ``heads``.
    static func row(_ head: ReportHead, file: String?) -> [Table.Value] {
        [
            .text(head.id), Table.Value(path: file), Table.Value(head.title),
            Table.Value(head.agency), Table.Value(head.year), Table.Value(head.region.province),
            Table.Value(head.region.city), Table.Value(head.region.county),
            .text(head.kind.rawValue), .text(head.form.rawValue), .text(head.encoding),
            Table.Value(head.passageCount),
            Table.Value(AgencyLevel(agency: head.agency, region: head.region)?.rawValue),
            .text(head.scope.rawValue),
        ]
    }

    /// Cells, one a row, still without rows; `name` is the first Chinese name.
    static let cells = Table(
        schema: "gongkai.cell/1",
        columns: [
            Table.Column("report"), Table.Column("file"), Table.Column("agency"),
            Table.Column("year", isNumber: true), Table.Column("key"), Table.Column("name"),
            Table.Column("value", isNumber: true), Table.Column("unit"), Table.Column("status"),
            Table.Column("raw"), Table.Column("line", isNumber: true),
            Table.Column("inferred_from"),
        ])

    /// A report's cells as rows of ``cells``.
    ///
    /// - Parameter fields: the fields wanted; nil wants all that the report has.
    static func rows(
        _ report: Report, head: ReportHead, file: String?, fields: Set<Int>? = nil
    ) -> [[Table.Value]] {
        report.statistics.fields.compactMap { field in
            guard fields?.contains(field) ?? true, let cell = report.statistics[field] else {
                return nil
            }
            let key = StatisticField.all[field].key
            return [
                .text(head.id), Table.Value(path: file), Table.Value(head.agency),
                Table.Value(head.year), .text(key),
                Table.Value(Statistic.named(key)?.names.first), Table.Value(cell.value),
                Table.Value(StatisticField.all[field].unit), .text(cell.status.rawValue),
                .text(cell.raw), Table.Value(cell.line), Table.Value(cell.inferredFrom),
            ]
        }
    }
}
