import Platform
import ReportOutput
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
    /// Whether their paths end with a null byte.
    let endsWithNull: Bool

    func print(_ format: Format) {
        switch format {
        case .text, .atom: printText()
        case .json where isReports: result.fileTable.print(format, to: terminal)
        case .json: terminal.write(json)
        case .jsonl where isCount: terminal.write(json)
        case .jsonl where isReports: result.fileTable.print(format, to: terminal)
        case .jsonl where result.isByReport:
            for report in result.reports { terminal.write(ReportJSON.reportHit(report)) }
        case .jsonl: for hit in result.hits { terminal.write(ReportJSON.hit(hit)) }
        case .csv, .tsv, .markdown:
            // One file holds one table: the counts when they were asked for.
            let table = result.facets.isEmpty ? self.table : FacetTable.table(result.facets)
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
            ? result.countTable
            : isReports ? result.fileTable : result.isByReport ? result.listTable : result.hitTable
    }

    // MARK: Text

    private func printText() {
        if isCount {
            terminal.print("\(result.isByReport ? result.totalReports ?? 0 : result.total)")
        } else if isReports {
            // Names that look alike may have other bytes.
            var seen: Set<[UInt8]> = []
            for file in result.reports.flatMap(\.files)
            where seen.insert(Array(file.utf8)).inserted {
                if endsWithNull {
                    StandardOutput.write(PathText.bytes(of: DisplayPath.of(file)) + [0])
                } else {
                    terminal.print(ShownText(DisplayPath.of(file)))
                }
            }
        } else {
            printHits()
        }
        let facets = FacetText(terminal: terminal)
        for (index, facet) in result.facets.enumerated() where !result.isEmpty {
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
}
