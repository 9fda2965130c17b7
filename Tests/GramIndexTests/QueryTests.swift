import GramIndex
import Testing

@Suite("Queries and pages") struct QueryTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Ten documents; document n holds "n" and, when n is even, "even"; its text is n times "ab|".
    func ten() throws -> TextIndex {
        try TextIndex(
            scratch.write(
                "ten",
                (1...10).map { number in
                    var terms: [(term: [UInt8], position: Int?)] = [(bytes("\(number)"), nil)]
                    terms += (0..<number).map { (bytes("ab"), 3 * $0) }
                    if number.isMultiple(of: 2) { terms.append((bytes("even"), nil)) }
                    return TestDocument(
                        text: bytes(String(repeating: "ab|", count: number)), terms: terms)
                }))
    }

    func ids(_ index: borrowing TextIndex, _ query: Query) throws -> [UInt32] {
        let page = try index.search(query, limit: .max, order: .documentID)
        #expect(page.totalCount == page.hits.count)
        #expect(page.hits.allSatisfy { $0.weight == 0 && $0.key == nil })
        return page.hits.map(\.documentID)
    }

    func ab(weight: Double = 1, k1: Double = 1.2) throws -> Query {
        try .text(
            TextMatch(
                parts: [.init(bytes: bytes("ab"), grams: [.init(bytes("ab"))], weight: weight)],
                k1: k1))
    }

    @Test("Each operator matches what it says")
    func operators() throws {
        let index = try ten()
        let even = try Query.term("even".utf8)
        let low = try Query.documents(in: [2...3, 1...2, 4...4])
        #expect(try ids(index, .everything()) == Array(1...10))
        #expect(try ids(index, .nothing()) == [])
        #expect(try ids(index, .term("absent".utf8)) == [])
        #expect(try ids(index, even) == [2, 4, 6, 8, 10])
        #expect(try ids(index, low) == [1, 2, 3, 4])
        #expect(try ids(index, .documents(in: [])) == [])
        #expect(try ids(index, .documents(in: [10...(.max)])) == [10])
        #expect(try ids(index, .documents(in: [11...(.max)])) == [])
        #expect(try ids(index, .documents(in: [1...(.max), 5...6])) == Array(1...10))
        #expect(try ids(index, .all([even, low])) == [2, 4])
        #expect(try ids(index, .any([even, low])) == [1, 2, 3, 4, 6, 8, 10])
        #expect(try ids(index, .difference(even, minus: low)) == [6, 8, 10])
        #expect(try ids(index, .all([])) == Array(1...10))
        #expect(try ids(index, .any([])) == [])
        #expect(try ids(index, .all([even, .nothing()])) == [])
        #expect(try ids(index, .any([even, .nothing()])) == [2, 4, 6, 8, 10])
        #expect(try ids(index, .difference(.everything(), minus: .everything())) == [])
        #expect(try ids(index, .all([even, even])) == [2, 4, 6, 8, 10])
    }

    @Test("Only text matches carry weight")
    func weights() throws {
        let index = try ten()
        let plain = try index.search(.term("even".utf8), limit: 10, order: .relevance)
        #expect(plain.hits.map(\.weight) == [0, 0, 0, 0, 0])
        #expect(plain.hits.map(\.documentID) == [2, 4, 6, 8, 10])
        // With k1 = 0 an occurrence counts once.
        let boosted = try Query.any([
            .documents(in: [1...3]),
            .all([ab(weight: 5, k1: 0), .term("even".utf8), .documents(in: [1...3])]),
        ])
        let page = try index.search(boosted, limit: 10, order: .relevance)
        #expect(page.hits.map(\.documentID) == [2, 1, 3])
        #expect(page.hits.map(\.weight) == [5, 0, 0])
    }

    @Test("The total is exact whatever the limit", arguments: [0, 1, 3, 10, 11, Int.max])
    func totals(limit: Int) throws {
        let index = try ten()
        let queries: [(Query, Int)] = [
            (try .everything(), 10), (try .nothing(), 0), (try .term("even".utf8), 5),
            (try ab(), 10), (try .all([ab(), .term("even".utf8)]), 5),
            (try .any([ab(), .term("3".utf8)]), 10),
            (try .documents(in: [3...9]), 7),
            (try .difference(ab(), minus: .term("even".utf8)), 5),
        ]
        let keys = [Double](repeating: 1, count: 10)
        for (query, total) in queries {
            for order in [Order.relevance, .documentID, .keys(keys, descending: true)] {
                let page = try index.search(query, limit: limit, order: order)
                #expect(page.totalCount == total)
                #expect(page.hits.count == min(total, limit))
            }
        }
        let empty = try TextIndex(scratch.write("empty", []))
        let page = try empty.search(.everything(), limit: limit, order: .relevance)
        #expect(page == (try empty.search(ab(), limit: limit, order: .documentID)))
        #expect(page.totalCount == 0 && page.hits.isEmpty)
    }

    @Test("A page holds the best hits")
    func best() throws {
        let index = try ten()
        let page = try index.search(ab(), limit: 3, order: .relevance)
        #expect(page.totalCount == 10)
        #expect(page.hits.map(\.documentID) == [10, 9, 8])
        #expect(page.hits[0].weight > page.hits[1].weight)
    }

    @Test("Sorting by key puts documents without one last, both ways")
    func keys() throws {
        let index = try ten()
        let keys: [Double] = [7, 7, 7, .nan, -2.5, 0, .nan, -0.0, -0.0, .nan]
        let rising = try index.search(ab(), limit: 20, order: .keys(keys, descending: false))
        #expect(rising.hits.map(\.documentID) == [5, 9, 8, 6, 3, 2, 1, 10, 7, 4])
        #expect(rising.hits.map(\.key) == [-2.5, 0, 0, 0, 7, 7, 7, nil, nil, nil])
        let falling = try index.search(ab(), limit: 20, order: .keys(keys, descending: true))
        #expect(falling.hits.map(\.documentID) == [3, 2, 1, 9, 8, 6, 5, 10, 7, 4])
        let plain = try index.search(
            .everything(), limit: 4, order: .keys(keys, descending: true))
        #expect(plain.hits.map(\.documentID) == [1, 2, 3, 6])
        var infinite = [Double](repeating: .nan, count: 10)
        infinite[0] = .infinity
        infinite[1] = -.infinity
        for descending in [true, false] {
            let page = try index.search(
                .everything(), limit: 3, order: .keys(infinite, descending: descending))
            #expect(page.hits.map(\.documentID) == (descending ? [1, 2, 3] : [2, 1, 3]))
        }
    }

    @Test("There must be as many keys as groups")
    func badKeys() throws {
        let index = try ten()
        for count in [0, 9, 11] {
            let keys = [Double](repeating: 1, count: count)
            let error = gramIndexError {
                _ = try index.search(
                    .everything(), limit: 1, order: .keys(keys, descending: false))
            }
            #expect(error?.code == .refused)
        }
    }

    @Test("Queries that are too wide or too deep are refused")
    func limits() throws {
        let leaf = try Query.term("even".utf8)
        let widest = try Query.any(Array(repeating: leaf, count: Query.maximumChildren))
        #expect(
            gramIndexError {
                _ = try Query.all(Array(repeating: leaf, count: Query.maximumChildren + 1))
            }?.code == .tooComplex)
        var deep = leaf
        for level in 0..<Query.maximumDepth {
            deep = try level.isMultiple(of: 2) ? .all([deep, leaf]) : .any([leaf, deep])
        }
        #expect(
            gramIndexError { _ = try Query.difference(leaf, minus: deep) }?.code == .tooComplex)
        let index = try ten()
        #expect(try ids(index, widest) == [2, 4, 6, 8, 10])
        #expect(try ids(index, deep) == [2, 4, 6, 8, 10])
    }

    @Test("Bad leaves are refused")
    func badLeaves() throws {
        #expect(gramIndexError { _ = try Query.term([]) }?.code == .refused)
        #expect(
            gramIndexError { _ = try Query.term([UInt8](repeating: 1, count: 246)) }?.code
                == .refused)
        #expect(gramIndexError { _ = try Query.documents(in: [1...2, 0...3]) }?.index == 1)
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
            #expect(gramIndexError { _ = try Query.text(match) }?.code == .refused)
        }
        let wide = TextMatch(parts: Array(repeating: part, count: 257))
        #expect(gramIndexError { _ = try Query.text(wide) }?.code == .tooComplex)
        let grams = Array(repeating: TextMatch.Gram([1]), count: 20_001)
        let heavy = TextMatch(parts: [.init(bytes: [100], grams: grams)])
        #expect(gramIndexError { _ = try Query.text(heavy) }?.code == .tooComplex)
    }

    @Test("One query serves many searches and many queries")
    func reuse() throws {
        let index = try ten()
        let text = try ab()
        let both = try Query.all([text, text])
        for _ in 0..<3 {
            #expect(try ids(index, text).count == 10)
            #expect(try ids(index, both).count == 10)
            let page = try index.search(both, limit: 1, order: .relevance)
            let once = try index.search(text, limit: 1, order: .relevance)
            #expect(page.hits[0].weight == 2 * once.hits[0].weight)
        }
    }

    @Test("Sets of documents work across many thousands of ids")
    func large() throws {
        let count = 140_000
        let index = try TextIndex(
            scratch.write(
                "large",
                (0..<count).map { index in
                    TestDocument(
                        text: bytes((index.isMultiple(of: 3) ? "x" : "y") + "\(index % 5)"),
                        terms: [(bytes("p\(index % 5)"), nil)]
                            + (index.isMultiple(of: 7) ? [(bytes("q"), nil)] : []))
                }))
        let everyone = TextMatch.Gram(bytes("p"), isPrefix: true)
        let match = TextMatch(
            parts: [
                .init(bytes: bytes("x"), grams: [everyone]),
                .init(
                    bytes: bytes("q"), grams: [.init(bytes("q"))], needsVerification: false),
            ])
        #expect(
            try ids(index, .text(match))
                == (0..<count).filter { $0.isMultiple(of: 21) }.map { UInt32($0 + 1) })
        let some = TextMatch(
            parts: [
                .init(
                    bytes: bytes("x4"), grams: [.init(bytes("p4"), isPrefix: true), everyone])
            ])
        #expect(
            try ids(index, .text(some))
                == (0..<count).filter { $0.isMultiple(of: 3) && $0 % 5 == 4 }.map { UInt32($0 + 1) }
        )
        let ranges: [ClosedRange<UInt32>] = [65_000...66_000, 131_000...139_999]
        var expected: [UInt32] = []
        for id in UInt32(1)...UInt32(count) where ranges.contains(where: { $0.contains(id) }) {
            if (id - 1).isMultiple(of: 3) && (id - 1) % 5 == 4 { expected.append(id) }
        }
        #expect(try ids(index, .all([.text(some), .documents(in: ranges)])) == expected)
    }
}
