import ReportModel
import TestSupport

/// One official table that can be damaged: columns with heads, rows with labels.
struct DamagedTable {
    private struct Column {
        var head: String
        /// The number of the official column; nil when it is none.
        var official: Int?
        /// The head above it; nil when none.
        var span: String?
    }

    private struct Row {
        var label: String
        /// The fields of its official columns; none for a row that the form does not have.
        var fields: [Int]
        /// The texts of the cells, column after column.
        var texts: [String]
        /// The place of a cell that spans the next one too; nil when none does.
        var merged: Int?
        /// The column whose cell is gone from the texts; nil when each has one.
        var gap: Int?
    }

    private var columns: [Column]
    private var rows: [Row]
    /// A line over the heads, such as 第二十条第（一）项.
    private let title: String?
    private let hasLabels: Bool
    private(set) var truth: [Int: Double]
    private(set) var untouched: Set<Int>
    /// The fields of rows that are printed twice, and so say what they say whatever becomes of one.
    private var twins: Set<Int> = []
    /// The table below this one in the same grid, of one number a row.
    private var fee: (head: String, text: String)?

    private init(
        title: String?, columns: [Column], rows: [Row], values: [Int: Double],
        hasLabels: Bool = true
    ) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.hasLabels = hasLabels
        let fields = rows.flatMap(\.fields)
        truth = values.filter { fields.contains($0.key) }
        untouched = Set(fields)
    }

    private static func texts(_ fields: [Int], _ values: [Int: Double]) -> [String] {
        fields.map { values[$0]?.figure ?? "" }
    }

    /// The table of article 20(1).
    static func counts(_ values: [Int: Double]) -> DamagedTable {
        let heads = ["本年制发件数", "本年废止件数", "现行有效件数"]
        let official = OfficialForm.form2021.rows.filter {
            $0.section == 2 && $0.columns.count == 3
        }
        return DamagedTable(
            title: "第二十条第（一）项",
            columns: heads.enumerated().map { Column(head: $1, official: $0) },
            rows: official.map { row in
                let fields = OfficialForm.fields(of: row)
                return Row(label: row.label, fields: fields, texts: texts(fields, values))
            }, values: values)
    }

    /// The table of article 20(8), or of its unit.
    static func fees(_ values: [Int: Double]) -> DamagedTable {
        let official = OfficialForm.form2021.rows.filter { $0.key == "proactive.fees" }
        return DamagedTable(
            title: "第二十条第（八）项",
            columns: [Column(head: "本年收费金额（单位：万元）", official: 0)],
            rows: official.map { row in
                let fields = OfficialForm.fields(of: row)
                return Row(label: row.label, fields: fields, texts: texts(fields, values))
            }, values: values)
    }

    /// The third table.
    static func requests(_ values: [Int: Double]) -> DamagedTable {
        let names = [
            "requests.new": "一、本年新收政府信息公开申请数量", "requests.carried_in": "二、上年结转政府信息公开申请数量",
            "requests.granted": "（一）予以公开", "requests.results_total": "（七）总计",
            "requests.carried_out": "四、结转下年度继续办理",
        ]
        let official = OfficialForm.form2021.rows.filter { $0.section == 3 }
        let columns = ApplicantColumn.allCases.enumerated().map { place, column in
            Column(
                head: column.label, official: place,
                span: ApplicantColumn.organisations.contains(column) ? "法人或其他组织" : nil)
        }
        return DamagedTable(
            title: nil, columns: columns,
            rows: official.map { row in
                let fields = OfficialForm.fields(of: row)
                return Row(
                    label: names[row.key] ?? row.label, fields: fields, texts: texts(fields, values)
                )
            }, values: values)
    }

    /// The fourth table: one row without a label.
    static func disputes(_ values: [Int: Double]) -> DamagedTable {
        let official = OfficialForm.form2021.disputeRows
        let spans = ["行政复议", "未经复议直接起诉", "复议后起诉"]
        let columns = spans.enumerated().flatMap { block, span in
            OutcomeColumn.allCases.enumerated().map { place, outcome in
                Column(head: outcome.label, official: block * 5 + place, span: span)
            }
        }
        let fields = official.flatMap(OfficialForm.fields(of:))
        return DamagedTable(
            title: nil, columns: columns,
            rows: [Row(label: "", fields: fields, texts: texts(fields, values))], values: values,
            hasLabels: false)
    }

    // MARK: Damage

    /// Damages the table and says how.
    mutating func damage(_ format: GridFormat, using random: inout SeededGenerator) -> String {
        let kinds =
            columns.count == 1
            ? ["unit", "odd cell", "odd cell", "row twice"]
            : !hasLabels
                ? ["odd cell", "odd cell", "column more", "columns moved"]
                : [
                    "odd cell", "odd cell", "odd cell", "column more", "column less",
                    "columns moved",
                    "row more", "row less", "rows swapped", "label lost", "cell lost",
                    "cells merged", "row twice",
                ]
        guard !rows.isEmpty else { return "nothing" }
        let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
        let row = Int.random(in: 0..<rows.count, using: &random)
        switch kind {
        case "odd cell": return kind + " " + makeOdd(row, format, using: &random)
        case "unit": changeUnit()
        case "column more": addColumn(using: &random)
        case "column less": removeColumn(using: &random)
        case "columns moved": moveColumns(using: &random)
        case "row more": addRow(after: row, using: &random)
        case "row less":
            forget(rows[row].fields.filter { !twins.contains($0) })
            rows.remove(at: row)
        case "rows swapped": rows.swapAt(row, Int.random(in: 0..<rows.count, using: &random))
        case "label lost":
            untouched.subtract(rows[row].fields)
            rows[row].label = ""
        case "cell lost": loseCell(row, format, using: &random)
        case "cells merged": if format.hasSpans { mergeCells(row, using: &random) }
        default:
            // Only of a row that says what it says.
            if untouched.isSuperset(of: rows[row].fields) { rows.append(rows[row]) }
            twins.formUnion(rows[row].fields)
        }
        return kind
    }

    private mutating func forget(_ fields: [Int]) {
        for field in fields { truth[field] = nil }
        untouched.subtract(fields)
    }

    /// The field of a cell; nil when it is none of the form's.
    private func field(_ row: Int, _ column: Int) -> Int? {
        guard let official = columns[column].official, official < rows[row].fields.count else {
            return nil
        }
        return rows[row].fields[official]
    }

    private mutating func makeOdd(
        _ row: Int, _ format: GridFormat, using random: inout SeededGenerator
    ) -> String {
        let column = Int.random(in: 0..<columns.count, using: &random)
        guard rows[row].texts.indices.contains(column) else { return "none" }
        // Once: of a word with another number beside it nobody knows what the cell says.
        let text = rows[row].texts[column]
        guard text.isEmpty || Double(text) != nil else { return "none" }
        let odd = OddCell.any(text, format, using: &random)
        rows[row].texts[column] = odd.text
        let place = rows[row].gap.map { column < $0 ? column : column + 1 } ?? column
        if let field = field(row, place) {
            untouched.remove(field)
            if !odd.isValid, !twins.contains(field) { truth[field] = nil }
        }
        return odd.kind
    }

    private mutating func changeUnit() {
        columns[0].head = "本年收费金额（单位：元）"
        for index in rows.indices {
            untouched.subtract(rows[index].fields)
            guard let value = truth[rows[index].fields[0]] else { continue }
            rows[index].texts[0] = (value * 10_000).rounded().figure
        }
    }

    /// Whether every row has a cell for each column, so that columns can be moved.
    private var isWhole: Bool { rows.allSatisfy { $0.texts.count == columns.count } }

    private mutating func addColumn(using random: inout SeededGenerator) {
        guard isWhole else { return }
        let place = Int.random(in: 0...columns.count, using: &random)
        let heads = ["上年数", "上年制发件数", "上年总计", "同比增减", "备注", "去年同期"]
        let span =
            place > 0 && place < columns.count && columns[place - 1].span == columns[place].span
            ? columns[place].span : nil
        columns.insert(
            Column(head: heads[Int.random(in: 0..<heads.count, using: &random)], span: span),
            at: place)
        for index in rows.indices where rows[index].texts.count >= place {
            let text =
                Int.random(in: 0..<5, using: &random) == 0
                ? "" : "\(Int.random(in: 0...60, using: &random))"
            rows[index].texts.insert(text, at: place)
        }
        untouched = []
    }

    private mutating func removeColumn(using random: inout SeededGenerator) {
        guard isWhole else { return }
        guard columns.count > 2 else { return }
        let place = Int.random(in: 0..<columns.count, using: &random)
        for row in rows.indices {
            if let field = field(row, place) { forget([field]) }
            if rows[row].texts.indices.contains(place) { rows[row].texts.remove(at: place) }
        }
        columns.remove(at: place)
        untouched = []
    }

    /// Moves columns below the same head, so that heads over heads stay whole.
    private mutating func moveColumns(using random: inout SeededGenerator) {
        guard isWhole else { return }
        let spans = Set(columns.map { $0.span ?? "" }).sorted()
        let span = spans[Int.random(in: 0..<spans.count, using: &random)]
        let places = columns.indices.filter { columns[$0].span ?? "" == span }
        guard places.count > 1 else { return }
        let order = places.shuffled(using: &random)
        let old = columns
        for (place, source) in zip(places, order) { columns[place] = old[source] }
        for index in rows.indices where rows[index].texts.count == old.count {
            let texts = rows[index].texts
            for (place, source) in zip(places, order) { rows[index].texts[place] = texts[source] }
        }
        untouched = []
    }

    private mutating func addRow(after row: Int, using random: inout SeededGenerator) {
        let labels = [
            "9.属于工作秘密", "其中：属于商业秘密", "上年同期数", "属于个人隐私", "其他主动公开文件", "所占比例",
        ]
        let label = labels[Int.random(in: 0..<labels.count, using: &random)]
        let texts = columns.map { _ in "\(Int.random(in: 0...40, using: &random))" }
        rows.insert(Row(label: label, fields: [], texts: texts), at: row + 1)
    }

    private mutating func loseCell(
        _ row: Int, _ format: GridFormat, using random: inout SeededGenerator
    ) {
        guard rows[row].texts.count == columns.count, rows[row].merged == nil else { return }
        let place = Int.random(in: 0..<columns.count, using: &random)
        untouched.subtract(rows[row].fields)
        if let field = field(row, place), !twins.contains(field) { truth[field] = nil }
        // Where every row is as wide as the others it is left empty.
        if format.hasSpans {
            rows[row].texts.remove(at: place)
            rows[row].gap = place
        } else {
            rows[row].texts[place] = ""
        }
    }

    private mutating func mergeCells(_ row: Int, using random: inout SeededGenerator) {
        guard rows[row].texts.count == columns.count else { return }
        let place = Int.random(in: 0..<(columns.count - 1), using: &random)
        untouched.subtract(rows[row].fields)
        for column in [place, place + 1] {
            if let field = field(row, column), !twins.contains(field) { truth[field] = nil }
        }
        rows[row].texts.remove(at: place + 1)
        rows[row].merged = place
        rows[row].gap = place + 1
    }

    // MARK: The grid

    /// The table as rows of cells with spans.
    var grid: Grid {
        let before = hasLabels ? 1 : 0
        var grid = Grid(width: before + columns.count)
        if let title { grid.rows.append([Grid.Cell(text: title, columns: grid.width)]) }
        let isNested = columns.contains { $0.span != nil }
        let corner = hasLabels ? [Grid.Cell(text: isNested ? "申请人情况" : "信息内容")] : []
        if isNested {
            var spans: [Grid.Cell] = []
            var last: String??
            for column in columns {
                if let known = last, known == column.span, column.span != nil {
                    spans[spans.count - 1].columns += 1
                } else {
                    spans.append(Grid.Cell(text: column.span ?? column.head))
                }
                last = .some(column.span)
            }
            grid.rows.append(corner + spans)
        }
        grid.rows.append(corner + columns.map { Grid.Cell(text: $0.head) })
        for row in rows {
            var cells = row.texts.map { Grid.Cell(text: $0, isValue: true) }
            if let merged = row.merged, merged < cells.count { cells[merged].columns = 2 }
            grid.rows.append((hasLabels ? [Grid.Cell(text: row.label)] : []) + cells)
        }
        return grid
    }
}

