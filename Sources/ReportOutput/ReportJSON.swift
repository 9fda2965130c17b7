public import ReportModel
import ReportSearch

/// The JSON forms of the contract: `gongkai.report/1`, `gongkai.hit/1`, `gongkai.search/1`.
public enum ReportJSON {
    /// A place.
    public static func region(_ region: Region) -> JSONValue {
        .object([
            ("province", JSONValue(region.province)), ("city", JSONValue(region.city)),
            ("county", JSONValue(region.county)),
        ])
    }

    /// A whole report.
    public static func report(_ report: Report, sha256: String, file: String?) -> JSONValue {
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
                "level",
                JSONValue(AgencyLevel(agency: report.agency, region: report.region)?.rawValue)
            ),
            ("sections", .array(report.headings.map(heading))),
            (
                "passages",
                .list(count: report.passages.count) { passage(report.passages[$0], report.parts) }
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

    private static func heading(_ heading: Report.Heading) -> JSONValue {
        .object([
            ("section", .integer(heading.section)), ("title", .string(heading.title)),
            ("line", .integer(heading.line)),
        ])
    }

    private static func sentence(_ sentence: StatedSentence?) -> JSONValue {
        guard let sentence else { return .null }
        return .object([("text", .string(sentence.text)), ("line", .integer(sentence.line))])
    }

    /// A cell.
    public static func cell(_ cell: Cell) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("value", JSONValue(cell.value)), ("status", .string(cell.status.rawValue)),
            ("raw", .string(cell.raw)), ("line", .integer(cell.line)),
        ]
        if let identity = cell.inferredFrom { members.append(("inferred_from", .string(identity))) }
        return .object(members)
    }

    /// A number that the narrative states.
    public static func figure(_ figure: NarrativeFigure) -> JSONValue {
        .object([
            ("key", .string(figure.subject.rawValue)), ("value", .number(figure.value)),
            ("tolerance", .number(figure.tolerance)), ("line", .integer(figure.line)),
            ("sentence", .string(figure.sentence)),
        ])
    }

    /// The cells that a statistic is made of, each with its file.
    public static func cells(of statistic: Statistic, in report: Report, file: String?)
        -> [JSONValue]
    {
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

    /// A passage.
    public static func passage(_ passage: Passage, _ parts: [DocumentPart]) -> JSONValue {
        .object(
            [
                ("section", .integer(passage.section)),
                ("subsection", JSONValue(passage.subsection)),
                ("text", .string(passage.text)),
                ("lines", lines(passage.lines)),
            ] + part(parts.part(ofLine: passage.lines.lowerBound)))
    }

    /// The page or sheet of something; nothing where the file has none.
    public static func part(_ part: DocumentPart?) -> [(String, JSONValue)] {
        guard let part else { return [] }
        let name = part.kind == .page ? Int(part.name).map(JSONValue.integer) : nil
        return [(part.kind.rawValue, name ?? .string(part.name))]
    }

    /// The first and the last line of something.
    public static func lines(_ lines: ClosedRange<Int>) -> JSONValue {
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

    /// The answer to a question that could not be asked.
    public static func failure(query: String, error: String) -> JSONValue {
        .object([
            ("schema", .string("gongkai.search/1")), ("query", .string(query)),
            ("error", .string(error)),
        ])
    }
}
