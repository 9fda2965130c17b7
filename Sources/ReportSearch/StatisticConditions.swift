import PlainXapian
import QueryLanguage
import ReportModel
import SegmentStore

/// Conditions on statistics.
extension QuestionResolver {
    func comparison(
        _ name: QueryName, _ comparison: QueryComparison, _ operand: QueryOperand,
        _ tree: QueryTree
    ) throws -> ResolvedTerm {
        if let field = FieldName.named(name.text), field.isNumber,
            let value = Self.value(comparison, operand)
        {
            return try self.field(name, value, tree)
        }
        let left = try Statistic.named(name)
        try Self.requireShare(operand, of: left)
        let test: ReportTest
        switch operand {
        case .number(let number):
            test = values(of: left, WantedNumbers(comparison, number.value), tree)
        case .range(let range):
            test = values(of: left, WantedNumbers(range, areOutside: comparison != .equal), tree)
        case .name(let other):
            let right = try Statistic.named(other)
            test = ReportTest(tree) { Self.condition(left, comparison, right, $0) }
        }
        // What letters spell is said.
        guard Statistic.called(name.text) == nil else { return .reports(test) }
        return .spelt(name.text, left.names.first ?? left.key, .reports(test))
    }

    private static func condition(
        _ left: Statistic, _ comparison: QueryComparison, _ right: Statistic, _ segment: Segment
    ) -> ReportCondition {
        ReportCondition(
            of: .values,
            holds: { report in
                guard let left = segment.value(of: left, inReport: report),
                    let right = segment.value(of: right, inReport: report)
                else { return false }
                return comparison.holds(left, right)
            },
            all: {
                let left = segment.numbers(of: left)
                let right = segment.numbers(of: right)
                return ReportSet(below: left.count) { report in
                    !left[report].isNaN && !right[report].isNaN
                        && comparison.holds(left[report], right[report])
                }
            })
    }

    /// What a field must hold to compare so; nil when it is compared with a name.
    private static func value(
        _ comparison: QueryComparison, _ operand: QueryOperand
    ) -> QueryFieldValue? {
        switch operand {
        case .number(let number): .comparison(comparison, number)
        case .range(let range): .range(range)
        case .name: nil
        }
    }

    /// The reports in which a statistic is known and its value is wanted.
    private func values(
        of statistic: Statistic, _ wanted: WantedNumbers, _ tree: QueryTree
    ) -> ReportTest {
        ReportTest(tree, plain: .values(of: statistic, wanted)) { segment in
            ReportCondition(
                of: statistic.isCell ? .column : .values,
                holds: { segment.value(of: statistic, inReport: $0).map(wanted.contains) ?? false },
                all: { segment.reports(of: statistic, wanted) })
        }
    }

    func call(
        _ name: QueryName, _ arguments: [QueryOperand], _ tree: QueryTree
    ) throws(SearchError) -> ReportTest {
        guard ["missing", "缺失"].contains(scoring.analysis.folded(name.text)) else {
            throw SearchError(
                question: "no call is known as \(name.text)", chinese: "没有叫“\(name.text)”的函数",
                range: name.range, suggestion: "missing(新收)")
        }
        guard arguments.count == 1, case .name(let statistic) = arguments[0] else {
            throw SearchError(
                question: "missing takes one statistic", chinese: "missing 要一个统计项",
                range: name.range, suggestion: "missing(新收)")
        }
        let wanted = try Statistic.named(statistic)
        let all = WantedNumbers(from: -.infinity, through: .infinity)
        return ReportTest(
            tree, plain: PlainQuery.values(of: wanted, all).map { PlainQuery.not($0) }
        ) { segment in
            ReportCondition(count: segment.reportCount) { report in
                segment.value(of: wanted, inReport: report) == nil
            }
        }
    }
}

extension QueryComparison {
    /// Whether the comparison is true of two numbers.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
