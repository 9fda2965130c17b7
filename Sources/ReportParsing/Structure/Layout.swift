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
    /// The line on which a table of indicators begins that is no part of the form; nil when there
    /// is none.
    let appendixLine: Int?

    init(_ lines: [SourceLine], sections: SectionMap, title: Title?, wording: FormWording) {
        let parts = LayoutParts(of: lines, sections: sections, title: title, wording: wording)
        evidence = parts.evidence
        appendixLine = parts.appendix.map { lines[$0].number }
        var narrative = [[SourceLine]](repeating: [], count: 8)
        for part in parts.all where part.role == .narrative {
            narrative[part.section].append(part.line)
        }
        let marks = Self.marks(of: narrative, sections: sections)
        var headings = sections.headings[...]
        let text = parts.all.lazy.filter { $0.role == .narrative }.map { $0.line }
        var paragraphs = Paragraphs(wraps: LineWraps(of: text))
        var tables = [[SourceLine]](repeating: [], count: 8)
        for part in parts.all {
            switch part.role {
            case .heading:
                paragraphs.begin(section: part.section, marks: marks[part.section])
                if let rest = headings.popFirst()?.rest, !rest.isEmpty {
                    paragraphs.add(SourceLine(number: part.line.number, raw: rest, text: rest))
                }
            case .narrative:
                if part.section != paragraphs.section {
                    paragraphs.begin(section: part.section, marks: marks[part.section])
                }
                paragraphs.add(part.line)
            case .table:
                paragraphs.finish()
                tables[part.section].append(part.line)
            }
        }
        paragraphs.end()
        passages = paragraphs.passages
        tableLines = tables
    }

    /// How the headings inside each section are marked; text after the tables without a heading of
    /// its own has none but those of the form.
    private static func marks(
        of narrative: [[SourceLine]], sections: SectionMap
    ) -> [SubsectionMarks] {
        narrative.enumerated().map { section, lines in
            section == 5 && !sections.hasHeading(5) ? .chinese : SubsectionMarks(of: lines)
        }
    }
}
