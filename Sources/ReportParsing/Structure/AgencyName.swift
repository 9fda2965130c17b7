import ChineseText
import ReportModel

/// Names of agencies: how one is told from other words, and the other names a report gives it.
enum AgencyName {
    /// The words that end the name of an agency.
    private static let ends = [
        "局", "委员会", "委", "办公室", "政府", "中心", "厅", "院", "办事处", "管委会", "街道", "镇",
        "乡", "处", "部", "署", "公署", "支队", "大队", "总队", "站", "馆", "会", "办", "苏木", "部门",
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
        let scalars = text.unicodeScalars
        return (4...40).contains(scalars.count) && ItemMark(text) == nil
            && scalars.allSatisfy { $0.isHan || "（）()".unicodeScalars.contains($0) }
            && ends.contains { text.hasSuffix($0) } && !isSpeaker(Array(scalars))
    }

    /// Whether a text that stands in an agency's place could be its name.
    ///
    /// A name is Chinese characters and no word for the speaker; letters and digits come from what
    /// spam put over a name.
    static func isPlausible(_ text: String) -> Bool {
        let scalars = text.scalars()
        return (2...50).contains(scalars.count) && !isSpeaker(scalars)
            && scalars.allSatisfy { $0.isHan || "（）()、·".unicodeScalars.contains($0) }
            && !scalars.holds(anyOf: spam)
    }

    private static let spam: WordList = [
        "在线", "投注", "娱乐", "博彩", "彩票", "棋牌", "官网", "体育投", "平台登录",
    ]

