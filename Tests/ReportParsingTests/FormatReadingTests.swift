import ChineseText
import Documents
import Foundation
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("One report reads alike in every format")
struct FormatReadingTests {
    enum Format: String, CaseIterable, Sendable {
        case html, markdown, word, excel, csv, csvInGB18030
        case richText, richTextInGB18030
        case fixedLayout, fixedLayoutSideways
        case htmlInGB18030, htmlInUTF16
        case pdf, pdfCentred, pdfSideways, pdfWithFrame

        /// Whether a row whose label stands above and below its numbers, beside one of a group, may
        /// stay unknown.
        var mayLoseRows: Bool { self == .pdfCentred }

        /// The formats that this machine can read.
        static let readable = allCases.filter {
            PDFReadingTests.isInstalled || !$0.rawValue.hasPrefix("pdf")
        }
    }

    /// Samples whose reading can be printed anew: all of it in the six sections, in one form.
    private static let samples: [Sample] = Sample.all.enumerated().filter { index, sample in
        // A third of them has all the quirks, in a third of the time.
        guard index % 3 == 0, let report = try? sample.report() else { return false }
        return report.form == .form2021 && report.title != nil && report.agency != nil
            && report.headings.map(\.section) == [1, 2, 3, 4, 5, 6]
            && report.passages.allSatisfy { (1...6).contains($0.section) }
            && report.findings.allSatisfy { $0.code != "agency_inferred" }
            // What is left of mojibake is in no font.
            && report.findings.allSatisfy { $0.code != "mojibake" }
    }.map(\.element)

    private static func bytes(_ report: RenderedReport, _ format: Format) -> [UInt8] {
        switch format {
        case .html: Array(report.html.utf8)
        case .htmlInGB18030: DecodingTests.bytes(report.html, .gb18030)
        case .htmlInUTF16: [0xFF, 0xFE] + DecodingTests.bytes(report.html, .utf16le)
        case .markdown: Array(report.markdown.utf8)
        case .word: report.word
        case .excel: report.excel
        case .csv: Array(report.sheetText.utf8)
        case .csvInGB18030: DecodingTests.bytes(report.sheetText, .gb18030)
        case .richText: report.richText(inGB18030: false)
        case .richTextInGB18030: report.richText(inGB18030: true)
        case .fixedLayout: PrintedPages(report).fixedLayoutBytes
        case .fixedLayoutSideways:
            PrintedPages(report, .init(isSideways: true)).fixedLayoutBytes
        case .pdf: PrintedPages(report).bytes
        case .pdfCentred: PrintedPages(report, .init(isCentred: true)).bytes
        case .pdfSideways: PrintedPages(report, .init(isSideways: true)).bytes
        case .pdfWithFrame: PrintedPages(report, .init(hasFrame: true)).bytes
        }
    }

    @Test("Title, agency, year, passages and cells", arguments: Format.readable)
    func reading(_ format: Format) throws {
        #expect(Self.samples.count >= 5)
        for sample in Self.samples {
            let right = try sample.report()
            let read = try ReportParser().report(
                from: Self.bytes(RenderedReport(right), format))
            let name = "\(sample) as \(format)"
            #expect(read.kind == .annualReport && read.form == right.form, "\(name)")
            #expect(read.title == right.title, "\(name)")
            #expect(read.agency == right.agency && read.year == right.year, "\(name)")
            #expect(
                read.passages.map { "\($0.section) \($0.subsection ?? "") \($0.text)" }
                    == right.passages.map { "\($0.section) \($0.subsection ?? "") \($0.text)" },
                "\(name)")
            var unread = 0
            for field in right.form.fields {
                let (cell, wanted) = (read.statistics[field], right.statistics[field])
                if format.mayLoseRows, cell == nil {
                    unread += 1
                    continue
                }
                #expect(
                    cell?.value == wanted?.value && cell?.status == wanted?.status,
                    "\(name): \(StatisticField.all[field].key)")
            }
            #expect(unread <= 2 * ApplicantColumn.allCases.count, "\(name)")
        }
    }
}

