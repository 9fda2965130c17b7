import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// Statistics: an indicator, what it is grouped by, which reports; a drawing and a table.
struct StatisticsPage {
    let source: Source
    let address: Address
    let words: Words

    /// The most fields of one question.
    private static let mostFields = 8

    func answer() throws -> Answer {
        let names = address.values(of: "field").flatMap { $0.split { ",，、 ".contains($0) } }
        guard !names.isEmpty else { return .page(frame.html(form)) }
        var question = StatisticsQuestion(
            try names.prefix(Self.mostFields).flatMap { name in
                let known = Statistic.named(String(name)) ?? Statistic.named(folded(String(name)))
                if let known { return [known] }
                // A composition stands for its members.
                guard let composition = Composition.named(folded(String(name))) else {
                    throw BadRequest(
                        message: words("There is no statistic \(name).", "没有名为“\(name)”的统计项。"))
                }
                return composition.members.compactMap(Statistic.named)
            })
        var seen: Set<String> = []
        question.fields = question.fields.filter { seen.insert($0.key).inserted }
        question.groups = try GroupField.list(address.values(of: "by").joined(separator: ","))
        question.tree = try Fields(address: address).tree()
        question.knownTree = try Fields(address: address).treeOfAgencies()
        question.isClean = address["clean"] != nil
        question.isRanked = address["rank"] != nil
        let statistics = try source.statistics(for: question, words)
        let answer = try statistics.answer(question)
        let table = StatisticsTable(
            answer, of: question, query: names.joined(separator: " "),
            filters: Fields(address: address).filters.written, statistics: statistics)
        switch address.form {
        case .json: return .data(try table.json.text + "\n", .json, name: "stats")
        case .csv, .xlsx: return try .table(table.rows, address.form, name: "stats")
        case .html:
            let title = question.fields.map { $0.names[0] }.joined(separator: "、")
            let chart = Chart(answer, kind: .auto, title: title, language: words.language)
            let figures = Figures(answer, question, words: words).html(
                chart, link: Figures.reports(behind: table, from: address))
            return .page(
                frame.html(
                    "\(form)\(figures)\(HTML.downloads(address, [.json, .csv, .xlsx], words))"))
        }
    }

    /// The names of the fields, as one may type them.
    private var asked: String { address.values(of: "field").joined(separator: " ") }

    private var frame: PageFrame {
        PageFrame(
            title: ([words("Statistics", "统计")] + (asked.isEmpty ? [] : [asked]))
                .joined(separator: " · "), address: address, words: words)
    }

    /// What reports are grouped by.
    private static let groups = [
        "year", "agency", "province", "city", "county", "level", "form", "scope",
    ]

    private var form: HTML {
        let fields = Statistic.all.map { field -> HTML in
            "<option value=\"\(field.names.first ?? field.key)\">"
        }
        let by = address.values(of: "by")
        let groups = Self.groups.map { group -> HTML in
            let chosen: HTML = by.contains(group) ? " checked" : ""
            return """
                <label><input type="checkbox" name="by" value="\(group)"\(chosen)> \
                \(FieldWords.name(group, words))</label>

                """
        }
        func field(_ name: String, _ label: String) -> HTML {
            """
            <label>\(label) <input name="\(name)" value="\(address[name] ?? "")" maxlength="200" \
            lang="zh"></label>

            """
        }
        let clean: HTML = address["clean"] == nil ? "" : " checked"
        return """
            <form action="/stats" method="get">
            <label for="field">\(words("Statistic or indicator", "统计项或指标"))</label>
            <div class="ask"><input id="field" name="field" list="fields" maxlength="300" lang="zh" \
            value="\(asked.isEmpty ? "新收" : asked)"><button>\(words("Compute", "计算"))</button></div>
            <datalist id="fields">\(fields)</datalist>
            <fieldset><legend>\(words("By", "分组"))</legend>\(groups)</fieldset>
            <div class="choices">\(field("year", words("years", "年份")))\
            \(field("region", words("place", "地区")))\(field("agency", words("agency", "机关")))\
            \(field("where", words("condition", "条件")))\
            <label><input type="checkbox" name="clean" value="1"\(clean)> \
            \(words("only reports whose sums hold", "只用勾稽相符的报告"))</label></div>
            \(Fields(address: address).kept(["lang"]))</form>

            """
    }
}
