import GramIndex
import IndexFolder
import Platform
import SegmentStore
import SystemPackage

/// Several segments made one.
struct SegmentMerger {
    /// A segment to be merged.
    struct Source: Sendable {
        /// The segment's files.
        let files: SegmentFiles
        /// The places of the reports that are left out, ascending.
        let hidden: [UInt32]
    }

    /// Writes the visible reports of segments, in their order, into a new one.
    ///
    /// Without hidden reports posting lists and tables are put one after the other; otherwise the
    /// reports are written anew.
    ///
    /// - Parameter target: files that do not exist yet.
    /// - Returns: the new segment; nil when there is no visible report.
    static func merge(_ sources: [Source], into target: SegmentFiles) throws -> BuiltSegment? {
        guard !sources.isEmpty else { return nil }
        let built =
            sources.allSatisfy(\.hidden.isEmpty)
            ? try concatenate(sources.map(\.files), into: target)
            : try rewrite(sources, into: target)
        if built != nil { try ReportDatabase.write(reportsOf: [target], as: target) }
        return built
    }

    /// Puts block files one after the other.
    static func concatenate(
        _ sources: [SegmentFiles], into target: SegmentFiles
    ) throws -> BuiltSegment {
        let files = try sources.map { source in
            try source.openTables().withNumber { number in
                try BlockFile(descriptor: number, name: source.tables)
            }
        }
        let tables = MergedTables(
            files.map { file in
                SegmentTableSource { column, body in
                    // A mapped file counts as memory as far as it was looked at.
                    file[column.rawValue].withSpan(body)
                    file.forget()
                }
            })
        try Task.checkCancellation()
        let descriptor = try target.folder.makeFile(named: target.tables)
        defer { try? descriptor.close() }
        var file = try BlockFileWriter(
            descriptor: descriptor.rawValue, columns: SegmentColumn.count)
        try tables.forEachPart { column, bytes throws(GramIndexError) in
            try file.append(bytes.span, to: column.rawValue)
        }
        try PostingsWriter.merge(files, to: &file)
        try file.finish()
        return BuiltSegment(
            files: target, reports: tables.reportCount, passages: tables.passageCount)
    }

    private static func rewrite(
        _ sources: [Source], into target: SegmentFiles
    ) throws -> BuiltSegment? {
        var writer: SegmentWriter?
        var frequent: FrequentGramSet?
        for source in sources {
            let grams = try StoredSegment(source.files).frequent
            frequent = frequent?.intersection(grams) ?? grams
        }
        for source in sources {
            let segment = try StoredSegment(source.files)
            var hidden = source.hidden[...]
            for place in 0..<segment.count {
                if hidden.first == UInt32(place) {
                    hidden.removeFirst()
                    continue
                }
                try Task.checkCancellation()
                if writer == nil {
                    writer = try SegmentWriter(creating: target, frequent: frequent ?? .none)
                }
                try writer?.add(try segment.report(at: place))
            }
        }
        guard let writer = writer.take() else { return nil }
        let built = BuiltSegment(
            files: target, reports: writer.reports, passages: writer.passages)
        try writer.finish()
        return built
    }
}
