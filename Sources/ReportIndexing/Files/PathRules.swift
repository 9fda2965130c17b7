import Platform

/// Patterns that choose files and folders, read in order as a `.gitignore` is: the last one that
/// matches decides.
///
/// Paths are relative to the folder that is read. A pattern with a slash that is not its last
/// character is matched from there, any other against the name. A slash at the end wants a folder,
/// `!` at the start takes back what a pattern before it chose.
///
///     let rules = try PathRules(["backup/", "*.html", "!index.html"], flag: "--exclude")
public struct PathRules: Sendable {
    private struct Rule: Sendable {
        let pattern: GlobPattern
        let chooses: Bool
        let wantsFolder: Bool
    }

    private var rules: [Rule] = []

    /// No rules, which choose nothing.
    public init() {}

    /// Reads patterns.
    ///
    /// - Parameter flag: the option whose values they are, for messages.
    public init(_ patterns: [String], flag: String) throws(PatternError) {
        for text in patterns {
            var rest = text[...]
            let isException = rest.hasPrefix("!")
            if isException { rest.removeFirst() }
            let wantsFolder = rest.hasSuffix("/")
            if wantsFolder { rest.removeLast() }
            do throws(GlobProblem) {
                rules.append(
                    Rule(
                        pattern: try GlobPattern(String(rest), anchor: .start),
                        chooses: !isException, wantsFolder: wantsFolder))
            } catch {
                throw PatternError(error.message(flag: flag), in: "\(flag) '\(text)'")
            }
        }
    }

    /// Whether there are none.
    var isEmpty: Bool { rules.isEmpty }

    /// Whether a path is chosen; the folders above it are not asked.
    func choose(_ path: String, isFolder: Bool) -> Bool {
        guard !rules.isEmpty else { return false }
        let characters = Array(path)
        return rules.last {
            (!$0.wantsFolder || isFolder) && $0.pattern.matches(characters[...])
        }?.chooses ?? false
    }
}

/// A pattern that cannot be read.
public struct PatternError: Error, Sendable, Hashable {
    /// What is wrong and what to write, in English.
    public let english: String
    /// The same in Chinese.
    public let chinese: String

    init(_ message: (english: String, chinese: String), in source: String) {
        english = "\(source): \(message.english)"
        chinese = "\(source)：\(message.chinese)"
    }
}
