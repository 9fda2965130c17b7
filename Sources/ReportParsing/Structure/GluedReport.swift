import ChineseText
import ReportModel

/// A report, or most of one, without ends of lines and without spaces round its headings, as
/// programs store pages that they read.
struct GluedReport {
    /// The lines that the text is made of.
    private(set) var lines: [SourceLine] = []
    /// What could not be told apart.
    private(set) var findings: [Finding] = []

    private let number: Int
    private let wording: FormWording

    private struct Heading {
        let section: Int
        let range: Range<Int>
    }

    /// So many headings show that a line is a report; one does at the end of a sentence.
    private static let fewestHeadings = 2
    /// Between two headings stands text; with less they are a list.
    private static let shortestText = 4
    /// The most characters of a heading, its mark included.
    private static let longestHeading = 44
    private static let mostHeadings = 100

    /// Parts a line; nil when it is no such report.
    ///
    /// - Parameter isSecond: whether the line is what stands behind another report.
    init?(
        _ line: SourceLine, wording: FormWording, gazetteer: Gazetteer, isSecond: Bool = false
    ) {
        // Radicals are told from ideographs in the repaired text alone, nor are readings its own.
        let printed = line.signs.contains(.variant) ? line.text : line.raw
        var text =
            (line.signs.contains(.reading) ? Pinyin.removed(from: printed) : printed).scalars()
        var headings = Self.headings(in: text, wording: wording, isParenthesised: false)
        if headings.count < Self.fewestHeadings {
            let others = Self.headings(in: text, wording: wording, isParenthesised: true)
            if others.count >= Self.fewestParenthesised { headings = others }
        }
        let isReport =
            headings.count >= Self.fewestHeadings
            || headings.first.map {
                $0.section == 1
                    && (Self.endsSentence(text, before: $0.range.lowerBound)
                        || Self.endsTitle(text, before: $0.range.lowerBound))
            } == true
        guard isReport, let first = headings.first else { return nil }
        number = line.number
        self.wording = wording
        var rest: [Unicode.Scalar] = []
        if !isSecond, let start = Self.secondReport(in: text, after: headings, wording: wording) {
            rest = Array(text[start...])
            text.removeSubrange(start...)
        }
        if first.range.lowerBound > 0 {
            let head = String(scalars: text[..<first.range.lowerBound])
            let parts = HeadLine.parts(of: head, wording: wording, gazetteer: gazetteer)
            for part in parts ?? [head] { add(part) }
        }
        addSections(headings, of: text, gazetteer: gazetteer)
        if !rest.isEmpty {
            let other = SourceLine(number: number, raw: String(scalars: rest))
            lines +=
                GluedReport(other, wording: wording, gazetteer: gazetteer, isSecond: true)?.lines
                ?? [other]
        }
    }

    private mutating func addSections(
        _ headings: [Heading], of text: [Unicode.Scalar], gazetteer: Gazetteer
    ) {
        for (index, heading) in headings.enumerated() {
            add(String(scalars: text[heading.range]))
            let end = index + 1 < headings.count ? headings[index + 1].range.lowerBound : text.count
            let extras = GluedExtras(
                in: Array(text[heading.range.upperBound..<end]),
                after: text[heading.range.lowerBound].chineseDigit ?? 0,
                matters: (2...4).contains(heading.section) ? SectionHeadings.oldMatters : nil,
                wording: wording)
            let content = Array(extras.own)
            if (2...4).contains(heading.section), content.contains(where: \.isDigit) {
                addRows(content, section: heading.section)
            } else if heading.section == 1,
                let parts = HeadLine.parts(
                    of: String(scalars: content), wording: wording, gazetteer: gazetteer)
            {
                // The title may stand after the first heading.
                add(parts[0])
                addText(parts.dropFirst().joined().scalars())
            } else {
                addText(content)
            }
            for section in extras.sections {
                add(section.heading)
                addText(Array(section.text))
            }
        }
    }

    private mutating func add(_ raw: String) {
        let line = SourceLine(number: number, raw: raw)
        if !line.isBlank { lines.append(line) }
    }

    private mutating func addRows(_ content: [Unicode.Scalar], section: Int) {
        let glued = GluedRows(of: content, section: section, wording: wording)
        for row in glued.rows { add(row) }
        for label in glued.unparted {
            findings.append(
                Finding(
                    code: "digits_glued", line: number,
                    message:
                        "the digits after \(label) stand together; the sums of the form do not "
                        + "tell which numbers they are"))
        }
    }

    // MARK: Headings

    /// So many headings show it that have the mark of parts of sections.
    private static let fewestParenthesised = 3
    /// The section from which on a report may be over.
    private static let lastSections = 4

