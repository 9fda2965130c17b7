import Foundation
import ReportModel
import TestSupport
import Testing

/// What people read in a real report, cell by cell.
private struct SeedReading: Decodable {
    struct Section: Decodable {
        let n: Int
        let heading: String
    }
    struct Passage: Decodable {
        let section: Int
        let subsection: String?
        let source_lines: [Int]
        let first12: String
        let last12: String
    }
    struct CellStatus: Decodable { let status: String }
    let title: String
    let agency: String
    let year: Int
    let region: ReportAnswer.Region
    let sections: [Section]
    let passages: [Passage]
    let statistics: [String: Double]
    let cell_status: [String: CellStatus]
}

@Suite("parse prints the five real reports as people read them", .enabled(if: SampleFiles.hasSeeds))
struct SeedParseTests {
    private static let reports = Task { () -> [(name: String, json: String)] in
        let work = try Workplace()
        let run = try await work.run("parse", SampleFiles.seeds?.path ?? "", "--format", "jsonl")
        guard run.status == 0, run.errors.isEmpty else {
            throw BuiltProgram.Failure("\(run)")
        }
        return try run.lines.map { line in
            let report: ReportAnswer = try decoded(line)
            return (Sample.shortName(of: report.file ?? ""), line)
        }
    }

    private static let names = ["000", "001", "002", "003", "004"]

    @Test("One line a report, in the order of the files")
    func order() async throws {
        #expect(try await Self.reports.value.map(\.name) == Self.names)
    }

    @Test("All 200 cells with their status, who, when, where, and every passage", arguments: names)
    func reading(_ name: String) async throws {
        let json = try #require(try await Self.reports.value.first { $0.name == name }?.json)
        let report: ReportAnswer = try decoded(json)
        let folder = try #require(SampleFiles.shared).appending(path: "expected")
        let file = try #require(
            SampleFiles.files(below: folder, endings: [".json"])
                .first { $0.lastPathComponent.hasPrefix(name) })
        let right = try JSONDecoder().decode(SeedReading.self, from: Data(contentsOf: file))

        #expect(right.statistics.count == 200)
        #expect(report.statistics == right.statistics)
        #expect(report.cells.compactMapValues(\.value) == right.statistics)
        let inferred = right.cell_status.filter { $0.value.status == "blank_inferred" }
            .keys.sorted()
        #expect(report.inferred.sorted() == inferred)
        #expect(report.cells.filter { $0.value.status == "inferred" }.keys.sorted() == inferred)
        #expect(report.cells.allSatisfy { ["printed", "inferred"].contains($0.value.status) })

        #expect(report.title == right.title)
        #expect(report.agency == right.agency)
        #expect(report.year == right.year)
        #expect(report.region == right.region)
        #expect(report.kind == "annual_report" && report.form == "2021")

        #expect(report.sections.map(\.section) == right.sections.map(\.n))
        for (section, other) in zip(report.sections, right.sections) {
            #expect(other.heading.hasSuffix(section.title) && !section.title.isEmpty)
        }
        let passages = report.passages.map { passage in
            let scalars = passage.text.unicodeScalars
            return "\(passage.section) \(passage.subsection ?? "-") \(passage.lines) "
                + "\(String.UnicodeScalarView(scalars.prefix(12)))…"
                + "\(String.UnicodeScalarView(scalars.suffix(12)))"
        }
        let rightPassages = right.passages.map { passage in
            "\(passage.section) \(passage.subsection ?? "-") \(passage.source_lines) "
                + passage.first12 + "…" + passage.last12
        }
        #expect(passages == rightPassages)
    }
}

