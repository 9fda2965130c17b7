import ReportModel
import TestSupport

/// How one report names itself, and what is to be read from that.
struct Head {
    /// The title as it is to be read, the literal one; nil when the file has none.
    var title: String?
    /// The names that are right; none when the agency is unknown.
    var agencies: [String] = []
    var year: Int?
    var region: Region = .unknown
    /// Whose figures the report gives by its own words.
    var scope = ReportScope.unknown
    /// Lines before the first heading.
    var top: [String] = []
    /// Lines right after the first heading.
    var afterHeading: [String] = []
    /// Paragraphs that stand before the first heading.
    var preamble: [String] = []
    /// What the first paragraph of the first section begins with.
    var opening = ""
    /// Lines after the text.
    var signature: [String] = []

    private static let tails = [
        "政府信息公开年报", "信息公开年度报告", "政府信息公开年度工作报告", "政府信息公开工作报告", "政务信息公开年度报告",
        "政府信息公开工作年报", "政府信息公开年度报告", "信息公开年报", "政务公开工作年度报告",
    ]

    /// Places as a scanner read them in a title.
    private static let misread: [(printed: String, meant: Place)] = [
        ("沐阳县", "江苏省", "宿迁市", "沭阳县"), ("荷泽市", "山东省", "菏泽市", nil),
        ("芫湖市", "安徽省", "芜湖市", nil), ("菜阳市", "山东省", "烟台市", "莱阳市"),
        ("粟川县", "河南省", "洛阳市", "栾川县"),
    ].map { (printed: String, province: String, city: String, county: String?) in
        let region = Region(province: province, city: city, county: county)
        return (printed, Place(name: county ?? city, prefix: "", region: region))
    }

    /// Places whose names others share, told by the city that a document's number begins with.
    private static let shared: [Place] = [
        ("浙江省", "杭州市", "西湖区"), ("江西省", "南昌市", "西湖区"), ("江苏省", "南京市", "鼓楼区"),
        ("福建省", "福州市", "鼓楼区"), ("湖北省", "武汉市", "青山区"), ("内蒙古自治区", "包头市", "青山区"),
        ("河北省", "邢台市", "桥西区"), ("辽宁省", "抚顺市", "新抚区"),
    ].map { (province: String, city: String, county: String) in
        Place(
            name: county, prefix: city,
            region: Region(province: province, city: city, county: county))
    }

    /// What a head is printed of.
    private struct Given {
        let place: Place
        let full: String
        let department: String
        let town: String
        let year: Int

        var period: String { "本报告所列数据的统计期限自\(year)年1月1日起至\(year)年12月31日止。" }
    }

    private static let tail = "政府信息公开工作年度报告"
    private static let basis =
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号的要求，"

    /// The agency that the title names.
    private var agency = ""

    init(_ layout: HeadLayout, using random: inout SeededGenerator) {
        let place = Place.all[Int.random(in: 0..<Place.all.count, using: &random)]
        let prefix = Int.random(in: 0..<10, using: &random) < 4 ? place.prefix : ""
        let full = prefix + place.name
        let department = AgencyKinds.departments[
            Int.random(in: 0..<AgencyKinds.departments.count, using: &random)]
        let town = AgencyKinds.towns[Int.random(in: 0..<AgencyKinds.towns.count, using: &random)]
        let year = Int.random(in: 2019...2024, using: &random)
        agency = full + department
        self.year = year
        region = place.region
        printTitle(
            layout,
            Given(place: place, full: full, department: department, town: town, year: year),
            using: &random)
        if agencies.isEmpty, !agency.isEmpty { agencies = [agency] }
        if layout == .zone || layout == .vertical, place.region == .unknown { region = .unknown }
    }

    /// A title that names agency and year.
    private mutating func titled(_ name: String, _ text: String? = nil) {
        agency = name
        title = text ?? "\(name)\(year ?? 0)年\(Self.tail)"
        top = [title ?? ""]
    }

