import ChineseText
import ReportModel

/// The official tables of a report: their cells and the form that they follow.
struct OfficialTables {
    private(set) var form = OfficialForm.none
    private(set) var statistics = StatisticTable()
    private(set) var findings: [Finding] = []

    private let folding: TextFolding

    /// Heads that only the 2019 form has, and that only the 2021 form has.
    private static let heads2019 = ["新制作数量", "新公开数量", "对外公开总", "上一年项目", "政府集中采购", "其他对外管理"]
        .map { Array($0.unicodeScalars) }
    private static let heads2021 = ["制发件数", "废止件数", "现行有效"]
        .map { Array($0.unicodeScalars) }

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
        readDisputes(disputes.rows.flatMap(\.cells))
        if statistics.isEmpty { form = .none }
        inferBlanks()
    }

    private static func form(heads: [Unicode.Scalar]) -> OfficialForm {
        func count(_ words: [[Unicode.Scalar]]) -> Int {
            words.count { heads.offset(of: $0) != nil }
        }
        return count(heads2019) > count(heads2021) ? .form2019 : .form2021
    }

    private mutating func readRows(_ rows: [TableRow], as official: [OfficialRow]) {
        guard !rows.isEmpty else { return }
        let alignment = RowAlignment(of: rows, to: official)
        let requests = RowCells(count: ApplicantColumn.allCases.count, sumsToLastIn: rows)
        for (row, printed) in zip(official, alignment.printedRow) {
            guard let printed else { continue }
            let reader = row.section == 3 ? requests : RowCells(count: row.columns.count)
            let cells = reader.columns(of: rows[printed].cells)
            guard let cells else {
                findings.append(
                    Finding(
                        code: "row_unread", line: rows[printed].cells.first?.line,
                        message: "\(row.label) has \(rows[printed].numberCount) numbers for "
                            + "\(row.columns.count) columns; which is which cannot be told"))
                continue
            }
            read(cells, as: row)
        }
        let used = Set(alignment.printedRow.compactMap(\.self))
        for (index, row) in rows.enumerated() where !used.contains(index) && !row.label.isEmpty {
            findings.append(
                Finding(
                    code: "extra_row", line: row.cells.first?.line,
                    message: "\(String(String.UnicodeScalarView(row.label.suffix(20)))) "
                        + "is not a row of the official form"))
        }
    }

    /// The fourth table is one row of fifteen numbers, or three of five, in one order.
    private mutating func readDisputes(_ cells: [TableRow.PrintedCell]) {
        let rows = form.disputeRows
        let count = rows.reduce(0) { $0 + $1.columns.count }
        guard !cells.isEmpty else { return }
        guard let columns = RowCells(count: count).columns(of: cells) else {
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
            statistics[unknown[0]] = Cell(
                value: value, status: .inferred, raw: cell.raw, line: cell.line,
                inferredFrom: identity.id)
        }
    }
}
