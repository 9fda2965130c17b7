import ChineseText

/// The title of a report and what it says of agency and year.
struct Title {
    /// The title as printed, without spaces.
    let text: String
    /// The text before and after the year, up to the words 政府信息公开…; empty when none.
    let agency: String
    /// Whether the agency's end was shared with the title's tail or added by rule.
    let isAgencyInferred: Bool
    /// The year that the title names; nil when it names none.
    let year: Int?
    /// The indices of the lines that hold the title.
    let lines: [Int]

    /// A title stands within this many non-blank lines of the start, even after a heading.
    private static let searchedLines = 12
    /// A title is never longer than this, in characters.
    private static let longest = 90

    /// The title among the first lines of a file, or nil when there is none.
    init?(in lines: [SourceLine], wording: FormWording, gazetteer: Gazetteer) {
        let first = lines.indices.lazy.filter { !lines[$0].isBlank }.prefix(Self.searchedLines)
        let candidates = Array(first)
        for position in candidates.indices {
            for length in 1...3 where position + length <= candidates.count {
                let part = Array(candidates[position..<(position + length)])
                guard Self.mayJoin(part.map { lines[$0].text }) else { break }
                let text = part.map { lines[$0].text.trimmingTitleSigns }.joined()
                guard let tail = TitleTail(of: text, wording: wording) else { continue }
                self.init(
                    text, tail: tail, lines: part,
                    before: position > 0 ? lines[candidates[position - 1]].text : nil,
                    gazetteer: gazetteer)
                return
            }
        }
        return nil
    }

    /// Whether lines could be the pieces of one title: short, unnumbered, no sentence.
    private static func mayJoin(_ texts: [String]) -> Bool {
        texts.allSatisfy { text in
            let scalars = text.unicodeScalars
            let isSentence = scalars.contains { "，。；！？：".unicodeScalars.contains($0) }
            return scalars.count <= longest && !isSentence
                && (texts.count == 1 || scalars.count <= 40)
                && (ItemMark(text.trimmingTitleSigns) == nil)
        }
    }

    private init(
        _ text: String, tail: TitleTail, lines: [Int], before: String?, gazetteer: Gazetteer
    ) {
        let scalars = Array(text.unicodeScalars)
        let head = Array(scalars[..<tail.start])
        let (name, year) = Self.nameAndYear(head)
        var agency = String(String.UnicodeScalarView(name))
        var inferred = false
        var titleLines = lines
        if agency.isEmpty, let before, AgencyName.isLikely(before) {
            agency = before
            titleLines.insert(lines[0] - 1, at: 0)
        }
        if tail.startsWithGovernment, agency.hasSuffix("人民") {
            agency += "政府"
            inferred = true
        } else if !agency.isEmpty, gazetteer.isDivision(agency) {
            agency += "人民政府"
            inferred = true
        }
        self.text = text
        self.agency = agency
        self.isAgencyInferred = inferred
        self.year = year ?? tail.year
        self.lines = lines
    }

    /// Splits 孟津区…局2022年 or 2022年…局 into the name and the year.
    private static func nameAndYear(
        _ head: [Unicode.Scalar]
    ) -> (name: [Unicode.Scalar], year: Int?) {
        guard let found = CalendarYear.first(in: head, needsSuffix: false) else {
            return (trimmed(head[...]), nil)
        }
        let before = trimmed(head[..<found.range.lowerBound])
        let after = trimmed(head[found.range.upperBound...])
        return (before.isEmpty ? after : before, found.year)
    }

    private static func trimmed(_ name: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        var name = name
        for word in ["关于印发", "关于", "《"] where name.starts(with: Array(word.unicodeScalars)) {
            name = name.dropFirst(word.unicodeScalars.count)
        }
        while let last = name.last, "的关于《（(".unicodeScalars.contains(last) { name.removeLast() }
        return Array(name)
    }
}

/// The end of a title: 政府信息公开工作年度报告 and its many wordings.
struct TitleTail {
    /// The offset of the tail's first scalar.
    let start: Int
    /// Whether the tail begins with 政府, which an agency's name may share.
    let startsWithGovernment: Bool
    /// A year inside the tail; nil when there is none.
    let year: Int?

