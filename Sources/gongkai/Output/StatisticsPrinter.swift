import ArgumentParser
import Platform
import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch
import SystemPackage

/// Prints an answer for statistics in any format.
struct StatisticsPrinter {
    let answer: StatisticsAnswer
    let question: StatisticsQuestion
    /// The fields as they were asked for.
    let query: String
    let filters: Filters
    let statistics: Statistics
    let terminal: Terminal

    /// Prints to standard output, or writes a file.
    func print(_ format: Format?, _ shapes: FigureOutputOptions) throws {
        guard let outputFile = shapes.outputFile else {
            let format = format ?? .text
            if format != .text {
                let buffer = TextBuffer(StandardOutput.write)
                try write(format, to: buffer.write)
                return try buffer.flush()
            }
            for line in try StatisticsText(printer: self).lines(plot: shapes.plot) {
                terminal.print(line)
            }
            return
        }
        let file = try ExportFile(path: outputFile, replaces: shapes.force)
        let ending = ExportFile.ending(of: outputFile)
        switch ending {
        case "xlsx" where format == nil: try file.writeWorkbook(writeWorkbook)
        case "svg" where format == nil:
            let chart = try chart(shapes.plot)
            try file.writeText { write in
                try write(ChartSVG(chart, table: StatisticsText(printer: self).texts).text)
            }
        case "html" where format == nil, "htm" where format == nil:
            let chart = try chart(shapes.plot)
            let notes = answer.notes.map { $0.text(in: .ofUser) }
            try file.writeText { write in
                let text = StatisticsText(printer: self)
                try write(
                    ChartPage(chart, table: text.texts, notes: text.definitions + notes).text)
            }
        default:
            let format = try format ?? Self.format(ofEnding: ending, of: outputFile)
            try file.writeText { try write(format, to: $0) }
        }
    }

    /// The answer as a drawing.
    func chart(_ kind: ChartKind?) throws -> Chart {
        let names = question.fields.map { $0.names[0] }
        let shown = names.prefix(6).joined(separator: "、") + (names.count > 6 ? "…" : "")
        let title = ([shown] + filters.written).joined(separator: "  ")
        return Chart(answer, kind: kind ?? .auto, title: title, language: .ofUser)
    }

    private static func format(ofEnding ending: String, of file: String) throws -> Format {
        switch ending {
        case "md": return .markdown
        case "txt": return .text
        default:
            if let format = Format(rawValue: ending) { return format }
            throw ValidationError(
                "\(file): the ending tells no format; end it in .svg, .html, .csv, .xlsx, .json or "
                    + ".md, or name one with --format")
        }
    }

    private func write(_ format: Format, to write: (String) throws -> Void) throws {
        switch format {
        case .json: try write(try json.text + "\n")
        case .jsonl:
            for row in answer.rows {
                let members: [(String, JSONValue)] = [("schema", .string("gongkai.stats_row/1"))]
                try write(JSONValue.object(members + (try self.members(row))).text + "\n")
            }
        case .csv, .tsv:
            guard let values = SeparatedValues(format) else { return }
            let table = try table
            try write(values.line(table.columns.map { .text($0.name) }) + values.end)
            for row in table.rows { try write(values.line(row) + values.end) }
        case .markdown: for line in try table.markdownLines { try write(line + "\n") }
        case .text, .atom:
            for line in try StatisticsText(printer: self).lines(plot: nil) {
                try write("\(line)\n")
            }
        }
    }

    // MARK: JSON

    /// The answer as `gongkai.stats/1`.
    private var json: JSONValue {
        get throws {
            .object([
                ("schema", .string("gongkai.stats/1")), ("query", .string(query)),
                ("rows", .array(try answer.rows.map { .object(try members($0)) })),
                ("notes", .array(answer.notes.map { .string($0.text(in: .english)) })),
            ])
        }
    }

    private func members(_ row: StatisticsRow) throws -> [(String, JSONValue)] {
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
    func search(for row: StatisticsRow) -> String {
        var terms = filters.written
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

    // MARK: Tables

    /// The rows as a table; with `--cells` a cell a row.
    private var table: Table {
        get throws {
            question.keepsReports
                ? try StatisticsTable(printer: self).cells : StatisticsTable(printer: self).rows
        }
    }

    private func writeWorkbook(_ book: inout Workbook) throws {
        let table = try table
        try book.beginSheet("stats", heads: table.columns.map(\.name))
        for row in table.rows { try book.add(row.map(\.workbookValue)) }
        try book.beginSheet("notes", heads: ["note"])
        for note in answer.notes { try book.add([.text(note.text(in: .ofUser))]) }
    }
}

extension Table.Value {
    /// The value in a cell of a spreadsheet.
    var workbookValue: Workbook.Value {
        switch self {
        case .number(let number): .number(number)
        case .unknown: .none
        default: .text(text)
        }
    }
}

extension Filters {
    /// The flags as terms of a query, as they were written.
    var written: [String] {
        func any(_ terms: [String]) -> [String] {
            terms.count > 1 ? ["(" + terms.joined(separator: " OR ") + ")"] : terms
        }
        func quoted(_ field: String, _ values: [String]) -> [String] {
            any(values.map { "\(field):\"\($0.filter { $0 != "\"" })\"" })
        }
        let fields: [(String, [String])] = [
            ("agency", agency), ("region", region), ("section", section), ("form", form),
            ("level", level), ("scope", scope), ("kind", kind),
        ]
        let terms: [String] = fields.flatMap { quoted($0.0, $0.1) }
        return terms + any(year.map { "year:" + $0 }) + `where`.map { "(\($0))" }
    }
}

extension ExportFile {
    /// Calls `body` with a workbook whose bytes become the file.
    func writeWorkbook(_ body: (inout Workbook) throws -> Void) throws {
        try write { temporary in
            guard let file = try? FileDescriptor.create(temporary) else {
                throw ExportError(path: path, reason: "its folder cannot be written to")
            }
            defer { try? file.close() }
            var book = Workbook(
                PatchedOutput(
                    append: { _ = try file.writeAll($0) },
                    patch: { _ = try file.writeAll(toAbsoluteOffset: Int64($0), $1) }))
            do {
                try body(&book)
                try book.finish()
            } catch let error as Workbook.TooLong {
                throw ExportError(path: path, reason: error.description)
            }
            try file.synchronise()
        }
    }
}
