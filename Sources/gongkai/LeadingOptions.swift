/// Options of every command that stand before the command's name.
enum LeadingOptions {
    private static let withValue: Set = ["--format", "--color", "--hyperlink", "--index"]
    private static let alone: Set = ["--no-pager", "--quiet", "-q", "--verbose"]

    /// Arguments with such options behind the command: `--format json info` is
    /// `info --format json`.
    static func moved(_ arguments: [String]) -> [String] {
        var end = 0
        while end < arguments.count {
            let name = String(arguments[end].prefix { $0 != "=" })
            if withValue.contains(name) {
                end += name == arguments[end] ? 2 : 1
            } else if alone.contains(name) {
                end += 1
            } else {
                break
            }
        }
        // Without a command the options stay, to be complained of.
        guard end < arguments.count, !arguments[end].hasPrefix("-") else { return arguments }
        return [arguments[end]] + arguments[..<end] + arguments[(end + 1)...]
    }
}
