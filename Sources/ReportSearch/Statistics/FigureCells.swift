public import ReportModel
import SegmentStore

/// A cell behind a figure.
public struct FigureCell: Sendable {
    /// The report that holds it.
    public let report: ReportHead
    /// The paths of the files with that report.
    public let files: [String]
    /// The cell's key.
    public let key: String
    /// The cell.
    public let cell: Cell
}

extension Statistics {
    /// The cells that a row's figure was made of, by report; the question must have asked to keep
    /// the reports.
    ///
    /// What a formula takes from the year before, or from the narrative, is no cell of the report.
    public func cells(of row: StatisticsRow) throws(SearchError) -> [FigureCell] {
        try reader.reading {
            return try row.members.flatMap { index -> [FigureCell] in
                let (segment, number) = columns.segment(of: Int(index))
                let record = try segment.record(ofReport: number)
                let files = try reader.paths(ofReport: record.head.id)
                return Self.fields(of: row.field, in: record.report.statistics).compactMap {
                    field in
                    record.report.statistics[field].map {
                        FigureCell(
                            report: record.head, files: files, key: StatisticField.all[field].key,
                            cell: $0)
                    }
                }
            }
        }
    }

    /// The fields whose values were used: of alternatives the one that counted.
    private static func fields(of statistic: Statistic, in table: StatisticTable) -> [Int] {
        var fields: [Int] = []
        for case .some(let cells) in statistic.formula.operands.map(\.cells) {
            let used = cells.alternatives.first { $0.allSatisfy { table.value(of: $0) != nil } }
            for field in used ?? [] where !fields.contains(field) { fields.append(field) }
        }
        return fields
    }

    /// The heads of the reports that a row's figure was made of.
    public func heads(of row: StatisticsRow) throws(SearchError) -> [ReportHead] {
        try reader.reading { try row.members.map { try columns.head(of: Int($0)) } }
    }
}
