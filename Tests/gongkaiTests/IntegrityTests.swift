import Foundation
import IndexFolder
import SegmentStore
import TestSupport
import Testing

@Suite("verify, compact, and runs that are cut short")
struct IntegrityTests {
    private static func work() async throws -> Workplace {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", to: "r/a.txt")
        try work.write("乙局种了两棵树。\n", to: "r/b.txt")
        let run = try await work.run("index", "r")
        try #require(run.status == 0, "\(run)")
        return work
    }

    @Test("verify names every file that was changed, cut, added or removed, and what mends it")
    func verify() async throws {
        let work = try await Self.work()
        let whole = try await work.run("verify")
        #expect(whole.status == 0 && whole.output.contains("all as they were written"), "\(whole)")
        for (name, data) in try work.contents(of: ".gongkai") where !data.isEmpty {
            var changed = data
            changed[data.count / 2] ^= 1
            let damages: [(String, Data?)] = [
                ("changed", changed), ("resized", data.dropLast()), ("missing", nil),
            ]
            let file = URL(filePath: work.path(".gongkai/\(name)"))
            for (kind, damage) in damages {
                if let damage {
                    try damage.write(to: file)
                } else {
                    try work.remove(".gongkai/\(name)")
                }
                let run = try await work.run("verify", "--format", "json")
                #expect(run.status == 3, "\(name) \(kind): \(run)")
                if name == "log" {
                    #expect(run.output.contains("\"file\":\"log\""), "\(run)")
                    #expect(run.output.contains("\"mend\":\"gongkai index PATH...\""), "\(run)")
                } else if name != "manifest" {
                    #expect(
                        run.output.contains("\"file\":\"\(name)\",\"fault\":\"\(kind)\""), "\(run)")
                    let mend = name.hasPrefix("files-") ? "index --rebuild PATH" : "index PATH"
                    #expect(run.output.contains("\"mend\":\"gongkai \(mend)...\""), "\(run)")
                }
                try data.write(to: file)
            }
        }
        try work.write("x", to: ".gongkai/000777.glass")
        try work.write("x", to: ".gongkai/stray")
        let added = try await work.run("verify")
        #expect(added.status == 3 && added.output.contains("000777.glass"), "\(added)")
        #expect(added.output.contains("stray") && added.lines.count == 2, "\(added)")
        // Neither is what a run of the program began, and so neither is removed.
        #expect(try await work.run("index", "r").status == 0)
        #expect(work.exists(".gongkai/000777.glass") && work.exists(".gongkai/stray"))
    }

    @Test("verify without an index, or with one of another version, says what to do")
    func noIndex() async throws {
        let work = try Workplace()
        MessageRow(gives: 3, saying: "gongkai index PATH...").check(try await work.run("verify"))
        MessageRow(gives: 3, saying: "gongkai index PATH...").check(try await work.run("compact"))
        try work.write("gongkai index 6\n", to: ".gongkai/manifest")
        for command in [["verify"], ["index", "r"], ["search", "x"], ["compact"]] {
            MessageRow(
                gives: 3, saying: "another version", "remove the folder", "gongkai index PATH"
            )
            .check(try await work.run(command))
        }
        #expect(try work.contents(of: ".gongkai").count == 1)
        try work.write("", to: ".gongkai/gongkai-index")
        try work.write("gongkai index 999\n", to: ".gongkai/manifest")
        MessageRow(gives: 3, saying: "another version", "--rebuild")
            .check(try await work.run("verify"))
    }

    @Test("An index that was copied, with other times, is as good as before")
    func copied() async throws {
        let work = try await Self.work()
        try await work.shell("cp -r .gongkai copy && touch copy/0* copy/files-*")
        #expect(try await work.run("search", "修了", "--index", "copy").status == 0)
        #expect(try await work.run("verify", "--index", "copy").status == 0)
        #expect(
            try await work.run("index", "r", "--index", "copy").output.contains("nothing changed"))
    }

    @Test("Many small runs leave few segments; compact leaves one, with the same answers")
    func compact() async throws {
        let work = try Workplace()
        for number in 0..<20 {
            try work.write("第\(number)局修了\(number)条路。\n", to: "r/\(number % 15).txt")
            #expect(try await work.run("index", "r").status == 0)
        }
        let query = ["search", "修了", "--limit", "0", "--format", "jsonl"]
        let before = try await work.run(query)
        #expect(before.lines.count == 15)
        let info = try await work.run("info", "--format", "json")
        let segments = try #require(info.output.firstMatch(of: /"segments":(\d+)/)?.1)
        #expect(try #require(Int(segments)) < 9, "\(info)")
        let done = try await work.run("compact")
        #expect(done.status == 0 && done.output.contains("segments made 1"), "\(done)")
        #expect(try await work.run("info", "--format", "json").output.contains("\"segments\":1"))
        #expect(Set(try await work.run(query).lines).count == 15)
        #expect(try await work.run("verify").status == 0)
        #expect(try await work.run("compact").output.contains("nothing to do"))
        #expect(try await work.run("index", "r").output.contains("nothing changed"))
    }

    @Test(
        "A run that is interrupted leaves the index as it was",
        arguments: [("INT", 130), ("TERM", 143)])
    func interrupted(_ name: String, _ status: Int) async throws {
        let work = try await Self.work()
        try work.write("丙局挖了三口井。\n", to: "r/c.txt")
        let before = try work.contents(of: ".gongkai")
        // The lock is held, so the run waits until the signal comes.
        let output = try await work.shell(
            """
            exec 9<>.gongkai/gongkai-index; flock 9
            '\(work.program.file.path)' index r --lock-timeout 60s 2>log 9<&- & run=$!
            while ! grep -qs waiting log; do sleep 0.05; done
            kill -\(name) $run; wait $run; echo $?
            """)
        #expect(output == "\(status)\n")
        #expect(try work.text("log").contains("as it was"))
        #expect(try work.contents(of: ".gongkai") == before)
        #expect(try await work.run("index", "r").output.contains("+1 ~0 -0"))
    }

    @Test("Files that were swapped, or whose head was changed, are seen though their times are old")
    func oldTimes() async throws {
        let work = try await Self.work()
        try work.write("丙局挖了三口井。\n", to: "r/c.txt")
        #expect(try await work.run("index", "r").status == 0)
        let query = ["search", "修了"]
        try await work.shell(
            "cd .gongkai; set -- *.glass; test $# = 2; mv $1 x; mv $2 $1; mv x $2")
        MessageRow(gives: 3, saying: "was changed").check(try await work.run(query))
        #expect(try await work.run("index", "r").status == 0)
        #expect(try await work.run(query).status == 0)
        try await work.shell(
            "cd .gongkai; set -- *.glass; cp -p $1 x; printf '~~~' | "
                + "dd of=$1 bs=1 seek=20 conv=notrunc status=none; touch -r x $1; rm x")
        MessageRow(gives: 3, saying: "was changed").check(try await work.run(query))
        #expect(try await work.run("index", "r").status == 0)
        #expect(try await work.run(query).status == 0)
    }

    /// Changes a file of the only segment, with the right checksums.
    private static func forge(
        _ suffix: String, in work: Workplace, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let files = try work.contents(of: ".gongkai")
        let (name, data) = try #require(files.first { $0.key.hasSuffix(suffix) })
        var bytes = Array(data)
        try change(&bytes)
        try work.write(bytes, to: ".gongkai/" + name)
        let list = ".gongkai/manifest"
        var manifest = try Manifest(Array(Data(contentsOf: URL(filePath: work.path(list)))))
        let file = try #require(manifest.segments[0].files.firstIndex { $0.name == name })
        var digest = ContentDigest()
        digest.update(bytes.span)
        manifest.segments[0].files[file].head = digest.headChecksum
        manifest.segments[0].files[file].checksum = digest.checksum
        try work.write(manifest.encoded, to: list)
    }

    @Test("A year that no report is about is unknown, and no list runs up to it")
    func strangeYear() async throws {
        let work = try Workplace()
        try work.copy(Sample.folder.appending(path: "lanxi-zhengwu/2023.txt"), to: "r/a.txt")
        #expect(try await work.run("index", "r").status == 0)
        try Self.forge(".tables", in: work) { bytes in
            let entry = 24 + 16 * SegmentColumn.years.rawValue
            let start = Int(bytes[entry]) | Int(bytes[entry + 1]) << 8
            bytes.replaceSubrange(start...start + 1, with: [0xFE, 0xFF])
        }
        let years = try await work.run("years", "--format", "csv")
        // The column says which year a report counts under; the report is counted, its year is none.
        #expect(years.status == 0 && years.output.contains("\n,1,"), "\(years)")
        #expect(!years.output.contains("65534"), "\(years)")
        #expect(try await work.run("verify").status == 3)
    }

    @Test(
        "A database that would end libxapian is asked nothing; verify tells, a merge makes it anew")
    func crafted() async throws {
        let work = try await Self.work()
        try Self.forge(".glass", in: work) { bytes in
            // After 32 bytes and the revision: the root of the postings, which becomes no block at
            // all. The head ends with zeros at the end of the first block.
            try #require(bytes[33] < 0x80 && bytes[8_188..<8_192].allSatisfy { $0 == 0 })
            bytes.replaceSubrange(33...33, with: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
            bytes.removeSubrange(8_192..<8_196)
        }
        #expect(try await work.run("search", "修了").status == 0)
        let found = try await work.run("verify")
        MessageRow(gives: 3, saying: "--rebuild").check(found)
        #expect(found.output.contains(".glass: it is not as libxapian writes it"), "\(found)")
        try work.write("丙局挖了三口井。\n", to: "r/c.txt")
        #expect(try await work.run("index", "r").status == 0)
        #expect(try await work.run("compact").status == 0)
        #expect(try await work.run("verify").status == 0)
        #expect(try await work.run("search", "修了").status == 0)
    }

    @Test("A value of the database that is not what the column has is found by verify")
    func differingValue() async throws {
        let work = try Workplace()
        try work.copy(Sample.folder.appending(path: "tongliang-jiuqu/2022.txt"), to: "r/a.txt")
        #expect(try await work.run("index", "r").status == 0)
        #expect(try await work.run("verify").status == 0)
        try Self.forge(".glass", in: work) { bytes in
            // The length of the key, the key of slot 16 from document 1 on; the value's length.
            let key: [UInt8] = [5, 0, 216, 16, 0, 1]
            let start = try #require(
                bytes.indices.dropLast(8).first { Array(bytes[$0..<$0 + 6]) == key })
            bytes[start + 7] ^= 1
        }
        let found = try await work.run("verify")
        MessageRow(gives: 3, saying: "--rebuild").check(found)
        #expect(found.output.contains(".glass: slot 16 of document 1"), "\(found)")
    }

    @Test("A file of the index that is cut while a search looks at it gives a message, no crash")
    func cutWhileOpen() async throws {
        let work = try await Self.work()
        let output = try await work.shell(
            """
            mkfifo questions
            '\(work.program.file.path)' search --batch - <questions >answers 2>log & run=$!
            exec 9>questions
            for i in $(seq 40); do grep -qs tables /proc/$run/maps && break; sleep 0.05; done
            for file in .gongkai/*.tables; do : >$file; done
            # The search may have ended before it reads the question.
            trap '' PIPE; { echo 种了 >&9; } 2>/dev/null; exec 9>&-; wait $run; echo $?
            """)
        #expect(output == "3\n")
        #expect(try work.text("log").contains("gongkai verify"))
    }

    @Test("What cannot be written is named, with what to do; the index stays as it was")
    func unwritable() async throws {
        let work = try await Self.work()
        try work.write(
            (0..<3_000).map { "第\($0)局修了\($0 * 7919 % 10_007)条路。\n" }.joined(), to: "r/c.txt")
        let before = try work.contents(of: ".gongkai")
        let output = try await work.shell(
            "ulimit -f 64; '\(work.program.file.path)' index r 2>&1; echo $?")
        #expect(output.contains("File too large") && output.contains("ulimit -f"), "\(output)")
        #expect(output.hasSuffix("\n2\n"), "\(output)")
        #expect(try work.contents(of: ".gongkai") == before)
        #expect(try await work.run("verify").status == 0)
    }
}
