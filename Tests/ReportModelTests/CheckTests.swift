import ReportModel
import Testing

@Suite("What must hold within a report and from year to year")
struct CheckTests {
    /// A report of the 2021 form whose cells are 0 but for some.
    private func report(_ year: Int?, _ values: [String: Double?]) throws -> Report {
        var report = Report(kind: .annualReport, form: .form2021, encoding: "utf-8", year: year)
        for field in OfficialForm.form2021.fields {
            report.statistics[field] = Cell(value: 0, status: .printed, raw: "0", line: 1)
        }
        for (key, value) in values {
            let field = try #require(StatisticField.index(ofKey: key))
            report.statistics[field] = Cell(
                value: value, status: value == nil ? .blank : .printed, raw: "", line: 7)
        }
        return report
    }

    private func chain(_ before: Report, _ after: Report) -> [String: CheckResult.State] {
        let links = [before, after].compactMap { YearLink($0, agency: "云岫县某局", source: "x") }
        return Dictionary(uniqueKeysWithValues: YearLink.checks(links).map { ($0.rule, $0.state) })
    }

    @Test("An identity that fails names both sides and every cell")
    func sides() throws {
        let report = try report(
            2022, ["requests.new.natural_person": 3, "requests.new.total": 4])
        let results = report.checks(source: "a.txt")
        let failing = results.filter { $0.state == .fails }.map(\.rule)
        #expect(failing == ["row:new", "balance:natural_person", "balance:total"])
        let row = try #require(results.first { $0.rule == "row:new" })
        #expect(row.left.value == 3 && row.right.value == 4)
        #expect(row.left.evidence.count == 6 && row.right.evidence.first?.cell?.line == 7)
        #expect(row.right.evidence.first?.source == "a.txt")
    }

    @Test("A blank makes a rule unknown, an inferred cell says that it does not")
    func blanks() throws {
        var report = try report(2022, ["requests.new.natural_person": nil])
        var row = try #require(report.checks(source: "").first { $0.rule == "row:new" })
        #expect(row.state == .unknown && row.left.value == nil)
        let field = try #require(StatisticField.index(ofKey: "requests.new.natural_person"))
        report.statistics[field] = Cell(
            value: 0, status: .inferred, raw: "", line: 1, inferredFrom: "row:new")
        row = try #require(report.checks(source: "").first { $0.rule == "row:new" })
        #expect(row.state == .holds && row.inferred == ["requests.new.natural_person"])
    }

