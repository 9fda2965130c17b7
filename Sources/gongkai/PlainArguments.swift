/// Arguments that mean the same whatever the options of a command are: words, and options by their
/// whole names, each with the value that it takes.
///
/// ArgumentParser makes tables of all options before it looks at an argument, which takes longer than
/// a search. A command that is asked often reads its plain arguments by this, and leaves to
/// ArgumentParser what is not plain: mistakes, calls for help, rare ways of writing.
struct PlainArguments {
    private var rest: ArraySlice<String>
    private var attached: String?

    /// An argument that is not plain, or that the command does not know.
    struct NotPlain: Error {}

    /// Reads the arguments behind a command's name.
    init(_ arguments: ArraySlice<String>) { rest = arguments }

    /// An argument.
    enum Argument {
        /// A word that is no option.
        case word(String)
        /// An option by its name, `--limit` or `-l`; its value is still to be read.
        case option(String)
    }

    /// The next argument; nil at the end.
    mutating func next() throws(NotPlain) -> Argument? {
        guard attached == nil else { throw NotPlain() }
        guard let text = rest.popFirst() else { return nil }
        guard Self.isOption(text) else { return .word(text) }
        guard let equals = text.utf8.firstIndex(of: 0x3D) else { return .option(text) }
        // ArgumentParser looks further when nothing follows the sign.
        let value = text[text.index(after: equals)...]
        guard !value.isEmpty else { throw NotPlain() }
        attached = String(value)
        return .option(String(text[..<equals]))
    }

    /// The value of the option that was read last.
    ///
    /// - Parameter mayBeginWithDash: whether the next argument is the value even when it begins as an
    ///   option does.
    mutating func value(mayBeginWithDash: Bool = false) throws(NotPlain) -> String {
        if let value = attached.take() { return value }
        guard let value = rest.popFirst(), value != "--",
            mayBeginWithDash || !Self.isOption(value)
        else { throw NotPlain() }
        return value
    }

    /// The number that is the value of the option that was read last.
    mutating func number() throws(NotPlain) -> Int {
        guard let number = Int(try value(mayBeginWithDash: true)) else { throw NotPlain() }
        return number
    }

    /// One of some values, by its name, as the value of the option that was read last.
    mutating func choice<Choice: RawRepresentable<String>>() throws(NotPlain) -> Choice {
        guard let choice = Choice(rawValue: try value()) else { throw NotPlain() }
        return choice
    }

    private static func isOption(_ text: String) -> Bool { text.hasPrefix("-") && text != "-" }
}
