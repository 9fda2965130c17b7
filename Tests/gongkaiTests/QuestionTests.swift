import Foundation
import TestSupport
import Testing

/// Questions as people type them, over the sample reports.
@Suite("A question names its reports in its words")
struct QuestionTests {
    private func answer(_ arguments: String...) async throws -> SearchAnswer {
        let work = try await SharedIndex.samples.value
        return try SearchAnswer(try await work.run(["search", "--format", "json"] + arguments))
    }

    /// A question, the words that name reports, and the file of the first hit.
    private static let questions: [(String, [String], String)] = [
        ("泾川县2023年收到多少件申请", ["region 泾川县", "year 2023"], "jingchuan-shuju/2023"),
        ("泾川县的政策解读", ["region 泾川县"], "jingchuan-shuju/"),
        ("泾川 赶集", ["region 泾川县"], "jingchuan-shuju/"),
        ("泾川县数据资源和政务服务中心二〇二二年赶集", ["agency", "year 2022"], "jingchuan-shuju/2022"),
        ("平凉市22年 赶集", ["region 平凉市", "year 2022"], "jingchuan-shuju/2022"),
        ("涇川縣 2023年度 冬季", ["region 泾川县", "year 2023"], "jingchuan-shuju/2023"),
    ]

    @Test("The parts that name reports are told from the rest", arguments: questions)
    func understood(question: String, names: [String], file: String) async throws {
        let found = try await answer(question, "--by", "passage")
        let understood = found.understood?.map { "\($0.field) \($0.value)" } ?? []
        #expect(understood.count == names.count)
        for (one, other) in zip(understood, names) { #expect(one.hasPrefix(other)) }
        #expect(found.hits?.first?.report.file.contains(file) == true, "\(found)")
    }

    @Test("Quotation marks, and exact matching, make names text")
    func quoted() async throws {
        for arguments in [["\"泾川县\""], ["泾川县", "--match", "phrase"]] {
            let found = try await answer(arguments[0], "--by", "passage", "--limit", "0")
            let exact = try SearchAnswer(
                try await SharedIndex.samples.value.run(
                    ["search", "--format", "json", "--by", "passage", "--limit", "0"] + arguments))
            #expect(exact.understood == [])
            #expect(exact.hits?.allSatisfy { $0.text.contains("泾川县") } == true)
            #expect(found.total ?? 0 >= exact.total ?? 0)
        }
    }

    @Test("An unquoted name is in the head or in the text")
    func headOrText() async throws {
        let found = try await answer("泾川县", "--by", "passage", "--limit", "0")
        let region = try await answer("region:泾川县", "--by", "passage", "--limit", "0")
        let text = try await answer("\"泾川县\"", "--by", "passage", "--limit", "0")
        func hits(_ answer: SearchAnswer) -> Set<String> {
            Set((answer.hits ?? []).map { "\($0.report.id) \($0.lines)" })
        }
        #expect(hits(found) == hits(region).union(hits(text)))
        #expect(found.total == found.hits?.count)
        // Those whose head has the name come first.
        let named = try #require(region.hits).count
        #expect(
            Set(try #require(found.hits).prefix(named).map(\.report.id))
                == Set(region.hits?.map(\.report.id) ?? []))
    }

    @Test("The note says how the question was read")
    func note() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run("search", "泾川县2023年赶集")
        #expect(run.errors.contains("understood 泾川县 as region, 2023年 as year 2023"))
        var speaking = work
        speaking.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        let chinese = try await speaking.run("search", "泾川县2023年赶集")
        #expect(chinese.errors.contains("“泾川县”是地区"))
    }

    @Test("A question for a figure of some reports is told the command that gives it")
    func figure() async throws {
        let work = try await SharedIndex.samples.value
        let asked = try await work.run("search", "泾川县2023年收到多少件申请")
        #expect(asked.errors.contains("stats 新收 --region 泾川县 --year 2023"))
        let answer = try await work.run("stats", "新收", "--region", "泾川县", "--year", "2023")
        #expect(answer.status == 0)
        let none = try await work.run("search", "收到多少件申请")
        #expect(!none.errors.contains("gongkai stats"))
        let most = try await work.run("search", "泾川县哪年新收最多")
        #expect(most.errors.contains("search --sort -新收 --region 泾川县"))
    }

