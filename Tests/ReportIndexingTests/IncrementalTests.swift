import Foundation
import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch
import TestSupport
import Testing

/// A folder of reports and its index.
private final class Workplace: Sendable {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    func index(_ change: (inout IndexOptions) -> Void = { _ in }) async throws -> IndexSummary {
        var options = IndexOptions()
        options.jobs = 2
        change(&options)
        return try await ReportIndexer(folder: folder.path("index"), options: options)
            .run([folder.path("reports")])
    }

    /// The names of the files that a query finds.
    func files(_ query: String) throws -> Set<String> {
        var request = SearchRequest(try QueryTree.parse(query))
        request.limit = 0
        request.match = .all
        let result = try Searcher(IndexReader(folder: folder.path("index"))).search(request)
        return Set(result.hits.flatMap(\.files).map { URL(filePath: $0).lastPathComponent })
    }

    func write(_ text: String, _ name: String) throws {
        try folder.write(text, to: "reports/" + name)
    }
}

@Suite("An index follows its folder")
struct IncrementalTests {
    @Test("Files that come, change, move and go")
    func changes() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try work.write("乙局种了两棵树。\n", "b.txt")
        var summary = try await work.index()
        #expect(summary.added == 2 && summary.reports == 2)
        #expect(try work.files("修了") == ["a.txt"])

        summary = try await work.index()
        #expect(summary.isUnchanged)

        try work.write("甲局拆了一座桥。\n", "a.txt")
        try work.write("丙局挖了三口井。\n", "c.txt")
        summary = try await work.index()
        #expect(summary.added == 1 && summary.changed == 1 && summary.removed == 0)
        #expect(try work.files("修了") == [] && work.files("拆了") == ["a.txt"])
        #expect(try work.files("挖了") == ["c.txt"])

        try work.folder.remove("reports/b.txt")
        summary = try await work.index()
        #expect(summary.removed == 1 && summary.reports == 2)
        #expect(try work.files("种了") == [])

        try FileManager.default.moveItem(
            atPath: work.folder.path("reports/c.txt"), toPath: work.folder.path("reports/d.txt"))
        try await work.index()
        #expect(try work.files("挖了") == ["d.txt"])

