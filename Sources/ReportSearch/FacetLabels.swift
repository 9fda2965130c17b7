import ReportModel
import SegmentStore

/// What the reports of an index are counted by: for each field a column of numbers, one for each
/// spelling of a value.
///
/// A report's head is decoded when the report is first counted, and not again for another field or
/// another question.
final class FacetLabels {
    private let segments: [Segment]
    /// The place of each segment's first report.
    private let starts: [Int]
    private var columns: [FacetField: Column]

    /// The fields that only the head of a report tells.
    private static let fieldsOfHeads: [FacetField] = [.agency, .region, .province, .city, .county]

    init(_ segments: [Segment]) {
        self.segments = segments
        var starts: [Int] = []
        var count = 0
        for segment in segments {
            starts.append(count)
            count += segment.reportCount
        }
        self.starts = starts
        columns = Dictionary(
            uniqueKeysWithValues: Self.fieldsOfHeads.map { ($0, Column(reportCount: count)) })
    }

    /// The years or the forms, which the segments have in columns of their own.
    private func stored(_ field: FacetField) -> Column? {
        switch field {
        case .year:
            return Column(segments.flatMap { $0.storedYears.map(Int.init) }) { year in
                ReportEntry.years ~= year ? String(year) : nil
            }
        case .form:
            let forms = OfficialForm.allCases
            return Column(segments.flatMap { $0.forms.map(Int.init) }) { form in
                (form < forms.count ? forms[form] : .none).rawValue
            }
        default: return nil
        }
    }

    /// Counts reports by a field that is not the section.
    ///
    /// - Parameter reports: for each segment the reports that are counted, each with the number of
    ///   its passages that match.
    /// - Returns: each value with its passages and reports, under the spelling that most passages
    ///   have. Names that differ only in their script are one.
    func counts(
        _ field: FacetField, of reports: [[(report: Int, passages: Int)]]
    ) throws(SegmentError) -> [Facet.Count] {
        if Self.fieldsOfHeads.contains(field) {
            for (segment, reports) in reports.enumerated() {
                for (report, _) in reports { try read(report, of: segment) }
            }
        }
        guard let column = columns[field] ?? stored(field) else { return [] }
        columns[field] = column
        var tallies = [Tally](repeating: Tally(), count: column.labels.count)
        for (segment, reports) in reports.enumerated() {
            for (report, passages) in reports {
                let number = Int(column.numbers[starts[segment] + report])
                tallies[number].passages += passages
                tallies[number].reports += 1
            }
        }
        var spellings: [Int32: [Int]] = [:]
        for number in tallies.indices where tallies[number].reports > 0 {
            spellings[column.values[number], default: []].append(number)
        }
        return spellings.values.map { numbers in
            let label = numbers.max { one, other in
                let (first, second) = (tallies[one].passages, tallies[other].passages)
                return first != second
                    ? first < second
                    : (column.labels[other] ?? "") < (column.labels[one] ?? "")
            }
            return Facet.Count(
                value: label.flatMap { column.labels[$0] },
                passages: numbers.reduce(0) { $0 + tallies[$1].passages },
                reports: numbers.reduce(0) { $0 + tallies[$1].reports })
        }
    }

    /// Reads what the head of a report tells, unless it was read before.
    private func read(_ report: Int, of segment: Int) throws(SegmentError) {
        let place = starts[segment] + report
        guard columns[.agency]?.numbers[place] == Column.unread else { return }
        let head = try segments[segment].head(ofReport: report)
        let region = head.region
        columns[.agency]?.set(head.agency, at: place)
        columns[.region]?.set(
            region.names.isEmpty ? nil : region.names.joined(separator: " "), at: place)
        columns[.province]?.set(region.province, at: place)
        columns[.city]?.set(region.city, at: place)
        columns[.county]?.set(region.county, at: place)
    }

    private struct Tally {
        var passages = 0
        var reports = 0
    }

    /// The spellings of one field.
    private struct Column {
        /// The number of a report that was not read yet.
        static let unread: Int32 = -1

        /// The number of each report's spelling.
        private(set) var numbers: [Int32]
        /// The spellings; nil is that of an unknown value.
        private(set) var labels: [String?] = []
        /// For each spelling the number of its value.
        private(set) var values: [Int32] = []
        private var numberOfLabel: [String?: Int32] = [:]
        private var valueOfName: [String?: Int32] = [:]

        init(reportCount: Int) {
            numbers = [Int32](repeating: Self.unread, count: reportCount)
        }

        /// A column of values that are stored as numbers.
        init(_ stored: [Int], label: (Int) -> String?) {
            self.init(reportCount: stored.count)
            var known: [Int: Int32] = [:]
            for (place, value) in stored.enumerated() {
                if let number = known[value] {
                    numbers[place] = number
                } else {
                    set(label(value), at: place)
                    known[value] = numbers[place]
                }
            }
        }

        mutating func set(_ label: String?, at place: Int) {
            if let number = numberOfLabel[label] {
                numbers[place] = number
                return
            }
            let number = Int32(labels.count)
            let name = label.map(folded)
            let value = valueOfName[name] ?? Int32(valueOfName.count)
            valueOfName[name] = value
            numberOfLabel[label] = number
            labels.append(label)
            values.append(value)
            numbers[place] = number
        }
    }
}
