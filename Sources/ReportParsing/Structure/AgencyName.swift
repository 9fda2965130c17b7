import ChineseText
import ReportModel

/// Names of agencies: how one is told from other words.
enum AgencyName {
    /// The words that end the name of an agency.
    private static let ends = [
        "局", "委员会", "委", "办公室", "政府", "中心", "厅", "院", "办事处", "管委会", "街道", "镇",
        "乡", "处", "部", "署", "公署", "支队", "大队", "总队", "站", "馆", "会", "办", "苏木", "部门",
        "海关", "服务平台", "公司", "指挥部", "领导小组", "所", "社", "集团", "总工会", "学校", "法院", "分行", "支行", "气象台",
        "地震台",
        "电视台",
    ]
    /// Words that name the speaker, not an agency.
    private static let speakers = ["我", "本机关", "本单位", "本部门", "本级", "本局", "本委", "本镇", "本街道", "各"]
        .map { Array($0.unicodeScalars) }
    /// Characters that mask a name or a number on a form that was never filled in.
    private static let masks: Set<Unicode.Scalar> = ["*", "＊", "×", "□", "某"]
    /// Words of the level of a place, as a short form begins with: 市应急局.
    private static let levels: Set<Unicode.Scalar> = ["省", "市", "县", "区", "旗", "州", "盟", "乡", "镇"]

    /// Whether a short line reads as the name of an agency.
    static func isLikely(_ text: String) -> Bool {
        let scalars = text.scalars()
        // 全国一体化政务服务平台 is a site.
        return ItemMark(text) == nil && !isSpeaker(scalars) && !scalars.holds(anyOf: sites)
            && ((4...40).contains(scalars.count) && areOfName(scalars) && hasEnd(scalars)
                || isCustoms(scalars))
    }

    private static let sites: WordList = ["政务服务平台"]

    /// Whether a short name is that of a customs house: 湖白关, not 机关.
    private static func isCustoms(_ name: [Unicode.Scalar]) -> Bool {
        (3...6).contains(name.count) && name.last == "关" && name.allSatisfy(\.isHan)
            && !"机有相难攻把过海无".unicodeScalars.contains(name[name.count - 2])
    }

    /// Whether a text that stands where an agency belongs could be its name.
    ///
    /// A name is Chinese characters and no word for the speaker. Quotes, book marks, digits and
    /// letters may stand inside one that ends as names do; otherwise they come from what spam put
    /// over a name, or from a number that a break cut.
    static func isPlausible(_ text: String) -> Bool { isPlausible(text.scalars()) }

    static func isPlausible(_ scalars: [Unicode.Scalar]) -> Bool {
        (2...50).contains(scalars.count) && !isSpeaker(scalars) && areOfName(scalars)
            && !scalars.holds(anyOf: spam) && !isSports(scalars)
    }

    /// Whether a name is that of a site for bets, or such a site's stands before another name:
    /// 某某体育, 某某体育青县林业局, not 青县文化体育局.
    private static func isSports(_ name: [Unicode.Scalar]) -> Bool {
        guard let index = name.offset(of: sports) else { return false }
        let rest = name[(index + sports.count)...]
        return index > 0 && !holdsLevel(name[..<index])
            && (rest.isEmpty || rest.prefix(mostOfPlace).contains(where: levels.contains))
    }

    private static let sports = "体育".scalars()
    /// The name of a place tells its level within so many characters.
    private static let mostOfPlace = 5

    private static let spam: WordList = [
        "投注", "博彩", "棋牌", "娱乐", "官网", "在线", "平台登录", "登录入口", "百家乐", "彩票平台", "彩票网", "彩票开奖",
        "下注", "电竞", "老虎机", "返水", "手机版", "下载", "网址", "注册送", "开奖", "捕鱼", "体育投", "体育平台", "体育网",
        "真人", "足彩", "赌", "官方网", "官方平台",
    ]

    /// The most letters and digits that a name holds.
    private static let mostLetters = 10

    /// Whether a text is made of the characters of a name.
    private static func areOfName(_ scalars: [Unicode.Scalar]) -> Bool {
        var letters = 0
        var isPlain = true
        for scalar in scalars {
            if scalar.isHan { continue }
            switch scalar {
            case "（", "）", "(", ")", "、", "·": continue
            case "“", "”", "\"", "‘", "’", "'", "《", "》", "〈", "〉", "「", "」", "-", "—", "+", "＋":
                isPlain = false
            default:
                guard isLetter(scalar) else { return false }
                letters += 1
            }
        }
        return letters == 0 && isPlain
            || letters <= mostLetters && (hasEnd(scalars) || endsInShortForm(scalars))
    }

    /// Whether a name ends in a second one in brackets, as in 金融工作局（e融办）.
    private static func endsInShortForm(_ scalars: [Unicode.Scalar]) -> Bool {
        guard let last = scalars.last, last == "）" || last == ")",
            let open = scalars.lastIndex(where: { $0 == "（" || $0 == "(" })
        else { return false }
        return hasEnd(Array(scalars[..<open]))
            && hasEnd(Array(scalars[(open + 1)..<(scalars.count - 1)]))
    }

    private static func hasEnd(_ scalars: [Unicode.Scalar]) -> Bool {
        endScalars.contains { scalars.ends(with: $0) }
    }

    private static let endScalars = ends.map { $0.scalars() }

    /// Whether a character is a letter or digit of ASCII, of either width.
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xFF10...0xFF19, 0xFF21...0xFF3A,
            0xFF41...0xFF5A:
            true
        default: false
        }
    }

    /// Whether a title is that of a form: XX镇201*年…, X县….
    static func isMasked(_ text: String) -> Bool {
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if masks.contains(scalar) && scalar != "某" { return true }
            let isX = scalar == "X" || scalar == "x" || scalar == "Ｘ"
            if isX, last == scalar { return true }
            if levels.contains(scalar), let last, last == "X" || last == "Ｘ" { return true }
            last = scalar
        }
        return false
    }

    private static func isSpeaker(_ scalars: [Unicode.Scalar]) -> Bool {
        speakers.contains { scalars.starts(with: $0) }
    }

    /// Whether a text holds a word for the level of a place.
    static func holdsLevel(_ text: some Sequence<Unicode.Scalar>) -> Bool {
        text.contains(where: levels.contains)
    }

    /// Whether a name begins with the level of its place instead of the place: 市应急局.
    static func isShort(_ name: some Collection<Unicode.Scalar>) -> Bool {
        name.first.map(levels.contains) ?? false
    }

    /// The number of scalars of a name that a remark in brackets at its end leaves, as in
    /// 某局（本级机关）.
    static func lengthWithoutRemark(_ name: ArraySlice<Unicode.Scalar>) -> Int {
        guard let last = name.last, ")）】]〕".unicodeScalars.contains(last),
            let open = name.lastIndex(where: { "(（【[〔".unicodeScalars.contains($0) }),
            open > name.startIndex, name[open...].holds(anyOf: remarks)
        else { return name.count }
        return open - name.startIndex
    }

    /// Words of a remark on what a report covers.
    private static let remarks: WordList = [
        "本级", "机关", "本部", "汇总", "含", "全市", "全县", "全区", "全省", "单位",
    ]
}
