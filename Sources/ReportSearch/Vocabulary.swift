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
    /// The most names of one kind that are listed.
    private static let mostNames = 20_000

    /// The names of one kind that the index holds, folded, in byte order, each once.
    public func vocabulary(_ kind: Vocabulary) throws(SearchError) -> [String] {
        let prefix: Schema.Prefix =
            switch kind {
            case .agency: .agency
            case .region: .region
            case .year: .year
            case .section: .heading
            }
        var names: Set<String> = []
        do throws(XapianError) {
            for segment in segments {
                let terms = try segment.database.terms(
                    withPrefix: Array(prefix.rawValue.utf8), limit: Self.mostNames)
                for element in terms.elements where element.term.count > 1 {
                    names.insert(String(decoding: element.term.dropFirst(), as: UTF8.self))
                }
            }
        } catch {
            throw SearchError(.damaged, path: folder, detail: error.description)
        }
        return names.sorted()
    }
}
