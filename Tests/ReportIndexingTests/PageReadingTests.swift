import Foundation
import Platform
import TestSupport
import Testing

@testable import ReportIndexing

@Suite("What programs printed for pictures is kept in the index")
struct PageReadingTests {
    private static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path("scans"), withIntermediateDirectories: true)
        try Data(Self.picture).write(to: URL(filePath: folder.path("scans/a.png")))
        try write(program: "规章")
    }

    /// A program that prints a word.
    private func write(program word: String) throws {
        try folder.write(
            """
            #!/bin/sh
            cat >/dev/null
            echo '{"width": 300, "height": 100}'
            echo '{"text": "\(word)", "left": 10, "top": 10, "right": 60, "bottom": 30}'
            """, to: "ocr")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path("ocr"))
    }

    /// Indexes anew, and tells when each kept reading was written.
    private func index() async throws -> [String: Int64] {
        var options = IndexOptions()
        options.ocr = folder.path("ocr")
        options.rebuild = FileManager.default.fileExists(atPath: folder.path("index"))
        let summary = try await ReportIndexer(folder: folder.path("index"), options: options)
            .run([folder.path("scans")])
        #expect(summary.reports == 1)
        return try kept()
    }

    private func kept() throws -> [String: Int64] {
        let pages = try OpenFolder(at: folder.path("index/pages"))
        return try Dictionary(
            uniqueKeysWithValues: pages.names().map {
                ($0, try pages.status(of: Array($0.utf8), follows: false).modified)
            })
    }

    @Test("A picture is read once in each size, by a changed program anew")
    func once() async throws {
        let first = try await index()
        #expect(first.count == 2)
        #expect(try await index() == first)
        try write(program: "文件")
        let second = try await index()
        #expect(second.count == 4)
        for (name, time) in first { #expect(second[name] == time) }
    }

    @Test("A kept reading that is not whole is not used, and verify tells of it")
    func damaged() async throws {
        let first = try await index()
        #expect(try IndexVerification(of: folder.path("index")).faults.isEmpty)
        let name = try #require(first.keys.sorted().first)
        let path = folder.path("index/pages/\(name)")
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count - 3] ^= 1
        try bytes.write(to: URL(filePath: path))
        let faults = try IndexVerification(of: folder.path("index")).faults
        #expect(faults.map(\.file) == ["pages/\(name)"])
        _ = try await index()
        #expect(try IndexVerification(of: folder.path("index")).faults.isEmpty)
    }

    @Test("Without room the oldest go, and what a run left unfinished goes")
    func bounds() async throws {
        _ = try await index()
        try folder.write("half", to: "index/pages/0.new")
        #expect(try IndexVerification(of: folder.path("index")).leftovers == 1)
        let (newer, older) = try names()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
            ofItemAtPath: folder.path("index/pages/\(older)"))
        let index = try OpenFolder(at: folder.path("index"))
        let size = try Data(contentsOf: URL(filePath: folder.path("index/pages/\(newer)"))).count
        let output = [UInt8](repeating: 0x20, count: 1_000)
        let readings = try #require(
            PageReadings(of: folder.path("ocr"), in: index, most: Int64(output.count + size + 20)))
        readings.keep(output, for: [1], scale: "1")
        let left = try kept().keys
        #expect(left.count == 2 && left.contains(newer))
        #expect(readings.output(for: [1], scale: "1") == output)
        #expect(readings.output(for: [1], scale: "1.3") == nil)
    }

    /// The two readings of the picture.
    private func names() throws -> (String, String) {
        let names = try kept().keys.filter { !$0.hasSuffix(".new") }.sorted()
        try #require(names.count == 2)
        return (names[0], names[1])
    }
}
