/// Options of every command that stand before the command's name.
enum LeadingOptions {
    /// Arguments with such options behind the command: `--format json info` is
    /// `info --format json`.
    static func moved(_ arguments: [String]) -> [String] {
        var end = 0
        while end < arguments.count {
            let name = String(arguments[end].prefix { $0 != "=" })
            switch name {
            case "--format", "--color", "--hyperlink", "--index":
                end += name == arguments[end] ? 2 : 1
                continue
            case "--no-pager", "--quiet", "-q", "--verbose":
                end += 1
                continue
            default: break
            }
            break
        }
        // Without a command the options stay, to be complained of.
        guard end < arguments.count, !arguments[end].hasPrefix("-") else { return arguments }
        return [arguments[end]] + arguments[..<end] + arguments[(end + 1)...]
    }
}
