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

    /// Something that a side was computed from: a cell, or a number in a sentence.
    public struct Evidence: Sendable, Hashable {
        /// Where the report comes from, such as its path.
        public let source: String
        /// The cell's key, or what the number counts.
        public let key: String
        /// The cell; nil when the file has none, and for a number in a sentence.
        public let cell: Cell?
        /// The number in its sentence; nil for a cell.
        public let stated: NarrativeFigure?
        /// Whether the cell is taken away rather than added.
        public let isSubtracted: Bool

        init(source: String, key: String, cell: Cell?, isSubtracted: Bool = false) {
            self.source = source
            self.key = key
            self.cell = cell
            stated = nil
            self.isSubtracted = isSubtracted
        }

        init(source: String, stated: NarrativeFigure) {
            self.source = source
            key = stated.subject.rawValue
            cell = nil
            self.stated = stated
            isSubtracted = false
        }

        /// The number; nil when it is not known.
        public var value: Double? { stated?.value ?? cell?.value }
        /// The line of the file, from 1; nil when the file has no such cell.
        public var line: Int? { stated?.line ?? cell?.line }
    }

    /// One side of a rule.
    public struct Side: Sendable, Hashable {
        /// The sum of the evidence; nil when a part of it is not known.
        public let value: Double?
        /// The cells and sentences, in the order in which they are added.
        public let evidence: [Evidence]

        init(_ evidence: [Evidence], value: Double?) {
            self.evidence = evidence
            self.value = value
        }

        init(_ evidence: [Evidence]) {
            var sum: Double? = 0
            for part in evidence {
                guard let value = part.value, let known = sum else {
                    sum = nil
                    break
                }
                sum = known + (part.isSubtracted ? -value : value)
            }
            self.init(evidence, value: sum)
        }
    }

    /// What must be true between the sides.
    public enum Relation: Sendable, Hashable {
        /// They are equal.
        case equal
        /// They are at most so far from each other, as 约 and 余 in a sentence allow.
        case near(Double)
        /// The left side is no smaller.
        case atLeast

        /// Whether it is true of two numbers.
        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .equal: abs(left - right) < 1e-6
            case .near(let tolerance): abs(left - right) < tolerance + 1e-6
            case .atLeast: left > right - 1e-6
            }
        }
    }

    /// The rule's name, such as `row:new`, `balance:total`, `carry:total`, `in_force:regulations`,
    /// `narrative:requests.new`, `fee:section6` or `year:conflict`.
    public let rule: String
    /// What was found.
    public let state: State
    /// What must be true between the sides.
    public let relation: Relation
    /// The side that the rule names first; of a narrative rule the sentence.
    public let left: Side
    /// The other side; of a narrative rule the cells.
    public let right: Side

    /// Judges a rule.
    ///
    /// - Parameter otherwise: the state when both sides are known and the relation is not true.
    init(
        rule: String, left: Side, right: Side, relation: Relation = .equal, otherwise: State
    ) {
        self.rule = rule
        self.left = left
        self.right = right
        self.relation = relation
        state =
            if let left = left.value, let right = right.value {
                relation.holds(left, right) ? .holds : otherwise
            } else {
                .unknown
            }
    }

    /// The keys of blank cells without whose inferred values nothing could be said.
    public var inferred: [String] {
        (left.evidence + right.evidence).filter { $0.cell?.status == .inferred }.map(\.key)
    }
}

extension Report {
    /// What can be judged of one report, with everything as evidence: the identities of its form,
    /// the numbers of its narrative against the cells, the fee of section 6 against the table, and
    /// sentences about another year.
    ///
    /// A narrative that says something else only differs, since it may count other things.
    public func checks(source: String) -> [CheckResult] {
        identityChecks(source: source) + narrativeChecks(source: source)
            + feeCheck(source: source) + yearCheck(source: source)
    }

