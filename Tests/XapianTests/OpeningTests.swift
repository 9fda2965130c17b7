import Foundation
import TestSupport
import Testing
import Xapian

@Suite("Databases of several, of one file and on servers") struct OpeningTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A database of documents that hold "all" and a word of their own.
    func database(_ name: String, _ words: [String]) throws -> String {
        let path = scratch.path(name)
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: true)
        for (index, word) in words.enumerated() {
            var document = Document()
            document.addTerm(word, positions: [1])
            document.addTerm("all", positions: [2])
            document.setValue(Double(index), inSlot: 0)
            document.setData(word)
            try writer.add(document)
        }
        try writer.finish()
        return path
    }

    func data(of ids: [UInt32], in database: borrowing Database) throws -> [String] {
        try database.documentData(of: ids).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("Several databases are searched as one, their documents taking turns")
    func several() throws {
        let paths = [try database("one", ["a", "b", "c"]), try database("two", ["d"])]
        var both = try Database(paths: paths)
        #expect(both.documentCount == 4)
        #expect(both.path == paths[0])
        #expect(try data(of: [1, 2, 3, 5], in: both) == ["a", "d", "b", "c"])
        #expect(xapianError { _ = try both.document(4) }?.code == .documentNotFound)
        #expect(try both.termFrequency(of: "all".utf8) == 4)
        #expect(try both.statistics(ofTerm: "all").collectionFrequency == 4)
        #expect(try both.search(.phrase(["d", "all"])).matches.map(\.documentID) == [2])
        try both.add(Database(path: database("three", ["e"])))
        #expect(both.documentCount == 5)
        #expect(try both.termFrequency(of: "all".utf8) == 5)
        #expect(try data(of: [3], in: both) == ["e"])
        let error = xapianError { _ = try Database(paths: paths + [scratch.path("none")]) }
        #expect(error?.code == .databaseNotFound)
        #expect(error?.path == scratch.path("none"))
    }

    @Test("Pages of XOR and maximum are right over several databases, where libxapian crashes")
    func fragile() throws {
        let documents = QueryModelTests.documents(120, seed: 9)
        var database = try Database()
        for shard in 0..<3 {
            let path = scratch.path("fragile\(shard)")
            var writer = try WritableDatabase(creatingAt: path, storesTermLists: true)
            for index in stride(from: shard, to: documents.count, by: 3) {
                try writer.add(documents[index].document)
            }
            try writer.finish()
            try database.add(Database(path: path))
        }
        let terms = try ["fox", "dog"].map { try Query.term($0) }
        let whole = SearchOptions(limit: .max)
        for query in [try Query.xor(terms), try .maximum(terms), try .scale(.xor(terms), by: 2)] {
            let all = try database.search(query, whole).matches
            #expect(all.count > 20)
            for offset in [0, 7] {
                let page = try database.search(query, SearchOptions(offset: offset, limit: 5))
                #expect(page.matches == Array(all[offset..<offset + 5]))
                #expect(page.count.exact == all.count)
            }
            var cut = SearchOptions()
            cut.minimumWeight = 0.5
            #expect(xapianError { _ = try database.search(query, cut) }?.code == .unimplemented)
            cut = SearchOptions()
            cut.minimumPercent = 50
            #expect(xapianError { _ = try database.search(query, cut) }?.code == .unimplemented)
        }
    }

    @Test("A database in one file is opened by its descriptor")
    func oneFile() throws {
        guard let compact = InstalledProgram.path(of: "xapian-compact") else { return }
        let file = scratch.path("single")
        let process = try Process.run(
            URL(fileURLWithPath: compact),
            arguments: ["--single-file", database("folder", ["a", "b"]), file])
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let database = try Database(descriptor: descriptor(of: file), name: "a name")
        let again = try Database(descriptor: descriptor(of: file), name: file)
        try FileManager.default.removeItem(atPath: file)
        #expect(database.documentCount == 2 && database.path == "a name")
        #expect(try data(of: [2, 1], in: database) == ["b", "a"])
        #expect(try again.search(.term("all")).matches.count == 2)
    }

    @Test("What is no database of one file is not opened by its descriptor")
    func wrongDescriptor() throws {
        let file = scratch.path("text")
        try Data("no database at all".utf8).write(to: URL(fileURLWithPath: file))
        let codes: [XapianError.Code] = [.databaseNotOpened, .databaseNotFound, .databaseCorrupt]
        for descriptor in [descriptor(of: file), -1] {
            let error = xapianError { _ = try Database(descriptor: descriptor, name: "f") }
            #expect(error.map { codes.contains($0.code) } == true, "\(String(describing: error))")
            #expect(error?.path == "f")
        }
    }

    @Test("A reader that was overtaken begins again")
    func overtaken() throws {
        let path = try database("index", (0..<2000).map { "w\($0)" })
        var database = try Database(path: path)
        var attempts = 0
        let count = try database.reading { database throws(XapianError) in
            attempts += 1
            if attempts == 1 {
                var writer = try WritableDatabase(openingAt: path)
                for round in 0..<3 {
                    for id in UInt32(1)...2000 {
                        var document = Document()
                        document.addTerm("all")
                        document.addTerm("round\(round)")
                        document.setData("\(id)")
                        try writer.replace(id, with: document)
                    }
                    try writer.commit()
                }
            }
            return try database.search(.term("round2"), SearchOptions(limit: 2000)).matches.count
        }
        #expect(count == (attempts == 1 ? 0 : 2000))
        #expect(attempts == 2)
        var failures = 0
        let error = xapianError {
            try database.reading(attempts: 3) { _ throws(XapianError) in
                failures += 1
                _ = try Database(path: scratch.path("none"))
            }
        }
        #expect(error?.code == .databaseNotFound && failures == 1)
    }

    @Test("A server's database answers as the folder does")
    func remote() throws {
        let path = try database("index", (0..<50).map { "w\($0 % 7)" })
        guard InstalledProgram.path(of: "xapian-tcpsrv") != nil else { return }
        let server = try StockServer([path], isForOneConnection: true)
        let local = try Database(path: path)
        do {
            let remote = try Database(host: "127.0.0.1", port: server.port, timeout: .seconds(20))
            #expect(remote.path == "127.0.0.1:\(server.port)")
            #expect(remote.documentCount == 50)
            let query = try Query.and([
                .or([.term("w1"), .phrase(["w2", "all"]), .prefix("w3")]),
                .values(inSlot: 0, in: 10...40),
            ])
            var options = SearchOptions(limit: 20)
            options.fetchesData = true
            options.fetchesTerms = true
            options.fetchedSlots = [0]
            options.countedSlots = [0]
            #expect(try remote.search(query, options) == local.search(query, options))
            options.order = .keys([.descending(0)])
            #expect(try remote.search(query, options) == local.search(query, options))
            #expect(try remote.document(3) == local.document(3))
            #expect(try remote.statistics() == local.statistics())
            let all = try remote.statistics(ofTerm: "all")
            #expect(all.documentFrequency == 50 && all.collectionFrequency == 50)
            // Only what a server can be told.
            options.order = .keys([.descending(0), .ascending(1)])
            #expect(xapianError { _ = try remote.search(query, options) }?.code == .unimplemented)
        }
        server.waitUntilExit()
    }

    @Test("A server that is not there, or says nothing, is told in time")
    func noServer() throws {
        let socket = try SilentSocket()
        let began = ContinuousClock.now
        let silent = xapianError {
            _ = try Database(host: "127.0.0.1", port: socket.port, timeout: .milliseconds(200))
        }
        #expect(silent?.code == .networkTimedOut)
        #expect(ContinuousClock.now - began < .seconds(30))
        socket.close()
        let absent = xapianError { _ = try Database(host: "127.0.0.1", port: socket.port) }
        #expect(absent?.code == .networkFailed)
        #expect(absent?.path == "127.0.0.1:\(socket.port)")
        #expect(xapianError { _ = try Database(host: "", port: 1) }?.code == .refused)
        #expect(xapianError { _ = try Database(host: "a", port: 0) }?.code == .refused)
    }
}

/// A socket that takes connections and never says anything.
private struct SilentSocket {
    let descriptor: Int32
    let port: UInt16

    init() throws {
        let descriptor = socket(AF_INET, numericCast(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(descriptor, address, size) == 0 && listen(descriptor, 4) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        try #require(bound)
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() { _ = Foundation.close(descriptor) }
}
