import Platform
import ReportIndexing
import ReportOutput
import SystemPackage

/// Why an export could not be written.
struct ExportError: Error, CustomStringConvertible {
    /// The file; nil while it is not known.
    let path: String?
    let reason: String

    var description: String {
        (path.map { DisplayPath.of($0) + ": " } ?? "")
            + "cannot be written (\(reason))"
    }
}

/// A file that has its name only once it is whole; until then whatever had it stays.
struct ExportFile {
    /// The name that the file will have.
    let path: String
    /// Where it is written.
    let temporaryPath: String
    private let replaces: Bool

    /// Prepares a file.
    ///
    /// - Parameter replaces: whether a file of that name may be replaced.
    /// - Throws: ``ExportError`` when there is one that may not.
    init(path: String, replaces: Bool) throws {
        self.path = try AbsolutePath.of(path)
        self.replaces = replaces
        if FileSystem.status(of: self.path, follows: true)?.kind == .folder {
            throw ExportError(
                path: path, reason: "it is a folder; name a file in it, such as reports.csv")
        }
        if !replaces, FileSystem.exists(self.path) {
            throw ExportError(path: self.path, reason: "it exists; --force replaces it")
        }
        let whole = FilePath(self.path)
        let name = whole.lastComponent?.string ?? ""
        temporaryPath =
            whole.removingLastComponent().appending(".\(name).\(Environment.processID).tmp")
            .string
    }

    /// What follows the last dot of a file's name, in lower case; nothing when there is none.
    static func ending(of file: String) -> String {
        FilePath(file).extension?.lowercased() ?? ""
    }

    /// The last part of a file's path.
    static func name(of file: String) -> String { FilePath(file).lastComponent?.string ?? "" }

    /// Calls `body`, which writes the file at its temporary path, and gives it its name; what a
    /// failure leaves is removed.
    func write(_ body: (String) throws -> Void) throws {
        do {
            try body(temporaryPath)
            if !replaces, FileSystem.exists(path) {
                throw ExportError(path: nil, reason: "it exists; --force replaces it")
            }
            try FileSystem.rename(temporaryPath, to: path)
        } catch {
            try? FileSystem.remove(temporaryPath)
            if let error = error as? ExportError {
                throw ExportError(path: path, reason: error.reason)
            }
            if let error = error as? Errno {
                throw ExportError(path: path, reason: error.description)
            }
            throw error
        }
    }

    /// Calls `body` with what appends to the file.
    func writeText(_ body: (@escaping (String) throws -> Void) throws -> Void) throws {
        try write { temporary in
            guard let file = try? FileDescriptor.create(temporary) else {
                throw ExportError(path: path, reason: "its folder cannot be written to")
            }
            defer { try? file.close() }
            let buffer = TextBuffer { try file.writeAll($0) }
            try body(buffer.write)
            try buffer.flush()
            try file.synchronise()
        }
    }
}

/// Texts that are passed on in large parts.
final class TextBuffer {
    private var bytes: [UInt8] = []
    private let sink: ([UInt8]) throws -> Void

    /// A buffer that passes on what it holds to `sink`.
    init(_ sink: @escaping ([UInt8]) throws -> Void) { self.sink = sink }

    /// Adds a text.
    func write(_ text: String) throws {
        bytes += text.utf8
        if bytes.count > 1 << 16 { try flush() }
    }

    /// Passes on what is left.
    func flush() throws {
        try sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
