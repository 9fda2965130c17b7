import QueryLanguage
public import ReportModel
import SegmentStore

/// What reports are grouped by.
public enum GroupField: Sendable, Hashable {
    /// The agency.
    case agency
    /// The whole region, from the province down.
    case region
    /// The province.
    case province
    /// The city, in its province.
    case city
    /// The county, in its city and province.
    case county
    /// The year of the report.
    case year
    /// How high the agency stands.
    case level
    /// The edition of the official form.
    case form
    /// Whose figures the report gives.
    case scope
    /// The value of a statistic.
    case statistic(Statistic)

    /// The fields that are no statistics.
    public static let plain: [GroupField] = [
        .agency, .region, .province, .city, .county, .year, .level, .form, .scope,
    ]

    /// The field's name in JSON.
    public var key: String { names[0] }

    /// The names that the field goes by, the English one first.
    public var names: [String] {
        switch self {
        case .agency: ["agency", "机关", "单位"]
        case .region: ["region", "地区"]
        case .province: ["province", "省"]
        case .city: ["city", "市"]
        case .county: ["county", "县"]
        case .year: ["year", "年", "年份"]
        case .level: ["level", "级别", "层级"]
        case .form: ["form", "格式"]
        case .scope: ["scope", "范围"]
        case .statistic(let statistic): [statistic.key] + statistic.names
        }
    }

    /// Whether it is a place that a population belongs to.
    var isPlace: Bool { [.region, .province, .city, .county].contains(self) }

    /// The fields in a list such as `city,年`.
    ///
    /// - Throws: ``SearchError`` when one is unknown.
    public static func list(_ text: String) throws(SearchError) -> [GroupField] {
        let analysis = TextAnalysis()
        var fields: [GroupField] = []
        for part in text.split(whereSeparator: { ",，、".contains($0) }) {
            let name = analysis.folded(String(part)).filter { $0 != " " }
            let field: GroupField
            if let plain = plain.first(where: { $0.names.contains(name) }) {
                field = plain
            } else if let statistic = Statistic.called(name), statistic.isOfOneReport {
                field = .statistic(statistic)
            } else {
                let known = plain.map(\.key).joined(separator: ", ")
                throw SearchError(
                    question: "\(part) is nothing to group by; there are \(known) and statistics",
                    chinese: "不能按“\(part)”分组；可用 "
                        + plain.map { $0.names[1] }.joined(separator: "、") + "和统计项",
                    suggestion: analysis.nearest(to: name, among: plain.flatMap(\.names)))
            }
            if !fields.contains(field) { fields.append(field) }
        }
        return fields
    }
}

/// What a group has in one field.
public struct GroupValue: Sendable, Hashable {
    /// The value as a person reads it; nil where it is unknown.
    public let text: String?
    /// The value as a number, of a year and of a statistic; nil of others.
    public let number: Double?

    /// A group in which the field is unknown.
    public static let unknown = GroupValue(text: nil, number: nil)

    init(text: String?, number: Double? = nil) { (self.text, self.number) = (text, number) }
}
