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

    /// Reads the names of the reports with some indices, which ascend.
    func read(_ indices: some Sequence<Int>) throws(SegmentError) {
        var start = 0
        for (segment, reports) in zip(segments, unread(of: indices)) {
            try names.read(
                reports, of: segment, from: start, agencies: &agencies, regions: &regions)
            start += segment.reportCount
        }
    }

    /// Of the reports with some indices, which ascend, those whose names were not read yet, by segment.
    private func unread(of indices: some Sequence<Int>) -> [[Int]] {
        let agencies = agencies
        var unread = segments.map { _ in [Int]() }
        var (number, start) = (0, 0)
        var end = segments.first?.reportCount ?? 0
        for index in indices where agencies[index] == Self.unread {
            while index >= end {
                start = end
                number += 1
                end += segments[number].reportCount
            }
            unread[number].append(index - start)
        }
        return unread
    }
}
