import ReportModel
import TestSupport
import Testing

@testable import ReportSearch

@Suite("Names and versions of reports among many")
struct NameOrderTests {
    @Test("Many names are in the order of strings, the unknown ones last", arguments: 0..<20)
    func names(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // One form of é alone: of "éA" and "e\u{301}" Swift 6.3 says that neither is before the other.
        let pieces = [
            "会泽", "会", "澤", "县", "教育局", "Ａ", "A", "a", "\0", "e\u{301}", "\u{F900}", "𠀀", "—",
            "人力资源和社会保障局",
        ]
        let names = (0..<200).map { _ -> String? in
            let count = Int.random(in: 0...6, using: &random)
            let name = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            return count == 6 && name.count < 9 ? nil : name
        }
        let order = NameOrder.sorted(names) { $0 > $1 }
        let known = order.prefix { names[$0] != nil }
        #expect(order.dropFirst(known.count).allSatisfy { names[$0] == nil })
        #expect(order.sorted() == Array(names.indices))
        for (one, other) in zip(known, known.dropFirst()) {
            let (name, next) = (names[one] ?? "", names[other] ?? "")
            #expect(name < next || name == next, "\(name) \(next), seed \(seed)")
            let isSame = Array(name.utf8) == Array(next.utf8)
            #expect(!isSame || one > other, "\(name), seed \(seed)")
        }
    }

    @Test("Of an agency's reports on a year that with the most passages counts", arguments: 0..<20)
    func versions(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let heads = (0..<300).map { number in
            ReportHead(
                sha256: String(repeating: "0", count: 13) + String(100 + number)
                    + String(repeating: "0", count: 48),
                encoding: "UTF-8", kind: .annualReport, form: .form2021, title: nil,
                agency: ["甲局", "乙局", "丙局", nil].randomElement(using: &random) ?? nil,
                agencyAliases: [],
                year: [nil, 2019, 2020, 2023].randomElement(using: &random) ?? nil,
                region: .unknown, scope: Bool.random(using: &random) ? .own : .rolledUp,
                passageCount: Int.random(in: 1...4, using: &random))
        }
        let counts = ReportCounts(heads)
        #expect(counts.agencies.map(\.name) == ["丙局", "乙局", "甲局", nil])
        for agency in counts.agencies {
            let own = heads.filter { $0.agency == agency.name }
            let groups = Dictionary(grouping: own) { head in
                agency.name == nil || head.year == nil
                    ? head.id : "\(head.year ?? 0) \(head.scope.rawValue)"
            }
            let most = groups.values.map { $0.map(\.passageCount).max() ?? 0 }
            #expect(agency.reports == groups.count && agency.passages == most.reduce(0, +))
            #expect(agency.duplicates == own.count - groups.count)
            #expect(agency.years == Set(own.compactMap(\.year)).sorted())
        }
        #expect(counts.years.reduce(0) { $0 + $1.duplicates } == counts.duplicates)
        let reports = counts.years.reduce(0) { $0 + $1.reports }
        #expect(reports == counts.agencies.reduce(0) { $0 + $1.reports })
    }
}
