import ChineseText
import ReportModel

/// Reports that reached us on one line, headings and all.
enum InlineHeadings {
    /// The lines, with those that hold several official headings cut before and after each, and
    /// the title cut from the text that follows it; and what could not be told apart.
    ///
    /// The pieces keep the number of their line and its spaces, which tell cells apart.
    static func split(
        _ lines: [SourceLine], wording: FormWording, gazetteer: Gazetteer
    ) -> (lines: [SourceLine], findings: [Finding]) {
        var cut: [Int: [SourceLine]] = [:]
        var findings: [Finding] = []
        for index in lines.indices
        where lines[index].text.utf8.count > shortestGlued
            && lines[index].signs.contains(.heading)
        {
            let line = lines[index]
            if line.text.utf8.count > longestPlain, let pieces = pieces(of: line, wording: wording)
            {
                cut[index] = pieces
            }
            let isGlued =
                cut[index].map {
                    holdGluedRows($0) || holdInnerHeadings($0, wording: wording)
                } ?? true
            if isGlued, !line.isSeveral, holdsMark(line.text),
                let glued = GluedReport(line, wording: wording, gazetteer: gazetteer)
            {
                cut[index] = glued.lines
                findings += glued.findings
            }
        }
        for index in lines.indices.prefix(headLines)
        where cut[index] == nil && lines[index].signs.contains(.title)
            && lines[index].text.utf8.count > shortestGlued
        {
            let line = lines[index]
            cut[index] = HeadLine.parts(of: line.raw, wording: wording, gazetteer: gazetteer)?
                .map { SourceLine(number: line.number, raw: $0) }
        }
        for (index, pieces) in cut {
            // The title stands before the text of the first piece.
            guard let first = pieces.first, first.signs.contains(.title),
                let parts = HeadLine.parts(of: first.raw, wording: wording, gazetteer: gazetteer)
            else { continue }
            cut[index] =
                parts.map { SourceLine(number: first.number, raw: $0) } + pieces.dropFirst()
        }
        if cut.isEmpty { return (lines, findings) }
        return (lines.indices.flatMap { cut[$0] ?? [lines[$0]] }, findings)
    }

    /// A line with fewer bytes of UTF-8 holds no heading and text besides.
    private static let shortestGlued = 150
    /// The lines among which a title stands.
    private static let headLines = 20

    /// A line with fewer bytes of UTF-8 does not hold several sections.
    private static let longestPlain = 600

    /// The numbers of official headings on a line that is a report; with more it is none.
    private static let headingCounts = 3...100
    /// The most words between spaces on such a line.
    private static let mostWords = 100_000

    /// The pieces of a line; nil when it holds no several headings, or is several lines that are
    /// read together.
    private static func pieces(of line: SourceLine, wording: FormWording) -> [SourceLine]? {
        guard !line.isSeveral else { return nil }
        // Headings are told apart by the spaces around them.
        guard line.raw.utf8.count != line.text.utf8.count || line.text.holds(ascii: 0x20)
        else { return nil }
        guard holdsMarks(line.text) else { return nil }
        var words = line.raw.spacedWords.prefix(mostWords + 1).map { String($0) }
        guard words.count <= mostWords else { return nil }
        // Radicals are no numerals.
        if line.signs.contains(.variant) { words = words.map { TextRepair.repaired($0) } }
        words = Self.withWholeHeadings(words, wording: wording)
        var isHeading = words.map { isOfficialHeading($0, wording: wording) }
        if !headingCounts.contains(isHeading.count { $0 }) {
            // （二）主动公开政府信息情况 heads a section where all are marked so.
            isHeading = words.map {
                isOfficialHeading($0, wording: wording)
                    || isParenthesisedHeading($0, wording: wording)
            }
        }
        guard headingCounts.contains(isHeading.count { $0 }) else { return nil }
        var pieces: [[String]] = [[]]
        for (index, (word, isHeading)) in zip(words, isHeading).enumerated() {
            if index < mostTitleWords, let last = pieces.last, endsTitle(last + [word], wording) {
                pieces[pieces.count - 1].append(word)
                pieces.append([])
            } else if isHeading || isOtherHeading(word, wording: wording) {
                pieces += [[word], []]
            } else if isPlainHeading(word, wording: wording) {
                pieces += [[word], []]
            } else if ItemMark(word)?.kind == .parenthesised
                || opensText(word, wording: wording)
                    && endsRow(pieces.last ?? [], wording: wording)
            {
                pieces.append([word])
                if word.hasSuffix("。") { pieces.append([]) }
            } else {
                pieces[pieces.count - 1].append(word)
                // A paragraph ends, or a table follows.
                if word.hasSuffix("。") { pieces.append([]) }
            }
        }
        return pieces.filter { !$0.isEmpty }.map {
            SourceLine(number: line.number, raw: $0.joined(separator: " "))
        }
    }

