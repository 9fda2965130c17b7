import ReportModel
import TestSupport

/// Grids as the lines of a file.
struct PrintedTables {
    let layout: TableLayout
    let grids: TableGrids
    /// Whether a blank cell still takes its place, which words between spaces cannot show.
    var keepsBlanks: Bool {
        switch layout {
        case .spaces, .brokenGroups, .lostLabels, .labelsAway, .cellLines, .cellLinesBlank: false
        default: true
        }
    }

    /// The lines of a section's table.
    func lines(section: Int, using random: inout SeededGenerator) -> [String] {
        switch section {
        case 2: return print(grids.proactive(), using: &random)
        case 3:
            if layout == .smallTables { return smallTables(grids.requests()) }
            return print(grids.requests(), using: &random)
        default:
            let apart = layout == .disputesApart || layout == .smallTables
            if apart { return grids.disputesApart().flatMap { print($0, using: &random) } }
            var grid = grids.disputes()
            if layout == .pipesNoHeads { grid.rows.removeFirst(3) }
            if layout == .disputesGlued {
                grid.rows[0] = [Grid.Cell(text: "行政复议行政诉讼", columns: 15)]
            }
            return print(grid, using: &random)
        }
    }

    private func print(_ grid: Grid, using random: inout SeededGenerator) -> [String] {
        switch layout {
        case .spaces, .disputesApart: words(grid, brokenGroups: false, using: &random)
        case .brokenGroups: words(grid, brokenGroups: true, using: &random)
        case .lostLabels: words(grid, brokenGroups: false, lostLabels: true, using: &random)
        case .labelsAway: labelsAway(grid)
        case .tabs: tabs(grid)
        case .lostTabs: lostTabs(grid, using: &random)
        case .pipes, .pipesNoHeads, .disputesGlued: pipes(grid, leading: false)
        case .leadingPipes, .smallTables: pipes(grid, leading: true)
        case .cellAndPipe: stream(grid).map { $0.text + " |" }
        case .lonePipes: stream(grid).flatMap { [$0.text, "|"] }
        case .cellLines: stream(grid).map(\.text)
        case .cellLinesBlank: cellLines(grid, using: &random)
        case .brokenPipes:
            grid.rows.flatMap { row in row.flatMap { ["|", " \($0.text) "] } + ["|"] }
        case .pipeNoise:
            [String(repeating: "|", count: Int.random(in: 200...900, using: &random))]
                + pipes(grid, leading: true)
        case .html, .htmlInText: html(grid)
        case .word: word(grid)
        }
    }

    private func stream(_ grid: Grid) -> [Grid.Cell] { grid.rows.flatMap(\.self) }

    private func words(
        _ grid: Grid, brokenGroups: Bool, lostLabels: Bool = false,
        using random: inout SeededGenerator
    ) -> [String] {
        grid.rows.enumerated().flatMap { index, row -> [String] in
            var row = row
            if lostLabels, index > 4, index % 6 == 0, row.count >= 8 {
                row = Array(row.suffix(7))
            }
            let line = row.map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
            guard brokenGroups, let first = row.first, first.rows > 1, row.count > 3,
                !first.isValue, first.text.count > 4, index > 3
            else { return [line] }
            let rest = row.dropFirst().map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
            let cut = Int.random(in: 3..<first.text.count, using: &random)
            let (head, tail) = (String(first.text.prefix(cut)), String(first.text.dropFirst(cut)))
            return Bool.random(using: &random)
                ? [head, "", tail, "", rest] : ["\(head) \(rest)", " \(tail)"]
        }
    }

    /// All labels first, then all rows of numbers, as some extractors print a page.
    private func labelsAway(_ grid: Grid) -> [String] {
        guard grid.width == 10 else {
            return grid.rows.map { $0.map(\.text).joined(separator: " ") }
        }
        let body = Array(grid.rows.dropFirst(3))
        let heads = grid.rows.prefix(3).map { $0.map(\.text).joined(separator: " ") }
        func half(_ rows: [[Grid.Cell]]) -> [String] {
            rows.map { $0.filter { !$0.isValue }.map(\.text).joined(separator: " ") }
                + rows.map { $0.filter(\.isValue).map(\.text).joined(separator: " ") }
        }
        return heads + half(Array(body.prefix(12))) + half(Array(body.dropFirst(12)))
    }

