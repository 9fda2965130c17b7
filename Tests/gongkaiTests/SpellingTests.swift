import Foundation
import TestSupport
import Testing

/// Other ways to write a word, a name or a condition, over the sample reports.
@Suite("A word may be written in other ways")
struct SpellingTests {
    private func answer(_ arguments: String...) async throws -> SearchAnswer {
        let work = try await SharedIndex.samples.value
        return try SearchAnswer(
            try await work.run(["search", "--by", "passage", "--format", "json"] + arguments))
    }

    /// Letters, and the characters that they spell.
    private static let spelt = [
        ("zhengce jiedu", "政策解读"), ("zhengcejiedu", "政策解读"), ("jingchuan", "泾川县"),
        ("jcx", "泾川县"), ("chongqing", "重庆市"),
    ]

    @Test("Pinyin gets the answer of the characters, said so", arguments: spelt)
    func pinyin(letters: String, text: String) async throws {
        let one = try await answer(letters, "--limit", "0")
        let other = try await answer(text, "--limit", "0")
        #expect(one.total == other.total && one.total ?? 0 > 0)
        #expect(one.hits?.map(\.text) == other.hits?.map(\.text))
        #expect(one.understood?.map(\.value) == [text])
    }

    @Test("Letters that a passage holds are text, a part of a word too")
    func latin() async throws {
        let found = try await answer("\"ED\"", "--limit", "0")
        #expect(found.hits?.allSatisfy { $0.text.uppercased().contains("ED") } == true)
        #expect(found.understood == [])
    }

    @Test("Words whose simple form depends on the word are found in both forms")
    func variants() async throws {
        for (one, other) in [("计划", "計畫"), ("答复", "答覆")] {
            let counts = [try await answer(one, "--count"), try await answer(other, "--count")]
            #expect(counts[0].total == counts[1].total && counts[0].total ?? 0 > 0, "\(one)")
        }
        let piece = try await answer("\"画\"", "--limit", "0")
        #expect(piece.hits?.allSatisfy { $0.text.contains("画") || $0.text.contains("畫") } == true)
    }

    /// What is written, and the one suggestion that is made of it.
    private static let misspelt = [
        ("政测解读", "政策解读"), ("正策解读", "政策解读"), ("赶极", "赶集"), ("平县遥", "平遥县"),
        ("榕江县侗乡古涨寨保护局", "侗乡古寨保护局"), ("潜江市智慧水网运形中心", "智慧水网运行中心"),
        ("政公务开专区", "政务公开专区"), ("热工线单", "热线工单"),
        ("region:\"甘肃省 平凉市 径川县\"", "泾川县"),
    ]

    @Test("What was meant is told", arguments: misspelt)
    func meant(written: String, meant: String) async throws {
        let found = try await answer(written)
        #expect(found.suggestions?.first?.meant.first == meant, "\(found)")
    }

    @Test(
        "Words that no report holds are not taken for misspelt ones",
        arguments: ["大模型", "人工智能", "社区花园", "电子证照", "数字孪生", "直播带货", "区块链", "宜春市"])
    func right(word: String) async throws {
        let found = try await answer(word)
        #expect(found.total == 0 && found.suggestions == nil, "\(found)")
    }

    @Test("Misspelt labels are told too")
    func misspeltLabels() async throws {
        let work = try await SharedIndex.samples.value
        for (written, meant) in [
            ("新收.法侓>0", "新收.法律"), ("本机关不掌握相关政府信習>0", "本机关不掌握相关政府信息"),
        ] {
            let run = try await work.run("search", written)
            #expect(run.status == 2 && run.errors.contains("did you mean \(meant)?"), "\(run)")
        }
    }

    @Test("Labels that show prints are names of their statistics")
    func labels() async throws {
        for (label, name) in [
            ("本年新收政府信息公开申请数量>=10", "新收>=10"), ("新收.法律>0", "新收.法律服务机构>0"),
            ("本机关不掌握相关政府信息>0", "requests.unable.not_held.total>0"),
        ] {
            let one = try await answer(label, "--count")
            let other = try await answer(name, "--count")
            #expect(one.total == other.total && one.error == nil, "\(label)")
        }
    }