    @Test("A word that names a level is text, and the flag is told")
    func level() async throws {
        let work = try await SharedIndex.samples.value
        let asked = try await work.run("search", "县级 新收>0")
        #expect(asked.errors.contains("--level county"))
        #expect(try await work.run("search", "--level", "county", "新收>0", "--count").status == 0)
        #expect(try await !work.run("search", "\"县级\"").errors.contains("--level"))
    }

    @Test(
        "A question about one word finds it; what only asks is left out",
        arguments: ["是什么", "有哪些"])
    func oneWord(asking: String) async throws {
        let found = try await answer("赶集" + asking, "--by", "passage")
        #expect(found.total == 0 && found.relaxed == "any")
        #expect(found.hits?.isEmpty == false)
        #expect(found.hits?.allSatisfy { $0.text.contains("赶集") } == true)
    }

    // MARK: Reports

    @Test("Where no text is asked reports are listed, each once")
    func reports() async throws {
        let found = try await answer("region:泾川县", "--limit", "0")
        #expect(found.by == "report")
        let files = found.hits?.map(\.report.id) ?? []
        #expect(files.count == Set(files).count && files.count == found.total_reports)
        #expect(found.hits?.allSatisfy { $0.schema == "gongkai.report_hit/1" } == true)
        #expect(found.hits?.reduce(0) { $0 + ($1.passages ?? 0) } == found.total)
    }

