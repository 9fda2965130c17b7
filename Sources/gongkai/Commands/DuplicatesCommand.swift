import ArgumentParser
import Platform
import ReportModel
import ReportSearch

struct DuplicatesCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "List reports that are in the index more than once, and which of them counts.",
        discussion: """
            A report is a duplicate when it has the cells and nine tenths of the text of another on \
            the same year, whatever its encoding, script, format or place; reports of one agency on \
            one year that differ are versions, printed with the cells that differ. The file that changed last \
            counts (of the same reports the one with the most cells), or the one that --prefer \
            names. Files with the same bytes are one report and \
            are not listed.

              gongkai duplicates
              gongkai duplicates --versions --format csv
              gongkai duplicates --prefer '*.docx'

            Exit code 1 means that no report is there twice.
            """)

    @Option(
        help: ArgumentHelp(
            "A file of this pattern counts, where there is one; repeatable.", valueName: "glob"))
    var prefer: [String] = []

    @Flag(help: "Only versions that differ.")
    var versions = false

    @OptionGroup var indexOption: IndexesOption
    @OptionGroup var output: OutputOptions

    private var patterns: [GlobPattern] {
        get throws {
            do throws(GlobProblem) {
                var patterns: [GlobPattern] = []
                for text in prefer { patterns.append(try GlobPattern(text, anchor: .end)) }
                return patterns
            } catch {
                let words = error.message(flag: "--prefer")
                throw ValidationError("\(Message("\(words.english)", "\(words.chinese)"))")
            }
        }
    }

    func validate() throws { _ = try patterns }

    func run() throws {
        let terminal = Terminal(output)
        let patterns = try patterns
        let groups = try indexOption.open().duplicates { path in
            patterns.contains { $0.matches(path) }
        }.filter { !versions || !$0.isSame }
        DuplicatesText(groups: groups, terminal: terminal).print(output.format ?? .text)
        if groups.isEmpty {
            terminal.note(Message.noDuplicates)
            throw ExitCode(1)
        }
        terminal.note(
            Message.duplicates(
                groups: groups.count, leftOut: groups.reduce(0) { $0 + $1.leftOut.count }))
    }
}
