import ChineseText
import TestSupport

/// A table's cells at their places, those that a cell above or to the left covers as nil.
struct PlacedTable {
    struct Place {
        let row: Int
        let column: Int
        let cell: RenderedReport.Cell
    }

    /// The cells in the order of rows.
    private(set) var places: [Place] = []
    private(set) var rowCount = 0
    private(set) var columnCount = 0
    private var covered: Set<[Int]> = []

    init(_ rows: [[RenderedReport.Cell]]) {
        for (row, cells) in rows.enumerated() {
            var column = 0
            for cell in cells {
                while covered.contains([row, column]) { column += 1 }
                places.append(Place(row: row, column: column, cell: cell))
                for down in 0..<cell.rows {
                    for right in 0..<cell.columns { covered.insert([row + down, column + right]) }
                }
                column += cell.columns
            }
            columnCount = max(columnCount, column)
        }
        rowCount = rows.count
    }
}

extension RenderedReport {
    /// A workbook with one sheet: a paragraph is a row of one joined cell, tables stand below it.
    var excel: [UInt8] {
        var rows = ""
        var merges: [String] = []
        var row = 1
        func name(_ row: Int, _ column: Int) -> String {
            "\("ABCDEFGHIJKLMNOPQRSTUVWXYZ".dropFirst(column).prefix(1))\(row)"
        }
        func cell(_ text: String, _ row: Int, _ column: Int) -> String {
            guard !text.isEmpty else { return "<c r=\"\(name(row, column))\"/>" }
            // A decimal number as a program computes it.
            if let number = Int(text), "\(number)" == text {
                return "<c r=\"\(name(row, column))\"><v>\(number)</v></c>"
            }
            return "<c r=\"\(name(row, column))\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"
                + Self.escaped(text) + "</t></is></c>"
        }
        for block in blocks {
            switch block {
            case .title(let text), .heading(let text), .paragraph(let text):
                rows += "<row r=\"\(row)\">\(cell(text, row, 0))</row>"
                merges.append("\(name(row, 0)):\(name(row, 9))")
                row += 1
            case .table(let cells):
                let table = PlacedTable(cells)
                for index in 0..<table.rowCount {
                    rows +=
                        "<row r=\"\(row + index)\">"
                        + table.places.filter { $0.row == index }.map {
                            cell($0.cell.text, row + index, $0.column)
                        }.joined() + "</row>"
                }
                for place in table.places where place.cell.columns > 1 || place.cell.rows > 1 {
                    let last = name(
                        row + place.row + place.cell.rows - 1,
                        place.column + place.cell.columns - 1)
                    merges.append("\(name(row + place.row, place.column)):\(last)")
                }
                row += table.rowCount
            }
        }
        let sheet =
            "<worksheet><sheetData>\(rows)</sheetData><mergeCells>"
            + merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells></worksheet>"
        return Self.workbook(sheets: [("年报", sheet, false)])
    }

