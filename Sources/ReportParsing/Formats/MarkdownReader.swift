import ChineseText

/// Text with Markdown's signs, entities of HTML or tables of HTML in it, line by line.
///
/// Lines keep their numbers and their words; what only shapes them goes: the signs of headings,
/// emphasis and lists, links but for their text, pictures, the rules of tables. Rows between pipes
/// stay as they are, since plain text prints tables so too; tables of HTML, which programs that
/// read scans write into Markdown, become rows.
struct MarkdownReader {
    private(set) var lines: [DocumentLine] = []

    /// Whether two characters, the first of them a line feed at the start of a line, begin a sign
    /// that is worth a look at each line; most plain text has none.
    static func isSign(_ first: UInt8, _ second: UInt8) -> Bool {
        switch (first, second) {
        case (0x0A, UInt8(ascii: "#")), (UInt8(ascii: "*"), UInt8(ascii: "*")),
            (UInt8(ascii: "]"), UInt8(ascii: "(")), (UInt8(ascii: "|"), UInt8(ascii: "-")),
            (UInt8(ascii: "|"), UInt8(ascii: ":")), (0x0A, UInt8(ascii: ">")),
            (0x0A, UInt8(ascii: "`")), (UInt8(ascii: "\\"), UInt8(ascii: "\"")),
            (UInt8(ascii: "&"), UInt8(ascii: "#")),
            (UInt8(ascii: "&"), UInt8(ascii: "a")...UInt8(ascii: "z")),
            (UInt8(ascii: "<"), UInt8(ascii: "/")), (UInt8(ascii: "<"), UInt8(ascii: "b")),
            (UInt8(ascii: "<"), UInt8(ascii: "t")), (UInt8(ascii: "<"), UInt8(ascii: "T")),
            (UInt8(ascii: "<"), UInt8(ascii: "!")), (UInt8(ascii: "<"), UInt8(ascii: "d")),
            (UInt8(ascii: "<"), UInt8(ascii: "s")), (UInt8(ascii: "~"), UInt8(ascii: "~")),
            (UInt8(ascii: "["), UInt8(ascii: "^")), (UInt8(ascii: "["), UInt8(ascii: "/")):
            true
        default: false
        }
    }

    /// Whether an ASCII character is the second of such a pair.
    static func mayEndSign(_ byte: UInt8) -> Bool { (0..<0x80).contains { isSign($0, byte) } }

    /// Reads the lines of a text.
    init(_ printed: [DocumentLine]) throws(UndecodableText) {
        let source = Self.withOwnNotes(Self.withoutComments(printed))
        let isMarkdown = Self.isMarkdown(source)
        var index = 0
        while index < source.count {
            let line = source[index]
            index += 1
            if line.raw.utf8.contains(UInt8(ascii: "<")), line.raw.lowercased().contains("<table") {
                var last = index
                while last < source.count, !source[last - 1].raw.lowercased().contains("</table") {
                    last += 1
                }
                let part = source[(index - 1)..<last].map(\.raw).joined(separator: "\n")
                for row in try HTMLReader(Array(part.utf8), firstLine: line.number).lines {
                    lines.add(row)
                }
                index = last
                continue
            }
            let raw = isMarkdown ? Self.plain(line.raw) : line.raw
            lines.add(
                DocumentLine(
                    number: line.number, lastNumber: line.lastNumber,
                    raw: Self.withoutEntities(raw)))
        }
    }

    /// Whether the signs are Markdown's: headings, rules of tables, links or emphasis.
    private static func isMarkdown(_ lines: [DocumentLine]) -> Bool {
        lines.contains { line in
            var previous: UInt8 = 0x0A
            var emphases = 0
            for byte in line.raw.utf8 {
                switch (byte, previous) {
                case (UInt8(ascii: "#"), 0x0A), (UInt8(ascii: "("), UInt8(ascii: "]")):
                    return true
                case (UInt8(ascii: "*"), UInt8(ascii: "*")):
                    emphases += 1
                    if emphases == 2 { return true }
                    previous = 0
                default: previous = byte
                }
            }
            return isTableRule(line.raw)
        }
    }

