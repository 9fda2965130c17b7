import ChineseText

/// One line of a file: what it prints and what it says.
///
/// Every stage passes the lines on to the next, so they are shared and not copied.
final class SourceLine: Sendable {
    /// The line's number in the file, from 1.
    let number: Int
    /// The number of the last line of the file that is read together with it: the same but beyond
    /// the `LineLimit`.
    var lastNumber: Int { number + Int(joined) }
    /// The line as the file prints it, without its end.
    let raw: String
    /// The line with radicals mapped and stray spaces removed; empty for a blank line.
    let text: String
    /// The text's length in scalars.
    let length: Int
    /// What the line holds, of that which several stages ask for.
    let signs: LineSigns
    /// The cells of a row, where the file's format tells where they stand; nil for other lines.
    let row: GridRow?
    /// How many lines of the file after the first one it holds.
    private let joined: UInt32

    /// A line that prints `raw`.
    convenience init(number: Int, lastNumber: Int? = nil, raw: String, row: GridRow? = nil) {
        self.init(
            number...(lastNumber ?? number), raw: raw, found: LineSigns.find(in: raw.utf8.span),
            row: row)
    }

    /// A line whose text is known.
    convenience init(number: Int, lastNumber: Int? = nil, raw: String, text: String) {
        self.init(number...(lastNumber ?? number), raw: raw, text: text)
    }

    private convenience init(
        _ numbers: ClosedRange<Int>, raw: String, text: String, row: GridRow? = nil
    ) {
        let found = LineSigns.find(in: text.utf8.span, printed: raw)
        self.init(
            numbers, raw: raw, text: text, length: found.length, signs: found.signs, row: row)
    }

    private convenience init(
        _ numbers: ClosedRange<Int>, raw: String, found: LineSigns.Found, row: GridRow? = nil
    ) {
        let (length, signs) = (found.length, found.signs)
        if signs.contains(.reading) {
            let text = Pinyin.removed(from: raw)
            if text.utf8.count != raw.utf8.count {
                self.init(numbers, raw: raw, text: TextRepair.repaired(text), row: row)
                return
            }
        }
        guard signs.contains(.unsound) else {
            self.init(numbers, raw: raw, text: raw, length: length, signs: signs, row: row)
            return
        }
        if !signs.contains(.variant), let inner = TextRepair.soundPart(of: raw) {
            let text = raw.part(inner)
            self.init(
                numbers, raw: raw, text: text, length: Self.length(of: text.utf8.span),
                signs: signs, row: row)
            return
        }
        let text = TextRepair.rewritten(raw)
        if signs.contains(.variant) {
            self.init(numbers, raw: raw, text: text, row: row)
        } else {
            // Only spaces and what cannot be seen has gone.
            self.init(
                numbers, raw: raw, text: text, length: Self.length(of: text.utf8.span),
                signs: signs, row: row)
        }
    }

    private static func length(of utf8: Span<UInt8>) -> Int {
        var length = 0
        for index in utf8.indices where utf8[index] & 0xC0 != 0x80 { length += 1 }
        return length
    }

    private init(
        _ numbers: ClosedRange<Int>, raw: String, text: String, length: Int, signs: LineSigns,
        row: GridRow?
    ) {
        number = numbers.lowerBound
        joined = UInt32(clamping: numbers.upperBound - numbers.lowerBound)
        self.raw = raw
        self.text = text
        self.length = length
        self.signs = signs
        self.row = row
    }

    var isBlank: Bool { text.isEmpty }

    /// Whether several lines of the file are read as this one.
    var isSeveral: Bool { joined > 0 }

    /// The text in terminal columns: 2 for a wide character, 1 for others.
    var width: Int { displayWidth(of: text) }

    /// The lines of a text.
    ///
    /// LF, CRLF and CR end a line; a form feed is dropped. Lines beyond the `LineLimit` are read
    /// together.
    static func lines(of text: WellFormedUTF8) -> [SourceLine] {
        let bytes = text.bytes.span
        var lines: [SourceLine] = []
        lines.reserveCapacity(min(bytes.count / 32, LineLimit.apart))
        var number = 1
        var start = 0
        while start < bytes.count {
            var found = LineSigns.find(in: bytes, from: start, endsAtLineEnd: true)
            var next = Self.next(afterLineTo: found.end, in: bytes)
            let first = number
            if lines.count >= LineLimit.apart {
                while next < bytes.count, next - start < LineLimit.pieceBytes {
                    found.add(LineSigns.find(in: bytes, from: next, endsAtLineEnd: true))
                    next = Self.next(afterLineTo: found.end, in: bytes)
                    number += 1
                }
            }
            lines.append(
                SourceLine(first...number, raw: text.text(in: start..<found.end), found: found))
            number += 1
            start = next
        }
        return lines
    }

    /// Where the line after that with this end begins.
    private static func next(afterLineTo end: Int, in bytes: Span<UInt8>) -> Int {
        let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
        return end + (isPair ? 2 : 1)
    }
}
