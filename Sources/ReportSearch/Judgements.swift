import ReportModel
import SegmentStore

/// What every check gave for every report of an index.
///
/// Judged when first asked for: each report's cells are read once, about 20,000 reports a second.
final class Judgements {
    /// The names of all rules, those that had nothing to judge in this index too.
    private(set) var rules: Set<String>
    /// The processing fee that section 6 tells of, in 元, by the report's id; 0 where it says that
    /// none was charged, and nothing where it says nothing.
    private(set) var processingFees: [String: Double] = [:]
    private var states: [String: [String: Set<CheckResult.State>]] = [:]

    /// Judges every report that is part of the index, alone and with the agency's other years.
    init(_ reader: IndexReader) throws {
        let analysis = TextAnalysis()
        rules = CheckRules.all
        var links: [YearLink] = []
        try reader.forEachReport { head, report, _ in
            for (rule, state) in report.ruleStates { add(rule, state, to: [head.id]) }
            if let fee = report.narrative.first(where: { $0.subject == .processingFee }) {
                processingFees[head.id] = fee.value
            }
            guard let agency = report.agency else { return }
            let place = report.region.names.joined(separator: " ")
            if let link = YearLink(
                report, agency: analysis.folded(agency) + "\n" + place, source: head.id)
            {
                links.append(link)
            }
        }
        for result in YearLink.checks(links) {
            let reports = Set((result.left.evidence + result.right.evidence).map(\.source))
            add(result.rule, result.state, to: reports)
        }
    }

    private func add(_ rule: String, _ state: CheckResult.State, to reports: Set<String>) {
        for report in reports { states[report, default: [:]][rule, default: []].insert(state) }
    }

    /// The families of rules as a condition names them: `row:*`.
    var families: [String] { CheckRules.families(of: rules) }

    /// The ids of the reports for which some rule that a condition names gave its state.
    func reports(satisfying condition: CheckCondition) -> Set<String> {
        Set(
            states.filter { _, rules in
                rules.contains { rule, states in
                    condition.names(rule) && states.contains(condition.state)
                }
            }.keys)
    }
}

/// The rules that reports are checked by.
public enum CheckRules {
    /// The names of all.
    public static let all: Set<String> = {
        var rules = Set(OfficialForm.allCases.flatMap(\.identities).map(\.id))
        rules.formUnion(ApplicantColumn.allCases.map { "carry:\($0.rawValue)" })
        rules.formUnion(NarrativeSubject.allCases.map { "narrative:\($0.rawValue)" })
        rules.formUnion([
            "in_force:regulations", "in_force:normative_docs", "fee:section6", "year:conflict",
        ])
        return rules
    }()

    /// The families of all, as a pattern names them: `row:*`.
    public static let families = families(of: all)

    /// What a pattern may be: the families without their star, and the names.
    public static let names = families.map { $0.replacing(":*", with: "") } + all.sorted()

    static func families(of rules: Set<String>) -> [String] {
        Set(
            rules.map { rule in
                rule.contains(":") ? rule.prefix { $0 != ":" } + ":*" : rule[...]
            }
        ).map(String.init).sorted()
    }
}
