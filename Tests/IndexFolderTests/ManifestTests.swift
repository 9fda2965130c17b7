import Foundation
import IndexFolder
import Platform
import TestSupport
import Testing

/// The entries of a list of files; nil when a line is none.
private func listed(in bytes: Span<UInt8>, _ paths: StoredPath) -> [FileEntry]? {
    var entries: [FileEntry] = []
    let isWhole = FileList.forEachEntry(in: bytes, paths) { entries.append($0) }
    return isWhole ? entries : nil
}

@Suite("What an index folder says of itself")
struct ManifestTests {
    private static var sample: Manifest {
        var manifest = Manifest(analysis: "folding 1, grams 2", parser: 3)
        manifest.generation = 7
        manifest.files = .init(name: "files-000007", size: 9, modified: 1, head: 2, checksum: 0xAB)
        manifest.lastRun = .init(number: 12, time: 1_764_060_000_123_456_789)
        manifest.changes = [
            .init(name: "changes-000006", size: 3, modified: 1, head: 2, checksum: 3),
            .init(name: "changes-000007", size: 4, modified: 1, head: 2, checksum: 3),
        ]
        manifest.segments = [
            .init(
                name: "000001", reports: 40, passages: 90, hidden: [0, 3, 4, 5, 9, 39],
                files: [
                    .init(name: "000001.glass", size: 0, modified: 0, head: 1, checksum: 0),
                    .init(
                        name: "000001.tables", size: 1 << 43, modified: 5, head: .max,
                        checksum: .max),
                ]),
            .init(name: "000005", reports: 1, passages: 0, files: []),
        ]
        return manifest
    }

    @Test("A manifest gives back all it was given")
    func roundTrip() throws {
        #expect(try Manifest(Self.sample.encoded) == Self.sample)
        let empty = Manifest(analysis: "folding 1, grams 2", parser: 1)
        #expect(try Manifest(empty.encoded) == empty)
        let text = String(decoding: Self.sample.encoded, as: UTF8.self)
        #expect(text.contains("\nhidden 0 3-5 9 39\n"))
    }

    @Test("Every changed, missing or added byte of a manifest is noticed")
    func damage() throws {
        let bytes = Self.sample.encoded
        for index in bytes.indices {
            for change in [UInt8(1), 0x80, 0xFF] {
                var changed = bytes
                changed[index] ^= change
                #expect(throws: ManifestError.self) { try Manifest(changed) }
            }
            #expect(throws: ManifestError.self) { try Manifest(Array(bytes[..<index])) }
            var longer = bytes
            longer.insert(0x31, at: index)
            #expect(throws: ManifestError.self) { try Manifest(longer) }
        }
    }

    /// A manifest's lines with one changed, and a checksum that holds.
    private static func forged(_ old: String, _ new: String) -> [UInt8] {
        let lines =
            String(decoding: sample.encoded, as: UTF8.self)
            .split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
        var bytes = Array(lines.replacing(old, with: new).utf8)
        let sum = String(ContentChecksum.of(bytes.span), radix: 16)
        bytes += "end \(String(repeating: "0", count: 16 - sum.count) + sum)\n".utf8
        return bytes
    }

