import PlainXapian
import QueryLanguage
import ReportModel
import SegmentStore

/// Conditions that follow from what a report stores: level, fee, checks.
extension QuestionResolver {
    /// The reports of agencies at a level of the administration.
    func level(
        _ text: String, _ name: QueryName, _ tree: QueryTree
    ) throws(SearchError) -> ReportTest {
        let folded = scoring.analysis.folded(text)
        let level = AgencyLevel.allCases.first { $0.names.contains(folded) }
        guard level != nil || isUnknown(text) else {
            let known = AgencyLevel.allCases.map(\.rawValue).joined(separator: ", ")
            throw SearchError(
                question: "\(text) is not a level; there are \(known) and unknown",
                chinese: "没有级别“\(text)”；有省级、市级、县级、乡镇、部委和未知", range: name.range,
                suggestion: scoring.analysis.nearest(
                    to: text, among: AgencyLevel.allCases.flatMap(\.names)))
        }
        let plain = level.map { PlainQuery.reports(.level, $0.rawValue) } ?? .unknown(.level)
        let reports = PlainQuery.reports(.kind, ReportKind.annualReport.rawValue)
        return ReportTest(tree, plain: .all([reports, plain])) { segment in
            ReportCondition(count: segment.reportCount, of: .column) { report in
                let traits = segment.traits(ofReport: report)
                return traits.isAnnualReport && traits.level == level
            }
        }
    }

    /// The reports that say whose figures they give.
    func scope(
        _ text: String, _ name: QueryName, _ tree: QueryTree
    ) throws(SearchError) -> ReportTest {
        let names: [String: ReportScope] = [
            "own": .own, "本级": .own, "本机关": .own, "rolled_up": .rolledUp, "汇总": .rolledUp,
            "unknown": .unknown, "未知": .unknown,
        ]
        let scope = try Self.value(
            text, of: name, in: names,
            english: "a scope; there are own, rolled_up and unknown", chinese: "有 本级、汇总 和 未知",
            scoring.analysis)
        return ReportTest(tree, plain: .scope(scope)) { segment in
            ReportCondition(count: segment.reportCount, of: .column) { report in
                segment.traits(ofReport: report).scope == scope
            }
        }
    }

    /// The reports, or the pages of another kind.
    func kind(
        _ text: String, _ name: QueryName, _ tree: QueryTree
    ) throws(SearchError) -> ReportTest {
        let names: [String: ReportKind] = [
            "annual_report": .annualReport, "年度报告": .annualReport, "年报": .annualReport,
            "other": .other, "其他": .other,
        ]
        let kind = try Self.value(
            text, of: name, in: names, english: "a kind; there are annual_report and other",
            chinese: "有 年度报告 和 其他", scoring.analysis)
        return ReportTest(tree, plain: .reports(.kind, kind.rawValue)) { segment in
            ReportCondition(count: segment.reportCount, of: .column) { report in
                segment.traits(ofReport: report).isAnnualReport == (kind == .annualReport)
            }
        }
    }

    private static func value<Value>(
        _ text: String, of name: QueryName, in names: [String: Value], english: String,
        chinese: String, _ analysis: TextAnalysis
    ) throws(SearchError) -> Value {
        if let value = names[analysis.folded(text)] { return value }
        throw SearchError(
            question: "\(text) is not \(english)",
            chinese: "\(name.text) 没有“\(text)”；\(chinese)", range: name.range,
            suggestion: analysis.nearest(to: text, among: names.keys.sorted()))
    }

    /// The reports whose section 6 tells of a processing fee.
    func processingFee(
        _ value: QueryFieldValue, _ name: QueryName, _ tree: QueryTree
    ) throws -> ReportTest {
        let wanted = try numbers(value, name)
        let fees = try reader.judgements().processingFees
        return ReportTest(tree) { segment in
            ReportCondition(count: segment.reportCount) { report in
                let id = try segment.head(ofReport: report).id
                return fees[id].map(wanted.contains) ?? false
            }
        }
    }

