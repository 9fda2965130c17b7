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
        case narrative
        case table(section: Int)
        case furniture
    }

    init(
        _ lines: [SourceLine], headings: [SectionHeadings.Heading], title: Title?,
        wording: FormWording
    ) {
        var roles: [Role] = []
        var section = 0
        var next = headings[...]
        let firstHeading = headings.first?.line ?? lines.count
        let titleLines = Set(title?.lines ?? [])
        for (index, line) in lines.enumerated() {
            if let heading = next.first, heading.line == index {
                next.removeFirst()
                section = heading.section
                roles.append(.heading(section: section))
            } else if line.isBlank || titleLines.contains(index) || Self.isPageNumber(line.text) {
                roles.append(.furniture)
            } else if index < firstHeading,
                Self.isFurniture(line, at: index, title: title, wording: wording)
            {
                roles.append(.furniture)
            } else if (2...4).contains(section), !Self.isNarrative(line, wording: wording) {
                roles.append(.table(section: section))
            } else {
                roles.append(.narrative)
            }
        }
        let narrative = zip(lines, roles).compactMap { line, role in
            if case .narrative = role { line } else { nil }
        }
        var paragraphs = Paragraphs(wraps: LineWraps(of: narrative))
        var tables = [[SourceLine]](repeating: [], count: 8)
        next = headings[...]
        for (line, role) in zip(lines, roles) {
            switch role {
            case .heading(let section):
                paragraphs.begin(section: section)
                if let rest = next.popFirst()?.rest, !rest.isEmpty {
                    paragraphs.add(SourceLine(number: line.number, raw: rest, text: rest))
                }
            case .narrative:
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

    /// A page number between dashes: — 5 —
    private static func isPageNumber(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.count <= 12 && scalars.contains { "-—–".unicodeScalars.contains($0) }
            && scalars.allSatisfy {
                "-—– ".unicodeScalars.contains($0) || ($0.value >= 0x30 && $0.value <= 0x39)
            }
    }
}
