import Foundation
import Testing

@testable import Xapian

@Suite("Single documents and transactions") struct DocumentTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A document with a bit of everything.
    func sample(_ name: String = "one") -> Document {
        var document = Document()
        document.addTerm("fox", positions: [9, 2])
        document.addTerm("fox", frequency: 3)
        document.addTerm("狐", frequency: 1, positions: [4])
        document.addBooleanTerm("Q" + name)
        document.setValue(2019, inSlot: 0)
        document.setValue("second", inSlot: 4)
        document.setValue("", inSlot: 5)
        document.setData("data\0of " + name)
        return document
    }

    /// What is read of the sample.
    func expectSample(_ stored: StoredDocument, _ name: String = "one") {
        #expect(stored.data == bytes("data\0of " + name))
        #expect(
            stored.terms == [
                .init(bytes: bytes("Q" + name), frequency: 0, positions: []),
                .init(bytes: bytes("fox"), frequency: 5, positions: [2, 9]),
                .init(bytes: bytes("狐"), frequency: 1, positions: [4]),
            ])
        #expect(stored.values.map(\.slot) == [0, 4])
        #expect(stored.values[0].number == 2019)
        #expect(stored.values[1].bytes == bytes("second"))
    }

    @Test("What is written is read back, on disk and in memory", arguments: [true, false])
    func roundTrip(isOnDisk: Bool) throws {
        var writer =
            try isOnDisk
            ? WritableDatabase(creatingAt: scratch.path("index"), storesTermLists: true)
            : WritableDatabase.inMemory()
        #expect(try writer.add(sample()) == 1)
        let first = try writer.reader()
        try expectSample(first.document(1))
        #expect(try writer.add(Document(first.document(1))) == 2)
        try writer.setMetadata([1], forKey: "b/x")
        try writer.setMetadata([1], forKey: "a")
        try writer.setMetadata([1], forKey: "b/y")
        try writer.commit()

        var database = try writer.reader()
        try expectSample(database.document(2))
        let data = try database.document(2, parts: .data)
        #expect(data.terms.isEmpty && data.values.isEmpty && data.data.count == 11)
        #expect(try database.document(2, parts: .terms).terms[1].positions == [])
        #expect(try database.length(ofDocument: 1) == (6, 3))
        #expect(
            try database.postings(of: "fox")
                == [.init(documentID: 1, frequency: 5), .init(documentID: 2, frequency: 5)])
        #expect(try database.postings(of: "Qone").map(\.frequency) == [0, 0])
        #expect(try database.postings(of: "") == [])
        #expect(try database.positions(of: "fox", inDocument: 2) == [2, 9])
        #expect(try database.metadata(forKey: "b/y") == [1])
        if isOnDisk {
            let keys = try database.metadataKeys(withPrefix: "b/")
            #expect(keys == [bytes("b/x"), bytes("b/y")])
            #expect(try database.metadataKeys().count == 3)
        }
        for id in [0, 3, UInt32.max] {
            #expect(xapianError { _ = try database.document(id) }?.code == .documentNotFound)
            #expect(
                xapianError { _ = try database.length(ofDocument: id) }?.code
                    == .documentNotFound)
        }
        try database.reopen()
        #expect(database.documentCount == 2)
    }

    @Test("Statistics are those of the documents")
    func statistics() throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: true)
        try writer.add(sample())
        var short = Document()
        short.addTerm("fox")
        short.setValue(-4, inSlot: 0)
        try writer.add(short)
        try writer.finish()
        let database = try Database(path: path)
        let all = try database.statistics()
        #expect(all.documentCount == 2 && all.lastDocumentID == 2)
        #expect(all.totalLength == 7 && all.averageLength == 3.5)
        #expect(all.lengthBounds.lowerBound <= 1 && all.lengthBounds.upperBound >= 6)
        #expect(all.hasPositions)
        let fox = try database.statistics(ofTerm: "fox")
        #expect(fox.documentFrequency == 2 && fox.collectionFrequency == 6)
        #expect(fox.frequencyBound >= 5)
        #expect(try database.statistics(ofTerm: "cat").documentFrequency == 0)
        #expect(try database.statistics(ofTerm: "").documentFrequency == 0)
        let slot = try database.statistics(ofSlot: 0)
        #expect(slot.documentFrequency == 2)
        #expect(SortableNumber.number(from: slot.lowerBound) <= -4)
        #expect(SortableNumber.number(from: slot.upperBound) >= 2019)
        #expect(try database.statistics(ofSlot: 7).documentFrequency == 0)
        #expect(try database.identifier().count == 36)
        let empty = try Database().statistics()
        #expect(empty.documentCount == 0 && empty.averageLength == 0 && !empty.hasPositions)
    }

    @Test("Documents are replaced and deleted, by id and by term", arguments: [true, false])
    func replaces(isOnDisk: Bool) throws {
        var writer =
            try isOnDisk
            ? WritableDatabase(creatingAt: scratch.path("index"), storesTermLists: true)
            : WritableDatabase.inMemory()
        for name in ["a", "b", "c"] { try writer.add(sample(name)) }
        try writer.replace(2, with: sample("two"))
        #expect(try writer.replaceDocuments(with: "Qc", by: sample("three")) == 3)
        #expect(try writer.replaceDocuments(with: "Qd", by: sample("d")) == 4)
        try writer.replace(9, with: sample("nine"))
        try writer.delete(1)
        try writer.deleteDocuments(with: "Qnine")
        try writer.deleteDocuments(with: "Qnobody")
        #expect(xapianError { try writer.delete(1) }?.code == .documentNotFound)
        #expect(xapianError { try writer.delete(0) }?.code == .documentNotFound)
        #expect(try writer.add(sample("last")) == 10)
        try writer.commit()
        let database = try writer.reader()
        #expect(try database.postings(of: "fox").map(\.documentID) == [2, 3, 4, 10])
        for (id, name) in [2: "two", 3: "three", 4: "d", 10: "last"] as [UInt32: String] {
            try expectSample(database.document(id), name)
        }
    }

    @Test("What cannot be done without term lists costs nothing that was written")
    func withoutTermLists() throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: false)
        try writer.add(sample("a"))
        try writer.commit()
        try writer.add(sample("b"))
        let codes = [
            xapianError { try writer.delete(1) },
            xapianError { try writer.replace(1, with: sample()) },
            xapianError { try writer.deleteDocuments(with: "Qa") },
            xapianError { _ = try writer.replaceDocuments(with: "Qa", by: sample()) },
        ].map { $0?.code }
        #expect(codes == Array(repeating: .featureUnavailable, count: 4))
        try writer.finish()
        let database = try Database(path: path)
        #expect(database.documentCount == 2)
        #expect(try database.document(2, parts: .data).data == bytes("data\0of b"))
        #expect(xapianError { _ = try database.document(2) }?.code == .featureUnavailable)
    }

    @Test("A bad document is refused whole, and the writer goes on")
    func refuses() throws {
        var bad: [Document] = []
        func add(_ spoil: (inout Document) -> Void) {
            var document = sample("bad")
            spoil(&document)
            bad.append(document)
        }
        add { $0.addTerm("") }
        add { $0.addTerm(String(repeating: "x", count: 246)) }
        add { $0.addTerm("a\0b", positions: [1]) }
        add { $0.addBooleanTerm([UInt8](repeating: 0, count: 200)) }
        add { $0.setValue(.nan, inSlot: 1) }
        add { $0.setValue(.infinity, inSlot: 1) }
        add { $0.setValue(1, inSlot: .max) }
        add { $0.setValue([UInt8](repeating: 1, count: 65_537), inSlot: 1) }
        add { $0.setData([UInt8](repeating: 1, count: 1_048_577)) }
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: true)
        try writer.add(sample("a"))
        for document in bad {
            #expect(xapianError { try writer.add(document) }?.code == .refused)
            #expect(xapianError { try writer.replace(1, with: document) }?.code == .refused)
            #expect(
                xapianError { _ = try writer.replaceDocuments(with: "Qa", by: document) }?.code
                    == .refused)
        }
        #expect(xapianError { try writer.replace(0, with: sample()) }?.code == .refused)
        #expect(xapianError { try writer.deleteDocuments(with: "") }?.code == .refused)
        #expect(xapianError { try writer.deleteDocuments(with: "a\0") }?.code == .refused)
        #expect(
            xapianError { _ = try writer.replaceDocuments(with: "", by: sample()) }?.code
                == .refused)
        try writer.finish()
        try expectSample(Database(path: path).document(1), "a")
    }

    @Test("A transaction is kept or forgotten as a whole")
    func transactions() throws {
        let path = scratch.path("index")
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: true)
        #expect(xapianError { try writer.commitTransaction() }?.code == .invalidOperation)
        #expect(xapianError { try writer.cancelTransaction() }?.code == .invalidOperation)
        try writer.add(sample("before"))
        try writer.beginTransaction()
        #expect(xapianError { try writer.beginTransaction() }?.code == .invalidOperation)
        #expect(xapianError { try writer.commit() }?.code == .invalidOperation)
        try writer.add(sample("forgotten"))
        try writer.cancelTransaction()
        var database = try Database(path: path)
        #expect(database.documentCount == 1)
        try writer.beginTransaction()
        try writer.add(sample("kept"))
        try writer.delete(1)
        #expect(try Database(path: path).documentCount == 1)
        try writer.commitTransaction()
        try database.reopen()
        #expect(try database.postings(of: "Qkept").count == 1)
        #expect(database.documentCount == 1)
        try writer.beginTransaction(isFlushed: false)
        try writer.add(sample("late"))
        try writer.commitTransaction()
        #expect(try database.reopen() == false)
        try writer.commit()
        #expect(try database.reopen() == true)
        #expect(database.documentCount == 2)
        var memory = try WritableDatabase.inMemory()
        #expect(xapianError { try memory.beginTransaction() }?.code == .unimplemented)
        #expect(try memory.add(sample()) == 1)
    }

    @Test("Numbers keep their order as bytes, and NaN has none")
    func numbers() throws {
        var random = SplitMix64(seed: 3)
        var numbers: [Double] = [0, -0.0, 1, -1, .infinity, -.infinity, 1e-307, 1e308, -1e308]
        for _ in 0..<2000 {
            let number = Double(bitPattern: random.next())
            if !number.isNaN { numbers.append(number) }
            numbers.append(Double(Int.random(in: -1000...1000, using: &random)))
        }
        numbers.sort()
        var last: [UInt8] = []
        for (index, number) in numbers.enumerated() {
            let bytes = try SortableNumber.bytes(of: number)
            #expect(bytes.count <= 9)
            #expect(SortableNumber.number(from: bytes) == number || abs(number) < 1e-300)
            if index > 0 {
                #expect(!bytes.lexicographicallyPrecedes(last), "\(number)")
                if numbers[index - 1] == number { #expect(bytes == last) }
            }
            last = bytes
        }
        #expect(try SortableNumber.bytes(of: 0).count == 1)
        #expect(try SortableNumber.bytes(of: -.infinity).isEmpty)
        #expect(xapianError { _ = try SortableNumber.bytes(of: .nan) }?.code == .refused)
    }
}
