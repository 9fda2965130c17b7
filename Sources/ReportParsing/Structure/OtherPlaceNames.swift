import ChineseText
import ReportModel

/// Names of places beyond the official list: short forms, units that were renamed since, areas
/// without a division code.
enum OtherPlaceNames {
    /// The names of peoples in the names of autonomous units, longer ones first.
    private static let peoples = [
        "柯尔克孜", "鄂温克族", "鄂伦春", "达斡尔族", "哈萨克", "蒙古族", "朝鲜族", "土家族", "哈尼族", "景颇族", "傈僳族",
        "布依族", "仫佬族", "毛南族", "撒拉族", "保安族", "东乡族", "裕固族", "仡佬族", "拉祜族", "布朗族", "纳西族", "普米族",
        "独龙族", "塔吉克", "维吾尔", "蒙古", "锡伯", "各族", "苗族", "侗族", "藏族", "羌族", "回族", "彝族", "壮族", "傣族",
        "白族", "满族", "瑶族", "黎族", "畲族", "土族", "水族", "佤族", "怒族",
    ].map { $0.scalars() }

    /// Names that a place has beside its official one.
    private static let shortForms = [
        ("内蒙古", "内蒙古自治区"), ("广西", "广西壮族自治区"), ("宁夏", "宁夏回族自治区"),
        ("新疆", "新疆维吾尔自治区"), ("西藏", "西藏自治区"), ("科右中旗", "科尔沁右翼中旗"),
        ("科右前旗", "科尔沁右翼前旗"), ("科左中旗", "科尔沁左翼中旗"), ("科左后旗", "科尔沁左翼后旗"),
        ("察右前旗", "察哈尔右翼前旗"), ("察右中旗", "察哈尔右翼中旗"), ("察右后旗", "察哈尔右翼后旗"),
        ("达茂旗", "达尔罕茂明安联合旗"), ("喀左县", "喀喇沁左翼蒙古族自治县"), ("那曲地区", "那曲市"),
        // As folding writes them, which takes 乾 for the traditional form of 干.
        ("干县", "乾县"), ("干安县", "乾安县"),
    ]

    /// A name that came later, and an official one beside or before it that lies in the same unit.
    private static let successors = [
        ("滦州市", "滦县"), ("平泉市", "平泉县"), ("肥乡区", "肥乡县"), ("永年区", "永年县"), ("任泽区", "任县"),
        ("南和区", "南和县"), ("信都区", "邢台县"), ("襄都区", "邢台县"), ("怀仁市", "怀仁县"), ("屯留区", "屯留县"),
        ("上党区", "长治县"), ("潞城区", "潞城市"), ("太谷区", "太谷县"), ("即墨区", "即墨市"), ("邹平市", "邹平县"),
        ("蓬莱区", "蓬莱市"), ("定陶区", "定陶县"), ("海门区", "海门市"), ("海安市", "海安县"), ("玉环市", "玉环县"),
        ("龙港市", "苍南县"), ("临平区", "余杭区"), ("钱塘区", "余杭区"), ("奉化区", "奉化市"), ("临安区", "临安市"),
        ("湾沚区", "芜湖县"), ("繁昌区", "繁昌县"), ("无为市", "无为县"), ("广德市", "广德县"), ("潜山市", "潜山县"),
        ("长乐区", "长乐市"), ("沙县区", "沙县"), ("龙海区", "龙海市"), ("长泰区", "长泰县"), ("柴桑区", "九江县"),
        ("东乡区", "东乡县"), ("赣县区", "赣县"), ("龙南市", "龙南县"), ("广信区", "上饶县"), ("余江区", "余江县"),
        ("建安区", "许昌县"), ("偃师区", "偃师市"), ("淮阳区", "淮阳县"), ("长垣市", "长垣县"), ("京山市", "京山县"),
        ("监利市", "监利县"), ("宁乡市", "宁乡县"), ("祁阳市", "祁阳县"), ("邵东市", "邵东县"), ("柳江区", "柳江县"),
        ("荔浦市", "荔浦县"), ("平果市", "平果县"), ("横州市", "横县"), ("田阳区", "田阳县"), ("宜州区", "宜州市"),
        ("郫都区", "郫县"), ("新津区", "新津县"), ("射洪市", "射洪县"), ("会理市", "会理县"), ("罗江区", "罗江县"),
        ("隆昌市", "隆昌县"), ("盘州市", "盘县"), ("兴仁市", "兴仁县"), ("黔西市", "黔西县"), ("播州区", "遵义县"),
        ("晋宁区", "晋宁县"), ("禄丰市", "禄丰县"), ("泸水市", "泸水县"), ("水富市", "水富县"), ("澄江市", "澄江县"),
        ("马龙区", "马龙县"), ("鄠邑区", "户县"), ("神木市", "神木县"), ("彬州市", "彬县"), ("子长市", "子长县"),
        ("南郑区", "南郑县"), ("旬阳市", "旬阳县"), ("华亭市", "华亭县"), ("湟中区", "湟中县"), ("同仁市", "同仁县"),
        ("米林市", "米林县"), ("错那市", "错那县"), ("沙湾市", "沙湾县"), ("库车市", "库车县"), ("嫩江市", "嫩江县"),
        ("漠河市", "漠河县"), ("伊美区", "铁力市"), ("汤旺县", "铁力市"), ("丰林县", "铁力市"), ("南岔县", "铁力市"),
        ("云州区", "大同县"), ("章丘区", "章丘市"), ("济阳区", "济阳县"), ("梁平区", "梁平县"), ("武隆区", "武隆县"),
        ("叙州区", "宜宾县"), ("水城区", "水城县"), ("达孜区", "达孜县"), ("色尼区", "那曲县"),
        ("茌平区", "茌平县"), ("渌口区", "株洲县"), ("凤翔区", "凤翔县"),
    ]

