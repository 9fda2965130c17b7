import ReportModel
import TestSupport

/// Places and the agencies that could stand there.
struct Place {
    let name: String
    /// What stands before the name when it is written in full.
    let prefix: String
    let region: Region

    static let all: [Place] =
        [
            ("甘肃省", "平凉市", "泾川县"), ("浙江省", "舟山市", "嵊泗县"), ("辽宁省", "丹东市", "宽甸满族自治县"),
            ("山西省", "晋中市", "平遥县"), ("江西省", "上饶市", "婺源县"), ("四川省", "雅安市", "芦山县"),
            ("贵州省", "黔东南苗族侗族自治州", "榕江县"), ("河南省", "洛阳市", "栾川县"),
            ("陕西省", "商洛市", "镇安县"), ("安徽省", "池州市", "东至县"), ("山东省", "潍坊市", "安丘市"),
            ("湖南省", "邵阳市", "邵东市"), ("江苏省", "宿迁市", "沭阳县"), ("福建省", "福州市", "晋安区"),
            ("广东省", "韶关市", "仁化县"), ("云南省", "昆明市", "嵩明县"), ("吉林省", "吉林市", "蛟河市"),
            ("黑龙江省", "伊春市", "铁力市"), ("内蒙古自治区", "兴安盟", "科尔沁右翼中旗"),
            ("青海省", "海北藏族自治州", "祁连县"), ("宁夏回族自治区", "吴忠市", "盐池县"),
            ("海南省", nil, "白沙黎族自治县"), ("湖北省", nil, "潜江市"), ("河南省", nil, "济源市"),
            ("北京市", nil, "怀柔区"), ("上海市", nil, "青浦区"), ("重庆市", nil, "铜梁区"),
            ("西藏自治区", "林芝市", "米林县"), ("新疆维吾尔自治区", "伊犁哈萨克自治州", "尼勒克县"),
            ("广西壮族自治区", "河池市", "巴马瑶族自治县"), ("河北省", "邢台市", "临西县"),
            ("甘肃省", "白银市", "白银区"), ("四川省", "雅安市", nil), ("河南省", "焦作市", nil),
            ("广东省", "中山市", nil), ("甘肃省", "嘉峪关市", nil), ("湖南省", "衡阳市", nil),
            ("陕西省", "安康市", nil), ("甘肃省", "临夏回族自治州", nil), ("青海省", nil, nil),
            ("四川省", nil, nil), ("安徽省", "亳州市", nil),
        ].map { (province: String, city: String?, county: String?) in
            let names = [province, city, county].compactMap(\.self)
            return Place(
                name: names[names.count - 1], prefix: names.dropLast().joined(),
                region: Region(province: province, city: city, county: county))
        }

    /// The last character of the name: what the place is.
    var level: String {
        if name.hasSuffix("自治县") { return "县" }
        if name.hasSuffix("自治州") { return "州" }
        return String(name.suffix(1))
    }
}

/// The ends of agencies' names.
enum AgencyKinds {
    static let departments = [
        "水利局", "应急管理局", "教育体育局", "卫生健康委员会", "市场监督管理局", "财政局", "数据资源和政务服务中心",
        "自然资源和规划局", "农业农村局", "医疗保障局", "住房和城乡建设局", "发展和改革委员会", "公安局", "审计局",
        "退役军人事务局", "文化广电和旅游局", "人民政府办公室", "行政审批服务局", "乡村振兴局", "气象局",
    ]
    static let towns = ["云岭", "石桥", "白马河", "双泉", "青口", "柳树湾", "湖南", "铁边城"]
}