    /// Whether a title is that of a form: XX镇201*年….
    static func isMasked(_ text: String) -> Bool {
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if masks.contains(scalar) && scalar != "某" { return true }
            let isX = scalar == "X" || scalar == "x" || scalar == "Ｘ"
            if isX, last == scalar { return true }
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

    // MARK: Names in sentences

    /// Words that end an agency's name for certain.
    private static let strongEnds = [
        "人民政府办公室", "人民政府", "管理委员会", "委员会", "办公室", "办事处", "管委会", "中心", "局", "厅", "院",
        "行署", "公署", "委", "部门", "分局", "支队", "总队",
    ].map { Array($0.unicodeScalars) }
    /// Words that no agency's name holds: with one a sentence goes on.
    private static let breaks = [
        "认真", "坚持", "严格", "深入", "全面", "按照", "根据", "通过", "围绕", "积极", "持续", "不断", "主动公开", "高度",
        "始终", "进一步", "切实", "紧紧", "贯彻", "落实", "编制", "共收", "共受", "共主", "结合", "以来", "现将", "依法",
        "依据", "的", "了", "等", "将", "与", "由", "被", "我", "以", "在", "向", "各", "党组", "党委", "，", "。", "；",
        "：", ",", ";", ":", "\"", "“", "《", "联系", "咨询", "反映", "收到", "发布", "公布", "牢固", "扎实", "充分",
        "严密",
        "及时", "组织", "政府信息公开工作", "信息公开工作", "是", "为", "对", "主要", "加强", "聚焦", "紧扣", "年",
    ].map { Array($0.unicodeScalars) }
    private static let breaksByFirst = Dictionary(grouping: breaks) { $0[0] }
    /// A name is never longer than this, in characters.
    private static let longest = 45

    /// The length of the agency's name that a text begins with, the longest one that no word of the
    /// sentence interrupts; nil when it begins with none.
    ///
    /// Only a name that begins with a known place, or that of a national body, counts. The text is
    /// a folded one.
    private static func leading(
        _ text: ArraySlice<Unicode.Scalar>, gazetteer: Gazetteer
    ) -> Int? {
        let scalars = Array(text.prefix(longest))
        let place: Int
        if let found = gazetteer.placeLength(in: scalars, at: 0) {
            place = found
        } else if national.contains(where: { scalars.starts(with: $0) }) {
            place = 2
        } else {
            return nil
        }
        return longestName(in: scalars, after: place)
    }

    private static let national = ["国家", "中国", "中华", "自治区", "国务院"].map { Array($0.unicodeScalars) }

    private static func longestName(in scalars: [Unicode.Scalar], after place: Int) -> Int? {
        var end: Int?
        var index = place
        while index < scalars.count {
            let isBreak = breaksByFirst[scalars[index]]?.contains {
                scalars.matches($0, at: index)
            }
            if isBreak == true { break }
            if let word = strongEnds.first(where: { scalars.matches($0, at: index) }) {
                index += word.count
                end = index
            } else {
                index += 1
            }
        }
        guard let end, isPlausible(String(scalars: scalars[..<end])) else {
            return nil
        }
        return end
    }

    /// The agency that opens a narrative: 2024年，某县某局… names 某县某局.
    static func opening(_ text: FoldedScalars, gazetteer: Gazetteer) -> String? {
        var rest = text.folded.prefix(70)
        if let year = CalendarYear.first(in: rest, needsSuffix: true), year.range.lowerBound == 0 {
            rest = rest[year.range.upperBound...]
        }
        rest = rest.drop { "，, 来、".unicodeScalars.contains($0) }
        guard let length = leading(rest, gazetteer: gazetteer) else { return nil }
        return text.printed(rest.startIndex..<(rest.startIndex + length))
    }

    /// The agency without the office inside it that answers the telephone: 某县财政局 for
    /// 某县财政局办公室, but 某县人民政府办公室 is an agency of its own.
    ///
    /// - Parameter scalars: the name, folded.
    /// - Returns: the number of its scalars that are the agency's.
    static func lengthWithoutOffice(_ scalars: [Unicode.Scalar]) -> Int {
        let offices: Set<Unicode.Scalar> = ["室", "科", "处", "股"]
        guard let last = scalars.last, offices.contains(last) else { return scalars.count }
        for word in officeHolders {
            var from = 0
            while let place = scalars.offset(of: word, from: from) {
                from = place + 1
                let end = place + word.count
                let rest = scalars.count - end
                guard place >= 2, (2...12).contains(rest) else { continue }
                // 办事处 is no office of the street that it names.
                if scalars.ends(with: Array("办事处".unicodeScalars)) { return scalars.count }
                return end
            }
        }
        return scalars.count
    }

    private static let officeHolders = ["委员会", "管委会", "局", "厅", "中心", "人民政府办公室"]
        .map { Array($0.unicodeScalars) }

    /// The agencies that clauses of the preamble name, each with its rank, from 0 for the
    /// strongest.
    static func clauses(
        in text: FoldedScalars, gazetteer: Gazetteer
    ) -> [(rank: Int, name: String)] {
        let scalars = text.folded
        var found: [(rank: Int, name: String)] = []
        func name(at start: Int) -> String? {
            leading(scalars[start...], gazetteer: gazetteer).map {
                text.printed(start..<(start + $0))
            }
        }
        func add(_ rank: Int, _ name: String?) {
            if let name { found.append((rank, name)) }
        }
        // 由某局编制; 某局编制了; 某局（以下简称…）根据…，编制
        for place in scalars.places(of: compiled).prefix(mostClauses) {
            let clause = scalars[..<place.lowerBound].lastIndex { "。;".unicodeScalars.contains($0) }
            let start = clause.map { $0 + 1 } ?? 0
            if let by = scalars[start..<place.lowerBound].lastIndex(of: "由") {
                add(0, name(at: by + 1))
            }
            let commas = (start..<place.lowerBound).filter { scalars[$0] == "," }
            for begin in [start] + commas.suffix(mostClauses).map({ $0 + 1 }) {
                add(1, name(at: begin))
            }
        }
        for place in scalars.places(of: announced).prefix(mostClauses) {
            var start = place.upperBound
            if let year = CalendarYear.first(in: scalars[start...].prefix(8), needsSuffix: true),
                year.range.lowerBound == start
            {
                start = year.range.upperBound
            }
            add(2, name(at: start))
        }
        for place in scalars.places(of: contacts).prefix(mostClauses) {
            let start = place.upperBound
            if let length = leading(scalars[start...], gazetteer: gazetteer) {
                let kept = lengthWithoutOffice(Array(scalars[start..<(start + length)]))
                add(3, text.printed(start..<(start + kept)))
            }
        }
        return found
    }

    /// The clauses of a kind that are looked at; a preamble has one or two.
    private static let mostClauses = 8
    private static let compiled: WordList = ["编制", "编写", "撰写", "汇编"]
    private static let announced: WordList = ["现将", "公布", "发布", "公开"]
    private static let contacts: WordList = [
        "请与", "请联系", "请向", "可与", "可向", "联系单位：", "受理机构：", "机构名称：",
    ]

    // MARK: Other names

    /// Other names that a report's narrative gives its agency.
    ///
    /// A name counts when it ends in the agency's own last characters, begins with the agency's
    /// place or the word for its level (市, 县, 区…) and is the agency's name but for a few
    /// characters: 市政务服务和大数据管理局 for 卫辉市政务和大数据管理局. The full form of a name that
    /// begins with the level is given with the place, so that both can be searched for. What the
    /// text calls 以下简称 is a name too.
    static func aliases(
        of agency: String, region: Region, in passages: [FoldedScalars], gazetteer: Gazetteer
    ) -> [String] {
        let name = agency.scalars()
        var found: [String] = []
        func add(_ alias: [Unicode.Scalar]) {
            let text = String(scalars: alias)
            if text != agency, !found.contains(text) { found.append(text) }
        }
        for passage in passages {
            if let alias = shortened(name, in: passage, gazetteer: gazetteer) { add(alias) }
        }
        // 某区人民政府及其办公室 are two agencies with one report.
        let office = name + Array("及其办公室".unicodeScalars)
        if passages.contains(where: { $0.scalars.offset(of: office) != nil }) {
            add(name + Array("办公室".unicodeScalars))
        }
        guard name.count >= 6 else { return found }
        let place = placeLength(of: name, region: region)
        let level: Unicode.Scalar? = place > 0 ? name[place - 1] : nil
        let ending = Array(name.suffix(3))
        for text in passages.map(\.scalars) {
            var searched = 0
            while let met = text.offset(of: ending, from: searched) {
                searched = met + 1
                let end = met + ending.count
                for start in max(0, end - name.count - 8)..<met {
                    let candidate = Array(text[start..<end])
                    if candidate.count > name.count,
                        candidate.suffix(name.count).elementsEqual(name),
                        isPlace(candidate.dropLast(name.count), in: region)
                    {
                        add(candidate)
                    } else if let level, candidate.first == level,
                        start == 0 || !isPartOfPlace(text, start, region: region)
                    {
                        let own = Array(name[(place - 1)...])
                        let distance = editDistance(candidate, own)
                        if distance <= max(1, own.count / 4), candidate.count >= 5 {
                            add(Array(name[..<(place - 1)]) + candidate)
                            add(candidate)
                        }
                    }
                }
            }
        }
        return found
    }

    private static let called: WordList = ["以下简称", "简称"]

    /// The other name of an agency where the text says 某市应急管理局（以下简称市应急局）; nil elsewhere.
    private static func shortened(
        _ name: [Unicode.Scalar], in text: FoldedScalars, gazetteer: Gazetteer
    ) -> [Unicode.Scalar]? {
        let scalars = text.folded
        guard let met = scalars.places(of: called).first,
            let open = scalars[..<met.lowerBound].lastIndex(of: "("),
            let close = scalars[met.upperBound...].firstIndex(where: {
                "),。".unicodeScalars.contains($0)
            })
        else { return nil }
        let short = text.scalars[met.upperBound..<close].filter {
            !"“”\"「」‘’：:".unicodeScalars.contains($0)
        }
        // The full name ends at the bracket; it begins where a place does.
        let start = (max(0, open - longest)..<open).first {
            leading(scalars[$0..<open], gazetteer: gazetteer) == open - $0
        }
        guard let start else { return nil }
        let full = Array(text.scalars[start..<open])
        if short == name { return full }
        return full == name && isPlausible(String(scalars: short)) ? short : nil
    }

    /// How many leading scalars of a name are its place.
    private static func placeLength(of name: [Unicode.Scalar], region: Region) -> Int {
        var length = 0
        for place in region.names {
            let place = place.scalars()
            if name[length...].starts(with: place) { length += place.count }
        }
        return length
    }

    private static func isPlace(
        _ text: ArraySlice<Unicode.Scalar>, in region: Region
    ) -> Bool {
        let text = String(scalars: text)
        let names = region.names
        return names.indices.contains { names[$0...].joined() == text }
            || names.contains(text)
            || names.indices.contains { names[...$0].joined() == text }
    }

    /// Whether the scalar at `start` is the end of the place's own name (the 市 of 卫辉市).
    private static func isPartOfPlace(
        _ text: [Unicode.Scalar], _ start: Int, region: Region
    ) -> Bool {
        region.names.contains { place in
            let stem = Array(place.unicodeScalars.dropLast())
            return start >= stem.count && text[(start - stem.count)..<start].elementsEqual(stem)
        }
    }
}
