internal import SystemPackage

/// There is no working folder, so that no relative path means anything.
public struct NoWorkingFolder: Error, Sendable, Hashable {
    /// Makes the error.
    public init() {}
}

/// Paths from the root, as an index stores them.
public enum AbsolutePath {
    /// The absolute form of a path, without `.` and `..`, links not resolved.
    public static func of(_ path: String) throws(NoWorkingFolder) -> String {
        let path = FilePath(path)
        if path.isAbsolute { return path.lexicallyNormalized().string }
        guard let current = FileSystem.workingFolder else { throw NoWorkingFolder() }
        return FilePath(current).pushing(path).lexicallyNormalized().string
    }
}
