import ReportModel
import ReportOutput
import ReportSearch

/// Reports that are there more than once, as lines, JSON or a table.
struct DuplicatesText {
    let groups: [DuplicateGroup]
    let terminal: Terminal

    func print(_ format: Format) {
        switch format {
        case .text, .atom:
            for (index, group) in groups.enumerated() {
                if index > 0 { terminal.print("") }
                for line in lines(of: group) { terminal.print(line) }
            }
        case .json:
            terminal.write(
                JSONValue.object([
                    ("schema", .string("gongkai.duplicates/1")),
                    ("total", .integer(groups.count)),
                    ("left_out", .integer(groups.reduce(0) { $0 + $1.leftOut.count })),
                    ("groups", .list(count: groups.count) { Self.json(groups[$0]) }),
                ]))
        case .jsonl: for group in groups { terminal.write(Self.json(group)) }
        case .csv, .tsv, .markdown: table.print(format, to: terminal)
        }
    }

    private func lines(of group: DuplicateGroup) -> [ShownText] {
        let head = group.members[0].head
        let name = (head.agency ?? head.title ?? head.id) + (head.year.map { " \($0)" } ?? "")
        var lines = [terminal.styled(ShownText(name), .strong)]
        for (index, member) in group.members.enumerated() {
            let files = member.files.map { DisplayPath.of($0) }.joined(separator: ", ")
            let what =
                index == 0
                ? Message.counted
                : member.isSame
                    ? Message.sameReport
                    : Message.version(
                        cells: member.cells.count,
                        percent: "\(Int((100 * member.shared).rounded()))")
            lines.append("  \(files)  \(member.head.encoding)  \(what)")
            for cell in member.cells.prefix(Self.mostCells) {
                let key = StatisticField.all[cell.field].key
                let values = [cell.old?.value, cell.new?.value].map { $0?.figure ?? "–" }
                lines.append(
                    "      \(Statistic.named(key)?.names.first ?? key)  "
                        + "\(values[0]) ≠ \(values[1])")
            }
            if member.cells.count > Self.mostCells {
                lines.append("      \(Message.more(member.cells.count - Self.mostCells))")
            }
        }
        return lines
    }

    private static let mostCells = 10

    private static func json(_ group: DuplicateGroup) -> JSONValue {
        let head = group.members[0].head
        return .object([
            ("schema", .string("gongkai.duplicate_group/1")),
            ("kind", .string(group.isSame ? "same" : "versions")),
            ("agency", JSONValue(head.agency)), ("year", JSONValue(head.year)),
            (
                "reports",
                .array(group.members.enumerated().map { json($1, counts: $0 == 0) })
            ),
        ])
    }

    private static func json(_ member: DuplicateGroup.Member, counts: Bool) -> JSONValue {
        .object([
            ("id", .string(member.head.id)),
            ("file", .path(member.files.first.map(DisplayPath.of))),
            ("files", .array(member.files.map { .string(DisplayPath.of($0)) })),
            ("counts", .bool(counts)), ("same", .bool(member.isSame)),
            ("agency", JSONValue(member.head.agency)), ("year", JSONValue(member.head.year)),
            ("encoding", .string(member.head.encoding)),
            (
                "modified",
                .string(Timestamp(seconds: Int(member.modified / 1_000_000_000)).text)
            ),
            ("shared", .number((1_000 * member.shared).rounded() / 1_000)),
            (
                "cells",
                .array(
                    member.cells.map { cell in
                        .object([
                            ("key", .string(StatisticField.all[cell.field].key)),
                            ("value", JSONValue(cell.old?.value)),
                            ("line", JSONValue(cell.old?.line)),
                            ("counted_value", JSONValue(cell.new?.value)),
                            ("counted_line", JSONValue(cell.new?.line)),
                        ])
                    })
            ),
        ])
    }

    /// A row a report.
    private var table: Table {
        Table(
            schema: "gongkai.duplicate/1",
            columns: [
                Table.Column("group", isNumber: true), Table.Column("counts"),
                Table.Column("same"), Table.Column("report"), Table.Column("file"),
                Table.Column("agency"), Table.Column("year", isNumber: true),
                Table.Column("encoding"), Table.Column("shared", isNumber: true),
                Table.Column("differing_cells", isNumber: true),
            ],
            rows: groups.enumerated().flatMap { number, group in
                group.members.enumerated().map { index, member in
                    [
                        Table.Value(number + 1), .text(index == 0 ? "yes" : "no"),
                        .text(member.isSame ? "yes" : "no"), .text(member.head.id),
                        Table.Value(path: member.files.first), Table.Value(member.head.agency),
                        Table.Value(member.head.year), .text(member.head.encoding),
                        .number((1_000 * member.shared).rounded() / 1_000),
                        Table.Value(member.cells.count),
                    ]
                }
            })
    }
}
