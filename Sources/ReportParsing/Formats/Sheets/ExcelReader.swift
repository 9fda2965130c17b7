import Documents
import ReportModel

/// A workbook of Excel of 2007 and later as lines: one a row.
struct ExcelReader {
    private(set) var content = WorkbookContent([], hidden: [])
    private(set) var evidence = DocumentEvidence()

    /// Larger parts, in bytes of XML, are refused, as a web page is.
    private static let largest = 16 << 20
    /// A workbook with more sheets is refused.
    private static let mostSheets = 200
    private static let name = "an Excel workbook"

    /// Reads an archive that has a workbook.
    init(_ archive: ZipArchive) throws(UndecodableText) {
        var book = Book()
        var sheets: [Sheet] = []
        var hidden: [String] = []
        var problem: MarkupProblem?
        do throws(ArchiveProblem) {
            func part(_ name: String) throws(ArchiveProblem) -> [UInt8] {
                let part = try archive.part(name) ?? []
                guard part.count <= Self.largest else { throw .overLimits }
                return part
            }
            func read(_ xml: [UInt8], _ body: (MarkupEvent) -> Void) throws(ArchiveProblem) {
                guard !xml.isEmpty else { return }
                do throws(MarkupProblem) {
                    try Markup.xml.read(xml, body)
                } catch {
                    guard error != .noMemory else { throw .noMemory }
                    problem = problem ?? error
                }
            }
            try read(part("xl/_rels/workbook.xml.rels")) { book.takeRelation($0) }
            try read(part("xl/workbook.xml")) { book.takeBook($0) }
            try read(part("xl/styles.xml")) { book.styles.take($0) }
            try read(part("xl/sharedStrings.xml")) { book.strings.take($0) }
            guard book.sheets.count <= Self.mostSheets else { throw .overLimits }
            var weight = 0
            var bytes = 0
            for sheet in book.sheets {
                guard !sheet.isHidden else {
                    hidden.append(sheet.name)
                    continue
                }
                guard let target = book.targets[sheet.relation] else { continue }
                let xml = try part(target)
                bytes += xml.count
                guard bytes <= 4 * Self.largest else { throw .overLimits }
                var reader = ExcelSheet(sheet.name, book)
                try read(xml) { reader.take($0) }
                weight += reader.sheet.weight
                guard weight <= Sheet.mostWeight else { throw .overLimits }
                sheets.append(reader.sheet)
            }
            evidence.title = OfficeProperties.title(in: try part("docProps/core.xml"))
        } catch {
            throw UndecodableText(reason: error.reason(of: Self.name))
        }
        content = WorkbookContent(sheets, hidden: hidden)
        if let problem { content.findings.append(.damaged(problem)) }
    }

    /// What the sheets of a workbook share.
    struct Book {
        var sheets: [(name: String, relation: String, isHidden: Bool)] = []
        /// The names of parts by those of relations.
        var targets: [String: String] = [:]
        var countsFrom1904 = false
        var strings = ExcelStrings()
        var styles = ExcelStyles()

        mutating func takeRelation(_ event: MarkupEvent) {
            guard case .start("Relationship", let attributes) = event, targets.count < 10_000,
                let name = attributes["Id"], let target = attributes["Target"]
            else { return }
            targets[name] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }

        mutating func takeBook(_ event: MarkupEvent) {
            guard case .start(let name, let attributes) = event else { return }
            switch name {
            case "sheet":
                sheets.append(
                    (
                        attributes["name"] ?? "", attributes["id"] ?? "",
                        (attributes["state"] ?? "visible") != "visible"
                    ))
            case "workbookPr":
                countsFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
            default: break
            }
        }
    }
}

/// The texts that the cells of a workbook share.
struct ExcelStrings {
    private(set) var texts: [String] = []
    private var text = ExcelText()
    private var isInItem = false

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start("si", _):
            text = ExcelText()
            isInItem = true
        case .end("si"):
            texts.append(text.text)
            isInItem = false
        default: if isInItem { text.take(event) }
        }
    }
}

/// A text of a workbook: runs that look different, without the readings of characters.
struct ExcelText {
    private var styled = StyledText()
    private var look = StyledText.Look()
    private var isInText = false
    private var dropped = 0

    var text: String { styled.text }

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 || name == "rPh" { return dropped += 1 }
            let isOn = !["0", "false"].contains(attributes["val"] ?? "")
            switch name {
            case "t": isInText = true
            case "r": look = StyledText.Look()
            case "strike": look.isStruck = isOn
            case "vertAlign":
                look.isRaised = attributes["val"] == "superscript"
                look.isLowered = attributes["val"] == "subscript"
            default: break
            }
        case .end(let name):
            if dropped > 0 { return dropped -= 1 }
            if name == "t" { isInText = false }
        case .text(let added, _):
            if isInText, dropped == 0 { styled.append(added, look, isInTable: true) }
        case .style, .reset: break
        }
    }
}

/// How the cells of a workbook print their numbers, and which are struck.
struct ExcelStyles {
    private var codes: [Int: String] = [:]
    private var struckFonts: [Bool] = []
    private var cells: [(format: CellNumber.Format, font: Int)] = []
    private var isInFonts = false
    private var isInCells = false

