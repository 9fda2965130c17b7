import ReportModel
import ReportOutput
import ReportSearch

/// What the index holds.
struct AboutPage {
    let source: Source
    let address: Address
    let words: Words

    func answer() throws -> Answer {
        switch source {
        case .index(let reader): return try answer(of: IndexInfo(reader))
        case .servers(let searcher, let names):
            let size = try searcher.size()
            let rows =
                names.map { (words("asked", "查询对象"), $0) } + [
                    (words("reports", "报告"), "\(size.reports)"),
                    (words("passages", "段落"), "\(size.passages)"),
                ]
            return try answer(rows, years: "")
        }
    }

    private func answer(of info: IndexInfo) throws -> Answer {
        let rows: [(String, String)] = [
            (words("reports", "报告"), "\(info.reports)"),
            (words("of them annual reports", "其中年度报告"), "\(info.annualReports)"),
            (words("passages", "段落"), "\(info.passages)"),
            (words("agencies", "机关"), "\(info.agencies)"),
            (words("files", "文件"), "\(info.files)"),
            (words("bytes of the index", "索引字节数"), "\(info.bytes)"),
            (words("form of the index", "索引格式版本"), "\(info.schema)"),
            (words("changes of the index so far", "索引更新次数"), "\(info.generation)"),
        ]
        let years = info.years.compactMap { year, count in year.map { ($0, count) } }
            .sorted { $0.0 < $1.0 }
        let table = HTML.table(
            caption: words("Reports by year", "各年报告数"),
            heads: [words("year", "年份"), words("reports", "报告")],
            rows: years.map { year, count in
                let page = Address("/search", [("year", "\(year)"), ("by", "report")])
                    .keepingLanguage(of: address).text
                return ["<a href=\"\(page)\">\(year)</a>", "\(count)"]
            }, isNumber: { $0 == 1 })
        return try answer(rows, years: table)
    }

    private func answer(_ rows: [(String, String)], years: HTML) throws -> Answer {
        if address.form != .html {
            let table = Table(
                schema: "gongkai.about/1",
                columns: [Table.Column("name"), Table.Column("value")],
                rows: rows.map { [.text($0.0), .text($0.1)] })
            return try .table(table, address.form, name: "about")
        }
        let items = rows.map { name, value -> HTML in
            "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
        }
        let frame = PageFrame(title: words("About", "关于"), address: address, words: words)
        return .page(
            frame.html(
                """
                <p>\(words(
                    "gongkai reads, indexes and searches the annual disclosure reports of Chinese government agencies.",
                    "公开（gongkai）读取、索引并检索政府信息公开工作年度报告。"))</p>
                <dl class="head">\(items)</dl>
                \(years)
                """))
    }
}
