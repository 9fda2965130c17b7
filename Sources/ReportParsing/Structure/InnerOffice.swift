import ChineseText

/// The office inside a body that compiles its report or answers the telephone: 某镇党政办公室.
///
/// The body reports, not its office. An office that a government has beside others, as 人民政府办公室
/// or 人民政府外事办公室, is an agency of its own.
struct InnerOffice {
    let gazetteer: Gazetteer

    /// What an office inside a body deals with, that has no task outside it.
    static let duties: WordList = [
        "党政", "党建", "党群", "综合", "督考", "督查", "督办", "考核", "电子政务", "全面推进政务公开", "推进政务公开",
        "推进政府信息公开", "政府信息公开", "信息公开", "政务公开", "领导小组", "秘书", "文秘",
    ]
    /// Duties that only the reporting body itself can have.
    private static let disclosure: WordList = ["政府信息公开", "信息公开", "政务公开"]
    /// The last words of an office.
    private static let ends = ["办公室", "室", "科", "处", "股", "办", "组", "部"].map { $0.scalars() }
    /// Words of bodies that have offices inside.
    private static let holders = [
        "委员会", "管委会", "办事处", "局", "厅", "中心", "海关", "公司", "集团",
        "人民政府办公室", "部门", "联合会", "联合社", "总工会", "协会", "分行", "支行", "关", "站", "馆", "队",
        "合作社", "农场", "林场", "字会", "医院", "检察院", "法院", "研究院", "学院", "中学", "学校",
    ]
    .map { $0.scalars() }
    /// Bodies that bring others together; their office is the agency.
    private static let councils: WordList = [
        "机构编制", "国防动员", "爱国卫生", "安全生产", "精神文明", "依法治", "网络安全", "外事工作", "减灾", "财经", "信访工作",
    ]
    private static let governments = ["人民政府", "政府"].map { $0.scalars() }
    private static let longest = 18

    /// The body that a name names, without the office inside it.
    ///
    /// - Parameter name: the name, folded.
    /// - Returns: the number of its scalars that are the body's, and what a place lacks to be one.
    func body(of name: [Unicode.Scalar]) -> (length: Int, added: String) {
        let whole = (length: name.count, added: "")
        guard Self.ends.contains(where: { name.ends(with: $0) }),
            !name.ends(with: Self.streetOffice)
        else { return whole }
        if let government = government(in: name) {
            let end = government.upperBound
            let rest = name[end...]
            if Self.isInner(rest) { return (end, "") }
            if rest.elementsEqual(Self.office) {
                return isTown(name[..<government.lowerBound]) ? (end, "") : whole
            }
        }
        if let end = holder(in: name) { return (end, "") }
        return place(in: name) ?? whole
    }

    private static let office = "办公室".scalars()
    private static let streetOffice = "办事处".scalars()
    private static let information = "信息公开".scalars()

    private static func isInner(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        // A government's 法规处 or 综合股, but not its 驻某地办事处.
        if (2...8).contains(rest.count), !rest.ends(with: streetOffice),
            sections.contains(where: { rest.ends(with: $0) })
        {
            return true
        }
        return rest.count <= longest
            && duties.first(in: rest, from: rest.startIndex)?.lowerBound == rest.startIndex
            && ends.contains { rest.ends(with: $0) }
    }

    /// The word for the first government that a name names; 某县政府信息公开办公室 names none.
    private func government(in name: [Unicode.Scalar]) -> Range<Int>? {
        if let index = name.offset(of: Self.governments[0]) {
            return index..<(index + Self.governments[0].count)
        }
        guard let index = name.offset(of: Self.governments[1]) else { return nil }
        let end = index + Self.governments[1].count
        return name[end...].starts(with: Self.information) ? nil : index..<end
    }

    /// Where a bureau ends that has an office inside.
    private func holder(in name: [Unicode.Scalar]) -> Int? {
        guard !name.holds(anyOf: Self.councils) else { return nil }
        // 韶关市 is no customs house.
        let known = gazetteer.placeLength(in: name, at: 0) ?? 0
        // The last one is the body: 国家税务总局某市税务局法规处.
        var best: Int?
        for word in Self.holders {
            var from = 0
            while let index = name.offset(of: word, from: from) {
                from = index + 1
                let end = index + word.count
                guard index >= 2, end > known, (2...Self.longest).contains(name.count - end)
                else { continue }
                let isCommon = word == ["关"] && "机有相".unicodeScalars.contains(name[index - 1])
                if !isCommon { best = max(best ?? end, end) }
            }
        }
        guard var best else { return nil }
        // 某县水务局局办公室 says its last word twice.
        if best >= 2, name[best - 1] == name[best - 2] { best -= 1 }
        let rest = name[best...]
        // A museum's 采编部, but not a committee's 宣传部.
        let isSection =
            rest.last == "部" && Self.houses.contains { name[..<best].ends(with: $0) }
        let isOffice =
            Self.officeEnds.contains { rest.ends(with: $0) } || Self.isInner(rest) || isSection
        return isOffice ? best : nil
    }

    private static let houses = ["馆", "中心", "医院", "公司", "集团", "研究院"].map { $0.scalars() }
    private static let sections = ["科", "股", "处"].map { $0.scalars() }
    private static let officeEnds = ["室", "科", "处", "股", "办"].map { $0.scalars() }

    /// The place whose government has an office without naming itself: 某镇党政办公室 is of the town.
    private func place(in name: [Unicode.Scalar]) -> (length: Int, added: String)? {
        guard let duty = Self.duties.first(in: name, from: 2) else { return nil }
        let place = name[..<duty.lowerBound]
        if place.ends(with: Self.street) { return (place.count, "办事处") }
        if isTown(place) { return (place.count, "人民政府") }
        if Self.zones.contains(where: { place.ends(with: $0) }) { return (place.count, "管理委员会") }
        let rest = name[duty.lowerBound...]
        // 某县某站政务公开领导小组办公室 is of a body that no list of holders has.
        if Self.isInner(rest), gazetteer.placeLength(in: name, at: 0) ?? 0 < place.count,
            AgencyName.isLikely(String(scalars: place))
        {
            return (place.count, "")
        }
        let isDisclosure = rest.starts(with: Self.leading) || rest.holds(anyOf: Self.disclosure)
        guard isDisclosure, gazetteer.placeLength(in: name, at: 0) == place.count else {
            return nil
        }
        return (place.count, "人民政府")
    }

    private static let street = "街道".scalars()
    private static let leading = "领导小组".scalars()
    private static let zones = ["新区", "高新区", "开发区", "园区", "示范区", "管理区"].map { $0.scalars() }
    private static let towns = ["镇", "乡", "苏木"].map { $0.scalars() }

    private func isTown(_ name: some RandomAccessCollection<Unicode.Scalar>) -> Bool {
        let name = Array(name)
        return name.count >= 3 && Self.towns.contains { name.ends(with: $0) }
            && gazetteer.placeLength(in: name, at: 0) != name.count
    }
}
