import ReportModel
import SegmentStore

/// The agencies and regions of the reports of an index, as numbers; each report's are read when it is
/// first asked for.
final class ReportNames {
    private let segments: [Segment]
    private var names = PrintedNames()
    /// The number of each report's agency; ``unread`` before it is read.
    private(set) var agencies: [Int32]
    /// The number of each report's region.
    private(set) var regions: [Int32]

    /// Stands for a number that is not known yet.
    private static let unread: Int32 = -1

    init(_ segments: [Segment]) {
        self.segments = segments
        let count = segments.reduce(0) { $0 + $1.reportCount }
        agencies = [Int32](repeating: Self.unread, count: count)
        regions = agencies
    }

    /// The agency with each number; nil is the unknown one.
    var agencyLabels: [String?] { names.agencies }

    /// For each agency the number of its folded name; 0 for the unknown one.
    var foldedAgencies: [Int32] { names.foldedAgencies }

    /// The region with each number.
    var regionLabels: [Region] { names.regions }

    /// Reads the names of the reports at some indices, which ascend.
    func read(_ indices: some Sequence<Int>) throws(SegmentError) {
        var unread = segments.map { _ in [Int]() }
        var (number, start) = (0, 0)
        for index in indices where agencies[index] == Self.unread {
            while index - start >= segments[number].reportCount {
                start += segments[number].reportCount
                number += 1
            }
            unread[number].append(index - start)
        }
        start = 0
        for (segment, reports) in zip(segments, unread) {
            try names.add(reports, of: segment) { report, found in
                agencies[start + report] = found.agency
                regions[start + report] = found.region
            }
            start += segment.reportCount
        }
    }
}
