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
            let stated: Stated?
        }
        struct Stated: Decodable {
            let line: Int
            let sentence: String
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
        let work = try await SharedIndex.samples.value
        let run = try await work.run("check", "--format", "jsonl", "--only", "fails")
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
        let work = try await SharedIndex.samples.value
        let run = try await work.run("check", "--rule", "carry:*")
        #expect(run.status == 1)
        #expect(run.output.contains("carry:total  6 ≠ 5"), "\(run)")
        #expect(run.output.contains("tongliang-jiuqu/2023.txt:48"), "\(run)")
        // Both sides say whose they are, and of which year.
        for year in [2022, 2023] {
            #expect(run.output.contains("铜梁区老旧小区改造推进中心 \(year)  "), "\(run)")
        }
        let csv = try await work.run("check", "--rule", "carry:*", "--format", "csv")
        #expect(
            try FormatTests.csv(csv.output).first { $0["state"] == "fails" }?["agency"]
                == "铜梁区老旧小区改造推进中心", "\(csv)")
        #expect(!run.output.contains("row:granted"), "\(run)")
        #expect(run.errors.contains("2 fail"), "\(run)")
        let sound = try await work.run("check", "--rule", "disputes:*")
        #expect(sound.status == 0 && sound.output.isEmpty, "\(sound)")
    }

    @Test("A sentence that contradicts the table differs, with the sentence and the cell")
    func narrative() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run(
            "check", "--rule", "narrative", "--rule", "fee", "--rule", "year")
        #expect(run.status == 0, "\(run.errors)")
        let heads = run.lines.filter { $0.hasPrefix("differs") }
        #expect(
            heads == [
                "differs  fee:section6  0 < 0.038",
                "differs  narrative:proactive.normative_docs.issued  7 ≠ 5",
            ], "\(run)")
        #expect(run.output.contains("yunxiu-yingshang/2023.txt:7\n"), "\(run)")
        #expect(run.output.contains("制发规范性文件7件"), "\(run)")
        #expect(run.output.contains("yunxiu-yingshang/2023.txt:27\n"), "\(run)")
    }

    @Test(
        "The five real reports: nothing fails, 25 identities of one hold only by inference",
        .enabled(if: SampleFiles.hasSeeds))
    func seeds() async throws {
        let work = try Workplace()
        let seeds = SampleFiles.seeds?.path ?? ""
        let run = try await work.run("check", seeds, "--format", "jsonl")
        #expect(run.status == 0, "\(run.errors)")
        let answers: [CheckAnswer] = try run.lines.map { try decoded($0) }
        let differing = answers.filter { $0.state != "holds" }
        #expect(differing.map(\.state) == ["differs"])
        let documents = try #require(differing.first)
        #expect(documents.rule == "narrative:proactive.normative_docs.issued")
        #expect(documents.left.value == 9 && documents.right.value == 0)
        #expect(documents.left.cells.first?.stated?.line == 9)
        #expect(documents.right.cells.first?.cell?.line == 24)
        let identities = answers.filter {
            !$0.rule.hasPrefix("narrative:") && !$0.rule.hasPrefix("fee:")
        }
        #expect(identities.count == 5 * 42 && identities.allSatisfy { $0.state == "holds" })
        for (file, rule) in [
            ("002_", "requests.new"), ("002_", "disputes.review"), ("003_", "requests.new"),
            ("003_", "proactive.normative_docs.in_force"), ("003_", "disputes.litigation"),
        ] {
            let agrees = answers.contains {
                $0.rule == "narrative:" + rule && $0.state == "holds"
                    && $0.right.cells.allSatisfy { $0.file.contains(file) }
            }
            #expect(agrees, "\(file) \(rule)")
        }
        let inferred = answers.filter { !$0.inferred.isEmpty }
        #expect(inferred.count == 25)
        #expect(inferred.allSatisfy { $0.left.cells.allSatisfy { $0.file.contains("001_") } })
        let text = try await work.run("check", seeds, "--verbose")
        #expect(text.output.contains("25 of 42 hold only by blanks that were inferred"))
        // What only a blank keeps open is counted, and not listed unless it is asked for.
        let plain = try await work.run("check", seeds)
        #expect(!plain.output.contains("inferred") && plain.errors.contains("25"))
    }
}
