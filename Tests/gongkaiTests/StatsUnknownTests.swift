import TestSupport
import Testing

/// What a figure is made of where much is not known, or known twice.
@Suite("Unknown cells and versions count as they should")
struct StatsUnknownTests {
    private static let one = "平遥县停车管理局"
    private static let two = "平遥县水网运行中心"

    /// A report whose cells of requests are blank.
    private static func blank(_ agency: String) -> PlantedReport {
        var blank = PlantedReport.plain(agency, 2023, new: 0)
        for name in ["新收.自然人", "新收", "新收.商业企业", "办理总计", "结转下年", "上年结转"] {
            blank.texts[name] = ""
        }
        return blank
    }

    @Test("A cell that no report of a later run has is unknown in these, not 0")
    func segments() async throws {
        let work = try await Workplace.planted([.plain(Self.one, 2023, new: 10)])
        try work.write(Self.blank(Self.two).html, to: "reports/later.html")
        #expect(try await work.run("index", "reports").status == 0)
        let total = try await work.stats("新收").rows[0]
        #expect(total.value == 10 && total.reports.used == 1 && total.reports.blank == 1)
        #expect(try await work.run("search", "新收<5", "--count").lines == ["0"])
        let missing = try await work.run("search", "missing(新收)", "-l")
        #expect(missing.lines == ["reports/later.html"])
    }

    @Test("A rate of nothing is no rate, and is in no mean")
    func rates() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2023, new: 10), .plain(Self.two, 2023, new: 0),
        ])
        let mean = try await work.stats("予以公开率", "--mean").rows[0]
        #expect(mean.value == 1 && mean.reports.used == 1 && mean.reports.undefined == 1)
    }

    @Test("Of two versions the one that tells more counts")
    func versions() async throws {
        for (first, second) in [
            (PlantedReport.plain(Self.one, 2023, new: 10), Self.blank(Self.one)),
            (Self.blank(Self.one), PlantedReport.plain(Self.one, 2023, new: 10)),
        ] {
            let work = try await Workplace.planted([first, second])
            let row = try await work.stats("新收").rows[0]
            #expect(row.value == 10 && row.reports.left_out.duplicate == 1)
        }
    }

    @Test("Two reports compiled for one place are not added")
    func compiledTwice() async throws {
        var office = PlantedReport.plain("平遥县人民政府办公室", 2023, new: 60)
        office.compiledFor = "平遥县"
        var group = PlantedReport.plain("平遥县政务公开办公室", 2023, new: 60)
        group.compiledFor = "平遥县"
        let work = try await Workplace.planted([office, group])
        let row = try await work.stats("新收", "--by", "county").rows[0]
        #expect(row.value == 60 && row.reports.left_out.rolled_up == 1)
    }

    @Test("A change says so where other agencies reported than in the year before")
    func changedAgencies() async throws {
        let work = try await Workplace.planted([
            .plain(Self.one, 2022, new: 10), .plain(Self.one, 2023, new: 20),
            .plain(Self.two, 2023, new: 5),
        ])
        let total = try await work.stats("新收", "--by", "year", "--change")
        let change = try #require(total.rows.first { $0.only == "2023" })
        #expect(change.change?.absolute == 15 && change.marks.contains("agencies_changed"))
        let each = try await work.stats("新收", "--by", "agency,year", "--change")
        #expect(each.rows.contains { $0.change?.absolute == 10 })
        #expect(!each.rows.contains { $0.marks.contains("agencies_changed") })
    }
}
