import ChineseText
import ReportModel

/// Which lines of an annual report are narrative and which are tables.
struct Layout {
    /// The narrative as passages, in file order.
    let passages: [Passage]
    /// The lines of the tables by section number; only 2, 3 and 4 hold any.
    let tableLines: [[SourceLine]]

    /// What the page around the report says of it.
    let evidence: DocumentEvidence

    /// What a line is.
    private enum Role {
        case heading(section: Int)
        case narrative(section: Int)
        case table(section: Int)
        case furniture
    }

    init(_ lines: [SourceLine], sections: SectionMap, title: Title?, wording: FormWording) {
        var lines = lines
        var evidence = DocumentEvidence()
        var roles: [Role] = []
        let titleLines = Set(title?.lines ?? [])
        let lastHeading = sections.headings.last?.line ?? 0
        var hasDisputes = false
        var isAfterTables = false
        // Whether the line before is narrative that goes on.
        var isOpen = false
        for (index, line) in lines.enumerated() {
            var section = sections.section(ofLine: index)
            if sections.isHeading(index) {
                isAfterTables = false
                isOpen = false
                roles.append(.heading(section: section))
                continue
            }
            if isAfterTables { section = 5 }
            let isTable = (2...4).contains(section)
            if line.isBlank || titleLines.contains(index) || Self.isPageNumber(line.text)
                || (!isTable && (Self.isBareNumber(line.text) || Self.isSeparator(line.text)))
            {
                roles.append(.furniture)
                continue
            }
            let isHead = index < sections.firstHeading
            if isHead
                && (sections.contents.contains(index)
                    || Self.isAroundTitle(line, at: index, title: title, wording: wording))
                || (isHead || index > lastHeading) && !isOpen
                    && (PageFurniture.takes(
                        line.raw.utf8.contains(0x09) ? line.raw : wording.words(between: line.raw),
                        into: &evidence)
                        || DateLine.matches(wording.aligned(line.text.unicodeScalars)))
                || !isTable && !isOpen && index < sections.firstHeading + 12
                    && Self.isTitle(line, wording: wording)
            {
                roles.append(.furniture)
            } else if !isTable {
                roles.append(.narrative(section: section))
                isOpen = Self.isOpen(line.text)
            } else if let text = Self.narrative(
                in: line, section: section, isOpen: isOpen, wording: wording)
            {
                // Text after the last table belongs to section 5 when nothing heads that section.
                isAfterTables =
                    section == 4 && hasDisputes && !sections.hasHeading(5) && !Self.isNote(line)
                if text != line.text {
                    lines[index] = SourceLine(number: line.number, raw: text)
                }
                roles.append(.narrative(section: isAfterTables ? 5 : section))
                isOpen = Self.isOpen(text)
            } else {
                hasDisputes = hasDisputes || section == 4
                roles.append(.table(section: section))
                isOpen = false
            }
        }
        let narrative = zip(lines, roles).compactMap { line, role in
            if case .narrative = role { line } else { nil }
        }
        var headings = sections.headings[...]
        var paragraphs = Paragraphs(wraps: LineWraps(of: narrative))
        var tables = [[SourceLine]](repeating: [], count: 8)
        for (line, role) in zip(lines, roles) {
            switch role {
            case .heading(let section):
                paragraphs.begin(section: section)
                if let rest = headings.popFirst()?.rest, !rest.isEmpty {
                    paragraphs.add(SourceLine(number: line.number, raw: rest, text: rest))
                }
            case .narrative(let section):
                if section != paragraphs.section { paragraphs.begin(section: section) }
                paragraphs.add(line)
            case .table(let section):
                paragraphs.finish()
                tables[section].append(line)
            case .furniture:
                break
            }
        }
        paragraphs.finish()
        passages = paragraphs.passages
        self.evidence = evidence
        tableLines = tables
    }

    /// Whether a line is long and in mid-sentence, so that the next one may go on with it.
    private static func isOpen(_ text: String) -> Bool {
        !Punctuation.endsSentence(text) && text.unicodeScalars.count >= 30
    }

    /// Whether a line before the first heading stands above the title and is no sentence.
    private static func isAroundTitle(
        _ line: SourceLine, at index: Int, title: Title?, wording: FormWording
    ) -> Bool {
        if ["目录", "目次", "目录："].contains(line.text) { return true }
        // The end of a title that a page broke.
        if line.text.unicodeScalars.count <= 10, line.text.hasSuffix("年度报告") { return true }
        guard let title, !title.lines.isEmpty, index < title.line else { return false }
        return !Punctuation.endsSentence(line.text) && line.text.unicodeScalars.count < 50
    }

