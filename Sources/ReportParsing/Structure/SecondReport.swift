import ChineseText
import ReportModel

/// A second report in the same file: another title after the last sections, and a first section
/// after it.
struct SecondReport {
    /// The index of the line that holds its title.
    let start: Int
    /// What a reader should know.
    let finding: Finding

    /// The non-blank lines between a title and the first heading.
    private static let longestHead = 40
    /// No report is over after so few lines.
    private static let firstLines = 8
    /// The section from which on the first report may be over.
    private static let lastSections = 4

    /// Whether a line is a name, with or without a year, that the title below it goes on with.
    private static func isName(_ text: String, wording: FormWording) -> Bool {
        guard text.utf8.count <= longestName else { return false }
        let scalars = wording.aligned(text.scalars())
        let name = Title.nameAndYear(scalars).name
        return AgencyName.isLikely(String(scalars: scalars[name]))
    }

    /// No name has more bytes of UTF-8.
    private static let longestName = 150

    init?(in lines: [SourceLine], wording: FormWording, gazetteer: Gazetteer) {
        func section(_ line: SourceLine) -> Int? {
            line.signs.contains(.heading)
                ? SectionHeadings.section(of: line, wording: wording) : nil
        }
        // Each line is looked at once, however many titles follow.
        var (looked, hasLastSection) = (lines.startIndex, false)
        for index in lines.indices.dropFirst(Self.firstLines) {
            let line = lines[index]
            guard line.signs.contains(.title), Title.mayHold(line, pieces: 1) else { continue }
            // The agency may stand on the line above.
            let above = lines[..<index].lastIndex { !$0.isBlank }
            let starts = [index] + (above.map { [$0] } ?? [])
            let found = starts.lazy.compactMap { start -> (start: Int, title: Title)? in
                guard start == index || Self.isName(lines[start].text, wording: wording) else {
                    return nil
                }
                let name = start == index ? line.text : lines[start].text + line.text
                return Title(named: name, wording: wording, gazetteer: gazetteer).map {
                    (start, $0)
                }
            }.first
            guard let (start, title) = found, title.year != nil else { continue }
            let after = lines[(index + 1)...].lazy.filter { !$0.isBlank }.prefix(Self.longestHead)
            guard after.contains(where: { section($0) == 1 }) else { continue }
            while !hasLastSection, looked < index {
                hasLastSection =
                    lines[looked].signs.contains(.heading)
                    && SectionHeadings.section(
                        of: lines[looked], wording: wording, isCertain: false) ?? 0
                        >= Self.lastSections
                looked += 1
            }
            guard hasLastSection else { continue }
            self.start = start
            finding = Finding(
                code: "second_report", line: line.number,
                message:
                    "another report begins here, \(title.text); it is not read: give it a file "
                    + "of its own")
            return
        }
        return nil
    }
}
