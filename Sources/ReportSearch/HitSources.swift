import SegmentStore

/// The reports that some hits are from, each read once.
///
/// What they are read from lies all over the index: all of it is fetched before any is looked at.
struct HitSources {
    /// A report that holds a hit; a class, since copying it would take as long as reading it.
    final class Source {
        /// The report's place in its segment.
        let report: Int
        /// Who and what the report is.
        let entry: ReportEntry
        /// The paths of the files with it.
        let files: [String]
        /// The pages or sheets that its lines stand on.
        private(set) lazy var places = entry.places
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
    /// For each hit the place of its report among them.
    let ofHits: [Int]

    /// Reads the sources of some hits, which should be no more than some twenty.
    ///
    /// - Parameter known: those that were read before.
    init(
        of hits: ArraySlice<Searcher.Found>, in reader: IndexReader,
        known: inout RecentlyRead<Source>
    ) throws {
        var places: [PlaceInSegment] = []
        var ofHits: [Int] = []
        for found in hits {
            let segment = reader.segments[found.segment]
            let place = PlaceInSegment(
                segment: found.segment, number: try segment.report(ofPassage: found.hit.id))
            if let known = places.firstIndex(of: place) {
                ofHits.append(known)
            } else {
                ofHits.append(places.count)
                places.append(place)
            }
        }
        var sources = places.map { known[$0] }
        let unread = places.indices.filter { sources[$0] == nil }
        for (index, segment) in reader.segments.enumerated() {
            segment.prefetch(
                hits.filter { $0.segment == index }.map(\.hit.id),
                of: unread.filter { places[$0].segment == index }.map { places[$0].number })
        }
        let ids = try unread.map {
            try reader.segments[places[$0].segment].idNumber(ofReport: places[$0].number)
        }
        let files = try ids.isEmpty ? [] : reader.paths(ofReports: ids)
        for (index, files) in zip(unread, files) {
            let place = places[index]
            let segment = reader.segments[place.segment]
            let isKept =
                files.count <= Self.mostFilesKept
                && segment.entrySize(ofReport: place.number) ?? .max <= Self.largestKept
            let source = Source(
                report: place.number, entry: try segment.entry(ofReport: place.number),
                files: files, isKept: isKept)
            if isKept { known.keep(source, at: place) }
            sources[index] = source
        }
        self.sources = sources.compactMap(\.self)
        self.ofHits = ofHits
    }
}
