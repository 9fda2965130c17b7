import Documents
import ReportModel

/// The body of a workbook in the OpenDocument format, read event by event.
struct OpenDocumentSheets {
    private var styles: OpenDocumentStyles
    private var sheets: [Sheet] = []
    private var sheet: Sheet?
    private var hiddenNames: [String] = []
    private var isSheetHidden = false
    private var row = 0
    private var rowRepeats = 1
    private var column = 0
    private var definedColumn = 0
    private var cell: Cell?
    private var dropped = 0
    private var look = StyledText.Look()
    private var spans: [StyledText.Look] = []

    private struct Cell {
        var text = StyledText()
        let repeats: Int
        let columns: Int
        let rows: Int
    }

    private static let droppedElements: Set<String> = [
        "annotation", "shapes", "forms", "tracked-changes", "dde-links", "frame",
    ]
    /// A cell with text that is repeated more often is none of a report.
    private static let mostRepeated = 100
    private static let mostCells = 1 << 20
    /// What the finished sheets weigh.
    private var weight = 0
    /// Whether the workbook holds more than any of a report.
    var isOverLimits: Bool { weight + (sheet?.weight ?? 0) > Sheet.mostWeight }

    init(styles: OpenDocumentStyles) { self.styles = styles }

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 {
                dropped += 1
            } else if Self.droppedElements.contains(name) {
                dropped = 1
            } else if sheet == nil, name != "table" {
                styles.take(event)
            } else {
                open(name, attributes)
            }
        case .end(let name):
            if dropped > 0 {
                dropped -= 1
            } else if sheet == nil {
                styles.take(event)
            } else {
                close(name)
            }
        case .text(let text, _):
            if dropped == 0 { cell?.text.append(text, spans.last ?? look, isInTable: true) }
        case .style, .reset: break
        }
    }

    private mutating func open(_ name: String, _ attributes: [MarkupAttribute]) {
        func number(_ name: String, atMost most: Int) -> Int {
            max(1, min(most, attributes[name].flatMap { Int($0) } ?? 1))
        }
        let isHidden = ["collapse", "filter"].contains(attributes["visibility"] ?? "")
        switch name {
        case "table":
            sheet = Sheet(attributes["name"] ?? "")
            isSheetHidden = styles.look(family: "table", attributes["style-name"]).isHidden
            (row, definedColumn) = (0, 0)
        case "table-column":
            let count = number("number-columns-repeated", atMost: Self.mostCells)
            if isHidden { sheet?.hide(columns: definedColumn...(definedColumn + count - 1)) }
            definedColumn = min(Self.mostCells, definedColumn + count)
        case "table-row":
            rowRepeats = number("number-rows-repeated", atMost: Self.mostCells)
            column = 0
            if isHidden { sheet?.hide(row: row) }
        case "table-cell", "covered-table-cell":
            look = styles.look(family: "table-cell", attributes["style-name"])
            cell = Cell(
                repeats: number("number-columns-repeated", atMost: Self.mostCells),
                columns: number("number-columns-spanned", atMost: Self.mostRepeated),
                rows: number("number-rows-spanned", atMost: Self.mostCells))
        case "p":
            if let text = cell?.text.text, !text.isEmpty { cell?.text.text += "\n" }
        case "span":
            spans.append(
                (spans.last ?? look).with(styles.look(family: "text", attributes["style-name"])))
        case "s":
            let count = number("c", atMost: Self.mostRepeated)
            cell?.text.append(
                String(repeating: " ", count: count), spans.last ?? look, isInTable: true)
        case "tab": cell?.text.appendSign(" ")
        case "line-break": cell?.text.appendSign("\n")
        default: break
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "table":
            if let sheet {
                weight += sheet.weight
                if isSheetHidden { hiddenNames.append(sheet.name) } else { sheets.append(sheet) }
            }
            sheet = nil
        case "table-row": row = min(Self.mostCells, row + rowRepeats)
        case "span": _ = spans.popLast()
        case "table-cell", "covered-table-cell":
            guard let cell else { return }
            let text = cell.text.text.trimmingSpaces
            if !text.isEmpty, name == "table-cell" {
                for repeated in 0..<min(cell.repeats, Self.mostRepeated) {
                    guard !isOverLimits else { break }
                    sheet?.set(row: row, column: column + repeated, text)
                }
                if cell.columns > 1 || cell.rows > 1 {
                    sheet?.merge(
                        rows: row...(row + cell.rows - 1),
                        columns: column...(column + cell.columns - 1))
                }
            }
            column = min(Self.mostCells, column + cell.repeats)
            self.cell = nil
            spans = []
        default: break
        }
    }

    mutating func finished() -> WorkbookContent {
        if let sheet, !isSheetHidden { sheets.append(sheet) }
        return WorkbookContent(sheets, hidden: hiddenNames)
    }
}

/// What a workbook comes to.
struct WorkbookContent {
    let lines: [DocumentLine]
    let parts: [DocumentPart]
    var findings: [Finding]

    /// The most hidden sheets of which the names are told.
    private static let mostNamed = 20

    init(_ sheets: [Sheet], hidden: [String]) {
        var content = SheetLines()
        for sheet in sheets { content.add(sheet) }
        (lines, parts) = (content.lines, content.parts)
        findings = hidden.prefix(Self.mostNamed).map {
            Finding(
                code: "hidden_sheet", line: nil,
                message: "the sheet \($0) is hidden; it is not read")
        }
    }
}
