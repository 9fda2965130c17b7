import TestSupport

/// Sentences of invented agencies, with a few words used often and most of them seldom.
struct Narrative {
    private static let openings = [
        "全年", "一年来", "报告期内", "按照年初的安排", "在上级部门指导下", "围绕群众关心的事项", "结合本职工作",
        "年中", "下半年以来", "为方便办事群众", "依托政务大厅", "在各股室配合下",
    ]
    private static let deeds = [
        "通过门户网站发布信息#条", "更新办事指南#份", "公开会议纪要#篇", "上传政策解读材料#篇", "举办开放日活动#场",
        "回复网上留言#件", "整理历史文件#卷", "公布采购结果#项", "编发工作简报#期", "制作一图读懂#张",
        "接待来访查阅#人次", "完成栏目巡检#次", "修订公开目录#项", "处理政务热线转办单#件", "公示行政检查结果#条",
        "推送微信公众号文章#篇", "登记公文属性#份", "答复意见征集#条", "组织业务培训#期", "下架过期内容#条",
    ]
    private static let means = [
        "由专人核对时间和文号", "做到随产生随公开", "信息发布前逐级审签", "重要事项同步送档案馆查阅", "对差错当日更正",
        "涉及个人隐私的内容先行隐去", "统一使用集约化平台", "把公开情况列入季度通报", "请法律顾问逐件把关",
        "明确了科室和时限", "并在公告栏同步张贴", "附上联系电话方便咨询", "以图表说明经费去向", "听取了乡镇和企业的建议",
    ]
    private static let topics = [
        "水库灌溉", "农村公路", "学位供给", "老旧小区改造", "养老服务", "渔港建设", "茶叶种植", "河道清淤",
        "社区食堂", "冬季供暖", "稳岗就业", "生态补偿", "校车安全", "古树保护", "道路限行", "招标投标", "惠农补贴",
        "医保结算", "垃圾分类", "地质灾害防治", "文物修缮", "用水价格", "停车收费", "屋顶光伏", "林权登记",
    ]
    private static let closings = [
        "群众满意度有所提高", "没有发生泄密事件", "为企业节省了跑腿时间", "公开渠道更加通畅", "栏目结构更加清楚",
        "有关数据可在网站查询", "相关做法在全市交流", "工作机制逐步完善",
    ]
    private static let flaws = [
        "部分栏目更新不及时", "解读形式偏少", "个别文件属性标注不准", "工作人员变动频繁", "目录分类还不够细",
        "公众参与度不高", "答复文书不够规范", "新媒体内容原创较少",
    ]
    private static let remedies = [
        "建立每周巡查制度", "增加动画和问答式解读", "安排两次集中培训", "把责任落实到岗位", "完善信息发布台账",
        "邀请群众代表评议栏目", "统一答复文书样式", "加强与融媒体中心协作",
    ]
    /// Sentences that name other agencies, years and documents, none of them the report's own.
    private static let traps = [
        "上一年度信息公开年报已于2019年1月20日挂网。", "按照〔2017〕18号文件的要求调整了目录。",
        "相关决算由淮河市财政局在2018年度部门决算中说明。", "面向二〇三五年远景目标编制了专项规划。",
        "共向青岭县档案馆移送纸质文件12份。", "对远洋建材有限公司的申请作出了书面答复。",
        "收到省政务公开办公室转来的意见3条，比上年（31条）减少。", "落实第711号令的有关规定。",
    ]

    private static func pick<Element>(
        _ list: [Element], using random: inout SeededGenerator
    ) -> Element {
        // Two draws, the smaller one: the head of a list is met more often than its tail.
        let one = Int.random(in: 0..<list.count, using: &random)
        let other = Int.random(in: 0..<list.count, using: &random)
        return list[min(one, other)]
    }

    private static func number(using random: inout SeededGenerator) -> String {
        let number = Int.random(in: 1...3000, using: &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return "\(number)余"
        case 1: return "近\(number)"
        case 2: return "约\(number % 9 + 1).\(number % 10)万"
        default: return "\(number)"
        }
    }

    private static func deed(using random: inout SeededGenerator) -> String {
        pick(deeds, using: &random).split(separator: "#", omittingEmptySubsequences: false)
            .map(String.init).joined(separator: number(using: &random))
    }

    /// A sentence, its full stop included.
    static func sentence(using random: inout SeededGenerator) -> String {
        if Int.random(in: 0..<14, using: &random) == 0 { return pick(traps, using: &random) }
        var clauses = [deed(using: &random)]
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            clauses.append(
                Bool.random(using: &random)
                    ? pick(means, using: &random)
                    : "其中“\(pick(topics, using: &random))”类\(Int.random(in: 1...90, using: &random))条"
            )
        }
        if Bool.random(using: &random) { clauses.append(pick(closings, using: &random)) }
        return pick(openings, using: &random) + clauses.joined(separator: "，") + "。"
    }

    /// A paragraph of one to five sentences.
    static func paragraph(using random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in sentence(using: &random) }.joined()
    }

    /// What is wrong, or what will be done, as 一是…；二是….
    static func list(remedies isRemedy: Bool, using random: inout SeededGenerator) -> [String] {
        let all = (isRemedy ? remedies : flaws).shuffled(using: &random)
        let numbers = ["一", "二", "三", "四"]
        let count = Int.random(in: 2...4, using: &random)
        return (0..<count).map {
            "\(numbers[$0])是\(all[$0])，涉及\(pick(topics, using: &random))等方面"
                + ($0 == count - 1 ? "。" : "；")
        }
    }
}
