import ChineseText
import Documents
import ReportModel
import Testing

@testable import ReportParsing

@Suite("The heads of a printed table are told by what they stand over")
struct PrintedHeadTests {
    private static let size = 10.0

    /// Words of one line, each in the middle of the width that it is given.
    private static func line(_ y: Double, _ words: [(text: String, middle: Double)]) -> [PDFWord] {
        words.map { word in
            let half =
                word.text.unicodeScalars.reduce(0.0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.5) }
                * size / 2
            return PDFWord(
                word.text,
                PDFBox(
                    left: word.middle - half, top: y, right: word.middle + half, bottom: y + size))
        }
    }

    private static func report(_ table: [[PDFWord]]) -> Report {
        var lines = [
            line(40, [("青蘅县桥梁养护站2023年政府信息公开工作年度报告", 290)]), line(70, [("一、总体情况", 120)]),
            line(90, [("公开桥梁检测结果12条，按月张贴在公告栏上，方便司机查看。", 240)]),
            line(110, [("二、主动公开政府信息情况", 130)]),
        ]
        lines += table
        lines += [
            line(400, [("五、存在的主要问题及改进情况", 140)]), line(420, [("桥名牌更新偏慢。", 130)]),
        ]
        let read = PDFReader([PDFPage(width: 595, height: 842, lines: lines)])
        let text = read.lines.map(\.raw).joined(separator: "\n")
        return (try? ReportParser().report(from: Array(text.utf8)))
            ?? Report(kind: .other, form: .none, encoding: "")
    }

    private static func made(_ head: [[PDFWord]], _ row: [(String, Double)]) -> Report {
        report(
            [line(130, [("第二十条第（一）项", 300)])] + head
                + [
                    line(190, [("规章", 60)] + row),
                    line(205, [("规范性文件", 75), ("21", 230), ("22", 360), ("23", 490)]),
                ])
    }

    @Test("A head in two lines beside heads in one keeps its column")
    func wrappedHead() {
        let report = Self.made(
            [
                Self.line(152, [("本年新公开数量（单位：件", 360)]),
                Self.line(158, [("信息内容", 104), ("本年新制作数量", 230), ("对外公开总数量", 490)]),
                Self.line(164, [("）", 360)]),
            ], [("11", 230), ("—", 360), ("13", 490)])
        #expect(report.form == .form2019)
        #expect(report.statistics["proactive19.regulations.made"]?.value == 11)
        #expect(report.statistics["proactive19.regulations.disclosed"]?.value == nil)
        #expect(report.statistics["proactive19.regulations.total_disclosed"]?.value == 13)
        #expect(report.statistics["proactive19.normative_docs.disclosed"]?.value == 22)
    }

    @Test("A row that leaves one column blank keeps the others in theirs", arguments: [0, 1, 2])
    func blankColumn(_ blank: Int) {
        let all = [("11", 230.0), ("12", 360.0), ("13", 490.0)]
        var row = all
        row.remove(at: blank)
        let report = Self.made(
            [
                Self.line(
                    158,
                    [("信息内容", 104), ("本年制发件数", 230), ("本年废止件数", 360), ("现行有效件数", 490)])
            ], row)
        for (column, key) in ["issued", "repealed", "in_force"].enumerated() {
            let value = report.statistics["proactive.regulations.\(key)"]?.value
            #expect(value == (column == blank ? nil : Double(all[column].0)))
        }
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == 23)
    }

    @Test("The head of a part, which stands over one column's head, is none of its lines")
    func headOfPart() {
        let report = Self.report(
            [Self.line(130, [("第二十条第（一）项", 300)])] + [
                Self.line(
                    146, [("信息内容", 104), ("本年新制作数量", 230), ("本年新公开数量", 360), ("对外公开总数量", 490)]),
                Self.line(162, [("规章", 60), ("11", 230), ("12", 360), ("13", 490)]),
                Self.line(178, [("第二十条第（八）项", 300)]),
                Self.line(194, [("信息内容", 104), ("上一年项目数量", 240), ("本年增/减", 430)]),
                Self.line(210, [("行政事业性收费", 85), ("7", 240), ("—", 430)]),
            ])
        #expect(report.statistics["proactive19.fees.items_prev_year"]?.value == 7)
        #expect(report.statistics["proactive19.fees.items_change"]?.value == nil)
    }

    @Test("A column that every row leaves blank is a column all the same")
    func emptyColumn() {
        let report = Self.report(
            [Self.line(130, [("第二十条第（一）项", 300)])] + [
                Self.line(
                    158,
                    [("信息内容", 160), ("本年制发件数", 300), ("本年废止件数", 400), ("现行有效件数", 500)]),
                Self.line(190, [("规章", 60), ("11", 300), ("12", 400)]),
                Self.line(205, [("行政规范性文件", 85), ("21", 300), ("22", 400)]),
            ])
        #expect(report.statistics["proactive.regulations.issued"]?.value == 11)
        #expect(report.statistics["proactive.normative_docs.repealed"]?.value == 22)
        #expect(report.statistics["proactive.normative_docs.in_force"]?.value == nil)
    }
}
