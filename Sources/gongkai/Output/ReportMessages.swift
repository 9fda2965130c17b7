import QueryLanguage
import ReportIndexing
import ReportModel
import ReportOutput
import ReportSearch

/// What is told of reports and of the index: names of what is printed beside a value.
extension Message {
    // MARK: Names

    /// What stands in a report, or in an index.
    enum Name: String {
        case report, file, agency, alias, region, year, kind, form, encoding, cells, findings
        case index, reports, passages, agencies, years, forms, files, size, schema
    }

    static func name(_ name: Name) -> Message {
        let chinese: ShownText =
            switch name {
            case .report: "编号"
            case .file: "文件"
            case .agency: "机关"
            case .alias: "别名"
            case .region: "地区"
            case .year: "年份"
            case .kind: "类型"
            case .form: "版式"
            case .encoding: "编码"
            case .cells: "数据"
            case .findings: "识别情况"
            case .index: "索引"
            case .reports: "报告"
            case .passages: "段落"
            case .agencies: "机关"
            case .years: "年份"
            case .forms: "版式"
            case .files: "文件"
            case .size: "大小"
            case .schema: "格式"
            }
        return Message(ShownText(name.rawValue), chinese)
    }

    static func kind(_ kind: ReportKind) -> Message {
        Message(ShownText(kind.rawValue), kind == .annualReport ? "年度报告" : "其他页面")
    }

    static func form(_ form: OfficialForm) -> Message {
        Message(ShownText(form.rawValue), form == .none ? "无" : ShownText(form.rawValue))
    }

    static func state(_ state: CheckResult.State) -> Message {
        let chinese: ShownText =
            switch state {
            case .holds: "成立"
            case .fails: "不成立"
            case .differs: "不一致"
            case .unknown: "无法判断"
            }
        return Message(ShownText(state.rawValue), chinese)
    }

    static func status(_ status: CellStatus) -> Message {
        let chinese: ShownText =
            switch status {
            case .printed: "印出"
            case .inferred: "推断"
            case .blank: "空缺"
            case .annotated: "有附注"
            case .conflict: "前后矛盾"
            case .unsure: "不能确定"
            }
        return Message(ShownText(status.rawValue), chinese)
    }

    // MARK: A report

    static let noTitle = Message("(no title)", "（无标题）")

    static let isInferred = Message(
        "* blank in the file; follows from the sum of its row", "* 文件中为空；由所在行的合计推出")

    static func cells(_ read: Int, of all: Int, _ states: [Identity.State]) -> Message {
        func count(_ state: Identity.State) -> Int { states.count { $0 == state } }
        return Message(
            "\(read) of \(all); identities: \(count(.holds)) hold, \(count(.fails)) fail, "
                + "\(count(.unknown)) unknown",
            "\(all) 格中的 \(read) 格；合计关系：\(count(.holds)) 项成立，\(count(.fails)) 项不成立，"
                + "\(count(.unknown)) 项无法判断")
    }

    static func line(_ line: Int) -> Message { Message("line \(line)", "第 \(line) 行") }

    static func follows(from rule: String) -> Message {
        Message(", follows from \(rule)", "，由 \(rule) 推出")
    }

    static func noText(inSection section: Int) -> Message {
        Message(
            "gongkai: the report has no text in section \(section)",
            "gongkai：报告的第 \(section) 部分没有正文")
    }

    static func noCell(_ key: String) -> Message {
        Message("gongkai: the report has no cell for \(key)", "gongkai：报告没有 \(key) 的数据")
    }

    static func manyIDs(_ beginning: String, _ ids: [String]) -> Message {
        let some = ids.prefix(5).joined(separator: ", ")
        return Message(
            "\(beginning) begins \(ids.count) ids; give more of it: \(some)",
            "有 \(ids.count) 个编号以 \(beginning) 开头，请多写几位：\(some)")
    }

    static func noReport(_ name: String) -> Message {
        Message(
            "\(name) is neither a report of the index nor a readable file",
            "\(name) 既不是索引中的报告，也不是可读的文件")
    }

