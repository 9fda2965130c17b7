public import ReportModel
import SegmentStore

/// Makes the rows of one field from its sample.
struct RowMaker {
    let sample: FieldSample
    let question: StatisticsQuestion
    let columns: ReportColumns
    let grouping: Grouping
    /// For each group how many agencies are known.
    let known: [Int]
    let labels: GroupLabels

    private var field: Statistic { sample.field }

    /// The rows of a method, in the order of the groups.
    func rows(_ method: StatisticsMethod) throws -> [StatisticsRow] {
        if case .total = method, !question.keepsReports, !question.comparesYears {
            return try labels.sorted(shownGroups()).map { try total($0, []) }
        }
        let order = labels.sorted(Array(0..<grouping.count))
        if case .concentration = method { return try concentration(order) }
        let members = sample.indices(in: grouping)
        return try order.flatMap { group -> [StatisticsRow] in
            let members = members[group]
            switch method {
            case .total: return [try total(group, members)]
            case .mean:
                let sum = members.reduce(0) { $0 + sample.values[Int($1)] }
                let mean = members.isEmpty ? nil : sum / Double(members.count)
                return [row(group, field.isQuotient ? .meanOfRates : .mean, mean, members)]
            case .median:
                let median = SampleMath.quantile(0.5, of: sorted(members))
                return [row(group, field.isQuotient ? .medianOfRates : .median, median, members)]
            case .quantiles: return quantiles(group, members)
            case .distribution(let bounds): return distribution(group, members, bounds)
            case .outliers: return try outliers(group, members)
            case .concentration: return []
            }
        }
    }

    private func sorted(_ members: [Int32]) -> [Double] {
        members.map { sample.values[Int($0)] }.sorted()
    }

    // MARK: Rows

    /// A row of a group, with its marks.
    private func row(
        _ group: Int, _ aggregate: Aggregate, _ value: Double?, _ members: [Int32] = []
    ) -> StatisticsRow {
        var tally = sample.tallies[group]
        tally.known = max(known[group], tally.agencies)
        var row = StatisticsRow(
            field: field, aggregate: aggregate,
            group: grouping.codes[group].map { _ in .unknown }, value: value, reports: tally)
        row.codes = grouping.codes[group]
        if question.keepsReports || question.comparesYears { row.members = members }
        if value == nil { row.mark(Self.reason(tally)) }
        if sample.scopes[group] & 2 != 0 { row.mark(.rolledUp) }
        if sample.scopes[group] == 3 { row.mark(.mixedScopes) }
        if sample.forms[group].nonzeroBitCount > 1, field.isMadeOfCells { row.mark(.mixedForms) }
        if tally.usedFailing > 0 { row.mark(.fails) }
        if sample.differing.contains(Int32(group)) { row.mark(.versionsDiffer) }
        if tally.agencies < tally.known { row.mark(.incomplete) }
        if field.lacksUnit { row.mark(.noUnit) }
        return row
    }

    /// Why a group has no value.
    private static func reason(_ tally: ReportTally) -> StatisticsMark {
        if tally.all == 0 { return .noReports }
        if tally.undefined > 0 { return .undefined }
        if tally.blank > 0 { return .blank }
        if tally.notInForm > 0 { return .notInForm }
        return tally.used > 0 ? .undefined : .leftOut
    }

    /// The groups whose totals may be shown: of the first rows of a ranking only those that are not
    /// below the last of them.
    private func shownGroups() throws -> [Int] {
        let all = Array(0..<grouping.count)
        // Parts of years are ranked each by itself, and shares and conditions want every row.
        guard let top = question.top, question.isRanked, top < all.count,
            question.share == nil, question.having == nil, !question.groups.contains(.year)
        else { return all }
        let values = try all.map { group -> Double? in
            let figures = try figures(group)
            return figures.isSmallSample(question.leastCases(of: field)) ? nil : figures.value
        }
        let ranked = values.compactMap(\.self).sorted(by: >)
        guard ranked.count >= top, top > 0 else { return all }
        let last = ranked[top - 1]
        return all.filter { values[$0].map { $0 >= last } ?? false }
    }

    /// What a group's cells come to.
    private struct Figures {
        var value: Double?
        var numerator: Double?
        var denominator: Double?
        var used: Int
        var lacksPopulation = false

