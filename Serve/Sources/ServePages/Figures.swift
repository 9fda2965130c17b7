import ReportModel
import ReportOutput
import ReportSearch

/// Figures as a drawing, and as a table that says what each is made of.
struct Figures {
    private let answer: StatisticsAnswer
    private let question: StatisticsQuestion
    private let words: Words

    init(_ answer: StatisticsAnswer, _ question: StatisticsQuestion, words: Words) {
        (self.answer, self.question, self.words) = (answer, question, words)
    }

    /// The most rows of the table on a page; all are in the downloads.
    private static let most = 200

    /// The drawing and the table; a row leads to the reports behind it where an address for them is
    /// given.
    func html(_ chart: Chart, link: (StatisticsRow) -> String? = { _ in nil }) -> HTML {
        // The first line of a file of its own is not for a page.
        let drawing = ChartSVG(chart, table: []).text.split(separator: "\n").dropFirst()
            .joined(separator: "\n")
        let rows = answer.rows.prefix(Self.most).map { row -> [HTML] in
            let group = zip(answer.groups, row.group).map { field, value -> HTML in
                "<span lang=\"zh\">\(value.name(of: field, in: words.language))</span>"
            }
            let value = row.value.map(row.shown) ?? words("unknown", "未知")
            let figure: HTML =
                link(row).map { "<a href=\"\($0)\">\(value)</a>" } ?? "\(value)"
            let tally = row.reports
            return group + [
                "<span lang=\"zh\">\(row.name(in: words.language))</span>", figure,
                "\(row.quotientText)", "\(row.intervalText)", "\(tally.used)", "\(tally.blank)",
                "\(row.marks.map { $0.name(in: words.language) }.joined(separator: words(", ", "、")))",
            ]
        }
        let count = answer.groups.count
        let heads =
            answer.groups.map { FieldWords.name($0.key, words) } + [
                words("figure", "指标"), words("value", "数值"), words("made of", "分子÷分母"),
                words("95 % interval", "95% 区间"), words("reports used", "采用报告"),
                words("blank", "空白"), words("marks", "标记"),
            ]
        let notes = answer.notes.map { note -> HTML in
            "<p class=\"note\">\(note.text(in: words.language))</p>\n"
        }
        let definitions = question.fields.compactMap { field in
            field.definition.map { definition -> HTML in
                "<p class=\"source\" lang=\"zh\">\(field.names[0]) = \(definition)</p>\n"
            }
        }
        return """
            <figure>
            \(HTML(markup: drawing))
            </figure>
            \(HTML.table(
                caption: words("The figures", "数据"), heads: heads, rows: Array(rows),
                isNumber: { $0 > count && $0 < count + 6 }))\(definitions)\(notes)
            """
    }

    /// The addresses of the searches for the reports behind figures of a table, in the language of a
    /// page.
    static func reports(
        behind table: StatisticsTable, from page: Address
    ) -> (StatisticsRow) -> String? {
        { row in
            Address("/search", [("q", table.search(for: row)), ("by", "report")])
                .keepingLanguage(of: page).text
        }
    }
}
