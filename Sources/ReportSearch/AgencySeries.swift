import ReportModel

/// All annual reports of one agency.
struct AgencySeries {
    /// Their indices among those that are counted.
    let indices: [Int]
    /// The name that most of them print; nil of those without one.
    let name: String?
    /// Where the agency is.
    let region: Region
    /// The years that they are for, ascending.
    let years: [Int]

    init(_ indices: [Int], of all: CountableReports) {
        self.indices = indices
        name = Self.name(indices, of: all)
        // A name is nil of all of them or of none.
        var widest = name == nil ? -1 : Int(all.reports[indices[0]].region)
        if name != nil {
            for index in indices {
                let region = Int(all.reports[index].region)
                if region != widest, all.regions[region].depth > all.regions[widest].depth {
                    widest = region
                }
            }
        }
        region = widest < 0 ? .unknown : all.regions[widest]
        years = all.years(of: indices)
    }

    private static func name(_ indices: [Int], of all: CountableReports) -> String? {
        let first = all.reports[indices[0]].agency
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
        return Array(first...max(last, newest ?? last)).filter { !years.contains($0) }
    }
}

/// The reports of an agency that count, and the other versions of them, by their indices.
struct CountedReports {
    private(set) var counted: [Int] = []
    private(set) var duplicates: [Int] = []

    /// An agency with more reports is no common one: its years are looked up otherwise.
    private static let common = 32

    init(_ those: [Int], of all: CountableReports) {
        // Without agency or year nothing tells that two are one.
        guard let first = those.first, all.agencies[Int(all.reports[first].agency)] != nil,
            those.count > 1
        else {
            counted = those
            return
        }
        var few: [Int] = []
        var many: Set<Int> = []
        let sorted = those.sorted {
            (all.reports[$1].passages, all.reports[$0].id)
                < (all.reports[$0].passages, all.reports[$1].id)
        }
        for index in sorted {
            let report = all.reports[index]
            let key = 2 * report.year + (report.isRolledUp ? 1 : 0)
            let isNew: Bool
            if those.count > Self.common {
                isNew = many.insert(key).inserted
            } else {
                isNew = !few.contains(key)
                if isNew { few.append(key) }
            }
            if report.year == 0 || isNew { counted.append(index) } else { duplicates.append(index) }
        }
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
