import ChineseText
import ReportModel

/// The last section where its heading is missing: text on other matters at the end of section 5.
///
/// Section 6 says nearly the same in all reports: whether a fee for processing information was
/// taken, and that there is nothing else to report. Such a paragraph after those on problems
/// begins the section.
enum UnheadedMatters {
    /// The section on other matters is never longer than this, in paragraphs.
    private static let mostPassages = 4
    /// A paragraph that begins the section is never longer than this, in bytes of UTF-8.
    private static let longest = 1_200

    private static let matters: WordList = [
        "需要报告的事项", "需要报告的其他事项", "需要说明的事项", "需报告的事项", "报告的其他事项", "信息处理费", "处理费",
    ]
    private static let problems: WordList = ["问题", "不足", "改进", "整改", "下一步", "薄弱"]

    /// The passages, with those at the end of section 5 that are on other matters in section 6.
    static func told(in passages: [Passage], wording: FormWording) -> [Passage] {
        guard let last = passages.lastIndex(where: { $0.section == 5 }),
            !passages.contains(where: { $0.section == 6 })
        else { return passages }
        var first = last
        while first > 0, passages[first - 1].section == 5 { first -= 1 }
        // The section on problems has a text of its own.
        let ends = max(first + 1, last - mostPassages + 1)...max(first + 1, last)
        guard last > first, let start = ends.first(where: { isBeginning(passages[$0], wording) })
        else { return passages }
        var told = passages
        for index in start...last {
            told[index].section = 6
            told[index].subsection = nil
        }
        return told
    }

    private static func isBeginning(_ passage: Passage, _ wording: FormWording) -> Bool {
        guard passage.text.utf8.count <= longest else { return false }
        let text = wording.aligned(passage.text)
        return text.holds(anyOf: matters) && !text.holds(anyOf: problems)
    }
}
