/// One official cell as a field that can be stored, filtered and sorted by.
///
/// Fields are numbered from 0 in a fixed order: the 200 cells of the 2021 form, then the cells
/// that only the 2019 form has. The number is also that of the field's column in an index, so the
/// order is part of the index format.
public struct StatisticField: Sendable, Hashable {
    /// The field's number, from 0.
    public let index: Int
    /// The cell's key, such as `requests.new.total`.
    public let key: String
    /// The unit of the value: 件, 项 or 万元; nil where the official form states none.
    public let unit: String?
    /// The official section that holds the cell: 2, 3 or 4.
    public let section: Int

    /// Every field, by number.
    public static let all: [StatisticField] = {
        var fields: [StatisticField] = []
        var seen: Set<String> = []
        for row in OfficialForm.form2021.rows + OfficialForm.form2019.rows {
            for (column, key) in row.cellKeys.enumerated() where seen.insert(key).inserted {
                fields.append(
                    StatisticField(
                        index: fields.count, key: key, unit: row.units[column],
                        section: row.section))
            }
        }
        return fields
    }()

    private static let indexByKey = Dictionary(
        uniqueKeysWithValues: all.map { ($0.key, $0.index) })

    /// The number of the field with this key, or nil when there is none.
    public static func index(ofKey key: String) -> Int? { indexByKey[key] }

    /// The number of a field that the official forms are known to hold.
    static func knownIndex(_ key: String) -> Int {
        guard let index = indexByKey[key] else {
            preconditionFailure("\(key) is not a cell of the official forms")
        }
        return index
    }
}

extension OfficialForm {
    /// The field numbers of a row's cells, left to right.
    public static func fields(of row: OfficialRow) -> [Int] { fieldsByRow[row.key] ?? [] }

    private static let fieldsByRow: [String: [Int]] = Dictionary(
        (form2021.rows + form2019.rows).map { row in
            (row.key, row.cellKeys.map(StatisticField.knownIndex))
        }, uniquingKeysWith: { one, _ in one })

    /// The field numbers of the form's cells in the official order.
    public var fields: [Int] { rows.flatMap(Self.fields(of:)) }
}
