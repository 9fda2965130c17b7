import Foundation
import GeneratedReports
import ReportParsing
import TestSupport
import Testing

@Suite("Generated reports are read as they were meant")
struct GeneratedReportTests {
    /// Reads a report; one with mistakes leaves its file behind for who looks into it.
    private func score(_ report: GeneratedReport) throws -> Score {
        let score = Score(of: try ReportParser().report(from: report.bytes), against: report)
        if !score.mistakes.isEmpty {
            let name = "generated-\(report.seed).\(report.fileEnding)"
            let file = FileManager.default.temporaryDirectory.appending(path: name)
            try Data(report.bytes).write(to: file)
            print(
                "\(report.seed): \(report.traits.names.joined(separator: "; "))\n"
                    + score.mistakes.prefix(5).map { "    \($0)\n" }.joined()
                    + "    the file is \(file.path)")
        }
        return score
    }

    @Test("All layouts and damages mixed", arguments: 0..<4)
    func mixed(_ batch: Int) throws {
        var all = Score()
        for seed in 0..<40 {
            all.add(try score(GeneratedReport(seed: UInt64(batch * 1000 + seed))))
        }
        #expect(all.blanksAsZero == 0)
        #expect(all.precision.percent >= 99.9 && all.recall.percent >= 99.5)
        #expect(all.agency.percent >= 97.5 && all.year.percent >= 97.5)
        #expect(all.section.percent >= 99.5 && all.text.percent >= 99.5)
    }

    @Test("Every table in an otherwise plain file, cell by cell", arguments: TableLayout.allCases)
    func tables(_ layout: TableLayout) throws {
        let report = GeneratedReport(seed: 11, plainBut: { $0.table = layout })
        #expect(try score(report).mistakes == [])
    }

    @Test("Every title in an otherwise plain file", arguments: HeadLayout.allCases)
    func heads(_ layout: HeadLayout) throws {
        let report = GeneratedReport(seed: 12, plainBut: { $0.head = layout })
        #expect(try score(report).mistakes == [])
    }

    @Test("Every run of headings in an otherwise plain file", arguments: HeadingLayout.allCases)
    func headings(_ layout: HeadingLayout) throws {
        let report = GeneratedReport(seed: 13, plainBut: { $0.heading = layout })
        #expect(try score(report).mistakes == [])
    }

    @Test("Every kind of value in an otherwise plain file", arguments: ValueLayout.allCases)
    func values(_ layout: ValueLayout) throws {
        let report = GeneratedReport(
            seed: 14,
            plainBut: {
                $0.table = .tabs
                $0.value = layout
            })
        #expect(try score(report).mistakes == [])
    }
}
