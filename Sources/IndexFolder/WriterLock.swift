package import Platform
package import SystemPackage

/// The lock that lets one writer at a time into an index: the file that marks its folder.
///
/// The system frees it when its holder dies.
package struct WriterLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Takes the lock, and so marks a new folder as an index; nil when another process holds it.
    package init?(in folder: OpenFolder) throws(Errno) {
        descriptor = try folder.fileForWriting(named: IndexFolder.markName)
        guard descriptor.tryLock() else {
            try? descriptor.close()
            return nil
        }
    }

    deinit { try? descriptor.close() }
}
