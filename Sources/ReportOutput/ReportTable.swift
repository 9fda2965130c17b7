public import ReportModel
public import ReportSearch

/// Reports and their cells as tables.
public enum ReportTable {
    /// Reports, one a row, still without rows.
    public static let heads = Table(
        schema: "gongkai.head/1",
        columns: [
            Table.Column("report", "编号"), Table.Column("file", "文件"),
            Table.Column("title", "标题"), Table.Column("agency", "机关"),
            Table.Column("year", "年份", isNumber: true), Table.Column("province", "省"),
            Table.Column("city", "市"), Table.Column("county", "县"), Table.Column("kind", "类型"),
            Table.Column("form", "格式"), Table.Column("encoding", "编码"),
            Table.Column("passages", "段落", isNumber: true), Table.Column("agency_key", "机关代号"),
            Table.Column("level", "级别"), Table.Column("scope", "范围"),
        ])

    /// A report as a row of ``heads``.
    public static func row(_ head: ReportHead, file: String?) -> [Table.Value] {
        [
            .text(head.id), Table.Value(path: file), Table.Value(head.title),
            Table.Value(head.agency), Table.Value(head.year), Table.Value(head.region.province),
            Table.Value(head.region.city), Table.Value(head.region.county),
            .text(head.kind.rawValue), .text(head.form.rawValue), .text(head.encoding),
            Table.Value(head.passageCount), Table.Value(agencyKey(of: head)),
            Table.Value(AgencyLevel(agency: head.agency, region: head.region)?.rawValue),
            .text(head.scope.rawValue),
        ]
    }

    /// What stands for an agency in all its reports, in whichever script they are: its folded name and
    /// place; nil when it is unknown.
    public static func agencyKey(of head: ReportHead) -> String? {
        head.agency.map { agency in
            ([folded(agency)] + head.region.names.map(folded)).joined(separator: "|")
        }
    }

    /// Cells, one a row, still without rows; `name` is the first Chinese name.
    public static let cells = Table(
        schema: "gongkai.cell/1",
        columns: [
            Table.Column("report", "编号"), Table.Column("file", "文件"),
            Table.Column("agency", "机关"), Table.Column("year", "年份", isNumber: true),
            Table.Column("key", "键"), Table.Column("name", "名称"),
            Table.Column("value", "值", isNumber: true), Table.Column("unit", "单位"),
            Table.Column("status", "状态"), Table.Column("raw", "原文"),
            Table.Column("line", "行", isNumber: true), Table.Column("inferred_from", "推算依据"),
        ])

    /// The passages of a report, one a row.
    public static func passages(_ report: Report, head: ReportHead, file: String?) -> Table {
        Table(
            schema: "gongkai.passage/1",
            columns: [
                Table.Column("report", "编号"), Table.Column("file", "文件"),
                Table.Column("agency", "机关"), Table.Column("year", "年份", isNumber: true),
                Table.Column("section", "节", isNumber: true), Table.Column("subsection", "小节"),
                Table.Column("line", "行", isNumber: true), Table.Column("text", "文字"),
            ],
            rows: report.passages.map { passage in
                [
                    .text(head.id), Table.Value(path: file), Table.Value(head.agency),
                    Table.Value(head.year), Table.Value(passage.section),
                    Table.Value(passage.subsection), Table.Value(passage.lines.lowerBound),
                    .text(passage.text),
                ]
            })
    }

    /// A report's cells as rows of ``cells``.
    ///
    /// - Parameter fields: the fields wanted; nil wants all that the report has.
    public static func rows(
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

    /// Agencies, one a row, still without rows.
    public static let agencies = Table(
        schema: "gongkai.agency/1",
        columns: [
            Table.Column("agency", "机关", room: .keeps), Table.Column("region", "地区"),
            Table.Column("reports", "报告", isNumber: true),
            Table.Column("passages", "段落", isNumber: true),
            Table.Column("years", "年份"), Table.Column("missing", "缺失年份"),
            Table.Column("duplicates", "重复", isNumber: true),
        ])

    /// An agency as a row of ``agencies``.
    public static func row(_ agency: AgencyCounts) -> [Table.Value] {
        [
            Table.Value(agency.name),
            agency.region.names.isEmpty
                ? .unknown : .text(agency.region.names.joined(separator: " ")),
            Table.Value(agency.reports), Table.Value(agency.passages),
            .integers(agency.years), .integers(agency.missing),
            Table.Value(agency.duplicates),
        ]
    }
}
