public import Platform
internal import SystemPackage

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

    /// Opens the file when it is as it was written.
    ///
    /// Only a regular file is opened, never a link, and nothing is waited for. Its first
    /// bytes are read; all of them when `readsBytes` says so, and when the file's time is another than
    /// at writing: then it was changed, or it is a copy.
    public func opened(
        in folder: OpenFolder, readsBytes: Bool = false
    ) throws(State) -> OpenFile {
        let file = try Self.reporting { () throws(Errno) in try folder.file(named: name) }
        let status = try Self.reporting { () throws(Errno) in try file.status() }
        guard status.kind == .file else { throw .unreadable("not a regular file") }
        guard status.size == size else { throw .resized(status.size) }
        let readsAll = readsBytes || status.modified != modified
        var digest = ContentDigest()
        if readsAll {
            try Self.reporting { () throws(Errno) in
                try file.forEachPiece { digest.update($0) }
            }
        } else {
            let head = try Self.reporting { () throws(Errno) in
                try file.bytes(limit: ContentDigest.headLength)
            }
            digest.update(head.span)
        }
        guard digest.headChecksum == head else { throw .changed }
        guard readsAll else { return file }
        guard digest.size == size else { throw .resized(digest.size) }
        guard digest.checksum == checksum else { throw .changed }
        return file
    }

    /// How the file stands; see ``opened(in:readsBytes:)``.
    public func state(in folder: OpenFolder, readsBytes: Bool) -> State {
        do throws(State) {
            _ = try opened(in: folder, readsBytes: readsBytes)
            return .whole
        } catch {
            return error
        }
    }

    /// The file's bytes; only those that were written, and at most `limit` of them.
    public func bytes(in folder: OpenFolder, limit: Int) throws(State) -> [UInt8] {
        guard size <= Int64(limit) else { throw .resized(size) }
        let file = try opened(in: folder)
        let bytes = try Self.reporting { () throws(Errno) in
            try file.bytes(limit: Int(size) + 1)
        }
        guard bytes.count == Int(size) else { throw .resized(Int64(bytes.count)) }
        guard ContentChecksum.of(bytes.span) == checksum else { throw .changed }
        return bytes
    }

    /// The file, mapped; only when it is as it was written, and has at most `limit` bytes.
    public func mapped(in folder: OpenFolder, limit: Int) throws(State) -> MappedFile {
        guard size <= Int64(limit) else { throw .resized(size) }
        let file = try opened(in: folder, readsBytes: true)
        return try Self.reporting { () throws(Errno) in try MappedFile(file) }
    }

    /// Makes a state of the system's error.
    private static func reporting<Result: ~Copyable>(
        _ body: () throws(Errno) -> Result
    ) throws(State) -> Result {
        do throws(Errno) {
            return try body()
        } catch {
            switch error {
            case .noSuchFileOrDirectory: throw .missing
            // What a link, a socket and a device without a driver give.
            case .tooManySymbolicLinkLevels, .noSuchAddressOrDevice:
                throw .unreadable("not a regular file")
            default: throw .unreadable(error.description)
            }
        }
    }
}
