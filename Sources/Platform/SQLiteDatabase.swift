internal import CPlatform

/// A new SQLite file, open for writing.
///
///     let database = try SQLiteDatabase(creating: "a.sqlite")
///     try database.execute("CREATE TABLE t (name TEXT, size INTEGER)")
///     let row = try database.prepare("INSERT INTO t VALUES (?, ?)")
///     try database.bind("a", to: row, column: 1)
///     try database.insert(row)
@safe public struct SQLiteDatabase: ~Copyable {
    private let handle: OpaquePointer
    private var statementCount: Int32 = 0

    /// A prepared statement of one database.
    public struct Statement: Sendable {
        fileprivate let number: Int32
    }

    /// What SQLite refused.
    public enum Failure: Error, Sendable, Hashable {
        /// The library is not installed.
        case missing(MissingLibrary)
        /// The file cannot be made.
        case notCreated
        /// The disk is full.
        case full
        /// SQLite's result code.
        case code(Int32)
    }

    /// Begins a file where there is none.
    public init(creating path: String) throws(Failure) {
        guard let handle = unsafe cplatform_sqlite_create(path) else {
            if let library = MissingLibrary.first { throw .missing(library) }
            throw .notCreated
        }
        unsafe self.handle = handle
    }

    deinit { _ = unsafe cplatform_sqlite_close(handle) }

    /// Runs statements that return nothing.
    public func execute(_ sql: String) throws(Failure) {
        try Self.check(unsafe cplatform_sqlite_execute(handle, sql))
    }

    /// Prepares a statement; at most eight a database.
    public mutating func prepare(_ sql: String) throws(Failure) -> Statement {
        try Self.check(unsafe cplatform_sqlite_prepare(handle, sql))
        defer { statementCount += 1 }
        return Statement(number: statementCount)
    }

    /// Sets a value of a statement's next row; columns count from 1.
    public func bind(_ text: String, to row: Statement, column: Int) throws(Failure) {
        try Self.check(
            unsafe cplatform_sqlite_bind_text(
                handle, row.number, Int32(column), text, Int64(text.utf8.count)))
    }

    /// Sets a value of a statement's next row; columns count from 1.
    public func bind(_ number: Int64, to row: Statement, column: Int) throws(Failure) {
        try Self.check(
            unsafe cplatform_sqlite_bind_integer(handle, row.number, Int32(column), number))
    }

    /// Sets a value of a statement's next row; columns count from 1.
    public func bind(_ number: Double, to row: Statement, column: Int) throws(Failure) {
        try Self.check(
            unsafe cplatform_sqlite_bind_number(handle, row.number, Int32(column), number))
    }

    /// Inserts the row; columns that were not set are NULL.
    public func insert(_ row: Statement) throws(Failure) {
        try Self.check(unsafe cplatform_sqlite_insert(handle, row.number))
    }

    private static func check(_ result: Int32) throws(Failure) {
        guard result != 0 else { return }
        throw result & 0xFF == 13 ? .full : .code(result)
    }
}
