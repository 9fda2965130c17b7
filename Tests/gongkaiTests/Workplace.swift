import Foundation
import Synchronization
import TestSupport

/// A working directory of its own, and the program in it.
struct Workplace: Sendable {
    private let holder: TemporaryFolder
    var program: BuiltProgram

    init() throws {
        holder = try TemporaryFolder()
        program = try BuiltProgram("gongkai", in: holder.url)
    }

    func run(
        _ arguments: [String], input: String? = nil, output: BuiltProgram.Sink = .kept,
        log: String? = nil
    ) async throws -> BuiltProgram.Run {
        try await program.run(arguments, input: input, output: output, log: log)
    }

    func run(_ arguments: String...) async throws -> BuiltProgram.Run { try await run(arguments) }

    /// Another program, run as this one is.
    func program(at path: String) -> BuiltProgram { program.other(at: path) }

    func path(_ name: String) -> String { holder.path(name) }

    func write(_ text: String, to name: String) throws { try holder.write(text, to: name) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try write("", to: name)
        try Data(bytes).write(to: holder.url.appending(path: name))
    }

    func copy(_ file: URL, to name: String) throws { try holder.copy(file, to: name) }

    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: path(name), toPath: path(other))
    }

    func remove(_ name: String) throws { try holder.remove(name) }

    /// The text of a file.
    func text(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: path(name)), encoding: .utf8)
    }

    /// Runs a shell script in the folder and returns what it prints.
    @discardableResult
    func shell(_ script: String) async throws -> String {
        var shell = program
        shell.file = URL(filePath: "/bin/bash")
        let run = try await shell.run(["-c", script])
        if !run.errors.isEmpty { throw BuiltProgram.Failure("\(run)") }
        return run.output
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Every file of a folder with its bytes: what must stay when nothing may change.
    func contents(of name: String) throws -> [String: Data] {
        let folder = URL(filePath: path(name))
        let names = FileManager.default.enumerator(atPath: folder.path)?
            .compactMap { $0 as? String }
        return Dictionary(
            uniqueKeysWithValues: (names ?? []).compactMap { name in
                (try? Data(contentsOf: folder.appending(path: name))).map { (name, $0) }
            })
    }
}

/// A working directory with an index that many tests ask and none changes.
enum SharedIndex {
    /// The sample reports of the package.
    static let samples = Task {
        try await made(of: Sample.folder.path, ["--include", "*.txt"])
    }

    /// The real reports beside the checkout.
    static let seeds = Task { try await made(of: SampleFiles.seeds?.path ?? "") }

    private static func made(of folder: String, _ options: [String] = []) async throws -> Workplace
    {
        let work = try Workplace()
        doomed.withLock { $0.append(work.path("")) }
        _ = removal
        let run = try await work.run(["index", folder] + options)
        guard run.status == 0 else { throw BuiltProgram.Failure("\(run)") }
        return work
    }

    // A global outlives the last test, so its folder goes with the process.
    private static let doomed = Mutex<[String]>([])
    private static let removal: Void = {
        atexit {
            for path in doomed.withLock(\.self) {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
    }()
}

extension SampleFiles {
    /// The folder of real reports; nil in a lone clone.
    static let seeds = shared?.appending(path: "seeds")

    /// Whether the real reports are there.
    static let hasSeeds = seeds != nil
}