    @Test(
        "A manifest that nothing wrote is damaged, even with the right checksum",
        arguments: [
            ("segment 000001", "segment ../../etc"), ("segment 000001", "segment .."),
            ("segment 000001 40", "segment 000001 -40"), ("parser 3", "parser 03"),
            ("generation 7", "generation 99999999999999999999"), ("3-5", "5-3"), ("9 39", "9 40"),
            ("0 3-5", "3-5 0"), ("000001.glass 0", "000001.glass "), ("000001.glass", "a\tb"),
            ("000001.glass", "lock"), ("000001.glass", "thesis.glass"), ("files-000007", "files-"),
            ("run 12 ", "run 012 "), ("changes-000006", "changes-"),
            ("changes changes", "changes a"),
            ("segment 000001", "segment x"), ("000001.glass 0", "000001.glass 999999999999999999"),
            ("parser 3\n", ""), ("parser 3\n", "parser 3\nparser 3\n"),
            ("generation 7", "generation 9223372036854775807"),
            ("000001.tables 8796093022208", "000001.tables 9223372036854775807"),
            ("segment 000005 1 0", "segment 000005 9223372036854775807 0"),
            ("segment 000005 1 0", "segment 000005 1 4294967296"),
            // A root whose bytes end early for whoever calls the system with it.
            ("changes changes-000006", "root 2f00\nchanges changes-000006"),
            ("changes changes-000006", "root \nchanges changes-000006"),
            // Sixteen gigabytes of numbers.
            ("segment 000005 1 0", "segment 000005 4000000000 0\nhidden 0-3999999999"),
        ])
    func forgery(_ old: String, _ new: String) throws {
        #expect(throws: Never.self) { try Manifest(Self.forged("x", "x")) }
        #expect(throws: Never.self) {
            try Manifest(
                Self.forged("changes changes-000006", "root 2f61\nchanges changes-000006"))
        }
        #expect(throws: ManifestError.damaged) { try Manifest(Self.forged(old, new)) }
    }

    @Test("Another version is told from damage")
    func version() throws {
        let other = Self.forged("gongkai index \(Manifest.version)", "gongkai index 999")
        #expect(throws: ManifestError.schema(999)) { try Manifest(other) }
    }

    /// Values that `xxhsum -H64` prints, seed 0.
    @Test(
        "The checksum is XXH64",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ] as [(String, UInt64)])
    func checksum(_ text: String, _ value: UInt64) {
        let bytes = Array(text.utf8)
        let checksum = ContentChecksum.of(bytes.span)
        #expect(checksum == value)
    }

    @Test("A checksum does not depend on how the bytes come in")
    func pieces() {
        var random = SeededGenerator(seed: 4)
        for length in [0, 1, 31, 32, 33, 64, 100, 1_000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            for _ in 0..<20 {
                var checksum = ContentChecksum()
                var offset = 0
                while offset < length {
                    let end = min(length, offset + Int.random(in: 1...70, using: &random))
                    checksum.update(bytes.span.extracting(offset..<end))
                    offset = end
                }
                let whole = ContentChecksum.of(bytes.span)
                #expect(checksum.value == whole)
            }
        }
    }
}

@Suite("The list of files")
struct FileListTests {
    private static func entry(_ path: String, _ report: String?, detail: String? = nil) -> FileEntry
    {
        FileEntry(
            path: path, report: report, skipped: report == nil ? "empty" : nil, detail: detail,
            size: 1, modified: -2, changed: .max, inode: .max, read: .min)
    }

    private static let paths = StoredPath(below: "/r")

    @Test("Paths below the folder that holds the index follow it to another folder")
    func moved() throws {
        let names = Self.names + ["/elsewhere/x", "/r", "/rx/y", "/r/../x"]
        let bytes = Self.list(of: names.map { Self.entry($0, "00ab") })
        let moved = listed(in: bytes.span, StoredPath(below: "/s/t"))
        let paths = try #require(moved).map { Array($0.path.utf8) }
        let expected = names.map { $0.hasPrefix("/r/") ? "/s/t" + $0.dropFirst(2) : $0 }
        #expect(Set(paths) == Set(expected.map { Array($0.utf8) }))
        // Nothing else is below the root of all.
        let root = StoredPath(below: "/")
        #expect(listed(in: bytes.span, root)?.count == names.count)
    }

    /// The bytes of a list.
    private static func list(of entries: [FileEntry]) -> [UInt8] {
        var list = NextFileList(after: FileTable(paths))
        for entry in entries { list.add(entry) }
        var bytes: [UInt8] = []
        // So few are in memory: nothing can fail.
        try? list.forEachPiece { bytes += $0 }
        return bytes
    }

    private static let names = [
        "/r/换\n行\".txt", "/r/100%.txt", "/r/%41", "/r/tab\there", "/r/\u{1B}[31m",
        "/r/" + PathText.text(of: [0xFF, 0x41, 0xE5, 0x85]), "/r/é", "/r/e\u{301}",
        "/r/\u{10FFAA}", "/r/a b",
    ]

