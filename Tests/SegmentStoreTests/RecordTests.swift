import ChineseText
import ReportModel
import TestSupport
import Testing

@testable import Platform
@testable import SegmentStore

@Suite("What an index stores")
struct RecordTests {
    private static let report: Report = {
        var report = Report(kind: .annualReport, form: .form2021, encoding: "gb18030")
        report.title = "云岫县某局2022年政府信息公开工作年度报告"
        report.agency = "云岫县某局"
        report.agencyAliases = ["某局", "县某局"]
        report.year = 2022
        report.region = Region(province: nil, city: nil, county: "云岫县")
        report.scope = .rolledUp
        report.scopeEvidence = StatedSentence(text: "由各站汇总编制。", line: 2)
        report.headings = [Report.Heading(section: 1, title: "总体情况", line: 3)]
        report.passages = [
            Passage(section: 1, subsection: "（一）主动公开", text: "全年公开１２条。", lines: 4...6)
        ]
        report.statistics[0] = Cell(value: 3, status: .printed, raw: "3", line: 9)
        report.statistics[9] = Cell(value: 43.788, status: .printed, raw: "43.788万元", line: 12)
        report.statistics[10] = Cell(
            value: 0, status: .inferred, raw: "", line: 20, inferredFrom: "row:new")
        report.statistics[17] = Cell(value: nil, status: .blank, raw: "—", line: 21)
        report.findings = [
            Finding(code: "title_after_heading", line: 3, message: "the title stands late"),
            Finding(code: "no_title", line: nil, message: "none"),
        ]
        report.narrative = [
            NarrativeFigure(
                subject: .fees, value: 43.788, tolerance: 1, line: 4, sentence: "收费约43.788万元。")
        ]
        return report
    }()

    @Test("A report gives back all it was given")
    func report() throws {
        let record = ReportRecord(Self.report, sha256: String(repeating: "ab", count: 32))
        let entry = try #require(ReportEntry(ReportEntry(record).encoded))
        let details = try #require(ReportDetails(ReportDetails(Self.report).encoded))
        let read = ReportRecord(entry, details)
        #expect(read.head == record.head)
        #expect(read.head.id == "abababababababab" && read.head.passageCount == 1)
        #expect(read.report.statistics == Self.report.statistics)
        #expect(read.report.headings == Self.report.headings)
        #expect(read.report.findings == Self.report.findings)
        #expect(read.report.narrative == Self.report.narrative)
        #expect(read.report.scope == .rolledUp)
        #expect(read.report.scopeEvidence == Self.report.scopeEvidence)
    }

    @Test("Unknown stays unknown")
    func unknown() throws {
        let bare = Report(kind: .other, form: .none, encoding: "utf-8")
        let record = ReportRecord(bare, sha256: String(repeating: "0", count: 64))
        let entry = try #require(ReportEntry(ReportEntry(record).encoded))
        #expect(entry.head.title == nil && entry.head.agency == nil && entry.head.year == nil)
        #expect(entry.head.region == .unknown && entry.head.agencyAliases.isEmpty)
        #expect(ReportDetails(ReportDetails(bare).encoded)?.statistics.isEmpty == true)
    }

    @Test("A record with any one byte changed is refused")
    func oneByte() throws {
        let record = ReportRecord(Self.report, sha256: String(repeating: "c", count: 64))
        let entry = ReportEntry(record).encoded
        let details = ReportDetails(Self.report).encoded
        try #require(ReportEntry(entry) != nil && ReportDetails(details) != nil)
        for difference in [1, 0x80, 0xFF] as [UInt8] {
            for index in entry.indices {
                var changed = entry
                changed[index] ^= difference
                #expect(ReportEntry(changed) == nil)
            }
            for index in details.indices {
                var changed = details
                changed[index] ^= difference
                #expect(ReportDetails(changed) == nil)
            }
        }
    }

