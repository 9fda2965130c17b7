import ArgumentParser
import ReportModel
import ReportOutput
import ReportSearch

struct FieldsCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract: "List what a query can ask for.",
        discussion: """
            Every field, statistic and indicator with its key, Chinese names, unit, an example, and \
            what an indicator is computed from.

              gongkai fields 诉讼
              gongkai fields --format markdown
            """)

    @Argument(help: "List only those whose key or name holds this text.")
    var text: String?

    @OptionGroup var output: OutputOptions

    private struct Entry {
        let key: String
        let names: [String]
        let unit: String?
        let example: String
        /// The formula of an indicator; nil of everything else.
        let definition: String?
        /// The English name of an indicator; nil of everything else.
        let english: String?
    }

    func run() throws {
        let terminal = Terminal(output)
        let entries = Self.entries.filter { entry in
            guard let text else { return true }
            return ([entry.key] + entry.names + [entry.english].compactMap(\.self)).contains {
                $0.contains(text)
            }
        }
        if entries.isEmpty {
            terminal.note(Message.noField(text ?? ""))
            throw ExitCode(1)
        }
        let format = output.format ?? .text
        Table(
            schema: "gongkai.field/1",
            columns: [
                Table.Column("key", "键", room: .keeps), Table.Column("names", "名称", room: .keeps),
                Table.Column("unit", "单位"), Table.Column("example", "示例", room: .goes),
                Table.Column("definition", "含义", room: .goes),
                Table.Column("english", "英文名", room: .goes),
            ],
            rows: entries.map { entry in
                // A person needs a name, which has to be whole, a program all.
                let names = format == .text ? Array(entry.names.prefix(1)) : entry.names
                return [
                    .text(entry.key), .list(names), Table.Value(entry.unit), .text(entry.example),
                    Table.Value(entry.definition), Table.Value(entry.english),
                ]
            }
        ).print(format, to: terminal)
    }

    private static let entries: [Entry] =
        FieldName.allCases.map { field in
            Entry(
                key: field.rawValue, names: Array(field.names.dropFirst()), unit: field.unit,
                example: field.example, definition: nil, english: nil)
        }
        + Statistic.all.map { statistic in
            Entry(
                key: statistic.key, names: statistic.names, unit: statistic.unit,
                example: "\(statistic.names.first ?? statistic.key)"
                    + (statistic.isRatio ? ">=50%" : ">0"),
                definition: statistic.definition, english: statistic.english)
        }
}