@Suite("Watermarks across a report", .enabled(if: PDFReadingTests.isInstalled))
struct WatermarkTests {
    /// Size and direction: steep, flat and small, falling, level.
    private static let marks: [(Double, (Double, Double))] = [
        (30, (0.707, 0.707)), (16, (0.906, 0.423)), (24, (0.866, -0.5)), (40, (1, 0)),
    ]

    @Test("It makes no cell wrong and no passage, only a character that it covers is in doubt")
    func marks() throws {
        for sample in Sample.all.prefix(6) {
            let right = try sample.report()
            let plain = try ReportParser().report(
                from: PrintedPages(RenderedReport(right)).bytes)
            for mark in Self.marks {
                let pages = PrintedPages(RenderedReport(right), .init(watermark: mark))
                let read = try ReportParser().report(from: pages.bytes)
                let name = "\(sample), size \(mark.0), direction \(mark.1)"
                #expect(read.findings.contains { $0.code == "watermark" }, "\(name)")
                #expect(read.passages.count == plain.passages.count, "\(name)")
                #expect(
                    read.passages.map { Self.unmarked($0.text) }
                        == plain.passages.map { Self.unmarked($0.text) }, "\(name)")
                for field in plain.form.fields {
                    guard let value = read.statistics[field]?.value else { continue }
                    #expect(
                        value == plain.statistics[field]?.value,
                        "\(name): \(StatisticField.all[field].key)")
                }
            }
        }
    }

    private static func unmarked(_ text: String) -> String {
        text.filter { !PrintedPages.watermark.contains($0) }
    }
}

@Suite("Traditional characters and other words (E2)")
struct ConvertedTextTests {
    @Test("A report that a converter turned by words is read as before")
    func words() throws {
        let sample = try #require(
            Sample.all.first { $0.file.path.hasSuffix("yaan-suanli/2022.txt") })
        let right = try sample.report()
        var text = RenderedReport(right).markdown
        let words = [
            "信息": "資訊", "规范性文件": "規範性檔案", "本列数据": "本列資料", "反复": "反覆", "总体情况": "總體情況",
            "主动公开": "主動公開", "收到和处理": "收到和處理", "申请": "申請", "行政复议": "行政複議", "行政诉讼": "行政訴訟",
            "问题及改进情况": "問題及改進情況", "需要报告的事项": "需要報告的事項", "结转": "結轉", "总计": "總計",
        ]
        for (own, foreign) in words { text = text.replacing(own, with: foreign) }
        let read = try ReportParser().report(from: Array(text.utf8))
        #expect(read.passages.map(\.section) == right.passages.map(\.section))
        for field in right.form.fields {
            #expect(
                read.statistics[field]?.value == right.statistics[field]?.value,
                "\(StatisticField.all[field].key)")
        }
    }
}

@Suite("Word documents")
struct WordReadingTests {
    private static func archive(
        _ body: String, parts: [(name: String, text: String)] = []
    ) -> [UInt8] {
        var zip = ZipBuilder()
        let xml = Array("<w:document xmlns:w='u'><w:body>\(body)</w:body></w:document>".utf8)
        zip.add("word/document.xml", xml, compressed: ZipBuilder.stored(xml))
        for part in parts { zip.add(part.name, Array(part.text.utf8)) }
        return zip.bytes
    }

    private static func lines(
        _ body: String, parts: [(name: String, text: String)] = []
    ) throws -> [String] {
        try WordReader(archive: ZipArchive(archive(body, parts: parts))).lines.map(\.raw)
    }

    @Test("Inserted text counts; deleted, moved, hidden and field text does not")
    func changes() throws {
        let body = """
            <w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>\
            <w:del><w:r><w:delText>丙</w:delText><w:t>丁</w:t></w:r></w:del>\
            <w:moveFrom><w:r><w:t>戊</w:t></w:r></w:moveFrom>\
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>己</w:t></w:r>\
            <w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>庚&amp;</w:t></w:r></w:p>
            """
        #expect(try Self.lines(body) == ["甲乙 庚&"])
    }