        /// Whether there are fewer cases than a rank wants.
        func isSmallSample(_ least: Int) -> Bool {
            value != nil && (denominator ?? Double(used)) < Double(least)
        }
    }

    private func figures(_ group: Int) throws -> Figures {
        let formula = field.formula
        let operands = formula.operands
        var sums = operands.indices.map { sample.sums[$0][group] }
        var figures = Figures(used: sample.tallies[group].used)
        if let index = operands.firstIndex(of: .population) {
            let number = try population(group)
            figures.lacksPopulation = number == nil
            sums[index] = number ?? .nan
        }
        guard figures.used > 0, !figures.lacksPopulation else { return figures }
        func evaluated(_ formula: Formula) -> Double? {
            formula.value { operand in operands.firstIndex(of: operand).map { sums[$0] } }
        }
        figures.value = evaluated(formula)
        if let quotient = formula.quotient {
            figures.numerator = evaluated(quotient.numerator)
            figures.denominator = evaluated(quotient.denominator)
        }
        return figures
    }

    private func total(_ group: Int, _ members: [Int32]) throws -> StatisticsRow {
        let figures = try figures(group)
        let aggregate: Aggregate =
            field.isQuotient
            ? .ratioOfSums
            : field.formula.operands == [.population] || field.isPlainSum
                ? .sum : .formulaOfSums
        var row = row(group, aggregate, figures.value, members)
        row.numerator = figures.numerator
        row.denominator = figures.denominator
        if field.isProportion, let part = row.numerator, let whole = row.denominator {
            row.interval = SampleMath.wilson(part, of: whole)
        }
        if figures.lacksPopulation, figures.used > 0 {
            row.marks.removeAll { $0 == .undefined }
            row.mark(.noPopulation)
        }
        return row
    }

    /// The people of a group's place in every year of which it has a report.
    private func population(_ group: Int) throws -> Double? {
        guard let table = question.population,
            let names = try labels.placeNames(grouping.codes[group], columns)
        else { return nil }
        var years: Set<UInt16> = []
        for index in sample.isUsed.indices
        where sample.isUsed[index] && grouping.groups[index] == group {
            years.insert(columns.years[index])
        }
        var sum = 0.0
        for year in years {
            guard let number = table.number(of: names, year: Int(year)) else { return nil }
            sum += number
        }
        return years.isEmpty ? nil : sum
    }

    private func quantiles(_ group: Int, _ members: [Int32]) -> [StatisticsRow] {
        let sorted = sorted(members)
        func at(_ part: Double) -> Double? { SampleMath.quantile(part, of: sorted) }
        func range(_ low: Double, _ high: Double) -> Double? {
            at(high).flatMap { high in at(low).map { high - $0 } }
        }
        let figures: [(Aggregate, Double?)] = [
            (.p10, at(0.1)), (.p25, at(0.25)), (.p50, at(0.5)), (.p75, at(0.75)), (.p90, at(0.9)),
            (.decileRange, range(0.1, 0.9)), (.quartileRange, range(0.25, 0.75)),
        ]
        return figures.map { row(group, $0, $1, members) }
    }

    /// The values' own bounds: 0, 1, 10, 100 and on for counts, tenths for shares.
    private static func naturalBounds(_ field: Statistic, _ highest: Double) -> [Double] {
        if field.isRatio { return (0...10).map { Double($0) / 10 } }
        var bounds = [0.0, 1, 10]
        while let last = bounds.last, last <= highest, last < 1e15 { bounds.append(last * 10) }
        return bounds
    }

    private func distribution(
        _ group: Int, _ members: [Int32], _ bounds: [Double]
    ) -> [StatisticsRow] {
        let sorted = sorted(members)
        let isNatural = bounds.isEmpty
        var bounds =
            isNatural ? Self.naturalBounds(field, sorted.last ?? 0) : bounds
        // Every value lies somewhere.
        if let least = sorted.first, least < bounds[0] { bounds.insert(-.infinity, at: 0) }
        bounds.append(.infinity)
        return zip(bounds, bounds.dropFirst()).compactMap { low, high in
            let inside = members.filter {
                let value = sample.values[Int($0)]
                return low <= value && value < high
            }
            if isNatural, high == .infinity, inside.isEmpty { return nil }
            var row = row(
                group, .distribution, sorted.isEmpty ? nil : Double(inside.count), inside)
            row.bin = low..<high
            if !sorted.isEmpty {
                row.numerator = Double(inside.count)
                row.denominator = Double(sorted.count)
                row.share = Double(inside.count) / Double(sorted.count)
            }
            return row
        }
    }

