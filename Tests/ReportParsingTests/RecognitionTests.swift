import Documents
import Foundation
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("Pictures are read by a program, twice")
struct RecognitionTests {
    private static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// A program that prints some lines in each of the two sizes.
    private static func program(
        _ folder: TemporaryFolder, _ first: [String], _ second: [String]
    ) throws -> PageRecognition {
        func lines(_ lines: [String]) -> String {
            lines.map { "echo '\($0)'" }.joined(separator: "\n")
        }
        try folder.write(
            "#!/bin/sh\ncat >/dev/null\nif [ \"$2\" = 1 ]; then\n\(lines(first))\nelse\n"
                + "\(lines(second))\nfi\n", to: "ocr")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path("ocr"))
        return PageRecognition(program: folder.path("ocr"))
    }

    private static func word(_ text: String, _ left: Int, _ top: Int, by factor: Int = 1) -> String
    {
        "{\"text\": \"\(text)\", \"left\": \(left * factor), \"top\": \(top * factor), "
            + "\"right\": \((left + 20) * factor), \"bottom\": \((top + 10) * factor)}"
    }

    @Test("Numbers on which both readings agree count; others stand there twice")
    func readings() throws {
        let folder = try TemporaryFolder()
        let recognition = try Self.program(
            folder,
            [
                "{\"width\": 300, \"height\": 100}", Self.word("规章", 10, 10),
                Self.word("5", 100, 10), Self.word("8", 200, 10),
            ],
            [
                "{\"width\": 600, \"height\": 200}", Self.word("规章", 10, 10, by: 2),
                Self.word("5", 100, 10, by: 2), Self.word("3", 200, 10, by: 2),
                Self.word("7", 260, 60, by: 2),
            ])
        let document = try Document(Self.picture, recognition: recognition)
        #expect(document.lines.map(\.raw) == ["规章\t5\t8→3", "?→7"])
        #expect(document.isRecognized)
        #expect(
            document.findings.contains { $0.code == "ocr" && $0.message.contains("of 2 numbers") })
    }

    @Test(
        "A page of a PDF without text comes as it was drawn",
        .enabled(if: PDFReadingTests.isInstalled))
    func page() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "#!/bin/sh\necho '{\"width\": 300, \"height\": 100}'\n"
                + "echo \"{\\\"text\\\": \\\"规章$(head -c 2)\\\", \\\"left\\\": 10, \\\"top\\\": 10, "
                + "\\\"right\\\": 60, \\\"bottom\\\": 30}\"\ncat >/dev/null\n", to: "ocr")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path("ocr"))
        var pages = PDFBuilder()
        pages.addPage()
        let document = try Document(
            pages.bytes, recognition: PageRecognition(program: folder.path("ocr")))
        #expect(document.lines.map(\.raw) == ["规章P6"])
    }

    @Test("Without a program a picture is told of; a program that fails is tried again")
    func failures() throws {
        #expect(throws: UndecodableText(reason: .scan("an image"))) { try Document(Self.picture) }
        let missing = PageRecognition(program: "/nowhere/ocr")
        #expect(
            throws: UndecodableText(reason: .noProgram("an image", package: "/nowhere/ocr"))
        ) { try Document(Self.picture, recognition: missing) }
        let folder = try TemporaryFolder()
        try folder.write("#!/bin/sh\necho broken >&2\nexit 3\n", to: "ocr")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path("ocr"))
        do {
            _ = try Document(
                Self.picture, recognition: PageRecognition(program: folder.path("ocr")))
            Issue.record("nothing was thrown")
        } catch {
            guard case .failedForNow(_, let why) = error.reason else {
                Issue.record("\(error.reason)")
                return
            }
            #expect(why.hasSuffix("ended with code 3: broken"))
        }
    }

    @Test("A number to which the sums object is not read")
    func sums() throws {
        let sample = try #require(
            Sample.all.first { $0.file.path.hasSuffix("yaan-suanli/2022.txt") })
        var report = try sample.report()
        let right = report.statistics
        let field = try #require(
            report.form.fields.first { StatisticField.all[$0].key == "requests.new.natural_person" }
        )
        let cell = try #require(report.statistics[field])
        report.statistics[field] = Cell(
            value: (cell.value ?? 0) + 7, status: .printed, raw: cell.raw, line: cell.line)
        RecognizedSums.doubt(&report)
        #expect(report.statistics[field]?.value == nil)
        #expect(report.statistics[field]?.status == .unsure)
        for other in report.form.fields where other != field {
            let value = report.statistics[other]?.value
            #expect(value == nil || value == right[other]?.value)
        }
    }
}

@Suite("Archives that a program reads")
struct ForeignArchiveTests {
    private static let bsdtar = ["/usr/bin/bsdtar", "/usr/local/bin/bsdtar"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        "The files of a 7z archive, as bsdtar tells them",
        .enabled(if: bsdtar != nil, "bsdtar is not installed: RAR and 7z are not read"))
    func sevenZip() throws {
        let folder = try TemporaryFolder()
        try folder.write("一、总体情况\n", to: "年报/甲.txt")
        let process = Process()
        process.executableURL = Self.bsdtar.map { URL(filePath: $0) }
        process.arguments = ["--format=7zip", "-cf", "a.7z", "年报"]
        process.currentDirectoryURL = URL(filePath: folder.path("."))
        try process.run()
        process.waitUntilExit()
        let bytes = try SampleFiles.bytes(of: URL(filePath: folder.path("a.7z")))
        let container = try #require(
            try FileContainer(count: bytes.count) { Array(bytes[$0..<($0 + $1)]) })
        let file = try #require(try container.next())
        #expect(file.name == "年报/甲.txt")
        #expect(try file.bytes() == Array("一、总体情况\n".utf8))
        #expect(try container.next()?.name == nil)
        #expect(throws: UndecodableText(reason: .damaged("a RAR or 7z archive"))) {
            let cut = Array(bytes.prefix(40))
            _ = try FileContainer(count: cut.count) { Array(cut[$0..<($0 + $1)]) }
        }
    }
}
