import Documents

/// The body of a text in the OpenDocument format, read event by event.
struct OpenDocumentText {
    private var styles: OpenDocumentStyles
    private var numbering: WordNumbering?
    private var flow = BlockFlow<Set<Never>>()
    /// The paragraphs that are open; a text box opens one within another.
    private var paragraphs: [Paragraph] = []
    /// How the open elements look, the innermost last.
    private var looks: [StyledText.Look] = []
    private var names: [String] = []
    private var dropped = 0
    private var isInBody = false
    private var openTables = 0
    private var openNotes = 0
    /// The lists that are open, and whether the item's number was printed.
    private var lists: [OpenList] = []
    /// The notes that were referred to and stand after the paragraph or table.
    private var waiting: [String] = []

    private struct Paragraph {
        var text = StyledText()
        var mark = ""
        var hasLines = false
    }

    private struct OpenList {
        let style: String?
        var isNumbered = false
    }

    private static let droppedElements: Set<String> = [
        "tracked-changes", "annotation", "annotation-end", "note-citation", "ruby-text", "forms",
        "hidden-text", "hidden-paragraph", "title", "desc", "script", "object", "object-ole",
        "math", "alphabetical-index-mark", "toc-mark", "user-index-mark", "shapes",
    ]
    /// No attribute repeats spaces more often.
    private static let mostSpaces = 20

    init(styles: OpenDocumentStyles) { self.styles = styles }

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 {
                dropped += 1
            } else if name == "body" {
                isInBody = true
                numbering = styles.numbering
            } else if !isInBody {
                styles.take(event)
            } else if Self.droppedElements.contains(name) {
                if name == "note-citation", openTables > 0 { append("*") }
                dropped = 1
            } else {
                open(name, attributes)
            }
        case .end(let name):
            if dropped > 0 {
                dropped -= 1
            } else if isInBody {
                close(name)
            } else {
                styles.take(event)
            }
        case .text(let text, _): if dropped == 0, isInBody { append(collapsed(text)) }
        case .style, .reset: break
        }
    }

    /// White space of the XML is one space.
    private func collapsed(_ text: String) -> String {
        text.utf8.contains(0x0A) || text.utf8.contains(0x09)
            ? String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }) : text
    }

    private mutating func append(_ text: String) {
        guard let last = paragraphs.indices.last else { return }
        paragraphs[last].text.append(
            text, looks.last ?? StyledText.Look(), isInTable: openTables > 0)
    }

    private mutating func open(_ name: String, _ attributes: [MarkupAttribute]) {
        var look = looks.last ?? StyledText.Look()
        switch name {
        case "p", "h":
            look = styles.look(family: "paragraph", attributes["style-name"])
            paragraphs.append(Paragraph(mark: mark(attributes)))
        case "span":
            look = look.with(styles.look(family: "text", attributes["style-name"]))
            if look.isHidden, let last = paragraphs.indices.last { paragraphs[last].text.part() }
        case "s":
            let count = attributes["c"].flatMap { Int($0) } ?? 1
            append(String(repeating: " ", count: max(1, min(count, Self.mostSpaces))))
        // A tab would part cells.
        case "tab": if let last = paragraphs.indices.last { paragraphs[last].text.appendSign(" ") }
        case "line-break": finishLine()
        case "change", "change-start", "change-end":
            if let last = paragraphs.indices.last { paragraphs[last].text.part() }
        case "list":
            lists.append(OpenList(style: attributes["style-name"] ?? lists.last?.style))
            if lists.count == 1, attributes["continue-numbering"] != "true",
                attributes["continue-list"] == nil, let style = attributes["style-name"]
            {
                numbering?.restart(list: style)
            }
        case "list-item", "list-header":
            if let last = lists.indices.last { lists[last].isNumbered = name == "list-header" }
        case "note": openNotes += 1
        default: openTable(name, attributes)
        }
        looks.append(look)
        names.append(name)
    }

    private mutating func openTable(_ name: String, _ attributes: [MarkupAttribute]) {
        switch name {
        case "table":
            flow.openTable()
            openTables += 1
        case "table-row": flow.finishRow()
        case "table-cell":
            flow.openCell(
                columns: attributes["number-columns-spanned"].flatMap { Int($0) } ?? 1,
                rows: attributes["number-rows-spanned"].flatMap { Int($0) } ?? 1)
        default: break
        }
    }

    private mutating func close(_ name: String) {
        // XML is well formed: what ends is what was opened last.
        guard names.popLast() != nil else {
            isInBody = false
            return
        }
        looks.removeLast()
        switch name {
        case "p", "h": finishParagraph()
        case "list": _ = lists.popLast()
        case "note": openNotes -= 1
        case "table-cell": flow.closeCell()
        case "table-row": flow.finishRow()
        case "table":
            flow.closeTable()
            openTables -= 1
            if openTables == 0, paragraphs.isEmpty { finishNotes() }
        default: break
        }
    }

    /// The number that stands before a paragraph of a list.
    private mutating func mark(_ attributes: [MarkupAttribute]) -> String {
        guard let last = lists.indices.last, !lists[last].isNumbered, openNotes == 0 else {
            return ""
        }
        lists[last].isNumbered = true
        let style =
            lists[last].style ?? styles.list(ofParagraphStyle: attributes["style-name"])
        return numbering?.mark(list: style, level: lists.count - 1, style: nil) ?? ""
    }

    private mutating func finishParagraph() {
        finishLine()
        _ = paragraphs.popLast()
        if openTables == 0, paragraphs.isEmpty { finishNotes() }
    }

    /// Ends a line of the open paragraph; only its first has the paragraph's number.
    private mutating func finishLine() {
        guard let last = paragraphs.indices.last else { return }
        let plain = paragraphs[last].text.text.trimmingSpaces
        paragraphs[last].text = StyledText()
        guard !plain.isEmpty else { return }
        let mark = paragraphs[last].hasLines ? "" : paragraphs[last].mark
        paragraphs[last].hasLines = true
        if openNotes > 0 {
            waiting.append(plain)
        } else {
            flow.add(mark + plain, line: 0, mark: [])
        }
    }

    /// Adds the notes that were referred to as paragraphs.
    private mutating func finishNotes() {
        for note in waiting { flow.add(note, line: 0, mark: []) }
        waiting = []
    }

    mutating func finished() -> [DocumentLine] {
        while !paragraphs.isEmpty { finishParagraph() }
        flow.finish()
        openTables = 0
        finishNotes()
        return flow.numberedLines
    }
}
