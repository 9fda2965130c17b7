import Foundation
import GeneratedReports
import ReportModel
import ReportParsing
import Testing

@Suite("Tables whose grid was damaged give no wrong number")
struct DamagedGridTests {
    /// More with DAMAGED_TABLES=20000, and from another seed with DAMAGED_SEED.
    private static let count =
        ProcessInfo.processInfo.environment["DAMAGED_TABLES"].flatMap { Int($0) } ?? 400
    private static let seed =
        ProcessInfo.processInfo.environment["DAMAGED_SEED"].flatMap { UInt64($0) } ?? 30_000

    @Test("No value is another than its cell says, and what was left alone is read")
    func values() throws {
        var wrong: [String] = []
        var untouched = 0
        var read = 0
        var values = 0
        for seed in Self.seed..<(Self.seed + UInt64(Self.count)) {
            let tables = DamagedTables(seed: seed)
            let report = try ReportParser().report(from: tables.bytes)
            for field in report.statistics.fields {
                guard let cell = report.statistics[field], let value = cell.value else { continue }
                values += 1
                if let truth = tables.truth[field], abs(truth - value) < 1e-9 { continue }
                // What a lost or doubtful cell must be for the sums is said to be inferred.
                if cell.status == .inferred { continue }
                wrong.append(
                    "seed \(seed) \(tables.format.rawValue) \(tables.damages): "
                        + "\(StatisticField.all[field].key) \(value.figure) (\(cell.status)) for "
                        + "\(tables.truth[field]?.figure ?? "none")")
            }
            for field in tables.untouched {
                untouched += 1
                if report.statistics.value(of: field) != nil { read += 1 }
            }
        }
        print(
            "\(Self.count) damaged tables from seed \(Self.seed): \(values) values, "
                + "\(wrong.count) wrong; \(read) of \(untouched) cells left alone are read")
        #expect(wrong.isEmpty, "\(wrong.prefix(20).joined(separator: "\n"))")
        #expect(Double(read) >= 0.98 * Double(untouched))
    }

    private func requests(_ table: String, page: Bool) throws -> StatisticTable {
        let before = [
            "云岫县航标养护站2023年政府信息公开工作年度报告", "一、总体情况", "全年公开水位信息20条。", "三、收到和处理政府信息公开申请情况",
        ]
        let after = ["六、其他需要报告的事项", "本年度没有收取信息处理费。"]
        func lines(_ texts: [String]) -> String {
            texts.map { page ? "<p>\($0)</p>" : $0 + "\n" }.joined()
        }
        let own = page ? "<table>\(table)</table>" : table + "\n\n"
        let text = (page ? "<!DOCTYPE html>" : "") + lines(before) + own + lines(after)
        return try ReportParser().report(from: Array(text.utf8)).statistics
    }

    private func row(_ cells: [String]) -> String {
        "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }

    private static let heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]

    @Test("Last year's number does not fill the place of a lost cell", arguments: ["16", ""])
    func precedingColumn(_ lastYear: String) throws {
        let read = try requests(
            row(["申请人情况", "上年数"] + Self.heads)
                + row(["一、本年新收政府信息公开申请数量", "9", "3", "1", "0", "0", "0", "0", "4"])
                + row(["二、上年结转政府信息公开申请数量", lastYear, "1", "0", "1", "0", "0", "0"]),
            page: true)
        #expect(read["requests.new.natural_person"]?.value == 3)
        #expect(read["requests.new.total"]?.value == 4)
        for column in ApplicantColumn.allCases {
            #expect(read["requests.carried_in.\(column.rawValue)"]?.value == nil)
        }
    }

    @Test(
        "What stands beside the head over organisations stands where it is printed",
        arguments: [(["总计"], "total"), (["自然人"], "natural_person")], [true, false])
    func besideTheSpan(_ other: ([String], String), _ isFirst: Bool) throws {
        let (alone, key) = other
        let span = ["法人或其他组织", "", "", "", ""]
        let below = Array(Self.heads[1...5])
        let rows = [
            ["申请人情况"] + (isFirst ? alone + span : span + alone),
            ["---", "---", "---", "---", "---", "---", "---"],
            ["申请人情况"] + (isFirst ? alone + below : below + alone),
            ["一、本年新收政府信息公开申请数量"]
                + (isFirst ? ["24", "4", "0", "0", "0", "11"] : ["4", "0", "0", "0", "11", "24"]),
        ]
        let read = try requests(
            rows.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"),
            page: false)
        #expect(read["requests.new.\(key)"]?.value == 24)
        #expect(read["requests.new.commercial"]?.value == 4)
        #expect(read["requests.new.other_org"]?.value == 11)
    }

    @Test("Heads of a grid that does not fit the rows name none of their numbers")
    func brokenGrid() throws {
        let blanks = ["148", "-", "-", "11", "21", "-", "180"]
        let read = try requests(
            row(["", "申请人情况"]) + row(["自然人", "法人或其他组织", "总计"]) + row(Array(Self.heads[1...5]))
                + row(["一、本年新收政府信息公开申请数量"] + blanks)
                + row(["二、上年结转政府信息公开申请数量", "0", "0", "0", "2", "1", "0", "3"]),
            page: true)
        let research = read["requests.new.research"]?.value
        #expect(research == nil)
        #expect([nil, 180].contains(read["requests.new.total"]?.value))
    }
}
