import ChineseText

/// The headings of a report: which line opens which section.
///
/// An official heading is known by its words, since agencies misnumber and reword them; another
/// numbered line is a section of its own only when its number continues the printed sequence.
struct SectionHeadings {
    struct Heading {
        /// The index of the line.
        let line: Int
        /// 1 to 6, or 7 for a section outside the official six.
        let section: Int
        /// The heading's words without number.
        let title: String
        /// The printed number, or nil when the heading has none.
        let number: Int?
        /// Text that stands on the heading's line after it; empty when none.
        let rest: String
    }

    /// The headings in file order; the official ones ascend.
    let headings: [Heading]
    /// The lines of a table of contents before them.
    let contents: Set<Int>

    /// The most characters that a line holds of which all is a heading, its mark and a remark in
    /// brackets included; dots and a page number may make it longer.
    private static let longestAlone = 60
    /// What a heading's words never hold.
    private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "：", ":", ",", "，", "；", ";": true
        default: false
        }
    }
    /// The most official headings that are looked at, repeated ones included.
    private static let mostHeadings = 100
    /// Whether a character is one of which every official heading holds one, as printed in either
    /// script.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "情", "概", "问", "問", "事", "足", "困", "弱", "短": true
        default: false
        }
    }
    /// The most characters that a heading holds.
    private static let longest = 40

    init(in lines: [SourceLine], wording: FormWording) {
        let official = Self.official(in: lines, wording: wording)
        headings = Self.withExtraSections(official.headings, in: lines, wording: wording)
        contents = official.contents
    }

    // MARK: Official headings

    /// The official section whose heading a line is by its words; nil for other lines.
    ///
    /// - Parameter isCertain: whether its mark must be that of a section.
    static func section(
        of line: SourceLine, wording: FormWording, isCertain: Bool = true
    ) -> Int? {
        guard let found = candidate(line, at: 0, wording: wording),
            found.certainty > 1 || !isCertain
        else { return nil }
        return found.heading.section
    }

    /// A line that could be an official heading.
    private struct Candidate {
        let heading: Heading
        /// How sure the line's form is: 1 for a mark that subsections have too, 3 for that of a
        /// section, 2 for none.
        let certainty: Int
        /// Whether the words are those of the form rather than a short old wording.
        let isComplete: Bool
        /// Whether something other than a heading follows.
        var hasContent = false

        /// What the heading adds to a chain of headings: most for being one, the rest to choose
        /// between two lines for one section.
        var weight: Int { 16 + certainty + (isComplete ? 2 : 0) + (hasContent ? 4 : 0) }
    }

    /// The official headings, and the lines that only list them.
    ///
    /// Of all lines that could be headings the best chain in ascending order is taken, so that a
    /// table of contents, a list inside a section or a false heading does not hide the real ones.
    private static func official(
        in lines: [SourceLine], wording: FormWording
    ) -> (headings: [Heading], contents: Set<Int>) {
        var found: [Candidate] = []
        for index in lines.indices where lines[index].signs.contains(.heading) {
            guard let candidate = candidate(lines[index], at: index, wording: wording) else {
                continue
            }
            found.append(candidate)
            // No report has so many; what comes after is compared with all of them.
            if found.count == mostHeadings { break }
        }
        // （一）主动公开政府信息情况 heads a part of section 1 where the sections are numbered 一、二、.
        let sections = Set(found.filter { $0.certainty > 1 }.map(\.heading.section))
        if sections.count >= 3 { found.removeAll { $0.certainty == 1 } }
        let own = Set(found.map(\.heading.line))
        for index in found.indices {
            let heading = found[index].heading
            let next = lines[(heading.line + 1)...].firstIndex { !$0.isBlank }
            found[index].hasContent =
                !heading.rest.isEmpty || next.map { !own.contains($0) } ?? false
        }
        let kept = bestChain(of: found)
        guard let first = kept.first?.line else { return ([], []) }
        let contents = found.filter { $0.heading.line < first && $0.heading.rest.isEmpty }
        return (kept, Set(contents.map(\.heading.line)))
    }

    /// The chain of ascending sections with the greatest weight.
    private static func bestChain(of found: [Candidate]) -> [Heading] {
        var best: [(weight: Int, before: Int?)] = []
        for (index, candidate) in found.enumerated() {
            var weight = 0
            var before: Int?
            for earlier in 0..<index
            where found[earlier].heading.section < candidate.heading.section
                && best[earlier].weight > weight
            {
                weight = best[earlier].weight
                before = earlier
            }
            best.append((weight + candidate.weight, before))
        }
        guard let top = best.map(\.weight).max() else { return [] }
        var index = best.firstIndex { $0.weight == top }
        var chain: [Heading] = []
        while let current = index {
            chain.append(found[current].heading)
            index = best[current].before
        }
        return chain.reversed()
    }

    private static func candidate(
        _ line: SourceLine, at index: Int, wording: FormWording
    ) -> Candidate? {
        let text = line.text.trimmingHeadingSigns
        var mark = ItemMark(text)
        // Only after 一、 may a paragraph follow its heading on the line.
        let isLong =
            line.text.utf8.count > 6 * longest
            || line.length > longestAlone && !Punctuation.endsInDigit(line.text)
        if mark?.kind == .ordinal || isLong && mark != nil && mark?.kind != .chinese { return nil }
        if isLong, mark == nil, text.firstScalar != "第" { return nil }
        // Only the beginning can be a heading; a paragraph may follow it on the line.
        if line.length > 2 * longest,
            !line.text.unicodeScalars.prefix(2 * longest).contains(where: isMark)
        {
            return nil
        }
        if mark?.kind != .chinese, !SectionWords.mayOpen(text, behind: mark) { return nil }
        var whole = text.scalars()
        var length = mark?.length ?? 0
        var number = mark?.number
        if mark == nil, let part = PartMark(whole) {
            (length, number) = (part.length, part.number)
            mark = part.mark
        }
        whole.removeFirst(min(length, whole.count))
        if let end = Self.leaderStart(in: whole) { whole.removeSubrange(end...) }
        let words = whole.prefix(2 * longest).prefix { !isEnd($0) }
        let folded = wording.scalars(of: words)
        let isSection = mark?.kind == .chinese
        let match =
            SectionWords.match(
                folded, isParenthesised: mark != nil && !isSection, hasMark: mark != nil)
            ?? (isSection && words.count == whole.count
                ? SectionWords.match(byKeyWords: folded) : nil)
        guard let match else { return nil }
        var matched = min(match.length, whole.count)
        if isSection, match.isComplete, Self.isAddition(whole[matched...]) { matched = whole.count }
        var rest = whole[matched...]
        while let first = rest.first, "。：: ".unicodeScalars.contains(first) { rest.removeFirst() }
        // 三、…情况（单位：件）
        if let first = rest.first, first == "（" || first == "(", rest.count <= 20,
            rest.last == "）" || rest.last == ")"
        {
            rest = []
        }
        guard rest.isEmpty || (isSection && match.isComplete) else { return nil }
        guard matched <= longest else { return nil }
        return Candidate(
            heading: Heading(
                line: index, section: match.section,
                title: String(scalars: whole[..<matched]),
                number: number, rest: String(scalars: rest)),
            certainty: isSection ? 3 : mark == nil ? 2 : 1, isComplete: match.isComplete)
    }

    /// Whether what follows the words of a heading on its line goes on with it, as in
    /// 存在的主要问题及改进情况和明年工作计划, rather than being text.
    private static func isAddition(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = rest.first, rest.count <= longestAddition else { return false }
        if endings.contains(where: { rest.elementsEqual($0) }) { return true }
        return "及和与、以暨并或".unicodeScalars.contains(first) && !rest.contains(where: isEnd)
            && !rest.contains { $0 == "！" || $0 == "？" }
    }

    /// The most characters that an official heading goes on with.
    private static let longestAddition = 24
    private static let endings = ["统计表", "一览表", "表", "情况", "说明", "情况说明", "情况统计表", "情况表"]
        .map { $0.scalars() }

    /// Where the dots and the page number of a table of contents begin: 总体情况……3.
    private static func leaderStart(in text: [Unicode.Scalar]) -> Int? {
        guard let last = text.last, CalendarYear.isDigit(last) else { return nil }
        let end = text.lastIndex { !CalendarYear.isDigit($0) }
        guard let end, isDot(text[end]) else { return nil }
        return text[...end].lastIndex { !isDot($0) }.map { $0 + 1 }
    }

    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "…", "·", "．", "-", "—": true
        default: false
        }
    }

    // MARK: Other sections

    private static func withExtraSections(
        _ official: [Heading], in lines: [SourceLine], wording: FormWording
    ) -> [Heading] {
        guard !official.isEmpty else { return [] }
        var all: [Heading] = []
        for (position, heading) in official.enumerated() {
            all.append(heading)
            let next = position + 1 < official.count ? official[position + 1] : nil
            guard let first = heading.number else { continue }
            // Tables 2 to 4 hold rows that are numbered like sections; the old form had a section on
            // fees there.
            let isTable = (2...3).contains(heading.section)
            let range = (heading.line + 1)..<(next?.line ?? lines.count)
            let numbered = range.compactMap { index -> Heading? in
                guard lines[index].length <= longestExtra,
                    lines[index].signs.isDisjoint(with: [.tab, .bar]),
                    let mark = ItemMark(lines[index].text), mark.kind == .chinese,
                    !holdsSentence(lines[index].text), !Punctuation.endsInDigit(lines[index].text),
                    !RowLabel.isTableText(wording.words(of: lines[index].text)),
                    !isTable || wording.aligned(lines[index].text).holds(anyOf: oldMatters)
                else { return nil }
                let title = lines[index].text.scalars().dropFirst(mark.length)
                return Heading(
                    line: index, section: 7, title: String(scalars: title), number: mark.number,
                    rest: "")
            }
            guard !numbered.isEmpty else { continue }
            let wanted = (1...numbered.count).map { first + $0 }
            guard numbered.map(\.number) == wanted else { continue }
            if let following = next?.number, following != first + numbered.count + 1 { continue }
            all += numbered
        }
        return all
    }

    /// What the form before 2019 had a section on.
    static let oldMatters: WordList = ["收费", "减免", "咨询", "投诉", "举报"]
    /// The most characters that the heading of a section outside the six holds.
    private static let longestExtra = 30

    private static func holdsSentence(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            switch $0 {
            case "。", "；", "，", "！", "？": true
            default: false
            }
        }
    }
}