    @Test("A break ends a line of text, and only joins the text of a cell")
    func breaks() throws {
        let run = "<w:r><w:t>甲。</w:t><w:br/><w:t>乙</w:t></w:r>"
        #expect(try Self.lines("<w:p>\(run)</w:p>") == ["甲。", "乙"])
        let cell = "<w:tc><w:p>\(run)</w:p></w:tc>"
        #expect(try Self.lines("<w:tbl><w:tr>\(cell)\(cell)</w:tr></w:tbl>") == ["甲。 乙\t甲。 乙"])
    }

    @Test("A text box is read once, before its paragraph")
    func boxes() throws {
        let box = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
        let body = """
            <w:p><w:r><w:t>前</w:t><mc:AlternateContent xmlns:mc='m'><mc:Choice>\(box)</mc:Choice>\
            <mc:Fallback>\(box)</mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>
            """
        #expect(try Self.lines(body) == ["框", "前后"])
    }

    @Test("Automatic numbers are written out, from lists and from styles")
    func numbers() throws {
        let numbering = """
            <w:numbering xmlns:w='u'><w:abstractNum w:abstractNumId='7'>\
            <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>\
            <w:lvlText w:val='%1、'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/>\
            <w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='（%2）'/></w:lvl>\
            <w:lvl w:ilvl='2'><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>\
            </w:abstractNum><w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num></w:numbering>
            """
        let styles = """
            <w:styles xmlns:w='u'><w:style w:styleId='a'><w:pPr><w:numPr><w:numId w:val='3'/>\
            </w:numPr></w:pPr></w:style><w:style w:styleId='b'><w:basedOn w:val='a'/></w:style>\
            </w:styles>
            """
        func paragraph(_ text: String, _ properties: String) -> String {
            "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
        }
        func numbered(_ level: Int) -> String {
            "<w:numPr><w:ilvl w:val='\(level)'/><w:numId w:val='3'/></w:numPr>"
        }
        let body =
            paragraph("甲", "<w:pStyle w:val='b'/>") + paragraph("乙", numbered(1))
            + paragraph("丙", numbered(1)) + paragraph("丁", numbered(2))
            + (2...12).map { paragraph("\($0)", numbered(0)) }.joined()
            + paragraph("戊", numbered(1))
            + paragraph("无", "<w:numPr><w:numId w:val='0'/></w:numPr>")
        let lines = try Self.lines(
            body, parts: [("word/numbering.xml", numbering), ("word/styles.xml", styles)])
        #expect(lines.prefix(5) == ["一、甲", "（一）乙", "（二）丙", "1.丁", "二、2"])
        #expect(lines.suffix(3) == ["十二、12", "（一）戊", "无"])
    }

