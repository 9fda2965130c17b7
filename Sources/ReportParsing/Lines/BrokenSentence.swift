import ChineseText

/// A sentence that a line end or a blank line broke where the file is not wrapped.
enum BrokenSentence {
    /// A line in mid-sentence with fewer characters than this may be a heading or a name.
    private static let shortest = 25
    /// The same with the mark of an item, which may head what follows.
    private static let shortestItem = 40
    /// What is left of a sentence is never longer than this before its closing mark, in characters.
    private static let longestRest = 120

    /// Whether the sentence of a line goes on in the next one that is not blank.
    ///
    /// An open quote or bracket that the next line closes shows it, a comma at the end, a colon
    /// before an address or a number, and the missing end of a line that is long and holds other
    /// marks.
    static func goesOn(
        _ text: String, length: Int, in next: SourceLine, mark: ItemMark?
    ) -> Bool {
        guard let last = text.lastScalar, let first = next.text.firstScalar,
            mark?.kind != .chinese, mark?.kind != .parenthesised, !isBullet(first)
        else { return false }
        if mark == nil, length >= shortest, isCutInWord(text, next.text) { return true }
        switch last {
        case "。", "！", "？", "；", ";", "!", "?", "…": return false
        case "：", ":":
            // 电子邮箱： and the address.
            return isAddress(next.text) && mark == nil
        default: break
        }
        if let closer = openMark(of: text), closes(next.text, with: closer) { return true }
        guard mark == nil, last != "”", last != "》", last != "）", last != ")", last != "|" else {
            return false
        }
        if last == "，" || last == "," || last == "、" { return length >= 4 }
        let least = ItemMark(text) == nil ? shortest : shortestItem
        guard length >= least, last.isHan, !Punctuation.endsInDigit(text) else { return false }
        return text.unicodeScalars.contains { $0 == "，" || $0 == "。" || $0 == "；" || $0 == "," }
            && !isHeadOfText(next.text)
    }

    private static func isBullet(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "•", "●", "◆", "■", "·", "▪", "➢": true
        default: false
        }
    }

    /// The mark that would close what a text leaves open; nil when it leaves nothing open.
    private static func openMark(of text: String) -> Unicode.Scalar? {
        var open: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "“": open.append("”")
            case "《": open.append("》")
            case "（": open.append("）")
            case "”", "》", "）":
                if let index = open.lastIndex(of: scalar) { open.removeSubrange(index...) }
            case "。": open.removeAll { $0 != "”" }
            default: break
            }
        }
        return open.last
    }

    /// Whether a text closes a mark before it opens another of the kind or ends its sentence.
    private static func closes(_ text: String, with closer: Unicode.Scalar) -> Bool {
        for scalar in text.unicodeScalars.prefix(longestRest) {
            if scalar == closer { return true }
            switch (scalar, closer) {
            case ("“", "”"), ("《", "》"), ("（", "）"): return false
            default: break
            }
        }
        return false
    }

    /// Whether a line's end cut an address or a number in two, so that no space belongs there:
    /// `http://www.example.gov.cn/` and `index.html`, `0000-` and `1234567`, 1 and 26条.
    static func isCutInWord(_ text: String, _ next: String) -> Bool {
        guard let last = text.utf8.last, let first = next.utf8.first, last < 0x80, first < 0x80,
            isOfAddress(last), isOfAddress(first)
        else { return false }
        let end = text.utf8.reversed().prefix(longestAddress).prefix { isOfAddress($0) }
        let start = next.utf8.prefix(longestAddress).prefix { isOfAddress($0) }
        if end.allSatisfy(isDigit), start.allSatisfy(isDigit) {
            // A row ends in a digit too, and holds no comma; a year opens a sentence of its own.
            return end.count + start.count <= mostDigits
                && CalendarYear.leading(next.scalars(limit: 5)[...]) == nil
                && text.unicodeScalars.contains("，")
        }
        let joints = [UInt8](".@/:-_".utf8)
        return end.contains(where: joints.contains) || start.contains(UInt8(ascii: "@"))
            || end.count >= 2 && start.contains(UInt8(ascii: "."))
    }

    /// No address is longer, in bytes, and no number that a line's end cut has more digits.
    private static let longestAddress = 200
    private static let mostDigits = 8

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// Whether a byte is one of a network address, a mailbox or a number.
    private static func isOfAddress(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            || ".@/:-_?&=%~#+".utf8.contains(byte)
    }

    /// Whether a text begins with a network address, a mailbox or a number.
    private static func isAddress(_ text: String) -> Bool {
        let start = text.utf8.prefix(5)
        guard start.count >= 5, let first = start.first else { return false }
        let isLetter = (0x61...0x7A).contains(first | 0x20)
        let isDigit = (0x30...0x39).contains(first)
        // 2022年1月… opens a sentence of its own.
        return isLetter && start.allSatisfy { $0 < 0x80 }
            || isDigit && start.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    /// Whether a text begins as paragraphs do.
    private static func isHeadOfText(_ text: String) -> Bool {
        let scalars = text.scalars(limit: 6)
        return starts.contains { scalars.starts(with: $0) }
            || CalendarYear.leading(scalars[...]) != nil && scalars.count > 4 && scalars[4] == "年"
            || scalars.count >= 2 && scalars[1] == "是" && scalars[0].isNumeral
    }

    private static let starts = [
        "我局", "我镇", "我委", "我县", "我市", "我区", "我乡", "我办", "我厅", "本局", "本机关", "本单位", "本报告", "本年度",
        "根据", "按照", "同时", "此外", "另外", "其次", "下一步", "首先", "截至", "全年", "为", "附件", "特此",
    ].map { $0.scalars() }
}