    /// Where another report begins behind the sections of the first one, with its title; nil when
    /// none does.
    private static func secondReport(
        in text: [Unicode.Scalar], after headings: [Heading], wording: FormWording
    ) -> Int? {
        guard let last = headings.last, last.section >= lastSections else { return nil }
        let indices = text.indices[last.range.upperBound...]
            .filter { text[$0] == "一" && endsTitle(text, before: $0) }
        let first = indices.prefix(mostHeadings).first {
            heading(in: text, at: $0, wording: wording)?.section == 1
        }
        guard let first else { return nil }
        return text[last.range.upperBound..<first].lastIndex(of: "。").map { $0 + 1 }
    }

    private static func headings(
        in text: [Unicode.Scalar], wording: FormWording, isParenthesised: Bool
    ) -> [Heading] {
        var found: [Heading] = []
        for index in text.indices where text[index].chineseDigit != nil {
            guard index >= found.last?.range.upperBound ?? 0,
                let heading = isParenthesised
                    ? parenthesisedHeading(in: text, at: index, wording: wording)
                    : heading(in: text, at: index, wording: wording)
            else { continue }
            found.append(heading)
            if found.count == mostHeadings { break }
        }
        // A list of the headings is none of them.
        let starts = found.map(\.range.lowerBound)
        let real = found.enumerated().filter { index, heading in
            let next = index + 1 < starts.count ? starts[index + 1] : text.count
            let between = text[heading.range.upperBound..<next].count { $0.isHan || $0.isDigit }
            return between >= (index + 1 < starts.count ? shortestText : 1)
        }.map(\.element)
        var last = 0
        return real.filter { heading in
            guard heading.section > last else { return false }
            last = heading.section
            return true
        }
    }

    /// The official heading with the mark of a part, （二）主动公开政府信息情况, whose numeral stands at
    /// an index.
    private static func parenthesisedHeading(
        in text: [Unicode.Scalar], at index: Int, wording: FormWording
    ) -> Heading? {
        guard index > 0, index + 2 < text.count, "（(".unicodeScalars.contains(text[index - 1]),
            "）)".unicodeScalars.contains(text[index + 1])
        else { return nil }
        let words = text[(index + 2)...].prefix(longestHeading).prefix { !$0.isSpace }
        let match = SectionWords.match(
            wording.aligned(Array(words)), isParenthesised: false, hasMark: true)
        guard let match, match.isComplete else { return nil }
        // A part of section 1 is named so too.
        let isOwn =
            match.section > 1 || index == 1 || endsSentence(text, before: index - 1)
            || endsTitle(text, before: index - 1)
        return isOwn
            ? Heading(section: match.section, range: (index - 1)..<(index + 2 + match.length)) : nil
    }

    /// Whether the official heading of a section stands at an index, behind a sentence.
    static func opensSection(
        in text: [Unicode.Scalar], at index: Int, wording: FormWording
    ) -> Bool {
        text[index].chineseDigit != nil && endsSentence(text, before: index)
            && heading(in: text, at: index, wording: wording) != nil
    }

    private static func heading(
        in text: [Unicode.Scalar], at index: Int, wording: FormWording
    ) -> Heading? {
        guard index + 1 < text.count, "、.．".unicodeScalars.contains(text[index + 1]) else {
            return nil
        }
        if index > 0,
            text[index - 1].chineseDigit != nil || "“《（(".unicodeScalars.contains(text[index - 1])
        {
            return nil
        }
        var start = index + 2
        while start < text.count, text[start].isSpace { start += 1 }
        let words = text[start...].prefix(longestHeading).prefix { !$0.isSpace }
        let folded = wording.aligned(Array(words))
        let match = SectionWords.match(folded, isParenthesised: false, hasMark: true)
        if let match, match.isComplete {
            return Heading(section: match.section, range: index..<(start + match.length))
        }
        // 一、概述 stands at the beginning, or after the end of a sentence.
        if text[index] == "一",
            index == 0 || endsSentence(text, before: index)
                || endsTitle(text, before: index),
            let word = overviews.first(where: { folded.starts(with: $0) })
        {
            return Heading(section: 1, range: index..<(start + word.count))
        }
        // 存在的主要问题及明年工作计划
        guard let problem = folded.prefix(longestProblem).matches(of: problems).first,
            let end = folded[problem.upperBound...].prefix(longestRemedy).matches(of: remedies)
                .first,
            !folded[..<end.upperBound].contains(where: { ",。;:".unicodeScalars.contains($0) })
        else { return nil }
        return Heading(section: 5, range: index..<(start + end.upperBound))
    }

    private static let overviews = ["工作概述", "概述", "基本情况"].map { $0.scalars() }
    private static let titleEnds = ["报告", "年报", "報告", "年報"].map { $0.scalars() }

    private static func endsTitle(_ text: [Unicode.Scalar], before index: Int) -> Bool {
        var head = text[..<index]
        while head.last?.isSpace == true { head.removeLast() }
        return titleEnds.contains { head.ends(with: $0) }
    }

    private static let problems: WordList = ["问题", "不足"]
    private static let remedies: WordList = ["情况", "措施", "计划", "打算", "安排", "思路", "举措", "方向", "重点"]
    private static let longestProblem = 18
    private static let longestRemedy = 16