    @Test("Damaged records are refused, not misread", arguments: 0..<200)
    func damage(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let record = ReportRecord(Self.report, sha256: String(repeating: "c", count: 64))
        for bytes in [ReportEntry(record).encoded, ReportDetails(Self.report).encoded] {
            var data = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                data[Int.random(in: data.indices, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            data.removeLast(Int.random(in: 0...data.count / 2, using: &random))
            // Reading must not trap; what it gives is at most a report with known fields.
            let fields = ReportDetails(data)?.statistics.fields ?? []
            #expect(fields.allSatisfy(StatisticField.all.indices.contains))
            _ = ReportEntry(data)
            _ = PassageRecord(data)
        }
    }

    /// A report with one thing changed.
    private static func changed(_ change: (inout Report) -> Void) -> Report {
        var report = report
        change(&report)
        return report
    }

    @Test("Numbers that no report has are damage, whatever the check says")
    func numbers() {
        for year in [-2, 0, 1_899, 2_200, 65_535, Int.max - 1] {
            let report = Self.changed { $0.year = year }
            let record = ReportRecord(report, sha256: String(repeating: "0", count: 64))
            #expect(ReportEntry(ReportEntry(record).encoded)?.head.year == nil, "\(year)")
        }
        let details = [
            Self.changed { $0.statistics[0]?.value = .infinity },
            Self.changed { $0.statistics[0]?.value = .nan },
            Self.changed { $0.statistics[0]?.line = 1 << 40 },
            Self.changed { $0.findings[0].line = 1 << 40 },
            Self.changed { $0.narrative[0].value = .infinity },
            Self.changed { $0.narrative[0].tolerance = .nan },
            Self.changed { $0.narrative[0].line = 1 << 40 },
        ]
        for (index, report) in details.enumerated() {
            #expect(ReportDetails(ReportDetails(report).encoded) == nil, "change \(index)")
        }
        var text = AlignedText()
        text.set("全年公开")
        for lines in [0...Int.max - 1, 1 << 40...1 << 40, 1...1 << 41] {
            var record: [UInt8] = []
            PassageRecord.append(text, lines: lines, subsection: 0, to: &record)
            #expect(PassageRecord(record) == nil, "\(lines)")
        }
    }

    @Test("A cell that no form has is damage, a subsection that is not there none")
    func unknownFields() throws {
        // One cell behind the last, printed as a plain number, on the next line; nothing else.
        func details(step: Int) -> ReportDetails? {
            var writer = ByteWriter()
            for number in [1, step, 2 + 1, 1, 5, 0, 0, 0] { writer.add(number) }
            return ReportDetails(writer.checked)
        }
        let last = StatisticField.all.count - 1
        #expect(details(step: last)?.statistics[last]?.value == 5)
        for step in [last + 1, last + 2, 1 << 20] { #expect(details(step: step) == nil) }
        let entry = ReportEntry(
            ReportRecord(Self.report, sha256: String(repeating: "0", count: 64)))
        #expect(entry.subsection(1) == "（一）主动公开")
        for number in [0, 2, 3, Int.max] { #expect(entry.subsection(number) == nil) }
        let bare = Report(kind: .other, form: .none, encoding: "utf-8")
        let none = ReportEntry(ReportRecord(bare, sha256: String(repeating: "0", count: 64)))
        for number in [0, 1, 2] { #expect(none.subsection(number) == nil) }
    }

    @Test("The check is CRC-16, of any number of bytes")
    func check() {
        let digits = Array("123456789".utf8)
        #expect(RecordCheck.value(of: digits.span) == 0x29B1)
        var random = SeededGenerator(seed: 7)
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let value = bytes.reduce(0xFFFF as UInt16) { value, byte in
                (0..<8).reduce(value ^ UInt16(byte) << 8) { value, _ in
                    value & 0x8000 == 0 ? value << 1 : value << 1 ^ 0x1021
                }
            }
            #expect(RecordCheck.value(of: bytes.span) == value)
        }
    }

    @Test("A term is never longer than libxapian takes, nor cut inside a character")
    func terms() {
        let long = Schema.term(.heading, String(repeating: "某", count: 300))
        #expect(long.count <= 245)
        #expect(String(validating: long, as: UTF8.self) != nil)
        #expect(Schema.term(.heading, "數據") == Array("H数据".utf8))
    }

    @Test("No gram can be taken for a term with a prefix")
    func prefixes() {
        let analysis = TextAnalysis()
        for prefix in Schema.Prefix.allCases {
            let folded = analysis.foldedUTF8(of: prefix.rawValue + "2022")
            analysis.forEachGram(in: folded.span) { range in
                #expect(folded[range].first != prefix.rawValue.utf8.first)
            }
        }
    }
}
