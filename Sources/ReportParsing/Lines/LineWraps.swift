/// Whether a file's lines were wrapped at a fixed width, and at which.
///
/// PDF extractors break a paragraph at about 62 Chinese characters, with or without a blank line
/// after each piece; web pages keep a paragraph on one line. A blank line therefore proves nothing:
/// what tells is that many lines end in mid-sentence at nearly the same width.
struct LineWraps {
    /// The widest line that wrapping left, in columns; nil when the file is not wrapped.
    let width: Int?

    /// Lines that end in mid-sentence within this many columns of each other were wrapped.
    private static let slack = 8

    init(of lines: [SourceLine]) {
        let all = lines.filter { !$0.isBlank && !$0.raw.utf8.contains(0x09) }
        let widths = all.filter {
            !Punctuation.endsSentence($0.text) && !Punctuation.endsInDigit($0.text)
        }
        .map(\.width).filter { $0 >= 40 }.sorted()
        var best: (count: Int, width: Int) = (0, 0)
        var first = 0
        for last in widths.indices {
            while widths[last] - widths[first] > Self.slack { first += 1 }
            if last - first + 1 >= best.count { best = (last - first + 1, widths[last]) }
        }
        // Wrapping leaves no line much wider, so one long line in mid-sentence may be enough.
        let wider = best.count == 0 ? 0 : all.count { $0.width > best.width + Self.slack }
        let isWrapped = best.count >= 2 ? wider <= best.count : best.width >= 100 && wider == 0
        width = isWrapped && best.count > 0 ? best.width : nil
    }

    /// Whether a paragraph goes on from one line to the next non-blank one.
    ///
    /// A line in mid-sentence goes on when it is full. A full line that ends a sentence goes on
    /// too when the next line begins no item of its own: of the full lines that end in 。 more
    /// stand inside a paragraph than end one exactly at the margin.
    func joins(_ line: SourceLine, _ next: SourceLine) -> Bool {
        guard let width else { return false }
        let mark = ItemMark(next.text)
        if Punctuation.endsSentence(line.text) {
            let missing = width - line.width
            return missing <= 5 && missing >= -Self.slack && mark == nil
                && !Punctuation.endsInColon(line.text)
        }
        let startsHeading =
            switch mark?.kind {
            case .chinese, .parenthesised: true
            case .arabic, .ordinal, nil: false
            }
        return width - line.width <= Self.slack && !startsHeading
    }
}

/// What a line's first and last characters say about sentences.
enum Punctuation {
    private static let sentenceEnds: Set<Unicode.Scalar> = [
        "。", "；", "：", "！", "？", "…", ";", ":", "!", "?",
    ]
    private static let closers: Set<Unicode.Scalar> = ["”", "’", "）", ")", "」", "』", "\"", "'"]

    /// Whether a text ends with the end of a sentence or clause, closing quotes and brackets
    /// aside.
    static func endsSentence(_ text: String) -> Bool {
        guard let last = text.unicodeScalars.last(where: { !closers.contains($0) }) else {
            return false
        }
        return sentenceEnds.contains(last)
    }

    static func endsInColon(_ text: String) -> Bool {
        text.unicodeScalars.last == "：" || text.unicodeScalars.last == ":"
    }

    /// Whether a text ends in a digit, as a row of a table does; a bar may stand after it.
    static func endsInDigit(_ text: String) -> Bool {
        guard let last = text.unicodeScalars.last(where: { $0 != "|" && $0 != "｜" && $0 != " " })
        else { return false }
        return (0x30...0x39).contains(last.value) || (0xFF10...0xFF19).contains(last.value)
    }

    /// Whether a text begins with a digit.
    static func beginsWithDigit(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return (0x30...0x39).contains(first.value) || (0xFF10...0xFF19).contains(first.value)
    }
}
