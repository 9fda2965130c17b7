import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// One agency: its reports by year, the years without one, its figures over the years.
struct AgencyPage {
    let source: Source
    let address: Address
    let words: Words

    /// The figures that are shown over the years.
    private static let fields = ["新收", "予以公开", "公开率", "复议总数", "诉讼总数"]

    func answer() throws -> Answer {
        guard let name = address["agency"] else {
            throw BadRequest(
                message: words(
                    "No agency is named; choose one on the page of agencies.", "未指明机关；请在“机关”页选择。"))
        }
        let found = try source.annualReports(matching: Fields(address: address).question())
        let heads = found.heads.sorted { ($0.year ?? 0, $0.id) < ($1.year ?? 0, $1.id) }
        if address.form != .html {
            var table = ReportTable.heads
            table.rows = try heads.map {
                ReportTable.row($0, file: try found.reader.paths(ofReport: $0.id).first)
            }
            return try .table(table, address.form, name: "reports")
        }
        let frame = PageFrame(title: name, address: address, words: words)
        return .page(
            frame.html(
                "\(list(heads))\(try trends)\(HTML.downloads(address, [.json, .csv, .xlsx], words))"
            ))
    }

    private func list(_ heads: [ReportHead]) -> HTML {
        let missing = ReportCounts(heads).agencies.flatMap(\.missing)
        let rows = heads.map { head -> [HTML] in
            let page = FieldWords.report(head.id, from: address)
            return [
                "<a href=\"\(page)\">\(head.year.map(String.init) ?? words("unknown", "未知"))</a>",
                "<span lang=\"zh\">\(head.agency ?? "")</span>",
                "<span lang=\"zh\">\(head.region.names.joined(separator: " "))</span>",
                "\(head.passageCount)",
            ]
        }
        let gaps: HTML =
            missing.isEmpty
            ? ""
            : "<p class=\"note\">\(words("No report of", "缺少")) \(missing.map(String.init).joined(separator: words(", ", "、")))</p>\n"
        return """
            \(HTML.table(
                caption: words("Reports", "报告"),
                heads: [
                    words("year", "年份"), words("agency", "机关"), words("place", "地区"),
                    words("passages", "段落"),
                ], rows: rows, isNumber: { $0 == 3 }))\(gaps)
            """
    }

    private var trends: HTML {
        get throws {
            var question = StatisticsQuestion(Self.fields.compactMap(Statistic.named))
            question.groups = try GroupField.list("year")
            question.tree = try Fields(address: address).tree()
            question.knownTree = try Fields(address: address).treeOfAgencies()
            let statistics = try source.statistics(for: question, words)
            let answer = try statistics.answer(question)
            guard answer.reportCount > 0 else { return "" }
            let chart = Chart(
                answer, kind: .auto, title: words("Over the years", "历年变化"),
                language: words.language)
            let table = StatisticsTable(
                answer, of: question, query: Self.fields.joined(separator: " "),
                filters: Fields(address: address).filters.written, statistics: statistics)
            let figures = Figures(answer, question, words: words).html(
                chart, link: Figures.reports(behind: table, from: address))
            return "<h2>\(words("Over the years", "历年变化"))</h2>\n\(figures)"
        }
    }
}
