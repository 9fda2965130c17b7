import ReportModel
import ReportOutput
import ReportSearch

/// A hit as text: a head line, then the passage with its matches, cut around them when long.
struct HitText {
    let terminal: Terminal

    /// The most characters of a passage that are shown.
    private static let longest = 220
    /// The same of the best passage of a report in a list.
    private static let longestBest = 60
    private static let indent: ShownText = "   "
    private static let indentColumns = 3

    func lines(of hit: SearchHit) -> [ShownText] {
        var lines = title(of: hit)
        let values = hit.values.map(Self.shown)
        if !values.isEmpty {
            lines.append(Self.indent + ShownText(values.joined(separator: "  ")))
        }
        lines += hit.before.flatMap(context)
        let layout = self.layout(longest: max(Self.longest, 3 * terminal.columns))
        lines += layout.lines(of: hit.passage.text, matches: hit.matches).map(styled)
        lines += hit.after.flatMap(context)
        for file in hit.files.prefix(3) {
            let link = terminal.link(file, line: hit.passage.lines.lowerBound)
            let part = hit.part.map { part -> ShownText in "  \(Message.part(part))" } ?? ""
            lines.append(Self.indent + terminal.styled(link, .faint) + part)
        }
        return lines
    }

    /// A report of a list: a line with agency, year, place, values and how many passages match; then the
    /// best of these, and the file.
    func lines(of report: MatchingReport) -> [ShownText] {
        let head = report.head
        let name = ShownText(head.agency ?? head.title ?? report.files.first ?? "—")
        var parts: [ShownText] = [
            "\(report.rank). \(terminal.styled(name, .strong))",
            ShownText(head.year.map(String.init) ?? "—"),
        ]
        let place = head.region.names.joined(separator: " ")
        if !place.isEmpty { parts.append(ShownText(place)) }
        parts += report.values.map { ShownText(Self.shown($0)) }
        parts.append("\(Message.passages(report.passages))")
        var lines = [parts.joined(separator: "  ")]
        if let best = report.best {
            let layout = self.layout(longest: Self.longestBest)
            lines += layout.lines(of: best.passage.text, matches: best.matches).map(styled)
        }
        if let file = report.files.first {
            let link = terminal.link(file, line: report.best?.passage.lines.lowerBound ?? 1)
            lines.append(Self.indent + terminal.styled(link, .faint))
        }
        return lines
    }

    private static func shown(_ value: (statistic: Statistic, value: Double?)) -> String {
        "\(value.statistic.names.first ?? value.statistic.key) "
            + (value.value.map(value.statistic.shown) ?? "—")
    }

    private func styled(_ pieces: [PassageLayout.Piece]) -> ShownText {
        Self.indent
            + pieces.map {
                $0.isMatch ? terminal.styled(ShownText($0.text), .match) : ShownText($0.text)
            }.joined()
    }

    /// Agency, year and section; the section on a line of its own when it would pass the end.
    private func title(of hit: SearchHit) -> [ShownText] {
        let head = hit.report
        let name = ShownText(head.agency ?? head.title ?? "—")
        let year = head.year.map { "  \($0)" } ?? ""
        let first: ShownText = "\(hit.rank). \(terminal.styled(name, .strong))\(year)"
        let section = visible(Self.section(of: hit))
        if section.isEmpty { return [first] }
        let used = width(of: "\(hit.rank). \(name)\(year)  \(section)")
        guard let columns = terminal.textColumns, used > columns else {
            return ["\(first)  \(section)"]
        }
        return [
            first, Self.indent + ShownText(cut(section, toColumns: columns - Self.indentColumns)),
        ]
    }

    /// How a passage is laid out: in one line and whole where lines have no end.
    ///
    /// - Parameter longest: the most characters of it that are shown otherwise.
    private func layout(longest: Int, indent: Int = indentColumns) -> PassageLayout {
        guard let columns = terminal.textColumns else {
            return PassageLayout(columns: .max, longest: .max)
        }
        return PassageLayout(columns: columns - indent, longest: longest)
    }

    /// A passage beside the hit, set apart from it.
    private func context(_ passage: Passage) -> [ShownText] {
        let layout = self.layout(longest: Self.longest, indent: Self.indentColumns + 2)
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
