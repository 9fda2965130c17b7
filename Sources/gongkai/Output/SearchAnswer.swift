import ReportModel
import ReportSearch

/// The answer to a search in each format.
struct SearchAnswer {
    let result: SearchResult
    let query: String
    let terminal: Terminal
    /// Whether only the total and the counts are printed.
    let isCount: Bool
    /// Whether the reports are printed instead of the hits.
    let isReports: Bool

    func print(_ format: Format) {
        switch format {
        case .text, .atom: printText()
        case .json where isReports: reportTable.print(format, to: terminal)
        case .json: terminal.write(json)
        case .jsonl where isCount: terminal.write(json)
        case .jsonl where isReports: reportTable.print(format, to: terminal)
        case .jsonl where result.isByReport:
            for report in result.reports { terminal.write(ReportJSON.reportHit(report)) }
        case .jsonl: for hit in result.hits { terminal.write(ReportJSON.hit(hit)) }
        case .csv, .tsv, .markdown:
            // One file holds one table: the counts when they were asked for.
            let table = result.facets.isEmpty ? self.table : FacetText.table(result.facets)
            table.print(format, to: terminal)
        }
        SearchNotes(result: result, terminal: terminal).print(
            isCount: isCount, isList: isReports, isText: format == .text)
    }

    private var json: JSONValue {
        ReportJSON.search(result, query: query, withHits: !isCount)
    }

    private var table: Table {
        isCount
            ? countTable : isReports ? reportTable : result.isByReport ? listTable : hitTable
    }

    // MARK: Text

    private func printText() {
        if isCount {
            terminal.print("\(result.isByReport ? result.totalReports ?? 0 : result.total)")
        } else if isReports {
            var seen: Set<String> = []
            for file in result.reports.flatMap(\.files) where seen.insert(file).inserted {
                terminal.print(ShownText(DisplayPath.of(file)))
            }
        } else {
            printHits()
        }
        let facets = FacetText(terminal: terminal)
        for (index, facet) in result.facets.enumerated() where result.total > 0 {
            if index > 0 || !(isCount || result.hits.isEmpty && result.reports.isEmpty) {
                terminal.print("")
            }
            for line in facets.lines(of: facet) { terminal.print(line) }
        }
    }

    private func printHits() {
        let text = HitText(terminal: terminal)
        let why = ExplanationText(terminal: terminal)
        for line in result.explanation.map(why.lines) ?? [] { terminal.print(line) }
        if result.isByReport {
            if result.explanation != nil { terminal.print("") }
            for (index, report) in result.reports.enumerated() {
                for line in text.lines(of: report) { terminal.print(line) }
                if let explanation = result.explanation, report.best != nil {
                    terminal.print(why.line(of: explanation.weights[index]))
                }
            }
            return
        }
        for (index, hit) in result.hits.enumerated() {
            if index > 0 || result.explanation != nil { terminal.print("") }
            if hit.isRelaxed, index == 0 || !result.hits[index - 1].isRelaxed {
                terminal.print(terminal.styled("\(Message.someWords)", .faint))
                terminal.print("")
            }
            for line in text.lines(of: hit) { terminal.print(line) }
            if let line = CopiesText.line(of: hit) {
                terminal.print("   \(terminal.styled(line, .faint))")
            }
            if let explanation = result.explanation {
                terminal.print(why.line(of: explanation.weights[index]))
            }
        }
    }

    // MARK: Tables

    private var countTable: Table {
        Table(
            schema: "gongkai.count/1", columns: [Table.Column("total", isNumber: true)],
            rows: [[Table.Value(result.isByReport ? result.totalReports ?? 0 : result.total)]])
    }

    private static let headColumns = ["agency", "year", "province", "city", "county", "form"].map {
        Table.Column($0, isNumber: $0 == "year")
    }

    private static func values(_ head: ReportHead) -> [Table.Value] {
        [
            Table.Value(head.agency), Table.Value(head.year), Table.Value(head.region.province),
            Table.Value(head.region.city), Table.Value(head.region.county),
            .text(head.form.rawValue),
        ]
    }

    private var reportTable: Table {
        Table(
            schema: "gongkai.file/1",
            columns: [Table.Column("file"), Table.Column("report")] + Self.headColumns
                + [Table.Column("passages", isNumber: true)],
            rows: result.reports.flatMap { report in
                report.files.map { file in
                    [Table.Value(path: file), .text(report.head.id)]
                        + Self.values(report.head) + [Table.Value(report.passages)]
                }
            })
    }

    /// The reports of a list, one a row.
    private var listTable: Table {
        let statistics = result.reports.first?.values.map(\.statistic) ?? []
        return Table(
            schema: "gongkai.report_hit/1",
            columns: [
                Table.Column("rank", isNumber: true), Table.Column("score", isNumber: true),
                Table.Column("report"), Table.Column("file"),
            ] + Self.headColumns + [Table.Column("passages", isNumber: true)]
                + statistics.map { Table.Column($0.key, isNumber: true) } + [
                    Table.Column("line", isNumber: true), Table.Column("text"),
                ],
            rows: result.reports.map { report in
                [
                    Table.Value(report.rank), .number((report.score * 1000).rounded() / 1000),
                    .text(report.head.id), Table.Value(path: report.files.first),
                ] + Self.values(report.head) + [Table.Value(report.passages)]
                    + report.values.map { Table.Value($0.value) } + [
                        Table.Value(report.best?.passage.lines.lowerBound),
                        Table.Value(report.best?.passage.text),
                    ]
            })
    }

    /// The hits, a row each.
    var hitTable: Table {
        let statistics = result.hits.first?.values.map(\.statistic) ?? []
        return Table(
            schema: "gongkai.hit/1",
            columns: [
                Table.Column("rank", isNumber: true), Table.Column("score", isNumber: true),
                Table.Column("report"), Table.Column("file"),
                Table.Column("line", isNumber: true),
            ] + Self.headColumns + [
                Table.Column("section", isNumber: true), Table.Column("section_title"),
                Table.Column("subsection"),
            ] + statistics.map { Table.Column($0.key, isNumber: true) } + [Table.Column("text")],
            rows: result.hits.map { hit in
                [
                    Table.Value(hit.rank), .number((hit.score * 1000).rounded() / 1000),
                    .text(hit.report.id), Table.Value(path: hit.files.first),
                    Table.Value(hit.passage.lines.lowerBound),
                ] + Self.values(hit.report) + [
                    Table.Value(hit.passage.section), Table.Value(hit.sectionTitle),
                    Table.Value(hit.passage.subsection),
                ] + hit.values.map { Table.Value($0.value) } + [.text(hit.passage.text)]
            })
    }
}
