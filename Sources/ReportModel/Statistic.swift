/// A number that can be asked for by name: an official cell, a sum of cells that the form itself
/// does not print, or the ratio of two such numbers.
public struct Statistic: Sendable, Hashable {
    /// The key, such as `requests.new.total` or `requests.denied.sum.total`.
    public let key: String
    /// The Chinese names, the preferred one first: the official label cut short, the total column
    /// when none is named.
    public let names: [String]
    /// The unit: 件, 项 or 万元; % of a ratio, whose value is nevertheless a share of 1; nil where the
    /// official form states none.
    public let unit: String?
    /// The official section: 2, 3 or 4.
    public let section: Int
    /// The fields whose sum is the value, or of a ratio the part.
    ///
    /// The first alternative of which every field is known counts: the two forms print some numbers
    /// in different cells.
    public let alternatives: [[Int]]
    /// The fields whose sum is the whole of a ratio, likewise; none unless it is a ratio.
    public internal(set) var wholes: [[Int]] = []
    /// What a ratio divides by what: `予以公开 ÷ 办理总计`; nil unless it is a ratio.
    public internal(set) var definition: String?

    /// Whether the value is one official cell.
    public var isCell: Bool {
        alternatives.count == 1 && alternatives[0].count == 1 && !isRatio
    }

    /// Whether the value is a share of 1, asked for and printed in per cent.
    public var isRatio: Bool { !wholes.isEmpty }

    /// Every field that the value may need.
    public var fields: [Int] { (alternatives + wholes).flatMap(\.self) }

    /// The value in a table; nil when a cell that it needs is not known.
    ///
    /// A blank is never 0.
    public func value(in table: StatisticTable) -> Double? {
        value { table.value(of: $0) }
    }

    /// The value over fields that are looked up one by one; nil when one of them is not known.
    public func value(ofField: (Int) -> Double?) -> Double? {
        guard let sum = Self.sum(of: alternatives, ofField) else { return nil }
        if !isRatio { return sum }
        // Nothing out of nothing is no share.
        guard let whole = Self.sum(of: wholes, ofField), whole > 0 else { return nil }
        return sum / whole
    }

    private static func sum(of alternatives: [[Int]], _ ofField: (Int) -> Double?) -> Double? {
        for fields in alternatives {
            var sum = 0.0
            var isKnown = true
            for field in fields {
                guard let value = ofField(field) else {
                    isKnown = false
                    break
                }
                sum += value
            }
            if isKnown { return sum }
        }
        return nil
    }

    /// A value as a person reads it, with its unit: `58件`, `42.1%`.
    public func shown(_ value: Double) -> String {
        guard isRatio else { return value.figure + (unit ?? "") }
        return ((value * 1_000).rounded() / 10).figure + "%"
    }

    /// Every statistic: the cells in the order of their fields, then the sums, then the ratios.
    public static let all: [Statistic] = cells + sums + ratios

    /// The statistic with this key or Chinese name, or nil when there is none.
    public static func named(_ name: String) -> Statistic? {
        byName[name].map { all[$0] }
    }

    // MARK: Cells

    static let cells: [Statistic] = {
        var seen: Set<String> = []
        var cells: [Statistic] = []
        for row in OfficialForm.form2021.rows + OfficialForm.form2019.rows {
            for (column, key) in row.cellKeys.enumerated() where seen.insert(key).inserted {
                cells.append(
                    Statistic(
                        key: key, names: names(of: row, column: column), unit: row.units[column],
                        section: row.section, alternatives: [[StatisticField.knownIndex(key)]]))
            }
        }
        return cells
    }()

    /// The row's names with the column's, and alone where the column is the one meant by default.
    private static func names(of row: OfficialRow, column: Int) -> [String] {
        let rows = row.names.flatMap { name in row.group.map { ["\($0).\(name)"] } ?? [name] }
        let alone = row.group == nil || row.label == "其他" ? [] : row.names
        let columnName = row.columnNames[column]
        let isDefault = row.columns.count == 1 || row.columns[column] == "total"
        let all = rows + alone
        // 其他 is also a row's name; 其他组织 always means the column.
        let isOther = row.columns[column] == ApplicantColumn.otherOrganisation.rawValue
        return (isDefault ? all : []) + all.map { "\($0).\(columnName)" }
            + (isOther ? all.map { "\($0).其他组织" } : [])
    }

    // MARK: Sums

    static let sums: [Statistic] =
        groupSums + organisationSums + litigationSums

    /// 不予公开, 无法提供, 不予处理, 其他处理: the sums of their rows, which the form does not print.
    private static let groupSums: [Statistic] = {
        let groups = [
            ("不予公开", "denied"), ("无法提供", "unable"), ("不予处理", "not_processed"),
            ("其他处理", "other_handling"),
        ]
        return groups.flatMap { group, key in
            ApplicantColumn.allCases.map { column in
                let rows = OfficialForm.form2021.rows.filter { $0.group == group }
                var alternatives = [
                    rows.map { StatisticField.knownIndex("\($0.key).\(column.rawValue)") }
                ]
                if let single = StatisticField.index(ofKey: "requests.\(key).\(column.rawValue)") {
                    alternatives.append([single])
                }
                return Statistic(
                    key: "requests.\(key).sum.\(column.rawValue)",
                    names: column == .total
                        ? [group, "\(group).总计"]
                        // 其他处理.其他 is a row of its own.
                        : column == .otherOrganisation
                            ? ["\(group).其他组织"] : ["\(group).\(column.label)"],
                    unit: "件", section: 3, alternatives: alternatives)
            }
        }
    }()

    /// 新收.法人或其他组织: the five organisation columns of a row together.
    private static let organisationSums: [Statistic] =
        OfficialForm.form2021.rows.filter { $0.section == 3 }.map { row in
            let name = row.group.map { "\($0).\(row.names[0])" } ?? row.names[0]
            return Statistic(
                key: "requests.organisations." + row.key.dropFirst("requests.".count),
                names: ["\(name).法人或其他组织", "\(name).组织"], unit: "件", section: 3,
                alternatives: [
                    ApplicantColumn.organisations.map {
                        StatisticField.knownIndex("\(row.key).\($0.rawValue)")
                    }
                ])
        }

    /// 诉讼.结果纠正: lawsuits with and without a review before them, together.
    private static let litigationSums: [Statistic] = OutcomeColumn.allCases.map { outcome in
        Statistic(
            key: "disputes.litigation.\(outcome.rawValue)",
            names: (outcome == .total ? ["诉讼", "行政诉讼"] : [])
                + ["诉讼.\(outcome.label)", "行政诉讼.\(outcome.label)"],
            unit: "件", section: 4,
            alternatives: [
                ["direct", "after_review"].map {
                    StatisticField.knownIndex("disputes.litigation.\($0).\(outcome.rawValue)")
                }
            ])
    }

    private static let byName: [String: Int] = {
        var byName: [String: Int] = [:]
        for (index, statistic) in all.enumerated() { byName[statistic.key] = index }
        for (index, statistic) in all.enumerated() {
            for name in statistic.names where byName[name] == nil { byName[name] = index }
        }
        return byName
    }()
}