/// A number that opens a section in other ways than 一、: 第一部分, or 一 whose mark was lost.
private struct PartMark {
    let number: Int
    let length: Int
    /// The mark of a section, where the words are one; nil for a number alone.
    let mark: ItemMark?

    private static let numbers = Array("一二三四五六七八".unicodeScalars)

    init?(_ text: [Unicode.Scalar]) {
        guard let first = text.first else { return nil }
        if first == "第", text.count > 4, let index = Self.numbers.firstIndex(of: text[1]),
            text[2] == "部", text[3] == "分"
        {
            let isMarked = "、：: ，".unicodeScalars.contains(text[4])
            number = index + 1
            length = isMarked ? 5 : 4
            mark = ItemMark("\(Self.numbers[index])、")
        } else if let index = Self.numbers.firstIndex(of: first), text.count >= 5 {
            number = index + 1
            length = 1
            mark = nil
        } else {
            return nil
        }
    }
}

/// The words by which the official headings are known, after folding.
///
/// Source: the six headings of 国办公开办函〔2021〕30号 and the wordings met in published reports.
enum SectionWords {
    struct Match {
        let section: Int
        /// The heading's length in scalars.
        let length: Int
        /// Whether the words are a whole official heading rather than a short old form.
        let isComplete: Bool
    }

