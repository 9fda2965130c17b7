import Foundation
import TestSupport
import Testing

@Suite("Whatever goes wrong, the program says what to do")
struct MessageTests {
    private static let commands = ["index", "search", "show", "parse", "fields", "tokens", "info"]

    /// A folder without an index, with files of several kinds.
    private static func work() throws -> Workplace {
        let work = try Workplace()
        try FileManager.default.createDirectory(
            atPath: work.path("empty"), withIntermediateDirectories: true)
        try work.write(
            (0..<4_000).map { UInt8(truncatingIfNeeded: $0 &* $0 ^ $0 >> 3) }, to: "b.dat")
        try work.write("{\"标题\": \"甲局公开了三件事\"}\n", to: "data.json")
        try work.write(" \n\t\n", to: "blank.txt")
        try FileManager.default.createSymbolicLink(
            atPath: work.path("dangling"), withDestinationPath: work.path("gone"))
        return work
    }

    @Test("A bare command says what to do first")
    func bare() async throws {
        let work = try Self.work()
        let run = try await work.run()
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.contains("gongkai index FOLDER") && run.output.contains("--help"))

        let indexed = try await SharedIndex.samples.value.run()
        #expect(indexed.output.contains(".gongkai") && indexed.output.contains("gongkai search"))
    }

    @Test("Every command explains itself", arguments: commands)
    func help(_ command: String) async throws {
        let work = try Workplace()
        for arguments in [[command, "--help"], ["help", command]] {
            let run = try await work.run(arguments)
            #expect(run.status == 0 && run.errors.isEmpty)
            #expect(run.output.contains("USAGE: gongkai \(command)"), "\(run)")
        }
        let all = try await work.run("--help")
        #expect(all.output.contains("  \(command) "))
    }

    @Test("An unknown flag is named, and nothing is done", arguments: commands)
    func unknownFlag(_ command: String) async throws {
        let work = try Self.work()
        let run = try await work.run(command, "b.dat", "--frobnicate")
        MessageRow(gives: 2, saying: "--frobnicate", "Usage: gongkai \(command)", "--help").check(
            run)
        #expect(run.output.isEmpty && !work.exists(".gongkai"))
    }

    private static let files = [
        MessageRow("search", "政策", gives: 3, saying: ".gongkai", "gongkai index", "--index"),
        MessageRow("search", "--index", "nowhere", "政策", gives: 3, saying: "nowhere"),
        MessageRow("info", gives: 3, saying: "gongkai index"),
        MessageRow("show", "52d5", gives: 3, saying: "gongkai index"),
        MessageRow("search", "--batch", "nowhere.txt", "--index", ".", gives: 3, saying: "index"),
        MessageRow("parse", "empty", gives: 1, saying: "no reports found", "folder"),
        MessageRow("index", "empty", gives: 0, saying: "no files found", "--include"),
        MessageRow("parse", "b.dat", gives: 1, saying: "b.dat", "not text", "--encoding"),
        MessageRow("index", "b.dat", gives: 0, saying: "b.dat", "not text", "--encoding"),
        MessageRow("show", "b.dat", "--index", ".", gives: 3, saying: "index"),
        MessageRow("parse", "blank.txt", gives: 1, saying: "blank.txt: empty"),
        MessageRow("parse", "dangling", gives: 2, saying: "dangling", "check that it exists"),
        MessageRow("index", "dangling", gives: 2, saying: "dangling", "check that it exists"),
        MessageRow("parse", "nowhere", "b.dat", gives: 2, saying: "nowhere", "b.dat"),
    ]

    @Test("What is missing or cannot be read is named, with what to do", arguments: files)
    func unusableFiles(_ row: MessageRow) async throws {
        let run = try await Self.work().run(row.arguments)
        row.check(run)
        #expect(run.output.isEmpty || row.arguments[0] == "index")
    }

    @Test("A JSON file is no report, and is skipped with a word")
    func json() async throws {
        let work = try Self.work()
        MessageRow(gives: 1, saying: "data.json", "JSON", "save the report as text")
            .check(try await work.run("parse", "data.json"))
        let run = try await work.run("index", "data.json")
        MessageRow(gives: 0, saying: "data.json", "JSON").check(run)
        #expect(run.output.contains("0 reports"))
    }

    @Test("A file that cannot be read costs only itself")
    func oneBadFile() async throws {
        let work = try Self.work()
        try work.write("甲局修了一条路。\n", to: "a.txt")
        let run = try await work.run("index", "a.txt", "dangling", "b.dat")
        #expect(run.status == 2)
        #expect(run.output.contains("+1 ~0 -0, 2 skipped"), "\(run)")
        #expect(try await work.files(["一条路"]) == ["a"])
    }

    private static let usage = [
        MessageRow("frobnicate", gives: 2, saying: "frobnicate", "--help"),
        MessageRow("show", gives: 2, saying: "<report>", "--help"),
        MessageRow("parse", gives: 2, saying: "<paths>", "--help"),
        MessageRow("tokens", gives: 2, saying: "<text>", "--help"),
        MessageRow("search", gives: 2, saying: "give a query", "--year"),
        MessageRow("search", "", gives: 2, saying: "give a query"),
        MessageRow("search", "  ", gives: 2, saying: "give a query"),
        MessageRow("search", "--", gives: 2, saying: "give a query"),
        MessageRow("search", "--limit=-1", "政策", gives: 2, saying: "--limit"),
        MessageRow("search", "--limit", "ten", "政策", gives: 2, saying: "ten", "--limit"),
        MessageRow("search", "--offset=-1", "政策", gives: 2, saying: "--offset"),
        MessageRow("search", "--format", "xml", "政策", gives: 2, saying: "xml", "jsonl"),
        MessageRow("search", "--color", "red", "政策", gives: 2, saying: "red", "always"),
        MessageRow("search", "--match", "some", "政策", gives: 2, saying: "some", "phrase"),
        MessageRow("search", "--sort", "新受", "政策", gives: 2, saying: "新受", "did you mean 新收"),
        MessageRow("search", "--form", "2020", "政策", gives: 2, saying: "2020", "2019"),
        MessageRow("search", "--batch", "-", "政策", gives: 2, saying: "--batch"),
        MessageRow("search", "--batch", "nowhere", gives: 2, saying: "nowhere", "file exists"),
        MessageRow("search", "-x", "政策", gives: 2, saying: "-x"),
        MessageRow("index", ".", "--jobs", "0", gives: 2, saying: "--jobs"),
        MessageRow("index", ".", "--encoding", "ebcdic", gives: 2, saying: "--encoding", "gb18030"),
        MessageRow(
            "index", ".", "--lock-timeout", "soon", gives: 2, saying: "--lock-timeout", "10s"),
        MessageRow("parse", ".", "--encoding", "ebcdic", gives: 2, saying: "--encoding", "gb18030"),
        MessageRow("show", "no-such-report", gives: 2, saying: "no-such-report", "file"),
        MessageRow("show", "0", "--section", "9", gives: 2, saying: "--section", "0 to 7"),
        MessageRow("fields", "没有这个", gives: 1, saying: "没有这个", "gongkai fields"),
    ]

    @Test("A command line that makes no sense is refused with code 2", arguments: usage)
    func misuse(_ row: MessageRow) async throws {
        let run = try await SharedIndex.samples.value.run(row.arguments)
        row.check(run)
        #expect(run.output.isEmpty, "\(run)")
    }

    // MARK: Queries

    /// A query, what stands under the caret, and what the message must hold.
    struct QueryRow: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let text: String
        let marked: String
        let words: [String]

        /// A query given as the argument.
        init(_ query: String, at marked: String, saying words: String...) {
            (arguments, text, self.marked, self.words) = ([query], query, marked, words)
        }

        /// A query given as the value of a flag.
        init(
            _ flag: String, _ value: String, shown text: String, at marked: String,
            saying words: String...
        ) {
            (arguments, self.text, self.marked, self.words) = (
                ["政策", flag, value], text, marked, words
            )
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let queries = [
        QueryRow("“政策", at: "“政策", saying: "quotation", "try: “政策”"),
        QueryRow("专区 (政策", at: "(政策", saying: "bracket", "try:"),
        QueryRow("政策 AND", at: "AND", saying: "operator"),
        QueryRow("政策 新收>=", at: "", saying: "right side"),
        QueryRow("政策 年:", at: "", saying: "expected"),
        QueryRow("*", at: "*", saying: "beginning"),
        QueryRow("新收=9..3", at: "9..3", saying: "expected"),
        QueryRow("政策 新受>=1", at: "新受>=1", saying: "新受", "did you mean 新收"),
        QueryRow("新收>新受", at: "新受", saying: "新受", "did you mean 新收"),
        QueryRow("missing(新受)", at: "新受)", saying: "did you mean 新收"),
        QueryRow("absent(新收)", at: "absent(新收)", saying: "absent", "missing(新收)"),
        QueryRow("政策 agenci:甲", at: "agenci:甲", saying: "agenci", "did you mean agency"),
        QueryRow("政策 新收:3", at: "新收:3", saying: "statistic", "did you mean 新收="),
        QueryRow("政策 year:abc", at: "year:abc", saying: "abc", "2022"),
        QueryRow("政策 form:2020", at: "form:2020", saying: "2020", "2019"),
        QueryRow("新收>=10件", at: "10件", saying: "number", "try: 新收>=10"),
        QueryRow("agency:1..2", at: "agency:1..2", saying: "agency"),
        QueryRow("--year", "abc", shown: "abc", at: "abc", saying: "--year", "abc"),
        QueryRow("--where", "新收>=1 新受>2", shown: "新收>=1 新受>2", at: "新受>2", saying: "新收"),
        QueryRow("--where", "(新收>1", shown: "(新收>1", at: "(新收>1", saying: "bracket"),
    ]

    @Test("A query that cannot be asked is shown with a caret under the fault", arguments: queries)
    func caret(_ row: QueryRow) async throws {
        let run = try await SharedIndex.samples.value.run(["search"] + row.arguments)
        #expect(run.status == 2 && run.output.isEmpty)
        for word in row.words { #expect(run.errors.contains(word), "\(run)") }
        let lines = run.errors.split(separator: "\n").map(String.init)
        try #require(lines.count == 3, "\(run)")
        #expect(lines[0].hasPrefix("gongkai: query error at character "))
        #expect(lines[1] == "  " + row.text)
        let before = row.text.unicodeScalars.dropLast(row.marked.unicodeScalars.count)
        let columns = before.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
        // A mark of Chinese quotation is narrow, and yet stands before no caret here.
        #expect(lines[2] == String(repeating: " ", count: 2 + columns) + "^")
        #expect(lines[0].contains("character \(before.count + 1):"))
    }

    @Test("A query beyond the limits is refused, and says which")
    func limits() async throws {
        let work = try await SharedIndex.samples.value
        let rows = [
            (String(repeating: "甲", count: 1_366), "4096 bytes"),
            (Array(repeating: "甲", count: 65).joined(separator: " "), "at most 64"),
            (
                String(repeating: "(", count: 33) + "甲" + String(repeating: ")", count: 33),
                "at most 32"
            ),
        ]
        for (query, limit) in rows {
            let run = try await work.run("search", query)
            MessageRow(gives: 2, saying: "query error", limit).check(run)
            #expect(run.errors.count < 400, "the message repeats the query")
        }
    }

    private static let misspelt = [
        MessageRow("search", "政测解读", gives: 0, saying: "did you mean 政策解读"),
        MessageRow("search", "agency:泾川县数据资源和政府服务中心", gives: 1, saying: "did you mean 泾川县"),
        MessageRow("search", "政策", "--agency", "泾川政务中心", gives: 1, saying: "did you mean 泾川县"),
        MessageRow("search", "region:舟山士", gives: 1, saying: "did you mean 舟山市"),
        MessageRow("search", "小节:主动工开", gives: 1, saying: "did you mean (一)主动公开"),
        MessageRow("search", "正策解读", gives: 0, saying: "did you mean 政策解读"),
        MessageRow("search", "\"策政解读\"", gives: 1, saying: "did you mean 政策解读"),
        MessageRow("search", "\"政策解解读\"", gives: 1, saying: "did you mean 政策解读"),
    ]

    @Test("A misspelt word or agency gets the one that was meant", arguments: misspelt)
    func didYouMean(_ row: MessageRow) async throws {
        let run = try await SharedIndex.samples.value.run(row.arguments)
        row.check(run)
    }

    @Test("Messages speak Chinese where the user does; JSON never changes")
    func language() async throws {
        var work = try await SharedIndex.samples.value
        let english = try await work.run("search", "“政策")
        let json = try await work.run("search", "“政策解读”", "--format", "jsonl")
        work.program.environment["LANG"] = "zh_CN.UTF-8"
        let chinese = try await work.run("search", "“政策")
        #expect(chinese.errors.contains("查询第 1 个字符有误") && chinese.status == 2)
        #expect(!english.errors.contains("查询"))
        for (arguments, words) in [
            (["search", "征迁 新收>=10", "--explain"], ["查询", "稀有度", "候选", "段符合", "权重"]),
            (["verify"], ["与写入时一致"]), (["search", "政测解读"], ["“政测解读”是否应为“政策解读”"]),
        ] {
            let run = try await work.run(arguments)
            #expect(run.status == 0)
            for word in words { #expect((run.output + run.errors).contains(word), "\(run)") }
        }
        #expect(try await work.run("search", "“政策解读”", "--format", "jsonl").output == json.output)
    }

    @Test("Why a file was not read is told in Chinese where the user speaks it")
    func skippedInChinese() async throws {
        var work = try Self.work()
        try work.write("var a = 1;\n", to: "menu.js")
        try work.write(
            "<html><body><script>document.write('a')</script></body></html>", to: "drawn.html")
        try work.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], to: "page.png")
        work.program.environment["LANG"] = "zh_CN.UTF-8"
        for (file, words) in [
            ("menu.js", "脚本"), ("drawn.html", "由脚本显示"), ("page.png", "只有图片"), ("blank.txt", "空文件"),
        ] {
            let run = try await work.run("parse", file)
            #expect(run.errors.contains("略过") && run.errors.contains(words), "\(run)")
            #expect(!run.errors.contains("skipped"))
        }
        let run = try await work.run("index", ".")
        #expect((run.output + run.errors).contains("只有图片"), "\(run)")
    }

    // MARK: Nothing, or less than was asked for

    @Test("Nothing found is code 1, told on standard error alone")
    func nothing() async throws {
        let work = try await SharedIndex.samples.value
        for query in ["\"政策。解读\"", "鬣蜥", "year:1999", "新收>1000"] {
            let text = try await work.run("search", query)
            MessageRow(gives: 1, saying: "nothing found", "try").check(text)
            #expect(text.output.isEmpty)
            #expect(try await work.run("search", query, "--quiet").errors.isEmpty)
            let json = try await work.run("search", query, "--format", "json")
            let answer = try SearchAnswer(json)
            #expect(json.status == 1 && answer.total == 0 && answer.hits?.isEmpty == true)
            #expect(answer.relaxed == nil)
            let count = try await work.run("search", query, "--count")
            #expect(count.status == 1 && count.output == "0\n")
        }
    }

    @Test("Showing less than all words is told, on standard error and in JSON")
    func relaxed() async throws {
        let work = try await SharedIndex.samples.value
        let text = try await work.run("search", "赶集 鬣蜥")
        #expect(text.status == 0 && text.errors.contains("no passage holds all the words"))
        #expect(text.output.contains("赶集"))
        let json = try await work.run("search", "赶集 鬣蜥", "--format", "json", "--quiet")
        #expect(json.status == 0 && json.errors.isEmpty)
        let answer = try SearchAnswer(json)
        #expect(answer.relaxed == "any" && answer.total == 0)
        #expect(answer.hits?.allSatisfy { $0.relaxed == true } == true)
        #expect(answer.hits?.contains { $0.matchedTexts.contains("赶集") } == true)

        for exact in [
            ["赶集 鬣蜥", "--match", "all"], ["\"赶集\" \"鬣蜥\""], ["赶集鬣蜥", "--match", "phrase"],
        ] {
            let run = try await work.run(["search", "--format", "json"] + exact)
            let answer = try SearchAnswer(run)
            #expect(run.status == 1 && answer.relaxed == nil && answer.total == 0)
        }
        let found = try SearchAnswer(try await work.run("search", "赶集", "--format", "json"))
        #expect(found.relaxed == nil && found.total == 1)
        // What was asked for besides words still holds.
        let filtered = try await work.hits(["政策 鬣蜥", "--year", "2022"])
        #expect(!filtered.isEmpty && filtered.allSatisfy { $0.report.year == 2022 })
    }
}
