import Documents
import Foundation
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("Rich Text")
struct RichTextTests {
    private static func lines(_ body: String) -> [String] {
        RichTextReader(Array("{\\rtf1\\ansi\\ansicpg936 \(body)}".utf8)).lines.map(\.raw)
    }

    @Test("Characters by bytes and by numbers, without what stands for these")
    func characters() {
        #expect(Self.lines("\\'d5\\'fe\\'ce\\'f1 \\u20844?\\u24320?\\par") == ["政务 公开"])
        #expect(Self.lines("{\\uc2\\u20844\\'b9\\'ab}\\{1\\}\\par") == ["公{1}"])
        #expect(Self.lines("\\u-10179?\\u-8638?\\par") == ["🙂"])
    }

    @Test("Deleted, hidden and small text, codes of fields, heads and pictures are left out")
    func leftOut() {
        let body = """
            a{\\deleted b}{\\v c}{\\fs2 d}{\\field{\\*\\fldinst PAGE}{\\fldrslt e}}\
            {\\header f\\par}{\\pict 00ff}{\\*\\unknown g}{\\bin3 {}}h\\par
            """
        #expect(Self.lines(body) == ["aeh"])
    }

    @Test("What a deletion parts is not one number; what is struck is marked in a cell")
    func parted() {
        #expect(Self.lines("31{\\deleted 5}7\\par") == ["31 7"])
        #expect(
            Self.lines("\\trowd\\cellx800\\cellx1600\\intbl a\\cell{\\strike 310}317\\cell\\row")
                == ["a\t~~310~~317"])
    }

    @Test("A document that is cut off is read as far as it goes, and told")
    func cut() throws {
        let report = try ReportParser().report(from: Array("{\\rtf1 {\\b 总体".utf8))
        #expect(report.findings.contains { $0.code == "damaged_document" })
    }
}

@Suite("Workbooks")
struct WorkbookTests {
    private static func sheet(_ rows: String) -> String {
        "<worksheet><sheetData>\(rows)</sheetData></worksheet>"
    }

    @Test("A hidden sheet is not read, and told; a line's number is that of its row")
    func hiddenSheets() throws {
        let row =
            "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>0</v></c><c r=\"B7\"><v>0.30000000000000004</v></c></row>"
        let bytes = RenderedReport.workbook(
            sheets: [
                ("甲", Self.sheet(row), false), ("乙", Self.sheet(row), true),
                ("丙", Self.sheet(row), false),
            ],
            strings: "<sst><si><r><t>规</t></r><r><t>章</t></r><rPh><t>guī</t></rPh></si></sst>")
        let document = try Document(bytes)
        #expect(document.lines.map(\.raw) == ["规章\t0.3", "规章\t0.3"])
        #expect(document.lines.map(\.number) == [7, 14])
        #expect(document.parts.map(\.name) == ["甲", "丙"])
        #expect(document.parts.map(\.firstLine) == [1, 8])
        #expect(
            document.findings.contains { $0.code == "hidden_sheet" && $0.message.contains("乙") })
    }

    @Test("Numbers are printed as their format has them")
    func numbers() {
        #expect(CellNumber.text(43.788000000000004, .number) == "43.788")
        #expect(CellNumber.text(-208, .number) == "-208")
        #expect(CellNumber.text(0.308, .percent) == "30.8%")
        #expect(CellNumber.text(44931, .date) == "2023-01-05")
        #expect(CellNumber.format(code: "yyyy\"年\"m\"月\"d\"日\"") == .date)
        #expect(CellNumber.format(code: "0.00%") == .percent)
        #expect(CellNumber.format(code: "#,##0\"元 yd\"") == .number)
    }

    @Test("Cells that share a text of a book's size are refused together")
    func bomb() {
        let text = String(repeating: "公", count: 1 << 16)
        let row = (1...1_000).map { row in
            "<row r=\"\(row)\"><c r=\"A\(row)\" t=\"s\"><v>0</v></c></row>"
        }.joined()
        let bytes = RenderedReport.workbook(
            sheets: [("甲", Self.sheet(row), false)],
            strings: "<sst><si><t>\(text)</t></si></sst>")
        #expect(throws: UndecodableText(reason: .overLimits("an Excel workbook"))) {
            try ReportParser().report(from: bytes)
        }
    }
}

@Suite("Old Office documents")
struct OldOfficeTests {
    @Test("A file that is cut off anywhere is read or refused, never a crash")
    func cut() throws {
        let folder = SampleFiles.corpus.appending(path: "every-format")
        for file in SampleFiles.files(below: folder, endings: ["doc", "xls", "odt", "ods"]) {
            let bytes = try SampleFiles.bytes(of: file)
            for length in stride(from: 8, to: bytes.count, by: max(1, bytes.count / 40)) {
                _ = try? ReportParser().report(from: Array(bytes.prefix(length)))
            }
        }
    }

    @Test("What the streams of a file say of its kind is told")
    func kinds() throws {
        let stub =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
        #expect(throws: UndecodableText(reason: .damaged("an Office document"))) {
            try ReportParser().report(from: stub)
        }
    }
}
