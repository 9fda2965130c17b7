/// An arithmetic identity over the cells of one report: the sum of the left cells equals the sum
/// of the right ones.
///
/// The 42 identities of the 2021 form (40 for 2019): each row of the third table sums to its
/// 总计; each column sums to （七）总计; 第一项加第二项之和，等于第三项加第四项之和, printed in the
/// table itself, for each column; each block of the fourth table sums to its 总计.
public struct Identity: Sendable, Hashable {
    /// The identity's name, such as `row:new` or `balance:total`.
    public let id: String
    /// The fields on the left side.
    public let left: [Int]
    /// The fields on the right side.
    public let right: [Int]
    /// Fields of the left side in whose place a table may have one field alone.
    private let merged: Merged?

    /// （六）其他处理 printed as one row in place of its three.
    fileprivate struct Merged: Sendable, Hashable {
        let parts: [Int]
        let whole: Int
    }

    fileprivate init(id: String, left: [Int], right: [Int], merged: Merged? = nil) {
        self.id = id
        self.left = left
        self.right = right
        self.merged = merged
    }

    /// The fields on the left side as a table has them.
    public func left(in table: StatisticTable) -> [Int] {
        guard let merged, table.value(of: merged.whole) != nil,
            merged.parts.allSatisfy({ table.value(of: $0) == nil })
        else { return left }
        return left.filter { !merged.parts.contains($0) } + [merged.whole]
    }

    /// Whether an identity is true of a table.
    public enum State: String, Sendable {
        /// Both sides are known and equal.
        case holds
        /// Both sides are known and differ.
        case fails
        /// A cell is missing or blank, so nothing can be said.
        case unknown
    }

    /// Fields of the left side in whose place a table may have one field alone, and that field; nil
    /// when there are none.
    public var mergedFields: (parts: [Int], whole: Int)? {
        merged.map { ($0.parts, $0.whole) }
    }

    /// An identity judged over one table.
    public struct Result: Sendable, Hashable {
        /// The identity's name.
        public let id: String
        /// Whether it is true.
        public let state: State
        /// The sum of the left side; nil when a cell is not known.
        public let left: Double?
        /// The sum of the right side; nil when a cell is not known.
        public let right: Double?

        /// The same with nothing said.
        var unjudged: Result { Result(id: id, state: .unknown, left: left, right: right) }
    }

    /// Judges the identity over the printed and inferred values of a table.
    public func result(in table: StatisticTable) -> Result {
        let left = Self.sum(of: left(in: table), in: table)
        let right = Self.sum(of: self.right, in: table)
        let state: State =
            if let left, let right { abs(left - right) < 1e-6 ? .holds : .fails } else { .unknown }
        return Result(id: id, state: state, left: left, right: right)
    }

    private static func sum(of fields: [Int], in table: StatisticTable) -> Double? {
        var sum = 0.0
        for field in fields {
            guard let value = table.value(of: field) else { return nil }
            sum += value
        }
        return sum
    }
}

extension OfficialForm {
    /// The identities of the form, in the order of its cells; empty for ``OfficialForm/none``.
    public var identities: [Identity] {
        switch self {
        case .form2021: Self.identities2021
        case .form2019: Self.identities2019
        case .none: []
        }
    }

    private static let identities2021 = identities(of: form2021.rows)
    private static let identities2019 = identities(of: form2019.rows)

    private static func identities(of rows: [OfficialRow]) -> [Identity] {
        func name(_ row: OfficialRow) -> String {
            String(row.key.drop { $0 != "." }.dropFirst())
        }
        func field(_ row: String, _ column: ApplicantColumn) -> Int {
            StatisticField.knownIndex("requests.\(row).\(column.rawValue)")
        }
        let requests = rows.filter { $0.section == 3 }
        let ends: Set = ["new", "carried_in", "results_total", "carried_out"]
        let outcomes = requests.map(name).filter { !ends.contains($0) }
        let rowSums = requests.map { row in
            let fields = OfficialForm.fields(of: row)
            return Identity(
                id: "row:\(name(row))", left: Array(fields.dropLast()), right: [fields[6]])
        }
        let others = outcomes.filter { $0.hasPrefix("other_handling.") }
        let columnSums = ApplicantColumn.allCases.map { column in
            Identity(
                id: "col:results_total:\(column.rawValue)",
                left: outcomes.map { field($0, column) }, right: [field("results_total", column)],
                merged: others.isEmpty
                    ? nil
                    : Identity.Merged(
                        parts: others.map { field($0, column) },
                        whole: field("other_handling", column)))
        }
        let balances = ApplicantColumn.allCases.map { column in
            Identity(
                id: "balance:\(column.rawValue)",
                left: [field("new", column), field("carried_in", column)],
                right: [field("results_total", column), field("carried_out", column)])
        }
        let disputes = rows.filter { $0.section == 4 }.map { row in
            let fields = OfficialForm.fields(of: row)
            return Identity(
                id: "disputes:\(name(row))", left: Array(fields.dropLast()), right: [fields[4]])
        }
        return rowSums + columnSums + balances + disputes
    }
}
