import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("What the last run changed")
struct DiffTests {
    /// `gongkai.diff/1` as a script reads it.
    struct Diff: Decodable {
        struct Version: Decodable {
            let name: String?
            let year: Int?
        }
        struct Cell: Decodable {
            let value: Double?
            let raw: String
            let line: Int
        }
        struct CellChange: Decodable {
            let key: String
            let old: Cell?
            let new: Cell?
        }
        struct Paragraph: Decodable {
            let line: Int
            let text: String
        }
        struct Text: Decodable {
            let removed: [Paragraph]
            let added: [Paragraph]
        }
        struct Rule: Decodable {
            let rule: String
            let old: String?
            let new: String?
        }
        struct Change: Decodable {
            let change: String
            let file: String
            let earlier_file: String?
            let old: Version?
            let new: Version?
            let cells: [CellChange]
            let text: Text
            let checks: [Rule]
        }
        struct Run: Decodable {
            let run: Int
            let added: Int
            let changed: Int
            let removed: Int
            let moved: Int
            let changes: [Change]
        }
        let last_run: Int?
        let runs: [Run]
    }

    /// A working folder with the sample reports, indexed once.
    private static func work() async throws -> Workplace {
        let work = try Workplace()
        let files = SampleFiles.files(below: Sample.folder, endings: [".txt"])
        for (number, file) in files.enumerated() {
            try work.copy(file, to: "files/\(number).txt")
        }
        let run = try await work.run("index", "files")
        #expect(run.status == 0, "\(run)")
        return work
    }

    private static func diff(_ work: Workplace, _ arguments: String...) async throws -> Diff {
        let run = try await work.run(["diff", "--format", "json"] + arguments)
        return try decoded(run.output, as: Diff.self)
    }

    /// A sample whose table says 新收.总计 on a line of its own kind, and what a change makes of it.
    private static func changedCell(_ work: Workplace) async throws -> (file: String, key: String) {
        let cells = try await work.run(
            "export", "statistics", "--fields", "新收.自然人", "--format", "tsv")
        let row = try #require(
            cells.lines.dropFirst().map { $0.split(separator: "\t") }
                .first { $0.count > 10 && $0.contains("printed") && (Int($0[6]) ?? 0) > 9 })
        let (file, raw, line) = (String(row[1]), String(row[9]), try #require(Int(row[10])))
        var lines = try work.text(file).components(separatedBy: "\n")
        lines[line - 1] = lines[line - 1].replacingOccurrences(of: raw, with: raw + "7")
        try work.write(lines.joined(separator: "\n"), to: file)
        return (file, raw)
    }

    @Test("A changed cell is named with both values, and the next run shows nothing")
    func cell() async throws {
        let work = try await Self.work()
        let (file, raw) = try await Self.changedCell(work)
        #expect(try await work.run("index", "files").status == 0)
        let diff = try await Self.diff(work)
        let change = try #require(diff.runs.first?.changes.first)
        #expect(diff.runs.count == 1 && diff.runs[0].changes.count == 1)
        #expect(change.change == "changed" && change.file == file)
        let cell = try #require(change.cells.first { $0.key == "requests.new.natural_person" })
        #expect(cell.old?.raw == raw && cell.new?.raw == raw + "7")
        // What was right is wrong now.
        #expect(change.checks.contains { $0.rule.hasPrefix("row:") && $0.new == "fails" })
        let text = try await work.run("diff")
        #expect(text.output.contains("\(raw) → \(raw)7") && text.output.contains("~ \(file)"))
        let new = try await work.run("search", "--new", "--files")
        #expect(new.lines == [file], "\(new)")

        #expect(try await work.run("index", "files").status == 0)
        let after = try await work.run("diff")
        #expect(after.status == 1 && after.output.isEmpty, "\(after)")
        #expect(try await work.run("search", "--new", "--files").status == 1)
        #expect(try await Self.diff(work, "--since", "1").runs.count == 1)
    }

