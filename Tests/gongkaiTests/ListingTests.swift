import Foundation
import TestSupport
import Testing

@Suite("agencies, years, export, completions and man")
struct ListingTests {
    struct Agency: Decodable {
        let agency: String?
        let region: String?
        let reports: Int
        let passages: Int
        let years: [Int]
        let missing: [Int]
    }

    struct Year: Decodable {
        let year: Int?
        let reports: Int
        let agencies: Int
        let passages: Int
        let new: Int
        let missing: Int
    }

    /// The years of each agency, from readings made by people; names in either script are one.
    private static func yearsByAgency() throws -> [String: Set<Int>] {
        var years: [String: Set<Int>] = [:]
        for sample in Sample.all {
            let reading = try sample.reading()
            guard let agency = reading.agency, let year = reading.year else { continue }
            let name =
                agency.applyingTransform(StringTransform("Hant-Hans"), reverse: false) ?? agency
            years[name, default: []].insert(year)
        }
        return years
    }

    @Test("agencies lists each with its years and those that are missing")
    func agencies() async throws {
        let work = try await SharedIndex.samples.value
        let known = try Self.yearsByAgency()
        let run = try await work.run("agencies", "--format", "jsonl")
        let agencies = try run.lines.map { try decoded($0, as: Agency.self) }
        #expect(Set(agencies.compactMap(\.agency)) == Set(known.keys))
        #expect(agencies.count == known.count)
        let last = known.values.joined().max() ?? 0
        for agency in agencies {
            let years = try #require(known[agency.agency ?? ""])
            #expect(agency.years == years.sorted())
            let all = (years.min() ?? 0)...last
            #expect(agency.missing == all.filter { !years.contains($0) })
        }
        #expect(agencies.reduce(0) { $0 + $1.reports } == 34)

        func names(_ arguments: String...) async throws -> Set<String> {
            let run = try await work.run(["agencies", "--format", "jsonl"] + arguments)
            return Set(try run.lines.map { try decoded($0, as: Agency.self).agency ?? "" })
        }
        #expect(
            try await names("--with", "2023", "--without", "2024")
                == Set(known.filter { $1.contains(2023) && !$1.contains(2024) }.keys))
        #expect(
            try await names("--missing")
                == Set(agencies.filter { !$0.missing.isEmpty }.map { $0.agency ?? "" }))
        #expect(try await names("古城停車") == ["平遥县古城停车与交通服务局"])
        #expect(try await names("--region", "重庆市") == ["铜梁区老旧小区改造推进中心"])
        // A filter by place does not hide that the index goes on to later years.
        #expect(try await names("--region", "山西省", "--missing") == ["平遥县古城停车与交通服务局"])
        let none = try await work.run("agencies", "--with", "2022", "--without", "2023")
        #expect(none.status == 1 && none.errors.contains("no reports are like that"))
        let text = try await work.run("agencies", "古城停车")
        #expect(text.lines.last?.hasSuffix("2021..2023  2024") == true)
    }

    @Test("years counts reports, agencies, new and missing ones")
    func years() async throws {
        let work = try await SharedIndex.samples.value
        let known = try Self.yearsByAgency()
        let run = try await work.run("years", "--format", "jsonl")
        let years = try run.lines.map { try decoded($0, as: Year.self) }
        #expect(years.map(\.year) == [2020, 2021, 2022, 2023, 2024])
        for year in years {
            let number = try #require(year.year)
            #expect(year.agencies == known.values.count { $0.contains(number) })
            #expect(year.new == known.values.count { $0.min() == number })
            #expect(
                year.missing
                    == known.values.count { ($0.min() ?? .max) < number && !$0.contains(number) })
        }
        #expect(years.reduce(0) { $0 + $1.reports } == 34)
        let one = try await work.run("years", "--agency", "铜梁", "--format", "csv")
        #expect(try FormatTests.csv(one.output).map { $0["year"] } == ["2022", "2023", "2024"])
    }

    // MARK: export

    @Test("export gives reports and cells as show does, in CSV and JSON Lines")
    func export() async throws {
        let work = try await SharedIndex.samples.value
        let paths = Sample.all.map(\.file.path)
        let parsed = try await work.run(["parse", "--format", "jsonl"] + paths)
        let reports = try parsed.lines.map { try decoded($0, as: ReportAnswer.self) }
        let lines = try await work.run("export", "reports", "--format", "jsonl")
        #expect(Set(lines.lines) == Set(parsed.lines))

        let table = try FormatTests.csv(
            try await work.run(
                "export", "--fields", "新收,不予公开", "--year", "2022", "--format", "csv"
            ).output)
        let wanted = reports.filter { $0.year == 2022 && $0.kind == "annual_report" }
        #expect(table.count == wanted.count)
        for row in table {
            let report = try #require(wanted.first { $0.sha256.hasPrefix(row["report"] ?? "?") })
            #expect(row["agency"] == report.agency ?? "")
            #expect(
                row["requests.new.total"].flatMap(Double.init)
                    == report.statistics["requests.new.total"])
        }
        let cells = try FormatTests.csv(try await work.run("export", "statistics").output)
        #expect(cells.count == reports.reduce(0) { $0 + $1.cells.count })
        for cell in cells.prefix(2_000) {
            let report = try #require(reports.first { $0.sha256.hasPrefix(cell["report"] ?? "?") })
            let read = try #require(report.cells[cell["key"] ?? ""])
            #expect(cell["value"].flatMap(Double.init) == read.value)
            #expect(cell["status"] == read.status && cell["line"] == "\(read.line)")
        }
        MessageRow(gives: 1, saying: "no reports").check(
            try await work.run("export", "--year", "1990"))
        MessageRow(gives: 2, saying: "新受", "did you mean 新收").check(
            try await work.run("export", "--fields", "新受"))
    }

    @Test("export writes a whole file or none, and replaces one only when told")
    func exportFile() async throws {
        let shared = try await SharedIndex.samples.value
        var work = try Workplace()
        work.program.environment["GONGKAI_INDEX"] = shared.path(".gongkai")
        let run = try await work.run("export", "statistics", "-o", "a.csv")
        #expect(run.status == 0 && run.output.isEmpty && run.errors.contains("34 reports"))
        let written = try work.contents(of: ".")
        #expect(written.keys.sorted() == ["a.csv"])
        let piped = try await work.run("export", "statistics", "--format", "csv")
        // A file for a spreadsheet begins with the mark of UTF-8.
        #expect(written["a.csv"] == Data([0xEF, 0xBB, 0xBF]) + piped.outputBytes)
        let bare = try await work.run("export", "statistics", "-o", "b.csv", "--no-bom")
        #expect(bare.status == 0)
        #expect(try work.contents(of: ".")["b.csv"] == piped.outputBytes)
        try work.remove("b.csv")
        MessageRow(gives: 2, saying: "a.csv", "--force").check(
            try await work.run("export", "-o", "a.csv"))
        #expect(try work.contents(of: ".") == written)
        #expect(try await work.run("export", "-o", "a.csv", "--force").status == 0)
        #expect(try work.contents(of: ".")["a.csv"] != written["a.csv"])
        MessageRow(gives: 2, saying: "no/such/a.csv", "cannot be written").check(
            try await work.run("export", "-o", "no/such/a.csv"))
        MessageRow(gives: 2, saying: "a.xyz", "--format").check(
            try await work.run("export", "-o", "a.xyz"))
        #expect(try work.contents(of: ".").count == 1)
    }

    @Test("export writes an SQLite file that holds every cell and passage")
    func exportSQLite() async throws {
        let shared = try await SharedIndex.samples.value
        var work = try Workplace()
        work.program.environment["GONGKAI_INDEX"] = shared.path(".gongkai")
        #expect(try await work.run("export", "-o", "a.sqlite").status == 0)
        let bytes = try #require(try work.contents(of: ".")["a.sqlite"])
        #expect(bytes.starts(with: Data("SQLite format 3\0".utf8)))
        MessageRow(gives: 2, saying: "a.sqlite", "--force").check(
            try await work.run("export", "-o", "a.sqlite"))
        #expect(try await work.run("export", "-o", "a.sqlite", "--force").status == 0)
        #expect(try work.contents(of: ".").count == 1)
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") else { return }
        let sqlite = work.program(at: "/usr/bin/sqlite3")
        func ask(_ sql: String) async throws -> [String] {
            try await sqlite.run(["a.sqlite", sql]).lines
        }
        let cells = try FormatTests.csv(try await work.run("export", "statistics").output)
        #expect(try await ask("select count(*) from statistics") == ["\(cells.count)"])
        #expect(try await ask("select count(*) from passages") == ["292"])
        #expect(try await ask("pragma integrity_check") == ["ok"])
        #expect(
            try await ask(
                "select s.value from statistics s join reports r on r.id = s.report where "
                    + "r.agency like '铜梁%' and s.key = 'requests.new.total' order by r.year")
                == ["42", "58", "36"])
        #expect(
            try await ask("select count(*) from passages where text like '%赶集%'") == ["1"])
        #expect(
            try await ask(
                "select requests_new_total from totals where agency like '铜梁%' order by year")
                == ["42", "58", "36"])
        #expect(try await ask("pragma user_version") == ["2"])
        #expect(try await ask("select count(*) from files where path like '/%'") == ["36"])
        let found = try await ask(
            "select count(*) from passages_fts where passages_fts match '\"政策解读\"'")
        let plain = try await ask("select count(*) from passages where text like '%政策解读%'")
        #expect(found == plain && found != ["0"])
    }

    @Test("export writes chosen columns under Chinese heads, hits, and a data package")
    func exportForSpreadsheets() async throws {
        let shared = try await SharedIndex.samples.value
        var work = try Workplace()
        work.program.environment["GONGKAI_INDEX"] = shared.path(".gongkai")
        let rates = try await work.run(
            "export", "--columns", "agency,year", "--fields", "新收,予以公开率", "--heads", "zh",
            "--year", "2022", "--format", "tsv")
        #expect(rates.lines.first == "机关\t年份\t新收\t予以公开率", "\(rates)")
        for line in rates.lines.dropFirst() {
            let share = line.split(separator: "\t", omittingEmptySubsequences: false)[3]
            #expect(share.isEmpty || share.count <= 6, "\(line)")
        }
        MessageRow(gives: 2, saying: "no column agent", "agency")
            .check(try await work.run("export", "--columns", "agent"))
        MessageRow(gives: 2, saying: "export hits")
            .check(try await work.run("export", "reports", "政策解读"))

        let hits = try FormatTests.csv(
            try await work.run("export", "hits", "公开", "--year", "2022").output)
        let total = try await work.run("search", "公开", "--year", "2022", "--count")
        #expect("\(hits.count)" == total.lines.first && hits.allSatisfy { $0["text"] != nil })
        #expect(try await work.run("export", "hits", "从未有过的词语").status == 1)

        let run = try await work.run("export", "--year", "2022", "-o", "out/datapackage.json")
        #expect(run.status == 0, "\(run)")
        let package =
            try JSONSerialization.jsonObject(
                with: Data(work.text("out/datapackage.json").utf8)) as? [String: Any]
        let resources = try #require(package?["resources"] as? [[String: Any]])
        #expect((package?["description"] as? String)?.contains("--year 2022") == true)
        for resource in resources {
            let file = "out/" + (resource["path"] as? String ?? "")
            let bytes = try #require(try? Data(contentsOf: URL(filePath: work.path(file))))
            #expect(resource["bytes"] as? Int == bytes.count)
            let sum = try await work.shell("sha256sum \(file) | cut -d ' ' -f 1")
            #expect(resource["hash"] as? String == "sha256:" + sum.split(separator: "\n")[0])
            let schema = resource["schema"] as? [String: Any]
            let names = (schema?["fields"] as? [[String: Any]])?.compactMap {
                $0["name"] as? String
            }
            let head = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")[0]
            #expect(names?.joined(separator: ",") == head)
        }
    }

    // MARK: completions and man

    @Test("Completion scripts are read by their shells, and offer what the index holds")
    func completions() async throws {
        let work = try await SharedIndex.samples.value
        for shell in ["bash", "zsh", "fish"] {
            let run = try await work.run("completions", shell)
            #expect(run.status == 0 && run.lines.count > 100)
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else {
                continue
            }
            let folder = try Workplace()
            try folder.write(run.output, to: "script")
            let check = try await folder.program(at: "/usr/bin/\(shell)").run(["-n", "script"])
            #expect(check.status == 0, "\(check)")
        }
        MessageRow(gives: 2, saying: "csh", "zsh").check(try await work.run("completions", "csh"))

        let script = """
            source <("$1" completions bash)
            complete() {
                COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
                COMPREPLY=(); _gongkai gongkai "${@: -1}" "${@: -2:1}"; echo "${COMPREPLY[@]}"
            }
            PATH=${1%/*}:$PATH
            complete gongkai sea; complete gongkai search --agency 泾; complete gongkai search --year ''
            complete gongkai search --facet ag; complete gongkai search 新收.法
            complete gongkai check --rule row:new; complete gongkai export --columns agency,enc
            complete gongkai export --fields 新收,公开率; complete gongkai show "$2/wuyuan-l"
            complete gongkai show "$3"; complete gongkai index "$2/wuyuan-l"
            """
        let search = try await work.run("search", "泾川县", "--format", "jsonl", "--limit", "1")
        let hit: HitAnswer = try decoded(search.lines[0])
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/bash") else { return }
        let bash = work.program(at: "/usr/bin/bash")
        let samples = Sample.folder.path
        let offers = try await bash.run([
            "-c", script, "bash", work.program.file.path, samples, String(hit.report.id.prefix(6)),
        ])
        #expect(offers.lines[0] == "search", "\(offers)")
        #expect(offers.lines[1] == "泾川县数据资源和政务服务中心")
        #expect(offers.lines[2] == "2020 2021 2022 2023 2024")
        #expect(offers.lines[3] == "agency" && offers.lines[4].contains("新收.法律服务机构>="))
        #expect(offers.lines[5] == "row:new" && offers.lines[6] == "agency,encoding", "\(offers)")
        #expect(offers.lines[7] == "新收,公开率", "\(offers)")
        #expect(offers.lines[8] == samples + "/wuyuan-lvju", "\(offers)")
        #expect(offers.lines[9] == hit.report.id, "\(offers)")
        #expect(offers.lines[10] == samples + "/wuyuan-lvju", "\(offers)")
    }

    @Test("Completion scripts speak Chinese where the locale does", arguments: ["zsh", "fish"])
    func chineseCompletions(shell: String) async throws {
        var work = try Workplace()
        let english = try await work.run("completions", shell)
        work.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        let chinese = try await work.run("completions", shell)
        #expect(chinese.status == 0 && chinese.lines.count == english.lines.count)
        let changed = zip(english.lines, chinese.lines).filter { $0 != $1 }
        #expect(changed.count > 150, "\(changed.count)")
        // Every command and option says something, and says it in Chinese.
        let told = shell == "fish" ? " -d '" : "["
        for (line, other) in zip(english.lines, chinese.lines)
        where line.contains(told) && line.contains("gongkai search") || line.contains("'--match[") {
            #expect(line != other && other.contains { $0.isIdeographic }, "\(other)")
        }
        #expect(chinese.output.contains("查找段落和报告。"))
        try work.write(chinese.output, to: "script")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else { return }
        let check = try await work.program(at: "/usr/bin/\(shell)").run(["-n", "script"])
        #expect(check.status == 0, "\(check)")
    }

    @Test("Manual pages hold the texts of the help, and roff reads them")
    func man() async throws {
        let work = try Workplace()
        let all = try await work.run("man")
        #expect(all.lines[1].hasPrefix(".TH GONGKAI 1 "))
        for command in ["index", "search", "show", "export", "agencies", "completions"] {
            #expect(all.output.contains(".SH gongkai \(command)\n"))
            let page = try await work.run("man", command)
            #expect(
                page.output.contains(".TH GONGKAI\\-\(command.uppercased()) 1")
                    || page.output.contains(".TH GONGKAI-\(command.uppercased()) 1"))
            #expect(page.output.contains("\\-\\-format"))
        }
        #expect(all.output.contains(".SH EXIT STATUS") && all.output.contains("\\fB141\\fR"))
        // Every line that begins with a point is a request that is known.
        let requests: Set = [".TH", ".SH", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".B", ".I"]
        for line in all.lines where line.hasPrefix(".") {
            #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
        MessageRow(gives: 2, saying: "serch", "did you mean 'search'").check(
            try await work.run("man", "serch"))
    }

    @Test("A misspelt command or flag gets the one that was meant")
    func misspelt() async throws {
        let work = try Workplace()
        MessageRow(gives: 2, saying: "serch", "did you mean 'search'").check(
            try await work.run("serch", "政策"))
        MessageRow(gives: 2, saying: "--lmit", "Did you mean '--limit'").check(
            try await work.run("search", "政策", "--lmit", "3"))
        MessageRow(gives: 2, saying: "--misssing", "--missing").check(
            try await work.run("agencies", "--misssing"))
    }

    @Test("Options of every command may stand before the command, and --verbose tells the time")
    func leadingOptions() async throws {
        let work = try await SharedIndex.samples.value
        let before = try await work.run("--format", "csv", "-q", "years")
        #expect(before.output == (try await work.run("years", "--format", "csv")).output)
        let search = try await work.run("--format=jsonl", "search", "赶集", "--verbose")
        #expect(search.lines.count == 1 && search.lines[0].hasPrefix("{"))
        #expect(search.errors.contains("segments)") && search.errors.contains("took "))
        MessageRow(gives: 2, saying: "serch").check(
            try await work.run("--format", "csv", "serch"))
    }

    @Test("Every command knows the options of all")
    func commonOptions() async throws {
        let work = try Workplace()
        let commands = [
            "index", "search", "similar", "show", "parse", "check", "fields", "agencies", "years",
            "export", "stats", "compare", "diff", "duplicates", "copies",
            "tokens", "info", "verify", "compact", "completions", "man",
        ]
        for command in commands {
            let help = try await work.run(command, "--help").output
            for option in [
                "--format", "--color", "--hyperlink", "--no-pager", "--quiet", "--verbose",
            ] {
                #expect(help.contains(option), "\(command) \(option)")
            }
            #expect(
                command == "tokens" || command == "info" || help.contains("gongkai \(command) "))
        }
    }

    @Test("Common messages are in Chinese where the locale is; data never are")
    func chinese() async throws {
        var work = try await SharedIndex.samples.value
        work.program.environment["LANG"] = "zh_CN.UTF-8"
        let rows = [
            (["search", "鬣蜥"], 1, "没有找到"), (["search", "赶集 鬣蜥"], 0, "没有段落包含全部词语"),
            (["search", "公开", "--limit", "1"], 0, "显示 1 段"),
            (["search", "--index", "nowhere", "a"], 3, "这里没有索引"),
            (["agencies", "没有这个"], 1, "没有这样的报告"), (["serch"], 2, "是否要用“search”"),
            (["fields", "没有这个"], 1, "没有叫“没有这个”的字段"),
            (["search", "a", "--index", "127.0.0.1:1"], 3, "无法连接服务器"),
            (["check", Sample.all[0].file.path], 0, "1 份报告："),
        ]
        for (arguments, status, text) in rows {
            let run = try await work.run(arguments)
            MessageRow(gives: status, saying: text).check(run)
        }
        let text = try await work.run("years")
        #expect(text.lines[0].hasPrefix("年份") && text.lines[0].contains("机关"))
        var english = work
        english.program.environment["LANG"] = "C.UTF-8"
        for arguments in [
            ["years", "--format", "csv"], ["agencies", "--format", "json"],
            ["search", "公开", "--facet", "year,agency", "--format", "csv"],
        ] {
            #expect(
                try await work.run(arguments).output == (try await english.run(arguments).output))
        }
        let index = try await work.run(
            "index", Sample.all[0].file.path, "--dry-run", "--index", "new")
        #expect(index.output.hasPrefix("将读取 1 个文件中的 1 个，+1 ~0 -0，跳过 0 个"), "\(index)")
        let bare = try await work.run()
        #expect(bare.output.contains("这里的索引是"))
    }
}

extension Character {
    /// Whether it is an ideograph.
    fileprivate var isIdeographic: Bool {
        unicodeScalars.contains { $0.properties.isIdeographic }
    }
}