@Suite("The real reports answer the needs", .enabled(if: SampleFiles.hasSeeds))
struct SeedSearchTests {
    private static let needs = [
        // 2 to 6: who and where.
        FileRow("agency:孟津区人民政府办公室", gives: ["002"]),
        FileRow("--agency", "卫辉市政务服务和大数据管理局", "--sort", "year", gives: ["004"]),
        FileRow("region:洛阳市", gives: ["000", "001", "002"]),
        FileRow("--region", "河南省", "--year", "2022", gives: ["000", "001", "003", "004"]),
        FileRow("region:洛阳市 year:2023", gives: ["002"]),
        // 7 to 13: exact text, however it stands in the file.
        FileRow("\"国务院办公厅关于印发2022年政务公开工作要点\"", gives: ["000"]),
        FileRow("\"长期化、日常化和制度化\"", gives: ["004"]),
        FileRow("\"⻓期化\"", gives: ["004"]),
        FileRow("\"确保信息公开质量，为做好主动公开\"", gives: ["004"]),
        FileRow("\"2023年政务公开工作要点台账\"", gives: ["002"]),
        FileRow("“２０２３ 年政务公开工作要点台账”", gives: ["002"]),
        FileRow("\"政策解读\"", gives: ["000", "002", "003"]),
        FileRow("\"政策解讀\"", gives: ["000", "002", "003"]),
        FileRow("政策解讀", gives: ["000", "002", "003"]),
        FileRow("\"下一步,我局将认真分析\"", gives: ["001"]),
        FileRow("\"LED屏\"", gives: ["000"]),
        FileRow("\"led屏\"", gives: ["000"]),
        FileRow("cd区", gives: ["003"]),
        // 15 to 18, 20: parts of a report, words left out, either word, near words.
        FileRow("sub:监督保障 考核", gives: ["002", "003", "004"]),
        FileRow("小节:监督保障 考核", gives: ["002", "003", "004"]),
        FileRow("政务公开专区 -大厅", gives: []),
        FileRow("\"政务公开专区\" 大厅", gives: ["001", "003"]),
        FileRow("政务公开专区", "非", "大厅", gives: []),
        FileRow("三审三校 OR 分级审核", gives: ["000"]),
        FileRow("三审三校", "或", "分级审核", gives: ["000"]),
        FileRow("信息公开 NEAR/15 保密审查", gives: ["004"]),
        FileRow("保密审查 NEAR/15 信息公开", gives: ["004"]),
        FileRow("\"信息公开 保密审查\"~15", gives: ["004"]),
        FileRow("信息公开 NEAR/2 保密审查", gives: []),
        FileRow("政策解* -形式", gives: ["002", "003"]),
        FileRow("\"政策解读\" AND NOT (形式 OR 数量)", gives: ["002", "003"]),
        FileRow("（“政策解读”） 年份：2022", gives: ["000", "003"]),
        FileRow("section:6 \"无\"", gives: ["000", "001"]),
        FileRow("section:6", "(\"无\" OR 没有收取 OR 未收取)", gives: ["000", "001", "002", "003"]),
        // At most 20 characters with their marks, which a length does not count.
        FileRow("section:6 length<20", gives: ["000", "001", "002", "003"]),
        FileRow("\"政策。解读\"", gives: []),
        // 26 to 43: statistics, alone and with text.
        FileRow("requests.new.total>0", gives: ["002", "003"]),
        FileRow("新收>0", gives: ["002", "003"]),
        FileRow("新收≥１０", gives: ["002", "003"]),
        FileRow("新收<>20", gives: ["000", "001", "003", "004"]),
        FileRow("新收>=1万", gives: []),
        FileRow("stat:requests.new.total>0", gives: ["002", "003"]),
        FileRow("requests.new.total=0", gives: ["000", "001", "004"]),
        FileRow("requests.new.total=10..50 year:2022..2023", gives: ["002", "003"]),
        FileRow("--where", "新收>=10", "--where", "新收<=18", gives: ["003"]),
        FileRow("requests.carried_out.total>0", gives: ["002"]),
        FileRow("结转下年>0", gives: ["002"]),
        FileRow("requests.new.legal_service>0", gives: ["003"]),
        FileRow("新收.法律服务机构=2", gives: ["003"]),
        FileRow("requests.new.commercial>0", gives: ["002"]),
        FileRow("requests.denied.state_secret.total>0", gives: []),
        FileRow("不予公开.国家秘密>0", gives: []),
        FileRow("disputes.litigation.total>=1", gives: ["003"]),
        FileRow("诉讼>=1 诉讼.结果维持=1", gives: ["003"]),
        FileRow("disputes.review.corrected>=1", gives: []),
        FileRow(
            "proactive.normative_docs.repealed>proactive.normative_docs.issued", gives: ["003"]),
        FileRow("\"征迁\" requests.new.total>=10", gives: ["002"]),
        FileRow("征迁 新收>=10", gives: ["002"]),
        FileRow("missing(requests.new.total)", gives: []),
        FileRow("form:2021", gives: ["000", "001", "002", "003", "004"]),
        FileRow("form:2019 OR form:none", gives: []),
        FileRow("agency:unknown OR year:unknown", gives: []),
        FileRow("file:002*.txt", gives: ["002"]),
        // 55 to 60: what the checks gave.
        FileRow("check:any=fails", gives: []),
        FileRow("check:balance:*=fails OR check:row:*=fails", gives: []),
        FileRow("check:narrative=differs", gives: ["002"]),
        FileRow("check:year=conflict", gives: []),
        FileRow("title:政务和大数据", gives: ["004"]),
    ]

