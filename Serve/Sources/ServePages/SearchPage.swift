import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// The page that a question is asked on: the box, what narrows, the passages or reports found.
struct SearchPage {
    let source: Source
    let address: Address
    let words: Words

    /// How many hits a page shows.
    private static let hitsOnPage = 10
    /// The most hits that are handed out as data.
    private static let mostRows = 1_000
    /// The most pages that may be turned: what is behind them is found by narrowing.
    private static let mostPages = 1_000
    /// What the results are counted by.
    private static let facets: [FacetField] = [.year, .agency, .province, .section]

    func answer() throws -> Answer {
        let question = try Fields(address: address).question()
        if question.terms.isEmpty { return .page(frame.html(form + (try start))) }
        let request = try request(question)
        let result = try source.search(request)
        switch address.form {
        case .html:
            return .page(
                frame.html(
                    form + (try body(filledUp(result, request), result.facets))))
        case .json:
            let json = ReportJSON.search(result, query: address["q"] ?? "", withHits: true)
            return .data(json.text + "\n", .json, name: "search")
        case .csv, .xlsx:
            return try .table(
                result.isByReport ? result.listTable : result.hitTable, address.form, name: "hits")
        }
    }

    private var frame: PageFrame {
        let title = address["q"] ?? words("Search", "检索")
        return PageFrame(title: title, address: address, words: words)
    }

    // MARK: The question

    private var page: Int { min(max(address["page"].flatMap { Int($0) } ?? 1, 1), Self.mostPages) }

    private func request(_ question: Question) throws -> SearchRequest {
        var request = SearchRequest(question)
        request.listedBy = address["by"].flatMap(ListedBy.init) ?? .auto
        request.match = address["match"].flatMap(MatchMode.init) ?? .auto
        if let sort = address["sort"] { request.order = try SortOrder(sort) }
        let isPage = address.form == .html
        request.limit = isPage ? Self.hitsOnPage : Self.mostRows
        request.offset = (page - 1) * request.limit
        request.facets = isPage ? Self.facets : []
        request.joinsCopies = isPage && address["copies"] == nil
        // A row of a table has no room to say that it holds only some of the words.
        request.mayRelax = isPage || address.form == .json
        request.wantsCounts = true
        request.wantsReasons = true
        request.wantsSuggestions = true
        return request
    }

    /// The answer with passages that hold only some of the words where those with all do not fill the
    /// page: what is counted by year and agency is never relaxed, so that these are asked for alone.
    private func filledUp(
        _ result: SearchResult, _ request: SearchRequest
    ) throws -> SearchResult {
        let shown = result.isByReport ? result.reports.count : result.hits.count
        guard shown < request.limit, result.mayAskForAny,
            [.auto, .any].contains(request.match)
        else { return result }
        var request = request
        request.facets = []
        return try source.search(request)
    }

    // MARK: The box

    private var form: HTML {
        let kept = Fields(address: address).kept(Fields.names + ["where", "lang"])
        func choice(_ name: String, _ label: String, _ values: [(String, String)]) -> HTML {
            let options = values.map { value, text -> HTML in
                let chosen: HTML = address[name] ?? "" == value ? " selected" : ""
                return "<option value=\"\(value)\"\(chosen)>\(text)</option>"
            }
            return """
                <label>\(label) <select name="\(name)">\(options)</select></label>

                """
        }
        return """
            <form role="search" action="/search" method="get">
            <label for="q">\(words("Ask", "提问"))</label>
            <div class="ask"><input id="q" type="search" name="q" value="\(address["q"] ?? "")" \
            maxlength="1000" autocomplete="off" lang="zh" \
            placeholder="\(words("孟津区2023年收到多少件申请", "孟津区2023年收到多少件申请"))">
            <button>\(words("Search", "检索"))</button></div>
            \(kept)<div class="choices">
            \(choice("by", words("List", "列出"), [
                ("", words("as it suits", "自动")), ("passage", words("passages", "段落")),
                ("report", words("reports", "报告")),
            ]))\(choice("match", words("Words", "字词"), [
                ("", words("as it suits", "自动")), ("phrase", words("exactly so", "完全一致")),
                ("all", words("all", "全部")),
            ] + (source.isServed ? [] : [("any", words("any", "任一"))])))\(choice("sort", words("Order", "排序"), [
                ("", words("best first", "相关度")), ("-year", words("newest first", "年份降序")),
                ("year", words("oldest first", "年份升序")), ("-新收", words("most requests", "新收降序")),
            ]))</div>
            </form>
            \(chosen)
            """
    }

    /// The filters that are set, each with a link that takes it away.
    private var chosen: HTML {
        let links = (Fields.names + ["where"]).flatMap { name in
            address.values(of: name).map { value -> HTML in
                let label = FieldWords.name(name, words) + ": " + value
                return """
                    <li><a href="\(address.without(name, value: value).text)" \
                    aria-label="\(words("Without", "去掉")) \(label)">\(label) ✕</a></li>

                    """
            }
        }
        guard !links.isEmpty else { return "" }
        return """
            <nav aria-label="\(words("Narrowed to", "限定条件"))"><ul class="row chosen">\(links)</ul></nav>

            """
    }

