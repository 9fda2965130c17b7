import Foundation
import TestSupport
import Testing

@Suite("Facets, context, hits of one report, several indexes")
struct SearchOptionTests {
    struct FacetAnswer: Decodable {
        struct Count: Decodable, Hashable {
            let value: String?
            let passages: Int
            let reports: Int
        }
        let total: Int
        let facets: [String: [Count]]
    }

    /// An agency's name in simplified characters: its reports count together in either script.
    @Sendable private static func simplified(_ name: String) -> String {
        name.applyingTransform(StringTransform("Hant-Hans"), reverse: false) ?? name
    }

    private static let fields: [(name: String, value: @Sendable (HitAnswer) -> String?)] = [
        ("agency", { $0.report.agency.map(simplified) }),
        ("year", { $0.report.year.map(String.init) }),
        ("form", \.report.form), ("section", { String($0.section) }),
    ]

    private static let questions = [
        ["公开"], ["申请", "--year", "2022..2023"], ["征迁 OR 赶集"], ["新收>=10"],
        ["\"政策解读\"", "--match", "phrase"],
    ]

    @Test("Facets count every passage that matches and its reports", arguments: questions)
    func facets(_ question: [String]) async throws {
        let work = try await SharedIndex.samples.value
        let hits = try await work.hits(question)
        let run = try await work.run(
            [
                "search", "--format", "json", "--limit", "1", "--facet", "agency,年,form", "--facet",
                "节",
            ]
                + question)
        let answer: FacetAnswer = try decoded(run.output)
        #expect(answer.total == hits.count && answer.facets.count == 4)
        for (name, value) in Self.fields {
            let counts = try #require(answer.facets[name]).map { count in
                FacetAnswer.Count(
                    value: count.value.map(Self.simplified), passages: count.passages,
                    reports: count.reports)
            }
            let groups = Dictionary(grouping: hits, by: value)
            let expected = groups.map { key, hits in
                FacetAnswer.Count(
                    value: key, passages: hits.count, reports: Set(hits.map(\.report.id)).count)
            }
            #expect(Set(counts) == Set(expected) && counts.count == expected.count, "\(name)")
        }
        let years = answer.facets["year"]?.compactMap(\.value)
        #expect(years == years?.sorted())
        let agencies = answer.facets["agency"]?.map(\.passages)
        #expect(agencies == agencies?.sorted(by: >))
    }

    @Test("Facets without a query are about the whole index, and text shows bars")
    func wholeIndex() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run("search", "--facet", "province,city,county,region,year")
        #expect(run.status == 0, "\(run)")
        #expect(run.output.contains("█") && run.lines.first == "province")
        #expect(run.errors.contains("292 passages"), "\(run)")
        let year = try #require(run.lines.first { $0.hasPrefix("  2023 ") })
        let passages = try await work.hits(["--year", "2023"]).count
        #expect(year.hasSuffix("\(passages) passages in 11 reports"))
        let csv = try FormatTests.csv(
            try await work.run("search", "--facet", "year", "--format", "csv").output)
        #expect(csv.first { $0["value"] == "2023" }?["reports"] == "11")
        MessageRow(gives: 2, saying: "agincy", "did you mean agency").check(
            try await work.run("search", "公开", "--facet", "agincy"))
    }

    @Test("Context is the passages beside a hit in its report")
    func context() async throws {
        let work = try await SharedIndex.samples.value
        struct Hit: Decodable {
            let text: String
            let report: HitAnswer.Report
            let before: [ReportAnswer.Passage]?
            let after: [ReportAnswer.Passage]?
        }
        let run = try await work.run(
            "search", "赶集 OR 征迁", "--limit", "0", "--context", "2", "--format", "jsonl")
        let hits = try run.lines.map { try decoded($0, as: Hit.self) }
        #expect(hits.count > 3)
        for hit in hits {
            let report: ReportAnswer = try decoded(
                try await work.run("show", hit.report.id, "--format", "json").output)
            let texts = report.passages.map(\.text)
            let index = try #require(texts.firstIndex(of: hit.text))
            #expect(hit.before?.map(\.text) == Array(texts[max(0, index - 2)..<index]))
            #expect(
                hit.after?.map(\.text)
                    == Array(texts[(index + 1)..<min(texts.count, index + 3)]))
        }
        let text = try await work.run("search", "赶集", "--context", "1")
        #expect(text.lines.contains { $0.hasPrefix("   | ") })
        let plain = try await work.run("search", "赶集", "--format", "jsonl")
        #expect(!plain.output.contains("\"before\""))
    }

    @Test(
        "--per-report keeps the first hits of each report, in the order of all", arguments: [1, 2])
    func perReport(_ most: Int) async throws {
        let work = try await SharedIndex.samples.value
        for order in [["--sort", "relevance"], ["--sort", "-新收"]] {
            let all = try await work.hits(["公开"] + order)
            var counts: [String: Int] = [:]
            let expected = all.filter { hit in
                counts[hit.report.id, default: 0] += 1
                return counts[hit.report.id, default: 0] <= most
            }
            let few = try await work.hits(["公开", "--per-report", "\(most)"] + order)
            #expect(few.map(\.text) == expected.map(\.text))
            let page = try await work.run(
                ["search", "公开", "--per-report", "\(most)", "--limit", "5", "--offset", "3"]
                    + order + ["--format", "json"])
            let answer = try SearchAnswer(page)
            #expect(answer.hits?.map(\.text) == Array(expected.map(\.text)[3..<8]))
            #expect(answer.total == all.count)
        }
        MessageRow(gives: 2, saying: "--per-report").check(
            try await work.run("search", "公开", "--per-report", "0"))
    }

    @Test("Several indexes are searched as one: the same hits and scores as one index of all")
    func merged() async throws {
        let work = try Workplace()
        let files = Sample.all.map(\.file.path)
        let half = files.count / 2
        let parts = [("a", files[..<(half + 3)]), ("b", files[half...]), ("all", files[...])]
        for (name, files) in parts {
            #expect(
                try await work.run(["index", "--index", name] + files).status == 0)
        }
        for query in ["政策解读", "公开 新收>=1", "\"保密审查\""] {
            let one = try await work.hits([query, "--index", "all"])
            let two = try await work.hits([query, "--index", "a", "--index", "b"])
            #expect(
                Set(one.map { $0.report.file + $0.text })
                    == Set(two.map { $0.report.file + $0.text }))
            #expect(one.count == two.count && one.count > 2)
        }
        // Without files in both, the scores too.
        #expect(try await work.run(["index", "--index", "c"] + files[..<half]).status == 0)
        let one = try await work.hits(["政策解读", "--index", "all"])
        let two = try await work.hits(["政策解读", "--index", "c", "--index", "b"])
        #expect(one.map(\.score) == two.map(\.score))
        MessageRow(gives: 3, saying: "localhost:1").check(
            try await work.run("search", "政策", "--index", "localhost:1", "--index", "a"))
        MessageRow(gives: 3, saying: "nowhere").check(
            try await work.run("search", "政策", "--index", "a", "--index", "nowhere"))
    }
}
