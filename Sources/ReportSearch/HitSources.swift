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

        init(report: Int, entry: ReportEntry, files: [String]) {
            self.report = report
            self.entry = entry
            self.files = files
        }
    }

    /// The reports.
    let sources: [Source]
    /// For each hit the place of its report among them.
    let ofHits: [Int]

    /// Reads the sources of some hits, which should be no more than some twenty.
    init(of hits: ArraySlice<Searcher.Found>, in reader: IndexReader) throws {
        var places: [(segment: Int, report: Int)] = []
        var ofHits: [Int] = []
        for found in hits {
            let segment = reader.segments[found.segment]
            let place = (found.segment, try segment.report(ofPassage: found.hit.id))
            if let known = places.firstIndex(where: { $0 == place }) {
                ofHits.append(known)
            } else {
                ofHits.append(places.count)
                places.append(place)
            }
        }
        for (index, segment) in reader.segments.enumerated() {
            segment.prefetch(
                hits.filter { $0.segment == index }.map(\.hit.id),
                of: places.filter { $0.segment == index }.map(\.report))
        }
        let ids = try places.map { try reader.segments[$0.segment].idNumber(ofReport: $0.report) }
        let files = try reader.paths(ofReports: ids)
        sources = try zip(places, files).map { place, files in
            Source(
                report: place.report,
                entry: try reader.segments[place.segment].entry(ofReport: place.report),
                files: files)
        }
        self.ofHits = ofHits
    }
}
