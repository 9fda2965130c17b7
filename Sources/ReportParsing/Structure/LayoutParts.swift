import ChineseText
import ReportModel

/// The lines of an annual report that are no furniture, and what each is.
struct LayoutParts {
    /// One such line.
    struct Part {
        enum Role {
            case heading
            case narrative
            case table
        }

        let role: Role
        let section: Int
        let line: SourceLine
    }

    /// The lines in file order.
    private(set) var all: [Part] = []
    /// What the page around the report says of it.
    private(set) var evidence = DocumentEvidence()
    /// The index of the line with which a table of indicators begins that is no part of the form;
    /// nil when there is none.
    let appendix: Int?

    private let lines: [SourceLine]
    private let sections: SectionMap
    private let title: Title?
    private let wording: FormWording
    private let tabled: [Bool]
    private let lastHeading: Int
    /// Whether numbers of the fourth table were met.
    private var hasDisputes = false
    /// Whether the heads of the fourth table were met.
    private var hasDisputeHeads = false
    /// The end of the section that was asked about last, and its last row.
    private var lastRow: (end: Int, row: Int)?
    /// The lines before the first sections that print the title again.
    private let repeatedTitle: Set<Int>
    /// Whether the text below the tables began, which no heading opens.
    private var isAfterTables = false
    /// Whether the line before is narrative that goes on.
    private var isOpen = false

    init(of lines: [SourceLine], sections: SectionMap, title: Title?, wording: FormWording) {
        self.lines = lines
        self.sections = sections
        self.title = title
        self.wording = wording
        lastHeading = sections.headings.last?.line ?? 0
        repeatedTitle =
            title.map {
                Self.repetitions(
                    of: $0, in: lines[..<min(lines.count, sections.firstHeading + Self.titleReach)])
            } ?? []
        tabled = Self.tabledSections(lines, sections: sections, wording: wording)
        appendix = IndicatorAppendix.start(in: lines, after: lastHeading, wording: wording)
        all.reserveCapacity(lines.count)
        for index in lines.indices.prefix(appendix ?? lines.count) where !lines[index].isBlank {
            if sections.isHeading(index) {
                isAfterTables = false
                isOpen = false
                add(.heading, sections.section(ofLine: index), lines[index])
            } else {
                take(index)
            }
        }
    }

    private mutating func add(_ role: Part.Role, _ section: Int, _ line: SourceLine) {
        all.append(Part(role: role, section: section, line: line))
    }

    /// Tells what a line is that heads no section.
    private mutating func take(_ index: Int) {
        let line = lines[index]
        let section = isAfterTables ? 5 : sections.section(ofLine: index)
        let isTable = (2...4).contains(section) && tabled[section]
        if isNothing(line, isTable: isTable) || title?.lines.contains(index) == true { return }
        if isAround(line, at: index, isTable: isTable) { return }
        if !isTable {
            add(.narrative, section, line)
            isOpen = Self.isOpen(line)
        } else if let text = Self.narrative(
            in: line, section: section, isOpen: isOpen, isAfterDisputes: hasDisputes,
            wording: wording)
        {
            // Text after the last table belongs to section 5 when nothing heads that section.
            isAfterTables =
                section == 4 && (hasDisputes || isBelowBlankTable(index))
                && !sections.hasHeading(5) && !Self.isNote(line)
            let whole =
                text == line.text
                ? line : SourceLine(number: line.number, lastNumber: line.lastNumber, raw: text)
            add(.narrative, isAfterTables ? 5 : section, whole)
            isOpen = Self.isOpen(whole)
        } else {
            hasDisputeHeads =
                hasDisputeHeads
                || section == 4 && wording.words(of: line.text).holds(anyOf: Self.disputeHeads)
            hasDisputes =
                hasDisputes
                || section == 4 && line.text.unicodeScalars.contains { CalendarYear.isDigit($0) }
            add(.table, section, line)
            isOpen = false
        }
    }

    private static let disputeHeads: WordList = ["尚未审结"]

