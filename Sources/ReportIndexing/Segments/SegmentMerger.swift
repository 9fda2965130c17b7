import IndexSchema
import Xapian

/// Several segments made one.
struct SegmentMerger {
    /// A segment to be merged.
    struct Source: Sendable {
        /// The segment's folder.
        let path: String
        /// The places of the reports that are left out, ascending.
        let hidden: [UInt32]
    }

    /// Writes the visible reports of segments, in their order, into a new one.
    ///
    /// - Parameter path: a folder that does not exist yet.
    /// - Returns: the new segment; nil when there is no visible report.
    static func merge(_ sources: [Source], into path: String) throws -> BuiltSegment? {
        var writer: SegmentWriter?
        for source in sources {
            let segment = try StoredSegment(path: source.path)
            var hidden = source.hidden[...]
            for place in 0..<segment.count {
                if hidden.first == UInt32(place) {
                    hidden.removeFirst()
                    continue
                }
                try Task.checkCancellation()
                if writer == nil { writer = try SegmentWriter(creatingAt: path) }
                try writer?.add(try segment.record(at: place))
            }
        }
        guard let writer = writer.take() else { return nil }
        let built = BuiltSegment(path: path, reports: writer.reports, passages: writer.passages)
        try writer.finish()
        return built
    }
}
