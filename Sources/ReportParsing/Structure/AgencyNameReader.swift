import ChineseText

/// Reads the name of an agency where one may begin in a sentence.
///
/// A name has a ground, an end and a border. Its ground is a known place, a national body, or a
/// town or zone by its own word (石梁畈乡, 云岭高新区); where the sentence itself says that a name
/// stands there, as after 由 and before 编制, any words are. Its end is a word for a body, and its
/// border what no name goes on with: a mark, a year, the verb of the sentence.
struct AgencyNameReader {
    let gazetteer: Gazetteer

    /// A name is never longer than this, in characters.
    static let longest = 45

    /// What tells that a name stands at an index.
    enum Ground {
        /// The name alone: it begins with a known place or that of a national body.
        case place
        /// The same, or a town or zone that no list holds.
        case kind
        /// The clause around it.
        case clause
    }

    /// Words that end a name, whatever follows, unless a word that only begins so stands there.
    private static let strongEnds = [
        "人民政府办公室", "人民政府", "管理委员会", "委员会", "办公室", "办事处", "管委会", "领导小组", "中心", "局", "厅",
        "院", "行署", "公署", "委", "部门", "分局", "支队", "大队", "总队", "海关", "有限公司", "集团", "公司", "政府",
        "指挥部",
    ].map { $0.scalars() }
    /// Words that end a name at its border alone.
    private static let weakEnds = [
        "街道", "苏木", "镇", "乡", "站", "所", "馆", "处", "署", "会", "队", "台", "社", "部", "办", "关", "学校",
        "大学",
        "学院", "银行", "分行", "支行", "组", "管理区", "高新区", "开发区", "新区", "园区", "示范区", "保税区", "度假区",
        "风景区", "农场", "林场", "研究室",
    ].map { $0.scalars() }
    /// What follows a character of these where it ends nothing: 委托, 院士, 局面.
    private static let continuations: [Unicode.Scalar: [Unicode.Scalar]] = [
        "委": ["托", "派", "任", "员"], "院": ["士", "校", "子"], "局": ["部", "面", "势", "长", "限"],
        "厅": ["长", "级"], "府": ["信"],
    ]
    /// What stands before a character of these where the two are a common word: 城乡, 社会.
    private static let commons: [Unicode.Scalar: [Unicode.Scalar]] = [
        "乡": ["城"], "镇": ["城"], "会": ["社", "机"], "关": ["有", "机", "相", "攻", "难", "把", "过"],
        "办": ["主", "承", "举", "督"],
        "部": ["全", "干", "内"], "站": ["网"], "处": ["好", "查"], "社": ["旅"], "所": ["场", "之"],
    ]
    /// Words that no agency's name holds: with one a sentence goes on.
    private static let breaks = [
        "认真", "坚持", "严格", "深入", "全面", "按照", "根据", "通过", "围绕", "积极", "持续", "不断", "主动公开", "高度",
        "始终", "进一步", "切实", "紧紧", "贯彻", "落实", "编制", "共收", "共受", "共主", "结合", "以来", "现将",
        "依据", "的", "了", "我", "党组", "，", "。", "；", "：", ",", ";", ":", "！", "？", "反映", "收到", "发布",
        "公布",
        "牢固", "扎实", "充分", "严密", "及时", "政府信息公开工作", "信息公开工作", "是", "主要", "加强", "聚焦", "紧扣",
        "政府信息公开年度", "信息公开年度", "政务公开工作", "政务公开年度",
    ].map { $0.scalars() }
    private static let breaksByFirst = Dictionary(grouping: breaks) { $0[0] }
    /// Words that hold one of these and are part of a name.
    private static let exceptions = [
        "机构编制", "全面依法", "全面推进政务公开工作领导", "全面推进政府信息公开工作领导", "全面推进政务公开领导", "信息发布", "信息公开工作领导",
        "政府信息公开工作领导", "政务公开工作领导", "信息公开工作办",
        "政府信息公开工作办", "政务公开工作办", "党史", "党群服务",
    ].map { $0.scalars() }
    private static let exceptionsByFirst = Dictionary(grouping: exceptions) { $0[0] }
    /// Words that end a name where one may end, and are part of it elsewhere: 文化和旅游局.
    private static let borders = [
        "等", "将", "与", "由", "被", "以", "在", "向", "各", "为", "对", "和", "及", "并", "于", "从", "因", "依",
        "就", "已", "共", "未", "全", "不", "有", "、", "(", ")", "联系", "咨询", "组织", "公开", "负责", "承办", "制定",
        "牵头", "统一", "制作", "印发", "汇总", "年", "党", "召开", "开展", "按", "把", "着", "立", "充", "扎",
        "推", "强", "紧", "深", "严", "切", "创", "优", "明", "做", "精", "健", "完", "建立", "成立", "这", "聚",
        "政府信息", "信息公开", "政务公开", "根", "修", "编", "办理", "受理", "撰", "起草", "综合", "提", "主", "规",
        "本", "该", "同", "时", "今", "始", "稳", "突", "拓", "注",
    ].map { $0.scalars() }
    private static let bordersByFirst = Dictionary(grouping: borders) { $0[0] }

