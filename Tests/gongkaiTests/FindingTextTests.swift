import Foundation
import QueryLanguage
import ReportModel
import ReportOutput
import TestSupport
import Testing

/// What was found odd in a file is told in the language of the person.
@Suite("Findings in both languages")
struct FindingTextTests {
    private struct Parsed: Decodable {
        struct Finding: Decodable {
            let code: String
            let message: String
        }
        let file: String
        let findings: [Finding]
    }

    /// Reports with what the samples do not have.
    private static let odd = [
        "form.txt": "政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
        "other.txt": "青岚县人民政府办公室关于召开2023年灯会工作会议的通知\n各乡镇：\n定于三月五日召开会议。\n",
        "conflict.txt": "青岚县灯会管理局2023年政府信息公开工作年度报告\n一、总体情况\n2022年，我局公开信息12条。"
            + "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n二、主动公开政府信息情况\n无。\n",
        "mojibake.txt": "青岚县灯会管理局2023年政府信息公开工作年度报告\n一、总体情况\n鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡\n",
    ]

    @Test("Whatever a finding says in English it says in Chinese")
    func everyFinding() async throws {
        let work = try Workplace()
        for (name, text) in Self.odd { try work.write(text, to: "odd/" + name) }
        // Cells with a word, and with two numbers.
        var report = PlantedReport.plain("青岚县灯会管理局", 2024, new: 3)
        report.texts = ["上年结转": "见附件", "予以公开": "1（2）"]
        try work.write(report.html, to: "odd/cells.html")
        let run = try await work.run(
            "parse", SampleFiles.corpus.path, "odd", "--format", "jsonl")
        var codes: Set<String> = []
        for line in run.lines {
            let parsed: Parsed = try decoded(line)
            for finding in parsed.findings {
                codes.insert(finding.code)
                let chinese = FindingCatalogue.text(
                    of: Finding(code: finding.code, line: nil, message: finding.message),
                    in: .chinese)
                #expect(chinese != finding.message, "\(parsed.file): no Chinese for this")
                #expect(!chinese.contains("{}"), "\(chinese)")
            }
        }
        #expect(codes.count >= 10, "\(codes.sorted())")
    }

    @Test("What differs stands where it belongs")
    func filled() {
        func text(_ message: String) -> String {
            FindingCatalogue.text(
                of: Finding(code: "x", line: nil, message: message), in: .chinese)
        }
        #expect(
            text("上年结转 prints 3（4）; the number 3 is read") == "上年结转写的是“3（4）”；读作 3")
        #expect(
            text(
                "the text of page 2 was recognised by a program, and may be wrong; of 3 numbers two "
                    + "readings differ, which are not read")
                == "第 2 页的文字由程序识别，可能有误；3 个数字两次识别不同，没有读取")
        #expect(text("no title was found") == "没有找到标题")
        #expect(text("something new") == "something new")
    }

    @Test("show tells them in Chinese where the locale is")
    func shown() async throws {
        var work = try Workplace()
        try work.write(Self.odd["conflict.txt"] ?? "", to: "conflict.txt")
        work.program.environment["LC_ALL"] = "zh_CN.UTF-8"
        let run = try await work.run("show", "conflict.txt")
        #expect(run.status == 0 && run.output.contains("没有找到第 2, 3, 4 部分表格的数字"), "\(run)")
    }
}
