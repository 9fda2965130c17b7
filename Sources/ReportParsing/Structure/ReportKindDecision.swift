import ChineseText
import ReportModel

/// Whether a text that has headings of the form is a report, or only looks like one: a blank form,
/// the notice that prescribes it, a plan, a summary, an explanation, a university's report.
///
/// Figures decide: who filled in the tables reported. Without them words decide, and where these
/// are silent the text is a report, since a lost report is worse than one too many.
struct ReportKindDecision {
    /// Why the text is no report of an agency; nil when it is one.
    let objection: String?

    /// A table with so many numbers was filled in; fewer may be examples.
    private static let fewestFigures = 10
    /// A form with less text than this, in characters, was not filled in.
    private static let shortestNarrative = 40
    /// The lines among which the name of a text stands.
    private static let searchedLines = 5
    /// A name is never longer than this, in characters.
    private static let longestName = 60

    /// What the names of other texts end in.
    private static let otherNames = [
        "通知", "制度", "方案", "总结", "要点", "模板", "样表", "表样", "格式", "范本",
    ]
    private static let otherWords = ["一图读懂", "图解", "解读", "填报说明"]

    init(on report: Report, lines: [SourceLine]) {
        let names = lines.lazy.filter { !$0.isBlank }.prefix(Self.searchedLines).map(\.text)
            .filter { $0.utf8.count <= 4 * Self.longestName }
            .filter { $0.unicodeScalars.count <= Self.longestName }
            .filter { !Punctuation.endsSentence($0) }
        objection = Self.objection(to: report, names: Array(names))
    }

    private static func objection(to report: Report, names: [String]) -> String? {
        if isAcademic(report, names: names) {
            return "it is about a school year, as universities report"
        }
        let figures = report.statistics.count { $0 == .printed || $0 == .annotated }
        if figures >= fewestFigures { return nil }
        // Above a title stand the menus of a site, where 信息公开制度 is one of many.
        let own = report.agency == nil ? names : [report.title ?? ""]
        if let name = own.first(where: isOther) {
            return "its name is that of another text: \(name)"
        }
        let narrative = report.passages.filter { (1...6).contains($0.section) }
        let length = narrative.reduce(0) { $0 + $1.text.unicodeScalars.count }
        if figures == 0, report.agency == nil, length < shortestNarrative {
            return "it is a form that nobody filled in"
        }
        let sections = Set(report.headings.map(\.section))
        if figures == 0, report.title == nil, sections.isDisjoint(with: 2...4), report.form == .none
        {
            return "it has neither a title nor the sections of a report on disclosure"
        }
        return nil
    }

    /// Whether a short line without an end of a sentence names a text of another kind.
    private static func isOther(_ name: String) -> Bool {
        let name = name.trimmingTitleSigns.filter { !"》〉）)]】".contains($0) }
        if otherWords.contains(where: { name.contains($0) }) { return true }
        // 年度报告格式 is a form's name; 一、总体情况 and 报送通知 of a menu are none.
        return ItemMark(name) == nil && otherNames.contains { name.hasSuffix($0) }
    }

    /// Whether a report is about a school year: 2021-2022学年, 2021学年度.
    private static func isAcademic(_ report: Report, names: [String]) -> Bool {
        let isSchool = (names + [report.agency ?? ""]).contains {
            $0.scalars().holds(anyOf: schools)
        }
        return names.contains {
            let name = $0.scalars()
            return name.holds(anyOf: year) && name.holds(anyOf: disclosure)
        }
            || isSchool
                && report.passages.prefix(6).contains {
                    $0.text.scalars().holds(anyOf: yearOrLaw)
                }
    }

    private static let schools: WordList = ["大学", "学院", "学校", "高校"]
    private static let year: WordList = ["学年"]
    private static let disclosure: WordList = ["公开"]
    private static let yearOrLaw: WordList = ["学年", "高等学校信息公开办法"]
}
