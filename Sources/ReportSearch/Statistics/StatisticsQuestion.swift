public import QueryLanguage
public import ReportModel

/// What is computed from the numbers of reports.
public enum StatisticsMethod: Sendable, Hashable {
    /// The sum; of an indicator its formula over the sums, so that a rate is a ratio of sums.
    case total
    /// The mean of the reports' own values.
    case mean
    /// The median of the reports' own values.
    case median
    /// P10, P25, P50, P75 and P90 of the reports' own values, with their ranges.
    case quantiles
    /// How many reports lie between bounds, each from one bound up to the next; none takes natural
    /// ones.
    case distribution(bounds: [Double])
    /// The reports whose value lies far from the others'.
    case outliers
    /// How much of the sum few groups have.
    case concentration
}

/// A question for statistics.
public struct StatisticsQuestion: Sendable {
    /// What is asked for.
    public var fields: [Statistic]
    /// What reports are grouped by, the first first.
    public var groups: [GroupField] = []
    /// Which reports are asked; nil asks all annual reports.
    public var tree: QueryTree?
    /// The ids of the reports that are asked, of those that the tree leaves; nil asks all of these.
    public var reportIDs: Set<String>?
    /// Whose agencies should have reports: the same question without years and numbers; nil is all.
    public var knownTree: QueryTree?
    /// What is computed; one or more.
    public var methods: [StatisticsMethod] = [.total]
    /// Whether reports are left out in which a sum with the cells in question does not hold.
    public var isClean = false
    /// The least denominator of a share, or number of reports, with which a row is ranked; nil takes
    /// 10 for shares and 1 for others.
    public var minimumSample: Int?
    /// Whether rows are ranked by their values, or by their changes where years are compared, the
    /// highest first.
    public var isRanked = false
    /// The most rows of each ranking; nil for all.
    public var top: Int?
    /// Whether each year is compared with the calendar year before.
    public var comparesYears = false
    /// What a row's value is shown as a share of; nil asks for none.
    public var share: Share?
    /// What a row must satisfy; nil takes all.
    public var having: RowCondition?
    /// How many people live where; nil when no table is given.
    public var population: PopulationTable?
    /// Whether rows keep the reports that they were made of.
    public var keepsReports = false

    /// The whole of a share.
    public enum Share: Sendable, Hashable {
        /// The sum of all rows.
        case total
        /// The sum of the rows that agree in a field.
        case within(GroupField)
    }

    /// Asks for fields, with the defaults above.
    public init(_ fields: [Statistic]) { self.fields = fields }

    /// The fewest cases with which a share is ranked, unless the question says otherwise.
    static let leastCases = 10

    /// The fewest cases with which a row of a field is ranked.
    func leastCases(of field: Statistic) -> Int {
        minimumSample ?? (field.isProportion ? Self.leastCases : 1)
    }
}

/// What a figure is.
public enum Aggregate: String, Sendable, CaseIterable {
    /// A sum.
    case sum
    /// A formula over sums that is no quotient.
    case formulaOfSums = "formula_of_sums"
    /// A quotient of sums.
    case ratioOfSums = "ratio_of_sums"
    /// The mean of the reports' values.
    case mean
    /// The mean of the reports' own rates.
    case meanOfRates = "mean_of_rates"
    /// The median of the reports' values.
    case median
    /// The median of the reports' own rates.
    case medianOfRates = "median_of_rates"
    /// The value below which a tenth of the reports lie.
    case p10
    /// The value below which a quarter of the reports lie.
    case p25
    /// The value below which half of the reports lie.
    case p50
    /// The value below which three quarters of the reports lie.
    case p75
    /// The value below which nine tenths of the reports lie.
    case p90
    /// P90 less P10.
    case decileRange = "p90_p10"
    /// P75 less P25.
    case quartileRange = "iqr"
    /// How many reports lie between two bounds.
    case distribution
    /// The value of one report that lies far from the others.
    case outlier
    /// The share of the largest groups.
    case topShare = "top_share"
    /// The sum of squared shares.
    case squaredShares = "hhi"
    /// The Gini coefficient.
    case gini
    /// The mean growth a year from the first year to the last.
    case meanGrowth = "mean_growth"
    /// The mean change a year, in percentage points.
    case meanPoints = "mean_points"
    /// The mean of the last three years.
    case threeYearMean = "mean_of_3_years"
}

