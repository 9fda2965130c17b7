import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch
import SegmentStore
import TestSupport
import Testing

@Suite("Conditions choose reports as the parsed values say")
struct ConditionTests {
    /// All passages of the reports that a condition holds for.
    private func passageIDs(
        _ index: SampleIndex, where isWanted: (ReadReport) -> Bool
    ) -> Set<PassageID> {
        Set(
            index.reports.filter(isWanted).flatMap { report in
                report.report.passages.indices.map {
                    PassageID(report: report.head.id, ordinal: $0 + 1)
                }
            })
    }

    @Test("Random comparisons on every statistic, against the parsed cells")
    func statistics() async throws {
        let index = try await SampleIndex.made()
        let searcher = try index.searcher()
        var random = SeededGenerator(seed: 5)
        let operators: [(String, (Double, Double) -> Bool)] = [
            ("=", ==), ("!=", !=), ("<", <), ("<=", <=), (">", >), (">=", >=),
        ]
        for _ in 0..<400 {
            guard let one = Statistic.all.filter(\.isOfOneReport).randomElement(using: &random),
                let (sign, holds) = operators.randomElement(using: &random)
            else { continue }
            let numbers: [Double] = [0, 1, 2, 5, 18, 43.788]
            let number = numbers[Int.random(in: numbers.indices, using: &random)]
            if one.isRatio, number > 1 { continue }
            let result = try searcher.search(.all("\(one.key)\(sign)\(number)"))
            let right = passageIDs(index) { report in
                one.value(in: report.report.statistics).map { holds($0, number) } ?? false
            }
            #expect(result.passageIDs == right, "\(one.key)\(sign)\(number)")
        }
    }

    @Test("Statistics compare with each other, with ranges, and can be missing")
    func pairs() async throws {
        let index = try await SampleIndex.made()
        let searcher = try index.searcher()
        func value(_ name: String, _ report: ReadReport) -> Double? {
            Statistic.named(name)?.value(in: report.report.statistics)
        }
        #expect(
            try searcher.search(.all("予以公开>部分公开")).passageIDs
                == passageIDs(index) { report in
                    guard let granted = value("予以公开", report),
                        let partial = value("部分公开", report)
                    else { return false }
                    return granted > partial
                })
        #expect(
            try searcher.search(.all("新收=10..50")).passageIDs
                == passageIDs(index) { value("新收", $0).map { (10...50).contains($0) } ?? false })
        #expect(
            try searcher.search(.all("missing(新收)")).passageIDs
                == passageIDs(index) { value("新收", $0) == nil })
        #expect(
            try searcher.search(.all("-新收>0")).passageIDs
                == passageIDs(index) { !((value("新收", $0) ?? 0) > 0) })
    }

    @Test("A statistic that was not read matches no comparison")
    func unread() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let known = try searcher.search(.all("新收>=0")).total
        let below = try searcher.search(.all("新收<0")).total
        let missing = try searcher.search(.all("missing(新收)")).total
        let all = try searcher.search(SearchRequest(nil)).total
        #expect(below == 0 && missing > 0 && known + missing == all)
    }

    @Test(
        "Years and sections",
        arguments: ["年:2022", "year:2021..2022", "year:2023..", "年:>=2023", "节:5", "section:五"])
    func fields(_ query: String) async throws {
        let index = try await SampleIndex.made()
        let result = try index.searcher().search(.all(query))
        var right: Set<PassageID> = []
        for report in index.reports {
            let year = report.report.year ?? 0
            for (offset, passage) in report.report.passages.enumerated() {
                let isWanted =
                    switch query {
                    case "年:2022": year == 2022
                    case "year:2021..2022": (2021...2022).contains(year)
                    case "year:2023..", "年:>=2023": year >= 2023
                    default: passage.section == 5
                    }
                if isWanted { right.insert(PassageID(report: report.head.id, ordinal: offset + 1)) }
            }
        }
        #expect(!right.isEmpty && result.passageIDs == right)
    }

    @Test("An agency is found by any part of its name or alias, a region by any level")
    func names() async throws {
        let index = try await SampleIndex.made()
        let searcher = try index.searcher()
        #expect(
            try searcher.search(.all("机关:数据资源")).passageIDs
                == passageIDs(index) { report in
                    ([report.report.agency].compactMap(\.self) + report.report.agencyAliases)
                        .contains { $0.contains("数据资源") }
                })
        #expect(
            try searcher.search(.all("地区:甘肃省")).passageIDs
                == passageIDs(index) { $0.report.region.province == "甘肃省" })
        #expect(
            try searcher.search(.all("机关:未知")).passageIDs
                == passageIDs(index) { $0.report.agency == nil && $0.report.agencyAliases.isEmpty })
    }

    @Test("Sorting by a statistic puts the unknown last, either way")
    func sorting() async throws {
        let searcher = try await SampleIndex.made().searcher()
        for name in ["新收", "-新收", "year", "-year"] {
            var request = try SearchRequest.all("政务")
            request.order = try SortOrder(name)
            let hits = try searcher.search(request).hits
            let keys = hits.map { hit in
                name.hasSuffix("year")
                    ? hit.report.year.map(Double.init)
                    : hit.values.first { $0.statistic.key == "requests.new.total" }?.value
            }
            let known = keys.compactMap(\.self)
            #expect(keys.drop { $0 != nil }.allSatisfy { $0 == nil })
            #expect(known == (name.hasPrefix("-") ? known.sorted(by: >) : known.sorted()))
        }
    }

    @Test("Names that do not exist are named, with what may have been meant")
    func unknownNames() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let cases: [(String, String?)] = [
            ("新手>1", "新收"), ("regoin:甘肃", "region"), ("xyzzy:1", nil), ("missing(上年结砖)", "上年结转"),
        ]
        for (query, suggestion) in cases {
            do {
                _ = try searcher.search(.all(query))
                Issue.record("\(query) was answered")
            } catch let error as SearchError {
                #expect(error.reason == .question && error.suggestion == suggestion, "\(query)")
                #expect(error.range != nil)
            }
        }
    }
}

