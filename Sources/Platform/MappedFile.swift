internal import CPlatform
public import SystemPackage

/// A file in memory, read where it is looked at; it must not be changed meanwhile.
///
///     try MappedFile(folder.file(named: "list")).withSpan { $0.count }
@safe public final class MappedFile {
    private let mapping: cplatform_mapping

    /// Maps a whole file.
    public init(_ file: borrowing OpenFile) throws(Errno) {
        let mapping = unsafe file.withNumber { unsafe cplatform_map($0) }
        guard unsafe mapping.error == 0 else { throw unsafe Errno(rawValue: -mapping.error) }
        unsafe self.mapping = mapping
    }

    deinit { unsafe cplatform_unmap(mapping) }

    /// Calls `body` with the bytes.
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(
            Span(
                _unsafeElements: UnsafeBufferPointer(
                    start: mapping.bytes, count: mapping.count)))
    }

    /// Has the processor fetch some of the bytes: waiting for one read after the other takes longer.
    public func prefetch(_ range: Range<Int>) {
        unsafe cplatform_prefetch(mapping, Int64(range.lowerBound), Int64(range.upperBound))
    }
}
