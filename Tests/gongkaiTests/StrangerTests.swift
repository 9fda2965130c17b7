import Foundation
import TestSupport
import Testing

/// What strangers and odd folders may do to an index; `Scripts/faults strangers` plays the rest.
@Suite("Whose an index is, and where")
struct StrangerTests {
    private static func work() throws -> Workplace {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", to: "r/a.txt")
        try work.write("乙局种了两棵树。\n", to: "r/b.txt")
        return work
    }

    @Test("A folder that holds something else is refused and left as it was")
    func otherFolder() async throws {
        let work = try Self.work()
        for name in ["tmp-notes/a", "segments/thesis.txt", "files-1", "lock"] {
            try work.write("mine", to: "own/" + name)
        }
        let before = try work.contents(of: "own")
        for command in ["index r", "index --rebuild r", "compact", "verify", "search 修了", "info"] {
            let arguments = command.split(separator: " ").map(String.init) + ["--index", "own"]
            MessageRow(gives: 3, saying: "own", "--index").check(try await work.run(arguments))
            #expect(try work.contents(of: "own") == before, "\(command)")
        }
        // An empty folder becomes an index, and so does one that is not there.
        try await work.shell("mkdir empty")
        for name in ["empty", "new/inner"] {
            #expect(try await work.run("index", "r", "--index", name).status == 0)
            #expect(work.exists(name + "/gongkai-index"))
        }
    }

    @Test("Links in an index are not followed; one that is named is")
    func links() async throws {
        let work = try Self.work()
        #expect(try await work.run("index", "r").status == 0)
        try await work.shell("ln -s .gongkai link; mkdir sub; ln -s ../.gongkai sub/.gongkai")
        #expect(try await work.run("search", "修了", "--index", "link").status == 0)
        // Found by looking upward it is passed over, for the one above.
        let upward = try await work.shell("cd sub; '\(work.program.file.path)' search 修了 2>&1")
        #expect(upward.contains("passed over") && upward.contains("1 passage"), "\(upward)")
        try await work.shell(
            "mkdir victim; for f in .gongkai/*.glass; do mv $f victim; "
                + "ln -s ../victim/${f##*/} $f; done")
        let before = try work.contents(of: "victim")
        for command in ["search 修了", "verify", "compact", "index r"] {
            let run = try await work.run(command.split(separator: " ").map(String.init))
            #expect(run.status == 3, "\(command): \(run)")
        }
        #expect(try work.contents(of: "victim") == before)
    }

    @Test("Without a working folder relative paths mean nothing, and never the root")
    func noWorkingFolder() async throws {
        let work = try Self.work()
        for (locale, words) in [("C.UTF-8", "no working folder"), ("zh_CN.UTF-8", "没有工作目录")] {
            let output = try await work.shell(
                """
                index=$PWD/.gongkai; r=$PWD/r; mkdir gone; cd gone; rmdir ../gone
                env LC_ALL=\(locale) '\(work.program.file.path)' index . 2>&1; echo $?
                '\(work.program.file.path)' index $r --index $index; echo $?
                """)
            #expect(output.contains(words) && output.contains("\n2\n"), "\(output)")
            #expect(output.hasSuffix("\n0\n"), "\(output)")
        }
        #expect(!FileManager.default.fileExists(atPath: "/.gongkai"))
    }

    @Test("Names and folders that are no UTF-8 are found and opened again")
    func anyBytes() async throws {
        let work = try Self.work()
        let output = try await work.shell(
            #"""
            name=$(printf '\xc4\xea\xb1\xa8'); mkdir "$name"; cd "$name"; mkdir r
            cp ../r/a.txt "r/$name.txt"; cp ../r/b.txt r/
            '\#(work.program.file.path)' index "r/$name.txt" r/b.txt
            '\#(work.program.file.path)' search 修了 --format json
            '\#(work.program.file.path)' show "r/$name.txt" | tail -n 2
            cd ..; ls -d */.gongkai | od -An -tx1
            """#)
        #expect(output.contains("+2 ~0 -0") && output.contains("甲局修了"), "\(output)")
        let raw = Data("r/".utf8) + Data([0xC4, 0xEA, 0xB1, 0xA8]) + Data(".txt".utf8)
        #expect(output.contains("\"file_base64\":\"\(raw.base64EncodedString())\""), "\(output)")
        #expect(output.contains(" c4 ea b1 a8 2f 2e"), "\(output)")
    }

    @Test("A folder moved with its index is whole; what is gone goes, a folder in its place too")
    func moved() async throws {
        let work = try Self.work()
        // A folder without any files may be one that is away.
        try work.write("丙社挖了三口井。\n", to: "r/c.txt")
        try await work.shell("mkdir old; mv r old/")
        let program = work.program.file.path
        try await work.shell("cd old; '\(program)' index r >/dev/null; cd ..; mv old new")
        let after = try await work.shell(
            """
            cd new; '\(program)' search 局 -l 2>/dev/null; '\(program)' show r/a.txt | head -n 1
            '\(program)' index r; rm r/a.txt r/b.txt; mkdir r/b.txt; '\(program)' index r
            """)
        #expect(after.hasPrefix("r/a.txt\nr/b.txt\n"), "\(after)")
        #expect(after.contains("nothing changed") && after.contains("+0 ~0 -2"), "\(after)")
    }

    @Test("A manifest that is a pipe or larger than any is refused at once")
    func oddManifests() async throws {
        let work = try Self.work()
        #expect(try await work.run("index", "r").status == 0)
        for change in ["mkfifo m", "ln -s /dev/zero m", "truncate -s 12G m", "mkdir m"] {
            try await work.shell(
                "\(change); mv -T m .gongkai/manifest 2>/dev/null || "
                    + "{ rm -r .gongkai/manifest; mv m .gongkai/manifest; }")
            for command in ["search 修了", "info", "verify", "compact", "index r"] {
                let run = try await work.run(command.split(separator: " ").map(String.init))
                #expect(run.status == 3, "\(change), \(command): \(run)")
            }
        }
        #expect(try await work.run("index", "--rebuild", "r").status == 2)
    }
}
