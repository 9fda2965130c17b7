import Foundation
import TestSupport
import Testing

/// The needs of people who read many reports, each answered by one command over the samples.
@Suite("Every need is answered by one command")
struct NeedTests {
    /// A need by its number, and the reports that answer it.
    struct Need: Sendable, CustomTestStringConvertible {
        let number: Int
        let arguments: [String]
        let files: [String]

        init(_ number: Int, _ arguments: String..., gives files: String...) {
            (self.number, self.arguments, self.files) = (number, arguments, files)
        }

        var testDescription: String { "\(number): \(arguments.joined(separator: " "))" }
    }

    private static let found = [
        Need(1, "\"一图读懂\" year:2021 region:泾川县", gives: "jingchuan-shuju/2021"),
        Need(2, "agency:潜江市智慧水网运行中心", gives: "qianjiang-shuiwang/2023", "qianjiang-shuiwang/2024"),
        Need(
            4, "region:上饶市", gives: "wuyuan-lvju/2020", "wuyuan-lvju/2021", "wuyuan-lvju/2022",
            "wuyuan-lvju/2023"),
        Need(5, "region:甘肃省 year:2022", gives: "jingchuan-shuju/2022"),
        Need(7, "\"在镇上赶集时循环播放\"", gives: "jingchuan-shuju/2022"),
        Need(8, "\"园区企业一百三十六户\"", gives: "yunxiu-yingshang/2022"),
        Need(9, "\"题目，先后走访园区企业\"", gives: "yunxiu-yingshang/2022"),
        Need(10, "\"4月16日8时\"", gives: "kuandian-gongshui/停水通知"),
        Need(11, "\"讓數據上船\"", gives: "shengsi-haidao/2023"),
        Need(12, "\"下一步,冬季改在\"", gives: "jingchuan-shuju/2023"),
        Need(13, "\"2.4萬班次\"", gives: "shengsi-haidao/2023"),
        Need(14, "\"一图读懂\" section:5", gives: "jingchuan-shuju/2021"),
        Need(15, "sub:监督保障 考核", gives: "jingchuan-shuju/2021"),
        Need(
            16, "\"政务公开专区\" -大厅", gives: "jingchuan-shuju/2021", "lanxi-zhengwu/2024",
            "wuyuan-lvju/2021"),
        Need(
            17, "三审三校 OR 车位议事会", gives: "平遥县古城停车与交通服务局/2022年年报",
            "平遥县古城停车与交通服务局/一图读懂智慧停车收费办法"),
        Need(18, "公告 NEAR/15 征迁", gives: "jingchuan-shuju/2023", "jingchuan-shuju/2024"),
        Need(
            20, "section:6 length<=20 year:2020", gives: "jingchuan-shuju/2020", "wuyuan-lvju/2020"),
        Need(23, "year:2024 榕江", gives: "rongjiang-guzhai/榕江县古寨保护2024年报"),
        Need(
            25, "agency:unknown OR year:unknown", gives: "kuandian-gongshui/停水通知",
            "平遥县古城停车与交通服务局/一图读懂智慧停车收费办法"),
        Need(
            26, "requests.new.total>0 region:湖北", gives: "qianjiang-shuiwang/2023",
            "qianjiang-shuiwang/2024"),
        Need(27, "新收=0", gives: "lanxi-zhengwu/2022"),
        Need(
            28, "新收=10..20 year:2022..2023", gives: "jingchuan-shuju/2023",
            "kuandian-gongshui/2022", "qianjiang-shuiwang/2023", "yaan-suanli/2023",
            "yunxiu-yingshang/2023", "平遥县古城停车与交通服务局/2022年年报"),
        Need(
            29, "结转下年>0 year:2020..2021", gives: "jingchuan-shuju/2020", "jingchuan-shuju/2021",
            "shengsi-haidao/2021"),
        Need(
            30, "新收.法律服务机构>0 -region:重庆市", gives: "jingchuan-shuju/2021", "jingchuan-shuju/2022",
            "kuandian-gongshui/2023", "平遥县古城停车与交通服务局/2022年年报"),
        Need(31, "新收.商业企业>0 region:江西", gives: "wuyuan-lvju/2021", "wuyuan-lvju/2023"),
        Need(32, "不予公开.国家秘密>0"),
        Need(
            34, "复议.结果纠正>=1", gives: "jingchuan-shuju/2022", "tongliang-jiuqu/2022",
            "tongliang-jiuqu/2023", "平遥县古城停车与交通服务局/2023年年报"),
        Need(
            35, "disputes.litigation.total>=1", gives: "kuandian-gongshui/2023",
            "kuandian-gongshui/2024", "tongliang-jiuqu/2022", "tongliang-jiuqu/2023",
            "tongliang-jiuqu/2024"),
        Need(36, "disputes.litigation.after_review.pending>0", gives: "tongliang-jiuqu/2024"),
        Need(
            38, "规范性文件.废止>规范性文件.制发", gives: "tongliang-jiuqu/2024", "wuyuan-lvju/2022",
            "yaan-suanli/2024", "平遥县古城停车与交通服务局/2023年年报"),
        Need(39, "收费>1 region:四川", gives: "yaan-suanli/2023", "yaan-suanli/2024"),
        Need(40, "处罚>100 新收=0"),
        Need(41, "信息处理费>0", gives: "qianjiang-shuiwang/2023", "tongliang-jiuqu/2023"),
        Need(
            42, "征迁 新收>=10", gives: "jingchuan-shuju/2022", "jingchuan-shuju/2023",
            "jingchuan-shuju/2024", "tongliang-jiuqu/2022", "tongliang-jiuqu/2023"),
        Need(
            43, "missing(新收)", gives: "kuandian-gongshui/停水通知",
            "平遥县古城停车与交通服务局/一图读懂智慧停车收费办法"),
        Need(44, "form:60号 政府集中采购.金额>0", gives: "jingchuan-shuju/2020", "wuyuan-lvju/2020"),
        Need(55, "check:any=fails", gives: "tongliang-jiuqu/2022", "tongliang-jiuqu/2023"),
        Need(55, "check:balance:*=fails"),
        Need(55, "check:row:*=fails", gives: "tongliang-jiuqu/2023"),
        Need(56, "check:carry=fails", gives: "tongliang-jiuqu/2022", "tongliang-jiuqu/2023"),
        Need(57, "check:narrative=differs", gives: "yunxiu-yingshang/2023"),
        Need(58, "check:in_force=differs"),
        Need(60, "check:year=conflict"),
    ]

