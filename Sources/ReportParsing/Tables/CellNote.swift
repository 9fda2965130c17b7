import ChineseText

/// What stands beside a number in its cell: struck numbers, marks of notes, notes, words.
enum CellNote {
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Circled and bracketed numbers.
        case 0x2460...0x24FF, 0x2776...0x2793: true
        default:
            switch scalar {
            case "*", "＊", "※", "＃", "#", "†", "‡", "^", "△", "▲", "★", "☆": true
            default: RaisedText.isDigit(scalar)
            }
        }
    }

    /// Whether a word is nothing but marks of notes.
    static func isOnlyMarks(_ word: String) -> Bool { word.unicodeScalars.allSatisfy(isMark) }

    private static func isNumeric(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }

    /// The text without what is struck and without marks of notes at its ends; nil when it has
    /// neither.
    static func withoutMarks(_ raw: String) -> String? {
        if isPlain(raw) { return nil }
        var scalars =
            raw.unicodeScalars.contains("~")
            ? Array(StruckText.removed(from: raw).unicodeScalars)[...]
            : Array(raw.unicodeScalars)[...]
        while let last = scalars.last {
            if isMark(last) || last.isSpace {
                scalars.removeLast()
            } else if let note = noteStart(in: scalars) {
                scalars = scalars[..<note]
            } else if last == "]" || last == "〕" || last == "】" {
                guard
                    let open = scalars.lastIndex(where: { "[〔【".unicodeScalars.contains($0) }),
                    scalars.endIndex - open <= 6
                else { break }
                scalars = scalars[..<open]
            } else {
                break
            }
        }
        while let first = scalars.first, isMark(first) || first.isSpace { scalars.removeFirst() }
        let text = String(scalars: scalars)
        return text == raw ? nil : text.isEmpty && raw.trimmingSpaces.isEmpty ? nil : text
    }

    /// Whether a text has nothing struck and no mark at its ends, which is told quickly of most;
    /// false when in doubt.
    private static func isPlain(_ raw: String) -> Bool {
        let utf8 = raw.utf8
        guard let first = raw.unicodeScalars.first, let last = raw.unicodeScalars.last,
            !raw.holds(ascii: UInt8(ascii: "~"))
        else { return false }
        if isNumeric(last) {
            guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        } else if isMark(last) || last.isSpace || last == "注" || last == "]" || last == "〕"
            || last == "】"
        {
            return false
        }
        return !isMark(first) && !first.isSpace
    }

    /// Where a mark such as 注1 begins at the end of a text, behind a digit; nil when none does.
    private static func noteStart(in scalars: ArraySlice<Unicode.Scalar>) -> Int? {
        guard let note = scalars.suffix(3).lastIndex(of: "注"), note > scalars.startIndex,
            isNumeric(scalars[note - 1]), scalars[(note + 1)...].allSatisfy(isNumeric)
        else { return nil }
        return note
    }

    /// Words before a number that make it another one: less than nothing, not the whole, not exact.
    private static let turning: WordList = ["减", "降", "负", "少", "未", "非", "第", "上年", "去年", "原"]
    /// Words that stand before the number of a cell; after others, as in 见附件3, it is none.
    private static let lead: Set<[Unicode.Scalar]> = Set(
        ["约", "计", "共", "共计", "合计", "总计", "为", "全年", "本年", "实际", "数量", "金额", "增", "加", "注", "："]
            .map { $0.scalars() })
    /// Words and signs after a number that make it no count.
    private static let other: WordList = ["年", "月", "日", "%", "‰", "倍", "成", "折", "亿", "千", "百"]
    /// Words that begin a note on a part of the number: what follows has numbers of its own.
    private static let parts: WordList = ["其中", "含", "包括", "包含"]

    /// The only number of a cell that holds words too, as printed; nil when there is none, or more
    /// than one, or it may be another than it seems.
    static func onlyNumber(in raw: String, folding: TextFolding) -> String? {
        var text = StruckText.removed(from: raw)
        text = withoutMarks(text) ?? text
        var scalars = withoutBrackets(text.scalars())[...]
        if let note = parts.first(in: scalars, from: scalars.startIndex)?.lowerBound,
            note > scalars.startIndex
        {
            scalars = scalars[..<note]
        }
        guard let start = scalars.firstIndex(where: isNumeric),
            let last = scalars.lastIndex(where: isNumeric)
        else { return nil }
        let number = scalars[start...last]
        let before = Array(scalars[..<start])
        let after = Array(scalars[(last + 1)...])
        guard before.count + after.count <= 20,
            number.allSatisfy({ isNumeric($0) || ",，.．".unicodeScalars.contains($0) }),
            before.isEmpty || lead.contains(before.filter { !$0.isSpace }),
            !before.holds(anyOf: turning), !after.holds(anyOf: other),
            !before.contains(where: isDoubtful), !after.contains(where: isDoubtful)
        else { return nil }
        let unit = String(scalars: after).trimmingSpaces
        let digits = String(scalars: number)
        // Its unit counts.
        for length in [2, 1] {
            let printed = digits + unit.prefix(length)
            if CellValue(printed, folding: folding) != nil { return printed }
        }
        return digits
    }

    /// Letters, arrows, signs and what could not be decoded: digits beside them may be lost or
    /// others.
    private static func isDoubtful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x27, 0x2A...0x2B, 0x2D, 0x2F, 0x3C...0x40, 0x41...0x7E, 0xFF21...0xFF5A,
            0x2010...0x2015, 0x2190...0x21FF, 0x2500...0x25FF, 0xFFFD, 0xE000...0xF8FF, 0x3007,
            0x00D7, 0x2248...0x2267:
            true
        default:
            "一二三四五六七八九十两几多余约近超".unicodeScalars.contains(scalar)
        }
    }

    /// The text without notes in brackets.
    private static func withoutBrackets(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var kept: [Unicode.Scalar] = []
        var depth = 0
        for scalar in scalars {
            if "(（[〔【".unicodeScalars.contains(scalar) {
                depth += 1
            } else if ")）]〕】".unicodeScalars.contains(scalar) {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                kept.append(scalar)
            }
        }
        return kept
    }
}
