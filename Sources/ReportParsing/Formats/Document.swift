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
    var evidence: DocumentEvidence
    /// What was repaired on the way.
    let findings: [Finding]
    /// The pages or sheets that the lines stand on; none where the format has none.
    var parts: [DocumentPart] = []
    /// The format, by the usual ending of such files.
    private(set) var format = "txt"
    /// Whether a program told some of the text from pictures.
    var isRecognized = false

    /// A page of scripts with no longer line, in bytes, shows its text only when they run.
    private static let longestNotice = 60

    /// The most lines of which mojibake is reported one by one.
    private static let mostFindings = 20

    /// Reads a file's bytes.
    ///
    /// - Parameters:
    ///   - encoding: overrides what the bytes say; nil to tell it from them.
    ///   - recognition: reads the text of pictures; nil leaves them unread.
    init(
        _ bytes: [UInt8], encoding: TextEncoding? = nil, recognition: PageRecognition? = nil
    ) throws(UndecodableText) {
        switch FileFormat(bytes) {
        case .pdf: try self.init(pdf: bytes, recognition)
        case .image: try self.init(image: bytes, recognition)
        case .zip: try self.init(archive: bytes)
        case .richText:
            let text = RichTextReader(bytes)
            self.init(
                text.lines, .utf8, text.evidence,
                [Self.converted("a Rich Text document; a line is one of its paragraphs or rows")]
                    + text.findings)
            format = "rtf"
        case .compound: try self.init(compound: bytes)
        case .message:
            guard let message = MIMEMessage(bytes), let body = message.body else {
                throw UndecodableText(reason: .damaged("a mail or saved web page"))
            }
            try self.init(
                text: body.bytes, encoding: encoding ?? body.encoding, isPage: body.isPage)
            if evidence.title == nil { evidence.title = message.subject }
            format = body.isPage ? "mht" : "eml"
        case .compressed: try self.init(compressed: bytes, encoding, recognition)
        case .unread(let name): throw UndecodableText(reason: .format(name))
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
                format = "csv"
                return
            }
            let lines = SourceLine.lines(of: decoded.text)
            let isMarked = lines.contains { $0.signs.contains(.markup) }
            if isMarked, TextFormat.hasTags(decoded.utf8) {
                try self.init(page: decoded)
                return
            }
            // The lines hold it all.
            decoded.text = WellFormedUTF8()
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
            format = "docx"
        case .openDocument:
            let read = try OpenDocumentReader(decoded.utf8, isSheet: false)
            self.init(read)
        case .json:
            throw UndecodableText(
                reason: .format(
                    "JSON data without a text (--field text=NAME names the field of one)"))
        }
    }

    private init(page decoded: DecodedText) throws(UndecodableText) {
        let page = try HTMLReader(decoded.utf8)
        if page.hasScripts, page.lines.allSatisfy({ $0.raw.utf8.count <= Self.longestNotice }) {
            throw UndecodableText(reason: .drawnByScript)
        }
        self.init(page.lines, decoded.encoding, page.evidence, decoded.findings)
        format = "html"
    }

    private init(
        pdf bytes: [UInt8], _ recognition: PageRecognition?
    ) throws(UndecodableText) {
        let pdf = try PDFReader(bytes, recognition: recognition)
        self.init(
            pdf.lines, .utf8, DocumentEvidence(),
            [Self.converted("a PDF document; a line is a paragraph or a row of a table")]
                + pdf.findings)
        parts = pdf.parts
        format = "pdf"
        isRecognized = pdf.isRecognized
    }

    /// Reads a picture of a page.
    private init(
        image bytes: [UInt8], _ recognition: PageRecognition?
    ) throws(UndecodableText) {
        guard let recognition else { throw UndecodableText(reason: .scan("an image")) }
        let page = try recognition.read(bytes, of: "an image")
        guard !page.page.lines.isEmpty else {
            throw UndecodableText(reason: .format("an image without text"))
        }
        let read = PDFReader([page.page.upright])
        self.init(
            read.lines, .utf8, DocumentEvidence(),
            [Self.converted("an image; a line is a paragraph or a row of a table")]
                + read.findings + [page.finding])
        isRecognized = true
        format = "image"
    }

    private init(fixedLayout archive: ZipArchive) throws(UndecodableText) {
        let name = "an OFD document"
        let content: OFDPages.Content
        do {
            content = try OFDPages.read(archive)
        } catch {
            throw UndecodableText(reason: error.reason(of: name))
        }
        guard content.pages.contains(where: { !$0.lines.isEmpty }) else {
            throw UndecodableText(reason: .scan(name))
        }
        let read = PDFReader(content.pages.map(\.upright))
        var evidence = DocumentEvidence()
        evidence.title = content.title
        self.init(
            read.lines, .utf8, evidence,
            [Self.converted("\(name); a line is a paragraph or a row of a table")]
                + content.damaged.map {
                    Finding(
                        code: "damaged_document", line: nil,
                        message: "page \($0) is damaged; what comes before the damage is read")
                } + read.findings)
        parts = read.parts
        format = "ofd"
    }

    /// Reads data compressed by gzip, which may be of any other format.
    private init(
        compressed bytes: [UInt8], _ encoding: TextEncoding?, _ recognition: PageRecognition?
    ) throws(UndecodableText) {
        let expanded: [UInt8]
        do throws(ArchiveProblem) {
            let stream = try ByteStream(ByteSource(bytes), mostExpanded: Self.mostExpanded)
            guard let rest = try stream.rest(atMost: Self.mostExpanded) else { throw .overLimits }
            expanded = rest
        } catch {
            throw UndecodableText(reason: error.reason(of: "compressed data"))
        }
        guard !expanded.starts(with: [0x1F, 0x8B]) else {
            throw UndecodableText(reason: .format("data compressed twice"))
        }
        try self.init(expanded, encoding: encoding, recognition: recognition)
    }

    /// The most bytes that compressed data expand to.
    private static let mostExpanded = 32 << 20

    /// Reads an archive that is one document.
    private init(archive bytes: [UInt8]) throws(UndecodableText) {
        let archive: ZipArchive
        do {
            archive = try ZipArchive(bytes)
        } catch {
            throw UndecodableText(reason: error.reason(of: "a ZIP archive or Office document"))
        }
        switch ArchiveKind(archive.names) {
        case .word:
            let word = try WordReader(archive: archive)
            self.init(
                word.lines, .utf8, word.evidence,
                [Self.converted("a Word document; a line is one of its paragraphs or rows")]
                    + word.findings)
            format = "docx"
        case .excel:
            let book = try ExcelReader(archive)
            self.init(book.content, book.evidence, "an Excel workbook")
            format = "xlsx"
        case .openDocument:
            let read = try OpenDocumentReader(archive)
            self.init(read)
        case .fixedLayout: try self.init(fixedLayout: archive)
        case .files, .webCollection:
            throw UndecodableText(reason: .format("a ZIP archive within archives"))
        case .unread(let name): throw UndecodableText(reason: .format(name))
        }
    }

    private init(_ read: OpenDocumentReader) {
        self.init(
            read.lines, .utf8, read.evidence,
            [
                Self.converted(
                    read.isSheet
                        ? "an OpenDocument workbook; a line is one of its rows"
                        : "an OpenDocument text; a line is one of its paragraphs or rows")
            ] + read.findings)
        parts = read.parts
        format = read.isSheet ? "ods" : "odt"
    }

    private init(_ content: WorkbookContent, _ evidence: DocumentEvidence, _ name: String) {
        self.init(
            content.lines, .utf8, evidence,
            [Self.converted("\(name); a line is one of its rows")] + content.findings)
        parts = content.parts
    }

    private init(compound bytes: [UInt8]) throws(UndecodableText) {
        let file: CompoundFile
        do {
            file = try CompoundFile(bytes)
        } catch {
            throw UndecodableText(reason: error.reason(of: "an Office document"))
        }
        switch CompoundKind(file) {
        case .word:
            let word = try Word97Reader(file)
            self.init(
                word.lines, .utf8, DocumentEvidence(),
                [Self.converted("an old Word document; a line is one of its paragraphs or rows")])
            format = "doc"
        case .excel:
            self.init(
                try OldExcelReader(file).content, DocumentEvidence(), "an old Excel workbook")
            format = "xls"
        case .encrypted: throw UndecodableText(reason: .encrypted("an Office document"))
        case .unread(let name): throw UndecodableText(reason: .format(name))
        }
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
