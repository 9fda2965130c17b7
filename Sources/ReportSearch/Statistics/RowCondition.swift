import QueryLanguage
import SegmentStore

/// What a row of an answer must satisfy: `denominator>=10`, `值>50% 报告数>=3`.
public struct RowCondition: Sendable {
    /// A number of a row.
    private enum Name: String, CaseIterable {
        case value, numerator, denominator, used, blank, undefined, agencies, known, change, points,
            percent, share

        var names: [String] {
            let chinese =
                switch self {
                case .value: ["值", "数值"]
                case .numerator: ["分子"]
                case .denominator: ["分母"]
                case .used: ["报告数", "reports"]
                case .blank: ["空白"]
                case .undefined: ["无定义"]
                case .agencies: ["机关数"]
                case .known: ["已知机关"]
                case .change: ["变化"]
                case .points: ["百分点"]
                case .percent: ["同比", "变化率"]
                case .share: ["占比", "份额"]
                }
            return [rawValue] + chinese
        }

        func value(_ row: StatisticsRow) -> Double? {
            switch self {
            case .value: row.value
            case .numerator: row.numerator
            case .denominator: row.denominator
            case .used: Double(row.reports.used)
            case .blank: Double(row.reports.blank)
            case .undefined: Double(row.reports.undefined)
            case .agencies: Double(row.reports.agencies)
            case .known: Double(row.reports.known)
            case .change: row.change?.absolute
            case .points: row.change?.points
            case .percent: row.change?.relative
            case .share: row.share
            }
        }
    }

    private let tree: QueryTree

    /// Reads a condition in the language of queries.
    ///
    /// - Throws: the ``QueryLanguage/QuerySyntaxError`` of a text that is no query, or a
    ///   ``SearchError`` when it names what a row does not have.
    public init?(_ text: String) throws {
        guard let tree = try QueryTree.parse(text) else { return nil }
        for leaf in tree.leaves { try Self.check(leaf) }
        self.tree = tree
    }

    private static func check(_ leaf: QueryTree) throws {
        guard case .comparison(let name, _, let operand) = leaf.kind else {
            throw unknown(leaf.description, leaf.range)
        }
        _ = try named(name)
        if case .name(let other) = operand { _ = try named(other) }
    }

    private static func named(_ name: QueryName) throws -> Name {
        let folded = TextAnalysis().folded(name.text)
        guard let known = Name.allCases.first(where: { $0.names.contains(folded) }) else {
            throw unknown(name.text, name.range)
        }
        return known
    }

    private static func unknown(_ text: String, _ range: Range<Int>) -> SearchError {
        SearchError(
            question: "--having compares numbers of a row, not \(text); there are "
                + Name.allCases.map(\.rawValue).joined(separator: ", "),
            chinese: "--having 比较一行的数，“\(text)”不是；可用 "
                + Name.allCases.map { $0.names[1] }.joined(separator: "、"),
            range: range,
            suggestion: TextAnalysis().nearest(to: text, among: Name.allCases.flatMap(\.names)))
    }

    /// Whether a row satisfies it; what is not known satisfies nothing.
    func holds(_ row: StatisticsRow) -> Bool { Self.holds(tree, row) ?? false }

    /// nil where something is not known.
    private static func holds(_ tree: QueryTree, _ row: StatisticsRow) -> Bool? {
        switch tree.kind {
        case .and(let terms): return terms.allSatisfy { holds($0, row) ?? false }
        case .or(let terms): return terms.contains { holds($0, row) ?? false }
        case .not(let term): return holds(term, row).map { !$0 }
        case .comparison(let name, let comparison, let operand):
            guard let left = (try? named(name))?.value(row) else { return nil }
            switch operand {
            case .number(let number): return comparison.holds(left, number.value)
            case .range(let range):
                return range.contains(left) == (comparison == .equal)
            case .name(let other):
                guard let right = (try? named(other))?.value(row) else { return nil }
                return comparison.holds(left, right)
            }
        default: return nil
        }
    }
}
