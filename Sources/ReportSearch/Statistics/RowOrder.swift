import ReportModel

/// What is told of rows beside each other: changes, shares, what is wanted of them, ranks.
struct RowOrder {
    let question: StatisticsQuestion
    let fields: [GroupField]
    let labels: GroupLabels
    let columns: ReportColumns

    /// The rows of one field and method, compared, chosen and sorted as the question wants.
    func arranged(_ rows: [StatisticsRow]) -> [StatisticsRow] {
        var rows = rows
        if question.comparesYears { compareYears(&rows) }
        if let share = question.share { addShares(of: share, to: &rows) }
        if let having = question.having { rows = rows.filter(having.holds) }
        if question.isRanked { rank(&rows) }
        return rows
    }

    /// The index of the year among the group's values.
    private var yearField: Int? { fields.firstIndex(of: .year) }

    // MARK: Changes

    /// The number of a year in a group; nil when it is unknown.
    private func year(_ row: StatisticsRow, _ field: Int) -> Int? {
        row.code(field).flatMap { $0 > 0 ? Int($0) : nil }
    }

    private func series(_ row: StatisticsRow, _ field: Int) -> [Int32] {
        var key = row.codes
        key.remove(at: field)
        return key + [Int32(Aggregate.allCases.firstIndex(of: row.aggregate) ?? 0)]
    }

    private func compareYears(_ rows: inout [StatisticsRow]) {
        guard let field = yearField else { return }
        var rowsOfSeries: [[Int32]: [Int: Int]] = [:]
        var keys: [[Int32]] = []
        for (index, row) in rows.enumerated() {
            guard let year = year(row, field) else { continue }
            let key = series(row, field)
            if rowsOfSeries[key] == nil { keys.append(key) }
            rowsOfSeries[key, default: [:]][year] = index
        }
        var means: [StatisticsRow] = []
        for key in keys {
            let years = rowsOfSeries[key] ?? [:]
            for year in years.keys.sorted() {
                guard let index = years[year] else { continue }
                change(&rows[index], from: years[year - 1].map { rows[$0] })
            }
            let known = years.keys.sorted().compactMap { year in
                years[year].map { (year: year, row: rows[$0]) }
            }.filter { $0.row.value != nil }
            means += self.means(known, field)
        }
        rows += means
    }

    /// The change of a row from that of the calendar year before.
    private func change(_ row: inout StatisticsRow, from before: StatisticsRow?) {
        guard let value = row.value else { return }
        guard let before, let base = before.value else { return row.mark(.noYearBefore) }
        let isRate = row.field.isRatio
        row.change = YearChange(from: base, to: value, isRate: isRate)
        if !isRate, base <= 0 { row.mark(.zeroBase) }
        if agencies(of: row) != agencies(of: before) { row.mark(.agenciesChanged) }
    }

    /// The agencies of a row's reports.
    private func agencies(of row: StatisticsRow) -> Set<Int32> {
        Set(row.members.map { columns.agencies[Int($0)] })
    }

    /// What several years of one series come to.
    private func means(_ known: [(year: Int, row: StatisticsRow)], _ field: Int) -> [StatisticsRow]
    {
        guard let first = known.first, let last = known.last, first.year < last.year,
            let from = first.row.value, let to = last.row.value
        else { return [] }
        func row(_ aggregate: Aggregate, _ value: Double?, _ years: ClosedRange<Int>)
            -> StatisticsRow
        {
            var tally = ReportTally()
            for one in known where years.contains(one.year) { tally.add(one.row.reports) }
            tally.agencies = last.row.reports.agencies
            tally.known = last.row.reports.known
            var row = StatisticsRow(
                field: last.row.field, aggregate: aggregate, group: last.row.group, value: value,
                reports: tally)
            row.codes = last.row.codes
            row.group[field] = GroupValue(text: "\(years.lowerBound)..\(years.upperBound)")
            if value == nil { row.mark(.zeroBase) }
            return row
        }
        let years = first.year...last.year
        var rows: [StatisticsRow] = []
        if last.row.field.isRatio {
            rows.append(row(.meanPoints, (to - from) * 100 / Double(years.count - 1), years))
        } else {
            rows.append(
                row(
                    .meanGrowth, SampleMath.growth(from: from, to: to, years: years.count - 1),
                    years)
            )
        }
        let three = known.suffix(3)
        if three.count == 3, let start = three.first?.year, last.year - start == 2 {
            let sum = three.reduce(0) { $0 + ($1.row.value ?? 0) }
            rows.append(row(.threeYearMean, sum / 3, start...last.year))
        }
        return rows
    }

