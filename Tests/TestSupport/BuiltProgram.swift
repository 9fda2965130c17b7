public import Foundation

/// The built program, run as a user runs it: its own process, arguments, streams, exit code.
public struct BuiltProgram: Sendable {
    /// What a run left behind.
    public struct Run: Sendable, CustomStringConvertible {
        /// The arguments.
        public let arguments: [String]
        /// The exit code; 128 and the signal's number when a signal ended the program, as shells
        /// say it.
        public let status: Int
        /// What it wrote to standard output, byte by byte.
        public let outputBytes: Data
        /// What it wrote to standard error, byte by byte.
        public let errorBytes: Data

        /// Standard output as text.
        public var output: String { String(decoding: outputBytes, as: UTF8.self) }
        /// Standard error as text.
        public var errors: String { String(decoding: errorBytes, as: UTF8.self) }
        /// The lines of standard output, without their ends.
        public var lines: [String] {
            output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                .dropLast(output.hasSuffix("\n") || output.isEmpty ? 1 : 0)
        }

        /// The run as a failing test shows it.
        public var description: String {
            "\(arguments) gave \(status)\n--- output\n\(output.prefix(2_000))\n--- errors\n"
                + "\(errors.prefix(2_000))"
        }
    }

    /// Where standard output goes.
    public enum Sink: Sendable {
        /// Into ``Run/outputBytes``.
        case kept
        /// Into a pipe whose reader is gone.
        case closedPipe
        /// Into a file or device.
        case file(String)
    }

    /// The program did not end in time, or could not be found.
    public struct Failure: Error, CustomStringConvertible {
        /// What happened.
        public let description: String

        /// Makes a failure of which `description` tells.
        public init(_ description: String) { self.description = description }
    }

    /// The program's file.
    public var file: URL
    /// The working directory of its runs.
    public let folder: URL
    /// The environment of its runs: nothing of the caller's but what finds libraries.
    public var environment: [String: String]

    /// How long a run may take: far more than any takes, so that a hang does not hang the tests.
    private static let patience = Duration.seconds(120)

    /// The program with a name that was built beside the running tests.
    public init(_ name: String, in folder: URL) throws {
        let bundles = Bundle.allBundles.map(\.bundleURL) + [Bundle.main.bundleURL]
        let folders =
            bundles.map { $0.pathExtension == "xctest" ? $0.deletingLastPathComponent() : $0 }
            + [Bundle.main.executableURL?.deletingLastPathComponent()].compactMap(\.self)
        let candidates = folders.map { $0.appending(path: name) }
        guard
            let file = candidates.first(where: {
                FileManager.default.isExecutableFile(atPath: $0.path)
            })
        else {
            throw Failure("no \(name) beside \(folders.map(\.path))")
        }
        self.file = file
        self.folder = folder
        environment = [
            "LANG": "C.UTF-8", "HOME": folder.path, "PATH": "/usr/bin:/bin",
            "TERM": "xterm-256color",
        ]
        let own = ProcessInfo.processInfo.environment
        for name in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR"] {
            environment[name] = own[name]
        }
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - input: what standard input holds; nothing otherwise.
    ///   - sink: where standard output goes.
    ///   - log: a file that standard error goes to while the program runs.
    public func run(
        _ arguments: [String], input: String? = nil, output sink: Sink = .kept, log: String? = nil
    ) async throws -> Run {
        await ProcessTurns.shared.take()
        let result: Result<Run, any Error>
        do {
            result = .success(try await ran(arguments, input: input, output: sink, log: log))
        } catch {
            result = .failure(error)
        }
        await ProcessTurns.shared.give()
        return try result.get()
    }

    private func ran(
        _ arguments: [String], input: String?, output sink: Sink, log: String?
    ) async throws -> Run {
        let streams = try TemporaryFolder()
        try streams.write(input ?? "", to: "input")
        try streams.write("", to: "output")
        let log = URL(filePath: log ?? streams.path("errors"))
        try Data().write(to: log)
        let process = Process()
        process.executableURL = file
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        // Foundation keeps what a process was given open after its end. With thousands of open files its
        // run() reads behind its list of them, and may crash.
        var opened: [FileHandle] = []
        defer { for handle in opened { try? handle.close() } }
        func kept(_ handle: FileHandle) -> FileHandle {
            opened.append(handle)
            return handle
        }
        process.standardInput =
            input == nil
            ? FileHandle.nullDevice
            : kept(try FileHandle(forReadingFrom: streams.url.appending(path: "input")))
        process.standardError = kept(try FileHandle(forWritingTo: log))
        let pipe = Pipe()
        switch sink {
        case .kept:
            process.standardOutput = kept(
                try FileHandle(forWritingTo: streams.url.appending(path: "output")))
        case .closedPipe:
            try pipe.fileHandleForReading.close()
            process.standardOutput = kept(pipe.fileHandleForWriting)
        case .file(let path):
            process.standardOutput = kept(try FileHandle(forWritingTo: URL(filePath: path)))
        }
        try await finish(process)
        return Run(
            arguments: arguments,
            status: Int(process.terminationStatus)
                + (process.terminationReason == .uncaughtSignal ? 128 : 0),
            outputBytes: try Data(contentsOf: streams.url.appending(path: "output")),
            errorBytes: try Data(contentsOf: log))
    }

    /// Another program in the same folder and environment.
    public func other(at path: String) -> BuiltProgram {
        var other = self
        other.file = URL(filePath: path)
        return other
    }

    /// Whether ``runOnTerminal(_:columns:)`` can make a terminal here.
    public static let hasTerminals = ["/usr/bin/script", "/usr/bin/stty"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Runs the program on a terminal of its own, where its three streams are; what it shows is
    /// the output, lines ended by CR and LF as terminals have them.
    public func runOnTerminal(_ arguments: [String], columns: Int = 80) async throws -> Run {
        let shell = other(at: "/usr/bin/script")
        let command = ([file.path] + arguments).map { argument in
            "'" + argument.replacingOccurrences(of: "'", with: "'\\''") + "'"
        }
        return try await shell.run([
            "-qefc", "stty cols \(columns) rows 24; " + command.joined(separator: " "), "/dev/null",
        ])
    }

    /// Starts a process and waits for its end, without holding a thread.
    private func finish(_ process: Process) async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        let id = process.processIdentifier
        let watch = Task {
            try await Task.sleep(for: Self.patience)
            kill(id, SIGKILL)
        }
        for await _ in ends {}
        watch.cancel()
        if case .success = await watch.result {
            throw Failure("\(process.arguments ?? []) did not end in time")
        }
    }
}