    @Test("A need finds its reports and no other", arguments: found)
    func files(_ need: Need) async throws {
        let work = try await SharedIndex.samples.value
        #expect(try await work.files(need.arguments).sorted() == need.files.sorted())
    }

    private static let sorted = [
        Need(
            3, "agency:泾川县数据资源和政务服务中心", "--sort", "year", gives: "jingchuan-shuju/2020",
            "jingchuan-shuju/2021", "jingchuan-shuju/2022", "jingchuan-shuju/2023",
            "jingchuan-shuju/2024"),
        Need(
            33, "无法提供.本机关不掌握>0 year:2023", "--sort", "-无法提供.本机关不掌握",
            gives: "tongliang-jiuqu/2023", "jingchuan-shuju/2023", "qianjiang-shuiwang/2023",
            "rongjiang-guzhai/2023", "yaan-suanli/2023"),
        Need(
            37, "规范性文件.有效>0 region:山西", "--sort", "-规范性文件.有效",
            gives: "平遥县古城停车与交通服务局/2022年年报", "平遥县古城停车与交通服务局/2021年年报",
            "平遥县古城停车与交通服务局/2023年年报"),
    ]

    @Test("A need has its reports in order", arguments: sorted)
    func order(_ need: Need) async throws {
        let work = try await SharedIndex.samples.value
        #expect(try await work.files(need.arguments) == need.files)
    }

    @Test("6 and 19: what was misspelt or shortened is told")
    func suggestions() async throws {
        let work = try await SharedIndex.samples.value
        let agency = try await work.run("search", "agency:泾川政务中心")
        #expect(agency.status == 1 && agency.errors.contains("泾川县数据资源和政务服务中心"))
        let word = try await work.run("search", "政测解读")
        #expect(word.errors.contains("政策解读"))
    }

    @Test("21: a passage is read between its neighbours, with file and line")
    func context() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run("search", "\"讓數據上船\"", "--context", "1")
        #expect(run.status == 0 && run.output.contains("shengsi-haidao/2023.txt:"))
    }

    @Test("22: a table as it is printed")
    func table() async throws {
        let work = try await SharedIndex.samples.value
        let file = Sample.folder.appending(path: "tongliang-jiuqu/2023.txt").path
        let run = try await work.run("show", file, "--tables")
        #expect(run.status == 0 && run.output.contains("本年新收政府信息公开申请数量"))
    }

    @Test("24: agencies, years and regions with their counts")
    func facets() async throws {
        let work = try await SharedIndex.samples.value
        let run = try await work.run("search", "--facet", "agency,year,region")
        #expect(run.status == 0)
        for name in ["泾川县数据资源和政务服务中心", "2022", "江西省"] {
            #expect(run.output.contains(name), "\(name)")
        }
    }

    @Test("59: text printed twice in a report")
    func copied() async throws {
        let work = try await SharedIndex.samples.value
        let file = Sample.folder.appending(path: "lanxi-zhengwu/2023.txt").path
        let run = try await work.run("similar", file, "--min", "50", "--format", "jsonl")
        #expect(run.status == 0 && run.lines.count == 1)
        #expect(run.output.contains("\"length\":58"))
    }
}
