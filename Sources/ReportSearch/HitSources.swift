import SegmentStore

/// The reports that some hits are from, each read once.
///
/// What they are read from lies all over the index: all of it is fetched before any is looked at.
struct HitSources {
    /// A report that holds a hit; a class, since copying it would take as long as reading it.
    final class Source {
        /// The report's index in its segment.
        let report: Int
        /// Who and what the report is.
        let entry: ReportEntry
        /// The paths of the files with it.
        let files: [String]
        /// The pages or sheets that its lines stand on.
        private(set) lazy var parts = entry.parts
        /// Whether it is so small that it may be kept.
        let isKept: Bool

        init(report: Int, entry: ReportEntry, files: [String], isKept: Bool) {
            self.isKept = isKept
            self.report = report
            self.entry = entry
            self.files = files
        }
    }

    /// A report with a larger record of who and what it is, in bytes, or with more files, is read each
    /// time.
    private static let (largestKept, mostFilesKept) = (4_096, 8)

    /// The reports.
    let sources: [Source]
    /// For each hit the index of its report among them.
    let ofHits: [Int]

    /// Reads the sources of some hits, which should be no more than some twenty.
    ///
    /// - Parameter known: those that were read before.
    init(
        of hits: ArraySlice<Searcher.Found>, in reader: IndexReader,
        known: inout RecentlyRead<Source>
    ) throws {
        var keys: [SegmentKey] = []
        var ofHits: [Int] = []
        for found in hits {
            let segment = reader.segments[found.segment]
            let key = SegmentKey(
                segment: found.segment, number: try segment.report(ofPassage: found.hit.id))
            if let known = keys.firstIndex(of: key) {
                ofHits.append(known)
            } else {
                ofHits.append(keys.count)
                keys.append(key)
            }
        }
        var sources = keys.map { known[$0] }
        let unread = keys.indices.filter { sources[$0] == nil }
        for (index, segment) in reader.segments.enumerated() {
            segment.prefetch(
                hits.filter { $0.segment == index }.map(\.hit.id),
                of: unread.filter { keys[$0].segment == index }.map { keys[$0].number })
        }
        let ids = try unread.map {
            try reader.segments[keys[$0].segment].idNumber(ofReport: keys[$0].number)
        }
        let files = try ids.isEmpty ? [] : reader.paths(ofReports: ids)
        for (index, files) in zip(unread, files) {
            let key = keys[index]
            let segment = reader.segments[key.segment]
            let isKept =
                files.count <= Self.mostFilesKept
                && segment.entrySize(ofReport: key.number) ?? .max <= Self.largestKept
            let source = Source(
                report: key.number, entry: try segment.entry(ofReport: key.number),
                files: files, isKept: isKept)
            if isKept { known.keep(source, for: key) }
            sources[index] = source
        }
        self.sources = sources.compactMap(\.self)
        self.ofHits = ofHits
    }
}
