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
            guard let program = words.first, words != ["cat"] else { return nil }
            if isMissing(String(program)) {
                Terminal.complain(Message.noPager(String(program), variable: name))
                return nil
            }
            return command
        }
        return isMissing("less") ? nil : "less -FRX"
    }

    /// Whether a program stands nowhere; of what only a shell can read that is not told.
    private static func isMissing(_ program: String) -> Bool {
        let plain = program.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
                || "./_-+".utf8.contains($0)
        }
        guard plain else { return false }
        if program.contains("/") { return !FileSystem.exists(program) }
        let folders = Environment["PATH"]?.split(separator: ":") ?? []
        return !folders.contains { FileSystem.exists("\($0)/\(program)") }
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
