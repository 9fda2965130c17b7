public import QueryLanguage
import ReportModel
import ReportOutput
public import ReportSearch

/// An index, or a part of it, as files that any web server, or none, can show.
///
/// The same reports give the same bytes.
public struct StaticSite {
    /// More reports than a site is made of.
    public struct TooMany: Error {
        /// How many there are.
        public let count: Int
        /// How many a site takes.
        public let most: Int
    }

    /// The most reports of one site: its lists are held in memory while they are made.
    private static let most = 20_000

    private let reader: IndexReader
    private let tree: QueryTree?
    private let words: Words
    private let write: (_ path: String, _ bytes: [UInt8]) throws -> Void

    /// A site of some reports.
    ///
    /// - Parameters:
    ///   - tree: which reports; nil takes all.
    ///   - write: writes a file by its path below the site's folder.
    public init(
        _ reader: IndexReader, matching tree: QueryTree?, in language: QuerySyntaxError.Language,
        write: @escaping (_ path: String, _ bytes: [UInt8]) throws -> Void
    ) {
        (self.reader, self.tree, self.write) = (reader, tree, write)
        words = Words(language: language)
    }

    /// Writes all files; gives the number of reports.
    public func make() throws -> Int {
        let heads = try Searcher(reader).reports(matching: tree).map(\.head)
            .sorted { one, other in
                (one.agency ?? "\u{10FFFF}", one.year ?? 0, one.id)
                    < (other.agency ?? "\u{10FFFF}", other.year ?? 0, other.id)
            }
        guard heads.count <= Self.most else { throw TooMany(count: heads.count, most: Self.most) }
        try write("style.css", Array(Style.sheet.utf8))
        try write("search.js", Array(StaticScript.text.utf8))
        var index = StaticIndex()
        var listed: [JSONValue] = []
        for (number, head) in heads.enumerated() {
            guard let stored = try reader.report(id: head.id) else { continue }
            try writeReport(head, stored.report)
            for passage in stored.report.passages {
                if let file = index.add(
                    passage.text, report: number, line: passage.lines.lowerBound)
                {
                    try write(file.path, Array(file.text.utf8))
                }
            }
            listed.append(
                .array([
                    .string(head.id), .string(head.agency ?? head.title ?? head.id),
                    JSONValue(head.year),
                ]))
        }
        for file in index.finish(reports: listed) { try write(file.path, Array(file.text.utf8)) }
        try writeStart(heads)
        try writeFigures()
        return heads.count
    }

    // MARK: Pages

    /// A page.
    ///
    /// - Parameter up: the way from the page's folder to the site's.
    private func page(_ title: String, up: String = "", script: HTML = "", _ body: HTML) -> [UInt8]
    {
        let policy =
            "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src data:"
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="\(words("en", "zh-Hans"))">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) · gongkai</title>
            <link rel="stylesheet" href="\(up)style.css">
            <link rel="icon" href="data:,">
            \(script)</head>
            <body>
            <a class="skip" href="#main">\(words("To the content", "跳到正文"))</a>
            <header><nav aria-label="\(words("Pages", "页面"))"><ul>
            <li><a href="\(up)index.html">\(words("Search", "检索"))</a></li>
            <li><a href="\(up)stats.html">\(words("Statistics", "统计"))</a></li>
            </ul></nav></header>
            <main id="main">
            <h1>\(title)</h1>
            \(body)
            </main>
            </body>
            </html>

