import ChineseText

/// The sections outside the official six in a text without ends of lines: 七、下一步工作打算…, and
/// 四、收费及减免情况… of reports before 2019.
///
/// Their numbers go on from that of the official heading before them, each stands behind a
/// sentence, and its words end as headings do; a number whose heading has no end is text.
struct GluedExtras {
    /// The text before the first of them.
    private(set) var own: ArraySlice<Unicode.Scalar>
    private(set) var sections: [(heading: String, text: ArraySlice<Unicode.Scalar>)] = []

    /// The most characters of such a heading, its mark aside.
    private static let longest = 20
    private static let shortest = 4
    private static let most = 10
    private static let ends = [
        "情况", "打算", "计划", "安排", "思路", "措施", "附件", "附表", "说明", "意见", "建议", "事项", "工作", "问题",
        "不足", "重点", "目标", "举措",
    ].map { $0.scalars() }
    /// What stands alone.
    private static let whole = ["附件", "附表", "附录"].map { $0.scalars() }

    /// - Parameters:
    ///   - content: the text behind an official heading.
    ///   - number: the number of that heading.
    ///   - matters: words of which a heading must hold one; nil for any heading.
    init(
        in content: [Unicode.Scalar], after number: Int, matters: WordList?, wording: FormWording
    ) {
        own = content[...]
        let folded = wording.aligned(content)
        var number = number
        for index in content.indices.dropFirst()
        where content[index].chineseDigit == number + 1 && sections.count < Self.most {
            guard index + 1 < content.count, "、.．".unicodeScalars.contains(content[index + 1]),
                let last = content[..<index].last(where: { !$0.isSpace }),
                "。；：".unicodeScalars.contains(last),
                let end = Self.end(in: folded, after: index + 2),
                matters.map({ folded[(index + 2)..<end].holds(anyOf: $0) }) ?? true
            else { continue }
            if let open = sections.indices.last {
                sections[open].text = sections[open].text[..<index]
            } else {
                own = content[..<index]
            }
            sections.append((String(scalars: content[index..<end]), content[end...]))
            number += 1
        }
    }

    /// Where a heading ends that begins at an index; nil when nothing tells.
    private static func end(in text: [Unicode.Scalar], after start: Int) -> Int? {
        let words = text[start...].prefix { $0.isHan || $0.isDigit }.prefix(longest)
        if let word = whole.first(where: { words.starts(with: $0) }) { return start + word.count }
        var end: Int?
        for index in words.indices where index >= start + shortest - 2 {
            // 工作打算: the last word of a run of them.
            if let found = end, index > found { break }
            if let word = ends.first(where: { words[index...].starts(with: $0) }) {
                end = max(end ?? 0, index + word.count)
            }
        }
        return end
    }
}
