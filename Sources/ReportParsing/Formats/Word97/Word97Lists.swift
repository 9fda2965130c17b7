import Documents

/// The lists of a document of Word 97: how the levels of each count.
enum Word97Lists {
    /// No document has more lists.
    private static let most = 4_096
    private static let listLength = 28
    private static let levelHeadLength = 28
    private static let overrideLength = 16

    /// The names that newer documents have for the numbers of number formats.
    private static let formats: [Int: String] = [
        0: "decimal", 10: "ideographDigital", 11: "japaneseCounting", 18: "decimalEnclosedCircle",
        22: "decimalZero", 23: "bullet", 28: "decimalEnclosedCircleChinese",
        33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 37: "chineseCounting",
        39: "chineseCountingThousand", 255: "none",
    ]

    /// The numbering that the lists define.
    ///
    /// - Parameters:
    ///   - table: the stream of tables.
    ///   - lists: where the definitions begin in it and how long their heads are; the levels follow.
    ///   - uses: where the lists of paragraphs stand, which name definitions.
    static func numbering(
        in table: [UInt8], lists: Range<Int>, uses: Range<Int>
    ) -> WordNumbering {
        var definitions: [String: [Int: WordNumbering.Level]] = [:]
        let count = min(most, table[lists].number(at: 0, bytes: 2) ?? 0)
        var levels = table[min(table.count, lists.upperBound)...]
        for index in 0..<count {
            let head = table[lists].dropFirst(2 + listLength * index)
            guard let name = head.number(at: 0, bytes: 4), head.count >= listLength else { break }
            let isSimple = head[head.startIndex + 26] & 1 != 0
            var own: [Int: WordNumbering.Level] = [:]
            for level in 0..<(isSimple ? 1 : 9) {
                guard let read = Self.level(&levels) else { break }
                own[level] = read
            }
            definitions["\(name)"] = own
        }
        var named: [String: String] = [:]
        let useCount = min(most, table[uses].number(at: 0, bytes: 4) ?? 0)
        for index in 0..<useCount {
            let offset = 4 + overrideLength * index
            guard let name = table[uses].number(at: offset, bytes: 4) else { break }
            named["\(index + 1)"] = "\(name)"
        }
        return WordNumbering(definitions: definitions, lists: named)
    }

    /// The next level, which is taken off.
    private static func level(_ bytes: inout ArraySlice<UInt8>) -> WordNumbering.Level? {
        guard bytes.count >= levelHeadLength, let start = bytes.number(at: 0, bytes: 4),
            let format = bytes.number(at: 4, bytes: 1), let looks = bytes.number(at: 24, bytes: 1),
            let paragraphs = bytes.number(at: 25, bytes: 1)
        else { return nil }
        let text = bytes.dropFirst(levelHeadLength + looks + paragraphs)
        guard let length = text.number(at: 0, bytes: 2), text.count >= 2 + 2 * length else {
            return nil
        }
        // The number of a level stands as the level's own.
        var printed = ""
        for index in 0..<min(length, 64) {
            let unit = text.number(at: 2 + 2 * index, bytes: 2) ?? 0
            printed +=
                unit < 9
                ? "%\(unit + 1)" : String(decoding: [UInt16(unit)], as: UTF16.self)
        }
        bytes = text.dropFirst(2 + 2 * length)
        return WordNumbering.Level(
            format: formats[format] ?? "decimal", text: printed, start: min(start, 1 << 20))
    }
}
