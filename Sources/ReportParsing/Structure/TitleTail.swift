import ChineseText

/// The end of a title: 政府信息公开工作年度报告 and its many wordings.
struct TitleTail {
    /// The offset of the tail's first scalar.
    let start: Int
    /// Whether the tail begins with 政府, which an agency's name may share.
    let startsWithGovernment: Bool
    /// A year inside the tail; nil when there is none.
    let year: Int?
    /// What stands in brackets after the tail, folded; empty when nothing does.
    let remark: [Unicode.Scalar]

    private static let openers = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]
        .map { Array($0.unicodeScalars) }
    private static let words = [
        "工作", "年度", "年", "度", "的", "情况", "总结", "暨", "学年", "—", "-", "至", "统计", "依申请公开", "(", ")",
    ].map { Array($0.unicodeScalars) }
    private static let ends = ["报告", "年报"].map { Array($0.unicodeScalars) }
    /// Tails that one with a slip of the pen is compared with.
    private static let models = ["政府信息公开工作年度报告", "政府信息公开年度报告", "信息公开工作年度报告"]
        .map { Array($0.unicodeScalars) }
    /// How the name of a site ends that stands right after a title, and its longest, in characters.
    private static let sites = ["门户网站", "网站", "政府网", "信息网", "公开平台"].map { $0.scalars() }
    private static let longestSite = 24
    /// The most characters that may be wrong, missing or too many.
    private static let mostSlips = 2

    /// The tail of a text that ends in one; the text may go on with a remark in brackets or the
    /// name of the site.
    init?(of text: String, wording: FormWording) {
        let scalars = text.withoutSite.unicodeScalars
        guard scalars.contains(where: { $0 == "报" || $0 == "報" }),
            scalars.contains(where: { $0 == "公" })
        else { return nil }
        let folded = wording.scalars(of: text.withoutSite)
        for opener in Self.openers {
            var from = 0
            while let index = folded.offset(of: opener, from: from) {
                from = index + 1
                guard let tail = Self.tail(of: folded, from: index + opener.count) else { continue }
                start = index
                startsWithGovernment = folded[index] == "政" && opener.count == 6
                year = tail.year
                remark = tail.remark
                return
            }
        }
        return nil
    }

    /// The tail of a text that ends in one but for a slip of the pen.
    init?(misspeltIn text: String, wording: FormWording) {
        let folded = wording.scalars(of: text)
        guard folded.count >= 8, folded.count <= 60 else { return nil }
        var best: (distance: Int, start: Int)?
        for model in Self.models {
            for length in (model.count - Self.mostSlips)...(model.count + Self.mostSlips)
            where length <= folded.count {
                let start = folded.count - length
                guard folded[start] == model[0] else { continue }
                let distance = editDistance(Array(folded[start...]), model)
                if distance <= Self.mostSlips, distance < best?.distance ?? .max {
                    best = (distance, start)
                }
            }
        }
        guard let best else { return nil }
        start = best.start
        startsWithGovernment = folded[best.start] == "政"
        year = nil
        remark = []
    }

    private static func tail(
        of text: [Unicode.Scalar], from start: Int
    ) -> (year: Int?, remark: [Unicode.Scalar])? {
        var rest = text[start...]
        var year: Int?
        var hasEnd = false
        scan: while !rest.isEmpty {
            for end in ends where rest.starts(with: end) {
                rest = rest.dropFirst(end.count)
                hasEnd = true
                continue scan
            }
            // A remark in brackets ends the title.
            if hasEnd, rest.first == "(" { break }
            for word in words where rest.starts(with: word) {
                rest = rest.dropFirst(word.count)
                continue scan
            }
            if let found = CalendarYear.first(in: rest, needsSuffix: false),
                found.range.lowerBound == rest.startIndex
            {
                year = found.year
                rest = rest[found.range.upperBound...]
                continue scan
            }
            break
        }
        if let first = rest.first, first == "》" { rest.removeFirst() }
        var remark: [Unicode.Scalar] = []
        if let first = rest.first, first == "(", rest.last == ")" {
            remark = Array(rest.dropFirst().dropLast())
            rest = []
        }
        // A page may print the date of publication on the same line.
        if hasEnd, rest.allSatisfy({ CalendarYear.isPartOfDate($0) }) { rest = [] }
        if hasEnd, rest.count <= longestSite, sites.contains(where: { rest.ends(with: $0) }) {
            rest = []
        }
        guard hasEnd, rest.isEmpty else { return nil }
        return (year ?? CalendarYear.first(in: remark, needsSuffix: false)?.year, remark)
    }
}

