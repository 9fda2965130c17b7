import ReportModel
import SegmentStore
import TestSupport
import Testing

@Suite("A report as a document of libxapian") struct ReportDocumentTests {
    /// The document of a report.
    func document(_ change: (inout Report) -> Void) -> ReportDocument {
        var report = Report(kind: .annualReport, form: .form2021, encoding: "utf-8")
        change(&report)
        let record = ReportRecord(report, sha256: String(repeating: "ab", count: 32))
        return ReportDocument(record)
    }

    func texts(_ document: ReportDocument, _ prefix: ReportDocument.Prefix) -> [String] {
        document.booleanTerms.map { String(decoding: $0, as: UTF8.self) }.filter { term in
            let name = term.prefix { $0.isASCII && $0.isUppercase }
            return name == prefix.rawValue
        }
    }

    @Test("Terms and values tell 0 from unknown, whatever a table holds", arguments: 0..<60)
    func zerosAndBlanks(round: Int) {
        var random = SeededGenerator(seed: UInt64(round))
        var table = StatisticTable()
        let share = round % 4
        for field in StatisticField.all.indices where Int.random(in: 0...9, using: &random) > share
        {
            let value: Double? =
                switch Int.random(in: 0...9, using: &random) {
                case 0: nil
                case 1: Double.random(in: 0.1...99, using: &random)
                case 2: Double(Int.random(in: 1...9000, using: &random))
                default: 0
                }
            table[field] = Cell(
                value: value, status: value == nil ? .blank : .printed, raw: "", line: 1)
        }
        let form = OfficialForm.allCases[round % OfficialForm.allCases.count]
        let document = document {
            $0.form = form
            $0.statistics = table
        }
        for field in StatisticField.all.indices {
            #expect(
                document.value(ofField: field) == table.value(of: field),
                "seed \(round), field \(field)")
        }
        for identity in form.identities {
            let terms = [
                ReportDocument.term(.failingIdentity, identity.id),
                ReportDocument.term(.unknownIdentity, identity.id),
            ]
            let held = terms.map(document.booleanTerms.contains)
            switch identity.result(in: table).state {
            case .holds: #expect(held == [false, false])
            case .fails: #expect(held == [true, false])
            case .unknown: #expect(held == [false, true])
            }
        }
        #expect(!document.values.contains { $0.key < ReportDocument.yearSlot && $0.value == 0 })
    }

    @Test("Who and what the report is are terms, folded")
    func names() {
        let document = document {
            $0.title = "ＡＢ云岫县2022 某局，报\n告"
            $0.agency = "雲岫县某局"
            $0.agencyAliases = ["某局"]
            $0.year = 2022
            $0.region = Region(province: "某省", city: nil, county: "云岫县")
        }
        #expect(texts(document, .agency) == ["A云岫县某局"])
        #expect(texts(document, .alias) == ["AA某局"])
        #expect(texts(document, .province) == ["RP某省"])
        #expect(texts(document, .city) == [])
        #expect(texts(document, .county) == ["RD云岫县"])
        #expect(texts(document, .year) == ["Y2022"])
        #expect(texts(document, .form) == ["F2021"])
        #expect(texts(document, .level) == ["Lcounty"])
        #expect(texts(document, .kind) == ["Kannual_report"])
        #expect(texts(document, .content) == ["Q" + String(repeating: "ab", count: 32)])
        #expect(
            document.words == [
                "ab": 1, "2022": 1, "云": 3, "云岫": 3, "岫": 3, "岫县": 3, "县": 3, "县某": 1, "某": 4,
                "某局": 3, "局": 3, "报": 1, "报告": 1, "告": 1, "某省": 1, "省": 1,
            ])
        let lines = String(decoding: document.data, as: UTF8.self).split(separator: "\n")
        #expect(
            lines.map(String.init) == [
                "id=abababababababab", "sha256=" + String(repeating: "ab", count: 32),
                "title=ＡＢ云岫县2022 某局，报 告", "agency=雲岫县某局", "year=2022", "province=某省",
                "county=云岫县", "form=2021", "kind=annual_report",
            ])
        #expect(document.values == [ReportDocument.yearSlot: 2022])
    }

    @Test("The slot of the year is above those of the cells")
    func slots() {
        #expect(StatisticField.all.count <= Int(ReportDocument.yearSlot))
        let names = Set(ReportDocument.Prefix.allCases.map(\.rawValue))
        #expect(names.count == ReportDocument.Prefix.allCases.count)
        // Values are folded, so a prefix ends where the upper case does.
        #expect(names.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isUppercase } })
    }
}