    @Test("What a year carries over is what the next begins with")
    func carrying() throws {
        let before = try report(2022, ["requests.carried_out.total": 6])
        #expect(
            try chain(before, report(2023, ["requests.carried_in.total": 6]))["carry:total"]
                == .holds)
        #expect(
            try chain(before, report(2023, ["requests.carried_in.total": 5]))["carry:total"]
                == .fails)
        #expect(
            try chain(before, report(2023, ["requests.carried_in.total": nil]))["carry:total"]
                == .unknown)
    }

    @Test("Documents in force that do not follow only differ")
    func inForce() throws {
        let before = try report(2022, ["proactive.normative_docs.in_force": 20])
        let after = [
            "proactive.normative_docs.issued": 5.0, "proactive.normative_docs.repealed": 2,
            "proactive.normative_docs.in_force": 23,
        ]
        #expect(try chain(before, report(2023, after))["in_force:normative_docs"] == .holds)
        let cleaned = after.merging(["proactive.normative_docs.in_force": 11]) { $1 }
        #expect(try chain(before, report(2023, cleaned))["in_force:normative_docs"] == .differs)
    }

    @Test("Only consecutive years of one agency are tied")
    func years() throws {
        let first = try report(2021, ["requests.carried_out.total": 6])
        let third = try report(2023, [:])
        #expect(chain(first, third).isEmpty)
        #expect(YearLink(try report(nil, [:]), agency: "某局", source: "") == nil)
        let others = [
            YearLink(first, agency: "甲局", source: ""),
            YearLink(try report(2022, [:]), agency: "乙局", source: ""),
        ].compactMap(\.self)
        #expect(others.count == 2 && YearLink.checks(others).isEmpty)
    }

    /// The narrative results of a report whose cells are 0 but for some.
    private func narrative(
        _ figures: [NarrativeFigure], _ values: [String: Double?] = [:]
    ) throws -> [CheckResult] {
        var report = try report(2023, values)
        report.narrative = figures
        return report.checks(source: "a.txt").filter {
            !$0.rule.hasPrefix("row:") && $0.left.evidence.first?.stated != nil
                || $0.rule == "fee:section6"
        }
    }

    private func figure(
        _ subject: NarrativeSubject, _ value: Double, tolerance: Double = 0
    ) -> NarrativeFigure {
        NarrativeFigure(
            subject: subject, value: value, tolerance: tolerance, line: 5, sentence: "收到申请。")
    }

    @Test("A sentence that contradicts its cell differs and never fails")
    func sentences() throws {
        let results = try narrative([figure(.normativeIssued, 9)])
        #expect(results.map(\.rule) == ["narrative:proactive.normative_docs.issued"])
        #expect(results.map(\.state) == [.differs])
        #expect(results.first?.left.evidence.first?.line == 5)
        #expect(results.first?.right.evidence.first?.cell?.value == 0)
        let agreeing = [figure(.normativeIssued, 9), figure(.normativeIssued, 0)]
        #expect(try narrative(agreeing).map(\.state) == [.holds], "one statement that agrees")
        let parts = [figure(.normativeRepealed, 3), figure(.normativeRepealed, 2)]
        let five = ["proactive.normative_docs.repealed": 5.0 as Double?]
        #expect(try narrative(parts, five).map(\.state) == [.holds], "both together")
        let unknown = ["proactive.normative_docs.issued": nil as Double?]
        #expect(try narrative([figure(.normativeIssued, 9)], unknown).map(\.state) == [.unknown])
    }

    @Test("Approximate numbers and those with what was carried in are compared as they are meant")
    func meanings() throws {
        let cells: [String: Double?] = ["requests.new.total": 38, "requests.carried_in.total": 3]
        func state(_ figure: NarrativeFigure) throws -> CheckResult.State? {
            try narrative([figure], cells).first?.state
        }
        #expect(try state(figure(.receivedRequests, 41)) == .holds)
        #expect(try state(figure(.receivedRequests, 38)) == .holds)
        #expect(try state(figure(.receivedRequests, 40)) == .differs)
        #expect(try state(figure(.newRequests, 41)) == .differs)
        #expect(try state(figure(.newRequests, 40, tolerance: 10)) == .holds)
        #expect(try state(figure(.newRequests, 60, tolerance: 10)) == .differs)
        #expect(try state(figure(.carried, 3)) == .holds)
        #expect(try state(figure(.carried, 0)) == .holds)
        #expect(try state(figure(.carried, 2)) == .differs)
    }

    @Test("The fee of section 6 is a part of the fees of the table")
    func fees() throws {
        let cells: [String: Double?] = ["proactive.fees.amount": 0.038]
        #expect(try narrative([figure(.processingFee, 380)], cells).map(\.state) == [.holds])
        #expect(try narrative([figure(.processingFee, 0)], cells).map(\.state) == [.holds])
        #expect(try narrative([figure(.processingFee, 400)], cells).map(\.state) == [.differs])
    }

    @Test("The states of a report's rules are those of its results")
    func states() throws {
        var report = try report(2023, ["requests.new.total": 4, "requests.granted.total": nil])
        report.narrative = [figure(.newRequests, 4), figure(.granted, 1), figure(.year, 2023)]
        let results = report.checks(source: "").map { [$0.rule, $0.state.rawValue] }
        #expect(report.ruleStates.map { [$0.rule, $0.state.rawValue] } == results)
    }

    @Test(
        "A pattern names rules by stars, by their group, or all",
        arguments: [
            ("row:*", "row:new", true), ("row:*", "balance:total", false),
            ("*:total", "balance:total", true), ("narrative", "narrative:requests.new", true),
            ("narrative", "narrative", true), ("carry", "carrying:x", false),
            ("any", "fee:section6", true), ("col:*:total", "col:results_total:total", true),
            ("normative", "in_force:normative_docs", true),
            ("normative:*", "in_force:regulations", true), ("normative", "row:new", false),
            ("*a*b*", "xaybz", true), ("*a*b*", "xbya", false), ("row:ne", "row:new", false),
            ("a*a", "a", false), ("", "row:new", false), ("*", "row:new", true),
        ])
    func patterns(pattern: String, rule: String, matches: Bool) {
        #expect(RulePattern(pattern).matches(rule) == matches)
    }
}
