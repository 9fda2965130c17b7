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
        let text = InfoText(try IndexInfo(reader), folder: reader.folder)
        switch output.format ?? .text {
        case .text, .atom: for line in text.lines { terminal.print(line) }
        case .json, .jsonl: terminal.write(text.json)
        case .csv, .tsv, .markdown: text.table.print(output.format ?? .csv, to: terminal)
        }
    }
}
