import ReportModel
import TestSupport

/// A table as rows of cells with spans, the form that every printed layout is made from.
struct Grid {
    /// One cell, at the place where its span begins.
    struct Cell {
        var text: String
        var columns = 1
        var rows = 1
        /// Whether the cell holds a value rather than a label.
        var isValue = false
    }

    /// The rows; cells that a span above covers are not there.
    var rows: [[Cell]] = []
    /// The number of columns.
    var width: Int

    /// Every row filled to the grid's width: nil where a span of this row or one above covers.
    var expanded: [[Cell?]] {
        var covered: [Int: Int] = [:]
        return rows.map { row in
            var cells: [Cell?] = []
            var rest = row[...]
            while cells.count < width {
                if let left = covered[cells.count], left > 0 {
                    covered[cells.count] = left - 1
                    cells.append(nil)
                } else if let cell = rest.popFirst() {
                    for offset in 0..<cell.columns {
                        covered[cells.count + offset] = cell.rows - 1
                    }
                    cells.append(cell)
                    cells += Array(repeating: nil, count: cell.columns - 1)
                } else {
                    cells.append(nil)
                }
            }
            return cells
        }
    }
}

/// The official tables of one report as grids.
struct TableGrids {
    let form: OfficialForm
    let figures: Figures
    let label: LabelLayout
    let single: Bool

    private func values(_ row: OfficialRow) -> [Grid.Cell] {
        let texts = OfficialForm.fields(of: row).map { figures.cells[$0]?.text ?? "" }
        if single, row.section == 3 {
            return [Grid.Cell(text: texts[6], columns: 1, isValue: true)]
                + (0..<6).map { _ in Grid.Cell(text: "", isValue: true) }
        }
        return texts.map { Grid.Cell(text: $0, isValue: true) }
    }

    // MARK: The second table

    private func clause(_ number: String) -> String {
        label == .clause ? "第二十条（\(number)）项" : "第二十条第（\(number)）项"
    }

    private func headRow(_ heads: [String], _ instructions: Bool) -> [Grid.Cell] {
        let texts = ["信息内容"] + heads
        let last = 4 - heads.count
        return texts.enumerated().map { index, text in
            var text = text
            if label == .typos { text = typo(text) }
            if label == .annotations, text == "现行有效件数" { text += "（历史累计）" }
            if instructions, index == 1 { text += "（指2019年事项数，如-8）" }
            return Grid.Cell(text: text, columns: index == texts.count - 1 ? last : 1)
        }
    }

    private func typo(_ text: String) -> String {
        [
            "现行有效件数": "现行有效件", "本年处理决定数量": "本年处理绝对数量", "行政事业性收费": "行政事业型收费",
            "其他法律行政法规禁止公开": "其他法律法规禁止公开", "上年结转政府信息公开申请数量": "上年结转政府信息公开数量",
        ][text] ?? text
    }

    /// The second table.
    func proactive() -> Grid {
        var grid = Grid(width: 4)
        func section(_ number: String, _ heads: [String], _ keys: [String]) {
            grid.rows.append([Grid.Cell(text: clause(number), columns: 4)])
            grid.rows.append(headRow(heads, label == .instructions))
            for row in form.rows where row.section == 2 && keys.contains(row.key) {
                var name = row.label
                if label == .shortNormative, name == "行政规范性文件" { name = "规范性文件" }
                if label == .typos { name = typo(name) }
                var cells = values(row)
                cells[cells.count - 1].columns = 4 - cells.count
                grid.rows.append([Grid.Cell(text: name)] + cells)
            }
        }
        if form == .form2019 {
            let items = ["上一年项目数量", "本年增/减", "处理决定数量"]
            section(
                "一", ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
                ["proactive19.regulations", "proactive19.normative_docs"])
            section(
                "五", items, ["proactive19.licensing", "proactive19.other_external_management"])
            section("六", items, ["proactive19.penalties", "proactive19.coercion"])
            section("八", ["上一年项目数量", "本年增/减"], ["proactive19.fees"])
            section("九", ["采购项目数量", "采购总金额"], ["proactive19.procurement"])
        } else {
            section(
                "一",
                label == .hybrid
                    ? ["本年新制作数量", "本年新公开数量", "对外公开总数量"] : ["本年制发件数", "本年废止件数", "现行有效件数"],
                ["proactive.regulations", "proactive.normative_docs"])
            if label == .extraRow {
                grid.rows.append(
                    [Grid.Cell(text: "其他主动公开文件")]
                        + ["37", "2", "411"].map { Grid.Cell(text: $0, isValue: true) })
            }
            section("五", ["本年处理决定数量"], ["proactive.licensing"])
            section("六", ["本年处理决定数量"], ["proactive.penalties", "proactive.coercion"])
            section("八", ["本年收费金额（单位：万元，保留4位小数）"], ["proactive.fees"])
        }
        return grid
    }