    /// Divisions made since the official list, until 2024, and the city or province that each lies in.
    private static let made = [
        ("平城区", "大同市"), ("云冈区", "大同市"), ("潞州区", "长治市"), ("乌翠区", "伊春市"), ("金林区", "伊春市"),
        ("大箐山县", "伊春市"), ("红谷滩区", "南昌市"), ("莱芜区", "济南市"), ("钢城区", "济南市"), ("西沙区", "三沙市"),
        ("光明区", "深圳市"), ("坪山区", "深圳市"),
        ("茫崖市", "海西蒙古族藏族自治州"), ("双河市", "新疆维吾尔自治区"), ("可克达拉市", "新疆维吾尔自治区"),
        ("昆玉市", "新疆维吾尔自治区"), ("胡杨河市", "新疆维吾尔自治区"), ("新星市", "新疆维吾尔自治区"),
        ("白杨市", "新疆维吾尔自治区"), ("北屯市", "新疆维吾尔自治区"), ("和安县", "和田地区"), ("和康县", "和田地区"),
    ]

    /// Divisions that the official list has in the city that held them before too.
    private static let former = [("公主岭市", "四平市")]

    /// Whether a division lies elsewhere today.
    static func isFormer(_ region: Region) -> Bool {
        former.contains { $0.0 == region.county && $0.1 == region.city }
    }

    /// Areas without a division code, and the smallest division that holds all of each.
    private static let areas = [
        ("雄安新区", "河北省"), ("西咸新区", "陕西省"), ("两江新区", "重庆市"), ("天府新区", "四川省"),
        ("贵安新区", "贵州省"), ("赣江新区", "江西省"), ("湘江新区", "长沙市"), ("江北新区", "南京市"),
        ("太白湖新区", "济宁市"), ("兰州新区", "兰州市"), ("哈尔滨新区", "哈尔滨市"), ("长春新区", "长春市"),
    ]

    /// Adds the names to a table of regions.
    static func add(to regions: inout [String: [Region]]) {
        for (name, found) in regions {
            guard let short = shortened(name), regions[short] == nil else { continue }
            regions[short] = found
        }
        for (short, name) in shortForms where regions[short] == nil {
            regions[short] = regions[name]
        }
        for (name, other) in successors where regions[name] == nil {
            regions[name] = regions[other]?.map {
                Region(province: $0.province, city: $0.city, county: name)
            }
        }
        for (name, holder) in made {
            regions[name] = regions[holder]?.map {
                Region(province: $0.province, city: $0.city, county: name)
            }
        }
        for (name, holder) in areas where regions[name] == nil { regions[name] = regions[holder] }
    }

    /// 临夏州 for 临夏回族自治州; nil for a name without peoples.
    private static func shortened(_ name: String) -> String? {
        let scalars = name.scalars()
        guard scalars.count > 3, scalars.dropLast().ends(with: autonomous) else { return nil }
        var stem = scalars.dropLast(3)
        while let people = peoples.first(where: {
            stem.ends(with: $0) && stem.count > $0.count + 1
        }) {
            stem = stem.dropLast(people.count)
        }
        return String(scalars: stem + scalars.suffix(1))
    }

    private static let autonomous = "自治".scalars()
}