    private func tabs(_ grid: Grid) -> [String] {
        grid.expanded.map { $0.map { $0?.text ?? "" }.joined(separator: "\t") }
    }

    /// Tabs in which cells that a span above covers are lost on some rows.
    private func lostTabs(_ grid: Grid, using random: inout SeededGenerator) -> [String] {
        grid.expanded.map { row in
            var cells = row.map { $0?.text ?? "" }
            let lost = Int.random(in: 0...2, using: &random)
            for _ in 0..<lost where cells.first == "" { cells.removeFirst() }
            if Bool.random(using: &random) {
                // The span of a label is lost, and a rest of it stands at the row's end.
                if let label = row.firstIndex(where: { ($0?.columns ?? 1) > 1 }),
                    row[label]?.isValue == false, label + 1 < cells.count, lost == 0
                {
                    cells.remove(at: label + 1)
                    cells.append("")
                }
            }
            return cells.joined(separator: "\t")
        }
    }

    private func pipes(_ grid: Grid, leading: Bool) -> [String] {
        let lines = grid.rows.map { row in
            (leading ? "| " : "")
                + row.map { $0.text + " |" + String(repeating: "|", count: $0.columns - 1) }
                .joined(separator: " ")
        }
        guard leading, let first = lines.first else { return lines }
        return [first, "|" + String(repeating: " --- |", count: grid.width)] + lines.dropFirst()
    }

    private func cellLines(_ grid: Grid, using random: inout SeededGenerator) -> [String] {
        stream(grid).flatMap { cell -> [String] in
            let text = cell.text
            if !cell.isValue, text.count >= 4, text.count < 9, Bool.random(using: &random) {
                return [String(text.prefix(2)), String(text.dropFirst(2)), ""]
            }
            return [text, ""]
        }
    }

    /// One small table a group of rows, with heads that the reader made up.
    private func smallTables(_ grid: Grid) -> [String] {
        let heads = "| 项目 |" + (1...7).map { " 数据\($0) |" }.joined()
        let rule = "|" + String(repeating: " --- |", count: 8)
        var lines: [String] = []
        for row in grid.rows.dropFirst(3) {
            let labels = row.filter { !$0.isValue }
            if lines.isEmpty || labels.count > 1 || row.first?.columns == 3 {
                if !lines.isEmpty { lines.append("") }
                if let group = labels.dropLast().last { lines += [group.text, ""] }
                lines += [heads, rule]
            }
            let cells = [labels.last?.text ?? ""] + row.filter(\.isValue).map(\.text)
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines
    }

    private func html(_ grid: Grid) -> [String] {
        ["<table>"]
            + grid.rows.map { row in
                "<tr>"
                    + row.map { cell in
                        let rows = cell.rows > 1 ? " rowspan=\"\(cell.rows)\"" : ""
                        let columns = cell.columns > 1 ? " colspan=\"\(cell.columns)\"" : ""
                        return
                            "<td\(rows)\(columns)>\(cell.text.isEmpty ? "&nbsp;" : cell.text)</td>"
                    }.joined() + "</tr>"
            } + ["</table>"]
    }

    /// A table of a word processor, on one line.
    private func word(_ grid: Grid) -> [String] {
        // The span above that covers a place goes on in a cell of its own.
        var open: [Int: (left: Int, columns: Int)] = [:]
        let rows = grid.expanded.map { row in
            var cells = ""
            var column = 0
            while column < row.count {
                if let cell = row[column] {
                    let merge = cell.rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : ""
                    cells += Self.wordCell(cell.text, columns: cell.columns, merge: merge)
                    open[column] = (cell.rows - 1, cell.columns)
                    column += cell.columns
                } else if let above = open[column], above.left > 0 {
                    cells += Self.wordCell("", columns: above.columns, merge: "<w:vMerge/>")
                    open[column] = (above.left - 1, above.columns)
                    column += above.columns
                } else {
                    column += 1
                }
            }
            return "<w:tr>\(cells)</w:tr>"
        }
        return ["<w:tbl>\(rows.joined())</w:tbl>"]
    }

    private static func wordCell(_ text: String, columns: Int, merge: String) -> String {
        let span = columns > 1 ? "<w:gridSpan w:val=\"\(columns)\"/>" : ""
        return "<w:tc><w:tcPr>\(span)\(merge)</w:tcPr>\(Body.wordParagraph(text))</w:tc>"
    }
}
