import Foundation
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("One report as the programs of others save it")
struct EveryFormatTests {
    /// What was kept of it, each file once.
    private static let folder = SampleFiles.corpus.appending(path: "every-format")
    private static let office = ["/usr/bin/soffice", "/usr/local/bin/soffice"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let kept = SampleFiles.files(
        below: folder, endings: ["doc", "odt", "xls", "ods", "ofd", "mht", "eml"]
    ).map(\.lastPathComponent).filter { $0.hasPrefix("report.") }

    private static func sample() throws -> Sample {
        try #require(Sample.all.first { $0.file.path.hasSuffix("yaan-suanli/2022.txt") })
    }

    private static func right() throws -> Report { try sample().report() }

    /// Expects the cells and passages of the report from some bytes.
    private static func expect(
        _ bytes: [UInt8], as name: String, _ evidence: FileEvidence = FileEvidence()
    ) throws {
        let right = try right()
        let read = try ReportParser().report(from: bytes, evidence: evidence)
        #expect(read.kind == .annualReport && read.form == right.form, "\(name)")
        #expect(read.title == right.title && read.agency == right.agency, "\(name)")
        #expect(read.year == right.year, "\(name)")
        #expect(read.passages.map(\.text) == right.passages.map(\.text), "\(name)")
        #expect(read.passages.map(\.section) == right.passages.map(\.section), "\(name)")
        for field in right.form.fields {
            #expect(
                read.statistics[field]?.value == right.statistics[field]?.value,
                "\(name): \(StatisticField.all[field].key)")
        }
    }

    @Test("A file that was kept has the same cells and passages", arguments: kept)
    func keptFile(_ name: String) throws {
        try Self.expect(
            SampleFiles.bytes(of: Self.folder.appending(path: name)), as: name)
    }

    @Test(
        "Deleted, hidden and struck text, joined cells, tables in tables and lists are read alike",
        arguments: ["docx", "doc", "odt", "rtf"])
    func changes(_ ending: String) throws {
        let file = Self.folder.appending(path: "changes.\(ending)")
        let lines = try Document(SampleFiles.bytes(of: file)).lines.map(\.raw)
        // A table around another one only lays out a page.
        let right = [
            "甲乙", "共31 7件", "00 10 01 02 ~~03~~317", "11", "内一\t内二", "12", "13", "20", "21", "22",
            "23",
            "1.第一条", "2.第二条",
        ]
        #expect(
            lines.map { $0.filter { !$0.isWhitespace } }
                == right.map { $0.filter { !$0.isWhitespace } })
    }

    // MARK: Eighteen files of one report

    private static let everyFile = [
        "txt", "html", "md", "docx", "doc", "wps", "odt", "rtf", "xls", "xlsx", "ofd", "mht", "eml",
        "csv", "json", "warc", "pdf", "zip",
    ].filter { $0 != "pdf" || PDFReadingTests.isInstalled }

    private static func coded(_ page: String) -> String {
        Data(page.utf8).base64EncodedString(options: .lineLength76Characters)
    }

    /// A mail of a kind with a page in it.
    private static func message(_ kind: String, _ page: String) -> String {
        "From: a@b.cn\nMIME-Version: 1.0\nContent-Type: multipart/\(kind); boundary=b\n\n--b\n"
            + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
            + coded(page) + "\n--b--\n"
    }

    private static func bytes(_ right: Report, as ending: String) throws -> [UInt8] {
        let rendered = RenderedReport(right)
        let page = rendered.html
        switch ending {
        case "txt": return try SampleFiles.bytes(of: try sample().file)
        case "html": return Array(page.utf8)
        case "md": return Array(rendered.markdown.utf8)
        case "docx": return rendered.word
        // Kingsoft's own ending for the file of Word 97.
        case "wps": return try SampleFiles.bytes(of: folder.appending(path: "report.doc"))
        case "rtf": return rendered.richText(inGB18030: false)
        case "xlsx": return rendered.excel
        case "ofd": return PrintedPages(rendered).fixedLayoutBytes
        case "mht": return Array(message("related", page).utf8)
        case "eml": return Array(message("mixed", page).utf8)
        case "csv": return Array(rendered.sheetText.utf8)
        case "json":
            return Array(try JSONEncoder().encode(["title": right.title ?? "", "content": page]))
        case "warc":
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            return Array(
                ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.cn/1\r\n"
                    + "Content-Length: \(answer.utf8.count)\r\n\r\n\(answer)\r\n\r\n").utf8)
        case "pdf": return PrintedPages(rendered).bytes
        case "zip":
            var zip = ZipBuilder()
            zip.add("2022/x.docx", rendered.word, compressed: ZipBuilder.stored(rendered.word))
            return zip.bytes
        default: return try SampleFiles.bytes(of: folder.appending(path: "report.\(ending)"))
        }
    }

    @Test(
        "Each of eighteen files has the 200 cells of the report and its passages",
        arguments: everyFile)
    func sameReport(_ ending: String) throws {
        let right = try Self.right()
        #expect(right.form.fields.count == 200)
        #expect(right.form.fields.allSatisfy { right.statistics[$0]?.value != nil })
        let bytes = try Self.bytes(right, as: ending)
        let container = try FileContainer(count: bytes.count) { Array(bytes[$0..<($0 + $1)]) }
        guard let container else { return try Self.expect(bytes, as: ending) }
        let file = try #require(try container.next())
        try Self.expect(file.bytes(), as: ending, file.evidence)
        #expect(try container.next()?.name == nil)
    }

    @Test("Files were kept")
    func count() { #expect(Self.kept.count >= 4) }

    @Test(
        "LibreOffice's files of today have the same cells and passages",
        .enabled(if: office != nil, "LibreOffice is not installed: nothing is converted anew"),
        arguments: ["doc", "rtf", "odt", "xls", "ods"])
    func converted(_ ending: String) throws {
        let rendered = RenderedReport(try Self.right())
        let isSheet = ["xls", "ods"].contains(ending)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "gongkai-formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: isSheet ? "report.xlsx" : "report.rtf")
        try Data(isSheet ? rendered.excel : rendered.richText(inGB18030: false)).write(to: source)
        let process = Process()
        process.executableURL = Self.office.map { URL(filePath: $0) }
        process.arguments = [
            "-env:UserInstallation=file://\(folder.path)/profile", "--headless", "--convert-to",
            ending, "--outdir", folder.appending(path: "out").path, source.path,
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let made = folder.appending(path: "out/report.\(ending)")
        try Self.expect(SampleFiles.bytes(of: made), as: ending)
        if let kept = ProcessInfo.processInfo.environment["GONGKAI_KEEP_FORMATS"] {
            let target = URL(filePath: kept).appending(path: "report.\(ending)")
            try? FileManager.default.removeItem(at: target)
            try FileManager.default.copyItem(at: made, to: target)
        }
    }
}