    // MARK: The third table

    private static let groups: [(name: String, number: String)] = [
        ("不予公开", "三"), ("无法提供", "四"), ("不予处理", "五"), ("其他处理", "六"),
    ]

    private static let printed: [String: String] = [
        "requests.new": "一、本年新收政府信息公开申请数量",
        "requests.carried_in": "二、上年结转政府信息公开申请数量",
        "requests.granted": "（一）予以公开",
        "requests.partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "requests.denied.security_stability": "危及“三安全一稳定”",
        "requests.other_handling.no_correction": "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "requests.other_handling.fee_unpaid": "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "requests.other_handling": "（六）其他处理",
        "requests.results_total": "（七）总计",
        "requests.carried_out": "四、结转下年度继续办理",
    ]

    private static let columnHeads: [[Grid.Cell]] = [
        [
            Grid.Cell(text: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", columns: 3, rows: 3),
            Grid.Cell(text: "申请人情况", columns: 7),
        ],
        [
            Grid.Cell(text: "自然人", rows: 2), Grid.Cell(text: "法人或其他组织", columns: 5),
            Grid.Cell(text: "总计", rows: 2),
        ],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"].map { Grid.Cell(text: $0) },
    ]

    /// The printed label of a row, with its number.
    func printedLabel(_ row: OfficialRow) -> String {
        let text = Self.printed[row.key] ?? (label == .typos ? typo(row.label) : row.label)
        guard let group = row.group else {
            if label == .typos, row.key == "requests.carried_in" {
                return "二、上年结转政府信息公开数量"
            }
            return text
        }
        let place = form.rows.filter { $0.group == group }.firstIndex { $0.key == row.key } ?? 0
        let number = "\(place + 1)."
        if label == .pageInLabel, text.count > 12 {
            return number + text.prefix(8) + "— 6 —" + text.dropFirst(8)
        }
        return number + text
    }

    /// The third table.
    func requests() -> Grid {
        var grid = Grid(rows: Self.columnHeads, width: 10)
        let rows = form.rows.filter { $0.section == 3 }
        var group: String?
        for row in rows {
            var cells: [Grid.Cell] = []
            if row.key == "requests.granted" {
                cells.append(Grid.Cell(text: "三、本年度办理结果", rows: rows.count - 3))
            }
            if let name = row.group {
                if name != group {
                    let number = Self.groups.first { $0.name == name }?.number ?? "三"
                    cells.append(
                        Grid.Cell(
                            text: "（\(number)）\(name)", rows: rows.count { $0.group == name }))
                }
                cells.append(Grid.Cell(text: printedLabel(row)))
            } else {
                let isEnd = ["requests.new", "requests.carried_in", "requests.carried_out"]
                    .contains(row.key)
                cells.append(Grid.Cell(text: printedLabel(row), columns: isEnd ? 3 : 2))
            }
            group = row.group
            grid.rows.append(cells + values(row))
        }
        return grid
    }

    // MARK: The fourth table

    /// The fourth table as one row of fifteen numbers.
    func disputes() -> Grid {
        let outcomes = OutcomeColumn.allCases.map(\.label)
        return Grid(
            rows: [
                [
                    Grid.Cell(text: "行政复议", columns: 5), Grid.Cell(text: "行政诉讼", columns: 10),
                ],
                outcomes.map { Grid.Cell(text: $0, rows: 2) }
                    + [
                        Grid.Cell(text: "未经复议直接起诉", columns: 5),
                        Grid.Cell(text: "复议后起诉", columns: 5),
                    ],
                (outcomes + outcomes).map { Grid.Cell(text: $0) },
                form.disputeRows.flatMap(values),
            ], width: 15)
    }

    /// The fourth table as three tables.
    func disputesApart() -> [Grid] {
        form.disputeRows.map { row in
            Grid(
                rows: [
                    [Grid.Cell(text: row.label, columns: 5)],
                    row.columnNames.map { Grid.Cell(text: $0) }, values(row),
                ], width: 5)
        }
    }
}
