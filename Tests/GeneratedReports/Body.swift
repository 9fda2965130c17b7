import TestSupport

/// The text of a report line by line, and the paragraphs that are to be read from it.
struct Body {
    let head: Head
    let traits: Traits
    let tables: PrintedTables
    private(set) var paragraphs: [GeneratedReport.Paragraph] = []

    /// One printed line.
    private struct Line {
        var text: String
        var isTable = false
        /// Whether the line is a paragraph, which may be wrapped.
        var isParagraph = false
    }

    private var lines: [Line] = []
    private var section = 0
    private var subsection: String?

    private static let headings = [
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况", "其他需要报告的事项",
    ]
    private static let longHeadings = [
        "总体情况", "行政机关主动公开政府信息情况", "行政机关收到和处理政府信息公开申请情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "政府信息公开工作存在的主要问题及改进情况", "其他需要报告的事项",
    ]
    private static let oldHeadings = [
        "概述", "主动公开政府信息情况", "依申请公开政府信息情况", "政府信息公开行政复议和行政诉讼情况",
        "存在的主要问题及改进措施", "其他需要说明的事项",
    ]
    private static let longerHeadings = [
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况统计表", "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及明年工作计划", "其他需要报告的事项以及附件",
    ]
    private static let numbers = ["一", "二", "三", "四", "五", "六", "七", "八"]
    private static let subsections = [
        "主动公开情况", "依申请公开情况", "政府信息管理情况", "政府信息公开平台建设情况", "监督保障情况",
    ]

    init(head: Head, traits: Traits, tables: PrintedTables) {
        self.head = head
        self.traits = traits
        self.tables = tables
    }

    // MARK: Pieces

    private mutating func paragraph(_ text: String, printedAfter prefix: String = "") {
        paragraphs.append(
            GeneratedReport.Paragraph(
                sections: rightSections, subsection: subsection, text: text))
        lines.append(Line(text: prefix + text, isParagraph: true))
    }

    /// The sections that are right for a paragraph when headings are missing.
    private var rightSections: Set<Int> {
        if section == 6, missingHeadings.contains(6) { return [5, 6] }
        if section == 5, traits.heading == .numberedLines { return [4, 5] }
        if section <= 1, missingHeadings.contains(1) { return [0, 1] }
        if (2...4).contains(section), missingHeadings.contains(section) {
            return [section - 1, section]
        }
        return [section]
    }

    private mutating func plain(_ text: String) { lines.append(Line(text: text)) }

    private func headingText(_ section: Int) -> String {
        let words =
            switch traits.heading {
            case .longNames: Self.longHeadings[section - 1]
            case .oldNames, .beforeForm: Self.oldHeadings[section - 1]
            case .additions: Self.longerHeadings[section - 1]
            default: Self.headings[section - 1]
            }
        let number = Self.numbers[section - 1]
        switch traits.heading {
        case .wrongNumbers: return ["一", "一", "二", "四", "五", "六"][section - 1] + "、" + words
        case .parenthesised: return "（\(number)）\(words)"
        case .otherMarks: return "\(number).\(words)"
        case .noMarks: return words
        case .markdown: return "### \(number)、\(words)"
        default: return "\(number)、\(words)"
        }
    }

    private var missingHeadings: Set<Int> = []
    /// Which marks subsections have where they are not （一）.
    private var markStyle = 0

    private var isOneLine: Bool { traits.heading == .oneLine || traits.heading == .glued }

    private func subsectionMarks(_ index: Int) -> String {
        switch markStyle {
        case 0: "\(index + 1)."
        case 1: "\(index + 1)、"
        case 2: "\(index + 1)．"
        case 3: ["①", "②", "③", "④", "⑤"][index]
        case 4: "•"
        default: "（\(index + 1)）"
        }
    }
    /// Text that may be read as narrative and need not.
    private(set) var allowed: [String] = []

    private mutating func begin(_ next: Int) {
        section = next
        subsection = nil
        guard next <= 6, !missingHeadings.contains(next) else { return }
        plain(headingText(next))
    }

    // MARK: The report

