import ReportModel
import TestSupport

/// The forms of a head that were seen on real pages after the first ones.
struct OtherHead {
    private(set) var agency: String
    /// The title as it is to be read; nil when the file has none.
    private(set) var title: String?
    private(set) var top: [String] = []
    private(set) var preamble: [String] = []
    private(set) var opening = ""
    private(set) var region: Region
    private(set) var scope = ReportScope.unknown

    private static let tail = "政府信息公开工作年度报告"
    private static let newer: [(name: String, province: String, city: String?)] = [
        ("梁平区", "重庆市", nil), ("莱芜区", "山东省", "济南市"), ("红谷滩区", "江西省", "南昌市"), ("达孜区", "西藏自治区", "拉萨市"),
        ("色尼区", "西藏自治区", "那曲市"), ("茫崖市", "青海省", "海西蒙古族藏族自治州"), ("白杨市", "新疆维吾尔自治区", nil),
        ("叙州区", "四川省", "宜宾市"), ("云州区", "山西省", "大同市"),
    ]
    private static let branches: [(name: String, region: Region)] = [
        ("武汉市公安局洪山区分局", Region(province: "湖北省", city: "武汉市", county: "洪山区")),
        ("厦门市生态环境局集美区分局", Region(province: "福建省", city: "厦门市", county: "集美区")),
        ("成都市规划和自然资源局双流区分局", Region(province: "四川省", city: "成都市", county: "双流区")),
    ]
    private static let signs = [
        "12345热线服务中心", "“一带一路”建设办公室", "5G产业发展局", "大数据（AI）产业局", "“三线一单”管理站",
        "《地方志》编纂办公室", "“互联网+”政务服务中心",
    ]
    private static let offices = ["党政办公室", "督考办公室", "电子政务办公室", "信息公开办公室", "政务公开领导小组办公室"]

    /// What a head is made of.
    private struct Given {
        let full: String
        let place: Place
        let department: String
        let town: String
        let year: Int

        static let basis = "根据《中华人民共和国政府信息公开条例》第五十条的规定，"
        var period: String { "本报告所列数据的统计期限自\(year)年1月1日起至\(year)年12月31日止。" }
        var bureau: String { full + (department.hasSuffix("办公室") ? "水利局" : department) }
        var plain: String { "\(full)\(department)\(year)年\(OtherHead.tail)" }
    }

    init(
        _ layout: HeadLayout, full: String, place: Place, department: String, town: String,
        year: Int, using random: inout SeededGenerator
    ) {
        agency = full + department
        region = place.region
        let given = Given(
            full: full, place: place, department: department, town: town, year: year)
        if printTitle(layout, given, using: &random) || nameBody(layout, given, using: &random)
            || tell(layout, given, using: &random)
        {
            return
        }
        (title, top) = ("\(agency)\(Self.tail)", ["\(agency)\(Self.tail)"])
        opening = "本单位高度重视公开工作，各项部署全面落实。\(year)年，共办理公开事项90件。"
    }

    /// Titles in other dress.
    ///
    /// - Returns: whether the layout is one of these.
    private mutating func printTitle(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) -> Bool {
        func one(_ forms: [String]) -> String {
            forms[Int.random(in: 0..<forms.count, using: &random)]
        }
        let (full, year, plain) = (given.full, given.year, given.plain)
        switch layout {
        case .spacedOut:
            (title, top) = (plain, [plain.map(String.init).joined(separator: " ")])
        case .labelled:
            title = plain
            top = [
                one([
                    "标　题 \(plain)", "标题：\(plain)", "名 称 | \(plain) | 文号 | 无 |", "\(plain) |||||||",
                ])
            ]
        case .siteName:
            (title, top) = (plain, [plain + one(["_", "-", " | "]) + "\(given.place.name)人民政府网"])
        case .remark:
            scope = .own
            title = "\(agency)（本级机关）\(year)年\(Self.tail)"
            top = [title ?? ""]
        case .signs:
            agency = full + one(Self.signs)
            title = "\(agency)\(year)年\(Self.tail)"
            top = [title ?? ""]
        case .districtBranch:
            (agency, region) = Self.branches[Int.random(in: 0..<3, using: &random)]
            title = "\(agency)\(year)年\(Self.tail)"
            top = [title ?? ""]
        case .newDistrict:
            let new = Self.newer[Int.random(in: 0..<Self.newer.count, using: &random)]
            agency = new.name + given.department
            region = Region(province: new.province, city: new.city, county: new.name)
            title = "\(agency)\(year)年\(Self.tail)"
            top = [title ?? ""]
        default: return false
        }
        return true
    }

