import ChineseText
import Documents
import ReportModel

/// A word processor's document as lines: one a paragraph or row of a table.
///
/// Such a file has no lines of its own, so a line's number is its place among the paragraphs and
/// rows that hold text, from 1. Deleted text, hidden text, notes, headers and footers are left
/// out; text boxes come before the paragraph that holds them; automatic numbers are written out.
struct WordReader {
    private(set) var lines: [DocumentLine] = []
    private(set) var evidence = DocumentEvidence()
    /// What was wrong with the parts.
    private(set) var findings: [Finding] = []

    /// The names of parts that tell the kinds of Office archives apart.
    private static let kinds = [
        ("xl/workbook.xml", "an Excel workbook"), ("ppt/presentation.xml", "a PowerPoint document"),
        ("content.xml", "an OpenDocument file"),
    ]

    /// A larger document, in bytes of XML, is refused, as a web page is.
    private static let largest = 16 << 20

    /// What is read of an archive.
    private struct Parts {
        /// The document itself; nil when the archive is none of a word processor.
        let body: [UInt8]?
        let numbering: [UInt8]
        let styles: [UInt8]
        let properties: [UInt8]
        /// What the archive is when it has no body.
        let kind: String

        init(of archive: ZipArchive) throws(ArchiveProblem) {
            let names = archive.names
            let main = names.first { $0.hasPrefix("word/document") && $0.hasSuffix(".xml") }
            if let main { body = try archive.part(main) } else { body = nil }
            guard body?.count ?? 0 <= largest else { throw .overLimits }
            numbering = try archive.part("word/numbering.xml") ?? []
            styles = try archive.part("word/styles.xml") ?? []
            properties = try archive.part("docProps/core.xml") ?? []
            kind = kinds.first { names.contains($0.0) }?.1 ?? "a ZIP archive"
        }
    }

    /// Reads an archive.
    init(archive bytes: [UInt8]) throws(UndecodableText) {
        let parts: Parts
        do {
            parts = try Parts(of: ZipArchive(bytes))
        } catch {
            throw UndecodableText(reason: error.reason)
        }
        guard let body = parts.body else {
            throw UndecodableText(reason: .format(parts.kind))
        }
        try read(body, WordNumbering(numbering: parts.numbering, styles: parts.styles))
        readProperties(parts.properties)
    }

    /// Reads a document that was saved as one XML file.
    init(xml: [UInt8]) throws(UndecodableText) {
        try read(xml, WordNumbering(numbering: xml, styles: xml))
    }

    private mutating func read(
        _ xml: [UInt8], _ numbering: WordNumbering
    ) throws(UndecodableText) {
        var body = WordBody(numbering: numbering)
        do throws(MarkupProblem) {
            try Markup.xml.read(xml) { body.take($0) }
        } catch {
            guard error != .noMemory else {
                throw UndecodableText(
                    reason: .failedForNow("an Office document", why: "memory ran short"))
            }
            findings.append(
                Finding(
                    code: "damaged_document", line: nil,
                    message: error == .documentType
                        ? "the document declares a document type and is not read further"
                        : "the document is damaged; what comes before the damage is read"))
        }
        lines = body.finished()
    }

    private mutating func readProperties(_ xml: [UInt8]) {
        var element = ""
        var values: [String: String] = [:]
        guard !xml.isEmpty else { return }
        // A title that cannot be read is no loss.
        try? Markup.xml.read(xml) {
            switch $0 {
            case .start(let name, _): element = name
            case .text(let text, _): values[element, default: ""] += text
            case .end, .reset: element = ""
            }
        }
        if let title = values["title"]?.trimmingSpaces, !title.isEmpty { evidence.title = title }
    }
}

/// The body of a word processor's document, read event by event.
private struct WordBody {
    private var flow = BlockFlow<Set<Never>>()
    private var numbering: WordNumbering
    /// The paragraphs that are open; a text box opens one within another.
    private var paragraphs: [Paragraph] = []
    /// The number of open elements from the outermost whose text does not count.
    private var dropped = 0
    private var isInText = false
    private var isHidden = false
    /// Whether the cell that is read now goes on from the row above, for each open table.
    private var isContinued: [Bool] = []

