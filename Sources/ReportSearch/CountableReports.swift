import ReportModel
import SegmentStore

/// The annual reports that are counted, with what they are counted by as numbers.
struct CountableReports {
    /// What is known of a report.
    struct CountableReport {
        /// The number of its agency.
        let agency: Int32
        /// The number of its region.
        let region: Int32
        /// The year; 0 when it is unknown.
        let year: Int
        /// The number of its passages.
        let passages: Int
        /// The id as a number.
        let id: UInt64
        /// Whether it is compiled from others.
        let isRolledUp: Bool
    }

    /// The reports.
    private(set) var reports: [CountableReport] = []
    /// The agency with each number; nil is the unknown one.
    private(set) var agencies: [String?] = []
    /// For each agency a number that agencies share whose names differ only in their script.
    private var names: [Int32] = []
    /// The region with each number.
    private(set) var regions: [Region] = []

    private init() {}

    /// Reports of which the heads are known.
    init(_ heads: [ReportHead]) {
        var agencyNumbers: [String?: Int32] = [:]
        var regionNumbers: [Region: Int32] = [:]
        for head in heads {
            let agency = agencyNumbers[head.agency] ?? Int32(agencies.count)
            if agency == agencies.count { agencies.append(head.agency) }
            agencyNumbers[head.agency] = agency
            let region = regionNumbers[head.region] ?? Int32(regions.count)
            if region == regions.count { regions.append(head.region) }
            regionNumbers[head.region] = region
            reports.append(
                CountableReport(
                    agency: agency, region: region, year: head.year ?? 0,
                    passages: head.passageCount, id: head.idNumber,
                    isRolledUp: head.scope == .rolledUp))
        }
        var numbers: [String?: Int32] = [:]
        names = agencies.map { agency in
            let name = agency.map(folded)
            let number = numbers[name] ?? Int32(numbers.count)
            numbers[name] = number
            return number
        }
    }

    /// The annual reports of an index, and the index of each in it; read from columns.
    static func all(
        of reader: IndexReader
    ) throws(SegmentError) -> (reports: CountableReports, indices: [Int]) {
        var all = CountableReports()
        var indices: [Int] = []
        for (segment, start) in zip(reader.segments, reader.firstReports) {
            let (traits, isVisible) = (segment.traits, segment.isVisible)
            let those = traits.indices.filter { report in
                isVisible[report] && ReportTraits(bits: traits[report]).isAnnualReport
            }
            try reader.names.read(those.lazy.map { start + $0 })
            let (agencies, regions) = (reader.names.agencies, reader.names.regions)
            let (years, ids) = (segment.storedYears, segment.idNumbers)
            let passages = segment.passageCounts
            all.reports.reserveCapacity(all.reports.count + those.count)
            for report in those {
                let year = Int(years[report])
                all.reports.append(
                    CountableReport(
                        agency: agencies[start + report], region: regions[start + report],
                        year: ReportEntry.years ~= year ? year : 0,
                        passages: Int(passages[report]), id: ids[report],
                        isRolledUp: ReportTraits(bits: traits[report]).isRolledUp))
            }
            indices += those.lazy.map { start + $0 }
        }
        (all.agencies, all.regions) = (reader.names.agencyLabels, reader.names.regionLabels)
        all.names = reader.names.foldedAgencies
        return (all, indices)
    }

    /// Some reports by agency: by name whatever the script, and apart where two places have an agency
    /// of one name.
    ///
    /// - Parameter indices: the reports, by their indices here.
    func agencies(_ indices: [Int]) -> [ArraySlice<Int>] {
        // Where the reports of each name begin in the order of the names; then where they end.
        var ends = [Int](repeating: 0, count: Int(names.max() ?? -1) + 2)
        for index in indices { ends[Int(names[Int(reports[index].agency)]) + 1] += 1 }
        for name in ends.indices.dropFirst() { ends[name] += ends[name - 1] }
        var byName = [Int](repeating: 0, count: indices.count)
        for index in indices {
            let name = Int(names[Int(reports[index].agency)])
            byName[ends[name]] = index
            ends[name] += 1
        }
        var agencies: [ArraySlice<Int>] = []
        var start = 0
        for end in ends.dropLast() where start < end {
            let those = byName[start..<end]
            let first = reports[byName[start]]
            if self.agencies[Int(first.agency)] != nil,
                those.contains(where: { reports[$0].region != first.region })
            {
                agencies += clusters(those).map { $0[...] }
            } else {
                agencies.append(those)
            }
            start = end
        }
        return agencies
    }

    /// Reports of agencies with one name, apart where their places contradict each other.
    private func clusters(_ indices: ArraySlice<Int>) -> [[Int]] {
        let indices = indices.enumerated().sorted { one, other in
            let (known, otherKnown) = (depth(of: one.element), depth(of: other.element))
            return known != otherKnown ? known > otherKnown : one.offset < other.offset
        }.map(\.element)
        var clusters: [(region: Region, indices: [Int])] = []
        for index in indices {
            let region = regions[Int(reports[index].region)]
            if let cluster = clusters.firstIndex(where: { $0.region.mayHold(region) }) {
                clusters[cluster].indices.append(index)
            } else {
                clusters.append((region, [index]))
            }
        }
        return clusters.map(\.indices)
    }

    /// How many names a report's region has.
    private func depth(of index: Int) -> Int { regions[Int(reports[index].region)].names.count }
}
