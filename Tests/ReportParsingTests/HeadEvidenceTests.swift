import ReportModel
import ReportParsing
import Testing

@Suite("A report is named by whatever evidence it gives")
struct HeadEvidenceTests {
    /// What stands above the first heading and opens the text, and what a person reads from it.
    struct Case: Sendable, CustomTestStringConvertible {
        let head: String
        let agency: String?
        var year: Int? = 2022
        var region: [String?]?
        var opening = "全年公布水价标准，答复来信12封。"

        var testDescription: String { head + "/" + opening }
    }

    private static let period = "统计期限自2022年1月1日起至2022年12月31日止。"

    static let titles: [Case] = [
        Case(
            head: "栾 川 县 水 利 局 2 0 2 2 年 政 府 信 息 公 开 工 作 年 度 报 告", agency: "栾川县水利局"),
        Case(head: "2 0 2 2 年 栾川县水利局 政府信息公开年报", agency: "栾川县水利局"),
        Case(head: "栾川县水利局２０２２年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "标　　题 栾川县水利局2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "信息名称：栾川县水利局2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "名 称 | 栾川县水利局2022年政府信息公开工作年度报告 | 文 号 | 无 |", agency: "栾川县水利局"),
        Case(head: "栾川县水利局2022年政府信息公开工作年度报告 | ||||||", agency: "栾川县水利局"),
        Case(head: "【年报】栾川县水利局2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "栾川县水利局2022年政府信息公开工作年度报告_栾川县人民政府", agency: "栾川县水利局"),
        Case(head: "栾川县水利局2022年政府信息公开工作年度报告-栾川县人民政府", agency: "栾川县水利局"),
        Case(head: "栾川县水利局（本级机关）2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "栾川县水利局（局机关）2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "栾川县人民政府（汇总）2022年政府信息公开工作年度报告", agency: "栾川县人民政府"),
        Case(head: "栾川县12345热线受理中心2022年政府信息公开工作年度报告", agency: "栾川县12345热线受理中心"),
        Case(head: "洛阳市“一带一路”建设办公室2022年政府信息公开年报", agency: "洛阳市“一带一路”建设办公室"),
        Case(head: "洛阳市5G产业推进局2022年政府信息公开年报", agency: "洛阳市5G产业推进局"),
        Case(head: "《栾川县志》编纂办公室2022年政府信息公开年报", agency: "《栾川县志》编纂办公室"),
        Case(head: "栾川县e政务服务中心2022年政府信息公开年报", agency: "栾川县e政务服务中心"),
        Case(head: "远屿海关2022年政府信息公开工作年度报告", agency: "远屿海关"),
        Case(head: "白石关2022年政府信息公开工作年度报告", agency: "白石关"),
        Case(head: "栾川县水利局【本级】2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "公开名称 栾川县水利局2022年政府信息公开年报 | 公开日期 2023-01-14", agency: "栾川县水利局"),
        Case(head: "当前位置：首页 > 年报 > 栾川县水利局2022年政府信息公开年报", agency: "栾川县水利局"),
        Case(head: "白石关\n2022年政府信息公开工作年度报告", agency: "白石关"),
        Case(head: "栾川县《山水志》编纂办公室2022年\n政府信息公开工作年度报告", agency: "栾川县《山水志》编纂办公室"),
        Case(head: "（栾川县水利局）2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "★栾川县水利局2022年政府信息公开工作年度报告★", agency: "栾川县水利局"),
        Case(head: "[公开年报]栾川县水利局2022年政府信息公开工作年度报告", agency: "栾川县水利局"),
        Case(head: "科尔沁右翼中旗2022年政府信息公开工作年度报告", agency: "科尔沁右翼中旗人民政府"),
        Case(head: "中国人民银行洛阳市分行\n2022年政府信息公开工作年度报告", agency: "中国人民银行洛阳市分行"),
        Case(head: "栾川县\n水利局\n2022年政府信息公开\n工作年度报告", agency: "栾川县水利局"),
        Case(head: "栾 川 县\n水 利 局\n2 0 2 2 年 政 府 信 息 公 开\n工 作 年 度 报 告", agency: "栾川县水利局"),
        Case(head: "洛阳市2021龙舟赛场馆管理中心2022年政府信息公开年报", agency: "洛阳市2021龙舟赛场馆管理中心"),
        Case(head: "栾川县12345便民服务平台2022年政府信息公开年报", agency: "栾川县12345便民服务平台"),
        Case(head: "栾川县产权交易服务平台\n2022年政府信息公开工作年度报告", agency: "栾川县产权交易服务平台"),
        Case(head: "栾川县金融工作局（e贷办）2022年政府信息公开年报", agency: "栾川县金融工作局（e贷办）"),
        Case(head: "开云体育投注栾川县水利局2022年政府信息公开工作年度报告", agency: nil),
        Case(head: "bet88平台栾川县水利局2022年政府信息公开工作年度报告", agency: nil),
        Case(head: "澳门博彩官网2022年政府信息公开工作年度报告", agency: nil),
        Case(head: "云鱼体育栾川县水利局2022年政府信息公开工作年度报告", agency: nil),
        Case(head: "云鱼体育2022年政府信息公开工作年度报告", agency: nil),
        Case(head: "bet88官方网站2022年政府信息公开工作年度报告", agency: nil),
        Case(head: "栾川县文化体育局2022年政府信息公开工作年度报告", agency: "栾川县文化体育局"),
        Case(head: "XX县××局2022年政府信息公开工作年度报告", agency: nil, year: nil),
        Case(head: "X县水利局2022年政府信息公开工作年度报告", agency: nil, year: nil),
        Case(head: "□□镇2022年政府信息公开工作年度报告", agency: nil, year: nil),
    ]

    static let sentences: [Case] = [
        Case(head: "根据条例规定，现公布栾川县水利局2022年政府信息公开工作年度报告。", agency: "栾川县水利局"),
        Case(head: "根据《条例》第五十条要求，栾川县水利局编制并公布2022年度报告。", agency: "栾川县水利局"),
        Case(head: "现将栾川县水利局2022年度政府信息公开工作报告如下：", agency: "栾川县水利局"),
        Case(
            head: "按照要求，现发布《栾川县水利局2022年政府信息公开工作年度报告》。", agency: "栾川县水利局"),
        Case(head: "现公布栾川县2022年政府信息公开工作年度报告。", agency: "栾川县人民政府"),
        Case(
            head: "现公布国家税务总局怀化市会同县税务局2022年政府信息公开工作年度报告。",
            agency: "国家税务总局怀化市会同县税务局"),
        Case(head: "本报告反映2022年度栾川县水利局（本级机关）政府信息公开工作情况。", agency: "栾川县水利局"),
        Case(
            head: "本报告由栾川县地方志办公室（党史研究室）编制。" + period, agency: "栾川县地方志办公室（党史研究室）"),
        Case(
            head: "本报告由中共栾川县委党史研究室（栾川县地方志办公室）编制。" + period,
            agency: "中共栾川县委党史研究室（栾川县地方志办公室）"),
        Case(
            head: "编制本报告。" + period + "请与栾川县水利局（栾川县河长制办公室综合股）联系。", agency: "栾川县水利局"),
        Case(
            head: "编制本报告。" + period + "请与栾川县水利局局办公室联系。", agency: "栾川县水利局"),
        Case(
            head: "本报告由栾川县推进政务公开工作领导小组办公室编制。" + period, agency: "栾川县人民政府"),
        Case(head: "编制本报告。" + period, agency: nil, opening: "2022年，中共栾川县委、县政府高度重视公开。"),
        Case(
            head: "编制本报告。", agency: "栾川县水利局", opening: "根据省、市的统一安排，栾川县水利局2022年持续推进公开。"),
        Case(
            head: "编制本报告。", agency: "栾川县水利局", opening: "为贯彻落实《条例》，栾川县水利局2022年推进公开。"),
        Case(
            head: "编制本报告。", agency: "栾川县水利局",
            opening: "一年来，栾川县水利局认真组织公开。2022年，公布水价标准。"),
        Case(head: "根据规定，现将栾川县2022年政府信息公开工作情况报告如下。", agency: "栾川县人民政府"),
        Case(head: "现将栾川县水利局2022年政府信息公开工作开展情况报告如下：", agency: "栾川县水利局"),
        Case(head: "按照要求，栾川县水利局现将2022年度政府信息公开工作报告如下：", agency: "栾川县水利局"),
        Case(
            head: "编制本报告。" + period + "如有疑问，请联系：栾川县水利局法规科，电话1234567。",
            agency: "栾川县水利局"),
        Case(
            head: "编制本报告。" + period + "请与广东省韶关市人民政府外事办公室联系。",
            agency: "广东省韶关市人民政府外事办公室"),
        Case(head: "本报告由白石畈管理区编制。" + period, agency: "白石畈管理区"),
        Case(
            head: "编制本报告。" + period, agency: "国家税务总局深圳市税务局",
            opening: "2022年，国家税务总局深圳市税务局公布办税指南6份。"),
        Case(
            head: "依据条例编制本报告。", agency: "栾川县水利局",
            opening: "坚持以公开为常态，栾川县水利局拓宽渠道。截至2022年12月31日，公布水价标准。"),
        Case(head: "现公布云岭回族乡2022年政府信息公开工作年度报告。", agency: "云岭回族乡人民政府"),
        Case(head: "本报告由云岭镇人民政府编制。" + period, agency: "云岭镇人民政府"),
        Case(head: "本年报由青柳街道办事处编制。" + period, agency: "青柳街道办事处"),
        Case(head: "本报告由白音苏木人民政府编制。" + period, agency: "白音苏木人民政府"),
        Case(head: "本报告由南山湾海关编制。" + period, agency: "南山湾海关"),
        Case(head: "编制本报告。" + period + "如有疑问，请与白石关联系。", agency: "白石关"),
        Case(
            head: period, agency: "洛阳高新技术产业开发区管理委员会",
            opening: "2022年，在上级部门指导下，洛阳高新技术产业开发区管理委员会不断完善公开制度。"),
        Case(
            head: "现公布洛阳云岭高新区管委会2022年政府信息公开工作年度报告。", agency: "洛阳云岭高新区管委会",
            region: ["河南省", "洛阳市", nil]),
        Case(head: "本报告由济宁双泉新区财政局编制。" + period, agency: "济宁双泉新区财政局"),
        Case(head: "由芜湖石桥开发区管理委员会编制本报告。" + period, agency: "芜湖石桥开发区管理委员会"),
        Case(
            head: "现公布栾川县河湖水系和渠道管理局2022年政府信息公开工作年度报告。", agency: "栾川县河湖水系和渠道管理局",
            opening: "2022年，栾川县河湖局认真落实条例，公开巡查记录60条。"),
        Case(
            head: period + "如有疑问，请与栾川县住房和城乡建设局办公室联系（电话：0000-1234567）。",
            agency: "栾川县住房和城乡建设局", opening: "2022年，栾川县住建局认真落实条例。"),
        Case(
            head: period + "对本报告如有疑问，请联系栾川县文化和旅游局法规科。", agency: "栾川县文化和旅游局",
            opening: "2022年，栾川县文旅局认真落实条例。"),
        Case(head: period, agency: "栾川县水利局", opening: "2022年，按照市县部署，栾川县水利局加强组织领导，公开信息6条。"),
        Case(
            head: "依据条例，编制本报告。" + period, agency: "栾川县渠道管理委员会",
            opening: "按照洛阳市和栾川县工作安排，栾川县渠道管理委员会加强对公开工作的领导。"),
        Case(
            head: period, agency: "云岭镇人民政府",
            opening: "在县委的坚强领导下，云岭镇人民政府不断完善公开制度，公开信息6条。"),
        Case(
            head: period, agency: "栾川县水利局", opening: "为认真做好栾川县水利局2022年政府信息公开工作，我局采取多项措施。"),
        Case(head: period, agency: "栾川县水务集团有限公司", opening: "2022年，栾川县水务集团有限公司严格落实条例。"),
        Case(head: period, agency: "栾川县公交有限责任公司", opening: "2022年，栾川县公交有限责任公司认真落实条例。"),
        Case(head: "本报告由洛阳市城市发展投资集团有限公司编制。" + period, agency: "洛阳市城市发展投资集团有限公司"),
        Case(
            head: "编制本报告。", agency: "栾川县水利局",
            opening: "2022年，本局公开信息6条。如对本报告有疑问，请与栾川县水利局联系。"),
        Case(
            head: "根据条例，由栾川县水利局办公室编制2022年度政府信息公开年度报告。", agency: "栾川县水利局"),
        Case(head: period, agency: "栾川县水利局", opening: "今年以来，栾川县水利局认真落实条例，公布水价标准。"),
        Case(head: "编制本报告。", agency: nil, opening: "2022年，我厅全面贯彻条例。"),
        Case(head: "本报告由我局办公室编制。" + period, agency: nil),
        Case(head: "本报告由栾川县2022龙舟赛服务中心编制。" + period, agency: "栾川县2022龙舟赛服务中心"),
        Case(head: "本年报是云岭回族乡人民政府按照条例编制的。" + period, agency: "云岭回族乡人民政府"),
        Case(head: "请与本机关政务公开办公室联系。" + period, agency: nil),
    ]

    static let offices: [Case] = [
        ("栾川县云岭镇人民政府党政办公室", "栾川县云岭镇人民政府"), ("栾川县云岭镇党政办公室", "栾川县云岭镇人民政府"),
        ("栾川县青柳街道党政综合办公室", "栾川县青柳街道办事处"), ("栾川县人民政府督考办公室", "栾川县人民政府"),
        ("栾川县人民政府电子政务办公室", "栾川县人民政府"), ("河南省人民政府信息公开办公室", "河南省人民政府"),
        ("栾川县政府信息公开办公室", "栾川县人民政府"), ("科尔沁右翼中旗政务公开领导小组办公室", "科尔沁右翼中旗人民政府"),
        ("栾川县水利局政务公开领导小组办公室", "栾川县水利局"), ("远屿海关信息公开办公室", "远屿海关"),
        ("国家税务总局洛阳市税务局法规处", "国家税务总局洛阳市税务局"), ("栾川县电子政务办公室", "栾川县电子政务办公室"),
        ("栾川县“三线一单”管理站政务公开领导小组办公室", "栾川县“三线一单”管理站"),
        ("栾川县供销合作社联合社综合股", "栾川县供销合作社联合社"), ("白石关综合科", "白石关"),
        ("栾川县水文站办公室", "栾川县水文站"), ("栾川县人民医院办公室", "栾川县人民医院"),
        ("栾川县档案馆业务指导科", "栾川县档案馆"), ("栾川县图书馆采编部", "栾川县图书馆"),
        ("栾川县水文站测验科", "栾川县水文站"), ("栾川县云岭乡政府办公室", "栾川县云岭乡政府"),
        ("栾川县全面推进政务公开工作领导小组办公室", "栾川县人民政府"),
        ("栾川县人民政府办公室", "栾川县人民政府办公室"), ("栾川县人民政府外事办公室", "栾川县人民政府外事办公室"),
    ].map {
        Case(head: "编制本报告。" + period + "如有疑问，请与\($0.0)联系（地址：文化路1号）。", agency: $0.1)
    }

    static let years: [Case] = [
        Case(
            head: "制作本报告。", agency: nil, year: 2019,
            opening: "本年度，我厅全面贯彻条例。\n主动公开全面落实。2019 年，厅网站新增信息1412条。"),
        Case(
            head: "栾川县水利局政府信息公开工作年度报告", agency: "栾川县水利局", year: 2021,
            opening: "我局高度重视公开工作，各项要求落实到位。2021年，共公开信息9条。"),
        Case(
            head: "栾川县水利局政府信息公开工作年度报告", agency: "栾川县水利局", year: 2021,
            opening: "自2008年以来，我局坚持公开。2021年以来，我局公开信息9条，2020年为8条。"),
        Case(
            head: "编制本报告。", agency: nil, year: 2022,
            opening: "2018年以来，我局逐年完善制度，2022年，公开信息9条，答复申请2件。"),
        Case(
            head: "编制本报告。", agency: nil, year: 2022,
            opening: "2019年机构改革以来，我局理顺职责。2022年，公开信息9条。"),
        Case(
            head: "栾川县水利局政府信息公开工作年度报告", agency: "栾川县水利局", year: 2021,
            opening: "各项要求落实到位。2021年1-12月，共公开信息9条。"),
        Case(
            head: "栾川县水利局政府信息公开工作年度报告", agency: "栾川县水利局", year: 2010,
            opening: "统计期限为201011日至20101231日。"),
        Case(
            head: "栾川县教育局政府信息公开工作年度报告", agency: "栾川县教育局", year: nil,
            opening: "2021-2022学年，全县学校公开了招生范围。"),
    ]

    static let regions: [Case] = [
        ("重庆市梁平区水利局", ["重庆市", nil, "梁平区"]), ("武隆区水利局", ["重庆市", nil, "武隆区"]),
        ("济南市莱芜区水利局", ["山东省", "济南市", "莱芜区"]), ("钢城区水利局", ["山东省", "济南市", "钢城区"]),
        ("红谷滩区水利局", ["江西省", "南昌市", "红谷滩区"]), ("色尼区水利局", ["西藏自治区", "那曲市", "色尼区"]),
        ("茫崖市水利局", ["青海省", "海西蒙古族藏族自治州", "茫崖市"]), ("白杨市水利局", ["新疆维吾尔自治区", nil, "白杨市"]),
        ("洛阳市公安局涧西区分局", ["河南省", "洛阳市", "涧西区"]), ("成都市生态环境局双流区分局", ["四川省", "成都市", "双流区"]),
        ("国家税务总局芜湖市税务局镜湖区分局", ["安徽省", "芜湖市", "镜湖区"]),
        ("洛阳市自然资源局涧西分局", ["河南省", "洛阳市", "涧西区"]), ("凤翔区水利局", ["陕西省", "宝鸡市", "凤翔区"]),
        ("公主岭市水利局", ["吉林省", "长春市", "公主岭市"]),
    ].map { (name: String, region: [String?]) in
        Case(head: name + "2022年政府信息公开工作年度报告", agency: name, region: region)
    }

    @Test(
        "Agency, year and region",
        arguments: titles + sentences + offices + years + regions)
    func head(_ example: Case) throws {
        let text = """
            \(example.head)
            一、总体情况
            \(example.opening)
            二、主动公开政府信息情况
            规章 0 0 0
            行政规范性文件 1 0 4
            行政许可 12
            五、存在的主要问题及改进情况
            部分栏目更新偏慢，将安排专人每周检查，并向群众公布结果。
            六、其他需要报告的事项
            没有收取信息处理费。
            """
        let report = try ReportParser().report(from: Array(text.utf8))
        #expect(report.kind == .annualReport)
        #expect(report.agency == example.agency)
        #expect(report.year == example.year)
        if let region = example.region {
            #expect([report.region.province, report.region.city, report.region.county] == region)
        }
    }

    @Test(
        "A page that ends after its first section is a report when its head says so",
        arguments: [
            "栾川县水利局2022年政府信息公开工作年度报告\n本报告依据条例编制，统计期限为2022年1月1日至2022年12月31日。\n一、总体情况\n公开信息6条。",
            "现公布栾川县2022年政府信息公开工作年度报告。\n一、总体情况\n全县公开信息6条。",
            "根据条例，我乡编制本报告，公布政府信息公开情况。统计期限为2022年1月1日至12月31日。\n一、总体情况\n全乡公开信息6条，水价标准、河段禁采和渡口班次都在公告栏张贴，村民可以随时查看并提出意见。",
            "一、总体情况\n2022年，栾川县水利局认真落实公开条例，公开信息6条。",
        ])
    func openings(_ text: String) throws {
        let report = try ReportParser().report(from: Array(text.utf8))
        #expect(report.kind == .annualReport)
        #expect(report.year == 2022)
        #expect(report.passages.last?.section == 1)
    }

    private static let sentence = "我局坚持以公开为常态，对照目录逐项梳理，水价、河段禁采和渡口班次按时上网，接受监督。"

    @Test(
        "A report that was cut before its first heading is one when title and opening say so",
        arguments: [
            "2022年，我局深入贯彻落实条例，扎实推进政府信息公开工作。\n（一）主动公开\n" + sentence,
            String(repeating: sentence, count: 6),
        ])
    func cut(_ text: String) throws {
        let title = "栾川县水利局2022年政府信息公开工作年度报告\n"
        let report = try ReportParser().report(from: Array((title + text).utf8))
        #expect(report.kind == .annualReport)
        #expect(report.agency == "栾川县水利局" && report.year == 2022)
    }

    @Test(
        "A title without a report, a school's report and a list of reports are none",
        arguments: [
            "栾川县水利局2022年政府信息公开工作年度报告\n附件下载",
            "栾川县水利局2022年政府信息公开工作年度报告\n现将我局政府信息公开工作年度报告予以公布，请下载附件。",
            "《栾川县水利局2022年政府信息公开工作年度报告》解读\n2022年，我局公开信息6条。\n" + sentence,
            "栾川县水利局2022年政府信息公开工作年度报告 2023-01-20\n栾川县水利局2021年政府信息公开工作年度报告 2022-01-20",
            "关于做好2022年度政府信息公开工作年度报告编制工作的通知\n各单位：请于一月底前报送本报告。",
            "为落实《高等学校信息公开办法》，云岭大学校办编制本报告。\n一、信息公开工作概述\n2019-2020学年，云岭大学公开信息36条。\n二、主动公开情况\n发布36条。",
            "根据《高等学校信息公开办法》，我校编制信息公开年度报告。\n一、概述\n我校公开信息6条。\n二、主动公开情况\n发布36条。",
            "云岭学院2021-2022學年信息公開工作報告\n一、概述\n公開信息6條。\n二、主動公開情況\n發布36條。",
        ])
    func others(_ text: String) throws {
        let report = try ReportParser().report(from: Array(text.utf8))
        #expect(report.kind == .other, "\(report.agency ?? "-")")
        #expect(report.agency == nil && report.year == nil)
    }
}
