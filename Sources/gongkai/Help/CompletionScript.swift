import ArgumentParser
import QueryLanguage

/// A shell's completion script in a language that ArgumentParser does not have.
///
/// ArgumentParser writes the script; what it says there of commands and options, a text a line, is
/// replaced by that of ``HelpCatalogue``. Scripts for bash say nothing of them.
struct CompletionScript {
    let shell: Shell
    let language: QuerySyntaxError.Language

    /// The script, without a line end behind it.
    var text: String {
        let script = Gongkai.completionScript(for: shell.kind)
        guard language != .english, shell != .bash else { return script }
        return script.split(separator: "\n", omittingEmptySubsequences: false)
            .map(translated).joined(separator: "\n")
    }

    private func translated(_ line: Substring) -> String {
        guard let text = description(in: line) else { return String(line) }
        let english = unescaped(line[text])
        let chinese = HelpCatalogue.text(english, in: language)
        guard chinese != english else { return String(line) }
        return
            "\(line[..<text.lowerBound])\(escaped(chinese, for: line))\(line[text.upperBound...])"
    }

    /// Where a line says what a command or an option means.
    private func description(in line: Substring) -> Range<Substring.Index>? {
        if shell == .fish {
            guard let start = line.firstRange(of: " -d '")?.upperBound else { return nil }
            return end(of: "'", in: line, from: start).map { start..<$0 }
        }
        let trimmed = line.drop { $0 == " " }
        guard trimmed.hasPrefix("'"), trimmed.hasSuffix("'") else { return nil }
        if isOption(line), let start = line.firstIndex(of: "[").map(line.index(after:)) {
            return end(of: "]", in: line, from: start).map { start..<$0 }
        }
        guard let colon = trimmed.firstIndex(of: ":") else { return nil }
        return line.index(after: colon)..<line.index(before: line.endIndex)
    }

    /// Whether a line of a script for zsh is of an option, and not of a command.
    private func isOption(_ line: Substring) -> Bool {
        line.drop { " '*(".contains($0) }.hasPrefix("-")
    }

    /// Where a text ends that a mark without a backslash before it ends.
    private func end(
        of mark: Character, in line: Substring, from start: Substring.Index
    ) -> Substring.Index? {
        var index = start
        while index < line.endIndex, line[index] != mark {
            line.formIndex(after: &index)
            if index < line.endIndex, line[line.index(before: index)] == "\\" {
                line.formIndex(after: &index)
            }
        }
        return index < line.endIndex ? index : nil
    }

    /// A text without the marks that stand for its own in the script.
    private func unescaped(_ text: Substring) -> String {
        var plain = ""
        var rest = text.replacing("'\\''", with: "'")[...]
        while let first = rest.popFirst() {
            plain.append(first == "\\" ? rest.popFirst() ?? first : first)
        }
        return plain
    }

    private func escaped(_ text: String, for line: Substring) -> String {
        let text = text.replacing("\\", with: "\\\\")
        if shell == .fish { return text.replacing("'", with: "\\'") }
        let quoted = text.replacing("'", with: "'\\''")
        guard isOption(line) else { return quoted }
        return quoted.replacing(":", with: "\\:").replacing("[", with: "\\[")
            .replacing("]", with: "\\]")
    }
}
