import Foundation
import ReportModel
import TestSupport
import Testing

@Suite("stats computes figures and tells what they are made of")
struct StatsTests {
    private static let one = "平遥县停车管理局"
    private static let two = "平遥县水网运行中心"
    private static let three = "芮城县灯会管理局"

    /// Three agencies over three years.
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
                reports.append(report)
            }
        }
        return try await Workplace.planted(reports)
    }

    @Test("A published figure comes out with its interval")
    func published() async throws {
        // 普陀区, first half of 2022: 81 of 263 disclosed, 30.8 %.
        var report = PlantedReport.plain("上海市普陀区人民政府办公室", 2022, new: 263, granted: 60)
        for column in ["自然人", "总计"] {
            report.values["部分公开.\(column)"] = 21
            report.values["不予公开.国家秘密.\(column)"] = 182
        }
        let work = try await Workplace.planted([report])
        let row = try await work.stats("公开率", "--region", "普陀区").rows[0]
        #expect(row.numerator == 81 && row.denominator == 263 && row.unit == "ratio")
        #expect(abs((row.value ?? 0) - 0.30798) < 1e-5)
        // Wilson's interval by another formula: the roots of (p - s)² = z² p (1 - p) / n.
        let (share, cases, z) = (81.0 / 263, 263.0, 1.959964)
        for bound in row.interval ?? [] {
            let left = (bound - share) * (bound - share)
            #expect(abs(left - z * z * bound * (1 - bound) / cases) < 1e-6)
        }
        #expect(row.interval?.count == 2 && row.reports.used == 1)
        let text = try await work.run("stats", "公开率")
        #expect(text.output.contains("30.8%") && text.output.contains("81 ÷ 263"))
        #expect(text.output.contains("25.5–36.6%"))
        #expect(text.output.contains("公开率 = (予以公开 + 部分公开) ÷ 办理总计"))
    }

    @Test(
        "The real reports give the figures that people read in them",
        .enabled(if: SampleFiles.hasSeeds))
    func seeds() async throws {
        let work = try await SharedIndex.seeds.value
        let new = try await work.stats("新收", "--by", "year")
        #expect(new.values() == ["2022": 18, "2023": 20])
        let rate = try await work.stats("予以公开率", "--by", "agency", "--having", "used>0")
        #expect(
            Dictionary(
                uniqueKeysWithValues: rate.rows.map { ($0.only, [$0.numerator, $0.denominator]) })
                == ["济源市人民政府办公室": [16, 18], "孟津区人民政府办公室": [8, 19]])
        let city = try await work.stats("新收", "--by", "year", "--region", "洛阳市")
        #expect(city.values() == ["2022": 0, "2023": 20])
    }

    @Test("--cells lists file, line and raw text; every line can be asked as a search")
    func cells() async throws {
        let work = try await Self.work.value
        let row = try await work.stats("予以公开率", "--by", "agency,year", "--cells").rows[0]
        let cells = try #require(row.cells)
        #expect(cells.map(\.key) == ["requests.granted.total", "requests.results_total.total"])
        for cell in cells {
            let lines = try work.text("reports/" + (cell.file as NSString).lastPathComponent)
                .split(separator: "\n", omittingEmptySubsequences: false)
            #expect(
                lines[cell.line - 1].contains(cell.raw) && cell.raw == "\(Int(cell.value ?? -1))")
        }
        let found = try await work.run("search", row.search, "-l")
        #expect(found.lines.count == row.reports.used)
        #expect(found.output.contains((cells[0].file as NSString).lastPathComponent))
    }

    @Test("Means, medians, quantiles, shares, outliers and concentration")
    func methods() async throws {
        let work = try await Self.work.value
        // 10 20 30 20 40 60 30 60 90
        let quantiles = try await work.stats("新收", "--quantiles")
        #expect(quantiles.rows.map(\.value) == [18, 20, 30, 60, 66, 48, 40])
        let share = try await work.stats("新收", "--by", "county", "--share", "total")
        #expect(share.values() == ["平遥县": 180, "芮城县": 180])
        #expect(share.rows.map(\.share) == [0.5, 0.5])
        let within = try await work.stats("新收", "--by", "year,agency", "--share", "year")
        #expect(within.rows[0].share == 1.0 / 6)
        let of = try await work.stats("予以公开", "--share", "新收")
        #expect(of.rows[0].value == 0.4 && of.rows[0].unit == "ratio")
        let few = try await work.stats("新收", "--by", "agency", "--concentration", "--top", "1")
        #expect(few.rows.map(\.aggregate) == ["top_share", "hhi", "gini"])
        let largest = try await work.run("stats", "新收", "--concentration", "--top", "2")
        #expect(largest.output.contains("新收 share of the 2 largest"))
        #expect(few.rows[0].value == 0.5 && abs((few.rows[1].value ?? 0) - 14.0 / 36) < 1e-9)
        let growth = try await work.stats("新收", "--change")
        let mean = growth.rows.first { $0.aggregate == "mean_growth" }
        #expect(abs((mean?.value ?? 0) - (3.0).squareRoot() + 1) < 1e-9)
        #expect(growth.rows.first { $0.aggregate == "mean_of_3_years" }?.value == 120)
        var reports = (0..<9).map { PlantedReport.plain("平遥县第\($0)停车管理局", 2023, new: 10 + $0) }
        reports.append(.plain(Self.three, 2023, new: 900))
        let outliers = try await Workplace.planted(reports).stats("新收", "--outliers")
        #expect(outliers.rows.map(\.agency) == [Self.three] && outliers.rows[0].value == 900)
    }

    @Test(
        "A concentration has no value of its last field, whatever else is asked of its rows",
        arguments: ["agency", "year", "agency,year", "year,agency"],
        [["--rank"], ["--change"], ["--change", "--rank"], ["--plot"], ["--top", "1", "--plot"]])
    func concentrations(_ groups: String, _ flags: [String]) async throws {
        let work = try await Self.work.value
        let run = try await work.run(
            ["stats", "新收", "--concentration", "--by", groups] + flags)
        #expect(run.status == 0 && run.output.contains("sum of squared shares"), "\(run)")
    }

    @Test("Formulas and indicators of one's own, and populations")
    func own() async throws {
        let work = try await Self.work.value
        let formula = try await work.stats("(予以公开 + 部分公开) / 新收")
        #expect(formula.rows[0].value == 0.4 && formula.rows[0].aggregate == "ratio_of_sums")
        let folder = try Workplace()
        try folder.write(
            "# 自定义\nopen.share = (予以公开＋部分公开)÷新收 ; 公开比 ; %\nopen.double = open.share * 2\n",
            to: "own.txt")
        try folder.write("region,year,value\n平遥县,2023,500000\n芮城县,2023,300000\n", to: "people.csv")
        let own = try await work.stats(
            "公开比", "open.double", "--indicators", folder.path("own.txt"))
        #expect(own.rows.map(\.value) == [0.4, 0.8])
        let people = try await work.stats(
            "万人申请量", "--by", "county", "--year", "2023", "--population", folder.path("people.csv"))
        #expect(
            people.values().mapValues { ($0 ?? 0).rounded(decimals: 9) } == ["平遥县": 1.8, "芮城县": 3])
        let none = try await work.stats("万人申请量", "--by", "county", "--year", "2022")
        #expect(none.rows.allSatisfy { $0.value == nil && $0.marks.contains("no_population") })

        try folder.write("a = 新收\nb = 新受 / 新收\n", to: "wrong.txt")
        MessageRow(gives: 2, saying: "wrong.txt:2", "新受", "did you mean 新收").check(
            try await work.run("stats", "a", "--indicators", folder.path("wrong.txt")))
        try folder.write("平遥县,2023,many\n", to: "wrong.csv")
        MessageRow(gives: 2, saying: "wrong.csv:1", "many").check(
            try await work.run("stats", "新收", "--population", folder.path("wrong.csv")))
        for (arguments, words) in [
            (["新受"], ["新受", "did you mean 新收"]), (["新收", "--by", "citty"], ["citty", "city"]),
            (["新收", "--having", "valu>1"], ["valu", "value"]),
            (["新收", "--bounds", "1,0", "--distribution"], ["ascending"]),
            (["新收", "--plot=pie"], ["pie"]), (["新收", "--top", "0"], ["--top"]),
        ] {
            let run = try await work.run(["stats"] + arguments)
            #expect(run.status == 2)
            for word in words { #expect(run.errors.contains(word), "\(run)") }
        }
        for condition in ["公开比>0.5", "新收>open.double"] {
            let run = try await work.run(
                "stats", "公开比", "--indicators", folder.path("own.txt"), "--where", condition)
            #expect(run.status == 2 && run.errors.contains("indicator of your own"), "\(run)")
        }
        MessageRow(gives: 1, saying: "no reports").check(
            try await work.run("stats", "新收", "--year", "1990"))
    }

    @Test("The same answer in every format, and drawn")
    func formats() async throws {
        let work = try await Self.work.value
        var folder = try Workplace()
        folder.program.environment["GONGKAI_INDEX"] = work.path(".gongkai")
        for ending in ["svg", "html", "csv", "tsv", "json", "jsonl", "md", "xlsx"] {
            let run = try await folder.run("stats", "公开率", "--by", "year", "-o", "a.\(ending)")
            #expect(run.status == 0 && run.output.isEmpty, "\(run)")
            let first = try Data(contentsOf: URL(filePath: folder.path("a.\(ending)")))
            #expect(
                try await folder.run("stats", "公开率", "--by", "year", "-o", "a.\(ending)").status
                    == 2)
            let again = try await folder.run(
                "stats", "公开率", "--by", "year", "-o", "a.\(ending)", "--force")
            #expect(again.status == 0)
            #expect(try Data(contentsOf: URL(filePath: folder.path("a.\(ending)"))) == first)
        }
        let svg = try folder.text("a.svg")
        for word in ["<title", "<desc", "role=\"table\"", "40.0%", "2023"] {
            #expect(svg.contains(word))
        }
        #expect(!svg.contains("<script") && !svg.contains("href"))
        let page = try folder.text("a.html")
        #expect(page.contains("<table>") && page.contains("</svg>") && !page.contains("<script"))
        let plot = try await folder.run("stats", "新收", "--by", "year", "--plot")
        #expect(
            plot.output.contains("*") && plot.output.contains("2021") && plot.output.contains("|"))
        let bars = try await folder.run("stats", "--plot=bar", "新收", "--by", "agency")
        #expect(bars.lines.contains { $0.hasPrefix(Self.three) && $0.contains("####") })
    }

    @Test("Every label that the form prints is a name")
    func labels() async throws {
        let work = try await Self.work.value
        let label = try await work.stats("本年新收政府信息公开申请数量", "--by", "新收.法律")
        let plain = try await work.stats("新收", "--by", "新收.法律服务机构")
        #expect(label.rows.map(\.value) == plain.rows.map(\.value))
        #expect(label.rows.map(\.field) == plain.rows.map(\.field))
    }

    /// Pieces of names with the columns that each takes on a terminal.
    private static let pieces: [(text: String, columns: Int)] = [
        ("公开", 4), ("新收率", 6), ("ab", 2), ("Ｗ", 2), ("ｱｲ", 2), ("é", 1), ("γ", 1), ("한글", 4),
        ("𠀀", 2), ("7", 1),
    ]

    @Test("10,000 names of mixed width leave every column where it is")
    func alignment() async throws {
        var random = SeededGenerator(seed: 18)
        var names: [(text: String, columns: Int)] = []
        var seen: Set<String> = []
        while names.count < 10_000 {
            let parts = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
            }
            let text = "名" + parts.map(\.text).joined()
            guard seen.insert(text).inserted else { continue }
            names.append((text, 2 + parts.reduce(0) { $0 + $1.columns }))
        }
        let work = try await Self.work.value
        // All of one table would take half a minute of a busy machine.
        for start in stride(from: 0, to: names.count, by: 1_000) {
            try await expectAligned(Array(names[start..<start + 1_000]), at: work)
        }
    }

    /// Expects that values under some names end in one column, whatever the names take.
    private func expectAligned(
        _ names: [(text: String, columns: Int)], at work: Workplace
    ) async throws {
        let folder = try Workplace()
        try folder.write(
            names.enumerated().map { "own.n\($0) = 新收 + \($0) ; \($1.text)\n" }.joined(),
            to: "names.txt")
        let run = try await work.run(
            ["stats", "--indicators", folder.path("names.txt"), "--quiet"]
                + names.map(\.text))
        let lines = run.lines.dropFirst().prefix(names.count)
        let widest = names.map(\.columns).max() ?? 0
        var ends: Set<Int> = []
        for (line, (number, name)) in zip(lines, names.enumerated()) {
            // The name, the rest of its column, then the value up to the end of its own.
            let rest = line.dropFirst(name.text.count)
            let blanks = rest.prefix { $0 == " " }.count
            let value = rest.dropFirst(blanks).prefix { $0 != " " }
            #expect(line.hasPrefix(name.text) && value == "\(360 + number)", "\(line)")
            #expect(name.columns + blanks > widest)
            ends.insert(name.columns + blanks + value.count)
        }
        #expect(run.status == 0 && lines.count == names.count && ends.count == 1)
    }

    @Test("People get Chinese where their locale is; JSON never changes")
    func chinese() async throws {
        var work = try await Self.work.value
        let plain = try await work.run("stats", "新收", "--by", "level", "--format", "json")
        work.program.environment["LANG"] = "zh_CN.UTF-8"
        #expect(
            try await work.run("stats", "新收", "--by", "level", "--format", "json").output
                == plain.output)
        let text = try await work.run("stats", "予以公开率", "--by", "level", "--mean")
        #expect(text.output.contains("县级") && text.output.contains("比率平均"))
        #expect(text.output.contains("注: ") && text.output.contains("报告数"))
        for (arguments, words) in [
            (["新受"], "没有叫“新受”的统计项"), (["(新收"], "括号没有闭合"), (["收费 + 新收"], "不能相加"),
            (["新收", "--top", "0"], "--top 要 1 以上的数"), (["新收", "--population", "nowhere"], "无法读取"),
            (["新收", "-o", "a.what"], "扩展名不能说明格式"),
        ] {
            let run = try await work.run(["stats"] + arguments)
            #expect(run.status == 2 && run.errors.contains(words), "\(run)")
        }
    }
}

extension Double {
    fileprivate func rounded(decimals: Int) -> Double {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
