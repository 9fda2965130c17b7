import ReportModel
import ReportParsing
import Testing

@Suite("The numbers that a narrative states")
struct NarrativeFigureTests {
    /// The figures of a report on 2023 with some narrative in its first section.
    private func figures(
        _ narrative: String, under subsection: String = "（二）依申请公开", sixth: String = "无。"
    ) throws -> [NarrativeFigure] {
        let text = """
            云岫县某某局2023年政府信息公开工作年度报告

            一、总体情况

            \(subsection)

            \(narrative)

            五、存在的主要问题及改进情况

            暂无。

            六、其他需要报告的事项

            \(sixth)
            """
        return try ReportParser().report(from: Array(text.utf8)).narrative
    }

    private func values(
        _ narrative: String, under subsection: String = "（二）依申请公开"
    ) throws -> [String: Double] {
        Dictionary(
            try figures(narrative, under: subsection).map { ($0.subject.rawValue, $0.value) },
            uniquingKeysWith: { one, _ in one })
    }

    @Test(
        "A number counts what the words before it name",
        arguments: [
            ("2023年，我局共收到政府信息公开申请18件，全部办结。", ["requests.new": 18.0]),
            (
                "全年新收申请四十三宗，办结40宗，结转下年度继续办理3宗。",
                ["requests.new": 43, "requests.results_total": 40, "requests.carried_out": 3]
            ),
            (
                "受理12件政府信息公开申请，其中自然人申请10件、法人或其他组织2件。",
                [
                    "requests.new": 12, "requests.new.natural_person": 10,
                    "requests.new.organisations": 2,
                ]
            ),
            (
                "收到申請７件，上年結轉２件，予以公開5件，不予公開1件，無法提供３件。",
                [
                    "requests.new": 7, "requests.carried_in": 2, "requests.granted": 5,
                    "requests.denied": 1, "requests.unable": 3,
                ]
            ),
            (
                "制发行政规范性文件26件，废止34件，现行有效211件。",
                [
                    "proactive.normative_docs.issued": 26, "proactive.normative_docs.repealed": 34,
                    "proactive.normative_docs.in_force": 211,
                ]
            ),
            (
                "全年收到申请三件，其中1件部分公开，两件予以公开。",
                ["requests.new": 3, "requests.partial": 1, "requests.granted": 2]
            ),
            (
                "收到申请9件。行政复议3起，其中维持2起，纠正1起；行政诉讼1起。",
                [
                    "requests.new": 9, "disputes.review": 3, "disputes.review.upheld": 2,
                    "disputes.review.corrected": 1, "disputes.litigation": 1,
                ]
            ),
            (
                "办理行政许可1,286件，作出行政处罚决定12起，收取行政事业性收费43.788万元。",
                ["proactive.licensing": 1286, "proactive.penalties": 12, "proactive.fees": 43.788]
            ),
            ("共办理申请34件。", ["requests.handled": 34]),
            ("漏列一份图纸，有1件复议被纠正。", ["disputes.review.corrected": 1]),
            (
                "全年共收到申请41件（含上年结转3件）。",
                ["requests.received": 41, "requests.carried_in": 3]
            ),
            ("收到公民、法人或其他组织申请3件。", ["requests.new": 3]),
            (
                "办理申请20件，其中新收18件，上年结转2件。",
                ["requests.handled": 20, "requests.new": 18, "requests.carried_in": 2]
            ),
            (
                "没有发生因政府信息公开引起的行政复议、行政诉讼案件。",
                ["disputes.review": 0, "disputes.litigation": 0]
            ),
            ("结转2024年2件。", ["requests.carried_out": 2]),
            (
                "本年度未收到政府信息公开申请，未发生行政复议、行政诉讼。",
                ["requests.new": 0, "disputes.review": 0, "disputes.litigation": 0]
            ),
        ] as [(String, [String: Double])])
    func reads(narrative: String, expected: [String: Double]) throws {
        #expect(try values(narrative) == expected)
    }

