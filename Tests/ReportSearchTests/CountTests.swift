import QueryLanguage
import ReportModel
import ReportSearch
import TestSupport
import Testing

/// Counts, which are made from columns, beside what all hits and all heads tell.
@Suite("Counts are those of what they count")
struct CountTests {
    /// The values of a passage's report, or of the passage, in a field.
    private static func value(_ field: FacetField, of hit: SearchHit) -> String? {
        let region = hit.report.region
        return switch field {
        case .agency: hit.report.agency
        case .region: region.names.isEmpty ? nil : region.names.joined(separator: " ")
        case .province: region.province
        case .city: region.city
        case .county: region.county
        case .year: hit.report.year.map(String.init)
        case .section: String(hit.passage.section)
        case .form: hit.report.form.rawValue
        }
    }

    /// The counts of hits by a field, each value under the spelling that most of them have.
    private static func counts(
        _ field: FacetField, of hits: [SearchHit], withReports: Bool
    ) -> Set<String> {
        let groups = Dictionary(grouping: hits) { value(field, of: $0).map(folded) }
        return Set(
            groups.values.map { hits in
                let spellings = Dictionary(
                    hits.map { (value(field, of: $0), 1) }, uniquingKeysWith: +)
                let most = spellings.max {
                    ($0.value, $1.key ?? "") < ($1.value, $0.key ?? "")
                }
                return line(
                    most?.key ?? nil, hits.count,
                    withReports ? Set(hits.map(\.report.id)).count : 0)
            })
    }

    private static func line(_ value: String?, _ passages: Int, _ reports: Int) -> String {
        "\(value ?? "-") \(passages) \(reports)"
    }

    /// A question with a text, a filter, both or neither.
    private static func question(_ random: inout SeededGenerator) -> String {
        let texts = [
            "", "\"公开\"", "\"政策解读\"", "\"。\"", "公开", "\"不存在的文字\"", "\"依申请\" -\"复议\"", "\"山川\"",
        ]
        let filters = [
            "", "年:2022", "年:2019..2021", "新收>=10", "机关:局", "节:5", "格式:2021", "-年:2021", "地区:市",
            "年:2020 节:2", "级别:县级", "字数<=10",
        ]
        return [texts, filters].compactMap { $0.randomElement(using: &random) }
            .joined(separator: " ")
    }

    @Test("Facets are what counting all hits gives", arguments: [false, true])
    func facets(isCrowded: Bool) async throws {
        let index = try await isCrowded ? SampleIndex.crowded() : SampleIndex.made()
        let searcher = try index.searcher()
        let seed: UInt64 = 20
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let text = Self.question(&random)
            var request = SearchRequest(try QueryTree.parse(text))
            (request.limit, request.match, request.facets) = (0, .all, FacetField.allCases)
            let found = try searcher.search(request)
            #expect(found.hits.count == found.total, "\(text), seed \(seed)")
            // A report without passages adds to the reports of a value alone.
            let mayBeBare = !["\"", "公开", "节", "字数"].contains { text.contains($0) }
            for facet in found.facets {
                let counted = facet.values.filter { $0.passages > 0 }.map { count in
                    Self.line(count.value, count.passages, mayBeBare ? 0 : count.reports)
                }
                #expect(
                    Set(counted)
                        == Self.counts(facet.field, of: found.hits, withReports: !mayBeBare),
                    "\(text) by \(facet.field), seed \(seed)")
            }
        }
    }

    @Test("Agencies and years counted from columns are those of the heads")
    func reports() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let fromHeads = ReportCounts(try searcher.annualReports(matching: nil as QueryTree?))
        let fromColumns = try searcher.counts(ofReportsMatching: Question()) { _ in true }
        #expect(fromColumns.agencies.map { "\($0)" } == fromHeads.agencies.map { "\($0)" })
        #expect(fromColumns.years.map { "\($0)" } == fromHeads.years.map { "\($0)" })
        // Enough to tell orders apart; the samples alone name sixteen.
        #expect(fromColumns.agencies.count > 15)
        for text in ["年:2022", "机关:局", "新收>=10", "地区:市 年:2020..2022"] {
            let tree = try QueryTree.parse(text)
            let asked = try searcher.annualReports(matching: tree)
            let counts = try searcher.counts(ofReportsMatching: Question(tree)) { _ in true }
            let alone = ReportCounts(asked)
            #expect(
                counts.agencies.map { "\($0.name ?? "-") \($0.reports) \($0.passages)" }
                    == alone.agencies.map { "\($0.name ?? "-") \($0.reports) \($0.passages)" },
                "\(text)")
            #expect(
                counts.years.filter { $0.reports > 0 }.map { "\($0.year ?? 0) \($0.reports)" }
                    == alone.years.filter { $0.reports > 0 }.map { "\($0.year ?? 0) \($0.reports)" },
                "\(text)")
        }
    }
}