/// What must be known of a figure before it is used.
public enum StatisticsMark: String, Sendable, CaseIterable {
    /// Made of reports that give the figures of the bodies below them too.
    case rolledUp = "rolled_up"
    /// Made of reports on several forms.
    case mixedForms = "mixed_forms"
    /// Made of reports of which some give their own figures and some those of others too.
    case mixedScopes = "mixed_scopes"
    /// A sum in which a cell stands does not hold in some report.
    case fails
    /// Of two reports of one agency and year, which say different things, one was used.
    case versionsDiffer = "versions_differ"
    /// Fewer cases than a ranking asks for.
    case smallSample = "small_sample"
    /// Some known agencies are not in it.
    case incomplete
    /// The form states no unit: sums may be of 元 and 万元.
    case noUnit = "no_unit"
    /// No value: no report.
    case noReports = "no_reports"
    /// No value: the cells are blank or were not read.
    case blank
    /// No value: the form has no such cell.
    case notInForm = "not_in_form"
    /// No value: the denominator is 0.
    case undefined
    /// No value: all reports were left out.
    case leftOut = "left_out"
    /// No value: the table of populations has none for the group, or the group is no place.
    case noPopulation = "no_population"
    /// No change: there is no value for the calendar year before.
    case noYearBefore = "no_year_before"
    /// No change in per cent: the year before was 0.
    case zeroBase = "zero_base"
    /// The change compares different agencies.
    case agenciesChanged = "agencies_changed"
    /// Half of the reports have the same value, so that no outlier can be told.
    case noSpread = "no_spread"
}

/// What became of the reports of a row.
public struct ReportTally: Sendable, Hashable {
    /// How many the figure was made of.
    public internal(set) var used = 0
    /// In how many a cell is blank or was not read.
    public internal(set) var blank = 0
    /// How many are on a form that has no such cell.
    public internal(set) var notInForm = 0
    /// In how many the denominator is 0, so that there is no rate.
    public internal(set) var undefined = 0
    /// How many are another version of one that was used.
    public internal(set) var duplicate = 0
    /// How many give the figures of others that are in the row.
    public internal(set) var rolledUp = 0
    /// How many were left out because a sum does not hold.
    public internal(set) var failing = 0
    /// In how many of those used a sum does not hold.
    public internal(set) var usedFailing = 0
    /// The agencies whose reports tell what was asked, be it that there is nothing to divide by;
    /// those without a name count one each.
    public internal(set) var agencies = 0
    /// The agencies that are known from any year.
    public internal(set) var known = 0

    /// How many reports there are.
    public var all: Int {
        used + blank + notInForm + undefined + duplicate + rolledUp + failing
    }
}

/// How a value changed from the calendar year before.
public struct YearChange: Sendable, Hashable {
    /// The value of the year before.
    public let before: Double
    /// The difference, in the unit of the value.
    public let absolute: Double
    /// The difference as a share of the value before; nil of rates, and from 0.
    public let relative: Double?
    /// The difference of rates in percentage points; nil of others.
    public let points: Double?

    /// The change from one value to another.
    public init(from before: Double, to value: Double, isRate: Bool) {
        self.before = before
        absolute = value - before
        relative = isRate || before <= 0 ? nil : value / before - 1
        points = isRate ? (value - before) * 100 : nil
    }
}

/// One figure, and what it was made of.
public struct StatisticsRow: Sendable {
    /// What was asked for.
    public let field: Statistic
    /// What the figure is.
    public let aggregate: Aggregate
    /// The group, a value for each field that was grouped by.
    public internal(set) var group: [GroupValue]
    /// The figure; nil when it cannot be told, which a mark explains.
    public internal(set) var value: Double?
    /// What a quotient divides, constant factors aside; nil of others.
    public internal(set) var numerator: Double?
    /// What a quotient divides by; nil of others.
    public internal(set) var denominator: Double?
    /// The 95 % interval of a proportion; nil of others.
    public internal(set) var interval: ClosedRange<Double>?
    /// The bounds of a part of a distribution, the upper one excluded; nil of others.
    public internal(set) var bin: Range<Double>?
    /// What became of the reports.
    public internal(set) var reports: ReportTally
    /// What must be known before the figure is used.
    public internal(set) var marks: [StatisticsMark] = []
    /// The rank, from 1, the same for equal values; nil when it is not ranked.
    public internal(set) var rank: Int?
    /// The change from the year before; nil when none is asked for, or none can be told.
    public internal(set) var change: YearChange?
    /// The value as a share of a whole; nil when none is asked for, or none can be told.
    public internal(set) var share: Double?
    /// How many groups are the largest, of their share of the whole; nil of others.
    public internal(set) var largest: Int?
    /// The one report of an outlier; nil of others.
    public internal(set) var report: ReportHead?
    /// How many deviations an outlier lies from the median; nil of others.
    public internal(set) var score: Double?
    /// The indices of the reports used, when they were asked for.
    var members: [Int32] = []
    /// The codes of the group's values.
    var codes: [Int32] = []

    mutating func mark(_ mark: StatisticsMark) {
        if !marks.contains(mark) { marks.append(mark) }
    }
}

/// The answer to a question for statistics.
public struct StatisticsAnswer: Sendable {
    /// What reports were grouped by.
    public let groups: [GroupField]
    /// The figures.
    public let rows: [StatisticsRow]
    /// What must be known of the whole.
    public let notes: [StatisticsNote]
    /// How many reports were asked.
    public let reportCount: Int
}