    private var start: HTML {
        get throws {
            let how =
                source.isServed
                ? words(
                    "Words are all required; “…” is exact. Agencies, places and years are named by their fields: agency:, region:, year:.",
                    "各词须全部出现；加引号则完全一致。机关、地区、年份请用字段：机关:、地区:、年:。")
                : words(
                    "Words, an agency, a place and a year may stand together, as you would say them. “…” is exact.",
                    "词语、机关、地区、年份可以像说话一样写在一起；加引号则完全一致。")
            return """
                <p>\(how)</p>
                <p>\(words("In this index:", "本索引收录：")) \(try source.reportCount()) \
                \(words("reports", "份报告")).</p>

                """
        }
    }

    // MARK: What was found

    private func body(_ result: SearchResult, _ facets: [Facet]) throws -> HTML {
        var body = try counts(result)
        if result.isRelaxed {
            let whose =
                result.namesAreWords
                ? words(
                    "The reports that are named hold none of the other words: what follows is of any report. ",
                    "所指的报告不含其余词语：以下结果来自任何报告。")
                : ""
            body += """
                <p class="note">\(whose)\(words(
                    "What follows holds only some of the words; it is not counted.",
                    "以下结果只含部分词语，不计入总数。"))</p>

                """
        }
        let hits = HitList(address: address, words: words)
        let list = result.isByReport ? hits.reports(result.reports) : hits.passages(result.hits)
        return """
            \(body)<div class="found"><div>
            \(list)\(turning(result))\(HTML.downloads(address, [.json, .csv, .xlsx], words))</div>
            \(FacetList(address: address, words: words).html(facets))</div>

            """
    }

    private func counts(_ result: SearchResult) throws -> HTML {
        var parts = [
            words("\(result.total) passages", "\(result.total) 段")
        ]
        if let reports = result.totalReports {
            parts.append(words("in \(reports) reports", "见于 \(reports) 份报告"))
        }
        if let exact = result.exact, exact != result.total {
            parts.append(words("\(exact) hold exactly this", "其中 \(exact) 段完全一致"))
        }
        var html: HTML =
            "<p class=\"counts\" role=\"status\">\(parts.joined(separator: words(", ", "，")))</p>\n"
        for read in result.understood {
            html += """
                <p class="note">\(words("Read", "理解为")): \(read.text) → \
                \(FieldWords.name(read.field, words)) \(read.value)</p>

                """
        }
        html += try figure(result)
        for reason in result.reasons {
            let years = reason.years.map { ", \($0.lowerBound)–\($0.upperBound)" } ?? ""
            html += """
                <p class="note">\(words(
                    "Without \(reason.written) there are \(reason.passages)\(years).",
                    "去掉 \(reason.written) 有 \(reason.passages) 段\(years)。"))</p>

                """
        }
        for suggestion in result.suggestions {
            let links = suggestion.meant.map { meant -> HTML in
                let text = (address["q"] ?? "").replacing(suggestion.written, with: meant)
                return "<a href=\"\(address.with("q", text).text)\">\(meant)</a> "
            }
            html += """
                <p class="note">\(suggestion.written): \(words("did you mean", "是否要找")) \(links)</p>

                """
        }
        return html
    }

    /// The figure that the question asks for, with the way to what it is made of.
    private func figure(_ result: SearchResult) throws -> HTML {
        guard let asked = AskedFigure(address["q"] ?? "", understood: result.understood) else {
            return ""
        }
        let page = Address(
            "/stats", [("field", asked.name)] + asked.reports.map { ($0.field, $0.value) }
        ).keepingLanguage(of: address)
        var question = StatisticsQuestion([asked.statistic])
        question.tree = try Fields(address: page).tree()
        question.knownTree = try Fields(address: page).treeOfAgencies()
        guard let row = try source.statistics(for: question, words).answer(question).rows.first,
            let value = row.value
        else { return "" }
        let reports = words(
            "from the tables of \(row.reports.used) report\(row.reports.used == 1 ? "" : "s")",
            "据 \(row.reports.used) 份报告的表格")
        return """
            <p class="note"><span lang="zh">\(asked.name)</span>: \
            <a href="\(page.text)"><b>\(row.shown(value))</b></a> (\(reports))</p>

            """
    }

    /// The way to the pages before and after.
    private func turning(_ result: SearchResult) -> HTML {
        let shown = result.isByReport ? result.reports.count : result.hits.count
        func link(_ page: Int, _ text: String, _ relation: String) -> HTML {
            let address = page == 1 ? address.with("page", nil) : address.with("page", "\(page)")
            return "<li><a rel=\"\(relation)\" href=\"\(address.text)\">\(text)</a></li>"
        }
        var links: [HTML] = []
        if page > 1 { links.append(link(page - 1, words("Back", "上一页"), "prev")) }
        if shown == Self.hitsOnPage, page < Self.mostPages {
            links.append(link(page + 1, words("More", "下一页"), "next"))
        }
        guard !links.isEmpty else { return "" }
        return """
            <nav aria-label="\(words("Turn the page", "翻页"))"><ul class="row">\(links)</ul></nav>

            """
    }
}
