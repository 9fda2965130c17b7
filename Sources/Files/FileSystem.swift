internal import CFiles
public import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files and folders by their paths.
///
/// Foundation has all of this too, but what it sets up at its start takes as long as a search.
public enum FileSystem {
    /// The path of the working folder; `/` when it was removed.
    public static var workingFolder: String {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe path.withUnsafeMutableBufferPointer {
            unsafe cfiles_working_folder($0.baseAddress, CInt($0.count))
        }
        return length > 0 ? String(decoding: path[..<Int(length)], as: UTF8.self) : "/"
    }

    /// Whether something is at a path; links are looked through.
    public static func exists(_ path: String) -> Bool {
        FileCalls.status(of: Array(path.utf8), in: AT_FDCWD, follows: true).error == 0
    }

    /// The bytes of a file.
    public static func bytes(of path: String) throws(Errno) -> [UInt8] {
        let descriptor = try open(path, CFILES_FOLLOWING)
        defer { try? descriptor.close() }
        let expected = FileCalls.status(of: descriptor.rawValue).size
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Int(min(max(expected, 0) + 1, 1 << 20)))
        while true {
            let count = FileCalls.read(descriptor.rawValue, at: bytes.count, into: &piece)
            guard count >= 0 else { throw Errno(rawValue: CInt(-count)) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    /// The names in a folder, sorted; `.` and `..` left out.
    public static func names(in folder: String) throws(Errno) -> [String] {
        let descriptor = try open(folder, CFILES_FOLDER | CFILES_FOLLOWING)
        defer { try? descriptor.close() }
        let list = FileCalls.list(descriptor.rawValue)
        guard list != 0 else { throw Errno(rawValue: errno) }
        defer { FileCalls.end(list) }
        var names: [String] = []
        var name = [UInt8](repeating: 0, count: 1_024)
        while true {
            let length = FileCalls.next(list, into: &name)
            guard length >= 0 else { throw Errno(rawValue: -length) }
            guard length > 0 else { return names.sorted() }
            names.append(String(decoding: name[..<Int(length)], as: UTF8.self))
        }
    }

    /// The size in bytes of all files in a folder and the folders below it; what cannot be looked at
    /// does not count.
    public static func size(of folder: String) -> Int64 {
        ((try? names(in: folder)) ?? []).reduce(0) { sum, name in
            let path = folder + "/" + name
            let status = FileCalls.status(of: Array(path.utf8), in: AT_FDCWD, follows: false)
            return sum + (status.kind == folderKind ? size(of: path) : status.size)
        }
    }

    /// Makes a folder, and the ones above it, where there are none.
    public static func makeFolder(_ path: String) throws(Errno) {
        let bytes = Array(path.utf8)
        var result = make(bytes)
        if result == -ENOENT, let slash = bytes.lastIndex(of: 0x2F), slash > 0 {
            try makeFolder(String(decoding: bytes[..<slash], as: UTF8.self))
            result = make(bytes)
        }
        if result == -EEXIST,
            FileCalls.status(of: bytes, in: AT_FDCWD, follows: true).kind == folderKind
        {
            return
        }
        try check(result)
    }

    /// Removes a file, or a folder with all that is in it; a link is removed, not followed.
    public static func remove(_ path: String) throws(Errno) {
        let bytes = Array(path.utf8)
        if FileCalls.status(of: bytes, in: AT_FDCWD, follows: false).kind == folderKind {
            for name in try names(in: path) { try remove(path + "/" + name) }
        }
        try check(
            unsafe bytes.withUnsafeBufferPointer {
                unsafe cfiles_remove($0.baseAddress, CInt($0.count))
            })
    }

    /// Gives a file or folder another path at once, in place of a file that has it.
    public static func rename(_ old: String, to new: String) throws(Errno) {
        try check(FileCalls.rename(Array(old.utf8), to: Array(new.utf8)))
    }

    /// The bytes that are free for this user where a path is; nil when that cannot be told.
    public static func freeBytes(at path: String) -> Int64? {
        let free = unsafe Array(path.utf8).withUnsafeBufferPointer {
            unsafe cfiles_free_bytes($0.baseAddress, CInt($0.count))
        }
        return free < 0 ? nil : free
    }

    /// Sets the time of a file's last change of content, in nanoseconds since 1970.
    public static func setModified(_ path: String, to time: Int64) throws(Errno) {
        try check(
            unsafe Array(path.utf8).withUnsafeBufferPointer {
                unsafe cfiles_set_modified($0.baseAddress, CInt($0.count), time)
            })
    }

    /// The time, in nanoseconds since 1970, as the times of files are told.
    public static var now: Int64 { cfiles_now() }

    private static let folderKind = UInt8(ascii: "d")

    private static func make(_ path: [UInt8]) -> CInt {
        unsafe path.withUnsafeBufferPointer {
            unsafe cfiles_make_folder($0.baseAddress, CInt($0.count))
        }
    }

    private static func open(
        _ path: String, _ opening: cfiles_opening
    ) throws(Errno) -> FileDescriptor {
        let result = FileCalls.open(AT_FDCWD, Array(path.utf8), opening: opening.rawValue)
        guard result >= 0 else { throw Errno(rawValue: -result) }
        return FileDescriptor(rawValue: result)
    }

    private static func check(_ result: CInt) throws(Errno) {
        guard result == 0 else { throw Errno(rawValue: -result) }
    }
}

extension cfiles_opening {
    fileprivate static func | (one: Self, other: Self) -> Self {
        Self(rawValue: one.rawValue | other.rawValue)
    }
}
