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

    /// The third table with heads in several lines, of which one spans the middle ones and stands
    /// close above one of them.
    private static func requests(span: Double, _ rows: [(String, [Int?])]) -> Report {
        let columns = [150.0, 215, 280, 345, 410, 475, 540]
        let heads = ["自然人", "商业企业", "科研机构", "公益组织", "法律服务机构", "其他", "总计"]
        func row(_ y: Double, _ name: String, _ cells: [Int?]) -> [PDFWord] {
            line(
                y,
                [(name, 70)]
                    + zip(columns, cells).compactMap { column, cell in
                        cell.map { ("\($0)", column) }
                    })
        }
        return report(
            [
                line(150 - 2 * span, [("申请人情况", 345)]), line(150 - span, [("法人或其他组织", 345)]),
                line(150 - span / 2, [(heads[0], columns[0]), (heads[6], columns[6])]),
                line(150, [("项目", 70)]),
                line(150, Array(zip(heads, columns).dropFirst().dropLast())),
            ]
                + rows.enumerated().map { index, own in
                    row(170 + 15 * Double(index), own.0, own.1)
                })
    }

    @Test(
        "A head that stands above one of those that it spans leaves that column its own",
        arguments: [11.5, 17])
    func spanOverOne(_ span: Double) {
        let report = Self.requests(
            span: span,
            [
                ("（一）予以公开", [2, 0, 0, 3, 0, 0, nil]),
                ("（二）部分公开", [1, 0, 0, 0, 0, 1, nil]),
                ("（七）总计", [3, 0, 0, 3, 0, 1, nil]),
            ])
        #expect(report.statistics["requests.granted.public_welfare"]?.value == 3)
        #expect(report.statistics["requests.partial.other_org"]?.value == 1)
        // The total is blank everywhere, and what the sums tell is not printed.
        #expect(report.statistics["requests.granted.total"]?.value == 5)
        #expect(report.statistics["requests.granted.total"]?.status == .inferred)
    }

    @Test("A blank row printed close to another is a row of its own", arguments: [1.2, 1.5])
    func blankRow(_ pitch: Double) {
        let lower = 190 + pitch * Self.size
        let report = Self.report([
            Self.line(130, [("第二十条第（六）项", 300)]),
            Self.line(160, [("信息内容", 104), ("本年处理决定数量", 300)]),
            Self.line(190, [("行政处罚", 80), ("180", 300)]), Self.line(lower, [("行政强制", 80)]),
        ])
        #expect(report.statistics["proactive.penalties.decisions"]?.value == 180)
        #expect(report.statistics["proactive.coercion.decisions"]?.value == nil)
    }

    @Test("A piece of a group's label beside numbers is not the label of their row")
    func groupBesideNumbers() {
        let numbers: [(text: String, middle: Double)] = ["1", "0", "0", "0", "0", "2", "3"]
            .enumerated()
            .map { ($1, 200 + 40 * Double($0)) }
        let report = Self.report([
            Self.line(150, [("一、本年新收政府信息公开申请数量", 95)] + numbers),
            Self.line(175, [("（一）予以公开", 110)] + numbers),
            Self.line(196, [("2.其他法律行政", 130)]), Self.line(203, [("（三）不", 50)] + numbers),
            Self.line(210, [("法规禁止公开", 130)]), Self.line(214, [("予公开", 50)]),
            Self.line(230, [("7.属于行政执法案卷", 130)] + numbers),
        ])
        #expect(report.statistics["requests.denied.law_prohibited.total"]?.value == 3)
        #expect(report.statistics["requests.denied.enforcement_file.natural_person"]?.value == 1)
    }

    @Test("Two columns of labels with a narrow gap between them are two")
    func narrowGap() {
        func from(_ left: Double, _ text: String) -> (text: String, middle: Double) {
            let width = text.unicodeScalars.reduce(0.0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.5) }
            return (text, left + width * Self.size / 2)
        }
        let numbers: [(text: String, middle: Double)] = ["1", "0", "0", "0", "0", "2", "3"]
            .enumerated().map { ($1, 220 + 40 * Double($0)) }
        let report = Self.report([
            Self.line(150, [from(20, "一、本年新收政府信息公开申请")] + numbers),
            Self.line(173, [from(20, "（一）予以公开")] + numbers),
            Self.line(196, [from(20, "（四）"), from(60, "1.本机关不掌握")] + numbers),
            Self.line(211, [from(20, "无法提"), from(60, "相关政府信息")]),
            Self.line(226, [from(20, "供"), from(60, "2.没有现成信息")] + numbers),
            Self.line(241, [from(60, "需要另行制作")]),
            Self.line(256, [from(60, "3.补正后申请内容仍不明确")] + numbers),
            Self.line(271, [from(60, "1.信访举报投诉类申请")] + numbers),
            Self.line(286, [from(60, "2.重复申请")] + numbers),
        ])
        #expect(report.statistics["requests.unable.not_held.total"]?.value == 3)
        #expect(report.statistics["requests.unable.needs_creation.total"]?.value == 3)
    }

    /// The row of the fourth table with one of its cells wrapped into two lines, above and below it.
    private static func disputes(_ above: String, _ below: String, in column: Int) -> Report {
        let places = (0..<15).map { 40 + 36 * Double($0) }
        let heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
        func wrapped(_ part: Range<Int>) -> [(text: String, middle: Double)] {
            zip(places, heads + heads + heads).map { place, head in
                let scalars = Array(head.unicodeScalars)[part.clamped(to: 0..<head.count)]
                return (String(String.UnicodeScalarView(scalars)), place)
            }.filter { !$0.0.isEmpty }
        }
        var row = zip(
            ["3", "2", "0", "1", "6", "7", "4", "0", "0", "11", "0", "5", "0", "2", "7"], places
        )
        .map { (text: $0, middle: $1) }
        row.remove(at: column)
        return report([
            line(200, [("四、政府信息公开行政复议、行政诉讼情况", 180)]),
            line(220, [("行政复议", 112), ("行政诉讼", 400)]),
            line(235, [("未经复议直接起诉", 292), ("复议后起诉", 472)]),
            line(250, wrapped(0..<2)), line(262, wrapped(2..<4)),
            line(279, [(above, places[column])]), line(285, row),
            line(291, [(below, places[column])]),
        ])
    }

    @Test(
        "A cell of digits that its column wraps is one cell, and no number is read from it",
        arguments: [
            ("10→", "7", 5), ("6 →", "3", 0), ("16-", ">11", 9), ("1", "→0", 12), ("31", "5", 11),
            ("9→", "7", 14),
        ])
    func wrappedCell(_ above: String, _ below: String, _ column: Int) {
        let report = Self.disputes(above, below, in: column)
        let own = [3, 2, 0, 1, 6, 7, 4, 0, 0, 11, 0, 5, 0, 2, 7]
        let blocks = ["review", "litigation.direct", "litigation.after_review"]
        let ends = ["upheld", "corrected", "other", "pending", "total"]
        for (place, value) in own.enumerated() {
            let cell = report.statistics["disputes.\(blocks[place / 5]).\(ends[place % 5])"]
            if place == column {
                // What the sum of its block proves may be told, and is said to be so.
                #expect(cell?.status != .printed && cell?.status != .annotated)
                #expect(cell?.value.map { $0 == Double(value) } ?? true)
            } else {
                #expect(cell?.value == Double(value), "\(place)")
                #expect(cell?.status == .printed)
            }
        }
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
