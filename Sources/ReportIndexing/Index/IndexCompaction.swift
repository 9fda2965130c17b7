import IndexFolder
import Platform

/// What `compact` did.
public struct IndexCompaction: Sendable {
    /// The numbers of segments before and after.
    public let segments: (before: Int, after: Int)
    /// The sizes of the segments in bytes, before and after.
    public let bytes: (before: Int64, after: Int64)

    /// Whether there was anything to do.
    public let isChange: Bool

    /// Makes one segment of all segments of an index, without reports that were replaced or
    /// removed.
    ///
    /// - Parameter timeout: how long to wait for another writer.
    /// - Throws: ``IndexError``, or `CancellationError`; the index is then as it was.
    public static func perform(
        on folder: String, timeout: Duration, waiting: () -> Void
    ) async throws -> IndexCompaction {
        let folder = try AbsolutePath.of(folder)
        return try await IndexChange.perform(
            on: folder, rebuilding: false, makesFolder: false, timeout: timeout, waiting: waiting
        ) { change in
            guard change.old.stored != nil else {
                throw IndexError(reason: .noIndex, path: folder, detail: "")
            }
            if let damage = change.old.damage.first {
                throw IndexError(reason: .damagedSegment, path: folder, detail: damage)
            }
            let before = change.old.manifest.segments
            let isChange = try change.mergeAll()
            var files = NextFileList(after: change.old.files)
            files.keepAll()
            let after = isChange ? try change.publish(files: files).segments : before
            return IndexCompaction(
                segments: (before.count, after.count),
                bytes: (Self.size(of: before), Self.size(of: after)), isChange: isChange)
        }
    }

    private static func size(of segments: [Manifest.Segment]) -> Int64 {
        segments.flatMap(\.files).reduce(0) { $0 + $1.size }
    }
}
