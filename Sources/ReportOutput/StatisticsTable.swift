import ReportModel
public import ReportSearch

/// An answer for statistics as a table for programs: a figure a row, or a cell a row.
public struct StatisticsTable {
    /// The answer.
    public let answer: StatisticsAnswer
    /// What was asked.
    public let question: StatisticsQuestion
    /// The fields as they were asked for.
    public let query: String
    /// The filters as terms of a query.
    public let filters: [String]
    /// What answered.
    public let statistics: Statistics

    /// An answer to a question.
    public init(
        _ answer: StatisticsAnswer, of question: StatisticsQuestion, query: String,
        filters: [String], statistics: Statistics
    ) {
        (self.answer, self.question, self.query) = (answer, question, query)
        (self.filters, self.statistics) = (filters, statistics)
    }

    /// The rows as a table; where the question asks for them, the cells, one a row.
    public var table: Table {
        get throws { question.keepsReports ? try cells : rows }
    }

    private var groupColumns: [Table.Column] { answer.groups.map { Table.Column($0.key) } }

    private func groupValues(_ row: StatisticsRow) -> [Table.Value] {
        answer.groups.indices.map { index in
            guard row.group.indices.contains(index) else { return .unknown }
            let value = row.group[index]
            return value.number.map(Table.Value.number) ?? Table.Value(value.text)
        }
    }

    /// A figure a row.
    public var rows: Table {
        let hasBins = answer.rows.contains { $0.bin != nil }
        let hasReports = answer.rows.contains { $0.report != nil }
        func numbers(_ names: String...) -> [Table.Column] {
            names.map { Table.Column($0, isNumber: true) }
        }
        var columns =
            [Table.Column("field"), Table.Column("name"), Table.Column("aggregate")]
            + groupColumns + numbers("value") + [Table.Column("unit")]
            + numbers(
                "numerator", "denominator", "low", "high", "used", "blank", "not_in_form",
                "undefined", "duplicate", "rolled_up", "fails", "failing", "agencies", "known")
            + [Table.Column("marks")]
        if question.isRanked { columns += numbers("rank") }
        if question.comparesYears {
            columns += numbers("before", "change", "relative", "points")
        }
        if hasBins { columns += numbers("from", "below") }
        if hasBins || question.share != nil { columns += numbers("share") }
        if hasReports {
            columns += [
                Table.Column("report"), Table.Column("report_agency"),
                Table.Column("report_year", isNumber: true), Table.Column("score", isNumber: true),
            ]
        }
        return Table(
            schema: "gongkai.stats_row/1", columns: columns,
            rows: answer.rows.map { row in
                var values = figures(row)
                if question.isRanked { values.append(Table.Value(row.rank)) }
                if question.comparesYears {
                    values += [
                        Table.Value(row.change?.before), Table.Value(row.change?.absolute),
                        Table.Value(row.change?.relative), Table.Value(row.change?.points),
                    ]
                }
                if hasBins {
                    values += [row.bin?.lowerBound, row.bin?.upperBound].map { bound in
                        Table.Value(bound.flatMap { $0.isFinite ? $0 : nil })
                    }
                }
                if hasBins || question.share != nil { values.append(Table.Value(row.share)) }
                if hasReports {
                    values += [
                        Table.Value(row.report?.id), Table.Value(row.report?.agency),
                        Table.Value(row.report?.year), Table.Value(row.score),
                    ]
                }
                return values
            })
    }

    private func figures(_ row: StatisticsRow) -> [Table.Value] {
        let tally = row.reports
        let head: [Table.Value] = [
            .text(row.field.key), Table.Value(row.field.names.first), .text(row.aggregate.rawValue),
        ]
        let figures: [Table.Value] = [
            Table.Value(row.value), Table.Value(row.unit), Table.Value(row.numerator),
            Table.Value(row.denominator), Table.Value(row.interval?.lowerBound),
            Table.Value(row.interval?.upperBound),
        ]
        let counts = [
            tally.used, tally.blank, tally.notInForm, tally.undefined, tally.duplicate,
            tally.rolledUp, tally.failing, tally.usedFailing, tally.agencies, tally.known,
        ].map { Table.Value($0) }
        return head + groupValues(row) + figures + counts + [.list(row.marks.map(\.rawValue))]
    }

    /// A cell a row: every cell behind the figures.
    public var cells: Table {
        get throws {
            var table = Table(
                schema: "gongkai.stats_cell/1",
                columns: [Table.Column("field"), Table.Column("aggregate")] + groupColumns + [
                    Table.Column("report"), Table.Column("file", "文件"),
                    Table.Column("line", isNumber: true), Table.Column("report_agency"),
                    Table.Column("report_year", isNumber: true), Table.Column("key"),
                    Table.Column("value", isNumber: true), Table.Column("status"),
                    Table.Column("raw"),
                ])
            for row in answer.rows {
                for one in try statistics.cells(of: row) {
                    let cell: [Table.Value] = [
                        .text(one.report.id), Table.Value(path: one.files.first),
                        Table.Value(one.cell.line), Table.Value(one.report.agency),
                        Table.Value(one.report.year), .text(one.key), Table.Value(one.cell.value),
                        .text(one.cell.status.rawValue), .text(one.cell.raw),
                    ]
                    table.rows.append(
                        [.text(row.field.key), .text(row.aggregate.rawValue)] + groupValues(row)
                            + cell)
                }
            }
            return table
        }
    }
}
