import Foundation
import Testing
import Xapian

@Suite("Posting lists beside a database") struct PostingListTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Terms that begin alike, in byte order.
    private static let terms = ["a", "ab", "abc", "b", "ba", "c", "d", "e"].map(bytes)

    /// Which documents hold which terms, and how often: all rates, and counts of one to three bytes.
    private static func postings(
        _ count: Int, _ random: inout SplitMix64
    ) -> [[UInt8]: [(id: UInt32, count: Int)]] {
        var postings: [[UInt8]: [(id: UInt32, count: Int)]] = [:]
        for (place, term) in terms.enumerated() {
            let rate = [1, 0.9, 0.3, 0.05, 0.01, 0.002, 0.0005, 0][place]
            for id in 1...count where Double.random(in: 0..<1, using: &random) < rate {
                let often = [1, 1, 1, 1, 2, 3, 129, 130, 20_000].randomElement(using: &random) ?? 1
                postings[term, default: []].append((UInt32(id), often))
            }
        }
        return postings
    }

    private struct Part {
        let path: String
        var listed: ListedTerms
        let count: Int
    }

    /// Writes documents in which some terms are listed and the others are not.
    private func part(
        _ name: String, listed: [[UInt8]], _ count: Int,
        _ postings: [[UInt8]: [(id: UInt32, count: Int)]]
    ) throws -> Part {
        var held = [[(term: [UInt8], count: Int)]](repeating: [], count: count)
        for (term, documents) in postings {
            for (id, often) in documents { held[Int(id) - 1].append((term, often)) }
        }
        var lists = ListedTerms(listed)
        let path = try scratch.database(name, count: count) { index, batch in
            lists.documents.append([])
            for (term, often) in held[index] where !lists.add(term, count: often) {
                batch.addTerm(term, frequency: GramFrequency.times(often))
            }
        }
        return Part(path: path, listed: lists, count: count)
    }

    @Test("Postings and frequencies beyond the documents that there are give an error")
    func beyondTheDocuments() throws {
        let term = bytes("a")
        let path = try scratch.database("strange", count: 5) { _, batch in
            batch.addTerm(term, frequency: GramFrequency.times(1))
        }
        // The number of documents, eight bytes before the end of the head of a small database.
        let head = URL(filePath: path + "/iamglass")
        var data = try Data(contentsOf: head)
        try #require(data[data.count - 8] == 5)
        data[data.count - 8] = 3
        try data.write(to: head)
        let texts = Array(repeating: [UInt8](repeating: 250, count: 3), count: 3)
        let database = try scratch.open(path, texts: texts)
        let gram = TextMatch.Gram(term)
        for needsVerification in [true, false] {
            let query = try GramQuery.text(
                TextMatch(
                    parts: [
                        .init(
                            bytes: [250], grams: [gram], weight: 1,
                            needsVerification: needsVerification)
                    ]))
            for order in [Order.relevance, .documentID, .keys([1, 2, 3], descending: false)] {
                let error = xapianError { _ = try database.search(query, limit: 9, order: order) }
                #expect(error?.code == .databaseCorrupt, "\(needsVerification) \(order)")
            }
        }
        #expect(
            xapianError { _ = try database.documentIDs(matching: term) }?.code == .databaseCorrupt)
        #expect(
            xapianError { _ = try database.termFrequency(of: term) }?.code == .databaseCorrupt)
    }

    @Test("A list that tells of more documents than there are gives an error, and no memory")
    func strangeFrequency() throws {
        let path = try scratch.database("few", count: 2) { _, _ in }
        let database = try scratch.open(path, texts: [[250], [250]]) { file in
            // A term of one byte with one chunk: its first document is 1 and it ends after a byte.
            let sections: [[UInt8]] = [
                [0x61],
                [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0],
                [1, 0, 0, 0, 1, 0, 0, 0],
                [0],
            ]
            for (section, bytes) in zip(PostingListSection.all, sections) {
                try file.append(bytes.span, to: section)
            }
        }
        let term = bytes("a")
        #expect(
            xapianError { _ = try database.documentIDs(matching: term) }?.code == .databaseCorrupt)
        #expect(
            xapianError { _ = try database.terms(withPrefix: term, limit: 9) }?.code
                == .databaseCorrupt)
    }

    @Test("Merged lists and databases know every posting", arguments: 0..<4)
    func merged(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var parts: [Part] = []
        var all: [[UInt8]: [(id: UInt32, count: Int)]] = [:]
        var offset = 0
        for number in 0..<3 {
            let count = Int.random(in: 0...3_000, using: &random)
            guard count > 0 else { continue }
            let postings = Self.postings(count, &random)
            let listed = Self.terms.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
            parts.append(try part("part\(number)", listed: listed, count, postings))
            for (term, documents) in postings {
                all[term, default: []] += documents.map { ($0.id + UInt32(offset), $0.count) }
            }
            offset += count
        }
        let path = scratch.path("merged")
        try scratch.merge(parts.map(\.path), into: path)
        let sources = try parts.map { (try $0.listed.file($0.path + ".lists"), $0.count) }
        let complete = Self.terms.filter { term in
            parts.allSatisfy { $0.listed.terms.contains(term) }
        }
        let texts = [[UInt8]](repeating: bytes("x"), count: offset)
        let database = try scratch.open(path, texts: texts) { file in
            try PostingLists.merge(sources, complete: complete, to: &file)
        }

        for term in Self.terms {
            let right = all[term, default: []]
            #expect(try database.termFrequency(of: term) == right.count)
            #expect(try database.documentIDs(matching: term) == right.map(\.id))
        }
        for prefix in ["", "a", "ab", "b", "z"] {
            let known = try database.terms(withPrefix: prefix.utf8, limit: 100)
            let right = Self.terms.filter { $0.starts(with: prefix.utf8) && all[$0] != nil }
            #expect(known.elements.map(\.term) == right)
            #expect(known.elements.map(\.frequency) == right.map { all[$0]?.count })
            let few = try database.terms(withPrefix: prefix.utf8, limit: 2)
            #expect(few.elements == Array(known.elements.prefix(2)))
            #expect(few.isComplete == (right.count <= 2))
        }
        // Seeking in lists: what two or three terms have in common, and how often a term is there.
        for _ in 0..<60 {
            let wanted = Self.terms.shuffled(using: &random).prefix(
                .random(in: 1...3, using: &random))
            let counted = wanted[0]
            let query = try GramQuery.all(
                wanted.map { term in
                    try .text(
                        TextMatch(
                            parts: [
                                .init(
                                    bytes: term, grams: [.init(term)],
                                    weight: term == counted ? 1 : 0, needsVerification: false)
                            ], k1: 1_000_000, b: 0))
                })
            let page = try database.search(query, limit: .max, order: .documentID)
            let sets = wanted.map { Set(all[$0, default: []].map(\.id)) }
            let right = sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }
            #expect(page.hits.map(\.documentID) == right.sorted())
            let counts = Dictionary(
                uniqueKeysWithValues: all[counted, default: []].map { ($0.id, Double($0.count)) })
            for hit in try database.search(query, limit: 50, order: .relevance).hits {
                let count = try #require(counts[hit.documentID])
                #expect(abs(hit.weight - count * 1_000_001 / (count + 1_000_000)) < 0.01 * count)
            }
        }
    }

    @Test("Damaged lists are said to be damaged, and nothing beyond them is read")
    func damaged() throws {
        var random = SplitMix64(seed: 5)
        let count = 700
        let part = try part(
            "index", listed: Self.terms, count, Self.postings(count, &random))
        let lists = try part.listed.file(scratch.path("lists"))
        let sections = PostingListSection.all.map { section in
            lists[section].bytes(0..<lists[section].count) ?? []
        }
        let texts = [[UInt8]](repeating: bytes("x"), count: count)
        var refused = 0
        for _ in 0..<400 {
            var sections = sections
            let section = Int.random(in: 0..<sections.count, using: &random)
            guard let place = sections[section].indices.randomElement(using: &random) else {
                continue
            }
            switch Int.random(in: 0..<3, using: &random) {
            case 0: sections[section][place] = .random(in: 0...255, using: &random)
            case 1: sections[section].removeSubrange(place...)
            default: sections[section].insert(.random(in: 0...255, using: &random), at: place)
            }
            let database = try scratch.open(part.path, texts: texts) { file in
                for (number, bytes) in zip(PostingListSection.all, sections) {
                    try file.append(bytes.span, to: number)
                }
            }
            let error = xapianError {
                for term in Self.terms {
                    let ids = try database.documentIDs(matching: term)
                    #expect(ids.allSatisfy { 1...UInt32(count) ~= $0 })
                    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
                }
                _ = try database.terms(withPrefix: [], limit: 100)
            }
            if let error {
                #expect(error.code == .databaseCorrupt)
                refused += 1
            }
        }
        #expect(refused > 100)
    }

    @Test("Lists that were asked for wrongly are refused")
    func refusals() throws {
        #expect(
            xapianError { _ = try PostingLists(of: [bytes("b"), bytes("a")]) }?.code == .refused)
        #expect(xapianError { _ = try PostingLists(of: [[]]) }?.code == .refused)
        var lists = try PostingLists(of: [bytes("a")])
        try lists.add([0, 0], inDocument: 3)
        do {
            try lists.add([0], inDocument: 3)
            Issue.record("A document was added twice")
        } catch {
            #expect(error.code == .refused)
        }
        do {
            try lists.add([1], inDocument: 4)
            Issue.record("There is no second list")
        } catch {
            #expect(error.code == .refused)
        }
    }
}
