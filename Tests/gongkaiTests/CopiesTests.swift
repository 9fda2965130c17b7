import Foundation
import TestSupport
import Testing

/// Pairs of reports that share text, as the command prints them.
@Suite("Copied text")
struct CopiesTests {
    /// `gongkai.copies/1` as a script reads it.
    struct Copies: Decodable {
        struct Side: Decodable {
            let file: String
            let agency: String?
            let year: Int?
        }
        struct Run: Decodable {
            let length: Int
            let text: String
            let other_text: String
            let lines: [Int]
            let other_lines: [Int]
        }
        struct Pair: Decodable {
            let share: Double
            let own: Int
            let report: Side
            let other: Side
            let runs: [Run]
        }
        let total: Int
        let reports: Int
        let duplicates: Int
        let pairs: [Pair]
    }

    private static let copied =
        "全年在河堤沿线设立九处便民信息角，由巡堤员每周更换一次展板，并把汛期水位、闸门启闭和灌溉轮次写成大字。"

    private static func report(_ agency: String, _ year: Int, _ paragraphs: String...) -> String {
        "\(agency)\(year)年政府信息公开工作年度报告\n\n一、总体情况\n\n"
            + paragraphs.joined(separator: "\n\n") + "\n"
    }

    /// Three agencies, of which one copied from itself and one from the first.
    private static func work() async throws -> Workplace {
        let work = try Workplace()
        let own = "今年把电话簿换成了通讯录，居民可以按门牌号查到网格员，也能看到每月走访的安排和结果。"
        try work.write(report("云溪县水务局", 2021, copied), to: "files/a21.txt")
        try work.write(
            report("云溪县水务局", 2022, copied.replacing("九处", with: "十二处"), own),
            to: "files/a22.txt")
        try work.write(
            report(
                "石桥县林业局", 2022,
                "林场的三条防火道改由护林员轮流值守，值守记录贴在进山路口，附近的采药人也可以查看。", copied),
            to: "files/b22.txt")
        try work.write(
            report("临漪县教育局", 2022, "学位和校车路线在暑假前公布，家长会上发出的问卷有八成收回，意见逐条有答复。"),
            to: "files/c22.txt")
        #expect(try await work.run("index", "files").status == 0)
        return work
    }

    @Test("A pair is told with its share, and with --show the passages stand side by side")
    func text() async throws {
        let work = try await Self.work()
        let run = try await work.run("copies", "--by", "year")
        #expect(run.status == 0)
        #expect(run.lines.count == 1)
        #expect(run.output.contains("云溪县水务局 2022 ← 云溪县水务局 2021"))
        #expect(run.errors.contains("1 pair of 4 reports"))
        let shown = try await work.run("copies", "--by", "year", "--show", "--color", "always")
        #expect(shown.output.contains("files/a22.txt:5 ← files/a21.txt:5"))
        let columns = shown.lines.filter { $0.contains(" | ") }
            .map { $0.components(separatedBy: " | ") }
        func marked(_ side: Int) -> String {
            columns.map { $0[side] }.joined()
                .replacing(/\u{1B}\[[0-9;]*m/) { $0.output == "\u{1B}[0m" ? "】" : "【" }
                .replacing("】", with: "").replacing("【", with: "").replacing(" ", with: "")
        }
        #expect(marked(1) == Self.copied)
        #expect(marked(0) == Self.copied.replacing("九处", with: "十二处"))
        #expect(shown.output.contains("\u{1B}[1;31m"))
        #expect(try await work.run("copies", "--region", "乌有县").status == 1)
        #expect(try await work.run("copies", "--min-share", "0").status == 2)
    }

    @Test(
        "JSON and CSV have every pair, its stretches and their lines; duplicates are not compared")
    func formats() async throws {
        let work = try await Self.work()
        let text = try work.text("files/b22.txt")
        try work.write(text.replacing("\n", with: "\r\n"), to: "files/b22-again.txt")
        #expect(try await work.run("index", "files").status == 0)
        let run = try await work.run("copies", "--format", "json")
        let result = try decoded(run.output, as: Copies.self)
        #expect((result.total, result.reports, result.duplicates) == (3, 4, 1))
        #expect(run.errors.contains("1 duplicate left out"))
        for pair in result.pairs {
            #expect(pair.report.year ?? 0 >= pair.other.year ?? 0)
            let best = try #require(pair.runs.first)
            #expect(Self.copied.contains(best.text) || Self.copied.contains(best.other_text))
            #expect(best.lines[0] > 1 && best.other_lines[0] > 1 && best.length >= 30)
        }
        let table = try await work.run("copies", "--format", "csv", "--by", "agency")
        #expect(table.output.hasPrefix("share,shared,own,boilerplate,longest,report,"))
        #expect(try FormatTests.csv(table.output).count == 2)
        let chinese = try await work.run(["copies", "--limit", "1"])
        #expect(chinese.errors.contains("1 shown"))
    }
}
