import Foundation
import ReportModel
import TestSupport
import Testing

@Suite("show, fields, tokens and info")
struct ShowTests {
    private static let file = Sample.folder.appending(path: "jingchuan-shuju/2022.txt").path

    private static func reports() async throws -> [(json: String, report: ReportAnswer)] {
        let work = try await SharedIndex.samples.value
        let paths = Sample.all.map(\.file.path)
        let run = try await work.run(["parse", "--format", "jsonl"] + paths)
        #expect(run.status == 0 && run.errors.isEmpty)
        return try run.lines.map { ($0, try decoded($0)) }
    }

    @Test("The index gives every report back as parse reads it, by file, id and prefix")
    func everyReport() async throws {
        let work = try await SharedIndex.samples.value
        let reports = try await Self.reports()
        #expect(reports.count == 36)
        for (json, report) in reports {
            let id = report.sha256.prefix(16)
            let run = try await work.run("show", String(id), "--format", "json")
            #expect(run.output == json + "\n")
        }
        let ids = Set(reports.map { String($0.report.sha256.prefix(16)) })
        let id = try #require(ids.first)
        let unique = try #require(
            (1...16).map { id.prefix($0) }.first { prefix in
                ids.count { $0.hasPrefix(prefix) } == 1
            })
        for name in [String(unique), String(unique).uppercased()] {
            let run = try await work.run("show", name, "--format", "json")
            #expect(try decoded(run.output, as: ReportAnswer.self).sha256.hasPrefix(id))
        }
        // Of 36 ids two begin with the same of 16 digits.
        let shared = try #require(
            "0123456789abcdef".map(String.init).first { digit in
                ids.count { $0.hasPrefix(digit) } > 1
            })
        let run = try await work.run("show", shared)
        MessageRow(gives: 2, saying: "give more of it").check(run)
        #expect(ids.filter { $0.hasPrefix(shared) }.prefix(5).allSatisfy(run.errors.contains))
    }

    @Test("A file is shown whether the index has it or not")
    func file() async throws {
        let work = try await SharedIndex.samples.value
        let indexed = try await work.run("show", Self.file)
        #expect(indexed.status == 0 && indexed.errors.isEmpty)
        for text in [
            "泾川县数据资源和政务服务中心2022年政府信息公开工作年度报告", "甘肃省 平凉市 泾川县",
            "cells     200 of 200", "（三）监督保障", "在镇上赶集时循环播放。  (7-11)",
        ] {
            #expect(indexed.output.contains(text), "\(text)")
        }
        let alone = try Workplace()
        let unindexed = try await alone.run("show", Self.file)
        #expect(unindexed.status == 0 && unindexed.output == indexed.output)

        try alone.write("甲局修了一条路。\n", to: "a.txt")
        let relative = try await alone.run("show", "./a.txt")
        #expect(relative.output.contains("甲局修了一条路。") && relative.output.contains("kind      other"))
    }

    @Test("The tables alone, every row with its numbers")
    func tables() async throws {
        let run = try await SharedIndex.samples.value.run("show", Self.file, "--tables")
        let rows = run.lines.map { $0.split(separator: " ").map(String.init) }
        func numbers(_ label: String) -> [String]? {
            rows.first { $0.first?.hasPrefix(label) == true }.map { Array($0.dropFirst()) }
        }
        #expect(numbers("本年新收") == ["24", "4", "1", "0", "2", "0", "31"])
        #expect(numbers("上年结转") == ["3", "0", "0", "0", "0", "0", "3"])
        #expect(rows.contains(["行政规范性文件", "2", "1", "4"]))
        #expect(rows.contains(["行政许可", "1519"]))
        #expect(!run.output.contains("赶集"))

        let inferred = try await SharedIndex.samples.value.run(
            "show", Sample.folder.appending(path: "shengsi-haidao/2021.txt").path, "--tables")
        #expect(inferred.output.contains("1*") && inferred.output.contains("* blank in the file"))
        let blank = try await SharedIndex.samples.value.run(
            "show", Sample.folder.appending(path: "lanxi-zhengwu/2022.txt").path, "--tables")
        #expect(blank.output.contains("—"))
    }

    @Test("One section's table and text, and a word when it has none")
    func section() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run("show", Self.file, "--section", "5")
        #expect(run.output.contains("（二）改进措施") && run.output.contains("(176-178)"))
        #expect(!run.output.contains("赶集"))
        let table = try await work.run("show", Self.file, "--section", "3")
        #expect(table.output.contains("本年新收政府信息公开申请数量") && !table.output.contains("行政许可"))
        let none = try await work.run("show", Self.file, "--section", "7")
        MessageRow(gives: 1, saying: "no text in section 7").check(none)
        #expect(none.output.isEmpty)
    }

    @Test("A cell with its value, raw text, file and the line where it stands")
    func cell() async throws {
        let work = try await SharedIndex.samples.value
        let lines = try String(contentsOfFile: Self.file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (name, value) in [
            ("新收", "31"), ("requests.new.natural_person", "24"), ("行政许可", "1519"),
        ] {
            let run = try await work.run("show", Self.file, "--cell", name)
            let match = try #require(
                run.output.firstMatch(of: /"([^"]*)"  (\S+):(\d+)\n$/), "\(run)")
            #expect(run.output.contains("  \(value)") && match.1 == value)
            #expect(run.output.contains("  printed  "))
            #expect(match.2.hasSuffix("jingchuan-shuju/2022.txt"))
            let line = try #require(Int(match.3))
            #expect(lines[line - 1].split(separator: " ").contains { $0 == value })
        }
        let sum = try await work.run("show", Self.file, "--cell", "不予公开")
        #expect(sum.lines.count == 8 && sum.lines.allSatisfy { $0.contains("requests.denied.") })

        let shengsi = Sample.folder.appending(path: "shengsi-haidao/2021.txt").path
        let inferred = try await work.run("show", shengsi, "--cell", "予以公开.自然人")
        #expect(inferred.output.contains("inferred, follows from row:granted  \"\""), "\(inferred)")
        let lanxi = Sample.folder.appending(path: "lanxi-zhengwu/2024.txt").path
        let blank = try await work.run("show", lanxi, "--cell", "公开出版物")
        #expect(blank.output.contains("unknown  blank"), "\(blank)")
        let wrong = try await work.run("show", Self.file, "--cell", "新受")
        MessageRow(gives: 2, saying: "新受", "gongkai fields").check(wrong)
        let notice = Sample.folder.appending(path: "kuandian-gongshui/停水通知.txt").path
        MessageRow(gives: 1, saying: "no cell").check(
            try await work.run("show", notice, "--cell", "新收"))
    }

    @Test("A cell as JSON says what parse says of it")
    func cellJSON() async throws {
        struct Answer: Decodable {
            let schema: String
            let key: String
            let file: String
        }
        let work = try await SharedIndex.samples.value
        let shengsi = Sample.folder.appending(path: "shengsi-haidao/2021.txt").path
        let report: ReportAnswer = try decoded(try await work.run("parse", shengsi).output)
        for (name, count) in [("予以公开.自然人", 1), ("新收", 1), ("不予公开", 8)] {
            let run = try await work.run("show", shengsi, "--cell", name, "--format", "jsonl")
            #expect(run.lines.count == count)
            for line in run.lines {
                let answer: Answer = try decoded(line)
                #expect(answer.schema == "gongkai.cell/1" && answer.file == report.file)
                #expect(try decoded(line, as: ReportAnswer.Cell.self) == report.cells[answer.key])
            }
            let array = try await work.run("show", shengsi, "--cell", name, "--format", "json")
            #expect(array.output == "[" + run.lines.joined(separator: ",") + "]\n")
        }
    }

    @Test("fields lists every field and statistic, and those that are asked for")
    func fields() async throws {
        let work = try Workplace()
        let text = try await work.run("fields")
        #expect(text.status == 0)
        for field in StatisticField.all {
            #expect(text.lines.contains { $0.hasPrefix(field.key + " ") }, "\(field.key)")
        }
        for name in ["agency", "region", "year", "section", "subsection", "form", "file", "title"] {
            #expect(text.lines.contains { $0.hasPrefix(name + " ") }, "\(name)")
        }
        let some = try await work.run("fields", "诉讼")
        let named = Statistic.all.filter { one in one.names.contains { $0.contains("诉讼") } }
        #expect(some.lines.count == named.count + 1)
        #expect(some.lines.contains { $0.contains("诉讼.结果纠正 ÷ 诉讼") && $0.contains("%") })
        let json = try await work.run("fields", "--format", "jsonl")
        #expect(json.lines.count == text.lines.count - 1)
        let names = try keys(of: "[" + json.lines.joined(separator: ",") + "]")
        #expect(
            names["[]"]?.always == [
                "schema", "key", "names", "unit", "example", "definition", "english",
            ])
    }

    @Test("tokens shows how a text is compared and looked up")
    func tokens() async throws {
        struct Answer: Decodable, Equatable {
            let folded: String
            let words: [String]
            let index_terms: [String]
            let verified: Bool
        }
        let work = try Workplace()
        let run = try await work.run("tokens", "政策解讀", "ＬＥＤ屏", "--format", "json")
        let answer: Answer = try decoded(run.output)
        #expect(answer.folded == "政策解读led屏")
        #expect(answer.words.joined() == "政策解读led屏" && answer.words.contains("政策"))
        #expect(answer.index_terms.prefix(3) == ["政策", "策解", "解读"])
        let text = try await work.run("tokens", "政策解讀", "ＬＥＤ屏")
        #expect(text.output.contains("政策解读led屏") && text.output.contains("策解"))
        let radical = try await work.run("tokens", "⻓期", "--format", "json")
        #expect(try decoded(radical.output, as: Answer.self).folded == "长期")
    }

    @Test("info counts what the guide of the samples counts")
    func info() async throws {
        struct Answer: Decodable {
            let reports: Int
            let annual_reports: Int
            let passages: Int
            let agencies: Int
            let years: [String: Int]
            let forms: [String: Int]
            let files: Int
            let skipped: [String: Int]
            let bytes: Int
        }
        let work = try await SharedIndex.samples.value
        let answer: Answer = try decoded(try await work.run("info", "--format", "json").output)
        #expect(answer.annual_reports == 34 && answer.reports == 36 && answer.files == 36)
        #expect(answer.passages == 292 && answer.skipped.isEmpty)
        #expect(answer.years == ["2020": 2, "2021": 4, "2022": 9, "2023": 11, "2024": 8])
        #expect(answer.forms == ["2021": 32, "2019": 2])
        #expect(answer.agencies == 11)
        #expect(
            answer.bytes == (try work.contents(of: ".gongkai")).values.reduce(0) { $0 + $1.count })
        let text = try await work.run("info")
        for word in ["34 annual reports, 2 other pages", "292", "2024 (8)", "2019 (2)"] {
            #expect(text.output.contains(word), "\(text)")
        }
    }
}
