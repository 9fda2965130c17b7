import ChineseText
import ReportModel

/// The narrative of a report as passages: wraps healed, subsections told from text.
struct Paragraphs {
    private(set) var passages: [Passage] = []

    private let wraps: LineWraps
    private let tellsHeadings: Bool
    /// The section of the paragraphs that are added now.
    private(set) var section: Int
    private var subsection: String?
    private var open: [SourceLine] = []

    /// A passage longer than this many scalars is split at the end of a sentence, so that no
    /// document of the index grows without bound (64 KiB of UTF-8 at most).
    private static let longestPassage = 20_000

    /// - Parameter tellsHeadings: whether a heading within a section goes before its passages
    ///   rather than being one.
    init(wraps: LineWraps, tellsHeadings: Bool = true) {
        self.wraps = wraps
        self.tellsHeadings = tellsHeadings
        section = 0
    }

    /// Ends the open paragraph and turns to another section.
    mutating func begin(section: Int) {
        finish()
        self.section = section
        subsection = nil
    }

    /// Ends the open paragraph, as a table or a heading does.
    mutating func finish() {
        guard let first = open.first, let last = open.last else { return }
        // A wrap is a space that repair takes away between Chinese characters.
        let text =
            open.count == 1
            ? first.text : TextRepair.repaired(Pinyin.removed(from: Self.joined(open)))
        open = []
        add(text, printed: first.raw, lines: first.number...last.lastNumber)
    }

    /// Lines as one text; a number that a wrap cut in two is one number.
    private static func joined(_ lines: [SourceLine]) -> String {
        var text = ""
        var last: SourceLine?
        for line in lines {
            if let last {
                let isCut =
                    Punctuation.endsInDigit(last.text) && Punctuation.beginsWithDigit(line.text)
                if !isCut { text += " " }
            }
            text += line.text
            last = line
        }
        return text
    }

    /// Adds the next line of narrative; a blank one does not end a paragraph by itself.
    mutating func add(_ line: SourceLine) {
        guard !line.isBlank else { return }
        if let last = open.last, !wraps.joins(last, line) || isSubsectionLine(last) { finish() }
        open.append(line)
    }

    private func isSubsectionLine(_ line: SourceLine) -> Bool {
        tellsHeadings && open.count == 1
            && SubsectionHeading(line.text, printed: line.raw)?.rest.isEmpty == true
    }

    private mutating func add(_ text: String, printed: String, lines: ClosedRange<Int>) {
        var text = text
        if tellsHeadings, let heading = SubsectionHeading(text, printed: printed) {
            subsection = heading.title
            text = heading.rest
        }
        guard !text.isEmpty else { return }
        for part in Self.parts(of: text) {
            passages.append(
                Passage(section: section, subsection: subsection, text: part, lines: lines))
        }
    }

    /// A text in parts no longer than a passage may be, cut at the ends of sentences.
    private static func parts(of text: String) -> [String] {
        guard text.utf8.count > longestPassage else { return [text] }
        var parts: [String] = []
        var scalars = text.unicodeScalars[...]
        while !scalars.isEmpty {
            var part = scalars.prefix(longestPassage)
            if part.endIndex < scalars.endIndex, let end = part.lastIndex(of: "。") {
                part = scalars[scalars.startIndex...end]
            }
            parts.append(String(Substring(part)))
            scalars = scalars[part.endIndex...]
        }
        return parts
    }
}

/// A heading inside a section: （一）主动公开情况 on a line of its own, or run in before its text as
/// （一）主动公开：… or (二) 依申请公开方面 ….
struct SubsectionHeading {
    /// The heading in full-width brackets, without spaces and without the colon after it.
    let title: String
    /// The text that follows on the same line; empty when none.
    let rest: String

    /// The most characters a run-in heading holds, its mark aside.
    private static let longestRunIn = 24
    /// The most characters a heading on a line of its own holds, its mark aside.
    private static let longestAlone = 30
    /// Whether a character ends a heading, or shows that there is none.
    private static func isStop(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "：", ":", "。", "，", "；", "、", ",", ";", "！", "？": true
        default: false
        }
    }

    /// - Parameters:
    ///   - text: the repaired paragraph.
    ///   - printed: its first line as the file prints it, where a space may end the heading.
    init?(_ text: String, printed: String) {
        guard let mark = ItemMark(text), mark.kind == .parenthesised || mark.kind == .chinese
        else { return nil }
        let start = text.scalars(limit: mark.length + Self.longestAlone + 1)
        let body = Array(start.dropFirst(mark.length))
        let end = body.firstIndex(where: Self.isStop) ?? body.count
        let isRunIn = mark.kind == .parenthesised && end <= Self.longestRunIn
        let length: Int
        if end == body.count, body.count <= Self.longestAlone {
            length = end
        } else if isRunIn, end < body.count, body[end] == "：" || body[end] == ":" {
            length = end
        } else if mark.kind == .parenthesised, let space = Self.space(in: printed, mark: mark),
            space <= min(end, Self.longestRunIn)
        {
            length = space
        } else if isRunIn, end < body.count, body[end] == "。" {
            length = end
        } else {
            return nil
        }
        guard length > 0 else { return nil }
        title = Self.title(start.prefix(mark.length), mark: mark, body: body[..<length])
        let after = text.unicodeScalars.dropFirst(mark.length + length)
        rest = String(Substring(after.drop { $0 == "：" || $0 == ":" || $0 == "。" }))
    }

    /// The mark in one form: (一) and ㈠ as （一）.
    private static func title(
        _ printed: ArraySlice<Unicode.Scalar>, mark: ItemMark, body: ArraySlice<Unicode.Scalar>
    ) -> String {
        var printed = Array(printed)
        if let first = printed.first, first.value >= 0x3220, first.value <= 0x3229 {
            printed = ["（", Array("一二三四五六七八九十".unicodeScalars)[mark.number - 1], "）"]
        }
        let wide = printed.map { $0 == "(" ? "（" : $0 == ")" ? "）" : $0 }
        return String(scalars: wide + body)
    }

    /// The number of heading characters before the space that ends the heading in the printed
    /// line; nil when no space does.
    private static func space(in printed: String, mark: ItemMark) -> Int? {
        let words = Array(printed.spacedWords.prefix(3))
        guard words.count >= 2 else { return nil }
        let opening = TextRepair.repaired(words[0])
        guard let first = ItemMark(opening) else { return nil }
        let own = opening.unicodeScalars.count
        // (二) 依申请公开方面 全年…: the mark is a word of its own.
        if own > first.length { return own - first.length }
        guard words.count >= 3 else { return nil }
        return TextRepair.repaired(words[1]).unicodeScalars.count
    }
}
