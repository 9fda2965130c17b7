import ReportModel
import ReportOutput
import ReportSearch

/// What runs of `index` changed, as lines, tables, JSON or a feed.
struct DiffText {
    /// The index folder.
    let folder: String
    /// The runs that are told of.
    let remembered: IndexRuns
    /// What was asked for; nil asked for the last run.
    let since: String?
    let terminal: Terminal

    private var runs: [RunChanges] { remembered.changing }

    // MARK: Runs

    /// Writes a line for each run.
    func writeRuns(_ format: Format, to write: @escaping (String) throws -> Void) throws {
        let table = Table(
            schema: "gongkai.run/1",
            columns: [
                Table.Column("run", "运行", isNumber: true), Table.Column("time", "时间"),
                Table.Column("added", "新增", isNumber: true),
                Table.Column("changed", "变更", isNumber: true),
                Table.Column("removed", "移除", isNumber: true),
                Table.Column("moved", "移动", isNumber: true),
            ])
        var writer = try TableWriter(table, format, terminal: terminal, write: write)
        for run in runs {
            let time = Timestamp(seconds: run.time)
            try writer.add(
                [
                    Table.Value(run.run), .text(format == .text ? time.local : time.text),
                ] + ReportChange.Kind.inOrder.map { Table.Value(run.counts[$0] ?? 0) })
        }
        try writer.finish()
    }

    // MARK: Changes

    /// Writes what each run changed.
    func writeChanges(_ format: Format, to write: @escaping (String) throws -> Void) throws {
        switch format {
        case .text:
            for (index, run) in runs.enumerated() {
                if index > 0 { try write("\n") }
                try writeLines(of: run) { try write("\($0)\n") }
            }
        case .json:
            var outcome = Result<Void, any Error>.success(())
            json.write(end: "\n") { bytes in
                guard case .success = outcome else { return }
                outcome = Result { try write(String(decoding: bytes, as: UTF8.self)) }
            }
            try outcome.get()
        case .jsonl:
            for run in runs {
                for change in run.changes() { try write(Self.json(change, of: run).text + "\n") }
            }
        case .csv, .tsv, .markdown:
            var writer = try TableWriter(
                DiffTable.heads, format, terminal: terminal, write: write)
            for run in runs {
                for change in run.changes() {
                    for row in DiffTable.rows(of: change, in: run) { try writer.add(row) }
                }
            }
            try writer.finish()
        case .atom: try AtomFeed(folder: folder, runs: remembered).write(to: write)
        }
    }

    private func writeLines(
        of run: RunChanges, to write: (ShownText) throws -> Void
    ) throws {
        let time = Timestamp(seconds: run.time).local
        try write(terminal.styled("\(Message.run(run, at: time))", .strong))
        var nameless = 0
        for change in run.changes() {
            if change.path == nil { nameless += 1 }
            if change.path != nil { try lines(of: change).forEach(write) }
        }
        if nameless > 0 { try write("\(Message.moreChanges(nameless))") }
    }

    /// A change: the file, then each difference with both values.
    func lines(of change: ReportChange) -> [ShownText] {
        let path = DisplayPath.of(change.path ?? "")
        let (sign, style): (ShownText, Terminal.Style) =
            switch change.kind {
            case .added: ("+", .good)
            case .changed: ("~", .strong)
            case .removed: ("-", .bad)
            case .moved: (">", .strong)
            }
        let name = change.new ?? change.old
        let earlier: ShownText =
            change.earlierPath.map { "  \(Message.movedFrom(DisplayPath.of($0)))" } ?? ""
        var lines: [ShownText] = [
            "\(terminal.styled(sign, style)) \(path)  \(Self.name(of: name))\(earlier)"
        ]
        if change.kind == .changed, !change.isCompared {
            lines.append("    \(Message.notCompared)")
        }
        for field in change.fields {
            lines.append("    \(field.key)  \(field.old ?? "–") → \(field.new ?? "–")")
        }
        lines += change.cells.map(line)
        for (sign, style, paragraphs) in [
            ("-", Terminal.Style.bad, change.removedText), ("+", .good, change.addedText),
        ] {
            for paragraph in paragraphs {
                let text = Self.cut(paragraph.text)
                let shown = terminal.styled("\(sign) \(paragraph.line): \(text)", style)
                lines.append("    \(shown)")
            }
        }
        if change.omittedText > 0 {
            lines.append("    \(Message.omittedParagraphs(change.omittedText))")
        }
        for rule in change.rules {
            let (old, new) = (rule.old?.rawValue ?? "–", rule.new?.rawValue ?? "–")
            lines.append(
                change.kind == .added
                    ? "    \(rule.name)  \(new)" : "    \(rule.name)  \(old) → \(new)")
        }
        return lines
    }

