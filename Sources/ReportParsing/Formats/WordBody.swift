import Documents

/// The body of a word processor's document, read event by event.
struct WordBody {
    private var flow = BlockFlow<Set<Never>>()
    private var numbering: WordNumbering
    private let notes: WordNotes
    private let pages: [String: [DocumentLine]]
    /// The paragraphs that are open; a text box opens one within another.
    private var paragraphs: [Paragraph] = []
    /// The number of open elements from the outermost whose text does not count.
    private var dropped = 0
    private var isInText = false
    private var run = StyledText.Look()
    /// The tables that are open.
    private var tables: [Table] = []
    /// The text of a paragraph whose end was deleted, so that the next one goes on with it.
    private var carried = ""
    /// The notes that were referred to and stand after the paragraph or table.
    private var waiting: [String] = []
    private var isInParagraphProperties = false
    private var isInRowProperties = false

    private struct Table {
        /// Whether the cell that is read now goes on from the row above.
        var isContinued = false
        /// Whether the row that is read now was deleted.
        var isRowDeleted = false
    }

    private struct Paragraph {
        var text = StyledText()
        var style: String?
        var list: String?
        var level: Int?
        var hasLines = false
        /// Whether its end was deleted.
        var isEndDeleted = false
    }

    init(
        numbering: WordNumbering, notes: WordNotes = WordNotes(),
        pages: [String: [DocumentLine]] = [:]
    ) {
        self.numbering = numbering
        self.notes = notes
        self.pages = pages
    }