/// What a cell may print beside its number.
struct OddCell {
    let kind: String
    let text: String
    /// Whether its number still says what the cell says.
    var isValid = true

    static func any(
        _ number: String, _ format: GridFormat, using random: inout SeededGenerator
    ) -> OddCell {
        let other = "\(Int.random(in: 1...400, using: &random))"
        var cells = [
            OddCell(kind: "star", text: number + "*"),
            OddCell(kind: "circle", text: number + "②"),
            OddCell(kind: "superscript", text: number + "²"),
            OddCell(kind: "mark", text: number + "[1]"),
            OddCell(kind: "note", text: number + "（其中修订1件）"),
            OddCell(kind: "unit", text: number + "件"),
            OddCell(kind: "arrow", text: other + "→" + number, isValid: false),
            OddCell(kind: "two numbers", text: other + " " + number, isValid: false),
            OddCell(kind: "slash", text: other + "/" + number, isValid: false),
            OddCell(kind: "word", text: "见附件", isValid: false),
            OddCell(kind: "percent", text: number + "%", isValid: false),
            OddCell(kind: "lost character", text: number + "\u{FFFD}", isValid: false),
            OddCell(kind: "letter", text: number + "O", isValid: false),
            OddCell(kind: "year", text: "2022年" + number, isValid: false),
        ]
        switch format {
        case .html: cells += html(number, beside: other)
        case .word: cells += word(number, beside: other)
        case .bars:
            cells += [
                OddCell(kind: "struck", text: "~~\(other)~~\(number)"),
                OddCell(kind: "foot-note", text: number + "[^1]"),
            ]
        case .sheet: break
        }
        // Beside nothing the other number is the only one.
        if number.isEmpty { cells.removeAll { $0.text.contains(other) } }
        return cells[Int.random(in: 0..<cells.count, using: &random)]
    }

