import CSQLite

/// A new SQLite file, written in one transaction: whole or not at all.
struct SQLiteFile: ~Copyable {
    private let file: Int64

    /// A table of the file, by the order in which they were made.
    struct Target {
        fileprivate let statement: Int32
    }

    /// Begins a file where there is none.
    init(path: String) throws(ExportError) {
        let isInstalled = csqlite_load()
        file = csqlite_create(path)
        guard file != 0 else {
            throw ExportError(
                path: path,
                reason: isInstalled
                    ? "SQLite cannot make it" : "SQLite is not installed: libsqlite3.so.0")
        }
        // Nobody reads the file before it is whole: no journal is needed on the way.
        try check(csqlite_execute(file, "PRAGMA journal_mode = OFF; BEGIN"))
    }

    /// Makes a table, index or view.
    func execute(_ sql: String) throws(ExportError) { try check(csqlite_execute(file, sql)) }

    /// Makes a table whose rows can be added.
    ///
    /// - Parameter number: how many were made before.
    func table(
        _ name: String, columns: [String], number: Int32, ending: String = ""
    ) throws(ExportError) -> Target {
        try execute("CREATE TABLE \(name) (\(columns.joined(separator: ", "))) \(ending)")
        let places = Array(repeating: "?", count: columns.count { !$0.hasPrefix("PRIMARY") })
        try check(
            csqlite_prepare(
                file, "INSERT INTO \(name) VALUES (\(places.joined(separator: ", ")))"))
        return Target(statement: number)
    }

    /// Adds a row.
    func insert(_ row: [Table.Value], into target: Target) throws(ExportError) {
        for (index, value) in row.enumerated() {
            let column = Int32(index + 1)
            switch value {
            case .unknown: break
            case .number(let number) where number == number.rounded() && abs(number) < 1e15:
                try check(
                    csqlite_bind_integer(file, target.statement, column, Int64(number)))
            case .number(let number):
                try check(csqlite_bind_number(file, target.statement, column, number))
            case .text, .path, .list, .integers:
                let text = value.text
                try check(
                    csqlite_bind_text(
                        file, target.statement, column, text, Int64(text.utf8.count)))
            }
        }
        try check(csqlite_insert(file, target.statement))
    }

    /// Commits what was added.
    func commit() throws(ExportError) { try execute("COMMIT") }

    deinit { _ = csqlite_close(file) }

    private func check(_ result: Int32) throws(ExportError) {
        guard result != 0 else { return }
        throw ExportError(
            path: nil, reason: result & 0xFF == 13 ? "the disk is full" : "SQLite error \(result)")
    }
}
