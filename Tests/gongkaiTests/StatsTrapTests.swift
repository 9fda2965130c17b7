import ReportModel
import TestSupport
import Testing

/// Where published figures went wrong, each with reports in which the mistake would show.
@Suite("The fourteen traps are refused, marked or told of")
struct StatsTrapTests {
    private static let one = "平遥县停车管理局"
    private static let two = "平遥县水网运行中心"
    private static let three = "平遥县灯会管理局"

    @Test("1: A blank is not counted as 0")
    func blank() async throws {
        var blank = PlantedReport.plain(Self.two, 2023, new: 0)
        blank.texts = ["新收.自然人": "", "新收": ""]
        for name in ["新收.商业企业", "办理总计", "结转下年", "上年结转"] { blank.texts[name] = "" }
        let work = try await Workplace.planted([.plain(Self.one, 2023, new: 10), blank])
        let answer = try await work.stats("新收")
        #expect(answer.rows[0].value == 10 && answer.rows[0].reports.used == 1)
        #expect(answer.rows[0].reports.blank == 1)
        #expect(answer.notes.contains { $0.contains("not as 0") })
        let mean = try await work.stats("新收", "--mean")
        #expect(mean.rows[0].value == 10)
        let row = try await work.stats("新收", "--by", "agency").rows.first { $0.only == Self.two }
        #expect(row?.value == nil && row?.marks.contains("blank") == true)
    }

