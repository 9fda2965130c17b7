import ReportModel
import ReportSearch

/// A hit as text: a head line, then the passage with its matches, cut around them when long.
struct HitText {
    let terminal: Terminal

    /// The most characters of a passage that are shown.
    private static let longest = 220
    private static let indent = "   "

    func lines(of hit: SearchHit) -> [String] {
        var lines = title(of: hit)
        let values = hit.values.map { value in
            "\(value.statistic.names.first ?? value.statistic.key) "
                + (value.value.map(value.statistic.shown) ?? "—")
        }
        if !values.isEmpty { lines.append(Self.indent + values.joined(separator: "  ")) }
        lines += hit.before.flatMap(context)
        lines += layout.lines(of: hit.passage.text, matches: hit.matches).map { pieces in
            Self.indent
                + pieces.map { $0.isMatch ? terminal.styled($0.text, .match) : $0.text }.joined()
        }
        lines += hit.after.flatMap(context)
        for file in hit.files.prefix(3) {
            let link = terminal.link(file, line: hit.passage.lines.lowerBound)
            lines.append(Self.indent + terminal.styled(link, .faint))
        }
        return lines
    }

    /// Agency, year and section; the section on a line of its own when it would pass the end.
    private func title(of hit: SearchHit) -> [String] {
        let head = hit.report
        let name = Terminal.visible(head.agency ?? head.title ?? "—")
        let year = head.year.map { "  \($0)" } ?? ""
        let first = "\(hit.rank). " + terminal.styled(name, .strong) + year
        let section = Terminal.visible(Self.section(of: hit))
        if section.isEmpty { return [first] }
        let used = width(of: "\(hit.rank). \(name)\(year)  \(section)")
        return used <= terminal.columns
            ? [first + "  " + section]
            : [first, Self.indent + Table.cut(section, to: terminal.columns - Self.indent.count)]
    }

    private var layout: PassageLayout {
        PassageLayout(
            columns: terminal.columns - Self.indent.count,
            longest: max(Self.longest, 3 * terminal.columns))
    }

    /// A passage beside the hit, set apart from it.
    private func context(_ passage: Passage) -> [String] {
        let layout = PassageLayout(
            columns: terminal.columns - Self.indent.count - 2, longest: Self.longest)
        return layout.lines(of: passage.text, matches: []).map { pieces in
            Self.indent + terminal.styled("| " + pieces.map(\.text).joined(), .faint)
        }
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
}
