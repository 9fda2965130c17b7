import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// An answer for statistics as text: a table, what the indicators are, and what must be known.
struct StatisticsText {
    let printer: StatisticsPrinter

    private var answer: StatisticsAnswer { printer.answer }
    private var question: StatisticsQuestion { printer.question }
    private var terminal: Terminal { printer.terminal }
    private var isChinese: Bool { QuerySyntaxError.Language.ofUser == .chinese }

    /// The most cells that are listed below one figure.
    private static let mostCells = 200

    /// All lines.
    func lines(plot: ChartKind?) throws -> [ShownText] {
        var lines = table.textLines(terminal)
        if let plot { lines = try plotLines(plot) + [""] + lines }
        if question.keepsReports { lines += try cellLines() }
        let definitions = definitions
        if !definitions.isEmpty { lines.append("") }
        lines += definitions.map { terminal.styled(ShownText($0), .faint) }
        if !answer.notes.isEmpty { lines.append("") }
        for note in answer.notes {
            lines.append("\(Message("note", "注")): \(note.text(in: .ofUser))")
        }
        return lines
    }

    /// What the indicators are computed from.
    var definitions: [String] {
        question.fields.compactMap { field in
            field.definition.map { "\(field.names[0]) = \($0)" }
        }
    }

    /// The table as texts, its heads first.
    var texts: [[String]] {
        let table = table
        return [table.columns.map(\.head)] + table.rows.map { $0.map(\.text) }
    }

    private func plotLines(_ kind: ChartKind) throws -> [ShownText] {
        TextChart(try printer.chart(kind), columns: terminal.columns).lines.map { pieces in
            pieces.map { piece in
                switch piece.role {
                case .title: terminal.styled(ShownText(piece.text), .strong)
                case .mark: terminal.styled(ShownText(piece.text), .good)
                case .plain: ShownText(piece.text)
                }
            }.joined().trimmed
        }
    }

    // MARK: The table

    private var table: Table {
        let hasSeveral = Set(answer.rows.map { [$0.field.key, $0.aggregate.rawValue] }).count > 1
        let hasMarks = answer.rows.contains { !$0.marks.isEmpty }
        let parts = answer.rows.contains { $0.denominator != nil }
        let intervals = answer.rows.contains { $0.interval != nil }
        let hasBins = answer.rows.contains { $0.bin != nil }
        let hasShares = answer.rows.contains { $0.share != nil }
        let hasReports = answer.rows.contains { $0.report != nil }
        var columns: [(column: Table.Column, cell: (StatisticsRow) -> String)] = []
        func add(
            _ name: String, _ chinese: String, isNumber: Bool = true,
            _ cell: @escaping (StatisticsRow) -> String
        ) {
            columns.append((Table.Column(name, chinese, isNumber: isNumber), cell))
        }
        if question.isRanked { add("rank", "名次") { $0.rank.map(String.init) ?? "–" } }
        for (index, field) in answer.groups.enumerated()
        where answer.rows.contains(where: { $0.group.indices.contains(index) }) {
            add(field.key, field.names.count > 1 ? field.names[1] : field.key, isNumber: false) {
                $0.group.indices.contains(index) ? label($0.group[index], field) : ""
            }
        }
        if hasReports {
            add("report", "报告", isNumber: false) { row in
                [row.report?.agency, row.report?.year.map(String.init)].compactMap(\.self)
                    .joined(separator: " ")
            }
        }
        if hasSeveral { add("figure", "项目", isNumber: false, name) }
        if hasBins { add("from", "区间", isNumber: false) { $0.binText } }
        let title = hasSeveral ? nil : answer.rows.first.map(name)
        add(title ?? "value", title ?? "数值", value)
        if parts { add("of", "分子÷分母") { $0.quotientText } }
        if intervals { add("95 %", "95% 区间") { $0.intervalText } }
        if question.comparesYears { add("change", "变化") { $0.change?.text ?? "" } }
        if hasShares { add("share", "占比") { $0.share.map(FigureText.percent) ?? "" } }
        add("reports", "报告数", reports)
        if hasMarks { add("marks", "标记", isNumber: false, marks) }
        return Table(
            schema: "", columns: columns.map(\.column),
            rows: answer.rows.map { row in columns.map { .text($0.cell(row)) } })
    }

    private func label(_ value: GroupValue, _ field: GroupField) -> String {
        value.name(of: field, in: .ofUser)
    }

    private func name(_ row: StatisticsRow) -> String { row.name(in: .ofUser) }

    private func value(_ row: StatisticsRow) -> String { row.value.map(row.shown) ?? "–" }

    private func reports(_ row: StatisticsRow) -> String {
        let tally = row.reports
        let used = tally.used == tally.all ? "\(tally.used)" : "\(tally.used)/\(tally.all)"
        guard tally.agencies < tally.known else { return used }
        return isChinese
            ? "\(used)（机关 \(tally.agencies)/\(tally.known)）"
            : "\(used) (\(tally.agencies)/\(tally.known) agencies)"
    }

    private func marks(_ row: StatisticsRow) -> String {
        row.marks.filter { $0 != .incomplete }.map { $0.name(in: .ofUser) }
            .joined(separator: isChinese ? "、" : ", ")
    }

    // MARK: Cells

    private func cellLines() throws -> [ShownText] {
        try answer.rows.flatMap { row -> [ShownText] in
            let cells = try printer.statistics.cells(of: row)
            let names = row.group.map { $0.text ?? Message.unknown.description }
            let title = (names + [name(row)]).joined(separator: "  ")
            let shown = cells.prefix(Self.mostCells).map { one -> ShownText in
                let location =
                    one.files.first.map { terminal.link($0, line: one.cell.line) }
                    ?? ShownText(one.report.id)
                return "  \(Statistic.named(one.key)?.names.first ?? one.key)  \(raw(one.cell))  "
                    + terminal.styled(location, .faint)
            }
            let rest = cells.count - shown.count
            return ["", terminal.styled(ShownText(title), .strong)] + shown
                + (rest > 0 ? ["  \(Message.more(rest))"] : [])
        }
    }

    private func raw(_ cell: Cell) -> String {
        let value = cell.value?.figure ?? "–"
        return cell.raw == value ? value : "\(value) (\(cell.status.rawValue): “\(cell.raw)”)"
    }
}