    private static let party = "中共".scalars()
    private static let partyEnds = ["委", "委员会"].map { $0.scalars() }
    private static let national = ["国家", "中国", "中华", "中共", "自治区", "国务院", "最高人民", "国网", "兵团"].map {
        $0.scalars()
    }
    /// Words for a town or a zone, each no part of a name that stands for nobody.
    private static let kinds: WordList = [
        "街道", "苏木", "镇", "乡", "高新区", "新区", "开发区", "园区", "示范区", "管理区", "风景区", "保税区", "旅游区",
        "试验区", "度假区", "农场", "林场", "海关",
    ]
    /// Words that begin what is no name, though its end is that of one.
    private static let nobodies: WordList = [
        "各", "有关", "相关", "上级", "本单位", "本机关", "本级", "本部门", "本局", "本镇", "本乡", "本委", "本办", "本厅", "本街道",
        "本市", "本县", "本区", "本省", "本报告", "本年", "我", "该", "全市", "全县", "全区", "全省", "全体", "全局", "全镇",
        "全系统", "其他", "其它", "此", "同级", "主管", "职能", "办公室", "党政", "综合", "政务公开", "政府信息公开", "信息公开",
        "单位", "部门", "所属", "下属", "办公", "以上", "申请", "公民", "局", "县", "市", "区", "省", "镇", "乡", "街道",
        "州",
        "旗", "中心", "两级", "政府", "这", "如", "请", "由", "以", "将", "为", "对", "与",
    ]

    /// The length of the agency's name that a folded text begins with, the longest one that no word
    /// of the sentence interrupts; nil when it begins with none.
    func length(of text: ArraySlice<Unicode.Scalar>, by ground: Ground = .place) -> Int? {
        let scalars = Array(text.prefix(Self.longest))
        let place = gazetteer.placeLength(in: scalars, at: 0)
        let isNational = Self.national.contains { scalars.starts(with: $0) }
        let known = place ?? (isNational ? 2 : 0)
        // 某县委、县政府 lead; they do not report.
        if place != nil, known < scalars.count, scalars[known] == "委" { return nil }
        guard let end = end(of: scalars, after: known, by: ground) else { return nil }
        let name = Array(scalars[..<end])
        guard AgencyName.isPlausible(name) else { return nil }
        // A committee of the party leads; it does not report.
        if name.starts(with: Self.party), Self.partyEnds.contains(where: { name.ends(with: $0) }) {
            return nil
        }
        if known > 0 { return end }
        if Self.nobodies.first(in: name, from: 0)?.lowerBound == 0 { return nil }
        switch ground {
        case .place: return nil
        case .kind:
            if name.last == "关", (3...6).contains(end) { return end }
            guard let kind = Self.kinds.first(in: name, from: 2) else { return nil }
            // 石梁畈乡, but no verb and its object before a word that may mean something else.
            return kind.lowerBound <= 12 ? end : nil
        case .clause: return end >= (name.last == "关" ? 3 : 4) ? end : nil
        }
    }

    /// The length of the place that a folded text begins with when the verb of the sentence follows.
    func actingPlaceLength(of text: ArraySlice<Unicode.Scalar>) -> Int? {
        let scalars = Array(text.prefix(Self.longest))
        guard let place = gazetteer.placeLength(in: scalars, at: 0), place < scalars.count,
            Self.word(of: Self.breaksByFirst, in: scalars, at: place) != nil
        else { return nil }
        return place
    }

    /// Where the name ends that some scalars begin with; nil when no word for a body ends one.
    private func end(
        of scalars: [Unicode.Scalar], after place: Int, by ground: Ground
    ) -> Int? {
        var end: Int?
        var index = place
        while index < scalars.count {
            if end == index, let close = secondName(of: scalars, at: index) {
                index = close
                end = close
                continue
            }
            if end == index, isBorder(scalars, at: index) { break }
            if let exception = Self.word(of: Self.exceptionsByFirst, in: scalars, at: index) {
                index += exception
                continue
            }
            if let close = Self.closer(of: scalars[index]) {
                // What stands in quotes or book marks is one word of the name.
                guard let found = scalars[index...].prefix(16).firstIndex(of: close) else { break }
                index = found + 1
                continue
            }
            if CalendarYear.isYear(in: scalars, at: index) {
                guard ground == .clause, end == nil, Self.isOfName(scalars, yearAt: index) else {
                    break
                }
                index += 4
                continue
            }
            if Self.word(of: Self.breaksByFirst, in: scalars, at: index) != nil { break }
            if let strong = Self.strongEnds.first(where: { scalars.matches($0, at: index) }) {
                index += strong.count
                if index < scalars.count,
                    Self.continuations[scalars[index - 1]]?.contains(scalars[index]) == true
                {
                    continue
                }
                end = index
            } else if let weak = Self.weakEnds.first(where: { scalars.matches($0, at: index) }) {
                // 会同县 begins with a word for a body.
                if isPlace(scalars, at: index) {
                    index += gazetteer.placeLength(in: scalars, at: index) ?? weak.count
                    continue
                }
                let isCommon =
                    index > 0 && Self.commons[scalars[index]]?.contains(scalars[index - 1]) == true
                index += weak.count
                if !isCommon,
                    index == scalars.count || isBorder(scalars, at: index)
                        || Self.continuesName(scalars, at: index)
                        || isOffice(scalars, at: index)
                {
                    end = index
                }
            } else {
                index += 1
            }
        }
        return end
    }