    private static func isTableRule(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: "|")) && text.utf8.contains(UInt8(ascii: "-"))
            && text.utf8.allSatisfy { "|-: \t".utf8.contains($0) }
    }

    // MARK: Comments

    /// The lines without `<!-- comments -->`, which may go over several, and without the lines that
    /// serve as such: `[//]: # (comment)`.
    private static func withoutComments(_ lines: [DocumentLine]) -> [DocumentLine] {
        var kept: [DocumentLine] = []
        kept.reserveCapacity(lines.count)
        var isInComment = false
        var isInBlock = false
        let lastBlock = lines.lastIndex { isBlockEdge($0.raw) }
        // A comment without an end is none.
        let lastEnd = lines.lastIndex { $0.raw.contains("-->") }
        for (index, line) in lines.enumerated() {
            var line = line
            if isInBlock || isBlockStart(line.raw) {
                // %% comment %%, on one line or several
                let isWhole = !isInBlock && isBlockEdge(String(line.raw.dropFirst(2)))
                isInBlock =
                    !isWhole && (isInBlock ? !isBlockEdge(line.raw) : index < lastBlock ?? 0)
                if isWhole || isInBlock || isBlockEdge(line.raw) { continue }
            }
            if isInComment || lastEnd ?? -1 >= index && line.raw.contains("<!--") {
                line.raw = withoutComment(line.raw, &isInComment, mayOpen: lastEnd ?? -1 > index)
            }
            let isNote = ["[//]:", "[comment]:"].contains { line.raw.hasPrefix($0) }
            if !isNote { kept.append(line) }
        }
        return kept
    }

    /// Whether a line begins a comment between `%%`.
    private static func isBlockStart(_ raw: String) -> Bool { raw.hasPrefix("%%") }

    /// Whether a line ends in `%%`.
    private static func isBlockEdge(_ raw: String) -> Bool {
        guard raw.utf8.contains(UInt8(ascii: "%")) else { return false }
        return raw.trimmingSpaces.hasSuffix("%%")
    }

    /// A line without the comments in it.
    ///
    /// - Parameter mayOpen: whether a comment may end on a later line.
    private static func withoutComment(
        _ raw: String, _ isInComment: inout Bool, mayOpen: Bool
    ) -> String {
        var kept = ""
        var rest = raw[...]
        while true {
            if isInComment {
                guard let end = rest.firstRange(of: "-->") else { return kept }
                rest = rest[end.upperBound...]
                isInComment = false
            }
            guard let start = rest.firstRange(of: "<!--"),
                mayOpen || rest[start.upperBound...].contains("-->")
            else { return kept + rest }
            kept += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            isInComment = true
        }
    }

    // MARK: Foot-notes

    /// The lines with each foot-note before the heading of another report that parts it from its
    /// mark: a file of several reports has all notes at its end.
    private static func withOwnNotes(_ lines: [DocumentLine]) -> [DocumentLine] {
        var notes: [(index: Int, mark: Substring)] = []
        for (index, line) in lines.enumerated() where line.raw.hasPrefix("[^") {
            if let end = line.raw.firstRange(of: "]:"), notes.count < mostNotes {
                notes.append((index, line.raw[..<end.lowerBound] + "]"))
            }
        }
        guard let first = notes.first?.index else { return lines }
        let titles = lines.indices.filter {
            lines[$0].raw.hasPrefix("#") && isTitle(lines[$0].raw)
        }
        guard titles.count > 1, let last = titles.last, last < first else { return lines }
        var moved: [Int: [DocumentLine]] = [:]
        var taken: Set<Int> = []
        for (index, mark) in notes {
            guard let use = lines[..<first].firstIndex(where: { $0.raw.contains(mark) }),
                let title = titles.first(where: { $0 > use })
            else { continue }
            moved[title, default: []].append(lines[index])
            taken.insert(index)
        }
        var kept: [DocumentLine] = []
        for (index, line) in lines.enumerated() where !taken.contains(index) {
            for note in moved[index] ?? [] {
                kept.append(note)
                kept.append(DocumentLine(number: note.number, lastNumber: note.lastNumber, raw: ""))
            }
            kept.append(line)
        }
        return kept
    }

    private static func isTitle(_ raw: String) -> Bool {
        ["报告", "年报", "報告", "年報"].contains { raw.contains($0) }
    }

    /// No more foot-notes are looked for.
    private static let mostNotes = 200

    // MARK: Lines

    /// A line without Markdown's signs.
    private static func plain(_ raw: String) -> String {
        let signs = raw.utf8.filter { $0 != 0x20 && $0 != 0x09 }
        let isRule =
            signs.count >= 3 && "-*_=`".utf8.contains(signs[0])
            && signs.allSatisfy { $0 == signs[0] }
        if isRule || isTableRule(raw) || raw.hasPrefix("```") { return "" }
        var text = raw[...]
        while text.hasPrefix(">") { text = text.dropFirst().drop { $0 == " " } }
        if text.hasPrefix("#") {
            text = text.drop { $0 == "#" }
            while text.last == "#" || text.last == " " { text.removeLast() }
        }
        let body = text.drop { $0 == " " }
        if let sign = body.first, "-*+".contains(sign), body.dropFirst().first == " " {
            text = body.dropFirst(2)
        }
        let plain = withoutLinks(withoutNoteMarks(String(text)))
        // A row between bars tells of a cell what is struck in it.
        return withoutEmphasis(plain.contains("|") ? plain : StruckText.removed(from: plain))
    }

    /// A line without the marks of foot-notes, `[^1]`, and a foot-note without its own, `[^1]:`.
    private static func withoutNoteMarks(_ text: String) -> String {
        // In a row they part a mark from a number.
        guard text.contains("[^"), !text.contains("|") else { return text }
        var kept = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "[^"),
            let end = rest[start.upperBound...].firstIndex(of: "]")
        {
            kept += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
            if kept.isEmpty, rest.first == ":" { rest = rest.dropFirst().drop { $0 == " " } }
        }
        return kept + rest
    }

    /// `[text](address)` as its text; `![picture](address)` as nothing.
    private static func withoutLinks(_ text: String) -> String {
        guard text.contains("](") else { return text }
        var kept = ""
        var rest = text[...]
        while let middle = rest.firstRange(of: "](") {
            guard let end = rest[middle.upperBound...].firstIndex(of: ")") else { break }
            guard let start = rest[..<middle.lowerBound].lastIndex(of: "[") else {
                kept += rest[..<middle.upperBound]
                rest = rest[middle.upperBound...]
                continue
            }
            let isPicture = start > rest.startIndex && rest[rest.index(before: start)] == "!"
            kept += isPicture ? rest[..<rest.index(before: start)] : rest[..<start]
            if !isPicture { kept += rest[rest.index(after: start)..<middle.lowerBound] }
            rest = rest[rest.index(after: end)...]
        }
        return kept + rest
    }

    private static let escaped = Set("\\`*_{}[]()#+-.!|~<>\"".unicodeScalars)

    /// The text without signs of emphasis and without the strokes that keep a sign from being one.
    private static func withoutEmphasis(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        let source = Array(text.unicodeScalars)
        let isRow = source.contains("|")
        var index = 0
        while index < source.count {
            let scalar = source[index]
            let next = index + 1 < source.count ? source[index + 1] : nil
            if scalar == "\\", let next, Self.escaped.contains(next) {
                scalars.append(next)
                index += 2
            } else if let next, scalar == next, scalar == "*" || scalar == "_" {
                index += 2
            } else if scalar == "`" || scalar == "*" && !(isRow && isAfterDigit(source, index)) {
                index += 1
            } else {
                scalars.append(scalar)
                index += 1
            }
        }
        return String(scalars)
    }

    /// Whether a sign is the mark of a note at a number, `317*`.
    private static func isAfterDigit(_ source: [Unicode.Scalar], _ index: Int) -> Bool {
        index > 0 && (0x30...0x39).contains(source[index - 1].value)
    }

    // MARK: Entities

    private static let entities: [String: String] = [
        "nbsp": "\u{A0}", "ensp": "\u{2002}", "emsp": "\u{2003}", "lt": "<", "gt": ">", "amp": "&",
        "quot": "\"", "apos": "'", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’",
        "mdash": "—", "ndash": "–", "hellip": "…", "middot": "·", "times": "×", "yen": "¥",
        "copy": "©", "deg": "°",
    ]

    /// A line with entities resolved, `<br>` as a space, and quotes without the strokes that
    /// programs put before them.
    private static func withoutEntities(_ raw: String) -> String {
        guard raw.utf8.contains(where: { "&<\\".utf8.contains($0) }) else { return raw }
        var kept = ""
        var rest = raw[...]
        while let index = rest.firstIndex(where: { "&<\\".contains($0) }) {
            kept += rest[..<index]
            rest = rest[index...]
            if rest.hasPrefix("\\\"") {
                rest = rest.dropFirst()
            } else if let (sign, end) = struckTag(rest) {
                kept += sign
                rest = rest[end...]
                continue
            } else if let (mark, end) = raised(rest) {
                kept += mark
                rest = rest[end...]
                continue
            } else if let end = tagEnd(rest) {
                kept += " "
                rest = rest[end...]
                continue
            } else if let (text, end) = entity(rest) {
                kept += text
                rest = rest[end...]
                continue
            }
            if let first = rest.first { kept.append(first) }
            rest = rest.dropFirst()
        }
        return kept + rest
    }

    /// The sign for a tag that begins or ends struck text, and where the tag ends.
    private static func struckTag(_ text: Substring) -> (sign: String, end: Substring.Index)? {
        guard let end = text.prefix(10).firstIndex(of: ">") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end].filter { $0 != "/" }
        guard ["del", "s", "strike"].contains(name.lowercased()) else { return nil }
        return (StruckText.sign, text.index(after: end))
    }

    /// The characters for a text above or below the line, and where it ends.
    private static func raised(_ text: Substring) -> (text: String, end: Substring.Index)? {
        guard text.hasPrefix("<su"), let close = text.prefix(40).firstRange(of: "</su"),
            let start = text.firstIndex(of: ">"), start < close.lowerBound,
            let end = text[close.upperBound...].firstIndex(of: ">")
        else { return nil }
        let inner = String(text[text.index(after: start)..<close.lowerBound])
        return (
            RaisedText.text(inner, isAbove: text.hasPrefix("<sup")), text.index(after: end)
        )
    }

    /// Where a tag that only breaks or shapes a line ends.
    private static func tagEnd(_ text: Substring) -> Substring.Index? {
        guard text.first == "<", let end = text.prefix(12).firstIndex(of: ">") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end].lowercased()
            .filter { $0 != "/" && $0 != " " }
        return ["br", "p", "b", "u", "i", "strong", "em", "center", "span", "div", "sup", "sub"]
            .contains(name) ? text.index(after: end) : nil
    }

    private static func entity(_ text: Substring) -> (String, Substring.Index)? {
        guard text.first == "&", let end = text.prefix(10).firstIndex(of: ";") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end]
        let after = text.index(after: end)
        if let known = entities[String(name)] { return (known, after) }
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let value =
            digits.first == "x" || digits.first == "X"
            ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value, value >= 0x20, let scalar = WindowsCharacter.character(value) else {
            return nil
        }
        return (String(scalar), after)
    }
}