    /// Whether a line is a sentence below the fourth table, of which the heads alone are there.
    private mutating func isBelowBlankTable(_ index: Int) -> Bool {
        guard hasDisputeHeads, Punctuation.endsSentence(lines[index].text) else { return false }
        let end = sections.headings.first { $0.line > index }?.line ?? lines.count
        if let lastRow, lastRow.end == end { return lastRow.row <= index }
        // Once a section: a sentence may stand on each of its lines.
        let row = lines[(index + 1)..<end].lastIndex {
            !$0.isBlank && Self.isRow($0, wording: wording)
        }
        lastRow = (end, row ?? index)
        return row == nil
    }

    /// Whether a line is a number of a page, or outside of tables a bare one or a rule.
    private func isNothing(_ line: SourceLine, isTable: Bool) -> Bool {
        Self.isPageNumber(line)
            || (!isTable && (Self.isBareNumber(line) || Self.isSeparator(line)))
    }

    /// Whether a line stands around the report and is no part of it: furniture of the page, a date,
    /// the title again.
    private mutating func isAround(_ line: SourceLine, at index: Int, isTable: Bool) -> Bool {
        let isHead = index < sections.firstHeading
        return isHead
            && (sections.contents.contains(index) || repeatedTitle.contains(index)
                || Self.isDecoration(line)
                || Self.isAroundTitle(line, at: index, title: title, wording: wording))
            || (isHead || index > lastHeading) && !isOpen
                && (Self.isFurniture(line, into: &evidence, wording: wording)
                    || DateLine.matches(line, wording: wording))
            || !isTable && !isOpen && index < sections.firstHeading + Self.titleReach
                && Self.isTitle(line, wording: wording)
    }

    /// The lines after the first heading among which the title may be printed again.
    private static let titleReach = 12

    /// Of each section whether it prints words or cells of a table; those of reports before 2019 and
    /// of openings may be text alone.
    private static func tabledSections(
        _ lines: [SourceLine], sections: SectionMap, wording: FormWording
    ) -> [Bool] {
        var found = [Bool](repeating: false, count: 8)
        for index in lines.indices where !lines[index].isBlank && !sections.isHeading(index) {
            let section = sections.section(ofLine: index)
            guard (2...4).contains(section), !found[section] else { continue }
            found[section] =
                !lines[index].signs.isDisjoint(with: [.tab, .bar])
                || isRow(lines[index], wording: wording)
        }
        return found
    }

    private static func isRow(_ line: SourceLine, wording: FormWording) -> Bool {
        let words = wording.words(of: line.raw)
        if RowLabel.isTableText(words) || RowLabel.opensWithHead(words) { return true }
        return Punctuation.endsInDigit(line.text)
            && !line.text.unicodeScalars.contains { $0 == "，" || $0 == "," || $0 == "。" }
    }

    /// Whether a line is furniture of a page; what it says of the article is kept.
    private static func isFurniture(
        _ line: SourceLine, into evidence: inout DocumentEvidence, wording: FormWording
    ) -> Bool {
        PageFurniture.mayTake(line.raw)
            && PageFurniture.takes(
                line.signs.contains(.tab) ? line.raw : wording.words(between: line.raw),
                into: &evidence)
    }

    /// The lines that print a title once more, over up to three lines.
    private static func repetitions(
        of title: Title, in lines: ArraySlice<SourceLine>
    ) -> Set<Int> {
        let candidates = Array(
            lines.indices.lazy.filter {
                !lines[$0].isBlank && lines[$0].length <= Title.longest
            }.prefix(searchedLines))
        var found: Set<Int> = []
        for start in candidates.indices {
            var whole = ""
            for end in candidates.indices[start...].prefix(mostTitleLines) {
                whole += lines[candidates[end]].text.titlePiece
                guard title.text.utf8.starts(with: whole.utf8) else { break }
                if whole.utf8.count == title.text.utf8.count {
                    found.formUnion(candidates[start...end])
                }
            }
        }
        return found
    }