    @Test("By report: the best passage, how many match, the values")
    func byReport() async throws {
        let found = try await answer("赶集 新收>=1", "--by", "report", "--limit", "0")
        let passages = try await answer("赶集 新收>=1", "--limit", "0")
        #expect(passages.by == "passage" && found.by == "report")
        #expect(found.total == passages.total && found.total_reports == found.hits?.count)
        let counts = Dictionary(
            (passages.hits ?? []).map { ($0.report.id, 1) }, uniquingKeysWith: +)
        for hit in try #require(found.hits) {
            #expect(hit.passages == counts[hit.report.id])
            #expect(hit.text.contains("赶集") && hit.values["requests.new.total"] != nil)
        }
    }

    @Test("Sorting needs no question")
    func sorting() async throws {
        let found = try await answer("--sort", "-新收", "--limit", "3")
        #expect(found.by == "report")
        let values = found.hits?.compactMap { $0.values["requests.new.total"] ?? nil } ?? []
        #expect(values.count == 3 && values == values.sorted(by: >))
    }

    @Test("A count is of passages, or of reports when these are asked for")
    func counts() async throws {
        let work = try await SharedIndex.samples.value
        let passages = try await work.run("search", "政策解读", "--count")
        let reports = try await work.run("search", "政策解读", "--count", "--by", "report")
        let found = try await answer("政策解读", "--count")
        #expect(passages.output == "\(found.total ?? -1)\n")
        #expect(reports.output == "\(found.total_reports ?? -1)\n")
        #expect(found.exact ?? .max <= found.total ?? 0)
        #expect(passages.errors.contains("passages in \(found.total_reports ?? -1) reports"))
    }

    // MARK: Nothing

    @Test("What is counted, listed, faceted or exported is never relaxed")
    func neverRelaxed() async throws {
        let work = try await SharedIndex.samples.value
        // 鬣蜥 stands nowhere; 赶集 does.
        let count = try await work.run("search", "赶集鬣蜥", "--count", "-q")
        #expect(count.output == "0\n" && count.status == 1 && count.errors.isEmpty)
        for arguments in [
            ["-l"], ["--facet", "year", "--format", "csv"], ["--format", "csv"],
            ["--format", "tsv"],
        ] {
            let run = try await work.run(["search", "赶集鬣蜥"] + arguments)
            #expect(run.status == 1 && run.output.split(separator: "\n").count <= 1, "\(arguments)")
            #expect(run.errors.contains("hold some of them"), "\(arguments) \(run.errors)")
        }
    }

    @Test("Hits with some of the words follow, marked, and are not counted")
    func marked() async throws {
        let found = try await answer("赶集鬣蜥")
        #expect(found.relaxed == "any" && found.total == 0 && found.exact == 0)
        #expect(found.hits?.isEmpty == false)
        #expect(found.hits?.allSatisfy { $0.relaxed == true } == true)
        let few = try await answer("赶集循环播放")
        let strict = few.hits?.filter { $0.relaxed == nil } ?? []
        #expect(strict.count == few.total && few.hits?.count ?? 0 > strict.count)
        #expect(few.hits?.prefix(strict.count).allSatisfy { $0.relaxed == nil } == true)
        #expect(few.hits?.enumerated().allSatisfy { $0.offset + 1 == $0.element.rank } == true)
    }

    @Test(
        "Where the reports that are named hold none of the words, others follow, said so and not counted",
        arguments: ["auto", "any"])
    func otherReports(match: String) async throws {
        // 赶集 stands in one report, of 泾川县.
        let question = ["上饶市 赶集循环播放", "--match", match]
        let found = try await answer(question[0], question[1], question[2])
        #expect(found.names_are_words == true && found.relaxed == "any" && found.total == 0)
        #expect(found.hits?.isEmpty == false)
        #expect(found.hits?.allSatisfy { $0.relaxed == true } == true)
        #expect(found.hits?.contains { $0.text.contains("赶集") } == true)
        let work = try await SharedIndex.samples.value
        let told = try await work.run(["search"] + question)
        #expect(told.errors.contains("the reports of 上饶市 hold none of the other words"))
        var speaking = work
        speaking.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        #expect(try await speaking.run(["search"] + question).errors.contains("上饶市的报告不含其余词语"))
        let count = try await work.run(["search", "--count"] + question)
        #expect(count.output == "0\n" && count.status == 1, "\(count)")
        for list in [["-l"], ["--facet", "year", "--count"], ["--format", "csv"]] {
            let run = try await work.run(["search"] + question + list)
            #expect(run.status == 1 && !run.output.contains("jingchuan"), "\(run)")
        }
        // What they do hold comes first, unmarked.
        let held = try await answer("泾川县 赶集鬣蜥", "--match", match)
        #expect(held.names_are_words == nil && held.hits?.first?.text.contains("赶集") == true)
    }

    @Test("What only prints the name of the agency asked about does not come first")
    func preambles() async throws {
        // Four reports have the name; none of their passages holds all the words.
        let name = "泾川县数据资源和政务服务中心"
        let found = try await answer("\(name) 赶集 停车 收费")
        let first = try #require(found.hits?.first)
        #expect(found.total == 0 && first.report.agency == name)
        #expect(["赶集", "停车", "收费"].contains { first.text.contains($0) }, "\(first.text)")
    }

    @Test("The filter that leaves nothing is named, with what is there without it")
    func emptying() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run("search", "赶集", "--year", "2030")
        let years = try await answer("赶集", "--facet", "year", "--count")
        #expect(run.status == 1 && run.output.isEmpty)
        let count = try #require(years.total)
        #expect(
            run.errors.contains(
                "without --year 2030 there \(count == 1 ? "is" : "are") \(count), 2"))
        // 赶集 is told of in another year's report of the county.
        let words = try await work.run("search", "泾川县2023年赶集")
        #expect(words.status == 1 && words.errors.contains("without 2023年 there is 1, 2022"))
        let json = try await answer("赶集", "--year", "2030")
        #expect(json.empty_because?.map(\.without) == ["--year 2030"])
    }

    // MARK: Flags

    @Test("A flag takes a value of its field, or says what is wrong")
    func values() async throws {
        let work = try await SharedIndex.samples.value
        let both = try await work.run("search", "--year", "2021 2022", "--count")
        let one = try await work.run("search", "--year", "2021", "--year", "2022", "--count")
        #expect(both.output == one.output && both.status == 0)
        for (arguments, words) in [
            (["--year", "赶集"], "is not a year"), (["--where", "新收"], "not a condition"),
            (["赶集", "--limit", "-1"], "take numbers from 0"),
            (["赶集", "--agency", " "], "nothing to look for"),
            (["--kind", "book"], "annual_report"),
            (["--scope", "all"], "rolled_up"),
        ] {
            let run = try await work.run(["search"] + arguments)
            #expect(run.status == 2 && run.errors.contains(words), "\(arguments): \(run.errors)")
        }
        for arguments in [
            ["--kind", "other"], ["--scope", "unknown"], ["--level", "county"], ["类型:其他"],
        ] {
            let run = try await work.run(["search", "--count"] + arguments)
            #expect(run.status == 0, "\(arguments): \(run)")
        }
    }
}
