import Foundation

/// The program through which long results are read on a terminal.
///
/// `$GONGKAI_PAGER`, else `$PAGER`, else `less -FRX` where there is one; empty or `cat` is none.
struct Pager {
    private let process: Process
    private let pipe: Pipe

    /// Starts the pager and sends standard output to it, and standard error when that is the
    /// terminal too; nil when results do not go to a terminal, or no pager is found.
    init?() {
        let environment = ProcessInfo.processInfo.environment
        guard StandardOutput.isTerminal, let command = Self.command(environment)
        else { return nil }
        // The width is asked of the terminal before the pager stands between.
        _ = StandardOutput.columns
        process = Process()
        pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = pipe
        process.environment = environment.merging(["LESSCHARSET": "utf-8"]) { own, _ in own }
        guard (try? process.run()) != nil else { return nil }
        let input = pipe.fileHandleForWriting.fileDescriptor
        _ = dup2(input, STDOUT_FILENO)
        if isatty(STDERR_FILENO) == 1 { _ = dup2(input, STDERR_FILENO) }
        // The key that interrupts is the pager's now.
        signal(SIGINT, SIG_IGN)
    }

    /// Ends what the pager reads, and waits until its reader is done.
    func finish() {
        try? pipe.fileHandleForWriting.close()
        close(STDOUT_FILENO)
        close(STDERR_FILENO)
        process.waitUntilExit()
    }

    private static func command(_ environment: [String: String]) -> String? {
        for name in ["GONGKAI_PAGER", "PAGER"] {
            guard let command = environment[name] else { continue }
            let name = command.trimmingCharacters(in: .whitespaces)
            return name.isEmpty || name == "cat" ? nil : command
        }
        let folders = environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { FileManager.default.isExecutableFile(atPath: $0 + "/less") }
            ? "less -FRX" : nil
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