    private func outliers(_ group: Int, _ members: [Int32]) throws -> [StatisticsRow] {
        guard let spread = SampleMath.Spread(sorted(members)) else { return [] }
        if spread.deviation == 0 {
            var row = row(group, .outlier, nil, [])
            row.marks = [.noSpread]
            return [row]
        }
        let far = members.compactMap { member in
            spread.score(sample.values[Int(member)]).flatMap { score in
                abs(score) > SampleMath.outlier ? (member, score) : nil
            }
        }
        return try far.sorted { (abs($1.1), $0.0) < (abs($0.1), $1.0) }.map { member, score in
            var row = row(group, .outlier, sample.values[Int(member)], [member])
            row.report = try columns.head(of: Int(member))
            row.score = score
            return row
        }
    }

    // MARK: Concentration

    /// Over the groups that agree in all fields but the last.
    private func concentration(_ order: [Int]) throws -> [StatisticsRow] {
        var parts: [[Int32]: [Int]] = [:]
        var keys: [[Int32]] = []
        for group in order {
            let key = Array(grouping.codes[group].dropLast())
            if parts[key] == nil { keys.append(key) }
            parts[key, default: []].append(group)
        }
        return try keys.flatMap { key -> [StatisticsRow] in
            let groups = parts[key] ?? []
            let figures = try groups.compactMap { try total($0, []).value }.filter { $0 >= 0 }
            let sum = figures.reduce(0, +)
            let most = question.top ?? 10
            let top = figures.sorted(by: >).prefix(most).reduce(0, +)
            let values: [(Aggregate, Double?)] = [
                (.topShare, sum > 0 ? top / sum : nil),
                (.squaredShares, SampleMath.squaredShares(figures)),
                (.gini, SampleMath.gini(figures)),
            ]
            return values.map { aggregate, value in
                var tally = ReportTally()
                for group in groups { tally.add(sample.tallies[group]) }
                var row = StatisticsRow(
                    field: field, aggregate: aggregate,
                    group: key.map { _ in .unknown }, value: value, reports: tally)
                row.codes = key
                if aggregate == .topShare {
                    row.largest = min(most, figures.count)
                    if value != nil { (row.numerator, row.denominator) = (top, sum) }
                }
                if value == nil { row.mark(tally.used == 0 ? Self.reason(tally) : .undefined) }
                return row
            }
        }
    }
}

extension ReportTally {
    mutating func add(_ other: ReportTally) {
        used += other.used
        blank += other.blank
        notInForm += other.notInForm
        undefined += other.undefined
        duplicate += other.duplicate
        rolledUp += other.rolledUp
        failing += other.failing
        usedFailing += other.usedFailing
        agencies += other.agencies
        known += other.known
    }
}

extension Statistic {
    /// Whether the value is a quotient.
    public var isQuotient: Bool { formula.quotient != nil }

    /// Whether the value is a sum of cells and nothing else.
    var isPlainSum: Bool {
        if case .operand = formula { true } else { false }
    }

    /// Whether the value comes of cells of official tables.
    var isMadeOfCells: Bool { !fields.isEmpty }

    /// Whether the value is money of which the form does not say whether it is in 元 or 万元.
    var lacksUnit: Bool { isCell && unit == nil }

    /// Whether the value is a share of things of one kind, so that it has a binomial interval.
    ///
    /// Reviews per answer are none: a review may be about an answer of another year.
    public var isProportion: Bool {
        isRatio && isQuotient && !Self.relations.contains(key)
    }

    private static let relations: Set = [
        "rate.disclosed.of_new", "rate.review", "rate.review.of_new", "rate.litigation",
        "rate.litigation.of_new", "rate.disputes", "rate.disputes.once", "rate.sued_after_review",
    ]
}
