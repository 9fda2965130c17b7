import Foundation
import TestSupport
import Testing

@Suite("Reports that are in the index more than once")
struct DuplicatesTests {
    /// `gongkai.duplicates/1` as a script reads it.
    struct Duplicates: Decodable {
        struct Cell: Decodable {
            let key: String
            let value: Double?
            let counted_value: Double?
        }
        struct Report: Decodable {
            let file: String
            let counts: Bool
            let same: Bool
            let cells: [Cell]
        }
        struct Group: Decodable {
            let kind: String
            let reports: [Report]
        }
        let total: Int
        let left_out: Int
        let groups: [Group]
    }

    private static func duplicates(
        _ work: Workplace, _ arguments: String...
    ) async throws -> Duplicates {
        let run = try await work.run(["duplicates", "--format", "json"] + arguments)
        return try decoded(run.output, as: Duplicates.self)
    }

    private static func samples() throws -> [URL] {
        SampleFiles.files(below: Sample.folder, endings: [".txt"])
    }

    @Test(
        "One report in every encoding, script and folder is one that counts; others are not")
    func everyForm() async throws {
        let work = try Workplace()
        let files = try Self.samples().prefix(8)
        for (number, file) in files.enumerated() {
            let text = try String(contentsOf: file, encoding: .utf8)
            try work.write(text, to: "files/\(number).txt")
            try work.write(
                text.data(using: .utf16).map(Array.init) ?? [], to: "files/u\(number).txt")
            try work.write(
                text.replacing("\n", with: "\r\n")
                    .replacing("务", with: "務").replacing("开", with: "開")
                    .replacing("报", with: "報").replacing("请", with: "請"),
                to: "other/folder/\(number).txt")
            try await work.shell(
                "iconv -c -f utf-8 -t gb18030 files/\(number).txt > files/g\(number).txt")
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { "<p>\($0.replacing("&", with: "&amp;").replacing("<", with: "&lt;"))</p>" }
            try work.write(
                "<html><body>\(lines.joined(separator: "\n"))</body></html>",
                to: "files/h\(number).html")
        }
        #expect(try await work.run("index", "files", "other").status == 0)
        let found = try await Self.duplicates(work)
        #expect(found.groups.count == files.count, "\(found.groups.map { $0.reports.map(\.file) })")
        for group in found.groups {
            let names = group.reports.map { URL(filePath: $0.file).lastPathComponent }
            let numbers = Set(names.map { $0.filter(\.isNumber) })
            #expect(numbers.count == 1 && names.count >= 4, "\(names)")
            #expect(group.reports.count(where: \.counts) == 1 && group.reports[0].counts)
        }
        let preferred = try await Self.duplicates(work, "--prefer", "u*.txt")
        #expect(preferred.groups.allSatisfy { $0.reports[0].file.hasPrefix("files/u") })
    }

    @Test(
        "A page without tables is found in the other script, where a word is written otherwise too")
    func pageInOtherScript() async throws {
        let work = try Workplace()
        try work.write(
            "停水通知\n\n云溪县水务局将于周四检修水管，北街停水半天，有疑问请致电值班室，当日答复。\n",
            to: "files/a.txt")
        try work.write(
            "停水通知\n\n雲溪縣水務局將於週四檢修水管，北街停水半天，有疑問請致電值班室，當日答覆。\n",
            to: "files/b.txt")
        try work.write(
            "停水通知\n\n云溪县水务局将于周五检修水管，北街停水半天，有疑问请致电值班室，当日答复。\n",
            to: "files/c.txt")
        #expect(try await work.run("index", "files").status == 0)
        let groups = try await Self.duplicates(work).groups
        #expect(groups.map { Set($0.reports.map(\.file)) } == [["files/a.txt", "files/b.txt"]])
    }

    @Test("Last year's report handed in again is a copy and no duplicate")
    func handedInAgain() async throws {
        let work = try Workplace()
        let file = try #require(
            Self.samples().first { $0.path.hasSuffix("yaan-suanli/2024.txt") })
        let text = try String(contentsOf: file, encoding: .utf8)
        try work.write(text, to: "files/2024.txt")
        try work.write(
            text.replacing("2024年", with: "2025年").replacing("2023年", with: "2024年"),
            to: "files/2025.txt")
        #expect(try await work.run("index", "files").status == 0)
        #expect(try await Self.duplicates(work).groups.isEmpty)
        let copies = try await work.run("copies", "--by", "year", "--min-share", "90")
        #expect(copies.lines.count == 1, "\(copies)")
    }

    @Test("Lists of agencies and years count a report once, and say how many they left out")
    func counts() async throws {
        struct Row: Decodable {
            let reports: Int
            let duplicates: Int
        }
        let work = try Workplace()
        let text = "云溪县水务局2022年政府信息公开工作年度报告\n\n一、总体情况\n\n全年公开信息二十条。\n"
        try work.write(text, to: "files/a.txt")
        try work.write(text.replacing("二十条", with: "三十条"), to: "files/b.txt")
        try work.write(text.replacing("2022年", with: "2023年"), to: "files/c.txt")
        #expect(try await work.run("index", "files").status == 0)
        for (command, counts) in [("agencies", [[2, 1]]), ("years", [[1, 1], [1, 0]])] {
            let run = try await work.run(command, "--format", "jsonl")
            let rows = try run.lines.map { try decoded($0, as: Row.self) }
            #expect(rows.map { [$0.reports, $0.duplicates] } == counts, "\(run)")
            #expect(run.errors.contains("1 duplicate left out"))
            let shown = try await work.run(command)
            #expect(shown.lines[0].hasSuffix("duplicates"))
        }
        let one = try await work.run("years", "--year", "2023")
        #expect(!one.output.contains("duplicates") && one.errors.isEmpty)
    }

    @Test("A report that was published again with another number is a version, told with the cell")
    func versions() async throws {
        let work = try Workplace()
        let files = try Self.samples()
        for (number, file) in files.enumerated() { try work.copy(file, to: "files/\(number).txt") }
        #expect(try await work.run("index", "files").status == 0)
        let before = try await Self.duplicates(work).left_out
        let cells = try await work.run(
            "export", "statistics", "--fields", "新收.自然人", "--format", "tsv")
        let row = try #require(
            cells.lines.dropFirst().map { $0.split(separator: "\t") }
                .first { $0.count > 10 && $0.contains("printed") && (Int($0[6]) ?? 0) > 9 })
        let (file, raw, line) = (String(row[1]), String(row[9]), try #require(Int(row[10])))
        var lines = try work.text(file).components(separatedBy: "\n")
        lines[line - 1] = lines[line - 1].replacingOccurrences(of: raw, with: raw + "7")
        try work.write(lines.joined(separator: "\n"), to: "again/new.txt")
        #expect(try await work.run("index", "files", "again").status == 0)
        let found = try await Self.duplicates(work, "--versions")
        let group = try #require(
            found.groups.first { $0.reports.contains { $0.file == "again/new.txt" } })
        #expect(group.kind == "versions" && group.reports[0].file == "again/new.txt")
        let other = try #require(group.reports.first { $0.file == file })
        let cell = try #require(other.cells.first { $0.key == "requests.new.natural_person" })
        #expect(cell.value.map { "\(Int($0))" } == raw)
        #expect(cell.counted_value.map { "\(Int($0))" } == raw + "7")
        #expect(try await Self.duplicates(work).left_out == before + 1)
    }
}