    /// Which numbers a value asks for.
    func numbers(
        _ value: QueryFieldValue, _ name: QueryName
    ) throws(SearchError) -> WantedNumbers {
        switch value {
        case .text(let text, _):
            guard let wanted = Double(text) else {
                throw SearchError(
                    question: "\(text) is not a number", chinese: "\(text) 不是数字",
                    range: name.range, suggestion: "\(name.text)<=20")
            }
            return WantedNumbers(.equal, wanted)
        case .range(let range): return WantedNumbers(range)
        case .comparison(let comparison, let number):
            return WantedNumbers(comparison, number.value)
        }
    }

    /// The reports of which a check gave some state.
    ///
    /// `fails`: any rule fails. `row:*`: some rule of that name fails. `row:new=unknown`: that rule
    /// could not be judged. `narrative=differs`: the text tells another number than its table.
    func check(
        _ text: String, _ name: QueryName, _ tree: QueryTree
    ) throws -> ReportTest {
        guard let condition = CheckCondition(scoring.analysis.folded(text)) else {
            throw SearchError(
                question: "\(text) is not a check; write a state (fails, differs, holds, unknown), "
                    + "or a rule such as row:* or carry:total=fails",
                chinese: "“\(text)”不是核对条件；可写状态（不符、存疑、相符、未知），"
                    + "或规则，如 row:*、carry:total=fails",
                range: name.range, suggestion: "\(name.text):fails")
        }
        let judgements = try reader.judgements()
        if condition.isAboutOneRule, !judgements.rules.contains(where: condition.names) {
            throw SearchError(
                question: "no rule is called \(condition.rule); there are "
                    + judgements.families.joined(separator: ", "),
                chinese: "没有叫“\(condition.rule)”的规则；有 "
                    + judgements.families.joined(separator: "、"),
                range: name.range,
                suggestion: scoring.analysis.nearest(
                    to: condition.rule,
                    among: CheckCondition.stateNames + judgements.rules.sorted()))
        }
        let reports = judgements.reports(satisfying: condition)
        return ReportTest(tree) { segment in
            ReportCondition(count: segment.reportCount) { report in
                reports.contains(try segment.head(ofReport: report).id)
            }
        }
    }

    /// Refuses `予以公开率>80`, which means 80 times everything.
    static func requireShare(
        _ operand: QueryOperand, of statistic: Statistic
    ) throws(SearchError) {
        guard statistic.isRatio else { return }
        let numbers: [QueryNumber] =
            switch operand {
            case .number(let number): [number]
            case .range(let range): [range.lower, range.upper].compactMap(\.self)
            case .name: []
            }
        guard let number = numbers.first(where: { $0.value > 1 && !$0.text.hasSuffix("%") })
        else { return }
        throw SearchError(
            question: "\(statistic.names[0]) is a share (\(statistic.definition ?? "")), at most 1",
            chinese: "\(statistic.names[0]) 是比例（\(statistic.definition ?? "")），不超过 1",
            range: number.range, suggestion: number.text + "%")
    }
}

/// What a query wants to know of the checks: a rule, perhaps with a star, and a state.
struct CheckCondition {
    let rule: String
    let state: CheckResult.State
    private let pattern: RulePattern

    private static let states: [String: CheckResult.State] = [
        "fails": .fails, "fail": .fails, "不符": .fails, "不成立": .fails,
        "differs": .differs, "differ": .differs, "存疑": .differs, "不一致": .differs,
        "holds": .holds, "hold": .holds, "相符": .holds, "成立": .holds,
        "unknown": .unknown, "未知": .unknown,
    ]

    /// The names of the states, in both languages.
    static let stateNames = states.keys.sorted()

    /// Reads a folded condition; nil when what it says is no state.
    init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if text == "year=conflict" {
            (rule, state) = ("year:conflict", .differs)
        } else if parts.count == 2 {
            guard let state = Self.states[String(parts[1])], !parts[0].isEmpty else { return nil }
            self.state = state
            rule = parts[0] == "any" ? "*" : String(parts[0])
        } else if let state = Self.states[text] {
            self.state = state
            rule = "*"
        } else {
            state = .fails
            rule = text == "any" ? "*" : text
        }
        pattern = RulePattern(rule)
    }

    /// Whether the condition names one rule rather than a family.
    var isAboutOneRule: Bool { rule != "*" }

    /// Whether the condition is about a rule.
    ///
    /// `row` alone stands for `row:*`, as ``RulePattern`` has it.
    func names(_ rule: String) -> Bool { pattern.matches(rule) }
}
