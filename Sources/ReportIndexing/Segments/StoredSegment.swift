import IndexSchema
import ReportModel
import Xapian

/// The reports of a finished segment, read back.
struct StoredSegment: ~Copyable {
    private let database: Database
    /// The document of each report, ascending.
    private let reports: [UInt32]

    /// The most documents whose data are fetched in one call.
    private static let batch = 1_000

    init(path: String) throws(XapianError) {
        let database = try Database(path: path)
        reports = try database.documentIDs(matching: Schema.reportKind)
        self.database = database
    }

    /// The number of reports, hidden ones too.
    var count: Int { reports.count }

    /// The places of reports in the segment, from 0, ascending; those it does not hold are left
    /// out.
    func places(ofReports ids: some Sequence<String>) throws(XapianError) -> [UInt32] {
        var places: [UInt32] = []
        for id in ids {
            guard
                let document = try database.documentIDs(matching: Schema.term(.report, id)).first
            else { continue }
            let place = firstPlace(notBefore: document)
            if place < reports.count, reports[place] == document { places.append(UInt32(place)) }
        }
        return places.sorted()
    }

    /// The ids of the reports, in their order.
    func ids() throws -> [String] {
        var ids: [String] = []
        var start = 0
        while start < reports.count {
            let batch = reports[start..<min(start + Self.batch, reports.count)]
            for data in try database.documentData(of: Array(batch)) {
                guard let head = ReportHead(data) else { throw unreadable }
                ids.append(head.id)
            }
            start += batch.count
        }
        return ids
    }

    /// A report as it was added, with its passages.
    func record(at place: Int) throws -> ReportRecord {
        let document = reports[place]
        let end = place + 1 < reports.count ? reports[place + 1] : database.lastDocumentID + 1
        let data = try database.documentData(of: Array(document..<end))
        guard let first = data.first, var record = ReportRecord(first) else { throw unreadable }
        for passage in data.dropFirst() {
            guard let passage = PassageRecord(passage) else { throw unreadable }
            record.report.passages.append(passage.passage)
        }
        return record
    }

    private func firstPlace(notBefore document: UInt32) -> Int {
        var low = 0
        var high = reports.count
        while low < high {
            let middle = (low + high) / 2
            if reports[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private var unreadable: IndexError {
        IndexError(reason: .damaged, path: database.path, detail: "a report cannot be read")
    }
}
