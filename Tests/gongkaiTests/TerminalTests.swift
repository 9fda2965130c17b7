import Foundation
import TestSupport
import Testing

@Suite(
    "On a terminal results have colours, links and a pager; in a pipe nothing of it",
    .enabled(if: BuiltProgram.hasTerminals))
struct TerminalTests {
    private static func shown(_ run: BuiltProgram.Run) -> String {
        run.output.replacing("\r\n", with: "\n")
    }

    private static func stripped(_ text: String) -> String {
        text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
            .replacing(/\u{1B}\]8;;[^\u{1B}]*\u{1B}\\/, with: "")
    }

    @Test("Colours and hyperlinks are there on a terminal, and NO_COLOR and flags are obeyed")
    func styles() async throws {
        var work = try await SharedIndex.samples.value
        let arguments = ["search", "赶集", "--no-pager"]
        let run = try await work.program.runOnTerminal(arguments)
        #expect(run.status == 0)
        #expect(Self.shown(run).contains("\u{1B}[1;31m赶集\u{1B}[0m"))
        #expect(Self.shown(run).contains("\u{1B}]8;;file:///"))
        var sameWidth = work
        sameWidth.program.environment["COLUMNS"] = "80"
        let piped = try await sameWidth.run(arguments)
        #expect(Self.stripped(Self.shown(run)).hasPrefix(piped.output))
        let plain = try await work.program.runOnTerminal(
            arguments + ["--color", "never", "--hyperlink", "never"])
        #expect(!plain.outputBytes.contains(0x1B))
        work.program.environment["NO_COLOR"] = "1"
        let noColor = try await work.program.runOnTerminal(arguments)
        #expect(!Self.shown(noColor).contains("\u{1B}["))
        #expect(Self.shown(noColor).contains("\u{1B}]8;;"))
    }

    @Test("Text takes the terminal's width, and COLUMNS above it", arguments: [50, 80, 110])
    func widths(_ columns: Int) async throws {
        var work = try await SharedIndex.samples.value
        let arguments = ["search", "公开", "--no-pager", "--color", "never", "--hyperlink", "never"]
        func passageWidths(_ run: BuiltProgram.Run) -> [Int] {
            Self.shown(run).split(separator: "\n")
                .filter { $0.hasPrefix("   ") && !$0.contains(".txt:") }.map(FormatTests.width)
        }
        let run = try await work.program.runOnTerminal(arguments, columns: columns)
        let widest = passageWidths(run).max() ?? 0
        #expect(widest <= columns && widest > columns - 6)
        work.program.environment["COLUMNS"] = "60"
        let named = try await work.program.runOnTerminal(arguments, columns: columns)
        #expect(passageWidths(named).max() ?? 0 <= 60)
        for table in [["agencies"], ["years"], ["fields", "新收"]] {
            let run = try await work.program.runOnTerminal(
                table + ["--no-pager", "--color", "never"])
            #expect(
                Self.shown(run).split(separator: "\n").allSatisfy { FormatTests.width($0) <= 60 })
        }
    }

    @Test("Long results go through the pager that the environment names")
    func pager() async throws {
        var work = try await SharedIndex.samples.value
        work.program.environment["PAGER"] = "sed 's/^/plain: /'"
        let arguments = ["search", "公开", "--color", "never"]
        let plain = try await work.program.runOnTerminal(arguments)
        #expect(Self.shown(plain).hasPrefix("plain: 1. "))
        // What is told beside the results comes through it too.
        #expect(Self.shown(plain).contains("plain: ") && Self.shown(plain).contains("shown,"))
        work.program.environment["GONGKAI_PAGER"] = "sed 's/^/own: /'"
        #expect(
            Self.shown(try await work.program.runOnTerminal(arguments)).hasPrefix("own: 1. "))
        for off in [arguments + ["--no-pager"], ["search", "公开", "--count"]] {
            let run = try await work.program.runOnTerminal(off)
            #expect(!run.output.contains("own: "))
        }
        let piped = try await work.run(arguments)
        #expect(!piped.output.contains("own: ") && piped.output.hasPrefix("1. "))
        work.program.environment["GONGKAI_PAGER"] = ""
        #expect(Self.shown(try await work.program.runOnTerminal(arguments)).hasPrefix("1. "))
        work.program.environment["GONGKAI_PAGER"] = "no-such-pager -R"
        let missing = Self.shown(try await work.program.runOnTerminal(arguments))
        #expect(missing.contains("no-such-pager, the pager of $GONGKAI_PAGER, is not installed"))
        #expect(missing.contains("1. "))
        // The exit code is the command's.
        work.program.environment["GONGKAI_PAGER"] = "cat -"
        #expect(try await work.program.runOnTerminal(["search", "鬣蜥"]).status == 1)
        #expect(try await work.program.runOnTerminal(["search", "“鬣蜥"]).status == 2)
    }

    @Test("A pager that is left before the end ends the program without a word")
    func leftPager() async throws {
        var work = try await SharedIndex.samples.value
        work.program.environment["GONGKAI_PAGER"] = "head -n 1"
        let run = try await work.program.runOnTerminal(["export", "statistics"])
        #expect(run.lines.count == 1)
    }

    @Test("parse writes a line a report on a terminal")
    func parse() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.program.runOnTerminal([
            "parse", Sample.all[0].file.path, "--no-pager",
        ])
        #expect(!run.output.contains("{") && run.output.contains("passages"))
    }

    @Test("Nothing in a text commands the terminal, in any format")
    func controls() async throws {
        let work = try Workplace()
        try work.write("普通\u{1B}[31m红色\u{7}文字\u{9B}x\u{202E}倒序说明。\n", to: "a\u{1B}[2J.txt")
        #expect(try await work.run("index", ".").status == 0)
        let commands = [
            ["search", "说明"], ["search", "说明", "-l"], ["parse", "."], ["export", "reports"],
            ["search", "--facet", "agency"], ["agencies"],
        ]
        for command in commands {
            for format in ["text", "csv", "tsv", "markdown", "json", "jsonl"] {
                let run = try await work.program.runOnTerminal(
                    command + ["--no-pager", "--color", "never", "--hyperlink", "never"]
                        + ["--format", format])
                let raw = run.output.unicodeScalars.filter { scalar in
                    !["\n", "\r", "\t"].contains(scalar)
                        && (scalar.properties.generalCategory == .control || scalar == "\u{202E}")
                }
                #expect(raw.isEmpty, "\(command) as \(format)")
            }
        }
    }
}
