import ReportModel

/// How many reports and passages a segment has, as all of its columns tell alike.
///
/// A segment may come from a stranger, who can give wrong columns right checksums. What reads a
/// column does so without asking how long it is: this was asked once, when the segment was opened.
struct SegmentShape: Sendable, Equatable {
    /// The number of reports, hidden ones too.
    let reports: Int
    /// The number of passages, hidden ones too.
    let passages: Int
    /// The number of word characters in all passages.
    let totalLength: Int
    /// The size of a value of each statistic in bytes: 0, 1, 2, 4, or 8.
    let statisticSizes: [Int]

    /// The most word characters that a passage counts.
    private static let longestPassage = 65_535

    /// Takes the measure of a segment; nil when its columns contradict each other.
    ///
    /// Costs the same however long the columns are.
    init?(_ source: SegmentTableSource) {
        reports = source.count(.reportStarts) / 4
        passages = source.count(.labels)
        // Both have numbers of four bytes, from 1, and one more stands for the end.
        guard passages < UInt32.max, reports < UInt32.max else { return nil }
        statisticSizes = source.withColumn(.statisticSizes) { sizes in
            sizes.indices.map { Int(sizes[$0]) }
        }
        guard statisticSizes.count == StatisticField.all.count,
            statisticSizes.allSatisfy([0, 1, 2, 4, 8].contains)
        else { return nil }
        let lengths: [(SegmentColumn, Int)] = [
            (.recordStarts, 5 * (passages + 1) + 3), (.lengths, 2 * passages),
            (.reportStarts, 4 * reports), (.entryStarts, 5 * (reports + 1)),
            (.detailStarts, 5 * (reports + 1)),
            (.reportIDs, 8 * reports), (.years, 2 * reports), (.forms, reports),
            (.agencies, 4 * reports), (.regions, 4 * reports),
            (.statistics, statisticSizes.reduce(0, +) * reports), (.totals, 16),
            (.traits, 2 * reports),
        ]
        for (column, length) in lengths where source.count(column) != length { return nil }
        let units: [(SegmentColumn, Int)] = [
            (.agencyNameStarts, 4), (.regionNameStarts, 4), (.frequentGrams, 8),
        ]
        for (column, unit) in units where source.count(column) % unit != 0 { return nil }
        let totals = source.withColumn(.totals) { totals in
            (totals.number(at: 0, size: 8), totals.number(at: 8, size: 8))
        }
        guard totals.0 == UInt64(passages),
            totals.1 <= UInt64(passages) * UInt64(Self.longestPassage)
        else { return nil }
        totalLength = Int(totals.1)
    }
}
