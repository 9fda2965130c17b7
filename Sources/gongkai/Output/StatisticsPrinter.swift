import ArgumentParser
import Platform
import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch
import SystemPackage

/// Prints an answer for statistics in any format.
struct StatisticsPrinter {
    let form: StatisticsTable
    let filters: Filters
    let terminal: Terminal

    var answer: StatisticsAnswer { form.answer }
    var question: StatisticsQuestion { form.question }
    var statistics: Statistics { form.statistics }

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
                Message.noFormat(
                    ofFile: file,
                    "end it in .svg, .html, .csv, .xlsx, .json or .md, or name one with --format"))
        }
    }

    private func write(_ format: Format, to write: (String) throws -> Void) throws {
        switch format {
        case .json: try write(try form.json.text + "\n")
        case .jsonl:
            for row in answer.rows {
                let members: [(String, JSONValue)] = [("schema", .string("gongkai.stats_row/1"))]
                try write(JSONValue.object(members + (try form.members(row))).text + "\n")
            }
        case .csv, .tsv:
            guard let values = SeparatedValues(format) else { return }
            let table = try form.table
            try write(values.line(table.columns.map { .text($0.name) }) + values.end)
            for row in table.rows { try write(values.line(row) + values.end) }
        case .markdown: for line in try form.table.markdownLines { try write(line + "\n") }
        case .text, .atom:
            for line in try StatisticsText(printer: self).lines(plot: nil) {
                try write("\(line)\n")
            }
        }
    }

    // MARK: Tables

    private func writeWorkbook(_ book: inout Workbook) throws {
        let table = try form.table
        try book.beginSheet("stats", heads: table.columns.map(\.name))
        for row in table.rows { try book.add(row.map(\.workbookValue)) }
        try book.beginSheet("notes", heads: ["note"])
        for note in answer.notes { try book.add([.text(note.text(in: .ofUser))]) }
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
