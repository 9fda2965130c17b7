import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FileDescriptor {
    /// Makes a file for writing, in place of what was there.
    static func create(_ path: String) throws -> FileDescriptor {
        try open(
            FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
    }

    /// Makes what was written last.
    func synchronise() throws {
        guard fsync(rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
}
