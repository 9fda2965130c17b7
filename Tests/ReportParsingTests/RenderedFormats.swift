import ReportModel
import TestSupport

/// A report as blocks that every format can print.
struct RenderedReport {
    struct Cell {
        let text: String
        var columns = 1
        var rows = 1
    }

    enum Block {
        case title(String)
        case heading(String)
        case paragraph(String)
        case table([[Cell]])
    }

    private(set) var blocks: [Block] = []

    private static let numbers = ["一", "二", "三", "四", "五", "六", "七"]

    init(_ report: Report) {
        if let title = report.title { blocks.append(.title(title)) }
        var subsection: String?
        for section in 1...6 {
            let heading = report.headings.first { $0.section == section }
            blocks.append(.heading("\(Self.numbers[section - 1])、\(heading?.title ?? "")"))
            for passage in report.passages where passage.section == section {
                if let name = passage.subsection, name != subsection {
                    blocks.append(.paragraph(name))
                }
                subsection = passage.subsection
                blocks.append(.paragraph(passage.text))
            }
            switch section {
            case 2: blocks.append(.table(Self.proactive(report)))
            case 3: blocks.append(.table(Self.requests(report)))
            case 4: blocks.append(.table(Self.disputes(report)))
            default: break
            }
        }
    }

    // MARK: Tables with the spans of the official form

    private static func values(_ row: OfficialRow, _ report: Report) -> [Cell] {
        OfficialForm.fields(of: row).map { Cell(text: report.statistics[$0]?.raw ?? "") }
    }

    private static func proactive(_ report: Report) -> [[Cell]] {
        let heads = [
            "规章": ("一", ["本年制发件数", "本年废止件数", "现行有效件数"]), "行政许可": ("五", ["本年处理决定数量"]),
            "行政处罚": ("六", ["本年处理决定数量"]), "行政事业性收费": ("八", ["本年收费金额（单位：万元）"]),
        ]
        return report.form.rows.filter { $0.section == 2 }.flatMap { row -> [[Cell]] in
            var rows: [[Cell]] = []
            if let (item, columns) = heads[row.label] {
                rows.append([Cell(text: "第二十条第（\(item)）项", columns: 4)])
                let span = columns.count == 1 ? 3 : 1
                rows.append(
                    [Cell(text: "信息内容")] + columns.map { Cell(text: $0, columns: span) })
            }
            var cells = values(row, report)
            if cells.count == 1 { cells[0].columns = 3 }
            return rows + [[Cell(text: row.label)] + cells]
        }
    }

