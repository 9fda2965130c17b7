import Xapian

/// Writes the database of a segment, in which libxapian holds its reports.
///
/// It is made anew from block files whenever a segment is, never from other databases: libxapian
/// believes what its files say, and an index may come from a stranger.
public enum ReportDatabase {
    /// The most reports that wait to be written.
    private static let mostWaiting = 500

    /// Writes the reports of some segments, in their order, hidden ones too.
    ///
    /// - Parameters:
    ///   - parts: the path of a folder, which does not exist: libxapian writes to several files in it,
    ///     which then become one. It is the caller's to remove.
    ///   - makeFile: makes the file, open for reading and writing, which libxapian closes.
    /// - Throws: ``SegmentError`` or `CancellationError`, or what making the file throws.
    public static func write(
        reportsOf segments: [Segment], by parts: String, into makeFile: () throws -> CInt
    ) throws {
        do {
            var database = try WritableDatabase(creatingAt: parts, storesTermLists: true)
            var batch = DocumentBatch()
            for segment in segments {
                for report in 0..<segment.reportCount {
                    batch.add(ReportDocument(try segment.record(ofReport: report)))
                    guard batch.count >= mostWaiting else { continue }
                    try Task.checkCancellation()
                    try database.add(batch)
                    batch.removeAll(keepingCapacity: true)
                }
            }
            try database.add(batch)
            try database.finish(into: try makeFile())
        } catch let error as XapianError {
            throw SegmentError(error)
        }
    }
}

extension DocumentBatch {
    /// Adds a report.
    fileprivate mutating func add(_ report: ReportDocument) {
        beginDocument()
        for term in report.booleanTerms { addTerm(term, frequency: 0) }
        for (word, frequency) in report.words {
            addTerm(Array(word.utf8), frequency: UInt32(clamping: frequency))
        }
        for (slot, number) in report.values { addValue(slot: slot, number: number) }
        setData(report.data)
    }
}
