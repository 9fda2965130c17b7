import Foundation
import TestSupport
import Testing

@Suite("compare shows agencies and reports side by side")
struct CompareTests {
    private struct Answer: Decodable {
        struct Row: Decodable {
            let field: String
            let values: [Double?]
            let absolute: Double?
            let relative: Double?
            let points: Double?
        }
        let schema: String
        let rows: [Row]
    }

    private static let work = Task {
        try await Workplace.planted([
            .plain("平遥县停车管理局", 2022, new: 10, granted: 5),
            .plain("平遥县停车管理局", 2023, new: 20, granted: 15),
            .plain("平遥县水网运行中心", 2022, new: 40, granted: 10),
            .plain("芮城县水网运行中心", 2021, new: 1),
        ])
    }

    @Test("Agencies in the last year of which all have a report, with the difference")
    func agencies() async throws {
        let work = try await Self.work.value
        let run = try await work.run(
            "compare", "停车管理局", "平遥县水网运行中心", "--fields", "新收,予以公开率", "--format", "json")
        let answer: Answer = try decoded(run.output)
        #expect(answer.schema == "gongkai.compare/1")
        #expect(answer.rows.map(\.values) == [[10, 40], [0.5, 0.25]])
        #expect(answer.rows[0].absolute == 30 && answer.rows[0].relative == 3)
        #expect(answer.rows[1].points == -25 && answer.rows[1].relative == nil)
        let text = try await work.run("compare", "停车管理局", "平遥县水网运行中心")
        #expect(text.output.contains("+30 (+300.0%)") && text.output.contains("-25.0 pp"))
        let none = try await work.run("compare", "停车管理局", "芮城县水网运行中心")
        #expect(none.status == 1 && none.errors.contains("no year"))
    }

    @Test("Reports by file, in every format, and what cannot be compared")
    func reports() async throws {
        let work = try await Self.work.value
        let csv = try await work.run(
            "compare", "reports/0.html", "reports/1.html", "--fields", "新收", "--format", "csv")
        let row = try #require(try FormatTests.csv(csv.output).first)
        #expect(row["平遥县停车管理局 2022"] == "10" && row["平遥县停车管理局 2023"] == "20")
        #expect(row["relative"] == "1")
        MessageRow(gives: 2, saying: "水网运行中心", "2 agencies").check(
            try await work.run("compare", "水网运行中心", "停车管理局"))
        MessageRow(gives: 2, saying: "neither a report nor an agency").check(
            try await work.run("compare", "停车管理局", "没有这个局"))
        MessageRow(gives: 2, saying: "two agencies").check(
            try await work.run("compare", "停车管理局"))
    }
}