    /// No workbook has more styles.
    private static let most = 100_000

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            let number = { (name: String) in attributes[name].flatMap { Int($0) } ?? 0 }
            switch name {
            case "numFmt" where codes.count < Self.most:
                codes[number("numFmtId")] = attributes["formatCode"] ?? ""
            case "fonts": isInFonts = true
            case "font" where isInFonts && struckFonts.count < Self.most: struckFonts.append(false)
            case "strike" where isInFonts && !struckFonts.isEmpty:
                struckFonts[struckFonts.count - 1] =
                    !["0", "false"].contains(attributes["val"] ?? "")
            case "cellXfs": isInCells = true
            case "xf" where isInCells && cells.count < Self.most:
                let format = number("numFmtId")
                cells.append(
                    (
                        codes[format].map(CellNumber.format(code:))
                            ?? CellNumber.format(builtIn: format), number("fontId")
                    ))
            default: break
            }
        case .end("fonts"): isInFonts = false
        case .end("cellXfs"): isInCells = false
        default: break
        }
    }

    func format(ofStyle style: Int) -> CellNumber.Format {
        cells.indices.contains(style) ? cells[style].format : .number
    }

    func isStruck(style: Int) -> Bool {
        guard cells.indices.contains(style) else { return false }
        let font = cells[style].font
        return struckFonts.indices.contains(font) && struckFonts[font]
    }
}

/// One sheet of a workbook, read event by event.
struct ExcelSheet {
    private(set) var sheet: Sheet
    private let book: ExcelReader.Book
    private var row = -1
    private var column = -1
    private var style = 0
    private var type = ""
    private var value = ""
    private var isInValue = false
    private var inline: ExcelText?

    init(_ name: String, _ book: ExcelReader.Book) {
        sheet = Sheet(name)
        self.book = book
    }

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes): open(name, attributes, event)
        case .end(let name):
            switch name {
            case "v": isInValue = false
            case "c": finishCell()
            default: inline?.take(event)
            }
        case .text(let text, _): if isInValue { value += text } else { inline?.take(event) }
        case .style, .reset: break
        }
    }

    private mutating func open(
        _ name: String, _ attributes: [MarkupAttribute], _ event: MarkupEvent
    ) {
        let isHidden = ["1", "true"].contains(attributes["hidden"] ?? "")
        switch name {
        case "row":
            row = attributes["r"].flatMap { Int($0) }.map { $0 &- 1 } ?? row + 1
            row = max(0, min(row, 1 << 20))
            column = -1
            if isHidden { sheet.hide(row: row) }
        case "col":
            if isHidden, let first = attributes["min"].flatMap({ Int($0) }),
                let last = attributes["max"].flatMap({ Int($0) }), 1 <= first, first <= last,
                last <= 16_384
            {
                sheet.hide(columns: first - 1...last - 1)
            }
        case "c":
            column = attributes["r"].flatMap(Self.position)?.column ?? column + 1
            style = attributes["s"].flatMap { Int($0) } ?? 0
            type = attributes["t"] ?? "n"
            value = ""
            inline = nil
        case "v": isInValue = true
        case "is": inline = ExcelText()
        case "mergeCell":
            let ends = (attributes["ref"] ?? "").split(separator: ":").compactMap {
                Self.position(String($0))
            }
            if ends.count == 2, ends[0].row <= ends[1].row, ends[0].column <= ends[1].column {
                sheet.merge(
                    rows: ends[0].row...ends[1].row, columns: ends[0].column...ends[1].column)
            }
        default: inline?.take(event)
        }
    }

    private mutating func finishCell() {
        var text: String
        switch type {
        case "s":
            let number = Int(value) ?? -1
            text = book.strings.texts.indices.contains(number) ? book.strings.texts[number] : ""
        case "inlineStr": text = inline?.text ?? ""
        case "str", "e": text = value
        case "b": text = value == "1" ? "TRUE" : "FALSE"
        case "d": text = value
        default:
            text =
                Double(value).map {
                    CellNumber.text(
                        $0, book.styles.format(ofStyle: style),
                        countsFrom1904: book.countsFrom1904)
                } ?? value
        }
        text = text.trimmingSpaces
        guard sheet.weight <= Sheet.mostWeight else { return }
        if !text.isEmpty, book.styles.isStruck(style: style), !text.contains(StruckText.sign) {
            text = StruckText.sign + text + StruckText.sign
        }
        sheet.set(row: row, column: column, text)
        inline = nil
    }

    /// The row and column, from 0, that a reference as B12 names; nil when it names none.
    static func position(_ reference: String) -> (row: Int, column: Int)? {
        var column = 0
        var row = 0
        for byte in reference.utf8 {
            switch byte {
            case 0x41...0x5A where row == 0 && column < 20_000:
                column = column * 26 + Int(byte - 0x40)
            case 0x30...0x39 where row < 10_000_000: row = row * 10 + Int(byte - 0x30)
            case 0x24: continue
            default: return nil
            }
        }
        return row > 0 && column > 0 ? (row - 1, column - 1) : nil
    }
}
