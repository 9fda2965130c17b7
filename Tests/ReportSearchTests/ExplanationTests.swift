import QueryLanguage
import ReportSearch
import TestSupport
import Testing

@Suite("An explanation accounts for the answer")
struct ExplanationTests {
    private static let questions: [(String, MatchMode)] = [
        ("政策解读", .auto), ("\"政策解读\" 公开", .auto), ("政务公开 NEAR/15 专区", .auto),
        ("征迁 新收>=10 -节:6", .auto), ("政策* OR 专区", .auto), ("公", .auto), ("LED屏 公开", .auto),
        ("群众怎样查到征迁公告？", .any), ("鼓楼停车 算力海岛旅居", .auto), ("新收>=10", .auto),
        ("政务公开", .phrase), ("\"公开 审查\"~40", .auto),
    ]

    @Test("The parts of every weight sum to the score", arguments: questions)
    func sums(_ text: String, _ match: MatchMode) async throws {
        let searcher = try await SampleIndex.made().searcher()
        var request = SearchRequest(try QueryTree.parse(text))
        request.match = match
        request.limit = 60
        request.wantsExplanation = true
        let result = try searcher.search(request)
        let explanation = try #require(result.explanation)
        #expect(!result.hits.isEmpty && explanation.weights.count == result.hits.count)
        for (hit, weights) in zip(result.hits, explanation.weights) {
            let sum = weights.reduce(0) { $0 + $1.value }
            #expect(abs(sum - hit.score) < 1e-5, "\(text): \(sum) is not \(hit.score)")
            #expect(weights.allSatisfy { ($0.value < 0) == ($0.reason == .heading) })
        }
    }

    @Test("Candidates are counted before texts are read, matches after")
    func counts() async throws {
        let searcher = try await SampleIndex.made().searcher()
        var request = SearchRequest(try QueryTree.parse("\"政务公开专区\" year:2022.. 公"))
        request.wantsExplanation = true
        let result = try searcher.search(request)
        let explanation = try #require(result.explanation)
        for text in explanation.texts {
            #expect(text.candidates >= text.matches && text.matches >= result.total)
            for part in text.parts {
                #expect(!part.grams.isEmpty && part.grams.allSatisfy { $0.frequency > 0 })
            }
        }
        let phrase = try #require(explanation.texts.first)
        #expect(phrase.folded == "政务公开专区" && phrase.parts.count == 1)
        #expect(phrase.parts[0].isVerified)
        #expect(phrase.matches == (try searcher.search(.all("\"政务公开专区\"")).total))
        #expect(explanation.filters.count == 1)
        #expect(explanation.filters[0].passages == (try searcher.search(.all("year:2022..")).total))
        #expect(explanation.tree.hasPrefix("and [0,") && explanation.relaxedTree == nil)
    }

    @Test("Candidates are those of all grams, of frequent ones too")
    func crowdedCounts() async throws {
        let searcher = try await SampleIndex.crowded().searcher()
        for phrase in ["山川", "云雨风", "日月星辰", "江河"] {
            var request = SearchRequest(QueryTree(.phrase(phrase)))
            request.wantsExplanation = true
            let result = try searcher.search(request)
            let text = try #require(result.explanation?.texts.first)
            #expect(text.candidates >= text.matches && text.matches == result.total, "\(phrase)")
        }
    }

    @Test("A relaxed question shows what was asked instead")
    func relaxed() async throws {
        let searcher = try await SampleIndex.made().searcher()
        var request = SearchRequest(try QueryTree.parse("鼓楼停车 算力海岛旅居"))
        request.wantsExplanation = true
        let explanation = try #require(try searcher.search(request).explanation)
        #expect(explanation.relaxedTree?.hasPrefix("or ") == true)
        #expect(!explanation.texts.isEmpty)
    }
}
