import Foundation

/// An `xapian-tcpsrv` on this machine, killed with this value's last use.
public final class StockServer {
    private let process: Process
    /// The port that it listens on.
    public let port: UInt16

    /// What `--index` names it by.
    public var address: String { "127.0.0.1:\(port)" }

    /// Starts a server over databases, on a port that is free.
    ///
    /// - Parameter isForOneConnection: whether it ends with the first connection.
    /// - Throws: ``BuiltProgram/Failure`` when it does not listen.
    public init(_ databases: [String], isForOneConnection: Bool = false) throws {
        guard let program = InstalledProgram.path(of: "xapian-tcpsrv") else {
            throw BuiltProgram.Failure("xapian-tcpsrv is not installed")
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let port = UInt16.random(in: 20_000...60_000, using: &random)
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments =
                (isForOneConnection ? ["--one-shot"] : [])
                + ["--interface", "127.0.0.1", "--port", "\(port)"] + databases
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            // It says that it listens; when the port is taken it ends instead.
            var said = ""
            while !said.contains("Listening") {
                let more = output.fileHandleForReading.availableData
                if more.isEmpty { break }
                said += String(decoding: more, as: UTF8.self)
            }
            guard said.contains("Listening") else { continue }
            self.process = process
            self.port = port
            return
        }
        throw BuiltProgram.Failure("xapian-tcpsrv does not listen")
    }

    /// Sends it a signal.
    public func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end.
    public func waitUntilExit() { process.waitUntilExit() }

    // At SIGTERM it would end its process group.
    deinit {
        if process.isRunning { send(SIGKILL) }
        process.waitUntilExit()
    }
}
