import Foundation
import TestSupport
import Testing

@Suite("No text of a file, a name or an argument reaches people raw")
struct HostileTextTests {
    /// Escapes, a bell, a C1 control, marks of direction, and a line that says it is ours.
    private static let hostile = "\u{1B}[31m\u{7}\u{9B}2J\u{202E}\u{2067}\u{200F}"
    private static let forged = "\ngongkai: forged\n"

    /// A working directory whose files have hostile names and hold hostile text, indexed.
    private static func work() async throws -> Workplace {
        let work = try Workplace()
        for (number, sample) in Sample.all.prefix(3).enumerated() {
            guard let text = try? String(contentsOf: sample.file, encoding: .utf8) else { continue }
            // Marks between the characters, so that titles, names, cells and headings have some.
            var marked = ""
            for (index, character) in text.enumerated() {
                marked.append(character)
                if index % (5 + number) == 3 { marked += hostile }
            }
            try work.write(marked, to: "r/\(hostile)\(forged)\(number).txt")
            try work.write(text + "\n另附说明。\n", to: "r/plain\(hostile)\(number).txt")
        }
        try work.write(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], to: "r/\(hostile)\(forged).png")
        _ = try await work.run("index", "r")
        return work
    }

    private static let commands: [[String]] = [
        ["index", "r"], ["index", "r", "--rebuild", "--dry-run"], ["search", "公开"],
        ["search", "公开", "--explain", "--context", "1", "--limit", "3"],
        ["search", "公开\(hostile) 申请", "--explain", "--match", "any", "--verbose"],
        ["search", "公开", "-l"], ["search", "公开", "--facet", "agency,section,region"],
        ["search", "--sort", "-新收"], ["search", "\(hostile)\(forged)"],
        ["search", "\"\(hostile)\(forged)"], ["search", "agency:\(hostile)\(forged)甲"],
        ["search", "file:[\(hostile)\(forged)"], ["show", "r/plain\(hostile)0.txt"],
        ["show", "r/\(hostile)\(forged)0.txt"], ["show", "r/\(hostile)\(forged)0.txt", "--tables"],
        ["show", "r/\(hostile)\(forged)1.txt", "--section", "1"],
        ["show", "r/plain\(hostile)0.txt", "--cell", "新收"], ["show", "no\(hostile)\(forged)"],
        ["parse", "r"], ["parse", "no\(hostile)\(forged)"], ["check", "r"], ["check"],
        ["check", "--only", "unknown"], ["similar", "r/plain\(hostile)0.txt"],
        ["similar", "no\(hostile)\(forged)"], ["agencies"], ["years"], ["info"], ["verify"],
        ["fields", "\(hostile)\(forged)"], ["export", "reports"], ["export", "statistics"],
        ["export", "-o", "\(hostile)\(forged)/x.csv"], ["tokens", "公开\(hostile)\(forged)信息"],
        ["index", "no\(hostile)\(forged)"], ["index", "r", "--include", "[\(hostile)\(forged)"],
        ["info", "--index", "no\(hostile)\(forged)"], ["\(hostile)\(forged)"],
        ["search", "--no\(hostile)\(forged)"], ["show"], ["man", "\(hostile)\(forged)"], [],
    ]

    /// What must not be in an output.
    private static func isRaw(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    private static func check(_ run: BuiltProgram.Run, but allowed: String = "") {
        for (name, text) in [("output", run.output), ("errors", run.errors)] {
            let raw = text.unicodeScalars.first {
                isRaw($0) && !allowed.unicodeScalars.contains($0)
            }
            #expect(
                raw == nil, "\(name) of \(run.arguments): U+\(String(raw?.value ?? 0, radix: 16))")
            #expect(
                !text.split(separator: "\n").contains { $0.hasPrefix("gongkai: forged") },
                "a forged line in \(name) of \(run.arguments)")
        }
        #expect(run.status < 126, "\(run)")
    }

    @Test("In text, whatever the command says", arguments: ["C.UTF-8", "zh_CN.UTF-8"])
    func text(_ language: String) async throws {
        var work = try await Self.work()
        work.program.environment["LANG"] = language
        for command in Self.commands {
            // What an export is without a format is CSV, where a quoted field may have lines.
            let format = command.first == "export" ? ["--format", "text"] : []
            Self.check(try await work.run(command + format))
        }
        // What verify finds beside an index has a name too.
        try work.write("x", to: ".gongkai/segments/\(Self.hostile)\(Self.forged)")
        Self.check(try await work.run("verify"))
    }

    @Test("In tables and data")
    func tables() async throws {
        let work = try await Self.work()
        for (format, allowed) in [("markdown", ""), ("json", ""), ("jsonl", ""), ("tsv", "\t")] {
            for command in Self.commands where !command.isEmpty && command[0] != "index" {
                Self.check(try await work.run(command + ["--format", format]), but: allowed)
            }
        }
    }

    @Test("A name that is no UTF-8 is found by its bytes and comes out as them")
    func bytes() async throws {
        let work = try Workplace()
        // 报告 in GBK.
        let run = try await work.shell(
            #"""
            mkdir r && name="$(printf 'r/\261\250\270\346.txt')" && echo 甲局修了一条路。 > "$name"
            program="$PROGRAM"
            "$program" index "$name" && "$program" show "$name" | head -1
            "$program" search 修了 -l --format json
            """#.replacing("$PROGRAM", with: work.program.file.path))
        let bytes = Data([0x72, 0x2F, 0xB1, 0xA8, 0xB8, 0xE6] + ".txt".utf8)
        #expect(run.contains("+1 ~0 -0"), "\(run)")
        #expect(run.contains("\"file_base64\":\"\(bytes.base64EncodedString())\""), "\(run)")
    }
}
