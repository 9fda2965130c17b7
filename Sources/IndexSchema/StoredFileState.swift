import Files
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Manifest.StoredFile {
    /// How a file stands to what the manifest says of it.
    public enum State: Error, Sendable, Hashable, CustomStringConvertible {
        /// As it was written, as far as was looked.
        case whole
        /// It is not there.
        case missing
        /// It cannot be looked at; the system's words for why.
        case unreadable(String)
        /// It has another length, in bytes.
        case resized(Int64)
        /// It has other bytes.
        case changed

        /// What is wrong, for a person.
        public var description: String {
            switch self {
            case .whole: "whole"
            case .missing: "missing"
            case .unreadable(let words): "cannot be read (\(words))"
            case .resized(let size): "has \(size) bytes, not those that were written"
            case .changed: "was changed"
            }
        }
    }

    /// Files up to this size in bytes are read whenever they are looked at: the head of a database
    /// is one, and libxapian may crash when a byte of it is another.
    private static let small = 1_024

    /// Looks at the file.
    ///
    /// Its bytes are read when `readsBytes` says so, when it is small, and when the file's time is
    /// another than at writing: then it was changed, or it is a copy.
    public func state(in folder: String, readsBytes: Bool) -> State {
        let path = FilePath(folder).appending(name)
        let stat: Stat
        do throws(Errno) {
            stat = try Stat(path, followTargetSymlink: false)
        } catch {
            return error == .noSuchFileOrDirectory ? .missing : .unreadable(error.description)
        }
        guard stat.type == .regular else { return .unreadable("not a regular file") }
        guard stat.size == size else { return .resized(stat.size) }
        guard readsBytes || size <= Self.small || stat.modifiedNanoseconds != modified else {
            return .whole
        }
        do throws(Errno) {
            var length: Int64 = 0
            var checksum = ContentChecksum()
            try OpenedFile.forEachPiece(of: path, size: size) { piece in
                checksum.update(piece)
                length += Int64(piece.count)
            }
            guard length == size else { return .resized(length) }
            return checksum.value == self.checksum ? .whole : .changed
        } catch {
            return .unreadable(error.description)
        }
    }

    /// The file's bytes; only those that were written.
    public func bytes(in folder: String) -> Result<[UInt8], State> {
        let state = state(in: folder, readsBytes: false)
        guard state == .whole else { return .failure(state) }
        do throws(Errno) {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(Int(size))
            try OpenedFile.forEachPiece(of: FilePath(folder).appending(name)) { piece in
                for index in piece.indices { bytes.append(piece[index]) }
            }
            guard bytes.count == Int(size) else { return .failure(.resized(Int64(bytes.count))) }
            guard ContentChecksum.of(bytes.span) == checksum else { return .failure(.changed) }
            return .success(bytes)
        } catch {
            return .failure(.unreadable(error.description))
        }
    }
}

extension ContentChecksum {
    /// The checksum of a file's bytes, which are read and not mapped: memory stays what it is.
    public static func ofFile(at path: FilePath) throws(Errno) -> UInt64 {
        var checksum = ContentChecksum()
        try OpenedFile.forEachPiece(of: path) { checksum.update($0) }
        return checksum.value
    }
}

/// A file read from its start.
private enum OpenedFile {
    private static let piece: Int64 = 256 << 10

    /// Calls `body` with the bytes of a file, some at a time; `size` is how many are expected.
    static func forEachPiece(
        of path: FilePath, size: Int64 = piece, _ body: (Span<UInt8>) -> Void
    ) throws(Errno) {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                path, .readOnly, options: [.noFollow, .closeOnExec])
        } catch {
            throw error as? Errno ?? .ioError
        }
        defer { try? descriptor.close() }
        var buffer = [UInt8](repeating: 0, count: Int(min(piece, max(0, size) + 1)))
        var place = 0
        while true {
            let count = FileCalls.read(descriptor.rawValue, at: place, into: &buffer)
            guard count >= 0 else { throw Errno(rawValue: CInt(-count)) }
            guard count > 0 else { return }
            body(buffer.span.extracting(0..<count))
            place += count
        }
    }
}

extension Stat {
    /// The time of the last change of content, in nanoseconds since 1970.
    package var modifiedNanoseconds: Int64 {
        Int64(st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(st_mtim.tv_nsec)
    }
}
