import ChineseText
import ReportModel

/// The year that the narrative says the report is about, where it is not the title's.
enum StatedYears {
    /// Whether a character may follow the year that opens a paragraph about it, as in 2022年，我局.
    private static func isFollower(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", "我", "本", "全", "度", "在", "按", "以", "围", "深", "认", "坚", "严": true
        default: false
        }
    }
    private static let periods: WordList = ["统计期限", "所列数据", "数据统计", "报告期"]

    /// The year of the head and the sentence of a passage that names another one; empty when it
    /// names none.
    ///
    /// A sentence counts when it gives the period of the figures, or opens a paragraph of the first
    /// section that names no other year than that.
    static func conflict(
        of report: Report, in text: NarrativeText, lines: [SourceLine]
    ) -> [NarrativeFigure] {
        guard let year = report.year, let title = report.title,
            let (stated, sentence) = statedYear(in: text), stated != year
        else { return [] }
        let head = lines.first { !$0.isBlank && title.hasSuffix($0.text) }
        return [
            NarrativeFigure(
                subject: .year, value: Double(year), line: head?.number ?? 1, sentence: title),
            NarrativeFigure(
                subject: .year, value: Double(stated),
                line: text.line(at: sentence.lowerBound, lines),
                sentence: text.part(of: sentence, around: sentence.lowerBound)),
        ]
    }

    private static func statedYear(in text: NarrativeText) -> (year: Int, sentence: Range<Int>)? {
        let folded = text.folded
        var from = 0
        while let period = periods.first(in: folded, from: from)?.lowerBound,
            let sentence = text.sentences.first(where: { $0.contains(period) })
        {
            if let year = sentence.lazy.compactMap({ year(folded, at: $0) }).first {
                return (year, sentence)
            }
            from = sentence.upperBound
        }
        guard folded.count > 5, let stated = year(folded, at: 0), isFollower(folded[5]),
            let first = text.sentences.first
        else { return nil }
        let others = folded.indices.contains { index in
            year(folded, at: index).map { $0 != stated } ?? false
        }
        return others ? nil : (stated, first)
    }

    /// The year at an offset: four digits and 年 that no digit stands before.
    private static func year(_ text: [Unicode.Scalar], at index: Int) -> Int? {
        guard text[index].isDigit, index + 4 < text.count, text[index + 4] == "年",
            index == 0 || !text[index - 1].isDigit
        else { return nil }
        var value = 0
        for scalar in text[index..<(index + 4)] {
            guard scalar.isDigit else { return nil }
            value = value * 10 + Int(scalar.value) - 0x30
        }
        return (2000..<2100).contains(value) ? value : nil
    }
}
