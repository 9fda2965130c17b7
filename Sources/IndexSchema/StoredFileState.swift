import FoundationEssentials
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension Manifest.StoredFile {
    /// How a file stands to what the manifest says of it.
    public enum State: Sendable, Hashable, CustomStringConvertible {
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

    /// Looks at the file.
    ///
    /// Its bytes are read when `readsBytes` says so, and when the file's time is another than at
    /// writing: then it was changed, or it is a copy.
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
        guard readsBytes || stat.modifiedNanoseconds != modified else { return .whole }
        do {
            let data = try Data(contentsOf: URL(filePath: path.string), options: .alwaysMapped)
            guard data.count == Int(size) else { return .resized(Int64(data.count)) }
            return ContentChecksum.of(data.span) == checksum ? .whole : .changed
        } catch {
            return .unreadable("reading fails")
        }
    }
}

extension Stat {
    /// The time of the last change of content, in nanoseconds since 1970.
    package var modifiedNanoseconds: Int64 {
        Int64(st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(st_mtim.tv_nsec)
    }
}
