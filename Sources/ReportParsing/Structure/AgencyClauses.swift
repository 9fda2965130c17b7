import ChineseText

/// The agencies that the sentences of a report name as the body that reports.
///
/// Each kind of sentence has a rank, and the strongest that names anybody counts: a title inside a
/// sentence (现公布某局2022年…报告), a compiler (由某局编制), somebody to ask (请与某局联系), the
/// subject that opens the text (2022年，某局…), a matter (做好某局政府信息公开工作), the subject of a
/// second clause (按照…部署，某局…).
struct AgencyClauses {
    enum Rank: Int, Comparable {
        case announced
        case compiled
        case contact
        case opening
        case matter
        case subject

        static func < (one: Rank, other: Rank) -> Bool { one.rawValue < other.rawValue }
    }

    struct Clause {
        let rank: Rank
        let name: String
        /// The year that the clause names; nil when it names none.
        let year: Int?
        /// The year that follows the name of who acts: 某局2021年持续…; nil when none does.
        var actingYear: Int?
    }

    let reader: AgencyNameReader
    let office: InnerOffice
    let wording: FormWording

    init(gazetteer: Gazetteer, wording: FormWording) {
        reader = AgencyNameReader(gazetteer: gazetteer)
        office = InnerOffice(gazetteer: gazetteer)
        self.wording = wording
    }

    private var gazetteer: Gazetteer { reader.gazetteer }

    /// The clauses of a kind that are looked at; a preamble has one or two.
    private static let mostClauses = 8
    private static let compiled: WordList = ["编制", "编写", "撰写", "汇编", "编印", "拟制", "制作", "起草", "现将"]
    /// What a report calls itself.
    private static let products: WordList = ["报告", "年报", "而成"]
    /// With what a sentence begins that tells who compiled the report.
    private static let reportIs: WordList = [
        "本报告是", "本年报是", "本报告系", "本年报系", "本报告为", "本年度报告是", "本年度报告系",
    ]
    /// 机构编制 compiles nothing.
    private static let staffing = "机构".scalars()
    private static let contacts: WordList = [
        "请与", "请联系", "请向", "可与", "可向", "可联系", "敬请与", "请致电", "联系单位:", "联系部门:", "受理机构:", "机构名称:",
        "编制单位:", "编制机关:", "报告单位:", "填报单位:", "直接与", "及时与",
    ]
    private static let matters: WordList = [
        "做好", "推进", "加强", "规范", "开展", "深化", "推动", "提升", "提高", "抓好", "搞好",
    ]
    private static let guides: WordList = [
        "按照", "根据", "领导下", "指导下", "围绕", "依据", "依照", "遵照", "结合", "支持下", "部署", "要求",
        "坚持", "立足", "对照", "聚焦", "紧扣", "贯彻", "落实", "为了", "为做好", "为进一步", "为深入", "为切实",
        "为全面", "为加强", "为规范", "为保障", "为推进", "为推动",
    ]

    /// What a text names, in its order.
    ///
    /// - Parameter isOpening: whether the text may open the report.
    func clauses(in text: FoldedScalars, isOpening: Bool) -> [Clause] {
        var found = announcements(in: text)
        found += compilers(in: text)
        found += contacts(in: text)
        if isOpening {
            found += subjects(in: text)
        }
        return found
    }

    /// A name without the office inside the body, as printed.
    private func body(_ text: FoldedScalars, _ range: Range<Int>) -> String {
        let name = Array(text.folded[range])
        let body = office.body(of: name)
        let start = range.lowerBound
        var printed = text.printed(start..<(start + body.length)) + body.added
        let kept = AgencyName.lengthWithoutRemark(printed.scalars()[...])
        if kept < printed.unicodeScalars.count {
            printed = String(scalars: printed.scalars().prefix(kept))
        }
        return body.added.isEmpty ? wholeName(printed) : printed
    }

    /// The government of a place that a name is nothing but.
    func wholeName(_ name: String) -> String {
        gazetteer.isPlace(wording.simplified(name)) ? name + "人民政府" : name
    }

    // MARK: Titles in sentences

