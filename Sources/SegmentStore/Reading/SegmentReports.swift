import GramIndex
public import ReportModel

extension Segment {
    /// The number of a report's first passage, at most one after the last; of a report without
    /// passages that of the next one.
    func start(ofReport report: Int) -> UInt32 {
        let end = UInt32(passageCount) + 1
        return tables[.reportStarts].number(at: 4 * report, size: 4)
            .map { min(UInt32(truncatingIfNeeded: $0), end) } ?? end
    }

    /// The ids of a report's passages; nil when it has none.
    public func passages(ofReport index: Int) -> ClosedRange<UInt32>? {
        let first = start(ofReport: index)
        let end = start(ofReport: index + 1)
        return first < end ? first...end - 1 : nil
    }

    /// How many passages each report has.
    public var passageCounts: [UInt32] {
        let end = UInt32(passageCount) + 1
        var counts = reports
        for report in counts.indices {
            let first = min(counts[report], end)
            let next = report + 1 < counts.count ? min(counts[report + 1], end) : end
            counts[report] = first < next ? next - first : 0
        }
        return counts
    }

    /// The indices of the reports without passages, ascending.
    public var reportsWithoutPassages: [Int] {
        var indices: [Int] = []
        var end = start(ofReport: reportCount)
        for report in (0..<reportCount).reversed() {
            let first = start(ofReport: report)
            if first >= end { indices.append(report) }
            end = first
        }
        return indices.reversed()
    }

    /// The report that a passage belongs to: the last one that does not begin after it.
    public func report(ofDocument id: UInt32) -> Int? {
        let starts = tables[.reportStarts]
        func isAfter(_ report: Int) -> Bool {
            starts.number(at: 4 * report, size: 4).map { $0 > UInt64(id) } ?? true
        }
        // From where it would be if all reports were as long, in steps that double; then in halves.
        let passages = max(1, passageCount)
        var low = min(Int(id), passages) * reportCount / passages
        var high = low
        var step = 4
        while low > 0, isAfter(low - 1) { (low, high, step) = (max(0, low - step), low, 2 * step) }
        while high < reportCount, !isAfter(high) {
            (low, high, step) = (high, min(reportCount, high + step), 2 * step)
        }
        while low < high {
            let middle = (low + high) / 2
            if isAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low > 0 ? low - 1 : nil
    }

    /// The id of a report as a number.
    public func idNumber(ofReport index: Int) throws(SegmentError) -> UInt64 {
        guard let id = tables[.reportIDs].number(at: 8 * index, size: 8) else {
            throw damaged("report \(index)")
        }
        return id
    }

    /// The id of each report as a number.
    public var idNumbers: [UInt64] { tables[.reportIDs].numbers(as: UInt64.self) }

    /// The id of a report: 16 hexadecimal digits.
    public func id(ofReport index: Int) throws(SegmentError) -> String {
        ReportHead.id(ofNumber: try idNumber(ofReport: index))
    }

    /// The indices of the reports with some ids, ascending.
    public func reports(withIDs ids: Set<String>) -> [Int] {
        reports(withIDNumbers: Set(ids.compactMap { UInt64($0, radix: 16) }))
    }

    /// The indices of the reports with some ids, given as numbers, ascending.
    public func reports(withIDNumbers wanted: Set<UInt64>) -> [Int] {
        let known = tables[.reportIDs]
        return (0..<reportCount).filter { report in
            known.number(at: 8 * report, size: 8).map(wanted.contains) ?? false
        }
    }

    /// Who and what a report is, with its headings.
    public func entry(ofReport index: Int) throws(SegmentError) -> ReportEntry {
        guard
            let entry = tables.element(index, of: .entries, starts: .entryStarts)
                .flatMap({ ReportEntry($0) }),
            entry.head.passageCount == passages(ofReport: index)?.count ?? 0
        else { throw damaged("report \(index)") }
        return entry
    }

    /// How many bytes the entry of a report takes; nil when it is damaged.
    public func entrySize(ofReport index: Int) -> Int? {
        let starts = tables[.entryStarts]
        guard let start = starts.number(at: 5 * index, size: 5),
            let end = starts.number(at: 5 * index + 5, size: 5), start <= end
        else { return nil }
        return Int(end - start)
    }

    /// Who and what each report is.
    public func allHeads() throws(SegmentError) -> [ReportHead] {
        try (0..<reportCount).map { report throws(SegmentError) in try head(ofReport: report) }
    }

    /// Who and what one report is.
    public func head(ofReport index: Int) throws(SegmentError) -> ReportHead {
        try entry(ofReport: index).head
    }

    /// What one report stores beyond its passages.
    public func record(ofReport index: Int) throws(SegmentError) -> ReportRecord {
        guard
            let details = tables.element(index, of: .details, starts: .detailStarts)
                .flatMap({ ReportDetails($0) })
        else { throw damaged("report \(index)") }
        return ReportRecord(try entry(ofReport: index), details)
    }
}
