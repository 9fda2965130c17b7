import Foundation
import TestSupport
import Testing

/// A line of `check --format jsonl`.
private struct CheckAnswer: Decodable {
    struct Side: Decodable {
        struct Evidence: Decodable {
            struct Cell: Decodable {
                let raw: String
                let line: Int
            }
            let file: String
            let key: String
            let cell: Cell?
        }
        let value: Double?
        let cells: [Evidence]
    }
    let schema: String
    let rule: String
    let state: String
    let inferred: [String]
    let left: Side
    let right: Side
}

@Suite("check proves the numbers")
struct CheckTests {
    @Test("Of the samples only the one made wrong fails, within a year and across two")
    func samples() async throws {
        let place = try await SharedIndex.samples.value
        let run = try await place.run("check", "--format", "jsonl", "--only", "fails")
        #expect(run.status == 1)
        let answers: [CheckAnswer] = try run.lines.map { try decoded($0) }
        #expect(answers.allSatisfy { $0.schema == "gongkai.check/1" && $0.state == "fails" })
        #expect(
            Set(answers.map(\.rule)) == [
                "row:granted", "col:results_total:total", "carry:natural_person", "carry:total",
            ])
        let files = answers.flatMap { $0.left.cells + $0.right.cells }
            .filter { $0.cell != nil }.map(\.file)
        #expect(files.allSatisfy { $0.contains("tongliang-jiuqu") })
        let row = try #require(answers.first { $0.rule == "row:granted" })
        #expect(row.left.value == 34 && row.right.value == 35)
        #expect(row.right.cells.first?.cell?.raw == "35")
    }

    @Test("Text names file, line and both sides; a rule can be chosen")
    func text() async throws {
        let place = try await SharedIndex.samples.value
        let run = try await place.run("check", "--rule", "carry:*")
        #expect(run.status == 1)
        #expect(run.output.contains("carry:total  6 ≠ 5"), "\(run)")
        #expect(run.output.contains("tongliang-jiuqu/2023.txt:48"), "\(run)")
        #expect(!run.output.contains("row:granted"), "\(run)")
        #expect(run.errors.contains("2 fail"), "\(run)")
        let sound = try await place.run("check", "--rule", "disputes:*")
        #expect(sound.status == 0 && sound.output.isEmpty, "\(sound)")
    }

    @Test(
        "The five real reports: nothing fails, 25 identities of one hold only by inference",
        .enabled(if: SampleFiles.hasSeeds))
    func seeds() async throws {
        let place = try Workplace()
        let seeds = SampleFiles.seeds?.path ?? ""
        let run = try await place.run("check", seeds, "--format", "jsonl")
        #expect(run.status == 0, "\(run.errors)")
        let answers: [CheckAnswer] = try run.lines.map { try decoded($0) }
        #expect(answers.count == 5 * 42 && answers.allSatisfy { $0.state == "holds" })
        let inferred = answers.filter { !$0.inferred.isEmpty }
        #expect(inferred.count == 25)
        #expect(inferred.allSatisfy { $0.left.cells.allSatisfy { $0.file.contains("001_") } })
        let text = try await place.run("check", seeds)
        #expect(text.output.contains("25 of 42 hold only by blanks that were inferred"))
    }
}