    private static func requests(_ report: Report) -> [[Cell]] {
        var rows: [[Cell]] = [
            [
                Cell(text: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", columns: 3, rows: 3),
                Cell(text: "申请人情况", columns: 7),
            ],
            [
                Cell(text: "自然人", rows: 2), Cell(text: "法人或其他组织", columns: 5),
                Cell(text: "总计", rows: 2),
            ],
            ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"].map { Cell(text: $0) },
        ]
        let official = report.form.rows.filter { $0.section == 3 }
        let results = official.count - 3
        var number = 0
        for (index, row) in official.enumerated() {
            var cells: [Cell] = []
            switch row.key {
            case "requests.new": cells = [Cell(text: "一、" + row.label, columns: 3)]
            case "requests.carried_in": cells = [Cell(text: "二、" + row.label, columns: 3)]
            case "requests.carried_out": cells = [Cell(text: "四、" + row.label, columns: 3)]
            default:
                if row.key == "requests.granted" {
                    cells.append(Cell(text: "三、本年度办理结果", rows: results))
                }
                if let group = row.group {
                    if official[index - 1].group != group {
                        number = 0
                        let count = official.count { $0.group == group }
                        cells.append(Cell(text: group, rows: count))
                    }
                    number += 1
                    cells.append(Cell(text: "\(number)." + row.label))
                } else {
                    cells.append(Cell(text: row.label, columns: 2))
                }
            }
            rows.append(cells + values(row, report))
        }
        return rows
    }

    private static func disputes(_ report: Report) -> [[Cell]] {
        let outcomes = OutcomeColumn.allCases.map { Cell(text: $0.label) }
        return [
            [Cell(text: "行政复议", columns: 5, rows: 2), Cell(text: "行政诉讼", columns: 10)],
            [Cell(text: "未经复议直接起诉", columns: 5), Cell(text: "复议后起诉", columns: 5)],
            outcomes + outcomes + outcomes,
            report.form.disputeRows.flatMap { values($0, report) },
        ]
    }

    // MARK: Formats

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    /// A page with the furniture of a site around the report.
    var html: String {
        let body = blocks.map { block in
            switch block {
            case .title(let text): "<h1>\(Self.escaped(text))</h1>"
            case .heading(let text): "<p><strong>\(Self.escaped(text))</strong></p>"
            case .paragraph(let text):
                "<p style=\"text-indent:2em\"><span>&nbsp;&nbsp;\(Self.escaped(text))</span></p>"
            case .table(let rows):
                "<table border=1>\n"
                    + rows.map { row in
                        "<tr>"
                            + row.map { cell in
                                "<td colspan=\(cell.columns) rowspan='\(cell.rows)'>\n<p>"
                                    + (cell.text.isEmpty ? "&nbsp;" : Self.escaped(cell.text))
                                    + "</p></td>"
                            }.joined() + "</tr>\n"
                    }.joined() + "</table>"
            }
        }.joined(separator: "\n")
        return """
            <!DOCTYPE html><html><head><title>年报_某网</title><style>p{margin:0}</style></head><body>
            <div class="nav"><a href="/">首页</a></div><p>当前位置：首页 &gt; 年报</p>
            <table width=100%><tr><td><div id="zoom">
            \(body)
            </div></td></tr></table>
            <p>扫一扫在手机打开当前页</p><div class="footer">版权所有</div></body></html>
            """
    }

    /// Markdown with pipes; a spanned cell is printed once and leaves empty ones.
    var markdown: String {
        blocks.map { block in
            switch block {
            case .title(let text): "# \(text)\n"
            case .heading(let text): "## \(text)\n"
            case .paragraph(let text): text.replacing("*", with: "\\*") + "\n"
            case .table(let rows):
                rows.enumerated().map { index, row in
                    "| " + row.map(\.text).joined(separator: " | ") + " |"
                        + (index == 0 ? "\n|" + row.map { _ in " --- |" }.joined() : "")
                }.joined(separator: "\n") + "\n"
            }
        }.joined(separator: "\n")
    }

    /// A Word document: the parts that one is made of at least.
    var word: [UInt8] {
        var zip = ZipBuilder()
        let body = Array(wordXML.utf8)
        zip.add("[Content_Types].xml", Array("<Types/>".utf8))
        zip.add("word/document.xml", body, compressed: ZipBuilder.stored(body))
        return zip.bytes
    }

    private var wordXML: String {
        func paragraph(_ text: String) -> String {
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>"
                + (text.isEmpty
                    ? ""
                    : "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">"
                        + Self.escaped(text) + "</w:t></w:r>"
                        + "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>") + "</w:p>"
        }
        let body = blocks.map { block in
            switch block {
            case .title(let text), .heading(let text), .paragraph(let text): return paragraph(text)
            case .table(let rows):
                var open: [Int: (columns: Int, rows: Int)] = [:]
                let printed = rows.map { row in
                    var cells = row[...]
                    var column = 0
                    var text = ""
                    func cell(_ content: String, _ columns: Int, merge: String) {
                        text +=
                            "<w:tc><w:tcPr><w:gridSpan w:val=\"\(columns)\"/>\(merge)</w:tcPr>"
                            + paragraph(content) + "</w:tc>"
                        column += columns
                    }
                    while !cells.isEmpty || open[column] != nil {
                        if let above = open[column] {
                            open[column] = above.rows > 1 ? (above.columns, above.rows - 1) : nil
                            cell("", above.columns, merge: "<w:vMerge/>")
                        } else {
                            let next = cells.removeFirst()
                            if next.rows > 1 { open[column] = (next.columns, next.rows - 1) }
                            cell(
                                next.text, next.columns,
                                merge: next.rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : "")
                        }
                    }
                    return "<w:tr>" + text + "</w:tr>"
                }
                return "<w:tbl>" + printed.joined() + "</w:tbl>"
            }
        }.joined()
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"urn:w\"><w:body>"
            + body + "</w:body></w:document>"
    }
}