    /// The words of a line among which its title stands, once or several times.
    private static let mostTitleWords = 60

    /// Whether words are a title, or the end of one.
    private static func endsTitle(_ words: [String], _ wording: FormWording) -> Bool {
        guard let last = words.last, words.count <= mostPieces,
            ["报告", "年报", "報告", "年報"].contains(where: last.hasSuffix)
        else { return false }
        let text = words.joined()
        return TitleTail(of: text.titlePiece, wording: wording) != nil
            || words.count == 1 && last.utf8.count <= longestTitleEnd && !last.contains("本")
                && ["年度报告", "年度報告"].contains(where: last.hasSuffix)
    }

    /// A title has no more words, and what a break left of one no more bytes of UTF-8.
    private static let mostPieces = 30
    private static let longestTitleEnd = 30

    /// The words with the pieces of an official heading put together that a space parts:
    /// 五、存在的主要问题及改 进情况.
    private static func withWholeHeadings(_ words: [String], wording: FormWording) -> [String] {
        var whole: [String] = []
        for word in words {
            if let last = whole.last, ItemMark(last)?.kind == .chinese,
                word.utf8.count <= longestOther, last.utf8.count <= longestOther,
                !isOfficialHeading(last, wording: wording),
                isOfficialHeading(last + word, wording: wording)
            {
                whole[whole.count - 1] = last + word
            } else if let last = whole.last, PartNames.isName(word),
                let mark = ItemMark(last), mark.length == last.unicodeScalars.count
            {
                // 1. 主动公开情况
                whole[whole.count - 1] = last + word
            } else {
                whole.append(word)
            }
        }
        return whole
    }

    /// Whether a word after a number begins a text rather than the next row.
    private static func opensText(_ word: String, wording: FormWording) -> Bool {
        let scalars = word.unicodeScalars
        guard scalars.count >= shortestText,
            ItemMark(word) != nil || scalars.contains("，") || scalars.last == "。"
        else { return false }
        return !RowLabel.isTableText(wording.words(of: word))
    }

    /// Whether words end in the numbers of a row rather than in one of a sentence.
    private static func endsRow(_ words: [String], wording: FormWording) -> Bool {
        let numbers = words.reversed().prefix {
            $0.utf8.allSatisfy { (0x2B...0x39).contains($0) }
        }.count
        guard numbers > 0 else { return false }
        let label = words.dropLast(numbers).suffix(mostLabelWords).joined()
        return numbers >= fewestNumbers
            || RowLabel.isLabel(wording.words(of: label))
    }

    /// A label has no more words, and a sentence not so many numbers side by side.
    private static let mostLabelWords = 8
    private static let fewestNumbers = 3

    /// A text after a row begins with a word of so many characters.
    private static let shortestText = 8

    /// Whether a numeral from 一 to 九 stands before 、 or a full stop somewhere.
    private static func holdsMark(_ text: String) -> Bool {
        let bytes = text.utf8.span
        for index in min(3, bytes.count)..<bytes.count {
            let isSign =
                bytes[index] == 0x2E
                || bytes[index] == 0xE3 && index + 2 < bytes.count && bytes[index + 1] == 0x80
                    && bytes[index + 2] == 0x81
                || bytes[index] == 0xEF && index + 2 < bytes.count && bytes[index + 1] == 0xBC
                    && bytes[index + 2] == 0x8E
            guard isSign, bytes[index - 3] & 0xF0 == 0xE0 else { continue }
            let value =
                UInt32(bytes[index - 3] & 0xF) << 12 | UInt32(bytes[index - 2] & 0x3F) << 6
                | UInt32(bytes[index - 1] & 0x3F)
            if Unicode.Scalar(value)?.chineseDigit != nil { return true }
        }
        return false
    }

