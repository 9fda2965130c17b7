import ReportOutput
import ReportSearch

/// Counts of what was found; each narrows to itself.
struct FacetList {
    let address: Address
    let words: Words

    /// The most values of a facet that are shown.
    private static let most = 12

    func html(_ facets: [Facet]) -> HTML {
        let parts = facets.filter { !$0.values.isEmpty }.map { facet -> HTML in
            let shown = facet.values.prefix(Self.most)
            let highest = Double(shown.map(\.passages).max() ?? 1)
            let rows = shown.map { count -> HTML in
                """
                <tr><th scope="row" lang="zh">\(label(facet.field, count))</th>\
                <td class="number">\(count.passages)</td>\
                <td><meter min="0" max="\(Int(highest))" value="\(count.passages)">\
                \(count.passages)</meter></td></tr>

                """
            }
            let name = FieldWords.name(facet.field.rawValue, words)
            let more = facet.values.count - shown.count
            let rest: HTML =
                more > 0
                ? "<p class=\"source\">\(words("and \(more) more", "另有 \(more) 个"))</p>" : ""
            return """
                <table><caption>\(name)</caption>
                <thead class="hidden"><tr><th scope="col">\(name)</th>\
                <th scope="col">\(words("passages", "段落"))</th>\
                <th scope="col">\(words("bar", "条形"))</th></tr></thead>
                <tbody>\(Array(rows))</tbody></table>\(rest)

                """
        }
        guard !parts.isEmpty else { return "" }
        return """
            <aside aria-label="\(words("Narrow", "缩小范围"))"><h2>\(words("Narrow", "缩小范围"))</h2>
            \(parts)</aside>

            """
    }

    private func label(_ field: FacetField, _ count: Facet.Count) -> HTML {
        guard let value = count.value else { return "\(words("unknown", "未知"))" }
        let name =
            field == .province || field == .city || field == .county ? "region" : field.rawValue
        let text = field == .section ? FacetTable.section(value) ?? value : value
        if address.values(of: name).contains(value) {
            return """
                <a href="\(address.without(name, value: value).text)" aria-current="true">\(text) ✕</a>
                """
        }
        return "<a href=\"\(address.with(name, value).text)\">\(text)</a>"
    }
}
