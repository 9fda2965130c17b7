import ChineseText
import Platform
import ReportModel
import SegmentStore
import TestSupport
import Testing

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// A file's bytes that are no file.
private struct FileBytes: ByteHolder {
    let bytes: [UInt8]

    func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes.span)
    }
}

/// The file that a writer makes.
private func wholeFile(of writer: RunChangesWriter, run: Int = 1, time: Int = 0) throws -> [UInt8] {
    let entries = try writer.entries.bytes(at: 0, count: writer.entries.count)
    return writer.head(run: run, time: time) + entries
}

private func opened(_ bytes: [UInt8]) -> RunChanges? {
    RunChangesFile.changes(in: FileBytes(bytes: bytes), path: text)
}

@Suite("What a run of index changed, as a file")
struct RunChangesTests {
    private static func report(_ text: [String], new: Double, year: Int?) -> Report {
        var report = Report(kind: .annualReport, form: .form2021, encoding: "utf-8", year: year)
        report.title = "某局\(year ?? 0)年报告"
        report.passages = text.enumerated().map { index, text in
            Passage(section: 1, subsection: nil, text: text, lines: index + 1...index + 1)
        }
        report.statistics[3] = Cell(value: new, status: .printed, raw: "\(Int(new))", line: 9)
        report.statistics[4] = Cell(value: nil, status: .blank, raw: "", line: 9)
        return report
    }

    private static var changes: [ReportChange] {
        let hashes = ["a", "b"].map { String(repeating: $0, count: 64) }
        let (one, other) = (
            report(["甲。", "乙。", "丙。"], new: 5, year: 2020),
            report(["丙。", "甲。", "丁。"], new: 6, year: nil)
        )
        let change = ReportChange(
            path: "/data/r/a.txt", from: (ReportHead(one, sha256: hashes[0]), one),
            to: (ReportHead(other, sha256: hashes[1]), other))
        return [
            change,
            ReportChange(
                .added, path: "/mnt/\n.txt",
                new: ReportChange.Version(id: "00000000000000ff", name: "某局", year: 2021),
                failing: ["row:new"]),
            ReportChange(
                .moved, path: "/data/new", earlierPath: "/data/old",
                old: .init(id: "00000000000000fe"), new: .init(id: "00000000000000fe")),
        ]
    }

    private static func written() throws -> [UInt8] {
        var writer = RunChangesWriter { Array($0.utf8) }
        for change in changes { writer.add(change) }
        return try wholeFile(of: writer, run: 7, time: 1_764_000_000)
    }

    @Test("What is written is read back, and only differences are in it")
    func roundTrip() throws {
        let read = try #require(opened(Self.written()))
        #expect(read.run == 7 && read.time == 1_764_000_000)
        #expect(read.counts == [.added: 1, .changed: 1, .removed: 0, .moved: 1])
        // In the order of their paths, not in that of the file.
        let order = [2, 0, 1].map { Self.changes[$0] }
        #expect(Array(read.changes()) == order)
        #expect(read.newReports == [0xBBBB_BBBB_BBBB_BBBB, 0xFF])
        let change = try #require(read.changes().first { $0.kind == .changed })
        #expect(change.cells.map(\.field) == [3])
        #expect(change.cells[0].old?.value == 5 && change.cells[0].new?.value == 6)
        // A paragraph that only moved is no difference.
        #expect(change.removedText.map(\.text) == ["乙。"])
        #expect(change.addedText.map(\.text) == ["丁。"])
        #expect(change.fields.map(\.key) == ["title", "year"])
    }

    @Test("Bytes that nothing wrote are refused or read, never a crash")
    func damage() throws {
        let file = try Self.written()
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            var bytes = file
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 18..<bytes.count, using: &generator)] =
                    [0, 1, 0x7F, 0x80, 0xFF, .random(in: 0...255, using: &generator)]
                    .randomElement(using: &generator) ?? 0
            }
            if Bool.random(using: &generator) {
                bytes.removeLast(Int.random(in: 0...20, using: &generator))
            }
            for change in opened(bytes).map({ Array($0.changes()) }) ?? [] {
                #expect(change.cells.allSatisfy { StatisticField.all.indices.contains($0.field) })
            }
        }
        #expect(opened([]) == nil)
    }

    @Test("A run that changes more than anyone reads keeps the reports of all files")
    func bounds() throws {
        var writer = RunChangesWriter { Array($0.utf8) }
        let long = String(repeating: "长", count: 20_000)
        for number in 0..<2_000 {
            writer.add(
                ReportChange(
                    .added, path: "/data/\(long)\(number)",
                    new: .init(id: String(repeating: "0", count: 12) + "\(1_000 + number)")))
        }
        let bytes = try wholeFile(of: writer)
        #expect(bytes.count < 34 << 20)
        let read = try #require(opened(bytes))
        #expect(read.newReports.count == 2_000 && read.changes().contains { $0.path == nil })
    }

    @Test("A report with more text than an entry may have is noted without it")
    func longEntry() throws {
        var writer = RunChangesWriter { Array($0.utf8) }
        let version = ReportChange.Version(id: "00000000000000aa", name: "某局", year: 2021)
        let path = "/" + String(repeating: "a", count: 17 << 20)
        writer.add(ReportChange(.added, path: path, new: version))
        let read = try #require(opened(wholeFile(of: writer)))
        #expect(read.newReports == [0xAA] && read.changes().map(\.path) == [nil])
    }

    /// The bytes of a file with entries that no writer makes.
    private static func file(entries: [[UInt8]]) -> [UInt8] {
        var bytes = RunChangesWriter { Array($0.utf8) }.head(run: 1, time: 0)
        for entry in entries { bytes += varint(entry.count) + entry }
        return bytes
    }

    private static func varint(_ number: Int) -> [UInt8] {
        number > 0x7F ? [UInt8(number & 0x7F) | 0x80] + varint(number >> 7) : [UInt8(number)]
    }

    /// An added report of a file, up to its lists.
    private static func added(path: String = "a") -> [UInt8] {
        let id = TextCode.encoded(Array("00000000000000aa".utf8))
        return [0, 0] + varint(id.count + 1) + id + [0, 0] + varint(path.utf8.count + 1)
            + path.utf8 + [0, 0]
    }

    @Test("What would take more memory than any run is refused")
    func hostileFiles() {
        let noLists: [UInt8] = [0, 0, 0, 0, 0, 0]
        let plain = Self.added() + noLists
        #expect(opened(Self.file(entries: [plain]))?.changes().map(\.path) == ["a"])
        // Lists longer than any: cells that were not there and are not.
        for (count, isRead) in [(4_096, true), (4_097, false)] {
            let cells = Self.varint(count) + [UInt8](repeating: 0, count: 3 * count)
            let entry = Self.added() + [0] + cells + [0, 0, 0, 0]
            #expect((opened(Self.file(entries: [entry])) != nil) == isRead)
        }
        // Entries of no report, and more of them with a path than a run notes.
        let empty: [UInt8] = [0, 0, 0, 0] + [UInt8](repeating: 0, count: 20)
        #expect(opened(Self.file(entries: [empty])) == nil)
        let long = Self.added(path: String(repeating: "a", count: 60_000)) + noLists
        let many = (32 << 20) / (long.count + 3)
        for (count, isRead) in [(many, true), (many + 2, false)] {
            let file = Self.file(entries: Array(repeating: long, count: count))
            #expect((opened(file) != nil) == isRead)
        }
    }
}
