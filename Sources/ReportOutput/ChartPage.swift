import QueryLanguage

/// A chart as a page of its own: the drawing, the figures as a table, what must be known of them.
///
/// It needs no script and fetches nothing.
public struct ChartPage {
    private let chart: Chart
    private let table: [[String]]
    private let notes: [String]

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - table: the figures as rows of texts, their heads first.
    ///   - notes: what must be known of them, a paragraph each.
    public init(_ chart: Chart, table: [[String]], notes: [String]) {
        (self.chart, self.table, self.notes) = (chart, table, notes)
    }

    /// The document.
    public var text: String {
        let title = Markup.escaped(chart.title)
        let drawing = ChartSVG(chart, table: []).text.split(separator: "\n").dropFirst()
            .joined(separator: "\n")
        let heads = (table.first ?? []).map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }
        let rows = table.dropFirst().map { row in
            "<tr>" + row.map { "<td>\(Markup.escaped($0))</td>" }.joined() + "</tr>"
        }
        return """
            <!DOCTYPE html>
            <html lang="\(chart.language == .chinese ? "zh" : "en")">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(title)</title>
            <style>
            body { font: 16px/1.6 sans-serif; max-width: 52rem; margin: 1rem auto; padding: 0 1rem }
            svg { max-width: 100%; height: auto }
            .table { overflow-x: auto }
            table { border-collapse: collapse; font-size: 14px }
            th, td { border: 1px solid #999; padding: .2rem .6rem; text-align: left }
            td { font-variant-numeric: tabular-nums }
            </style>
            </head>
            <body>
            <h1>\(title)</h1>
            <p>\(Markup.escaped(chart.summary))</p>
            <figure>
            \(drawing)
            </figure>
            <div class="table"><table>
            <caption>\(title)</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            \(notes.map { "<p>\(Markup.escaped($0))</p>" }.joined(separator: "\n"))
            </body>
            </html>

            """
    }
}
