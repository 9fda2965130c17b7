import Foundation
import TestSupport
import Testing

@Suite("What scripts and people read")
struct OutputTests {
    /// Checks that objects have the keys of the contract: all of `keys`, none beyond `optional`.
    private func expect(
        _ found: [String: ObjectKeys], at path: String, _ keys: Set<String>,
        optional: Set<String> = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let object = try #require(
            found[path], "no object at \(path)", sourceLocation: sourceLocation)
        #expect(
            object.always.isSuperset(of: keys), "\(path) lacks \(keys.subtracting(object.always))",
            sourceLocation: sourceLocation)
        let unknown = object.ever.subtracting(keys).subtracting(optional)
        #expect(unknown.isEmpty, "\(path) has \(unknown)", sourceLocation: sourceLocation)
    }

    private static let region: Set<String> = ["province", "city", "county"]

    @Test("The keys of gongkai.search/1 and gongkai.hit/1")
    func searchKeys() async throws {
        let work = try await SharedIndex.samples.value
        let arguments = ["search", "公开 新收>=0", "--sort", "-予以公开", "--limit", "0"]
        let run = try await work.run(arguments + ["--format", "json"])
        let found = try keys(of: run.output, data: ["hits[].values"])
        let top: Set<String> = [
            "schema", "query", "by", "relaxed", "understood", "total", "total_reports", "exact",
            "exact_total", "elapsed_us", "facets",
        ]
        try expect(found, at: "", top.union(["hits"]))
        try expect(
            found, at: "hits[]",
            [
                "schema", "rank", "score", "report", "section", "section_title", "subsection",
                "text",
                "matches", "lines", "values",
            ])
        try expect(
            found, at: "hits[].report",
            ["id", "file", "title", "agency", "year", "region", "level", "form"],
            optional: ["files"])
        try expect(found, at: "hits[].report.region", Self.region)
        let answer = try SearchAnswer(run)
        #expect(answer.schema == "gongkai.search/1" && answer.query == "公开 新收>=0")
        #expect(answer.exact_total == true)
        let hits = try #require(answer.hits)
        #expect(
            hits.allSatisfy {
                Set($0.values.keys) == ["requests.new.total", "requests.granted.total"]
            })

        let lines = try await work.run(arguments + ["--format", "jsonl"])
        #expect(lines.lines.count == answer.total)
        let hit = try keys(of: lines.lines[0], data: ["values"])
        #expect(hit[""]?.ever == found["hits[]"]?.ever)
        #expect(lines.lines.allSatisfy { $0.hasPrefix("{\"schema\":\"gongkai.hit/1\",") })

        let count = try await work.run(arguments + ["--count", "--format", "json"])
        #expect(try keys(of: count.output)[""]?.ever == top)
        #expect(try SearchAnswer(count).total == answer.total)
    }

    @Test("The keys of gongkai.report/1")
    func reportKeys() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run(
            "parse", Sample.folder.appending(path: "tongliang-jiuqu").path,
            Sample.folder.appending(path: "shengsi-haidao").path,
            Sample.folder.appending(path: "lanxi-zhengwu/2022.txt").path)
        let reports = run.lines.filter { $0.contains("\"kind\":\"annual_report\"") }
        #expect(reports.count == 7)
        let found = try keys(
            of: "[" + reports.joined(separator: ",") + "]", data: ["[].statistics", "[].cells"])
        try expect(
            found, at: "[]",
            [
                "schema", "file", "sha256", "encoding", "kind", "form", "scope", "title",
                "agency", "agency_aliases", "year", "region", "level", "passages", "statistics",
                "cells",
                "inferred",
                "identities", "findings",
            ], optional: ["sections", "narrative", "scope_evidence"])
        try expect(
            found, at: "[].narrative[]", ["key", "value", "tolerance", "line", "sentence"])
        try expect(found, at: "[].region", Self.region)
        try expect(found, at: "[].passages[]", ["section", "subsection", "text", "lines"])
        try expect(
            found, at: "[].cells.*", ["value", "status", "raw", "line"], optional: ["inferred_from"]
        )
        try expect(found, at: "[].identities[]", ["id", "state", "left", "right"])
        try expect(found, at: "[].findings[]", ["code", "line", "message"])

        for line in reports {
            let report: ReportAnswer = try decoded(line)
            for (key, cell) in report.cells {
                #expect(
                    ["printed", "inferred", "blank", "annotated", "conflict"].contains(cell.status))
                // A blank is in cells, and not in statistics.
                #expect(report.statistics[key] == cell.value)
                #expect((cell.inferred_from != nil) == (cell.status == "inferred"))
            }
            #expect(report.statistics.keys.allSatisfy { report.cells[$0] != nil })
            #expect(
                report.inferred.sorted()
                    == report.cells.filter { $0.value.status == "inferred" }.keys.sorted())
            #expect(
                report.identities.allSatisfy { ["holds", "fails", "unknown"].contains($0.state) })
        }
        let broken: ReportAnswer = try decoded(
            try #require(reports.first { $0.contains("tongliang-jiuqu/2023") }))
        let failing = broken.identities.filter { $0.state == "fails" }
        #expect(failing.map(\.id) == ["row:granted", "col:results_total:total"])
        #expect(Set([failing[0].left, failing[0].right]) == [34, 35])
        let blank: ReportAnswer = try decoded(
            try #require(reports.first { $0.contains("lanxi-zhengwu/2022") }))
        #expect(blank.cells.contains { $0.value.status == "blank" && $0.value.raw == "—" })
    }

    @Test("json, jsonl and a pipe give the same reports")
    func parseFormats() async throws {
        let work = try await SharedIndex.samples.value
        let files = Sample.all.map(\.file.path).filter { $0.contains("yaan-suanli") }
        let piped = try await work.run(["parse", "--jobs", "1"] + files)
        let lines = try await work.run(["parse", "--format", "jsonl", "--jobs", "4"] + files)
        #expect(lines.output == piped.output)
        let array = try await work.run(["parse", "--format", "json"] + files)
        #expect(array.output == "[\n" + lines.lines.joined(separator: ",\n") + "\n]\n")
        let text = try await work.run(["parse", "--format", "text"] + files)
        #expect(text.lines.count == lines.lines.count)
        #expect(text.lines[0].contains("yaan-suanli/2022.txt: 雅安市绿色算力服务局 2022, 7 passages"))
    }

    @Test("A report whose JSON is written in many pieces is one line all the same")
    func largeReport() async throws {
        let work = try Workplace()
        let lines = (1...9_000).map { "第\($0)行说“\($0)\u{7}”。" }
        try work.write(lines.joined(separator: "\n"), to: "large.txt")
        let run = try await work.run("parse", "large.txt")
        #expect(run.lines.count == 1 && run.output.utf8.count > 500_000)
        let report: ReportAnswer = try decoded(run.output)
        #expect(
            report.passages.map(\.text) == lines.map { $0.replacing("\u{7}", with: "") })
        let array = try await work.run("parse", "large.txt", "--format", "json")
        #expect(array.output == "[\n" + run.output + "]\n")
    }

    // MARK: Matches

    /// A query, and the texts that its matches may cover: the first is the whole.
    struct MatchRow: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let texts: Set<String>

        init(_ arguments: String..., covers texts: Set<String>) {
            (self.arguments, self.texts) = (arguments, texts)
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let matches = [
        MatchRow("\"保密审查\"", covers: ["保密审查", "保密審查"]),
        MatchRow("政策解读", covers: ["政策解读", "政策", "解读"]),
        MatchRow("政策解讀", "--match", "phrase", covers: ["政策解读"]),
        MatchRow("\"數據\"", covers: ["數據", "数据"]),
        MatchRow("\"2022年\"", covers: ["2022年", "2022 年", "2022 年 "]),
        MatchRow("征迁 OR 赶集", covers: ["征迁", "赶集"]),
        MatchRow("公开 NEAR/3 专区", covers: ["公开", "专区", "公开专区"]),
        MatchRow("专区*", covers: ["专区"]),
        MatchRow("申请 -征迁", "--limit", "0", covers: ["申请", "申請"]),
        MatchRow("年:2022 节:6", covers: []),
    ]

    @Test("Matches cover whole matches, all of them, in scalars of the text", arguments: matches)
    func covered(_ row: MatchRow) async throws {
        let work = try await SharedIndex.samples.value
        let hits = try await work.hits(row.arguments)
        #expect(!hits.isEmpty)
        for hit in hits {
            #expect(row.texts.isSuperset(of: hit.matchedTexts), "\(hit.matchedTexts)")
            #expect(hit.matches.isEmpty == row.texts.isEmpty)
            let ends = hit.matches.flatMap(\.self)
            #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
            // Where the exact text stands, every occurrence of it is covered.
            let scalars = Array(hit.text.unicodeScalars)
            for text in row.texts where hit.matchedTexts.contains(text) {
                let wanted = Array(text.unicodeScalars)
                for start in scalars.indices.dropLast(wanted.count - 1)
                where Array(scalars[start..<start + wanted.count]) == wanted {
                    #expect(
                        hit.matches.contains { $0[0] <= start && start + wanted.count <= $0[1] })
                }
            }
        }
    }

    @Test("Positions count scalars, not bytes, UTF-16 units or what looks like one character")
    func scalars() async throws {
        let work = try Workplace()
        try work.write("𠮷野家👍🏽e\u{301}🇨🇳店张贴了政策解读。\n", to: "a.txt")
        #expect(try await work.run("index", "a.txt").status == 0)
        let hit = try #require(try await work.hits(["\"政策解读\""]).first)
        #expect(hit.matchedTexts == ["政策解读"])
        let before = try #require(hit.text.components(separatedBy: "政策").first)
        #expect(hit.matches[0][0] == before.unicodeScalars.count)
        #expect(before.unicodeScalars.count != before.utf16.count && before.hasPrefix("𠮷野家👍🏽"))
    }

    // MARK: Pages, counts, files

    @Test("Pages add up to the whole, totals are exact, ranks go on")
    func pages() async throws {
        let work = try await SharedIndex.samples.value
        let all = try await work.hits(["公开"])
        #expect(all.map(\.rank) == Array(1...all.count))
        var paged: [HitAnswer] = []
        for offset in stride(from: 0, to: all.count, by: 9) {
            let run = try await work.run(
                "search", "公开", "--format", "json", "--limit", "9", "--offset", "\(offset)")
            let answer = try SearchAnswer(run)
            #expect(answer.total == all.count)
            #expect(answer.hits?.first?.rank == offset + 1)
            paged += answer.hits ?? []
        }
        #expect(paged.map { $0.report.id + $0.text } == all.map { $0.report.id + $0.text })
        #expect(try await work.run("search", "公开", "--count").output == "\(all.count)\n")
        let beyond = try await work.run(
            "search", "公开", "--format", "json", "--offset", "\(all.count)")
        #expect(beyond.status == 0)
        #expect(try SearchAnswer(beyond).total == all.count)
        #expect(try SearchAnswer(beyond).hits?.isEmpty == true)
        #expect(all.map(\.score) == all.map(\.score).sorted(by: >))
        // Without --limit, ten.
        #expect(
            try SearchAnswer(try await work.run("search", "公开", "--format", "json")).hits?.count
                == 10)

        var files: [String] = []
        for hit in all where !files.contains(hit.report.file) { files.append(hit.report.file) }
        #expect(try await work.run("search", "公开", "-l").lines == files)
        #expect(
            try await work.run("search", "公开", "--files", "--limit", "1").lines == [files[0]])
    }

    @Test("The exact run ranks above its words apart")
    func ranking() async throws {
        let hits = try await SharedIndex.samples.value.hits(["政策解读"])
        let isWhole = hits.map { $0.matchedTexts.contains("政策解读") }
        #expect(isWhole.contains(true) && isWhole.contains(false))
        #expect(isWhole == isWhole.sorted { $0 && !$1 })
    }

    // MARK: Many queries

    @Test("A batch answers line by line as one search would, a bad query with its error")
    func batch() async throws {
        let work = try await SharedIndex.samples.value
        let queries = [
            "\"保密审查\"", "“政策", "赶集 鬣蜥", "新受>1", "", "鬣蜥", "征迁 新收>=10 年:2022",
        ]
        for ending in ["\n", "\r\n"] {
            let text = queries.joined(separator: ending)
            let run = try await work.run(
                ["search", "--batch", "-", "--limit", "3", "--sort", "-year"], input: text)
            #expect(run.status == 0 && run.errors.isEmpty)
            let answers = try run.lines.map { try decoded($0, as: SearchAnswer.self) }
            #expect(answers.map(\.query) == queries)
            #expect(answers.allSatisfy { $0.schema == "gongkai.search/1" })
            #expect(
                answers.map { $0.error != nil } == [false, true, false, true, true, false, false])
            #expect(answers[1].error?.contains("try: “政策”") == true && answers[1].hits == nil)
            #expect(answers[3].error?.contains("新收") == true)
            for answer in answers where answer.error == nil {
                let single = try SearchAnswer(
                    try await work.run(
                        "search", answer.query, "--limit", "3", "--sort", "-year", "--format",
                        "json"))
                #expect(single.total == answer.total && single.relaxed == answer.relaxed)
                #expect(single.hits?.map(\.text) == answer.hits?.map(\.text))
            }
        }
        let other = try Workplace()
        try other.write(queries.joined(separator: "\n") + "\n", to: "queries.txt")
        let file = try await work.run(
            "search", "--batch", other.path("queries.txt"), "--count", "--year", "2022")
        #expect(file.lines.count == queries.count)
        let first: SearchAnswer = try decoded(file.lines[0])
        #expect(first.total == 3 && first.hits == nil)
        let blank: SearchAnswer = try decoded(file.lines[4])
        #expect(blank.total == (try await work.hits(["--year", "2022"])).count)
    }

    // MARK: Text

    @Test("Piped text has no escape sequences; --color always marks whole matches")
    func color() async throws {
        var work = try await SharedIndex.samples.value
        for columns in ["40", "80"] {
            work.program.environment["COLUMNS"] = columns
            let arguments = ["search", "\"政策解读\"", "--limit", "0"]
            let plain = try await work.run(arguments)
            #expect(!plain.outputBytes.contains(0x1B) && !plain.errorBytes.contains(0x1B))
            let colored = try await work.run(arguments + ["--color", "always"])
            let stripped = colored.output.replacing(/\u{1B}\[[0-9;]*m/, with: "")
            #expect(stripped == plain.output)
            // A match that goes on in the next line is one match.
            let joined = colored.output.replacing(/\u{1B}\[0m\n   \u{1B}\[1;31m/, with: "")
            let spans = joined.matches(of: /\u{1B}\[1;31m(.*?)\u{1B}\[0m/).map { String($0.1) }
            let hits = try await work.hits(["\"政策解读\""])
            #expect(Set(spans) == ["政策解读"] && spans.count >= hits.count)
            for line in plain.lines where line.hasPrefix("   ") && !line.contains("/") {
                let width = line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
                #expect(width <= (Int(columns) ?? 0) + 1, "\(line)")
            }
            let never = try await work.run(arguments + ["--color", "never"])
            #expect(never.output == plain.output)
        }
        let linked = try await work.run("search", "赶集", "--hyperlink", "always")
        #expect(
            linked.output.contains("\u{1B}]8;;file:///") && linked.output.contains("2022.txt#L7"))
        let hit = try await work.run("search", "赶集")
        #expect(hit.lines[0].hasPrefix("1. 泾川县数据资源和政务服务中心  2022  一、总体情况 （一）"))
        #expect(hit.lines.last?.hasSuffix("jingchuan-shuju/2022.txt:7") == true)
    }

    @Test("In a pipe a passage is one line and whole, under a head of one line")
    func piped() async throws {
        let work = try Workplace()
        let filler = String(repeating: "甲乙丙丁戊己庚辛壬癸", count: 40)
        let text = filler + "政策解读" + filler + "。"
        let heading = "一、" + String(repeating: "总体情况", count: 12)
        try work.write("青岚县灯会管理局2023年年报\n\(heading)\n\(text)\n", to: "a.txt")
        #expect(try await work.run("index", "a.txt").status == 0)
        for list in [[], ["--by", "report"], ["--context", "1"]] {
            let run = try await work.run(["search", "政策解读"] + list)
            #expect(run.lines.contains("   " + text), "\(run)")
        }
        let other = try await work.run("search", "政策解读", "--color", "always")
        let passage = other.lines.first { $0.contains("甲乙丙丁") }
        #expect(passage == "   \(filler)\u{1B}[1;31m政策解读\u{1B}[0m\(filler)。")
    }

    @Test("A long passage is cut around its first match, which stays whole")
    func excerpt() async throws {
        var work = try Workplace()
        work.program.environment["COLUMNS"] = "80"
        let filler = String(repeating: "甲乙丙丁戊己庚辛壬癸", count: 40)
        try work.write(filler + "政策解读" + filler + "。\n", to: "a.txt")
        #expect(try await work.run("index", "a.txt").status == 0)
        let run = try await work.run("search", "政策解读")
        let text = run.lines.dropFirst().dropLast().map { $0.drop { $0 == " " } }.joined()
        #expect(text.contains("政策解读") && text.hasPrefix("…") && text.hasSuffix("…"))
        #expect(text.count < 300)
    }

    @Test("A long passage shows each match whole with what surrounds it")
    func severalExcerpts() async throws {
        var work = try Workplace()
        work.program.environment["COLUMNS"] = "80"
        let filler = String(repeating: "甲乙丙丁，戊己庚辛；壬癸。", count: 40)
        try work.write(
            filler + "先有政策解读" + filler + "再有LED屏幕" + filler + "后有赶集。\n", to: "a.txt")
        #expect(try await work.run("index", "a.txt").status == 0)
        let run = try await work.run(
            "search", "政策解读 LED屏幕 赶集", "--color", "always", "--limit", "1")
        let matched = run.output.replacing(/\u{1B}\[0m\n   \u{1B}\[1;31m/, with: "")
            .matches(of: /\u{1B}\[1;31m(.*?)\u{1B}\[0m/).map { String($0.1) }
        #expect(matched == ["政策解读", "LED屏幕", "赶集"], "\(run)")
        let plain = try await work.run("search", "政策解读 LED屏幕 赶集")
        let text = plain.lines.dropFirst().dropLast().map { $0.drop { $0 == " " } }
        #expect(text.joined().count { $0 == "…" } == 3 && text.joined().count < 320)
        for line in text {
            // No line begins with a mark that ends something, and no Latin word is broken.
            #expect(!"，。；".contains(line.first ?? "甲"), "\(line)")
            #expect(FormatTests.width(line) <= 77)
        }
        #expect(text.contains { $0.contains("LED") })
    }

    @Test("Controls of file names and texts never reach a terminal, and JSON keeps them escaped")
    func controls() async throws {
        let work = try Workplace()
        let name = "甲\u{1B}[2J\u{9B}\nb\u{202E}c\u{7F}.txt"
        try work.write(
            "普通\u{1B}[31m红色\u{7}文字\u{9B}x\u{202E}倒序\u{0}说明。\n", to: "r/" + name)
        try work.write([0xFF, 0x00, 0xFE, 0x80, 0x81, 0x00, 0xC1], to: "r/\u{1B}]0;x\u{7}.dat")
        let commands = [
            ["index", "r"], ["index", "r/gone\u{1B}[31m"], ["parse", "r"],
            ["parse", "r", "--format", "text"], ["search", "说明"],
            ["search", "说明", "--format", "json"], ["search", "说明", "--format", "jsonl"],
            ["search", "说明", "-l"], ["show", "r/" + name],
            ["show", "r/" + name, "--format", "json"],
            ["show", "\u{1B}[31m"], ["search", "\u{1B}[31m"], ["search", "\"a\u{9B}b"],
            ["search", "--\u{1B}[31m"], ["search", "--index", "\u{1B}[31m", "a"],
            ["search", "a", "--sort", "\u{1B}[31m"], ["search", "--batch", "\u{1B}"],
            ["\u{1B}[31m"],
            ["fields", "\u{1B}[31m"], ["info"], ["info", "--format", "json"],
        ]
        for arguments in commands {
            let run = try await work.run(arguments)
            for text in [run.output, run.errors] {
                let raw = text.unicodeScalars.filter { scalar in
                    scalar != "\n" && scalar.properties.generalCategory == .control
                        || (0x202A...0x202E).contains(scalar.value)
                }
                #expect(raw.isEmpty, "\(arguments.map(\.debugDescription)) printed \(Array(raw))")
            }
        }
        let hit = try #require(try await work.hits(["\"说明\""]).first)
        #expect(hit.report.file == "r/" + name)
        #expect(try await work.run("search", "说明", "-l").lines.count == 1)
        let tokens = try await work.run("tokens", "a\u{1B}[31m")
        #expect(!tokens.outputBytes.contains(0x1B))
    }

    @Test("tokens shows no control that folding leaves")
    func tokenControls() async throws {
        let run = try await Workplace().run("tokens", "a\u{1B}b\u{9B}c", "--format", "json")
        #expect(!run.outputBytes.contains(0x1B) && run.status == 0)
    }

    // MARK: Output that cannot be written

    private static let printing = [
        ["search", "公开", "--limit", "0"], ["search", "公开", "--format", "json", "--limit", "0"],
        ["search", "-l", "公开"], ["parse", Sample.all[0].file.path], ["fields"], ["info"],
        ["show", Sample.all[0].file.path], ["tokens", "政策"], ["--help"],
    ]

    @Test(
        "A reader that goes away ends the program with 141 and without a word", arguments: printing)
    func closedPipe(_ arguments: [String]) async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run(arguments, output: .closedPipe)
        #expect(run.status == 141 && run.errors.isEmpty, "\(run)")
    }

    @Test(
        "A full disk is told, and is no success",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
        arguments: printing)
    func fullDisk(_ arguments: [String]) async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run(arguments, output: .file("/dev/full"))
        MessageRow(gives: 2, saying: "cannot be written", "space").check(run)
    }
}
