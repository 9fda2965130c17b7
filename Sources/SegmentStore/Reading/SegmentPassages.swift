import ChineseText
import GramIndex
public import ReportModel

extension Segment {
    /// A passage with its number in its report.
    public struct StoredPassage {
        /// The report's index in the segment.
        public let report: Int
        /// Who and what the report is.
        public let entry: ReportEntry
        /// The passage's number in its report, from 1.
        public let ordinal: Int
        /// The passage.
        public let passage: Passage
        /// Its text and its folded text.
        public let text: UnfoldedText

        /// The heading of its section as printed; nil when it has none.
        public var sectionTitle: String? { entry.sectionTitle(of: passage) }
    }

    /// The report that a passage, which was found, belongs to.
    public func report(ofPassage id: UInt32) throws(SegmentError) -> Int {
        guard let report = report(ofDocument: id),
            passages(ofReport: report)?.contains(id) ?? false
        else { throw damaged("document \(id)") }
        return report
    }

    /// Has what passages and their reports are read from fetched, all at once.
    public func prefetch(_ ids: [UInt32], of reports: [Int]) {
        tables.prefetch(reports, of: .reportIDs, size: 8)
        tables.prefetch(reports, of: .entries, starts: .entryStarts)
        tables.prefetch(ids.map { Int($0) - 1 }, of: .labels, size: 1)
        prefetchTexts(ids)
    }

    /// Has the texts of some documents fetched, all at once.
    public func prefetchTexts(_ ids: [UInt32]) {
        tables.prefetch(ids.map { Int($0) - 1 }, of: .records, starts: .recordStarts)
    }

    /// The passage with a document id.
    public func passage(_ id: UInt32) throws(SegmentError) -> StoredPassage {
        let report = try report(ofPassage: id)
        return try passage(id, of: report, try entry(ofReport: report))
    }

    /// The passages with these document ids.
    public func passages(_ ids: [UInt32]) throws(SegmentError) -> [StoredPassage] {
        var last: (report: Int, entry: ReportEntry)?
        return try ids.map { id throws(SegmentError) in
            let report = try report(ofPassage: id)
            if last?.report != report { last = (report, try entry(ofReport: report)) }
            guard let entry = last?.entry else { throw damaged("document \(id)") }
            return try passage(id, of: report, entry)
        }
    }

    private func passage(
        _ id: UInt32, of report: Int, _ entry: ReportEntry
    ) throws(SegmentError) -> StoredPassage {
        let (passage, text) = try passage(id, in: entry)
        return StoredPassage(
            report: report, entry: entry, ordinal: ordinal(of: id, inReport: report),
            passage: passage, text: text)
    }

    /// A passage, and its text with the folded text, of the report with an entry.
    public func passage(
        _ id: UInt32, in entry: ReportEntry
    ) throws(SegmentError) -> (passage: Passage, text: UnfoldedText) {
        guard let section = tables[.labels].number(at: Int(id) - 1, size: 1), section <= 7 else {
            throw damaged("document \(id)")
        }
        let record = try passageRecord(id)
        return (record.passage(section: Int(section), in: entry), record.text)
    }

    /// A passage's number in its report, from 1.
    public func ordinal(of id: UInt32, inReport report: Int) -> Int {
        Int(id) - Int(start(ofReport: report)) + 1
    }

    private func passageRecord(_ id: UInt32) throws(SegmentError) -> PassageRecord {
        guard let record = recordBytes(id).flatMap({ PassageRecord($0) }) else {
            throw damaged("document \(id)")
        }
        return record
    }

    private func recordBytes(_ id: UInt32) -> [UInt8]? {
        tables.element(Int(id) - 1, of: .records, starts: .recordStarts)
    }

    /// The values of the scalars of a passage's folded text.
    public func foldedScalars(ofPassage id: UInt32) throws(SegmentError) -> [UInt32] {
        guard let scalars = recordBytes(id).flatMap(PassageRecord.foldedScalars) else {
            throw damaged("document \(id)")
        }
        return scalars
    }

    /// Calls `body` with the section of each passage, in the order of their ids from 1.
    public func withSections<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        tables[.labels].withSpan(body)
    }

    /// Counts some characters in a passage's folded text.
    ///
    /// - Parameter occurrences: how often the text holds each is put behind what is there.
    /// - Returns: how many characters the text has in all.
    public func count(
        _ characters: WantedCharacters, inPassage id: UInt32, into occurrences: inout [UInt32]
    ) throws(SegmentError) -> Int {
        guard id <= passageCount else { throw damaged("document \(id)") }
        // The file is not changed while it is open: what was proved once stays so.
        if proved.limit == 0 { proved = BitSet(below: passageCount + 1) }
        let isProved = proved[Int(id)]
        let length = tables.withElement(Int(id) - 1, of: .records, starts: .recordStarts) {
            PassageRecord.count(characters, in: $0, isProved: isProved, into: &occurrences)
        }
        guard let length = length ?? nil else { throw damaged("document \(id)") }
        if !isProved { proved[Int(id)] = true }
        return length
    }

    /// The ids of the passages in a section, as ranges.
    public func passages(inSection section: UInt8) -> [ClosedRange<UInt32>] {
        tables[.labels].withSpan { labels in
            var ranges: [ClosedRange<UInt32>] = []
            var start: Int?
            for index in 0...labels.count {
                let isIn = index < labels.count && labels[index] == section
                if isIn {
                    start = start ?? index
                } else if let first = start {
                    ranges.append(UInt32(first + 1)...UInt32(index))
                    start = nil
                }
            }
            return ranges
        }
    }

    /// The ids of the passages of a length that is wanted, in word characters, as ranges.
    public func passages(whereLength isWanted: (Double) -> Bool) -> [ClosedRange<UInt32>] {
        tables[.lengths].withSpan { lengths in
            var ranges: [ClosedRange<UInt32>] = []
            for index in 0..<lengths.count / 2 {
                let length = Int(lengths[2 * index]) | Int(lengths[2 * index + 1]) << 8
                guard isWanted(Double(length)) else { continue }
                let id = UInt32(index + 1)
                if let last = ranges.last, last.upperBound + 1 == id {
                    ranges[ranges.count - 1] = last.lowerBound...id
                } else {
                    ranges.append(id...id)
                }
            }
            return ranges
        }
    }

    /// A report as it was added, with its passages.
    public func wholeRecord(ofReport report: Int) throws(SegmentError) -> ReportRecord {
        var record = try record(ofReport: report)
        if let ids = passages(ofReport: report) {
            record.report.passages = try passages(Array(ids)).map(\.passage)
        }
        return record
    }
}
