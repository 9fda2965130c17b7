/// A number that can be asked for by name: an official cell, a sum of cells that the form itself
/// does not print, or an indicator, which is a formula over such numbers.
public struct Statistic: Sendable, Hashable {
    /// The key, such as `requests.new.total` or `requests.denied.sum.total`.
    public let key: String
    /// The Chinese names, the preferred one first: the official label cut short, the total column
    /// when none is named.
    public let names: [String]
    /// The English name of an indicator; nil of a cell and of a sum of cells.
    public let english: String?
    /// The unit: 件, 项 or 万元; % of a share, whose value is nevertheless a share of 1; nil where the
    /// official form states none, and of a relation.
    public let unit: String?
    /// The official section: 2, 3, 4 or 6.
    public let section: Int
    /// How the value follows from cells.
    public let formula: Formula
    /// The formula of an indicator as a person reads it: `予以公开 ÷ 办理总计`; nil of a cell and of a
    /// sum of cells.
    public let definition: String?

    /// Makes a statistic of cells that are added, or of an indicator.
    public init(
        key: String, names: [String], english: String?, unit: String?, section: Int,
        formula: Formula, definition: String?
    ) {
        self.key = key
        self.names = names
        self.english = english
        self.unit = unit
        self.section = section
        self.formula = formula
        self.definition = definition
    }

    /// A cell, or a sum of cells.
    init(key: String, names: [String], unit: String?, section: Int, alternatives: [[Int]]) {
        self.init(
            key: key, names: names, english: nil, unit: unit, section: section,
            formula: .operand(
                .cells(
                    Formula.CellSum(
                        name: names.first ?? key, alternatives: alternatives, unit: unit))),
            definition: nil)
    }

    /// The fields whose sum is the value, each way to add them; none of an indicator that is more
    /// than a sum.
    public var alternatives: [[Int]] {
        if case .operand(.cells(let cells)) = formula { cells.alternatives } else { [] }
    }

    /// Whether the value is one official cell.
    public var isCell: Bool {
        definition == nil && alternatives.count == 1 && alternatives[0].count == 1
    }

    /// Whether the value is a share of 1, asked for and printed in per cent.
    public var isRatio: Bool { unit == "%" }

    /// Whether the value follows from the cells of one report.
    public var isOfOneReport: Bool {
        formula.operands.allSatisfy { operand in
            switch operand {
            case .cells, .isZero, .reports: true
            case .yearBefore, .processingFee, .population: false
            }
        }
    }

    /// Every field that the value may need.
    public var fields: [Int] { formula.fields }

    /// The value in a table; nil when a cell that it needs is not known.
    ///
    /// A blank is never 0.
    public func value(in table: StatisticTable) -> Double? {
        value { table.value(of: $0) }
    }

    /// The value over fields that are looked up one by one; nil when one of them is not known.
    public func value(ofField: (Int) -> Double?) -> Double? {
        formula.value { $0.value(ofField: ofField) }
    }

    /// A value as a person reads it, with its unit: `58件`, `42.1%`.
    public func shown(_ value: Double) -> String {
        guard isRatio else { return value.figure + (unit ?? "") }
        return ((value * 1_000).rounded() / 10).figure + "%"
    }

    /// Every statistic: the cells in the order of their fields, then the sums, then the indicators.
    public static let all: [Statistic] = cells + sums + indicators

    /// The statistic with this key or Chinese name, or nil when there is none.
    public static func named(_ name: String) -> Statistic? {
        stored(name) ?? indicatorsByName[name].map { indicators[$0] }
    }

    /// The cell or sum with this key or name; nil when there is none.
    ///
    /// It does not need the indicators, whose formulas take time to read.
    static func stored(_ name: String) -> Statistic? {
        storedByName[name].map { index in
            index < cells.count ? cells[index] : sums[index - cells.count]
        }
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
        groupSums + organisationSums + litigationSums + enforcementSums

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

    /// 许可量, 处罚量, 强制量: decisions of both forms, which print them in different rows.
    private static let enforcementSums: [Statistic] = [
        ("licensing", "许可量"), ("penalties", "处罚量"), ("coercion", "强制量"),
    ].map { key, name in
        Statistic(
            key: "enforcement.\(key)", names: [name], unit: "件", section: 2,
            alternatives: [
                [StatisticField.knownIndex("proactive.\(key).decisions")],
                [StatisticField.knownIndex("proactive19.\(key).decisions")],
            ])
    }

    private static func numbers(of statistics: [Statistic]) -> [String: Int] {
        var byName: [String: Int] = [:]
        for (index, statistic) in statistics.enumerated() { byName[statistic.key] = index }
        for (index, statistic) in statistics.enumerated() {
            for name in statistic.names where byName[name] == nil { byName[name] = index }
        }
        return byName
    }

    private static let storedByName = numbers(of: cells + sums)
    private static let indicatorsByName = numbers(of: indicators)
}
