import ReportModel
import ReportSearch

/// The JSON forms of the contract: `gongkai.report/1`, `gongkai.hit/1`, `gongkai.search/1`.
enum ReportJSON {
    static func region(_ region: Region) -> JSONValue {
        .object([
            ("province", JSONValue(region.province)), ("city", JSONValue(region.city)),
            ("county", JSONValue(region.county)),
        ])
    }

    /// A whole report.
    static func report(_ report: Report, sha256: String, file: String?) -> JSONValue {
        let table = report.statistics
        let fields = table.fields.map { StatisticField.all[$0] }
        return .object([
            ("schema", .string("gongkai.report/1")),
            ("file", .path(file.map(DisplayPath.of))),
            ("sha256", .string(sha256)),
            ("encoding", .string(report.encoding)),
            ("kind", .string(report.kind.rawValue)),
            ("form", .string(report.form.rawValue)),
            ("scope", .string(report.scope.rawValue)),
            ("scope_evidence", sentence(report.scopeEvidence)),
            ("title", JSONValue(report.title)),
            ("agency", JSONValue(report.agency)),
            ("agency_aliases", .array(report.agencyAliases.map(JSONValue.string))),
            ("year", JSONValue(report.year)),
            ("region", region(report.region)),
            (
                "sections",
                .array(
                    report.headings.map {
                        .object([
                            ("section", .integer($0.section)), ("title", .string($0.title)),
                            ("line", .integer($0.line)),
                        ])
                    })
            ),
            (
                "passages",
                .list(count: report.passages.count) { passage(report.passages[$0], report.places) }
            ),
            (
                "statistics",
                .object(
                    fields.compactMap { field in
                        table.value(of: field.index).map { (field.key, .number($0)) }
                    })
            ),
            (
                "cells",
                .object(
                    fields.compactMap { field in
                        table[field.index].map { (field.key, cell($0)) }
                    })
            ),
            (
                "inferred",
                .array(
                    fields.filter { table[$0.index]?.status == .inferred }
                        .map { .string($0.key) })
            ),
            ("identities", .array(report.identities.map(identity))),
            (
                "narrative",
                .list(count: report.narrative.count) { figure(report.narrative[$0]) }
            ),
            ("findings", .array(report.findings.map(finding))),
        ])
    }

    private static func sentence(_ sentence: StatedSentence?) -> JSONValue {
        guard let sentence else { return .null }
        return .object([("text", .string(sentence.text)), ("line", .integer(sentence.line))])
    }

