import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// Which sums fail, and in which reports.
struct ChecksPage {
    let reader: IndexReader
    let address: Address
    let words: Words

    /// The most reports on a page.
    private static let most = 50

    func answer() throws -> Answer {
        let rule = address["rule"] ?? "fails"
        var terms = try Fields(address: address).terms()
        terms.append(
            Question.Term(
                QueryTree(.field(QueryName("check"), .text(rule, isQuoted: true))),
                from: .flag("rule", text: nil)))
        if address.form != .html { return try data(Question(terms), rule: rule) }
        var request = SearchRequest(Question(terms))
        request.listedBy = .report
        request.limit = Self.most
        request.offset = max(address["from"].flatMap { Int($0) } ?? 0, 0)
        request.wantsCounts = true
        let result = try Searcher(reader).search(request)
        return .page(frame.html(try body(result, rule: rule)))
    }

    /// Every result that the rule names, as `gongkai check --only STATE --rule RULE` prints them.
    private func data(_ question: Question, rule: String) throws -> Answer {
        let checks = try IndexChecks(of: reader, matching: question, rule: rule)
        let names = checks.heads.mapValues {
            CheckTable.ReportName(agency: $0.agency, year: $0.year)
        }
        guard address.form == .json else {
            var table = CheckTable.heads
            table.rows = checks.results.map { CheckTable.row($0, names) }
            return try .table(table, address.form, name: "checks")
        }
        let lines = checks.results.map { CheckTable.json($0, names).text }
        let text = lines.isEmpty ? "[]\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n"
        return .data(text, .json, name: "checks")
    }

    private var frame: PageFrame {
        PageFrame(title: words("Checks", "勾稽核对"), address: address, words: words)
    }

    private func body(_ result: SearchResult, rule: String) throws -> HTML {
        let total = result.totalReports ?? 0
        let rows = try result.reports.map { found -> [HTML] in
            let page = FieldWords.report(found.head.id, from: address)
            let own = try reader.report(id: found.head.id)?.report.checks(source: found.head.id)
            let checks =
                (own ?? [])
                + (try AgencyYears(of: found.head, in: .index(reader)).checks(of: found.head))
            let rules = checks.filter { $0.state == .fails }.map { check -> HTML in
                """
                \(RuleWords.sentence(check.rule, words)): <b>\(check.left.value?.figure ?? "?") ≠ \
                \(check.right.value?.figure ?? "?")</b> <code>\(check.rule)</code>
                """
            }
            return [
                "<a lang=\"zh\" href=\"\(page)\">\(found.head.agency ?? found.head.id) \(found.head.year.map(String.init) ?? "")</a>",
                "<span lang=\"zh\">\(found.head.region.names.joined(separator: " "))</span>",
                rules.joined(separator: "<br>"), "\(found.files.first.map(DisplayPath.of) ?? "")",
            ]
        }
        let table: HTML =
            rows.isEmpty
            ? ""
            : .table(
                caption: words("Reports whose sums fail", "勾稽不符的报告"),
                heads: [
                    words("report", "报告"), words("place", "地区"), words("what fails", "不符之处"),
                    words("file", "文件"),
                ], rows: rows, isNumber: { _ in false })
        let options = CheckRules.families.map { family -> HTML in
            "<option value=\"\(family)\">"
        }
        var rest: HTML = ""
        let start = max(address["from"].flatMap { Int($0) } ?? 0, 0)
        if start + result.reports.count < total {
            let page = address.with("from", "\(start + result.reports.count)").text
            rest = "<p><a rel=\"next\" href=\"\(page)\">\(words("More", "下一页"))</a></p>\n"
        }
        return """
            <form action="/checks" method="get">
            <label for="rule">\(words("Rule", "规则"))</label>
            <div class="ask"><input id="rule" name="rule" list="rules" value="\(rule)" maxlength="100">\
            <button>\(words("Look", "查找"))</button></div>
            <datalist id="rules"><option value="fails">\(options)</datalist>
            \(Fields(address: address).kept(Fields.names + ["where", "lang"]))</form>
            <p class="counts" role="status">\(words("\(total) reports", "\(total) 份报告"))</p>
            \(table)\(rest)\(HTML.downloads(address, [.json, .csv, .xlsx], words))
            """
    }
}
