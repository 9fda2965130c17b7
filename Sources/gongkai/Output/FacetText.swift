import ReportOutput
import ReportSearch

/// Counts of an answer: as text with bars.
struct FacetText {
    let terminal: Terminal

    /// The most values of a facet that text shows.
    private static let most = 20
    /// The columns of the longest bar.
    private static let longestBar = 20

    /// A facet with a bar for each value.
    func lines(of facet: Facet) -> [ShownText] {
        let shown = facet.values.prefix(Self.most)
        let highest = shown.map(\.passages).max() ?? 1
        let labels = shown.map { count in
            let name = facet.field == .section ? FacetTable.section(count.value) : count.value
            return cut(visible(name ?? "\(Message.unknown)"), toColumns: 40)
        }
        let widest = labels.map { width(of: $0) }.max() ?? 0
        var lines = [terminal.styled(ShownText(facet.field.rawValue), .strong)]
        for (count, label) in zip(shown, labels) {
            let length = max(1, count.passages * Self.longestBar / highest)
            let bar = String(repeating: "█", count: length)
            let space = String(repeating: " ", count: widest - width(of: label))
            let rest = String(repeating: " ", count: Self.longestBar - length)
            lines.append(
                "  \(label)\(space)  \(terminal.styled(ShownText(bar), .good))\(rest)  "
                    + "\(Message.counts(passages: count.passages, reports: count.reports))")
        }
        if facet.values.count > shown.count {
            lines.append("  \(Message.more(facet.values.count - shown.count))")
        }
        return lines
    }
}
