import ChineseText

/// How the headings inside a section are marked.
enum SubsectionMarks: Hashable {
    /// （一）, as the form has it, and 一、.
    case chinese
    /// 1. 1、 1． ① (1), told apart by the sign that shows which.
    case arabic(Unicode.Scalar)
    /// • and the like, which are left of numbers that were lost.
    case bullet
    /// 第一， 1.1 [1] Ⅰ. A. and 1 before a space, told apart by a sign of each.
    case other(Character)
    /// Nothing: the name of a part alone on its line.
    case bare

    /// The marks of a section's headings, told from its lines.
    ///
    /// 1. and • mark items of lists too. They mark headings where the section has no （一）, and
    /// nearly all that they mark are short lines with text after each.
    init(of lines: some Collection<SourceLine>) {
        self = .chinese
        var counts: [SubsectionMarks: (headings: Int, all: Int)] = [:]
        // The kinds in the order in which they come.
        var order: [SubsectionMarks] = []
        var open: SubsectionMarks?
        for line in lines where !line.isBlank {
            if let last = open {
                // A heading without a text of its own is an item.
                if Self.plain(line.text) != last { counts[last]?.headings += 1 }
                open = nil
            }
            if SubsectionHeading(line.text, printed: line.raw, marks: .chinese) != nil { return }
            guard let marks = Self.plain(line.text), let mark = marks.length(in: line.text) else {
                continue
            }
            if counts[marks] == nil { order.append(marks) }
            counts[marks, default: (0, 0)].all += 1
            let body = line.text.scalars(limit: mark + Self.longest).dropFirst(mark)
            guard let length = SubsectionHeading.plainLength(of: Array(body)) else { continue }
            if length == body.count { open = marks } else { counts[marks]?.headings += 1 }
        }
        let found = order.first { marks in
            guard let count = counts[marks] else { return false }
            let fewest = marks.isCommon ? 1 : Self.fewestOthers
            return count.headings * 4 >= count.all * 3 && count.headings >= fewest
        }
        self = found ?? .chinese
    }

    /// So many headings show a mark that is hardly one, or a name without a mark.
    private static let fewestOthers = 2

    /// Whether headings are often marked so.
    private var isCommon: Bool {
        switch self {
        case .chinese, .arabic, .bullet: true
        case .other, .bare: false
        }
    }

    /// The kind of a mark other than （一） that a text begins with; nil when none does.
    private static func plain(_ text: String) -> SubsectionMarks? {
        guard let first = text.firstScalar else { return nil }
        if isBullet(first) || dashLength(text) != nil { return .bullet }
        if let other = OtherMark(text) { return .other(other.sign) }
        guard let mark = ItemMark(text), mark.kind == .arabic else {
            return PartNames.isName(text) ? .bare : nil
        }
        if mark.length == 1 { return .arabic("①") }
        let sign = text.unicodeScalars.dropFirst(mark.length - 1).first
        return sign.map { .arabic($0 == ")" ? "）" : $0) }
    }

    /// The scalars of a line that are enough to tell a heading.
    private static let longest = 40

    /// The number of scalars of the mark of this kind that a text begins with; nil when none does.
    func length(in text: String) -> Int? {
        switch self {
        case .chinese: return nil
        case .arabic:
            guard Self.plain(text) == self, let mark = ItemMark(text) else { return nil }
            return mark.length + spaces(in: text, after: mark.length)
        case .bullet:
            if let dash = Self.dashLength(text) { return dash }
            guard let first = text.firstScalar, Self.isBullet(first) else {
                return nil
            }
            return 1 + spaces(in: text, after: 1)
        case .other(let sign):
            guard let mark = OtherMark(text), mark.sign == sign else { return nil }
            return mark.length
        case .bare: return PartNames.isName(text) ? 0 : nil
        }
    }

