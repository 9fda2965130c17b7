import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// The annual reports of one agency.
struct AgencyYears {
    /// The reports, by year.
    let heads: [ReportHead]
    /// What has them; nil when there are none.
    private let reader: IndexReader?

    /// The annual reports of a report's agency and place.
    init(of head: ReportHead, in source: Source) throws {
        guard let agency = head.agency else {
            (heads, reader) = ([], nil)
            return
        }
        let tree = QueryTree(.field(QueryName("agency"), .text(agency, isQuoted: true)))
        let found = try source.annualReports(matching: Question(tree))
        reader = found.reader
        heads = found.heads.filter { $0.agency == agency && $0.region == head.region }
            .sorted { ($0.year ?? 0, $0.id) < ($1.year ?? 0, $1.id) }
    }

    /// The checks between a report and those of the years beside it; the source of a cell is its
    /// report's id.
    func checks(of head: ReportHead) throws -> [CheckResult] {
        guard let year = head.year, let reader else { return [] }
        let beside = heads.filter { abs(($0.year ?? 0) - year) < 2 }
        let links = try beside.compactMap { head in
            try reader.report(id: head.id).flatMap {
                YearLink($0.report, agency: "", source: head.id)
            }
        }
        return YearLink.checks(links).filter { check in
            (check.left.evidence + check.right.evidence).contains { $0.source == head.id }
        }
    }
}

/// The list of agencies, with the years that they have and lack.
struct AgenciesPage {
    let source: Source
    let address: Address
    let words: Words

    /// The most agencies on a page.
    private static let most = 100

    func answer() throws -> Answer {
        let question = try Fields(address: address).question()
        let agencies = try source.counts(matching: question).agencies
        if address.form != .html {
            return try .table(table(agencies[...]), address.form, name: "agencies")
        }
        let start = min(max(address["from"].flatMap { Int($0) } ?? 0, 0), agencies.count)
        let shown = agencies[start..<min(agencies.count, start + Self.most)]
        var rest: HTML = ""
        if shown.endIndex < agencies.count {
            let page = address.with("from", "\(shown.endIndex)").text
            rest = "<p><a rel=\"next\" href=\"\(page)\">\(words("More", "下一页"))</a></p>\n"
        }
        let table = HTML.table(
            caption: words("Agencies", "机关"),
            heads: [
                words("agency", "机关"), words("place", "地区"), words("reports", "报告"),
                words("years", "年份"), words("missing", "缺失年份"),
            ], rows: shown.map(row), isNumber: { $0 == 2 })
        let frame = PageFrame(title: words("Agencies", "机关"), address: address, words: words)
        return .page(
            frame.html(
                """
                <p class="counts">\(words("\(agencies.count) agencies", "\(agencies.count) 个机关"))</p>
                \(table)\(rest)\(HTML.downloads(address, [.json, .csv, .xlsx], words))
                """))
    }

    private func row(_ agency: AgencyCounts) -> [HTML] {
        let name: HTML =
            agency.name.map { name in
                let page = FieldWords.agency(name, agency.region, from: address).text
                return "<a lang=\"zh\" href=\"\(page)\">\(name)</a>"
            } ?? "\(words("unknown", "未知"))"
        return [
            name, "<span lang=\"zh\">\(agency.region.names.joined(separator: " "))</span>",
            "\(agency.reports)", "\(Table.Value.integers(agency.years).text)",
            "\(Table.Value.integers(agency.missing).text)",
        ]
    }

    private func table(_ agencies: ArraySlice<AgencyCounts>) -> Table {
        var table = ReportTable.agencies
        table.rows = agencies.map(ReportTable.row)
        return table
    }
}
