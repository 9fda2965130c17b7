import ArgumentParser
import QueryLanguage
import ReportSearch
import TestSupport
import Testing

@testable import gongkai

@Suite("Help in both languages")
struct HelpTests {
    private static let commands: [any ParsableCommand.Type] =
        [Gongkai.self] + Gongkai.configuration.subcommands

    /// The paragraphs, and the second columns of lists, that help and manual pages show.
    private static func texts() throws -> Set<String> {
        let tool = try CommandHelp.tool()
        var texts: Set<String> = []
        for command in [tool] + tool.commands {
            texts.formUnion([command.abstract].compactMap(\.self))
            texts.formUnion(command.shown.compactMap(\.abstract))
            for line in (command.discussion ?? "").split(separator: "\n").map(String.init) {
                if !line.hasPrefix("  ") {
                    texts.insert(line)
                } else if !line.drop(while: { $0 == " " }).hasPrefix("gongkai ") {
                    texts.insert(String(line[HelpCatalogue.secondColumn(of: line)...]))
                }
            }
        }
        return texts
    }

    @Test("Whatever help says in English it says in Chinese")
    func everyText() throws {
        let texts = try Self.texts()
        #expect(texts.count > 150)
        for text in texts.sorted() {
            let chinese = HelpCatalogue.text(text, in: .chinese)
            #expect(chinese != text, "no Chinese for: \(text)")
            // Names of values and files stay; a sentence in English does not.
            #expect(
                chinese.unicodeScalars.contains { $0.properties.isIdeographic }
                    && !chinese.contains(" the "), "\(chinese)")
        }
    }

    @Test("The catalogue has nothing that help does not say")
    func nothingElse() throws {
        let texts = try Self.texts()
        for text in HelpCatalogue.commands.keys.sorted() + HelpCatalogue.flags.keys.sorted() {
            #expect(texts.contains(text), "said nowhere: \(text)")
        }
    }

    @Test("A page has the words of ArgumentParser's, on lines that fit", arguments: [60, 80, 100])
    func layout(_ columns: Int) {
        for command in Self.commands {
            let page = HelpPage(.english, columns: columns).text(of: command)
            let other = Gongkai.helpMessage(for: command, columns: columns)
            func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
            // Ideographs are broken where ArgumentParser does not break them.
            #expect(words(page).joined() == words(other).joined())
            // Examples and lists stand as they are.
            let space = String(repeating: " ", count: 26)
            for line in page.split(separator: "\n").map(String.init)
            where !line.hasPrefix("  ") || line.hasPrefix(space) {
                #expect(width(of: line) <= columns + 2, "\(line)")
            }
        }
    }

    @Test("A page in Chinese fits the columns that its characters take", arguments: [60, 80, 100])
    func chinesePage(_ columns: Int) {
        for command in Self.commands {
            let page = HelpPage(.chinese, columns: columns).text(of: command)
            for line in page.split(separator: "\n").map(String.init)
            where !line.hasPrefix("  gongkai ") && !line.hasPrefix("用法：") {
                // A mark that may not begin a line stands behind the last column.
                #expect(width(of: line) <= columns + 2, "\(line)")
                if columns > 60 { #expect(!line.drop { $0 == " " }.hasPrefix("，"), "\(line)") }
            }
            let heads = ["OVERVIEW", "USAGE", "OPTIONS", "default:", "values:"]
            #expect(heads.allSatisfy { !page.contains($0) }, "\(page)")
            #expect(page.contains("用法：gongkai") && page.contains("选项："))
        }
    }

    @Test(
        "Mistakes are told in Chinese, whatever ArgumentParser says of them",
        arguments: [
            (["search", "a", "--limit", "x"], "“--limit <limit>”的值“x”无效"),
            (["search", "a", "--limit"], "“--limit <limit>”缺少值"),
            (["search", "a", "--by", "y"], "可取 'auto'、'passage'、'report'"),
            (["show"], "请指定报告"),
            (["info", "x"], "多余的参数“x”"),
            (["info", "x", "y"], "多余的 2 个参数"),
            (["info", "--frob"], "没有选项“--frob”"),
            (["search", "a", "--agenzy", "b"], "--agenzy"),
            (["search", "a", "--per-report", "0"], "--per-report 要 1 以上的数"),
        ])
    func mistakes(_ arguments: [String], _ words: String) async throws {
        var work = try Workplace()
        work.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        let run = try await work.run(arguments)
        #expect(run.status == 2 && run.output.isEmpty, "\(run)")
        #expect(run.errors.contains(words), "\(run)")
        #expect(run.errors.contains("用法：gongkai \(arguments[0])"), "\(run)")
        for english in ["Error:", "Usage:", "Help:", "more information", "Unknown", "invalid"] {
            #expect(!run.errors.contains(english), "\(run)")
        }
    }

    @Test("Where the locale is Chinese, help and manual pages are")
    func chinese() async throws {
        var work = try Workplace()
        work.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        for arguments in [["help", "search"], ["search", "--help"], ["search", "-h"]] {
            let run = try await work.run(arguments)
            #expect(run.status == 0 && run.errors.isEmpty)
            #expect(run.output.hasPrefix("概述：查找段落和报告。\n"), "\(run)")
            #expect(run.output.contains("每份报告最多几条。"), "\(run)")
        }
        let all = try await work.run("--help")
        #expect(all.output.contains("命令：") && all.output.contains("查找段落和报告。"))
        #expect(all.output.contains("另一个进程一直在写入索引"), "\(all)")
        let page = try await work.run("man", "check")
        #expect(page.output.contains(".SH 选项") && page.output.contains("同一机关上年留给下年的数"))
        #expect(!page.output.contains(".SH OPTIONS") && !page.output.contains("default "))
    }

    @Test("What info, show, check and similar name is named in Chinese")
    func commands() async throws {
        var work = try await SharedIndex.samples.value
        work.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        let info = try await work.run("info").output
        #expect(info.contains("段落  ") && info.contains("份年度报告") && !info.contains("passages"))
        let table = try await work.run("info", "--format", "csv").output
        #expect(table.contains("passages,") && table.contains("annual reports"))
        let id = try await work.run("search", "--limit", "1", "--by", "report", "--format", "json")
        let first = try #require(id.output.firstMatch(of: /"id":"([0-9a-f]{16})"/)?.1)
        let shown = try await work.run("show", String(first)).output
        #expect(shown.contains("机关") && shown.contains("合计关系") && !shown.contains("identities"))
        let similar = try await work.run("similar", String(first), "--min", "900")
        #expect(similar.errors.contains("没有段落连续 900 字相同"), "\(similar)")
        let check = try await work.run("check", "--only", "fails").output
        #expect(check.contains("不成立  ") && !check.contains("fails  "), "\(check.prefix(500))")
    }
}
