import GramIndex
import Platform
public import ReportModel

/// The agencies and the regions of reports as the reports print them, by number.
///
/// Of a report's entry only the bytes of its names are looked at; its check is proved when it is the
/// first with a name.
public struct PrintedNames {
    private var agencyCodes = ByteNames()
    private var regionCodes = ByteNames()
    private var foldedNames = ByteNames()
    /// The agency with each number; nil is the unknown one.
    public private(set) var agencies: [String?] = []
    /// For each agency the number of its folded name, which is one for all scripts, from 1; 0 for
    /// the unknown one.
    public private(set) var foldedAgencies: [Int32] = []
    /// The region with each number.
    public private(set) var regions: [Region] = []

    /// The numbers of a report's names.
    public struct Numbers: Sendable {
        /// The agency's number.
        public let agency: Int32
        /// The region's number.
        public let region: Int32
    }

    /// Makes a list without names.
    public init() {}

    /// Calls `body` with the numbers of some reports' names, which are added when they are new.
    ///
    /// - Throws: ``SegmentError`` when a report's entry is damaged.
    public mutating func add(
        _ reports: [Int], of segment: Segment, _ body: (_ report: Int, _ names: Numbers) -> Void
    ) throws(SegmentError) {
        let starts = segment.tables[.entryStarts]
        let damaged = segment.tables[.entries].withSpan { entries -> Int? in
            for report in reports {
                guard let start = starts.number(at: 5 * report, size: 5),
                    let end = starts.number(at: 5 * report + 5, size: 5), start <= end,
                    end <= entries.count,
                    let numbers = numbers(
                        in: entries.extracting(Int(start)..<Int(end)), of: report, segment)
                else { return report }
                body(report, numbers)
            }
            return nil
        }
        if let damaged { throw segment.damaged("report \(damaged)") }
    }

    /// The numbers of the names in a report's entry; nil when it is damaged.
    private mutating func numbers(
        in entry: Span<UInt8>, of report: Int, _ segment: Segment
    ) -> Numbers? {
        guard let ranges = ReportEntry.ranges(ofNamesIn: entry) else { return nil }
        let agency = entry.extracting(ranges.agency)
        let region = entry.extracting(ranges.region)
        if let agency = agencyCodes.known(agency), let region = regionCodes.known(region) {
            return Numbers(agency: Int32(agency), region: Int32(region))
        }
        guard RecordCheck.value(of: entry) == 0 else { return nil }
        return added(agency, region, of: report, in: segment)
    }

    /// The numbers of names of which one at least is new; nil when they cannot be read.
    private mutating func added(
        _ agency: Span<UInt8>, _ region: Span<UInt8>, of report: Int, in segment: Segment
    ) -> Numbers? {
        var agencyReader = ByteReader(agency.indices.map { agency[$0] })
        var regionReader = ByteReader(region.indices.map { region[$0] })
        guard let name = agencyReader.optionalText(), let province = regionReader.optionalText(),
            let city = regionReader.optionalText(), let county = regionReader.optionalText()
        else { return nil }
        let number = agencyCodes.number(of: agency)
        if number == agencies.count {
            agencies.append(name)
            foldedAgencies.append(name == nil ? 0 : foldedNumber(ofReport: report, in: segment))
        }
        let index = regionCodes.number(of: region)
        if index == regions.count {
            regions.append(Region(province: province, city: city, county: county))
        }
        return Numbers(agency: Int32(number), region: Int32(index))
    }

    /// The number of the folded name of a report's agency, from 1.
    private mutating func foldedNumber(ofReport report: Int, in segment: Segment) -> Int32 {
        let group = segment.agencies.group(ofReport: report) ?? -1
        let number = segment.agencies.withNames(ofGroup: group) { names in
            var end = 0
            while end < names.count, names[end] != 0 { end += 1 }
            return foldedNames.number(of: names.extracting(0..<end))
        }
        return Int32(number ?? 0) + 1
    }
}
