import Foundation
import TestSupport
import Testing

@Suite("What a run loads")
struct LoadedLibraryTests {
    /// The libraries that a run loaded, as the system's loader tells them.
    private static func libraries(_ work: Workplace, _ arguments: [String]) async throws -> String {
        var program = work.program
        program.environment["LD_DEBUG"] = "files"
        let run = try await program.run(arguments)
        #expect(run.status == 0, "\(run)")
        return run.errors
    }

    @Test("A search loads nothing of a format, and a report of text no reader of pages")
    func search() async throws {
        let work = try Workplace()
        try work.write(
            "青岚县灯会管理局2023年政府信息公开工作年度报告\n一、总体情况\n全年公开灯会信息十二条。\n", to: "a.txt")
        let indexing = try await Self.libraries(work, ["index", "a.txt", "--index", "x"])
        // The loader of another system, or a program without libraries, tells nothing.
        guard indexing.contains("libxapian") else { return }
        #expect(!indexing.contains("libxml2") && indexing.contains("libnettle"))
        let search = try await Self.libraries(work, ["search", "灯会信息", "--index", "x"])
        #expect(search.contains("libxapian"))
        for library in ["libxml2", "libnettle", "libsqlite3", "libarchive", "libpoppler"] {
            #expect(!search.contains(library), "\(library)")
        }
        try work.write("<html><body><p>全年公开灯会信息十二条。</p></body></html>", to: "b.html")
        let page = try await Self.libraries(work, ["index", "b.html", "--index", "x"])
        #expect(page.contains("libxml2"))
    }
}
