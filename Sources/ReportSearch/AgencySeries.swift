import ReportModel

/// All annual reports of one agency.
struct AgencySeries {
    /// Their indices among those that are counted.
    let indices: ArraySlice<Int>
    /// The name that most of them print; nil of those without one.
    let name: String?
    /// Where the agency is.
    let region: Region
    /// Which of them count when all are asked for.
    let reports: CountedReports

    init(_ indices: ArraySlice<Int>, of all: CountableReports) {
        self.indices = indices
        reports = CountedReports(indices, of: all)
        name = Self.name(indices, of: all)
        // A name is nil of all of them or of none.
        var widest = name == nil ? -1 : Int(all.reports[indices[indices.startIndex]].region)
        if name != nil {
            for index in indices {
                let region = Int(all.reports[index].region)
                if region != widest, all.regions[region].depth > all.regions[widest].depth {
                    widest = region
                }
            }
        }
        region = widest < 0 ? .unknown : all.regions[widest]
    }

    /// The years that they are for, ascending.
    var years: [Int] { reports.years }

    private static func name(_ indices: ArraySlice<Int>, of all: CountableReports) -> String? {
        let first = all.reports[indices[indices.startIndex]].agency
        if indices.allSatisfy({ all.reports[$0].agency == first }) {
            return all.agencies[Int(first)]
        }
        let names = Dictionary(
            indices.compactMap { all.agencies[Int(all.reports[$0].agency)] }.map { ($0, 1) },
            uniquingKeysWith: +)
        return names.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The years that are missing, ascending.
    func missing(newest: Int?) -> [Int] {
        guard name != nil, let first = years.first, let last = years.last else { return [] }
        var missing: [Int] = []
        for year in first...max(last, newest ?? last) where !years.contains(year) {
            missing.append(year)
        }
        return missing
    }
}

/// The reports of an agency that count, and how many other versions of them there are.
struct CountedReports {
    /// A report that counts.
    struct Counted {
        /// Its year; 0 when it is unknown.
        let year: Int
        /// Whether it is compiled from others.
        let isRolledUp: Bool
        /// Which one it is.
        fileprivate(set) var index: Int
        /// How many other versions of it there are.
        fileprivate(set) var duplicates = 0
    }

    /// The reports, of several versions the one with the most passages.
    private(set) var counted: [Counted] = []
    /// Their years, ascending, each once.
    private(set) var years: [Int] = []

    /// An agency with more reports is no common one: its years are looked up otherwise.
    private static let common = 32

    init(_ those: ArraySlice<Int>, of all: CountableReports) {
        // Without agency or year nothing tells that two are one.
        let isNamed = those.first.map { all.agencies[Int(all.reports[$0].agency)] != nil } ?? false
        let isCommon = those.count <= Self.common
        var known: [Int: Int] = [:]
        for index in those {
            let report = all.reports[index]
            let mayBeKnown = isNamed && report.year != 0
            let key = 2 * report.year + (report.isRolledUp ? 1 : 0)
            var found: Int?
            if mayBeKnown { found = isCommon ? version(of: report) : known[key] }
            guard let found else {
                if mayBeKnown, !isCommon { known[key] = counted.count }
                counted.append(
                    Counted(year: report.year, isRolledUp: report.isRolledUp, index: index))
                continue
            }
            counted[found].duplicates += 1
            let other = all.reports[counted[found].index]
            if report.passages > other.passages
                || report.passages == other.passages && report.id < other.id
            {
                counted[found].index = index
            }
        }
        for one in counted where one.year > 0 && !years.contains(one.year) {
            years.append(one.year)
        }
        years.sort()
    }

    /// Which of those that count is for the year and the scope of a report; nil for none.
    private func version(of report: CountableReports.CountableReport) -> Int? {
        for index in counted.indices
        where counted[index].year == report.year && counted[index].isRolledUp == report.isRolledUp {
            return index
        }
        return nil
    }
}

extension Region {
    /// How many of its parts are known.
    fileprivate var depth: Int {
        (province == nil ? 0 : 1) + (city == nil ? 0 : 1) + (county == nil ? 0 : 1)
    }

    /// Whether nothing that is known of another place contradicts this one.
    func mayHold(_ other: Region) -> Bool {
        func agree(_ one: String?, _ other: String?) -> Bool {
            one == nil || other == nil || one == other
        }
        return agree(province, other.province) && agree(city, other.city)
            && agree(county, other.county)
    }
}
