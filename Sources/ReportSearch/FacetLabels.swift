import ReportModel
import SegmentStore

/// What the reports of an index are counted by.
final class FacetLabels {
    private let segments: [Segment]
    private let names: ReportNames
    /// What stands for each agency or region, in the order of the numbers in ``names``.
    private var namedColumns: [FacetField: FacetColumn] = [:]
    /// The codes of each report in a column of the segments, and what they stand for.
    private var storedColumns: [FacetField: (codes: [Int32], column: FacetColumn)] = [:]

    init(_ segments: [Segment], names: ReportNames) {
        self.segments = segments
        self.names = names
    }

    /// Counts reports by a field that is not the section.
    ///
    /// - Parameter reports: those that are counted, in the order of the index.
    func counts(
        _ field: FacetField, of reports: [ReportMatch]
    ) throws(SegmentError) -> [Facet.Count] {
        if field == .year || field == .form {
            let (codes, column) = storedColumns[field] ?? stored(field)
            storedColumns[field] = (codes, column)
            return column.counts(of: reports) { Int(codes[$0]) }
        }
        try names.read(reports.lazy.map(\.index))
        let codes = field == .agency ? names.agencies : names.regions
        return column(field, isRanked: reports.count > Self.fewReports)
            .counts(of: reports) { Int(codes[$0]) }
    }

    /// Of so many reports the names are sorted without looking at the others.
    private static let fewReports = 500

    /// What stands for the names that are known by now.
    private func column(_ field: FacetField, isRanked: Bool) -> FacetColumn {
        var column = namedColumns.removeValue(forKey: field) ?? FacetColumn()
        if field == .agency {
            for agency in column.count..<names.agencyLabels.count {
                column.append(names.agencyLabels[agency], value: names.foldedAgencies[agency])
            }
        } else {
            for region in names.regionLabels.dropFirst(column.count) {
                column.append(Self.label(of: region, field))
            }
        }
        if isRanked { column.rank() }
        namedColumns[field] = column
        return column
    }

    private static func label(of region: Region, _ field: FacetField) -> String? {
        switch field {
        case .province: region.province
        case .city: region.city
        case .county: region.county
        default: region.names.isEmpty ? nil : region.names.joined(separator: " ")
        }
    }

    /// The years or the forms, which the segments have in columns of their own.
    private func stored(_ field: FacetField) -> (codes: [Int32], column: FacetColumn) {
        guard field == .form else {
            let years = ReportEntry.years
            return (
                segments.flatMap { segment in
                    segment.storedYears.map { year in
                        years ~= Int(year) ? Int32(year) - Int32(years.lowerBound) + 1 : 0
                    }
                },
                FacetColumn([String?.none] + years.map { Optional("\($0)") })
            )
        }
        let forms = OfficialForm.allCases
        return (
            segments.flatMap { segment in
                segment.forms.map { Int($0) < forms.count ? Int32($0) : Int32(forms.count) }
            },
            FacetColumn((forms + [.none]).map { Optional($0.rawValue) })
        )
    }
}