    /// Whether a line is a title, the report's own printed again or one without the agency.
    private static func isTitle(_ line: SourceLine, wording: FormWording) -> Bool {
        let text = line.text.trimmingTitleSigns
        return Title.mayHold(text, pieces: 1) && TitleTail(of: text, wording: wording) != nil
    }

    /// The sentence that a line among the tables prints; nil for a row, a head or a piece of one.
    ///
    /// - Parameter isOpen: whether the line before is a sentence that goes on.
    private static func narrative(
        in line: SourceLine, section: Int, isOpen: Bool, wording: FormWording
    ) -> String? {
        var (text, raw) = (line.text, line.raw)
        if line.raw.unicodeScalars.contains(where: { $0 == "\t" || $0 == "|" || $0 == "｜" }) {
            // A note may fill a row of its own.
            guard let cell = onlyCell(in: line.raw), Punctuation.endsSentence(cell) else {
                return nil
            }
            (text, raw) = (cell, cell)
        }
        let endsSentence = Punctuation.endsSentence(text)
        if isOpen, endsSentence { return text }
        guard !Punctuation.endsInDigit(text) else { return nil }
        var strange = 0
        for word in raw.unicodeScalars.split(whereSeparator: { $0.isSpace }) {
            let words = wording.words(of: String(Substring(word)))
            if RowLabel.isTableText(words) { continue }
            // A head with something added is still a head: 现行有效件数（历史累计）.
            if !endsSentence, RowLabel.opensWithHead(words) { return nil }
            strange += words.count
        }
        // A short line without the end of a sentence is the label of an extra row.
        let isSentence = endsSentence ? strange >= 8 : strange >= 20
        // No row of the fourth table has a number of its own.
        if section == 4, strange >= 4, ItemMark(text)?.kind == .parenthesised { return text }
        return isSentence || strange > 0 && isNote(line) ? text : nil
    }

    /// The text of the only cell of a row that has any; nil when several have.
    private static func onlyCell(in raw: String) -> String? {
        var only: String?
        for cell in raw.unicodeScalars.split(whereSeparator: {
            $0 == "\t" || $0 == "|" || $0 == "｜"
        }) where !cell.allSatisfy({ $0.isSpace }) {
            let text = TextRepair.repaired(String(Substring(cell)))
            if text.isEmpty { continue }
            if only != nil { return nil }
            only = text
        }
        return only
    }

    /// Whether a line among the tables is a note to them.
    private static func isNote(_ line: SourceLine) -> Bool {
        ["注", "说明：", "备注", "此部分", "本部分"].contains { line.text.hasPrefix($0) }
    }

    /// Whether a line is nothing but a number of up to three digits, or 第3页 with or without 共9页.
    private static func isBareNumber(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.count <= 12
            && scalars.allSatisfy {
                ($0.value >= 0x30 && $0.value <= 0x39) || "第页共/ ,，".unicodeScalars.contains($0)
            }
            && (scalars.count <= 3 || scalars.contains("页") || scalars.contains("/"))
    }

    /// Whether a line is a page number between dashes, as in — 5 —.
    private static func isPageNumber(_ text: String) -> Bool {
        func isDash(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "-", "—", "–", " ": true
            default: false
            }
        }
        guard let first = text.unicodeScalars.first, isDash(first),
            let last = text.unicodeScalars.last, isDash(last), text.unicodeScalars.count <= 12
        else { return false }
        // A dash at one end alone is the sign of a number, and dashes between numbers are cells.
        let number = text.unicodeScalars.drop(while: isDash).prefix { !isDash($0) }
        let rest = text.unicodeScalars.drop(while: isDash).dropFirst(number.count)
        return !number.isEmpty && number.allSatisfy { $0.value >= 0x30 && $0.value <= 0x39 }
            && rest.allSatisfy(isDash)
    }

    /// Whether a line is nothing but dashes or the like, which part the pieces of a text.
    private static func isSeparator(_ text: String) -> Bool {
        text.unicodeScalars.count >= 2
            && text.unicodeScalars.allSatisfy { "-—–=_*·~".unicodeScalars.contains($0) }
    }
}
