import Foundation
import TestSupport
import Testing

/// `search --index HOST:PORT`, asked of stock servers.
@Suite("Servers of plain databases answer as the index does", .serialized)
struct ServerTests {
    private static let isInstalled = InstalledProgram.path(of: "xapian-tcpsrv") != nil

    /// The sample reports in an index, and three servers with a shard each; or a part of the reports on
    /// servers, in the index `served` too, the others in `apart`, and with some that are served in
    /// `shared`.
    private struct World {
        let work: Workplace
        let servers: [StockServer]

        var flags: [String] { servers.flatMap { ["--index", $0.address] } }

        init(servesPart: Bool = false) async throws {
            work = try Workplace()
            var indexes = [("index", ["--include", "*.txt"])]
            if servesPart {
                indexes += [
                    ("served", ["--include", "*.txt", "--exclude", "2023.txt"]),
                    ("apart", ["--include", "2023.txt"]),
                    ("shared", ["--include", "2022.txt", "--include", "2023.txt"]),
                ]
            }
            for (name, chosen) in indexes {
                let run = try await work.run(
                    ["index", Sample.folder.path, "--index", name] + chosen)
                try #require(run.status == 0, "\(run)")
            }
            let export = try await work.run([
                "export", "--to", "xapian", "--shards", "3", "-o", "plain", "--index",
                servesPart ? "served" : "index",
            ])
            try #require(export.status == 0, "\(export)")
            let work = work
            servers = try (1...3).map { try StockServer([work.path("plain/shard-\($0)")]) }
        }

        func local(_ arguments: [String]) async throws -> BuiltProgram.Run {
            try await work.run(["search"] + arguments + ["--index", "index"])
        }

        func remote(_ arguments: [String]) async throws -> BuiltProgram.Run {
            try await work.run(["search"] + arguments + flags)
        }
    }

    /// The lines of an answer without what may differ: how long it took.
    private static func plain(_ run: BuiltProgram.Run) -> String {
        run.output.replacing(/"elapsed_us":[0-9]+/, with: "")
    }

    private static let questions: [[String]] = [
        ["\"政务公开专区\""], ["“政務公開專區”"], ["\"保密审查\"", "--year", "2022"],
        ["\"保密审查\"", "--agency", "泾川县"], ["\"一图读懂\" -节:5 -节:1"],
        ["政策解读", "--match", "phrase"], ["\"公开\" \"解读\"", "--sort", "-year", "--limit", "7"],
        ["--sort", "-新收", "--by", "passage", "--limit", "12"],
        ["\"公开\"", "--where", "新收>=10", "--facet", "agency,year,section,form", "--count"],
        ["\"公开\"", "--where", "结转下年=0", "--limit", "0"],
        ["\"一图读懂\"", "--where", "missing(新收)", "--limit", "0"],
        ["\"公开\"", "--where", "公开率>50%"], ["\"公开\"", "--where", "不予公开>0", "--region", "市"],
        ["--facet", "region,province", "--level", "county", "--count"],
        ["字数<=10", "--limit", "0", "--by", "passage"],
        ["\"保密审查\"", "--context", "2", "--limit", "0"], ["\"公开\"", "--by", "report"],
        ["\"一图读懂\"", "--by", "report", "--limit", "0", "--year", "2022"],
        ["\"公开\"", "--join", "--limit", "0"], ["\"政府\"", "--join", "--limit", "0"],
        ["--year", "2022", "--per-report", "1", "--by", "passage", "--limit", "0"],
    ]