    /// Bodies whose names are told by their kind alone.
    ///
    /// - Returns: whether the layout is one of these.
    private mutating func nameBody(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) -> Bool {
        func one(_ forms: [String]) -> String {
            forms[Int.random(in: 0..<forms.count, using: &random)]
        }
        let (full, town, year) = (given.full, given.town, given.year)
        let (basis, period, bureau) = (Given.basis, given.period, given.bureau)
        switch layout {
        case .newZone:
            agency = one([
                "晋中\(town)高新区管理委员会", "济宁\(town)新区财政局", "芜湖\(town)开发区管委会",
            ])
            let cities = ["晋": ("山西省", "晋中市"), "济": ("山东省", "济宁市"), "芜": ("安徽省", "芜湖市")]
            let city = cities[String(agency.prefix(1))] ?? ("", "")
            region = Region(province: city.0, city: city.1)
            preamble = [
                one([
                    "\(basis)现公布\(agency)\(year)年\(Self.tail)。", "本报告由\(agency)编制。\(period)",
                ])
            ]
        case .bareTown:
            agency = one(["石梁畈乡人民政府", "\(town)镇人民政府", "青口街道办事处", "白音苏木人民政府"])
            region = .unknown
            preamble = [
                one([
                    "本报告由\(agency)编制。\(period)", "\(basis)现公布\(agency)\(year)年\(Self.tail)。",
                ])
            ]
        case .company:
            agency = full + one(["水务集团有限公司", "公交有限责任公司", "城市建设投资集团有限公司"])
            opening = "\(year)年，\(agency)认真落实上级部署，"
        case .customs:
            agency = one(["南屿海关", "云岭海关", "白马关"])
            region = .unknown
            if Bool.random(using: &random) {
                title = "\(agency)\(year)年\(Self.tail)"
                top = [title ?? ""]
            } else {
                preamble = ["\(basis)由\(agency)编制本报告。\(period)"]
            }
        case .innerOffice:
            agency = one([bureau, "\(full)\(town)镇人民政府", "\(full)人民政府"])
            let office = agency + one(Self.offices)
            preamble = [
                one([
                    "\(basis)由\(office)编制本报告。\(period)",
                    "\(basis)编制本报告。\(period)如有疑问，请与\(office)联系（电话：0000-7654321）。",
                ])
            ]
        default: return false
        }
        return true
    }

    /// Sentences that name the body instead of a title.
    ///
    /// - Returns: whether the layout is one of these.
    private mutating func tell(
        _ layout: HeadLayout, _ given: Given, using random: inout SeededGenerator
    ) -> Bool {
        func one(_ forms: [String]) -> String {
            forms[Int.random(in: 0..<forms.count, using: &random)]
        }
        let (full, year) = (given.full, given.year)
        let (basis, period, bureau) = (Given.basis, given.period, given.bureau)
        switch layout {
        case .announced:
            preamble = [
                one([
                    "\(basis)现公布\(agency)\(year)年\(Self.tail)。",
                    "\(basis)\(agency)编制并公布\(year)年度报告。",
                    "\(basis)现将\(agency)\(year)年度政府信息公开工作报告如下：",
                    "本年报由\(agency)编制的\(year)年度政府信息公开年度报告，现予公开。",
                ])
            ]
        case .shortFirst:
            let long = full + "河湖水系和渠道管理局"
            agency = long
            preamble = [
                one([
                    "\(basis)现公布\(long)\(year)年\(Self.tail)。",
                    "\(basis)编制本报告。\(period)如有疑问，请与\(long)办公室联系（电话：0000-7654321）。",
                ])
            ]
            opening = "\(year)年，\(full)河湖局认真落实上级部署，"
        case .placeAnnounced:
            agency = full + "人民政府"
            preamble = ["\(basis)" + one(["现公布", "现将", "现发布"]) + "\(full)\(year)年\(Self.tail)如下。"]
        case .secondClause:
            preamble = ["\(basis)编制本报告。\(period)"]
            opening = one([
                "按照上级工作部署，\(bureau)加强组织领导，", "\(year)年，在上级部门指导下，\(bureau)不断完善公开制度，",
                "为认真做好\(bureau)\(year)年政府信息公开工作，",
            ])
            agency = bureau
        default: return false
        }
        return true
    }
}