    @Test("A list gives back all it was given")
    func roundTrip() throws {
        let entries =
            Self.names.map { Self.entry($0, "00ab") }
            + [Self.entry("/r/none", nil, detail: "a\tb\n%"), Self.entry("/r/x", "ff")]
        let bytes = Self.list(of: entries)
        let entriesRead = listed(in: bytes.span, Self.paths)
        let read = try #require(entriesRead)
        let order = { (one: FileEntry, other: FileEntry) in
            one.path.utf8.lexicographicallyPrecedes(other.path.utf8)
        }
        #expect(read.sorted(by: order) == entries.sorted(by: order))
        #expect(read.last?.report == nil)
    }

    /// The id of a report as it stands in a list.
    private static func id(_ number: UInt64) -> String { String(format: "%016llx", number) }

    /// What a list says of one report.
    private static func paths(ofReport id: UInt64, in bytes: [UInt8]) -> [String]? {
        FileList.paths(ofReports: [id], in: bytes.span, Self.paths) { _ in }?.first
    }

    @Test("The files of a report are found among thousands")
    func paths() {
        var random = SeededGenerator(seed: 5)
        // Half of the ids lie close together, which is not how ids are.
        let ids = (0..<700).map { $0 % 2 == 0 ? random.next() : 0xABCD << 48 | random.next() >> 50 }
        var expected: [UInt64: [String]] = [:]
        var entries = [Self.entry("/r/skipped", nil)]
        for number in 0..<2_000 {
            let id = ids[Int.random(in: ids.indices, using: &random)]
            expected[id, default: []].append("/r/\(number)")
            entries.append(Self.entry("/r/\(number)", Self.id(id)))
        }
        let bytes = Self.list(of: entries)
        let asked = ids + [0, .max, 0xABCD << 48]
        for id in asked {
            #expect(Self.paths(ofReport: id, in: bytes) == (expected[id] ?? []).sorted())
        }
        var fetched = 0
        let together = FileList.paths(ofReports: asked, in: bytes.span, Self.paths) { _ in
            fetched += 1
        }
        #expect(together == asked.map { (expected[$0] ?? []).sorted() })
        #expect(fetched >= asked.count)
        #expect(Self.paths(ofReport: 10, in: []) == [])
    }

    @Test("A line with any one byte changed gives no path")
    func oneByte() {
        let bytes = Self.list(of: [Self.entry("/r/公开.txt", Self.id(0xAB))])
        for index in bytes.indices.dropLast() {
            for difference in [1, 0x80, 0xFF] as [UInt8] {
                var changed = bytes
                changed[index] ^= difference
                let paths = Self.paths(ofReport: 0xAB, in: changed)
                #expect(paths == nil || paths == [])
                let entries = listed(in: changed.span, Self.paths)
                #expect(entries == nil)
            }
        }
    }

    @Test("A broken list is told from a whole one, and crashes nothing")
    func damage() {
        let bytes = Self.list(of: Self.names.map { Self.entry($0, Self.id(0xAB)) })
        for index in bytes.indices {
            var changed = bytes
            changed[index] = 0x25
            _ = listed(in: changed.span, Self.paths)
            _ = Self.paths(ofReport: 0xAB, in: changed)
            if index > 0, bytes[index - 1] != 0x0A {
                let entries = listed(
                    in: bytes.span.extracting(0..<index), Self.paths)
                #expect(entries == nil)
            }
        }
    }

    /// What a list counts, as its entries tell it; nil when a line is none.
    private static func counted(
        _ bytes: Span<UInt8>
    ) -> (reports: Int, skipped: [String: Int])? {
        listed(in: bytes, paths).map { entries in
            (
                entries.count { $0.report != nil },
                Dictionary(entries.compactMap(\.skipped).map { ($0, 1) }, uniquingKeysWith: +)
            )
        }
    }

