import Foundation
import IndexFolder
import TestSupport
import Testing

/// Small indexes that programs of other days made lie in Tests/Indexes, one of each schema.
@Suite("An index of another day is opened, or refused with what to run") struct SchemaTests {
    /// The first schema that stood in a finished program.
    private static let first = 6

    /// A folder with the index of a schema in it.
    private static func work(_ schema: Int) throws -> Workplace {
        let work = try Workplace()
        let folder = SampleFiles.package.appending(path: "Tests/Indexes/schema-\(schema)")
        try #require(
            FileManager.default.fileExists(atPath: folder.path),
            "no index of schema \(schema): run Tests/Indexes/make \(schema)")
        try work.copy(folder, to: ".gongkai")
        return work
    }

    @Test(
        "An older schema is refused in one sentence, and stays as it is",
        arguments: first..<Manifest.version)
    func older(_ schema: Int) async throws {
        let work = try Self.work(schema)
        let before = try work.contents(of: ".gongkai")
        try work.write("乙局修了四座桥。\n", to: "r/b.txt")
        for command in [
            ["search", "公开"], ["info"], ["verify"], ["compact"], ["index", "r"],
            ["export", "-o", "x.csv"],
        ] {
            let run = try await work.run(command)
            // What has no mark is not taken for an index, and so not replaced.
            let advice = schema < 7 ? "remove" : "gongkai index --rebuild PATH..."
            MessageRow(gives: 3, saying: "another version", advice).check(run)
            #expect(run.output.isEmpty)
            #expect(run.errors.split(separator: "\n").count == 1, "\(run)")
        }
        #expect(try work.contents(of: ".gongkai") == before)
        if schema < 7 { try work.remove(".gongkai") }
        #expect(try await work.run("index", "--rebuild", "r").status == 0)
        #expect(try await work.run("search", "修了").status == 0)
    }

    @Test("The index that this schema's first day made gives the same answers")
    func current() async throws {
        let work = try Self.work(Manifest.version)
        #expect(try await work.run("verify").status == 0)
        let hits = try await work.run("search", "年:2022 新收>=10", "-l")
        #expect(hits.status == 0 && hits.lines.count == 1, "\(hits)")
        let listed = try await work.run("years", "--format", "csv")
        #expect(listed.output.contains("2022,") && listed.output.contains("2023,"), "\(listed)")
    }
}
