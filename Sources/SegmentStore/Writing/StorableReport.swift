public import ReportModel

/// A report as a segment takes it: all but the passages encoded, which makes it a tenth as large as
/// a ``ReportRecord``, so that many can wait to be written.
public struct StorableReport: Sendable {
    /// Who and what the report is.
    public let entry: ReportEntry
    /// ``ReportDetails`` as bytes.
    public let details: [UInt8]
    /// The value of each statistic; NaN where it is not known.
    let values: [Double]
    /// What else it is.
    let traits: ReportTraits
    /// The passages.
    public let passages: [Passage]

    /// Encodes a report.
    ///
    /// - Parameter mostDetails: the most bytes of the details; what was noted by the way is left out
    ///   when they would be more.
    public init(_ record: ReportRecord, mostDetails: Int = .max) {
        entry = ReportEntry(record)
        values = StatisticField.all.indices.map { record.report.statistics.value(of: $0) ?? .nan }
        traits = ReportTraits(record.report)
        passages = record.report.passages
        var details = ReportDetails(record.report)
        var encoded = details.encoded
        if encoded.count > mostDetails {
            details.findings = []
            details.narrative = []
            encoded = details.encoded
        }
        self.details = encoded
    }

    /// The bytes of the passages' text, as UTF-8.
    public var textBytes: Int { passages.reduce(0) { $0 + $1.text.utf8.count } }
}
