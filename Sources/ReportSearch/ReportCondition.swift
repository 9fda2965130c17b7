import SegmentStore

/// Something that is asked of reports: judged of one, or of all at once.
struct ReportCondition {
    /// What is looked at to judge all reports; the value says how many times its share of that the
    /// judging of one report takes.
    enum Basis: Int {
        /// Numbers side by side.
        case column = 256
        /// Several columns, from which a value follows.
        case values = 4
        /// What is stored of each report.
        case reports = 1
    }

    private let basis: Basis
    /// Whether it most often holds for few reports.
    let isNarrow: Bool
    /// Whether it holds for the report with an index in the segment.
    let holds: (Int) throws -> Bool
    /// The reports that it holds for.
    let all: () throws -> ReportSet

    init(
        of basis: Basis, isNarrow: Bool = false, holds: @escaping (Int) throws -> Bool,
        all: @escaping () throws -> ReportSet
    ) {
        self.basis = basis
        self.isNarrow = isNarrow
        self.holds = holds
        self.all = all
    }

    /// A condition that is judged of each of `count` reports.
    init(count: Int, of basis: Basis = .reports, holds: @escaping (Int) throws -> Bool) {
        self.init(
            of: basis, holds: holds, all: { try ReportSet(below: count, where: holds) })
    }

    /// A condition that holds for no report of a segment.
    static func never(_ segment: Segment) -> ReportCondition {
        ReportCondition(count: segment.reportCount) { _ in false }
    }

    /// Those of some reports that it holds for; nil stands for all reports.
    func narrowed(_ known: ReportSet?) throws -> ReportSet {
        guard var reports = known else { return try all() }
        if reports.count < reports.limit / basis.rawValue {
            try reports.formFilter(holds)
        } else {
            reports.formIntersection(try all())
        }
        return reports
    }

    /// The reports that some conditions hold for; nil stands for all reports.
    static func reports(satisfying conditions: [ReportCondition]) throws -> ReportSet? {
        var reports: ReportSet?
        // What few reports satisfy comes first, so that the others need be judged of few.
        for condition in conditions.filter(\.isNarrow) + conditions.filter({ !$0.isNarrow }) {
            reports = try condition.narrowed(reports)
        }
        return reports
    }

    /// The condition that all of some hold, at least one.
    static func all(_ conditions: [ReportCondition], count: Int) -> ReportCondition {
        ReportCondition(
            of: basis(of: conditions), isNarrow: conditions.contains(where: \.isNarrow),
            holds: { report in try conditions.allSatisfy { try $0.holds(report) } },
            all: {
                try reports(satisfying: conditions) ?? ReportSet(below: count, where: { _ in true })
            })
    }

    /// The condition that any of some holds.
    static func any(_ conditions: [ReportCondition], count: Int) -> ReportCondition {
        ReportCondition(
            of: basis(of: conditions), isNarrow: conditions.allSatisfy(\.isNarrow),
            holds: { report in try conditions.contains { try $0.holds(report) } },
            all: {
                var reports = ReportSet(below: count)
                for condition in conditions { reports.formUnion(try condition.all()) }
                return reports
            })
    }

    /// The condition that this one does not hold.
    func negated(count: Int) -> ReportCondition {
        ReportCondition(
            of: basis, holds: { try !holds($0) },
            all: {
                var reports = ReportSet(below: count) { _ in true }
                reports.subtract(try all())
                return reports
            })
    }

    private static func basis(of conditions: [ReportCondition]) -> Basis {
        conditions.map(\.basis).min { $0.rawValue < $1.rawValue } ?? .reports
    }
}
