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
        #expect(row.left.cells.count == 6 && row.right.cells.first?.cell?.line == 7)
        #expect(row.right.cells.first?.source == "a.txt")
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
}
