import ArgumentParser
import ReportOutput
import ReportSearch

struct TokensCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Show how a text is normalised, cut and looked up.",
        discussion: "  gongkai tokens '政策解讀 LED屏'")

    @Argument(help: "The text. Several arguments are joined by spaces.")
    var text: [String]

    @OptionGroup var output: OutputOptions

    func run() throws {
        let terminal = Terminal(output)
        let tokens = Tokens(text.joined(separator: " "))
        let format = output.format ?? .text
        guard format.isJSON else { return print(tokens, format, terminal) }
        func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
        terminal.write(
            JSONValue.object([
                ("schema", .string("gongkai.tokens/1")), ("folded", .string(tokens.folded)),
                ("words", strings(tokens.words)), ("index_terms", strings(tokens.indexTerms)),
                ("lookup_terms", strings(tokens.lookupTerms)),
                ("verified", .bool(!tokens.isProof)),
            ]))
    }

    private func print(_ tokens: Tokens, _ format: Format, _ terminal: Terminal) {
        let rows = [
            ("folded", tokens.folded), ("words", tokens.words.joined(separator: " | ")),
            ("stored", tokens.indexTerms.joined(separator: " | ")),
            ("looked up", tokens.lookupTerms.joined(separator: " & ")),
            ("then", tokens.isProof ? "found for certain" : "verified in the stored text"),
        ]
        guard format == .text else {
            let table = Table(
                schema: "gongkai.tokens/1", columns: [Table.Column("step"), Table.Column("text")],
                rows: rows.map { [.text($0.0), .text($0.1)] })
            return table.print(format, to: terminal)
        }
        for (name, value) in rows {
            let label = name + String(repeating: " ", count: 11 - name.count)
            terminal.print("\(terminal.styled(ShownText(label), .faint))\(value)")
        }
    }
}