    private static let prefixes = ["行政机关", "工作", "政府信息公开工作", "政府信息公开", "因政府信息公开工作", "因政府信息公开"]
        .map { Array($0.unicodeScalars) }

    /// For each section the wordings that are proof in themselves, and those that need a 一、 mark.
    private static let wordings: [(section: Int, strong: [String], weak: [String])] = [
        (1, ["总体情况"], ["概述", "主要工作概述", "工作总体情况", "基本情况"]),
        (2, ["主动公开政府信息情况", "主动公开政府信息的情况"], ["主动公开情况"]),
        (
            3,
            [
                "收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况",
                "依申请公开政府信息情况",
            ],
            ["依申请公开情况"]
        ),
        (
            4,
            [
                "政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议和行政诉讼情况",
                "政府信息公开行政复议行政诉讼情况", "行政复议、行政诉讼情况",
                "申请行政复议、提起行政诉讼情况", "申请行政复议、提起行政诉讼的情况",
                "被申请行政复议、提起行政诉讼情况", "被申请行政复议、提起行政诉讼的情况",
                "行政复议和行政诉讼情况",
            ], []
        ),
        (
            5,
            ["存在的主要问题", "存在主要问题", "存在的问题", "存在问题"].flatMap { problem in
                ["情况", "措施"].flatMap { end in
                    ["及改进", "和改进", "及整改"].map { problem + $0 + end }
                }
            }, []
        ),
        (
            6,
            [
                "其他需要报告的事项", "其他需要说明的事项", "其他需报告的事项", "其他需要报告事项",
                "其它需要报告的事项",
            ], ["其他事项", "其它事项"]
        ),
    ]

