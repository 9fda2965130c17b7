import IndexSchema
import Xapian

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
    /// The most headings that are listed.
    private static let mostNames = 20_000

    /// The names of one kind that the index holds, folded, in byte order, each once.
    public func vocabulary(_ kind: Vocabulary) throws(SearchError) -> [String] {
        do throws(XapianError) {
            var names: Set<String> = []
            for segment in segments {
                switch kind {
                case .agency: names.formUnion(segment.agencies.all)
                case .region: names.formUnion(segment.regions.all)
                case .year: names.formUnion(segment.years.map(String.init))
                case .section:
                    let terms = try segment.database.terms(
                        withPrefix: Array(Schema.Prefix.heading.rawValue.utf8),
                        limit: Self.mostNames)
                    for element in terms.elements where element.term.count > 1 {
                        names.insert(String(decoding: element.term.dropFirst(), as: UTF8.self))
                    }
                }
            }
            return names.sorted()
        } catch {
            throw SearchError(.damaged, path: folder, detail: error.description)
        }
    }
}
