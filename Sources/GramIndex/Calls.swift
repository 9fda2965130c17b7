internal import CGramIndex

// How the rest of this target calls C: one way in for each shape of result.

/// Calls a C function and throws what it reports.
func call(
    path: String? = nil, _ body: (UnsafeMutablePointer<cg_error>) -> cg_status
) throws(GramIndexError) {
    var details = cg_error()
    let status = unsafe body(&details)
    if status != CG_OK {
        throw GramIndexError(status: status, details: details, path: path)
    }
}

/// Calls a C function that makes a handle; the caller frees it.
func makeHandle(
    path: String? = nil,
    _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cg_error>) -> cg_status
) throws(GramIndexError) -> OpaquePointer {
    var handle: OpaquePointer?
    try unsafe call(path: path) { error in unsafe body(&handle, error) }
    guard let made = unsafe handle else {
        preconditionFailure("A C function succeeded without a result")
    }
    return unsafe made
}

/// A list copied out of C.
struct List {
    let texts: [[UInt8]]
    let integers: [UInt32]

    /// Calls a C function that makes a list, copies the list, and frees it.
    init(
        path: String?,
        _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cg_error>) -> cg_status
    ) throws(GramIndexError) {
        let list = try unsafe makeHandle(path: path, body)
        defer { unsafe cg_list_free(list) }
        let view = unsafe cg_list_contents(list)
        let ends = unsafe UnsafeBufferPointer(start: view.ends, count: view.text_count)
        var texts: [[UInt8]] = []
        texts.reserveCapacity(ends.count)
        var start = 0
        for index in 0..<ends.count {
            let end = unsafe ends[index]
            let text = unsafe UnsafeBufferPointer(
                start: view.bytes.map { unsafe $0 + start }, count: end - start)
            unsafe texts.append(Array(text))
            start = end
        }
        self.texts = texts
        integers = unsafe Array(
            UnsafeBufferPointer(start: view.integers, count: view.integer_count))
    }
}

/// Byte strings end to end, each named by its offset.
struct Pool {
    private(set) var bytes: [UInt8] = []

    /// Appends a text and returns where it stands.
    mutating func add(_ text: some Collection<UInt8>) -> cg_slice {
        let start = bytes.count
        bytes.append(contentsOf: text)
        return cg_slice(offset: start, length: bytes.count - start)
    }
}
