import Foundation
import TestSupport
import Testing

/// Reports that are tables alone answer questions about reports.
@Suite("A report without passages is a report")
struct BareReportTests {
    /// The years of a sample agency, that of 2023 without a word beside its tables.
    private static let work = Task {
        let work = try Workplace()
        for year in [2022, 2024] {
            try work.copy(
                Sample.folder.appending(path: "jingchuan-shuju/\(year).txt"),
                to: "reports/\(year).txt")
        }
        let file = Sample.folder.appending(path: "jingchuan-shuju/2023.txt")
        let parsed = try await work.run("parse", file.path, "--format", "jsonl")
        let report: ReportAnswer = try decoded(parsed.output)
        let read = Set(report.passages.flatMap { $0.lines[0]...$0.lines[1] })
        let lines = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let bare = lines.enumerated().filter { !read.contains($0.offset + 1) }.map(\.element)
        try work.write(bare.joined(separator: "\n"), to: "reports/2023.txt")
        let run = try await work.run("index", "reports")
        guard run.status == 0 else { throw BuiltProgram.Failure("\(run)") }
        return work
    }

    private func answer(_ arguments: String...) async throws -> SearchAnswer {
        try SearchAnswer(
            try await Self.work.value.run(["search", "--format", "json"] + arguments))
    }

    @Test(
        "It is found by what its head and its tables say",
        arguments: [
            "year:2023", "新收=19", "region:泾川县 year:2023", "agency:泾川 year:2023..2024 -year:2024",
        ])
    func found(question: String) async throws {
        let found = try await answer(question, "--by", "report")
        #expect(found.hits?.map(\.report.year) == [2023], "\(found)")
        #expect(found.total == 0 && found.total_reports == 1 && found.hits?.first?.passages == 0)
        let work = try await Self.work.value
        let list = try await work.run("search", question, "-l")
        #expect(list.output == "reports/2023.txt\n" && list.status == 0)
        let count = try await work.run("search", question, "--count", "--by", "report")
        #expect(count.output == "1\n" && count.status == 0)
    }

    @Test("It is named as others are")
    func named() async throws {
        let found = try await answer("泾川县2023年", "--by", "report")
        #expect(found.hits?.contains { $0.report.year == 2023 && $0.passages == 0 } == true)
        #expect(found.total_reports == found.hits?.count)
    }

    @Test("A list has it where it belongs, whichever page is asked for")
    func order() async throws {
        for (order, years) in [("year", [2022, 2023, 2024]), ("-year", [2024, 2023, 2022])] {
            #expect(try await answer("--sort", order).hits?.map(\.report.year) == years)
            for (page, year) in years.enumerated() {
                let found = try await answer(
                    "--sort", order, "--limit", "1", "--offset", "\(page)")
                #expect(found.hits?.map(\.report.year) == [year], "\(order) \(page)")
                #expect(found.hits?.map(\.rank) == [page + 1] && found.total_reports == 3)
            }
        }
        let byNumber = try await answer("--sort", "-新收")
        let values = byNumber.hits?.compactMap { $0.values["requests.new.total"] ?? nil }
        #expect(values?.count == 3 && values == values?.sorted(by: >), "\(byNumber)")
    }

    @Test("Counts by year have it, and filters keep it")
    func facets() async throws {
        let work = try await Self.work.value
        let facet = try await work.run("search", "--facet", "year", "--format", "csv")
        let rows = try FormatTests.csv(facet.output)
        #expect(rows.map { $0["reports"] } == ["1", "1", "1"], "\(facet)")
        #expect(rows.map { $0["passages"] == "0" } == [false, true, false])
        let agencies = try await work.run("agencies", "--region", "泾川县", "--format", "csv")
        #expect(try FormatTests.csv(agencies.output).map { $0["years"] } == ["2022..2024"])
    }

    @Test("Where text is asked it answers nothing")
    func text() async throws {
        let found = try await answer("申请 year:2023", "--by", "report")
        #expect(found.total_reports == 0 && found.hits?.isEmpty == true)
        let without = try await answer("year:2023 -大厅", "--by", "report")
        #expect(without.total_reports == 0)
    }
}