        // Content that was removed and comes back is shown again.
        try work.write("乙局种了两棵树。\n", "e.txt")
        summary = try await work.index()
        #expect(try summary.added == 1 && work.files("种了") == ["e.txt"])
    }

    @Test("What the last fifty changing runs changed is kept, whatever is merged meanwhile")
    func runs() async throws {
        let work = try Workplace()
        for number in 1...53 {
            try work.write("第\(number)次的话。\n", "\(number).txt")
            try await work.index()
            if number % 10 == 0 {
                try await work.index()
                _ = try await IndexCompaction.perform(
                    on: work.folder.path("index"), timeout: .seconds(1), waiting: {})
            }
        }
        let runs = try IndexReader(folder: work.folder.path("index")).runs()
        #expect(runs.last == 58 && runs.changing.count == 50)
        let files = runs.changing.flatMap { $0.changes().compactMap(\.path) }
            .map { URL(filePath: $0).lastPathComponent }
        #expect(files == (4...53).map { "\($0).txt" })
        // Every tenth run was followed by one that found nothing new.
        #expect(runs.changing.map(\.run) == (4...53).map { $0 + ($0 - 1) / 10 })
    }

    @Test("The answer is the same whether files were indexed at once or one by one")
    func oneByOne() async throws {
        let files = SampleFiles.files(below: SampleFiles.corpus, endings: [".txt"])
        let whole = try Workplace()
        let pieces = try Workplace()
        for (number, file) in files.enumerated() {
            try whole.folder.copy(file, to: "reports/\(number).txt")
            try pieces.folder.copy(file, to: "reports/\(number).txt")
            if number % 6 == 5 { try await pieces.index() }
        }
        try await whole.index()
        try await pieces.index()
        for query in ["公开", "政策解读", "\"。\"", "新收>5", "年:2022 申请", "节:5"] {
            #expect(try whole.files(query) == pieces.files(query), "\(query)")
            #expect(try !whole.files(query).isEmpty)
        }
        let scores = try [whole, pieces].map { work in
            var request = SearchRequest(try QueryTree.parse("政务公开"))
            request.limit = 0
            let reader = try IndexReader(folder: work.folder.path("index"))
            return try Searcher(reader).search(request).hits.map(\.score).sorted()
        }
        #expect(scores[0] == scores[1])
    }

    @Test("The same content under two names is one report with two files")
    func duplicates() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try work.write("甲局修了一条路。\n", "copy.txt")
        let summary = try await work.index()
        #expect(summary.reports == 1 && summary.added == 2)
        #expect(try work.files("修了") == ["a.txt", "copy.txt"])
        try work.folder.remove("reports/a.txt")
        try await work.index()
        #expect(try work.files("修了") == ["copy.txt"])
    }

    @Test("A file that cannot be read costs only itself")
    func badFiles() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try work.write("", "empty.txt")
        try work.write("{\"k\": [1, 2]}", "data.json")
        try FileManager.default.createSymbolicLink(
            atPath: work.folder.path("reports/link.txt"), withDestinationPath: "a.txt")
        try Data([0, 1, 2, 255, 254, 0, 7]).write(
            to: work.folder.url.appending(path: "reports/binary.bin"))
        let summary = try await work.index()
        #expect(summary.added == 1)
        #expect(
            Set(summary.problems.map { URL(filePath: $0.path).lastPathComponent })
                == ["empty.txt", "data.json", "binary.bin"])
        #expect(try work.files("修了") == ["a.txt"])
    }

    @Test("A dry run, kept files, patterns and a rebuild")
    func options() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try work.write("乙局种了两棵树。\n", "b.md")
        #expect(try await work.index { $0.dryRun = true }.added == 2)
        #expect(!FileManager.default.fileExists(atPath: work.folder.path("index/manifest")))
        let (texts, notes) = (try PathRules(["*.txt"], flag: ""), try PathRules(["*.md"], flag: ""))
        #expect(try await work.index { $0.include = texts }.added == 1)
        #expect(try await work.index { $0.exclude = notes }.isUnchanged)
        #expect(try await work.index { $0.include = notes }.added == 1)
        // What the patterns of one run leave out is not gone.
        #expect(try work.files("修了") == ["a.txt"] && work.files("种了") == ["b.md"])
        try work.folder.remove("reports/a.txt")
        #expect(try await work.index { $0.keepMissing = true }.removed == 0)
        #expect(try work.files("修了") == ["a.txt"])
        let summary = try await work.index { $0.rebuild = true }
        #expect(summary.reports == 1)
        #expect(try work.files("修了") == [] && work.files("种了") == ["b.md"])
    }

    @Test("A second writer waits, and gives up in time")
    func locking() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try await work.index()
        let lock = try #require(
            FileHandle(forUpdatingAtPath: work.folder.path("index/gongkai-index")))
        #expect(flock(lock.fileDescriptor, LOCK_EX) == 0)
        await #expect(throws: IndexError.self) {
            try await work.index { $0.lockTimeout = .milliseconds(60) }
        }
        #expect(try work.files("修了") == ["a.txt"])
        #expect(flock(lock.fileDescriptor, LOCK_UN) == 0)
        #expect(try await work.index().isUnchanged)
    }

    @Test("What a dead run left behind is removed by the next")
    func leftovers() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try await work.index()
        func names() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: work.folder.path("index")).sorted()
        }
        // A file that was read when it was young is looked at again: the list of files is another.
        func isList(_ name: String) -> Bool { name.hasPrefix("files-") }
        let whole = try names().filter { !isList($0) }
        // Only what the log tells of was begun by a run.
        let begun = ["building-000777", "000778.glass", "files-000779"]
        try work.folder.write("x", to: "index/building-000777/new-1.parts/postlist.glass")
        for name in begun.dropFirst() + ["000800.tables", "files-000801", "tmp-1", "notes.txt"] {
            try work.folder.write("x", to: "index/" + name)
        }
        let log = try String(contentsOfFile: work.folder.path("index/log"), encoding: .utf8)
        let lines = begun + ["notes.txt", "../reports/a.txt", "gongkai-index", "manifest"]
        try work.folder.write(log + lines.joined(separator: "\n") + "\n", to: "index/log")
        try await work.index()
        let left = try names()
        #expect(
            left.filter { !isList($0) }
                == (whole + ["000800.tables", "tmp-1", "notes.txt"]).sorted())
        #expect(left.count(where: isList) == 2 && left.contains("files-000801"))
        #expect(try work.files("修了") == ["a.txt"])
    }

    @Test("A damaged or foreign manifest is refused with what to do; a rebuild mends it")
    func damage() async throws {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", "a.txt")
        try await work.index()
        for text in ["{", "{\"schema\": 999}", ""] {
            try work.folder.write(text, to: "index/manifest")
            await #expect(throws: IndexError.self) { try await work.index() }
            #expect(throws: SearchError.self) {
                try IndexReader(folder: work.folder.path("index"))
            }
        }
        try await work.index { $0.rebuild = true }
        #expect(try work.files("修了") == ["a.txt"])
    }
}
