import Foundation
import TestSupport
import Testing

@Suite("CSV, TSV and Markdown hold what JSON holds")
struct FormatTests {
    /// Fields of RFC 4180, read by its grammar and nothing of ours.
    static func csv(_ text: String) throws -> [[String: String]] {
        var rows: [[String]] = [[]]
        var field = ""
        var isQuoted = false
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            if isQuoted {
                if scalar == "\"", next == "\"" {
                    field += "\""
                    index += 1
                } else if scalar == "\"" {
                    isQuoted = false
                } else {
                    field.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"" {
                #expect(field.isEmpty)
                isQuoted = true
            } else if scalar == "," {
                rows[rows.count - 1].append(field)
                field = ""
            } else if scalar == "\r", next == "\n" {
                rows[rows.count - 1].append(field)
                field = ""
                rows.append([])
                index += 1
            } else {
                field.unicodeScalars.append(scalar)
            }
            index += 1
        }
        #expect(
            rows.last?.isEmpty == true && field.isEmpty && !isQuoted, "the last line has no end")
        let head = rows[0]
        return try rows.dropFirst().dropLast().map { row in
            try #require(row.count == head.count)
            return Dictionary(uniqueKeysWithValues: zip(head, row))
        }
    }

    /// The columns that a text takes; marks of ambiguous width take one.
    static func width(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }

    @Test("search as CSV gives the hits of JSON, cell by cell")
    func search() async throws {
        let work = try await SharedIndex.samples.value
        let arguments = ["公开 新收>=0", "--limit", "0"]
        let hits = try await work.hits(arguments)
        let run = try await work.run(["search", "--format", "csv"] + arguments)
        #expect(run.status == 0)
        let rows = try Self.csv(run.output)
        #expect(rows.count == hits.count)
        for (row, hit) in zip(rows, hits) {
            #expect(row["text"] == hit.text)
            #expect(row["rank"] == "\(hit.rank)" && row["section"] == "\(hit.section)")
            #expect(row["agency"] == hit.report.agency ?? "")
            #expect(row["year"] == hit.report.year.map(String.init) ?? "")
            #expect(row["line"] == "\(hit.lines[0])")
            #expect(row["subsection"] == hit.subsection ?? "")
            let value = try #require(hit.values["requests.new.total"] ?? nil)
            #expect(row["requests.new.total"].flatMap(Double.init) == value)
        }
        let tsv = try await work.run(["search", "--format", "tsv"] + arguments)
        #expect(tsv.lines.count == hits.count + 1)
        let widths = Set(
            tsv.lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count })
        #expect(widths.count == 1)
    }

    @Test("What needs quotation marks gets them, and no cell is a formula")
    func quoting() async throws {
        let work = try Workplace()
        try work.write("=1+1，他说\"好\",甲乙丙。\n\n＋附件说明甲乙丙。\n", to: "a,\"b.txt")
        #expect(try await work.run("index", ".").status == 0)
        let run = try await work.run("search", "甲乙丙", "--format", "csv")
        let rows = try Self.csv(run.output)
        #expect(Set(rows.compactMap { $0["text"] }) == ["'=1+1，他说\"好\",甲乙丙。", "'＋附件说明甲乙丙。"])
        #expect(rows.allSatisfy { $0["file"] == "a,\"b.txt" })
        let hits = try await work.hits(["甲乙丙"])
        #expect(hits.contains { $0.text.hasPrefix("=") })
    }

    private static let tables = [
        ["search", "公开"], ["fields"], ["agencies"], ["years"],
        ["check", "--only", "holds", "--rule", "row:*"], ["info"], ["tokens", "a|b"],
        ["search", "公开", "-l"], ["search", "公开", "--count"],
        ["search", "公开", "--facet", "year,section"],
        ["show", Sample.all[0].file.path, "--cell", "新收"],
        ["parse", Sample.all[0].file.path], ["export", "reports"],
    ]

    @Test("Columns of Markdown and of text stand under each other", arguments: tables)
    func aligned(_ arguments: [String]) async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run(arguments + ["--format", "markdown"])
        #expect(run.status <= 1, "\(run)")
        try #require(run.lines.count >= 3)
        #expect(run.lines.allSatisfy { $0.hasPrefix("| ") && $0.hasSuffix(" |") })
        // Cells up to 40 columns are padded to the widest; longer ones stand as they are.
        let cells = run.lines.map { line in
            line.replacing("\\|", with: "//").dropFirst().dropLast()
                .split(separator: "|").map { Self.width($0) }
        }
        #expect(Set(cells.map(\.count)).count == 1)
        for column in cells[0].indices {
            let widths = Set(cells.map { $0[column] }.filter { $0 <= 42 })
            #expect(widths.count <= 1, "column \(column) of \(arguments): \(widths)")
        }
        let csv = try await work.run(arguments + ["--format", "csv"])
        #expect(try Self.csv(csv.output).count == run.lines.count - 2)
    }

    @Test("A report as Markdown has its title, tables and text; as CSV its cells")
    func report() async throws {
        let work = try await SharedIndex.samples.value
        let file = Sample.folder.appending(path: "tongliang-jiuqu/2023.txt").path
        let markdown = try await work.run("show", file, "--format", "markdown")
        #expect(markdown.lines[0].hasPrefix("# ") && markdown.output.contains("\n## 总体情况\n"))
        let row = try #require(markdown.lines.first { $0.contains("本年新收政府信息公开申请数量") })
        #expect(
            row.split(separator: "|").dropFirst().compactMap {
                Int($0.trimmingCharacters(in: .whitespaces))
            } == [50, 4, 0, 0, 3, 1, 58])
        let tables = try await work.run("show", file, "--tables", "--format", "markdown")
        #expect(markdown.output.contains(tables.output) && !tables.output.contains("#"))

        let report: ReportAnswer = try decoded(
            try await work.run("show", file, "--format", "json").output)
        let cells = try Self.csv(
            try await work.run("show", file, "--tables", "--format", "csv").output)
        #expect(cells.count == report.cells.count)
        for cell in cells {
            let key = try #require(cell["key"])
            #expect(cell["value"].flatMap(Double.init) == report.cells[key]?.value)
            #expect(cell["line"] == report.cells[key].map { "\($0.line)" })
        }
    }
}
