import ChineseText
import ReportModel

/// How the rows of the second and third table become cells.
extension OfficialTables {
    mutating func read(
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
        let widest =
            official.indices.compactMap { row in
                official[row].section == 3
                    ? alignment.printedRow[row].map { rows[$0].numberCount } : nil
            }.max() ?? 0
        var isUsed = [Bool](repeating: false, count: rows.count)
        for row in official.indices {
            guard let printed = alignment.printedRow[row] else { continue }
            isUsed[printed] = true
            let isRequest = official[row].section == 3
            if isPartial, isRequest {
                readTotal(of: rows[printed], as: official[row])
            } else {
                let count = official[row].fields.count
                read(
                    rows[printed], as: official[row],
                    isRequest ? requests : RowCells(count: count),
                    widest: isRequest ? widest : rows[printed].numberCount)
            }
        }
        if isPartial {
            record(
                "row_partial", line: rows.first?.cells.first?.line,
                "the third table prints one number a row; it is read as the total")
        }
        for (index, row) in rows.enumerated() where !isUsed[index] && !row.label.isEmpty {
            if !alignment.unplaced.contains(index) { readExtra(row, as: official) }
        }
        tellUnplaced(rows, alignment)
        revokeUnproven(rows, official, alignment)
    }

    /// Reads the cells of one row by the heads above it or in the form's order.
    private mutating func read(
        _ row: TableRow, as official: FormRow, _ reader: RowCells, widest: Int
    ) {
        switch HeadedCells(of: row, keys: official.keys, widest: widest) {
        case .byHead(let cells):
            for (column, cell) in cells.enumerated() {
                if let cell { read(cell, as: official, column: column, divisor: row.amountDivisor) }
            }
            tellStrange(row, official)
        case .inOrder:
            if let cells = reader.columns(of: row.cells) {
                for (column, cell) in cells.enumerated() {
                    read(cell, as: official, column: column, divisor: row.amountDivisor)
                }
            } else {
                leaveUnread(row, as: official)
            }
        case .untold: leaveUnread(row, as: official)
        }
    }

    /// Says of a row whose columns cannot be told what it prints.
    private mutating func leaveUnread(_ row: TableRow, as official: FormRow) {
        record(
            "row_unread", line: row.cells.first?.line,
            "\(official.official.label) has \(row.numberCount) numbers for "
                + "\(official.fields.count) columns; which is which cannot be told: "
                + Self.printed(row))
        // One column can only be that one, whatever stands in it.
        guard official.fields.count == 1, let first = row.cells.first(where: { !$0.value.isBlank })
        else { return }
        let raw = row.cells.lazy.filter { !$0.value.isBlank }.prefix(Self.mostDoubted).map(\.raw)
        statistics[official.fields[0]] = Cell(
            value: nil, status: .unsure, raw: raw.joined(separator: Self.conflictSign),
            line: first.line)
    }

    /// So many texts of a cell that cannot be read are kept.
    private static var mostDoubted: Int { 5 }

    /// Says once of a table that it has columns which the form does not have.
    private mutating func tellStrange(_ row: TableRow, _ official: FormRow) {
        guard row.heads?.holdsStrange == true,
            !findings.contains(where: { $0.code == "column_unread" })
        else { return }
        record(
            "column_unread", line: row.cells.first?.line,
            "a column beside those of the form, as of another year, is left out; "
                + "the others are read by their heads")
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
        read(cell, as: official, column: official.fields.count - 1, divisor: row.amountDivisor)
    }

    // MARK: Rows beside those of the form

    /// Reads a row that is none of the form's: one printed a second time, or one more.
    private mutating func readExtra(_ row: TableRow, as official: [FormRow]) {
        if readAgain(row, as: official) { return }
        let isRequest = row.numberCount == ApplicantColumn.allCases.count
        record(
            isRequest ? Report.extraRequestRow : "extra_row", line: row.cells.first?.line,
            "\(String(scalars: row.label.suffix(20))) is not a row of the official form; "
                + "it prints \(Self.printed(row))")
    }

    /// What the cells of a row print, for a person.
    private static func printed(_ row: TableRow) -> String {
        row.cells.prefix(mostPrinted).map { $0.raw.isEmpty ? "-" : String($0.raw.prefix(20)) }
            .joined(separator: " ")
    }

    /// The most cells of such a row that are told.
    private static var mostPrinted: Int { 10 }

    /// Compares a row that is printed a second time with the first; false when it is another row.
    private mutating func readAgain(_ row: TableRow, as official: [FormRow]) -> Bool {
        let fits = RowLabel.fits(row.label)
        let known = official.first { candidate in
            fits[candidate.label] >= RowLabel.exact
                && candidate.fields.allSatisfy { statistics.value(of: $0) != nil }
        }
        guard let known else { return false }
        let cells: [TableRow.PrintedCell?]
        switch HeadedCells(of: row, keys: known.keys, widest: row.numberCount) {
        case .inOrder:
            guard known.fields.count == row.numberCount else { return false }
            cells = row.cells.filter { !$0.value.isBlank }
        case .byHead(let own): cells = own
        case .untold: return false
        }
        for (column, cell) in cells.enumerated() {
            guard let cell else { continue }
            let field = known.fields[column]
            guard
                case .number(let value, _) = self.value(
                    of: cell, as: known, column: column, divisor: row.amountDivisor),
                let first = statistics[field], first.value != value
            else { continue }
            statistics[field] = Cell(
                value: nil, status: .conflict, raw: first.raw + Self.conflictSign + cell.raw,
                line: first.line)
            record(
                "cell_conflict", line: cell.line,
                "\(known.official.label) prints \(cell.raw) here and \(first.raw) in line \(first.line)"
            )
        }
        return true
    }

