import ChineseText
import Documents
import ReportModel

/// A word processor's document as lines: one a paragraph or row of a table.
///
/// Such a file has no lines of its own, so a line's number is its place among the paragraphs and
/// rows that hold text, from 1. Deleted text, hidden text, readings of characters, headers and
/// footers are left out; text boxes come before the paragraph that holds them, foot-notes and
/// end-notes after it; automatic numbers are written out; embedded pages are read where they stand.
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
        let notes: [[UInt8]]
        /// The embedded pages by the names under which the body asks for them.
        let pages: [String: [UInt8]]
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
            notes = try ["footnotes", "endnotes"].map {
                name throws(ArchiveProblem) in try archive.part("word/\(name).xml") ?? []
            }
            pages = try Self.pages(of: archive)
            kind = kinds.first { names.contains($0.0) }?.1 ?? "a ZIP archive"
        }

        /// No document embeds so many pages.
        private static let mostPages = 20

        private static func pages(
            of archive: ZipArchive
        ) throws(ArchiveProblem) -> [String: [UInt8]] {
            var targets: [(name: String, part: String)] = []
            let relations = try archive.part("word/_rels/document.xml.rels") ?? []
            // Relations that cannot be read name no pages.
            try? Markup.xml.read(relations) { event in
                guard case .start("Relationship", let attributes) = event,
                    let type = attributes["Type"], type.hasSuffix("/aFChunk"),
                    let name = attributes["Id"], let target = attributes["Target"]
                else { return }
                targets.append(
                    (name, target.hasPrefix("/") ? String(target.dropFirst()) : "word/" + target))
            }
            var pages: [String: [UInt8]] = [:]
            for (name, part) in targets.prefix(mostPages) { pages[name] = try archive.part(part) }
            return pages
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
        var pages: [String: [DocumentLine]] = [:]
        for (name, bytes) in parts.pages {
            // An archive within an archive stays closed.
            guard !bytes.starts(with: [0x50, 0x4B]), let page = try? Document(bytes) else {
                find("part_unread", "an embedded part of the document is not read")
                continue
            }
            pages[name] = page.lines.map {
                DocumentLine(number: $0.number, raw: $0.raw, row: $0.row)
            }
        }
        try read(
            body,
            WordBody(
                numbering: WordNumbering(numbering: parts.numbering, styles: parts.styles),
                notes: WordNotes(parts.notes), pages: pages))
        readProperties(parts.properties)
    }

    /// Reads a document that was saved as one XML file.
    init(xml: [UInt8]) throws(UndecodableText) {
        try read(xml, WordBody(numbering: WordNumbering(numbering: xml, styles: xml)))
    }

    private mutating func find(_ code: String, _ message: String) {
        findings.append(Finding(code: code, line: nil, message: message))
    }

    private mutating func read(_ xml: [UInt8], _ body: WordBody) throws(UndecodableText) {
        var body = body
        do throws(MarkupProblem) {
            try Markup.xml.read(xml) { body.take($0) }
        } catch {
            guard error != .noMemory else {
                throw UndecodableText(
                    reason: .failedForNow("an Office document", why: "memory ran short"))
            }
            find(
                "damaged_document",
                error == .documentType
                    ? "the document declares a document type and is not read further"
                    : "the document is damaged; what comes before the damage is read")
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
            case .end, .style, .reset: element = ""
            }
        }
        if let title = values["title"]?.trimmingSpaces, !title.isEmpty { evidence.title = title }
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
