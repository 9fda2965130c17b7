import Foundation
import GramIndex
import Testing

@Suite("The format of the file") struct FormatTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// The bytes of the worked example in the document of the format.
    private static func example() throws -> [UInt8] {
        let document = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("docs/gram-index-format.md")
        var bytes: [UInt8] = []
        let line = /^    ([0-9a-f]{4})  ((?:[0-9a-f]{2} ?)+)(?: |$)/
        for text in try String(contentsOf: document, encoding: .utf8).split(separator: "\n") {
            guard let found = text.prefixMatch(of: line) else { continue }
            #expect(Int(found.1, radix: 16) == bytes.count, "\(text)")
            bytes += found.2.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        }
        return bytes
    }

    @Test("The worked example of the document is what is written")
    func example() throws {
        let h1: (term: [UInt8], position: Int?) = (bytes("H1"), nil)
        _ = try scratch.write(
            "example",
            [
                TestDocument(text: bytes("ab"), label: 1, terms: [(bytes("ab"), 0), h1]),
                TestDocument(text: bytes("cd"), label: 1, terms: [(bytes("cd"), 0), h1]),
                TestDocument(
                    text: bytes("abcab"), label: 2,
                    terms: [(bytes("ab"), 0), (bytes("abc"), 0), (bytes("ab"), 3)]),
            ], groupStarts: [1, 3], isBare: true)
        let written = try Data(contentsOf: URL(filePath: scratch.path("example")))
        #expect(try Self.example() == [UInt8](written))
    }

    @Test("The worked example is read as the document says")
    func reading() throws {
        let path = scratch.path("example")
        try Data(Self.example()).write(to: URL(filePath: path))
        let file = try BlockFile(path: path)
        let index = try TextIndex(file)
        #expect(index.documentCount == 3)
        let terms = try index.terms(withPrefix: [], limit: 9).elements
        #expect(terms.map(\.term) == ["H1", "ab", "abc", "cd"].map(bytes))
        #expect(
            try terms.map { try index.documentIDs(holding: $0.term) } == [
                [1, 2], [1, 3], [3], [2],
            ])
        #expect(
            file.element(2, of: IndexColumn.records, starts: IndexColumn.recordStarts)
                == [5] + bytes("abcab"))
        let match = TextMatch(
            parts: [.init(bytes: bytes("ca"), grams: [.init(bytes("abc"))], weight: 1)])
        let page = try index.search(.text(match), limit: 9, order: .relevance)
        #expect(page.hits.map(\.documentID) == [3])
    }

    @Test("Every change of a byte, and every cut, is an error or another answer")
    func changes() throws {
        let example = try Self.example()
        let path = scratch.path("changed")
        var opened = 0
        for offset in example.indices {
            for change: UInt8 in [1, 0x80, 0xFF] {
                var bytes = example
                bytes[offset] ^= change
                try Data(bytes).write(to: URL(filePath: path))
                let error = gramIndexError {
                    let file = try BlockFile(path: path)
                    let index = try TextIndex(file)
                    opened += 1
                    for element in try index.terms(withPrefix: [], limit: 99).elements {
                        let ids = try index.documentIDs(holding: element.term)
                        #expect(ids.allSatisfy { 1...3 ~= $0 })
                    }
                    let all = TextMatch(parts: [.init(bytes: [98], grams: [], weight: 1)])
                    let page = try index.search(.text(all), limit: 9, order: .relevance)
                    #expect(page.totalCount <= 3)
                    let merged = scratch.path("merged")
                    try? FileManager.default.removeItem(atPath: merged)
                    var writer = try BlockFileWriter(creatingAt: merged, columns: 7)
                    try PostingsWriter.merge([file, file], to: &writer)
                }
                #expect(error == nil || error?.code == .damaged, "byte \(offset)")
            }
        }
        #expect(opened > 200)
    }
}
