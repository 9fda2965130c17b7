import ArgumentParser
import ReportModel
import ReportSearch

struct FieldsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract: "List what a query can ask for.",
        discussion: """
            Every field and statistic with its key, Chinese names, unit and an example.

              gongkai fields 诉讼
            """)

    @Argument(help: "List only those whose key or name holds this text.")
    var text: String?

    @OptionGroup var output: OutputOptions

    private struct Entry {
        let key: String
        let names: [String]
        let unit: String?
        let example: String
    }

    func run() throws {
        let terminal = Terminal(output)
        let entries = Self.entries.filter { entry in
            guard let text else { return true }
            return ([entry.key] + entry.names).contains { $0.contains(text) }
        }
        if entries.isEmpty {
            terminal.note("gongkai: nothing is called \(text ?? ""); 'gongkai fields' lists all")
            throw ExitCode(1)
        }
        let objects = entries.map { entry in
            JSONValue.object([
                ("schema", .string("gongkai.field/1")), ("key", .string(entry.key)),
                ("names", .array(entry.names.map(JSONValue.string))),
                ("unit", JSONValue(entry.unit)), ("example", .string(entry.example)),
            ])
        }
        switch output.format ?? .text {
        case .json: terminal.print(JSONValue.array(objects).text)
        case .jsonl: for object in objects { terminal.print(object.text) }
        case .text:
            for entry in entries {
                let space = String(repeating: " ", count: max(1, 50 - width(of: entry.key)))
                terminal.print(
                    terminal.styled(entry.key, .strong) + space
                        + entry.names.prefix(2).joined(separator: " ")
                        + (entry.unit.map { " [\($0)]" } ?? "") + "  " + entry.example)
            }
        }
    }

    private static let entries: [Entry] =
        FieldName.allCases.map { field in
            Entry(
                key: field.rawValue, names: Array(field.names.dropFirst()), unit: nil,
                example: field.example)
        }
        + Statistic.all.map { statistic in
            Entry(
                key: statistic.key, names: statistic.names, unit: statistic.unit,
                example: "\(statistic.names.first ?? statistic.key)>0")
        }
}
