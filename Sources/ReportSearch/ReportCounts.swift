public import QueryLanguage
public import ReportModel
import SegmentStore

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
    /// The agencies in no order.
    private let unsorted: [AgencyCounts]
    /// The agencies in the order of their names, the reports without one last.
    public var agencies: [AgencyCounts] { Self.sorted(unsorted) }
    /// The years from the first to the last, those without a report too; the unknown last.
    public let years: [YearCounts]

    /// Counts some annual reports as if they were all of an index.
    public init(_ heads: [ReportHead]) {
        self.init(CountableReports(heads), isCounted: heads.map { _ in true }) { _ in true }
    }

    /// Counts some annual reports of an index.
    ///
    /// Of several reports of an agency on a year one counts, that with the most passages; one that is
    /// compiled from others counts beside the others.
    ///
    /// - Parameters:
    ///   - all: the annual reports of the whole index, which tell what is missing.
    ///   - isCounted: for each of them whether it is asked for.
    ///   - isAsked: whether a year is asked for, so that it may be missing.
    init(_ all: CountableReports, isCounted: [Bool], isAsked: (Int) -> Bool) {
        let everything = Array(all.reports.indices)
        let series = all.agencies(everything).map { AgencySeries($0, of: all) }
        let newest = Self.newestOfMost(series)
        let isWhole = !isCounted.contains(false)
        let indices = isWhole ? everything : everything.filter { isCounted[$0] }
        var tallies = YearTallies()
        var agencies: [AgencyCounts] = []
        for one in series {
            let counted = isWhole ? one.indices : ArraySlice(one.indices.filter { isCounted[$0] })
            guard !counted.isEmpty else { continue }
            let reports = isWhole ? one.reports : CountedReports(counted, of: all)
            if isWhole { tallies.add(reports, of: all) }
            let counts = AgencyCounts(
                one, reports, of: all, missing: one.missing(newest: newest).filter(isAsked))
            agencies.append(counts)
            guard counts.name != nil else { continue }
            for year in counts.years {
                tallies[year].agencies += 1
                if one.years.first == year { tallies[year].new += 1 }
            }
            for year in counts.missing { tallies[year].missing += 1 }
        }
        unsorted = agencies
        if !isWhole {
            for those in all.agencies(indices) {
                tallies.add(CountedReports(those, of: all), of: all)
            }
        }
        let first = indices.lazy.map { all.reports[$0].year }.filter { $0 > 0 }.min()
        let last = all.reports.lazy.map(\.year).max() ?? 0
        let known = first.map { Array($0...max($0, last)).filter(isAsked) } ?? []
        let unknown = tallies[0].reports > 0 ? [YearCounts(nil, tallies[0])] : []
        years = known.map { YearCounts($0, tallies[$0]) } + unknown
    }

    private static func sorted(_ agencies: [AgencyCounts]) -> [AgencyCounts] {
        NameOrder.sorted(agencies.map(\.name)) { one, other in
            SortedName(agencies[one].region.names.joined())
                < SortedName(agencies[other].region.names.joined())
        }.map { agencies[$0] }
    }

    /// The newest year where most agencies have a report of it; nil where they have not, since a
    /// year of which few have reported yet is missing nowhere.
    private static func newestOfMost(_ series: [AgencySeries]) -> Int? {
        var (named, newest, ofNewest) = (0, 0, 0)
        for one in series where one.name != nil {
            guard let last = one.years.last else { continue }
            named += 1
            if last > newest { (newest, ofNewest) = (last, 0) }
            if last == newest { ofNewest += 1 }
        }
        return 2 * ofNewest > named ? newest : nil
    }

    /// How many other versions of reports were left out.
    public var duplicates: Int { unsorted.reduce(0) { $0 + $1.duplicates } }
}

/// What is counted of a year.
private struct YearTally {
    var reports = 0
    var passages = 0
    var duplicates = 0
    var agencies = 0
    var new = 0
    var missing = 0
}

/// What is counted of each year.
private struct YearTallies {
    /// The tallies of the years below a number, for those that reports of an index may be about.
    private var common = [YearTally](
        repeating: YearTally(), count: ReportEntry.years.upperBound + 1)
    /// Those of others.
    private var others: [Int: YearTally] = [:]

    subscript(year: Int) -> YearTally {
        get { common.indices ~= year ? common[year] : others[year] ?? YearTally() }
        set {
            if common.indices ~= year { common[year] = newValue } else { others[year] = newValue }
        }
    }

    /// Adds the reports of an agency.
    mutating func add(_ reports: CountedReports, of all: CountableReports) {
        for one in reports.counted {
            self[one.year].reports += 1
            self[one.year].passages += all.reports[one.index].passages
            self[one.year].duplicates += one.duplicates
        }
    }
}

extension YearCounts {
    fileprivate init(_ year: Int?, _ tally: YearTally) {
        self.init(
            year: year, reports: tally.reports, passages: tally.passages,
            duplicates: tally.duplicates, agencies: tally.agencies, new: tally.new,
            missing: tally.missing)
    }
}

extension AgencyCounts {
    fileprivate init(
        _ series: AgencySeries, _ reports: CountedReports, of all: CountableReports,
        missing: [Int]
    ) {
        var (passages, duplicates) = (0, 0)
        for one in reports.counted {
            passages += all.reports[one.index].passages
            duplicates += one.duplicates
        }
        self.init(
            name: series.name, region: series.region, reports: reports.counted.count,
            passages: passages, duplicates: duplicates, years: reports.years, missing: missing)
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

    /// The annual reports of which some passage matches, counted; all of them when nothing is asked.
    ///
    /// Which years are missing is told from all reports of the index.
    ///
    /// - Parameter isAsked: whether a year is asked for, so that it may be missing.
    public func counts(
        ofReportsMatching question: Question, isAsked: (Int) -> Bool
    ) throws(SearchError) -> ReportCounts {
        try reader.reading {
            let (all, indices) = try CountableReports.all(of: reader)
            guard !question.terms.isEmpty else {
                return ReportCounts(all, isCounted: indices.map { _ in true }, isAsked: isAsked)
            }
            let term = try QuestionResolver(
                reader: reader, scoring: scoring, isExact: false
            ).resolved(question, order: .relevance).term
            let isMatching = try areMatching(term)
            return ReportCounts(
                all, isCounted: indices.map { isMatching[$0] }, isAsked: isAsked)
        }
    }

    /// For each report, by its index, whether some passage matches a term, or it itself where it has
    /// none.
    func areMatching(_ term: ResolvedTerm?) throws -> [Bool] {
        var areMatching = [Bool](repeating: false, count: reader.storedReportCount)
        for report in try matches(of: term, isExact: false).reports {
            areMatching[report.index] = true
        }
        for one in try bareReports(of: term) {
            areMatching[reader.firstReports[one.segment] + one.report] = true
        }
        return areMatching
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
