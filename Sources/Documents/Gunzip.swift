internal import CDocuments

/// A reader of the C library for data compressed by gzip; used by one task.
@safe final class Gunzip {
    private let handle: OpaquePointer

    private static let part = 256 << 10

    init?() {
        guard let handle = unsafe cdocuments_gunzip_open() else { return nil }
        unsafe self.handle = handle
    }

    deinit { unsafe cdocuments_gunzip_close(handle) }

    /// What the next bytes expand to, at most a part; those that were used are taken off.
    func expanded(_ bytes: inout ArraySlice<UInt8>) throws(ArchiveProblem) -> [UInt8] {
        var used = 0
        var state = CDOCUMENTS_FINE
        let source = bytes
        let expanded = unsafe [UInt8](unsafeUninitializedCapacity: Self.part) { target, written in
            guard let base = target.baseAddress else { return }
            state = unsafe source.withUnsafeBufferPointer { source in
                unsafe Int(
                    cdocuments_gunzip_step(
                        handle, source.baseAddress, source.count, &used, base, Self.part,
                        &written))
            }
        }
        switch state {
        case CDOCUMENTS_FINE: break
        case CDOCUMENTS_NO_MEMORY: throw .noMemory
        default: throw .damaged
        }
        // Neither taken nor given: it is cut off, or trails off into zeros.
        if used == 0, expanded.isEmpty { bytes = [] } else { bytes = bytes.dropFirst(used) }
        return expanded
    }
}
