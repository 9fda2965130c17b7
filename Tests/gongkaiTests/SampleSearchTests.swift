import Foundation
import ReportModel
import TestSupport
import Testing

@Suite("The sample reports answer as their readings say")
struct SampleSearchTests {
    // MARK: Text

    private static let publicArea = [
        "jingchuan-shuju/2021 §1（四）", "jingchuan-shuju/2023 §1（三）", "lanxi-zhengwu/2024 §1（三）",
        "wuyuan-lvju/2021 §1（四）",
    ]
    private static let secrecy = [
        "jingchuan-shuju/2021 §1（三）", "jingchuan-shuju/2023 §1（四）",
        "kuandian-gongshui/2022 §1（三）", "yaan-suanli/2022 §1（四）",
        "yunxiu-yingshang/2022 §1（五）", "yunxiu-yingshang/2024 §1（五）",
    ]
    private static let picture = [
        "jingchuan-shuju/2021 §5", "jingchuan-shuju/2021 §5", "shengsi-haidao/2022 §1（一）",
        "平遥县古城停车与交通服务局/一图读懂智慧停车收费办法 §0",
    ]

    private static let texts = [
        PassageRow("\"政务公开专区\"", gives: publicArea),
        PassageRow("“政務公開專區”", gives: publicArea),
        PassageRow("政务公开专区", "--match", "phrase", gives: publicArea),
        PassageRow("\"政务公开专区\"", "--agency", "泾川县", gives: Array(publicArea.prefix(2))),
        PassageRow("\"保密审查\"", gives: secrecy),
        PassageRow("\"保密审查\" year:2022", gives: secrecy.filter { $0.contains("2022") }),
        PassageRow(
            "\"保密审查\"", "--year", "2021", "--year", "2024",
            gives: secrecy.filter { $0.contains("2021") || $0.contains("2024") }),
        PassageRow("\"一图读懂\"", gives: picture),
        PassageRow("\"一图读懂\" form:none", gives: Array(picture.suffix(1))),
        PassageRow("\"一图读懂\" NOT form:none", gives: Array(picture.prefix(3))),
        PassageRow("\"一图读懂\"", "--form", "2021", gives: Array(picture.prefix(3))),
        PassageRow("\"一图读懂\" -节:5 -节:1", gives: Array(picture.suffix(1))),
        PassageRow("\"一图读懂\"", "-节:5", "-节:1", gives: Array(picture.suffix(1))),
        PassageRow("-节:5", "\"一图读懂\"", "-form:none", gives: [picture[2]]),
        PassageRow("--", "-节:5", "-LED", "\"一图读懂\"", gives: Array(picture.suffix(2))),
        PassageRow("title:停水的通知", gives: Array(repeating: "kuandian-gongshui/停水通知 §0", count: 3)),
        PassageRow("file:平遥*/一图* 申诉", gives: Array(picture.suffix(1))),
        PassageRow("赶集", gives: ["jingchuan-shuju/2022 §1（一）"]),
        // A line wrap with a blank line between, radicals, a page number inside the paragraph.
        PassageRow("\"在镇上赶集时循环播放\"", gives: ["jingchuan-shuju/2022 §1（一）"]),
        PassageRow("\"题目，先后走访园区企业一百三十六户\"", gives: ["yunxiu-yingshang/2022 §1"]),
        PassageRow("\"园区企业⼀百三⼗六⼾\"", gives: ["yunxiu-yingshang/2022 §1"]),
        PassageRow("\"看清楚三年间哪座机房变凉了\"", gives: ["yaan-suanli/2024 §1（一）"]),
        // Traditional files and Taiwan words, asked for either way.
        PassageRow("\"让数据上船\"", gives: ["shengsi-haidao/2023 §1（一）"]),
        PassageRow("\"讓數據上船\"", gives: ["shengsi-haidao/2023 §1（一）"]),
        PassageRow("\"没有收取资讯处理费\"", gives: ["wuyuan-lvju/2023 §6"]),
        // A report on one line still has its parts.
        PassageRow("\"木料来源、匠人姓名\"", gives: ["rongjiang-guzhai/2023 §1（三）"]),
        // Width, case, spaces and digits make no difference.
        PassageRow("\"4 月１６日８时至18时\"", gives: ["kuandian-gongshui/停水通知 §0"]),
        PassageRow(
            "\"４月16日\" OR \"2.4萬班次\"",
            gives: [
                "kuandian-gongshui/停水通知 §0", "shengsi-haidao/2023 §1（一）",
            ]),
        // A phrase ends with its sentence, unless it says how the sentence ends.
        PassageRow("\"平均回复时间十九小时专区\"", gives: []),
        PassageRow("\"平均回复时间十九小时。专区\"", gives: ["yunxiu-yingshang/2022 §1（四）"]),
        PassageRow("\"循环播放。网站改版后\"", gives: []),
        PassageRow("\"循环播放网站改版后\"", gives: []),
        // A table is no text.
        PassageRow("\"行政规范性文件 3 0 3\"", gives: []),
        PassageRow("车位议事会", "申诉", gives: ["平遥县古城停车与交通服务局/一图读懂智慧停车收费办法 §0"]),
    ]