    private func line(of cell: ReportChange.CellChange) -> ShownText {
        let key = StatisticField.all[cell.field].key
        let name = Statistic.named(key)?.names.first ?? key
        let lines = [cell.old?.line, cell.new?.line].compactMap(\.self)
        let numbers =
            lines.first == lines.last
            ? lines.first.map { "\($0)" } ?? "" : lines.map(String.init).joined(separator: " → ")
        return "    \(name)  \(Self.value(of: cell.old)) → \(Self.value(of: cell.new))"
            + "  \(terminal.styled("\(Message.line(numbers))", .faint))"
    }

    /// A cell's value, and what must be known of it.
    private static func value(of cell: Cell?) -> String {
        guard let cell else { return "–" }
        let value = cell.value?.figure ?? "?"
        switch cell.status {
        case .printed: return value
        case .blank: return "blank"
        case .inferred, .annotated, .conflict, .unsure:
            return "\(value) (\(cell.status.rawValue)\(cell.raw.isEmpty ? "" : " “\(cell.raw)”"))"
        }
    }

    /// The name and the year of a report.
    static func name(of version: ReportChange.Version?) -> String {
        guard let version else { return "" }
        return (version.name ?? version.id) + (version.year.map { " \($0)" } ?? "")
    }

    /// The most characters of a paragraph that are shown.
    private static let longest = 200

    private static func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return scalars.count <= longest
            ? text : String(String.UnicodeScalarView(scalars.prefix(longest))) + "…"
    }

    // MARK: JSON

    private var json: JSONValue {
        .object([
            ("schema", .string("gongkai.diff/1")), ("since", JSONValue(since)),
            ("last_run", JSONValue(remembered.last)),
            (
                "runs",
                .list(count: runs.count) { Self.json(runs[$0]) }
            ),
        ])
    }

    private static func json(_ run: RunChanges) -> JSONValue {
        let changes = run.changes()
        return .object(
            [
                ("run", .integer(run.run)),
                ("time", .string(Timestamp(seconds: run.time).text)),
            ]
                + ReportChange.Kind.inOrder.map {
                    ($0.rawValue, .integer(run.counts[$0] ?? 0))
                } + [
                    (
                        "changes",
                        .list(count: changes.count) { json(changes[$0], of: run) }
                    )
                ])
    }

    /// A change as `gongkai.change/1`.
    private static func json(_ change: ReportChange, of run: RunChanges) -> JSONValue {
        .object([
            ("schema", .string("gongkai.change/1")), ("run", .integer(run.run)),
            ("time", .string(Timestamp(seconds: run.time).text)),
            ("change", .string(change.kind.rawValue)),
            ("file", .path(change.path.map(DisplayPath.of))),
            ("earlier_file", .path(change.earlierPath.map(DisplayPath.of))),
            ("old", json(change.old)), ("new", json(change.new)),
            ("compared", .bool(change.isCompared)),
            (
                "fields",
                .array(
                    change.fields.map {
                        .object([
                            ("key", .string($0.key)), ("old", JSONValue($0.old)),
                            ("new", JSONValue($0.new)),
                        ])
                    })
            ),
            (
                "cells",
                .array(
                    change.cells.map {
                        .object([
                            ("key", .string(StatisticField.all[$0.field].key)),
                            ("old", $0.old.map(ReportJSON.cell) ?? .null),
                            ("new", $0.new.map(ReportJSON.cell) ?? .null),
                        ])
                    })
            ),
            (
                "text",
                .object([
                    ("removed", .array(change.removedText.map(json))),
                    ("added", .array(change.addedText.map(json))),
                    ("omitted", .integer(change.omittedText)),
                ])
            ),
            (
                "checks",
                .array(
                    change.rules.map {
                        .object([
                            ("rule", .string($0.name)), ("old", JSONValue($0.old?.rawValue)),
                            ("new", JSONValue($0.new?.rawValue)),
                        ])
                    })
            ),
        ])
    }

    private static func json(_ version: ReportChange.Version?) -> JSONValue {
        guard let version else { return .null }
        return .object([
            ("id", .string(version.id)), ("name", JSONValue(version.name)),
            ("year", JSONValue(version.year)),
        ])
    }

    private static func json(_ paragraph: ReportChange.Paragraph) -> JSONValue {
        .object([
            ("section", .integer(paragraph.section)), ("line", .integer(paragraph.line)),
            ("text", .string(paragraph.text)),
        ])
    }
}

