public import ReportModel

/// Judged rules for programs.
public enum CheckTable {
    /// Who reports on which year.
    public struct ReportName: Sendable {
        /// The agency; nil when it is unknown.
        public let agency: String?
        /// The year; nil when it is unknown.
        public let year: Int?

        /// A name.
        public init(agency: String?, year: Int?) { (self.agency, self.year) = (agency, year) }

        /// The name for a person; empty when nothing is known.
        public var text: String {
            [agency, year.map(String.init)].compactMap(\.self).joined(separator: " ")
        }
    }

    /// Judged rules as a table, still without rows.
    public static let heads = Table(
        schema: "gongkai.check/1",
        columns: [
            Table.Column("rule"), Table.Column("state"), Table.Column("left", isNumber: true),
            Table.Column("right", isNumber: true), Table.Column("inferred"),
            Table.Column("agency"), Table.Column("year", isNumber: true),
            Table.Column("file"), Table.Column("line", isNumber: true),
        ])

    /// A judged rule as a row of the table, with the location of its first evidence.
    ///
    /// - Parameter names: who reports, by the files of reports.
    public static func row(_ result: CheckResult, _ names: [String: ReportName]) -> [Table.Value] {
        let first = result.left.evidence.first
        let name = first.flatMap { names[$0.source] }
        return [
            .text(result.rule), .text(result.state.rawValue), Table.Value(result.left.value),
            Table.Value(result.right.value), .list(result.inferred), Table.Value(name?.agency),
            Table.Value(name?.year), Table.Value(path: first?.source), Table.Value(first?.line),
        ]
    }

    /// A judged rule as `gongkai.check/1`.
    public static func json(_ result: CheckResult, _ names: [String: ReportName]) -> JSONValue {
        let name = result.left.evidence.first.flatMap { names[$0.source] }
        return .object([
            ("schema", .string("gongkai.check/1")), ("rule", .string(result.rule)),
            ("state", .string(result.state.rawValue)),
            ("relation", .string(relation(result.relation))),
            ("agency", JSONValue(name?.agency)), ("year", JSONValue(name?.year)),
            ("inferred", .array(result.inferred.map(JSONValue.string))),
            ("left", json(result.left)), ("right", json(result.right)),
        ])
    }

    private static func relation(_ relation: CheckResult.Relation) -> String {
        switch relation {
        case .equal: "equal"
        case .near: "near"
        case .atLeast: "at_least"
        }
    }

    private static func json(_ side: CheckResult.Side) -> JSONValue {
        .object([
            ("value", JSONValue(side.value)),
            (
                "cells",
                .array(
                    side.evidence.map { evidence in
                        .object([
                            ("file", .path(DisplayPath.of(evidence.source))),
                            ("key", .string(evidence.key)),
                            ("sign", .integer(evidence.isSubtracted ? -1 : 1)),
                            ("cell", evidence.cell.map(ReportJSON.cell) ?? .null),
                            ("stated", evidence.stated.map(ReportJSON.figure) ?? .null),
                        ])
                    })
            ),
        ])
    }
}
