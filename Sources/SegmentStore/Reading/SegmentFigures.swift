import GramIndex
public import ReportModel

/// What is known of reports as numbers, and which reports have those that are wanted.
extension Segment {
    // MARK: Years, forms, traits

    /// The year of a report; nil when unknown.
    public func year(ofReport index: Int) -> Int? {
        tables[.years].number(at: 2 * index, size: 2).map(Int.init)
            .flatMap { ReportEntry.years ~= $0 ? $0 : nil }
    }

    /// The years that reports are about.
    public var years: Set<Int> { Set((0..<reportCount).compactMap(year)) }

    /// The year of each report as it is stored: one outside ``ReportEntry/years`` is unknown.
    public var storedYears: [UInt16] { tables[.years].numbers(as: UInt16.self) }

    /// The reports of years that are wanted.
    public func reports(ofYears wanted: WantedNumbers) -> ReportSet {
        reports(in: .years, size: 2, wanted)
    }

    /// The reports whose year is unknown.
    public var reportsOfUnknownYear: ReportSet {
        var reports = ReportSet(below: reportCount)
        reports.addIndices(ofNumbersIn: 65_535...65_535, tables[.years], size: 2)
        return reports
    }

    /// The reports for which a column holds a number that is wanted; its highest one stands for none.
    private func reports(
        in column: SegmentColumn, from start: Int = 0, size: Int, _ wanted: WantedNumbers
    ) -> ReportSet {
        var reports = ReportSet(below: reportCount)
        for range in wanted.wholeNumbers(below: 1 << (8 * size) - 1) {
            reports.addIndices(ofNumbersIn: range, tables[column], from: start, size: size)
        }
        return reports
    }

    /// The reports on a form, by its number in `OfficialForm.allCases`.
    public func reports(onForm form: Int) -> ReportSet {
        var reports = ReportSet(below: reportCount)
        let form = UInt64(form)
        reports.addIndices(ofNumbersIn: form...form, tables[.forms], size: 1)
        return reports
    }

    /// The number of a report's form in `OfficialForm.allCases`.
    public func form(ofReport index: Int) -> Int? {
        tables[.forms].number(at: index, size: 1).map(Int.init)
    }

    /// The number of each report's form in `OfficialForm.allCases`.
    public var forms: [UInt8] { tables[.forms].numbers(as: UInt8.self) }

    /// What else one report is; nothing is known of one that there is not.
    public func traits(ofReport index: Int) -> ReportTraits {
        ReportTraits(
            bits: tables[.traits].number(at: 2 * index, size: 2)
                .map { UInt16(truncatingIfNeeded: $0) } ?? 0)
    }

    /// The bits of each report's ``ReportTraits``.
    public var traits: [UInt16] { tables[.traits].numbers(as: UInt16.self) }

    // MARK: Cells

    /// Whether some report has a value of a cell.
    public func hasValues(of field: Int) -> Bool {
        columnLayout.indices.contains(field) && columnLayout[field].size > 0
    }

    /// The value of a cell in one report; NaN when it is not known.
    public func number(ofField field: Int, inReport report: Int) -> Double {
        guard hasValues(of: field) else { return .nan }
        let (size, start) = columnLayout[field]
        return tables[.statistics].number(at: start + size * report, size: size)
            .map { StatisticColumn.value($0, size: size) } ?? .nan
    }

    /// The values of a cell in all reports; NaN where it is not known.
    func numbers(ofField field: Int) -> [Double] {
        guard columnLayout.indices.contains(field) else {
            return [Double](repeating: .nan, count: reportCount)
        }
        let (size, start) = columnLayout[field]
        return tables[.statistics].withSpan { bytes in
            StatisticColumn.values(bytes, from: start, size: size, count: reportCount)
        }
    }

    /// Adds the values of a cell in all reports to those from an index on; NaN where it is not known.
    public func add(_ field: Int, to sums: inout [Double], from first: Int) {
        guard hasValues(of: field) else {
            for report in 0..<reportCount { sums[first + report] = .nan }
            return
        }
        let (size, start) = columnLayout[field]
        let count = reportCount
        tables[.statistics].withSpan { bytes in
            var sums = sums.mutableSpan
            switch size {
            case 1:
                for report in 0..<count {
                    let value = bytes[start + report]
                    sums[first + report] += value == .max ? .nan : Double(value)
                }
            case 2:
                for report in 0..<count {
                    let offset = start + 2 * report
                    let value = UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8
                    sums[first + report] += value == .max ? .nan : Double(value)
                }
            default:
                for report in 0..<count {
                    var bits: UInt64 = 0
                    for index in (0..<size).reversed() {
                        bits = bits << 8 | UInt64(bytes[start + size * report + index])
                    }
                    sums[first + report] += StatisticColumn.value(bits, size: size)
                }
            }
        }
    }

    // MARK: Statistics, which are cells or follow from some

    /// The values of a cell, looked up once.
    private func column(_ field: Int) -> [Double] {
        if let known = knownCells[field] { return known }
        let column = numbers(ofField: field)
        knownCells[field] = column
        return column
    }

    /// The values of a statistic, one for each report; NaN where it is not known.
    public func numbers(of statistic: Statistic) -> [Double] {
        if statistic.isCell, let field = statistic.fields.first { return column(field) }
        for field in statistic.fields { _ = column(field) }
        return (0..<reportCount).map { value(of: statistic, inReport: $0) ?? .nan }
    }

    /// The reports in which a statistic is known and its value is wanted.
    public func reports(of statistic: Statistic, _ wanted: WantedNumbers) -> ReportSet {
        if statistic.isCell, let field = statistic.fields.first,
            columnLayout.indices.contains(field), columnLayout[field].size < 8
        {
            let (size, start) = columnLayout[field]
            if size == 0 { return ReportSet(below: reportCount) }
            return reports(in: .statistics, from: start, size: size, wanted)
        }
        let values = numbers(of: statistic)
        return ReportSet(below: values.count) { !values[$0].isNaN && wanted.contains(values[$0]) }
    }

    /// The value of a statistic in one report; nil when it is not known.
    public func value(of statistic: Statistic, inReport report: Int) -> Double? {
        statistic.value { field in
            let value = knownCells[field]?[report] ?? number(ofField: field, inReport: report)
            return value.isNaN ? nil : value
        }
    }
}
