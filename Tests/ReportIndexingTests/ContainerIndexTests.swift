import Foundation
import QueryLanguage
import ReportIndexing
import ReportSearch
import TestSupport
import Testing

@Suite("An index follows the files in archives")
struct ContainerIndexTests {
    private struct Workplace {
        let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        func index(_ change: (inout IndexOptions) -> Void = { _ in }) async throws -> IndexSummary {
            var options = IndexOptions()
            options.jobs = 2
            change(&options)
            return try await ReportIndexer(folder: folder.path("index"), options: options)
                .run([folder.path("reports")])
        }

        /// The paths of the files that a query finds, below the folder of reports.
        func files(_ query: String) throws -> Set<String> {
            var request = SearchRequest(try QueryTree.parse(query))
            request.limit = 0
            request.match = .all
            let result = try Searcher(IndexReader(folder: folder.path("index"))).search(request)
            let root = folder.path("reports") + "/"
            return Set(result.hits.flatMap(\.files).map { $0.replacing(root, with: "") })
        }

        func write(_ bytes: [UInt8], _ name: String) throws {
            let url = URL(filePath: folder.path("reports/" + name))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }
    }

    private static func archive(_ files: [(String, String)]) -> [UInt8] {
        var zip = ZipBuilder()
        for (name, text) in files { zip.add(name, Array(text.utf8)) }
        return zip.bytes
    }

    @Test("Members come, change and go one by one, and with their archive")
    func members() async throws {
        let work = try Workplace()
        let many = (1...300).map { ("2022/\($0).txt", "第\($0)局修了一条路。\n") }
        try work.write(Self.archive(many), "a.zip")
        var summary = try await work.index()
        #expect(summary.added == 300 && summary.files == 300 && summary.reports == 300)
        #expect(try work.files("第7局") == ["a.zip!/2022/7.txt"])

        summary = try await work.index()
        #expect(summary.isUnchanged && summary.files == 300)

        var changed = many
        changed[6].1 = "第七局拆了一座桥。\n"
        changed.removeLast()
        changed.append(("2023/新.txt", "新局种了树。\n"))
        try work.write(Self.archive(changed), "a.zip")
        summary = try await work.index()
        #expect(summary.changed == 1 && summary.added == 1 && summary.removed == 1)
        #expect(try work.files("拆了") == ["a.zip!/2022/7.txt"])
        #expect(try work.files("第300局").isEmpty)

        // An archive that is left out is not gone.
        summary = try await work.index { options in
            if let rules = try? PathRules(["*.zip"], flag: "--exclude") { options.exclude = rules }
        }
        #expect(summary.removed == 0 && summary.reports == 300)

        try work.folder.remove("reports/a.zip")
        try work.write(Array("甲\n".utf8), "b.txt")
        summary = try await work.index()
        #expect(summary.removed == 300 && summary.reports == 1)
    }

    @Test("An archive that becomes a text loses its members, and the other way round")
    func becoming() async throws {
        let work = try Workplace()
        try work.write(Self.archive([("x.txt", "甲局修了路。\n")]), "a")
        _ = try await work.index()
        #expect(try work.files("修了") == ["a!/x.txt"])
        try work.write(Array("乙局修了桥。\n".utf8), "a")
        var summary = try await work.index()
        #expect(summary.added == 1 && summary.removed == 1)
        #expect(try work.files("修了") == ["a"])
        try work.write(Self.archive([("y.txt", "丙局修了井。\n")]), "a")
        summary = try await work.index()
        #expect(summary.reports == 1)
        #expect(try work.files("修了") == ["a!/y.txt"])
    }

    @Test("One archive within another is opened, a third stays closed")
    func nested() async throws {
        let work = try Workplace()
        let inner = Self.archive([("x.txt", "甲局修了路。\n")])
        var middle = ZipBuilder()
        middle.add("inner.zip", inner)
        middle.add("y.txt", Array("乙局修了桥。\n".utf8))
        var outer = ZipBuilder()
        outer.add("middle.zip", middle.bytes)
        outer.add("__MACOSX/._z.txt", [1])
        outer.add("../../../up.txt", Array("丙局修了井。\n".utf8))
        try work.write(outer.bytes, "outer.zip")
        let summary = try await work.index()
        #expect(
            try work.files("修了") == ["outer.zip!/middle.zip!/y.txt", "outer.zip!/up.txt"])
        #expect(summary.problems.map(\.reason) == [.notText])
    }

    @Test("A damaged, locked, empty or lying archive costs itself, and is known the next time")
    func wrong() async throws {
        let work = try Workplace()
        try work.write(Array(Self.archive([("x.txt", "甲\n")]).dropLast(10)), "cut.zip")
        var locked = ZipBuilder()
        locked.add("x.txt", [1, 2, 3], flags: 1)
        locked.add("bomb.txt", [], compressed: [3, 0], claiming: 65 << 20)
        try work.write(locked.bytes, "locked.zip")
        try work.write(ZipBuilder().bytes, "empty.zip")
        var summary = try await work.index()
        #expect(
            Set(summary.problems.map(\.reason)) == [.damaged, .encrypted, .overLimits, .empty])
        // What was just written is looked at again until it is two seconds old.
        for _ in 0..<10_000 where summary.read > 0 { summary = try await work.index() }
        #expect(summary.skippedCount == 4 && summary.read == 0)
    }

    @Test("A list of records is a report a record; a record that changes is one")
    func records() async throws {
        let work = try Workplace()
        func list(_ text: String) -> [UInt8] {
            Array(
                """
                {"title": "甲局2022年政府信息公开工作年度报告", "content": "一、总体情况\\n修了路。"}
                {"title": "乙", "content": "\(text)", "url": "https://example.cn/b"}
                {"title": "丙"}

                """.utf8)
        }
        try work.write(list("修了桥。"), "list.jsonl")
        var summary = try await work.index()
        #expect(summary.added == 2 && summary.skippedCount == 1)
        #expect(try work.files("修了") == ["list.jsonl!/1", "list.jsonl!/2"])
        try work.write(list("修了井和桥。"), "list.jsonl")
        summary = try await work.index()
        #expect(summary.changed == 1 && summary.added == 0)
    }
}
