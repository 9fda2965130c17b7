import Platform

/// Paths as a person would type them.
public enum DisplayPath {
    /// The working folder; nil when there is none.
    private static let current = FileSystem.workingFolder
    /// What the paths below the working folder begin with.
    private static let below = current.map { Array(($0 == "/" ? $0 : $0 + "/").utf8) }
    /// The folders down to the working folder.
    private static let base = current.map { $0.split(separator: "/") }

    /// The path relative to the working folder when that is shorter, otherwise as it is; the working
    /// folder itself is a dot.
    public static func of(_ path: String) -> String {
        guard path.utf8.first == UInt8(ascii: "/"), let base, let below else { return path }
        if path.utf8.starts(with: below), path.utf8.count > below.count {
            return String(path[path.utf8.index(path.startIndex, offsetBy: below.count)...])
        }
        let parts = path.split(separator: "/")
        let shared = zip(base, parts).prefix { $0 == $1 }.count
        let relative =
            (Array(repeating: "..", count: base.count - shared)
            + parts[shared...].map(String.init)).joined(separator: "/")
        if relative.isEmpty { return path == "/" ? path : "." }
        return relative.utf8.count < path.utf8.count ? relative : path
    }
}
