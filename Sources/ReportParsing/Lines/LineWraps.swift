import ChineseText

/// Whether a file's lines were wrapped at a fixed width, and at which.
///
/// PDF extractors break a paragraph at about 62 Chinese characters, with or without a blank line
/// after each piece; web pages keep a paragraph on one line. A blank line therefore proves nothing:
/// what tells is that many lines end in mid-sentence at nearly the same width.
struct LineWraps {
    /// How the length of a line is measured: extractors wrap by what a character takes up on the
    /// page, converters by the number of characters.
    private enum Measure {
        case columns
        case characters

        func length(of line: SourceLine) -> Int {
            switch self {
            case .columns: line.width
            case .characters: 2 * line.length
            }
        }

        /// The length as printed, with spaces and readings that are no part of the text.
        func printedLength(of line: SourceLine) -> Int {
            // Most lines are printed as they are read.
            if line.raw == line.text { return length(of: line) }
            let printed = line.raw.trimmingSpaces
            return switch self {
            case .columns: displayWidth(of: printed)
            case .characters: 2 * printed.unicodeScalars.count
            }
        }
    }

    /// The length of the longest line that wrapping left, in columns; nil when the file is not
    /// wrapped.
    private let length: Int?
    private let measure: Measure

    /// Lines that end in mid-sentence within this many columns of each other were wrapped.
    private static let slack = 8
    /// A line shorter than this, in columns, was not wrapped.
    private static let shortest = 40
    /// One line alone is a sign of wrapping when it has this many columns and none has many more.
    private static let longAlone = 100

    init(of lines: some Sequence<SourceLine>) {
        // A line takes two columns a character at most.
        let all = lines.filter {
            2 * $0.length >= Self.shortest && !$0.signs.contains(.tab) && !$0.isSeveral
        }
        let open = all.filter {
            !Punctuation.endsSentence($0.text) && !Punctuation.endsInDigit($0.text)
        }
        var best: (count: Int, length: Int, measure: Measure) = (0, 0, .columns)
        for measure in [Measure.columns, .characters] {
            let lengths = open.map(measure.length).filter { $0 >= Self.shortest }.sorted()
            var first = 0
            var cluster: (count: Int, length: Int) = (0, 0)
            for last in lengths.indices {
                while lengths[last] - lengths[first] > Self.slack { first += 1 }
                if last - first + 1 >= cluster.count {
                    cluster = (last - first + 1, lengths[last])
                }
            }
            if cluster.count > best.count { best = (cluster.count, cluster.length, measure) }
        }
        measure = best.measure
        guard best.count > 0 else {
            length = nil
            return
        }
        // Wrapping leaves few lines that are much longer, so one long line may be enough.
        let longer = all.count { best.measure.length(of: $0) > best.length + Self.slack }
        let isWrapped =
            best.count >= 2
            ? longer <= best.count : best.length >= Self.longAlone && longer == 0
        length = isWrapped ? best.length : nil
    }

    /// Whether a paragraph goes on from one line to the next non-blank one.
    ///
    /// A line in mid-sentence goes on when it is full. A full line that ends a sentence goes on
    /// too when the next line begins no item of its own: of the full lines that end in 。 more
    /// stand inside a paragraph than end one exactly at the margin.
    func joins(_ line: SourceLine, _ next: SourceLine) -> Bool {
        guard !line.isSeveral, !next.isSeveral else { return false }
        let mark = ItemMark(next.text)
        if BrokenSentence.goesOn(line.text, length: line.length, in: next, mark: mark) {
            return true
        }
        guard let length else { return false }
        if Punctuation.endsSentence(line.text) {
            guard mark == nil, !Punctuation.endsInColon(line.text) else { return false }
            let full = -Self.slack...5
            return full.contains(length - measure.length(of: line))
                || full.contains(length - measure.printedLength(of: line))
        }
        let startsHeading =
            switch mark?.kind {
            case .chinese, .parenthesised: true
            case .arabic, .ordinal, nil: false
            }
        if startsHeading { return false }
        let missing = length - measure.length(of: line)
        let unprinted = length - measure.printedLength(of: line)
        // A number that was cut: its digits are narrow, so the line may be full all the same.
        let isCut = Punctuation.endsInDigit(line.text) && Punctuation.beginsWithDigit(next.text)
        let uncounted = isCut ? length - Measure.characters.length(of: line) : missing
        return min(missing, unprinted, uncounted) <= Self.slack
    }
}

/// What a line's first and last characters say about sentences.
enum Punctuation {
    private static func isSentenceEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "；", "：", "！", "？", "…", ";", ":", "!", "?": true
        default: false
        }
    }

    private static func isCloser(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "”", "’", "）", ")", "」", "』", "\"", "'": true
        default: false
        }
    }

    /// Whether a text ends with the end of a sentence or clause, closing quotes and brackets
    /// aside.
    static func endsSentence(_ text: String) -> Bool {
        guard let sign = text.lastScalar else { return false }
        if !isCloser(sign), sign != "." { return isSentenceEnd(sign) }
        guard let end = text.unicodeScalars.lastIndex(where: { !isCloser($0) }) else {
            return false
        }
        let last = text.unicodeScalars[end]
        if last == ".", end > text.startIndex {
            // An English sentence.
            let before = text.unicodeScalars[text.unicodeScalars.index(before: end)]
            return before.isASCII && before.properties.isAlphabetic
        }
        return isSentenceEnd(last)
    }

    /// Whether a text holds a sign that ends a sentence or clause, without which no part of it does;
    /// true when in doubt.
    static func mayEndSentence(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "?"),
                UInt8(ascii: "."):
                return true
            // 。 and …, which share a byte with others
            case 0x82 where index > 0 && bytes[index - 1] == 0x80,
                0xA6 where index > 0 && bytes[index - 1] == 0x80:
                return true
            // ；：！？
            case 0xBC where index > 0 && bytes[index - 1] == 0xEF: return true
            default: break
            }
        }
        return false
    }

    static func endsInColon(_ text: String) -> Bool {
        text.lastScalar == "：" || text.lastScalar == ":"
    }

    /// Whether a text ends in a digit, as a row of a table does; a bar may stand after it.
    static func endsInDigit(_ text: String) -> Bool {
        func isFill(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "|" || scalar == "｜" || scalar == " "
        }
        guard var last = text.lastScalar else { return false }
        if isFill(last) {
            guard let other = text.unicodeScalars.last(where: { !isFill($0) }) else { return false }
            last = other
        }
        return (0x30...0x39).contains(last.value) || (0xFF10...0xFF19).contains(last.value)
    }

    /// Whether a text begins with a digit.
    static func beginsWithDigit(_ text: String) -> Bool {
        guard let first = text.firstScalar else { return false }
        return (0x30...0x39).contains(first.value) || (0xFF10...0xFF19).contains(first.value)
    }
}
