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

    /// What an open element and those around it are, or what stands around a line.
    private struct Surroundings: OptionSet {
        let rawValue: UInt8

        /// Text of the article.
        static let content = Surroundings(rawValue: 1)
        /// A large heading.
        static let headline = Surroundings(rawValue: 2)
        /// Text that is no longer valid.
        static let struck = Surroundings(rawValue: 4)
        /// Text above the line.
        static let raised = Surroundings(rawValue: 8)
        /// Text below the line.
        static let lowered = Surroundings(rawValue: 16)
        /// Text without a size.
        static let sizeless = Surroundings(rawValue: 32)
    }

    private var firstLine: Int
    private var flow = BlockFlow<Surroundings>()
    private var elements: [Surroundings] = []
    /// What the innermost open element is.
    private var current: Surroundings { elements.last ?? [] }
    /// Whether the page has marked the beginning of its article, and not its end.
    private var isMarkedContent = false
    /// The number of open elements from the outermost that is dropped.
    private var dropped = 0
    private var text: [UInt8] = []
    private var textLine: Int?
    /// Whether a sign of struck text is open.
    private var isStruckOpen = false
    /// Whether what comes next is no part of the number before it.
    private var isParted = false
    private var isPreformatted = false
    private var pageTitle: String?
    private var isInPageTitle = false
    private var sheet = StyleSheet()
    private var sheetText = ""
    private let obeysSheet: Bool
    /// How much text the page's style sheet hides, in bytes.
    private var hiddenBySheet = 0
    private var isHiddenBySheet = false
    /// The styles of elements that were read, since most repeat.
    private var knownStyles: [String: PageStyle] = [:]
    private static let mostKnownStyles = 1_000
    /// Whether the page holds scripts.
    private(set) var hasScripts = false

    /// A larger page, in bytes of UTF-8, is refused: what the parser holds of one grows with it.
    private static let largest = 16 << 20

    /// The memory of a longer text is given back after it.
    private static let longestUsual = 64 << 10

    /// Reads a page in UTF-8.
    ///
    /// - Parameter firstLine: the number of its first line in the file.
    init(_ utf8: [UInt8], firstLine: Int = 1) throws(UndecodableText) {
        guard utf8.count <= Self.largest else {
            throw UndecodableText(reason: .overLimits("a web page"))
        }
        let reader = try Self.read(utf8, firstLine, obeysSheet: true)
        // A page whose sheet hides its article shows it by a script.
        let size = reader.lines.reduce(0) { $0 + $1.raw.utf8.count }
        self =
            reader.hiddenBySheet > size
            ? try Self.read(utf8, firstLine, obeysSheet: false) : reader
    }

    private init(firstLine: Int, obeysSheet: Bool) {
        self.firstLine = firstLine
        self.obeysSheet = obeysSheet
    }

    private static func read(
        _ utf8: [UInt8], _ firstLine: Int, obeysSheet: Bool
    ) throws(UndecodableText) -> HTMLReader {
        var reader = HTMLReader(firstLine: firstLine, obeysSheet: obeysSheet)
        do {
            try Markup.html.read(utf8) { reader.take($0) }
        } catch {
            throw UndecodableText(reason: .failedForNow("a web page", why: "memory ran short"))
        }
        reader.finish()
        return reader
    }

    private mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 {
                dropped += 1
            } else {
                let style = style(of: attributes)
                if name == "script" { hasScripts = true }
                if PageFurniture.isDropped(name, attributes) || style.contains(.hidden) {
                    if Self.blocks.contains(name) { flush() }
                    dropped = 1
                } else {
                    open(name, attributes, style)
                }
            }
        case .end(let name):
            if dropped > 0 {
                dropped -= 1
                if !sheetText.isEmpty {
                    sheet.read(sheetText)
                    sheetText = ""
                }
                if dropped == 0 {
                    isHiddenBySheet = false
                    isParted = true
                }
            } else {
                close(name)
            }
        case .text(let text, let line):
            if isInPageTitle {
                pageTitle = (pageTitle ?? "") + text
            } else if dropped == 0 {
                append(text, line)
            } else if isHiddenBySheet {
                hiddenBySheet += text.utf8.count
            }
        case .style(let text): sheetText += text
        case .reset:
            dropped = 0
            elements = []
        }
    }

    /// What an element's own style and the page's sheet do to it.
    private mutating func style(of attributes: [MarkupAttribute]) -> PageStyle {
        var style: PageStyle = []
        for attribute in attributes {
            if attribute.name == "style" {
                let own = knownStyles[attribute.value] ?? PageStyle(attribute.value)
                if knownStyles.count < Self.mostKnownStyles { knownStyles[attribute.value] = own }
                style.formUnion(own)
            } else if !sheet.isEmpty, obeysSheet {
                let other = sheet.style(of: attribute)
                if other.contains(.hidden) { isHiddenBySheet = true }
                style.formUnion(other)
            }
        }
        // What an element says of itself goes before what the sheet says.
        if style.isSuperset(of: [.hidden, .shown]), isHiddenBySheet {
            style.remove(.hidden)
            isHiddenBySheet = false
        }
        return style
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

    private mutating func open(
        _ name: String, _ attributes: [MarkupAttribute], _ style: PageStyle
    ) {
        let isContent =
            name == "article" || name == "main"
            || attributes.contains { attribute in
                PageFurniture.names(attribute).contains { Self.contentNames.contains($0) }
            }
        let isHeadline = name == "h1" || name == "h2"
        if Self.blocks.contains(name) || isHeadline { flush() }
        var surroundings = current
        if isContent { surroundings.insert(.content) }
        if isHeadline { surroundings.insert(.headline) }
        if style.contains(.struck) || Self.struckNames.contains(name) {
            surroundings.insert(.struck)
        }
        // A link within the same page is the mark of a note.
        let isNoteMark = name == "a" && flow.isInTable && attributes["href"]?.first == "#"
        if style.contains(.raised) || name == "sup" || isNoteMark { surroundings.insert(.raised) }
        if style.contains(.lowered) || name == "sub" { surroundings.insert(.lowered) }
        if style.contains(.sizeless) { surroundings.insert(.sizeless) }
        if style.contains(.sized) { surroundings.remove(.sizeless) }
        if surroundings.contains(.struck) != current.contains(.struck) { turnStruck(to: true) }
        if name == "ins" { isParted = true }
        elements.append(surroundings)
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
            flow.openCell(
                columns: attributes["colspan"].flatMap { Int($0) } ?? 1,
                rows: attributes["rowspan"].flatMap { Int($0) } ?? 1)
        default: break
        }
    }

    private static let struckNames: Set<String> = ["del", "s", "strike"]

    /// Begins or ends text that is no longer valid: marked in a table, where it tells of a cell.
    private mutating func turnStruck(to isStruck: Bool) {
        if isStruck ? flow.isInTable : isStruckOpen {
            text += Array(StruckText.sign.utf8)
            isStruckOpen = isStruck
        }
        isParted = true
    }

    private mutating func close(_ name: String) {
        if let element = elements.last {
            let parent = elements.dropLast().last ?? []
            if element.contains(.struck) != parent.contains(.struck) { turnStruck(to: false) }
            if Self.blocks.contains(name) { flush() }
            elements.removeLast()
        }
        if name == "ins" { isParted = true }
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
        let surroundings = current
        if surroundings.contains(.sizeless) || surroundings.contains(.struck) && !flow.isInTable {
            return
        }
        var line = line
        var added = WindowsCharacter.mended(added)
        if !surroundings.isDisjoint(with: [.raised, .lowered]) {
            added = RaisedText.text(added, isAbove: surroundings.contains(.raised))
        }
        if isParted, let first = added.utf8.first {
            if let last = text.last, StruckText.areDigits(last, first) { text.append(0x20) }
            isParted = false
        }
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
            if isStruckOpen { text += Array(StruckText.sign.utf8) }
            textLine = nil
        }
        isParted = false
        guard let line = textLine else { return }
        if isStruckOpen { text += Array(StruckText.sign.utf8) }
        let surroundings = current.intersection([.content, .headline])
        flow.add(
            String(decoding: text, as: UTF8.self), line: line + firstLine - 1,
            mark: isMarkedContent ? surroundings.union(.content) : surroundings)
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
