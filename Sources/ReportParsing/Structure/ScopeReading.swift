import ChineseText
import ReportModel

/// Whose figures a report gives, told by its own words.
///
/// A roll-up says that it was compiled from those below: 综合各县（市、区）和市政府各部门…编制而成. An own
/// report says that it is of the agency alone: 数据仅为本级, 结合我局工作实际编制. Offices inside the
/// agency (各科室) are the agency.
struct ScopeReading {
    private(set) var scope = ReportScope.unknown
    /// The sentence that tells it; nil when none does.
    private(set) var evidence: StatedSentence?

    /// What a sentence speaks of that tells the scope.
    private static let subjects: WordList = ["报告", "年报", "数据", "统计"]
    private static let collected: WordList = [
        "综合", "汇总", "汇集", "汇编", "收集", "整理", "根据", "依据", "合并", "统计", "结合",
    ]
    private static let others: WordList = [
        "各县", "各区", "各市", "各乡", "各镇", "各街道", "各地", "各部门", "各单位", "各有关单位", "各有关部门", "各委办局",
        "各级", "各局", "各旗", "各盟", "各州", "各直属", "各行政机关", "各功能区", "各园区", "各分局", "各所属", "各下属", "县(市",
        "县区", "区县", "县市区", "市县", "全市行政机关", "全县行政机关", "全区行政机关", "全省行政机关", "全市政府系统",
        "全县政府系统", "个部门", "个乡镇", "个街道", "个县区", "全区政府系统", "全省政府系统", "全系统", "所属单位", "下属单位", "直属单位",
        "所属各", "下属各", "乡镇(街道",
        "镇(街道", "镇街", "乡镇街道", "乡(镇", "成员单位", "政府部门",
    ]
    private static let products: WordList = [
        "编制", "编写", "撰写", "形成", "汇总", "本报告", "年度报告", "本年报", "数据", "而成",
    ]
    private static let covers: WordList = ["包括", "包含", "涵盖", "含", "覆盖", "汇总"]
    private static let figures: WordList = ["数据", "统计范围", "统计口径", "本报告", "报告范围"]
    private static let without: WordList = [
        "不含", "不包括", "不包含", "未包含", "不涉及", "未含", "仅为", "仅含", "仅统计", "仅包括", "仅限",
    ]
    private static let level: WordList = ["本级机关", "(本级)", "本级数据", "局机关本级", "机关本级", "本级政府信息公开"]
    private static let speakers: WordList = [
        "本局", "我局", "本机关", "我机关", "本单位", "我单位", "本委", "我委", "本办", "我办", "本厅", "我厅", "本院", "本镇",
        "我镇",
        "本乡", "我乡", "本街道", "我街道", "本部门", "我部门", "本中心", "我中心", "本级",
    ]
    private static let compiled: WordList = ["编制", "编写", "撰写", "形成"]
    private static let summed: WordList = ["汇总", "而成"]
    private static let reports: WordList = ["报告", "年报"]
    /// Remarks in brackets at the end of a title.
    private static let ownRemarks: WordList = ["本级)", "本级机关)", "机关本级)"]
    private static let allRemarks: WordList = ["汇总)", "(汇总", "(全市)", "(全县)", "(全区)"]

    /// - Parameter opening: the passages that open the report, in file order.
    init(
        title: Title?, opening: [FoldedScalars], passages: [Passage], lines: [SourceLine],
        wording: FormWording
    ) {
        if let title, let remark = Self.scope(ofTitle: wording.aligned(title.text)) {
            scope = remark
            evidence = StatedSentence(text: title.text, line: lines[title.line].number)
        }
        for (passage, text) in zip(passages.lazy.filter { $0.section <= 1 }, opening) {
            for sentence in Self.sentences(of: text.folded) {
                guard text.folded[sentence].holds(anyOf: Self.subjects),
                    let found = Self.scope(of: text.folded[sentence])
                else { continue }
                // What is compiled from others is so whatever else is said.
                guard scope == .unknown || found == .rolledUp else { continue }
                scope = found
                evidence = StatedSentence(
                    text: text.printed(sentence), line: passage.lines.lowerBound)
                if found == .rolledUp { return }
            }
        }
    }

    private static func sentences(of text: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        for index in text.indices {
            switch text[index] {
            case "。", ";", "!", "?":
                found.append(start..<(index + 1))
                start = index + 1
            default: break
            }
        }
        if start < text.count { found.append(start..<text.count) }
        return found
    }

    private static func scope(ofTitle title: [Unicode.Scalar]) -> ReportScope? {
        if title.holds(anyOf: ownRemarks) { return .own }
        return title.holds(anyOf: allRemarks) ? .rolledUp : nil
    }

    private static func scope(of sentence: ArraySlice<Unicode.Scalar>) -> ReportScope? {
        let others = sentence.matches(of: others)
        if sentence.holds(anyOf: without), sentence.holds(anyOf: figures) { return .own }
        if let first = others.first {
            let before = sentence[..<first.lowerBound]
            let after = sentence[first.upperBound...]
            let isCompiled =
                after.holds(anyOf: products)
                && (before.suffix(24).holds(anyOf: collected) || after.holds(anyOf: summed))
                && (after.holds(anyOf: compiled) || after.holds(anyOf: summed))
            let isCovering = before.holds(anyOf: figures) && before.holds(anyOf: covers)
            if isCompiled || isCovering { return .rolledUp }
        }
        if others.isEmpty, sentence.holds(anyOf: level), sentence.holds(anyOf: products) {
            return .own
        }
        if others.isEmpty, let speaker = sentence.matches(of: speakers).first,
            sentence[speaker.upperBound...].holds(anyOf: compiled),
            sentence.holds(anyOf: reports)
        {
            return .own
        }
        return nil
    }
}
