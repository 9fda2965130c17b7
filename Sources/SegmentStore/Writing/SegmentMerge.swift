import GramIndex
public import Platform

/// Makes several segments one.
public enum SegmentMerge {
    /// Writes the visible reports of segments, in their order, as the block file of a new one.
    ///
    /// Without hidden reports posting lists and columns are put one after the other; otherwise the
    /// reports are written anew, some at a time, into files without names that are then put together.
    /// Memory: that of the longest list, or of so many reports.
    ///
    /// - Parameters:
    ///   - segments: at least one.
    ///   - descriptor: a new file, open for writing; it stays the caller's.
    ///   - folder: on whose disk the files without names are.
    /// - Throws: ``SegmentError``, `Errno` or `CancellationError`.
    public static func write(
        _ segments: [Segment], to descriptor: CInt, near folder: OpenFolder
    ) throws -> SegmentSize {
        try write(segments, to: descriptor, near: folder, partPassages: 50_000)
    }

    /// - Parameter partPassages: how many passages are written anew at a time.
    static func write(
        _ segments: [Segment], to descriptor: CInt, near folder: OpenFolder, partPassages: Int
    ) throws -> SegmentSize {
        if segments.contains(where: \.hasHidden) {
            return try rewrite(segments, to: descriptor, near: folder, partPassages)
        }
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

    /// What fills a part beside passages: reports, and bytes of their texts.
    private static let partReports = 5_000
    private static let partBytes = 40 << 20

    private static func rewrite(
        _ segments: [Segment], to descriptor: CInt, near folder: OpenFolder, _ partPassages: Int
    ) throws -> SegmentSize {
        let frequent = segments.dropFirst().reduce(segments.first?.frequent ?? .none) {
            $0.intersection($1.frequent)
        }
        var parts: [Segment] = []
        var builder = try SegmentBuilder(frequent: frequent)
        var bytes = 0
        for segment in segments {
            for report in 0..<segment.reportCount where segment.isVisible[report] {
                try Task.checkCancellation()
                if builder.size.passages >= partPassages || builder.size.reports >= partReports
                    || bytes >= partBytes
                {
                    parts.append(try part(builder, near: folder))
                    builder = try SegmentBuilder(frequent: frequent)
                    bytes = 0
                    segment.forget()
                }
                let record = StorableReport(try segment.wholeRecord(ofReport: report))
                bytes += record.textBytes
                try builder.add(record)
            }
        }
        guard !parts.isEmpty else {
            let size = builder.size
            try builder.write(to: descriptor)
            return size
        }
        parts.append(try part(builder, near: folder))
        return try concatenate(parts, to: descriptor)
    }

    /// What was built, as a segment in a file without a name.
    private static func part(
        _ builder: consuming SegmentBuilder, near folder: OpenFolder
    ) throws -> Segment {
        let file = try folder.temporaryFile()
        let number = file.withNumber { $0 }
        try builder.write(to: number)
        return try Segment(name: "part", tables: file)
    }
}
