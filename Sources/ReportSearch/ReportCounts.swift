public import QueryLanguage
public import ReportModel

/// An agency and the years that it reported on.
public struct AgencyCounts: Sendable {
    /// The agency's name as most of its reports print it; nil gathers the reports without one.
    public let name: String?
    /// Where it is; what no report tells is unknown.
    public let region: Region
    /// The number of its reports, one a year and scope.
    public let reports: Int
    /// The number of their passages.
    public let passages: Int
    /// How many other versions of these reports were left out.
    public let duplicates: Int
    /// The years with a report, ascending.
    public let years: [Int]
    /// The years that it misses, ascending: those between years of its own, and those after its last
    /// one up to the newest of the index where most agencies have a report of that.
    public let missing: [Int]
}

/// A year and who reported on it.
public struct YearCounts: Sendable {
    /// The year; nil gathers the reports whose year is unknown.
    public let year: Int?
    /// The number of reports, one an agency and scope.
    public let reports: Int
    /// The number of their passages.
    public let passages: Int
    /// How many other versions of these reports were left out.
    public let duplicates: Int
    /// The number of agencies.
    public let agencies: Int
    /// How many of them have no report of an earlier year.
    public let new: Int
    /// How many agencies miss it; see ``AgencyCounts/missing``.
    public let missing: Int
}

/// The annual reports of an index, counted by agency and by year.
public struct ReportCounts: Sendable {
    /// The agencies in the order of their names, the reports without one last.
    public let agencies: [AgencyCounts]
    /// The years from the first to the last, those without a report too; the unknown last.
    public let years: [YearCounts]

    /// Counts the annual reports of an index.
    public init(_ heads: [ReportHead]) { self.init(heads, of: heads) { _ in true } }

    /// Counts some annual reports of an index.
    ///
    /// Of several reports of an agency on a year one counts, that with the most passages; one that is
    /// compiled from others counts beside the others.
    ///
    /// - Parameters:
    ///   - all: the annual reports of the whole index, which tell what is missing.
    ///   - isAsked: whether a year is asked for, so that it may be missing.
    public init(
        _ heads: [ReportHead], of all: [ReportHead], isAsked: (Int) -> Bool
    ) {
        let ids = heads.count == all.count ? nil : Set(heads.map(\.id))
        let series = Self.agencies(all).map { AgencySeries($0, of: all) }
        let newest = Self.newestOfMost(series)
        let counted = series.compactMap { one -> (series: AgencySeries, counts: AgencyCounts)? in
            let places = one.places.filter { ids?.contains(all[$0].id) ?? true }
            guard !places.isEmpty else { return nil }
            let missing = one.missing(newest: newest).filter(isAsked)
            return (
                one, AgencyCounts(one, CountedReports(places, of: all), of: all, missing: missing)
            )
        }
        agencies = counted.map { ($0.counts, $0.counts.region.names.joined()) }.sorted {
            guard let name = $0.0.name, let otherName = $1.0.name else { return $0.0.name != nil }
            return (name, $0.1) < (otherName, $1.1)
        }.map(\.0)
        let named = counted.filter { $0.counts.name != nil }
        let reportsOfAll = Self.agencies(heads).map { CountedReports($0, of: heads) }
        let byYear = Dictionary(grouping: reportsOfAll.flatMap(\.places)) { heads[$0].year }
        let duplicates = Dictionary(grouping: reportsOfAll.flatMap(\.duplicates)) {
            heads[$0].year
        }
        let first = heads.compactMap(\.year).min()
        let last = all.compactMap(\.year).max() ?? 0
        let known: [Int?] = first.map { Array($0...max($0, last)).filter(isAsked) } ?? []
        years = (known + [nil]).compactMap { year in
            let reports = byYear[year] ?? []
            if year == nil, reports.isEmpty { return nil }
            let reporting = named.filter { one in
                year.map(one.counts.years.contains) ?? false
            }
            return YearCounts(
                year: year, reports: reports.count,
                passages: reports.reduce(0) { $0 + heads[$1].passageCount },
                duplicates: duplicates[year]?.count ?? 0, agencies: reporting.count,
                new: reporting.count { $0.series.years.first == year },
                missing: named.count { one in
                    year.map(one.counts.missing.contains) ?? false
                })
        }
    }

    /// The newest year where most agencies have a report of it; nil where they have not, since a
    /// year of which few have reported yet is missing nowhere.
    private static func newestOfMost(_ series: [AgencySeries]) -> Int? {
        let named = series.filter { $0.name != nil && !$0.years.isEmpty }
        guard let newest = named.compactMap(\.years.last).max() else { return nil }
        return 2 * named.count { $0.years.last == newest } > named.count ? newest : nil
    }

    /// How many other versions of reports were left out.
    public var duplicates: Int { agencies.reduce(0) { $0 + $1.duplicates } }

