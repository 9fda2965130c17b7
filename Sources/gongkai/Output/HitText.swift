import ReportModel
import ReportSearch

/// A hit as text: a head line, then the passage with its matches, cut around them when long.
struct HitText {
    let terminal: Terminal

    /// The most characters of a passage that are shown.
    private static let longest = 220
    /// The characters shown before the first match of a cut passage.
    private static let before = 40

    func lines(of hit: SearchHit) -> [String] {
        let head = hit.report
        var title = "\(hit.rank). "
        title += terminal.styled(Terminal.visible(head.agency ?? head.title ?? "—"), .strong)
        if let year = head.year { title += "  \(year)" }
        let section = Self.section(of: hit)
        if !section.isEmpty { title += "  " + Terminal.visible(section) }
        var lines = [title]
        let values = hit.values.map { value in
            "\(value.statistic.names.first ?? value.statistic.key) "
                + (value.value.map { $0.figure + (value.statistic.unit ?? "") } ?? "—")
        }
        if !values.isEmpty { lines.append("   " + values.joined(separator: "  ")) }
        lines += wrapped(hit).map { "   " + $0 }
        for file in hit.files.prefix(3) {
            let link = terminal.link(file, line: hit.passage.lines.lowerBound)
            lines.append("   " + terminal.styled(link, .faint))
        }
        return lines
    }

    /// The section as a person would name it: its number and heading, then the subsection.
    private static func section(of hit: SearchHit) -> String {
        var parts: [String] = []
        if let title = hit.sectionTitle {
            let numbers = ["", "一、", "二、", "三、", "四、", "五、", "六、", ""]
            let number = hit.passage.section
            parts.append((numbers.indices.contains(number) ? numbers[number] : "") + title)
        }
        if let subsection = hit.passage.subsection { parts.append(subsection) }
        return parts.joined(separator: " ")
    }

    /// The passage in lines no wider than the terminal, matches whole and styled.
    private func wrapped(_ hit: SearchHit) -> [String] {
        let scalars = Array(hit.passage.text.unicodeScalars)
        let shown = Self.excerpt(of: scalars.count, around: hit.matches)
        var lines: [String] = []
        var line = shown.lowerBound > 0 ? "…" : ""
        var column = shown.lowerBound > 0 ? 1 : 0
        var isInMatch = false
        func breakLine() {
            if isInMatch { line += ending }
            lines.append(line)
            line = isInMatch ? beginning : ""
            column = 0
        }
        for index in shown {
            let isMatch = hit.matches.contains { $0.contains(index) }
            if isMatch != isInMatch {
                line += isMatch ? beginning : ending
                isInMatch = isMatch
            }
            let text = Terminal.visible(String(Character(scalars[index])))
            let size = width(of: text)
            if column + size > terminal.columns - 3 { breakLine() }
            line += text
            column += size
        }
        if isInMatch { line += ending }
        if shown.upperBound < scalars.count { line += "…" }
        lines.append(line)
        return lines
    }

    private var beginning: String { terminal.usesColor ? "\u{1B}[1;31m" : "" }
    private var ending: String { terminal.usesColor ? "\u{1B}[0m" : "" }

    /// The part of a passage that is shown: all of it when short, otherwise from a little before
    /// the first match, and never less than the whole first match.
    private static func excerpt(of count: Int, around matches: [Range<Int>]) -> Range<Int> {
        guard count > longest else { return 0..<count }
        let first = matches.first ?? 0..<0
        let start = max(0, min(first.lowerBound - before, count - longest))
        return start..<min(count, max(start + longest, first.upperBound))
    }
}