    /// A workbook of sheets in XML: their names, and whether they are hidden.
    static func workbook(
        sheets: [(name: String, xml: String, isHidden: Bool)], strings: String? = nil
    ) -> [UInt8] {
        var zip = ZipBuilder()
        func add(_ name: String, _ xml: String) {
            zip.add(name, Array(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).utf8))
        }
        let office = "http://schemas.openxmlformats.org/"
        let types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
        add(
            "[Content_Types].xml",
            "<Types xmlns=\"\(office)package/2006/content-types\">"
                + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
                + ".relationships+xml\"/><Default Extension=\"xml\" ContentType=\"\(types)worksheet"
                + "+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"\(types)sheet.main"
                + "+xml\"/></Types>")
        let relation = "\(office)officeDocument/2006/relationships"
        let relations = "<Relationships xmlns=\"\(office)package/2006/relationships\">"
        add(
            "_rels/.rels",
            relations + "<Relationship Id=\"r1\" Type=\"\(relation)/officeDocument\" "
                + "Target=\"xl/workbook.xml\"/></Relationships>")
        let space = "xmlns=\"\(office)spreadsheetml/2006/main\""
        add(
            "xl/workbook.xml",
            "<workbook \(space) xmlns:r=\"\(relation)\"><sheets>"
                + sheets.enumerated().map {
                    "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0)\""
                        + ($1.isHidden ? " state=\"hidden\"/>" : "/>")
                }.joined() + "</sheets></workbook>")
        add(
            "xl/_rels/workbook.xml.rels",
            relations
                + sheets.indices.map {
                    "<Relationship Id=\"rId\($0)\" Type=\"\(relation)/worksheet\" "
                        + "Target=\"worksheets/sheet\($0).xml\"/>"
                }.joined() + "</Relationships>")
        for (index, sheet) in sheets.enumerated() {
            add(
                "xl/worksheets/sheet\(index).xml",
                sheet.xml.replacing("<worksheet>", with: "<worksheet \(space)>"))
        }
        if let strings { add("xl/sharedStrings.xml", strings) }
        return zip.bytes
    }

    /// A sheet saved as text: joined cells stand in their first place, the others are empty.
    var sheetText: String {
        func quoted(_ text: String) -> String {
            text.contains(",") || text.contains("\"")
                ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
        }
        return blocks.flatMap { block -> [String] in
            switch block {
            case .title(let text), .heading(let text), .paragraph(let text):
                return [quoted(text) + String(repeating: ",", count: 9)]
            case .table(let cells):
                let table = PlacedTable(cells)
                return (0..<table.rowCount).map { row in
                    (0..<max(10, table.columnCount)).map { column in
                        table.places.first { $0.row == row && $0.column == column }
                            .map { quoted($0.cell.text) } ?? ""
                    }.joined(separator: ",")
                }
            }
        }.joined(separator: "\r\n")
    }

    /// A Rich Text document, its characters by number or, with `inGB18030`, as bytes of a font.
    func richText(inGB18030: Bool) -> [UInt8] {
        func text(_ text: String) -> String {
            if inGB18030 {
                return DecodingTests.bytes(text, .gb18030).map { byte in
                    let digits = String(byte, radix: 16)
                    return byte < 0x80 && byte >= 0x20 && !"\\{}".utf8.contains(byte)
                        ? String(Unicode.Scalar(byte))
                        : "\\'" + (digits.count < 2 ? "0" : "") + digits
                }.joined()
            }
            return text.utf16.map { unit in
                unit < 0x80 && !"\\{}".utf16.contains(unit)
                    ? String(decoding: [unit], as: UTF16.self)
                    : "\\u\(Int16(bitPattern: unit))?"
            }.joined()
        }
        var body = ""
        for block in blocks {
            switch block {
            case .title(let line), .heading(let line), .paragraph(let line):
                body += "\\pard\\plain\\f1 {\\b \(text(line))}{\\v \(text("隐藏"))}\\par\n"
            case .table(let rows):
                let table = PlacedTable(rows)
                for row in 0..<table.rowCount { body += Self.row(row, of: table, text) }
                body += "\\pard\\plain\\par\n"
            }
        }
        let head =
            "{\\rtf1\\ansi\\ansicpg936\\uc1{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset134 SimSun;}}"
            + "{\\*\\generator gongkai}{\\stylesheet{\\s0 Normal;}}{\\header \\pard head\\par}\n"
        return Array((head + body + "}").utf8)
    }

    /// A row of a Rich Text table, in which a cell stands below each one that goes on.
    private static func row(
        _ row: Int, of table: PlacedTable, _ text: (String) -> String
    ) -> String {
        var definition = "\\trowd\\trleft0"
        var cells = ""
        var column = 0
        while column < table.columnCount {
            let place = table.places.first { place in
                place.column == column && place.row <= row && row < place.row + place.cell.rows
            }
            guard let place else { break }
            column += place.cell.columns
            if place.cell.rows > 1 { definition += place.row == row ? "\\clvmgf" : "\\clvmrg" }
            definition += "\\cellx\(column * 800)"
            cells += (place.row == row ? text(place.cell.text) : "") + "\\cell "
        }
        return definition + "\\pard\\intbl\\f1 " + cells + "\\row\n"
    }
}