    @Test("The same hits, order, totals and counts", .enabled(if: isInstalled))
    func questions() async throws {
        let world = try await World()
        for question in Self.questions {
            // Text numbers hits, of which those that weigh the same may be swapped.
            for format in question.count == 1 ? ["json", "text"] : ["json"] {
                let arguments = question + ["--format", format]
                let (local, remote) = (
                    try await world.local(arguments), try await world.remote(arguments)
                )
                #expect(local.status == remote.status, "\(local) \(remote)")
                #expect(
                    Self.hits(Self.plain(local)) == Self.hits(Self.plain(remote)),
                    "\(local) \(remote)")
            }
        }
    }

    /// The answer with its hits in one order: those that weigh the same may stand in another.
    private static func hits(_ text: String) -> [Substring] {
        text.replacing(/"rank":[0-9]+/, with: "").split(separator: "{\"schema\":\"gongkai.hit")
            // The last one is followed by the end of the answer.
            .map { $0.prefix(upTo: $0.lastIndex(of: "}") ?? $0.endIndex) }
            .map { $0.hasSuffix("}]") ? $0.dropLast(2) : $0 }.sorted()
    }

    private static let commands: [[String]] = [
        ["agencies"], ["agencies", "--year", "2022", "--missing"],
        ["agencies", "--level", "county"],
        ["years"], ["years", "--region", "市"], ["years", "--agency", "局", "--where", "新收>=10"],
        ["stats", "新收", "公开率", "--by", "year"], ["stats", "新收", "--by", "agency", "--rank"],
        ["stats", "公开率", "--where", "新收>0", "--by", "province", "--quantiles"],
        ["stats", "新收", "--year", "2022", "--region", "市", "--change"],
    ]

    @Test("Counts and figures are those of the index", .enabled(if: isInstalled))
    func figures() async throws {
        let world = try await World()
        for command in Self.commands {
            for format in ["text", "json", "csv"] {
                let arguments = command + ["--format", format]
                let local = try await world.work.run(arguments + ["--index", "index"])
                let remote = try await world.work.run(arguments + world.flags)
                #expect(
                    (local.status, local.output) == (remote.status, remote.output),
                    "\(local) \(remote)")
                #expect(!remote.output.isEmpty, "\(remote)")
            }
        }
    }

    /// Indexes that hold the same reports: folders, and servers with a folder.
    private static func layouts(of world: World) -> [(local: [String], mixed: [String])] {
        [
            (["--index", "index"], world.flags + ["--index", "apart"]),
            (
                ["--index", "served", "--index", "shared"], ["--index", "shared"] + world.flags
            ),
        ]
    }

    @Test("A folder is asked together with servers, as one index", .enabled(if: isInstalled))
    func folders() async throws {
        let world = try await World(servesPart: true)
        for (local, mixed) in Self.layouts(of: world) {
            for question in Self.questions {
                let arguments = ["search"] + question + ["--format", "json"]
                let (own, both) = (
                    try await world.work.run(arguments + local),
                    try await world.work.run(arguments + mixed)
                )
                #expect(own.status == both.status, "\(own) \(both)")
                #expect(
                    Self.hits(Self.plain(own)) == Self.hits(Self.plain(both)), "\(own) \(both)")
            }
            for arguments in Self.commands + [
                ["export", "hits", "\"保密审查\""], ["search", "\"公开\"", "-l"],
            ] {
                let own = try await world.work.run(arguments + local)
                let both = try await world.work.run(arguments + mixed)
                #expect(own.status == both.status, "\(own) \(both)")
                let isSorted = ["export", "search"].contains(arguments[0])
                #expect(
                    Self.lines(own.output, isSorted: isSorted)
                        == Self.lines(both.output, isSorted: isSorted), "\(own) \(both)")
            }
        }
    }

    private static func lines(_ text: String, isSorted: Bool) -> [Substring] {
        let lines = text.split(whereSeparator: \.isNewline)
        return isSorted ? lines.sorted() : lines
    }

    @Test("A folder beside servers is asked for what servers answer", .enabled(if: isInstalled))
    func foldersRefuse() async throws {
        let world = try await World(servesPart: true)
        let asked = world.flags + ["--index", "apart"]
        for (arguments, words) in [
            (["search", "公开", "--match", "any"], "--match any"),
            (["search", "\"公开\" check:fails"], "check"), (["search", "2023年 公开"], "--year"),
            (["search", "\"公开\"", "--new"], "--new"), (["stats", "新收", "--cells"], "--cells"),
        ] {
            let run = try await world.work.run(arguments + asked)
            #expect(run.status == 2 && run.errors.contains(words), "\(run)")
        }
        let found = try await world.work.run(
            "search", "\"公开\"", "--limit", "1", "--format", "jsonl", "--index", "apart")
        let id = try #require(found.output.firstMatch(of: /"id":"([0-9a-f]{16})"/)?.1)
        let shown = try await world.work.run(["show", String(id)] + asked)
        #expect(shown.status == 0 && shown.output.contains("2023"), "\(shown)")
        let none = try await world.work.run(
            ["search", "\"公开\"", "--index", "nowhere"] + world.flags)
        #expect(none.status == 3 && none.errors.contains("nowhere"), "\(none)")
    }

    @Test("A report is shown, and what is found is exported", .enabled(if: isInstalled))
    func reports() async throws {
        let world = try await World()
        let found = try await world.local(["\"公开\"", "--limit", "1", "--format", "jsonl"])
        let id = try #require(found.output.firstMatch(of: /"id":"([0-9a-f]{16})"/)?.1)
        for arguments in [[String(id.prefix(10))], [String(id), "--section", "2"]] {
            let local = try await world.work.run(["show"] + arguments + ["--index", "index"])
            let remote = try await world.work.run(["show"] + arguments + world.flags)
            #expect(remote.status == 0, "\(remote)")
            // Findings, and which cells were inferred, servers do not keep.
            let kept = remote.output.split(whereSeparator: \.isNewline).filter {
                !$0.contains("  cells")
            }
            let lines = Set(
                local.output.replacing("*", with: " ").split(whereSeparator: \.isNewline))
            #expect(
                kept.allSatisfy { lines.contains($0) || $0.contains("cells") }, "\(local) \(remote)"
            )
            #expect(kept.count > 5, "\(remote)")
        }
        for arguments in [
            ["reports", "--fields", "新收,公开率", "--format", "csv"],
            ["hits", "\"保密审查\"", "--format", "csv"],
        ] {
            let local = try await world.work.run(["export"] + arguments + ["--index", "index"])
            let remote = try await world.work.run(["export"] + arguments + world.flags)
            #expect(
                local.output.split(whereSeparator: \.isNewline).sorted()
                    == remote.output.split(whereSeparator: \.isNewline).sorted(),
                "\(local) \(remote)")
            #expect(remote.status == 0 && remote.output.contains("\n"), "\(remote)")
        }
        let files = try await world.local(["\"一图读懂\"", "-l"])
        let same = try await world.remote(["\"一图读懂\"", "-l"])
        #expect(
            files.output.split(whereSeparator: \.isNewline).sorted()
                == same.output.split(whereSeparator: \.isNewline).sorted(), "\(files) \(same)")
    }

    @Test("A server that is down is named, or left out and told", .enabled(if: isInstalled))
    func down() async throws {
        let world = try await World()
        let whole = try SearchAnswer(try await world.remote(["\"公开\"", "--format", "json"]))
        world.servers[1].send(SIGKILL)
        world.servers[1].waitUntilExit()
        let refused = try await world.remote(["\"公开\"", "--format", "json"])
        #expect(refused.status == 3 && refused.output.isEmpty, "\(refused)")
        #expect(refused.errors.contains(world.servers[1].address), "\(refused)")
        let partial = try await world.remote(["\"公开\"", "--format", "json", "--partial"])
        #expect(
            partial.status == 4 && partial.output.contains("\"partial\":\"2 of 3\""), "\(partial)")
        #expect(partial.errors.contains("partial: 2 of 3"), "\(partial)")
        let rest = try #require(try SearchAnswer(partial).total)
        #expect(rest > 0 && rest < whole.total ?? 0)
    }

    @Test("A server that hangs ends the question", .enabled(if: isInstalled))
    func hanging() async throws {
        let world = try await World()
        world.servers[2].send(SIGSTOP)
        let late = try await world.remote(["\"公开\"", "--timeout", "1s"])
        #expect(late.status == 3 && late.errors.contains(world.servers[2].address), "\(late)")
        let partial = try await world.remote(["\"公开\"", "--timeout", "4s", "--partial", "--count"])
        #expect(partial.status == 4 && partial.errors.contains("partial: 2 of 3"), "\(partial)")
        world.servers[2].send(SIGCONT)
    }

    @Test("Databases of another schema are named", .enabled(if: isInstalled))
    func schema() async throws {
        let world = try await World()
        let glass = try await world.work.shell("ls -d \"$PWD\"/index/*.glass").split(
            separator: "\n")
        let other = try StockServer([String(glass[0])])
        let run = try await world.work.run("search", "\"公开\"", "--index", other.address)
        #expect(run.status == 3 && run.errors.contains(other.address), "\(run)")
        #expect(run.errors.contains("export --to xapian"), "\(run)")
    }

    @Test("What servers do not know is refused by name", .enabled(if: isInstalled))
    func refusals() async throws {
        let world = try await World()
        let refused: [([String], String)] = [
            (["公开", "--match", "any"], "--match any"), (["\"公开\"", "--explain"], "--explain"),
            (["\"公开\" 文件:*.txt"], "文件"), (["\"公开\" check:fails"], "check"),
            (["\"公开\" 新收>上年结转"], "新收"), (["\"公开 解读\"~10"], "~10"),
            (["泾川县 公开"], "--region"), (["2022年 公开"], "--year"), (["zhengce"], "pinyin"),
            (["\"公开\"", "--new"], "--new"),
        ]
        for (arguments, words) in refused {
            let run = try await world.remote(arguments)
            #expect(run.status == 2 && run.output.isEmpty, "\(run)")
            #expect(run.errors.contains(words), "\(run)")
        }
        let others: [([String], String)] = [
            (["stats", "新收", "--cells"], "--cells"), (["stats", "新收", "--section", "5"], "5"),
            (["show", "a", "--cell", "新收"], "--cell"), (["check"], "search"),
            (["export", "statistics"], "statistics"), (["export", "--format", "json"], "json"),
        ]
        for (arguments, words) in others {
            let run = try await world.work.run(arguments + world.flags)
            #expect(run.status == 2 && run.errors.contains(words), "\(run)")
        }
        let nothing = try await world.remote(["\"没有这样的文字\""])
        #expect(nothing.status == 1 && !nothing.errors.contains("--match any"), "\(nothing)")
    }

    @Test("A folder with a colon in its name is a folder; addresses of IPv6 stand in brackets")
    func addresses() async throws {
        let work = try Workplace()
        try work.write("一、总体情况\n公开一条信息。\n", to: "r/a.txt")
        _ = try await work.run("index", "r", "--index", "a:7")
        let folder = try await work.run("search", "\"公开\"", "--index", "a:7", "--count")
        #expect(folder.status == 0 && folder.output == "1\n", "\(folder)")
        let server = try await work.run("search", "\"公开\"", "--index", "[::1]:1")
        #expect(server.status == 3 && server.errors.contains("[::1]:1"), "\(server)")
        for name in ["::1:7", "a:", "a:70000", "./b:7"] {
            let run = try await work.run("search", "\"公开\"", "--index", name)
            #expect(run.status == 3 && run.errors.contains("no index"), "\(run)")
        }
    }
}
