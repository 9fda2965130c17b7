public import QueryLanguage
import ReportModel
public import ReportSearch

/// Figures as people read them.
public enum FigureText {
    /// A share of 1 in per cent, with one digit after the point.
    public static func percent(_ value: Double) -> String { (value * 100).fixed(decimals: 1) + "%" }

    /// A number with at most two digits after the point.
    public static func rounded(_ value: Double) -> String {
        value == value.rounded() || !value.isFinite ? value.figure : value.fixed(decimals: 2)
    }
}

extension YearChange {
    /// The change as a person reads it: `+7 (+50.0%)`, of rates `+2.0 pp`.
    public var text: String {
        func signed(_ number: Double, _ text: String) -> String { (number > 0 ? "+" : "") + text }
        if let points { return signed(points, points.fixed(decimals: 1) + " pp") }
        let difference = signed(absolute, FigureText.rounded(absolute))
        guard let relative else { return difference }
        return "\(difference) (\(signed(relative, FigureText.percent(relative))))"
    }
}

extension StatisticsRow {
    /// The unit of the value as JSON tells it: `ratio` of a share of 1, `points` of percentage
    /// points; nil when it has none.
    public var unit: String? {
        switch aggregate {
        case .distribution: "份"
        case .topShare, .squaredShares, .gini, .meanGrowth: "ratio"
        case .meanPoints: "points"
        default: field.isRatio ? "ratio" : field.unit
        }
    }

    /// A value of the row's unit as a person reads it.
    public func shown(_ value: Double) -> String {
        switch unit {
        case "ratio": FigureText.percent(value)
        case "points": FigureText.rounded(value) + " pp"
        default: FigureText.rounded(value)
        }
    }

    /// What the figure is called: the field, and what was computed of it unless it is a total.
    public func name(in language: QuerySyntaxError.Language) -> String {
        switch aggregate {
        case .sum, .ratioOfSums, .formulaOfSums: field.names[0]
        case .topShare:
            field.names[0]
                + (language == .chinese
                    ? " 前\(largest ?? 0)名占比" : " share of the \(largest ?? 0) largest")
        default: field.names[0] + " " + aggregate.name(in: language)
        }
    }

    /// Between which bounds a part of a distribution lies; nothing of others.
    public var binText: String {
        guard let bin else { return "" }
        func text(_ bound: Double) -> String {
            field.isRatio ? FigureText.percent(bound) : FigureText.rounded(bound)
        }
        if bin.upperBound == .infinity { return "≥ " + text(bin.lowerBound) }
        if bin.lowerBound == -.infinity { return "< " + text(bin.upperBound) }
        return "\(text(bin.lowerBound)) … < \(text(bin.upperBound))"
    }

    /// What a quotient divides by what; nothing of others.
    public var quotientText: String {
        guard let numerator, let denominator else { return "" }
        return FigureText.rounded(numerator) + " ÷ " + FigureText.rounded(denominator)
    }

    /// The interval of a proportion; nothing of others.
    public var intervalText: String {
        guard let interval else { return "" }
        return (interval.lowerBound * 100).fixed(decimals: 1) + "–"
            + FigureText.percent(interval.upperBound)
    }
}

extension GroupValue {
    /// The value as a person reads it.
    public func name(of field: GroupField, in language: QuerySyntaxError.Language) -> String {
        guard let text else { return language == .chinese ? "未知" : "unknown" }
        guard language == .chinese, field == .level || field == .scope else { return text }
        let chinese = [
            "ministry": "部委", "province": "省级", "city": "市级", "county": "县级", "town": "乡级",
            "own": "本级", "rolled_up": "汇总", "unknown": "未知",
        ]
        return chinese[text] ?? text
    }
}

extension Aggregate {
    /// What the figure is.
    public func name(in language: QuerySyntaxError.Language) -> String {
        let (english, chinese) =
            switch self {
            case .sum: ("sum", "合计")
            case .formulaOfSums: ("of sums", "按合计")
            case .ratioOfSums: ("ratio of sums", "合计之比")
            case .mean: ("mean", "平均")
            case .meanOfRates: ("mean of rates", "比率平均")
            case .median: ("median", "中位数")
            case .medianOfRates: ("median of rates", "比率中位数")
            case .p10: ("P10", "P10")
            case .p25: ("P25", "P25")
            case .p50: ("P50", "P50")
            case .p75: ("P75", "P75")
            case .p90: ("P90", "P90")
            case .decileRange: ("P90 − P10", "P90 − P10")
            case .quartileRange: ("IQR", "四分位距")
            case .distribution: ("reports", "报告数")
            case .outlier: ("outlier", "离群值")
            case .topShare: ("share of the largest", "最大者占比")
            case .squaredShares: ("sum of squared shares", "占比平方和")
            case .gini: ("Gini", "基尼系数")
            case .meanGrowth: ("growth a year", "年均增速")
            case .meanPoints: ("points a year", "年均百分点")
            case .threeYearMean: ("mean of 3 years", "三年均值")
            }
        return language == .chinese ? chinese : english
    }
}

extension StatisticsMark {
    /// What the mark says.
    public func name(in language: QuerySyntaxError.Language) -> String {
        let (english, chinese) =
            switch self {
            case .rolledUp: ("rolled up", "汇总")
            case .mixedForms: ("mixed forms", "格式混合")
            case .mixedScopes: ("mixed scopes", "范围混合")
            case .fails: ("sums fail", "勾稽不符")
            case .versionsDiffer: ("versions differ", "版本不一")
            case .smallSample: ("few cases", "件数过少")
            case .incomplete: ("incomplete", "不完整")
            case .noUnit: ("no unit", "无单位")
            case .noReports: ("no reports", "没有报告")
            case .blank: ("blank", "空白")
            case .notInForm: ("not in the form", "格式无此项")
            case .undefined: ("nothing to divide by", "分母为0")
            case .leftOut: ("left out", "已排除")
            case .noPopulation: ("no population", "无人口数")
            case .noYearBefore: ("no year before", "无上年")
            case .zeroBase: ("from 0", "上年为0")
            case .agenciesChanged: ("other agencies", "机关不同")
            case .noSpread: ("no spread", "无离散")
            }
        return language == .chinese ? chinese : english
    }
}