    /// The title as it stands on the page.
    private mutating func printTitle(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) {
        switch layout {
        case .plain, .others: titled(agency)
        case .noTitle:
            opening = "\(given.year)年，\(agency)认真落实上级部署，"
        case .afterHeading:
            titled(agency)
            afterHeading = top
            top = []
        case .yearFirst: titled(agency, "\(given.year)年\(agency)\(Self.tail)")
        case .yearInside: titled(agency, "\(agency)政府信息公开工作\(given.year)年度报告")
        case .split:
            titled(agency)
            let text = Array(title ?? "")
            let first = Int.random(in: 3..<(text.count - 3), using: &random)
            top = [String(text[..<first]), String(text[first...])]
            if Bool.random(using: &random) {
                top = ["\(agency)", "\(given.year)年", Self.tail]
            }
        case .otherTail:
            let other = Self.tails[Int.random(in: 0..<Self.tails.count, using: &random)]
            let forms = [
                "\(agency)\(given.year)年\(other)", "\(given.year)年度\(agency)\(other)",
                "\(agency)关于\(given.year)年度政府信息公开工作的年度报告", "\(agency)\(given.year)年度\(other)",
            ]
            titled(agency, forms[Int.random(in: 0..<forms.count, using: &random)])
        case .typo:
            let typos = ["政府信息公开工作度报告", "政府信息公工作年度报告", "政府信息公开工作年报告告"]
            titled(agency, "\(agency)\(given.year)年" + typos[Int.random(in: 0..<3, using: &random)])
        case .repeated:
            titled(agency)
            let title = title ?? ""
            top = ["\(given.year)年\(Self.tail)", title, "\(title)_\(given.place.name)人民政府网", title]
            if Bool.random(using: &random) { top = [title, title] }
        case .quoted:
            titled(agency)
            preamble = ["现发布《\(title ?? "")》，请予监督。"]
            top = []
        case .decorated:
            titled(agency)
            let forms = [
                "# \(title ?? "")", "\(agency) \(given.year) 年\(Self.tail)", "\(title ?? "")（图解）",
                "\(title ?? "").docx", "**\(title ?? "")**",
                "  \(agency)　\(given.year)年　\(Self.tail)  ",
                "《\(title ?? "")》",
            ]
            top = [forms[Int.random(in: 0..<forms.count, using: &random)]]
        case .agencyLine:
            titled(agency)
            top = [agency, "\(given.year)年\(Self.tail)"]
        default: printName(layout, given, using: &random)
        }
    }

    /// Names that a title has, or that stand elsewhere.
    private mutating func printName(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) {
        switch layout {
        case .brokenTail:
            top = ["工作年度报告"]
            preamble = ["\(Self.basis)\(agency)编制了\(given.year)年度政府信息公开工作年度报告。\(given.period)"]
        case .runOn:
            let name =
                Bool.random(using: &random)
                ? "\(given.full)\(given.town)镇人民政府" : "\(given.full)人民政府"
            let forms = ["\(given.year)年\(name)信息公开工作年度报告", "\(name)信息公开\(given.year)年度报告"]
            titled(name, forms[Int.random(in: 0..<2, using: &random)])
            agencies = [name]
        case .regionOnly:
            titled(given.full + "人民政府", "\(given.full)\(given.year)年\(Self.tail)")
        case .shortForm:
            let short = given.place.level + given.department
            titled(short, "\(short)\(given.year)年\(Self.tail)")
            preamble = [
                "\(Self.basis)\(given.full)\(given.department)（以下简称\(short)）编制本报告。\(given.period)"
            ]
            agencies = [short, given.full + given.department]
        case .speaker:
            titled("", "\(given.year)年\(Self.tail)")
            opening = "\(given.year)年，我局认真落实上级部署，"
            region = .unknown
        case .contact:
            titled(agency, "\(given.year)年\(Self.tail)")
            preamble = [
                "\(Self.basis)编制本报告。\(given.period)如对本报告有疑问，请与\(agency)办公室联系（电话：0000-7654321）。"
            ]
            if given.department.hasSuffix("办公室") { agencies = [agency] }
        case .compiled:
            titled(agency, "\(given.year)年\(Self.tail)")
            preamble = ["\(Self.basis)本报告由\(agency)编制，全文包括六个部分。\(given.period)"]
        case .cityCity:
            let name = given.place.level == "市" ? given.full + "市场监督管理局" : given.full + "市政管理局"
            titled(name)
        case .twice: titled("\(given.full)\(given.town)街街道办事处")
        case .governmentOffice:
            let forms = [
                "\(given.full)人民政府外事办公室", "\(given.full)人民政府\(given.town)街道办事处",
                "\(given.full)人民政府国有资产监督管理委员会",
            ]
            titled(forms[Int.random(in: 0..<3, using: &random)])
        default: printOffice(layout, given, using: &random)
        }
    }

