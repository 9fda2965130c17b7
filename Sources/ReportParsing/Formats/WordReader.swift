import ChineseText
import Documents
import ReportModel

/// A word processor's document as lines: one a paragraph or row of a table.
///
/// Such a file has no lines of its own, so a line's number is its position among the paragraphs and
/// rows that hold text, from 1. Deleted text, hidden text, readings of characters, headers and
/// footers are left out; text boxes come before the paragraph that holds them, foot-notes and
/// end-notes after it; automatic numbers are written out; embedded pages are read where they stand.
struct WordReader {
    private(set) var lines: [DocumentLine] = []
    private(set) var evidence = DocumentEvidence()
    /// What was wrong with the parts.
    private(set) var findings: [Finding] = []

    /// A larger document, in bytes of XML, is refused, as a web page is.
    private static let largest = 16 << 20

    /// What is read of an archive.
    private struct Parts {
        /// The document itself.
        let body: [UInt8]
        let numbering: [UInt8]
        let styles: [UInt8]
        let properties: [UInt8]
        let notes: [[UInt8]]
        /// The embedded pages by the names under which the body asks for them.
        private(set) var pages: [String: [UInt8]] = [:]
        /// How many whole documents are embedded beside these.
        private(set) var documents = 0

        init(of archive: ZipArchive) throws(ArchiveProblem) {
            body =
                try archive.names.first(where: isBody).flatMap {
                    name throws(ArchiveProblem) in try archive.part(name)
                } ?? []
            guard body.count <= largest else { throw .overLimits }
            numbering = try archive.part("word/numbering.xml") ?? []
            styles = try archive.part("word/styles.xml") ?? []
            properties = try archive.part("docProps/core.xml") ?? []
            notes = try ["footnotes", "endnotes"].map {
                name throws(ArchiveProblem) in try archive.part("word/\(name).xml") ?? []
            }
            try readPages(of: archive)
        }

        /// No document embeds so many pages.
        private static let mostPages = 20

        private mutating func readPages(of archive: ZipArchive) throws(ArchiveProblem) {
            var targets: [(name: String, part: String)] = []
            let relations = try archive.part("word/_rels/document.xml.rels") ?? []
            // Relations that cannot be read name no pages.
            try? Markup.xml.read(relations) { event in
                guard case .start("Relationship", let attributes) = event,
                    let type = attributes["Type"]
                else { return }
                if type.hasSuffix("/package") { documents += 1 }
                guard type.hasSuffix("/aFChunk"),
                    let name = attributes["Id"], let target = attributes["Target"]
                else { return }
                targets.append(
                    (name, target.hasPrefix("/") ? String(target.dropFirst()) : "word/" + target))
            }
            for (name, part) in targets.prefix(Self.mostPages) {
                pages[name] = try archive.part(part)
            }
        }
    }

    /// Whether a part of an archive is the body of a document.
    static func isBody(_ name: String) -> Bool {
        name.hasPrefix("word/document") && name.hasSuffix(".xml")
    }

    /// Reads an archive that has a body.
    init(archive: ZipArchive) throws(UndecodableText) {
        let parts: Parts
        do {
            parts = try Parts(of: archive)
        } catch {
            throw UndecodableText(reason: error.reason(of: "an Office document"))
        }
        var pages: [String: [DocumentLine]] = [:]
        for (name, bytes) in parts.pages {
            // An archive within an archive stays closed.
            guard !bytes.starts(with: [0x50, 0x4B]), let page = try? Document(bytes) else {
                record("part_unread", "an embedded part of the document is not read")
                continue
            }
            pages[name] = page.lines.map {
                DocumentLine(number: $0.number, raw: $0.raw, row: $0.row)
            }
        }
        if parts.documents > 0 {
            record("part_unread", "an embedded part of the document is not read")
        }
        try read(
            parts.body,
            WordBody(
                numbering: WordNumbering(numbering: parts.numbering, styles: parts.styles),
                notes: WordNotes(parts.notes), pages: pages))
        evidence.title = OfficeProperties.title(in: parts.properties)
    }

    /// Reads a document that was saved as one XML file.
    init(xml: [UInt8]) throws(UndecodableText) {
        try read(xml, WordBody(numbering: WordNumbering(numbering: xml, styles: xml)))
    }

    private mutating func record(_ code: String, _ message: String) {
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
            findings.append(.damaged(error))
        }
        lines = body.finished()
    }
}

extension ArchiveProblem {
    /// Why a file of a kind, named for a person, is not read.
    func reason(of kind: String) -> UndecodableText.Reason {
        switch self {
        case .damaged: .damaged(kind)
        case .encrypted: .encrypted(kind)
        case .overLimits: .overLimits(kind)
        case .noMemory: .failedForNow(kind, why: "memory ran short")
        }
    }
}