    private static let openers = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]
        .map { Array($0.unicodeScalars) }
    private static let words = ["工作", "年度", "年", "度", "的", "情况", "总结", "暨"]
        .map { Array($0.unicodeScalars) }
    private static let ends = ["报告", "年报"].map { Array($0.unicodeScalars) }

    /// The tail of a text that ends in one; the text may go on with a remark in brackets.
    init?(of text: String, wording: FormWording) {
        let folded = wording.scalars(of: text)
        for opener in Self.openers {
            guard let place = folded.offset(of: opener) else { continue }
            let end = place + opener.count
            guard let tail = Self.tail(of: folded, from: end) else { continue }
            start = place
            startsWithGovernment = folded[place] == "政" && opener.count == 6
            year = tail.year
            return
        }
        return nil
    }

    private static func tail(
        of text: [Unicode.Scalar], from start: Int
    ) -> (year: Int?, end: Int)? {
        var rest = text[start...]
        var year: Int?
        var hasEnd = false
        scan: while !rest.isEmpty {
            for end in ends where rest.starts(with: end) {
                rest = rest.dropFirst(end.count)
                hasEnd = true
                continue scan
            }
            for word in words where rest.starts(with: word) {
                rest = rest.dropFirst(word.count)
                continue scan
            }
            if let found = CalendarYear.first(in: rest, needsSuffix: false),
                found.range.lowerBound == rest.startIndex
            {
                year = found.year
                rest = rest[found.range.upperBound...]
                continue scan
            }
            break
        }
        if let first = rest.first, first == "》" { rest.removeFirst() }
        if let first = rest.first, first == "(", rest.last == ")" { rest = [] }
        guard hasEnd, rest.isEmpty else { return nil }
        return (year, text.count)
    }
}

/// A year of the calendar written in a text.
enum CalendarYear {
    /// Reports exist since the regulation of 2008; a year far outside is a number of another kind.
    private static let plausible = 2003...2099
    private static let chineseDigits: [Unicode.Scalar: Int] = [
        "〇": 0, "○": 0, "零": 0, "Ｏ": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6,
        "七": 7, "八": 8, "九": 9,
    ]

    /// The first year in a text, with the range that holds it and the 年 or 年度 after it.
    static func first(
        in text: some RandomAccessCollection<Unicode.Scalar>, needsSuffix: Bool
    ) -> (year: Int, range: Range<Int>)? {
        let scalars = Array(text)
        let base = (text as? ArraySlice<Unicode.Scalar>)?.startIndex ?? 0
        var index = 0
        while index + 4 <= scalars.count {
            let digits = scalars[index..<(index + 4)].map(digit)
            let isBounded =
                (index == 0 || digit(scalars[index - 1]) == nil)
                && (index + 4 == scalars.count || digit(scalars[index + 4]) == nil)
            if isBounded, !digits.contains(nil) {
                let year = digits.reduce(0) { $0 * 10 + ($1 ?? 0) }
                var end = index + 4
                var hasSuffix = false
                if end < scalars.count, scalars[end] == "年" {
                    end += 1
                    hasSuffix = true
                    if end < scalars.count, scalars[end] == "度" { end += 1 }
                }
                if plausible.contains(year), hasSuffix || !needsSuffix {
                    return (year, (base + index)..<(base + end))
                }
            }
            index += 1
        }
        return nil
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar.value {
        case 0x30...0x39: Int(scalar.value) - 0x30
        case 0xFF10...0xFF19: Int(scalar.value) - 0xFF10
        default: chineseDigits[scalar]
        }
    }
}

extension String {
    /// The text without the signs around a title: Markdown marks, brackets, file endings.
    var trimmingTitleSigns: String {
        var text = trimmingHeadingSigns
        for ending in [".docx", ".doc", ".pdf", ".txt"] where text.hasSuffix(ending) {
            text.removeLast(ending.count)
        }
        return text
    }
}