    /// Names of offices that are no departments, and names read wrongly.
    private mutating func printOffice(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) {
        switch layout {
        case .vertical: titled("国家税务总局\(given.full)税务局")
        case .branch: titled("\(given.full)公安局\(given.town)分局")
        case .zone:
            let forms = [
                "\(given.full)高新技术产业开发区管理委员会", "\(given.full)经济开发区管委会",
                "\(given.full)\(given.town)新区管理委员会",
            ]
            titled(forms[Int.random(in: 0..<3, using: &random)])
        case .collective: titled("\(given.full)气象部门")
        case .differing:
            titled(given.full + "政务和大数据管理局")
            opening = "\(given.year)年，\(given.place.level)政务服务和大数据管理局认真落实上级部署，"
        case .placeholder:
            titled("", "XX镇\(given.year)年\(Self.tail)")
            self.year = nil
            title = nil
            if Bool.random(using: &random) { top = ["****201*年\(Self.tail)"] }
            region = .unknown
        case .signature:
            titled(agency, "\(given.year)年\(Self.tail)")
            signature = [agency, "\(given.year + 1)年1月20日"]
        case .misread:
            let one = Self.misread[Int.random(in: 0..<Self.misread.count, using: &random)]
            titled(one.printed + given.department)
            agencies = [agency, one.meant.name + given.department]
            region = one.meant.region
            opening = "\(given.year)年，\(agencies[1])认真落实上级部署，"
        case .documentNumber:
            let place = Self.shared[Int.random(in: 0..<Self.shared.count, using: &random)]
            titled(place.name + given.department)
            region = place.region
            let initials = place.prefix.suffix(3).prefix(1) + place.name.prefix(1)
            let number = Int.random(in: 1...60, using: &random)
            top.insert("\(initials)政公开〔\(given.year + 1)〕\(number)号", at: 0)
        default: printYear(layout, given, using: &random)
        }
    }

    /// Years, and whose figures they are.
    private mutating func printYear(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) {
        switch layout {
        case .spam:
            titled("", "365bet体育在线投注\(given.full)人民政府合作交流办公室\(given.year)年\(Self.tail)")
            region = .unknown
        case .periodYear:
            titled(agency, "\(agency)\(Self.tail)")
            preamble = ["\(Self.basis)编制本报告。\(given.period)"]
        case .yearConflict:
            titled(agency)
            preamble = ["\(Self.basis)编制本报告。\(given.period)"]
            opening = "\(given.year + 1)年，本机关认真落实上级部署，"
        case .lostDigits:
            titled(agency, "\(agency)\(Self.tail)")
            let forms = [
                "统计期限为\(given.year) 11日到1231日。", "统计期限自\(given.year)11日起至\(given.year)1231日止。",
                "数据统计期限为\(given.year)1月1日至\(given.year)12月31日。",
                "统计期限自\(given.year)-1-1起至\(given.year)-12-31止。",
            ]
            preamble = ["\(Self.basis)编制本报告。" + forms[Int.random(in: 0..<4, using: &random)]]
        case .chineseYear:
            let zeros = ["〇", "○", "Ｏ", "零"]
            let zero = zeros[Int.random(in: 0..<4, using: &random)]
            let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
            let printed = "\(given.year)".map { $0 == "0" ? zero : digits[Int(String($0)) ?? 0] }
                .joined()
            titled(agency, "\(agency)\(printed)年\(Self.tail)")
        case .bareYear:
            titled(agency, "\(given.year)\(agency)\(Self.tail)")
        case .noYear:
            titled(agency, "\(agency)\(Self.tail)")
            self.year = nil
        case .rolledUp:
            titled("\(given.full)人民政府")
            scope = .rolledUp
            let forms = [
                "本报告综合\(given.place.level)政府各部门和各镇街的信息公开年度报告编制而成。",
                "由\(given.full)人民政府办公室根据各部门、各单位报送的材料汇总编制本报告。",
                "本报告所列数据包括各乡镇、各部门的数据。",
            ]
            preamble = [
                "\(Self.basis)" + forms[Int.random(in: 0..<3, using: &random)] + given.period
            ]
        default: printOther(layout, given, using: &random)
        }
    }

    private mutating func printOther(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) {
        let other = OtherHead(
            layout, full: given.full, place: given.place, department: given.department,
            town: given.town, year: given.year, using: &random)
        titled(other.agency, other.title)
        (top, preamble, opening) = (other.top, other.preamble, other.opening)
        (region, scope) = (other.region, other.scope)
        if other.title == nil { title = nil }
    }
}
