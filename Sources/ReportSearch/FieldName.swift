import QueryLanguage
public import ReportModel
import SegmentStore

/// The fields that a query can ask for by name, beside the statistics.
public enum FieldName: String, Sendable, CaseIterable {
    /// The agency: any part of its name or of an alias.
    case agency
    /// A province, city or county: any part of its name.
    case region
    /// The year the report is about.
    case year
    /// The section: its number or a word of its heading.
    case section
    /// The subsection: a word of its heading.
    case subsection
    /// The edition of the official form: 2021, 2019 or none.
    case form
    /// The file's path: a pattern.
    case file
    /// A part of the report's title.
    case title
    /// How high the agency stands: ministry, province, city, county or town.
    case level
    /// Whose figures the report gives: own, rolled_up or unknown.
    case scope
    /// Whether it is an annual report, or a page of another kind.
    case kind
    /// The length of the passage: its letters, digits and ideographs, marks not counted.
    case length
    /// The fee for processing information that section 6 tells of, in 元.
    case processingFee = "processing_fee"
    /// What the arithmetic of the tables gave: a state, or a rule with a state.
    case check

    /// The names that the field goes by, the English one first.
    public var names: [String] {
        switch self {
        case .agency: ["agency", "机关", "单位"]
        case .region: ["region", "地区"]
        case .year: ["year", "年", "年份"]
        case .section: ["section", "节", "章节"]
        case .subsection: ["subsection", "小节", "sub"]
        case .form: ["form", "格式", "format"]
        case .file: ["file", "文件"]
        case .title: ["title", "标题"]
        case .level: ["level", "级别", "层级"]
        case .scope: ["scope", "范围", "口径"]
        case .kind: ["kind", "类型", "种类"]
        case .length: ["length", "字数", "长度"]
        case .processingFee:
            ["processing_fee", "信息处理费", "处理费", "narrative.processing_fee"]
        case .check: ["check", "勾稽", "核对"]
        }
    }

    /// An example of its use.
    public var example: String {
        switch self {
        case .agency: "机关:政务服务"
        case .region: "地区:洛阳市"
        case .year: "年:2020..2023"
        case .section: "节:5"
        case .subsection: "小节:监督保障"
        case .form: "格式:2021"
        case .file: "文件:2022/*.txt"
        case .title: "标题:年度报告"
        case .level: "级别:county"
        case .scope: "范围:own"
        case .kind: "类型:annual_report"
        case .length: "字数<=20"
        case .processingFee: "信息处理费>0"
        case .check: "勾稽:row:*=fails"
        }
    }

    /// The unit of its numbers; nil when it has none.
    public var unit: String? {
        switch self {
        case .length: "字"
        case .processingFee: "元"
        default: nil
        }
    }

    /// Whether it holds numbers, so that it may be compared like a statistic: `year>=2020`.
    var isNumber: Bool { [.year, .length, .processingFee].contains(self) }

    private static let byName: [String: FieldName] = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { field in field.names.map { ($0, field) } })

    /// The field with a name, in Chinese or English, traditional characters and case aside.
    static func named(_ name: String) -> FieldName? {
        byName[TextAnalysis().folded(name)]
    }
}

extension Statistic {
    /// The statistic with a key, a name, or a label as the form prints it and `show` cuts it; nil when
    /// there is none.
    public static func called(_ name: String) -> Statistic? {
        Statistic.named(TextAnalysis().folded(name)) ?? StatisticLabels.statistic(name)
    }

    /// The one statistic whose name Latin letters spell, in full or by three first letters or more;
    /// nil when they spell none, or several.
    static func spelt(by letters: String) -> Statistic? {
        guard letters.utf8.count >= 3, PinyinReading.mayBe(letters) else { return nil }
        let spelling = Spelling()
        let lower = letters.lowercased()
        let found = Statistic.all.filter { statistic in
            statistic.isOfOneReport && statistic.names.contains { spelling.spells(lower, $0) }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The statistic that a name in a query means.
    static func named(_ name: QueryName) throws(SearchError) -> Statistic {
        let analysis = TextAnalysis()
        if let statistic = Statistic.called(name.text) {
            guard statistic.isOfOneReport else {
                throw SearchError(
                    question: "\(name.text) follows from more than one report's tables; ask for it "
                        + "by 'gongkai stats'",
                    chinese: "\(name.text) 不能由一份报告的表格得出；请用 'gongkai stats' 查询",
                    range: name.range)
            }
            return statistic
        }
        if let statistic = spelt(by: name.text) { return statistic }
        throw SearchError(
            question: "no statistic is called \(name.text); 'gongkai fields' lists them",
            chinese: "没有叫“\(name.text)”的统计项；'gongkai fields' 列出全部", range: name.range,
            suggestion: analysis.nearest(
                to: name.text,
                among: Statistic.all.flatMap { $0.names + [$0.key] } + StatisticLabels.all))
    }
}