    /// Where the brackets end that stand behind a name and hold the second one of the same body, as
    /// in 地方志办公室（党史研究室）; nil when they hold anything else.
    private func secondName(of scalars: [Unicode.Scalar], at index: Int) -> Int? {
        guard scalars[index] == "(", let close = scalars[index...].firstIndex(of: ")") else {
            return nil
        }
        let name = Array(scalars[(index + 1)..<close])
        guard (5...20).contains(name.count), name.allSatisfy(\.isHan),
            Self.secondEnds.contains(where: { name.ends(with: $0) }),
            Self.nobodies.first(in: name, from: 0)?.lowerBound != 0,
            !name.holds(anyOf: InnerOffice.duties), AgencyName.isPlausible(name)
        else { return nil }
        return close + 1
    }

    private static let secondEnds = [
        "研究室", "办公室", "委员会", "中心", "局", "馆", "院", "编纂室", "档案室",
    ].map { $0.scalars() }

    private static func word(
        of words: [Unicode.Scalar: [[Unicode.Scalar]]], in scalars: [Unicode.Scalar], at index: Int
    ) -> Int? {
        words[scalars[index]]?.first { scalars.matches($0, at: index) }?.count
    }

    /// Whether no name goes on at an index where one may end.
    private func isBorder(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        Self.word(of: Self.bordersByFirst, in: scalars, at: index) != nil
            && Self.word(of: Self.exceptionsByFirst, in: scalars, at: index) == nil
            && !Self.strongEnds.contains { scalars.matches($0, at: index) }
            && !Self.continuesName(scalars, at: index) && !isPlace(scalars, at: index)
            || Self.word(of: Self.breaksByFirst, in: scalars, at: index) != nil
            || CalendarYear.isYear(in: scalars, at: index)
    }

    /// Whether the name of a place follows, whose first character may begin other words: 深圳市.
    private func isPlace(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        gazetteer.placeLength(in: scalars, at: index) ?? 0 >= 3
    }

    /// Whether a year belongs to the name of what a body was made for, as in 2022冬奥服务中心.
    private static func isOfName(_ scalars: [Unicode.Scalar], yearAt index: Int) -> Bool {
        let rest = scalars[(index + 4)...]
        guard let next = rest.first, next.isHan, next != "年" else { return false }
        return !yearFollowers.contains { rest.starts(with: $0) }
    }

    /// What a report tells of a year that stands without 年.
    private static let yearFollowers = ["政府", "政务", "信息", "年", "度", "工作", "人民"].map { $0.scalars() }

    /// Whether a section inside a house such as a museum follows, and then the name's border:
    /// 档案馆业务指导科.
    private func isOffice(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard Self.houses.contains(scalars[index - 1]) else { return false }
        let rest = scalars[index...].prefix(Self.longestOffice).prefix(while: \.isHan)
        return rest.indices.contains { last in
            guard Self.sections.contains(scalars[last]), last - index >= 2 else { return false }
            return last + 1 == scalars.count || isBorder(scalars, at: last + 1)
        }
    }

    private static let houses: Set<Unicode.Scalar> = ["馆", "站", "所", "队", "社", "台"]
    private static let sections: Set<Unicode.Scalar> = ["科", "股", "室", "处"]
    /// The name of such a section is no longer, in characters.
    private static let longestOffice = 9

    /// Whether an office inside the body follows, whose name begins as a sentence may go on:
    /// 某镇人民政府综合办公室.
    private static func continuesName(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard InnerOffice.duties.first(in: scalars[index...], from: index)?.lowerBound == index
        else { return false }
        return scalars[index...].prefix(16).holds(anyOf: offices)
    }

    private static let offices: WordList = ["办公室", "办联", "办(", "科", "股", "处"]

    private static func closer(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "“": "”"
        case "\"": "\""
        case "《": "》"
        case "(": ")"
        case "「": "」"
        default: nil
        }
    }
}