    @Test(
        "A number that may count something else is not read",
        arguments: [
            "去年收到申请20件，办结18件。", "比2022年增加申请5件。", "2022年收到申请5件。",
            "截至目前累计收到申请250件。", "上半年收到申请6件。", "涉及征迁的申请12件。",
            "公开行政许可信息120条，行政处罚信息30条。", "网站发布信息1535条。", "申请人有20个。",
            "办理人大建议和政协提案30件，办结30件。", "规范性文件解读9篇。", "制定措施3件。",
            "收到申请时限共20个工作日。", "编制规范性文件目录3份。", "信函申请4件，办结率100%。",
            "未收到申请人不满意的意见。", "行政许可事项20项。", "每件申请3日内答复。",
            "二十一件申请都在问补偿。", "有3件申请。", "制定、废止规范性文件3件。", "答复申请7件。", "收到咨询、申请5件。",
        ])
    func leavesAlone(narrative: String) throws {
        #expect(try values(narrative) == [:])
    }

    @Test("Reviews of other decisions are not those about requests")
    func otherReviews() throws {
        #expect(try values("办理行政复议案件258件。", under: "（一）主动公开") == [:])
        #expect(
            try values("因政府信息公开引发行政复议2件。", under: "（一）主动公开")
                == ["disputes.review": 2])
    }

    @Test("Approximate numbers say how far they may be off")
    func approximate() throws {
        let figures = try figures("收到申请20余件，办结约180件，予以公开近3万件，部分公开7件左右。")
        #expect(figures.map(\.value) == [20, 180, 30_000, 7])
        #expect(figures.map(\.tolerance) == [10, 10, 10_000, 1])
        #expect(try self.figures("收到申请20件。").map(\.tolerance) == [0])
    }

    @Test(
        "The fee of section 6 is an amount, or none",
        arguments: [
            ("2023年没有收取信息处理费。", 0), ("本年度收取信息处理费380元。", 380),
            ("本年度未向申请人收取任何信息处理费。", 0), ("发出收费通知2件，共计400元。", 400),
            ("我局不存在相关收费业务。", 0), ("全年收取信息处理费0.5万元。", 5_000),
            ("按标准每件收取30元，信息处理费总金额90元。", 90), ("信息处理费按规定执行。", nil), ("全年未收取信息处理费，减免复印费用37元。", 0),
            ("无其他需要报告的事项。", nil),
        ] as [(String, Double?)])
    func fee(sentence: String, yuan: Double?) throws {
        let found = try figures("暂无。", sixth: sentence).filter { $0.subject == .processingFee }
        #expect(found.first?.value == yuan)
    }

    @Test("A narrative about another year than the title is told")
    func years() throws {
        let figures = try figures("2022年，我局收到申请5件，均已办结。")
        #expect(figures.map(\.subject) == [.year, .year])
        #expect(figures.map(\.value) == [2023, 2022])
        #expect(figures.map(\.line) == [1, 7])
        let later = try self.figures("报告期内，工作平稳有序。所列数据的统计期限自2022年1月1日起。")
        #expect(later.map(\.value) == [2023, 2022])
        #expect(try self.figures("2023年，我局比2022年多收到申请5件。").isEmpty)
        #expect(try self.figures("2022年，我局获评先进。2023年，我局继续努力。").isEmpty)
        #expect(try self.figures("2019年5月，新条例施行。").isEmpty)
    }

    @Test("A figure stands on its own line of a wrapped paragraph")
    func lines() throws {
        let narrative = """
            全年通过门户网站、公告栏和微信公众号发布各类工作动态与便民提示数百条，内容涵盖农村饮水、
            村级道路、学校食堂、集市摊位等居民日日要问的事情，并在村口广播里逐日播出，让不上网的老人家
            也听得见，收到申请18件，全部在法定期限之内答复完毕，没有发生一件逾期或者遗漏的事情。
            """
        let found = try figures(narrative)
        #expect(found.map(\.line) == [9])
        #expect(found.first?.sentence.contains("收到申请18件") == true)
    }
}
