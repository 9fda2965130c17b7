import ReportModel

/// A judged rule as text: the state, then each side with its cells and where they stand.
struct CheckText {
    let terminal: Terminal

    func lines(of result: CheckResult) -> [ShownText] {
        let style: Terminal.Style = result.state == .holds ? .good : .bad
        let sign = Self.sign(of: result)
        let sides = [result.left, result.right].map { $0.value?.figure ?? "unknown" }
        var lines: [ShownText] = [
            terminal.styled(ShownText(result.state.rawValue), style) + "  "
                + terminal.styled(ShownText(result.rule), .strong)
                + "  \(sides[0]) \(sign) \(sides[1])"
        ]
        for side in [result.left, result.right] {
            lines += wrapped(side).map { "  \($0)" }
        }
        return lines
    }

    private static func sign(of result: CheckResult) -> String {
        switch (result.state, result.relation) {
        case (.unknown, _): "?"
        case (.holds, .equal): "="
        case (.holds, .near): "≈"
        case (.holds, .atLeast): "≥"
        case (_, .atLeast): "<"
        case (_, .equal), (_, .near): "≠"
        }
    }

    /// The evidence that matters, grouped by the place where they stand; zeros are counted, not listed.
    private func wrapped(_ side: CheckResult.Side) -> [ShownText] {
        var lines: [ShownText] = []
        var place: ShownText?
        var zeros = 0
        for evidence in side.evidence {
            guard evidence.cell?.value != 0 || side.evidence.count == 1 else {
                zeros += 1
                continue
            }
            let here =
                evidence.line.map { terminal.link(evidence.source, line: $0) }
                ?? ShownText(DisplayPath.of(evidence.source))
            if here != place { lines.append(here) }
            place = here
            lines.append("  \(evidence.isSubtracted ? "− " : "")\(Self.text(of: evidence))")
        }
        if zeros > 0 { lines.append("  and \(zeros) zeros") }
        return lines
    }

    private static func text(of evidence: CheckResult.Evidence) -> ShownText {
        if let stated = evidence.stated {
            let about = stated.tolerance > 0 ? "about " : ""
            return "\(evidence.key)  \(about)\(stated.value.figure) “\(stated.sentence)”"
        }
        guard let cell = evidence.cell else { return "\(evidence.key)  not in the file" }
        let value = cell.value?.figure ?? "unknown"
        return "\(evidence.key)  \(value) \(cell.status.rawValue) \"\(cell.raw)\""
    }

    /// Judged rules as a table, still without rows.
    static let table = Table(
        schema: "gongkai.check/1",
        columns: [
            Table.Column("rule"), Table.Column("state"), Table.Column("left", isNumber: true),
            Table.Column("right", isNumber: true), Table.Column("inferred"),
            Table.Column("file"), Table.Column("line", isNumber: true),
        ])

    /// A judged rule as a row of the table, with the place of its first evidence.
    static func row(_ result: CheckResult) -> [Table.Value] {
        let first = result.left.evidence.first
        return [
            .text(result.rule), .text(result.state.rawValue), Table.Value(result.left.value),
            Table.Value(result.right.value), .list(result.inferred),
            Table.Value(path: first?.source), Table.Value(first?.line),
        ]
    }

    /// A judged rule as `gongkai.check/1`.
    static func json(_ result: CheckResult) -> JSONValue {
        .object([
            ("schema", .string("gongkai.check/1")), ("rule", .string(result.rule)),
            ("state", .string(result.state.rawValue)),
            ("relation", .string(relation(result.relation))),
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
