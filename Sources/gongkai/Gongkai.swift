import ArgumentParser
import PlainXapian
import Platform
import QueryLanguage
import ReportIndexing
import ReportOutput
import ReportSearch

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The program.
struct Gongkai: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gongkai",
        abstract: "Index and search Chinese government annual disclosure reports.",
        discussion: """
            公开: a folder of 政府信息公开工作年度报告 in, answers out.

              gongkai index reports/
              gongkai search 政策解读 --year 2022 --agency 政务服务
              gongkai search '征迁 新收>=10'
              gongkai stats 公开率 --by year --region 洛阳市
              gongkai show FILE --tables

            \(ExitCodes.sentence)
            """,
        version: "0.2.0",
        subcommands: [
            IndexCommand.self, SearchCommand.self, ShowCommand.self, ParseCommand.self,
            StatsCommand.self, CompareCommand.self, CheckCommand.self, DiffCommand.self,
            DuplicatesCommand.self, CopiesCommand.self, SimilarCommand.self, FieldsCommand.self,
            AgenciesCommand.self, YearsCommand.self, ExportCommand.self, ServeCommand.self,
            SiteCommand.self, TokensCommand.self,
            InfoCommand.self, VerifyCommand.self, CompactCommand.self, CompletionsCommand.self,
            ManCommand.self,
        ])

    func run() async throws {
        let index = try IndexLocation.existing(named: nil).map { DisplayPath.of($0) }
        StandardOutput.write("\(Message.welcome(index: index))\n")
    }
}

/// What the program's exit codes mean.
enum ExitCodes {
    static let all: [(code: Int, meaning: String)] = [
        (0, "found or done"), (1, "nothing found, or a check failed"),
        (2, "usage or query error, or some files could not be read"),
        (3, "index missing, incompatible or damaged, or a server that does not answer"),
        (4, "an answer from some of the servers only"),
        (75, "another process kept writing to the index"), (129, "the terminal went away"),
        (130, "interrupted"),
        (141, "the reader of the results went away"), (143, "asked to end"),
    ]

    /// The codes, as the help of the program tells them.
    static let sentence =
        "'gongkai help query' explains the query language. Exit codes: "
        + all.map { "\($0) \($1)" }.joined(separator: "; ") + "."
}

