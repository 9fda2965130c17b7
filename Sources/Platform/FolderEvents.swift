internal import CPlatform
public import SystemPackage

/// Tells when something in some folders changes: inotify, where the system has it.
///
///     let events = try FolderEvents()
///     try events.watch("/data/reports")
///     if try events.haveHappened() { … }
///
/// It tells that something happened, not what: whoever asks looks for himself, so that no event that
/// was lost is missed in what is seen.
public final class FolderEvents {
    private let descriptor: CInt
    private var numbers: Set<CInt> = []

    /// Begins to watch no folder.
    public init() throws(Errno) { descriptor = try Self.checked(cplatform_watch_begin()) }

    deinit { cplatform_watch_end(descriptor) }

    /// Watches a folder, not those in it.
    ///
    /// - Returns: whether it was not watched before.
    /// - Throws: `Errno.notSupported` for a folder that other machines write to; `Errno.noSpace` when
    ///   the system watches as many folders as it may.
    @discardableResult
    public func watch(_ path: String) throws(Errno) -> Bool {
        let bytes = PathText.bytes(of: path).map { CChar(bitPattern: $0) } + [0]
        return numbers.insert(
            try Self.checked(unsafe cplatform_watch_add(descriptor, bytes))
        ).inserted
    }

    /// Whether something happened since this was asked last.
    public func haveHappened() throws(Errno) -> Bool {
        try Self.checked(cplatform_watch_read(descriptor)) > 0
    }

    private static func checked(_ result: CInt) throws(Errno) -> CInt {
        guard result >= 0 else { throw Errno(rawValue: -result) }
        return result
    }
}
