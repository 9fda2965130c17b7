import GramIndex

/// Makes several segments one.
public enum SegmentMerge {
    /// Writes the visible reports of segments, in their order, as the block file of a new one.
    ///
    /// Without hidden reports posting lists and columns are put one after the other; otherwise the
    /// reports are written anew. Memory: that of the longest list, or of the reports.
    ///
    /// - Parameters:
    ///   - segments: at least one.
    ///   - descriptor: a new file, open for writing; it stays the caller's.
    /// - Throws: ``SegmentError`` or `CancellationError`.
    public static func write(_ segments: [Segment], to descriptor: CInt) throws -> SegmentSize {
        if segments.contains(where: \.hasHidden) { return try rewrite(segments, to: descriptor) }
        try Task.checkCancellation()
        return try concatenate(segments, to: descriptor)
    }

    private static func concatenate(
        _ segments: [Segment], to descriptor: CInt
    ) throws(SegmentError) -> SegmentSize {
        let files = segments.map(\.tables)
        let tables = MergedTables(
            files.map { file in
                SegmentTableSource { column, body in
                    // A mapped file counts as memory as far as it was looked at.
                    file[column].withSpan(body)
                    file.forget()
                }
            })
        do throws(GramIndexError) {
            var file = try BlockFileWriter(descriptor: descriptor, columns: SegmentColumn.count)
            try tables.forEachPart { column, bytes throws(GramIndexError) in
                try file.append(bytes.span, to: column.rawValue)
            }
            try PostingsWriter.merge(files, to: &file)
            try file.finish()
        } catch {
            throw SegmentError(error)
        }
        return SegmentSize(reports: tables.reportCount, passages: tables.passageCount)
    }

    private static func rewrite(
        _ segments: [Segment], to descriptor: CInt
    ) throws -> SegmentSize {
        let frequent = segments.dropFirst().reduce(segments.first?.frequent ?? .none) {
            $0.intersection($1.frequent)
        }
        var builder = try SegmentBuilder(frequent: frequent)
        for segment in segments {
            for report in 0..<segment.reportCount where segment.isVisible[report] {
                try Task.checkCancellation()
                try builder.add(StorableReport(try segment.wholeRecord(ofReport: report)))
            }
        }
        let size = builder.size
        try builder.write(to: descriptor)
        return size
    }
}
