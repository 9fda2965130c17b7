import Platform
import ReportOutput

/// A new SQLite file, written in one transaction: whole or not at all.
struct SQLiteFile: ~Copyable {
    private var database: SQLiteDatabase

    /// A table of the file whose rows can be added.
    struct Target {
        fileprivate let row: SQLiteDatabase.Statement
    }

    /// Begins a file where there is none.
    init(path: String) throws(ExportError) { database = try Self.begun(path) }

    private static func begun(_ path: String) throws(ExportError) -> SQLiteDatabase {
        do throws(SQLiteDatabase.Failure) {
            let database = try SQLiteDatabase(creating: path)
            // Nobody reads the file before it is whole: no journal is needed on the way.
            try database.execute("PRAGMA journal_mode = OFF; BEGIN")
            return database
        } catch {
            throw ExportError(error, path: path)
        }
    }

    /// Makes a table, index or view.
    func execute(_ sql: String) throws(ExportError) {
        do throws(SQLiteDatabase.Failure) {
            try database.execute(sql)
        } catch {
            throw ExportError(error)
        }
    }

    /// Makes a table whose rows can be added.
    mutating func table(
        _ name: String, columns: [String], ending: String = ""
    ) throws(ExportError) -> Target {
        try execute("CREATE TABLE \(name) (\(columns.joined(separator: ", "))) \(ending)")
        let placeholders = Array(repeating: "?", count: columns.count { !$0.hasPrefix("PRIMARY") })
        do throws(SQLiteDatabase.Failure) {
            return Target(
                row: try database.prepare(
                    "INSERT INTO \(name) VALUES (\(placeholders.joined(separator: ", ")))"))
        } catch {
            throw ExportError(error)
        }
    }

    /// Adds a row.
    func insert(_ row: [Table.Value], into target: Target) throws(ExportError) {
        do throws(SQLiteDatabase.Failure) {
            for (index, value) in row.enumerated() {
                switch value {
                case .unknown: break
                case .number(let number) where number == number.rounded() && abs(number) < 1e15:
                    try database.bind(Int64(number), to: target.row, column: index + 1)
                case .number(let number):
                    try database.bind(number, to: target.row, column: index + 1)
                case .text, .path, .list, .integers:
                    try database.bind(value.text, to: target.row, column: index + 1)
                }
            }
            try database.insert(target.row)
        } catch {
            throw ExportError(error)
        }
    }

    /// Commits what was added.
    func commit() throws(ExportError) { try execute("COMMIT") }
}

extension ExportError {
    /// What SQLite refused, for a person.
    fileprivate init(_ failure: SQLiteDatabase.Failure, path: String? = nil) {
        let reason =
            switch failure {
            case .missing(let library): library.description
            case .notCreated: "SQLite cannot make it"
            case .full: "the disk is full"
            case .code(let code): "SQLite error \(code)"
            }
        self.init(path: path, reason: reason)
    }
}
