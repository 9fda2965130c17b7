import ArgumentParser

struct ManCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "man",
        abstract: "Print the manual page, or that of one command.",
        discussion: """
            The page has the texts of --help, in roff.

              gongkai man | man -l -
              gongkai man search | man -l -
              gongkai man query | man -l -
              gongkai man > ~/.local/share/man/man1/gongkai.1
            """)

    @Argument(help: "A command, or query for the query language; none prints the page of all.")
    var command: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let tool = try CommandHelp.tool()
        // A page's own name is as good: gongkai-search.
        guard let command = command.map({ $0.trimmingPrefix("gongkai-") }).map(String.init) else {
            return StandardOutput.write(ManualPage(tool).text)
        }
        if command == "query" {
            return StandardOutput.write(ManualPage(ofQueries: QueryHelp.text).text)
        }
        guard let help = tool.commands.first(where: { $0.commandName == command }) else {
            throw ValidationError(
                Message.noCommand(command, nearest: CommandName.nearest(to: command))
                    .description)
        }
        StandardOutput.write(ManualPage(help, of: tool).text)
    }
}
