import ChineseText
import ReportModel

/// Which lines of an annual report are narrative and which are tables.
struct Layout {
    /// The narrative as passages, in file order.
    let passages: [Passage]
    /// The lines of the tables by section number; only 2, 3 and 4 hold any.
    let tableLines: [[SourceLine]]

    /// What a line is.
    private enum Role {
        case heading(section: Int)
        case narrative(section: Int)
        case table(section: Int)
        case furniture
    }

    init(_ lines: [SourceLine], sections: SectionMap, title: Title?, wording: FormWording) {
        var roles: [Role] = []
        let titleLines = Set(title?.lines ?? [])
        var hasDisputes = false
        var isAfterTables = false
        for (index, line) in lines.enumerated() {
            var section = sections.section(ofLine: index)
            if sections.isHeading(index) {
                isAfterTables = false
                roles.append(.heading(section: section))
                continue
            }
            if isAfterTables { section = 5 }
            if line.isBlank || titleLines.contains(index) || Self.isPageNumber(line.text) {
                roles.append(.furniture)
            } else if index < sections.firstHeading,
                Self.isFurniture(line, at: index, title: title, wording: wording)
            {
                roles.append(.furniture)
            } else if !(2...4).contains(section) {
                roles.append(.narrative(section: section))
            } else if !Self.isNarrative(line, wording: wording) {
                hasDisputes = hasDisputes || (section == 4 && Punctuation.endsInDigit(line.text))
                roles.append(.table(section: section))
            } else {
                // Text after the last table belongs to section 5 when nothing heads that section.
                isAfterTables =
                    section == 4 && hasDisputes && !sections.hasHeading(5) && !Self.isNote(line)
                roles.append(.narrative(section: isAfterTables ? 5 : section))
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
        tableLines = tables
    }

    /// Whether a line before the first heading belongs to the web page rather than the report:
    /// anything above the title, and the title printed again.
    private static func isFurniture(
        _ line: SourceLine, at index: Int, title: Title?, wording: FormWording
    ) -> Bool {
        guard let title, let first = title.lines.first else { return false }
        if index < first { return !Punctuation.endsSentence(line.text) }
        let text = line.text.trimmingTitleSigns
        return TitleTail(of: text, wording: wording) != nil && !Punctuation.endsSentence(text)
    }

    /// Whether a line among the tables is a sentence rather than a row, a head or a piece of one.
    private static func isNarrative(_ line: SourceLine, wording: FormWording) -> Bool {
        let isDelimited = line.raw.unicodeScalars.contains { $0 == "\t" || $0 == "|" || $0 == "｜" }
        guard !isDelimited, !Punctuation.endsInDigit(line.text) else { return false }
        let strange = line.raw.unicodeScalars.split { $0.isSpace }
            .map { wording.words(of: String(Substring($0))) }
            .filter { !RowLabel.isTableText($0) }
        return strange.reduce(0) { $0 + $1.count } >= 8
    }

    /// Whether a line among the tables is a note to them.
    private static func isNote(_ line: SourceLine) -> Bool {
        ["注", "说明", "备注", "此部分", "本部分"].contains { line.text.hasPrefix($0) }
    }

    /// Whether a line is a page number between dashes, as in — 5 —.
    private static func isPageNumber(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.count <= 12 && scalars.contains { "-—–".unicodeScalars.contains($0) }
            && scalars.allSatisfy {
                "-—– ".unicodeScalars.contains($0) || ($0.value >= 0x30 && $0.value <= 0x39)
            }
    }
}