extension ReportChange.Kind {
    /// The kinds in the order in which they are told.
    static let inOrder: [Self] = [.added, .changed, .removed, .moved]
}

/// Changes as a table: a row a difference, and a row a file that only came, went or moved.
enum DiffTable {
    static let heads = Table(
        schema: "gongkai.difference/1",
        columns: [
            Table.Column("run", isNumber: true), Table.Column("time"), Table.Column("change"),
            Table.Column("file"), Table.Column("agency"), Table.Column("year", isNumber: true),
            Table.Column("what"), Table.Column("key"), Table.Column("name"), Table.Column("old"),
            Table.Column("new"), Table.Column("old_line", isNumber: true),
            Table.Column("new_line", isNumber: true),
        ])

    static func rows(of change: ReportChange, in run: RunChanges) -> [[Table.Value]] {
        let version = change.new ?? change.old
        let head: [Table.Value] = [
            Table.Value(run.run), .text(Timestamp(seconds: run.time).text),
            .text(change.kind.rawValue), Table.Value(path: change.path),
            Table.Value(version?.name), Table.Value(version?.year),
        ]
        var rows: [[Table.Value]] = change.fields.map {
            [.text("head"), .text($0.key), .unknown, Table.Value($0.old), Table.Value($0.new)]
                + [.unknown, .unknown]
        }
        rows += change.cells.map { cell in
            let key = StatisticField.all[cell.field].key
            return [
                .text("cell"), .text(key), Table.Value(Statistic.named(key)?.names.first),
                Table.Value(cell.old?.value), Table.Value(cell.new?.value),
                Table.Value(cell.old?.line), Table.Value(cell.new?.line),
            ]
        }
        rows += change.removedText.map {
            [.text("text"), .unknown, .unknown, .text($0.text), .unknown]
                + [Table.Value($0.line), .unknown]
        }
        rows += change.addedText.map {
            [.text("text"), .unknown, .unknown, .unknown, .text($0.text)]
                + [.unknown, Table.Value($0.line)]
        }
        rows += change.rules.map {
            [
                .text("check"), .text($0.name), .unknown, Table.Value($0.old?.rawValue),
                Table.Value($0.new?.rawValue), .unknown, .unknown,
            ]
        }
        if rows.isEmpty {
            rows = [
                [
                    .text("file"), .unknown, .unknown, Table.Value(path: change.earlierPath),
                    .unknown, .unknown, .unknown,
                ]
            ]
        }
        return rows.map { head + $0 }
    }
}
