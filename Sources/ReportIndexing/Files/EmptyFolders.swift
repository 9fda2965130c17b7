import IndexFolder
import Platform
import SystemPackage

/// Empty folders in which files stood, and from which nobody removed them.
///
/// Removing a file changes its folder. One that is empty and was last changed before its files were
/// read is another folder than the one they stood in: the mount point of a disk that is away.
struct EmptyFolders {
    private enum State {
        case missing
        /// When it was changed last, in nanoseconds since 1970.
        case empty(changed: Int64)
        case other
    }

    private var known: [[UInt8]: State] = [:]

    /// The empty folder that stands in place of the one in which a file stood; nil when the file
    /// was removed.
    mutating func folder(insteadOfThatOf entry: FileEntry) -> String? {
        var path = FilePath(entry.path)
        while path.removeLastComponent(), !path.isEmpty {
            switch state(of: path.string) {
            case .missing: continue
            case .empty(let changed): return changed < entry.read ? path.string : nil
            case .other: return nil
            }
        }
        return nil
    }

    private mutating func state(of path: String) -> State {
        if let state = known[Array(path.utf8)] { return state }
        let state = Self.state(of: path)
        known[Array(path.utf8)] = state
        return state
    }

    private static func state(of path: String) -> State {
        do throws(Errno) {
            let folder = try OpenFolder(at: path)
            // As in a walk, names that begin with a full stop do not count.
            guard try folder.names().allSatisfy({ $0.utf8.first == 0x2E }) else { return .other }
            return .empty(changed: try folder.status().changed)
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory ? .missing : .other
        }
    }
}
