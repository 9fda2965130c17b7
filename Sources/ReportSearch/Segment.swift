import IndexSchema
import ReportModel
import Xapian

/// One immutable database of the index, opened for reading, with what was looked up in it.
///
/// Not shared between tasks: libxapian reads a database from one thread at a time.
final class Segment {
    let database: Database
    /// The document ids of the reports, ascending; hidden ones too.
    let reports: [UInt32]
    /// For each report whether it is still part of the index.
    let isVisible: [Bool]
    private var columns: [UInt32: [Double?]] = [:]
    private var heads: [ReportHead]?

    /// The most documents whose data are fetched in one call.
    private static let batch = 1_000

    /// Opens a segment; `hidden` are the places of reports that are no longer part of the index.
    init(path: String, hidden: [UInt32]) throws(XapianError) {
        database = try Database(path: path)
        reports = try database.documentIDs(matching: Schema.reportKind)
        var isVisible = [Bool](repeating: true, count: reports.count)
        for place in hidden where Int(place) < reports.count { isVisible[Int(place)] = false }
        self.isVisible = isVisible
    }

    /// The ids of a report's passages; nil when it has none.
    func passages(ofReport index: Int) -> ClosedRange<UInt32>? {
        let first = reports[index] + 1
        let last =
            index + 1 < reports.count ? reports[index + 1] - 1 : database.lastDocumentID
        return first <= last ? first...last : nil
    }

    /// The report that a document belongs to: the last one that does not come after it.
    func report(ofDocument id: UInt32) -> Int? {
        var low = 0
        var high = reports.count
        while low < high {
            let middle = (low + high) / 2
            if reports[middle] <= id { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }

    /// The numbers in a slot, one for each report; nil where none is known.
    func column(_ slot: UInt32) throws(XapianError) -> [Double?] {
        if let column = columns[slot] { return column }
        let stored = try database.valueColumn(slot)
        var column = [Double?](repeating: nil, count: reports.count)
        var index = 0
        for (id, number) in zip(stored.ids, stored.numbers) {
            while index < reports.count, reports[index] < id { index += 1 }
            if index < reports.count, reports[index] == id { column[index] = number }
        }
        columns[slot] = column
        return column
    }

    /// The values of a statistic, one for each report; nil where it is not known.
    func values(of statistic: Statistic) throws(XapianError) -> [Double?] {
        var needed: [Int: [Double?]] = [:]
        for field in statistic.alternatives.joined() {
            needed[field] = try column(Schema.slot(ofField: field))
        }
        return reports.indices.map { report in
            statistic.value { needed[$0]?[report] }
        }
    }

    /// Who and what each report is.
    func allHeads() throws -> [ReportHead] {
        if let heads { return heads }
        var all: [ReportHead] = []
        var start = 0
        while start < reports.count {
            let ids = Array(reports[start..<min(start + Self.batch, reports.count)])
            for (id, data) in zip(ids, try database.documentData(of: ids)) {
                guard let head = ReportHead(data) else { throw damaged(id) }
                all.append(head)
            }
            start += ids.count
        }
        heads = all
        return all
    }

    /// Who and what one report is.
    func head(ofReport index: Int) throws -> ReportHead {
        if let heads { return heads[index] }
        let data = try database.documentData(of: [reports[index]])
        guard let head = data.first.flatMap({ ReportHead($0) }) else {
            throw damaged(reports[index])
        }
        return head
    }

    /// What one report stores beyond its passages.
    func record(ofReport index: Int) throws -> ReportRecord {
        let data = try database.documentData(of: [reports[index]])
        guard let record = data.first.flatMap({ ReportRecord($0) }) else {
            throw damaged(reports[index])
        }
        return record
    }

    /// The passages with these document ids.
    func passages(_ ids: [UInt32]) throws -> [PassageRecord] {
        try zip(ids, try database.documentData(of: ids)).map { id, data in
            guard let record = PassageRecord(data) else { throw damaged(id) }
            return record
        }
    }

    private func damaged(_ id: UInt32) -> SearchError {
        SearchError(.damaged, path: database.path, detail: "document \(id) cannot be read")
    }
}