    /// The length of a dash that marks an item and the spaces after it; nil when a text begins with
    /// none.
    private static func dashLength(_ text: String) -> Int? {
        guard let first = text.firstScalar, "-－–—*".unicodeScalars.contains(first) else {
            return nil
        }
        let rest = text.unicodeScalars.dropFirst()
        let spaces = rest.prefix { $0 == " " }.count
        return rest.dropFirst(spaces).first?.isHan == true ? 1 + spaces : nil
    }

    private func spaces(in text: String, after count: Int) -> Int {
        text.unicodeScalars.dropFirst(count).prefix { $0 == " " }.count
    }

    /// Whether a character is one of those that mark items instead of a number.
    static func isBullet(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "•", "●", "◆", "■", "·", "▪", "➢", "○", "◇", "□", "★", "▲", "\u{F06C}", "\u{F0D8}",
            "\u{F077}":
            true
        default: false
        }
    }
}

/// A heading inside a section: （一）主动公开情况 on a line of its own, or run in before its text as
/// （一）主动公开：… or (二) 依申请公开方面 ….
struct SubsectionHeading {
    /// The heading in full-width brackets, without spaces and without the colon after it.
    let title: String
    /// The text that follows on the same line; empty when none.
    let rest: String

    /// Whether its words are those of a heading rather than of an item: 主动公开情况, 下一步打算.
    var namesMatter: Bool {
        let scalars = title.scalars()
        return Self.nouns.contains { scalars.ends(with: $0) }
    }

