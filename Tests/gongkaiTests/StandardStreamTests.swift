import Foundation
import TestSupport
import Testing

@Suite("Standard input, null bytes, and runs without paths")
struct StandardStreamTests {
    private static func report(_ agency: String, _ year: Int) -> String {
        PlantedReport.plain(agency, year, new: 5).html
    }

    @Test("parse and check read standard input")
    func input() async throws {
        let work = try Workplace()
        let html = Self.report("青岚县灯会管理局", 2023)
        try work.write(html, to: "a.html")
        let given = try await work.run(["parse", "-"], input: html)
        let file = try await work.run("parse", "a.html")
        #expect(given.status == 0 && given.lines.count == 1)
        #expect(
            given.output.replacing("\"file\":\"-\"", with: "\"file\":\"a.html\"") == file.output)
        var wrong = PlantedReport.plain("青岚县灯会管理局", 2023, new: 5)
        wrong.values["新收.总计"] = 8
        let check = try await work.run(["check", "-"], input: wrong.html)
        #expect(check.status == 1 && check.output.contains("row:new  5 ≠ 8"), "\(check)")
        let empty = try await work.run(["parse", "-"], input: "")
        #expect(empty.status == 1 && empty.errors.contains("-: empty"), "\(empty)")
        // Beside a file; what is named - is reached as ./-.
        try work.write(html, to: "-")
        let two = try await work.run(
            ["parse", "./-", "-"], input: Self.report("青岚县灯会管理局", 2022))
        let years = try two.lines.map { line -> Int? in
            let report: ReportAnswer = try decoded(line)
            return report.year
        }
        #expect(years == [2022, 2023])
    }

    @Test("An archive on standard input is looked into")
    func archive() async throws {
        let work = try Workplace()
        try work.write(Self.report("青岚县灯会管理局", 2023), to: "a.html")
        try await work.shell("tar cf a.tar a.html")
        var shell = work.program
        shell.environment["GONGKAI"] = shell.file.path
        shell.file = URL(filePath: "/bin/bash")
        let run = try await shell.run(["-c", "\"$GONGKAI\" parse - < a.tar"])
        #expect(run.lines.count == 1 && run.output.contains("\"file\":\"-!/a.html\""), "\(run)")
    }

    @Test("Paths that end with a null byte can be passed back, whatever their bytes")
    func nullBytes() async throws {
        let work = try Workplace()
        try work.write(Self.report("青岚县灯会管理局", 2023), to: "a.html")
        try await work.shell(
            "mkdir r; mv a.html $'r/\\xc7\\xe0\\xe1\\xb0 1.html'")
        #expect(try await work.run("index", "r").status == 0)
        let run = try await work.run("search", "灯会", "-l", "-0")
        #expect(
            Array(run.outputBytes) == Array("r/".utf8) + [0xC7, 0xE0, 0xE1, 0xB0]
                + Array(" 1.html".utf8) + [0])
        let null = try await work.run("search", "灯会", "--files", "--null")
        #expect(null.outputBytes == run.outputBytes)
        let bytes = work.path("list")
        try Data(run.outputBytes).write(to: URL(filePath: bytes))
        let count = try await work.shell("xargs -0 cat < list | wc -c")
        #expect(Int(count.filter(\.isNumber)) ?? 0 > 1_000)
    }

    @Test("Without paths those of the last run are read again")
    func again() async throws {
        let work = try Workplace()
        try work.write(Self.report("青岚县灯会管理局", 2023), to: "r/a.html")
        let none = try await work.run("index")
        #expect(none.status == 2 && none.errors.contains("name files and folders"))
        #expect(try await work.run("index", "r").status == 0)
        try work.write(Self.report("青岚县灯会管理局", 2022), to: "r/b.html")
        try work.write(Self.report("青岚县灯会管理局", 2021), to: "other/c.html")
        let again = try await work.run("index")
        #expect(again.status == 0 && again.output.contains("+1 ~0 -0"), "\(again)")
        #expect(again.errors.contains("reading again what the last run read: r"))
        #expect(try await work.run("index", ".").status == 0)
        #expect(try await work.run("index").errors.contains("read: .\n"))
        #expect(try await work.run("index", "other").status == 0)
        // The last run alone counts; the folder and its index may be moved together.
        #expect(try await work.run("index").errors.contains("read: other"))
        try await work.shell("mkdir moved; mv other .gongkai moved/")
        var moved = work
        moved.program = try BuiltProgram("gongkai", in: URL(filePath: work.path("moved")))
        let there = try await moved.run("index")
        #expect(there.status == 0 && there.errors.contains("read: other"), "\(there)")
        #expect(try await moved.run("compact").status == 0)
        #expect(try await moved.run("verify").status == 0)
        #expect(try await moved.run("index").status == 0)
    }

    @Test("index tells a program what it did")
    func json() async throws {
        let work = try Workplace()
        try work.write(Self.report("青岚县灯会管理局", 2023), to: "r/a.html")
        try work.write("", to: "r/empty.txt")
        let run = try await work.run("index", "r", "--format", "json")
        let found = try keys(of: run.output)
        #expect(run.status == 0 && run.lines.count == 1)
        #expect(
            found[""]?.always == [
                "schema", "index", "dry_run", "files", "read", "added", "changed", "removed",
                "restored", "reports", "skipped", "away", "elapsed_us",
            ])
        #expect(run.output.contains("\"files\":2") && run.output.contains("\"reports\":1"))
        #expect(run.output.contains("\"reason\":\"empty\""))
        let lines = try await work.run("index", "r", "--rebuild", "--diagnostics", "-")
        #expect(lines.lines.allSatisfy { $0.hasPrefix("{\"schema\":\"gongkai.") }, "\(lines)")
        #expect(lines.lines.count { $0.contains("gongkai.diagnostic/1") } == 2)
        #expect(lines.errors.contains("read 2 of 2 files"))
        let csv = try await work.run("index", "r", "--format", "csv")
        #expect(csv.status == 2 && csv.errors.contains("text or json"))
    }

    @Test("A gap lies between an agency's years, or is the newest year where most have it")
    func gaps() async throws {
        func work(_ years: [String: [Int]]) async throws -> Workplace {
            try await Workplace.planted(
                years.sorted { $0.key < $1.key }.flatMap { agency, years in
                    years.map { PlantedReport.plain(agency, $0, new: $0 == 2022 ? 0 : 5) }
                })
        }
        func missing(_ work: Workplace, _ arguments: String...) async throws -> [String?] {
            let run = try await work.run(["agencies", "--format", "csv"] + arguments)
            return try FormatTests.csv(run.output).map { $0["missing"] }
        }
        let (one, two, three) = ("平遥县停车管理局", "平遥县灯会管理局", "平遥县水网管理局")
        // One agency's report of the newest year makes the others miss nothing.
        let early = try await work([
            one: [2021, 2023, 2024], two: [2021, 2022, 2023], three: [2023],
        ])
        #expect(Set(try await missing(early)) == ["2022", ""])
        let late = try await work([
            one: [2021, 2023], two: [2021, 2022, 2023], three: [2021, 2022],
        ])
        #expect(Set(try await missing(late)) == ["2022", "", "2023"])
        // What a filter leaves out is not missing, nor a year that is not asked for.
        #expect(try await missing(late, "--agency", "灯会", "--where", "新收>0") == [""])
        #expect(try await missing(late, "--agency", "停车", "--year", "2023") == [""])
        #expect(try await missing(late, "--agency", "停车", "--year", "2021..2022") == ["2022"])
        #expect(try await missing(late, "--agency", "水网", "--year", "2021") == [""])
    }

    @Test("At 80 columns agencies and fields keep their names whole")
    func narrow() async throws {
        let agency = "杭锦旗城市停车与灯会综合服务中心"
        var work = try await Workplace.planted([.plain(agency, 2023, new: 5)])
        work.program.environment["COLUMNS"] = "80"
        let agencies = try await work.run("agencies")
        #expect(agencies.lines.dropFirst().first?.hasPrefix(agency) == true, "\(agencies)")
        let fields = try await work.run("fields")
        for line in agencies.lines + fields.lines {
            #expect(FormatTests.width(line) <= 80, "\(line)")
        }
        for name in ["requests.new.total", "新收", "rate.disclosed", "公开率", "不予公开.国家秘密"] {
            let words = fields.lines.flatMap { $0.split(separator: " ") }
            #expect(words.contains { $0 == name }, "\(name)")
        }
    }
}
