import ArgumentParser
import Platform
import ReportModel
import ReportOutput
import ReportSearch
import SystemPackage

/// Reports and statistics as a data package (https://specs.frictionlessdata.io/data-package/): CSV files,
/// and a file that tells their columns with types and units, their sizes and SHA-256, the question and
/// the version of the program.
struct DataPackage {
    let export: ReportExport
    /// The command that made it.
    let question: String

    /// The name of the file that tells of the others.
    static let fileName = "datapackage.json"

    /// Writes the package's files beside each other; `datapackage.json` comes last.
    ///
    /// - Parameter path: the path of `datapackage.json`, whose folder is made when there is none.
    func write(at path: String, replaces: Bool) throws {
        let path = try AbsolutePath.of(path)
        let folder = FilePath(path).removingLastComponent()
        if !FileSystem.exists(folder.string) {
            do {
                try FileSystem.makeFolder(folder.string)
            } catch {
                throw ExportError(path: folder.string, reason: "\(error)")
            }
        }
        func file(_ name: String) throws -> ExportFile {
            try ExportFile(path: folder.appending(name).string, replaces: replaces)
        }
        // What exists is told before anything is written.
        let main = try file(Self.fileName)
        let tables: [(name: String, table: Table, subject: ExportSubject)] = [
            ("reports", ReportTable.heads, .reports),
            ("statistics", ReportTable.cells, .statistics),
        ]
        let parts = try tables.map { ($0, try file($0.name + ".csv")) }
        var resources: [JSONValue] = []
        for (part, target) in parts {
            try target.writeText { write in try export.write(part.subject, .csv, to: write) }
            var columns = part.table.columns
            if part.subject == .reports {
                columns += (export.statistics ?? []).map {
                    Table.Column($0.key, $0.names.first, isNumber: true)
                }
            }
            resources.append(try resource(part.name, columns, at: target.path))
        }
        try main.writeText { write in
            try write(
                JSONValue.object([
                    ("profile", .string("tabular-data-package")),
                    ("name", .string("gongkai-export")),
                    ("title", .string("政府信息公开工作年度报告")),
                    ("description", .string(question)),
                    ("version", .string(Gongkai.configuration.version)),
                    ("resources", .array(resources)),
                ]).text + "\n")
        }
    }

    private func resource(
        _ name: String, _ columns: [Table.Column], at path: String
    ) throws -> JSONValue {
        let path = FilePath(path)
        let (hash, size) = try Self.digest(of: path)
        return .object([
            ("profile", .string("tabular-data-resource")), ("name", .string(name)),
            ("path", .string(name + ".csv")), ("format", .string("csv")),
            ("mediatype", .string("text/csv")), ("encoding", .string("utf-8")),
            ("bytes", .integer(size)), ("hash", .string("sha256:" + hash)),
            (
                "schema",
                .object([
                    ("fields", .array(columns.map(Self.field))),
                    ("missingValues", .array([.string("")])),
                ])
            ),
        ])
    }

    /// A column as a table schema has it.
    private static func field(_ column: Table.Column) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(column.name)), ("title", .string(column.chinese ?? column.name)),
            ("type", .string(type(of: column))),
        ]
        if let unit = Statistic.named(column.name)?.unit { members.append(("unit", .string(unit))) }
        return .object(members)
    }

    /// A column's type in a table schema.
    private static func type(of column: Table.Column) -> String {
        guard column.isNumber else { return "string" }
        return ["year", "passages", "line"].contains(column.name) ? "integer" : "number"
    }

    /// The SHA-256 of a file, and its size in bytes.
    private static func digest(of path: FilePath) throws -> (hash: String, size: Int) {
        let folder = try OpenFolder(at: path.removingLastComponent().string)
        let file = try MappedFile(folder.file(named: path.lastComponent?.string ?? ""))
        var hash: Result<String, MissingLibrary> = .success("")
        var size = 0
        file.withSpan { bytes in
            size = bytes.count
            do throws(MissingLibrary) {
                hash = .success(try SHA256.hexadecimal(of: bytes))
            } catch {
                hash = .failure(error)
            }
        }
        return (try hash.get(), size)
    }
}

/// A command line as a person could type it again.
enum CommandLineText {
    static func of(_ arguments: [String]) -> String {
        (["gongkai"] + arguments).map { argument in
            let isPlain = argument.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || "-_./:,=%+@".unicodeScalars.contains($0)
            }
            return isPlain && !argument.isEmpty
                ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
        }.joined(separator: " ")
    }
}
