import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch
import SegmentStore
import TestSupport
import Testing

@Suite("Conditions that follow from what is stored")
struct ReportConditionTests {
    private static func passageIDs(
        _ index: SampleIndex, where isWanted: (ReadReport, Passage) -> Bool
    ) -> Set<PassageID> {
        Set(
            index.reports.flatMap { report in
                report.report.passages.enumerated().filter { isWanted(report, $0.element) }.map {
                    PassageID(report: report.head.id, ordinal: $0.offset + 1)
                }
            })
    }

    @Test("Ratios are shares of the number that they name, unknown where that is 0")
    func ratios() async throws {
        let index = try await SampleIndex.made()
        let searcher = try index.searcher()
        func value(_ key: String, _ report: ReadReport) -> Double? {
            report.report.statistics[key]?.value
        }
        let rows: [(String, String, [String])] = [
            ("予以公开率", "requests.granted.total", ["requests.results_total.total"]),
            ("复议纠错率", "disputes.review.corrected", ["disputes.review.total"]),
            ("自然人占比", "requests.new.natural_person", ["requests.new.total"]),
            (
                "办结率", "requests.results_total.total",
                ["requests.new.total", "requests.carried_in.total"]
            ),
        ]
        for (name, part, wholes) in rows {
            func share(_ report: ReadReport) -> Double? {
                let all = wholes.compactMap { value($0, report) }
                guard let part = value(part, report), all.count == wholes.count else { return nil }
                let whole = all.reduce(0, +)
                return whole > 0 ? part / whole : nil
            }
            for (query, holds) in [
                ("\(name)>=80%", { (share: Double) in share >= 0.8 }),
                ("\(name)<0.5", { $0 < 0.5 }), ("\(name)=50%..100%", { $0 >= 0.5 && $0 <= 1 }),
            ] {
                let right = Self.passageIDs(index) { report, _ in share(report).map(holds) ?? false
                }
                #expect(try searcher.search(.all(query)).passageIDs == right, "\(query)")
            }
            let missing = Self.passageIDs(index) { report, _ in share(report) == nil }
            #expect(try searcher.search(.all("missing(\(name))")).passageIDs == missing)
        }
        var request = try SearchRequest.all("节:5")
        request.order = try SortOrder("-予以公开率")
        let hits = try searcher.search(request).hits
        let shares = hits.compactMap { $0.values.first?.value }
        #expect(shares == shares.sorted(by: >) && (shares.first ?? 0) <= 1 && shares.count > 10)
    }

    @Test("A ratio above 1 is refused with what was meant")
    func impossibleShare() async throws {
        let searcher = try await SampleIndex.made().searcher()
        #expect {
            _ = try searcher.search(.all("予以公开率>80"))
        } throws: {
            ($0 as? SearchError)?.suggestion == "80%"
        }
    }

    @Test(
        "The length of a passage counts what is not a mark",
        arguments: ["length<=20", "字数>=300", "字数=100..200", "长度:<=20", "length:10..20"])
    func length(_ query: String) async throws {
        let index = try await SampleIndex.made()
        let folding = TextAnalysis()
        let right = Self.passageIDs(index) { _, passage in
            let length = folding.folded(passage.text).unicodeScalars.count {
                $0.properties.generalCategory.isWord
            }
            return switch query {
            case "length<=20", "长度:<=20": length <= 20
            case "字数>=300": length >= 300
            case "字数=100..200": (100...200).contains(length)
            default: (10...20).contains(length)
            }
        }
        #expect(!right.isEmpty)
        #expect(try index.searcher().search(.all(query)).passageIDs == right)
    }

    @Test(
        "A check finds the reports whose identities say so",
        arguments: [
            "check:fails", "check:row:*", "check:row:granted=fails", "check:any=fails",
            "check:row:*=unknown", "check:balance:*=holds", "勾稽:不符", "check:row=fails",
        ])
    func checks(_ query: String) async throws {
        let index = try await SampleIndex.made()
        let right = Self.passageIDs(index) { report, _ in
            let identities = report.report.identities
            return switch query {
            case "check:row:granted=fails":
                identities.contains { $0.id == "row:granted" && $0.state == .fails }
            case "check:row:*=unknown":
                identities.contains { $0.id.hasPrefix("row:") && $0.state == .unknown }
            case "check:balance:*=holds":
                identities.contains { $0.id.hasPrefix("balance:") && $0.state == .holds }
            case "check:row:*", "check:row=fails":
                identities.contains { $0.id.hasPrefix("row:") && $0.state == .fails }
            default: identities.contains { $0.state == .fails }
            }
        }
        let found = try index.searcher().search(.all(query)).passageIDs
        #expect(!right.isEmpty && found.isSuperset(of: right))
        // 勾稽 over years fail as well, for reports that add up by themselves.
        if query.contains(":row") || query.contains("balance") { #expect(found == right) }
    }

    @Test("A carry-over that breaks between two years marks both reports")
    func carry() async throws {
        let searcher = try await SampleIndex.made().searcher()
        let hits = try searcher.search(.all("check:carry:total=fails")).hits
        let years = Set(hits.map { "\($0.report.agency ?? "") \($0.report.year ?? 0)" })
        #expect(years == ["铜梁区老旧小区改造推进中心 2022", "铜梁区老旧小区改造推进中心 2023"])
    }

    @Test("A rule or a state that does not exist is named")
    func unknownRule() async throws {
        let searcher = try await SampleIndex.made().searcher()
        for (query, suggestion) in [("check:failss", "fails"), ("check:row:nwe=fails", "row:new")] {
            #expect {
                _ = try searcher.search(.all(query))
            } throws: {
                ($0 as? SearchError)?.suggestion == suggestion
            }
        }
    }

    @Test("The level of an agency follows from its name and place")
    func levels() async throws {
        let rows: [(String, Region, AgencyLevel?)] = [
            ("河南省财政厅", Region(province: "河南省"), .province),
            ("洛阳市水利局", Region(province: "河南省", city: "洛阳市"), .city),
            ("孟津区水利局", Region(province: "河南省", city: "洛阳市", county: "孟津区"), .county),
            ("潜江市水网中心", Region(province: "湖北省", county: "潜江市"), .county),
            ("新安县石井镇人民政府", Region(province: "河南省", city: "洛阳市", county: "新安县"), .town),
            ("涧西区乡镇企业局", Region(province: "河南省", city: "洛阳市", county: "涧西区"), .county),
            ("水利部", .unknown, .ministry), ("国家税务总局", .unknown, .ministry),
            ("某某公司", .unknown, nil), ("镇", .unknown, nil),
        ]
        for (agency, region, level) in rows {
            #expect(AgencyLevel(agency: agency, region: region) == level, "\(agency)")
        }
        let index = try await SampleIndex.made()
        let right = Self.passageIDs(index) { report, _ in
            report.report.region.city != nil && report.report.region.county == nil
                && report.report.kind == .annualReport
        }
        let searcher = try index.searcher()
        for query in ["level:city", "级别:市级", "層級:地市"] {
            #expect(try searcher.search(.all(query)).passageIDs == right, "\(query)")
        }
    }
}

extension Unicode.GeneralCategory {
    /// Whether the category is one of letters, marks and numbers.
    fileprivate var isWord: Bool {
        switch self {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
            .otherNumber:
            true
        default: false
        }
    }
}
