import ChineseText
import Documents
import ReportModel

/// A file as the stages after this one see it, whatever its format: lines and their source.
struct Document {
    /// The lines; a row of a table is one line, its cells parted by tabs.
    let lines: [SourceLine]
    /// The encoding that the text was decoded from.
    let encoding: TextEncoding
    /// What the document says about itself.
    let evidence: DocumentEvidence
    /// What was repaired on the way.
    let findings: [Finding]

    /// A page of scripts with no longer line, in bytes, shows its text only when they run.
    private static let longestNotice = 60

    /// The most lines of which mojibake is reported one by one.
    private static let mostFindings = 20

    /// Reads a file's bytes.
    ///
    /// - Parameter encoding: overrides what the bytes say; nil to tell it from them.
    init(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws(UndecodableText) {
        switch FileFormat(bytes) {
        case .pdf: try self.init(pdf: bytes)
        case .zip:
            let word = try WordReader(archive: bytes)
            self.init(
                word.lines, .utf8, word.evidence,
                [Self.converted("a Word document; a line is one of its paragraphs or rows")]
                    + word.findings)
        case .message:
            guard let message = MIMEReader(bytes) else {
                throw UndecodableText(reason: .damaged("a saved web page"))
            }
            try self.init(text: message.page, encoding: encoding, isPage: true)
        case .unread(let name): throw UndecodableText(reason: .format(name))
        case .encrypted(let name): throw UndecodableText(reason: .encrypted(name))
        case .text: try self.init(text: bytes, encoding: encoding, isPage: false)
        }
    }

    /// Reads text: plain, Markdown, a web page, or the XML of a word processor.
    private init(
        text bytes: [UInt8], encoding: TextEncoding?, isPage: Bool
    ) throws(UndecodableText) {
        var decoded = try DecodedText(
            bytes, encoding: encoding, declared: DeclaredEncoding.find(in: bytes))
        if !isPage, LanguageSigns.areMissing(in: decoded.utf8) {
            throw UndecodableText(reason: .noLanguage)
        }
        switch isPage ? .html : TextFormat(decoded.utf8) {
        case .plain:
            if let sheet = SheetReader(decoded.utf8) {
                self.init(sheet.lines, decoded.encoding, DocumentEvidence(), decoded.findings)
                return
            }
            let lines = SourceLine.lines(of: decoded.utf8)
            let isMarked = lines.contains { $0.signs.contains(.markup) }
            if isMarked, TextFormat.hasTags(decoded.utf8) {
                try self.init(page: decoded)
                return
            }
            // The lines hold it all.
            decoded.utf8 = []
            guard isMarked else {
                self.init(lines, decoded.encoding, DocumentEvidence(), decoded.findings)
                return
            }
            let source = lines.map {
                DocumentLine(number: $0.number, lastNumber: $0.lastNumber, raw: $0.raw)
            }
            self.init(
                try MarkdownReader(source).lines, decoded.encoding, DocumentEvidence(),
                decoded.findings)
        case .html: try self.init(page: decoded)
        case .wordXML:
            let word = try WordReader(xml: decoded.utf8)
            self.init(
                word.lines, decoded.encoding, word.evidence, decoded.findings + word.findings)
        case .json: throw UndecodableText(reason: .format("JSON data"))
        }
    }

    private init(page decoded: DecodedText) throws(UndecodableText) {
        let page = try HTMLReader(decoded.utf8)
        if page.hasScripts, page.lines.allSatisfy({ $0.raw.utf8.count <= Self.longestNotice }) {
            throw UndecodableText(reason: .drawnByScript)
        }
        self.init(page.lines, decoded.encoding, page.evidence, decoded.findings)
    }

    private init(pdf bytes: [UInt8]) throws(UndecodableText) {
        let pdf = try PDFReader(bytes)
        self.init(
            pdf.lines, .utf8, DocumentEvidence(),
            [Self.converted("a PDF document; a line is a paragraph or a row of a table")]
                + pdf.findings)
    }

    private static func converted(_ message: String) -> Finding {
        Finding(code: "converted", line: nil, message: message)
    }

    private init(
        _ lines: [DocumentLine], _ encoding: TextEncoding, _ evidence: DocumentEvidence,
        _ findings: [Finding]
    ) {
        self.init(
            lines.map {
                SourceLine(number: $0.number, lastNumber: $0.lastNumber, raw: $0.raw, row: $0.row)
            }, encoding, evidence, findings)
    }

    /// Takes the lines of a reader, with mojibake restored or marked.
    private init(
        _ lines: [SourceLine], _ encoding: TextEncoding, _ evidence: DocumentEvidence,
        _ findings: [Finding]
    ) {
        let mojibake = Mojibake()
        var lines = lines
        var findings = findings
        var damaged = 0
        for index in lines.indices where lines[index].signs.contains(.odd) {
            let line = lines[index]
            guard let repair = mojibake.repair(line.raw) else { continue }
            // The raw text of what is lost stays as printed.
            lines[index] =
                repair.lost > 0
                ? SourceLine(
                    number: line.number, lastNumber: line.lastNumber, raw: line.raw,
                    text: TextRepair.repaired(repair.text))
                : SourceLine(
                    number: line.number, lastNumber: line.lastNumber, raw: repair.text)
            damaged += 1
            if damaged <= Self.mostFindings {
                findings.append(
                    Finding(code: "mojibake", line: line.number, message: repair.message))
            }
        }
        if damaged > Self.mostFindings {
            findings.append(
                Finding(
                    code: "mojibake", line: nil,
                    message: "\(damaged) lines in all were decoded with a wrong encoding before"))
        }
        if lines.count > LineLimit.apart {
            findings.append(LineLimit.finding(from: lines[LineLimit.apart].number))
        }
        self.encoding = encoding
        self.evidence = evidence
        self.lines = lines
        self.findings = findings
    }
}

extension Mojibake.Repair {
    /// What was done, for a person.
    fileprivate var message: String {
        var parts: [String] = []
        if restored > 0 { parts.append("\(restored) characters of a wrong encoding were restored") }
        if lost > 0 {
            parts.append("\(lost) characters of a wrong encoding are read as U+FFFD")
        }
        return parts.joined(separator: ", ")
    }
}
