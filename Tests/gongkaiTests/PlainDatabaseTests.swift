import Foundation
import TestSupport
import Testing

/// `export --to xapian`, read by Xapian's own programs, Debian's bindings for Python and a program in
/// C++: no code of ours.
@Suite("Plain databases hold what an index does, and other programs find it")
struct PlainDatabaseTests {
    private static let document = SampleFiles.package.appending(path: "docs/plain-xapian.md")

    private static let hasTools = InstalledProgram.path(of: "quest") != nil
    private static let hasCompiler =
        InstalledProgram.path(of: "g++") != nil && InstalledProgram.path(of: "xapian-config") != nil

    /// The sample reports, exported over three shards.
    private static func exported() async throws -> Workplace {
        let work = try Workplace()
        try work.copy(Sample.folder, to: "r")
        let indexed = try await work.run(["index", "r", "--include", "*.txt"])
        let run = try await work.run(["export", "--to", "xapian", "--shards", "3", "-o", "plain"])
        try #require(indexed.status == 0 && run.status == 0, "\(indexed) \(run)")
        return work
    }

    /// The program of the document in a language.
    private static func code(_ language: String) throws -> String {
        let parts = try String(contentsOf: document, encoding: .utf8).components(separatedBy: "```")
        return String(
            try #require(parts.first { $0.hasPrefix(language + "\n") }).dropFirst(
                language.count + 1))
    }

    private static func hits(
        _ work: Workplace, _ arguments: String...
    ) async throws -> [HitAnswer] {
        let run = try await work.run(
            ["search"] + arguments + ["--limit", "0", "--by", "passage", "--format", "json"])
        return try #require(try SearchAnswer(run).hits)
    }

    @Test(
        "The Python program of the document finds the passages that gongkai finds",
        .enabled(if: InstalledProgram.hasXapianForPython),
        arguments: ["政务公开专区", "保密审查", "公", ",全年", "信息公开"])
    func python(text: String) async throws {
        let work = try await Self.exported()
        try work.write(try Self.code("python"), to: "program.py")
        let printed = try await work.shell("/usr/bin/python3 program.py '\(text)' plain/shard-?")
        let found = printed.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        let expected = try await Self.hits(work, "\"\(text)\"")
        #expect(!found.isEmpty)
        #expect(found.map { String($0[0]) }.sorted() == expected.map(\.report.id).sorted())
    }

    @Test(
        "The C++ program of the document gives the reports that gongkai gives",
        .enabled(if: hasCompiler))
    func cPlusPlus() async throws {
        let work = try await Self.exported()
        try work.write(try Self.code("cpp"), to: "program.cpp")
        let printed = try await work.shell(
            "g++ -std=c++17 program.cpp -lxapian -o program && ./program plain/shard-?")
        let rows = printed.split(separator: "\n").map(String.init)
        let expected = try await Self.hits(
            work, "年:2022 新收>=10", "--sort", "-新收", "--per-report", "1")
        let rowsOfHits = try expected.map { hit in
            let received = try #require(hit.values["requests.new.total"] ?? nil)
            return "\(hit.report.id)\t\(Int(received))"
        }
        #expect(rows.count >= 4)
        #expect(rows.sorted() == rowsOfHits.sorted())
        #expect(
            rows.map { $0.split(separator: "\t")[1] }
                == rowsOfHits.map { $0.split(separator: "\t")[1] })
    }

    @Test("xapian-delve and quest find what gongkai finds", .enabled(if: hasTools))
    func tools() async throws {
        let work = try await Self.exported()
        let commands = try Self.code("sh").split(separator: "\n").map(String.init)
        var (delved, quested) = (0, 0)
        for shard in 1...3 {
            func printed(_ command: String) async throws -> [Substring] {
                try await work.shell(command.replacing("shard-1", with: "shard-\(shard)"))
                    .split(separator: "\n")
            }
            delved += try await printed(commands[0]).count { Int($0) != nil }
            quested += try await printed(commands[1]).count { $0.contains("gongkai.plain/1") }
        }
        let checked = try await work.shell("xapian-check plain/shard-2.* 2>&1")
        #expect(checked.contains("No errors found"), "\(checked.suffix(500))")
        #expect(delved == (try await Self.hits(work, "\"解读\"")).count)
        #expect(quested == (try await Self.hits(work, "\"解读\" 年:2022")).count)
        #expect(delved > 0 && quested > 0)
    }

    @Test("A second export writes what changed alone, and removes what is gone")
    func incremental() async throws {
        let work = try await Self.exported()
        func export() async throws -> BuiltProgram.Run {
            try await work.run(["export", "--to", "xapian", "-o", "plain"])
        }
        let before = try work.contents(of: "plain")
        let again = try await export()
        #expect(again.errors.contains("+0 added ~0 changed -0 removed"), "\(again)")
        #expect(try work.contents(of: "plain") == before)

        try work.write("云岫县某局2022年政府信息公开工作年度报告\n\n一、总体情况\n全新的一句话。\n", to: "r/new.txt")
        _ = try await work.run(["index", "r", "--include", "*.txt"])
        #expect(try await export().errors.contains("+1 added ~0 changed -0 removed"))
        let grown = try work.contents(of: "plain")
        let stubs = (1...3).count { grown["shard-\($0)"] != before["shard-\($0)"] }
        #expect(stubs == 1)
        // The shard that was replaced is gone.
        #expect(Set(grown.keys).count == Set(before.keys).count)

        try work.remove("r/new.txt")
        _ = try await work.run(["index", "r", "--include", "*.txt"])
        #expect(try await export().errors.contains("+0 added ~0 changed -1 removed"))
        // A report that lies in another file now has another one in its data.
        let name = try #require(
            FileManager.default.enumerator(atPath: work.path("r"))?
                .compactMap { $0 as? String }.filter { $0.hasSuffix(".txt") }.min())
        try work.move("r/\(name)", to: "r/moved.txt")
        _ = try await work.run(["index", "r", "--include", "*.txt"])
        #expect(try await export().errors.contains("+0 added ~1 changed -0 removed"))
    }

    @Test("A folder that holds anything else is left as it is")
    func foreign() async throws {
        let work = try await Self.exported()
        try work.write("mine", to: "other/notes.txt")
        let other = try await work.run(["export", "--to", "xapian", "-o", "other"])
        #expect(other.status == 2 && other.errors.contains("other"), "\(other)")
        #expect(try work.contents(of: "other") == ["notes.txt": Data("mine".utf8)])
        let shards = try await work.run([
            "export", "--to", "xapian", "--shards", "2", "-o", "plain",
        ])
        #expect(shards.status == 2 && shards.errors.contains("3 shards"), "\(shards)")
        // A stub that leads elsewhere is not followed, and not replaced.
        try work.write("glass ../other\n", to: "plain/shard-1")
        let led = try await work.run(["export", "--to", "xapian", "-o", "plain"])
        #expect(led.status == 2 && led.errors.contains("shard-1"), "\(led)")
        #expect(try work.contents(of: "other") == ["notes.txt": Data("mine".utf8)])
        for arguments in [["hits", "公开"], ["--fields", "新收"], ["--format", "csv"]] {
            let run = try await work.run(
                ["export"] + arguments + ["--to", "xapian", "-o", "plain2"])
            #expect(run.status == 2 && !work.exists("plain2"), "\(run)")
        }
    }
}
