import ArgumentParser
import Foundation
import ReportModel
import ReportSearch

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what the index holds: size, counts, schema.")

    @OptionGroup var indexOption: IndexOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let terminal = Terminal(output)
        let reader = try indexOption.open()
        let info = try IndexInfo(reader)
        let years = info.years.sorted { ($0.key ?? .max) < ($1.key ?? .max) }
        let forms = info.forms.sorted { $0.key.rawValue > $1.key.rawValue }
        let skipped = info.skipped.sorted { $0.key < $1.key }
        guard let format = output.format, format != .text else {
            func line(_ name: String, _ value: String) {
                terminal.print(name + String(repeating: " ", count: 12 - name.count) + value)
            }
            line("index", Terminal.visible(DisplayPath.of(reader.folder)))
            line(
                "reports",
                "\(info.annualReports) annual reports, \(info.reports - info.annualReports) other pages"
            )
            line("passages", "\(info.passages)")
            line("agencies", "\(info.agencies)")
            line(
                "years",
                years.map { "\($0.key.map(String.init) ?? "unknown") (\($0.value))" }
                    .joined(separator: ", "))
            line("forms", forms.map { "\($0.key.rawValue) (\($0.value))" }.joined(separator: ", "))
            line(
                "files",
                "\(info.files)"
                    + skipped.map { ", \($0.value) skipped: \($0.key)" }.joined())
            line("size", String(format: "%.1f MB", Double(info.bytes) / 1e6))
            line("schema", "\(info.schema), \(info.analysis), \(info.segments) segments")
            return
        }
        terminal.print(
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
            ]).text)
    }
}
