/// The short forms by which agencies are called, with what stands in their official names.
///
/// Those of the State Council's plan of 2018 and of what provinces, cities and counties set up after
/// it. Where one short form stands for several names, as 农业局 does, all are tried.
enum ShortForms {
    /// Short form and official wording; of two that end alike the longer stands first.
    static let table: [(short: String, official: [String])] = [
        ("市监局", ["市场监督管理局"]), ("市场监管局", ["市场监督管理局"]), ("工商局", ["市场监督管理局"]),
        ("卫健委", ["卫生健康委员会"]), ("卫健局", ["卫生健康局", "卫生健康委员会"]),
        ("卫计委", ["卫生健康委员会", "卫生和计划生育委员会"]),
        ("发改委", ["发展和改革委员会", "发展改革委员会"]), ("发改局", ["发展和改革局", "发展改革局"]),
        ("人社局", ["人力资源和社会保障局", "人力资源社会保障局"]), ("人社厅", ["人力资源和社会保障厅"]),
        ("住建局", ["住房和城乡建设局", "住房城乡建设局"]), ("住建厅", ["住房和城乡建设厅"]),
        ("政数局", ["政务服务和大数据管理局", "政务服务数据管理局", "政务数据管理局"]),
        ("大数据局", ["大数据管理局", "大数据发展管理局"]), ("行审局", ["行政审批服务局", "行政审批局"]),
        ("政务局", ["政务服务管理局"]),
        ("自规局", ["自然资源和规划局"]), ("资规局", ["自然资源和规划局"]), ("国土局", ["自然资源局"]),
        ("生态局", ["生态环境局"]), ("环保局", ["生态环境局", "环境保护局"]),
        ("农业局", ["农业农村局"]), ("农委", ["农业农村委员会"]),
        ("交运局", ["交通运输局"]), ("交通局", ["交通运输局"]),
        ("文旅局", ["文化和旅游局", "文化广电和旅游局"]), ("文广旅局", ["文化广电和旅游局"]),
        ("文广新局", ["文化广电新闻出版局"]), ("教体局", ["教育体育局", "教育和体育局"]),
        ("科工局", ["科学技术和工业信息化局"]), ("工信局", ["工业和信息化局"]),
        ("工信厅", ["工业和信息化厅"]), ("经信局", ["经济和信息化局"]), ("经信委", ["经济和信息化委员会"]),
        ("科技局", ["科学技术局"]), ("应急局", ["应急管理局"]), ("安监局", ["应急管理局"]),
        ("退役局", ["退役军人事务局"]), ("医保局", ["医疗保障局"]), ("城管局", ["城市管理局", "城市管理综合执法局"]),
        ("执法局", ["综合行政执法局", "城市管理综合执法局"]), ("林草局", ["林业和草原局"]),
        ("国资委", ["国有资产监督管理委员会"]), ("金融办", ["金融工作办公室"]),
        ("机关局", ["机关事务管理局"]), ("机管局", ["机关事务管理局"]), ("民宗局", ["民族宗教事务局"]),
        ("民宗委", ["民族宗教事务委员会"]), ("侨办", ["侨务办公室"]), ("外办", ["外事办公室"]),
        ("人防办", ["人民防空办公室"]), ("扶贫办", ["扶贫开发办公室", "乡村振兴局"]),
        ("府办", ["人民政府办公室"]), ("政府办", ["人民政府办公室"]), ("市府", ["市人民政府"]),
        ("县府", ["县人民政府"]), ("区府", ["区人民政府"]), ("管委会", ["管理委员会"]),
        ("税务局", ["国家税务总局"]), ("街办", ["街道办事处"]), ("公积金中心", ["住房公积金管理中心"]),
    ]

    /// A folded name in the official wordings that it may stand for: none when it has no short form.
    static func expansions(of name: String) -> [String] {
        table.flatMap { short, official -> [String] in
            guard let range = name.ranges(of: short).last else { return [] }
            return official.map { name.replacingCharacters(in: range, with: $0) }
        }
    }
}

extension String {
    /// The text with a part replaced.
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