    @Test("2: / and — and 无 are told of, and are neither 0 nor nothing")
    func dashes() async throws {
        var dashed = PlantedReport.plain(Self.two, 2023, new: 4)
        dashed.texts = ["诉讼.结果维持": "/"]
        for name in ["复议.结果维持", "复议.结果纠正", "复议.其他结果", "复议.尚未审结", "复议"] {
            dashed.texts[name] = "/"
        }
        let work = try await Workplace.planted([.plain(Self.one, 2023, new: 10), dashed])
        let answer = try await work.stats("复议.结果维持", "--cells")
        let row = answer.rows[0]
        #expect(row.reports.used + row.reports.blank == 2)
        #expect(row.reports.blank == 1 || row.cells?.contains { $0.raw == "/" } == true)
        if row.reports.blank == 1 { #expect(answer.notes.contains { $0.contains("blank") }) }
    }

    @Test("3: The rate of a group is the ratio of its sums, and a mean of rates says so")
    func ratioOfSums() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2023, new: 90, granted: 9), .plain(Self.two, 2023, new: 10),
        ])
        let rate = try await work.stats("予以公开率").rows[0]
        #expect(rate.aggregate == "ratio_of_sums" && rate.value == 0.19)
        #expect(rate.numerator == 19 && rate.denominator == 100)
        let mean = try await work.stats("予以公开率", "--mean")
        #expect(mean.rows[0].aggregate == "mean_of_rates" && mean.rows[0].value == 0.55)
        #expect(mean.notes.contains { $0.contains("another number") })
    }

    @Test("4: A rate changes in points, not in per cent")
    func points() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2022, new: 1_000, granted: 576),
            .plain(Self.one, 2023, new: 1_000, granted: 596),
        ])
        let answer = try await work.stats("予以公开率", "--change")
        let change = try #require(answer.rows.first { $0.only == "2023" }?.change)
        #expect(abs((change.points ?? 0) - 2) < 1e-9 && change.relative == nil)
        #expect(answer.notes.contains { $0.contains("percentage points") })
        let text = try await work.run("stats", "予以公开率", "--change")
        #expect(text.output.contains("+2.0 pp") && !text.output.contains("3.5%"))
    }

    @Test("5: The year before is the calendar year before, of the same agency")
    func gaps() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2020, new: 10, form: .form2019), .plain(Self.one, 2022, new: 30),
            .plain(Self.two, 2021, new: 7), .plain(Self.two, 2022, new: 14),
        ])
        let answer = try await work.stats("新收", "--by", "agency,year", "--change")
        func row(_ agency: String, _ year: Double) -> StatsAnswer.Row? {
            answer.rows.first { $0.group == ["agency": .text(agency), "year": .number(year)] }
        }
        #expect(row(Self.one, 2022)?.change == nil)
        #expect(row(Self.one, 2022)?.marks.contains("no_year_before") == true)
        #expect(row(Self.two, 2021)?.change == nil)
        #expect(row(Self.two, 2022)?.change?.absolute == 7)
        #expect(row(Self.two, 2022)?.change?.relative == 1)
    }

    @Test("6: There is no growth from 0, nor from what is unknown")
    func zeroBase() async throws {
        var unknown = PlantedReport.plain(Self.two, 2022, new: 5)
        for name in ["新收", "新收.自然人", "新收.商业企业", "办理总计", "结转下年"] { unknown.texts[name] = "" }
        let work = try await Workplace.planted([
            .plain(Self.one, 2022, new: 0), .plain(Self.one, 2023, new: 30), unknown,
            .plain(Self.two, 2023, new: 8),
        ])
        let answer = try await work.stats("新收", "--by", "agency,year", "--change")
        func row(_ agency: String) -> StatsAnswer.Row? {
            answer.rows.first { $0.group == ["agency": .text(agency), "year": .number(2023)] }
        }
        let zero = try #require(row(Self.one))
        #expect(zero.change?.absolute == 30 && zero.change?.relative == nil)
        #expect(zero.marks.contains("zero_base"))
        let blank = try #require(row(Self.two))
        #expect(blank.change == nil && blank.marks.contains("no_year_before"))
        #expect(
            try await !work.run("stats", "新收", "--by", "agency", "--change").output.contains("inf")
        )
    }

    @Test("7: No ranking of rates is led by an agency with two cases")
    func smallSamples() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2023, new: 2), .plain(Self.two, 2023, new: 50, granted: 40),
            .plain(Self.three, 2023, new: 50, granted: 45),
        ])
        let answer = try await work.stats("予以公开率", "--by", "agency", "--rank")
        #expect(answer.rows.map(\.only) == [Self.three, Self.two, Self.one])
        #expect(answer.rows.map(\.rank) == [1, 2, nil])
        #expect(answer.rows[2].marks.contains("small_sample"))
        #expect(answer.notes.contains { $0.contains("--min-sample") })
        let all = try await work.stats("予以公开率", "--by", "agency", "--rank", "--min-sample", "0")
        #expect(all.rows[0].only == Self.one && all.rows[0].rank == 1)
    }

    @Test("8: A median is one of reports, never of medians")
    func medians() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2020, new: 1, form: .form2019), .plain(Self.one, 2021, new: 2),
            .plain(Self.one, 2022, new: 3), .plain(Self.two, 2023, new: 100),
        ])
        let by = try await work.stats("新收", "--by", "agency", "--median")
        #expect(by.values() == [Self.one: 2, Self.two: 100])
        #expect(try await work.stats("新收", "--median").rows[0].value == 2.5)
    }

    @Test("9: One report is not counted twice")
    func duplicates() async throws {
        var again = PlantedReport.plain(Self.one, 2023, new: 10)
        again.remark = "本版为重新发布。"
        var other = PlantedReport.plain(Self.two, 2023, new: 6)
        other.remark = "本版为更正后发布。"
        let work = try await Workplace.planted([
            .plain(Self.one, 2023, new: 10), again, .plain(Self.two, 2023, new: 5), other,
        ])
        let answer = try await work.stats("新收", "--by", "agency")
        #expect(answer.rows.first { $0.only == Self.one }?.value == 10)
        #expect(
            answer.rows.first { $0.only == Self.one }?.marks.contains("versions_differ") == false)
        let differing = try #require(answer.rows.first { $0.only == Self.two })
        #expect([5, 6].contains(differing.value) && differing.marks.contains("versions_differ"))
        #expect(answer.rows.allSatisfy { $0.reports.left_out.duplicate == 1 })
        #expect(answer.notes.contains { $0.contains("other versions") })
    }

    @Test("10: A report compiled from others is not added to them")
    func rolledUp() async throws {
        var whole = PlantedReport.plain("平遥县人民政府办公室", 2023, new: 60)
        whole.compiledFor = "平遥县"
        let work = try await Workplace.planted([
            whole, .plain(Self.one, 2023, new: 10), .plain(Self.two, 2023, new: 20),
        ])
        let county = try await work.stats("新收", "--by", "county").rows[0]
        #expect(county.value == 30 && county.reports.left_out.rolled_up == 1)
        // Where it is alone it counts, with a mark.
        let own = try await work.stats("新收", "--by", "agency").rows
            .first { $0.only == "平遥县人民政府办公室" }
        #expect(own?.value == 60 && own?.marks.contains("rolled_up") == true)
    }

    @Test("11: A column of one form is not taken for one of the other")
    func forms() async throws {
        var old = PlantedReport.plain(Self.one, 2020, new: 1, form: .form2019)
        old.values["规范性文件2019.公开总数"] = 300
        old.values["行政许可2019.处理决定"] = 40
        var new = PlantedReport.plain(Self.one, 2021, new: 1)
        new.values["规范性文件.有效"] = 20
        new.values["行政许可"] = 50
        let work = try await Workplace.planted([old, new])
        let valid = try await work.stats("规范性文件.有效", "--by", "year")
        #expect(valid.values() == ["2020": nil, "2021": 20])
        #expect(valid.rows[0].marks.contains("not_in_form"))
        #expect(valid.notes.contains { $0.contains("no such cell") })
        let change = try await work.stats("规范性文件.有效", "--change")
        #expect(change.rows.allSatisfy { $0.change == nil })
        // What both forms print is added, with a mark.
        let both = try await work.stats("许可量")
        #expect(both.rows[0].value == 90 && both.rows[0].marks.contains("mixed_forms"))
    }

    @Test("12: A cell whose sums do not hold is marked, and --clean leaves it out")
    func failing() async throws {
        var wrong = PlantedReport.plain(Self.two, 2023, new: 20)
        wrong.values["新收.总计"] = 25
        let work = try await Workplace.planted([.plain(Self.one, 2023, new: 10), wrong])
        let all = try await work.stats("新收")
        #expect(all.rows[0].value == 35 && all.rows[0].marks.contains("fails"))
        #expect(all.rows[0].reports.failing == 1)
        #expect(all.notes.contains { $0.contains("--clean") })
        let clean = try await work.stats("新收", "--clean")
        #expect(clean.rows[0].value == 10 && clean.rows[0].reports.left_out.fails == 1)
        // A cell of another table has nothing to do with it.
        #expect(try await work.stats("复议").rows[0].marks.isEmpty)
    }

    @Test("13: Numbers of different units are not added, and fields of different units say so")
    func units() async throws {
        let work = try await Workplace.planted([.plain(Self.one, 2023, new: 10)])
        let sum = try await work.run("stats", "收费 + 新收")
        #expect(sum.status == 2 && sum.errors.contains("万元 and 件 cannot be added"))
        let both = try await work.stats("收费", "新收")
        #expect(both.rows.map(\.unit) == ["万元", "件"])
        #expect(both.notes.contains { $0.contains("units differ") })
        var old = PlantedReport.plain(Self.one, 2020, new: 1, form: .form2019)
        old.values["集中采购.金额"] = 12
        let other = try await Workplace.planted([old])
        #expect(try await other.stats("集中采购.金额").rows[0].marks.contains("no_unit"))
    }

    @Test("14: A total over some of the agencies says of how many")
    func coverage() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2022, new: 10), .plain(Self.two, 2022, new: 20),
            .plain(Self.three, 2022, new: 30), .plain(Self.one, 2023, new: 11),
        ])
        let answer = try await work.stats("新收", "--by", "year")
        let last = try #require(answer.rows.first { $0.only == "2023" })
        #expect(last.reports.agencies == 1 && last.reports.known == 3)
        #expect(last.marks.contains("incomplete"))
        #expect(answer.rows.first { $0.only == "2022" }?.marks.isEmpty == true)
        #expect(answer.notes.contains { $0.contains("1 of 3 agencies") })
        let year = try await work.stats("新收", "--year", "2023")
        #expect(year.rows[0].reports.known == 3)
        let text = try await work.run("stats", "新收", "--by", "year")
        #expect(text.output.contains("1/3 agencies"))
    }
}
