import Foundation
import GramIndex
import TestSupport
import Testing

@Suite("Posting lists and their dictionary") struct PostingTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Terms that begin alike, in byte order.
    private static let terms: [[UInt8]] =
        ["a", "ab", "abc", "b", "ba", "c", "d", "e"].map(bytes)
        + [bytes("f") + [UInt8](repeating: 0, count: 20), [UInt8](repeating: 255, count: 245)]

    private typealias Postings = [[UInt8]: [(id: UInt32, count: Int)]]

    /// Which documents hold which terms, and how often: all rates, and counts of one to three bytes.
    private static func postings(_ count: Int, _ random: inout SeededGenerator) -> Postings {
        var postings: Postings = [:]
        for (index, term) in terms.enumerated() {
            let rate = [1, 0.9, 0.3, 0.05, 0.01, 0.002, 0.0005, 0, 0.1, 0.02][index]
            for id in 1...count where Double.random(in: 0..<1, using: &random) < rate {
                let often =
                    Int.random(in: 0..<1_000, using: &random) == 0
                    ? 20_000 : [1, 1, 1, 1, 2, 3, 129, 130].randomElement(using: &random) ?? 1
                postings[term, default: []].append((UInt32(id), often))
            }
        }
        return postings
    }

    /// Writes documents with postings, and at times many terms of one document each beside them.
    private func write(
        _ name: String, _ count: Int, _ postings: Postings, others: Int = 0
    ) throws -> BlockFile {
        var documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: count)
        for (term, held) in postings {
            for (id, often) in held {
                documents[Int(id) - 1].terms += (0..<often).map { (term, $0 % 300) }
            }
        }
        for other in 0..<others {
            documents[other % count].terms.append((bytes("z\(other)"), nil))
        }
        return try scratch.write(name, documents)
    }

    @Test("Merged lists know every posting", arguments: 0..<4)
    func merged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var files: [BlockFile] = []
        var all: Postings = [:]
        var documents: [TestDocument] = []
        for part in 0..<3 {
            let count = Int.random(in: 0...3_000, using: &random)
            let postings = count == 0 ? [:] : Self.postings(count, &random)
            files.append(
                try write("part\(part)", count, postings, others: count == 0 ? 0 : 500))
            for (term, held) in postings {
                all[term, default: []] += held.map {
                    ($0.id + UInt32(documents.count), $0.count)
                }
            }
            documents += Array(repeating: TestDocument(text: bytes("x")), count: count)
        }
        let file = try scratch.write("merged", documents) {
            try PostingsWriter.merge(files, to: &$0)
        }
        let index = try TextIndex(file)
        #expect(index.documentCount == documents.count)
        for term in Self.terms {
            let right = all[term, default: []]
            #expect(try index.frequency(of: term) == right.count)
            #expect(try index.documentIDs(holding: term) == right.map(\.id))
        }
        for absent in ["", "A", "aa", "abcd", "zz", "z500"] {
            #expect(try index.frequency(of: absent.utf8) == 0)
            #expect(try index.documentIDs(holding: absent.utf8) == [])
        }
        #expect(try index.terms(withPrefix: "z".utf8, limit: .max).elements.count == 500)
        for prefix in ["", "a", "ab", "b", "d", "q"] {
            let known = try index.terms(withPrefix: prefix.utf8, limit: 1_000)
            let others = prefix.isEmpty ? Set((0..<500).map { bytes("z\($0)") }) : []
            let right = (Array(others) + all.keys.filter { $0.starts(with: prefix.utf8) })
                .sorted { $0.lexicographicallyPrecedes($1) }
            #expect(known.elements.map(\.term) == right)
            #expect(known.isComplete)
            let few = try index.terms(withPrefix: prefix.utf8, limit: 2)
            #expect(few.elements == Array(known.elements.prefix(2)))
            #expect(few.isComplete == (right.count <= 2))
        }
        try seek(in: index, all, &random)
    }

    /// Seeks in lists: what two or three terms have in common, and how often a term is there.
    private func seek(
        in index: borrowing TextIndex, _ all: Postings, _ random: inout SeededGenerator
    ) throws {
        for _ in 0..<60 {
            let wanted = Self.terms.shuffled(using: &random).prefix(
                .random(in: 1...3, using: &random))
            let counted = wanted[0]
            let query = try Query.all(
                wanted.map { term in
                    try .text(
                        TextMatch(
                            parts: [
                                .init(
                                    bytes: bytes("x"), grams: [.init(term)],
                                    weight: term == counted ? 1 : 0, needsVerification: false)
                            ], k1: 1_000_000, b: 0))
                })
            let page = try index.search(query, limit: .max, order: .documentID)
            let sets = wanted.map { Set(all[$0, default: []].map(\.id)) }
            let right = sets.dropFirst().reduce(sets[0]) { $0.intersection($1) }
            #expect(page.hits.map(\.documentID) == right.sorted())
            #expect(
                try index.search(
                    .all(wanted.map { try .term($0) }), limit: .max, order: .documentID
                ).hits == page.hits)
            let counts = Dictionary(
                uniqueKeysWithValues: all[counted, default: []].map { ($0.id, Double($0.count)) })
            for hit in try index.search(query, limit: 50, order: .relevance).hits {
                let count = try #require(counts[hit.documentID])
                #expect(abs(hit.weight - count * 1_000_001 / (count + 1_000_000)) < 0.01 * count)
            }
        }
    }

    @Test("Merging in steps gives what writing at once gives")
    func steps() throws {
        var random = SeededGenerator(seed: 9)
        let counts = [300, 1, 900, 40, 2_000]
        var files: [BlockFile] = []
        var whole: Postings = [:]
        var offset = 0
        for (part, count) in counts.enumerated() {
            let postings = Self.postings(count, &random)
            files.append(try write("part\(part)", count, postings))
            for (term, held) in postings {
                whole[term, default: []] += held.map { ($0.id + UInt32(offset), $0.count) }
            }
            offset += count
        }
        func merge(_ name: String, _ files: [BlockFile], _ count: Int) throws -> BlockFile {
            let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: count)
            return try scratch.write(name, documents) { try PostingsWriter.merge(files, to: &$0) }
        }
        let left = try merge("left", Array(files[..<2]), 301)
        let right = try merge("right", Array(files[2...]), 2_940)
        let index = try TextIndex(merge("all", [left, right], offset))
        for term in Self.terms {
            #expect(
                try index.documentIDs(holding: term) == whole[term, default: []].map(\.id))
        }
    }

    @Test("Damaged lists are said to be damaged, and nothing beyond them is read")
    func damaged() throws {
        var random = SeededGenerator(seed: 5)
        let count = 700
        let good = try write("index", count, Self.postings(count, &random), others: 200)
        let columns = [IndexColumn.termBlocks, IndexColumn.postings].map { contents(good[$0]) }
        let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: count)
        var refused = 0
        for round in 0..<1_200 {
            var columns = columns
            let column = Int.random(in: 0..<columns.count, using: &random)
            guard let at = columns[column].indices.randomElement(using: &random) else { continue }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: columns[column].removeSubrange(at...)
            case 1: columns[column].insert(.random(in: 0...255, using: &random), at: at)
            default: columns[column][at] = .random(in: 0...255, using: &random)
            }
            let (blocks, postings) = (columns[0], columns[1])
            let file = try scratch.write("damaged", documents) { writer in
                try writer.append(blocks.span, to: IndexColumn.termBlocks)
                try writer.append(postings.span, to: IndexColumn.postings)
            }
            let error = gramIndexError {
                let index = try TextIndex(file)
                for term in Self.terms {
                    let ids = try index.documentIDs(holding: term)
                    #expect(ids.allSatisfy { 1...UInt32(count) ~= $0 })
                    #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
                }
                let known = try index.terms(withPrefix: [], limit: 10_000)
                #expect(known.elements.allSatisfy { 1...count ~= $0.frequency })
                let match = TextMatch(parts: [
                    .init(bytes: bytes("x"), grams: Self.terms.prefix(3).map { .init($0) })
                ])
                _ = try index.search(.text(match), limit: 10, order: .relevance)
                if round.isMultiple(of: 8) {
                    _ = try scratch.write("merged", documents + documents) {
                        try PostingsWriter.merge([file, good], to: &$0)
                    }
                }
            }
            if let error {
                #expect(error.code == .damaged)
                refused += 1
            }
        }
        #expect(refused > 300)
    }

    @Test("A list that tells of more documents than there are gives an error, and no memory")
    func strangeFrequency() throws {
        let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: 2)
        // The term a, with the flags of a list of one block, and one posting: document 1.
        for (head, isGood): ([UInt8], Bool) in [
            ([4], true), ([12], false), ([0xFC, 0xFF, 0xFF, 0xFF, 0x0F], false), ([0], false),
        ] {
            let postings = [0, 1, 0x61] + head + [1, 2]
            let blocks = bytes("a") + [UInt8](repeating: 0, count: 12) + number(postings.count, 3)
            let file = try scratch.write("strange", documents) { writer in
                try writer.append(blocks.span, to: IndexColumn.termBlocks)
                try writer.append(postings.span, to: IndexColumn.postings)
            }
            let index = try TextIndex(file)
            let error = gramIndexError {
                #expect(try index.documentIDs(holding: bytes("a")) == [1])
                _ = try index.terms(withPrefix: [], limit: 9)
            }
            #expect(error?.code == (isGood ? nil : .damaged), "\(head)")
        }
    }

    @Test(
        "What ends behind its block is damage, though more bytes follow there",
        arguments: [
            // Whole: a term, the flags of a list of one block, one posting.
            (block: [0, 1, 0x61, 4, 1, 2], after: [], term: "a", isGood: true),
            // A term of five bytes of which the block has one.
            ([0, 5, 0x61], [0x62, 0x63, 0x64, 0x65, 4, 1, 2], "abcde", false),
            // A number whose last byte is behind the block.
            ([0, 1, 0x61, 0x84], [0, 1, 2], "a", false),
            // A number of 33 bits, whose lower ones are those of the whole one.
            ([0, 1, 0x61, 0x84, 0x80, 0x80, 0x80, 0x10, 1, 2], [], "a", false),
        ] as [(block: [UInt8], after: [UInt8], term: String, isGood: Bool)])
    func cutBlock(_ block: [UInt8], _ after: [UInt8], _ term: String, _ isGood: Bool) throws {
        let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: 2)
        let blocks = bytes("a") + [UInt8](repeating: 0, count: 12) + number(block.count, 3)
        let file = try scratch.write("cut", documents) { writer in
            try writer.append(blocks.span, to: IndexColumn.termBlocks)
            let postings = block + after
            try writer.append(postings.span, to: IndexColumn.postings)
        }
        let index = try TextIndex(file)
        let error = gramIndexError {
            let frequency = try index.frequency(of: bytes(term))
            #expect(frequency == 1 && isGood)
        }
        #expect(error?.code == (isGood ? nil : .damaged))
    }

    @Test(
        "Terms out of their order, or that begin with more than there was before, are damage",
        arguments: [
            ([0, 1, 0x61, 4, 1, 2, 0, 1, 0x62, 4, 1, 2], true),
            ([0, 1, 0x62, 4, 1, 2, 0, 1, 0x61, 4, 1, 2], false),
            ([0, 1, 0x61, 4, 1, 2, 5, 1, 0x62, 4, 1, 2], false),
        ] as [([UInt8], isGood: Bool)])
    func termOrder(_ block: [UInt8], _ isGood: Bool) throws {
        let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: 2)
        let blocks = bytes("a") + [UInt8](repeating: 0, count: 12) + number(block.count, 3)
        let file = try scratch.write("order", documents) { writer in
            try writer.append(blocks.span, to: IndexColumn.termBlocks)
            try writer.append(block.span, to: IndexColumn.postings)
        }
        let index = try TextIndex(file)
        let error = gramIndexError { _ = try index.terms(withPrefix: [], limit: 9) }
        #expect(error?.code == (isGood ? nil : .damaged))
    }

    @Test("Every term is found, wherever in a block of the dictionary it stands")
    func everyTerm() throws {
        let terms = (10..<99).map { bytes("t\($0)") }
        let documents = terms.map { TestDocument(text: bytes("x"), terms: [($0, nil)]) }
        let index = try TextIndex(scratch.write("terms", documents))
        for (offset, term) in terms.enumerated() {
            #expect(try index.documentIDs(holding: term) == [UInt32(offset + 1)])
        }
        #expect(try index.frequency(of: bytes("t100")) == 0)
    }

    @Test("A posting behind the last document is damage, whichever way it is come to")
    func farPosting() throws {
        let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: 5)
        // a: documents 1, 2, and 32, which is none. b: document 5, from which a is looked for.
        let postings: [UInt8] =
            [0, 1, 0x61, 4 << 2, 6, 2, 2, 60, 2, 2, 2] + [0, 1, 0x62, 1 << 2, 1, 10]
        let blocks = bytes("a") + [UInt8](repeating: 0, count: 12) + number(postings.count, 3)
        let file = try scratch.write("far", documents) { writer in
            try writer.append(blocks.span, to: IndexColumn.termBlocks)
            try writer.append(postings.span, to: IndexColumn.postings)
        }
        let index = try TextIndex(file)
        #expect(try index.documentIDs(holding: bytes("b")) == [5])
        let alone = gramIndexError { _ = try index.documentIDs(holding: bytes("a")) }
        #expect(alone?.code == .damaged)
        for terms in [["a", "b"], ["b", "a"]] {
            let error = gramIndexError {
                let query = try Query.all(terms.map { try Query.term(bytes($0)) })
                _ = try index.search(query, limit: 9, order: .documentID)
            }
            #expect(error?.code == .damaged, "\(terms)")
        }
    }

    @Test("Terms that cannot be are refused, and nothing is added")
    func refusals() throws {
        var writer = try PostingsWriter()
        var terms = DocumentTerms()
        terms.add(bytes("a"))
        try writer.add(terms, toDocument: 3)
        for (document, bad) in [(UInt32(2), bytes("a")), (0, bytes("a")), (.max, bytes("a"))] {
            terms.set([])
            terms.add(bad)
            do {
                try writer.add(terms, toDocument: document)
                Issue.record("Document \(document) was added")
            } catch {
                #expect(error.code == .refused)
            }
        }
        for bad in [[], [UInt8](repeating: 1, count: 246)] {
            terms.set([])
            terms.add(bytes("b"))
            terms.add(bad)
            do {
                try writer.add(terms, toDocument: 4)
                Issue.record("A term of \(bad.count) bytes was added")
            } catch {
                #expect(error.code == .refused && error.index == 1)
            }
        }
        let documents = [TestDocument](repeating: TestDocument(), count: 3)
        var lists: PostingsWriter? = writer
        let file = try scratch.write("index", documents) { file in
            try lists.take()?.write(to: &file, documentCount: 3)
        }
        let index = try TextIndex(file)
        #expect(try index.terms(withPrefix: [], limit: 10).elements.map(\.term) == [bytes("a")])
        #expect(try index.documentIDs(holding: bytes("a")) == [3])
    }
}
