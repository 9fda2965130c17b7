import ReportModel

/// A row of the official form with what is asked of it for every printed row, found once.
final class FormRow: Sendable {
    /// The row itself.
    let official: OfficialRow
    /// The official section that holds the row.
    let section: Int
    /// The number by which ``RowLabel/fits(_:)`` names the row.
    let label: Int
    /// The numbers of its cells, left to right.
    let fields: [Int]
    /// Of each column whether it is an amount in 万元, for which the unit of a cell decides.
    let isAmount: [Bool]

    /// The last parts of the keys of its cells.
    let keys: [String]
    /// Whether its label is a word of other labels too.
    let isShort: Bool
    /// Whether the form has the row only instead of others: one （六）其他处理 for its three.
    let isOptional: Bool

    private init(_ row: OfficialRow, isOptional: Bool = false) {
        official = row
        keys = row.columns
        isShort = RowLabel.isShort(row)
        self.isOptional = isOptional
        section = row.section
        label = RowLabel.number(of: row)
        fields = OfficialForm.fields(of: row)
        isAmount = row.units.map { $0 == "万元" }
    }

    /// The rows of the second and third table, which are read together.
    static func counts(of form: OfficialForm) -> [FormRow] {
        form == .form2019 ? counts2019 : counts2021
    }

    /// The three blocks of the fourth table, which both forms have.
    static let disputes = OfficialForm.form2021.disputeRows.map { FormRow($0) }

    /// The number of cells of these.
    static let disputeCells = disputes.count * OutcomeColumn.allCases.count

    private static let counts2021: [FormRow] = {
        var rows = OfficialForm.form2021.countRows.map { FormRow($0) }
        let single = OfficialForm.form2019.countRows.first { $0.key == "requests.other_handling" }
        let last = rows.lastIndex { $0.official.group == "其他处理" }
        if let single, let last { rows.insert(FormRow(single, isOptional: true), at: last + 1) }
        return rows
    }()
    private static let counts2019 = OfficialForm.form2019.countRows.map { FormRow($0) }
}