    @Test("Places and headings as facets and hits print them")
    func printedNames() async throws {
        let place = try await answer("region:\"甘肃省 平凉市 泾川县\"", "--count")
        let joined = try await answer("region:甘肃省平凉市泾川县", "--count")
        let county = try await answer("region:泾川县", "--count")
        #expect(place.total == county.total && joined.total == county.total)
        let section = try await answer("节:5", "--count")
        for heading in ["\"5 存在的主要问题及改进情况\"", "五、存在的主要问题及改进情况", "\"[5] 存在的主要问题\""] {
            #expect(try await answer("节:\(heading)", "--count").total == section.total)
        }
    }

    @Test("Synonyms come from a file, and count nothing")
    func synonyms() async throws {
        let work = try Workplace()
        try work.write("赶集 鬣蜥\n", to: "own.txt")
        let shared = try await SharedIndex.samples.value
        let run = try await shared.run(
            "search", "鬣蜥爬行", "--synonyms", work.path("own.txt"), "--format", "json")
        let answer = try SearchAnswer(run)
        #expect(answer.total == 0 && answer.hits?.first?.text.contains("赶集") == true)
        try work.write("独词\n", to: "wrong.txt")
        let wrong = try await shared.run("search", "公开", "--synonyms", work.path("wrong.txt"))
        #expect(wrong.status == 2 && wrong.errors.contains("line 1"))
        #expect(try await shared.run("help", "synonyms").output.contains("征地"))
    }

    // MARK: Other commands

    @Test("show takes a line and a word of a heading")
    func show() async throws {
        let work = try await SharedIndex.samples.value
        let file = Sample.folder.appending(path: "jingchuan-shuju/2023.txt").path
        let line = try await work.run("show", file + ":87")
        #expect(line.status == 0 && line.output.contains("征迁") && line.output.contains("(87-"))
        let word = try await work.run("show", file, "--section", "总体情况")
        let number = try await work.run("show", file, "--section", "1")
        #expect(word.output == number.output && word.status == 0)
        let table = try await work.run("show", file, "--section", "4", "--format", "csv")
        #expect(table.lines.dropFirst().allSatisfy { $0.contains("disputes.") })
    }

    @Test("check takes filters, and knows its rules")
    func check() async throws {
        let work = try await SharedIndex.samples.value
        let all = try await work.run("check", "--format", "jsonl")
        let some = try await work.run("check", "--region", "泾川县", "--format", "jsonl")
        #expect(some.lines.count > 0 && some.lines.count < all.lines.count)
        #expect(some.lines.allSatisfy { all.lines.contains($0) || $0.contains("in_force") })
        let typo = try await work.run("check", "--rule", "typo")
        #expect(typo.status == 2 && typo.errors.contains("row:*"))
    }

    @Test("The query language has a page, in both languages")
    func help() async throws {
        var work = try await SharedIndex.samples.value
        let english = try await work.run("help", "query")
        #expect(english.status == 0 && english.output.contains("missing(新收)"))
        #expect(try await work.run("man", "query").output.contains(".TH GONGKAI-QUERY 1"))
        work.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        let chinese = try await work.run("help", "query")
        #expect(chinese.output.contains("查询由词语") && chinese.output != english.output)
    }

    @Test("Two indexes are read as one", arguments: ["agencies", "years", "info"])
    func indexes(command: String) async throws {
        let work = try Workplace()
        for folder in ["jingchuan-shuju", "yaan-suanli"] {
            let done = try await work.run(
                "index", "--index", folder, Sample.folder.appending(path: folder).path,
                "--include", "*.txt")
            #expect(done.status == 0)
        }
        let both = try await work.run(
            command, "--index", "jingchuan-shuju", "--index", "yaan-suanli", "--format", "json")
        let one = try await work.run(command, "--index", "jingchuan-shuju", "--format", "json")
        #expect(both.status == 0 && both.output != one.output, "\(both)")
    }
}
