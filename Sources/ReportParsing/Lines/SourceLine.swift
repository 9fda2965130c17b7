import ChineseText

/// One line of a file: what it prints and what it says.
struct SourceLine {
    /// The line's number in the file, from 1.
    let number: Int
    /// The line as the file prints it, without its end.
    let raw: String
    /// The line with radicals mapped and stray spaces removed; empty for a blank line.
    let text: String

    /// A line that prints `raw`.
    init(number: Int, raw: String) {
        self.init(
            number: number, raw: raw, text: TextRepair.repaired(Pinyin.removed(from: raw)))
    }

    /// A line whose text is known.
    init(number: Int, raw: String, text: String) {
        self.number = number
        self.raw = raw
        self.text = text
    }

    var isBlank: Bool { text.isEmpty }

    /// The text in terminal columns: 2 for a wide character, 1 for others.
    var width: Int { displayWidth(of: text) }

    /// The lines of a text.
    ///
    /// LF, CRLF and CR end a line; a form feed is dropped.
    static func lines(of text: String) -> [SourceLine] {
        var lines: [SourceLine] = []
        var utf8 = text.utf8[...]
        var number = 0
        while !utf8.isEmpty {
            let end = utf8.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? utf8.endIndex
            number += 1
            let raw = String(Substring(utf8[..<end]))
            lines.append(SourceLine(number: number, raw: raw))
            guard end < utf8.endIndex else { break }
            var next = utf8.index(after: end)
            if utf8[end] == 0x0D, next < utf8.endIndex, utf8[next] == 0x0A {
                next = utf8.index(after: next)
            }
            utf8 = utf8[next...]
        }
        return lines
    }
}
