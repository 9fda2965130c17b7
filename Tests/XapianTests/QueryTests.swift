import CXapianTesting
import Testing
import Xapian

@Suite("Queries and pages") struct QueryTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Ten documents; document n holds "n" and, when n is even, "even"; its text is n times "ab|".
    func ten() throws -> String {
        try scratch.database("ten", storesTermLists: true, count: 10) { index, batch in
            let number = index + 1
            batch.addTerm(bytes("\(number)"), frequency: 1)
            batch.addTerm(bytes("ab"), frequency: UInt32(number))
            if number.isMultiple(of: 2) { batch.addTerm(bytes("even"), frequency: 0) }
        }
    }

    func open(_ path: String) throws -> Database {
        try scratch.open(
            path, texts: (1...10).map { bytes(String(repeating: "ab|", count: $0)) })
    }

    func ids(_ database: borrowing Database, _ query: GramQuery) throws -> [UInt32] {
        let page = try database.search(query, limit: .max, order: .documentID)
        #expect(page.totalCount == page.hits.count)
        #expect(page.hits.allSatisfy { $0.weight == 0 && $0.key == nil })
        return page.hits.map(\.documentID)
    }

    func ab(weight: Double = 1, k1: Double = 1.2) throws -> GramQuery {
        try .text(
            TextMatch(
                parts: [.init(bytes: bytes("ab"), grams: [.init(bytes("ab"))], weight: weight)],
                k1: k1))
    }

    @Test("Each operator matches what it says")
    func operators() throws {
        let database = try open(ten())
        let even = try GramQuery.term("even".utf8)
        let low = try GramQuery.documents(in: [2...3, 1...2, 4...4])
        #expect(try ids(database, .everything()) == Array(1...10))
        #expect(try ids(database, .nothing()) == [])
        #expect(try ids(database, .term("absent".utf8)) == [])
        #expect(try ids(database, even) == [2, 4, 6, 8, 10])
        #expect(try ids(database, low) == [1, 2, 3, 4])
        #expect(try ids(database, .documents(in: [])) == [])
        #expect(try ids(database, .documents(in: [10...(.max)])) == [10])
        #expect(try ids(database, .documents(in: [11...(.max)])) == [])
        #expect(try ids(database, .documents(in: [1...(.max), 5...6])) == Array(1...10))
        #expect(try ids(database, .all([even, low])) == [2, 4])
        #expect(try ids(database, .any([even, low])) == [1, 2, 3, 4, 6, 8, 10])
        #expect(try ids(database, .difference(even, minus: low)) == [6, 8, 10])
        #expect(try ids(database, .filtered(even, by: low)) == [2, 4])
        #expect(try ids(database, .preferring(low, even)) == [1, 2, 3, 4])
        #expect(try ids(database, .all([])) == Array(1...10))
        #expect(try ids(database, .any([])) == [])
        #expect(try ids(database, .all([even, .nothing()])) == [])
        #expect(try ids(database, .any([even, .nothing()])) == [2, 4, 6, 8, 10])
        #expect(try ids(database, .difference(.everything(), minus: .everything())) == [])
        #expect(try ids(database, .all([even, even])) == [2, 4, 6, 8, 10])
    }

    @Test("Only text matches carry weight")
    func weights() throws {
        let database = try open(ten())
        let plain = try database.search(.term("even".utf8), limit: 10, order: .relevance)
        #expect(plain.hits.map(\.weight) == [0, 0, 0, 0, 0])
        #expect(plain.hits.map(\.documentID) == [2, 4, 6, 8, 10])
        // With k1 = 0 an occurrence counts once.
        let boosted = try GramQuery.preferring(
            .filtered(.everything(), by: .documents(in: [1...3])),
            .filtered(ab(weight: 5, k1: 0), by: .term("even".utf8)))
        let page = try database.search(boosted, limit: 10, order: .relevance)
        #expect(page.hits.map(\.documentID) == [2, 1, 3])
        #expect(page.hits.map(\.weight) == [5, 0, 0])
    }

    @Test("The total is exact whatever the limit", arguments: [0, 1, 3, 10, 11, Int.max])
    func totals(limit: Int) throws {
        let database = try open(ten())
        let queries: [(GramQuery, Int)] = [
            (try .everything(), 10), (try .nothing(), 0), (try .term("even".utf8), 5),
            (try ab(), 10), (try .all([ab(), .term("even".utf8)]), 5),
            (try .any([ab(), .term("3".utf8)]), 10),
            (try .documents(in: [3...9]), 7),
            (try .difference(ab(), minus: .term("even".utf8)), 5),
        ]
        let keys = [Double](repeating: 1, count: 10)
        for (query, total) in queries {
            for order in [Order.relevance, .documentID, .keys(keys, descending: true)] {
                let page = try database.search(query, limit: limit, order: order)
                #expect(page.totalCount == total)
                #expect(page.hits.count == min(total, limit))
            }
        }
        let empty = try scratch.open(
            scratch.database("empty", count: 0) { _, _ in }, texts: [])
        let page = try empty.search(.everything(), limit: limit, order: .relevance)
        #expect(page == (try empty.search(ab(), limit: limit, order: .documentID)))
        #expect(page.totalCount == 0 && page.hits.isEmpty)
    }

    @Test("A page holds the best hits")
    func best() throws {
        let database = try open(ten())
        let page = try database.search(ab(), limit: 3, order: .relevance)
        #expect(page.totalCount == 10)
        #expect(page.hits.map(\.documentID) == [10, 9, 8])
        #expect(page.hits[0].weight > page.hits[1].weight)
    }

    @Test("Sorting by key puts documents without one last, both ways")
    func keys() throws {
        let database = try open(ten())
        let keys: [Double] = [7, 7, 7, .nan, -2.5, 0, .nan, -0.0, -0.0, .nan]
        let rising = try database.search(ab(), limit: 20, order: .keys(keys, descending: false))
        #expect(rising.hits.map(\.documentID) == [5, 9, 8, 6, 3, 2, 1, 10, 7, 4])
        #expect(rising.hits.map(\.key) == [-2.5, 0, 0, 0, 7, 7, 7, nil, nil, nil])
        let falling = try database.search(ab(), limit: 20, order: .keys(keys, descending: true))
        #expect(falling.hits.map(\.documentID) == [3, 2, 1, 9, 8, 6, 5, 10, 7, 4])
        let plain = try database.search(
            .everything(), limit: 4, order: .keys(keys, descending: true))
        #expect(plain.hits.map(\.documentID) == [1, 2, 3, 6])
        var infinite = [Double](repeating: .nan, count: 10)
        infinite[0] = .infinity
        infinite[1] = -.infinity
        for descending in [true, false] {
            let page = try database.search(
                .everything(), limit: 3, order: .keys(infinite, descending: descending))
            #expect(page.hits.map(\.documentID) == (descending ? [1, 2, 3] : [2, 1, 3]))
        }
    }

    @Test("There must be as many keys as groups")
    func badKeys() throws {
        let database = try open(ten())
        for count in [0, 9, 11] {
            let keys = [Double](repeating: 1, count: count)
            let error = xapianError {
                _ = try database.search(
                    .everything(), limit: 1, order: .keys(keys, descending: false))
            }
            #expect(error?.code == .refused)
        }
    }

    @Test("Ids without a document match nothing")
    func gaps() throws {
        let path = try ten()
        let deleted: [UInt32] = [1, 4, 5, 9]
        #expect(unsafe cxt_delete_documents(path, deleted, deleted.count) == 0)
        let database = try open(path)
        #expect(database.documentCount == 6 && database.lastDocumentID == 10)
        #expect(try ids(database, .documents(in: [1...(.max)])) == [2, 3, 6, 7, 8, 10])
        #expect(try ids(database, .documents(in: [1...1, 4...6, 9...9])) == [6])
        #expect(try ids(database, .documents(in: [4...5])) == [])
        #expect(try ids(database, ab()) == [2, 3, 6, 7, 8, 10])
        let slow = TextMatch(parts: [.init(bytes: bytes("b|a"), grams: [])])
        #expect(try ids(database, .text(slow)) == [2, 3, 6, 7, 8, 10])
        let kept = try GramQuery.difference(.everything(), minus: .documents(in: [3...7]))
        #expect(try ids(database, kept) == [2, 8, 10])
    }

    @Test("Queries that are too wide or too deep are refused")
    func limits() throws {
        let leaf = try GramQuery.term("even".utf8)
        let widest = try GramQuery.any(Array(repeating: leaf, count: GramQuery.maximumChildren))
        #expect(
            xapianError {
                _ = try GramQuery.all(Array(repeating: leaf, count: GramQuery.maximumChildren + 1))
            }?.code == .tooComplex)
        var deep = leaf
        for level in 0..<GramQuery.maximumDepth {
            deep = try level.isMultiple(of: 2) ? .all([deep, leaf]) : .any([leaf, deep])
        }
        #expect(xapianError { _ = try GramQuery.filtered(leaf, by: deep) }?.code == .tooComplex)
        let database = try open(ten())
        #expect(try ids(database, widest) == [2, 4, 6, 8, 10])
        #expect(try ids(database, deep) == [2, 4, 6, 8, 10])
    }

    @Test("Bad leaves are refused")
    func badLeaves() throws {
        #expect(xapianError { _ = try GramQuery.term([]) }?.code == .refused)
        #expect(
            xapianError { _ = try GramQuery.term([UInt8](repeating: 1, count: 246)) }?.code
                == .refused)
        #expect(xapianError { _ = try GramQuery.documents(in: [1...2, 0...3]) }?.index == 1)
        let part = TextMatch.Part(bytes: [100], grams: [.init([1])])
        var bad: [TextMatch] = [TextMatch(parts: [])]
        bad.append(TextMatch(parts: [part, .init(bytes: [], grams: [])]))
        bad.append(TextMatch(parts: [.init(bytes: [100, 1], grams: [])]))
        bad.append(TextMatch(parts: [.init(bytes: [100], grams: [.init([])])]))
        bad.append(TextMatch(parts: [.init(bytes: [100], grams: [], needsVerification: false)]))
        bad.append(
            TextMatch(parts: [
                .init(bytes: [100], grams: [.init([1], isPrefix: true)], needsVerification: false)
            ]))
        for number in [-1, .nan, .infinity] {
            bad.append(TextMatch(parts: [.init(bytes: [100], grams: [], weight: number)]))
            bad.append(TextMatch(parts: [part], wholeBoost: number))
            bad.append(TextMatch(parts: [part], proximityBoost: number))
            bad.append(TextMatch(parts: [part], k1: number))
            bad.append(TextMatch(parts: [part], b: number))
            bad.append(TextMatch(parts: [part], averageLength: number))
        }
        bad.append(TextMatch(parts: [part], b: 1.5))
        for match in bad {
            #expect(xapianError { _ = try GramQuery.text(match) }?.code == .refused)
        }
        let wide = TextMatch(parts: Array(repeating: part, count: 257))
        #expect(xapianError { _ = try GramQuery.text(wide) }?.code == .tooComplex)
        let grams = Array(repeating: TextMatch.Gram([1]), count: 20_001)
        let heavy = TextMatch(parts: [.init(bytes: [100], grams: grams)])
        #expect(xapianError { _ = try GramQuery.text(heavy) }?.code == .tooComplex)
    }

    @Test("One query serves many searches and many queries")
    func reuse() throws {
        let database = try open(ten())
        let text = try ab()
        let both = try GramQuery.all([text, text])
        for _ in 0..<3 {
            #expect(try ids(database, text).count == 10)
            #expect(try ids(database, both).count == 10)
            let page = try database.search(both, limit: 1, order: .relevance)
            let once = try database.search(text, limit: 1, order: .relevance)
            #expect(page.hits[0].weight == 2 * once.hits[0].weight)
        }
    }

    @Test("Sets of documents work across many thousands of ids")
    func large() throws {
        let count = 140_000
        let path = try scratch.database("large", count: count) { index, batch in
            batch.addTerm(bytes("p\(index % 5)"), frequency: 1)
            if index.isMultiple(of: 7) { batch.addTerm(bytes("q"), frequency: 1) }
        }
        let database = try scratch.open(
            path, texts: (0..<count).map { bytes($0.isMultiple(of: 3) ? "x" : "y") })
        let everyone = TextMatch.Gram(bytes("p"), isPrefix: true)
        let match = TextMatch(
            parts: [
                .init(bytes: bytes("x"), grams: [everyone]),
                .init(
                    bytes: bytes("q"), grams: [.init(bytes("q"))], needsVerification: false),
            ])
        #expect(
            try ids(database, .text(match))
                == (0..<count).filter { $0.isMultiple(of: 21) }.map { UInt32($0 + 1) })
        let some = TextMatch(
            parts: [
                .init(
                    bytes: bytes("x"), grams: [.init(bytes("p4"), isPrefix: true), everyone])
            ])
        let ranges: [ClosedRange<UInt32>] = [65_000...66_000, 131_000...139_999]
        var expected: [UInt32] = []
        for id in UInt32(1)...UInt32(count) where ranges.contains(where: { $0.contains(id) }) {
            if (id - 1).isMultiple(of: 3) && (id - 1) % 5 == 4 { expected.append(id) }
        }
        #expect(try ids(database, .all([.text(some), .documents(in: ranges)])) == expected)
    }
}
