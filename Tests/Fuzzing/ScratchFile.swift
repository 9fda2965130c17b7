import GramIndex

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

/// A file without a name, for what is opened by its descriptor.
enum ScratchFile {
    private static let descriptor: CInt = {
        let path = "/tmp/gongkai-fuzzing-\(getpid())"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        unlink(path)
        return descriptor
    }()

    /// A block file of these bytes.
    static func block(holding bytes: [UInt8]) throws -> BlockFile {
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
        return try BlockFile(descriptor: descriptor)
    }
}
