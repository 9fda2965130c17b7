import Xapian

/// The database of a segment being written, in which libxapian holds its reports.
///
///     var database = try ReportDatabase(creatingAt: "new-1.parts")
///     try database.add(reportsOf: segment)
///     try database.finish(into: descriptor)
///
/// It is made anew from block files whenever a segment is, never from other databases: libxapian
/// believes what its files say, and an index may come from a stranger.
public struct ReportDatabase: ~Copyable {
    private var database: WritableDatabase
    private var batch = DocumentBatch()

    /// The most reports that wait to be written.
    private static let mostWaiting = 500

    /// Begins a database without reports.
    ///
    /// - Parameter parts: the path of a folder, which does not exist: libxapian writes to several
    ///   files in it, which then become one. It is the caller's to remove.
    public init(creatingAt parts: String) throws(SegmentError) {
        do throws(XapianError) {
            database = try WritableDatabase(creatingAt: parts, storesTermLists: true)
        } catch {
            throw SegmentError(error)
        }
    }

    /// Adds the reports of a segment behind those that are there, in their order, hidden ones too.
    ///
    /// - Throws: ``SegmentError`` or `CancellationError`.
    public mutating func add(reportsOf segment: Segment) throws {
        for report in 0..<segment.reportCount {
            batch.add(ReportDocument(try segment.record(ofReport: report)))
            guard batch.count >= Self.mostWaiting else { continue }
            try Task.checkCancellation()
            try addWaiting()
        }
        try addWaiting()
    }

    private mutating func addWaiting() throws(SegmentError) {
        do throws(XapianError) {
            try database.add(batch)
        } catch {
            throw SegmentError(error)
        }
        batch.removeAll(keepingCapacity: true)
    }

    /// Writes all of it into one file.
    ///
    /// - Parameter descriptor: a file, open for reading and writing; libxapian closes it in any case.
    public consuming func finish(into descriptor: CInt) throws(SegmentError) {
        do throws(XapianError) {
            try database.finish(into: descriptor)
        } catch {
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
