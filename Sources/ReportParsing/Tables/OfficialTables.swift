import ChineseText
import ReportModel

/// The official tables of a report: their cells and the form that they follow.
struct OfficialTables {
    private(set) var form = OfficialForm.none
    private(set) var statistics = StatisticTable()
    private(set) var findings: [Finding] = []

    private let folding: TextFolding

    /// What stands between the two texts of a cell in conflict.
    private static let conflictSign = " / "

    /// Words that only the tables of one form have, and what each is worth.
    ///
    /// Some agencies print the heads of 2019 over the first rows of the form of 2021; what stands
    /// further down weighs more.
    private static let marks2019 = [
        ("新制作数量", 1), ("新公开数量", 1), ("对外公开总", 1), ("上一年项目", 2), ("政府集中采购", 3), ("其他对外管理", 3),
    ].map { (Array($0.0.unicodeScalars), $0.1) }
    private static let marks2021 = [
        ("制发件数", 1), ("废止件数", 1), ("现行有效", 1), ("收费金额", 3), ("逾期不补正", 3), ("逾期未按收费通知", 3),
    ].map { (Array($0.0.unicodeScalars), $0.1) }

    /// Reads the tables in the lines of sections 2 and 3, and of section 4.
    init(
        sections23: some Sequence<SourceLine>, section4: some Sequence<SourceLine>,
        folding: TextFolding, wording: FormWording
    ) {
        self.folding = folding
        let upper = TableRows(of: sections23, folding: folding, wording: wording)
        let disputes = TableRows(of: section4, folding: folding, wording: wording)
        guard !upper.rows.isEmpty || !disputes.rows.isEmpty else { return }
        form = Self.form(heads: upper.heads)
        readRows(upper.rows, as: form.countRows)
        // Heads that span columns leave empty cells too.
        let printed = disputes.rows.filter { row in row.cells.contains { !$0.raw.isEmpty } }
        readDisputes((printed.isEmpty ? disputes.rows : printed).flatMap(\.cells))
        if statistics.isEmpty { form = .none }
        inferBlanks()
    }

    private static func form(heads: [Unicode.Scalar]) -> OfficialForm {
        func weight(_ marks: [([Unicode.Scalar], Int)]) -> Int {
            marks.reduce(0) { $0 + (heads.offset(of: $1.0) == nil ? 0 : $1.1) }
        }
        return weight(marks2019) > weight(marks2021) ? .form2019 : .form2021
    }

    private mutating func readRows(_ rows: [TableRow], as official: [OfficialRow]) {
        guard !rows.isEmpty else { return }
        let labelled = RowAlignment(of: rows, to: official)
        read(rows, as: official, by: labelled)
        if let ordered = labelled.byOrder(of: rows, in: official) {
            var other = self
            other.statistics = StatisticTable()
            other.findings = []
            other.read(rows, as: official, by: ordered)
            if other.balance > balance {
                self = other
                find(
                    "rows_by_order", line: rows.first?.cells.first?.line,
                    "labels stand away from their numbers; the rows are taken in the order of the form"
                )
            }
        }
    }

    /// How many identities hold, less those that fail.
    private var balance: Int {
        form.identities.reduce(0) { sum, identity in
            switch identity.result(in: statistics).state {
            case .holds: sum + 1
            case .fails: sum - 1
            case .unknown: sum
            }
        }
    }

    private mutating func find(_ code: String, line: Int?, _ message: String) {
        findings.append(Finding(code: code, line: line, message: message))
    }

    private mutating func read(
        _ rows: [TableRow], as official: [OfficialRow], by alignment: RowAlignment
    ) {
        let columns = ApplicantColumn.allCases.count
        // Rows that print all their numbers need no witnesses.
        let isComplete = zip(official, alignment.printedRow).allSatisfy { row, printed in
            row.section != 3 || printed.map { rows[$0].numberCount == columns } ?? true
        }
        let requests =
            isComplete ? RowCells(count: columns) : RowCells(count: columns, sumsToLastIn: rows)
        let isPartial = Self.isPartial(rows, alignment, official)
        for (row, printed) in zip(official, alignment.printedRow) {
            guard let printed else { continue }
            if isPartial, row.section == 3 {
                readTotal(of: rows[printed], as: row)
                continue
            }
            let reader = row.section == 3 ? requests : RowCells(count: row.columns.count)
            guard let cells = reader.columns(of: rows[printed].cells) else {
                find(
                    "row_unread", line: rows[printed].cells.first?.line,
                    "\(row.label) has \(rows[printed].numberCount) numbers for "
                        + "\(row.columns.count) columns; which is which cannot be told")
                continue
            }
            read(cells, as: row)
        }
        if isPartial {
            find(
                "row_partial", line: rows.first?.cells.first?.line,
                "the third table prints one number a row; it is read as the total")
        }
        let used = Set(alignment.printedRow.compactMap(\.self))
        for (index, row) in rows.enumerated() where !used.contains(index) && !row.label.isEmpty {
            if readAgain(row, as: official) { continue }
            find(
                "extra_row", line: row.cells.first?.line,
                "\(String(String.UnicodeScalarView(row.label.suffix(20)))) "
                    + "is not a row of the official form")
        }
    }

