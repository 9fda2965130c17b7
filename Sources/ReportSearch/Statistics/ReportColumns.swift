import ReportModel
import SegmentStore

/// What is known of every report of an index beside its numbers, side by side.
///
/// A report is named by its index: those of the first segment come first. Everything is read from
/// columns; no record of a report is decoded.
struct ReportColumns {
    let segments: [Segment]
    /// The index of each segment's first report, and one more for the end.
    let starts: [Int]
    /// The year; 0 when it is unknown.
    private(set) var years: [UInt16] = []
    /// The number of the form in `OfficialForm.allCases`.
    private(set) var forms: [UInt8] = []
    private(set) var traits: [UInt16] = []
    /// The agency's number; -1 when it is unknown.
    private(set) var agencies: [Int32] = []
    /// The region's number in ``places``.
    private(set) var regions: [Int32] = []
    /// Whether it is an annual report that is part of the index.
    private(set) var isReport: [Bool] = []
    /// The regions.
    private(set) var places = PlaceTable()
    /// How many agencies there are.
    private(set) var agencyCount = 0
    /// The folded name of each agency: its number in ``agencyNames``.
    private(set) var nameOfAgency: [Int32] = []
    private(set) var agencyNames = ByteNames()

    /// How many reports there are.
    var count: Int { starts.last ?? 0 }

    init(_ segments: [Segment]) {
        self.segments = segments
        var starts = [0]
        for segment in segments { starts.append(starts[starts.count - 1] + segment.reportCount) }
        self.starts = starts
        var names: [Int32] = []
        for segment in segments {
            years += segment.storedYears.map { year in
                ReportEntry.years ~= Int(year) ? year : 0
            }
            forms += segment.forms
            traits += segment.traits
            isReport += segment.isVisible
            addNames(of: segment, to: &names)
            addRegions(of: segment)
        }
        for index in isReport.indices where traits[index] & 1 != 0 { isReport[index] = false }
        numberAgencies(names)
    }

    /// The segment of a report, and its index there.
    func segment(of index: Int) -> (segment: Segment, report: Int) {
        var number = segments.count - 1
        while number > 0, starts[number] > index { number -= 1 }
        return (segments[number], index - starts[number])
    }

    /// Who and what a report is.
    func head(of index: Int) throws -> ReportHead {
        let (segment, report) = segment(of: index)
        return try segment.head(ofReport: report)
    }

    /// The edition of a report's form; none where a column names one that there is not.
    func form(of index: Int) -> OfficialForm { Self.form(numbered: forms[index]) }

    /// The form with a number in a column; none where there is not one.
    static func form(numbered number: UInt8) -> OfficialForm {
        let all = OfficialForm.allCases
        return Int(number) < all.count ? all[Int(number)] : .none
    }

    /// Whose figures a report gives.
    func scope(of index: Int) -> ReportScope { ReportTraits(bits: traits[index]).scope }

    func isRolledUp(_ index: Int) -> Bool { ReportTraits(bits: traits[index]).isRolledUp }

    // MARK: Agencies and regions

    /// The number of the first name of each report's agency; -1 when it is unknown.
    private mutating func addNames(of segment: Segment, to names: inout [Int32]) {
        let first = traits.count - segment.reportCount
        var known = [Int32?](repeating: nil, count: segment.agencies.groupCount)
        for (report, group) in segment.agencies.groups.enumerated() {
            guard ReportTraits(bits: traits[first + report]).knowsAgency,
                Int(group) < known.count
            else {
                names.append(-1)
                continue
            }
            let number =
                known[Int(group)]
                ?? segment.agencies.withNames(ofGroup: Int(group)) { bytes in
                    var end = 0
                    while end < bytes.count, bytes[end] != 0 { end += 1 }
                    return Int32(agencyNames.number(of: bytes.extracting(0..<end)))
                } ?? -1
            known[Int(group)] = number
            names.append(number)
        }
    }

    private mutating func addRegions(of segment: Segment) {
        let first = traits.count - segment.reportCount
        // The same names may be those of a province and city, or of a province and county.
        var known = [Int32?](repeating: nil, count: 8 * segment.regions.groupCount)
        for (report, group) in segment.regions.groups.enumerated() {
            let mask = Int(traits[first + report] >> 6 & 7)
            let slot = 8 * Int(group) + mask
            guard slot < known.count else {
                regions.append(0)
                continue
            }
            let number =
                known[slot]
                ?? segment.regions.withNames(ofGroup: Int(group)) { bytes in
                    Int32(places.number(of: bytes, mask: mask))
                } ?? 0
            known[slot] = number
            regions.append(number)
        }
    }

