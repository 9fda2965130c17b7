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
    private struct Numbers {
        let agency: Int32
        let region: Int32
    }

    /// The numbers that the names of a report most likely have.
    ///
    /// They are those of the last report whose names are the same when folded: to compare names takes
    /// less time than to look them up.
    private struct Guesses {
        private let agencyGroups: [UInt32]
        private let regionGroups: [UInt32]
        private var agencies: [Int32]
        private var regions: [Int32]

        init(_ segment: Segment) {
            agencyGroups = segment.agencies.groups
            regionGroups = segment.regions.groups
            agencies = [Int32](repeating: -1, count: segment.agencies.groupCount)
            regions = [Int32](repeating: -1, count: segment.regions.groupCount)
        }

        subscript(report: Int) -> Numbers {
            get {
                let (agency, region) = (Int(agencyGroups[report]), Int(regionGroups[report]))
                return Numbers(
                    agency: agency < agencies.count ? agencies[agency] : -1,
                    region: region < regions.count ? regions[region] : -1)
            }
            set {
                let (agency, region) = (Int(agencyGroups[report]), Int(regionGroups[report]))
                if agency < agencies.count { agencies[agency] = newValue.agency }
                if region < regions.count { regions[region] = newValue.region }
            }
        }
    }

    /// Makes a list without names.
    public init() {}

    /// Looks up the names of some reports, and adds those that are new.
    ///
    /// - Parameters:
    ///   - first: the index of the segment's first report in `agencies` and `regions`.
    ///   - agencies: gets the number of each report's agency.
    ///   - regions: gets the number of each report's region.
    /// - Throws: ``SegmentError`` when a report's entry is damaged.
    public mutating func read(
        _ reports: [Int], of segment: Segment, from first: Int, agencies: inout [Int32],
        regions: inout [Int32]
    ) throws(SegmentError) {
        // To prepare takes as long as to look some thousands up.
        var guesses = reports.count > segment.reportCount / 64 ? Guesses(segment) : nil
        let starts = segment.tables[.entryStarts]
        let damaged = segment.tables[.entries].withSpan { entries -> Int? in
            starts.withSpan { starts -> Int? in
                for report in reports {
                    let start = starts.number(at: 5 * report, size: 5)
                    let end = starts.number(at: 5 * report + 5, size: 5)
                    guard start <= end, end <= entries.count,
                        let numbers = numbers(
                            in: entries.extracting(Int(start)..<Int(end)), of: report, segment,
                            &guesses)
                    else { return report }
                    agencies[first + report] = numbers.agency
                    regions[first + report] = numbers.region
                }
                return nil
            }
        }
        if let damaged { throw segment.damaged("report \(damaged)") }
    }

    /// The numbers of the names in a report's entry; nil when it is damaged.
    private mutating func numbers(
        in entry: Span<UInt8>, of report: Int, _ segment: Segment, _ guesses: inout Guesses?
    ) -> Numbers? {
        guard let ranges = ReportEntry.ranges(ofNamesIn: entry) else { return nil }
        let agency = entry.extracting(ranges.agency)
        let region = entry.extracting(ranges.region)
        if let guess = guesses?[report],
            agencyCodes.isNumber(Int(guess.agency), of: agency),
            regionCodes.isNumber(Int(guess.region), of: region)
        {
            return guess
        }
        let numbers: Numbers
        if let agency = agencyCodes.known(agency), let region = regionCodes.known(region) {
            numbers = Numbers(agency: Int32(agency), region: Int32(region))
        } else {
            guard RecordCheck.value(of: entry) == 0,
                let added = added(agency, region, of: report, in: segment)
            else { return nil }
            numbers = added
        }
        guesses?[report] = numbers
        return numbers
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
