internal import CXapian

// How the rest of this target calls C: one way in for each shape of result.

/// Calls a C function and throws what it reports.
func call(
    path: String? = nil, _ body: (UnsafeMutablePointer<cx_error>) -> cx_status
) throws(XapianError) {
    var details = cx_error()
    let status = unsafe body(&details)
    if status != CX_OK {
        throw XapianError(status: status, details: details, path: path)
    }
}

/// Calls a C function that makes a handle; the caller frees it.
func makeHandle(
    path: String? = nil,
    _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cx_error>) -> cx_status
) throws(XapianError) -> OpaquePointer {
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
    let numbers: [Double]

    /// Calls a C function that makes a list, copies the list, and frees it.
    init(
        path: String?,
        _ body: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<cx_error>) -> cx_status
    ) throws(XapianError) {
        let list = try unsafe makeHandle(path: path, body)
        defer { unsafe cx_list_free(list) }
        let view = unsafe cx_list_contents(list)
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
        numbers = unsafe Array(UnsafeBufferPointer(start: view.numbers, count: view.number_count))
    }
}

/// Byte strings end to end, each named by its slice.
struct Pool {
    private(set) var bytes: [UInt8] = []

    /// Appends a text and returns its slice.
    mutating func add(_ text: some Collection<UInt8>) -> cx_slice {
        let start = bytes.count
        bytes.append(contentsOf: text)
        return cx_slice(offset: start, length: bytes.count - start)
    }

    /// Appends two texts as one and returns its slice.
    mutating func add(_ head: Span<UInt8>, _ tail: Span<UInt8>) -> cx_slice {
        let start = bytes.count
        unsafe head.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        unsafe tail.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        return cx_slice(offset: start, length: bytes.count - start)
    }

    mutating func removeAll(keepingCapacity: Bool) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
    }
}
