import GramIndex
import TestSupport
import Testing

@Suite("Text matches against a plain scan") struct TextMatchTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("Matches, totals, weights and order are those of the scan", arguments: 0..<60)
    func agrees(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        let cut = Int.random(in: 0...world.documents.count, using: &world.random)
        let one = try world.write(0..<cut, "a", scratch)
        let other = try world.write(cut..<world.documents.count, "b", scratch)
        let index = try TextIndex(world.merge([one, other], scratch))
        let groupCount = (world.documents.count + 2) / 3
        for round in 0..<100 {
            let plain = round < 40 ? PlainQuery.text(world.match()) : world.query(depth: 3)
            let query = try plain.query()
            var expected: [(id: UInt32, weight: Double)] = []
            for (index, document) in world.documents.enumerated() {
                let id = UInt32(index + 1)
                if let weight = plain.weight(of: document, id: id) {
                    expected.append((id, weight))
                }
            }

            let found = try index.search(query, limit: .max, order: .documentID)
            try #require(found.totalCount == expected.count, "\(plain)")
            try #require(found.hits.map(\.documentID) == expected.map(\.id), "\(plain)")

            let ranked = try index.search(query, limit: .max, order: .relevance)
            let weights = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.weight) })
            try #require(ranked.totalCount == expected.count)
            for hit in ranked.hits {
                let weight = try #require(weights[hit.documentID])
                try #require(abs(hit.weight - weight) < 1e-5, "\(plain)")
            }
            for (hit, next) in zip(ranked.hits, ranked.hits.dropFirst()) {
                try #require(
                    hit.weight > next.weight
                        || hit.weight == next.weight && hit.documentID < next.documentID)
            }

            let limit = Int.random(in: 0...5, using: &world.random)
            let top = try index.search(query, limit: limit, order: .relevance)
            try #require(top.totalCount == expected.count)
            try #require(top.hits == Array(ranked.hits.prefix(limit)))

            let keys = (0..<groupCount).map { [2, 2, 2, .nan, -1][$0 % 5] }
            func rank(_ hit: Hit) -> Int {
                [0, 0, 0, 2, 1][Int(hit.documentID - 1) / 3 % 5]
            }
            let sorted = try index.search(
                query, limit: limit, order: .keys(keys, descending: true))
            let order = (0...2).flatMap { wanted in ranked.hits.filter { rank($0) == wanted } }
            try #require(
                sorted.hits.map(\.documentID) == order.prefix(limit).map(\.documentID))

            let filter = try Self.filter(groups: groupCount, using: &world.random)
            try checkFiltered(index, query, ranked, by: filter, limit: limit, keys)
        }
    }

    @Test("So they are where lists are long and reach over many windows", arguments: 0..<2)
    func agreesWhereListsAreLong(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        while world.documents.count < 5_000 { world.documents.append(world.document()) }
        let index = try TextIndex(world.write(0..<world.documents.count, "long", scratch))
        for round in 0..<12 {
            var wanted = TextMatch(parts: [world.part()])
            // So that it shows how often a part stands in a text.
            (wanted.k1, wanted.averageLength) = (1.2, 9.5)
            let match = PlainQuery.text(wanted)
            // Led by the text, checked behind others, and beside others.
            let plain: PlainQuery =
                switch round % 3 {
                case 0: match
                case 1: .all([.tag(1), .tag(2), .tag(3), match])
                default: .any([match, .tag(0)])
                }
            var weights: [UInt32: Double] = [:]
            for (index, document) in world.documents.enumerated() {
                let id = UInt32(index + 1)
                weights[id] = plain.weight(of: document, id: id)
            }
            let found = try index.search(plain.query(), limit: .max, order: .relevance)
            try #require(found.totalCount == weights.count, "\(plain)")
            for hit in found.hits {
                let weight = try #require(weights[hit.documentID])
                try #require(abs(hit.weight - weight) < 1e-5, "\(plain)")
            }
        }
    }

    @Test(
        "The best of any-of are the first of all, where lists reach over many windows",
        arguments: 0..<2)
    func bestOfAny(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        while world.documents.count < 9_000 { world.documents.append(world.document()) }
        let index = try TextIndex(world.write(0..<world.documents.count, "any", scratch))
        for round in 0..<10 {
            let texts = (0..<Int.random(in: 2...5, using: &world.random)).map { _ in
                var match = TextMatch(parts: [world.part()])
                (match.k1, match.averageLength) = (1.2, 9.5)
                return PlainQuery.text(match)
            }
            // Flat, with one of its queries an any-of itself, and beside what weighs nothing.
            let plain: PlainQuery =
                switch round % 3 {
                case 0: .any(texts)
                case 1: .any([.any(Array(texts.dropLast())), texts[texts.count - 1]])
                default: .any(texts + [.tag(0), .all([.tag(1), texts[0]])])
                }
            let query = try plain.query()
            let ranked = try index.search(query, limit: .max, order: .relevance)
            for hit in ranked.hits.prefix(300) {
                let document = world.documents[Int(hit.documentID) - 1]
                let weight = try #require(plain.weight(of: document, id: hit.documentID))
                try #require(abs(hit.weight - weight) < 1e-5, "\(plain)")
            }
            for limit in [1, 10, 300] {
                for countsGroups in [false, true] {
                    let best = try index.search(
                        query, limit: limit, order: .relevance, countsGroups: countsGroups)
                    try #require(best.totalCount == ranked.totalCount, "\(plain)")
                    // Not within the expectation, which would print thousands of hits.
                    let areFirst = best.hits == Array(ranked.hits.prefix(limit))
                    try #require(areFirst, "\(limit) of \(plain)")
                }
            }
        }
    }

    /// Some groups, or all, and a label.
    private static func filter(
        groups count: Int, using random: inout SeededGenerator
    ) throws -> Query {
        var groups = BitSet(below: count)
        for group in 0..<count where Bool.random(using: &random) { groups[group] = true }
        var labels = BitSet(below: 256)
        labels[Int.random(in: 0...2, using: &random)] = true
        return try .documents(inGroups: Bool.random(using: &random) ? groups : nil, labels: labels)
    }

    /// Filters narrow down what is looked for, wherever they stand.
    private func checkFiltered(
        _ index: borrowing TextIndex, _ query: Query, _ ranked: Page, by filter: Query,
        limit: Int, _ keys: [Double]
    ) throws {
        let passing = try index.search(filter, limit: .max, order: .documentID)
        let ids = Set(passing.hits.map(\.documentID))
        for narrowed in [
            try Query.all([query, filter]), try .all([.everything(), .all([query, filter])]),
        ] {
            for wanted in [limit, .max] {
                let page = try index.search(narrowed, limit: wanted, order: .relevance)
                let right = ranked.hits.filter { ids.contains($0.documentID) }
                try #require(page.totalCount == right.count)
                try #require(page.hits == Array(right.prefix(wanted)))
                let byKey = try index.search(
                    narrowed, limit: wanted, order: .keys(keys, descending: false))
                try #require(byKey.totalCount == right.count)
            }
        }
    }

    @Test(
        "A gram that most candidates hold is not asked of each, and those without it are no match")
    func commonGrams() throws {
        // No list is so long that it would be kept without positions.
        let texts =
            (1...400).map { $0.isMultiple(of: 10) ? "xbc" : "abc" }
            + [String](repeating: "aby", count: 100)
        let documents = texts.map { text in
            TestDocument(
                text: bytes(text),
                terms: [(bytes(String(text.prefix(2))), 0), (bytes(String(text.suffix(2))), 1)])
        }
        let index = try TextIndex(scratch.write("common", documents))
        let grams = [
            TextMatch.Gram(bytes("ab"), position: 0..<2),
            TextMatch.Gram(bytes("bc"), position: 1..<3),
        ]
        let match = TextMatch(parts: [.init(bytes: bytes("abc"), grams: grams, weight: 1)])
        let page = try index.search(.text(match), limit: .max, order: .documentID)
        #expect(page.hits.allSatisfy { texts[Int($0.documentID) - 1] == "abc" })
        #expect(page.totalCount == 360)
    }

    @Test("Filters find the documents of groups and labels")
    func filters() throws {
        var world = World(seed: 11)
        for _ in 0..<900 { world.documents.append(world.document()) }
        let count = world.documents.count
        let index = try TextIndex(world.write(0..<count, "a", scratch))
        let groupCount = (count + 2) / 3
        for share in [0.0, 0.01, 0.5, 1.0] {
            var groups = BitSet(below: groupCount)
            for group in 0..<groupCount {
                groups[group] = Double.random(in: 0..<1, using: &world.random) < share
            }
            var labels = BitSet(below: 256)
            labels[1] = true
            labels[2] = true
            let page = try index.search(
                .documents(inGroups: groups, labels: labels), limit: .max, order: .documentID)
            #expect(
                page.hits.map { Int($0.documentID) - 1 }
                    == (0..<count).filter { groups[$0 / 3] && $0 % 3 > 0 })
        }
        let wrong = try Query.documents(inGroups: BitSet(below: groupCount + 9))
        #expect(
            gramIndexError { _ = try index.search(wrong, limit: 1, order: .documentID) }?.code
                == .refused)
    }

    @Test("Ranking over several indexes is that of one", arguments: 2000..<2010)
    func segments(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        let middle = world.documents.count / 3
        let first = try world.write(0..<middle, "a", scratch)
        let second = try world.write(middle..<world.documents.count, "b", scratch)
        let one = try TextIndex(world.merge([first, second], scratch))
        let lower = try TextIndex(first)
        let upper = try TextIndex(second)
        for _ in 0..<50 {
            let query = try PlainQuery.any([
                .all([.text(world.match()), .text(world.match())]), .text(world.match()),
                .text(world.match()),
            ]).query()
            let whole = try one.search(query, limit: .max, order: .relevance)
            let left = try lower.search(query, limit: .max, order: .relevance)
            let right = try upper.search(query, limit: .max, order: .relevance)
            let merged =
                (left.hits.map { ($0.documentID, $0.weight) }
                + right.hits.map { ($0.documentID + UInt32(middle), $0.weight) })
                .sorted { $0.1 > $1.1 || $0.1 == $1.1 && $0.0 < $1.0 }
            try #require(whole.totalCount == left.totalCount + right.totalCount)
            try #require(whole.hits.map(\.documentID) == merged.map(\.0))
            try #require(whole.hits.map(\.weight) == merged.map(\.1))
        }
    }

    @Test("The first hits are the same however few are asked for")
    func fewHits() throws {
        var world = World(seed: 7)
        for _ in 0..<1500 { world.documents.append(world.document()) }
        let count = world.documents.count
        let index = try TextIndex(world.write(0..<count, "index", scratch))
        for round in 0..<40 {
            let words = (0..<2).map { _ in world.character() + world.character() }
            let match = TextMatch(
                parts: words.map {
                    .init(
                        bytes: $0, grams: [.init(bytes("G") + $0)], weight: 1.5,
                        needsVerification: false)
                },
                whole: Array(words.joined()), wholeBoost: Double(round % 4),
                proximityBoost: Double(round % 3), averageLength: 15)
            let text = try Query.text(match)
            let other = try Query.text(
                TextMatch(parts: [.init(bytes: bytes("a"), grams: [], weight: 3)]))
            let queries = [
                text, try .all([text, .any([other, .term("T1".utf8)])]),
                try .all([.term("T2".utf8), text]), try .any([text, other]),
                try .any([text, .term("T0".utf8)]),
                try .difference(.any([.everything(), text]), minus: .term("T3".utf8)),
            ]
            for query in queries {
                let all = try index.search(query, limit: .max, order: .relevance)
                for limit in [1, 3, 10, 100] {
                    let few = try index.search(query, limit: limit, order: .relevance)
                    try #require(few.totalCount == all.totalCount)
                    try #require(few.hits == Array(all.hits.prefix(limit)))
                }
            }
        }
    }

    @Test("A part of OR that does not match adds nothing")
    func otherBranches() throws {
        let texts = ["x", "b", "~", "xb", "b", "x", "~", "b"]
        let file = try scratch.write(
            "index",
            texts.map { text in
                TestDocument(
                    text: bytes(text),
                    terms: [(bytes("all"), nil)] + (text == "~" ? [] : [(bytes("some"), nil)]))
            })
        let index = try TextIndex(file)
        func text(_ text: String, weight: Double) throws -> Query {
            try .text(
                TextMatch(parts: [.init(bytes: bytes(text), grams: [], weight: weight)], k1: 0))
        }
        let either = try Query.any([text("x", weight: 1), text("b", weight: 2)])
        let any = try index.search(
            .any([.term("all".utf8), either]), limit: 10, order: .relevance)
        #expect(any.hits.map(\.documentID) == [4, 2, 5, 8, 1, 6, 3, 7])
        #expect(any.hits.map(\.weight) == [3, 2, 2, 2, 1, 1, 0, 0])
        let all = try index.search(
            .all([.term("some".utf8), either]), limit: 10, order: .relevance)
        #expect(all.hits.map(\.documentID) == [4, 2, 5, 8, 1, 6])
        #expect(all.hits.map(\.weight) == [3, 2, 2, 2, 1, 1])
    }

    @Test("The parts of a weight are those of the scan, and their sum is the hit's weight")
    func weights() throws {
        var world = World(seed: 3)
        for _ in 0..<100 { world.documents.append(world.document()) }
        let count = world.documents.count
        let index = try TextIndex(world.write(0..<count, "index", scratch))
        var matches = 0
        for _ in 0..<400 {
            let match = world.match()
            let page = try index.search(.text(match), limit: .max, order: .relevance)
            let weights = Dictionary(
                uniqueKeysWithValues: page.hits.map { ($0.documentID, $0.weight) })
            for (index, document) in world.documents.enumerated() {
                let found = try match.weights(ofText: document.text, length: document.length)
                let weight = weights[UInt32(index + 1)]
                try #require((found == nil) == (weight == nil))
                try #require((found == nil) == (plainWeight(match, document) == nil))
                guard let found, let weight, let plain = plainWeight(match, document) else {
                    continue
                }
                let sum = found.parts.reduce(0, +) + found.whole + found.proximity
                try #require(abs(sum - weight) < 1e-5 && abs(sum - plain) < 1e-9)
                matches += 1
            }
        }
        #expect(matches > 1_000)
    }

    @Test("Groups without documents are passed over")
    func emptyGroups() throws {
        let documents = [TestDocument](repeating: TestDocument(text: bytes("x")), count: 5)
        // Groups 0 and 2 to 4 are empty, 1 has two documents, 5 three, 6 none.
        let file = try scratch.write("index", documents, groupStarts: [1, 1, 3, 3, 3, 3, 6])
        let index = try TextIndex(file)
        let right: [[UInt32]] = [[], [1, 2], [], [], [], [3, 4, 5], []]
        for subset in 0..<128 {
            let groups = BitSet(below: 7) { subset >> $0 & 1 == 1 }
            let page = try index.search(
                .documents(inGroups: groups), limit: 9, order: .documentID)
            #expect(
                page.hits.map(\.documentID)
                    == right.indices.filter { groups[$0] }.flatMap { right[$0] })
            let keys = (0..<7).map(Double.init)
            let sorted = try index.search(
                .documents(inGroups: groups), limit: 9, order: .keys(keys, descending: true))
            #expect(
                sorted.hits.map(\.documentID)
                    == right.indices.reversed().filter { groups[$0] }.flatMap { right[$0] })
        }
    }
}
