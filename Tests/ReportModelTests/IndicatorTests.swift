import ReportModel
import Testing

@Suite("Indicators are named formulas over cells")
struct IndicatorTests {
    private static func table(_ values: [String: Double]) throws -> StatisticTable {
        var table = StatisticTable()
        for (name, value) in values {
            let statistic = try #require(Statistic.named(name), "\(name)")
            table[statistic.fields[0]] = Cell(
                value: value, status: .printed, raw: value.figure, line: 1)
        }
        return table
    }

    @Test("The fifteen ratios keep their keys, names and values")
    func fifteen() throws {
        let keys = [
            "granted", "partial", "disclosed", "denied", "unable", "not_processed",
            "other_handling", "completed", "carried_out", "natural_person", "organisations",
            "review_corrected", "litigation_corrected", "direct_corrected",
            "after_review_corrected",
        ]
        for key in keys {
            let one = try #require(Statistic.named("rate." + key))
            #expect(one.isRatio && one.english != nil && one.isOfOneReport)
        }
        let table = try Self.table(["予以公开": 60, "部分公开": 21, "办理总计": 263, "新收": 250])
        let disclosed = try #require(Statistic.named("公开率"))
        #expect(disclosed.definition == "(予以公开 + 部分公开) ÷ 办理总计")
        #expect(disclosed.value(in: table) == 81.0 / 263)
        #expect(Statistic.named("按新收公开率")?.value(in: table) == 81.0 / 250)
        // One of the numbers below is not known.
        #expect(Statistic.named("可答复公开率")?.value(in: table) == nil)
    }

    @Test("Keys and names are each of one statistic, and every formula reads as it is printed")
    func table() throws {
        var known: [String: String] = [:]
        for statistic in Statistic.all where statistic.definition != nil {
            for name in statistic.names + [statistic.key] {
                #expect(known.updateValue(statistic.key, forKey: name) == nil, "\(name)")
                #expect(Statistic.named(name) == statistic)
            }
            #expect(statistic.english?.isEmpty == false)
            #expect(!statistic.formula.operands.isEmpty)
        }
        for statistic in Statistic.all {
            guard let definition = statistic.definition, statistic.isOfOneReport,
                !definition.contains("为0")
            else { continue }
            let again = try Formula(parsing: definition) { Statistic.named($0)?.formula }
            #expect(again == statistic.formula, "\(definition)")
        }
    }

    @Test("Nothing out of nothing is no share, and a blank is not 0")
    func undefined() throws {
        let rate = try #require(Statistic.named("复议纠错率"))
        #expect(rate.value(in: try Self.table(["复议": 0, "复议.结果纠正": 0])) == nil)
        #expect(rate.value(in: try Self.table(["复议": 4])) == nil)
        #expect(rate.value(in: try Self.table(["复议": 4, "复议.结果纠正": 1])) == 0.25)
        let decided = try #require(Statistic.named("复议已结纠错率"))
        #expect(
            decided.value(in: try Self.table(["复议": 4, "复议.结果纠正": 1, "复议.尚未审结": 2])) == 0.5)
    }

    @Test("Members of a composition share one whole")
    func compositions() throws {
        for composition in Composition.all {
            let members = try composition.members.map { try #require(Statistic.named($0)) }
            let wholes = Set(members.compactMap { $0.formula.quotient?.denominator })
            #expect(wholes.count == 1 && members.count >= 6)
        }
    }

    @Test("Formulas of users are read, and mistakes told with their position")
    func users() throws {
        func formula(_ text: String) throws(FormulaError) -> Formula {
            try Formula(parsing: text) { Statistic.named($0)?.formula }
        }
        let one = try formula("（予以公开＋部分公开）÷ 新收 × 100")
        #expect(one.description == "(予以公开 + 部分公开) ÷ 新收 × 100")
        let table = try Self.table(["予以公开": 3, "部分公开": 1, "新收": 8])
        #expect(one.value { $0.value { table.value(of: $0) } } == 50)
        #expect(one.quotient?.denominator.description == "新收")
        let errors: [(String, FormulaError.Reason, Int)] = [
            ("新受 / 新收", .unknownName("新受"), 0), ("新收 /", .expectedOperand, 4),
            ("(新收", .unclosed, 3), ("新收 ) ", .unexpected(")"), 3), ("", .expectedOperand, 0),
            ("新收 + 收费", .mixedUnits(["件", "万元"]), 0),
            (String(repeating: "(", count: 40) + "新收", .tooLong, 33),
        ]
        for (text, reason, offset) in errors {
            #expect(throws: FormulaError(reason, at: offset), "\(text)") { try formula(text) }
        }
    }

    @Test("Forms that lack a cell lack the indicator")
    func forms() throws {
        #expect(Statistic.named("规范性文件净增")?.formula.forms == [.form2021])
        #expect(Statistic.named("执法量")?.formula.forms == [.form2021, .form2019])
        #expect(Statistic.named("予以公开率")?.formula.forms == [.form2021, .form2019])
        #expect(Statistic.named("其他处理率")?.formula.forms == [.form2021, .form2019])
    }
}
