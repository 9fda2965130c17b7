import ChineseText

/// One line of a file: what it prints and what it says.
struct SourceLine {
    /// The line's number in the file, from 1.
    let number: Int
    /// The line as the file prints it, without its end.
    let raw: String
    /// The line with radicals mapped and stray spaces removed; empty for a blank line.
    let text: String
    /// The text's length in scalars.
    let length: Int
    /// What the line holds, of that which several stages ask for.
    let signs: LineSigns

    /// A line that prints `raw`.
    init(number: Int, raw: String) {
        let utf8 = Array(raw.utf8)
        self.init(number: number, utf8: utf8[...], raw: raw, found: LineSigns.find(in: utf8.span))
    }

    /// A line whose text is known.
    init(number: Int, raw: String, text: String) {
        let utf8 = Array(text.utf8)
        let found = LineSigns.find(in: utf8.span, printed: raw)
        self.init(number: number, raw: raw, text: text, length: found.length, signs: found.signs)
    }

    private init(
        number: Int, utf8: ArraySlice<UInt8>, raw: String, found: LineSigns.Found
    ) {
        let (length, signs) = (found.length, found.signs)
        if signs.contains(.reading) {
            let text = Pinyin.removed(from: raw)
            if text.utf8.count != utf8.count {
                self.init(number: number, raw: raw, text: TextRepair.repaired(text))
                return
            }
        }
        guard let repaired = TextRepair.repaired(utf8) else {
            self.init(number: number, raw: raw, text: raw, length: length, signs: signs)
            return
        }
        let text = String(decoding: repaired, as: UTF8.self)
        if signs.contains(.variant) {
            self.init(number: number, raw: raw, text: text)
        } else {
            // Only spaces and what cannot be seen has gone.
            self.init(
                number: number, raw: raw, text: text,
                length: repaired.count { $0 & 0xC0 != 0x80 }, signs: signs)
        }
    }

    private init(number: Int, raw: String, text: String, length: Int, signs: LineSigns) {
        self.number = number
        self.raw = raw
        self.text = text
        self.length = length
        self.signs = signs
    }

    var isBlank: Bool { text.isEmpty }

    /// The text in terminal columns: 2 for a wide character, 1 for others.
    var width: Int { displayWidth(of: text) }

    /// The lines of a text in UTF-8.
    ///
    /// LF, CRLF and CR end a line; a form feed is dropped.
    static func lines(of utf8: [UInt8]) -> [SourceLine] {
        let bytes = utf8.span
        var lines: [SourceLine] = []
        lines.reserveCapacity(bytes.count / 64)
        var start = 0
        while start < bytes.count {
            let found = LineSigns.find(in: bytes, from: start, endsAtLineEnd: true)
            let end = found.end
            let line = utf8[start..<end]
            lines.append(
                SourceLine(
                    number: lines.count + 1, utf8: line,
                    raw: String(decoding: line, as: UTF8.self), found: found))
            let isPair =
                end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
        }
        return lines
    }
}