@main
enum Main {
    static func main() async {
        // A file that may not grow further is an error of writing, not the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        ProcessEnds.reportUnreadablePages()
        ProcessEnds.reportLackOfMemory()
        let start = ContinuousClock().now
        var pager: Pager?
        var output = OutputChoices()
        var code: Int32 = 0
        do {
            let arguments = arguments
            try ProcessLimits.requireDescriptors()
            if arguments.first == "search",
                let search = try? Search(plain: arguments.dropFirst()),
                search.output.format != .atom
            {
                output = search.output
                if search.isPaged, !output.noPager { pager = Pager() }
                try search.run()
            } else if arguments == ["help", "synonyms"] {
                StandardOutput.write(Synonyms.text)
            } else if arguments == ["help", "query"] {
                StandardOutput.write(QueryHelp.text + "\n")
            } else {
                var command = try self.command(arguments)
                let isPaged: Bool
                (output, isPaged) = printing(of: command)
                if output.format == .atom, !(command is DiffCommand) {
                    throw ValidationError(Message.atomIsOfDiff)
                }
                if isPaged, !output.noPager { pager = Pager() }
                if var asynchronous = command as? any AsyncParsableCommand {
                    try ProcessLimits.requireMemory()
                    try ProcessLimits.requireThreads()
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            }
        } catch {
            code = Failure.report(error)
        }
        if let library = MissingLibrary.first, code < 2 {
            Terminal.complain(Message.missing(library))
            code = 2
        }
        if output.verbose { Terminal.complain(Message.took(ContinuousClock().now - start)) }
        pager?.finish()
        exit(code)
    }

    /// The command that the arguments mean.
    ///
    /// The one that they name reads them alone: to look at all of them takes as long as a search.
    /// Help and mistakes are about the whole program, and so are left to all.
    private static func command(_ arguments: [String]) throws -> any ParsableCommand {
        if let name = arguments.first,
            let named = Gongkai.configuration.subcommands.first(where: {
                $0.configuration.commandName == name
            }), let command = try? named.parseAsRoot(Array(arguments.dropFirst())),
            type(of: command) == named
        {
            return command
        }
        return try Gongkai.parseAsRoot(arguments)
    }

    /// How a command prints, and whether its results may be longer than a screen.
    private static func printing(
        of command: any ParsableCommand
    ) -> (OutputChoices, isPaged: Bool) {
        guard let command = command as? any PrintingCommand else {
            return (OutputChoices(), false)
        }
        return (command.output.values, command.isPaged)
    }

    /// The arguments as commands read them.
    static var arguments: [String] {
        FigureOutputOptions.withPlotKinds(LeadingOptions.moved(Environment.arguments))
    }
}

/// What a failure prints, and the exit code it gives: the only code that knows both.
enum Failure {
    /// Prints an error and returns the exit code.
    static func report(_ error: any Error) -> Int32 {
        switch error {
        case let code as ExitCode:
            return code.rawValue
        case let error as QuerySyntaxError:
            Terminal.complain(lines: "gongkai: " + error.rendered(in: .ofUser))
            return 2
        case let error as ProcessLimits.Shortage:
            Terminal.complain(error.message)
            return 2
        case let error as ExportError:
            Terminal.complain("gongkai: \(error)")
            return 2
        case let error as PlainError:
            Terminal.complain(Message.failure(error))
            return 2
        case let error as QuestionError:
            Terminal.complain(lines: "gongkai: \(error)")
            return 2
        case let error as SearchError:
            Terminal.complain(Message.failure(error))
            return error.reason == .question ? 2 : 3
        case let error as IndexError:
            Terminal.complain(Message.failure(error))
            return switch error.reason {
            case .locked: 75
            case .noIndex, .foreign, .incompatible, .outdated, .damaged, .damagedSegment,
                .unreadable:
                3
            case .unwritable, .away: 2
            }
        case let error as ForeignIndex:
            Terminal.complain(Message.foreign(error.path, error.status))
            return 3
        case let library as MissingLibrary:
            Terminal.complain(Message.missing(library))
            return 2
        case is NoWorkingFolder:
            Terminal.complain(Message.noWorkingFolder)
            return 2
        case let error as ValidationError:
            // Thrown by a running command: the flags were right, their usage would not help.
            Terminal.complain(Message.of(error))
            return 2
        default:
            return reportUsage(error)
        }
    }

    /// Prints what ArgumentParser throws: mistakes, and what it was asked for.
    private static func reportUsage(_ error: any Error) -> Int32 {
        // A word in place of a command is one misspelt: no argument stands there.
        if let word = Main.arguments.first, !word.hasPrefix("-"),
            !CommandName.all.contains(word)
        {
            let nearest = CommandName.nearest(to: word)
            Terminal.complain(
                Message.of(ValidationError(Message.noCommand(word, nearest: nearest))))
            return 2
        }
        let language = QuerySyntaxError.Language.ofUser
        var message = Gongkai.fullMessage(for: error)
        if Gongkai.exitCode(for: error).isSuccess {
            if language == .chinese, message.hasPrefix("OVERVIEW: ") {
                message = HelpPage(language, columns: Terminal(OutputChoices()).columns)
                    .text(of: HelpPage.command(asked: Main.arguments))
            }
            StandardOutput.write(message + "\n")
            return 0
        }
        if language == .chinese { message = UsageMessage.chinese(message) }
        // Usage has lines; with a line end in an argument nobody could tell whose they are.
        if Main.arguments.contains(where: { $0.unicodeScalars.contains("\n") }) {
            Terminal.complain(ShownText(message))
        } else {
            Terminal.complain(lines: message)
        }
        return 2
    }
}
