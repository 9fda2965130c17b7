import Foundation
import TestSupport
import Testing
import Xapian

@Suite("Queries beside a model and stock libxapian") struct QueryModelTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    static let seed: UInt64 = 20_261_129

    /// Documents at random; the same for a seed.
    static func documents(_ count: Int, seed: UInt64) -> [ModelDocument] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in ModelDocument.random(using: &random) }
    }

    /// Writes documents, taking turns, into databases; returns their folders.
    func write(_ documents: [ModelDocument], shards: Int) throws -> [String] {
        try (0..<shards).map { shard in
            let path = scratch.path("shard\(shard)of\(shards)")
            var writer = try WritableDatabase(creatingAt: path, storesTermLists: true)
            for index in stride(from: shard, to: documents.count, by: shards) {
                try writer.add(documents[index].document)
            }
            try writer.finish()
            return path
        }
    }

    func ids(_ plan: Plan, in database: borrowing Database) throws -> [UInt32] {
        var options = SearchOptions(limit: .max, weighting: .boolean)
        options.checkAtLeast = .max
        let found = try database.search(plan.query(), options)
        #expect(found.count.exact == found.matches.count)
        return found.matches.map(\.documentID)
    }

    @Test("Each query finds the documents that a look at their words finds", arguments: 0..<4)
    func model(round: Int) throws {
        let seed = Self.seed + UInt64(round)
        let documents = Self.documents(150, seed: seed)
        let one = try Database(path: write(documents, shards: 1)[0])
        let three = try Database(paths: write(documents, shards: 3))
        var writer = try WritableDatabase.inMemory()
        for document in documents { try writer.add(document.document) }
        let memory = try writer.reader()
        var random = SplitMix64(seed: seed &+ 1)
        for number in 0..<400 {
            let plan = Plan.random(number % 5, using: &random)
            let expected = documents.indices.filter { plan.matches(documents[$0]) }
                .map { UInt32($0 + 1) }
            #expect(try ids(plan, in: one) == expected, "seed \(seed), \(number): \(plan)")
            #expect(try ids(plan, in: three) == expected, "seed \(seed), \(number): \(plan)")
            #expect(try ids(plan, in: memory) == expected, "seed \(seed), \(number): \(plan)")
        }
    }

    /// Ways to search, each for us and for the script.
    static var weightings: [(Weighting, [Any])] {
        [
            (.bm25(), ["BM25Weight", [1, 0, 1, 0.5, 0.5]]),
            (
                .bm25(k1: 1.7, k2: 0.4, k3: 2, b: 0.9, minimumNormalizedLength: 0.2),
                ["BM25Weight", [1.7, 0.4, 2, 0.9, 0.2]]
            ),
            (.bm25Plus(), ["BM25PlusWeight", [1, 0, 1, 0.5, 0.5, 1]]),
            (.boolean, ["BoolWeight", [Any]()]),
            (.tfIDF(), ["TfIdfWeight", ["ntn"]]),
            (.tfIDF(frequency: .logarithm, rarity: .probability), ["TfIdfWeight", ["lpn"]]),
            (.tfIDF(frequency: .square, rarity: .none), ["TfIdfWeight", ["snn"]]),
            (.tfIDF(frequency: .presence), ["TfIdfWeight", ["btn"]]),
            (.traditional(k: 1.5), ["TradWeight", [1.5]]),
            (.coordination, ["CoordWeight", [Any]()]),
            (.inL2(c: 2), ["InL2Weight", [2.0]]),
            (.ifB2(), ["IfB2Weight", [1.0]]),
            (.ineB2(), ["IneB2Weight", [1.0]]),
            (.bb2(), ["BB2Weight", [1.0]]),
            (.pl2(), ["PL2Weight", [1.0]]),
            (.pl2Plus(), ["PL2PlusWeight", [1.0, 0.8]]),
            (.dlh, ["DLHWeight", [Any]()]),
            (.dph, ["DPHWeight", [Any]()]),
            (.languageModel(), ["language", [1, 2000.0]]),
            (.languageModel(.jelinekMercer()), ["language", [0, 0.7]]),
        ]
    }

    static func options(
        _ number: Int, using random: inout some RandomNumberGenerator
    ) -> (SearchOptions, [String: Any]) {
        let (weighting, named) = weightings[number % weightings.count]
        let keys = (0..<Int.random(in: 1...2, using: &random)).map { _ in
            SortKey(
                slot: .random(in: 0...2, using: &random), isDescending: .random(using: &random),
                isMissingLast: .random(using: &random))
        }
        var options = SearchOptions(
            offset: .random(in: 0...3, using: &random), limit: .random(in: 0...30, using: &random),
            weighting: weighting)
        let sort: String
        (options.order, sort) =
            [
                (.relevance, "relevance"), (.keys(keys), "keys"),
                (.keysThenRelevance(keys), "keys_relevance"),
                (.relevanceThenKeys(keys), "relevance_keys"),
            ][Int.random(in: 0..<4, using: &random)]
        options.isHighestIDFirst = .random(using: &random)
        options.fetchesData = true
        options.fetchesTerms = true
        options.fetchedSlots = [0, 2]
        options.countedSlots = [1]
        var collapse: [Int] = []
        if Int.random(in: 0..<4, using: &random) == 0 {
            options.collapse = .init(slot: 2, kept: 2)
            collapse = [2, 2]
        }
        // Which libxapian cannot do while it sorts by keys first.
        if !sort.hasPrefix("keys"), Int.random(in: 0..<3, using: &random) == 0 {
            options.minimumPercent = 40
        }
        if Int.random(in: 0..<6, using: &random) == 0 { options.minimumWeight = 0.75 }
        return (
            options,
            [
                "weighting": named, "sort": sort, "newest": options.isHighestIDFirst,
                "keys": keys.map { [$0.slot, $0.isDescending, $0.isMissingLast] as [Any] },
                "collapse": collapse, "percent": options.minimumPercent,
                "weight": options.minimumWeight, "offset": options.offset, "limit": options.limit,
            ]
        )
    }

    @Test(
        "Weights, order, counts and terms are those of stock libxapian", arguments: [1, 3],
        [UInt64(5), 6])
    func stock(shards: Int, seed: UInt64) throws {
        guard InstalledProgram.hasXapianForPython else { return }
        let documents = Self.documents(200, seed: seed)
        let paths = try write(documents, shards: shards)
        let database = try Database(paths: paths)
        var random = SplitMix64(seed: seed &+ 1)
        var plans: [Plan] = []
        var asked: [SearchOptions] = []
        var requests: [[String: Any]] = []
        for number in 0..<300 {
            let plan = Plan.random(number % 4, using: &random)
            var (options, request) = Self.options(number, using: &random)
            request["query"] = plan.json
            request["all"] = shards > 1 && plan.isFragile
            if shards > 1 && plan.isFragile {
                (options.minimumPercent, options.minimumWeight) = (0, 0)
                (request["percent"], request["weight"]) = (0, 0)
            }
            plans.append(plan)
            asked.append(options)
            requests.append(request)
        }
        let answers = try StockXapian.answers(to: requests, at: paths)
        try #require(answers.count == plans.count)
        for (index, answer) in answers.enumerated() {
            let found = try database.search(plans[index].query(), asked[index])
            let ours = StockXapian.Answer(
                matches: found.matches.map { match in
                    let words = documents[Int(match.documentID) - 1].words
                    #expect(match.data == bytes(words.joined(separator: " ")))
                    return StockXapian.Match(
                        id: match.documentID, weight: match.weight.isFinite ? match.weight : nil,
                        percent: match.percent,
                        collapsed: match.collapsedCount,
                        terms: match.terms.map { String(decoding: $0, as: UTF8.self) },
                        numbers: [match.number(inSlot: 0), match.number(inSlot: 2)])
                },
                count: [found.count.lowerBound, found.count.estimate, found.count.upperBound],
                uncollapsed: [
                    found.uncollapsedCount.lowerBound, found.uncollapsedCount.estimate,
                    found.uncollapsedCount.upperBound,
                ],
                counts: found.valueCounts[0].elements.map { [$0.number, Double($0.count)] })
            #expect(
                ours == answer,
                "seed \(seed), \(index): \(plans[index]) \(asked[index]) \(requests[index])")
        }
    }
}