    @Test("Files that come, go and move, and paragraphs that change")
    func files() async throws {
        let work = try Workplace()
        try work.write("甲局的第一段话。\n\n甲局的第二段话。\n", to: "files/a.txt")
        try work.write("乙局说了一句话。\n", to: "files/b.txt")
        try work.write("丙局说了两句话。\n", to: "files/c.txt")
        try await Self.index(work)
        try work.write("甲局的第一段话。\n\n甲局改了第二段话。\n", to: "files/a.txt")
        try work.remove("files/b.txt")
        try work.move("files/c.txt", to: "files/d.txt")
        try work.write("丁局是新来的。\n", to: "files/e.txt")
        try await Self.index(work)
        let diff = try await Self.diff(work)
        let run = try #require(diff.runs.first)
        #expect(
            run.added == 1 && run.changed == 1 && run.removed == 1 && run.moved == 1 && run.run == 2
        )
        #expect(run.changes.map(\.file) == ["a", "b", "d", "e"].map { "files/\($0).txt" })
        #expect(run.changes.map(\.change) == ["changed", "removed", "moved", "added"])
        #expect(run.changes[0].text.removed.map(\.text) == ["甲局的第二段话。"])
        #expect(run.changes[0].text.added.map(\.text) == ["甲局改了第二段话。"])
        #expect(run.changes[0].text.added.map(\.line) == [3])
        #expect(run.changes[2].earlier_file == "files/c.txt")
        // A moved report is not new.
        let new = try await work.run("search", "--new", "--files")
        #expect(new.lines.sorted() == ["files/a.txt", "files/e.txt"], "\(new)")
    }

    @Test("Runs are kept by compact, and told by number and day")
    func runs() async throws {
        let work = try Workplace()
        for number in 1...3 {
            try work.write("第\(number)次的话。\n", to: "files/\(number).txt")
            try await Self.index(work)
        }
        try work.remove("files/1.txt")
        try await Self.index(work)
        #expect(try await work.run("compact").status == 0)
        let runs = try await work.run("diff", "--runs", "--format", "tsv")
        let numbers = runs.lines.dropFirst().compactMap { Int($0.split(separator: "\t")[0]) }
        #expect(numbers == [1, 2, 3, 4], "\(runs)")
        #expect(try await Self.diff(work).runs.map(\.run) == [4])
        #expect(try await Self.diff(work, "--since", "2").runs.map(\.run) == [3, 4])
        #expect(try await work.run("verify").status == 0)
        MessageRow(gives: 2, saying: "the last one is 4")
            .check(try await work.run("diff", "--since", "99"))
        MessageRow(gives: 2, saying: "--since")
            .check(try await work.run("diff", "--since", "yesterday"))
        let all = try await work.run("diff", "--since", "2020-01-01", "--format", "jsonl")
        #expect(all.lines.count == 4)
    }

    @Test("A feed is XML with an entry a file, and takes the place of the last feed only")
    func feed() async throws {
        let work = try Workplace()
        try work.write("甲局的<第一>段话 & 更多。\n", to: "files/a<&>.txt")
        try await Self.index(work)
        try work.write("甲局的<第二>段话 & 更多。\n", to: "files/a<&>.txt")
        try await Self.index(work)
        try work.write("mine", to: "mine.xml")
        MessageRow(gives: 2, saying: "--force")
            .check(try await work.run("diff", "--format", "atom", "-o", "mine.xml"))
        for _ in 0..<2 {
            let run = try await work.run("diff", "--format", "atom", "-o", "feed.xml")
            #expect(run.status == 0, "\(run)")
        }
        let parser = XMLCounter(Data(try work.text("feed.xml").utf8))
        #expect(parser.isWellFormed && parser.counts["entry"] == 2 && parser.counts["id"] == 3)
        #expect(parser.counts["updated"] == 3)
        MessageRow(gives: 2, saying: "'gongkai diff' alone")
            .check(try await work.run("years", "--format", "atom"))
    }

    @Test("A damaged memory of a run costs only itself")
    func damage() async throws {
        let work = try Workplace()
        try work.write("甲局的话。\n", to: "files/a.txt")
        try await Self.index(work)
        try work.write("乙局的话。\n", to: "files/b.txt")
        try await Self.index(work)
        let names = try work.contents(of: ".gongkai").keys.filter { $0.hasPrefix("changes-") }
        let last = try #require(names.sorted().last)
        try work.write("x", to: ".gongkai/\(last)")
        #expect(try await work.run("diff").status == 3)
        #expect(try await work.run("search", "甲局").status == 0)
        #expect(try await work.run("verify").status == 3)
        let run = try await work.run("index", "files")
        #expect(run.status == 0 && run.errors.contains("no longer remembered"), "\(run)")
        #expect(try await work.run("verify").status == 0)
        #expect(try await Self.diff(work, "--since", "0").runs.map(\.run) == [1])
    }

    private static func index(_ work: Workplace) async throws {
        let run = try await work.run("index", "files")
        #expect(run.status == 0, "\(run)")
    }
}

/// How often each element stands in an XML file.
private final class XMLCounter: NSObject, XMLParserDelegate {
    private(set) var counts: [String: Int] = [:]
    private(set) var isWellFormed = false

    init(_ data: Data) {
        super.init()
        let parser = XMLParser(data: data)
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        counts[name, default: 0] += 1
    }
}