    /// Words that a heading of a section holds, one of each group, when its wording is its own.
    private static let keyWords: [(section: Int, groups: [WordList])] = [
        (6, [["其他", "其它"], ["报告", "说明"], ["事项", "情况", "问题"]]),
        (
            5,
            [
                ["问题", "不足", "困难", "薄弱", "短板"],
                [
                    "改进", "整改", "措施", "打算", "对策", "建议", "下一步", "努力", "计划", "安排", "思路", "重点",
                    "设想", "方向", "展望", "举措", "完善",
                ],
            ]
        ),
        (4, [["复议"], ["诉讼"]]),
        (3, [["申请"], ["收到", "处理", "办理", "依申请"], ["情况"]]),
        (2, [["主动公开"], ["情况"]]),
        (1, [["总体", "概况", "概述"]]),
    ]

    /// The official heading that a numbered line is by the words it holds.
    static func match(byKeyWords folded: [Unicode.Scalar]) -> Match? {
        guard (4...32).contains(folded.count) else { return nil }
        let entry = keyWords.first { $0.groups.allSatisfy { folded.holds(anyOf: $0) } }
        return entry.map { Match(section: $0.section, length: folded.count, isComplete: false) }
    }

    private static let table: [(words: [Unicode.Scalar], section: Int, isStrong: Bool)] =
        wordings.flatMap { entry in
            entry.strong.map { (Array($0.unicodeScalars), entry.section, true) }
                + entry.weak.map { (Array($0.unicodeScalars), entry.section, false) }
        }.sorted { $0.words.count > $1.words.count }

    /// Whether the words of a line behind its mark, which is none of a section, may be those of an
    /// official heading, told quickly by the first of them; true when in doubt.
    static func mayOpen(_ line: String, behind mark: ItemMark?) -> Bool {
        let words = line.unicodeScalars.dropFirst(mark?.length ?? 0)
        guard let first = words.first else { return true }
        // 第一部分, and 一 whose mark was lost.
        if mark == nil, first == "第" || first.isNumeral { return true }
        guard let folded = TextFolding().folded(first), folded.isHan else { return true }
        return firsts.contains(folded)
    }

    /// The first characters of the words.
    private static let firsts = Array(
        Set(table.compactMap(\.words.first) + prefixes.compactMap(\.first)))

    /// The official heading that a folded line begins with.
    static func match(
        _ folded: [Unicode.Scalar], isParenthesised: Bool, hasMark: Bool
    ) -> Match? {
        if let match = match(folded, behind: 0, isParenthesised, hasMark) { return match }
        for prefix in prefixes where folded.matches(prefix, at: 0) {
            if let match = match(folded, behind: prefix.count, isParenthesised, hasMark) {
                return match
            }
        }
        return nil
    }

    /// The same of a line without so many characters at its start.
    private static func match(
        _ folded: [Unicode.Scalar], behind skip: Int, _ isParenthesised: Bool, _ hasMark: Bool
    ) -> Match? {
        for entry in table where folded.matches(entry.words, at: skip) {
            let length = skip + entry.words.count
            let isWhole = length == folded.count
            if isParenthesised && !(entry.isStrong && (entry.section > 1 || isWhole)) {
                continue
            }
            if !entry.isStrong && !(hasMark && isWhole) { continue }
            if !hasMark && !isWhole { continue }
            return Match(section: entry.section, length: length, isComplete: entry.isStrong)
        }
        return nil
    }
}

extension String {
    /// The text without the signs that decorate a heading in Markdown and on web pages.
    var trimmingHeadingSigns: String {
        func isSign(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "#", "*", " ", "\u{3000}", "■", "●", "◆", "★", "☆", "▲", "※", "►", "▶", "◇": true
            default: false
            }
        }
        guard !hasPlainEnds, let first = firstScalar, let last = lastScalar,
            isSign(first) || isSign(last)
        else { return self }
        var scalars = unicodeScalars[...]
        while let first = scalars.first, isSign(first) { scalars.removeFirst() }
        while let last = scalars.last, isSign(last) { scalars.removeLast() }
        return String(Substring(scalars))
    }
}
