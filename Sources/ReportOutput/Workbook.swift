import ReportModel

/// Writes tables as a spreadsheet file (XLSX), row by row: no table is held in memory.
///
///     var book = Workbook(output)
///     try book.beginSheet("统计", heads: ["年", "新收"])
///     try book.add([.number(2023), .number(38)])
///     try book.finish()
///
/// A text stands in its cell as text, whatever it begins with, so that none becomes a formula. The
/// same rows give the same bytes.
public struct Workbook {
    /// What stands in a cell.
    public enum Value: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A number.
        case number(Double)
        /// A share of 1, shown in per cent.
        case share(Double)
        /// Nothing.
        case none
    }

    /// Why a workbook cannot be written: it would be longer than its format allows.
    public struct TooLong: Error, CustomStringConvertible {
        /// For a person.
        public let description =
            "more than a spreadsheet file can hold; narrow the question, or write CSV"
    }

    private var archive: ZipWriter
    private var sheets: [String] = []
    private var base = ""
    private var heads: [String] = []
    private var row = 0
    private var columns = 0
    private var pending: [UInt8] = []

    /// The most rows of a sheet, its head counted, that programs open.
    private static let mostRows = 1_048_576
    /// The most columns that programs open.
    private static let mostColumns = 16_384
    /// The longest text of a cell, in UTF-16 code units.
    private static let longestText = 32_767
    /// The longest name of a sheet, in UTF-16 code units.
    private static let longestName = 31
    private static let piece = 1 << 16

    /// Begins a workbook.
    public init(_ output: PatchedOutput) { archive = ZipWriter(output) }

    /// Begins a sheet.
    ///
    /// - Parameter heads: the heads of its columns, in its first row.
    public mutating func beginSheet(_ name: String, heads: [String]) throws {
        guard heads.count <= Self.mostColumns else { throw TooLong() }
        (base, self.heads) = (name, heads)
        try begin(name)
    }

    /// Adds a row; when the sheet is full, another one with the same heads is begun.
    public mutating func add(_ values: [Value]) throws {
        if row == Self.mostRows { try begin(base) }
        try write(values, style: 0)
    }

    /// Ends the workbook.
    public mutating func finish() throws {
        do {
            if sheets.isEmpty { try beginSheet("Sheet", heads: []) }
            try endSheet()
            try addParts()
            try archive.finish()
        } catch is ZipWriter.TooLong {
            throw TooLong()
        }
    }

    // MARK: Sheets

    private mutating func begin(_ name: String) throws {
        if !sheets.isEmpty { try endSheet() }
        sheets.append(unusedName(name))
        row = 0
        columns = 0
        try archive.begin("xl/worksheets/sheet\(sheets.count).xml")
        pending = Array(
            (Self.declaration
                + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                + "<sheetViews><sheetView workbookViewId=\"0\">"
                + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
                + "</sheetView></sheetViews><sheetData>").utf8)
        if !heads.isEmpty { try write(heads.map(Value.text), style: 1) }
    }

    private mutating func endSheet() throws {
        pending += "</sheetData></worksheet>".utf8
        try flush()
    }

    private mutating func write(_ values: [Value], style: Int) throws {
        row += 1
        pending += "<row r=\"\(row)\">".utf8
        for (column, value) in values.enumerated() {
            let reference = Self.letters(column) + String(row)
            let style = style > 0 ? " s=\"\(style)\"" : ""
            switch value {
            case .none: continue
            case .number(let number) where number.isFinite:
                pending += "<c r=\"\(reference)\"\(style)><v>\(number.figure)</v></c>".utf8
            case .share(let number) where number.isFinite:
                pending += "<c r=\"\(reference)\" s=\"2\"><v>\(number.figure)</v></c>".utf8
            case .number, .share: continue
            case .text(let text):
                pending += "<c r=\"\(reference)\"\(style) t=\"inlineStr\"><is>".utf8
                pending += "<t xml:space=\"preserve\">".utf8
                pending += Markup.escaped(Self.cut(text, to: Self.longestText)).utf8
                pending += "</t></is></c>".utf8
            }
        }
        pending += "</row>".utf8
        if pending.count > Self.piece { try flush() }
    }

    private mutating func flush() throws {
        do {
            try archive.add(pending)
        } catch is ZipWriter.TooLong {
            throw TooLong()
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// A name that no other sheet has, without the characters that names may not hold.
    private func unusedName(_ name: String) -> String {
        let clean = String(name.map { "[]:*?/\\'".contains($0) ? "_" : $0 })
        let whole = Self.cut(clean.isEmpty ? "Sheet" : clean, to: Self.longestName)
        var candidate = whole
        var number = 1
        while sheets.contains(where: { $0.lowercased() == candidate.lowercased() }) {
            number += 1
            candidate = Self.cut(whole, to: Self.longestName - 8) + " \(number)"
        }
        return candidate
    }

    /// The beginning of a text that takes no more UTF-16 code units.
    private static func cut(_ text: String, to most: Int) -> String {
        guard text.utf16.count > most else { return text }
        var cut = ""
        var length = 1
        for character in text {
            length += String(character).utf16.count
            if length > most { break }
            cut.append(character)
        }
        return cut + "…"
    }

    /// The letters of a column, from 0: A to Z, AA and so on.
    private static func letters(_ column: Int) -> String {
        var rest = column
        var letters: [UInt8] = []
        repeat {
            letters.insert(UInt8(0x41 + rest % 26), at: 0)
            rest = rest / 26 - 1
        } while rest >= 0
        return String(decoding: letters, as: UTF8.self)
    }

    // MARK: Other parts

    private static let declaration =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let schemas = "http://schemas.openxmlformats.org/"
    private static let relations = schemas + "officeDocument/2006/relationships"
    private static let main = schemas + "spreadsheetml/2006/main"
    private static let package = schemas + "package/2006"
    private static let types = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    private mutating func addParts() throws {
        let parts = [
            ("[Content_Types].xml", contentTypes),
            (
                "_rels/.rels",
                relationships([("officeDocument", "xl/workbook.xml")])
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relations)\"><sheets>"
                    + sheets.enumerated().map { index, name in
                        "<sheet name=\"\(Markup.escaped(name))\" sheetId=\"\(index + 1)\" "
                            + "r:id=\"rId\(index + 1)\"/>"
                    }.joined() + "</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(
                    sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
                        + [("styles", "styles.xml")])
            ),
            ("xl/styles.xml", Self.styles),
        ]
        for (name, text) in parts {
            try archive.begin(name)
            try archive.add(Array((Self.declaration + text).utf8))
        }
    }

    private var contentTypes: String {
        func override(_ part: String, _ type: String) -> String {
            "<Override PartName=\"/xl/\(part).xml\" ContentType=\"\(Self.types).\(type)+xml\"/>"
        }
        return "<Types xmlns=\"\(Self.package)/content-types\">"
            + "<Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + override("workbook", "sheet.main") + override("styles", "styles")
            + sheets.indices.map { override("worksheets/sheet\($0 + 1)", "worksheet") }.joined()
            + "</Types>"
    }

    /// What a part refers to: a kind and a target each.
    private func relationships(_ targets: [(kind: String, target: String)]) -> String {
        "<Relationships xmlns=\"\(Self.package)/relationships\">"
            + targets.enumerated().map { index, one in
                "<Relationship Id=\"rId\(index + 1)\" Type=\"\(Self.relations)/\(one.kind)\" "
                    + "Target=\"\(one.target)\"/>"
            }.joined() + "</Relationships>"
    }

    /// Three styles of cells: plain, bold for heads, per cent with two digits.
    private static let styles =
        "<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/></font>"
        + "<font><b/><sz val=\"11\"/></font></fonts>"
        + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
        + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
        + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        + "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf/>"
        + "<xf fontId=\"1\" applyFont=\"1\"/><xf numFmtId=\"10\" applyNumberFormat=\"1\"/>"
        + "</cellXfs></styleSheet>"
}
