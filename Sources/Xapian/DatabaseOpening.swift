internal import CXapian

// Databases that are not a folder on this machine.

extension Database {
    /// Makes a database of none: ``add(_:)`` gives it some, which are then searched as one.
    public init() throws(XapianError) {
        let handle = try unsafe makeHandle { out, error in
            unsafe cx_database_open_empty(out, error)
        }
        try unsafe self.init(handle: handle, path: "")
    }

    /// Opens several folders, each with one glass database, as one.
    ///
    ///     let database = try Database(paths: ["2019", "2020"])
    ///
    /// - Parameter paths: the folders, in the order that decides the document ids; see ``add(_:)``.
    public init(paths: [String]) throws(XapianError) {
        let handle = try unsafe makeHandle { out, error in
            unsafe cx_database_open_empty(out, error)
        }
        do {
            for path in paths {
                let database = try Database(path: path)
                try unsafe call(path: path) { error in
                    unsafe cx_database_add(handle, database.handle, error)
                }
            }
        } catch {
            unsafe cx_database_free(handle)
            throw error
        }
        try unsafe self.init(handle: handle, path: paths.first ?? "")
    }

    /// Connects to a server, which `xapian-tcpsrv` runs.
    ///
    /// The protocol has neither passwords nor encryption, and stays within libxapian 1.4.
    ///
    /// - Parameters:
    ///   - host: a name or an address.
    ///   - port: not 0.
    ///   - timeout: how long to wait for each answer.
    ///   - connectTimeout: how long to wait for the connection.
    /// - Throws: ``XapianError/Code/networkFailed`` when nobody answers there,
    ///   ``XapianError/Code/networkTimedOut`` when nobody answers in time.
    public init(
        host: String, port: UInt16, timeout: Duration = .seconds(10),
        connectTimeout: Duration = .seconds(10)
    ) throws(XapianError) {
        let name = Array(host.utf8)
        let path = "\(host):\(port)"
        let handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cx_database_open_remote(
                name, name.count, port, timeout.wholeMilliseconds, connectTimeout.wholeMilliseconds,
                out, error)
        }
        try unsafe self.init(handle: handle, path: path)
    }

    /// Searches another database too.
    ///
    /// Documents get new ids, which take turns: of three databases, document 1 of the first is 1,
    /// of the second 2, of the third 3, and document 2 of the first is 4.
    public mutating func add(_ other: consuming Database) throws(XapianError) {
        try unsafe call(path: other.path) { error in
            unsafe cx_database_add(handle, other.handle, error)
        }
        if path.isEmpty { path = other.path }
        try refreshCounts()
    }

    /// Looks at what was committed last.
    ///
    /// - Returns: whether that is more than what was seen before.
    @discardableResult
    public mutating func reopen() throws(XapianError) -> Bool {
        var hasChanged = false
        try unsafe call(path: path) { error in
            unsafe cx_database_reopen(handle, &hasChanged, error)
        }
        try refreshCounts()
        return hasChanged
    }

    /// Calls `body`, and calls it again after ``reopen()`` when a writer has overwritten what it
    /// was reading.
    ///
    /// A writer keeps the last revision but one; a reader that is overtaken twice gets
    /// ``XapianError/Code/databaseModified``, and everything it read is void. So do a whole search
    /// in here, with the data of its hits:
    ///
    ///     let found = try database.reading { database in try database.search(query) }
    ///
    /// - Parameters:
    ///   - attempts: how often `body` is called at most, 1 or more.
    ///   - body: what reads; it must be able to begin again.
    public mutating func reading<Result>(
        attempts: Int = 5, _ body: (borrowing Database) throws(XapianError) -> Result
    ) throws(XapianError) -> Result {
        precondition(attempts > 0, "There is at least one attempt")
        for _ in 1..<attempts {
            do {
                return try body(self)
            } catch  where error.code == .databaseModified {
                try reopen()
            }
        }
        return try body(self)
    }
}

extension Duration {
    /// The duration in milliseconds, at least 1 and no more than libxapian can be told.
    fileprivate var wholeMilliseconds: UInt32 {
        let (seconds, attoseconds) = components
        if seconds >= 4_000_000 { return 4_000_000_000 }
        return UInt32(max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
