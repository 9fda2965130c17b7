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

    /// What an open element is, or the place of a line, beside its name or text.
    private struct Place: OptionSet {
        let rawValue: UInt8

        static let content = Place(rawValue: 1)
        static let headline = Place(rawValue: 2)

        init(rawValue: UInt8) { self.rawValue = rawValue }

        init(isContent: Bool, isHeadline: Bool) {
            self = isContent ? .content : []
            if isHeadline { insert(.headline) }
        }
    }

    private var firstLine: Int
    private var flow = BlockFlow<Place>()
    private var elements: [Place] = []
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

    /// A larger page, in bytes of UTF-8, is refused: what the parser holds of one grows with it.
    private static let largest = 16 << 20

    /// The place of a longer text, in bytes, is given back after it.
    private static let longestUsual = 64 << 10

    /// Reads a page in UTF-8.
    ///
    /// - Parameter firstLine: the number of its first line in the file.
    init(_ utf8: [UInt8], firstLine: Int = 1) throws(UndecodableText) {
        guard utf8.count <= Self.largest else {
            throw UndecodableText(reason: .overLimits("a web page"))
        }
        self.firstLine = firstLine
        var reader = self
        do {
            try Markup.html.read(utf8) { reader.take($0) }
        } catch {
            throw UndecodableText(reason: .failedForNow("a web page", why: "memory ran short"))
        }
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
            || attributes.contains { attribute in
                PageFurniture.names(attribute).contains { Self.contentNames.contains($0) }
            }
        let isHeadline = name == "h1" || name == "h2"
        if Self.blocks.contains(name) || isHeadline { flush() }
        elements.append(Place(isContent: isContent, isHeadline: isHeadline))
        contentDepth += isContent ? 1 : 0
        headlineDepth += isHeadline ? 1 : 0
        switch name {
        case "title": isInPageTitle = pageTitle == nil
        case "meta": takeMeta(attributes)
        case "br": flush()
        case "pre": isPreformatted = true
        case "table":
            flush()
            flow.openTable()
        case "tr":
            flush()
            flow.finishRow()
        case "td", "th":
            flush()
            flow.openCell()
        default: break
        }
    }

    private mutating func close(_ name: String) {
        if let element = elements.popLast() {
            if Self.blocks.contains(name) { flush() }
            contentDepth -= element.contains(.content) ? 1 : 0
            headlineDepth -= element.contains(.headline) ? 1 : 0
        }
        switch name {
        case "title": isInPageTitle = false
        case "pre": isPreformatted = false
        case "td", "th":
            flush()
            flow.closeCell()
        case "tr":
            flush()
            flow.finishRow()
        case "table":
            flush()
            flow.closeTable()
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
            text.removeAll(keepingCapacity: text.count < Self.longestUsual)
            textLine = nil
        }
        guard let line = textLine else { return }
        flow.add(
            String(decoding: text, as: UTF8.self), line: line + firstLine - 1,
            mark: Place(
                isContent: isMarkedContent || contentDepth > 0, isHeadline: headlineDepth > 0))
    }

    // MARK: The end

    private mutating func finish() {
        flush()
        flow.finish()
        var kept = flow.lines
        // The marks of the article hold when they hold most of the page.
        let size = kept.reduce(0) { $0 + $1.text.utf8.count }
        let content = kept.reduce(0) { $0 + ($1.mark.contains(.content) ? $1.text.utf8.count : 0) }
        if content >= 600, content * 2 >= size {
            kept = kept.filter { !$0.mark.isEmpty }
        }
        for line in kept where !PageFurniture.takes(line.text, into: &evidence) {
            lines.append(line.line)
        }
        if evidence.title == nil, let title = pageTitle?.trimmingSpaces, !title.isEmpty {
            evidence.title = title
        }
    }
}
