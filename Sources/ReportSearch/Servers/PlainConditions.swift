import PlainXapian
import ReportModel
import SegmentStore

/// What is asked of reports, as servers of plain databases are asked for it.
extension PlainQuery {
    /// The passages of reports on years that are wanted.
    static func years(_ wanted: WantedNumbers) -> PlainQuery {
        .any(wanted.ranges.map { .years(from: $0.from, through: $0.through) })
    }

    /// The passages with a length that is wanted.
    static func lengths(_ wanted: WantedNumbers) -> PlainQuery {
        .any(wanted.ranges.map { .lengths(from: $0.from, through: $0.through) })
    }

    /// The passages of reports in which a statistic is known and its value wanted; nil where it does
    /// not follow from one report.
    static func values(of statistic: Statistic, _ wanted: WantedNumbers) -> PlainQuery? {
        guard let slot = PlainSchema.slot(of: statistic) else { return nil }
        var ways = wanted.ranges.map {
            PlainQuery.numbers(slot: slot, from: $0.from, through: $0.through)
        }
        // No slot has the 0 of a cell.
        if statistic.isCell, wanted.contains(0) { ways.append(.zero(cell: Int(slot))) }
        return .any(ways)
    }
}