    private static func endsSentence(_ text: [Unicode.Scalar], before index: Int) -> Bool {
        let last = text[..<index].last { !$0.isSpace }
        return last == "。" || last == "；" || last == "："
    }

    // MARK: Text

    /// Text cut before each （一）, （二） and so on in turn, and after the name of a part.
    private mutating func addText(_ content: [Unicode.Scalar]) {
        // Names are known in either script.
        let folded = wording.aligned(content)
        let starts = Self.marks(in: folded)
        // A name alone heads its part where others do.
        let named = starts.count {
            Self.nameEnd(in: folded, after: $0.upperBound, needsEnd: false) != nil
        }
        addPart(content[..<(starts.first?.lowerBound ?? content.count)], mark: nil, needsEnd: true)
        for (index, mark) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1].lowerBound : content.count
            addPart(content[mark.lowerBound..<end], mark: mark, needsEnd: named < 2)
        }
    }

    /// The marks of one kind that stand at the ends of sentences and count from one.
    private static func marks(in content: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var kind: ItemMark.Kind?
        var last = 0
        for index in content.indices {
            let isStart =
                index == 0 || content[index - 1].isSpace || endsSentence(content, before: index)
            guard isStart else { continue }
            if "•●◆■".unicodeScalars.contains(content[index]) {
                if nameEnd(in: content, after: index + 1, needsEnd: false) != nil {
                    found.append(index..<(index + 1))
                }
                continue
            }
            let opening = Array(content[index...].prefix(ItemMark.longest))
            guard let mark = ItemMark(opening: opening), kind == nil || mark.kind == kind,
                mark.kind == .parenthesised || mark.kind == .arabic
            else { continue }
            let end = index + mark.length
            // Numbers are skipped before a heading, and items count from one.
            let isNamed = nameEnd(in: content, after: end, needsEnd: false) != nil
            guard isNamed ? mark.number > last : mark.number == last + 1,
                mark.kind == .parenthesised || isNamed
            else { continue }
            kind = mark.kind
            last = mark.number
            found.append(index..<end)
        }
        return found
    }

    /// Where the name of a part ends that stands after a mark; nil when none does.
    private static func nameEnd(
        in content: [Unicode.Scalar], after start: Int, needsEnd: Bool
    ) -> Int? {
        var start = start
        while start < content.count, content[start].isSpace { start += 1 }
        let rest = content[start...].prefix(24)
        guard let name = PartNames.all.first(in: rest, from: start), name.lowerBound == start else {
            return nil
        }
        let after = content[name.upperBound...]
        if let ending = PartNames.ends.first(where: { after.starts(with: $0) }) {
            return name.upperBound + ending.count
        }
        return needsEnd ? nil : name.upperBound
    }

    private mutating func addPart(
        _ part: ArraySlice<Unicode.Scalar>, mark: Range<Int>?, needsEnd: Bool
    ) {
        let text = Array(part)
        guard let mark,
            let end = Self.nameEnd(
                in: wording.aligned(text), after: mark.count, needsEnd: needsEnd)
        else {
            add(String(scalars: text))
            return
        }
        add(String(scalars: text[..<end]))
        add(String(scalars: text[end...].drop { "：:。，, ".unicodeScalars.contains($0) }))
    }
}

/// A title that the text of the report follows on its line.
enum HeadLine {
    /// A title is never longer than this, in characters.
    private static let longest = 90
    /// A text is at least this long.
    private static let shortestText = 12

    /// The title and the text after it; nil when a line does not begin so.
    static func parts(of raw: String, wording: FormWording, gazetteer: Gazetteer) -> [String]? {
        let text = raw.scalars(limit: longest)
        guard text.count >= shortestText else { return nil }
        for index in text.indices {
            switch text[index] {
            case "，", "。", "；", "：", "！", "？": return nil
            case "告", "报": break
            default: continue
            }
            let title = String(scalars: text[...index])
            guard let tail = TitleTail(of: TextRepair.repaired(title).titlePiece, wording: wording),
                isTitle(TextRepair.repaired(title).titlePiece, tail, wording, gazetteer)
            else { continue }
            var rest = raw.scalars()[(index + 1)...]
            // A page may print its title twice.
            while rest.starts(with: text[...index]) { rest = rest.dropFirst(index + 1) }
            guard rest.count >= shortestText, let next = rest.first,
                !"，。；：、）》）)的已如于由".unicodeScalars.contains(next)
            else { return nil }
            return [title, String(scalars: rest)]
        }
        return nil
    }

    private static func isTitle(
        _ title: String, _ tail: TitleTail, _ wording: FormWording, _ gazetteer: Gazetteer
    ) -> Bool {
        let head = wording.aligned(title.scalars())
        let name = Title.nameAndYear(Array(head[..<min(tail.start, head.count)]))
        let words = String(scalars: head[name.name])
        return AgencyName.isLikely(words) || gazetteer.isPlace(words)
    }
}