    /// Whether as many numerals stand before signs, as in 一、, as a report on one line has headings.
    private static func holdsMarks(_ text: String) -> Bool {
        var marks = 0
        var isNumeral = false
        for scalar in text.unicodeScalars {
            if isNumeral, scalar == "、" || scalar == "." || scalar == "．" {
                marks += 1
                if marks == headingCounts.lowerBound { return true }
            }
            isNumeral = scalar.isNumeral
        }
        return false
    }

    /// Whether a word is an official heading with the mark that parts of sections have.
    private static func isParenthesisedHeading(_ word: String, wording: FormWording) -> Bool {
        guard let mark = ItemMark(word), mark.kind == .parenthesised else { return false }
        let scalars = wording.scalars(
            of: String(scalars: word.unicodeScalars.dropFirst(mark.length)))
        let match = SectionWords.match(scalars, isParenthesised: true, hasMark: true)
        return match?.length == scalars.count
    }

    private static func isOfficialHeading(_ word: String, wording: FormWording) -> Bool {
        guard let mark = ItemMark(word), mark.kind == .chinese else { return false }
        var words = word.unicodeScalars.dropFirst(mark.length)
        while let last = words.last, "。：:".unicodeScalars.contains(last) { words.removeLast() }
        let body = String(scalars: words)
        let scalars = wording.scalars(of: body)
        if SectionWords.match(scalars, isParenthesised: false, hasMark: true)?.length
            == scalars.count
        {
            return true
        }
        return !body.unicodeScalars.contains { "，。；：".unicodeScalars.contains($0) }
            && SectionWords.match(byKeyWords: scalars) != nil
    }

    /// Whether several rows among the pieces have their first number against their label.
    private static func holdGluedRows(_ pieces: [SourceLine]) -> Bool {
        var glued = 0
        for piece in pieces where Punctuation.endsInDigit(piece.raw) {
            for word in piece.raw.spacedWords where Punctuation.endsInDigit(String(word)) {
                let scalars = word.scalars()
                guard scalars[0].isHan, RowLabel.isLabel(scalars.filter(\.isHan)) else { continue }
                glued += 1
                if glued == fewestGlued { return true }
            }
        }
        return false
    }

    /// Whether a heading stands inside a piece, behind a sentence and against its text.
    private static func holdInnerHeadings(_ pieces: [SourceLine], wording: FormWording) -> Bool {
        pieces.contains { piece in
            guard piece.text.utf8.count > shortestGlued, piece.signs.contains(.heading) else {
                return false
            }
            let text = piece.raw.scalars()
            return text.indices.dropFirst().contains {
                GluedReport.opensSection(in: text, at: $0, wording: wording)
            }
        }
    }

    /// So many rows show that a text lost the spaces after its labels.
    private static let fewestGlued = 2

    /// Whether a word heads a part of a section with a mark that items have too: 1、主动公开,
    /// •主动公开.
    private static func isPlainHeading(_ word: String, wording: FormWording) -> Bool {
        guard word.utf8.count <= longestOther, let first = word.firstScalar else {
            return false
        }
        let mark = ItemMark(word)
        guard mark?.kind == .arabic || SubsectionMarks.isBullet(first) else { return false }
        let body = word.unicodeScalars.dropFirst(mark?.length ?? 1)
        return (4...16).contains(body.count) && body.allSatisfy(\.isHan)
            && !RowLabel.isTableText(wording.words(of: word))
    }

    /// Whether a word could head a section outside the six.
    private static func isOtherHeading(_ word: String, wording: FormWording) -> Bool {
        guard word.utf8.count <= longestOther, let mark = ItemMark(word), mark.kind == .chinese,
            !Punctuation.endsInDigit(word)
        else { return false }
        return !word.unicodeScalars.contains { "，。；：".unicodeScalars.contains($0) }
            && !RowLabel.isTableText(wording.words(of: word))
    }

    /// Such a word has no more bytes of UTF-8.
    private static let longestOther = 90
}
