public import QueryLanguage

/// What a reader of statistics must be told about all of them.
public enum StatisticsNote: Sendable, Hashable {
    /// Blank cells were not counted as 0.
    case blanks(field: String, reports: Int)
    /// Reports on a form without the cell.
    case notInForm(field: String, reports: Int)
    /// Reports without a rate, since they divide by 0.
    case undefined(field: String, reports: Int)
    /// Other versions of reports that were used.
    case duplicates(Int)
    /// Reports that give the figures of others in the same row.
    case rolledUp(Int)
    /// Reports that give the figures of bodies below them, used where no other report does.
    case usedRolledUp
    /// Reports whose sums do not hold, left out or used.
    case failing(Int, areLeftOut: Bool)
    /// Figures made of several forms.
    case mixedForms(field: String)
    /// Fewer agencies than are known.
    case coverage(agencies: Int, known: Int)
    /// Means and medians of rates give every report the same weight.
    case meanOfRates
    /// Rows that are not ranked.
    case smallSample(minimum: Int, rows: Int)
    /// Two versions that differ.
    case versionsDiffer
    /// Changes of rates are in percentage points.
    case points
    /// No change is told across a gap.
    case gaps
    /// Changes from 0 have no percentage.
    case zeroBase
    /// Changes between different agencies.
    case agenciesChanged
    /// Fields of several units.
    case units([String])
    /// Populations are missing.
    case noPopulation
    /// The form states no unit.
    case noUnit(field: String)

    /// The note in a language.
    public func text(in language: QuerySyntaxError.Language) -> String {
        language == .chinese ? chinese : english
    }

    /// The fields that the note is about; nil when it is about all.
    var fieldNames: String? {
        switch self {
        case .blanks(let field, _), .notInForm(let field, _), .undefined(let field, _),
            .mixedForms(let field), .noUnit(let field):
            field
        default: nil
        }
    }

    private var english: String {
        switch self {
        case .blanks(let field, let reports):
            "\(field): blank or not read in \(Self.reports(reports)), which count as unknown, not as 0"
        case .notInForm(let field, let reports):
            "\(field): \(Self.reports(reports)) on a form that has no such cell"
        case .undefined(let field, let reports):
            "\(field): no rate in \(Self.reports(reports)), since the denominator is 0"
        case .duplicates(let count):
            "\(Self.reports(count)) left out as other versions of one agency and year"
        case .rolledUp(let count):
            "\(Self.reports(count)) left out: compiled from others that are counted (rolled_up)"
        case .usedRolledUp:
            "some reports are compiled from others (rolled_up) and are counted in their place"
        case .failing(let count, true):
            "\(Self.reports(count)) left out: a sum with these cells does not hold"
        case .failing(let count, false):
            "a sum with these cells does not hold in \(Self.reports(count)); --clean leaves them out"
        case .mixedForms(let field):
            "\(field): from reports on the forms of 2019 and 2021, whose rows differ in places"
        case .coverage(let agencies, let known):
            "from \(agencies) of \(known) agencies known here: not a total of all"
        case .meanOfRates:
            "means and medians of rates weigh every report alike; the rate of the sums is another "
                + "number"
        case .smallSample(let minimum, let rows):
            "\(rows) row\(rows == 1 ? "" : "s") of fewer than \(minimum) cases not ranked "
                + "(--min-sample)"
        case .versionsDiffer:
            "some agencies have two reports of one year that differ; the fuller one, then the one "
                + "with the lower id, is used"
        case .points: "changes of rates are in percentage points"
        case .gaps: "no change where the calendar year before has no value"
        case .zeroBase: "no percentage where the year before is 0"
        case .agenciesChanged: "some changes compare different agencies"
        case .units(let units):
            "units differ (\(units.joined(separator: ", "))): do not add or compare across fields"
        case .noPopulation:
            "no population for some rows; group by province, city or county, and see --population"
        case .noUnit(let field): "\(field): the form states no unit; sums may mix 元 and 万元"
        }
    }

    private static func reports(_ count: Int) -> String {
        "\(count) report\(count == 1 ? "" : "s")"
    }

    private var chinese: String {
        switch self {
        case .blanks(let field, let reports):
            "\(field)：\(reports) 份报告为空或未能读出，按未知处理，不计为 0"
        case .notInForm(let field, let reports): "\(field)：\(reports) 份报告所用格式没有此项"
        case .undefined(let field, let reports): "\(field)：\(reports) 份报告分母为 0，没有比率"
        case .duplicates(let count): "\(count) 份报告是同一机关同一年的另一版本，未计入"
        case .rolledUp(let count): "\(count) 份报告由已计入的其他报告汇总而成（rolled_up），未计入"
        case .usedRolledUp: "部分报告由下级汇总而成（rolled_up），在没有下级报告处计入"
        case .failing(let count, true): "\(count) 份报告含这些单元格的合计不成立，未计入"
        case .failing(let count, false):
            "\(count) 份报告含这些单元格的合计不成立；--clean 将其排除"
        case .mixedForms(let field): "\(field)：来自 2019 和 2021 两种格式，部分行不同"
        case .coverage(let agencies, let known): "仅含已知 \(known) 个机关中的 \(agencies) 个，不是全部合计"
        case .meanOfRates: "比率的平均数和中位数对每份报告同等计权；合计之比是另一个数"
        case .smallSample(let minimum, let rows):
            "\(rows) 行不足 \(minimum) 件，不参加排名（--min-sample）"
        case .versionsDiffer: "部分机关同一年有两份不同的报告，采用较完整者，再按编号取小者"
        case .points: "比率的变化以百分点计"
        case .gaps: "上一日历年没有数值的，不计算变化"
        case .zeroBase: "上年为 0 的，没有百分比"
        case .agenciesChanged: "部分变化比较的是不同的机关"
        case .units(let units): "单位不同（\(units.joined(separator: "、"))），各项之间不能相加或比较"
        case .noPopulation: "部分行没有人口数；请按省、市或县分组，并用 --population 提供"
        case .noUnit(let field): "\(field)：格式未注明单位，合计可能混有元和万元"
        }
    }
}
