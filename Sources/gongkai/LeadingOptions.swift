/// Options of every command that stand before the command's name.
enum LeadingOptions {
    /// Arguments with such options behind the command: `--format json info` is
    /// `info --format json`.
    static func moved(_ arguments: [String]) -> [String] {
        guard arguments.first?.hasPrefix("-") ?? false else { return arguments }
        let known =
            OutputChoices.flags.map { ($0.names, $0.takesValue) }
            + IndexFolders.flags.map { ($0.names, $0.takesValue) }
        var end = 0
        while end < arguments.count {
            let name = String(arguments[end].prefix { $0 != "=" })
            guard let flag = known.first(where: { $0.0.contains(name) }) else { break }
            end += flag.1 && name == arguments[end] ? 2 : 1
        }
        // Without a command the options stay, to be complained of.
        guard end < arguments.count, !arguments[end].hasPrefix("-") else { return arguments }
        return [arguments[end]] + arguments[..<end] + arguments[(end + 1)...]
    }
}
