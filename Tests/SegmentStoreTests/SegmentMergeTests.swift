import Foundation
import Platform
import ReportModel
import TestSupport
import Testing

@testable import SegmentStore

@Suite("Segments made one")
struct SegmentMergeTests {
    private static let words = ["公开", "申请", "答复", "信息", "工作", "制度"]

    private static func report(_ number: Int, _ random: inout SeededGenerator) -> Report {
        var report = Report(kind: .annualReport, form: .form2021, encoding: "utf-8")
        report.title = "第\(number)局年度报告"
        report.passages = (0..<Int.random(in: 0...4, using: &random)).map { index in
            let text = (0..<6).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            return Passage(
                section: 1, subsection: nil, text: "\(text)\(number)。",
                lines: index + 1...index + 1)
        }
        return report
    }

    private static func segment(
        of reports: [Report], hidden: [UInt32], in folder: OpenFolder
    ) throws -> Segment {
        var builder = try SegmentBuilder(frequent: .none)
        for (number, report) in reports.enumerated() {
            let digits = String(number, radix: 16)
            let hash = digits + String(repeating: "0", count: 64 - digits.utf8.count)
            try builder.add(StorableReport(ReportRecord(report, sha256: hash)))
        }
        let file = try folder.temporaryFile()
        let descriptor = file.withNumber { $0 }
        try builder.write(to: descriptor)
        return try Segment(name: "source", tables: file, hidden: hidden)
    }

    @Test("What is written anew in parts is what is written anew at once", arguments: 0..<20)
    func parts(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let temporary = try TemporaryFolder()
        let folder = try OpenFolder(at: temporary.url.path)
        var sources: [Segment] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let reports = (0..<Int.random(in: 1...30, using: &random)).map {
                Self.report($0, &random)
            }
            let hidden = reports.indices.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            sources.append(
                try Self.segment(of: reports, hidden: hidden.map(UInt32.init), in: folder))
        }
        let merged = try [1, 7, 100_000].map { partPassages in
            let file = try folder.temporaryFile()
            let descriptor = file.withNumber { $0 }
            let size = try SegmentMerge.write(
                sources, to: descriptor, near: folder, partPassages: partPassages)
            let segment = try Segment(name: "\(partPassages)", tables: file)
            #expect(size.reports == segment.reportCount && size.passages == segment.passageCount)
            return segment
        }
        let whole = merged[2]
        #expect(whole.reportCount == sources.reduce(0) { $0 + $1.visible.count })
        for other in merged[..<2] {
            #expect(other.reportCount == whole.reportCount)
            for report in 0..<whole.reportCount {
                let one = try whole.wholeRecord(ofReport: report)
                let two = try other.wholeRecord(ofReport: report)
                #expect(one.head == two.head && one.report.passages == two.report.passages)
            }
            for word in Self.words + ["没有"] {
                let query = try PassageQuery.holding(anyOf: [Array(word.utf8)])
                let one = try whole.search(query, limit: 1_000, order: .id)
                let two = try other.search(query, limit: 1_000, order: .id)
                #expect(one.total == two.total && one.hits == two.hits)
            }
        }
    }
}
