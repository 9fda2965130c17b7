import ChineseText
import ReportModel

/// Which lines of an annual report are narrative and which are tables.
struct Layout {
    /// The narrative as passages, in file order.
    let passages: [Passage]
    /// The lines of the tables by section number; only 2, 3 and 4 hold any.
    let tableLines: [[SourceLine]]

    init(
        _ lines: [SourceLine], headings: [SectionHeadings.Heading], title: Title?,
        folding: TextFolding
    ) {
        let narrative = lines.filter { !$0.isBlank }
        var paragraphs = Paragraphs(wraps: LineWraps(of: narrative))
        var tables = [[SourceLine]](repeating: [], count: 8)
        let titleLines = Set(title?.lines ?? [])
        var section = 0
        var next = headings[...]
        for (index, line) in lines.enumerated() {
            if titleLines.contains(index) {
                paragraphs.finish()
                continue
            }
            if let heading = next.first, heading.line == index {
                next.removeFirst()
                section = heading.section
                paragraphs.begin(section: section)
                if !heading.rest.isEmpty {
                    paragraphs.add(
                        SourceLine(number: line.number, raw: heading.rest, text: heading.rest))
                }
                continue
            }
            if line.isBlank { continue }
            if (2...4).contains(section), !Self.isNarrative(line, folding: folding) {
                paragraphs.finish()
                tables[section].append(line)
            } else if !Self.isPageNumber(line.text) {
                paragraphs.add(line)
            }
        }
        paragraphs.finish()
        passages = paragraphs.passages
        tableLines = tables
    }

    /// Whether a line among the tables is a sentence rather than a row, a head or a piece of one.
    private static func isNarrative(_ line: SourceLine, folding: TextFolding) -> Bool {
        let isDelimited = line.raw.unicodeScalars.contains { $0 == "\t" || $0 == "|" || $0 == "｜" }
        guard !isDelimited, !Punctuation.endsInDigit(line.text) else { return false }
        let strange = line.raw.unicodeScalars.split { $0.properties.isWhitespace }
            .map { folding.folded(String(Substring($0))).text.unicodeScalars }
            .map { Array($0.filter(\.properties.isIdeographic)) }
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
