import ChineseText
import ReportModel

/// The official tables of a report: their cells and the form that they follow.
struct OfficialTables {
    private(set) var form = OfficialForm.none
    var statistics = StatisticTable()
    private(set) var findings: [Finding] = []

    let folding: TextFolding

    /// What stands between the two texts of a cell in conflict.
    static let conflictSign = " / "

    /// Words that only the tables of one form have, and what each is worth: more than 0 for the form
    /// of 2019, less for that of 2021.
    ///
    /// Some agencies print the heads of 2019 over the first rows of the form of 2021; what stands
    /// further down weighs more.
    private static let marks = [
        ("新制作数量", 1), ("新公开数量", 1), ("对外公开总", 1), ("上一年项目", 2), ("政府集中采购", 3), ("其他对外管理", 3),
        ("制发件数", -1), ("废止件数", -1), ("现行有效", -1), ("收费金额", -3), ("逾期不补正", -3), ("逾期未按收费通知", -3),
    ]
    /// So many of them in tables without numbers tell the form.
    private static let fewestMarks = 2
    private static let markWords = WordList(marks.map(\.0))

    /// Reads the tables in the lines of sections 2, 3 and 4.
    init(
        section2: [SourceLine], section3: [SourceLine], section4: [SourceLine],
        folding: TextFolding, wording: FormWording
    ) {
        self.folding = folding
        let upper = TableRows(
            of: section2 + section3, isDisputes: false, folding: folding, wording: wording)
        let lower = TableRows(
            of: section4, isDisputes: true, folding: folding, wording: wording)
        for line in [upper.unreadLine, lower.unreadLine].compactMap(\.self) {
            record(
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
        // A form that nobody filled in is of one edition or the other all the same.
        guard let form = Self.form(heads: upper.heads, isFilled: !rows.isEmpty || !disputes.isEmpty)
        else { return }
        self.form = form
        let counts = FormRow.counts(of: form)
        readRows(rows, as: counts)
        if let start = section3.first?.number {
            settleScattered(ScatteredRows(rows, from: start, to: counts), counts)
        }
        // Heads that span columns leave empty cells too.
        let printed = disputes.filter { row in row.cells.contains { !$0.raw.isEmpty } }
        readDisputes(printed.isEmpty ? disputes : printed)
        inferBlanks()
    }

    /// The form that the heads tell of; nil when nothing does.
    private static func form(heads: [Unicode.Scalar], isFilled: Bool) -> OfficialForm? {
        let found = Set(heads.matches(of: markWords).map { $0.word })
        guard isFilled || found.count >= fewestMarks else { return nil }
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
            if other.balance > max(0, balance) {
                self = other
                record(
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

    mutating func record(_ code: String, line: Int?, _ message: String) {
        findings.append(Finding(code: code, line: line, message: message))
    }

    /// Drops what was said of rows whose numbers stand on some lines.
    mutating func forget(_ lines: Set<Int>) {
        findings.removeAll { $0.line.map(lines.contains) ?? false }
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

    private static let rowSums2021 = rowSums(of: .form2021)
    private static let rowSums2019 = rowSums(of: .form2019)

    /// The sums within one row.
    private static func rowSums(of form: OfficialForm) -> [Identity] {
        form.identities.filter { $0.id.hasPrefix("row:") || $0.id.hasPrefix("disputes:") }
    }

    /// Gives a blank its value where it is the only unknown of its row.
    private mutating func inferBlanks() {
        for identity in form == .form2019 ? Self.rowSums2019 : Self.rowSums2021 {
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
