import ReportModel
import SegmentStore

/// The labels that the official form prints, and that `show` cuts, as names of statistics.
///
///     本年新收政府信息公开申请数量   新收.法律   本机关不掌握相关政府信息
enum StatisticLabels {
    /// The fewest characters of the beginning of a label that tell it.
    private static let shortest = 5

    /// The heads of columns as `show` cuts them, with the whole ones.
    private static let columns = [
        "商业": "商业企业", "科研": "科研机构", "公益": "社会公益组织", "法律": "法律服务机构", "维持": "结果维持",
        "纠正": "结果纠正", "未结": "尚未审结", "决定": "处理决定", "总数": "公开总数", "上年": "上年项目",
    ]

    /// The labels of rows as the forms print them, and names with the heads of columns as `show` cuts
    /// them: what a misspelt label is compared with.
    static var all: [String] {
        let rows = OfficialForm.form2021.rows + OfficialForm.form2019.rows
        let cut = rows.flatMap { row in
            row.names.prefix(1).flatMap { name in columns.keys.sorted().map { "\(name).\($0)" } }
        }
        return (rows.map { normalized($0.label) } + cut).filter { statistic($0) != nil }
    }

    /// The statistic that a label means, alone or with a column behind a dot; nil when none does.
    static func statistic(_ text: String) -> Statistic? {
        let label = normalized(text)
        if let row = row(label), let statistic = Statistic.named(row) { return statistic }
        guard let dot = label.lastIndex(of: ".") else { return nil }
        let (first, last) = (String(label[..<dot]), String(label[label.index(after: dot)...]))
        let column = columns[last] ?? last
        for name in [first, row(first)].compactMap(\.self) {
            for name in ["\(name).\(column)", "\(name).\(last)"] {
                if let statistic = Statistic.named(name) { return statistic }
            }
        }
        return nil
    }

    /// The name of the one row with a label, or whose label begins so; nil when there are several.
    private static func row(_ label: String) -> String? {
        guard label.unicodeScalars.count >= shortest else { return nil }
        let rows = OfficialForm.form2021.rows + OfficialForm.form2019.rows
        let whole = rows.filter { normalized($0.label) == label }
        let found = whole.isEmpty ? rows.filter { normalized($0.label).hasPrefix(label) } : whole
        let names = Set(
            found.map { row in row.group.map { "\($0).\(row.names[0])" } ?? row.names[0] })
        return names.count == 1 ? names.first : nil
    }

    /// A label without its number, its spaces and what shows that it was cut.
    private static func normalized(_ text: String) -> String {
        var label = TextAnalysis().folded(text).filter { !$0.isWhitespace }[...]
        while let last = label.last, "….:：".contains(last) { label.removeLast() }
        let number = label.prefix { "(（)）0123456789一二三四五六七八九十、.".contains($0) }
        if let end = number.last, "、.)）".contains(end) { label = label.dropFirst(number.count) }
        return String(label)
    }
}