    // MARK: Shares

    /// What adds up to a whole: sums of cells, and of several statistics.
    private static let added: Set<Aggregate> = [.sum, .formulaOfSums]

    private func addShares(of share: StatisticsQuestion.Share, to rows: inout [StatisticsRow]) {
        let field: Int? =
            switch share {
            case .total: nil
            case .within(let field): fields.firstIndex(of: field)
            }
        var sums: [Int32: Double] = [:]
        func key(_ row: StatisticsRow) -> Int32 { field.map { row.codes[$0] } ?? 0 }
        for row in rows where Self.added.contains(row.aggregate) {
            sums[key(row), default: 0] += row.value ?? 0
        }
        for index in rows.indices where Self.added.contains(rows[index].aggregate) {
            guard let value = rows[index].value, let sum = sums[key(rows[index])], sum > 0 else {
                continue
            }
            rows[index].share = value / sum
        }
    }

    // MARK: Ranks

    /// What is told of several years together.
    private static let overYears: Set<Aggregate> = [.meanGrowth, .meanPoints, .threeYearMean]

    /// Ranks rows by their values, or by how these changed where years are compared.
    ///
    /// Figures of one kind are ranked among themselves, within each year where years are grouped by
    /// together with other fields.
    private func rank(_ rows: inout [StatisticsRow]) {
        let year = fields.count > 1 ? yearField : nil
        var keys: [(kind: Int, year: Int32, value: Double?)] = []
        keys.reserveCapacity(rows.count)
        for index in rows.indices {
            let row = rows[index]
            let cases = row.denominator ?? Double(row.reports.used)
            let least = question.leastCases(of: row.field)
            if row.value != nil, cases < Double(least) { rows[index].mark(.smallSample) }
            let part = year.flatMap { field in
                row.code(field).map { labels.rank($0, field: field) }
            }
            keys.append(
                (
                    Aggregate.allCases.firstIndex(of: row.aggregate) ?? 0,
                    Self.overYears.contains(row.aggregate) ? 0 : part ?? 0,
                    rankedValue(rows[index])
                ))
        }
        let order = rows.indices.sorted { one, other in
            let (first, second) = (keys[one], keys[other])
            if first.kind != second.kind { return first.kind < second.kind }
            if first.year != second.year { return first.year < second.year }
            if first.value != second.value {
                guard let value = first.value else { return false }
                guard let other = second.value else { return true }
                return value > other
            }
            // The rows came in the order of their groups.
            return one < other
        }
        var kept: [StatisticsRow] = []
        kept.reserveCapacity(rows.count)
        var (position, rank, before) = (0, 0, Int?.none)
        for index in order {
            let key = keys[index]
            let last = before.map { keys[$0] }
            if last?.kind != key.kind || last?.year != key.year { (position, rank) = (0, 0) }
            position += 1
            before = index
            if let value = key.value {
                if rank == 0 || value != last?.value { rank = position }
            } else if question.comparesYears, question.top != nil {
                // Where no change is known there is no first one.
                continue
            }
            guard position <= question.top ?? .max else { continue }
            kept.append(rows[index])
            if key.value != nil { kept[kept.count - 1].rank = rank }
        }
        rows = kept
    }

    /// The number by which a row is ranked; nil when it is not.
    private func rankedValue(_ row: StatisticsRow) -> Double? {
        guard !row.marks.contains(.smallSample) else { return nil }
        guard question.comparesYears, !Self.overYears.contains(row.aggregate) else {
            return row.value
        }
        return row.change.map { $0.points ?? $0.absolute }
    }
}

extension StatisticsRow {
    /// The number of the group's value of a field; nil where the row is about all its values, as a
    /// concentration is about those of the last field.
    fileprivate func code(_ field: Int) -> Int32? {
        codes.indices.contains(field) ? codes[field] : nil
    }
}
