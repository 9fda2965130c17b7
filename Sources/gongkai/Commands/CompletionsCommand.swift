import ArgumentParser
import QueryLanguage
import ReportOutput

/// The shells that completion scripts are printed for.
enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    /// What ArgumentParser calls it.
    var kind: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}

struct CompletionsCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print a shell's completion script.",
        discussion: """
            The script completes commands and flags, and asks gongkai itself for fields and for \
            the agencies, regions, years and sections of the index.

              gongkai completions bash > ~/.local/share/bash-completion/completions/gongkai
              gongkai completions zsh > ~/.zfunc/_gongkai
              gongkai completions fish > ~/.config/fish/completions/gongkai.fish
            """)

    @Argument(help: "The shell.")
    var shell: Shell

    @OptionGroup var output: OutputOptions

    var isPaged: Bool { false }

    func run() {
        let script = CompletionScript(shell: shell, language: .ofUser)
        StandardOutput.write(script.text + "\n")
    }
}
