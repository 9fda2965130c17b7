public import SystemPackage

/// Bytes that are added one after the other and read later, in little memory: all but the last ones
/// are in a file without a name, which is gone with them.
///
/// Where no file can be made or written to, they stay in memory. Copies share the file, so that only
/// one of them may be added to.
public struct SpilledBytes: Sendable {
    private let folder: OpenFolder?
    private let mostKept: Int
    private var file: NamelessFile?
    private var mayStore = true
    /// How many bytes the file has; the others come after them.
    private var stored = 0
    private var kept: [UInt8] = []

    /// The bytes that are handed over together.
    private static let piece = 1 << 20

    /// No bytes.
    ///
    /// - Parameters:
    ///   - folder: on whose disk the file is, where the system can do that.
    ///   - mostKept: how many bytes are in memory.
    public init(near folder: OpenFolder? = nil, mostKept: Int = 1 << 20) {
        self.folder = folder
        self.mostKept = mostKept
    }

    /// How many bytes there are.
    public var count: Int { stored + kept.count }

    /// Adds bytes behind those that are there.
    public mutating func append(_ bytes: [UInt8]) {
        kept += bytes
        guard mayStore, kept.count > mostKept else { return }
        do throws(Errno) {
            if file == nil { file = try NamelessFile(near: folder) }
            try file?.append(kept)
            stored += kept.count
            kept.removeAll(keepingCapacity: true)
        } catch {
            // What was written of them comes after all that is counted as stored.
            mayStore = false
        }
    }

    /// The bytes from an offset on, so many or those up to the end.
    public func bytes(at offset: Int, count: Int) throws(Errno) -> [UInt8] {
        let end = min(offset + count, self.count)
        guard offset < end else { return [] }
        var bytes: [UInt8] = []
        if offset < stored, let file {
            let wanted = min(end, stored) - offset
            bytes = try file.bytes(at: offset, count: wanted)
            guard bytes.count == wanted else { throw .ioError }
        }
        if end > stored { bytes += kept[max(offset - stored, 0)..<end - stored] }
        return bytes
    }

    /// Hands over all bytes, a megabyte at a time.
    public func forEachPiece(_ body: ([UInt8]) throws(Errno) -> Void) throws(Errno) {
        for offset in stride(from: 0, to: count, by: Self.piece) {
            try body(bytes(at: offset, count: Self.piece))
        }
    }
}

/// A file without a name, written to at its end.
private final class NamelessFile: Sendable {
    private let file: OpenFile

    init(near folder: OpenFolder?) throws(Errno) {
        if let folder { file = try folder.temporaryFile() } else { file = try .temporary() }
    }

    func append(_ bytes: [UInt8]) throws(Errno) {
        try file.withNumber { number throws(Errno) in
            do { try FileDescriptor(rawValue: number).writeAll(bytes) } catch {
                throw error as? Errno ?? .ioError
            }
        }
    }

    func bytes(at offset: Int, count: Int) throws(Errno) -> [UInt8] {
        try file.bytes(at: offset, count: count)
    }
}
