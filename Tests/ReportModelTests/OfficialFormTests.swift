import Foundation
import ReportModel
import TestSupport
import Testing

/// The parts of the official template that the model must agree with.
private struct Template: Decodable {
    struct Cell: Decodable {
        let key: String
        let unit: String
    }
    struct Identities: Decodable {
        struct Entry: Decodable {
            let id: String
            let lhs: [String]
            let rhs: [String]
        }
        let list: [Entry]
    }
    struct Subtotal: Decodable { let key: String }
    let cells: [Cell]
    let previous_60hao_section2_cells: [Cell]
    let identities: Identities

    static let official: Template? = SampleFiles.shared.flatMap {
        try? JSONDecoder().decode(
            Template.self, from: Data(contentsOf: $0.appending(path: "domain/template.json")))
    }
}

@Suite("The official forms")
struct OfficialFormTests {
    @Test("The 2021 form has 200 cells and 42 identities, the 2019 form 198 and 40")
    func counts() {
        #expect(OfficialForm.form2021.fields.count == 200)
        #expect(OfficialForm.form2021.identities.count == 42)
        #expect(OfficialForm.form2019.fields.count == 198)
        #expect(OfficialForm.form2019.identities.count == 40)
        #expect(StatisticField.all.map(\.index) == Array(StatisticField.all.indices))
    }

    @Test("Keys, order and units are the template's", .enabled(if: Template.official != nil))
    func template() throws {
        let template = try #require(Template.official)
        #expect(
            OfficialForm.form2021.fields.map { StatisticField.all[$0].key }
                == template.cells.map(\.key))
        #expect(
            OfficialForm.form2021.fields.map { StatisticField.all[$0].unit }
                == template.cells.map(\.unit))
        #expect(
            OfficialForm.form2019.rows.filter { $0.section == 2 }.flatMap(\.cellKeys)
                == template.previous_60hao_section2_cells.map(\.key))
    }

    @Test("Identities are the template's", .enabled(if: Template.official != nil))
    func identities() throws {
        let template = try #require(Template.official)
        let keys = { (fields: [Int]) in fields.map { StatisticField.all[$0].key } }
        let own = OfficialForm.form2021.identities
        #expect(own.map(\.id) == template.identities.list.map(\.id))
        for (identity, entry) in zip(own, template.identities.list) {
            #expect(keys(identity.left) == entry.lhs && keys(identity.right) == entry.rhs)
        }
    }

    @Test("An identity over a blank is unknown, not failed")
    func threeValues() throws {
        let identity = try #require(
            OfficialForm.form2021.identities.first { $0.id == "row:new" })
        var table = StatisticTable()
        for field in identity.left + identity.right {
            table[field] = Cell(value: 1, status: .printed, raw: "1", line: 1)
        }
        #expect(identity.result(in: table).state == .fails)
        table[identity.right[0]]?.value = 6
        #expect(identity.result(in: table).state == .holds)
        table[identity.left[2]] = Cell(value: nil, status: .blank, raw: "", line: 1)
        #expect(identity.result(in: table).state == .unknown)
    }

    @Test(
        "Statistics have the names that the contract promises",
        arguments: [
            ("新收", "requests.new.total"), ("新收.自然人", "requests.new.natural_person"),
            ("上年结转", "requests.carried_in.total"), ("予以公开", "requests.granted.total"),
            ("不予公开", "requests.denied.sum.total"),
            ("不予公开.国家秘密", "requests.denied.state_secret.total"),
            ("办理总计", "requests.results_total.total"), ("结转下年", "requests.carried_out.total"),
            ("复议.结果纠正", "disputes.review.corrected"), ("诉讼.总计", "disputes.litigation.total"),
            ("其他处理.其他", "requests.other_handling.other.total"),
            ("规范性文件.制发", "proactive.normative_docs.issued"), ("收费", "proactive.fees.amount"),
        ])
    func names(_ name: String, _ key: String) {
        #expect(Statistic.named(name)?.key == key)
        #expect(Statistic.named(key)?.key == key)
    }

    @Test("A table without its cells is an empty one, whichever there were")
    func emptyTable() {
        var table = StatisticTable()
        let last = StatisticField.all.count - 1
        #expect(table.isEmpty && table[last] == nil && table.fields.isEmpty)
        for field in [3, last, 7] {
            table[field] = Cell(value: 2, status: .printed, raw: "2", line: 1)
        }
        #expect(table.fields == [3, 7, last] && !table.isEmpty)
        for field in [last, 3, 9, 7] { table[field] = nil }
        #expect(table == StatisticTable())
    }

    @Test("A sum is unknown while one of its cells is")
    func sums() throws {
        let denied = try #require(Statistic.named("不予公开"))
        var table = StatisticTable()
        for field in denied.alternatives[0].dropLast() {
            table[field] = Cell(value: 2, status: .printed, raw: "2", line: 1)
        }
        #expect(denied.value(in: table) == nil)
        table[denied.alternatives[0][7]] = Cell(value: 1, status: .printed, raw: "1", line: 1)
        #expect(denied.value(in: table) == 15)
    }

    @Test("Every cell has a Chinese name of its own")
    func everyCellIsNamed() {
        for statistic in Statistic.all {
            #expect(!statistic.names.isEmpty, "\(statistic.key)")
            #expect(
                statistic.names.contains { Statistic.named($0) == statistic },
                "\(statistic.key) \(statistic.names)")
        }
    }
}
