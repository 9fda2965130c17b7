import ReportModel
import ReportSearch

/// What is told of the passages that say the same as a hit.
enum CopiesText {
    /// How many there are and where; nil when there are none.
    static func line(of hit: SearchHit) -> ShownText? {
        guard !hit.copies.isEmpty else { return nil }
        var labels: [String] = []
        for copy in hit.copies {
            let name = copy.report.agency ?? copy.report.title ?? copy.files.first ?? copy.report.id
            let label = name + (copy.report.year.map { " \($0)" } ?? "")
            if !labels.contains(label) { labels.append(label) }
        }
        let reports = Set(hit.copies.map(\.report.id)).subtracting([hit.report.id]).count
        let passages = hit.copies.count
        let count =
            reports == 0
            ? "and \(passages) more in this report"
            : "and \(reports) more report\(reports == 1 ? "" : "s")"
                + (passages > reports ? ", \(passages) passages" : "")
        let shown = labels.prefix(shownLabels).joined(separator: ", ")
        return ShownText(
            count + (reports == 0 ? "" : ": " + shown)
                + (labels.count > shownLabels ? ", …" : ""))
    }

    private static let shownLabels = 3
}
