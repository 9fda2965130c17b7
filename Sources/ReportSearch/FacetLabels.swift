import ReportModel
import SegmentStore

/// What the reports of an index are counted by.
///
/// A report's head is decoded when the report is first counted, and not again for another field or
/// another question.
final class FacetLabels {
    private let segments: [Segment]
    /// The place of each segment's first report.
    private let starts: [Int]
    /// The columns of the fields that only the heads of reports tell, in their order.
    private var columnsOfHeads: [FacetColumn]
    /// The years and the forms, which the segments have in columns of their own.
    private var storedColumns: [FacetField: FacetColumn] = [:]

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
        let empty = FacetColumn(reportCount: count)
        columnsOfHeads = Self.fieldsOfHeads.map { _ in empty }
    }

    /// Counts reports by a field that is not the section.
    ///
    /// - Parameter reports: for each segment the reports that are counted, each with the number of
    ///   its passages that match.
    func counts(
        _ field: FacetField, of reports: [[(report: Int, passages: Int)]]
    ) throws(SegmentError) -> [Facet.Count] {
        let column: FacetColumn
        if let number = Self.fieldsOfHeads.firstIndex(of: field) {
            for (segment, reports) in reports.enumerated() {
                for (report, _) in reports { try read(report, of: segment) }
            }
            column = columnsOfHeads[number]
        } else {
            column = storedColumns[field] ?? stored(field)
            storedColumns[field] = column
        }
        return column.counts(
            of: reports.enumerated().flatMap { segment, reports in
                reports.map { (place: starts[segment] + $0.report, passages: $0.passages) }
            })
    }

    private func stored(_ field: FacetField) -> FacetColumn {
        guard field == .form else {
            return FacetColumn(segments.flatMap { $0.storedYears.map(Int.init) }) { year in
                ReportEntry.years ~= year ? String(year) : nil
            }
        }
        let forms = OfficialForm.allCases
        return FacetColumn(segments.flatMap { $0.forms.map(Int.init) }) { form in
            (form < forms.count ? forms[form] : .none).rawValue
        }
    }

    /// Reads what the head of a report tells, unless it was read before.
    private func read(_ report: Int, of segment: Int) throws(SegmentError) {
        let place = starts[segment] + report
        guard columnsOfHeads[0].numbers[place] == FacetColumn.unread else { return }
        let head = try segments[segment].head(ofReport: report)
        let region = head.region
        let whole = region.names.isEmpty ? nil : region.names.joined(separator: " ")
        let values = [head.agency, whole, region.province, region.city, region.county]
        for (number, value) in values.enumerated() {
            columnsOfHeads[number].set(value, at: place)
        }
    }
}