@Suite("Unquoted words")
struct WordTests {
    @Test("All words are required, and the exact run comes first")
    func ranking() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let result = try searcher.search(.all("政务公开"))
        let isExact = result.hits.map { $0.passage.text.contains("政务公开") }
        #expect(isExact.contains(true))
        // Once a hit without the exact run is met, no later one has it.
        #expect(!isExact.drop { $0 }.contains(true))
        let analysis = TextAnalysis()
        for hit in result.hits {
            let text = analysis.folded(hit.passage.text)
            #expect(text.contains("政务") && text.contains("公开"))
        }
    }

    @Test("Words that nothing holds together are relaxed, and the answer says so")
    func relaxing() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let words = "鼓楼停车 算力海岛旅居"
        let result = try searcher.search(.all(words))
        #expect(result.isRelaxed && result.total == 0)
        #expect(result.relaxedTotal == result.hits.count && result.hits.count > 0)
        var request = try SearchRequest.all(words)
        request.match = .all
        #expect(try searcher.search(request).total == 0)
        request.match = .any
        let any = try searcher.search(request)
        #expect(!any.isRelaxed && any.passageIDs == result.passageIDs)
    }

    @Test("A quoted phrase and an exclusion are never relaxed")
    func notRelaxing() async throws {
        let searcher = try await SampleIndex.made().searcher()
        for query in ["\"鼓楼停车算力\"", "政务公开 -公开"] {
            let result = try searcher.search(.all(query))
            #expect(result.total == 0 && !result.isRelaxed)
        }
    }

    @Test("A page is a window on the whole answer")
    func paging() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let whole = try searcher.search(.all("公开")).hits
        #expect(whole.count > 30)
        var request = try SearchRequest.all("公开")
        request.limit = 7
        request.offset = 13
        let page = try searcher.search(request)
        #expect(page.total == whole.count)
        #expect(page.hits.map(\.rank) == Array(14...20))
        #expect(page.hits.map(\.ordinal) == whole[13..<20].map(\.ordinal))
        #expect(page.hits.map(\.report.id) == whole[13..<20].map(\.report.id))
    }
}
