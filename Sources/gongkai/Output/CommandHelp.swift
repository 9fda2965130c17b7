import ArgumentParser
import ReportSearch

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A command's help as data, from which manual pages are made: the same texts as `--help`.
struct CommandHelp: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandHelp]?
    let arguments: [Argument]?

    /// An argument, option or flag.
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }
        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let allValues: [String]?
        let abstract: String?
    }

    private struct Tool: Decodable {
        let command: CommandHelp
    }

    /// The help of the whole program.
    static func tool() throws -> CommandHelp {
        try JSONDecoder().decode(Tool.self, from: Data(Gongkai._dumpHelp().utf8)).command
    }

    /// The commands, without the one that prints help.
    var commands: [CommandHelp] { (subcommands ?? []).filter { $0.commandName != "help" } }

    /// The long option of a command that a misspelt one comes nearest to; nil when none is near.
    static func option(nearestTo name: String, of command: String) throws -> String? {
        let options = try tool().commands.first { $0.commandName == command }?.shown
            .flatMap { $0.names ?? [] }.map(\.text).filter { $0.hasPrefix("--") }
        let name = String(name.prefix { $0 != "=" })
        return nearestName(to: name, among: options ?? [])
    }

    /// The arguments that are shown, in their order.
    var shown: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
}

/// The names of commands.
enum CommandName {
    static let all =
        Gongkai.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]

    /// The command that a misspelt name comes nearest to; nil when none is near.
    static func nearest(to name: String) -> String? {
        all.first { $0.hasPrefix(name) && name.count > 1 } ?? nearestName(to: name, among: all)
    }
}