    /// Writes all lines.
    mutating func write(using random: inout SeededGenerator) {
        if traits.heading == .numberedLines { missingHeadings = [5] }
        markStyle = Int.random(in: 0..<6, using: &random)
        if traits.heading == .missing {
            let choices: [Set<Int>] = [[1], [5], [6], [2], [3], [4], [1, 6], [2, 3, 4]]
            missingHeadings = choices[Int.random(in: 0..<choices.count, using: &random)]
        }
        writeNoise(using: &random)
        for line in head.top { plain(line) }
        if traits.heading == .contents {
            plain("目录")
            for number in 1...6 { plain(headingText(number)) }
        }
        writePreamble(inside: false)
        begin(1)
        for line in head.afterHeading { plain(line) }
        writePreamble(inside: true)
        writeFirst(using: &random)
        if traits.heading == .opening { return }
        if traits.heading == .beforeForm {
            writeOldSections(using: &random)
            return
        }
        for number in 2...4 {
            begin(number)
            if traits.heading == .notes {
                paragraph(
                    number == 2
                        ? "此部分以表格形式报告，数据由各科室逐级汇总而成。" : "注：办理结果含上年度结转数量，单位均为件。")
            }
            for line in tables.lines(section: number, using: &random) {
                lines.append(Line(text: line, isTable: true))
            }
        }
        begin(5)
        writeFifth(using: &random)
        begin(6)
        paragraph(
            ["本年度没有收取信息处理费，也无其他事项。", "无其他需要报告的事项。", "按规定未发生信息处理费的收取。"][
                Int.random(in: 0..<3, using: &random)])
        if traits.heading == .extra {
            section = 7
            plain("七、下一年工作思路")
            paragraph(Narrative.paragraph(using: &random))
        }
        for line in head.signature { plain(line) }
        if traits.noise == .secondReport { writeSecondReport() }
        if traits.noise == .footer {
            for line in ["扫一扫在手机打开当前页", "打印本页 关闭窗口"] { plain(line) }
        }
    }

    private mutating func writeNoise(using random: inout SeededGenerator) {
        switch traits.noise {
        case .none, .footer, .secondReport: break
        case .breadcrumb:
            for line in [
                "您的位置：首页 > 政务公开 > 法定主动公开内容 > 政府信息公开年报", "字体：[大 中 小]", "浏览次数：128",
                "无障碍浏览 | 打印 | 关闭",
            ] { plain(line) }
        case .metadata:
            for line in [
                "索引号：0136-2023-00021", "发文日期：2025-01-20", "信息分类：政府信息公开年报", "文号：无",
                "来源：本站 时间：2025-01-20 18:26",
            ] { plain(line) }
        }
    }

    private mutating func writePreamble(inside: Bool) {
        let isInside = traits.heading == .preambleInside
        guard inside == isInside else { return }
        if !inside { section = 0 }
        for text in head.preamble { paragraph(text) }
        guard traits.heading == .preamble || inside else { return }
        paragraph(
            "按照《中华人民共和国政府信息公开条例》的规定编制本报告。全文包括总体情况、主动公开政府信息情况、"
                + "收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、"
                + "其他需要报告的事项等六个部分。")
    }