    private static func html(_ number: String, beside other: String) -> [OddCell] {
        [
            OddCell(kind: "struck", text: "<del>\(other)</del>\(number)"),
            OddCell(
                kind: "struck by style",
                text: "<span style=\"text-decoration: line-through\">\(other)</span>\(number)"),
            OddCell(kind: "inserted", text: "<s>\(other)</s><ins>\(number)</ins>"),
            OddCell(
                kind: "added", text: "\(other)<ins>\(number)</ins>", isValid: false),
            OddCell(kind: "raised", text: "\(number)<sup>3</sup>"),
            OddCell(kind: "line end", text: "\(other)<br>\(number)", isValid: false),
            OddCell(
                kind: "hidden", text: "<span style=\"display:none\">\(other)</span>\(number)"),
            OddCell(
                kind: "paragraphs", text: "<p>\(other)</p><p>\(number)</p>", isValid: false),
        ]
    }

    private static func word(_ number: String, beside other: String) -> [OddCell] {
        func run(_ text: String, _ look: String = "") -> String {
            "<w:r><w:rPr>\(look)</w:rPr><w:t>\(text)</w:t></w:r>"
        }
        return [
            OddCell(kind: "struck", text: run(other, "<w:strike/>") + run(number)),
            OddCell(
                kind: "raised",
                text: run(number) + run("3", "<w:vertAlign w:val=\"superscript\"/>")),
            OddCell(kind: "hidden", text: run(other, "<w:vanish/>") + run(number)),
            OddCell(
                kind: "revised",
                text: "<w:r/><w:del>\(run(other))</w:del><w:ins>\(run(number))</w:ins>"),
            OddCell(
                kind: "line end", text: run(other) + "<w:r><w:br/></w:r>" + run(number),
                isValid: false),
            OddCell(
                kind: "foot-note",
                text: run(number) + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"),
        ]
    }
}
