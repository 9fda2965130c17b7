internal import CGramIndex

/// A block file being written.
@safe public struct BlockFileWriter: ~Copyable {
    let handle: OpaquePointer
    private let path: String?

    /// Makes a new file with that many columns, all empty.
    ///
    /// - Throws: ``GramIndexError/Code/notCreated`` when there is something at the path.
    public init(creatingAt path: String, columns: Int) throws(GramIndexError) {
        let bytes = Array(path.utf8)
        unsafe handle = try unsafe makeHandle(path: path) { out, error in
            unsafe cg_block_writer_create(bytes, bytes.count, columns, out, error)
        }
        self.path = path
    }

    /// Writes into an open, empty file.
    ///
    /// - Parameters:
    ///   - descriptor: the file, open for writing; it stays the caller's, who may close it.
    ///   - columns: how many columns it will have, at most 256.
    public init(descriptor: Int32, columns: Int) throws(GramIndexError) {
        unsafe handle = try unsafe makeHandle { out, error in
            unsafe cg_block_writer_attach(descriptor, columns, out, error)
        }
        path = nil
    }

    deinit {
        unsafe cg_block_writer_free(handle)
    }

    /// Appends bytes to a column; columns may come in any order, each in one go.
    public mutating func append(_ bytes: Span<UInt8>, to column: Int) throws(GramIndexError) {
        try unsafe call(path: path) { error in
            unsafe bytes.withUnsafeBufferPointer {
                unsafe cg_block_writer_append(handle, column, $0.baseAddress, $0.count, error)
            }
        }
    }

    /// Completes the file; without this it cannot be opened.
    public consuming func finish() throws(GramIndexError) {
        try unsafe call(path: path) { error in unsafe cg_block_writer_finish(handle, error) }
    }
}
