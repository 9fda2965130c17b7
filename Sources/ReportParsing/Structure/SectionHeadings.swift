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

    /// What a heading's words never hold.
    private static let ends: Set<Unicode.Scalar> = ["。", "：", ":", ",", "，", "；", ";"]
    /// The most official headings that are looked at, repeated ones included.
    private static let mostHeadings = 100
    /// Characters of which every official heading holds one, as printed in either script.
    private static let marks: Set<Unicode.Scalar> = ["情", "概", "问", "問", "事"]
    /// The most characters that a heading holds.
    private static let longest = 40

    init(in lines: [SourceLine], wording: FormWording) {
        let official = Self.official(in: lines, wording: wording)
        headings = Self.withExtraSections(official, in: lines)
    }

    // MARK: Official headings

    private static func official(in lines: [SourceLine], wording: FormWording) -> [Heading] {
        var found: [Heading] = []
        for (index, line) in lines.enumerated() where !line.isBlank {
            guard let heading = officialHeading(line, at: index, wording: wording) else { continue }
            found.append(heading)
            // No report has so many; what comes after is compared with all of them.
            if found.count == mostHeadings { break }
        }
        // A table of contents repeats headings with nothing between them: the later one counts.
        var kept: [Heading] = []
        for (position, heading) in found.enumerated() {
            let again = found[(position + 1)...].first { $0.section == heading.section }
            if let again, isContents(heading, before: again, in: found, lines: lines) { continue }
            if let last = kept.last, heading.section <= last.section { continue }
            kept.append(heading)
        }
        return kept
    }

    private static func isContents(
        _ heading: Heading, before again: Heading, in found: [Heading], lines: [SourceLine]
    ) -> Bool {
        let own = Set(found.map(\.line))
        let next = found.first { $0.line > heading.line }?.line ?? again.line
        return next < again.line
            && !lines[(heading.line + 1)..<next].enumerated().contains { offset, line in
                !line.isBlank && !own.contains(heading.line + 1 + offset)
            }
    }

    private static func officialHeading(
        _ line: SourceLine, at index: Int, wording: FormWording
    ) -> Heading? {
        // Only the beginning can be a heading; a paragraph may follow it on the line.
        let beginning = line.text.unicodeScalars.prefix(2 * longest)
        guard beginning.contains(where: marks.contains) else { return nil }
        let start = String(Substring(beginning)).trimmingHeadingSigns
        let mark = ItemMark(start)
        if mark?.kind == .ordinal || mark?.kind == .arabic { return nil }
        let words = start.unicodeScalars.dropFirst(mark?.length ?? 0)
            .prefix { !ends.contains($0) }
        let folded = wording.scalars(of: String(Substring(words)))
        guard
            let match = SectionWords.match(
                folded, isParenthesised: mark?.kind == .parenthesised, hasMark: mark != nil)
        else { return nil }
        let whole = Array(
            line.text.trimmingHeadingSigns.unicodeScalars.dropFirst(mark?.length ?? 0))
        let matched = min(match.length, whole.count)
        var rest = whole[matched...]
        while let first = rest.first, "。：: ".unicodeScalars.contains(first) { rest.removeFirst() }
        guard rest.isEmpty || (mark != nil && match.isComplete) else { return nil }
        guard matched <= longest else { return nil }
        return Heading(
            line: index, section: match.section,
            title: String(String.UnicodeScalarView(whole[..<matched])),
            number: mark?.number, rest: String(String.UnicodeScalarView(rest)))
    }

    // MARK: Other sections

    private static func withExtraSections(
        _ official: [Heading], in lines: [SourceLine]
    ) -> [Heading] {
        guard !official.isEmpty else { return [] }
        var all: [Heading] = []
        for (position, heading) in official.enumerated() {
            all.append(heading)
            let next = position + 1 < official.count ? official[position + 1] : nil
            let range = (heading.line + 1)..<(next?.line ?? lines.count)
            let numbered = range.compactMap { index -> Heading? in
                guard let mark = ItemMark(lines[index].text), mark.kind == .chinese,
                    isShortHeading(lines[index].text)
                else { return nil }
                let title = String.UnicodeScalarView(
                    lines[index].text.unicodeScalars.dropFirst(mark.length))
                return Heading(
                    line: index, section: 7, title: String(title), number: mark.number, rest: "")
            }
            // Tables 2 to 4 hold rows that are numbered like sections.
            guard !numbered.isEmpty, let first = heading.number, !(2...3).contains(heading.section)
            else { continue }
            let wanted = (1...numbered.count).map { first + $0 }
            guard numbered.map(\.number) == wanted else { continue }
            if let following = next?.number, following != first + numbered.count + 1 { continue }
            all += numbered
        }
        return all
    }

    /// Whether a numbered line is short and holds no sentence.
    static func isShortHeading(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.count <= 30 && !scalars.contains { "。；，！？".unicodeScalars.contains($0) }
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

    private static let prefixes = ["行政机关", "政府信息公开工作", "政府信息公开", "因政府信息公开工作", "因政府信息公开"]
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
            ], []
        ),
    ]

    private static let table: [(words: [Unicode.Scalar], section: Int, isStrong: Bool)] =
        wordings.flatMap { entry in
            entry.strong.map { (Array($0.unicodeScalars), entry.section, true) }
                + entry.weak.map { (Array($0.unicodeScalars), entry.section, false) }
        }.sorted { $0.words.count > $1.words.count }

    /// The official heading that a folded line begins with.
    static func match(
        _ folded: [Unicode.Scalar], isParenthesised: Bool, hasMark: Bool
    ) -> Match? {
        for skip in [0] + prefixes.filter({ folded.starts(with: $0) }).map(\.count) {
            let rest = folded[skip...]
            for entry in table where rest.starts(with: entry.words) {
                let length = skip + entry.words.count
                let isWhole = length == folded.count
                if isParenthesised && !(entry.isStrong && entry.section > 1) { continue }
                if !entry.isStrong && !(hasMark && isWhole) { continue }
                if !hasMark && !isWhole { continue }
                return Match(section: entry.section, length: length, isComplete: entry.isStrong)
            }
        }
        return nil
    }
}

extension String {
    /// The text without the signs that decorate a heading in Markdown and on web pages.
    var trimmingHeadingSigns: String {
        let signs: Set<Unicode.Scalar> = ["#", "*", " ", "\u{3000}", "■", "●", "◆"]
        var scalars = unicodeScalars[...]
        while let first = scalars.first, signs.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, signs.contains(last) { scalars.removeLast() }
        return String(Substring(scalars))
    }
}
