import Foundation
import Testing

@testable import Xapian

@Suite("Searching") struct SearchTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Documents from words; slot 0 has the year given beside them, when there is one.
    func database(_ rows: [(String, Double?)]) throws -> Database {
        var writer = try WritableDatabase.inMemory()
        for (text, year) in rows {
            let words = text.split(separator: " ").map(String.init)
            try writer.add(
                ModelDocument(words: words, tags: [], numbers: year.map { [0: $0] } ?? [:])
                    .document)
        }
        return try writer.reader()
    }

    @Test("Terms weigh what the formula of BM25 says")
    func bm25() throws {
        let texts = [
            "the quick fox", "the lazy dog and the lazy cat", "fox fox fox lazy",
            "nothing of all this", "one more without", "and one", "and another one",
        ]
        let database = try database(texts.map { ($0, nil) })
        let words = texts.map { $0.split(separator: " ").map(String.init) }
        let average = Double(words.map(\.count).reduce(0, +)) / Double(words.count)
        let (k1, k3, b) = (1.4, 1.9, 0.6)
        func weight(_ term: String, inQuery: Double, in document: [String]) -> Double {
            let found = Double(words.count { $0.contains(term) })
            var odds = (Double(words.count) - found + 0.5) / (found + 0.5)
            // What keeps libxapian's weights positive.
            if odds < 2 { odds = odds * 0.5 + 1 }
            let frequency = Double(document.count { $0 == term })
            let length = max(Double(document.count) / average, 0.5)
            return log(odds) * (k3 + 1) * inQuery / (k3 + inQuery) * (k1 + 1) * frequency
                / (k1 * (length * b + 1 - b) + frequency)
        }
        let query = try Query.or([.term("fox"), .term("lazy", frequency: 2)])
        let found = try database.search(
            query,
            SearchOptions(
                weighting: .bm25(k1: k1, k2: 0, k3: k3, b: b, minimumNormalizedLength: 0.5)))
        var expected: [(id: UInt32, weight: Double)] = []
        for (index, document) in words.enumerated() {
            let weight =
                weight("fox", inQuery: 1, in: document) + weight("lazy", inQuery: 2, in: document)
            if weight > 0 { expected.append((UInt32(index + 1), weight)) }
        }
        expected.sort { $0.weight > $1.weight }
        #expect(found.matches.map(\.documentID) == expected.map(\.id))
        for (match, expected) in zip(found.matches, expected) {
            #expect(abs(match.weight - expected.weight) < 1e-9)
        }
        #expect(found.highestWeight == found.matches[0].weight)
        #expect(found.weightBound >= found.highestWeight)
    }

    @Test("Documents without a value come where they are said to")
    func missingValues() throws {
        let database = try database([("a", 3), ("a", nil), ("a", -2), ("a", 3), ("a", nil)])
        func ids(_ key: SortKey) throws -> [UInt32] {
            try database.search(.term("a"), SearchOptions(order: .keys([key])))
                .matches.map(\.documentID)
        }
        #expect(try ids(.ascending(0)) == [3, 1, 4, 2, 5])
        #expect(try ids(.ascending(0, isMissingLast: false)) == [2, 5, 3, 1, 4])
        #expect(try ids(.descending(0)) == [1, 4, 3, 2, 5])
        #expect(try ids(.descending(0, isMissingLast: false)) == [2, 5, 1, 4, 3])
    }

    @Test("Counts are of all matches, whatever the page")
    func counts() throws {
        let rows = (0..<500).map { ("a \($0 % 7)", Double($0 % 3)) as (String, Double?) }
        let database = try database(rows)
        var options = SearchOptions(limit: 3)
        options.countedSlots = [0, 9]
        let found = try database.search(.term("a"), options)
        #expect(found.matches.count == 3)
        #expect(found.count.exact == 500)
        #expect(found.valueCounts.map(\.slot) == [0, 9])
        #expect(found.valueCounts.map(\.documentCount) == [500, 500])
        #expect(found.valueCounts[0].elements.map(\.number) == [0, 1, 2])
        #expect(found.valueCounts[0].elements.map(\.count) == [167, 167, 166])
        #expect(found.valueCounts[1].elements.isEmpty)
    }

    @Test("Ranks go on from page to page, and parts not asked for are empty")
    func pages() throws {
        let database = try database((0..<25).map { ("a", Double($0)) })
        var options = SearchOptions(offset: 10, limit: 10, order: .keys([.descending(0)]))
        var found = try database.search(.term("a"), options)
        #expect(found.matches.map(\.rank) == Array(10..<20))
        #expect(found.matches.first?.documentID == 15)
        #expect(found.matches.allSatisfy { $0.data.isEmpty && $0.terms.isEmpty })
        #expect(found.matches[0].value(inSlot: 0) == nil)
        options.fetchedSlots = [7, 0]
        options.timeLimit = .seconds(60)
        found = try database.search(.term("a"), options)
        #expect(found.matches[0].number(inSlot: 0) == 14)
        #expect(found.matches[0].number(inSlot: 7) == nil)
        #expect(try database.search(.term("b")).matches.isEmpty)
        options.countedSlots = [0]
        let none = try Database().search(.term("b"), options)
        #expect(none.count.exact == 0)
        #expect(none.valueCounts == [.init(slot: 0, documentCount: 0, elements: [])])
    }

    @Test("Of equal values only the best are kept")
    func collapses() throws {
        let database = try database([
            ("a b", 1), ("a a a", 1), ("a", 2), ("a a", 1), ("a x y z", nil), ("a w", nil),
        ])
        var options = SearchOptions()
        options.checkAtLeast = .max
        options.collapse = .init(slot: 0)
        let found = try database.search(.term("a"), options)
        #expect(Set(found.matches.map(\.documentID)) == [2, 3, 5, 6])
        #expect(found.matches.first { $0.documentID == 2 }?.collapsedCount == 2)
        #expect(found.uncollapsedCount.exact == 6)
    }

    @Test("A phrase in a database without positions is an error, not all of its words")
    func withoutPositions() throws {
        var writer = try WritableDatabase.inMemory()
        var document = Document()
        document.addTerm("b")
        document.addTerm("a")
        try writer.add(document)
        let database = try writer.reader()
        for query in [try Query.phrase(["a", "b"]), try .near(["a", "b"], window: 4)] {
            #expect(
                xapianError { _ = try database.search(query) }?.code == .featureUnavailable)
            let part = try Query.or([.term("z"), .scale(query, by: 2)])
            #expect(xapianError { _ = try database.search(part) }?.code == .featureUnavailable)
        }
        #expect(try database.search(.phrase(["a"])).matches.count == 1)
        document.addTerm("c", positions: [1])
        try writer.add(document)
        #expect(try database.search(.phrase(["a", "b"])).count.upperBound >= 0)
    }

    @Test("Too many terms with a prefix end as they were told to")
    func prefixes() throws {
        let database = try database((0..<30).map { ("w\($0 % 10) w1", Double($0)) })
        let wide = try Query.prefix("w", limit: 9)
        let error = xapianError { _ = try database.search(wide) }
        #expect(error?.code == .wildcardTooWide)
        #expect(error?.message.contains("w") == true && error?.message.contains("w*") == false)
        func count(_ query: Query) throws -> Int? {
            var options = SearchOptions(limit: 0)
            options.checkAtLeast = .max
            return try database.search(query, options).count.exact
        }
        #expect(try count(.prefix("w", limit: 10)) == 30)
        #expect(try count(.prefix("w", limit: 1, beyond: .takesFirst)) == 3)
        #expect(try count(.prefix("w", limit: 1, beyond: .takesMostFrequent)) == 30)
    }

    @Test("An elite set takes the queries that can weigh most")
    func eliteSet() throws {
        let database = try database([("a b", nil), ("a", nil), ("a", nil), ("c a", nil)])
        let terms = try ["a", "b", "c"].map { try Query.term($0) }
        #expect(
            try database.search(.eliteSet(terms, count: 2)).matches.map(\.documentID) == [1, 4])
        #expect(try database.search(.eliteSet(terms, count: 3)).matches.count == 4)
    }

    @Test("Bad arguments are refused before libxapian sees them")
    func refuses() throws {
        let term = try Query.term("a")
        let long = [UInt8](repeating: 97, count: 246)
        let nan = Double.nan
        let makers: [() throws -> Query] = [
            { try .term("") }, { try .term(long) }, { try .prefix("") },
            { try .prefix("a", limit: 0) }, { try .prefix("a", limit: -1) },
            { try .phrase([String]()) }, { try .phrase(["a", ""]) },
            { try .phrase(["a", "b"], window: 1) }, { try .near(["a", "b"], window: 0) },
            { try .near(["a", "b"], window: -4) }, { try .scale(term, by: -1) },
            { try .scale(term, by: .nan) }, { try .scale(term, by: .infinity) },
            { try .values(inSlot: 0, atLeast: nan) }, { try .values(inSlot: 0, atMost: nan) },
            { try .anyValue(inSlot: .max) },
        ]
        for (index, make) in makers.enumerated() {
            #expect(xapianError { _ = try make() }?.code == .refused, "\(index)")
        }
        #expect(xapianError { _ = try Query.phrase(["a", ""]) }?.index == 1)
        let database = try database([("a", 1)])
        var bad: [SearchOptions] = []
        func add(_ change: (inout SearchOptions) -> Void) {
            var options = SearchOptions()
            change(&options)
            bad.append(options)
        }
        add { $0.minimumPercent = 101 }
        add { $0.minimumPercent = -1 }
        add { $0.minimumWeight = -1 }
        add { $0.minimumWeight = .nan }
        add { $0.timeLimit = .seconds(-1) }
        add { $0.order = .keys([]) }
        add { $0.order = .keys([.ascending(.max)]) }
        add { $0.collapse = .init(slot: .max) }
        add { $0.countedSlots = [0, .max] }
        add { $0.fetchedSlots = [.max] }
        add { $0.weighting = .bm25(k1: .nan) }
        for options in bad {
            #expect(xapianError { _ = try database.search(term, options) }?.code == .refused)
        }
        // What libxapian itself refuses.
        var percent = SearchOptions(order: .keys([.ascending(0)]))
        percent.minimumPercent = 1
        #expect(xapianError { _ = try database.search(term, percent) }?.code == .unimplemented)
        let negative = SearchOptions(weighting: .inL2(c: -1))
        #expect(
            xapianError { _ = try database.search(term, negative) }?.code == .invalidArgument)
    }

    @Test("Queries that are too wide or too deep are refused, and the largest run")
    func limits() throws {
        let database = try database([("a", 1)])
        let leaf = try Query.term("a")
        let widest = try Query.or(Array(repeating: leaf, count: Query.maximumOperands))
        #expect(try database.search(widest).matches.count == 1)
        #expect(
            xapianError {
                _ = try Query.and(Array(repeating: leaf, count: Query.maximumOperands + 1))
            }?.code == .tooComplex)
        var deep = leaf
        for level in 0..<Query.maximumDepth {
            deep = try level.isMultiple(of: 2) ? .and([deep, leaf]) : .or([leaf, deep])
        }
        #expect(try database.search(deep).matches.count == 1)
        #expect(xapianError { _ = try Query.filter(leaf, by: deep) }?.code == .tooComplex)
        #expect(xapianError { _ = try Query.scale(deep, by: 2) }?.code == .tooComplex)
        var wide = widest
        #expect(
            xapianError {
                for _ in 0..<3 {
                    wide = try .or(Array(repeating: wide, count: Query.maximumOperands))
                }
            }?.code == .tooComplex)
    }

    @Test("A query tells its terms to those who debug")
    func description() throws {
        let query = try Query.andNot(.term("fox"), .phrase(["lazy", "dog"]))
        #expect(query.debugDescription == "Query((fox AND_NOT (lazy PHRASE 2 dog)))")
    }
}
