import Foundation
import ReportModel
import ReportParsing
import TestSupport
import Testing

/// A small count of what `Scripts/fuzz` does in large ones.
@Suite("Damaged files cost only themselves")
struct DamagedFileTests {
    @Test("Mutated reports are read, or refused, and what is read stands within the file")
    func mutated() throws {
        let bases = try SampleFiles.files(below: SampleFiles.corpus, endings: [".txt"])
            .map(SampleFiles.bytes)
        for seed in UInt64(0)..<150 {
            var random = SeededGenerator(seed: seed)
            let base = try #require(bases.randomElement(using: &random))
            let bytes = Self.mutated(base, &random)
            guard let report = try? ReportParser().report(from: bytes) else { continue }
            let lineCount = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
            let lines =
                report.passages.flatMap { [$0.lines.lowerBound, $0.lines.upperBound] }
                + report.headings.map(\.line) + report.findings.compactMap(\.line)
                + report.statistics.fields.compactMap { report.statistics[$0]?.line }
                + report.narrative.map(\.line)
            #expect(lines.allSatisfy { (1...lineCount).contains($0) }, "seed \(seed)")
            #expect(report.passages.allSatisfy { !$0.text.isEmpty }, "seed \(seed)")
            for field in report.statistics.fields {
                guard let cell = report.statistics[field] else { continue }
                #expect(cell.value?.isFinite != false, "seed \(seed)")
                #expect(cell.status != .blank || cell.value == nil, "seed \(seed)")
            }
        }
    }

    /// Found by mutation: of the broken table the text stands behind what follows it.
    @Test("A page that prints a line of the file after one that follows it is read")
    func linesOutOfOrder() throws {
        let hex = """
            82e7e889ae97e58a9be69c8de58aa1b4e694bfe5ba9ce4bfa1e681afe585ace5bc80e5b7a5e4 \
            bd9ce5b9b4e5baa6e68aa5e5918a3c7461626c653e743c74643ebd9a3c2f74643c3e0d3ce585 \
            7464e4b8898d8f98e794636f6c737074643ebda2809d89bd9a
            """.filter(\.isHexDigit)
        let bytes = stride(from: 0, to: hex.count, by: 2).compactMap { place in
            UInt8(hex.dropFirst(place).prefix(2), radix: 16)
        }
        let report = try ReportParser().report(from: bytes)
        #expect(!report.passages.isEmpty)
        #expect(report.passages.allSatisfy { $0.lines.lowerBound >= 1 && $0.lines.upperBound <= 2 })
    }

    @Test("A slip of the pen in a title is looked for before the name of the site alone")
    func misspeltTitleOfSite() throws {
        let text = """
            泾_川县财政局2023年政府信息公开工作度报告
            一、总体情况
            全年公开信息20条，没有差错。
            二、主动公开政府信息情况
            """
        #expect(try ReportParser().report(from: Array(text.utf8)).passages.isEmpty == false)
    }

    @Test(
        "A huge line takes time in proportion, whatever it holds",
        arguments: [
            ("开(kāi)", "\t\0"), ("开(kāi)", " "), ("# 表\n", "[]("), ("", "鏀垮簻  "), ("", "（一"),
        ])
    func longLine(start: String, part: String) throws {
        func time(_ count: Int) throws -> Duration {
            let text = start + String(repeating: part, count: count) + "完"
            let clock = ContinuousClock()
            return try clock.measure {
                _ = try ReportParser().report(from: Array(text.utf8))
            }
        }
        let count = 300_000 / part.utf8.count
        // What took the square of the length took a hundred times as long for ten times of it.
        let (long, short) = (try time(count), try time(count / 10))
        #expect(long < short * 40 + .seconds(1))
    }

    private static func mutated(_ base: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var lines = base.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: lines.indices, using: &random)
            let other = Int.random(in: lines.indices, using: &random)
            switch Int.random(in: 0..<7, using: &random) {
            case 0: lines.swapAt(place, other)
            case 1: lines[place] += lines[other]
            case 2:
                let part = lines[min(place, other)...max(place, other)]
                lines.insert(contentsOf: part, at: place)
            case 3: lines[place] += Array(repeating: UInt8(ascii: "|"), count: 300)
            case 4:
                lines[place] = Array(lines[place].shuffled(using: &random))
            case 5:
                let end = min(lines.count - 1, place + 20)
                lines[place...end].shuffle(using: &random)
            default:
                if let byte = lines[place].indices.randomElement(using: &random) {
                    lines[place][byte] = UInt8.random(in: 0...255, using: &random)
                }
            }
        }
        return Array(lines.joined(separator: [0x0A]))
    }
}