extension String {
    /// The text without the signs around a title: Markdown marks, brackets, file endings.
    var trimmingTitleSigns: String {
        var text = trimmingHeadingSigns
        if let last = text.utf8.last, last < 0x80 {
            for ending in [".docx", ".doc", ".pdf", ".txt"] where text.hasSuffix(ending) {
                text.removeLast(ending.count)
            }
        }
        if text.unicodeScalars.first == "《", text.unicodeScalars.last == "》" {
            text = String(text.dropFirst().dropLast())
        }
        return text
    }

    /// A title without the remark in brackets at its end, as in …年度报告（图解）.
    var withoutRemark: String {
        let end = unicodeScalars.lastIndex { !CalendarYear.isPartOfDate($0) } ?? endIndex
        if end < endIndex, unicodeScalars[end] == "告" || unicodeScalars[end] == "报" {
            return String(unicodeScalars[...end])
        }
        let scalars = unicodeScalars
        guard let last = scalars.last, last == "）" || last == ")",
            let open = scalars.lastIndex(where: { $0 == "（" || $0 == "(" }), open > startIndex
        else { return self }
        return String(self[..<open])
    }

    /// A page's title without the name of the site after it, as in 某局2022年…年度报告_某县人民政府.
    var withoutSite: String {
        let scalars = unicodeScalars
        var index = scalars.startIndex
        while let bar = scalars[index...].firstIndex(where: Self.partsSite) {
            let before = String(scalars[..<bar]).trimmingHeadingSigns
            if let last = before.unicodeScalars.last, bar > startIndex,
                "告報报）)】_|｜".unicodeScalars.contains(last) || scalars[bar] == "_"
                    || scalars[bar] == "|"
            {
                return before
            }
            index = scalars.index(after: bar)
        }
        return self
    }

    private static func partsSite(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "_", "|", "｜", "-", "—", "–", "－", "·", ">", "»", "＞", "/", "~", ":", "：": true
        default: false
        }
    }

    /// The cells of a line that tabs or bars part.
    var tableCells: [String] {
        unicodeScalars.split { $0 == "\t" || $0 == "|" || $0 == "｜" }.map { String(Substring($0)) }
    }

    /// The steps of a line that leads from a site's first page to this one, as in
    /// 首页 > 政务公开 > 某局2022年…; one when the line is none.
    var trailSteps: [String] {
        guard holdsStep else { return isEmpty ? [] : [self] }
        return unicodeScalars.split {
            switch $0 {
            case ">", "＞", "»", "›": true
            default: false
            }
        }.map { String(Substring($0)) }
    }

    /// Whether one of these signs may stand in the text, told quickly by the last bytes of each.
    private var holdsStep: Bool {
        let bytes = utf8.span
        var last: UInt8 = 0
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case 0x3E: return true
            case 0x9E where last == 0xBC, 0xBB where last == 0xC2, 0xBA where last == 0x80:
                return true
            default: last = byte
            }
        }
        return false
    }

    /// A piece of a title without the label before it and the spaces inside: 标　题 某局2 0 2 5 年….
    var titlePiece: String {
        var text = trimmingTitleSigns
        if text.holds(ascii: 0x20) { text = String(text.unicodeScalars.filter { $0 != " " }) }
        // 【公开】某局2022年…, [年报]某局2022年…
        let closer: Character? =
            switch text.unicodeScalars.first {
            case "【": "】"
            case "[": "]"
            case "［": "］"
            default: nil
            }
        if let closer, let end = text.firstIndex(of: closer),
            text.distance(from: text.startIndex, to: end) <= Self.longestTag,
            text.index(after: end) < text.endIndex
        {
            text = String(text[text.index(after: end)...])
        }
        guard let first = text.unicodeScalars.first, Self.labelStarts.contains(first) else {
            return text
        }
        for label in Self.titleLabels where text.hasPrefix(label) {
            var rest = Substring(text.dropFirst(label.count))
            while let first = rest.first, "】]:：|".contains(first) { rest = rest.dropFirst() }
            return String(rest).trimmingTitleSigns
        }
        return text
    }

    /// The most characters of a tag in brackets before a title, the first bracket included.
    private static let longestTag = 8

    private static let titleLabels = [
        "标题名称", "信息标题", "文件标题", "文章标题", "信息名称", "文件名称", "公文名称", "标题", "名称", "题名", "[标题", "[名称",
        "標題", "名稱", "公开名称", "目录名称", "内容名称", "内容标题", "稿件标题",
    ]
    private static let labelStarts = Array(Set(titleLabels.compactMap(\.unicodeScalars.first)))
}