    @Test("What is no Word document, or may not be read, says so")
    func refused() {
        func reason(_ bytes: [UInt8]) -> UndecodableText.Reason? {
            do {
                _ = try ReportParser().report(from: bytes)
                return nil
            } catch {
                return error.reason
            }
        }
        var slides = ZipBuilder()
        slides.add("ppt/presentation.xml", [])
        #expect(reason(slides.bytes) == .format("a PowerPoint document"))
        var locked = ZipBuilder()
        locked.add("word/document.xml", [0], flags: 1)
        #expect(reason(locked.bytes) == .encrypted("an Office document"))
        var bomb = ZipBuilder()
        bomb.add("word/document.xml", [], compressed: [3, 0], claiming: 1 << 30)
        #expect(reason(bomb.bytes) == .overLimits("an Office document"))
        #expect(
            reason(Array(Self.archive("").dropLast(30)))
                == .damaged("a ZIP archive or Office document"))
        let compound = [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 600)
        #expect(reason(compound) == .damaged("an Office document"))
    }

    @Test("A document that is embedded is told of")
    func embedded() throws {
        let body = "<w:p><w:r><w:t>外层</w:t></w:r></w:p>"
        let relations =
            "<Relationships><Relationship Id='a' Type='http://x/relationships/package' "
            + "Target='embeddings/a.docx'/></Relationships>"
        let bytes = Self.archive(body, parts: [("word/_rels/document.xml.rels", relations)])
        let report = try ReportParser().report(from: bytes)
        #expect(report.passages.map(\.text) == ["外层"])
        #expect(report.findings.contains { $0.code == "part_unread" })
    }

    @Test("A damaged body is read as far as it goes, and told")
    func cut() throws {
        var zip = ZipBuilder()
        let xml = Array("<w:document xmlns:w='u'><w:p><w:r><w:t>总体情况</w:t></w:r></w:p><w:p>".utf8)
        zip.add("word/document.xml", xml)
        let report = try ReportParser().report(from: zip.bytes)
        #expect(report.passages.map(\.text) == ["总体情况"])
        #expect(report.findings.contains { $0.code == "damaged_document" })
    }

    @Test("Entities in a body are not expanded")
    func entities() throws {
        var zip = ZipBuilder()
        let xml =
            "<!DOCTYPE a [<!ENTITY e 'x'>]><w:document xmlns:w='u'><w:p>&e;</w:p></w:document>"
        zip.add("word/document.xml", Array(xml.utf8))
        let reader = try WordReader(archive: ZipArchive(zip.bytes))
        #expect(reader.lines.isEmpty && reader.findings.map(\.code) == ["damaged_document"])
    }

    @Test("A document saved as one file of XML is one too")
    func flat() throws {
        let xml = """
            <?xml version="1.0"?><?mso-application progid="Word.Document"?>
            <w:wordDocument xmlns:w="u"><w:body><w:p><w:r><w:t>渡口消息</w:t></w:r></w:p></w:body></w:wordDocument>
            """
        #expect(try ReportParser().report(from: Array(xml.utf8)).passages.map(\.text) == ["渡口消息"])
    }
}

@Suite("Markdown")
struct MarkdownReadingTests {
    private static func lines(_ text: String) throws -> [String] {
        let source = text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().map { DocumentLine(number: $0 + 1, raw: String($1)) }
        return try MarkdownReader(source).lines.map(\.raw)
    }

    @Test("Signs go, words and lines stay")
    func signs() throws {
        let text = """
            ## 一、总体情况 ##
            **（一）主动公开：** 公开*目录*`12`条，见[年报](http://a.b/c "d")。![图](e.png)
            > - 一是公开\\*，二是&nbsp;&#x5C4A;。
            ***
            | a | b |
            |:--|--:|
            """
        #expect(
            try Self.lines(text) == [
                " 一、总体情况", "（一）主动公开： 公开目录12条，见年报。", "一是公开*，二是\u{A0}届。", "", "| a | b |", "",
            ])
    }

    @Test("A table of HTML within becomes rows, and the lines after it keep their numbers")
    func tables() throws {
        let text = """
            # 年报
            <table><tr><td>规章</td><td>0</td></tr>
            <tr><td>文件</td><td>2</td></tr></table>
            尾
            """
        let source = text.split(separator: "\n").enumerated()
            .map { DocumentLine(number: $0 + 1, raw: String($1)) }
        #expect(
            try MarkdownReader(source).lines.dropFirst() == [
                DocumentLine(number: 2, raw: "规章\t0"), DocumentLine(number: 3, raw: "文件\t2"),
                DocumentLine(number: 4, raw: "尾"),
            ])
    }

    @Test("Plain text is left as it is", arguments: ["5*6=30，见 a_b_c", "甲 > 乙", "- 5 -", "---- 1"])
    func plain(_ text: String) throws {
        #expect(try Self.lines(text) == [text])
    }
}

