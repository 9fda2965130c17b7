import Platform

/// The program through which long results are read on a terminal.
///
/// `$GONGKAI_PAGER`, else `$PAGER`, else `less -FRX` where there is one; empty or `cat` is none.
struct Pager {
    private let process: PagerProcess

    /// Starts the pager and sends standard output to it, and standard error when that is the
    /// terminal too; nil when results do not go to a terminal, or no pager is found.
    init?() {
        guard StandardOutput.isTerminal, let command = Self.command else { return nil }
        // The width is asked of the terminal before the pager stands between.
        _ = StandardOutput.columns
        guard let process = PagerProcess(command: command) else { return nil }
        self.process = process
    }

    /// Ends what the pager reads, and waits until its reader is done.
    func finish() { process.finish() }

    private static var command: String? {
        for name in ["GONGKAI_PAGER", "PAGER"] {
            guard let command = Environment[name] else { continue }
            let words = command.split(whereSeparator: \.isWhitespace)
            return words.isEmpty || words == ["cat"] ? nil : command
        }
        let folders = Environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { FileSystem.exists($0 + "/less") } ? "less -FRX" : nil
    }
}

/// A command that prints results.
protocol PrintingCommand {
    var output: OutputOptions { get }
    /// Whether its results may be longer than a screen, and go through a pager on a terminal.
    var isPaged: Bool { get }
}

extension PrintingCommand {
    var isPaged: Bool { true }
}