    /// What ``checks(source:)`` finds, without evidence: the name of every rule that can be judged
    /// and its state.
    ///
    ///     report.ruleStates.filter { $0.state == .fails }.map(\.rule)   // ["row:new"]
    ///
    /// It is computed from the cells and figures alone, so that a report without its passages will
    /// do; it takes some microseconds. A rule that compares two reports (`carry:`, `in_force:`) is
    /// not among them: see ``YearLink``.
    public var ruleStates: [(rule: String, state: CheckResult.State)] {
        let identities = identities.map { result -> (rule: String, state: CheckResult.State) in
            switch result.state {
            case .holds: (result.id, .holds)
            case .fails: (result.id, .fails)
            case .unknown: (result.id, .unknown)
            }
        }
        let others =
            narrativeChecks(source: "") + feeCheck(source: "") + yearCheck(source: "")
        return identities + others.map { ($0.rule, $0.state) }
    }

    private func side(_ keys: [String], source: String) -> CheckResult.Side {
        CheckResult.Side(
            keys.map { CheckResult.Evidence(source: source, key: $0, cell: statistics[$0]) })
    }

    private func identityChecks(source: String) -> [CheckResult] {
        func side(_ fields: [Int]) -> CheckResult.Side {
            self.side(fields.map { StatisticField.all[$0].key }, source: source)
        }
        return form.identities.map { identity in
            CheckResult(
                rule: identity.id, left: side(identity.left(in: statistics)),
                right: side(identity.right),
                otherwise: maySumWithExtraRows(identity) ? .unknown : .fails)
        }
    }

    /// The narrative against the cells, one result for each thing that it counts.
    ///
    /// Where it states a number several times, as of different kinds, one that agrees is enough, or
    /// their sum; where a number can be read in several ways, one reading that agrees is.
    private func narrativeChecks(source: String) -> [CheckResult] {
        NarrativeSubject.allCases.compactMap { subject in
            let figures = narrative.filter { $0.subject == subject }
            guard !figures.isEmpty else { return nil }
            let cells = subject.readings(in: form).map { side($0, source: source) }
            let statements = figures.map { [$0] } + (figures.count > 1 ? [figures] : [])
            let results = statements.flatMap { statement in
                cells.map { narrativeCheck(subject, statement, cells: $0, source: source) }
            }
            return results.first { $0.state == .holds }
                ?? results.first { $0.state == .differs } ?? results.first
        }
    }

    private func narrativeCheck(
        _ subject: NarrativeSubject, _ figures: [NarrativeFigure], cells: CheckResult.Side,
        source: String
    ) -> CheckResult {
        let tolerance = figures.reduce(0) { $0 + $1.tolerance }
        return CheckResult(
            rule: "narrative:\(subject.rawValue)",
            left: .init(figures.map { .init(source: source, stated: $0) }), right: cells,
            relation: tolerance > 0 ? .near(tolerance) : .equal, otherwise: .differs)
    }

    /// The fee of section 6 (in 元) is a part of the fees of the second table (in 万元).
    private func feeCheck(source: String) -> [CheckResult] {
        guard form == .form2021,
            let fee = narrative.first(where: { $0.subject == .processingFee })
        else { return [] }
        return [
            CheckResult(
                rule: "fee:section6", left: side(["proactive.fees.amount"], source: source),
                right: .init(
                    [.init(source: source, stated: fee)], value: fee.value / 10_000),
                relation: .atLeast, otherwise: .differs)
        ]
    }

    /// A narrative about another year than the head; nothing when it is about the same.
    private func yearCheck(source: String) -> [CheckResult] {
        let years = narrative.filter { $0.subject == .year }
            .map { CheckResult.Evidence(source: source, stated: $0) }
        guard years.count == 2 else { return [] }
        return [
            CheckResult(
                rule: "year:conflict", left: .init([years[0]]), right: .init([years[1]]),
                otherwise: .differs)
        ]
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
