import ReportModel
import ReportOutput
import ReportSearch

/// Passages and reports that were found.
struct HitList {
    let address: Address
    let words: Words

    func passages(_ hits: [SearchHit]) -> HTML {
        guard !hits.isEmpty else { return "" }
        let items = hits.map { hit -> HTML in
            let section = hit.sectionTitle ?? hit.passage.subsection
            return """
                <li><article\(hit.isRelaxed ? relaxed : "")>
                <h2>\(link(hit.report, line: hit.passage.lines.lowerBound))</h2>
                <p lang="zh">\(Self.marked(hit.passage.text, hit.matches))</p>
                <p class="source">\(section ?? "") \(source(hit.files.first, hit.passage.lines))\
                \(values(hit.values))</p>
                \(copies(hit))</article></li>

                """
        }
        return "<ol class=\"hits\" start=\"\(hits[0].rank)\">\(items)</ol>\n"
    }

    private let relaxed: HTML = " class=\"relaxed\""

    func reports(_ reports: [MatchingReport]) -> HTML {
        guard !reports.isEmpty else { return "" }
        let items = reports.map { report -> HTML in
            let place = report.head.region.names.joined(separator: " ")
            let best = report.best.map { hit -> HTML in
                "<p lang=\"zh\">\(Self.marked(hit.passage.text, hit.matches))</p>"
            }
            return """
                <li><article>
                <h2>\(link(report.head, line: report.best?.passage.lines.lowerBound))</h2>
                \(best ?? "")<p class="source">\(place) · \(words(
                    "\(report.passages) passages", "\(report.passages) 段")) \
                \(source(report.files.first, nil))\(values(report.values))</p>
                </article></li>

                """
        }
        return "<ol class=\"hits\" start=\"\(reports[0].rank)\">\(items)</ol>\n"
    }

    private func link(_ head: ReportHead, line: Int?) -> HTML {
        let name = head.agency ?? head.title ?? words("unknown agency", "机关未知")
        let page = FieldWords.report(head.id, line: line, from: address)
        return """
            <a href="\(page)"><span lang="zh">\(name)</span> \
            \(head.year.map(String.init) ?? words("year unknown", "年份未知"))</a>
            """
    }

    private func source(_ file: String?, _ lines: ClosedRange<Int>?) -> HTML {
        let name = file.map(Self.name) ?? "—"
        let line = lines.map { ":\($0.lowerBound)" } ?? ""
        return "<span class=\"file\">\(name)\(line)</span>"
    }

    /// A path as a person would type it.
    static func name(_ path: String) -> String { DisplayPath.of(path) }

    private func values(_ values: [(statistic: Statistic, value: Double?)]) -> HTML {
        values.map { statistic, value -> HTML in
            """
             · <span lang="zh">\(statistic.names.first ?? statistic.key)</span> \
            <b>\(value.map(statistic.shown) ?? words("unknown", "未知"))</b>
            """
        }.joined()
    }

    private func copies(_ hit: SearchHit) -> HTML {
        guard !hit.copies.isEmpty else { return "" }
        let links = hit.copies.prefix(20).map { copy -> HTML in
            "<li>\(link(copy.report, line: copy.lines.lowerBound))</li>"
        }
        let count = hit.copies.count
        return """
            <details><summary>\(words("the same in \(count) more", "另有 \(count) 处相同"))</summary>\
            <ul>\(Array(links))</ul></details>

            """
    }

    /// A text with what matched marked.
    ///
    /// - Parameter matches: ranges of Unicode scalars, ascending.
    static func marked(_ text: String, _ matches: [Range<Int>]) -> HTML {
        let scalars = Array(text.unicodeScalars)
        var html: HTML = ""
        var end = 0
        func piece(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        for match in matches where match.lowerBound >= end && match.upperBound <= scalars.count {
            html += "\(piece(end..<match.lowerBound))<mark>\(piece(match))</mark>"
            end = match.upperBound
        }
        return html + "\(piece(end..<scalars.count))"
    }
}