    @Test("A need finds its reports and no other", arguments: needs)
    func files(_ row: FileRow) async throws {
        let work = try await SharedIndex.seeds.value
        #expect(try await work.files(row.arguments).sorted() == row.files)
    }

    private static let passages = [
        PassageRow(
            "政策解读", "--year", "2022", "--agency", "孟津",
            gives: ["000 §5（一）", "000 §5（二）"]),
        PassageRow("\"政策解读\" year:2022 region:孟津区", gives: ["000 §5（一）", "000 §5（二）"]),
        PassageRow("\"一图读懂\" section:5", gives: ["003 §5"]),
        PassageRow("\"一图读懂\"", "--section", "存在的主要问题", gives: ["003 §5"]),
        PassageRow("\"征迁\" 新收>=10", gives: ["002 §1（二）"]),
    ]

    @Test("A need finds its passages and no other", arguments: passages)
    func findsPassages(_ row: PassageRow) async throws {
        let work = try await SharedIndex.seeds.value
        #expect(try await work.hits(row.arguments).map(\.passageName).sorted() == row.passages)
    }

    private static let sorted = [
        FileRow("section:5 节:5", "--sort", "-新收", gives: ["002", "003", "000", "001", "004"]),
        FileRow(
            "section:5", "--sort", "-proactive.normative_docs.in_force", "--where",
            "proactive.normative_docs.in_force>0", gives: ["003", "002"]),
        FileRow("新收>0", "--sort", "新收", gives: ["003", "002"]),
        FileRow("region:洛阳 OR region:济源", "--sort", "-year", gives: ["002", "000", "001", "003"]),
        FileRow("region:洛阳市", "--sort", "year", gives: ["000", "001", "002"]),
    ]

    @Test("Reports come in the order that was asked for", arguments: sorted)
    func order(_ row: FileRow) async throws {
        let work = try await SharedIndex.seeds.value
        #expect(try await work.files(row.arguments) == row.files)
    }

    private static let told: [(need: String, arguments: [String], status: Int, says: String)] = [
        ("6", ["search", "agency:孟津政务服务局"], 1, "孟津区政务服务和大数据管理局"),
        ("19", ["search", "政测解读"], 0, "did you mean 政策解读"),
        ("21", ["search", "\"一图读懂\"", "--context", "1"], 0, "003_7e78f6154f3411bd.txt:"),
        ("24", ["search", "--facet", "agency,year,region"], 0, "4 reports"),
        ("54", ["agencies", "--with", "2022", "--without", "2023"], 0, "涧西区政务服务和大数据管理局"),
        ("55", ["check", "--verbose"], 0, "25 of 42 hold only by blanks that were inferred"),
        ("57", ["check", "--rule", "narrative:*"], 0, "9 ≠ 0"),
    ]

    @Test("A need is told by one command", arguments: told.indices)
    func answers(_ index: Int) async throws {
        let (need, arguments, status, says) = Self.told[index]
        let run = try await SharedIndex.seeds.value.run(arguments)
        #expect(run.status == status && (run.output + run.errors).contains(says), "\(need): \(run)")
    }

    @Test("22: the table of new and carried requests, row by row as it is printed")
    func table() async throws {
        let work = try await SharedIndex.seeds.value
        let file = try #require(SampleFiles.seeds).appending(path: "002_f782fbc304cf921a.txt").path
        let run = try await work.run("show", file, "--tables")
        let row = run.lines.first { $0.hasPrefix("本年新收政府信息公开申请数量") }
        #expect(row?.split(separator: " ").dropFirst() == ["18", "2", "0", "0", "0", "0", "20"])
    }

    @Test("59: the whole of one subsection is the opening of another, 85 characters")
    func copied() async throws {
        let work = try await SharedIndex.seeds.value
        let file = try #require(SampleFiles.seeds).appending(path: "002_f782fbc304cf921a.txt").path
        let run = try await work.run("similar", file, "--min", "60", "--format", "jsonl")
        #expect(run.status == 0 && run.lines.count == 1, "\(run)")
        #expect(run.output.contains("\"length\":85"), "\(run)")
        #expect(run.output.contains("（三）") && run.output.contains("（四）"), "\(run)")
    }
}
