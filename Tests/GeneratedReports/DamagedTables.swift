import ReportModel
import TestSupport

/// How a file prints tables that keep their grid.
public enum GridFormat: String, CaseIterable, Sendable {
    /// A web page.
    case html
    /// A document of a word processor.
    case word
    /// Cells between commas.
    case sheet
    /// Cells between bars, every row as wide as the others.
    case bars
}

/// The official tables of a report that never was, damaged at random, with what each cell says.
///
///     let tables = DamagedTables(seed: 7)
///     let read = try ReportParser().report(from: tables.bytes)
///
/// Columns are added, lost and moved with their heads; rows are added, lost, moved, and lose their
/// labels; cells are lost, merged, struck, corrected and noted. What a cell says is known of every
/// official cell that is still there, so that a reader which is not sure can say so and one that is
/// wrong is found.
public struct DamagedTables: Sendable {
    /// The seed.
    public let seed: UInt64
    /// How the file prints the tables.
    public let format: GridFormat
    /// What was done to them.
    public let damages: [String]
    /// The file.
    public let bytes: [UInt8]
    /// The number that each official cell says; cells that were lost are not here.
    public let truth: [Int: Double]
    /// The official cells that nothing was done to, nor to their rows and columns.
    public let untouched: Set<Int>

    /// Makes the tables of a seed.
    public init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let all = GridFormat.allCases
        let format = all[Int.random(in: 0..<all.count, using: &random)]
        let figures = Figures(form: .form2021, layout: .plain, using: &random)
        let values = figures.cells.compactMapValues(\.value)
        var tables = [
            DamagedTable.counts(values), DamagedTable.fees(values), DamagedTable.requests(values),
            DamagedTable.disputes(values),
        ]
        var damages: [String] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = [0, 0, 1, 2, 2, 2, 3][Int.random(in: 0..<7, using: &random)]
            damages.append(tables[place].damage(format, using: &random))
        }
        self.seed = seed
        self.format = format
        self.damages = damages
        truth = tables.reduce(into: [:]) { all, table in
            all.merge(table.truth) { one, _ in one }
        }
        untouched = tables.reduce(into: []) { $0.formUnion($1.untouched) }
        bytes = DamagedTables.file(tables.map(\.grid), format)
    }

    private static func file(_ grids: [Grid], _ format: GridFormat) -> [UInt8] {
        let parts: [(heading: String, text: String?, grids: [Grid])] = [
            ("一、总体情况", "全年公开航道养护和水位信息20条，均在当天挂网。", []),
            ("二、主动公开政府信息情况", nil, Array(grids[0...1])),
            ("三、收到和处理政府信息公开申请情况", nil, [grids[2]]),
            ("四、政府信息公开行政复议、行政诉讼情况", nil, [grids[3]]),
            ("五、存在的主要问题及改进情况", "部分渡口的公告栏更新偏慢，需要继续改进。", []),
            ("六、其他需要报告的事项", "本年度没有收取信息处理费。", []),
        ]
        var lines = [format.paragraph("云岫县航标养护站2023年政府信息公开工作年度报告")]
        for part in parts {
            lines.append(format.paragraph(part.heading))
            if let text = part.text { lines.append(format.paragraph(text)) }
            lines += part.grids.flatMap(format.table)
        }
        let body = lines.joined(separator: "\n")
        switch format {
        case .html:
            return Array("<!DOCTYPE html><html><body>\n\(body)\n</body></html>".utf8)
        case .word:
            var archive = ZipBuilder()
            archive.add("[Content_Types].xml", Array(Body.wordContentTypes.utf8))
            archive.add("word/document.xml", Array(Body.wordDocument(body).utf8))
            return archive.bytes
        case .sheet, .bars: return Array(body.utf8)
        }
    }
}

extension GridFormat {
    /// Whether a row may be shorter than others and a cell may span several columns.
    var hasSpans: Bool { self == .html || self == .word }

    func paragraph(_ text: String) -> String {
        switch self {
        case .html: "<p>\(text)</p>"
        case .word: Body.wordParagraph(text)
        case .sheet, .bars: text
        }
    }

    /// The lines of a table; a span of a cell is a cell and empty ones where no format has spans.
    func table(_ grid: Grid) -> [String] {
        switch self {
        case .html:
            let rows = grid.rows.map { row in "<tr>" + row.map(Self.htmlCell).joined() + "</tr>" }
            return ["<table>"] + rows + ["</table>"]
        case .word:
            let rows = grid.rows.map { row in
                "<w:tr>" + row.map(Self.wordCell).joined() + "</w:tr>"
            }
            return ["<w:tbl>\(rows.joined())</w:tbl>"]
        case .sheet:
            return grid.expanded.map { row in row.map(Self.sheetCell).joined(separator: ",") }
        case .bars:
            var lines = grid.expanded.map { row -> String in
                let texts = row.map { $0?.text ?? "" }
                return "| " + texts.joined(separator: " | ") + " |"
            }
            lines.insert("|" + String(repeating: " --- |", count: grid.width), at: 1)
            return lines + [""]
        }
    }

    private static func htmlCell(_ cell: Grid.Cell) -> String {
        "<td colspan=\"\(cell.columns)\" rowspan=\"\(cell.rows)\">\(cell.text)</td>"
    }

    private static func wordCell(_ cell: Grid.Cell) -> String {
        let isRun = cell.text.hasPrefix("<w:r")
        let run = isRun ? cell.text : "<w:r><w:t>\(cell.text)</w:t></w:r>"
        let span = "<w:tcPr><w:gridSpan w:val=\"\(cell.columns)\"/></w:tcPr>"
        return "<w:tc>\(span)<w:p>\(run)</w:p></w:tc>"
    }

    private static func sheetCell(_ cell: Grid.Cell?) -> String {
        let text = cell?.text ?? ""
        return text.contains(",") ? "\"\(text)\"" : text
    }
}
