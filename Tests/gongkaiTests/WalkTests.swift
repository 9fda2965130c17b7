import Foundation
import TestSupport
import Testing

@Suite("index walks what it is given, and nothing else")
struct WalkTests {
    /// A working directory in which a shell script has made `r`.
    private static func work(_ script: String) async throws -> Workplace {
        let work = try Workplace()
        try work.write("", to: "r/empty.txt")
        try await work.shell(script)
        return work
    }

    /// What the diagnostics of a run say of each file, by the end of its path.
    private func outcomes(_ work: Workplace, _ arguments: String...) async throws -> [String:
        String]
    {
        _ = try await work.run(
            ["index", "r", "--rebuild", "--diagnostics", "d.jsonl"] + arguments)
        let lines = try work.text("d.jsonl").split(separator: "\n")
        let objects = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        return Dictionary(
            objects.filter { $0["outcome"] != nil }.map { object in
                let name = (object["file"] as? String ?? "").split(separator: "/").last ?? ""
                return (
                    String(name),
                    object["reason"] as? String ?? object["outcome"] as? String ?? ""
                )
            }, uniquingKeysWith: { $0 + "," + $1 })
    }

    @Test("A file may have any name; what could command a terminal is shown escaped")
    func names() async throws {
        let work = try await Self.work(
            #"""
            cd r
            echo 甲局修了一条路。 > "$(printf 'a\nb\033[31m.txt')"
            echo 乙局种了两棵树。 > "$(printf 'bytes\377\200.txt')"
            echo 丙局挖了三口井。 > '100%25.txt'
            """#)
        let run = try await work.run("index", "r")
        #expect(run.status == 0 && run.output.contains("+3 ~0 -0"), "\(run)")
        let found = try await work.run("search", "修了 OR 种了 OR 挖了", "-l")
        #expect(
            Set(found.lines) == [
                "r/a\\x0ab\\x1b[31m.txt", "r/bytes\\xff\\x80.txt", "r/100%25.txt",
            ],
            "\(found)")
        let again = try await work.run("index", "r", "--diagnostics", "d.jsonl")
        #expect(again.output.contains("nothing changed"))
        // The bytes of a name that is not UTF-8 stand beside its text.
        let bytes = Data(work.path("r/bytes").utf8 + [0xFF, 0x80] + ".txt".utf8)
        #expect(try work.text("d.jsonl").contains(bytes.base64EncodedString()))
        try await work.shell(#"rm r/bytes*"#)
        #expect(try await work.run("index", "r").output.contains("+0 ~0 -1"))
    }

    @Test("Neither links nor pipes nor devices are read; each is named in the diagnostics")
    func kinds() async throws {
        let work = try await Self.work(
            """
            cd r
            echo 甲局修了一条路。 > a.txt
            ln -s a.txt link.txt; ln -s . loop; ln -s /dev/zero zero.txt; ln -s nowhere gone.txt
            mkfifo pipe.txt
            ln a.txt hard.txt
            truncate -s 3G sparse.txt
            """)
        #expect(
            try await outcomes(work) == [
                "a.txt": "added", "hard.txt": "added", "empty.txt": "empty",
                "pipe.txt": "not_regular", "sparse.txt": "too_large",
            ])
        let hit = try #require(try await work.hits(["修了"]).first)
        #expect(hit.report.files == ["r/a.txt", "r/hard.txt"])
    }

    @Test("--follow goes through links, in no circle, and not out of the folder")
    func follow() async throws {
        let work = try await Self.work(
            """
            mkdir -p r/real other
            echo 甲局修了一条路。 > r/real/a.txt
            echo 乙局种了两棵树。 > other/b.txt
            ln -s real r/alias; ln -s .. r/real/up; ln -s ../other r/out; ln -s /etc/passwd r/p.txt
            ln -s real/a.txt r/c.txt
            """)
        let found = try await outcomes(work, "--follow")
        #expect(found["out"] == "outside" && found["p.txt"] == "outside", "\(found)")
        #expect(found["a.txt"] == "added" && found["c.txt"] == "added", "\(found)")
        #expect(try await work.run("search", "种了", "-l").status == 1)
        // A link that is named is read, as is one on the way.
        #expect(try await work.run("index", "r/out").output.contains("+1"))
        #expect(try await work.run("search", "种了", "-l").lines == ["r/out/b.txt"])
    }

    @Test("Paths longer than the system takes at once are read, folders beyond a depth are not")
    func depth() async throws {
        let work = try await Self.work(
            """
            cd r
            name=$(printf 'd%.0s' $(seq 200))
            for i in $(seq 30); do mkdir $name; cd -P $name; done
            echo 甲局修了一条路。 > deep.txt
            for i in $(seq 40); do mkdir e; cd -P e; done
            echo 乙局种了两棵树。 > deeper.txt
            """)
        let run = try await work.run("index", "r")
        #expect(run.status == 2 && run.output.contains("+1 ~0 -0"), "\(run)")
        #expect(run.errors.contains("folders deep"), "\(run)")
        #expect(try await work.run("search", "修了").status == 0)
        #expect(try await work.run("index", "r").output.contains("nothing changed"))
        try await work.shell("rm -r r/d*")
        #expect(try await work.run("index", "r").output.contains("+0 ~0 -1"))
    }

    @Test("A passage without end is cut, and every part of it is found")
    func longLine() async throws {
        let work = try Workplace()
        let ends = ["甲局修了一条路", "丙局挖了三口井"]
        try work.write(
            ends[0] + String(repeating: "无标点", count: 40_000) + ends[1] + "\n", to: "r/a.txt")
        #expect(try await work.run("index", "r").status == 0)
        for end in ends { #expect(try await work.run("search", "\"\(end)\"").status == 0) }
    }

    @Test("The index is not indexed, by whatever way it is reached")
    func ownFolder() async throws {
        let work = try await Self.work(
            """
            echo 甲局修了一条路。 > r/a.txt
            mkdir r/store; ln -s r/store way
            """)
        for _ in 0..<2 {
            let run = try await work.run("index", "r", "--index", "way")
            #expect(run.status == 0 && run.output.contains("of 2 files"), "\(run)")
        }
    }
}