    /// The lines among which a title is printed again.
    private static let searchedLines = 200
    /// A title is printed over no more lines than this.
    private static let mostTitleLines = 3

    /// Whether a line is a remark below the title on what the text is: （图解）.
    private static func isDecoration(_ line: SourceLine) -> Bool {
        guard (4...8).contains(line.length) else { return false }
        let scalars = line.text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last,
            "（(【[".unicodeScalars.contains(first), "）)】]".unicodeScalars.contains(last)
        else { return false }
        return decorations.contains(String(line.text.dropFirst().dropLast()))
    }

    private static let decorations: Set<String> = [
        "图解", "图文", "图文版", "图文解读", "解读", "解读版", "简版", "文字版", "全文", "正文", "附表", "视频版", "可视化版",
    ]

    /// Whether a line is long and in mid-sentence, so that the next one may go on with it.
    private static func isOpen(_ line: SourceLine) -> Bool {
        line.length >= 30 && !Punctuation.endsSentence(line.text)
    }

    /// Whether a line before the first heading stands above the title and is no sentence.
    private static func isAroundTitle(
        _ line: SourceLine, at index: Int, title: Title?, wording: FormWording
    ) -> Bool {
        if ["目录", "目次", "目录："].contains(line.text) { return true }
        // The end of a title that a page broke.
        if line.length <= 10, ["年度报告", "年度報告"].contains(where: line.text.hasSuffix) { return true }
        guard let title, !title.lines.isEmpty, index < title.line else { return false }
        return line.length < 50 && !Punctuation.endsSentence(line.text)
    }

    /// Whether a line is a title, the report's own printed again or one without the agency.
    private static func isTitle(_ line: SourceLine, wording: FormWording) -> Bool {
        line.signs.contains(.title) && Title.mayHold(line, pieces: 1)
            && TitleTail(of: line.text.trimmingTitleSigns, wording: wording) != nil
    }

    /// The sentence that a line among the tables prints; nil for a row, a head or a piece of one.
    ///
    /// - Parameters:
    ///   - isOpen: whether the line before is a sentence that goes on.
    ///   - isAfterDisputes: whether a line of the fourth table stands before it.
    private static func narrative(
        in line: SourceLine, section: Int, isOpen: Bool, isAfterDisputes: Bool,
        wording: FormWording
    ) -> String? {
        var (text, raw) = (line.text, line.raw)
        if !line.signs.isDisjoint(with: [.tab, .bar]) {
            // A note may fill a row of its own.
            guard !holdsCells(line.raw), Punctuation.mayEndSentence(line.raw),
                let cell = onlyCell(in: line.raw), Punctuation.endsSentence(cell)
            else {
                return nil
            }
            (text, raw) = (cell, cell)
        }
        // 14（含失效2件） is a cell.
        if Punctuation.beginsWithDigit(text), let last = text.lastScalar,
            last == "）" || last == ")",
            CellValue(text, folding: wording.folding) != nil
        {
            return nil
        }
        let endsSentence = Punctuation.endsSentence(text)
        if isOpen, endsSentence { return text }
        // A wrap may end in a digit, and a row holds no comma but in its label.
        let endsInDigit = Punctuation.endsInDigit(text)
        guard !endsInDigit || text.unicodeScalars.contains(where: { $0 == "，" }) else { return nil }
        var strange = 0
        for word in raw.spacedWords {
            let words = wording.words(of: word)
            if RowLabel.isTableText(words) { continue }
            // A head with something added is still a head: 现行有效件数（历史累计）.
            if !endsSentence, RowLabel.opensWithHead(words) { return nil }
            strange += words.count
        }
        if endsInDigit { return strange >= 16 ? text : nil }
        // A short line without the end of a sentence is the label of an extra row.
        let least = text.lastScalar == "。" ? 3 : endsSentence ? 8 : 20
        let isSentence = strange >= least
        // No row of the fourth table has a number of its own, and its numbers are its last line.
        if section == 4, strange >= 4 {
            if isAfterDisputes, strange >= fewestAfter || isNumbered(raw) { return text }
            if let mark = ItemMark(text), isAfterDisputes || mark.kind == .parenthesised {
                return text
            }
        }
        return isSentence || strange > 0 && isNote(line) ? text : nil
    }