            """
        return Array(page.text.utf8)
    }

    /// The first page: the box, and every report by agency.
    private func writeStart(_ heads: [ReportHead]) throws {
        var rows: [[HTML]] = []
        for group in heads.chunked(by: { $0.agency == $1.agency && $0.region == $1.region }) {
            let links = group.map { head -> HTML in
                let year = head.year.map(String.init) ?? words("year unknown", "年份未知")
                return "<a href=\"report/\(head.id).html\">\(year)</a> "
            }
            rows.append([
                "<span lang=\"zh\">\(group[0].agency ?? words("agency unknown", "机关未知"))</span>",
                "<span lang=\"zh\">\(group[0].region.names.joined(separator: " "))</span>",
                "\(links)",
            ])
        }
        let table = HTML.table(
            caption: words("Reports", "报告"),
            heads: [words("agency", "机关"), words("place", "地区"), words("years", "年份")],
            rows: rows, isNumber: { _ in false })
        let form: HTML = """
            <form id="ask" role="search" hidden>
            <label for="q">\(words("Exact text", "原文检索"))</label>
            <div class="ask"><input id="q" type="search" lang="zh" maxlength="200" autocomplete="off">
            <button>\(words("Search", "检索"))</button></div></form>
            <noscript><p class="note">\(words(
                "Search needs script; the lists, the reports and the statistics do not.",
                "检索需要脚本；列表、报告与统计不需要。"))</p></noscript>
            <p class="counts" id="counts" role="status" data-count="\(words("0 passages", "0 段"))" \
            data-first="\(words(", the first 0 are shown", "，显示前 0 段"))"></p>
            <ol class="hits" id="hits"></ol>

            """
        try write(
            "index.html",
            page(
                words("Annual disclosure reports", "政府信息公开工作年度报告"),
                script: "<script src=\"search.js\"></script>\n", "\(form)\(table)"))
    }

    /// A report: its tables and as many pages of text as it takes.
    private func writeReport(_ head: ReportHead, _ report: Report) throws {
        let title =
            (report.agency ?? report.title ?? words("A report", "报告"))
            + (report.year.map { " \($0)" } ?? "")
        let facts = [
            (words("title", "标题"), report.title), (words("agency", "机关"), report.agency),
            (words("place", "地区"), report.region.names.joined(separator: " ")),
            (words("year", "年份"), report.year.map(String.init)), ("SHA-256", head.sha256),
        ].map { name, value -> HTML in
            "<div><dt>\(name)</dt><dd>\(value ?? words("unknown", "未知"))</dd></div>\n"
        }
        let tables = ReportTables(
            report: report, id: head.id, checks: report.checks(source: head.id), words: words
        ).html
        var text: HTML = ""
        var section: Int?
        var subsection: String?
        for passage in report.passages {
            if passage.section != section {
                (section, subsection) = (passage.section, nil)
                let heading = report.headings.first { $0.section == passage.section }?.title
                text += "<h2 lang=\"zh\">\(heading ?? words("Opening", "开头"))</h2>\n"
            }
            if let name = passage.subsection, name != subsection {
                text += "<h3 lang=\"zh\">\(name)</h3>\n"
            }
            subsection = passage.subsection
            let line = passage.lines.lowerBound
            text += """
                <p id="l\(line)" lang="zh">\(passage.text) <a class="line" href="#l\(line)">\(line)</a></p>

                """
        }
        let body: HTML = "<dl class=\"head\" lang=\"zh\">\(facts)</dl>\n\(text)\(tables)"
        try write("report/\(head.id).html", page(title, up: "../", body))
    }

    /// The figures that most people look for first.
    private static let fields = ["新收", "予以公开", "公开率", "复议总数", "诉讼总数"]

    private func writeFigures() throws {
        var question = StatisticsQuestion(Self.fields.compactMap(Statistic.named))
        question.groups = try GroupField.list("year")
        question.tree = tree
        let answer = try Statistics(reader).answer(question)
        let title = words("Over the years", "历年变化")
        let chart = Chart(answer, kind: .auto, title: title, language: words.language)
        try write(
            "stats.html",
            page(words("Statistics", "统计"), Figures(answer, question, words: words).html(chart)))
    }
}

extension Array {
    /// The array in runs of neighbours that belong together.
    func chunked(by belongs: (Element, Element) -> Bool) -> [[Element]] {
        var runs: [[Element]] = []
        for element in self {
            if let last = runs.last?.last, belongs(last, element) {
                runs[runs.count - 1].append(element)
            } else {
                runs.append([element])
            }
        }
        return runs
    }
}
