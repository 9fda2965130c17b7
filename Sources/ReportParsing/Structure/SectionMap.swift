import ChineseText

/// Which official section each line of a report belongs to.
///
/// Headings decide. Where the heading of a table is missing, the words that only that table prints
/// open its section; where the first heading is missing, the text before the tables is section 1.
struct SectionMap {
    /// The headings in file order.
    let headings: [SectionHeadings.Heading]
    /// The lines of a table of contents before the first heading.
    let contents: Set<Int>
    /// The line of the first heading, or the number of lines when there is none.
    let firstHeading: Int
    /// The number of different official sections that were found.
    let officialCount: Int

    private let sections: [Int]
    /// Of each line whether it is a heading.
    private let areHeadings: [Bool]

    /// Words that only the table of a section prints, Chinese characters only.
    private static let tableMarks: [(section: Int, words: WordList)] = [
        (2, ["第二十条第一项", "本年制发件数", "本年新制作数量"]),
        (3, ["本列数据的勾稽关系", "本年新收政府信息公开申请数量"]),
        (4, ["行政复议行政诉讼", "未经复议直接起诉", "结果维持结果纠正"]),
    ]

    /// Words of the fourth table that alone on a short line open it.
    private static let disputeWords: WordList = ["结果维持", "结果纠正", "尚未审结", "复议后起诉", "直接起诉"]
    /// A line that holds cells rather than a sentence has no more Chinese characters.
    private static let longestCell = 12

    init(of lines: [SourceLine], wording: FormWording) {
        let found = SectionHeadings(in: lines, wording: wording)
        headings = found.headings
        contents = found.contents
        var areHeadings = [Bool](repeating: false, count: lines.count)
        for heading in headings { areHeadings[heading.line] = true }
        self.areHeadings = areHeadings
        firstHeading = headings.first?.line ?? lines.count
        var starts = headings.map { (line: $0.line, section: $0.section) }
        for (section, marks) in Self.tableMarks
        where !headings.contains(where: { $0.section == section }) {
            let first = starts.last { $0.section < section }?.line ?? 0
            let last = starts.first { (section + 1...6).contains($0.section) }?.line ?? lines.count
            guard first < last else { continue }
            let known = self.areHeadings
            let found = (first..<last).first { index in
                guard !lines[index].isBlank, !known[index] else { return false }
                let words = wording.words(of: lines[index].raw)
                return words.holds(anyOf: marks)
                    || section == 4 && words.count <= Self.longestCell
                        && words.holds(anyOf: Self.disputeWords)
            }
            guard let found else { continue }
            starts.append((found, section))
            starts.sort { $0.line < $1.line }
        }
        starts += Self.appended(lines, headings: headings, wording: wording)
        officialCount = Set(starts.map(\.section).filter { $0 <= 6 }).count
        let opening = starts.isEmpty || starts.contains { $0.section == 1 } ? 0 : 1
        var sections: [Int] = []
        var next = starts[...]
        var section = opening
        for index in lines.indices {
            if let start = next.first, start.line == index {
                section = start.section
                next.removeFirst()
            }
            sections.append(section)
        }
        self.sections = sections
    }

    /// A line that opens a table behind the text is no longer, in characters.
    private static let longestOpening = 60

    /// Where tables begin that stand behind the last section, as those of an annex do, of sections
    /// that have a heading and no such table below it.
    private static func appended(
        _ lines: [SourceLine], headings: [SectionHeadings.Heading], wording: FormWording
    ) -> [(line: Int, section: Int)] {
        guard let last = headings.last, last.section >= 5 else { return [] }
        var found: [(line: Int, section: Int)] = []
        for (section, marks) in tableMarks {
            guard let own = headings.firstIndex(where: { $0.section == section }),
                own + 1 < headings.count
            else { continue }
            func opens(_ index: Int) -> Bool {
                lines[index].length <= longestOpening
                    && !Punctuation.endsSentence(lines[index].text)
                    && wording.words(of: lines[index].raw).holds(anyOf: marks)
            }
            let start = found.last?.line ?? last.line
            guard !(headings[own].line..<headings[own + 1].line).contains(where: opens),
                let index = lines.indices.dropFirst(start + 1).first(where: opens)
            else { continue }
            found.append((index, section))
        }
        return found
    }

    /// The section of a line.
    func section(ofLine index: Int) -> Int { sections[index] }

    /// Whether a line is a heading.
    func isHeading(_ index: Int) -> Bool { areHeadings[index] }

    /// Whether a section has a heading.
    func hasHeading(_ section: Int) -> Bool { headings.contains { $0.section == section } }
}
