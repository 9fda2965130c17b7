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
        "通知", "制度", "方案", "总结", "要点", "模板", "样表", "表样", "格式", "范本", "对比", "比较", "分析",
    ]
    private static let otherWords = ["一图读懂", "图解", "解读", "填报说明"]

    /// - Parameter opens: whether the text begins as a report does.
    init(on report: Report, lines: [SourceLine], opens: Bool, wording: FormWording) {
        let names = lines.lazy.filter { !$0.isBlank }.prefix(Self.searchedLines).map(\.text)
            .filter { $0.utf8.count <= 4 * Self.longestName }
            .filter { $0.unicodeScalars.count <= Self.longestName }
            .filter { !Punctuation.endsSentence($0) }
        objection = Self.objection(
            to: report, names: names.map(wording.simplified), opens: opens, wording: wording)
    }

    private static func objection(
        to report: Report, names: [String], opens: Bool, wording: FormWording
    ) -> String? {
        if isAcademic(report, names: names, wording: wording) {
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
        if figures == 0, report.title == nil, !opens, sections.isDisjoint(with: 2...4),
            report.form == .none
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
    private static func isAcademic(
        _ report: Report, names: [String], wording: FormWording
    ) -> Bool {
        let isSchool = (names + [report.agency ?? ""]).contains {
            $0.scalars().holds(anyOf: schools)
        }
        guard isSchool || report.agency == nil else {
            return names.contains { isOfSchoolYear($0) }
        }
        let opening = report.passages.prefix(6).map { wording.aligned($0.text.scalars(limit: 600)) }
        // A school's report names the rules for schools; a bureau of education has its own name.
        let tells =
            report.agency == nil
            && opening.contains {
                $0.holds(anyOf: schools) && ($0.holds(anyOf: rules) || $0.holds(anyOf: year))
            }
        return names.contains { isOfSchoolYear($0) }
            || tells || isSchool && opening.contains { $0.holds(anyOf: yearOrLaw) }
    }

    private static func isOfSchoolYear(_ name: String) -> Bool {
        let name = name.scalars()
        return name.holds(anyOf: year) && name.holds(anyOf: disclosure)
    }

    private static let schools: WordList = ["大学", "学院", "学校", "高校", "我校", "本校"]
    private static let year: WordList = ["学年"]
    private static let disclosure: WordList = ["公开"]
    private static let rules: WordList = ["高等学校信息公开"]
    private static let yearOrLaw: WordList = ["学年", "高等学校信息公开办法"]

    // MARK: Reports of which only the beginning is there

    /// The lines in which a report says what it is, and the characters of each that are looked at.
    private static let openingLines = 8
    private static let longestOpening = 600
    private static let ownWords: WordList = [
        "统计期限", "统计时限", "本报告", "本年度报告", "本年报", "编制年度报告", "年度报告如下", "报告如下", "工作年度报告。", "12月31日",
    ]

    /// Whether sentences below a title tell of the disclosure of a year: one begins with the year, or
    /// they are more than a notice that the report is there has.
    private static func tells(of year: Int?, in texts: some Sequence<FoldedScalars>) -> Bool {
        let texts = Array(texts)
        guard texts.contains(where: { $0.folded.holds(anyOf: disclosure) }) else { return false }
        return texts.reduce(0) { $0 + $1.folded.count } >= longestNotice
            || texts.contains { CalendarYear.leading($0.folded[...]) == year }
    }

    /// A notice that a report is there has fewer characters.
    private static let longestNotice = 200

    /// Whether a text without a second section is a report that ends early: its title or first
    /// sentences name who reports and it begins as reports do.
    static func opensReport(
        _ lines: [SourceLine], title: Title?, sections: SectionMap, wording: FormWording,
        gazetteer: Gazetteer
    ) -> Bool {
        let texts = lines.lazy.filter { !$0.isBlank }.prefix(openingLines)
            .filter { $0.length >= 12 && !$0.signs.contains(.tab) }
            .map { FoldedScalars($0.text, limit: longestOpening, wording: wording) }
        let hasFirst = sections.hasHeading(1)
        if let title, !title.agency.isEmpty, title.rejected == nil, title.year != nil || hasFirst {
            return hasFirst
                || texts.contains { $0.folded.contains("。") && $0.folded.holds(anyOf: ownWords) }
                || !title.lines.isEmpty
                    && tells(of: title.year, in: texts.filter { $0.folded.contains("。") })
        }
        guard hasFirst else { return false }
        let clauses = AgencyClauses(gazetteer: gazetteer, wording: wording)
        return title?.year != nil
            || texts.contains { text in
                text.folded.holds(anyOf: disclosure)
                    && (text.folded.holds(anyOf: ownWords)
                        || !clauses.clauses(in: text, isOpening: true).isEmpty)
            }
    }
}
