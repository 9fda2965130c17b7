import Foundation
import TestSupport
import Testing

@Suite("What fails for a passing reason loses nothing and is tried again")
struct PassingReasonTests {
    /// A working directory with a PDF in `r`, and a program `pdftotext` that PATH finds first.
    private struct PDFWorkplace {
        var work: Workplace

        init() throws {
            work = try Workplace()
            work.program.environment["PATH"] = work.path("bin") + ":/usr/bin:/bin"
        }

        /// Writes a PDF whose bytes differ by `version`.
        func writePDF(_ version: Int) throws {
            try work.write("%PDF-1.4\n% \(version)\n", to: "r/a.pdf")
        }

        /// Makes the program that turns PDF into text a shell script.
        func setProgram(_ script: String) throws {
            try work.write("#!/bin/sh\n\(script)\n", to: "bin/pdftotext")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: work.path("bin/pdftotext"))
        }

        func index() async throws -> BuiltProgram.Run {
            try await work.run("index", "r", "--diagnostics", "d.jsonl")
        }
    }

    /// A program that prints a page with one word, as pdftotext does.
    private static func printing(_ word: String) -> String {
        """
        cat <<'END'
        <html xmlns="http://www.w3.org/1999/xhtml"><body><doc><page width="595" height="842">
        <flow><block xMin="50" yMin="50" xMax="250" yMax="62">
        <line xMin="50" yMin="50" xMax="250" yMax="62">
        <word xMin="50" yMin="50" xMax="250" yMax="62">\(word)</word>
        </line></block></flow></page></doc></body></html>
        END
        """
    }

    private static let failures = [
        ("killed", "kill -KILL $$", "signal 9"), ("crashed", "kill -SEGV $$", "signal 11"),
        ("crashed below a shell", "exit 139", "code 139"),
        ("not to be run", "exit 127", "code 127"),
        ("out of memory", "echo 'Out of memory' >&2; exit 1", "memory"),
        ("not installed", "", "poppler-utils"),
    ]

    @Test("A child that cannot do its work", arguments: failures)
    func child(_ name: String, _ script: String, _ words: String) async throws {
        var pdf = try PDFWorkplace()
        try pdf.writePDF(1)
        try pdf.setProgram(Self.printing("甲局修了一条路。"))
        #expect(try await pdf.index().output.contains("+1 ~0 -0"))
        try pdf.writePDF(2)
        try pdf.work.write("%PDF-1.4\n", to: "r/new.pdf")
        // So that the files are not read again for their youth alone.
        try await Task.sleep(for: .milliseconds(2_100))
        if script.isEmpty {
            pdf.work.program.environment["PATH"] = pdf.work.path("nowhere")
        } else {
            try pdf.setProgram(script)
        }
        for _ in 0..<2 {
            let run = try await pdf.index()
            #expect(run.status == 2 && run.errors.contains(words), "\(run)")
            #expect(run.output.contains("nothing changed, 2 skipped"), "\(run)")
            #expect(try await pdf.work.run("search", "修了", "-l").lines == ["r/a.pdf"])
            #expect(try !pdf.work.text("d.jsonl").contains("damaged"))
        }
        pdf.work.program.environment["PATH"] = pdf.work.path("bin") + ":/usr/bin:/bin"
        try pdf.setProgram(Self.printing("乙局种了两棵树。"))
        let run = try await pdf.index()
        #expect(run.status == 0 && run.output.contains("+1 ~1 -0, 0 skipped"), "\(run)")
        #expect(
            try await pdf.work.run("search", "种了", "-l").lines == ["r/a.pdf", "r/new.pdf"])
    }

    private static let refusals = [
        ("echo 'Syntax Error: no trailer' >&2; exit 1", "damaged"),
        ("echo 'Command Line Error: Incorrect password' >&2; exit 1", "encrypted"),
        ("kill -XCPU $$", "too_slow"),
        ("yes 无穷无尽的文字 | head -c 70000000", "over_limits"),
    ]

    @Test("What is the file's own fault is noted, and not tried again", arguments: refusals)
    func refused(_ script: String, _ reason: String) async throws {
        let pdf = try PDFWorkplace()
        try pdf.writePDF(1)
        try pdf.setProgram(script)
        try await Task.sleep(for: .milliseconds(2_100))
        let run = try await pdf.index()
        #expect(run.status == 0, "\(run)")
        #expect(try pdf.work.text("d.jsonl").contains("\"reason\":\"\(reason)\""))
        #expect(try await pdf.index().output.contains("read 0 of 1 files"))
    }
}

@Suite("A folder that is away keeps its reports")
struct AwayTests {
    /// A working directory with two reports in `r`, indexed.
    private static func work() async throws -> Workplace {
        let work = try Workplace()
        try work.write("甲局修了一条路。\n", to: "r/a.txt")
        try work.write("乙局种了两棵树。\n", to: "r/b/c.txt")
        try work.write("丙局挖了三口井。\n", to: "other/d.txt")
        #expect(try await work.run("index", "r", "other").output.contains("+3"))
        return work
    }

    @Test("Missing or empty, it removes nothing and says so", arguments: ["missing", "empty"])
    func away(_ state: String) async throws {
        let work = try await Self.work()
        try work.remove("r")
        if state == "empty" {
            try FileManager.default.createDirectory(
                atPath: work.path("r"), withIntermediateDirectories: true)
        }
        for arguments in [["index", "r"], ["index", "r", "other"]] {
            let run = try await work.run(arguments)
            MessageRow(gives: 2, saying: "r is \(state); its 2 reports", "--remove-missing")
                .check(run)
            #expect(run.output.contains("nothing changed"), "\(run)")
            #expect(!run.errors.contains("no files found"))
        }
        let rebuilt = try await work.run("index", "--rebuild", "r", "other")
        MessageRow(gives: 2, saying: "is \(state)", "as it was", "--remove-missing").check(rebuilt)
        #expect(try await work.run("search", "修了", "-l").lines == ["r/a.txt"])
        #expect(try await work.run("index", "r", "--keep-missing", "--quiet").status != 3)
        let run = try await work.run("index", "r", "--remove-missing")
        #expect(run.output.contains("+0 ~0 -2, "), "\(run)")
        #expect(try await work.run("search", "挖了", "-l").lines == ["other/d.txt"])
    }

    @Test("What is gone from a folder that is there goes, also when a folder has its name")
    func gone() async throws {
        let work = try await Self.work()
        try work.remove("r/a.txt")
        try work.write("", to: "r/a.txt/x.html")
        try work.remove("r/b")
        let run = try await work.run("index", "r")
        #expect(run.status == 0 && run.output.contains("+0 ~0 -2"), "\(run)")
    }

    @Test("What was removed from a folder that stays, empty, goes")
    func emptied() async throws {
        let work = try await Self.work()
        try work.remove("r/b/c.txt")
        let run = try await work.run("index", "r")
        #expect(run.status == 0 && run.output.contains("+0 ~0 -1"), "\(run)")
    }

    @Test("--keep-missing and --remove-missing exclude each other")
    func both() async throws {
        let run = try await Self.work().run("index", "r", "--keep-missing", "--remove-missing")
        #expect(run.status == 2 && run.errors.contains("exclude each other"))
    }
}
