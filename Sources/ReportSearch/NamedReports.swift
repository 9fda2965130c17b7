import QueryLanguage
import SegmentStore

/// Words of a question that name reports: an agency, a place that they are of, or a year.
struct NamedReports: Sendable {
    /// What is named.
    enum Field: String, Sendable {
        /// An agency, or a short form of agencies' names.
        case agency
        /// A province, a city or a county.
        case region
        /// A year.
        case year
    }

    /// What is named.
    let field: Field
    /// The words, folded, as the question has them.
    let text: String
    /// The name in the index that they stand for.
    let value: String
    /// Whether they name few reports, so that a question with them is about these.
    let isTelling: Bool
    /// The position of the run that holds the words.
    let range: Range<Int>
    /// The folded names, any of which a report's head must hold; none of a year.
    let names: [[UInt8]]
    /// The year; nil of names.
    let year: Int?

    /// The words as unquoted text.
    var run: QueryTree { QueryTree(.run(text), range: range) }

    /// What stands in the text of a passage that has the words itself.
    var texts: [QueryTree] {
        let canonical = year.map { "\($0)年" }
        let written = text.unicodeScalars.allSatisfy { $0.properties.numericType == .decimal }
        return ([text] + (canonical.flatMap { written || $0 == text ? nil : [$0] } ?? [])).map {
            QueryTree(.phrase($0), range: range)
        }
    }

    /// As a query would ask for the reports alone.
    var written: QueryTree {
        QueryTree(
            .field(QueryName(field.rawValue), .text(value, isQuoted: year == nil)), range: range)
    }

    /// The reports whose head has the words.
    var test: ReportTest {
        ReportTest(written) { segment in
            if let year {
                let wanted = WantedNumbers(.equal, Double(year))
                return ReportCondition(
                    of: .column, holds: { segment.year(ofReport: $0) == year },
                    all: { segment.reports(ofYears: wanted) })
            }
            let column = field == .region ? segment.regions : segment.agencies
            return .any(
                names.map { ReportCondition(column, holding: $0) }, count: segment.reportCount)
        }
    }
}

extension ReportCondition {
    /// The reports with a name that holds a folded text; no text stands for no name at all.
    init(_ column: NameColumn, holding wanted: [UInt8]) {
        self.init(
            of: .column, isNarrow: true,
            holds: { report in
                column.group(ofReport: report).map { column.group($0, holds: wanted) } ?? false
            },
            all: { column.reports(holding: wanted) })
    }
}
