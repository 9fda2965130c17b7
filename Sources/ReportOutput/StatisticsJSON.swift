import QueryLanguage
import ReportModel
public import ReportSearch

extension StatisticsTable {
    /// The answer as `gongkai.stats/1`.
    public var json: JSONValue {
        get throws {
            .object([
                ("schema", .string("gongkai.stats/1")), ("query", .string(query)),
                ("rows", .array(try answer.rows.map { .object(try members($0)) })),
                ("notes", .array(answer.notes.map { .string($0.text(in: .english)) })),
            ])
        }
    }

    /// The members of a row.
    public func members(_ row: StatisticsRow) throws -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [
            ("field", .string(row.field.key)), ("aggregate", .string(row.aggregate.rawValue)),
            ("group", group(row)), ("value", JSONValue(row.value)),
            ("numerator", JSONValue(row.numerator)), ("denominator", JSONValue(row.denominator)),
            (
                "interval",
                row.interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) }
                    ?? .null
            ),
            ("unit", JSONValue(row.unit)),
            ("reports", Self.json(row.reports)),
            ("marks", .array(row.marks.map { .string($0.rawValue) })),
        ]
        if let bin = row.bin {
            members.append(
                (
                    "bin",
                    .object([("from", .number(bin.lowerBound)), ("below", .number(bin.upperBound))])
                ))
        }
        if question.isRanked { members.append(("rank", JSONValue(row.rank))) }
        if question.comparesYears {
            members.append(
                (
                    "change",
                    row.change.map { change in
                        .object([
                            ("before", .number(change.before)),
                            ("absolute", .number(change.absolute)),
                            ("relative", JSONValue(change.relative)),
                            ("points", JSONValue(change.points)),
                        ])
                    } ?? .null
                ))
        }
        if question.share != nil || row.bin != nil {
            members.append(("share", JSONValue(row.share)))
        }
        if let head = row.report {
            members += [
                ("report", .string(head.id)), ("agency", JSONValue(head.agency)),
                ("year", JSONValue(head.year)), ("score", JSONValue(row.score)),
            ]
        }
        members.append(("search", .string(search(for: row))))
        if question.keepsReports { members.append(("cells", try cells(row))) }
        return members
    }

    private static func json(_ tally: ReportTally) -> JSONValue {
        .object([
            ("used", .integer(tally.used)), ("blank", .integer(tally.blank)),
            ("not_in_form", .integer(tally.notInForm)), ("undefined", .integer(tally.undefined)),
            (
                "left_out",
                .object([
                    ("duplicate", .integer(tally.duplicate)),
                    ("rolled_up", .integer(tally.rolledUp)), ("fails", .integer(tally.failing)),
                ])
            ), ("failing", .integer(tally.usedFailing)), ("agencies", .integer(tally.agencies)),
            ("known", .integer(tally.known)),
        ])
    }

    private func group(_ row: StatisticsRow) -> JSONValue {
        .object(
            zip(answer.groups, row.group).map { field, value in
                (
                    field.key,
                    value.number.map { .number($0) } ?? JSONValue(value.text)
                )
            })
    }

    private func cells(_ row: StatisticsRow) throws -> JSONValue {
        .array(
            try statistics.cells(of: row).map { one in
                .object([
                    ("report", .string(one.report.id)), ("file", .path(one.files.first)),
                    ("agency", JSONValue(one.report.agency)), ("year", JSONValue(one.report.year)),
                    ("key", .string(one.key)), ("value", JSONValue(one.cell.value)),
                    ("status", .string(one.cell.status.rawValue)), ("raw", .string(one.cell.raw)),
                    ("line", .integer(one.cell.line)),
                ])
            })
    }

    /// The query whose reports a row is about, as `search` takes it.
    public func search(for row: StatisticsRow) -> String {
        var terms = filters
        for (field, value) in zip(answer.groups, row.group) {
            let quoted = value.text.map { "\"\($0.filter { $0 != "\"" })\"" } ?? "unknown"
            switch field {
            case .agency: terms.append("agency:" + quoted)
            case .region, .province, .city, .county:
                for name in value.text?.split(separator: " ") ?? [] {
                    terms.append("region:\"\(name)\"")
                }
            case .year: terms.append("year:" + (value.text ?? "unknown"))
            case .level: terms.append("level:" + (value.text ?? "unknown"))
            case .form: terms.append("form:" + (value.text ?? "none"))
            case .scope: terms.append("scope:" + (value.text ?? "unknown"))
            case .statistic(let statistic):
                terms.append(
                    value.number.map { "\(statistic.key)=\($0.figure)" }
                        ?? "missing(\(statistic.key))")
            }
        }
        if let bin = row.bin {
            if bin.lowerBound.isFinite {
                terms.append("\(row.field.key)>=\(bin.lowerBound.figure)")
            }
            if bin.upperBound.isFinite {
                terms.append("\(row.field.key)<\(bin.upperBound.figure)")
            }
        }
        return terms.joined(separator: " ")
    }
}