    private mutating func writeFirst(using random: inout SeededGenerator) {
        var opening = head.opening
        func text(using random: inout SeededGenerator) -> String {
            defer { opening = "" }
            return opening + Narrative.paragraph(using: &random)
        }
        if traits.heading == .runOn, let last = lines.last, !last.isParagraph,
            !missingHeadings.contains(1), head.afterHeading.isEmpty
        {
            lines.removeLast()
            paragraph(
                text(using: &random),
                printedAfter: headingText(1) + (Bool.random(using: &random) ? " " : "。"))
        } else if !opening.isEmpty || Bool.random(using: &random) {
            paragraph(text(using: &random))
        }
        for index in 0..<Int.random(in: 2...5, using: &random) {
            let name = Self.subsections[index]
            if traits.heading == .skipped, index == 0 { continue }
            let number = Self.numbers[index]
            switch traits.heading {
            case .runIn, .oneLine, .glued:
                subsection = "（\(number)）\(name)"
                let signs =
                    traits.heading == .oneLine
                    ? ["："] : traits.heading == .glued ? ["。", "："] : ["：", "。", "： "]
                paragraph(
                    text(using: &random),
                    printedAfter: "（\(number)）\(name)"
                        + signs[Int.random(in: 0..<signs.count, using: &random)])
            case .secondRun:
                // A second run of Chinese numbers is text or subsection, never a section.
                subsection = nil
                let text = text(using: &random)
                paragraph(text, printedAfter: "\(number)、\(name)。")
                allowed.append("\(number)、\(name)。" + text)
            case .subsectionMarks:
                let marks = subsectionMarks(index)
                subsection = marks + name
                plain(marks + name)
                paragraph(text(using: &random))
            case .otherMarks:
                let marks = ["㈠", "㈡", "㈢", "㈣", "㈤"]
                subsection = "（\(number)）\(name)"
                plain("\(marks[index])\(name)")
                paragraph(text(using: &random))
            default:
                subsection = "（\(number)）\(name)"
                plain("（\(number)）\(name)")
                paragraph(text(using: &random))
            }
            if Int.random(in: 0..<3, using: &random) == 0, !isOneLine {
                paragraph(text(using: &random))
            }
        }
    }

    /// The sections before 2019, a table of indicators at the end.
    private mutating func writeOldSections(using random: inout SeededGenerator) {
        let sections = [
            (2, "主动公开政府信息情况"), (3, "依申请公开政府信息情况"), (7, "政府信息公开收费及减免情况"),
            (4, "因政府信息公开申请行政复议、提起行政诉讼情况"), (5, "存在的主要问题及改进措施"),
        ]
        for (index, part) in sections.enumerated() {
            (section, subsection) = (part.0, nil)
            plain("\(Self.numbers[index + 1])、\(part.1)")
            paragraph(Narrative.paragraph(using: &random))
        }
        for line in [
            "附表：政府信息公开情况统计表", "统计指标 单位 统计数", "一、主动公开情况 —— ——", "（一）主动公开政府信息数 条 31",
            "1.政府网站公开政府信息数 条 29", "（二）解读回应情况 次 2", "二、依申请公开情况 件 4", "（一）收到申请数 件 4",
        ] { plain(line) }
    }

    /// Another body's report, of which nothing belongs to this one.
    private mutating func writeSecondReport() {
        for line in [
            "泾川县渡口管理站2020年政府信息公开工作年度报告", "一、总体情况", "渡口班次每日更新，票价张贴在码头。", "二、主动公开政府信息情况",
            "规章 9 9 9", "行政规范性文件 9 9 9", "五、存在的主要问题及改进情况", "码头公告栏破损，已报修。",
        ] { plain(line) }
    }

    private mutating func writeFifth(using random: inout SeededGenerator) {
        if traits.heading == .numberedLines {
            for index in 1...2 {
                let text = "\(index)、\(Narrative.paragraph(using: &random))"
                paragraph(text)
            }
        } else if Bool.random(using: &random), !isOneLine, traits.heading != .subsectionMarks {
            for (number, name) in [("一", "存在的主要问题"), ("二", "改进措施")] {
                subsection = "（\(number)）\(name)"
                plain("（\(number)）\(name)")
                for item in Narrative.list(remedies: number == "二", using: &random) {
                    paragraph(item)
                }
            }
        } else {
            paragraph(
                "存在的问题：" + Narrative.list(remedies: false, using: &random).joined())
            paragraph("改进措施：" + Narrative.list(remedies: true, using: &random).joined())
        }
    }

    // MARK: The file

