/// A rule that the numbers of reports must satisfy, judged over some of them.
public struct CheckResult: Sendable, Hashable {
    /// What was found.
    public enum State: String, Sendable, CaseIterable {
        /// Both sides are known and equal.
        case holds
        /// Both sides are known and differ, which arithmetic does not allow.
        case fails
        /// Both sides are known and differ, which can have a reason that no table shows.
        case differs
        /// A cell is missing or blank, so nothing can be said.
        case unknown
    }

    /// A cell that a side was computed from.
    public struct Evidence: Sendable, Hashable {
        /// Where the report comes from, such as its path.
        public let source: String
        /// The cell's key.
        public let key: String
        /// The cell; nil when the file has none.
        public let cell: Cell?
        /// Whether the cell is taken away rather than added.
        public let isSubtracted: Bool
    }

    /// One side of a rule.
    public struct Side: Sendable, Hashable {
        /// The sum of the cells; nil when one of them is not known.
        public let value: Double?
        /// The cells, in the order in which they are added.
        public let cells: [Evidence]

        init(_ cells: [Evidence]) {
            self.cells = cells
            var sum = 0.0
            var isKnown = true
            for evidence in cells {
                guard let value = evidence.cell?.value else {
                    isKnown = false
                    break
                }
                sum += evidence.isSubtracted ? -value : value
            }
            value = isKnown ? sum : nil
        }
    }

    /// The rule's name, such as `row:new`, `balance:total`, `carry:total` or `in_force:regulations`.
    public let rule: String
    /// What was found.
    public let state: State
    /// What should equal the right side.
    public let left: Side
    /// What should equal the left side.
    public let right: Side

    init(rule: String, left: Side, right: Side, otherwise: State) {
        self.rule = rule
        self.left = left
        self.right = right
        state =
            if let left = left.value, let right = right.value {
                abs(left - right) < 1e-6 ? .holds : otherwise
            } else {
                .unknown
            }
    }

    /// The keys of blank cells without whose inferred values nothing could be said.
    public var inferred: [String] {
        (left.cells + right.cells).filter { $0.cell?.status == .inferred }.map(\.key)
    }
}

extension Report {
    /// The identities of the report's form, judged with every cell as evidence.
    public func checks(source: String) -> [CheckResult] {
        func side(_ fields: [Int]) -> CheckResult.Side {
            CheckResult.Side(
                fields.map { field in
                    CheckResult.Evidence(
                        source: source, key: StatisticField.all[field].key,
                        cell: statistics[field], isSubtracted: false)
                })
        }
        return form.identities.map { identity in
            CheckResult(
                rule: identity.id, left: side(identity.left), right: side(identity.right),
                otherwise: .fails)
        }
    }
}

/// The numbers that tie one year's report of an agency to the next year's.
public struct YearLink: Sendable {
    /// What tells the agency: its name in one form, and its place.
    public let agency: String
    /// The year that the report is about.
    public let year: Int

    private let source: String
    private let cells: [String: Cell]

    private static let documents = ["regulations", "normative_docs"]
    private static let keys: [String] =
        ApplicantColumn.allCases.flatMap {
            ["requests.carried_in.\($0.rawValue)", "requests.carried_out.\($0.rawValue)"]
        }
        + documents.flatMap { row in
            ["issued", "repealed", "in_force"].map { "proactive.\(row).\($0)" }
        }

    /// The numbers of a report; nil when its year is unknown or it has no tables.
    ///
    /// - Parameter agency: the agency's name and place, the same for all its reports.
    public init?(_ report: Report, agency: String, source: String) {
        guard let year = report.year, report.form != .none else { return nil }
        self.agency = agency
        self.year = year
        self.source = source
        cells = Dictionary(
            uniqueKeysWithValues: Self.keys.compactMap { key in
                report.statistics[key].map { (key, $0) }
            })
    }

    private func evidence(_ key: String, isSubtracted: Bool = false) -> CheckResult.Evidence {
        CheckResult.Evidence(
            source: source, key: key, cell: cells[key], isSubtracted: isSubtracted)
    }

    /// The chains between consecutive years of each agency.
    ///
    /// What one year carries over (结转下年) is what the next begins with (上年结转): a difference
    /// fails. Documents in force are those of the year before, plus issued, less repealed: a
    /// difference can come of a clean-up that no column shows, so it only differs. Years with two
    /// reports that say different things are judged each; a missing year gives no result.
    public static func checks(_ links: [YearLink]) -> [CheckResult] {
        let byAgency = Dictionary(grouping: links, by: \.agency)
        return byAgency.keys.sorted().flatMap { agency -> [CheckResult] in
            let years = Dictionary(grouping: byAgency[agency] ?? [], by: \.year)
            return years.keys.sorted().flatMap { year in
                (years[year] ?? []).flatMap { before in
                    (years[year + 1] ?? []).flatMap { checks(before, $0) }
                }
            }
        }
    }

    private static func checks(_ before: YearLink, _ after: YearLink) -> [CheckResult] {
        let carried = ApplicantColumn.allCases.map { column in
            CheckResult(
                rule: "carry:\(column.rawValue)",
                left: .init([before.evidence("requests.carried_out.\(column.rawValue)")]),
                right: .init([after.evidence("requests.carried_in.\(column.rawValue)")]),
                otherwise: .fails)
        }
        let inForce = documents.map { row in
            CheckResult(
                rule: "in_force:\(row)",
                left: .init([
                    before.evidence("proactive.\(row).in_force"),
                    after.evidence("proactive.\(row).issued"),
                    after.evidence("proactive.\(row).repealed", isSubtracted: true),
                ]),
                right: .init([after.evidence("proactive.\(row).in_force")]), otherwise: .differs)
        }
        return carried + inForce
    }
}
