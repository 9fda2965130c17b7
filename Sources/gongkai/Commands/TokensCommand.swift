import ArgumentParser
import ReportSearch

struct TokensCommand: ParsableCommand {
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
        guard let format = output.format, format != .text else {
            for (name, value) in [
                ("folded", tokens.folded), ("words", tokens.words.joined(separator: " | ")),
                ("stored", tokens.indexTerms.joined(separator: " | ")),
                ("looked up", tokens.lookupTerms.joined(separator: " & ")),
                ("then", tokens.isProof ? "found for certain" : "verified in the stored text"),
            ] {
                let label = name + String(repeating: " ", count: 11 - name.count)
                terminal.print(terminal.styled(label, .faint) + Terminal.visible(value))
            }
            return
        }
        func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
        terminal.print(
            JSONValue.object([
                ("schema", .string("gongkai.tokens/1")), ("folded", .string(tokens.folded)),
                ("words", strings(tokens.words)), ("index_terms", strings(tokens.indexTerms)),
                ("lookup_terms", strings(tokens.lookupTerms)),
                ("verified", .bool(!tokens.isProof)),
            ]).text)
    }
}
