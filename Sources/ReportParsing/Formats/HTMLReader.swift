import ChineseText
import Documents

/// A web page as lines: one a paragraph, heading or row of a table.
///
/// A line's number is that of the page's line on which it begins. Scripts, menus, what is hidden
/// and what every page of a site has go; what the page says of itself is kept as evidence. Tables
/// that only lay out the page are taken apart, tables of data become rows.
struct HTMLReader {
    private(set) var lines: [DocumentLine] = []
    private(set) var evidence = DocumentEvidence()

    /// A piece of text that stands on its own.
    private struct Block {
        let line: Int
        let text: String
    }

    /// A table that is open.
    private struct Table {
        /// The cells of the row that is read now.
        var cells: [[Block]] = []
        /// Whether text goes into the last cell.
        var isInCell = false
        /// Whether the table only lays out a page: another table stands in it.
        var isLayout = false
    }

    /// What an open element is, beside its name.
    private struct Element {
        let isContent: Bool
        let isHeadline: Bool
    }

    private struct Collected {
        let line: DocumentLine
        let isContent: Bool
        let isHeadline: Bool
    }

    private var firstLine: Int
    private var collected: [Collected] = []
    private var tables: [Table] = []
    private var elements: [Element] = []
    private var contentDepth = 0
    private var headlineDepth = 0
    /// Whether the page has marked the beginning of its article, and not its end.
    private var isMarkedContent = false
    /// The number of open elements from the outermost that is dropped.
    private var dropped = 0
    private var text: [UInt8] = []
    private var textLine: Int?
    private var isPreformatted = false
    private var pageTitle: String?
    private var isInPageTitle = false

    /// Reads a page in UTF-8.
    ///
    /// - Parameter firstLine: the number of its first line in the file.
    init(_ utf8: [UInt8], firstLine: Int = 1) throws(MarkupProblem) {
        self.firstLine = firstLine
        // The parser takes a zero byte for the end.
        let bytes = utf8.contains(0) ? utf8.map { $0 == 0 ? 0x20 : $0 } : utf8
        var reader = self
        try Markup.html.read(bytes) { reader.take($0) }
        reader.finish()
        self = reader
    }

