import ArgumentParser
import Foundation
import QueryLanguage
import ReportIndexing
import ReportSearch

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
              gongkai show FILE --tables

            Exit codes: 0 found or done, 1 nothing found or a check failed, 2 usage or query error
            or unread files, 3 no usable index, 75 another process is writing.
            """,
        version: "0.1.0",
        subcommands: [
            IndexCommand.self, SearchCommand.self, ShowCommand.self, ParseCommand.self,
            CheckCommand.self, FieldsCommand.self, TokensCommand.self, InfoCommand.self,
        ])

    func run() async throws {
        let index = IndexLocation.existing(named: nil)
        StandardOutput.write(
            """
            gongkai searches Chinese government annual disclosure reports.

            \(index.map { "The index here is \(DisplayPath.of($0)). Ask it, for example:" }
                ?? "There is no index here yet. Make one from a folder of reports:")

              \(index == nil ? "gongkai index FOLDER" : "gongkai search 政策解读")

            'gongkai --help' lists the commands.

            """)
    }
}

@main
enum Main {
    static func main() async {
        do {
            var command = try Gongkai.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(Failure.report(error))
        }
    }
}

/// What a failure prints, and the exit code it gives: the one place that knows both.
enum Failure {
    /// Prints an error and returns the exit code.
    static func report(_ error: any Error) -> Int32 {
        switch error {
        case let code as ExitCode:
            return code.rawValue
        case let error as QuerySyntaxError:
            Terminal.complain("gongkai: " + error.rendered(in: Locale.queryLanguage))
            return 2
        case let error as QuestionError:
            Terminal.complain("gongkai: \(error)")
            return 2
        case let error as SearchError:
            Terminal.complain("gongkai: \(error)")
            return error.reason == .question ? 2 : 3
        case let error as IndexError:
            Terminal.complain("gongkai: \(error)")
            return switch error.reason {
            case .locked: 75
            case .noIndex, .incompatible, .damaged: 3
            case .unwritable: 2
            }
        case let error as ValidationError:
            // Thrown by a running command: the flags were right, their usage would not help.
            Terminal.complain("gongkai: \(error.message)")
            return 2
        default:
            let message = Gongkai.fullMessage(for: error)
            if Gongkai.exitCode(for: error).isSuccess {
                StandardOutput.write(message + "\n")
                return 0
            }
            Terminal.complain(message)
            return 2
        }
    }
}

extension Locale {
    /// The language of messages: Chinese where the user's locale is.
    static var queryLanguage: QuerySyntaxError.Language {
        let environment = ProcessInfo.processInfo.environment
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        return name?.hasPrefix("zh") == true ? .chinese : .english
    }
}
