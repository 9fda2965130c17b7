import ReportIndexing
import ReportModel
import ReportOutput
import SystemPackage

/// What became of each file, as JSON Lines: one object a file, then one for each of its findings.
final class DiagnosticsFile {
    private let file: FileDescriptor
    private let path: String
    private var buffer: [UInt8] = []

    /// Makes the file, in place of what was there; `-` is standard output.
    init(_ path: String) throws {
        self.path = path
        do {
            file = try path == "-" ? .standardOutput : .create(path)
        } catch {
            throw Unwritable(path: path)
        }
    }

    /// The file cannot be written.
    struct Unwritable: Error, CustomStringConvertible {
        let path: String

        var description: String {
            "\(path): the diagnostics cannot be written; check the folder and its permissions"
        }
    }

    /// Adds what became of a file.
    func add(_ file: FileDiagnostic) throws {
        let location = ("file", JSONValue.path(file.path))
        add(
            [
                ("schema", .string("gongkai.diagnostic/1")), location,
                ("outcome", .string(file.outcome.rawValue)),
                ("reason", (file.problem?.reason.rawValue).map(JSONValue.string) ?? .null),
                ("detail", (file.problem?.detail).map(JSONValue.string) ?? .null),
                ("report", file.report.map(JSONValue.string) ?? .null),
                ("encoding", file.encoding.map(JSONValue.string) ?? .null),
            ])
        for finding in file.findings {
            add(
                [
                    ("schema", .string("gongkai.finding/1")), location,
                    ("code", .string(finding.code)),
                    ("line", finding.line.map(JSONValue.integer) ?? .null),
                    ("message", .string(finding.message)),
                ])
        }
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes what is left.
    func close() throws {
        try flush()
        if file != .standardOutput { try file.close() }
    }

    private func add(_ object: [(String, JSONValue)]) {
        buffer.append(contentsOf: JSONValue.object(object).text.utf8)
        buffer.append(0x0A)
    }

    private func flush() throws {
        do {
            try file.writeAll(buffer)
        } catch {
            throw Unwritable(path: path)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
