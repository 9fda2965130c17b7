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

    private init(_ row: OfficialRow) {
        official = row
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
    static let disputes = OfficialForm.form2021.disputeRows.map(FormRow.init)

    /// The number of cells of these.
    static let disputeCells = disputes.count * OutcomeColumn.allCases.count

    private static let counts2021 = OfficialForm.form2021.countRows.map(FormRow.init)
    private static let counts2019 = OfficialForm.form2019.countRows.map(FormRow.init)
}
