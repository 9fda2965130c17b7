import IndexFolder
import Platform
import SegmentStore
import SystemPackage
import Xapian

/// Writes the database of a segment, in which libxapian holds its reports.
///
/// It is made anew from block files whenever a segment is, never from other databases: libxapian
/// believes what its files say, and an index may come from a stranger.
enum ReportDatabase {
    /// The most reports that wait to be written.
    private static let mostWaiting = 500

    /// Writes the reports of some block files, in their order, into the database of `target`, which
    /// does not exist yet.
    static func write(reportsOf sources: [SegmentFiles], as target: SegmentFiles) throws {
        // libxapian writes to several files, which then become one.
        let parts = target.name + ".parts"
        var database = try WritableDatabase(
            creatingAt: "\(target.folder.pathForLibraries)/\(parts)", storesTermLists: true)
        var batch = DocumentBatch()
        for source in sources {
            let segment = try StoredSegment(source)
            for place in 0..<segment.count {
                batch.add(ReportDocument(try segment.record(at: place)))
                guard batch.count >= mostWaiting else { continue }
                try Task.checkCancellation()
                try database.add(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        try database.add(batch)
        try database.finish(into: target.folder.makeFile(named: target.database).rawValue)
        try target.folder.remove(parts)
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