    private struct Paragraph {
        var text = ""
        var style: String?
        var list: String?
        var level: Int?
        var hasLines = false
    }

    init(numbering: WordNumbering) { self.numbering = numbering }

    /// Text that was deleted or moved away, the second copy of a drawing, codes of fields.
    private static let droppedElements: Set<String> = [
        "del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange",
    ]

    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            if dropped > 0 || Self.droppedElements.contains(name) {
                dropped += 1
            } else {
                open(name, attributes)
            }
        case .end(let name):
            if dropped > 0 { dropped -= 1 } else { close(name) }
        case .text(let text, _):
            if dropped == 0, isInText, !isHidden, let last = paragraphs.indices.last {
                paragraphs[last].text += text
            }
        case .reset: break
        }
    }

    private mutating func open(_ name: String, _ attributes: [MarkupAttribute]) {
        switch name {
        case "p": paragraphs.append(Paragraph())
        case "r": isHidden = false
        case "t": isInText = true
        case "vanish": isHidden = !["0", "false"].contains(attributes["val"] ?? "")
        // A tab would part cells.
        case "tab": add(" ")
        case "br", "cr": finishLine()
        case "noBreakHyphen": add("-")
        case "pStyle": set(\.style, attributes["val"])
        case "numId": set(\.list, attributes["val"])
        case "ilvl": set(\.level, attributes["val"].flatMap { Int($0) })
        case "tbl":
            flow.openTable()
            isContinued.append(false)
        case "tc":
            flow.openCell()
            if let last = isContinued.indices.last { isContinued[last] = false }
        case "vMerge", "hMerge":
            if let last = isContinued.indices.last {
                isContinued[last] = attributes["val"] != "restart"
            }
        default: break
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "t": isInText = false
        case "r": isHidden = false
        case "p": finishParagraph()
        case "tc": flow.closeCell(isSpanned: isContinued.last ?? false)
        case "tr": flow.finishRow()
        case "tbl":
            flow.closeTable()
            _ = isContinued.popLast()
        default: break
        }
    }

    private mutating func add(_ text: String) {
        // The tabs of a paragraph's own ruler stand outside of runs, before any text.
        if let last = paragraphs.indices.last, !paragraphs[last].text.isEmpty {
            paragraphs[last].text += text
        }
    }

    private mutating func set<Value>(_ path: WritableKeyPath<Paragraph, Value>, _ value: Value) {
        if let last = paragraphs.indices.last { paragraphs[last][keyPath: path] = value }
    }

    private mutating func finishParagraph() {
        finishLine()
        _ = paragraphs.popLast()
    }

    /// Ends a line of the open paragraph; only its first has the paragraph's number.
    private mutating func finishLine() {
        guard let last = paragraphs.indices.last else { return }
        let paragraph = paragraphs[last]
        let text = paragraph.text.trimmingSpaces
        guard !text.isEmpty else { return }
        let mark =
            paragraph.hasLines
            ? ""
            : numbering.mark(list: paragraph.list, level: paragraph.level, style: paragraph.style)
        flow.add(mark + text, line: 0, mark: [])
        paragraphs[last].text = ""
        paragraphs[last].hasLines = true
    }

    mutating func finished() -> [DocumentLine] {
        while !paragraphs.isEmpty { finishParagraph() }
        flow.finish()
        return flow.lines.enumerated().map { DocumentLine(number: $0 + 1, raw: $1.text) }
    }
}

extension ArchiveProblem {
    /// Why an archive of this kind is not read.
    fileprivate var reason: UndecodableText.Reason {
        switch self {
        case .damaged: .damaged("a ZIP archive or Office document")
        case .encrypted: .encrypted("an Office document")
        case .overLimits: .overLimits("an Office document")
        case .noMemory: .failedForNow("an Office document", why: "memory ran short")
        }
    }
}
