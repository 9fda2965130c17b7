internal import CPlatform
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files and folders by their paths, which are ``PathText``.
///
/// Foundation has all of this too, but what it sets up at its start takes as long as a search.
public enum FileSystem {
    /// The path of the working folder; nil when it was removed, or its path is longer than the
    /// system takes: then no relative path means anything.
    public static var workingFolder: String? {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = FileCalls.workingFolder(into: &path)
        // Linux tells of a folder beyond the root by a path that does not begin there.
        guard length > 0, path[0] == 0x2F else { return nil }
        return PathText.text(of: path[..<Int(length)])
    }

    /// Whether something is at a path; links are looked through.
    public static func exists(_ path: String) -> Bool {
        FileCalls.status(of: PathText.bytes(of: path), in: AT_FDCWD, follows: true).error == 0
    }

    /// What is at a path; nil when that cannot be told.
    ///
    /// - Parameter follows: whether a link is looked through.
    public static func status(of path: String, follows: Bool) -> FileStatus? {
        try? FileStatus(
            FileCalls.status(of: PathText.bytes(of: path), in: AT_FDCWD, follows: follows))
    }

    /// Makes a folder, and the ones above it, where there are none.
    public static func makeFolder(_ path: String) throws(Errno) {
        let bytes = PathText.bytes(of: path)
        var result = make(bytes)
        if result == -ENOENT, let slash = bytes.lastIndex(of: 0x2F), slash > 0 {
            try makeFolder(PathText.text(of: bytes[..<slash]))
            result = make(bytes)
        }
        if result == -EEXIST,
            FileCalls.status(of: bytes, in: AT_FDCWD, follows: true).kind
                == FileStatus.Kind.folder.rawValue
        {
            return
        }
        try check(result)
    }

    /// Removes a file, or an empty folder; a link is removed, not followed.
    public static func remove(_ path: String) throws(Errno) {
        try check(FileCalls.remove(AT_FDCWD, PathText.bytes(of: path)))
    }

    /// Gives a file or folder another path at once, in place of a file that has it.
    public static func rename(_ old: String, to new: String) throws(Errno) {
        try check(
            FileCalls.rename(
                PathText.bytes(of: old), in: AT_FDCWD, to: PathText.bytes(of: new), in: AT_FDCWD))
    }

    /// The time, in nanoseconds since 1970, as the times of files are told.
    public static var now: Int64 { cplatform_now() }

    /// The number of the user for whom the process acts.
    public static var user: UInt32 { cplatform_user() }

    private static func make(_ path: [UInt8]) -> CInt {
        FileCalls.makeFolder(AT_FDCWD, path, mode: 0o777)
    }
}

/// Throws the error that a call returned, as a negative number.
func check(_ result: CInt) throws(Errno) {
    guard result >= 0 else { throw Errno(rawValue: -result) }
}
