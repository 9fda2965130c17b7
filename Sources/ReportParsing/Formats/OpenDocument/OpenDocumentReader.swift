import Documents
import ReportModel

/// A text or sheet in the OpenDocument format as lines.
///
/// A line of a text is one of its paragraphs or rows, counted from 1 among those that hold text; of a
/// sheet it is a row. Deleted and hidden text, remarks, headers and footers are left out; foot-notes
/// come after the paragraph or table that refers to them; automatic numbers are written out.
struct OpenDocumentReader {
    private(set) var lines: [DocumentLine] = []
    private(set) var evidence = DocumentEvidence()
    private(set) var findings: [Finding] = []
    private(set) var parts: [DocumentPart] = []
    /// Whether it is a sheet.
    let isSheet: Bool

    /// A larger document, in bytes of XML, is refused, as a web page is.
    private static let largest = 16 << 20
    private static let name = "an OpenDocument file"

    /// Reads an archive that has the parts of one.
    init(_ archive: ZipArchive) throws(UndecodableText) {
        let (content, style, properties, manifest): ([UInt8], [UInt8], [UInt8], [UInt8])
        do throws(ArchiveProblem) {
            manifest = try archive.part("META-INF/manifest.xml") ?? []
            content = try archive.part("content.xml") ?? []
            style = try archive.part("styles.xml") ?? []
            properties = try archive.part("meta.xml") ?? []
            guard content.count <= Self.largest else { throw .overLimits }
        } catch {
            throw UndecodableText(reason: error.reason(of: Self.name))
        }
        if String(decoding: manifest, as: UTF8.self).contains("encryption-data") {
            throw UndecodableText(reason: .encrypted(Self.name))
        }
        let start = String(decoding: content.prefix(64 << 10), as: UTF8.self)
        let isSheet =
            start.contains("<office:spreadsheet")
            || String(
                decoding: (try? archive.part("mimetype")) ?? [], as: UTF8.self
            ).contains("spreadsheet")
        try self.init(content, styles: style, isSheet: isSheet)
        evidence.title = OfficeProperties.title(in: properties)
    }

    /// Reads the XML of a document, or a whole document in one file of XML.
    init(
        _ content: [UInt8], styles part: [UInt8] = [], isSheet: Bool
    ) throws(UndecodableText) {
        self.isSheet = isSheet
        var styles = OpenDocumentStyles()
        if !part.isEmpty { styles.read(part) }
        var text = OpenDocumentText(styles: styles)
        var sheets = OpenDocumentSheets(styles: styles)
        do throws(MarkupProblem) {
            try Markup.xml.read(content) {
                if isSheet { sheets.take($0) } else { text.take($0) }
            }
        } catch {
            guard error != .noMemory else {
                throw UndecodableText(
                    reason: .failedForNow(Self.name, why: "memory ran short"))
            }
            findings.append(.damaged(error))
        }
        if isSheet {
            guard !sheets.isOverLimits else {
                throw UndecodableText(reason: .overLimits(Self.name))
            }
            let read = sheets.finished()
            (lines, parts) = (read.lines, read.parts)
            findings += read.findings
        } else {
            lines = text.finished()
        }
    }
}

extension Finding {
    /// What tells of a document in XML that is damaged.
    static func damaged(_ problem: MarkupProblem) -> Finding {
        Finding(
            code: "damaged_document", line: nil,
            message: problem == .documentType
                ? "the document declares a document type and is not read further"
                : "the document is damaged; what comes before the damage is read")
    }
}

/// What an Office document says of itself.
enum OfficeProperties {
    /// The title in a part with properties; nil when it has none, or cannot be read.
    static func title(in xml: [UInt8]) -> String? {
        guard !xml.isEmpty else { return nil }
        var element = ""
        var title = ""
        try? Markup.xml.read(xml) {
            switch $0 {
            case .start(let name, _): element = name
            case .text(let text, _): if element == "title" { title += text }
            case .end, .style, .reset: element = ""
            }
        }
        let plain = title.trimmingSpaces
        return plain.isEmpty ? nil : plain
    }
}