    /// The most characters a run-in heading holds, its mark aside.
    private static let longestRunIn = 24
    /// The most characters a heading on a line of its own holds, its mark aside.
    private static let longestAlone = 30
    /// Whether a character ends a heading, or shows that there is none.
    private static func isStop(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "：", ":", "。", "，", "；", ",", ";", "！", "？": true
        default: false
        }
    }

    /// - Parameters:
    ///   - text: the repaired paragraph.
    ///   - printed: its first line as the file prints it, where a space may end the heading.
    ///   - marks: how the headings of the section are marked.
    init?(_ text: String, printed: String, marks: SubsectionMarks) {
        let start: [Unicode.Scalar]
        let length: Int
        let heading: [Unicode.Scalar]
        switch marks {
        case .chinese:
            guard let mark = ItemMark(text), mark.kind == .parenthesised || mark.kind == .chinese
            else { return nil }
            start = text.scalars(limit: mark.length + Self.longestAlone + 1)
            let body = Array(start.dropFirst(mark.length))
            guard let own = Self.length(of: body, mark: mark, printed: printed) else { return nil }
            length = mark.length + own
            heading = Self.chineseMark(start.prefix(mark.length), mark: mark) + body[..<own]
        case .arabic, .bullet, .other, .bare:
            guard let mark = marks.length(in: text) else { return nil }
            start = text.scalars(limit: mark + Self.longestAlone + 1)
            let body = Array(start.dropFirst(mark))
            guard let own = Self.plainLength(of: body) else { return nil }
            length = mark + own
            heading = start.prefix(mark).filter { $0 != " " } + body[..<own]
        }
        title = String(scalars: heading)
        rest = Self.rest(of: text, behind: start[..<length])
    }

    /// The text behind its beginning, without the signs and spaces between them.
    private static func rest(
        of text: String, behind beginning: ArraySlice<Unicode.Scalar>
    ) -> String {
        let utf8 = text.utf8.span
        var start = beginning.reduce(0) { $0 + UTF8.width($1) }
        signs: while start < utf8.count {
            switch utf8[start] {
            case 0x20, UInt8(ascii: ":"): start += 1
            // ：
            case 0xEF where utf8[start + 1] == 0xBC && utf8[start + 2] == 0x9A: start += 3
            // 。
            case 0xE3 where utf8[start + 1] == 0x80 && utf8[start + 2] == 0x82: start += 3
            default: break signs
            }
        }
        return text.part(start..<utf8.count)
    }

    /// The number of a heading's characters after a mark such as （一）; nil when none follows.
    private static func length(
        of body: [Unicode.Scalar], mark: ItemMark, printed: String
    ) -> Int? {
        let end = body.firstIndex(where: isStop) ?? body.count
        let isRunIn = mark.kind == .parenthesised && end <= longestRunIn
        let length: Int
        if end == body.count, body.count <= longestAlone, body.last != "、" {
            length = end
        } else if isRunIn, end < body.count, body[end] == "：" || body[end] == ":" {
            length = end
        } else if isRunIn, end < body.count, body[end] == "。",
            nouns.contains(where: { body[..<end].ends(with: $0) })
        {
            length = end
        } else if mark.kind == .parenthesised, let space = space(in: printed, mark: mark),
            space <= min(end, longestRunIn)
        {
            length = space
        } else if isRunIn, end < body.count, body[end] == "。" {
            length = end
        } else {
            return nil
        }
        return length > 0 ? length : nil
    }

    /// The same after a mark that items of a list have too.
    ///
    /// It is a heading alone on its line, or one run in that ends as headings do.
    static func plainLength(of body: [Unicode.Scalar]) -> Int? {
        let end = body.firstIndex(where: isStop) ?? body.count
        guard end >= 2 else { return nil }
        if end == body.count {
            return body.count <= longestAlone && body.last != "、" ? end : nil
        }
        guard end <= longestPlain, body[end] == "：" || body[end] == ":" || body[end] == "。",
            nouns.contains(where: { body[..<end].ends(with: $0) })
        else { return nil }
        return end
    }

    /// What a space parted from a heading has no more characters.
    private static let longestRest = 6
    /// The most characters of a heading that runs in after such a mark.
    private static let longestPlain = 16
    /// What a heading ends in that names a matter.
    private static let nouns = [
        "情况", "方面", "工作", "建设", "管理", "公开", "保障", "监督", "问题", "措施", "不足", "机制", "制度", "平台", "领导",
        "培训", "解读", "回应", "计划", "打算", "渠道", "体系", "责任", "目录",
    ].map { $0.scalars() }

    /// Words that only end a heading: 监督保障 方面.
    private static let lastWords = ["情况", "方面", "工作", "工作情况"].map { $0.scalars() }

    /// The mark in one form: (一) and ㈠ as （一）.
    private static func chineseMark(
        _ printed: ArraySlice<Unicode.Scalar>, mark: ItemMark
    ) -> [Unicode.Scalar] {
        var printed = Array(printed)
        if let first = printed.first, first.value >= 0x3220, first.value <= 0x3229 {
            printed = ["（", Array("一二三四五六七八九十".unicodeScalars)[mark.number - 1], "）"]
        }
        return printed.map { $0 == "(" ? "（" : $0 == ")" ? "）" : $0 }
    }

    /// The number of heading characters before the space that ends the heading in the printed
    /// line; nil when no space does.
    private static func space(in printed: String, mark: ItemMark) -> Int? {
        let words = Array(Pinyin.removed(from: printed).spacedWords.prefix(3))
        guard words.count >= 2 else { return nil }
        let opening = TextRepair.repaired(words[0])
        guard let first = ItemMark(opening) else { return nil }
        let own = opening.unicodeScalars.count
        // (二) 依申请公开方面 全年…: the mark is a word of its own.
        if own > first.length {
            // （三）政府信 息管理 全年…: a space parted the heading itself.
            let next = TextRepair.repaired(words[1]).scalars()
            let body = opening.scalars().dropFirst(first.length) + next
            let isParted =
                next.count <= longestRest && words.count >= 3
                && (lastWords.contains(next)
                    || !nouns.contains { opening.scalars().ends(with: $0) })
                && nouns.contains { Array(body).ends(with: $0) }
            return isParted ? body.count : own - first.length
        }
        guard words.count >= 3 else { return nil }
        return TextRepair.repaired(words[1]).unicodeScalars.count
    }
}
