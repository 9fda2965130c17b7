import ChineseText

/// The words of a line of a table, with what spaces part of one cell or mark put together.
enum CellWords {
    /// The words with cells and marks in one.
    static func joined(_ words: [String]) -> [String] { withWholeCells(withWholeMarks(words)) }

    /// The signs and words that part what a cell was from what it is.
    private static let corrections: Set<String> = [
        "→", "->", "-->", "=>", "⇒", "➔", "—>", "改为", "更正为", "应为",
    ]
    /// No cell that such signs part has more bytes of UTF-8.
    private static let longestCell = 60
    /// No sign or unit has more bytes of UTF-8.
    private static let longestSign = 9

    /// Words with the parts of a cell in one that spaces part: 5 件, 5 ①, 4 → 2.
    private static func withWholeCells(_ words: [String]) -> [String] {
        func isCorrection(_ index: Int) -> Bool {
            index + 1 < words.count && Punctuation.beginsWithDigit(words[index + 1])
                && corrections.contains(words[index])
        }
        let joiners = words.indices.dropFirst().filter { index in
            words[index].utf8.count <= longestSign
                && !words[index].utf8.allSatisfy { (0x30...0x39).contains($0) }
                && Punctuation.beginsWithDigit(words[index - 1])
                && (CellValue.isUnit(words[index]) || CellNote.isOnlyMarks(words[index])
                    || isCorrection(index))
        }
        guard !joiners.isEmpty else { return words }
        var whole: [String] = []
        var isOpen = false
        for (index, word) in words.enumerated() {
            if isOpen || joiners.contains(index), let last = whole.last,
                last.utf8.count <= longestCell
            {
                whole[whole.count - 1] = last + " " + word
                isOpen = !isOpen && isCorrection(index)
            } else {
                whole.append(word)
                isOpen = false
            }
        }
        return whole
    }

    /// Words with the number of an item beside the sign and the text that spaces part from it:
    /// 3 .其他.
    private static func withWholeMarks(_ words: [String]) -> [String] {
        guard
            let index = words.indices.dropLast().first(where: { index in
                guard words[index].utf8.count <= 2,
                    words[index].utf8.allSatisfy({ (0x30...0x39).contains($0) })
                else { return false }
                switch words[index + 1].firstScalar {
                case ".", "．", "、":
                    return words[index + 1].unicodeScalars.dropFirst().first?.isHan ?? false
                default: return false
                }
            })
        else { return words }
        var whole = words
        whole.replaceSubrange(index...(index + 1), with: [words[index] + words[index + 1]])
        return whole
    }
}
