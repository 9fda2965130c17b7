import ChineseText
import ReportModel

/// The year that the narrative says the report is about, where it is not the title's.
enum StatedYears {
    /// Whether a character may follow the year that opens a paragraph about it, as in 2022年，我局.
    private static func isFollower(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "，", ",", "我", "本", "全", "度", "在", "按", "以", "围", "深", "认", "坚", "严": true
        default: false
        }
    }
    private static let periods = ["统计期限", "所列数据", "数据统计", "报告期"]
        .map { Array($0.unicodeScalars) }

    /// The year of the head and the first sentence that names another one; empty when none does.
    ///
    /// A sentence counts when it gives the period of the figures, or opens a paragraph of the first
    /// section that names no other year than that.
    static func conflict(in report: Report, lines: [SourceLine]) -> [NarrativeFigure] {
        guard let year = report.year, let title = report.title else { return [] }
        for passage in report.passages where passage.section <= 1 {
            guard let (stated, sentence) = statedYear(in: passage), stated != year else { continue }
            let head = lines.first { !$0.isBlank && title.hasSuffix($0.text) }
            return [
                NarrativeFigure(
                    subject: .year, value: Double(year), line: head?.number ?? 1, sentence: title),
                NarrativeFigure(
                    subject: .year, value: Double(stated),
                    line: sentence.line(at: 0, passage, lines), sentence: sentence.part(around: 0)),
            ]
        }
        return []
    }

    private static func statedYear(in passage: Passage) -> (year: Int, sentence: Sentence)? {
        let text = passage.text.scalars()
        if text.holds(anyOf: periods) {
            for sentence in Sentence.sentences(of: text)
            where periods.contains(where: { sentence.scalars.offset(of: $0) != nil }) {
                let years = sentence.scalars.indices.lazy.compactMap { year(text, at: $0) }
                return years.first.map { ($0, sentence) }
            }
        }
        guard text.count > 5, let stated = year(text, at: 0), isFollower(text[5]),
            let first = Sentence.sentences(of: text).first
        else { return nil }
        let others = text.indices.contains { index in
            year(text, at: index).map { $0 != stated } ?? false
        }
        return others ? nil : (stated, first)
    }

    /// The year at an offset: four digits and 年 that no digit stands before.
    private static func year(_ text: [Unicode.Scalar], at index: Int) -> Int? {
        guard index + 4 < text.count, text[index + 4] == "年",
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
