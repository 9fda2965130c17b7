import Foundation
import ReportOutput
import TestSupport
import Testing

@Suite("A workbook is one that others read")
struct WorkbookTests {
    /// The bytes of a workbook that some steps write.
    static func bytes(_ steps: (inout Workbook) throws -> Void) throws -> [UInt8] {
        final class Bytes {
            var all: [UInt8] = []
        }
        let bytes = Bytes()
        var book = Workbook(
            PatchedOutput(
                append: { bytes.all += $0 },
                patch: { bytes.all.replaceSubrange(Int($0)..<Int($0) + $1.count, with: $1) }))
        try steps(&book)
        try book.finish()
        return bytes.all
    }

    private static func sample(_ book: inout Workbook) throws {
        try book.beginSheet("统计/1", heads: ["年", "=新收"])
        try book.add([.number(2023), .number(38.5)])
        try book.add([.text("=1+1<&\u{1}"), .share(0.308), .none])
        try book.beginSheet("统计/1", heads: [])
        try book.add([.none, .text("二")])
    }

    @Test("The same rows give the same bytes")
    func bytes() throws {
        #expect(try Self.bytes(Self.sample) == Self.bytes(Self.sample))
        #expect(try !Self.bytes { _ in }.isEmpty)
    }

    /// Reads a workbook with nothing but Python's own library, checksums and all.
    private static let reader = """
        import sys, zipfile, xml.etree.ElementTree as tree
        book = zipfile.ZipFile(sys.argv[1])
        assert book.testzip() is None
        for name in book.namelist(): tree.fromstring(book.read(name))
        n = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        names = [s.get("name") for s in tree.fromstring(book.read("xl/workbook.xml")).iter(n + "sheet")]
        print("|".join(names))
        for index in range(len(names)):
            sheet = tree.fromstring(book.read(f"xl/worksheets/sheet{index + 1}.xml"))
            for cell in sheet.iter(n + "c"):
                print(index + 1, cell.get("r"), cell.get("t") or "n", "".join(cell.itertext()))
        """

    @Test("Cells come back where they were put, texts as texts")
    func cells() async throws {
        let python = URL(filePath: "/usr/bin/python3")
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return }
        let folder = try TemporaryFolder()
        try folder.write("", to: "a.xlsx")
        try Data(Self.bytes(Self.sample)).write(to: folder.url.appending(path: "a.xlsx"))
        let process = Process()
        process.executableURL = python
        process.arguments = ["-c", Self.reader, folder.path("a.xlsx")]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            output == """
                统计_1|统计_1 2
                1 A1 inlineStr 年
                1 B1 inlineStr =新收
                1 A2 n 2023
                1 B2 n 38.5
                1 A3 inlineStr =1+1<&\u{FFFD}
                1 B3 n 0.308
                2 B1 inlineStr 二

                """)
    }
}
