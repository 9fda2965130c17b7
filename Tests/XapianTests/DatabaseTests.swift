import CXapianTesting
import Foundation
import Testing
import Xapian

@Suite("Writing and reading databases") struct DatabaseTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    func small(_ name: String = "small", _ texts: [String] = ["one", "two", "three"]) throws
        -> String
    {
        try scratch.database(name, count: texts.count) { index, batch in
            batch.addTerm(bytes(texts[index]), frequency: 2)
            batch.addTerm(bytes("Kall"), frequency: 0)
            batch.addValue(slot: 3, number: Double(index) - 1.5)
            if index == 1 { batch.addValue(slot: 4, bytes: bytes("second")) }
            batch.setData(bytes(texts[index]))
        }
    }

    @Test("What is written is read back", arguments: [true, false])
    func roundTrip(storesTermLists: Bool) throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: storesTermLists)
        var batch = DocumentBatch()
        for text in ["one", "two", "three"] {
            batch.beginDocument()
            batch.addTerm(bytes(text).span, withPrefix: bytes("X").span, frequency: 2)
            batch.addTerm(bytes("Kall"), frequency: 0)
            batch.addValue(slot: 0, number: Double(text.count))
            batch.setData(bytes(text + "\0more"))
        }
        batch.addValue(slot: 7, bytes: [0, 255])
        #expect(batch.count == 3 && !batch.isEmpty && batch.byteCount > 0)
        #expect(try writer.add(batch) == 1)
        #expect(try writer.add(batch) == 4)
        batch.removeAll(keepingCapacity: true)
        #expect(try writer.add(batch) == 0)
        try writer.setMetadata([1, 0, 2], forKey: "schema")
        try writer.finish()

        let database = try Database(path: path)
        #expect(database.documentCount == 6)
        #expect(database.lastDocumentID == 6)
        #expect(database.totalLength == 12)
        #expect(try database.metadata(forKey: "schema") == [1, 0, 2])
        #expect(try database.metadata(forKey: "other") == nil)
        #expect(try database.metadata(forKey: "") == nil)
        #expect(try database.termFrequency(of: "Xtwo".utf8) == 2)
        #expect(try database.termFrequency(of: "Kall".utf8) == 6)
        #expect(try database.termFrequency(of: "".utf8) == 0)
        #expect(
            try database.termFrequency(of: String(repeating: "x", count: 300).utf8) == 0)
        #expect(
            try database.documentData(of: [3, 1, 1]).map { String(decoding: $0, as: UTF8.self) }
                == ["three\0more", "one\0more", "one\0more"])
        #expect(try database.documentData(of: []) == [])
        #expect(try database.values(inSlot: 7, of: [1, 3, 6]) == [[], [0, 255], [0, 255]])
        let column = try database.valueColumn(0)
        #expect(column.ids == [1, 2, 3, 4, 5, 6])
        #expect(column.numbers == [3, 3, 5, 3, 3, 5])
        #expect(try database.valueColumn(99).ids == [])
        #expect(try database.documentIDs(matching: "Xthree".utf8) == [3, 6])
        #expect(try database.documentIDs(matching: "".utf8) == [])
    }

    @Test("Terms are listed in byte order, and the limit is told")
    func listsTerms() throws {
        let database = try Database(path: small())
        let all = try database.terms(withPrefix: [], limit: 10)
        #expect(
            all.elements.map { String(decoding: $0.term, as: UTF8.self) }
                == ["Kall", "one", "three", "two"])
        #expect(all.elements.map(\.frequency) == [3, 1, 1, 1])
        #expect(all.isComplete)
        let some = try database.terms(withPrefix: "t".utf8, limit: 1)
        #expect(some.elements.map(\.term) == [bytes("three")])
        #expect(!some.isComplete)
        #expect(try database.terms(withPrefix: "t".utf8, limit: 2).isComplete)
        #expect(try !database.terms(withPrefix: "t".utf8, limit: 0).isComplete)
        #expect(try database.terms(withPrefix: "z".utf8, limit: 0).isComplete)
    }

    @Test("Numbers keep their value and order")
    func numbers() throws {
        let given: [Double] = [0, -0.0, 1, -1, 1e300, -1e300, 0.1, 123_456_789.125]
        let path = try scratch.database("numbers", count: given.count) { index, batch in
            batch.addValue(slot: 2, number: given[index])
        }
        let read = try Database(path: path).valueColumn(2).numbers
        for (wrote, got) in zip(given, read) { #expect(wrote == got) }
    }

    @Test("A missing document is named by its index", arguments: [0, 4, UInt32.max])
    func missingDocument(id: UInt32) throws {
        let database = try Database(path: small())
        let error = xapianError { _ = try database.documentData(of: [1, 2, id]) }
        #expect(error?.code == .documentNotFound)
        #expect(error?.index == 2)
        let other = xapianError { _ = try database.values(inSlot: 0, of: [id]) }
        #expect(other?.code == .documentNotFound)
        #expect(other?.index == 0)
    }

    /// Ways to spoil a document.
    static let faults: [(name: String, spoil: @Sendable (inout DocumentBatch) -> Void)] = [
        ("an empty term", { $0.addTerm([], frequency: 1) }),
        ("a long term", { $0.addTerm([UInt8](repeating: 97, count: 246), frequency: 1) }),
        ("a NUL in a term", { $0.addTerm([97, 0, 97], frequency: 1) }),
        ("slot 2^32-1", { $0.addValue(slot: .max, number: 1) }),
        ("NaN", { $0.addValue(slot: 1, number: .nan) }),
        ("infinity", { $0.addValue(slot: 1, number: -.infinity) }),
        ("a long value", { $0.addValue(slot: 1, bytes: [UInt8](repeating: 1, count: 65537)) }),
        ("long data", { $0.setData([UInt8](repeating: 1, count: 1_048_577)) }),
    ]

    @Test("A bad document is refused and nothing of its batch is added", arguments: 0..<8)
    func refuses(fault: Int) throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: false)
        var batch = DocumentBatch()
        for index in 0..<4 {
            batch.beginDocument()
            batch.addTerm(bytes("good"), frequency: 1)
            if index == 2 { Self.faults[fault].spoil(&batch) }
            batch.addTerm(bytes("fine"), frequency: 1)
        }
        var caught: XapianError?
        do { try writer.add(batch) } catch { caught = error }
        #expect(caught?.code == .refused, "\(Self.faults[fault].name)")
        #expect(caught?.index == 2)
        #expect(caught?.path == path)

        batch.removeAll()
        batch.beginDocument()
        batch.addTerm([UInt8](repeating: 97, count: 245), frequency: .max)
        batch.addValue(slot: .max - 1, number: 4)
        batch.setData([UInt8](repeating: 1, count: 1_048_576))
        #expect(try writer.add(batch) == 1)
        try writer.finish()
        let database = try Database(path: path)
        #expect(database.documentCount == 1)
        #expect(try database.termFrequency(of: "good".utf8) == 0)
        #expect(try database.valueColumn(.max - 1).numbers == [4])
    }

    @Test(
        "A bad metadata key is refused and the writer goes on",
        arguments: ["", "a\0b", String(repeating: "k", count: 201)])
    func refusesKeys(key: String) throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: false)
        var caught: XapianError?
        do { try writer.setMetadata([1], forKey: key) } catch { caught = error }
        #expect(caught?.code == .refused)
        try writer.setMetadata([1], forKey: String(repeating: "k", count: 200))
        try writer.finish()
        #expect(
            try Database(path: path).metadata(forKey: String(repeating: "k", count: 200)) == [1])
    }

    @Test("A database is not made where something is already")
    func existing() throws {
        let folder = scratch.path("taken")
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        let paths = [try small(), folder, scratch.path("no/such/parent")]
        for path in paths {
            let error = xapianError {
                _ = try WritableDatabase(creatingAt: path, storesTermLists: true)
            }
            #expect(error?.code == .databaseNotCreated)
            #expect(error?.path == path)
        }
        for path in ["", "a\0b"] {
            let error = xapianError {
                _ = try WritableDatabase(creatingAt: path, storesTermLists: true)
            }
            #expect(error?.code == .refused)
        }
    }

    @Test("A second writer is refused, and the next one after it may write")
    func locked() throws {
        let path = try small()
        let first = try WritableDatabase(openingAt: path)
        let error = xapianError { _ = try WritableDatabase(openingAt: path) }
        #expect(error?.code == .databaseLocked)
        #expect(error?.description.contains(path) == true)
        try first.finish()
        var second = try WritableDatabase(openingAt: path)
        var batch = DocumentBatch()
        batch.beginDocument()
        #expect(try second.add(batch) == 4)
        try second.finish()
        #expect(try Database(path: path).documentCount == 4)
    }

    @Test("A writer that failed refuses to go on")
    func failedWriter() throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: false)
        var batch = DocumentBatch()
        batch.beginDocument()
        batch.addTerm(bytes("term"), frequency: 1)
        try writer.add(batch)
        try FileManager.default.removeItem(atPath: path)
        var codes: [XapianError.Code] = []
        do { try writer.commit() } catch { codes.append(error.code) }
        do { try writer.add(batch) } catch { codes.append(error.code) }
        do { try writer.setMetadata([1], forKey: "k") } catch { codes.append(error.code) }
        do { try writer.commit() } catch { codes.append(error.code) }
        do { try writer.finish() } catch { codes.append(error.code) }
        #expect(codes.count == 5)
        #expect(codes.first != .writerUnusable)
        #expect(codes.dropFirst().allSatisfy { $0 == .writerUnusable })
    }

    @Test("What is not a folder with a glass database is not opened")
    func notFound() throws {
        let empty = scratch.path("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
        let stub = scratch.path("stub")
        try Data("auto \(stub)\n".utf8).write(to: URL(fileURLWithPath: stub))
        let stubFolder = scratch.path("stubfolder")
        try FileManager.default.createDirectory(
            atPath: stubFolder, withIntermediateDirectories: false)
        try Data("auto .\n".utf8).write(to: URL(fileURLWithPath: stubFolder + "/XAPIANDB"))
        let nested = scratch.path("nested")
        try FileManager.default.createDirectory(
            atPath: nested + "/iamglass", withIntermediateDirectories: true)
        let paths = [scratch.path("none"), empty, stub, stub + "/x", stubFolder, nested]
        for path in paths {
            let error = xapianError { _ = try Database(path: path) }
            #expect(error?.code == .databaseNotFound, "\(path)")
            #expect(error?.path == path)
            let writing = xapianError { _ = try WritableDatabase(openingAt: path) }
            #expect(writing?.code == .databaseNotFound, "\(path)")
        }
        #expect(xapianError { _ = try Database(path: "") }?.code == .refused)
    }

    @Test("A damaged version file is told")
    func damaged() throws {
        let path = try small()
        let file = URL(fileURLWithPath: path + "/iamglass")
        let good = try Data(contentsOf: file)
        var flipped = good
        flipped[0] ^= 0xFF
        for bad in [Data(), good.prefix(20), good + [1], flipped] {
            try bad.write(to: file)
            #expect(xapianError { _ = try Database(path: path) }?.code == .databaseCorrupt)
        }
        var newer = good
        newer[14] = 0x7F
        try newer.write(to: file)
        #expect(xapianError { _ = try Database(path: path) }?.code == .databaseVersion)
        try good.write(to: file)
        #expect(try Database(path: path).documentCount == 3)
    }

    @Test("A missing table is told")
    func missingTable() throws {
        let path = try small()
        try FileManager.default.removeItem(atPath: path + "/postlist.glass")
        #expect(xapianError { _ = try Database(path: path) }?.code == .databaseNotOpened)
    }

    @Test("A folder that may not be read is told apart from a missing one")
    func unreadable() throws {
        let path = try small()
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: path)
        // The rights of nobody, on this thread and only for files.
        let user = cxt_set_file_user(65534)
        let isOpenToAll = FileManager.default.isReadableFile(atPath: path + "/iamglass")
        let error = xapianError { _ = try Database(path: path) }
        _ = cxt_set_file_user(user)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        if !isOpenToAll || error != nil {
            #expect(error?.code == .databaseNotOpened)
            #expect(error?.message.contains("Permission denied") == true)
        }
    }

    @Test("Merging keeps the order of documents", arguments: [true, false])
    func compacts(storesTermLists: Bool) throws {
        var sources: [String] = []
        var texts: [String] = []
        for (number, count) in [3, 0, 500, 1].enumerated() {
            let own = (0..<count).map { "\(number)-\($0)" }
            texts += own
            sources.append(
                try scratch.database(
                    "part\(number)", storesTermLists: storesTermLists, count: count
                ) { index, batch in
                    batch.addTerm(bytes("T\(index % 3)"), frequency: 1)
                    batch.addValue(slot: 0, number: Double(number * 1000 + index))
                    batch.setData(bytes(own[index]))
                })
            var writer = try WritableDatabase(openingAt: sources[number])
            try writer.setMetadata(bytes("\(number)"), forKey: "number")
            try writer.finish()
        }
        let merged = scratch.path("merged")
        try scratch.merge(sources, into: merged)
        let database = try scratch.database(at: merged)
        #expect(database.documentCount == 504)
        #expect(database.lastDocumentID == 504)
        #expect(database.totalLength == 504)
        #expect(
            try database.documentData(of: Array(1...504))
                .map { String(decoding: $0, as: UTF8.self) } == texts)
        #expect(try database.valueColumn(0).numbers.sorted() == database.valueColumn(0).numbers)
        #expect(try database.metadata(forKey: "number") == bytes("0"))
        let expected = [0, 1, 2] + (0..<500).map { $0 } + [0]
        #expect(
            try database.documentIDs(matching: "T2".utf8)
                == expected.indices.filter { expected[$0] % 3 == 2 }.map { UInt32($0 + 1) })
    }

    @Test("The database of a folder is written again in less room with the same numbers")
    func compactsFolder() throws {
        let source = try scratch.database("loose", storesTermLists: true, count: 4_000) {
            index, batch in
            batch.addTerm(bytes("T\(index)"), frequency: 1)
            batch.addTerm(bytes("all"), frequency: 1)
            batch.setData(bytes("data \(index)"))
        }
        var writer = try WritableDatabase(openingAt: source)
        try writer.deleteDocuments(with: bytes("T7"))
        try writer.finish()
        let target = scratch.path("tight")
        try WritableDatabase.compact(folder: source, into: target)
        let database = try Database(path: target)
        #expect(database.documentCount == 3_999 && database.lastDocumentID == 4_000)
        #expect(try database.documentIDs(matching: "T8".utf8) == [9])
        #expect(try database.documentIDs(matching: "T7".utf8).isEmpty)
        #expect(try database.documentData(of: [4_000]) == [bytes("data 3999")])
        // What is there is not written over.
        #expect(
            xapianError { try WritableDatabase.compact(folder: scratch.path("none"), into: target) }
                != nil)
        var more = try WritableDatabase(openingAt: target)
        try more.deleteDocuments(with: bytes("T8"))
        try more.finish()
        #expect(try Database(path: target).documentCount == 3_998)
    }

    @Test("Merging refuses what it cannot do")
    func compactFailures() throws {
        let source = try small() + ".glass"
        try WritableDatabase(openingAt: small("other")).finish(into: Scratch.made(source))
        let other = scratch.path("other.txt")
        try Data(count: 99).write(to: URL(fileURLWithPath: other))
        let target = try Scratch.made(scratch.path("a"))
        #expect(xapianError { try WritableDatabase.compact([], into: target) }?.code == .refused)
        let sources = [source, other, source].map(descriptor)
        let second = try Scratch.made(scratch.path("b"))
        #expect(
            xapianError { try WritableDatabase.compact(sources, into: second) }?.code
                == .databaseCorrupt)
        #expect(
            xapianError { _ = try Database(descriptor: descriptor(of: other), name: "x") }?.code
                == .databaseCorrupt)
        try WritableDatabase.compact(
            [descriptor(of: source)], into: Scratch.made(scratch.path("c")))
        #expect(try scratch.database(at: scratch.path("c")).documentCount == 3)
    }

    @Test("Postings and frequencies beyond the documents that there are give an error")
    func beyondTheDocuments() throws {
        let term = bytes("a")
        let path = try scratch.database("strange", count: 5) { _, batch in
            batch.addTerm(term, frequency: 1)
        }
        // The number of documents, eight bytes before the end of the head of a small database.
        let head = URL(filePath: path + "/iamglass")
        var data = try Data(contentsOf: head)
        try #require(data[data.count - 8] == 5)
        data[data.count - 8] = 3
        try data.write(to: head)
        let database = try Database(path: path)
        #expect(
            xapianError { _ = try database.documentIDs(matching: term) }?.code == .databaseCorrupt)
        #expect(
            xapianError { _ = try database.termFrequency(of: term) }?.code == .databaseCorrupt)
        #expect(
            xapianError { _ = try database.terms(withPrefix: term, limit: 9) }?.code
                == .databaseCorrupt)
    }
}
