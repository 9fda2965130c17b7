import ReportModel
import TestSupport
import Testing

/// The needs of people who add up and compare, each answered by one command.
@Suite("Every need for figures is answered by one command")
struct StatsNeedTests {
    private static let one = "平遥县停车管理局"
    private static let two = "平遥县水网运行中心"
    private static let three = "芮城县灯会管理局"

    /// Lawsuits that ended in a correction, by year from 2021.
    private static let corrected = [one: [0, 1, 3], two: [2, 2, 1], three: [0, 0, 2]]

    /// Three agencies over three years, one of them without a report of the last.
    private static let work = Task {
        var reports: [PlantedReport] = []
        for (number, agency) in [one, two, three].enumerated() {
            for year in 2021...2023 {
                var report = PlantedReport.plain(
                    agency, year, new: (number + 1) * (year - 2020) * 10,
                    granted: (number + 1) * (year - 2020) * 4)
                report.values["复议"] = Double(number * 12)
                report.values["复议.结果纠正"] = Double(number * 3)
                report.values["复议.结果维持"] = Double(number * 9)
                let lawsuits = Double(corrected[agency]?[year - 2021] ?? 0)
                report.values["直接起诉.结果纠正"] = lawsuits
                report.values["直接起诉.总计"] = lawsuits
                reports.append(report)
            }
        }
        reports.append(.plain("芮城县井盖管理局", 2021, new: 4))
        reports.append(.plain("芮城县井盖管理局", 2022, new: 4))
        return try await Workplace.planted(reports)
    }

    @Test("45: the share granted, by region")
    func share() async throws {
        let answer = try await Self.work.value.stats("予以公开率", "--by", "county")
        #expect(answer.rows.map(\.only) == ["平遥县", "芮城县"])
        #expect(answer.rows.map(\.numerator) == [72, 80])
        #expect(answer.rows.map(\.denominator) == [180, 188])
    }

    @Test("46: applications a year of one place")
    func years() async throws {
        let answer = try await Self.work.value.stats("新收", "--by", "year", "--region", "平遥县")
        #expect(answer.values() == ["2021": 30, "2022": 60, "2023": 90])
    }

    @Test("47: the mean by level")
    func levels() async throws {
        let answer = try await Self.work.value.stats("新收", "--by", "level", "--mean")
        #expect(answer.values() == ["county": 368.0 / 11])
    }

    @Test("48: growth on the year, the highest first")
    func growth() async throws {
        let answer = try await Self.work.value.stats(
            "新收", "--by", "agency", "--change", "--rank")
        func rows(_ year: Double) -> [StatsAnswer.Row] {
            answer.rows.filter { $0.group["year"] == .number(year) }
        }
        #expect(
            rows(2023).map { $0.group["agency"] }
                == [Self.three, Self.two, Self.one].map { .text($0) })
        #expect(rows(2023).map { $0.change?.absolute } == [30, 20, 10])
        #expect(rows(2023).map(\.rank) == [1, 2, 3])
        // Of the first year no growth is known, so nothing is ranked by its value instead.
        #expect(rows(2021).count == 4 && rows(2021).allSatisfy { $0.rank == nil })
        // What grew by the year is ranked by itself, and not against differences.
        let means = answer.rows.filter { $0.aggregate == "mean_growth" }
        #expect(means.map(\.rank) == [1, 1, 1, 4])
        #expect(means.last?.value == 0)
    }

    @Test("49: agencies whose lawsuits ended in more corrections than the year before")
    func rose() async throws {
        let answer = try await Self.work.value.stats(
            "诉讼.结果纠正", "--by", "agency", "--change", "--having", "change>0")
        let rows = answer.rows.map { [$0.group["agency"], $0.group["year"]] }
        #expect(
            rows == [
                [.text(Self.one), .number(2022)], [.text(Self.one), .number(2023)],
                [.text(Self.three), .number(2023)],
            ])
        #expect(answer.rows.map { $0.change?.absolute } == [1, 2, 2])
    }

    @Test("50: the correction rate of reviews where there were ten or more")
    func corrections() async throws {
        let answer = try await Self.work.value.stats(
            "复议纠错率", "--by", "agency", "--having", "denominator>=10")
        #expect(answer.values() == [Self.two: 0.25, Self.three: 0.25])
    }

    @Test("51: the mix of applicants by year")
    func mix() async throws {
        let answer = try await Self.work.value.stats("申请人构成", "--by", "year")
        #expect(answer.rows.count == 18)
        let first = answer.rows.filter { $0.only == "2021" }
        #expect(first.map(\.value) == [1, 0, 0, 0, 0, 0])
        #expect(first.allSatisfy { $0.denominator == 64 })
    }

    @Test("52: a distribution")
    func distribution() async throws {
        let answer = try await Self.work.value.stats(
            "新收", "--distribution", "--bounds", "0,1,10,30,1000")
        #expect(answer.rows.map(\.value) == [0, 2, 3, 6, 0])
        #expect(answer.rows.map(\.bin?.from) == [0, 1, 10, 30, 1000])
    }

    @Test("53: a table for a spreadsheet")
    func sheet() async throws {
        let work = try await Self.work.value
        let run = try await work.run(
            "stats", "新收", "--by", "agency,year", "--year", "2022", "--format", "csv")
        let rows = try FormatTests.csv(run.output)
        #expect(rows.map { $0["value"] } == ["20", "40", "4", "60"])
        #expect(rows.map { $0["agency"] } == [Self.one, Self.two, "芮城县井盖管理局", Self.three])
        let export = try await work.run(
            "export", "reports", "--year", "2022", "--fields", "新收", "--format", "csv")
        #expect(try FormatTests.csv(export.output).count == 4)
    }

    @Test("54: agencies with a report of one year and none of the next")
    func missing() async throws {
        let work = try await Self.work.value
        let run = try await work.run(
            "agencies", "--with", "2022", "--without", "2023", "--format", "csv")
        let rows = try FormatTests.csv(run.output)
        #expect(rows.map { $0["agency"] } == ["芮城县井盖管理局"])
        #expect(rows.map { $0["years"] } == ["2021..2022"])
        let answer = try await work.stats("新收", "--by", "year")
        let last = answer.rows.first { $0.only == "2023" }?.reports
        #expect(last?.agencies == 3 && last?.known == 4)
    }
}