    @Test("What a list counts is what its entries tell, and nothing where a line is none")
    func counts() {
        let entries = Self.names.map { Self.entry($0, $0.count % 3 == 0 ? nil : Self.id(0xAB)) }
        let bytes = Self.list(of: entries + [Self.entry("/r/none", nil, detail: "a\tb\n%")])
        for index in bytes.indices {
            for byte in [bytes[index], 0x09, 0x0A, 0x25, 0x7E] {
                var changed = bytes
                changed[index] = byte
                let expected = Self.counted(changed.span)
                let counts = FileList.counts(in: changed.span)
                #expect(counts?.reports == expected?.reports)
                #expect(counts?.skipped == expected?.skipped)
            }
            let cut = FileList.counts(in: bytes.span.extracting(0..<index))
            let expected = Self.counted(bytes.span.extracting(0..<index))
            #expect(cut?.reports == expected?.reports)
        }
    }

    @Test("A list that follows another holds what stays and what is new", arguments: 0..<40)
    func next(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func entry(_ number: Int) -> FileEntry {
            let id = random.next() % 40
            return Self.entry("/r/公\(number)%", id < 3 ? nil : String(format: "%016x", id))
        }
        let before = (0..<Int.random(in: 0...60, using: &random)).map { entry($0) }
        let table = try #require(FileTable(Self.list(of: before), Self.paths))
        let indices = FileIndices(of: table)
        #expect(table.count == before.count && indices.index(of: "/r/公") == nil)
        var list = NextFileList(after: table)
        var expected: [FileEntry] = []
        for old in before {
            let index = try #require(indices.index(of: old.path))
            #expect(table[index] == old && list.openIndices.contains(index))
            switch Int.random(in: 0...3, using: &random) {
            case 0: list.drop(index)
            case 1:
                list.drop(index)
                let id = "f" + String(format: "%015x", random.next() % 40)
                let changed = Self.entry(old.path, id)
                list.add(changed)
                expected.append(changed)
            default:
                list.keep(index)
                expected.append(old)
            }
        }
        #expect(list.openIndices.isEmpty && list.isChange == (expected != before))
        for number in 100..<Int.random(in: 100...110, using: &random) {
            let new = entry(number)
            list.add(new)
            expected.append(new)
        }
        var bytes: [UInt8] = []
        try list.forEachPiece { bytes += $0 }
        let readEntries = listed(in: bytes.span, Self.paths)
        let read = try #require(readEntries)
        #expect(Set(read) == Set(expected) && read.count == expected.count)
        let reports = Set(expected.compactMap(\.report))
        #expect(try list.reportCount() == reports.count)
        let gone = Set(before.compactMap(\.report)).subtracting(reports)
        #expect(try list.reportsGone() == Set(gone.compactMap { UInt64($0, radix: 16) }))
        let next = try #require(FileTable(bytes, Self.paths))
        for id in (0..<40).map({ String(format: "%016x", $0) }) {
            let files = next.indices(ofReport: id).compactMap { next[$0]?.path }
            #expect(files.sorted() == expected.filter { $0.report == id }.map(\.path).sorted())
        }
    }

    @Test("Every name that a file system allows has a text and gets it back")
    func names() {
        var random = SeededGenerator(seed: 6)
        let pieces: [[UInt8]] = [
            [0xFF], [0x80], [0xE5, 0x85], [0xED, 0xA0, 0x80], [0xC0, 0xAF], Array("公".utf8),
            Array("a".utf8), Array("\u{10FF80}".utf8), Array("\u{10FFFF}".utf8), [0xF4], [0x0A],
            Array("\u{10FF7F}".utf8), Array("e\u{301}".utf8),
        ]
        var texts: [[UInt8]: [UInt8]] = [:]
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...5, using: &random))
                .flatMap { _ in pieces[Int.random(in: pieces.indices, using: &random)] }
            let text = PathText.text(of: bytes)
            #expect(PathText.bytes(of: text) == bytes)
            let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
            if !isUTF8 { #expect(!PathText.isUTF8(text)) }
            // Two names never have one text.
            #expect(texts.updateValue(bytes, forKey: Array(text.utf8)) ?? bytes == bytes)
        }
    }
}