    /// Text that was deleted or moved away, the second copy of a drawing, codes of fields, readings
    /// of characters.
    private static let droppedElements: Set<String> = [
        "del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange", "rt",
        "tblPrChange", "trPrChange", "tcPrChange",
    ]
    /// Text of no more half points is not seen.
    private static let smallestSize = 2

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 {
                dropped += 1
            } else if !takeDeletion(name), Self.droppedElements.contains(name) {
                part()
                dropped += 1
            } else {
                open(name, attributes)
            }
        case .end(let name):
            if dropped > 0 { dropped -= 1 } else { close(name) }
        case .text(let text, _):
            if dropped == 0, isInText { append(text) }
        case .style, .reset: break
        }
    }

    /// Notes that the end of a paragraph or a row was deleted, which an empty element in their
    /// properties tells; false for any other element.
    private mutating func takeDeletion(_ name: String) -> Bool {
        guard name == "del" || name == "moveFrom" else { return false }
        if isInRowProperties, let last = tables.indices.last {
            tables[last].isRowDeleted = true
        } else if isInParagraphProperties {
            set(\.isEndDeleted, true)
        } else {
            return false
        }
        return true
    }

    private mutating func open(_ name: String, _ attributes: [MarkupAttribute]) {
        let isOn = !["0", "false", "none"].contains(attributes["val"] ?? "")
        switch name {
        case "p":
            paragraphs.append(Paragraph(text: StyledText(carried)))
            carried = ""
        case "r": run = StyledText.Look()
        case "t": isInText = true
        case "ins", "moveTo": part()
        case "vanish", "webHidden": if isOn { run.isHidden = true }
        case "sz":
            if let size = attributes["val"].flatMap({ Int($0) }), size <= Self.smallestSize {
                run.isHidden = true
            }
        case "strike", "dstrike": run.isStruck = isOn
        case "vertAlign":
            run.isRaised = attributes["val"] == "superscript"
            run.isLowered = attributes["val"] == "subscript"
        case "position":
            if let rise = attributes["val"].flatMap({ Int($0) }) {
                if rise > 0 { run.isRaised = true }
                if rise < 0 { run.isLowered = true }
            }
        // A tab would part cells.
        case "tab": add(" ")
        case "br", "cr": finishLine()
        case "noBreakHyphen": add("-")
        case "pPr": isInParagraphProperties = true
        case "pStyle": set(\.style, attributes["val"])
        case "numId": set(\.list, attributes["val"])
        case "ilvl": set(\.level, attributes["val"].flatMap { Int($0) })
        case "footnoteReference", "endnoteReference":
            // The mark of a note is no part of a cell's number.
            if !tables.isEmpty { append("*") }
            waiting += notes.note(name, identifier: attributes["id"])
        case "altChunk":
            finishNotes()
            for line in attributes["id"].flatMap({ pages[$0] }) ?? [] { flow.add(line, mark: []) }
        default: openTable(name, attributes)
        }
    }

    private mutating func openTable(_ name: String, _ attributes: [MarkupAttribute]) {
        let value = attributes["val"].flatMap { Int($0) }
        switch name {
        case "tbl":
            finishCarried()
            flow.openTable()
            tables.append(Table())
        case "trPr": isInRowProperties = true
        case "gridBefore": flow.skipColumns(value ?? 0)
        case "tc":
            flow.openCell()
            set(isContinued: false)
        case "gridSpan": flow.span(columns: value)
        case "vMerge", "hMerge":
            let isRestart = attributes["val"] == "restart"
            set(isContinued: !isRestart)
            // How far it goes the rows below tell, with cells of their own.
            if isRestart, name == "vMerge" { flow.markTall() }
        case "cellDel": set(isContinued: true)
        default: break
        }
    }

    private mutating func set(isContinued: Bool) {
        if let last = tables.indices.last { tables[last].isContinued = isContinued }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "t": isInText = false
        case "r": run = StyledText.Look()
        case "ins", "moveTo": part()
        case "pPr": isInParagraphProperties = false
        case "trPr": isInRowProperties = false
        case "p": finishParagraph()
        case "tc":
            finishCarried()
            flow.closeCell(isSpanned: tables.last?.isContinued ?? false)
        case "tr":
            if tables.last?.isRowDeleted == true { flow.dropRow() } else { flow.finishRow() }
            if let last = tables.indices.last { tables[last].isRowDeleted = false }
        case "tbl":
            flow.closeTable()
            _ = tables.popLast()
            finishNotes()
        default: break
        }
    }

    // MARK: Text

    /// Adds the text of a run as it looks.
    private mutating func append(_ added: String) {
        guard let last = paragraphs.indices.last else { return }
        paragraphs[last].text.append(added, run, isInTable: !tables.isEmpty)
    }

    private mutating func part() {
        if let last = paragraphs.indices.last { paragraphs[last].text.part() }
    }

    private mutating func add(_ text: String) {
        // The tabs of a paragraph's own ruler stand outside of runs, before any text.
        if let last = paragraphs.indices.last, !isInParagraphProperties {
            paragraphs[last].text.appendSign(text)
        }
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Paragraph, Value>, _ value: Value) {
        if let last = paragraphs.indices.last { paragraphs[last][keyPath: path] = value }
    }

    private mutating func finishParagraph() {
        guard let last = paragraphs.last else { return }
        if last.isEndDeleted {
            carried = last.text.text
            paragraphs[paragraphs.count - 1].text = StyledText()
        }
        finishLine()
        _ = paragraphs.popLast()
        if tables.isEmpty, paragraphs.isEmpty, carried.isEmpty { finishNotes() }
    }

    /// Adds the text of a paragraph that nothing went on with.
    private mutating func finishCarried() {
        guard !carried.isEmpty else { return }
        flow.add(carried.trimmingSpaces, line: 0, mark: [])
        carried = ""
    }

    /// Adds the notes that were referred to as paragraphs.
    private mutating func finishNotes() {
        guard tables.isEmpty else { return }
        for note in waiting { flow.add(note, line: 0, mark: []) }
        waiting = []
    }

    /// Ends a line of the open paragraph; only its first has the paragraph's number.
    private mutating func finishLine() {
        guard let last = paragraphs.indices.last else { return }
        let paragraph = paragraphs[last]
        let text = paragraph.text.text.trimmingSpaces
        guard !text.isEmpty else { return }
        let mark =
            paragraph.hasLines
            ? ""
            : numbering.mark(list: paragraph.list, level: paragraph.level, style: paragraph.style)
        flow.add(mark + text, line: 0, mark: [])
        paragraphs[last].text = StyledText()
        paragraphs[last].hasLines = true
    }

    mutating func finished() -> [DocumentLine] {
        while !paragraphs.isEmpty { finishParagraph() }
        finishCarried()
        flow.finish()
        tables = []
        finishNotes()
        return flow.numberedLines
    }
}
