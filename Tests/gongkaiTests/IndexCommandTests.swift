import Foundation
import TestSupport
import Testing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite("index keeps up with the files")
struct IndexCommandTests {
    /// A working directory with four sample reports in `r`.
    private static func work() throws -> Workplace {
        let work = try Workplace()
        for name in ["jingchuan-shuju/2020", "jingchuan-shuju/2021", "jingchuan-shuju/2022"] {
            try work.copy(Sample.folder.appending(path: name + ".txt"), to: "r/\(name).txt")
        }
        try work.copy(
            Sample.folder.appending(path: "lanxi-zhengwu/2022.txt"), to: "r/lanxi-zhengwu/2022.txt")
        return work
    }

    /// Runs `index` and checks the last line: counts of what was added, changed, removed.
    private func index(
        _ work: Workplace, _ arguments: [String] = ["r"], says summary: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let run = try await work.run(["index"] + arguments)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)", sourceLocation: sourceLocation)
        #expect(run.lines.last?.contains(summary) == true, "\(run)", sourceLocation: sourceLocation)
    }

    /// The files that a query finds, sorted.
    private func files(_ work: Workplace, _ query: String) async throws -> [String] {
        try await work.files([query]).sorted()
    }

    private static let all = [
        "jingchuan-shuju/2020", "jingchuan-shuju/2021", "jingchuan-shuju/2022",
        "lanxi-zhengwu/2022",
    ]

    @Test("A second run changes nothing and says so")
    func unchanged() async throws {
        let work = try Self.work()
        try await index(work, says: "+4 ~0 -0, 0 skipped; 4 reports in .gongkai")
        try await index(work, says: "nothing changed")
        // A file that was just written is read again, as it could change within the same moment.
        try await Task.sleep(for: .milliseconds(2_100))
        try await index(work, says: "nothing changed")
        var before = try work.contents(of: ".gongkai")
        try await index(work, says: "read 0 of 4 files, nothing changed, 0 skipped; 4 reports")
        // That there was a run is all that is noted.
        var after = try work.contents(of: ".gongkai")
        #expect(before.removeValue(forKey: "manifest") != after.removeValue(forKey: "manifest"))
        #expect(after == before)
        // The nearest index upward is the one that is used.
        var below = work
        below.program = try BuiltProgram(
            "gongkai", in: URL(filePath: work.path("r/lanxi-zhengwu")))
        #expect(try await below.run("search", "year:2020", "-l").lines.count == 1)
        try await index(below, ["2022.txt"], says: "nothing changed")
        #expect(!work.exists("r/lanxi-zhengwu/.gongkai"))
        // An index elsewhere, by flag and by environment.
        try await index(work, ["r", "--index", "other"], says: "+4 ~0 -0")
        below.program.environment["GONGKAI_INDEX"] = work.path("other")
        let info = try await below.run("info", "--format", "json")
        #expect(info.output.contains("\"index\":\"\(work.path("other"))\""), "\(info)")
    }

    @Test("Files that change, come, go and move; a dry run first, which does nothing")
    func changes() async throws {
        let work = try Self.work()
        try await index(work, ["r", "--dry-run"], says: "would read 4 of 4 files, +4 ~0 -0")
        #expect(!work.exists(".gongkai"))
        try await index(work, says: "+4 ~0 -0")
        #expect(try await files(work, "年:2020..") == Self.all)

        let handle = try FileHandle(forWritingTo: URL(filePath: work.path("r/\(Self.all[0]).txt")))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\n另附鬣蜥观察记录一份。\n".utf8))
        try handle.close()
        try work.copy(Sample.folder.appending(path: "yaan-suanli/2022.txt"), to: "r/new/2022.txt")
        try work.move("r/\(Self.all[1]).txt", to: "r/jingchuan-shuju/moved.txt")
        try work.remove("r/\(Self.all[3]).txt")

        let before = try work.contents(of: ".gongkai")
        try await index(work, ["r", "--dry-run"], says: "+2 ~1 -2")
        #expect(try work.contents(of: ".gongkai") == before)
        #expect(try await files(work, "鬣蜥").isEmpty)

        try await index(work, says: "+2 ~1 -2, 0 skipped; 4 reports")
        #expect(try await files(work, "鬣蜥") == ["jingchuan-shuju/2020"])
        #expect(
            try await files(work, "年:2020..") == [
                "jingchuan-shuju/2020", "jingchuan-shuju/2022", "jingchuan-shuju/moved", "new/2022",
            ])
        #expect(try await files(work, "年:2021") == ["jingchuan-shuju/moved"])
        #expect(try await files(work, "机关:澜汐区").isEmpty)
        try await index(work, says: "nothing changed")
    }

    @Test("The same content under two names is one report with both files")
    func duplicates() async throws {
        let work = try Self.work()
        try work.copy(Sample.folder.appending(path: Self.all[2] + ".txt"), to: "r/copy.txt")
        try await index(work, says: "+5 ~0 -0, 0 skipped; 4 reports")
        let hits = try await work.hits(["赶集"])
        #expect(hits.count == 1)
        let both = ["r/copy.txt", "r/jingchuan-shuju/2022.txt"]
        #expect(hits[0].report.files == both && hits[0].report.file == both[0])
        #expect(try await work.run("search", "赶集", "-l").lines == both)
        #expect(try await work.run("search", "赶集 file:copy.txt", "-l").lines == both)
        for file in both {
            let shown = try await work.run("show", file)
            #expect(both.allSatisfy(shown.output.contains), "\(shown)")
        }
        try work.remove("r/jingchuan-shuju/2022.txt")
        try await index(work, says: "+0 ~0 -1, 0 skipped; 4 reports")
        #expect(try await work.hits(["赶集"]).map(\.report.file) == ["r/copy.txt"])
        #expect(try await work.hits(["赶集"])[0].report.files == nil)
    }

    @Test("--keep-missing keeps what is gone, until a run without it")
    func keepMissing() async throws {
        let work = try Self.work()
        try await index(work, says: "+4")
        try work.remove("r/lanxi-zhengwu")
        try await index(work, ["r", "--keep-missing"], says: "nothing changed")
        #expect(try await files(work, "机关:澜汐区") == ["lanxi-zhengwu/2022"])
        // Another folder's run is none of its business.
        try work.write("甲局修了一条路。\n", to: "other/a.txt")
        try await index(work, ["other"], says: "+1 ~0 -0, 0 skipped; 5 reports")
        try await index(work, says: "+0 ~0 -1, 0 skipped; 4 reports")
        #expect(try await files(work, "机关:澜汐区").isEmpty)
        #expect(try await files(work, "一条路") == ["other/a"])
    }

    @Test("--rebuild makes the whole index anew, with the same answers")
    func rebuild() async throws {
        let work = try Self.work()
        try await index(work, ["r/jingchuan-shuju"], says: "+3")
        try await index(work, says: "+1")
        let info = try await work.run("info", "--format", "json")
        #expect(info.output.contains("\"segments\":2"))
        let before = try await work.run("search", "公开 年:2022", "--format", "jsonl")
        try await index(work, ["r", "--rebuild"], says: "read 4 of 4 files")
        #expect(try await work.run("info", "--format", "json").output.contains("\"segments\":1"))
        let after = try await work.run("search", "公开 年:2022", "--format", "jsonl")
        #expect(after.output == before.output && !after.output.isEmpty)
    }

    /// Patterns, and the files they leave.
    private static let patterns: [(arguments: [String], files: [String])] = [
        (["--include", "2022.txt"], [all[2], all[3]]),
        (["--include", "2020.txt", "--include", "2021.*"], [all[0], all[1]]),
        (["--include", "*/2022.txt", "--exclude", "lanxi-*"], [all[2]]),
        (["--exclude", "jingchuan-shuju"], [all[3]]),
        (["--exclude", "jingchuan-shuju/202[0-9].txt"], [all[3]]),
        (["--exclude", "jingchuan-shuju/", "--exclude", "!2021.txt"], [all[3]]),
        (["--exclude", "*.txt", "--exclude", "!2021.txt"], [all[1]]),
        (["--exclude", "2022.txt/", "--exclude", "/2021.txt"], all),
        (["--include", "lanxi-*/", "--include", "2020.txt"], [all[0], all[3]]),
        (["--exclude", "**/jingchuan-*/**", "--exclude", "*.html"], [all[3]]),
        (["--exclude", "202?.txt"], []),
    ]

    @Test("--include and --exclude choose files by pattern", arguments: patterns.indices)
    func chosen(_ row: Int) async throws {
        let work = try Self.work()
        let (arguments, wanted) = Self.patterns[row]
        let run = try await work.run(["index", "r"] + arguments)
        #expect(run.status == 0)
        guard !wanted.isEmpty else {
            MessageRow(gives: 0, saying: "no files found", "--include").check(run)
            return
        }
        #expect(try await files(work, "年:2020..") == wanted)
    }

    @Test("A pattern of a shell is an error that says what to write")
    func shellPatterns() async throws {
        let work = try Self.work()
        let rows = [
            MessageRow(
                "index", "r", "--include", "*.{txt,md}", gives: 2,
                saying: "--include '*.txt' --include '*.md'"),
            MessageRow(
                "index", "r", "--exclude", "[ab", gives: 2, saying: "--exclude '[ab'", "\\["),
        ]
        for row in rows { row.check(try await work.run(row.arguments)) }
        let query = try await work.run("index", "r")
        #expect(query.status == 0)
        let row = MessageRow("search", "file:a[b", gives: 2, saying: "bracket", "\\[")
        row.check(try await work.run(row.arguments))
    }

    @Test("Files that are no text are skipped with their reason, and counted by info")
    func skipped() async throws {
        let work = try Self.work()
        try work.write(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0xFF], to: "r/a.png")
        try work.write("", to: "r/empty.txt")
        let run = try await work.run("index", "r")
        #expect(run.status == 0 && run.output.contains("+4 ~0 -0, 2 skipped"))
        #expect(run.errors.contains("a.png") && run.errors.contains("empty.txt: empty"))
        let info = try await work.run("info", "--format", "json")
        #expect(info.output.contains("\"skipped\":{\"empty\":1,\"scan\":1}"), "\(info)")
        // Still said when they are no news, and not with --quiet.
        #expect(try await work.run("index", "r").errors == run.errors)
        #expect(try await work.run("index", "r", "--quiet").errors.isEmpty)
    }

    @Test("--encoding is taken at its word; without it the bytes tell")
    func encoding() async throws {
        let work = try Workplace()
        try work.copy(
            Sample.folder.appending(path: "qianjiang-shuiwang/2023.txt"), to: "r/2023.txt")
        let wrong = try await work.run("index", "r", "--encoding", "utf-8")
        #expect(
            wrong.status == 0 && wrong.output.contains("1 skipped: 1 undecodable; 0 reports"),
            "\(wrong)")
        #expect(wrong.errors.contains("r/2023.txt") && wrong.errors.contains("--encoding"))
        try await index(work, ["r", "--rebuild"], says: "+1 ~0 -0")
        #expect(try await work.files(["地区:潜江市"]).count == 1)
        let named = try await work.run("parse", "r", "--encoding", "GB18030")
        #expect(named.output == (try await work.run("parse", "r")).output)
        #expect(named.output.contains("\"encoding\":\"gb18030\""))
    }

    @Test("Links are not followed, and the index does not index itself")
    func walk() async throws {
        let work = try Self.work()
        try FileManager.default.createSymbolicLink(
            atPath: work.path("r/loop"), withDestinationPath: work.path("r"))
        try await index(work, ["."], says: "+4 ~0 -0, 0 skipped; 4 reports")
        try await index(work, ["."], says: "nothing changed")
    }

    // MARK: Damage

    /// A way to damage an index, and what `index` does about it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let damage: @Sendable (Workplace) throws -> Void
    }

    private static let damages = [
        Damage(testDescription: "half a manifest") { work in
            let file = URL(filePath: work.path(".gongkai/manifest"))
            try Data(contentsOf: file).prefix(40).write(to: file)
        },
        Damage(testDescription: "an empty manifest") { work in
            try work.write("", to: ".gongkai/manifest")
        },
        Damage(testDescription: "a manifest of another version") { work in
            let file = URL(filePath: work.path(".gongkai/manifest"))
            let text = try String(contentsOf: file, encoding: .utf8)
            try work.write(
                text.replacing(/gongkai index \d+/, with: "gongkai index 999"),
                to: ".gongkai/manifest")
        },
        Damage(testDescription: "half a list of files") { work in
            for (name, data) in try work.contents(of: ".gongkai") where name.hasPrefix("files-") {
                try data.prefix(data.count - 9).write(
                    to: URL(filePath: work.path(".gongkai/\(name)")))
            }
        },
        Damage(testDescription: "no list of files") { work in
            for name in try work.contents(of: ".gongkai").keys where name.hasPrefix("files-") {
                try work.remove(".gongkai/\(name)")
            }
        },
    ]

    /// Ways to damage segments, which `index` mends by itself.
    private static let segmentDamages = [
        Damage(testDescription: "a database of noise") { work in
            for (name, data) in try work.contents(of: ".gongkai") where name.hasPrefix("0") {
                let noise = (0..<data.count).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) }
                try work.write(noise, to: ".gongkai/\(name)")
            }
        },
        Damage(testDescription: "no database") { work in
            for name in try work.contents(of: ".gongkai").keys where name.hasSuffix(".glass") {
                try work.remove(".gongkai/\(name)")
            }
        },
        Damage(testDescription: "one byte more") { work in
            for (name, data) in try work.contents(of: ".gongkai") where name.hasSuffix(".tables") {
                try (data + [0]).write(to: URL(filePath: work.path(".gongkai/\(name)")))
            }
        },
    ]

    @Test(
        "A damaged segment gives 3 until index has read its files again", arguments: segmentDamages)
    func segmentDamage(_ row: Damage) async throws {
        let work = try Self.work()
        try await index(work, says: "+4")
        try row.damage(work)
        for arguments in [["search", "赶集"], ["info"], ["search", "--batch", "-"]] {
            let run = try await work.run(arguments, input: "赶集\n")
            MessageRow(gives: 3, saying: ".gongkai", "gongkai index PATH...").check(run)
            #expect(run.output.isEmpty)
        }
        // Only the files that still say what they said are whole again; one is gone.
        try work.remove("r/lanxi-zhengwu/2022.txt")
        let mended = try await work.run("index", "r/jingchuan-shuju/2020.txt")
        #expect(mended.status == 0 && mended.output.contains("+0 ~0 -1"), "\(mended)")
        #expect(mended.errors.contains("segment 0000"), "\(mended)")
        #expect(try await files(work, "年:2020..") == Array(Self.all.dropLast()))
        try await index(work, says: "nothing changed")
    }

    @Test("A damaged index gives 3 and the command that mends it", arguments: damages)
    func damage(_ row: Damage) async throws {
        let work = try Self.work()
        try await index(work, says: "+4")
        try row.damage(work)
        for arguments in [["search", "赶集"], ["info"], ["search", "--batch", "-"]] {
            let run = try await work.run(arguments, input: "赶集\n")
            MessageRow(gives: 3, saying: ".gongkai", "gongkai index --rebuild").check(run)
            #expect(run.output.isEmpty)
        }
        // A report's file can still be read.
        #expect(try await work.run("show", "r/lanxi-zhengwu/2022.txt").status == 0)

        let update = try await work.run("index", "r")
        MessageRow(gives: 3, saying: ".gongkai", "gongkai index --rebuild").check(update)
        let mended = try await work.run("index", "--rebuild", "r")
        let found = try await work.run("search", "赶集")
        #expect(mended.status == 0 && mended.output.contains("+4 ~0 -0"), "\(mended)")
        #expect(found.status == 0 && found.output.contains("赶集"), "\(found)")
    }

    // MARK: Two writers

    /// Holds the lock of an index until `body` has run.
    private func holdingLock<Result>(
        of work: Workplace, _ body: () async throws -> Result
    ) async throws -> Result {
        let path = work.path(".gongkai/gongkai-index")
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try #require(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
        let result = try await body()
        try handle.close()
        return result
    }

    @Test("A second writer gives up with 75, while readers go on")
    func locked() async throws {
        let work = try Self.work()
        try await index(work, ["r/jingchuan-shuju"], says: "+3")
        let before = try work.contents(of: ".gongkai")
        try await holdingLock(of: work) {
            for timeout in ["0s", "50ms"] {
                let run = try await work.run("index", "r", "--lock-timeout", timeout)
                MessageRow(gives: 75, saying: ".gongkai", "--lock-timeout").check(run)
                #expect(run.output.isEmpty)
            }
            #expect(try work.contents(of: ".gongkai") == before)
            #expect(try await files(work, "赶集") == ["jingchuan-shuju/2022"])
            #expect(try await work.run("info").status == 0)
            try await index(work, ["r", "--dry-run"], says: "+1 ~0 -0")
        }
        try await index(work, says: "+1 ~0 -0")
    }

    @Test("A second writer waits, says so, and then does its work")
    func waits() async throws {
        let work = try Self.work()
        try await index(work, ["r/jingchuan-shuju"], says: "+3")
        let log = work.path("log")
        try work.write("", to: "log")
        let handle = try #require(
            FileHandle(forUpdatingAtPath: work.path(".gongkai/gongkai-index")))
        try #require(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
        let before = try work.contents(of: ".gongkai")
        async let second = work.run(["index", "r", "--lock-timeout", "60s"], log: log)
        while try !String(contentsOfFile: log, encoding: .utf8).contains("waiting") {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try work.contents(of: ".gongkai") == before)
        try handle.close()
        let run = try await second
        #expect(run.status == 0 && run.output.contains("+1 ~0 -0"), "\(run)")
        #expect(try await files(work, "机关:澜汐区") == ["lanxi-zhengwu/2022"])
    }

    @Test("Two runs at once both succeed, and the index holds the work of both")
    func together() async throws {
        let work = try Self.work()
        async let one = work.run("index", "r/jingchuan-shuju", "--lock-timeout", "60s")
        async let other = work.run("index", "r/lanxi-zhengwu", "--lock-timeout", "60s")
        let runs = try await [one, other]
        for run in runs { #expect(run.status == 0, "\(run)") }
        #expect(try await files(work, "年:2020..") == Self.all)
    }
}
