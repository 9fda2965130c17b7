import Foundation
import IndexFolder
import ReportModel
import SegmentStore
import TestSupport
import Testing

/// Xapian's own programs and Debian's bindings for Python: no code of ours.
@Suite("Stock programs of Xapian read the reports of an index") struct StockXapianTests {
    private static let schema = SampleFiles.package.appending(path: "docs/index-schema.md")

    private static let hasTools = InstalledProgram.path(of: "xapian-check") != nil

    /// The sample reports in one segment that was merged of two, one report replaced and one removed.
    private static func merged() async throws -> Workplace {
        let work = try Workplace()
        try work.copy(Sample.folder, to: "r")
        try work.write("将要被取代的话。\n", to: "r/x.txt")
        try work.write("将要消失的话。\n", to: "r/y.txt")
        let first = try await work.run(["index", "r", "--include", "*.txt"])
        try work.write("云岫县某局2022年政府信息公开工作年度报告\n\n一、总体情况\n公开一条。\n", to: "r/x.txt")
        try work.remove("r/y.txt")
        let second = try await work.run(["index", "r", "--include", "*.txt"])
        let third = try await work.run("compact")
        try #require([first, second, third].allSatisfy { $0.status == 0 }, "\(first) \(second)")
        return work
    }

    /// What a line of the schema's program and a hit of gongkai have in common.
    private struct Row: Hashable {
        let id: String
        let number: Int
    }

    @Test(
        "The program in docs/index-schema.md gives the reports that gongkai gives",
        .enabled(if: InstalledProgram.hasXapianForPython))
    func program() async throws {
        let work = try await Self.merged()
        let document = try String(contentsOf: Self.schema, encoding: .utf8)
        let parts = document.components(separatedBy: "```")
        let code = try #require(parts.first { $0.hasPrefix("python\n") }).dropFirst(7)
        try #require(code.split(separator: "\n").count <= 20)
        try work.write(String(code), to: "program.py")
        let printed = try await work.shell("/usr/bin/python3 program.py .gongkai/*.glass")
        let rows = printed.split(separator: "\n").map { line -> Row in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            return Row(id: String(fields[0]), number: Int(fields[1]) ?? -1)
        }
        let query = "年:2022 新收>=10"
        let run = try await work.run(
            "search", query, "--sort", "-新收", "--per-report", "1", "--limit", "0", "--format",
            "json")
        let answer = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let hits = try #require(answer["hits"] as? [[String: Any]])
        let expected = try hits.map { hit -> Row in
            let report = try #require(hit["report"] as? [String: Any])
            let values = try #require(hit["values"] as? [String: Any])
            return Row(
                id: try #require(report["id"] as? String),
                number: try #require(values["requests.new.total"] as? Int))
        }
        #expect(rows.count >= 4)
        #expect(rows.map(\.number) == expected.map(\.number))
        #expect(Set(rows) == Set(expected))
    }

    @Test("xapian-check finds nothing, xapian-delve lists values", .enabled(if: hasTools))
    func tools() async throws {
        let work = try await Self.merged()
        let checked = try await work.shell("xapian-check .gongkai/*.glass 2>&1")
        #expect(checked.contains("No errors found"), "\(checked)")
        // A report's slots, those of which the column knows the value.
        let report = try await work.run(
            "search", "年:2022 新收>=10", "--sort", "-新收", "--limit", "1", "--format", "json")
        let id = try #require(report.output.firstMatch(of: /"id":"([0-9a-f]+)"/)).1
        let hash = try await work.shell("xapian-delve -A Q\(id) -1 .gongkai/*.glass | grep ^Q")
        let number = try await work.shell(
            "xapian-delve -t \(hash.split(separator: "\n")[0]) -1 .gongkai/*.glass | grep -x '[0-9]*'"
        )
        let record = number.split(separator: "\n").last ?? ""
        let values = try await work.shell("xapian-delve -V -r \(record) .gongkai/*.glass")
        #expect(values.contains(" 16:") && values.contains(" 1000:"), "\(values)")
        let year = try await work.shell("xapian-delve -VS1000 -r \(record) .gongkai/*.glass")
        #expect(year.contains(": 2022\n"), "\(year)")
        // The words of heads have frequencies.
        let lengths = try await work.shell("xapian-delve .gongkai/*.glass")
        #expect(lengths.contains("number of documents = "), "\(lengths)")
        #expect(!lengths.contains("average document length = 0\n"), "\(lengths)")
    }

    @Test("The document of the schema has the names, numbers and the version of the code")
    func document() throws {
        let document = try String(contentsOf: Self.schema, encoding: .utf8)
        #expect(document.contains("\nVersion \(Manifest.version). "))
        for field in StatisticField.all {
            #expect(
                document.contains("\n| \(field.index) | \(field.key) | \(field.unit ?? "") |\n"),
                "\(field.key)")
        }
        for column in SegmentColumn.allCases {
            #expect(document.contains("\n| \(column.rawValue) | \(column) | "), "\(column)")
        }
        let prefixes =
            ReportDocument.Prefix.allCases.map(\.rawValue)
            + Schema.Prefix.allCases.map(\.rawValue)
        for prefix in prefixes { #expect(document.contains("`\(prefix)`"), "\(prefix)") }
        #expect(document.contains("Slot \(ReportDocument.yearSlot) has the year"))
        let cells = OfficialForm.form2021.fields.sorted()
        #expect(cells == Array(0..<200) && document.contains("The form of 2021 has slots 0 to 199"))
    }
}
