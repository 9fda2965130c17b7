import ReportModel
public import ReportSearch

/// The JSON forms of answers: `gongkai.hit/1`, `gongkai.report_hit/1`, `gongkai.search/1`.
extension ReportJSON {
    /// Who and what a report of an answer is.
    private static func head(_ head: ReportHead, files: [String]) -> JSONValue {
        var report: [(String, JSONValue)] = [
            ("id", .string(head.id)), ("file", .path(files.first.map(DisplayPath.of))),
        ]
        if files.count > 1 {
            report.append(("files", .array(files.map { .path(DisplayPath.of($0)) })))
        }
        report += [
            ("title", JSONValue(head.title)), ("agency", JSONValue(head.agency)),
            ("year", JSONValue(head.year)), ("region", region(head.region)),
            ("level", JSONValue(AgencyLevel(agency: head.agency, region: head.region)?.rawValue)),
            ("form", .string(head.form.rawValue)),
        ]
        return .object(report)
    }

    private static func values(
        _ values: [(statistic: Statistic, value: Double?)]
    ) -> JSONValue {
        .object(values.map { ($0.statistic.key, JSONValue($0.value)) })
    }

    private static func score(_ score: Double) -> JSONValue {
        .number((score * 1000).rounded() / 1000)
    }

    /// One hit.
    public static func hit(_ hit: SearchHit) -> JSONValue {
        let context: [(String, JSONValue)] =
            hit.before.isEmpty && hit.after.isEmpty
            ? []
            : [
                ("before", .array(hit.before.map { passage($0, []) })),
                ("after", .array(hit.after.map { passage($0, []) })),
            ]
        let copies: [(String, JSONValue)] =
            hit.copies.isEmpty ? [] : [("copies", .array(hit.copies.map(copy)))]
        let relaxed: [(String, JSONValue)] = hit.isRelaxed ? [("relaxed", .bool(true))] : []
        return .object(
            [
                ("schema", .string("gongkai.hit/1")),
                ("rank", .integer(hit.rank)), ("score", score(hit.score)),
                ("report", head(hit.report, files: hit.files)),
                ("section", .integer(hit.passage.section)),
                ("section_title", JSONValue(hit.sectionTitle)),
                ("subsection", JSONValue(hit.passage.subsection)),
                ("text", .string(hit.passage.text)),
                (
                    "matches",
                    .array(
                        hit.matches.map {
                            .array([.integer($0.lowerBound), .integer($0.upperBound)])
                        })
                ),
                ("lines", lines(hit.passage.lines)), ("values", values(hit.values)),
            ] + part(hit.part) + relaxed + context + copies)
    }

    /// One report of a list.
    public static func reportHit(_ report: MatchingReport) -> JSONValue {
        let relaxed: [(String, JSONValue)] =
            report.best?.isRelaxed ?? false ? [("relaxed", .bool(true))] : []
        return .object(
            [
                ("schema", .string("gongkai.report_hit/1")),
                ("rank", .integer(report.rank)), ("score", score(report.score)),
                ("report", head(report.head, files: report.files)),
                ("passages", .integer(report.passages)),
                ("best", report.best.map(hit) ?? .null), ("values", values(report.values)),
            ] + relaxed)
    }

    /// An answer.
    ///
    /// - Parameter isFiles: whether the files of the reports are listed instead of hits.
    public static func search(
        _ result: SearchResult, query: String, withHits: Bool, isFiles: Bool = false
    ) -> JSONValue {
        let elapsed = result.elapsed.components
        let microseconds = elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000
        var members: [(String, JSONValue)] = [
            ("schema", .string("gongkai.search/1")), ("query", .string(query)),
            ("by", .string(result.isByReport ? "report" : "passage")),
            ("relaxed", result.isRelaxed ? .string("any") : .null),
            ("understood", .array(result.understood.map(understood))),
            ("total", .integer(result.total)), ("total_reports", JSONValue(result.totalReports)),
            ("exact", JSONValue(result.exact)), ("exact_total", .bool(true)),
        ]
        if let partial = result.partial {
            members.append(("partial", .string("\(partial.answered) of \(partial.of)")))
        }
        if let relaxed = result.relaxedTotal {
            members.append(("relaxed_total", .integer(relaxed)))
        }
        if result.namesAreWords { members.append(("names_are_words", .bool(true))) }
        members += [
            ("elapsed_us", .integer(Int(microseconds))), ("facets", FacetTable.json(result.facets)),
        ]
        if !result.suggestions.isEmpty {
            members.append(("suggestions", .array(result.suggestions.map(suggestion))))
        }
        if !result.reasons.isEmpty {
            members.append(("empty_because", .array(result.reasons.map(reason))))
        }
        if isFiles {
            let files = result.reports.flatMap(\.files).map { JSONValue.path(DisplayPath.of($0)) }
            members.append(("files", .array(files)))
        } else if withHits {
            members.append(
                (
                    "hits",
                    .array(
                        result.isByReport
                            ? result.reports.map(reportHit) : result.hits.map(hit))
                ))
        }
        if let explanation = result.explanation {
            members.append(("explanation", self.explanation(explanation)))
        }
        return .object(members)
    }

    private static func understood(_ words: UnderstoodWords) -> JSONValue {
        .object([
            ("text", .string(words.text)), ("field", .string(words.field)),
            ("value", .string(words.value)),
        ])
    }

    private static func suggestion(_ suggestion: Suggestion) -> JSONValue {
        .object([
            ("written", .string(suggestion.written)),
            ("meant", .array(suggestion.meant.map(JSONValue.string))),
        ])
    }

    private static func reason(_ term: EmptyingTerm) -> JSONValue {
        .object([
            ("without", .string(term.written)), ("total", .integer(term.passages)),
            (
                "years",
                term.years.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }
                    ?? .null
            ),
        ])
    }

    /// A passage that says the same as a hit.
    private static func copy(_ copy: PassageCopy) -> JSONValue {
        .object([
            ("id", .string(copy.report.id)),
            ("file", .path(copy.files.first.map(DisplayPath.of))),
            ("agency", JSONValue(copy.report.agency)), ("year", JSONValue(copy.report.year)),
            ("lines", .array([.integer(copy.lines.lowerBound), .integer(copy.lines.upperBound)])),
        ])
    }
}
