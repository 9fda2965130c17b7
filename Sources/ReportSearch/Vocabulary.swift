import SegmentStore

/// The kinds of names that an index knows.
public enum Vocabulary: Sendable, CaseIterable {
    /// Agencies and their aliases.
    case agency
    /// Provinces, cities and counties.
    case region
    /// Years of reports.
    case year
    /// Headings of sections.
    case section
}

extension IndexReader {
    /// The names of one kind that the index holds, folded, in byte order, each once.
    public func vocabulary(_ kind: Vocabulary) throws(SearchError) -> [String] {
        do throws(SegmentError) {
            return try names(of: kind).sorted { $0.lexicographicallyPrecedes($1) }
                .map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw SearchError(.damaged, path: folder, detail: error.description)
        }
    }

    /// The same names as folded UTF-8, in no order.
    func names(of kind: Vocabulary) throws(SegmentError) -> Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        for segment in segments {
            switch kind {
            case .agency: names.formUnion(segment.agencies.all)
            case .region: names.formUnion(segment.regions.all)
            case .year: names.formUnion(segment.years.map { Array("\($0)".utf8) })
            case .section:
                names.formUnion(try segment.headings(.heading, limit: QueryPlan.mostNames))
            }
        }
        return names
    }
}