    /// The places of heads by agency: by name whatever the script, and apart where two places have
    /// an agency of one name.
    private static func agencies(_ heads: [ReportHead]) -> [[Int]] {
        // To fold a name takes as long as all else that is done with its report.
        var folds: [String?: String?] = [:]
        let byName = Dictionary(grouping: heads.indices) { place -> String? in
            let name = heads[place].agency
            if let known = folds[name] { return known }
            let common = name.map(folded)
            folds[name] = .some(common)
            return common
        }
        return byName.flatMap { name, places -> [[Int]] in
            guard name != nil else { return [places] }
            let regions = places.map { heads[$0].region }
            guard regions.contains(where: { $0 != regions[0] }) else { return [places] }
            var clusters: [(region: Region, places: [Int])] = []
            let order = places.indices.sorted { regions[$0].names.count > regions[$1].names.count }
            for index in order {
                if let cluster = clusters.firstIndex(where: { $0.region.mayHold(regions[index]) }) {
                    clusters[cluster].places.append(places[index])
                } else {
                    clusters.append((regions[index], [places[index]]))
                }
            }
            return clusters.map(\.places)
        }
    }
}

/// The reports of an agency that count, and the other versions of them, by their places.
private struct CountedReports {
    var places: [Int] = []
    var duplicates: [Int] = []

    private struct Key: Hashable {
        let year: Int
        let isRolledUp: Bool
    }

    init(_ all: [Int], of heads: [ReportHead]) {
        var known: Set<Key> = []
        let sorted = all.sorted {
            (heads[$1].passageCount, heads[$0].id) < (heads[$0].passageCount, heads[$1].id)
        }
        for place in sorted {
            // Without agency or year nothing tells that two are one.
            guard heads[place].agency != nil, let year = heads[place].year else {
                places.append(place)
                continue
            }
            let key = Key(year: year, isRolledUp: heads[place].scope == .rolledUp)
            if known.insert(key).inserted {
                places.append(place)
            } else {
                duplicates.append(place)
            }
        }
    }
}

extension Region {
    /// Whether nothing that is known of another place contradicts this one.
    func mayHold(_ other: Region) -> Bool {
        func agree(_ one: String?, _ other: String?) -> Bool {
            one == nil || other == nil || one == other
        }
        return agree(province, other.province) && agree(city, other.city)
            && agree(county, other.county)
    }
}

/// All annual reports of one agency.
private struct AgencySeries {
    /// Where their heads stand.
    let places: [Int]
    /// The name that most of them print; nil of those without one.
    let name: String?
    /// Where the agency is.
    let region: Region
    /// The years that they are for, ascending.
    let years: [Int]

    init(_ places: [Int], of heads: [ReportHead]) {
        self.places = places
        let names = Dictionary(
            places.compactMap { heads[$0].agency }.map { ($0, 1) }, uniquingKeysWith: +)
        name = names.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        region =
            name == nil
            ? .unknown
            : places.map { heads[$0].region }.max { $0.names.count < $1.names.count } ?? .unknown
        years = Set(places.compactMap { heads[$0].year }).sorted()
    }

    /// The years that are missing, ascending.
    func missing(newest: Int?) -> [Int] {
        guard name != nil, let first = years.first, let last = years.last else { return [] }
        return Array(first...max(last, newest ?? last)).filter { !years.contains($0) }
    }
}

extension AgencyCounts {
    fileprivate init(
        _ series: AgencySeries, _ reports: CountedReports, of heads: [ReportHead], missing: [Int]
    ) {
        let places = reports.places
        self.init(
            name: series.name, region: series.region, reports: places.count,
            passages: places.reduce(0) { $0 + heads[$1].passageCount },
            duplicates: reports.duplicates.count,
            years: Set(places.compactMap { heads[$0].year }).sorted(), missing: missing)
    }
}

extension QueryTree {
    /// Whether a year's report may satisfy a condition on the year, such as `year:2020..2023`.
    public func admits(year: Int) -> Bool {
        guard case .field(_, let value) = kind else { return true }
        switch value {
        case .text(let text, _): return Int(text.filter(\.isWholeNumber)) == year
        case .range(let range): return range.contains(Double(year))
        case .comparison(let comparison, let number):
            return comparison.holds(Double(year), number.value)
        }
    }
}

extension Searcher {
    /// The heads of the annual reports of which some passage matches; all of them when nothing is
    /// asked.
    public func annualReports(matching tree: QueryTree?) throws(SearchError) -> [ReportHead] {
        try annualReports(matching: Question(tree))
    }

    /// The same of a question whose terms know where they were written.
    public func annualReports(
        matching question: Question
    ) throws(SearchError) -> [ReportHead] {
        let heads =
            question.terms.isEmpty
            ? try reader.reading { try reader.heads() }
            : try reports(matching: question).map(\.head)
        return heads.filter { $0.kind == .annualReport }
    }

    /// The reports and pages of which some passage matches; all of them when nothing is asked.
    public func reports(matching tree: QueryTree?) throws(SearchError) -> [MatchingReport] {
        try reports(matching: Question(tree))
    }

    /// The same of a question whose terms know where they were written.
    public func reports(
        matching question: Question
    ) throws(SearchError) -> [MatchingReport] {
        try reader.reading {
            guard question.terms.isEmpty else {
                var request = SearchRequest(question)
                request.match = .all
                request.reportsOnly = true
                request.limit = 0
                return try search(request).reports
            }
            return try reader.heads().map { head in
                MatchingReport(
                    head: head, files: try reader.paths(ofReport: head.id),
                    passages: head.passageCount)
            }
        }
    }
}
