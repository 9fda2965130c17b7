/// How high in the administration an agency stands.
public enum AgencyLevel: String, Sendable, CaseIterable {
    /// 部委: a ministry, or another office of the State Council.
    case ministry
    /// 省级: a province, an autonomous region or a municipality, and its offices.
    case province
    /// 市级: a prefecture-level city or prefecture, and its offices.
    case city
    /// 县级: a county, a district or a county-level city, and its offices.
    case county
    /// 乡级: a town, a township or a street office.
    case town

    /// The names that the level goes by in a query.
    public var names: [String] {
        switch self {
        case .ministry: ["ministry", "central", "部委", "中央", "国家级"]
        case .province: ["province", "省", "省级", "省部级"]
        case .city: ["city", "prefecture", "市", "市级", "地市", "地级"]
        case .county: ["county", "district", "县", "县级", "区县", "县区", "区级", "区"]
        case .town: ["town", "township", "乡镇", "镇", "乡", "街道", "乡级", "镇级"]
        }
    }

    /// The level that an agency's name and place show; nil when they show none.
    public init?(agency: String?, region: Region) {
        guard let agency else { return nil }
        if Self.isTown(agency, in: region) {
            self = .town
        } else if region.county != nil {
            self = .county
        } else if region.city != nil {
            self = .city
        } else if region.province != nil {
            self = .province
        } else if Self.isMinistry(agency) {
            self = .ministry
        } else {
            return nil
        }
    }

    /// Whether the name is that of a town's government: 某某镇人民政府, 某某街道办事处.
    ///
    /// An office of the county that only deals with towns, such as 乡镇企业局, is none.
    private static func isTown(_ agency: String, in region: Region) -> Bool {
        var name = Substring(agency)
        for place in region.names {
            if let range = name.firstRange(of: place) { name = name[range.upperBound...] }
        }
        let ends = [
            "镇", "镇政府", "镇人民政府", "乡", "乡政府", "乡人民政府", "街道", "街道办", "街道办事处",
            "镇人民政府办公室", "乡人民政府办公室", "街道党政办公室", "街道办事处党政办公室", "苏木",
            "苏木人民政府",
        ]
        return ends.contains { end in
            name.hasSuffix(end) && name.unicodeScalars.count > end.unicodeScalars.count
        }
    }

    private static func isMinistry(_ agency: String) -> Bool {
        ministries.contains(agency)
            || ["国家", "国务院", "中华人民共和国", "最高人民"].contains { agency.hasPrefix($0) }
    }

    private static let ministries: Set = [
        "外交部", "教育部", "科学技术部", "科技部", "工业和信息化部", "公安部", "民政部", "司法部", "财政部",
        "人力资源和社会保障部", "自然资源部", "生态环境部", "住房和城乡建设部", "交通运输部", "水利部",
        "农业农村部", "商务部", "文化和旅游部", "退役军人事务部", "应急管理部", "海关总署", "审计署",
    ]
}