    private static let openers: WordList = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]
    /// What may follow 信息公开 in the name of a report, longer words first.
    private static let reports: WordList = [
        "工作年度报告", "年度工作报告", "年度报告", "工作报告", "工作年报", "年报", "工作情况", "工作开展情况", "工作落实情况",
        "工作有关情况", "工作完成情况", "工作推进情况", "工作的情况", "情况", "报告", "工作总结",
    ]
    /// Words after which the name of a report begins.
    private static let leads: WordList = [
        "现将", "现公布", "现发布", "现就", "公布", "发布", "公开", "编制", "形成", "撰写", "本报告是", "本报告为", "是", "为", "将",
        "的", "对", "由", "编制了", "起草", "制作", "报告", "公示", "反映", "反映了", "梳理", "梳理了", "总结", "总结了", "介绍",
        "介绍了", "回顾", "汇总", "涵盖",
    ]
    private static let announcing: WordList = ["发布", "公布", "现将", "编制", "形成", "公开", "撰写"]
    /// The name of a report is never longer than this, in characters.
    private static let longestHead = 60

    private func announcements(in text: FoldedScalars) -> [Clause] {
        let scalars = text.folded
        var last = -1
        return scalars.matches(of: Self.openers).prefix(Self.mostClauses).compactMap { match in
            guard match.lowerBound >= last else { return nil }
            last = match.upperBound
            guard let start = Self.clauseStart(before: match.lowerBound, in: scalars) else {
                return nil
            }
            let head = scalars[start..<match.lowerBound]
            let isReport = Self.isReport(scalars[match.upperBound...])
            let leads = head.matches(of: isReport ? Self.leads : Self.matters)
                .filter { Self.isLead($0, in: head) }
            let starts = leads.reversed().map(\.upperBound) + (isReport ? [start] : [])
            let sharesGovernment = scalars[match.lowerBound] == "政"
            let named = starts.lazy.compactMap { start in
                heading(
                    text, start..<match.lowerBound, sharesGovernment: sharesGovernment,
                    isCompiler: start > 0 && scalars[start - 1] == "由")
            }.first
            return named.map {
                Clause(rank: isReport ? .announced : .matter, name: $0.name, year: $0.year)
            }
        }
    }

    /// Whether the words after 信息公开 make it the name of a report, with a year among them or not.
    private static func isReport(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let report = reports.first(in: rest.prefix(16), from: rest.startIndex) else {
            return false
        }
        return rest[..<report.lowerBound].allSatisfy {
            CalendarYear.isPartOfDate($0) || $0 == "度"
        }
    }

    /// Whether a word that may lead to a title is none of the name's own: the 发布 of 信息发布中心.
    private static func isLead(
        _ match: WordList.Match, in head: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        !head[..<match.lowerBound].ends(with: "信息".scalars())
            && !head[..<match.lowerBound].ends(with: staffing)
            && match.upperBound < head.endIndex
    }

    /// Where the clause begins that holds an index; nil when it begins too far away or in book marks.
    private static func clauseStart(before end: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var index = end
        var depth = 0
        while index > 0, end - index < longestHead {
            switch scalars[index - 1] {
            case ",", "。", ";", ":", "，", "；", "：": return index
            case "》": depth += 1
            case "《":
                if depth == 0 {
                    // 现发布《某局2022年…》
                    return scalars[..<(index - 1)].suffix(8).holds(anyOf: announcing) ? index : nil
                }
                depth -= 1
            default: break
            }
            index -= 1
        }
        return index == 0 ? 0 : nil
    }

    /// The agency and the year of 某局2022年, of which nothing is left over.
    ///
    /// - Parameter isCompiler: whether it is named as who compiled the report, as an office may be.
    private func heading(
        _ text: FoldedScalars, _ range: Range<Int>, sharesGovernment: Bool, isCompiler: Bool
    ) -> (name: String, year: Int?)? {
        let part = Array(text.folded[range])
        let (found, year) = Title.nameAndYear(part)
        guard found.count >= 2 else { return nil }
        let name = Array(part[found])
        let start = range.lowerBound + found.lowerBound
        let whole = start..<(start + found.count)
        if isCompiler, office.body(of: name).length < name.count {
            return (body(text, whole), year)
        }
        let text = text.printed(whole)
        guard AgencyName.isPlausible(name), !AgencyName.isMasked(text) else { return nil }
        if gazetteer.isPlace(wording.simplified(text)) { return (text + "人民政府", year) }
        if sharesGovernment, name.ends(with: "人民".scalars()) { return (text + "政府", year) }
        guard reader.length(of: name[...], by: .clause) == name.count else { return nil }
        return (text, year)
    }

    // MARK: Compilers and contacts

    private func compilers(in text: FoldedScalars) -> [Clause] {
        let scalars = text.folded
        var found: [Clause] = []
        func add(_ start: Int, by ground: AgencyNameReader.Ground, endingBefore end: Int) {
            guard let length = reader.length(of: scalars[start..<end], by: ground) else { return }
            found.append(
                Clause(rank: .compiled, name: body(text, start..<(start + length)), year: nil))
        }
        // 由某局编制; 某局编制了; 某局（以下简称…）根据…，编制
        for match in scalars.matches(of: Self.compiled).prefix(Self.mostClauses)
        where !scalars[..<match.lowerBound].ends(with: Self.staffing) {
            let clause = scalars[..<match.lowerBound].lastIndex { "。;".unicodeScalars.contains($0) }
            let start = clause.map { $0 + 1 } ?? 0
            let end =
                scalars[match.upperBound...].firstIndex { "。;".unicodeScalars.contains($0) }
                ?? scalars.endIndex
            guard scalars[start..<end].holds(anyOf: Self.products) else { continue }
            if let by = scalars[start..<match.lowerBound].lastIndex(of: "由") {
                add(by + 1, by: .clause, endingBefore: match.lowerBound)
            }
            let commas = (start..<match.lowerBound).filter { scalars[$0] == "," }
            // 本报告是某局编制的
            let named = Self.reportIs.first(in: scalars[start..<match.lowerBound], from: start)
            let open = named.flatMap { $0.lowerBound == start ? $0.upperBound : nil } ?? start
            for begin in [open] + commas.suffix(Self.mostClauses).map({ $0 + 1 }) {
                add(begin, by: .kind, endingBefore: match.lowerBound)
            }
        }
        return found
    }

    private func contacts(in text: FoldedScalars) -> [Clause] {
        let scalars = text.folded
        return scalars.matches(of: Self.contacts).prefix(Self.mostClauses).compactMap { match in
            var start = match.upperBound
            if start < scalars.count, scalars[start] == ":" { start += 1 }
            guard let length = reader.length(of: scalars[start...], by: .clause) else { return nil }
            return Clause(rank: .contact, name: body(text, start..<(start + length)), year: nil)
        }
    }

    // MARK: Subjects

    /// What a text says instead of the year.
    private static let times: WordList = [
        "今年以来", "本年度", "一年以来", "一年来", "过去一年", "近年来", "今年", "本年", "全年", "年内", "去年", "上年度", "以来",
    ]

    private func subjects(in text: FoldedScalars) -> [Clause] {
        var found: [Clause] = []
        let scalars = text.folded
        var start = scalars.startIndex
        if let mark = ItemMark(opening: Array(scalars.prefix(ItemMark.longest))) {
            start = mark.length
        }
        if let year = CalendarYear.first(in: scalars[start...].prefix(8), needsSuffix: true),
            year.range.lowerBound == start
        {
            start = year.range.upperBound
        }
        while start < scalars.count, "，, 来、".unicodeScalars.contains(scalars[start]) { start += 1 }
        if let time = Self.times.first(in: scalars[start...].prefix(8), from: start),
            time.lowerBound == start, time.upperBound < scalars.count,
            scalars[time.upperBound] == ","
        {
            start = time.upperBound + 1
        }
        if let clause = subject(of: text, at: start, rank: .opening) {
            found.append(clause)
        } else if let sentence = scalars[start...].firstIndex(where: {
            "。;".unicodeScalars.contains($0)
        }),
            let comma = scalars[start..<sentence].prefix(80).lastIndex(of: ","),
            scalars[start..<comma].holds(anyOf: Self.guides)
        {
            let commas = (start...comma).filter { scalars[$0] == "," }
            let named = commas.lazy.compactMap {
                self.subject(of: text, at: $0 + 1, rank: .subject)
            }
            if let clause = named.first { found.append(clause) }
        }
        return found
    }

    /// The year that stands at an index of a text, with 年 behind it and no month.
    private static func year(in text: [Unicode.Scalar], at start: Int) -> Int? {
        guard
            let found = CalendarYear.first(in: text[start...].prefix(8), needsSuffix: true),
            found.range.lowerBound == start, found.range.upperBound < text.count,
            CalendarYear.digit(text[found.range.upperBound]) == nil
        else { return nil }
        return found.year
    }

    /// The agency that a clause begins with as the one that acts.
    private func subject(of text: FoldedScalars, at start: Int, rank: Rank) -> Clause? {
        let rest = text.folded[start...].prefix(AgencyNameReader.longest)
        if let length = reader.length(of: rest, by: .kind) {
            let range = start..<(start + length)
            return Clause(
                rank: rank, name: wholeName(text.printed(range)), year: nil,
                actingYear: Self.year(in: text.folded, at: range.upperBound))
        }
        // 某县坚持…: its government does, when nobody else is named.
        return reader.actingPlaceLength(of: rest).map {
            Clause(
                rank: .subject, name: wholeName(text.printed(start..<(start + $0))), year: nil)
        }
    }
}