    /// What a finding is about; its code where there is no name for it.
    static func finding(_ code: String) -> Message {
        let names: [String: ShownText] = [
            "agency_from_text": "机关取自正文", "agency_inferred": "机关由标题推断",
            "agency_rejected": "机关名称不可信",
            "agency_unknown": "机关未知", "appendix_unread": "附表未读", "cell_annotated": "数据有附注",
            "cell_conflict": "数据前后矛盾", "cell_unsure": "数据不能确定", "column_unread": "有列未读",
            "converted": "格式经过转换", "extra_request_row": "申请表有多余的行", "extra_row": "有多余的行",
            "damaged_document": "文件损坏", "digits_glued": "数字连在一起",
            "hidden_sheet": "隐藏的工作表", "identity_fails": "合计不成立", "lines_joined": "行被合并",
            "malformed_bytes": "编码有误", "mojibake": "乱码", "more_findings": "还有更多",
            "no_character_map": "字体没有字符表", "no_title": "没有标题", "ocr": "文字由识别得来",
            "other_text": "不是年度报告",
            "page_without_text": "页面没有文字", "part_unread": "有部分未读", "row_partial": "行只读了一部分",
            "row_unread": "有行未读", "rows_by_order": "按次序读行", "rows_untold": "有行不能分辨",
            "second_report": "另有一份报告", "table_missing": "缺少表格", "table_unread": "表格未读",
            "title_after_heading": "标题在章节之后", "watermark": "水印", "year_conflict": "年份不一致",
            "year_unknown": "年份未知",
        ]
        return Message(ShownText(code), names[code].map { "\($0)（\(code)）" } ?? ShownText(code))
    }

    /// What a finding says.
    static func says(_ finding: Finding) -> Message {
        Message(
            ShownText(finding.message),
            ShownText(FindingCatalogue.text(of: finding, in: .chinese)))
    }

    // MARK: The index

    static func pages(_ annual: Int, other: Int) -> Message {
        Message(
            "\(annual) annual reports, \(other) other pages", "\(annual) 份年度报告，\(other) 个其他页面")
    }

    static func files(_ count: Int, skipped: [(reason: String, count: Int)]) -> Message {
        Message(
            skipped.reduce("\(count)") { $0 + ", \($1.count) skipped: \($1.reason)" },
            skipped.reduce("\(count)") { $0 + "，略过 \($1.count) 个：\($1.reason)" })
    }

    static func schema(_ schema: Int, _ analysis: String, segments: Int) -> Message {
        Message(
            "\(schema), \(analysis), \(segments) segments", "\(schema)，\(analysis)，\(segments) 个分段")
    }

    // MARK: Checks

    static func inferred(_ count: Int, of all: Int) -> Message {
        Message(
            "\(count) of \(all) hold only by blanks that were inferred",
            "\(all) 项中有 \(count) 项只靠推断的空缺成立")
    }

    static func zeros(_ count: Int) -> Message { Message("and \(count) zeros", "另有 \(count) 个零") }

    static let notInFile = Message("not in the file", "文件中没有")
    static let about = Message("about ", "约 ")

    // MARK: Shared text

    static func shared(_ count: Int, of all: Int, inSameReport: Bool) -> Message {
        Message(
            "\(count) of \(all) passages" + (inSameReport ? ", in the same report" : ""),
            "\(all) 段中的 \(count) 段" + (inSameReport ? "，在同一份报告中" : ""))
    }

    static func characters(_ count: Int) -> Message {
        Message("\(count) characters", "\(count) 字")
    }

    static func nothingShared(minimum: Int) -> Message {
        Message(
            "gongkai: no passage shares \(minimum) characters in a row; try a smaller --min",
            "gongkai：没有段落连续 \(minimum) 字相同；可以减小 --min")
    }

    static func pairs(_ count: Int, shown: Int) -> Message {
        if shown < count {
            return Message(
                "\(count) pairs, \(shown) shown; --limit 0 shows all",
                "\(count) 对，列出 \(shown) 对；--limit 0 列出全部")
        }
        return Message(count == 1 ? "1 pair" : "\(count) pairs", "\(count) 对")
    }

    static func noPassage(onLine line: Int) -> Message {
        Message("line \(line) of the report belongs to no passage", "报告第 \(line) 行不属于任何段落")
    }

    static func notIndexed(_ name: String) -> Message {
        Message(
            "\(name) is no report of the index; index its folder first, or give an id",
            "\(name) 不是索引中的报告；请先索引其文件夹，或给出编号")
    }
}
