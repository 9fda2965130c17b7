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

    /// Words that only the tables of one form have, and what each is worth: more than 0 for the form
    /// of 2019, less for that of 2021.
    ///
    /// Some agencies print the heads of 2019 over the first rows of the form of 2021; what stands
    /// further down weighs more.
    private static let marks = [
        ("新制作数量", 1), ("新公开数量", 1), ("对外公开总", 1), ("上一年项目", 2), ("政府集中采购", 3), ("其他对外管理", 3),
        ("制发件数", -1), ("废止件数", -1), ("现行有效", -1), ("收费金额", -3), ("逾期不补正", -3), ("逾期未按收费通知", -3),
    ]
    private static let markWords = WordList(marks.map(\.0))

    /// Reads the tables in the lines of sections 2 and 3, and of section 4.
    init(
        sections23: some Sequence<SourceLine>, section4: some Sequence<SourceLine>,
        folding: TextFolding, wording: FormWording
    ) {
        self.folding = folding
        let upper = TableRows(of: sections23, folding: folding, wording: wording)
        let lower = TableRows(of: section4, folding: folding, wording: wording)
        for line in [upper.unreadLine, lower.unreadLine].compactMap(\.self) {
            find(
                "table_unread", line: line,
                "the tables are larger than any report's; of what comes from this line on not all "
                    + "is read")
        }
        var rows = upper.rows
        var disputes = lower.rows
        // Without heads and heading the fourth table stands below the third.
        if disputes.isEmpty, let last = rows.last, last.label.isEmpty,
            last.cells.count == FormRow.disputeCells
        {
            disputes = [rows.removeLast()]
        }
        guard !rows.isEmpty || !disputes.isEmpty else { return }
        form = Self.form(heads: upper.heads)
        readRows(rows, as: FormRow.counts(of: form))
        // Heads that span columns leave empty cells too.
        let printed = disputes.filter { row in row.cells.contains { !$0.raw.isEmpty } }
        readDisputes((printed.isEmpty ? disputes : printed).flatMap(\.cells))
        if statistics.isEmpty { form = .none }
        inferBlanks()
    }

    private static func form(heads: [Unicode.Scalar]) -> OfficialForm {
        let found = Set(heads.places(of: markWords).map { $0.word })
        return found.reduce(0) { $0 + marks[$1].1 } > 0 ? .form2019 : .form2021
    }

    private mutating func readRows(_ rows: [TableRow], as official: [FormRow]) {
        guard !rows.isEmpty else { return }
        let labelled = RowAlignment(of: rows, to: official)
        let earlier = findings
        read(rows, as: official, by: labelled)
        if let ordered = labelled.byOrder(of: rows, in: official) {
            var other = self
            other.statistics = StatisticTable()
            other.findings = earlier
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
        _ rows: [TableRow], as official: [FormRow], by alignment: RowAlignment
    ) {
        let columns = ApplicantColumn.allCases.count
        // Rows that print all their numbers need no witnesses.
        let isComplete = official.indices.allSatisfy { row in
            official[row].section != 3
                || alignment.printedRow[row].map { rows[$0].numberCount == columns } ?? true
        }
        let requests =
            isComplete ? RowCells(count: columns) : RowCells(count: columns, sumsToLastIn: rows)
        let isPartial = Self.isPartial(rows, alignment, official)
        var isUsed = [Bool](repeating: false, count: rows.count)
        for row in official.indices {
            guard let printed = alignment.printedRow[row] else { continue }
            isUsed[printed] = true
            let isRequest = official[row].section == 3
            if isPartial, isRequest {
                readTotal(of: rows[printed], as: official[row])
                continue
            }
            let count = official[row].fields.count
            let reader = isRequest ? requests : RowCells(count: count)
            guard let cells = reader.columns(of: rows[printed].cells) else {
                find(
                    "row_unread", line: rows[printed].cells.first?.line,
                    "\(official[row].official.label) has \(rows[printed].numberCount) numbers for "
                        + "\(count) columns; which is which cannot be told")
                continue
            }
            read(cells, as: official[row])
        }
        if isPartial {
            find(
                "row_partial", line: rows.first?.cells.first?.line,
                "the third table prints one number a row; it is read as the total")
        }
        for (index, row) in rows.enumerated() where !isUsed[index] && !row.label.isEmpty {
            if readAgain(row, as: official) { continue }
            find(
                "extra_row", line: row.cells.first?.line,
                "\(String(scalars: row.label.suffix(20))) "
                    + "is not a row of the official form")
        }
    }

    /// Whether the third table prints one number in nearly every row, so that no column can be
    /// told.
    private static func isPartial(
        _ rows: [TableRow], _ alignment: RowAlignment, _ official: [FormRow]
    ) -> Bool {
        let requests = official.indices.compactMap {
            official[$0].section == 3 ? alignment.printedRow[$0] : nil
        }
        let single = requests.count { rows[$0].numberCount == 1 }
        return single >= 3 && single * 10 >= requests.count * 8
    }

    private mutating func readTotal(of row: TableRow, as official: FormRow) {
        guard let cell = row.cells.first(where: { !$0.value.isBlank }) else { return }
        read(cell, as: official, column: official.fields.count - 1)
    }

    /// Compares a row that is printed a second time with the first; false when it is another row.
    private mutating func readAgain(_ row: TableRow, as official: [FormRow]) -> Bool {
        let fits = RowLabel.fits(row.label)
        let known = official.first { candidate in
            fits[candidate.label] >= 100 && candidate.fields.count == row.numberCount
                && candidate.fields.allSatisfy { statistics.value(of: $0) != nil }
        }
        guard let known else { return false }
        let numbers = row.cells.filter { !$0.value.isBlank }
        for (column, cell) in numbers.enumerated() {
            let field = known.fields[column]
            guard case .number(let value, _) = self.value(of: cell, as: known, column: column),
                let first = statistics[field], first.value != value
            else { continue }
            statistics[field] = Cell(
                value: nil, status: .conflict, raw: first.raw + Self.conflictSign + cell.raw,
                line: first.line)
            find(
                "cell_conflict", line: cell.line,
                "\(known.official.label) prints \(cell.raw) here and \(first.raw) in line \(first.line)"
            )
        }
        return true
    }

    /// The fourth table is one row of fifteen numbers, or three of five, in one order.
    private mutating func readDisputes(_ cells: [TableRow.PrintedCell]) {
        let rows = FormRow.disputes
        let width = OutcomeColumn.allCases.count
        guard !cells.isEmpty else { return }
        let reader = RowCells(blocks: rows.count, of: width)
        guard let columns = reader.columns(of: cells) else {
            findings.append(
                Finding(
                    code: "row_unread", line: cells.first?.line,
                    message: "the table of reviews and lawsuits has \(cells.count) cells for "
                        + "\(rows.count * width) columns"))
            return
        }
        for (block, row) in rows.enumerated() {
            read(columns.dropFirst(block * width).prefix(width), as: row)
        }
    }

    private mutating func read(_ cells: RowCells.Window, as row: FormRow) {
        for (column, cell) in cells.enumerated() { read(cell, as: row, column: column) }
    }

    private mutating func read(_ cell: TableRow.PrintedCell, as row: FormRow, column: Int) {
        switch value(of: cell, as: row, column: column) {
        case .number(let value, let isAnnotated):
            statistics[row.fields[column]] = Cell(
                value: value, status: isAnnotated ? .annotated : .printed, raw: cell.raw,
                line: cell.line)
        case .blank:
            statistics[row.fields[column]] = Cell(
                value: nil, status: .blank, raw: cell.raw, line: cell.line)
        }
    }

    /// What a cell prints in a column, whose unit decides between 元 and 万元.
    private func value(
        of cell: TableRow.PrintedCell, as row: FormRow, column: Int
    ) -> CellValue {
        guard row.isAmount[column] else { return cell.value }
        return CellValue(cell.raw, folding: folding, unit: "万元") ?? cell.value
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

    private func isKnown(_ fields: [Int]) -> Bool {
        fields.allSatisfy { statistics.value(of: $0) != nil }
    }

    /// Gives a blank its value where it is the only unknown of its row.
    private mutating func inferBlanks() {
        for identity in form.identities
        where identity.id.hasPrefix("row:") || identity.id.hasPrefix("disputes:") {
            if isKnown(identity.left), isKnown(identity.right) { continue }
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
