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
    private static func place() throws -> Workplace {
        let place = try Workplace()
        for name in ["jingchuan-shuju/2020", "jingchuan-shuju/2021", "jingchuan-shuju/2022"] {
            try place.copy(Sample.folder.appending(path: name + ".txt"), to: "r/\(name).txt")
        }
        try place.copy(
            Sample.folder.appending(path: "lanxi-zhengwu/2022.txt"), to: "r/lanxi-zhengwu/2022.txt")
        return place
    }

    /// Runs `index` and checks the last line: counts of what was added, changed, removed.
    private func index(
        _ place: Workplace, _ arguments: [String] = ["r"], says summary: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let run = try await place.run(["index"] + arguments)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)", sourceLocation: sourceLocation)
        #expect(run.lines.last?.contains(summary) == true, "\(run)", sourceLocation: sourceLocation)
    }

    /// The files that a query finds, sorted.
    private func files(_ place: Workplace, _ query: String) async throws -> [String] {
        try await place.files([query]).sorted()
    }

    private static let all = [
        "jingchuan-shuju/2020", "jingchuan-shuju/2021", "jingchuan-shuju/2022",
        "lanxi-zhengwu/2022",
    ]

    @Test("A second run changes nothing and says so")
    func unchanged() async throws {
        let place = try Self.place()
        try await index(place, says: "+4 ~0 -0, 0 skipped; 4 reports in .gongkai")
        try await index(place, says: "nothing changed")
        // A file that was just written is read again, as it could change within the same moment.
        try await Task.sleep(for: .milliseconds(2_100))
        try await index(place, says: "nothing changed")
        var before = try place.contents(of: ".gongkai")
        try await index(place, says: "read 0 of 4 files, nothing changed, 0 skipped; 4 reports")
        // That there was a run is all that is noted.
        var after = try place.contents(of: ".gongkai")
        #expect(before.removeValue(forKey: "manifest") != after.removeValue(forKey: "manifest"))
        #expect(after == before)
        // The nearest index upward is the one that is used.
        var below = place
        below.program = try BuiltProgram(
            "gongkai", in: URL(filePath: place.path("r/lanxi-zhengwu")))
        #expect(try await below.run("search", "year:2020", "-l").lines.count == 1)
        try await index(below, ["2022.txt"], says: "nothing changed")
        #expect(!place.exists("r/lanxi-zhengwu/.gongkai"))
        // An index elsewhere, by flag and by environment.
        try await index(place, ["r", "--index", "other"], says: "+4 ~0 -0")
        below.program.environment["GONGKAI_INDEX"] = place.path("other")
        let info = try await below.run("info", "--format", "json")
        #expect(info.output.contains("\"index\":\"\(place.path("other"))\""), "\(info)")
    }

    @Test("Files that change, come, go and move; a dry run first, which does nothing")
    func changes() async throws {
        let place = try Self.place()
        try await index(place, ["r", "--dry-run"], says: "would read 4 of 4 files, +4 ~0 -0")
        #expect(!place.exists(".gongkai"))
        try await index(place, says: "+4 ~0 -0")
        #expect(try await files(place, "年:2020..") == Self.all)

        let handle = try FileHandle(forWritingTo: URL(filePath: place.path("r/\(Self.all[0]).txt")))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\n另附鬣蜥观察记录一份。\n".utf8))
        try handle.close()
        try place.copy(Sample.folder.appending(path: "yaan-suanli/2022.txt"), to: "r/new/2022.txt")
        try place.move("r/\(Self.all[1]).txt", to: "r/jingchuan-shuju/moved.txt")
        try place.remove("r/\(Self.all[3]).txt")

        let before = try place.contents(of: ".gongkai")
        try await index(place, ["r", "--dry-run"], says: "+2 ~1 -2")
        #expect(try place.contents(of: ".gongkai") == before)
        #expect(try await files(place, "鬣蜥").isEmpty)

        try await index(place, says: "+2 ~1 -2, 0 skipped; 4 reports")
        #expect(try await files(place, "鬣蜥") == ["jingchuan-shuju/2020"])
        #expect(
            try await files(place, "年:2020..") == [
                "jingchuan-shuju/2020", "jingchuan-shuju/2022", "jingchuan-shuju/moved", "new/2022",
            ])
        #expect(try await files(place, "年:2021") == ["jingchuan-shuju/moved"])
        #expect(try await files(place, "机关:澜汐区").isEmpty)
        try await index(place, says: "nothing changed")
    }

    @Test("The same content under two names is one report with both files")
    func duplicates() async throws {
        let place = try Self.place()
        try place.copy(Sample.folder.appending(path: Self.all[2] + ".txt"), to: "r/copy.txt")
        try await index(place, says: "+5 ~0 -0, 0 skipped; 4 reports")
        let hits = try await place.hits(["赶集"])
        #expect(hits.count == 1)
        let both = ["r/copy.txt", "r/jingchuan-shuju/2022.txt"]
        #expect(hits[0].report.files == both && hits[0].report.file == both[0])
        #expect(try await place.run("search", "赶集", "-l").lines == both)
        #expect(try await place.run("search", "赶集 file:copy.txt", "-l").lines == both)
        for file in both {
            let shown = try await place.run("show", file)
            #expect(both.allSatisfy(shown.output.contains), "\(shown)")
        }
        try place.remove("r/jingchuan-shuju/2022.txt")
        try await index(place, says: "+0 ~0 -1, 0 skipped; 4 reports")
        #expect(try await place.hits(["赶集"]).map(\.report.file) == ["r/copy.txt"])
        #expect(try await place.hits(["赶集"])[0].report.files == nil)
    }

    @Test("--keep-missing keeps what is gone, until a run without it")
    func keepMissing() async throws {
        let place = try Self.place()
        try await index(place, says: "+4")
        try place.remove("r/lanxi-zhengwu")
        try await index(place, ["r", "--keep-missing"], says: "nothing changed")
        #expect(try await files(place, "机关:澜汐区") == ["lanxi-zhengwu/2022"])
        // Another folder's run is none of its business.
        try place.write("甲局修了一条路。\n", to: "other/a.txt")
        try await index(place, ["other"], says: "+1 ~0 -0, 0 skipped; 5 reports")
        try await index(place, says: "+0 ~0 -1, 0 skipped; 4 reports")
        #expect(try await files(place, "机关:澜汐区").isEmpty)
        #expect(try await files(place, "一条路") == ["other/a"])
    }

    @Test("--rebuild makes the whole index anew, with the same answers")
    func rebuild() async throws {
        let place = try Self.place()
        try await index(place, ["r/jingchuan-shuju"], says: "+3")
        try await index(place, says: "+1")
        let info = try await place.run("info", "--format", "json")
        #expect(info.output.contains("\"segments\":2"))
        let before = try await place.run("search", "公开 年:2022", "--format", "jsonl")
        try await index(place, ["r", "--rebuild"], says: "read 4 of 4 files")
        #expect(try await place.run("info", "--format", "json").output.contains("\"segments\":1"))
        let after = try await place.run("search", "公开 年:2022", "--format", "jsonl")
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
        let place = try Self.place()
        let (arguments, wanted) = Self.patterns[row]
        let run = try await place.run(["index", "r"] + arguments)
        #expect(run.status == 0)
        guard !wanted.isEmpty else {
            MessageRow(gives: 0, saying: "no files found", "--include").check(run)
            return
        }
        #expect(try await files(place, "年:2020..") == wanted)
    }

    @Test("A pattern of a shell is an error that says what to write")
    func shellPatterns() async throws {
        let place = try Self.place()
        let rows = [
            MessageRow(
                "index", "r", "--include", "*.{txt,md}", gives: 2,
                saying: "--include '*.txt' --include '*.md'"),
            MessageRow(
                "index", "r", "--exclude", "[ab", gives: 2, saying: "--exclude '[ab'", "\\["),
        ]
        for row in rows { row.check(try await place.run(row.arguments)) }
        let query = try await place.run("index", "r")
        #expect(query.status == 0)
        let row = MessageRow("search", "file:a[b", gives: 2, saying: "bracket", "\\[")
        row.check(try await place.run(row.arguments))
    }

    @Test("Files that are no text are skipped with their reason, and counted by info")
    func skipped() async throws {
        let place = try Self.place()
        try place.write(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0xFF], to: "r/a.png")
        try place.write("", to: "r/empty.txt")
        let run = try await place.run("index", "r")
        #expect(run.status == 0 && run.output.contains("+4 ~0 -0, 2 skipped"))
        #expect(run.errors.contains("a.png") && run.errors.contains("empty.txt: empty"))
        let info = try await place.run("info", "--format", "json")
        #expect(info.output.contains("\"skipped\":{\"empty\":1,\"scan\":1}"), "\(info)")
        // Still said when they are no news, and not with --quiet.
        #expect(try await place.run("index", "r").errors == run.errors)
        #expect(try await place.run("index", "r", "--quiet").errors.isEmpty)
    }

    @Test("--encoding is taken at its word; without it the bytes tell")
    func encoding() async throws {
        let place = try Workplace()
        try place.copy(
            Sample.folder.appending(path: "qianjiang-shuiwang/2023.txt"), to: "r/2023.txt")
        let wrong = try await place.run("index", "r", "--encoding", "utf-8")
        #expect(
            wrong.status == 0 && wrong.output.contains("1 skipped: 1 undecodable; 0 reports"),
            "\(wrong)")
        #expect(wrong.errors.contains("r/2023.txt") && wrong.errors.contains("--encoding"))
        try await index(place, ["r", "--rebuild"], says: "+1 ~0 -0")
        #expect(try await place.files(["地区:潜江市"]).count == 1)
        let named = try await place.run("parse", "r", "--encoding", "GB18030")
        #expect(named.output == (try await place.run("parse", "r")).output)
        #expect(named.output.contains("\"encoding\":\"gb18030\""))
    }

    @Test("Links are not followed, and the index does not index itself")
    func walk() async throws {
        let place = try Self.place()
        try FileManager.default.createSymbolicLink(
            atPath: place.path("r/loop"), withDestinationPath: place.path("r"))
        try await index(place, ["."], says: "+4 ~0 -0, 0 skipped; 4 reports")
        try await index(place, ["."], says: "nothing changed")
    }

    // MARK: Damage

    /// A way to damage an index, and what `index` does about it.
    struct Damage: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let damage: @Sendable (Workplace) throws -> Void
    }

    private static let damages = [
        Damage(testDescription: "half a manifest") { place in
            let file = URL(filePath: place.path(".gongkai/manifest"))
            try Data(contentsOf: file).prefix(40).write(to: file)
        },
        Damage(testDescription: "an empty manifest") { place in
            try place.write("", to: ".gongkai/manifest")
        },
        Damage(testDescription: "a manifest of another version") { place in
            let file = URL(filePath: place.path(".gongkai/manifest"))
            let text = try String(contentsOf: file, encoding: .utf8)
            try place.write(
                text.replacing(/gongkai index \d+/, with: "gongkai index 999"),
                to: ".gongkai/manifest")
        },
        Damage(testDescription: "half a list of files") { place in
            for (name, data) in try place.contents(of: ".gongkai") where name.hasPrefix("files-") {
                try data.prefix(data.count - 9).write(
                    to: URL(filePath: place.path(".gongkai/\(name)")))
            }
        },
        Damage(testDescription: "no list of files") { place in
            for name in try place.contents(of: ".gongkai").keys where name.hasPrefix("files-") {
                try place.remove(".gongkai/\(name)")
            }
        },
    ]

    /// Ways to damage segments, which `index` mends by itself.
    private static let segmentDamages = [
        Damage(testDescription: "a database of noise") { place in
            for (name, data) in try place.contents(of: ".gongkai") where name.hasPrefix("0") {
                let noise = (0..<data.count).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) }
                try place.write(noise, to: ".gongkai/\(name)")
            }
        },
        Damage(testDescription: "no database") { place in
            for name in try place.contents(of: ".gongkai").keys where name.hasSuffix(".glass") {
                try place.remove(".gongkai/\(name)")
            }
        },
        Damage(testDescription: "one byte more") { place in
            for (name, data) in try place.contents(of: ".gongkai") where name.hasSuffix(".tables") {
                try (data + [0]).write(to: URL(filePath: place.path(".gongkai/\(name)")))
            }
        },
    ]

    @Test(
        "A damaged segment gives 3 until index has read its files again", arguments: segmentDamages)
    func segmentDamage(_ row: Damage) async throws {
        let place = try Self.place()
        try await index(place, says: "+4")
        try row.damage(place)
        for arguments in [["search", "赶集"], ["info"], ["search", "--batch", "-"]] {
            let run = try await place.run(arguments, input: "赶集\n")
            MessageRow(gives: 3, saying: ".gongkai", "gongkai index PATH...").check(run)
            #expect(run.output.isEmpty)
        }
        // Only the files that still say what they said are whole again; one is gone.
        try place.remove("r/lanxi-zhengwu/2022.txt")
        let mended = try await place.run("index", "r/jingchuan-shuju/2020.txt")
        #expect(mended.status == 0 && mended.output.contains("+0 ~0 -1"), "\(mended)")
        #expect(mended.errors.contains("segment 0000"), "\(mended)")
        #expect(try await files(place, "年:2020..") == Array(Self.all.dropLast()))
        try await index(place, says: "nothing changed")
    }

    @Test("A damaged index gives 3 and the command that mends it", arguments: damages)
    func damage(_ row: Damage) async throws {
        let place = try Self.place()
        try await index(place, says: "+4")
        try row.damage(place)
        for arguments in [["search", "赶集"], ["info"], ["search", "--batch", "-"]] {
            let run = try await place.run(arguments, input: "赶集\n")
            MessageRow(gives: 3, saying: ".gongkai", "gongkai index --rebuild").check(run)
            #expect(run.output.isEmpty)
        }
        // A report's file can still be read.
        #expect(try await place.run("show", "r/lanxi-zhengwu/2022.txt").status == 0)

        let update = try await place.run("index", "r")
        MessageRow(gives: 3, saying: ".gongkai", "gongkai index --rebuild").check(update)
        let mended = try await place.run("index", "--rebuild", "r")
        let found = try await place.run("search", "赶集")
        #expect(mended.status == 0 && mended.output.contains("+4 ~0 -0"), "\(mended)")
        #expect(found.status == 0 && found.output.contains("赶集"), "\(found)")
    }

    // MARK: Two writers

    /// Holds the lock of an index until `body` has run.
    private func holdingLock<Result>(
        of place: Workplace, _ body: () async throws -> Result
    ) async throws -> Result {
        let path = place.path(".gongkai/gongkai-index")
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try #require(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
        let result = try await body()
        try handle.close()
        return result
    }

    @Test("A second writer gives up with 75, while readers go on")
    func locked() async throws {
        let place = try Self.place()
        try await index(place, ["r/jingchuan-shuju"], says: "+3")
        let before = try place.contents(of: ".gongkai")
        try await holdingLock(of: place) {
            for timeout in ["0s", "50ms"] {
                let run = try await place.run("index", "r", "--lock-timeout", timeout)
                MessageRow(gives: 75, saying: ".gongkai", "--lock-timeout").check(run)
                #expect(run.output.isEmpty)
            }
            #expect(try place.contents(of: ".gongkai") == before)
            #expect(try await files(place, "赶集") == ["jingchuan-shuju/2022"])
            #expect(try await place.run("info").status == 0)
            try await index(place, ["r", "--dry-run"], says: "+1 ~0 -0")
        }
        try await index(place, says: "+1 ~0 -0")
    }

    @Test("A second writer waits, says so, and then does its work")
    func waits() async throws {
        let place = try Self.place()
        try await index(place, ["r/jingchuan-shuju"], says: "+3")
        let log = place.path("log")
        try place.write("", to: "log")
        let handle = try #require(
            FileHandle(forUpdatingAtPath: place.path(".gongkai/gongkai-index")))
        try #require(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
        let before = try place.contents(of: ".gongkai")
        async let second = place.run(["index", "r", "--lock-timeout", "60s"], log: log)
        while try !String(contentsOfFile: log, encoding: .utf8).contains("waiting") {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try place.contents(of: ".gongkai") == before)
        try handle.close()
        let run = try await second
        #expect(run.status == 0 && run.output.contains("+1 ~0 -0"), "\(run)")
        #expect(try await files(place, "机关:澜汐区") == ["lanxi-zhengwu/2022"])
    }

    @Test("Two runs at once both succeed, and the index holds the work of both")
    func together() async throws {
        let place = try Self.place()
        async let one = place.run("index", "r/jingchuan-shuju", "--lock-timeout", "60s")
        async let other = place.run("index", "r/lanxi-zhengwu", "--lock-timeout", "60s")
        let runs = try await [one, other]
        for run in runs { #expect(run.status == 0, "\(run)") }
        #expect(try await files(place, "年:2020..") == Self.all)
    }
}