    /// Reports of one name are of one agency, unless their places contradict each other.
    private mutating func numberAgencies(_ names: [Int32]) {
        // The first region of each name, and the names that have another one too.
        var only = [Int32](repeating: -1, count: agencyNames.count)
        var others: [Int32: Set<Int32>] = [:]
        for (report, name) in names.enumerated() where name >= 0 && isReport[report] {
            let region = regions[report]
            if only[Int(name)] < 0 {
                only[Int(name)] = region
            } else if only[Int(name)] != region {
                others[name, default: [only[Int(name)]]].insert(region)
            }
        }
        nameOfAgency = (0..<Int32(agencyNames.count)).map { $0 }
        var numbers: [Int32: [Int32: Int32]] = [:]
        for name in others.keys.sorted() {
            var clusters: [(region: Int32, number: Int32)] = []
            for region in places.sorted(others[name] ?? []) {
                if let cluster = clusters.first(where: { places.agree($0.region, region) }) {
                    numbers[name, default: [:]][region] = cluster.number
                } else {
                    let number = clusters.isEmpty ? name : Int32(nameOfAgency.count)
                    if !clusters.isEmpty { nameOfAgency.append(name) }
                    clusters.append((region, number))
                    numbers[name, default: [:]][region] = number
                }
            }
        }
        agencyCount = nameOfAgency.count
        agencies =
            numbers.isEmpty
            ? names
            : zip(names, regions).map { name, region in numbers[name]?[region] ?? name }
    }
}

/// Regions by number: 0 is the unknown one.
struct PlaceTable {
    private var provinces = ByteNames()
    private var cities = ByteNames()
    private var counties = ByteNames()
    private var wholes = ByteNames()
    /// For each region the numbers of its province, city and county; -1 where it is unknown.
    private(set) var parts: [(province: Int32, city: Int32, county: Int32)] = []
    private var names: [[[UInt8]?]] = []

    init() {
        let none: [UInt8] = []
        _ = number(of: none.span, mask: 0)
    }

    /// How many there are.
    var count: Int { parts.count }

    /// The number of a region, given by its names, each ended by a zero byte, and by which of
    /// province (1), city (2) and county (4) they are.
    mutating func number(of bytes: Span<UInt8>, mask: Int) -> Int {
        var given: [[UInt8]] = []
        var name: [UInt8] = []
        for index in bytes.indices {
            if bytes[index] == 0 {
                given.append(name)
                name.removeAll()
            } else {
                name.append(bytes[index])
            }
        }
        var rest = given[...]
        let three: [[UInt8]?] = (0..<3).map { mask >> $0 & 1 == 1 ? rest.popFirst() : nil }
        let keys: [[UInt8]] = three.map { $0.map { [1] + $0 } ?? [0] }
        let whole = keys[0] + [0] + keys[1] + [0] + keys[2]
        let number = wholes.number(of: whole.span)
        guard number == parts.count else { return number }
        let province = keys[0]
        let city = province + [0] + keys[1]
        parts.append(
            (
                three[0] == nil ? -1 : Int32(provinces.number(of: province.span)),
                three[1] == nil ? -1 : Int32(cities.number(of: city.span)),
                three[2] == nil ? -1 : Int32(counties.number(of: whole.span))
            ))
        names.append(three)
        return number
    }

    /// Whether nothing that is known of one region contradicts another.
    func agree(_ one: Int32, _ other: Int32) -> Bool {
        zip(names[Int(one)], names[Int(other)]).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    }

    /// Whether a region lies in another of which something is known, or is it.
    func isInside(_ one: Int32, _ other: Int32) -> Bool {
        let outer = names[Int(other)]
        guard outer.contains(where: { $0 != nil }) else { return false }
        return zip(names[Int(one)], outer).allSatisfy { $1 == nil || $0 == $1 }
    }

    /// Regions in an order of their own: those of which the most is known first.
    func sorted(_ regions: Set<Int32>) -> [Int32] {
        func key(_ region: Int32) -> (Int, [UInt8]) {
            let known = names[Int(region)]
            return (
                known.count { $0 == nil }, Array(known.map { $0 ?? [] }.joined(separator: [0]))
            )
        }
        return regions.map { ($0, key($0)) }.sorted { one, other in
            one.1.0 != other.1.0
                ? one.1.0 < other.1.0 : one.1.1.lexicographicallyPrecedes(other.1.1)
        }.map(\.0)
    }

    /// What places are sorted by: their names from the largest to the smallest.
    func path(of region: Int32, depth: Int) -> [UInt8] {
        Array(names[Int(region)].prefix(depth).map { $0 ?? [0xFF] }.joined(separator: [0]))
    }
}