    @Test("Text is found where it stands and nowhere else", arguments: texts)
    func findsPassages(_ row: PassageRow) async throws {
        let work = try await SharedIndex.samples.value
        let hits = try await work.hits(["--match", "all"] + row.arguments)
        #expect(hits.map(\.passageName).sorted() == row.passages)
    }

    // MARK: Fields and statistics

    /// A question, and what a right reading must say for the report to be an answer.
    struct Row: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let isWanted: @Sendable (Sample.Reading) -> Bool

        init(_ arguments: String..., isWanted: @escaping @Sendable (Sample.Reading) -> Bool) {
            (self.arguments, self.isWanted) = (arguments, isWanted)
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let conditions = [
        Row("年:2022") { $0.year == 2022 },
        Row("year:2020..2021") { [2020, 2021].contains($0.year) },
        Row("year:2023..") { ($0.year ?? 0) >= 2023 },
        Row("year:>=2024") { $0.year == 2024 },
        Row("year:unknown") { $0.year == nil },
        Row("年份:2020 OR 年:2024年") { $0.year == 2020 || $0.year == 2024 },
        Row("机关:古城停车") { $0.agency?.contains("古城停车") ?? false },
        Row("单位:unknown") { $0.agency == nil },
        Row("地区:丹东市") { $0.region.city == "丹东市" },
        Row("地區:遼寧") { $0.region.province == "辽宁省" },
        Row("region:四川省 年:2024") { $0.region.province == "四川省" && $0.year == 2024 },
        Row("region:未知") { $0.region == .init(province: nil, city: nil, county: nil) },
        Row("格式:2019") { $0.form == "2019" },
        Row("form:60号") { $0.form == "2019" },
        Row("form:none") { $0.form == "none" },
        Row("新收>=30") { $0["requests.new.total"] ?? -1 >= 30 },
        Row("新收=58") { $0["requests.new.total"] == 58 },
        Row("新收!=0") { $0["requests.new.total"].map { $0 != 0 } ?? false },
        Row("10<=新收 新收<20") { (10..<20).contains($0["requests.new.total"] ?? -1) },
        Row("新收=10..20") { (10...20).contains($0["requests.new.total"] ?? -1) },
        Row("新收=0") { $0["requests.new.total"] == 0 },
        Row("missing(新收)") { $0["requests.new.total"] == nil },
        Row("缺失(不予处理.公开出版物) 格式:2021") {
            $0["requests.not_processed.publication.total"] == nil && $0.form == "2021"
        },
        Row("新收.自然人>上年结转.自然人") {
            exceeds($0["requests.new.natural_person"], $0["requests.carried_in.natural_person"])
        },
        Row("结转下年>上年结转") {
            exceeds($0["requests.carried_out.total"], $0["requests.carried_in.total"])
        },
        Row("proactive.normative_docs.repealed>proactive.normative_docs.issued") {
            exceeds($0["proactive.normative_docs.repealed"], $0["proactive.normative_docs.issued"])
        },
        Row("复议.结果纠正>0") { $0["disputes.review.corrected"] ?? 0 > 0 },
        Row("复议.结果维持>=1 年:2023") {
            $0["disputes.review.upheld"] ?? 0 >= 1 && $0.year == 2023
        },
        Row("诉讼.尚未审结>0") {
            $0.sum([
                "disputes.litigation.direct.pending", "disputes.litigation.after_review.pending",
            ]) ?? 0 > 0
        },
        Row("行政许可>1000") { $0["proactive.licensing.decisions"] ?? 0 > 1000 },
        Row("proactive.fees.amount=0.64") { $0["proactive.fees.amount"] == 0.64 },
        Row("proactive.fees.amount>1.5") { $0["proactive.fees.amount"] ?? 0 > 1.5 },
        Row("(新收>30 OR 年:2020) -地区:重庆市") {
            ($0["requests.new.total"] ?? 0 > 30 || $0.year == 2020) && $0.region.province != "重庆市"
        },
        Row("--where", "新收>5", "--where", "新收<10", "--year", "2021", "--year", "2022") {
            (6..<10).contains($0["requests.new.total"] ?? -1) && [2021, 2022].contains($0.year)
        },
        Row("--agency", "婺源", "--agency", "雅安", "--form", "2021") {
            ["江西省", "四川省"].contains($0.region.province) && $0.form == "2021"
        },
    ]

    @Test("A condition finds the reports that it is true of", arguments: conditions)
    func files(_ row: Row) async throws {
        let work = try await SharedIndex.samples.value
        let right = try Sample.all.filter { row.isWanted(try $0.reading()) }.map(\.name)
        #expect(try await work.files(row.arguments).sorted() == right.sorted())
        #expect(!right.isEmpty, "the row asks for nothing")
    }

    @Test("The table of the guide, by statistic and year")
    func guide() async throws {
        let work = try await SharedIndex.samples.value
        let hits = try await work.hits(["节:5", "--sort", "-新收", "--year", "2023"])
        var seen: [String] = []
        for hit in hits where !seen.contains(hit.report.agency ?? "") {
            seen.append(hit.report.agency ?? "")
        }
        let values = hits.compactMap { $0.values["requests.new.total"] ?? nil }
        #expect(values.first == 58 && values == values.sorted(by: >))
        #expect(seen.first == "铜梁区老旧小区改造推进中心")
        var byAgency: [String: Double] = [:]
        for hit in hits { byAgency[hit.name] = hit.values["requests.new.total"] ?? nil }
        #expect(byAgency.values.reduce(0, +) == 190)
    }

    @Test("Every statistic is compared by its key and its Chinese name")
    func everyStatistic() async throws {
        let work = try await SharedIndex.samples.value
        struct Field: Decodable {
            let key: String
            let names: [String]
        }
        let listed = try await work.run("fields", "--format", "jsonl")
        let fields = try listed.lines.map { try decoded($0, as: Field.self) }
            .filter { $0.key.contains(".") }
        let readings = try Sample.all.map { try $0.reading() }
        let keys = Set(fields.map(\.key))
        #expect(readings.allSatisfy { $0.statistics.keys.allSatisfy(keys.contains) })

        // Each condition with the number of passages of the reports that it is true of.
        var questions: [(query: String, count: Int)] = []
        func ask(_ query: String, _ isWanted: (Sample.Reading) -> Bool) {
            let wanted = readings.filter(isWanted)
            questions.append((query, wanted.reduce(0) { $0 + $1.passages.count }))
        }
        for key in keys where readings.contains(where: { $0[key] != nil }) {
            ask("\(key)>0") { $0[key] ?? 0 > 0 }
            ask("\(key)=0") { $0[key] == 0 }
            ask("missing(\(key))") { $0[key] == nil }
        }
        #expect(questions.count > 3 * 220)
        let names = fields.flatMap { field in
            [("\(field.key)>0", field)] + field.names.map { ("\($0)>0", field) }
        }
        let run = try await work.run(
            ["search", "--batch", "-", "--count"],
            input: (questions.map(\.query) + names.map(\.0)).joined(separator: "\n"))
        let totals = try run.lines.map { try decoded($0, as: SearchAnswer.self) }
        #expect(totals.count == questions.count + names.count)
        for (answer, question) in zip(totals, questions) {
            #expect(answer.query == question.query)
            #expect(answer.total == question.count, "\(question.query)")
        }
        var byKey: [String: Int] = [:]
        for (answer, (query, field)) in zip(totals.dropFirst(questions.count), names) {
            // The narrative of one report tells the fee, which search compares.
            let isOfOneReport = Statistic.named(field.key)?.isOfOneReport ?? true
            if !isOfOneReport, field.key != "narrative.processing_fee" {
                #expect(answer.error?.contains("gongkai stats") ?? false, "\(query)")
                continue
            }
            #expect(answer.error == nil, "\(query)")
            if query == "\(field.key)>0" { byKey[field.key] = answer.total }
            #expect(answer.total == byKey[field.key], "\(query)")
        }
    }
}

extension Sample.Reading {
    fileprivate subscript(_ key: String) -> Double? { statistics[key] }

    fileprivate func sum(_ keys: [String]) -> Double? {
        let values = keys.compactMap { self[$0] }
        return values.count == keys.count ? values.reduce(0, +) : nil
    }
}

/// Whether both numbers are known and the first is the larger.
private func exceeds(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return false }
    return one > other
}