    // MARK: Rows without a label

    private mutating func tellUnplaced(_ rows: [TableRow], _ alignment: RowAlignment) {
        guard let first = alignment.unplaced.first else { return }
        let count = alignment.unplaced.count
        record(
            "rows_untold", line: rows[first].cells.first?.line,
            "\(count) \(count == 1 ? "row has" : "rows have") numbers and no label, and could be "
                + "several rows of the form; this line has the first")
    }

    /// Takes back the rows that their order alone told and whose numbers do not sum.
    private mutating func revokeUnproven(
        _ rows: [TableRow], _ official: [FormRow], _ alignment: RowAlignment
    ) {
        for row in official.indices where official[row].section == 3 {
            guard let printed = alignment.printedRow[row],
                alignment.toldByOrder.contains(printed)
            else { continue }
            let fields = official[row].fields
            let isWrong = form.identities.contains { identity in
                identity.right == [fields[fields.count - 1]] && identity.left == fields.dropLast()
                    && identity.result(in: statistics).state == .fails
            }
            guard isWrong else { continue }
            for field in fields { statistics[field] = nil }
            record(
                "rows_untold", line: rows[printed].cells.first?.line,
                "a row of numbers without a label does not sum where it stands, and is not read")
        }
    }

    // MARK: Cells

    mutating func read(
        _ cell: TableRow.PrintedCell, as row: FormRow, column: Int,
        divisor: Double? = nil
    ) {
        let field = row.fields[column]
        switch value(of: cell, as: row, column: column, divisor: divisor) {
        case .number(let value, let isAnnotated):
            statistics[field] = Cell(
                value: value, status: isAnnotated ? .annotated : .printed, raw: cell.raw,
                line: cell.line)
            if isAnnotated {
                tell("cell_annotated", cell, row, "the number \(value.figure) is read")
            }
        case .unsure:
            statistics[field] = Cell(value: nil, status: .unsure, raw: cell.raw, line: cell.line)
            tell("cell_unsure", cell, row, "no number is read")
        case .blank:
            statistics[field] = Cell(value: nil, status: .blank, raw: cell.raw, line: cell.line)
        }
    }

    /// So many odd cells are told one by one.
    private static var mostTold: Int { 20 }

    private mutating func tell(
        _ code: String, _ cell: TableRow.PrintedCell, _ row: FormRow, _ reading: String
    ) {
        guard findings.count(where: { $0.code == code }) < Self.mostTold else { return }
        record(
            code, line: cell.line,
            "\(row.official.label) prints \(String(cell.raw.prefix(40))); \(reading)")
    }

    /// What a cell prints in a column.
    private func value(
        of cell: TableRow.PrintedCell, as row: FormRow, column: Int, divisor: Double?
    ) -> CellValue {
        row.isAmount[column] ? amount(of: cell, divisor: divisor) : cell.value
    }

    /// What a cell prints in a column of amounts, whose unit decides between 元 and 万元.
    private func amount(of cell: TableRow.PrintedCell, divisor: Double?) -> CellValue {
        guard cell.value.number != nil else { return cell.value }
        let read = CellValue(ofCell: cell.raw, folding: folding, unit: "万元")
        guard case .number(let value, _) = read, !cell.raw.contains("元"), let divisor else {
            return read
        }
        guard divisor > 0 else { return .unsure }
        // A tenth of a cent is less than any amount prints.
        return .number((value / divisor * 1e8).rounded() / 1e8, isAnnotated: true)
    }
}

/// The unit of amounts that the head over a column or a row's label tells: 单位：元.
enum AmountUnit {
    /// What an amount in the unit is to be divided by for 万元; 0 for money of another country, nil
    /// when the label tells no unit, or 万元 itself.
    static func divisor(in label: ArraySlice<Unicode.Scalar>) -> Double? {
        // The last 元 is the nearest.
        guard let index = label.lastIndex(of: "元") else { return nil }
        var unit = label[..<index]
        let isTenThousands = unit.last == "万" || unit.last == "萬"
        if isTenThousands { unit.removeLast() }
        switch unit.last {
        case "美", "欧", "港", "日", "澳", "加", "韩": return 0
        case "亿", "億": return 1 / 10_000
        case "千": return isTenThousands ? 1 / 1_000 : 10
        case "百": return isTenThousands ? 1 / 100 : 100
        case "十": return isTenThousands ? 1 / 10 : 1_000
        default: return isTenThousands ? nil : 10_000
        }
    }
}
