import Foundation
import TestSupport
import Testing

@Suite("Passages that say the same")
struct SimilarTests {
    /// `gongkai.shared/1` as a script reads it.
    struct Shared: Decodable {
        struct Side: Decodable {
            let id: String
            let file: String
            let subsection: String?
            let lines: [Int]
        }
        let length: Int
        let text: String
        let source: Side
        let other: Side
    }

    private static let routine = "我局坚持每月核对一次对外公布的电话号码，拨不通、没人接、转三次以上的都记为差错并在三天内改正。"

    /// An index of one report in simplified and one in traditional characters, and another office
    /// that copied a sentence.
    private static func work() async throws -> Workplace {
        let work = try Workplace()
        try work.write(
            "清浅县水务局2022年工作\n\n\(routine)\n\n全年巡河四十七次，捞起漂浮物三吨半，河道边新立了十二块水位牌。\n",
            to: "files/a.txt")
        try work.write(
            "清淺縣水務局2022年工作\n\n我局堅持每月核對一次對外公布的電話號碼，撥不通、沒人接、轉三次以上的都記為差錯並在三天內改正。\n\n"
                + "全年巡河四十七次，撈起漂浮物三噸半，河道邊新立了十二塊水位牌。\n",
            to: "files/b.txt")
        try work.write(
            "远岫县林业局2023年工作\n\n今年起，\(routine)另设投诉箱七只。\n\n本年收到来信18封。\n",
            to: "files/c.txt")
        try work.write("远岫县林业局2024年工作\n\n本年收到来信26封。\n", to: "files/d.txt")
        let run = try await work.run("index", "files")
        #expect(run.status == 0, "\(run)")
        return work
    }

    @Test("A report in other characters shares every passage, a copied sentence its length")
    func similar() async throws {
        let work = try await Self.work()
        let run = try await work.run(
            "similar", "files/a.txt", "--min", "30", "--format", "jsonl", "--limit", "0")
        #expect(run.status == 0, "\(run)")
        let pairs = try run.lines.map { try decoded($0, as: Shared.self) }
        let others = pairs.map { URL(filePath: $0.other.file).lastPathComponent }
        #expect(others.count(where: { $0 == "b.txt" }) == 2 && others.contains("c.txt"))
        #expect(pairs.map(\.length) == pairs.map(\.length).sorted(by: >))
        for pair in pairs where pair.other.file.hasSuffix("c.txt") {
            #expect(pair.length == Self.routine.unicodeScalars.count)
            #expect(pair.text == Self.routine)
        }
        let line = try await work.run("similar", "files/c.txt:3", "--min", "30")
        #expect(line.status == 0 && line.output.contains("a.txt") && line.output.contains("b.txt"))
    }

    @Test("Nothing shared is code 1; what is no passage is told")
    func nothing() async throws {
        let work = try await Self.work()
        MessageRow(gives: 1, saying: "no passage shares 60", "--min")
            .check(try await work.run("similar", "files/d.txt", "--min", "60"))
        MessageRow(gives: 2, saying: "no report of the index")
            .check(try await work.run("similar", "nowhere.txt"))
        MessageRow(gives: 2, saying: "line 99")
            .check(try await work.run("similar", "files/a.txt:99"))
        MessageRow(gives: 2, saying: "--min")
            .check(try await work.run("similar", "files/a.txt", "--min", "3"))
    }

    @Test("Copies are one hit that says how many more there are; the total stays")
    func joined() async throws {
        let work = try await Self.work()
        let text = try await work.run("search", "\"巡河四十七次\"")
        #expect(text.output.contains("and 1 more report"), "\(text)")
        let joined = try SearchAnswer(
            try await work.run("search", "\"巡河四十七次\"", "--join", "--format", "json"))
        #expect(joined.total == 2 && joined.hits?.count == 1)
        let all = try SearchAnswer(
            try await work.run("search", "\"巡河四十七次\"", "--all", "--format", "json"))
        #expect(all.total == 2 && all.hits?.count == 2)
        // The same words with another number say something else.
        let numbers = try SearchAnswer(
            try await work.run("search", "\"本年收到来信\"", "--join", "--format", "json"))
        #expect(numbers.total == 2 && numbers.hits?.count == 2)
    }

    @Test("Pages of joined hits neither repeat nor miss a passage")
    func pages() async throws {
        let work = try await SharedIndex.samples.value
        let whole = try await work.run(
            "search", "公开", "--join", "--format", "jsonl", "--limit", "40", "--offset", "0")
        var paged: [String] = []
        for offset in stride(from: 0, to: 40, by: 8) {
            paged += try await work.run(
                "search", "公开", "--join", "--format", "jsonl", "--limit", "8", "--offset",
                "\(offset)"
            ).lines
        }
        func shown(_ lines: [String]) throws -> [String] {
            try lines.map { line in
                let hit: HitAnswer = try decoded(line)
                return "\(hit.rank) \(hit.report.id) \(hit.lines)"
            }
        }
        #expect(try shown(paged) == shown(whole.lines))
    }
}