    /// A line below the last table with so many characters that no table has is text.
    private static let fewestAfter = 6

    /// Whether a printed line begins with a number and a space.
    private static func isNumbered(_ raw: String) -> Bool {
        let text = raw.utf8.drop { $0 == 0x20 }
        let digits = text.prefix { (0x30...0x39).contains($0) }
        return (1...2).contains(digits.count) && text.dropFirst(digits.count).first == 0x20
    }

    /// The text of the only cell of a row that has any; nil when several have.
    private static func onlyCell(in raw: String) -> String? {
        let line = raw.replacingWideBars
        let utf8 = line.utf8.span
        var only: String?
        var start = 0
        while start < utf8.count {
            var end = start
            while end < utf8.count, utf8[end] != 0x09, utf8[end] != 0x7C { end += 1 }
            let text = TextRepair.repaired(line.part(start..<end))
            start = end + 1
            if text.isEmpty { continue }
            if only != nil { return nil }
            only = text
        }
        return only
    }

    /// Whether two cells of a row hold characters that are seen, which is told quickly of most
    /// rows; false when in doubt.
    private static func holdsCells(_ raw: String) -> Bool {
        let bytes = raw.utf8.span
        var count = 0
        var isFilled = false
        for index in bytes.indices {
            switch bytes[index] {
            case 0x09, 0x7C: isFilled = false
            case 0xEF where bytes[index + 1] == 0xBD && bytes[index + 2] == 0x9C: isFilled = false
            // ASCII that is seen, and what most ideographs begin with.
            case 0x21...0x7B, 0x7D, 0x7E, 0xE5...0xE8:
                if !isFilled { count += 1 }
                if count == 2 { return true }
                isFilled = true
            default: break
            }
        }
        return false
    }

    /// Whether a line among the tables is a note to them.
    private static func isNote(_ line: SourceLine) -> Bool {
        ["注", "说明：", "备注", "此部分", "本部分"].contains { line.text.utf8.starts(with: $0.utf8) }
    }

    /// Whether a line is nothing but a number of up to three digits, or 第3页 with or without 共9页.
    private static func isBareNumber(_ line: SourceLine) -> Bool {
        guard line.length <= 12 else { return false }
        let scalars = line.text.unicodeScalars
        return scalars.allSatisfy {
            switch $0 {
            case "0"..."9", "第", "页", "共", "/", " ", ",", "，": true
            default: false
            }
        } && (line.length <= 3 || scalars.contains("页") || scalars.contains("/"))
    }

    /// Whether a line is a page number between dashes, as in — 5 —.
    private static func isPageNumber(_ line: SourceLine) -> Bool {
        let text = line.text
        func isDash(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "-", "—", "–", " ": true
            default: false
            }
        }
        guard line.length <= 12, let first = text.firstScalar, isDash(first),
            let last = text.lastScalar, isDash(last)
        else { return false }
        // A dash at one end alone is the sign of a number, and dashes between numbers are cells.
        let number = text.unicodeScalars.drop(while: isDash).prefix { !isDash($0) }
        let rest = text.unicodeScalars.drop(while: isDash).dropFirst(number.count)
        return !number.isEmpty && number.allSatisfy { $0.value >= 0x30 && $0.value <= 0x39 }
            && rest.allSatisfy(isDash)
    }

    /// Whether a line is nothing but dashes or the like, which part the pieces of a text.
    private static func isSeparator(_ line: SourceLine) -> Bool {
        line.length >= 2
            && line.text.unicodeScalars.allSatisfy {
                switch $0 {
                case "-", "—", "–", "=", "_", "*", "·", "~": true
                default: false
                }
            }
    }
}
