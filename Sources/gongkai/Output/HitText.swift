import ReportModel
import ReportSearch

/// A hit as text: a head line, then the passage with its matches, cut around them when long.
struct HitText {
    let terminal: Terminal

    /// The most characters of a passage that are shown.
    private static let longest = 220
    private static let indent: ShownText = "   "
    private static let indentColumns = 3

    func lines(of hit: SearchHit) -> [ShownText] {
        var lines = title(of: hit)
        let values = hit.values.map { value in
            "\(value.statistic.names.first ?? value.statistic.key) "
                + (value.value.map(value.statistic.shown) ?? "—")
        }
        if !values.isEmpty {
            lines.append(Self.indent + ShownText(values.joined(separator: "  ")))
        }
        lines += hit.before.flatMap(context)
        lines += layout.lines(of: hit.passage.text, matches: hit.matches).map { pieces in
            Self.indent
                + pieces.map {
                    $0.isMatch ? terminal.styled(ShownText($0.text), .match) : ShownText($0.text)
                }.joined()
        }
        lines += hit.after.flatMap(context)
        for file in hit.files.prefix(3) {
            let link = terminal.link(file, line: hit.passage.lines.lowerBound)
            let place = hit.place.map { place -> ShownText in "  \(Message.place(place))" } ?? ""
            lines.append(Self.indent + terminal.styled(link, .faint) + place)
        }
        return lines
    }

    /// Agency, year and section; the section on a line of its own when it would pass the end.
    private func title(of hit: SearchHit) -> [ShownText] {
        let head = hit.report
        let name = ShownText(head.agency ?? head.title ?? "—")
        let year = head.year.map { "  \($0)" } ?? ""
        let first: ShownText = "\(hit.rank). \(terminal.styled(name, .strong))\(year)"
        let section = ShownText.escaped(Self.section(of: hit))
        if section.isEmpty { return [first] }
        let used = width(of: "\(hit.rank). \(name)\(year)  \(section)")
        return used <= terminal.columns
            ? ["\(first)  \(section)"]
            : [
                first,
                Self.indent
                    + ShownText(Table.cut(section, to: terminal.columns - Self.indentColumns)),
            ]
    }

    private var layout: PassageLayout {
        PassageLayout(
            columns: terminal.columns - Self.indentColumns,
            longest: max(Self.longest, 3 * terminal.columns))
    }

    /// A passage beside the hit, set apart from it.
    private func context(_ passage: Passage) -> [ShownText] {
        let layout = PassageLayout(
            columns: terminal.columns - Self.indentColumns - 2, longest: Self.longest)
        return layout.lines(of: passage.text, matches: []).map { pieces in
            Self.indent + terminal.styled("| \(pieces.map(\.text).joined())", .faint)
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