    static func cell(_ cell: Cell) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("value", JSONValue(cell.value)), ("status", .string(cell.status.rawValue)),
            ("raw", .string(cell.raw)), ("line", .integer(cell.line)),
        ]
        if let identity = cell.inferredFrom { members.append(("inferred_from", .string(identity))) }
        return .object(members)
    }

    /// A number that the narrative states.
    static func figure(_ figure: NarrativeFigure) -> JSONValue {
        .object([
            ("key", .string(figure.subject.rawValue)), ("value", .number(figure.value)),
            ("tolerance", .number(figure.tolerance)), ("line", .integer(figure.line)),
            ("sentence", .string(figure.sentence)),
        ])
    }

    /// The cells that a statistic is made of, each with its file.
    static func cells(of statistic: Statistic, in report: Report, file: String?) -> [JSONValue] {
        statistic.fields.compactMap { field in
            guard let found = report.statistics[field], case .object(let members) = cell(found)
            else { return nil }
            let head: [(String, JSONValue)] = [
                ("schema", .string("gongkai.cell/1")),
                ("key", .string(StatisticField.all[field].key)),
                ("file", .path(file.map(DisplayPath.of))),
            ]
            return .object(head + members)
        }
    }

    private static func passage(_ passage: Passage, _ places: [DocumentPlace]) -> JSONValue {
        .object(
            [
                ("section", .integer(passage.section)),
                ("subsection", JSONValue(passage.subsection)),
                ("text", .string(passage.text)),
                ("lines", lines(passage.lines)),
            ] + place(places.place(ofLine: passage.lines.lowerBound)))
    }

    /// The page or sheet of something; nothing where the file has none.
    private static func place(_ place: DocumentPlace?) -> [(String, JSONValue)] {
        guard let place else { return [] }
        let name = place.kind == .page ? Int(place.name).map(JSONValue.integer) : nil
        return [(place.kind.rawValue, name ?? .string(place.name))]
    }

    private static func lines(_ lines: ClosedRange<Int>) -> JSONValue {
        .array([.integer(lines.lowerBound), .integer(lines.upperBound)])
    }

    private static func identity(_ identity: Identity.Result) -> JSONValue {
        .object([
            ("id", .string(identity.id)), ("state", .string(identity.state.rawValue)),
            ("left", JSONValue(identity.left)), ("right", JSONValue(identity.right)),
        ])
    }

    private static func finding(_ finding: Finding) -> JSONValue {
        .object([
            ("code", .string(finding.code)), ("line", JSONValue(finding.line)),
            ("message", .string(finding.message)),
        ])
    }

    /// One hit.
    static func hit(_ hit: SearchHit) -> JSONValue {
        let head = hit.report
        var report: [(String, JSONValue)] = [
            ("id", .string(head.id)), ("file", .path(hit.files.first.map(DisplayPath.of))),
        ]
        if hit.files.count > 1 {
            report.append(("files", .array(hit.files.map { .path(DisplayPath.of($0)) })))
        }
        report += [
            ("title", JSONValue(head.title)), ("agency", JSONValue(head.agency)),
            ("year", JSONValue(head.year)), ("region", region(head.region)),
            ("form", .string(head.form.rawValue)),
        ]
        let context: [(String, JSONValue)] =
            hit.before.isEmpty && hit.after.isEmpty
            ? []
            : [
                ("before", .array(hit.before.map { passage($0, []) })),
                ("after", .array(hit.after.map { passage($0, []) })),
            ]
        let copies: [(String, JSONValue)] =
            hit.copies.isEmpty ? [] : [("copies", .array(hit.copies.map(CopiesText.json)))]
        return .object(
            [
                ("schema", .string("gongkai.hit/1")),
                ("rank", .integer(hit.rank)),
                ("score", .number((hit.score * 1000).rounded() / 1000)),
                ("report", .object(report)),
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
                ("lines", lines(hit.passage.lines)),
                (
                    "values",
                    .object(hit.values.map { ($0.statistic.key, JSONValue($0.value)) })
                ),
            ] + place(hit.place) + context + copies)
    }

    /// An answer.
    static func search(
        _ result: SearchResult, query: String, withHits: Bool
    ) -> JSONValue {
        let elapsed = result.elapsed.components
        let microseconds = elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000
        var members: [(String, JSONValue)] = [
            ("schema", .string("gongkai.search/1")), ("query", .string(query)),
            ("relaxed", result.isRelaxed ? .string("any") : .null),
            ("total", .integer(result.total)), ("exact_total", .bool(true)),
            ("elapsed_us", .integer(Int(microseconds))), ("facets", FacetText.json(result.facets)),
        ]
        if !result.suggestions.isEmpty {
            members.append(
                (
                    "suggestions",
                    .array(
                        result.suggestions.map {
                            .object([
                                ("written", .string($0.written)),
                                ("meant", .array($0.meant.map(JSONValue.string))),
                            ])
                        })
                ))
        }
        if withHits { members.append(("hits", .array(result.hits.map(hit)))) }
        if let explanation = result.explanation {
            members.append(("explanation", ExplanationText.json(explanation)))
        }
        return .object(members)
    }

    /// The answer to a question that could not be asked.
    static func failure(query: String, error: String) -> JSONValue {
        .object([
            ("schema", .string("gongkai.search/1")), ("query", .string(query)),
            ("error", .string(error)),
        ])
    }
}