    /// Whether the third table prints one number in nearly every row, so that no column can be
    /// told.
    private static func isPartial(
        _ rows: [TableRow], _ alignment: RowAlignment, _ official: [OfficialRow]
    ) -> Bool {
        let requests = zip(official, alignment.printedRow).compactMap { row, printed in
            row.section == 3 ? printed : nil
        }
        let single = requests.count { rows[$0].numberCount == 1 }
        return single >= 3 && single * 10 >= requests.count * 8
    }

    private mutating func readTotal(of row: TableRow, as official: OfficialRow) {
        guard let cell = row.cells.first(where: { $0.value != .blank }) else { return }
        read(Array(repeating: nil, count: official.columns.count - 1) + [cell], as: official)
    }

    /// Compares a row that is printed a second time with the first; false when it is another row.
    private mutating func readAgain(_ row: TableRow, as official: [OfficialRow]) -> Bool {
        let fits = RowLabel.fits(row.label)
        let known = official.first { candidate in
            fits[RowLabel.number(of: candidate)] >= 100
                && candidate.columns.count == row.numberCount
                && OfficialForm.fields(of: candidate).allSatisfy {
                    statistics.value(of: $0) != nil
                }
        }
        guard let known else { return false }
        let numbers = row.cells.filter { $0.value != .blank }
        for ((field, unit), cell) in zip(zip(OfficialForm.fields(of: known), known.units), numbers)
        {
            guard case .number(let value, _) = CellValue(cell.raw, folding: folding, unit: unit),
                let first = statistics[field], first.value != value
            else { continue }
            statistics[field] = Cell(
                value: nil, status: .conflict, raw: first.raw + Self.conflictSign + cell.raw,
                line: first.line)
            find(
                "cell_conflict", line: cell.line,
                "\(known.label) prints \(cell.raw) here and \(first.raw) in line \(first.line)")
        }
        return true
    }

    /// The fourth table is one row of fifteen numbers, or three of five, in one order.
    private mutating func readDisputes(_ cells: [TableRow.PrintedCell]) {
        let rows = form.disputeRows
        let count = rows.reduce(0) { $0 + $1.columns.count }
        guard !cells.isEmpty else { return }
        let reader = RowCells(blocks: rows.count, of: rows[0].columns.count)
        guard let columns = reader.columns(of: cells) else {
            findings.append(
                Finding(
                    code: "row_unread", line: cells.first?.line,
                    message: "the table of reviews and lawsuits has \(cells.count) cells for "
                        + "\(count) columns"))
            return
        }
        var rest = columns[...]
        for row in rows {
            read(Array(rest.prefix(row.columns.count)), as: row)
            rest = rest.dropFirst(row.columns.count)
        }
    }

    private mutating func read(_ cells: [TableRow.PrintedCell?], as row: OfficialRow) {
        for ((field, unit), cell) in zip(zip(OfficialForm.fields(of: row), row.units), cells) {
            guard let cell else { continue }
            // The unit decides between 元 and 万元, so the text is read again with it.
            switch CellValue(cell.raw, folding: folding, unit: unit) ?? cell.value {
            case .number(let value, let isAnnotated):
                statistics[field] = Cell(
                    value: value, status: isAnnotated ? .annotated : .printed, raw: cell.raw,
                    line: cell.line)
            case .blank:
                statistics[field] = Cell(value: nil, status: .blank, raw: cell.raw, line: cell.line)
            }
        }
    }

    /// Whether one of the numbers of a cell in conflict is a value.
    private func printsValue(_ value: Double, in cell: Cell) -> Bool {
        cell.raw.split(separator: Self.conflictSign).contains { part in
            if case .number(let printed, _) = CellValue(String(part), folding: folding) {
                return printed == value
            }
            return false
        }
    }

    /// Gives a blank its value where it is the only unknown of its row.
    private mutating func inferBlanks() {
        for identity in form.identities
        where identity.id.hasPrefix("row:") || identity.id.hasPrefix("disputes:") {
            let unknown = (identity.left + identity.right).filter {
                statistics.value(of: $0) == nil
            }
            guard unknown.count == 1, let cell = statistics[unknown[0]] else { continue }
            let parts = identity.left.compactMap { statistics.value(of: $0) }.reduce(0, +)
            let value =
                if identity.right == unknown { parts } else {
                    (statistics.value(of: identity.right[0]) ?? 0) - parts
                }
            guard value >= 0 else { continue }
            // Of two printed numbers the sums may confirm one; a third would be made up.
            let isConflict = cell.status == .conflict
            if isConflict, !printsValue(value, in: cell) { continue }
            statistics[unknown[0]] = Cell(
                value: value, status: isConflict ? .conflict : .inferred, raw: cell.raw,
                line: cell.line, inferredFrom: identity.id)
        }
    }
}