@Suite("PDF documents")
struct PDFReadingTests {
    static let isInstalled =
        ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: $0 + "/pdftotext") } ?? false

    /// A PDF of one page.
    static func pdf(_ lines: [String]) -> [UInt8] {
        var pages = PDFBuilder()
        pages.addPage()
        for (place, line) in lines.enumerated() {
            pages.print(line, x: 40, y: 42 + 14 * Double(place), size: 9)
        }
        return pages.bytes
    }

    @Test("Its text is read through pdftotext", .enabled(if: isInstalled))
    func text() throws {
        let report = try ReportParser().report(
            from: Self.pdf(["云阶县渡口管理局的消息", "今日两个渡口停航。"]))
        #expect(report.passages.map(\.text).joined() == "云阶县渡口管理局的消息今日两个渡口停航。")
        #expect(report.findings.map(\.code) == ["converted"])
    }

    @Test("A page whose fonts do not tell their characters is not read", .enabled(if: isInstalled))
    func unmapped() throws {
        var pages = PDFBuilder()
        pages.addPage()
        for line in 0..<20 {
            let codes = (0..<30).map { UInt8(0xA1 + (7 * line + 11 * $0) % 90) }
            pages.printUnmapped(codes, x: 40, y: 60 + 20 * Double(line))
        }
        pages.addPage()
        pages.print("第二页说渡口停航。", x: 80, y: 80)
        let report = try ReportParser().report(from: pages.bytes)
        #expect(report.passages.map(\.text) == ["第二页说渡口停航。"])
        #expect(report.findings.map(\.code) == ["converted", "no_character_map"])
        #expect(report.findings.last?.message.hasPrefix("page 1 ") == true)
    }

    @Test("Pages without text are told by number", .enabled(if: isInstalled))
    func scanned() throws {
        var pages = PDFBuilder()
        pages.addPage()
        #expect(throws: UndecodableText(reason: .scan("a PDF document"))) {
            try ReportParser().report(from: pages.bytes)
        }
        pages.addPage()
        pages.print("渡口停航。", x: 80, y: 80)
        pages.addPage()
        let findings = try ReportParser().report(from: pages.bytes).findings
        #expect(
            findings.filter { $0.code == "page_without_text" }.map { $0.message.prefix(6) }
                == ["page 1", "page 3"])
    }

    @Test("A damaged one is refused", .enabled(if: isInstalled))
    func damaged() {
        #expect(throws: UndecodableText(reason: .damaged("a PDF document"))) {
            try ReportParser().report(from: Array("%PDF-1.4\nnothing".utf8))
        }
    }

    @Test("Without the program the message names what to install")
    func message() {
        let error = UndecodableText(
            reason: .noProgram("a PDF document", package: "pdftotext (Debian: poppler-utils)"))
        #expect(error.description.contains("poppler-utils"))
    }
}

@Suite("Saved web pages")
struct SavedPageTests {
    private static let page = "<html><body><p>渡口管理局的消息。</p></body></html>"

    private static func message(_ encoding: String, _ body: String) -> [UInt8] {
        Array(
            """
            MIME-Version: 1.0\r
            Content-Type: multipart/related; boundary="----=_Part"\r
            \r
            ------=_Part\r
            Content-Type: image/png\r
            \r
            xx\r
            ------=_Part\r
            Content-Type: text/html; charset="utf-8"\r
            Content-Transfer-Encoding: \(encoding)\r
            \r
            \(body)\r
            ------=_Part--\r
            """.utf8)
    }

    @Test("The page within is read, however it is encoded")
    func pages() throws {
        let quoted = Self.page.utf8.enumerated().map { index, byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return (byte == 0x3D || byte >= 0x80 ? "=" + digits : String(Unicode.Scalar(byte)))
                + (index % 20 == 19 ? "=\r\n" : "")
        }.joined()
        let base64 = Data(Self.page.utf8).base64EncodedString(options: .lineLength64Characters)
        for (encoding, body) in [
            ("8bit", Self.page), ("quoted-printable", quoted), ("base64", base64),
        ] {
            let report = try ReportParser().report(from: Self.message(encoding, body))
            #expect(report.passages.map(\.text) == ["渡口管理局的消息。"], "\(encoding)")
        }
    }

    @Test("A message without a page is refused")
    func empty() {
        let message = Array(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n".utf8)
        #expect(throws: UndecodableText.self) { try ReportParser().report(from: message) }
    }
}
