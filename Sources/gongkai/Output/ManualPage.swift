import ArgumentParser
import QueryLanguage
import ReportOutput

/// A manual page in roff.
struct ManualPage {
    private var lines: [String] = []
    private let language = QuerySyntaxError.Language.ofUser

    /// The page of the whole program.
    init(_ tool: CommandHelp) {
        begin("gongkai", tool.abstract)
        add(section: "SYNOPSIS")
        lines += [".B gongkai", ".I command", "[options]"]
        add(section: "DESCRIPTION")
        add(discussion: tool.discussion)
        for command in tool.commands {
            add(section: "gongkai " + command.commandName)
            add(text: translated(command.abstract ?? ""))
            lines.append(".PP")
            add(synopsis: command)
            lines.append(".PP")
            add(discussion: command.discussion)
            add(arguments: command)
        }
        end()
    }

    /// The page of one command.
    init(_ command: CommandHelp, of tool: CommandHelp) {
        begin("gongkai-" + command.commandName, command.abstract)
        add(section: "SYNOPSIS")
        add(synopsis: command)
        add(section: "DESCRIPTION")
        add(discussion: command.discussion)
        add(section: "OPTIONS")
        add(arguments: command)
        end()
    }

    /// The page on the query language, its text as it stands.
    init(ofQueries text: String) {
        begin("gongkai-query", "the query language")
        add(section: "DESCRIPTION")
        lines.append(".nf")
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map {
            Self.line(String($0))
        }
        lines.append(".fi")
    }

    /// The page, ended by a newline.
    var text: String { lines.joined(separator: "\n") + "\n" }

    private mutating func begin(_ name: String, _ abstract: String?) {
        lines = [
            "'\\\" -*- coding: UTF-8 -*-",
            ".TH \(name.uppercased()) 1 \"\" \"gongkai \(Gongkai.configuration.version)\"",
        ]
        add(section: "NAME")
        lines.append(Self.escaped(name) + " \\- " + Self.escaped(translated(abstract ?? "")))
    }

    private mutating func end() {
        add(section: "ENVIRONMENT")
        for (name, use) in [
            ("GONGKAI_INDEX", "The index folder, when --index does not name one."),
            (
                "GONGKAI_PAGER, PAGER",
                "The program through which results are shown on a terminal; else less -FRX. Empty "
                    + "or cat is none."
            ),
            ("NO_COLOR", "When set, results are not coloured unless --color is always."),
            ("COLUMNS", "The width of results, instead of the terminal's."),
            ("LC_ALL, LC_MESSAGES, LANG", "When Chinese, messages are; JSON never changes."),
        ] {
            add(item: ["\\fB" + Self.escaped(name) + "\\fR"], translated(use))
        }
        add(section: "EXIT STATUS")
        for (code, meaning) in ExitCodes.all {
            add(item: ["\\fB\(code)\\fR"], translated(meaning))
        }
    }

    private mutating func add(section: String) {
        lines.append(".SH " + Self.escaped(translated(section)))
    }

    private mutating func add(text: String) {
        lines += text.split(separator: "\n").map { Self.line(String($0)) }
    }

    private mutating func add(item: [String], _ text: String) {
        lines += [".TP", item.joined(separator: ", ")]
        add(text: text)
    }

    /// Paragraphs are filled; indented lines are examples, which stay as they are.
    private mutating func add(discussion: String?) {
        var isExample = false
        let english = (discussion ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        for line in english.map({ HelpCatalogue.line(String($0), in: language) }) {
            if line.hasPrefix("  ") != isExample, !line.isEmpty {
                isExample.toggle()
                lines += isExample ? [".PP", ".RS 4", ".nf"] : [".fi", ".RE", ".PP"]
            }
            if line.isEmpty {
                if !isExample, lines.last != ".PP" { lines.append(".PP") }
            } else {
                lines.append(Self.line(String(line.drop { $0 == " " })))
            }
        }
        if isExample { lines += [".fi", ".RE"] }
    }

    private mutating func add(synopsis command: CommandHelp) {
        var words = ["\\fBgongkai \(Self.escaped(command.commandName))\\fR", "[options]"]
        for argument in command.shown where argument.kind == "positional" {
            let name =
                "\\fI\(Self.escaped(argument.valueName ?? "value"))\\fR"
                + (argument.isRepeating ? "..." : "")
            words.append(argument.isOptional ? "[\(name)]" : name)
        }
        lines.append(words.joined(separator: " "))
    }

    private mutating func add(arguments command: CommandHelp) {
        for argument in command.shown where argument.abstract != nil {
            let value = argument.valueName.map { "\\fI\(Self.escaped($0))\\fR" } ?? ""
            let head =
                argument.kind == "positional"
                ? [value]
                : (argument.names ?? []).map {
                    "\\fB\(Self.escaped($0.text))\\fR"
                        + (argument.kind == "option" ? " " + value : "")
                }
            var notes: [String] = []
            if let values = argument.allValues, !values.isEmpty {
                notes.append(translated("one of") + colon + values.joined(separator: ", "))
            }
            if let value = argument.defaultValue {
                notes.append(translated("default") + colon + value)
            }
            let text = translated(argument.abstract ?? "")
            add(item: head, notes.isEmpty ? text : text + bracketed(notes))
        }
    }

    private func translated(_ text: String) -> String { HelpCatalogue.text(text, in: language) }

    private var colon: String { language == .chinese ? "：" : " " }

    private func bracketed(_ notes: [String]) -> String {
        language == .chinese
            ? "（" + notes.joined(separator: "；") + "）" : " (" + notes.joined(separator: "; ") + ")"
    }

    /// A line of text that roff takes for no request.
    private static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    }
}
