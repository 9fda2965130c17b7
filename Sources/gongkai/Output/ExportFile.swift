import Foundation
import ReportIndexing

/// Why an export could not be written.
struct ExportError: Error, CustomStringConvertible {
    /// The file; nil while it is not known.
    let path: String?
    let reason: String

    var description: String {
        (path.map { Terminal.visible(DisplayPath.of($0)) + ": " } ?? "")
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
    init(path: String, replaces: Bool) throws(ExportError) {
        self.path = AbsolutePath.of(path)
        self.replaces = replaces
        if !replaces, FileManager.default.fileExists(atPath: self.path) {
            throw ExportError(path: self.path, reason: "it exists; --force replaces it")
        }
        let folder = (self.path as NSString).deletingLastPathComponent
        let name = (self.path as NSString).lastPathComponent
        temporaryPath =
            folder + "/.\(name).\(ProcessInfo.processInfo.processIdentifier).tmp"
    }

    /// Calls `body`, which writes the file at its temporary path, and gives it its name; what a
    /// failure leaves is removed.
    func write(_ body: (String) throws -> Void) throws {
        let files = FileManager.default
        do {
            try body(temporaryPath)
            if replaces {
                // Foundation's write that is atomic moves a file over the old one.
                let data = try Data(
                    contentsOf: URL(filePath: temporaryPath), options: .mappedIfSafe)
                try data.write(to: URL(filePath: path), options: .atomic)
                try files.removeItem(atPath: temporaryPath)
            } else {
                try files.moveItem(atPath: temporaryPath, toPath: path)
            }
        } catch {
            try? files.removeItem(atPath: temporaryPath)
            if let error = error as? ExportError {
                throw ExportError(path: path, reason: error.reason)
            }
            if error is CocoaError {
                throw ExportError(path: path, reason: error.localizedDescription)
            }
            throw error
        }
    }

    /// Calls `body` with what appends to the file.
    func writeText(_ body: (@escaping (String) throws -> Void) throws -> Void) throws {
        try write { temporary in
            guard FileManager.default.createFile(atPath: temporary, contents: nil),
                let handle = FileHandle(forWritingAtPath: temporary)
            else { throw ExportError(path: path, reason: "its folder cannot be written to") }
            defer { try? handle.close() }
            let buffer = TextBuffer { try handle.write(contentsOf: $0) }
            try body(buffer.write)
            try buffer.flush()
            try handle.synchronize()
        }
    }
}

/// Texts that are passed on in large parts.
final class TextBuffer {
    private var data = Data()
    private let sink: (Data) throws -> Void

    /// A buffer that passes on what it holds to `sink`.
    init(_ sink: @escaping (Data) throws -> Void) { self.sink = sink }

    /// Adds a text.
    func write(_ text: String) throws {
        data.append(contentsOf: text.utf8)
        if data.count > 1 << 16 { try flush() }
    }

    /// Passes on what is left.
    func flush() throws {
        try sink(data)
        data.removeAll(keepingCapacity: true)
    }
}
