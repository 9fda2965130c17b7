import ArgumentParser
import ReportModel
import ReportOutput
import ReportSearch

struct InfoCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what the index holds: size, counts, schema.")

    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let terminal = Terminal(output)
        let reader = try indexOption.open()
        let info = try IndexInfo(reader)
        let years = info.years.sorted { ($0.key ?? .max) < ($1.key ?? .max) }
        let forms = info.forms.sorted { $0.key.rawValue > $1.key.rawValue }
        let skipped = info.skipped.sorted { $0.key < $1.key }
        let format = output.format ?? .text
        guard format.isJSON else {
            let rows = [
                ("index", DisplayPath.of(reader.folder)),
                (
                    "reports",
                    "\(info.annualReports) annual reports, "
                        + "\(info.reports - info.annualReports) other pages"
                ),
                ("passages", "\(info.passages)"), ("agencies", "\(info.agencies)"),
                (
                    "years",
                    years.map { "\($0.key.map(String.init) ?? "unknown") (\($0.value))" }
                        .joined(separator: ", ")
                ),
                ("forms", forms.map { "\($0.key.rawValue) (\($0.value))" }.joined(separator: ", ")),
                (
                    "files",
                    "\(info.files)" + skipped.map { ", \($0.value) skipped: \($0.key)" }.joined()
                ),
                ("size", (Double(info.bytes) / 1e6).fixed(places: 1) + " MB"),
                ("schema", "\(info.schema), \(info.analysis), \(info.segments) segments"),
            ]
            guard format == .text else {
                let table = Table(
                    schema: "gongkai.info/1",
                    columns: [Table.Column("name"), Table.Column("value")],
                    rows: rows.map { [.text($0.0), .text($0.1)] })
                return table.print(format, to: terminal)
            }
            for (name, value) in rows {
                terminal.print("\(name)\(String(repeating: " ", count: 12 - name.count))\(value)")
            }
            return
        }
        terminal.write(
            JSONValue.object([
                ("schema", .string("gongkai.info/1")), ("index", .string(reader.folder)),
                ("index_schema", .integer(info.schema)), ("analysis", .string(info.analysis)),
                ("generation", .integer(info.generation)), ("segments", .integer(info.segments)),
                ("reports", .integer(info.reports)),
                ("annual_reports", .integer(info.annualReports)),
                ("passages", .integer(info.passages)), ("agencies", .integer(info.agencies)),
                (
                    "years",
                    .object(
                        years.map { ($0.key.map(String.init) ?? "unknown", .integer($0.value)) })
                ),
                ("forms", .object(forms.map { ($0.key.rawValue, .integer($0.value)) })),
                ("files", .integer(info.files)),
                ("skipped", .object(skipped.map { ($0.key, .integer($0.value)) })),
                ("bytes", .integer(Int(info.bytes))),
            ]))
    }
}