    private mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 {
                dropped += 1
            } else if PageFurniture.isDropped(name, attributes) {
                if Self.blocks.contains(name) { flush() }
                dropped = 1
            } else {
                open(name, attributes)
            }
        case .end(let name):
            if dropped > 0 { dropped -= 1 } else { close(name) }
        case .text(let text, let line):
            if isInPageTitle {
                pageTitle = (pageTitle ?? "") + text
            } else if dropped == 0 {
                append(text, line)
            }
        case .reset:
            dropped = 0
            elements = []
            contentDepth = 0
            headlineDepth = 0
        }
    }

    // MARK: Elements

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "ul",
    ]
    private static let contentNames: Set<String> = [
        "zoom", "ucap-content", "ucapcontent", "trs_editor", "trs_ueditor", "trs_editor_view",
        "article-content", "articlecontent", "article_content",
    ]

    private mutating func open(_ name: String, _ attributes: [MarkupAttribute]) {
        let isContent =
            name == "article" || name == "main"
            || PageFurniture.names(in: attributes).contains { Self.contentNames.contains($0) }
        let isHeadline = name == "h1" || name == "h2"
        if Self.blocks.contains(name) || isHeadline { flush() }
        elements.append(Element(isContent: isContent, isHeadline: isHeadline))
        contentDepth += isContent ? 1 : 0
        headlineDepth += isHeadline ? 1 : 0
        switch name {
        case "title": isInPageTitle = pageTitle == nil
        case "meta": takeMeta(attributes)
        case "br": flush()
        case "pre": isPreformatted = true
        case "table":
            flush()
            // What stood around the inner table is text, not cells.
            if !tables.isEmpty {
                tables[tables.count - 1].isLayout = true
                emitRow()
                tables[tables.count - 1].isInCell = true
                tables[tables.count - 1].cells = [[]]
            }
            tables.append(Table())
        case "tr": finishRow()
        case "td", "th":
            finishCell()
            guard !tables.isEmpty else { break }
            tables[tables.count - 1].cells.append([])
            tables[tables.count - 1].isInCell = true
        default: break
        }
    }

    private mutating func close(_ name: String) {
        if let element = elements.popLast() {
            if Self.blocks.contains(name) { flush() }
            contentDepth -= element.isContent ? 1 : 0
            headlineDepth -= element.isHeadline ? 1 : 0
        }
        switch name {
        case "title": isInPageTitle = false
        case "pre": isPreformatted = false
        case "td", "th": finishCell()
        case "tr": finishRow()
        case "table":
            finishRow()
            _ = tables.popLast()
        default: break
        }
    }

    private mutating func takeMeta(_ attributes: [MarkupAttribute]) {
        guard let name = (attributes["name"] ?? attributes["property"])?.lowercased() else {
            return
        }
        switch name {
        case "contentstart":
            flush()
            isMarkedContent = true
        case "contentend":
            flush()
            isMarkedContent = false
        default: break
        }
        guard let content = attributes["content"]?.trimmingSpaces, !content.isEmpty else { return }
        switch name {
        case "articletitle", "og:title": evidence.title = evidence.title ?? content
        case "contentsource", "publisher", "author", "source":
            evidence.publisher = evidence.publisher ?? content
        case "sitename", "og:site_name": evidence.site = evidence.site ?? content
        case "pubdate", "publishdate", "article:published_time":
            evidence.published = evidence.published ?? content
        default: break
        }
    }

    // MARK: Text

    /// Adds text to the open block, each run of white space as one space.
    private mutating func append(_ added: String, _ line: Int) {
        var line = line
        for byte in added.utf8 {
            switch byte {
            case 0x0A where isPreformatted:
                flush()
                line += 1
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
                if byte == 0x0A { line += 1 }
                if text.last ?? 0x20 != 0x20 { text.append(0x20) }
            default:
                if textLine == nil { textLine = line }
                text.append(byte)
            }
        }
    }

    /// Ends the open block.
    private mutating func flush() {
        defer {
            text.removeAll(keepingCapacity: true)
            textLine = nil
        }
        guard let line = textLine else { return }
        let text = String(decoding: self.text, as: UTF8.self)
        guard text.unicodeScalars.contains(where: { !$0.isSpace }) else { return }
        let block = Block(line: line, text: text)
        if let table = tables.last, table.isInCell, let cell = table.cells.indices.last {
            tables[tables.count - 1].cells[cell].append(block)
        } else {
            emit(block)
        }
    }

    private mutating func emit(_ block: Block) {
        collected.append(
            Collected(
                line: DocumentLine(number: block.line + firstLine - 1, raw: block.text),
                isContent: isMarkedContent || contentDepth > 0, isHeadline: headlineDepth > 0))
    }

    // MARK: Tables

    private mutating func finishCell() {
        flush()
        guard !tables.isEmpty else { return }
        tables[tables.count - 1].isInCell = false
    }

    private mutating func finishRow() {
        finishCell()
        emitRow()
    }

    /// Hands on the cells of the open row, as a row or as the text that a layout holds.
    private mutating func emitRow() {
        guard let table = tables.last else { return }
        tables[tables.count - 1].cells = []
        let cells = table.cells
        guard cells.contains(where: { !$0.isEmpty }) else { return }
        if table.isLayout || cells.contains(where: Self.isProse)
            || cells.count == 1 && Self.areParagraphs(cells[0])
        {
            for block in cells.joined() { emit(block) }
            return
        }
        let texts = cells.map { $0.map(\.text).joined(separator: " ").trimmingSpaces }
        let line = cells.joined().map(\.line).min() ?? 1
        emit(Block(line: line, text: texts.joined(separator: "\t")))
    }

    /// Whether a cell holds an article rather than a label or a number.
    private static func isProse(_ cell: [Block]) -> Bool {
        cell.count >= 3 && cell.reduce(0) { $0 + $1.text.unicodeScalars.count } >= 200
    }

    /// Whether the blocks of the only cell of a row are paragraphs rather than one broken text.
    private static func areParagraphs(_ cell: [Block]) -> Bool {
        cell.count >= 2
            && (cell.reduce(0) { $0 + $1.text.unicodeScalars.count } > 60
                || cell.contains { Punctuation.endsSentence($0.text.trimmingSpaces) }
                || cell.dropFirst().contains { ItemMark($0.text.trimmingSpaces) != nil })
    }

    // MARK: The end

    private mutating func finish() {
        flush()
        while !tables.isEmpty {
            finishRow()
            tables.removeLast()
        }
        var kept = collected
        collected = []
        // The marks of the article hold when they hold most of the page.
        let size = kept.reduce(0) { $0 + $1.line.raw.utf8.count }
        let content = kept.reduce(0) { $0 + ($1.isContent ? $1.line.raw.utf8.count : 0) }
        if content >= 600, content * 2 >= size {
            kept = kept.filter { $0.isContent || $0.isHeadline }
        }
        for line in kept.map(\.line) where !PageFurniture.takes(line.raw, into: &evidence) {
            lines.append(line)
        }
        if evidence.title == nil, let title = pageTitle?.trimmingSpaces, !title.isEmpty {
            evidence.title = title
        }
    }
}
