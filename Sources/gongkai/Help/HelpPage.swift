import ArgumentParser
import QueryLanguage
import ReportSearch

/// The help of a command in a language that ArgumentParser does not have.
///
/// ArgumentParser lays the page out, on lines of any length; here its texts are replaced by those of
/// ``HelpCatalogue``, and lines are broken by the columns that their characters take.
struct HelpPage {
    private let language: QuerySyntaxError.Language
    private let columns: Int
    /// The column at which ArgumentParser begins what it says of an argument.
    private static let indent = 26
    /// Longer than any paragraph.
    private static let endless = 100_000

    /// A page for so many columns.
    init(_ language: QuerySyntaxError.Language, columns: Int) {
        self.language = language
        self.columns = max(columns, Self.indent + 20)
    }

    /// The command whose help some arguments ask for.
    static func command(asked arguments: [String]) -> any ParsableCommand.Type {
        let words = arguments.filter { !$0.hasPrefix("-") && $0 != "help" }
        return Gongkai.configuration.subcommands.first {
            $0.configuration.commandName == words.first
        } ?? Gongkai.self
    }

    /// The help of a command.
    func text(of command: any ParsableCommand.Type) -> String {
        let given = Gongkai.helpMessage(for: command, columns: Self.endless)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let space = String(repeating: " ", count: Self.indent)
        var lines: [String] = []
        var isList = false
        for (index, line) in given.enumerated() {
            // What is said of an argument with a long name stands below it.
            let isName = index + 1 < given.count && given[index + 1].hasPrefix(space)
            if let head = Self.heads.first(where: { line.hasPrefix($0 + ":") }) {
                let rest = line.dropFirst(head.count + 1).drop { $0 == " " }
                isList = rest.isEmpty
                let colon = language == .chinese ? "：" : isList ? ":" : ": "
                let text = head == "OVERVIEW" ? translated(String(rest)) : String(rest)
                lines += broken(translated(head) + colon + text)
            } else if !isList || line.isEmpty || line.hasPrefix("  See ") {
                let text = HelpCatalogue.line(line, in: language)
                lines += line.hasPrefix("  ") ? [text] : broken(text)
            } else if isName || line.count <= Self.indent {
                lines.append(line)
            } else {
                lines += element(
                    line.prefix(Self.indent), String(line.dropFirst(Self.indent)))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static let heads = ["OVERVIEW", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS"]

    private func translated(_ text: String) -> String { HelpCatalogue.text(text, in: language) }

    /// An argument with what is said of it.
    ///
    /// - Parameter name: the argument, and spaces behind it.
    private func element(_ name: Substring, _ text: String) -> [String] {
        broken(described(text), columns: columns - Self.indent).enumerated().map { index, line in
            (index == 0 ? String(name) : String(repeating: " ", count: Self.indent)) + line
        }
    }

    /// What is said of an argument: the text, and in brackets its values and default.
    private func described(_ text: String) -> String {
        if translated(text) != text { return translated(text) }
        let notes = [" (values: ", " (default: "].compactMap { text.ranges(of: $0).last }
            .min { $0.lowerBound < $1.lowerBound }
        guard let notes, language == .chinese else { return text }
        let values = text[text.index(after: notes.lowerBound)...].dropFirst().dropLast()
            .replacing("; default: ", with: "；默认：").replacing("values: ", with: "可取：")
            .replacing("default: ", with: "默认：")
        return translated(String(text[..<notes.lowerBound])) + "（\(values)）"
    }

    private func broken(_ text: String, columns: Int? = nil) -> [String] {
        PassageLayout(columns: columns ?? self.columns, longest: .max)
            .lines(of: text, matches: []).map { line in
                line.map(\.text).joined().trimmingSpaces
            }
    }
}

extension StringProtocol {
    /// The text without spaces at either end.
    fileprivate var trimmingSpaces: String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