    /// The lines as one text, wrapped and damaged, or as a page or document.
    func file(using random: inout SeededGenerator) -> String {
        if traits.table.isMarkup { return markup(using: &random) }
        var printed: [String] = []
        for (index, line) in lines.enumerated() {
            let text = Damage.damaged(
                line.text, by: traits.damage, isTable: line.isTable, using: &random)
            if line.isTable {
                printed.append(text)
                if [.blankLines, .indents].contains(traits.wrap), traits.table == .spaces {
                    printed.append("")
                }
                if traits.wrap == .pageNumbers, Int.random(in: 0..<14, using: &random) == 0,
                    traits.table != .cellLines, traits.table != .cellLinesBlank,
                    traits.table != .lonePipes, traits.table != .brokenPipes
                {
                    printed.append("— \(index) —")
                }
                continue
            }
            switch traits.wrap {
            case .none: printed.append(text)
            case .indents: printed += ["\u{3000}\u{3000}" + text, ""]
            case .blankLines: printed += Self.wrapped(text).flatMap { [$0, ""] }
            case .wraps: printed += Self.wrapped(text)
            case .blankInside: printed.append(Self.wrapped(text).joined(separator: "\n\n"))
            case .spaces:
                printed.append(
                    line.isParagraph ? Self.wrapped(text).joined(separator: " ") : text)
            case .brokenSentence:
                printed.append(line.isParagraph ? Self.broken(text, using: &random) : text)
            case .pageNumbers:
                let pieces = Self.wrapped(text)
                let cut = Int.random(in: 0...pieces.count, using: &random)
                printed += pieces[..<cut]
                if cut > 0, cut < pieces.count { printed += ["— \(index % 9 + 1) —"] }
                printed += pieces[cut...]
            }
        }
        let separator =
            switch traits.heading {
            case .oneLine: " "
            case .glued: ""
            default: "\n"
            }
        return printed.joined(separator: separator) + "\n"
    }

    static let wordContentTypes =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/"
        + "package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/"
        + "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"

    /// A document of a word processor with a body.
    static func wordDocument(_ body: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas."
            + "openxmlformats.org/wordprocessingml/2006/main\"><w:body>\(body)</w:body></w:document>"
    }

    /// A paragraph of a word processor.
    static func wordParagraph(_ text: String) -> String {
        "<w:p><w:r><w:t xml:space=\"preserve\">\(escaped(text))</w:t></w:r></w:p>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// The lines as a web page or a document of a word processor.
    private func markup(using random: inout SeededGenerator) -> String {
        let isWord = traits.table == .word
        var body = ""
        for line in lines {
            let text = Damage.damaged(
                line.text, by: traits.damage, isTable: line.isTable, using: &random)
            if line.isTable {
                body += text
            } else if isWord {
                body += Self.wordParagraph(text)
            } else if traits.damage == .entities {
                // One span a character, as word processors save pages.
                let spans = text.unicodeScalars.map { scalar in
                    scalar.value % 3 == 0
                        ? "<span>&#\(scalar.value);</span>"
                        : "<span>\(Self.escaped(String(scalar)))</span>"
                }
                body += "<p class=\"MsoNormal\">\(spans.joined())<o:p></o:p></p>"
            } else {
                body += "<p>\(Self.escaped(text))</p>"
            }
            body += "\n"
        }
        if isWord {
            return Self.wordDocument(body)
        }
        return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>政府信息公开</title></head>"
            + "<body><div class=\"nav\"><a href=\"/\">首页</a></div><div class=\"article\">\n"
            + body + "</div></body></html>\n"
    }

    /// A text with a blank line inside one of its sentences, between two ideographs.
    private static func broken(_ text: String, using random: inout SeededGenerator) -> String {
        let characters = Array(text)
        func isHan(_ place: Int) -> Bool {
            characters[place].unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
        }
        let places = characters.indices.filter {
            $0 >= 30 && $0 + 4 < characters.count && isHan($0) && isHan($0 - 1)
                && characters[..<$0].contains("，")
        }
        guard let place = places.randomElement(using: &random) else { return text }
        return String(characters[..<place]) + "\n\n" + String(characters[place...])
    }

    /// A text cut at about 62 characters.
    private static func wrapped(_ text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            var piece = rest.prefix(62)
            rest = rest.dropFirst(62)
            // A closing mark never begins a line.
            while let first = rest.first, "，。；：、）”》".contains(first) {
                piece.append(first)
                rest.removeFirst()
            }
            pieces.append(String(piece))
        }
        return pieces
    }
}
