internal import CPlatform
public import SystemPackage

/// A file that is open for reading.
public struct OpenFile: ~Copyable, Sendable {
    private let descriptor: FileDescriptor

    init(descriptor: FileDescriptor) { self.descriptor = descriptor }

    deinit { try? descriptor.close() }

    /// A new file without a name, open for writing too, which is gone when it is closed.
    public static func temporary() throws(Errno) -> OpenFile {
        let descriptor = cplatform_temporary(-1)
        guard descriptor >= 0 else { throw Errno(rawValue: -descriptor) }
        return OpenFile(descriptor: FileDescriptor(rawValue: descriptor))
    }

    /// Calls `body` with the descriptor, which is open meanwhile.
    public borrowing func withNumber<Result, Failure: Error>(
        _ body: (CInt) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(descriptor.rawValue)
    }

    /// The descriptor, which the caller now closes.
    public consuming func taken() -> CInt {
        let number = descriptor.rawValue
        discard self
        return number
    }

    /// What it is.
    public func status() throws(Errno) -> FileStatus { try descriptor.status() }

    /// The path without links.
    public func realPath() throws(Errno) -> [UInt8] { try pathWithoutLinks(of: descriptor) }

    /// The bytes up to the end, at most `limit` of them.
    public func bytes(limit: Int) throws(Errno) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(min(Int64(limit), max(0, try status().size))))
        var piece = [UInt8](repeating: 0, count: max(1, min(limit, Self.piece)))
        while bytes.count < limit {
            let count = try read(at: bytes.count, into: &piece)
            guard count > 0 else { break }
            bytes += piece[..<min(count, limit - bytes.count)]
        }
        return bytes
    }

    /// The bytes from an offset on, so many or those up to the end.
    public func bytes(at offset: Int, count: Int) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        guard count > 0 else { return bytes }
        let first = try read(at: offset, into: &bytes)
        // A read may give less than was asked for.
        var filled = first
        while filled < count, filled > 0 {
            var rest = [UInt8](repeating: 0, count: count - filled)
            let more = try read(at: offset + filled, into: &rest)
            guard more > 0 else { break }
            bytes.replaceSubrange(filled..<(filled + more), with: rest[..<more])
            filled += more
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Calls `body` with the bytes up to the end, some at a time.
    public func forEachPiece(_ body: (Span<UInt8>) -> Void) throws(Errno) {
        var piece = [UInt8](repeating: 0, count: Self.piece)
        var offset = 0
        while true {
            let count = try read(at: offset, into: &piece)
            guard count > 0 else { return }
            body(piece.span.extracting(0..<count))
            offset += count
        }
    }

    private func read(at offset: Int, into bytes: inout [UInt8]) throws(Errno) -> Int {
        let count = FileCalls.read(descriptor.rawValue, at: offset, into: &bytes)
        guard count >= 0 else { throw Errno(rawValue: CInt(-count)) }
        return count
    }

    private static let piece = 256 << 10
}

/// The path of something open, without links.
func pathWithoutLinks(of descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
    var path = [UInt8](repeating: 0, count: 1 << 15)
    let length = FileCalls.path(of: descriptor.rawValue, into: &path)
    guard length >= 0 else { throw Errno(rawValue: -length) }
    return Array(path[..<Int(length)])
}
